"""Whom a pronoun means: the last target of its kind, subjects first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from discourse.analysis.stance.clauses import Word
from discourse.analysis.stance.mentions import Mention
from discourse.analysis.stance.names import gazetteer

_KINDS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys("he him his himself she her herself".split(), frozenset({"person"})),
    **dict.fromkeys("they them their themselves".split(), frozenset({"country", "party", "institution"})),
    **dict.fromkeys("it its itself".split(), frozenset({"measure", "country", "institution", "other"})),
}
_GENDER = {
    **dict.fromkeys("he him his himself".split(), "m"),
    **dict.fromkeys("she her herself".split(), "f"),
}
REACH = 2  # sentences back
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
        kinds = _KINDS.get(word.word)
        if kinds is None:
            return None
        for sentence in reversed(self.seen[-REACH - 1 :]):
            fitting = [
                (mention, subject)
                for mention, subject in sentence
                if mention.end <= word.start and _fits(mention, word.word, kinds)
            ]
            if fitting:
                best = next((m for m, subject in reversed(fitting) if subject), fitting[-1][0])
                return Referent(best.target, best.kind, SURE)
        return self._outside(word.word, kinds)

    def _outside(self, pronoun: str, kinds: frozenset[str]) -> Referent | None:
        if any(sentence for sentence in self.seen) or "person" not in kinds:
            return None
        for mentions in self.outside:
            fitting = {m.target for m in mentions if _fits(m, pronoun, kinds)}
            if fitting:
                return Referent(fitting.pop(), "person", OUTSIDE) if len(fitting) == 1 else None
        return None

    def last_subject(self) -> Referent | None:
        """Return the subject of the sentence before the open one; None where it was no target."""
        if len(self.seen) < 2:
            return None
        subject = next((mention for mention, is_subject in self.seen[-2] if is_subject), None)
        return Referent(subject.target, subject.kind, SURE) if subject is not None else None


def _fits(mention: Mention, pronoun: str, kinds: frozenset[str]) -> bool:
    gender, known = _GENDER.get(pronoun), _genders().get(mention.target)
    return mention.kind in kinds and (gender is None or known is None or gender == known)


@lru_cache(maxsize=1)
def _genders() -> Mapping[str, str]:
    entries = gazetteer().by_name["gazetteer"].entries
    return {
        entry.fields["name"]: entry.fields["gender"]
        for entry in entries
        if entry.label == "person" and "gender" in entry.fields
    }
