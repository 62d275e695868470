"""Judgements, and those that come of sides: "I am pro-X", "X stands with Y"."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from discourse.analysis.stance.clauses import Clause, is_skipped
from discourse.analysis.stance.phrases import is_function
from discourse.analysis.stance.read_sentence import Sentence
from discourse.analysis.stance.references import Referent
from discourse.analysis.stance.scope import is_denied
from discourse.model import Span

SIDED = 0.85  # "I am pro-X"


class Judgement(Struct, frozen=True):
    """One clause for or against one target."""

    target: str
    label: str  # favor | against
    score: float
    span: Span
    entry: str


class Alliance(Struct, frozen=True):
    """Somebody who is said to side with another: what it says depends on that other."""

    who: Referent
    whom: str
    span: Span
    entry: str
    score: float


def span_of(clause: Clause) -> Span:
    """Return where a clause stands."""
    return Span(start=clause.start, end=clause.end)


def sides_taken(sentence: Sentence) -> Iterator[Judgement]:
    """Yield what writers call themselves: "I am pro-X", "we're anti-X"."""
    for clause in sentence.clauses:
        for place, word in enumerate(clause.words):
            if word.sided is None or clause.question or clause.conditional or is_denied(clause, place):
                continue
            before = place - 1
            while before >= 0 and is_skipped(clause.words[before]):
                before -= 1
            after = next((w for w in clause.words[place + 1 :] if w.start >= word.sided.end), None)
            ends = after is None or not after.is_joined or is_function(after)
            if before >= 0 and clause.words[before].word in ("i", "we") and ends and before < place:
                pro = word.word.startswith("pro-")
                label, entry = ("favor", "pro-") if pro else ("against", "anti-")
                yield Judgement(word.sided.target, label, SIDED, span_of(clause), entry)


def allied(alliances: Iterable[Alliance], found: Sequence[Judgement]) -> Iterator[Judgement]:
    """Judge those who side with somebody whom the same post judges, the same way."""
    sides: dict[str, set[str]] = {}
    for judgement in found:
        sides.setdefault(judgement.target, set()).add(judgement.label)
    for alliance in alliances:
        labels = sides.get(alliance.whom, set())
        if len(labels) == 1:
            score = round(alliance.score * alliance.who.score, 4)
            yield Judgement(alliance.who.target, next(iter(labels)), score, alliance.span, alliance.entry)
