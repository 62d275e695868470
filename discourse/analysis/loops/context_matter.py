"""What a pair of claims is about, and which sentences of an article bear on it."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from discourse.analysis.base import ThreadView
from discourse.analysis.loops.context_days import Given
from discourse.analysis.loops.context_sentences import Page, Sentence, topics
from discourse.analysis.loops.context_stands import holds
from discourse.analysis.loops.context_values import Values, lengths_or_days, values_of
from discourse.analysis.loops.context_words import (
    RECORD,
    of_record,
    share_of,
    superlative,
    takes_up,
    topics_of,
    weight,
    what_counts,
)
from discourse.analysis.loops.novelty import window
from discourse.analysis.loops.question import EXCHANGES
from discourse.learn.claim_words import known_words
from discourse.model import Claim, Span

_RARE = 3.0  # rareness below which a word is everybody's
_LIFT = 2.0  # how much oftener a word stands in a dispute's posts than in the thread's other posts
_TOUCH = (
    9.0  # rareness of the dispute's words in a sentence from which on it speaks of it: one rare word, or two
)
_TWO = 2  # words of the dispute that a sentence with another value must hold
_TELLING = 3  # words of the dispute that an article on its matter holds
_SHARE = 0.5  # of the weight of a claim's words that a sentence must hold
_EXCHANGE = 3  # words on which an exchange turns that a sentence must hold
_LISTED = 3  # values of one sentence that are shown, beside those of the claims


class Find(Struct, frozen=True):
    """A sentence that bears on a matter, with one of its values; it is found once for each."""

    sentence: Sentence
    score: float  # 0 to 1
    value: str | None = None
    side: int | None = None  # of the claim whose value it gives; None where it gives none's
    at: int | None = None  # offset of the value into the sentence
    carried: bool = False  # whether it bears on the matter only as it goes on from the sentence before


class Matter(Struct, frozen=True, dict=True):
    """Two claims that cannot both hold, and the words and values with which a thread speaks of them."""

    claims: tuple[Claim, ...]
    more: frozenset[str] = frozenset()  # topics that come back in its posts, and seldom in others
    thread: frozenset[str] = frozenset()  # topics that many of the thread's posts hold

    @cached_property
    def values(self) -> Values:
        """The values of the claims."""
        return values_of(self.claims)

    @cached_property
    def is_exchange(self) -> bool:
        """Whether only the words on which it turns are known."""
        return self.claims[0].annotator.partition("@")[0] == EXCHANGES

    @cached_property
    def attribute(self) -> frozenset[str]:
        """Topics of what is measured, or of the words on which it turns."""
        return frozenset(topics_of(self.claims[0].attribute or ""))

    @cached_property
    def worded(self) -> list[frozenset[str]]:
        """Topics of each claim's text."""
        return [frozenset(topics_of(claim.text)) for claim in self.claims]

    @cached_property
    def core(self) -> frozenset[str]:
        """Topics of the claims themselves."""
        if self.is_exchange:
            return self.attribute
        return self.attribute.union(*self.worded)

    @cached_property
    def about_records(self) -> bool:
        """Whether a claim says that something is the most, or is not."""
        return any(superlative(claim.text, self.core) is not None for claim in self.claims)

    @cached_property
    def recorded(self) -> frozenset[str]:
        """Topics of what a claim calls the most."""
        return frozenset[str]().union(*(of_record(claim.text) for claim in self.claims))

    def finds(self, page: Page) -> list[Find]:
        """Return the sentences of an article that bear on it, in order."""
        telling = page.telling(self.core | self.more)
        on_topic = len(telling) >= _TELLING or self._is_about(page)
        found: list[Find] = []
        bearing, touching = -2, -2  # places of the last sentences that bear on it, or at least touch it
        for place in page.near(telling | self.core):
            sentence = page.sentences[place]
            before = page.sentences[place - 1] if place - 1 in (bearing, touching) else None
            finds = [_sided(find) for find in self._find(sentence, telling, before, on_topic)]
            if finds:
                if before is not None and bearing < place - 1 and finds[0].carried:
                    # then the one before says what is meant
                    found.append(Find(before, _score(0.1, frozenset(), before)))
                found += finds
                bearing = place
            elif self._touches(sentence, telling):
                touching = place
        return found

    def _touches(self, sentence: Sentence, telling: frozenset[str]) -> bool:
        if not self.values.dimension:
            return not sentence.topics.isdisjoint(telling & self.core)
        return weight(sentence.topics & telling) >= _TOUCH

    def _is_about(self, page: Page) -> bool:
        """Say whether an article begins with the dispute's words; of bare values, if it has the thread's."""
        if self.attribute or self.core:
            return not page.opening.isdisjoint(self.attribute or self.core)
        return sum(page.spread[word] > 0 for word in self.thread) >= _TELLING

    def _find(
        self, sentence: Sentence, telling: frozenset[str], before: Sentence | None, on_topic: bool
    ) -> list[Find]:
        if self.is_exchange:
            return self._by_words(sentence, telling)
        goes_on = before is not None and takes_up(sentence)
        if self.values.dimension:
            return self._by_value(sentence, telling, goes_on, on_topic)
        return self._by_claim(
            sentence, telling, before.topics if before is not None and goes_on else frozenset()
        )

    def _by_value(
        self, sentence: Sentence, telling: frozenset[str], goes_on: bool, on_topic: bool
    ) -> list[Find]:
        values, core = self.values, sentence.topics & self.core
        shared = sentence.topics & telling
        kin = [q for q in sentence.values if values.is_kin(q, sentence, self.attribute)]
        exact = [(q, side) for q in kin if (side := values.side(q)) is not None]
        likely = bool(core or shared) or (on_topic and values.is_rare(exact[0][0])) if exact else False
        if exact and (goes_on or (likely and values.is_spoken_of(core, self.core))):
            score = _score(0.6, core, sentence)
            return _each([Find(sentence, score, q.label, side, q.start) for q, side in exact])
        if values.dimension == "day" and on_topic and (found := self._by_month(sentence, core)):
            return found
        named = sentence.topics & self.attribute
        two = len(core | shared) >= _TWO
        # what is measured must be named, where the claims name it; a percentage may measure anything
        measured = bool(named) and (values.dimension != "percent" or two) if self.attribute else two
        lone = not (core or shared)
        close = [q for q in kin if values.is_close(q)]
        if close and (measured or goes_on or (values.nouns and shared) or self._is_date_of(core & telling)):
            score = _score(0.4, core, sentence)
            return _each([Find(sentence, score, q.label, None, q.start, lone) for q in close])[:_LISTED]
        if values.are_lengths_or_days and (measured or goes_on):
            days = lengths_or_days(sentence, bool(named))
            if days:
                return self._by_day(sentence, core, days[0], lone)
        if named & telling and weight((shared | core) - named) >= _TOUCH:
            return [Find(sentence, _score(0.1, core, sentence))]
        return []

    def _by_month(self, sentence: Sentence, core: frozenset[str]) -> list[Find]:
        """Read "in September" where it is disputed whether something is on a day in September."""
        given = next((given for given in sentence.days if self.values.has_month(given.month)), None)
        if given is None:
            return []
        side = self.values.side_of_month(given.month)
        return [Find(sentence, _score(0.5, core, sentence), given.label, side, given.at)]

    def _is_date_of(self, telling: frozenset[str]) -> bool:
        """Say whether a day is disputed and a sentence has a telling word of it."""
        return self.values.dimension == "day" and not self.attribute and bool(telling)

    def _by_day(self, sentence: Sentence, core: frozenset[str], given: Given, lone: bool) -> list[Find]:
        side = self.values.side_of_length(given)
        return [Find(sentence, _score(0.5, core, sentence), given.label, side, given.at, lone)]

    def _by_claim(self, sentence: Sentence, telling: frozenset[str], before: frozenset[str]) -> list[Find]:
        core = sentence.topics & self.core
        counted = self._counted(sentence)
        top = superlative(sentence.text, self.core) if self.about_records else None
        held = sentence.topics | before if core & telling else sentence.topics
        share = max((share_of(words, held, bool(top)) for words in self.worded), default=0.0)
        others = core - {RECORD}
        # what the claims call a record must be there, if they name it at all
        named = bool(others) or not (self.core - {RECORD})
        if top is not None and named and (others & telling or not (self.core - {RECORD})):
            score = _score(0.5, core, sentence)
            return [Find(sentence, score, label, None, at) for label, at in counted or [top]]
        if counted and len(core) >= _TWO:
            score = _score(0.4, core, sentence)
            return [Find(sentence, score, label, None, at) for label, at in counted]
        if share >= _SHARE and core & telling:
            return [Find(sentence, _score(0.2 + 0.3 * share, core, sentence))]
        return []

    def _counted(self, sentence: Sentence) -> list[tuple[str, int]]:
        """Return how many a sentence counts of what the claims speak of, with places.

        What they call a record comes first: of "14 trams and 6 boats" the boats, where it is about
        the most boats.
        """
        found: list[tuple[bool, str, int]] = []
        for quantity in sentence.values:
            counted = what_counts(quantity, sentence.text) if quantity.dimension == "count" else ""
            named = set(topics_of(counted))
            if not self.core.isdisjoint(named):
                aside = self.recorded.isdisjoint(named)
                found.append((aside, f"{quantity.label} {counted}", quantity.start))
        found.sort(key=lambda one: one[0])
        first: dict[str, int] = {}
        for _, label, at in found:
            first.setdefault(label, at)
        return list(first.items())[:_LISTED]

    def _by_words(self, sentence: Sentence, telling: frozenset[str]) -> list[Find]:
        core = sentence.topics & self.core
        if len(core) >= min(_EXCHANGE, len(self.core)) and core & telling:
            return [Find(sentence, _score(0.1, core, sentence))]
        return []


def matter_of(
    thread: ThreadView, claims: Sequence[Claim], stands: Sequence[tuple[str, Span]], known: "Vocabulary"
) -> Matter:
    """Return what some claims are about.

    Parameters
    ----------
    stands
        The posts that take a claim up, each with the clause that does.
    """
    inside: Counter[str] = Counter()
    for post_id, span in stands:
        view = thread.by_id[post_id]
        inside.update(set(topics(view.words_in(window(view, span)))))
    return Matter(tuple(claims), known.own_words(inside, [post for post, _ in stands]), known.common)


class Vocabulary:
    """In how many posts of a thread each word stands."""

    def __init__(self, thread: ThreadView) -> None:
        self._topics = {view.post.post_id: frozenset(topics(view.words)) for view in thread.posts}
        self._posts = Counter(word for words in self._topics.values() for word in words)

    @cached_property
    def common(self) -> frozenset[str]:
        """The words that a tenth of the posts hold, everybody's words left out."""
        rare = known_words().rareness
        least = max(2, len(self._topics) // 10)
        return frozenset(
            word for word, posts in self._posts.items() if posts >= least and rare(word) >= _RARE
        )

    def own_words(self, inside: Counter[str], posts: Sequence[str]) -> frozenset[str]:
        """Return the words that come back in a dispute's posts and stand more rarely in the others."""
        own, rare = set(posts), known_words().rareness
        held = Counter(word for post in own for word in self._topics[post])
        others = max(1, len(self._topics) - len(own))
        often = max(2, len(posts) // 6)
        return frozenset(
            word
            for word, times in inside.items()
            if times >= often
            and rare(word) >= _RARE
            and times * others >= _LIFT * len(posts) * (self._posts[word] - held[word])
        )


def _sided(find: Find) -> Find:
    """Leave the side of a value out that the sentence denies, or tells as a plan."""
    if find.side is None or find.at is None or holds(find.sentence.text, find.at):
        return find
    return replace(find, side=None)


def _each(finds: Sequence[Find]) -> list[Find]:
    """Return each value of a sentence once, where it first stands."""
    first: dict[str | None, Find] = {}
    for find in finds:
        first.setdefault(find.value, find)
    return list(first.values())


def _score(base: float, core: frozenset[str], sentence: Sentence) -> float:
    return round(min(1.0, base + 0.1 * min(3, len(core)) + (0.1 if sentence.said else 0.0)), 4)
