"""Two moves that show by their frame alone: claims put into another's mouth, and turning to another issue.

Both are experimental: public data on them are thin, and a fair restatement has the frame of an unfair one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from discourse.model import Span

RULES_VERSION = 2
LABELS = ("misrepresentation", "off_topic_shift")
_LONGEST = 200  # code points that a passage runs on to the end of its sentence
_SAY = r"(?:saying|claiming|arguing|suggesting|implying|telling (?:me|us)|asserting|proposing|admitting)"
_HOLD = r"(?:think|believe|want|say|claim|admit|agree|support|would rather|expect|assume|suggest|deny)"
_FULLY = r"(?:really |basically |actually |essentially |just |now |seriously )?"
# where a sentence or a line begins, after its opening word
_OPENS = (
    r"(?:^|(?<=[.!?\n)] )|(?<=[.!?\n)])|(?<=\n))(?:oh|wow|lol|ok|okay|ah|well|and|but|wait|hmm|right|um)?,? ?"
)
_MISREPRESENTED = (
    rf"\bso,? (?:what |basically |in other words,? )?(?:then |now )?"
    rf"(?:you're|you are|your|are you) {_FULLY}{_SAY}\b",
    rf"{_OPENS}so,? (?:basically |then |now |in other words,? )?you {_FULLY}{_HOLD}\b"
    r"(?! (?:so|me|no|to know|what)\b)(?!,)",
    rf"\bwhat (?:you're|you are) {_FULLY}{_SAY} is\b",
    rf"\bin other words,? (?:you|you're|you are) {_FULLY}"
    rf"(?:{_SAY}|{_HOLD}|don't|do not|can't|cannot|have no|would|have nothing|agree|just)\b",
    r"\b(?:by|using|according to|following|under) your (?:own )?(?:logic|reasoning|standards?)\b",
    r"\bby your (?:own )?(?:argument|definition|criteria|rationale)\b(?! (?:style|on|of)\b)",
    r"\byour (?:whole |entire |only )?(?:argument|position|point|claim|logic)"
    r" (?:boils down to|amounts to|is basically|is essentially|comes down to)\b",
    r"\b(?:you|he|she|they) (?:would|want to|wants to) have us believe\b",
    r"\b(?:you(?:'re| are)|are you) (?:basically |essentially |really |actually |seriously |honestly )"
    r"(?:saying|claiming|arguing|suggesting|telling (?:me|us)) (?:that )?\w",
)
_SHIFTED = (
    r"\bthe real (?:issue|question|problem|scandal|crime|story) (?:here )?(?:is|isn't)\b"
    r"(?! (?:whether|that (?:you|he|she)|you)\b)",
    rf"{_OPENS}speaking of (?!which)[^.!?,\n]{{2,40}}, (?:who|what|why|when|where|how|did|do|does|is|are)\b",
    rf"{_OPENS}(?:while we're at it|enough about|forget about)\b(?! (?:it|that|me)\b)",
    rf"{_OPENS}(?:let's|let us|why don't we|can we) (?:talk|discuss|look|focus)"
    r" (?:about|at|on) (?:something|the real|what (?:really|actually)|how (?:you|your)|your)\b",
    r"\b(?:why (?:isn't|aren't) (?:anyone|anybody|we|you)|nobody(?: ever)? (?:is |seems to be )?)"
    r" ?(?:talking|talks) about\b",
    r"\b(?:a|the) (?:far |much )?(?:more important|bigger|larger)"
    r" (?:question|issue|problem|point|scandal) (?:here )?(?:is|would be)\b",
    r"\b(?:isn't|is not|not) (?:really )?the (?:real |main |important |true )"
    r"(?:issue|question|problem|point)\b",
)
_FORMS = tuple(
    (label, re.compile("|".join(patterns)), score)
    for label, patterns, score in (
        ("misrepresentation", _MISREPRESENTED, 0.5),
        ("off_topic_shift", _SHIFTED, 0.4),
    )
)
_END = re.compile(r"[.!?\n]")


@dataclass(frozen=True, slots=True)
class Move:
    """One passage that makes such a move."""

    span: Span
    label: str
    score: float


def find_moves(folded: str) -> Iterator[Move]:
    """Yield the moves of a folded text, from their frame to the end of the sentence."""
    for label, pattern, score in _FORMS:
        edge = 0
        for match in pattern.finditer(folded):
            if match.start() < edge:
                continue
            limit = min(len(folded), match.start() + _LONGEST)
            end = _END.search(folded, match.end(), limit)
            edge = max(match.end(), end.start() if end else limit)
            found = folded[match.start() : edge]
            start = match.start() + len(found) - len(found.lstrip(" ,"))
            yield Move(Span(start=start, end=match.start() + len(found.rstrip())), label, score)
