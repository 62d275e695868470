"""The course of a thread up to a post: who has spoken, who was answered, which posts come into question."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from operator import itemgetter

from msgspec import Struct, field

from discourse.analysis.base import PostView, ThreadView
from discourse.learn.reply_targets import Candidate, Words, content_words, rarities
from discourse.text.normalise import fold
from discourse.text.quote_marks import number_pointed_at
from discourse.text.tokens import content_stems

_LATEST_OF_ONE = 12  # posts of the person named that come into question, the latest ones
_ROUND = 40  # posts ahead in which one person's answers to another are one round
_LATEST_QUOTERS = 24  # posts passing on another's words that come into question, the latest ones


class Course(Struct, dict=True):
    """What is known of a thread before the post at hand; moved on with `settle`."""

    thread: ThreadView
    by_author: dict[str, list[int]] = field(default_factory=dict)
    answered: dict[int, Counter[str]] = field(default_factory=dict)  # place -> answers to it by author
    target: dict[int, int] = field(default_factory=dict)  # place -> place answered

    _words: dict[int, Words] = field(default_factory=dict)  # read when they are first asked for
    _quoters_of: dict[int, list[tuple[int, frozenset[str]]]] | None = None
    _quoted_at: dict[int, tuple[dict[int, int], dict[int, int], int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.places = {view.post.post_id: n for n, view in enumerate(self.thread.posts)}
        self.names = {fold(author): author for author in self.thread.authors}

    def words(self, place: int) -> Words:
        """Return what counts of a post's own words."""
        if place not in self._words:
            self._words[place] = _words(self.thread.posts[place])
        return self._words[place]

    @cached_property
    def rarity(self) -> dict[str, float]:
        """How much each stem tells posts of this thread apart."""
        return rarities([self.words(place).content for place in range(len(self.thread.posts))])

    def author(self, place: int) -> str:
        """Return who wrote a post."""
        return self.thread.posts[place].post.author

    def author_named(self, name: str | None) -> str | None:
        """Return the author whom an addressee line means; None where nobody of that name has a post."""
        return None if name is None else self.names.get(fold(name.strip().lstrip("@")))

    def author_called_first(self, view: PostView) -> str | None:
        """Return the author whom a post's own words open with, as in "@Name …"; never its own."""
        opening = fold(view.own[:200]).lstrip()
        if not opening.startswith("@"):
            return None
        # the longest name first: "@Ann Lee" is not a call for Ann; a name ends where its letters end
        names = sorted((name for name in self.names if opening.startswith(name, 1)), key=len, reverse=True)
        called = next((name for name in names if not opening[1 + len(name) : 2 + len(name)].isalnum()), None)
        return None if called is None or self.names[called] == view.post.author else self.names[called]

    def post_pointed_at(self, place: int, view: PostView) -> int | None:
        """Return the place of the earlier post whose number a post names, as in ">>12" or "#4 said:"."""
        number = number_pointed_at(view.own)
        source = view.post.source_id
        other = None if number is None else self.numbered.get((source, number))
        return other if other is not None and other < place else None

    @cached_property
    def numbered(self) -> dict[tuple[str, int], int]:
        """Where the posts of each source stand, by their number there."""
        return {(v.post.source_id, v.post.position): n for n, v in enumerate(self.thread.posts)}

    def same_round(self, place: int, author: str) -> list[int]:
        """List later posts by the same hand that answer the same person before that person posts again."""
        me = self.author(place)
        later: list[int] = []
        for other in range(place + 1, min(len(self.thread.posts), place + 1 + _ROUND)):
            if self.author(other) == author:
                break
            post = self.thread.posts[other].post
            if post.author == me and self.author_named(post.addressee) == author:
                later.append(other)
        return later

    def candidates(self, place: int, author: str) -> list[Candidate]:
        """List the earlier posts of the person named that may be answered, the latest first.

        Parameters
        ----------
        place
            The answer's place in the thread, 0-based.
        author
            The person answered.
        """
        quoted, relayed, _ = self._quoted(place)
        places = self.by_author.get(author, [])[: -_LATEST_OF_ONE - 1 : -1]
        known = {*quoted, *relayed}
        places += sorted((p for p in known if p not in places and self._fits(p, place, author)), reverse=True)
        return self._measured(place, places)

    def seen_from(self, place: int, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Measure the same candidates for another answer."""
        return self._measured(place, [candidate.place for candidate in candidates])

    def _measured(self, place: int, places: Sequence[int]) -> list[Candidate]:
        view = self.thread.posts[place]
        quoted, relayed, latest_quoted = self._quoted(place)
        me = view.post.author
        last = self.by_author[me][-1] if me in self.by_author else -1
        gone = any(quote.target == "external" and quote.label == "quote" for quote in view.quotes)
        nobody: Counter[str] = Counter()
        answers = [self.answered.get(other, nobody) for other in places]
        return [
            Candidate(
                place=other,
                words=self.words(other),
                rank=rank,
                distance=place - other,
                answered_by_me=me in answers[rank],
                answers=answers[rank].total() - answers[rank][me],
                addressed=self._addressed(other),
                first_of_author=self.by_author[self.author(other)][0] == other,
                since_my_last=other > last,
                i_am_new=last < 0,
                quoted=quoted.get(other, 0),
                relayed=relayed.get(other, 0),
                too_early=other < latest_quoted,
                quotes_gone=gone,
            )
            for rank, other in enumerate(places)
        ]

    def settle(self, place: int, target: int | None) -> None:
        """Note whom the post at hand answers, and go on to the next."""
        author = self.author(place)
        self.by_author.setdefault(author, []).append(place)
        if target is not None:
            self.target[place] = target
            self.answered.setdefault(target, Counter())[author] += 1

    def _fits(self, other: int, place: int, author: str) -> bool:
        return other < place and self.author(other) == author

    def _addressed(self, place: int) -> str | None:
        target = self.target.get(place)
        if target is not None:
            return self.author(target)
        addressee = self.thread.posts[place].post.addressee
        return self.author_named(addressee) or addressee

    def _quoted(self, place: int) -> tuple[dict[int, int], dict[int, int], int]:
        """Count words quoted per post that said them first and per earlier post that passed them on."""
        if place not in self._quoted_at:
            self._quoted_at[place] = self._count_quoted(place)
        return self._quoted_at[place]

    def _count_quoted(self, place: int) -> tuple[dict[int, int], dict[int, int], int]:
        first: dict[int, int] = {}
        relayed: dict[int, int] = {}
        latest = -1
        for quote in self.thread.posts[place].quotes:
            source = self.places.get(quote.target or "")
            if source is None:
                continue
            words = frozenset(fold(quote.quote).split())
            first[source] = first.get(source, 0) + len(words)
            latest = max(latest, source)
            quoters = self._quoters().get(source, [])
            earlier = bisect_left(quoters, place, key=itemgetter(0))
            for other, theirs in quoters[max(0, earlier - _LATEST_QUOTERS) : earlier]:
                if 2 * len(words & theirs) >= len(words):
                    relayed[other] = relayed.get(other, 0) + len(words)
        return first, relayed, latest

    def _quoters(self) -> dict[int, list[tuple[int, frozenset[str]]]]:
        """For each post that is quoted, the posts that quote it and which of its words."""
        if self._quoters_of is None:
            self._quoters_of = {}
            for place, view in enumerate(self.thread.posts):
                for quote in view.quotes:
                    source = self.places.get(quote.target or "")
                    if source is not None:
                        words = frozenset(fold(quote.quote).split())
                        self._quoters_of.setdefault(source, []).append((place, words))
        return self._quoters_of


def _words(view: PostView) -> Words:
    tokens = view.words
    return Words(
        author=view.post.author,
        first=tokens[0] if tokens else "",
        all=frozenset(tokens),
        content=content_words(content_stems(tokens)),
        asks=view.own.rstrip(' "\n').endswith("?"),
    )


def quoted_posts(view: PostView, places: dict[str, int]) -> Sequence[int]:
    """List the places of the posts whose words a post quotes, in the order of the quotations, each once."""
    found = [places[quote.target or ""] for quote in view.quotes if (quote.target or "") in places]
    return list(dict.fromkeys(found))
