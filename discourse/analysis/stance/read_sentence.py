"""A sentence while it is read for stances, and questions that are asked of it."""

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from discourse.analysis.stance.clauses import Clause, Word, head_subject
from discourse.analysis.stance.references import Referent
from discourse.learn.reply_labels import Cue
from discourse.lexicon import Match
from discourse.model import Span

Tone = Match | Cue  # where a word of praise or blame stands
_FINDS = frozenset("find finds found think thinks thought call calls consider".split())


class Sentence(Struct):
    """A sentence while it is read."""

    span: Span
    clauses: list[Clause]
    words: list[Word]
    ironic: bool
    blames: frozenset[int] = frozenset()  # where words of blame begin
    elliptic: Sequence[Referent] = ()  # whom a sentence without subject is about, right after a quotation


def clause_of(cue: Tone, sentence: Sentence) -> int | None:
    """Return the clause in which a cue begins; where somebody is named within it, that name's clause."""
    within = cue.entry.fields["frame"] == "within"
    for number, clause in enumerate(sentence.clauses):
        if within and any(cue.start <= w.start < cue.end and w.is_subject_like for w in clause.words):
            return number
        if not within and clause.start <= cue.start < clause.end:
            return number
    return None


def is_it(clause: Clause) -> bool:
    """Say whether a clause says something of "it", or finds it so: "I find it sad"."""
    head = head_subject(clause)
    finds = any(a.word in _FINDS and b.word == "it" for a, b in pairwise(clause.words[:8]))
    return finds or (head is not None and head.word == "it")


def is_undone(cue: Tone, sentence: Sentence) -> bool:
    """Say whether a word of blame follows a word of praise at once."""
    return cue.end + 1 in sentence.blames


def is_other(word: Word, referent: Referent, clause: Clause | None) -> bool:
    """Say whether a pronoun cannot mean somebody whose name stands after it in its own clause."""
    return (
        word.mention is None
        and clause is not None
        and any(w.mention is not None and w.mention.target == referent.target for w in clause.words)
    )
