"""Two moves that show by their frame alone: claims put into another's mouth, and turning to another issue.

Both are experimental: public data on them are thin, and a fair restatement has the frame of an unfair one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from discourse.model import Span

RULES_VERSION = 1
LABELS = ("misrepresentation", "off_topic_shift")
_LONGEST = 200  # code points that a passage runs on to the end of its sentence
_SAY = r"(?:saying|claiming|arguing|suggesting|implying|telling (?:me|us)|asserting|proposing|admitting)"
_HOLD = r"(?:think|believe|want|say|claim|admit|agree|support|would rather|expect|assume|suggest|deny)"
_FULLY = r"(?:really |basically |actually |essentially |just |now |seriously )?"
_MISREPRESENTED = (
    rf"\bso,? (?:what |basically |then |now )?(?:you're|you are|your|are you) {_FULLY}{_SAY}\b",
    rf"\bso,? (?:basically |then |now )?you {_FULLY}{_HOLD}\b(?! (?:so|me)\b)",
    rf"\bwhat (?:you're|you are) {_FULLY}{_SAY} is\b",
    r"\bin other words,? (?:you|your)\b",
    r"\b(?:by|using|according to) your (?:own )?(?:logic|reasoning|argument|standards?|definition)\b",
    r"\byour (?:whole |entire |only )?(?:argument|position|point|claim|logic) (?:boils down to|amounts to)\b",
    r"\b(?:you|he|she|they) (?:would|want to) have us believe\b",
)
_SHIFTED = (
    r"\bthe real (?:issue|question|problem|scandal|crime|story) (?:here )?(?:is|isn't)\b",
    r"(?:^|(?<=[.!?\n] )|(?<=\n))(?:speaking of|on (?:another|a different|a side) note|while we're at it)\b",
    r"\b(?:why (?:isn't|aren't) (?:anyone|anybody|we|you)|nobody(?: ever)? (?:is |seems to be )?)"
    r" ?(?:talking|talks) about\b",
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
            stop = match.start() + len(folded[match.start() : edge].rstrip())
            yield Move(Span(start=match.start(), end=stop), label, score)
