"""Whom a pronoun means: the last target of its kind, subjects first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from discourse.analysis.stance.clauses import Clause, Word
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


@dataclass(frozen=True, slots=True)
class Referent:
    """A target that a word means, and how surely."""

    target: str
    kind: str
    score: float


@dataclass
class Memory:
    """The mentions of a post so far, sentence by sentence."""

    # of what is quoted and of the posts answered, the nearest first
    outside: Sequence[Sequence[Mention]] = ()
    seen: list[list[tuple[Mention, bool]]] = field(default_factory=list)  # each with: is it a subject
    named: int = -1  # where the last name stands that is no target's

    def open_sentence(self) -> None:
        """Begin a further sentence."""
        self.seen.append([])

    def note(self, mention: Mention, *, subject: bool) -> None:
        """Remember a mention of the open sentence."""
        self.seen[-1].append((mention, subject))

    def resolve(self, word: Word) -> Referent | None:
        """Return what a word means: its own target, or that of the pronoun's last fitting name."""
        if word.mention is not None:
            return Referent(word.mention.target, word.mention.kind, 1.0)
        kinds = _MEASURES if word.generic else _KINDS.get(word.word)
        if kinds is None:
            return None
        reach = NEAR if "measure" in kinds and not word.generic else REACH
        for sentence in reversed(self.seen[-reach - 1 :]):
            fitting = [
                (mention, subject)
                for mention, subject in sentence
                if mention.end <= word.start and _fits(mention, word, kinds)
            ]
            if fitting:
                best = next((m for m, subject in reversed(fitting) if subject), None)
                if best is None and "measure" in kinds and not word.generic:
                    return None  # "it" goes on with what was spoken of, not with what was named in passing
                best = best or fitting[-1][0]
                rivalled = "person" in kinds and best.end < self.named < word.start
                return None if rivalled else Referent(best.target, best.kind, SURE)
        return self._outside(word, kinds)

    def _outside(self, word: Word, kinds: frozenset[str]) -> Referent | None:
        if any(sentence for sentence in self.seen) or word.word in ("it", "its", "itself"):
            return None  # which are mostly what was said
        if "person" in kinds and 0 <= self.named < word.start:
            return None
        for mentions in self.outside:
            fitting = {m.target: m.kind for m in mentions if _fits(m, word, kinds)}
            if fitting:
                target, kind = fitting.popitem()
                return None if fitting else Referent(target, kind, OUTSIDE)
        return None

    def answered(self) -> Referent | None:
        """Return the only target of what a post quotes or answers; None where it has none or several."""
        for mentions in self.outside:
            if found := {m.target: m.kind for m in mentions}:
                target, kind = found.popitem()
                return None if found else Referent(target, kind, OUTSIDE)
        return None

    def last_subject(self) -> Referent | None:
        """Return the subject of the sentence before the open one; None where it was no target."""
        if len(self.seen) < 2:
            return None
        subject = next((mention for mention, is_subject in self.seen[-2] if is_subject), None)
        return Referent(subject.target, subject.kind, SURE) if subject is not None else None


def _fits(mention: Mention, word: Word, kinds: frozenset[str]) -> bool:
    if word.generic:
        name = mention.target.lower().split()
        # "the ban" is no plan, and of a "parking plan" nobody says "the ban"
        return mention.kind in kinds and (word.word in name or (word.word in _ANY and _ANY.isdisjoint(name)))
    gender, known = _GENDER.get(word.word), _genders().get(mention.target)
    return mention.kind in kinds and (gender is None or known is None or gender == known)


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
