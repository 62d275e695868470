"""Whom a pronoun means: the last target of its kind, subjects first."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct, field

from discourse.analysis.stance.clauses import CONTRACTED_TAILS, GENERIC, Clause, Word
from discourse.analysis.stance.mentions import Mention
from discourse.analysis.stance.names import gazetteer
from discourse.analysis.stance.phrases import is_function

_KINDS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys("he him his himself she her herself".split(), frozenset({"person"})),
    **dict.fromkeys(
        "they them their themselves".split(), frozenset({"country", "party", "institution", "group"})
    ),
    **dict.fromkeys("it its itself".split(), frozenset({"measure", "country", "institution", "other"})),
}
_GENDER = {
    **dict.fromkeys("he him his himself".split(), "m"),
    **dict.fromkeys("she her herself".split(), "f"),
}
_MEASURES = frozenset({"measure"})
_ANY = frozenset("plan measure scheme proposal policy idea".split())
_OPENERS = frozenset("to that for when if how what why who whether until because of".split())
_THINGS = frozenset("idea thing policy plan law system option solution measure choice move practice".split())
REACH = 2  # sentences back
NEAR = 1  # sentences back for "it", which mostly means what was said
SURE = 0.9  # of a pronoun whose name stands in the post's own words
OUTSIDE = 0.8  # of one whose name stands only in what the post quotes or answers


class Referent(Struct, frozen=True):
    """A target that a word means, and how surely."""

    target: str
    kind: str
    score: float


# every word that may mean somebody whom the sentence does not name, with the kinds of target that it may mean
MEANT: Mapping[str, frozenset[str]] = {
    **_KINDS,
    **{f"{word}'{tail}": kinds for word, kinds in _KINDS.items() for tail in CONTRACTED_TAILS},
    **dict.fromkeys(GENERIC, _MEASURES),
}
_HERE = frozenset("it its itself".split())  # never what stands in another post alone
_HERE_OR_ELSEWHERE = frozenset(MEANT)
_ELSEWHERE = frozenset(word for word in MEANT if word.split("'", maxsplit=1)[0] not in _HERE)


def may_mean(words: Sequence[str], kinds: frozenset[str]) -> bool:
    """Say whether any of some folded words may mean a target of some kinds without naming it."""
    if _HERE_OR_ELSEWHERE.isdisjoint(words):  # of most sentences
        return False
    return any(not kinds.isdisjoint(MEANT[word]) for word in _HERE_OR_ELSEWHERE.intersection(words))


class Said(NamedTuple):
    """What later sentences look back for in one."""

    mentions: Sequence[tuple[Mention, bool]]  # each with: is it a subject
    named: int  # where its last name stands that is no target's; -1 where it has none


class Sentences:
    """The sentences of a post so far; each is read when a later one first looks back at it."""

    def __init__(self) -> None:
        self._unread: list[Callable[[], Said]] = []
        self._read: dict[int, Said] = {}
        self._checked = 0  # so many were looked through for names
        self._last_named = -1
        self._mentioning: list[int] = []  # those that may mention a target

    def add(self, read: Callable[[], Said], *, mentions: bool) -> None:
        """Add a sentence; `mentions` says whether a target may be mentioned in it."""
        if mentions:
            self._mentioning.append(len(self._unread))
        self._unread.append(read)

    def said(self, place: int) -> Said:
        """Return what a sentence says."""
        if place not in self._read:
            self._read[place] = self._unread[place]()
        return self._read[place]

    def last(self, number: int) -> list[Said]:
        """Return the last sentences, the latest first."""
        size = len(self._unread)
        return [self.said(place) for place in range(size - 1, max(-1, size - number - 1), -1)]

    @property
    def named(self) -> int:
        """Where the last name stands that is no target's; -1 where none does."""
        for place in range(self._checked, len(self._unread)):
            named = self.said(place).named
            self._last_named = named if named >= 0 else self._last_named
        self._checked = len(self._unread)
        return self._last_named

    def any_mention(self) -> bool:
        """Say whether any sentence mentions a target."""
        while self._mentioning and not self.said(self._mentioning[0]).mentions:
            del self._mentioning[0]
        return bool(self._mentioning)


class Memory(Struct):
    """The mentions of a post so far, sentence by sentence."""

    # of what is quoted and of the posts answered, the nearest first
    outside: Sequence[Sequence[Mention]] = ()
    seen: Sentences = field(default_factory=Sentences)

    def resolve(self, word: Word) -> Referent | None:
        """Return what a word means: its own target, or that of the pronoun's last fitting name."""
        if word.mention is not None:
            return Referent(word.mention.target, word.mention.kind, 1.0)
        kinds = _MEASURES if word.generic else _KINDS.get(word.word)
        if kinds is None:
            return None
        reach = NEAR if "measure" in kinds and not word.generic else REACH
        for sentence in self.seen.last(reach + 1):
            fitting = [
                (mention, subject)
                for mention, subject in sentence.mentions
                if mention.end <= word.start and _fits(mention, word.word, kinds)
            ]
            if fitting:
                best = next((m for m, subject in reversed(fitting) if subject), None)
                if best is None and "measure" in kinds and not word.generic:
                    return None  # "it" goes on with what was spoken of, not with what was named in passing
                best = best or fitting[-1][0]
                rivalled = "person" in kinds and best.end < self.seen.named < word.start
                return None if rivalled else Referent(best.target, best.kind, SURE)
        return self._outside(word, kinds)

    def _outside(self, word: Word, kinds: frozenset[str]) -> Referent | None:
        if word.word in _HERE or self.seen.any_mention():
            return None  # which are mostly what was said
        if "person" in kinds and 0 <= self.seen.named < word.start:
            return None
        return _only(self.outside, lambda mention: _fits(mention, word.word, kinds))

    def answered(self) -> Referent | None:
        """Return the only target of what a post quotes or answers; None where it has none or several."""
        return _only(self.outside)

    def last_subject(self) -> Referent | None:
        """Return the subject of the sentence before the open one; None where it was no target."""
        before = self.seen.last(2)[1:]
        subject = next(
            (mention for said in before for mention, is_subject in said.mentions if is_subject), None
        )
        return Referent(subject.target, subject.kind, SURE) if subject is not None else None


def may_mean_outside(words: Sequence[str], outside: Sequence[Sequence[Mention]]) -> bool:
    """Say whether any of some folded words may mean a target that only other texts name.

    Parameters
    ----------
    outside
        The mentions of what a post quotes and of the posts that it answers, the nearest first.
    """
    if _ELSEWHERE.isdisjoint(words):  # of most posts
        return False
    return any(_may_stand_outside(word, outside) for word in _ELSEWHERE.intersection(words))


def _may_stand_outside(word: str, outside: Sequence[Sequence[Mention]]) -> bool:
    bare, kinds = word.split("'", maxsplit=1)[0], MEANT[word]
    return _only(outside, lambda mention: _fits(mention, bare, kinds)) is not None


def _only(
    outside: Sequence[Sequence[Mention]], fits: Callable[[Mention], bool] | None = None
) -> Referent | None:
    """Return the one target that fits of the nearest text that has any; None where it has several."""
    for mentions in outside:
        found: Mention | None = None
        for mention in mentions:
            if found is not None and mention.target == found.target:
                continue
            if fits is None or fits(mention):
                if found is not None:
                    return None
                found = mention
        if found is not None:
            return Referent(found.target, found.kind, OUTSIDE)
    return None


def _fits(mention: Mention, word: str, kinds: frozenset[str]) -> bool:
    if mention.kind not in kinds:
        return False
    if word in GENERIC:
        name = mention.target.lower().split()
        # "the ban" is no plan, and of a "parking plan" nobody says "the ban"
        return word in name or (word in _ANY and _ANY.isdisjoint(name))
    gender, known = _GENDER.get(word), _genders().get(mention.target)
    return gender is None or known is None or gender == known


def stands_for_nothing(clause: Clause, after: Clause | None, last: int) -> bool:
    """Say whether the "it" of a clause means no thing: "it is sad that", "it is a good question".

    Parameters
    ----------
    after
        The next clause of the sentence; None where there is none.
    last
        The place of the last word of what is said of it.
    """
    if last + 1 < len(clause.words):
        word = clause.words[last + 1]
        if not word.is_joined:
            return False
        return word.word in _OPENERS or not (is_function(word) or word.word in _THINGS)
    return after is not None and after.words[0].word in _OPENERS


@lru_cache(maxsize=1)
def _genders() -> Mapping[str, str]:
    entries = gazetteer().by_name["gazetteer"].entries
    return {
        entry.fields["name"]: entry.fields["gender"]
        for entry in entries
        if entry.label == "person" and "gender" in entry.fields
    }
