"""Two moves that show by their frame alone: claims put into another's mouth, and turning to another issue.

Both are experimental: public data on them are thin, and a fair restatement has the frame of an unfair one.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from msgspec import Struct

from discourse.lexicon.holding import Holding
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
# each with texts of which every match of it holds one: where none stands, nothing is searched
_Forms = tuple[tuple[tuple[str, ...], str], ...]
_SAYING = (
    "saying", "claiming", "arguing", "suggesting", "implying", "telling", "asserting", "proposing",
    "admitting",
)  # fmt: skip
_MISREPRESENTED: _Forms = (
    (
        _SAYING,
        rf"\bso,? (?:what |basically |in other words,? )?(?:then |now )?"
        rf"(?:you're|you are|your|are you) {_FULLY}{_SAY}\b",
    ),
    (
        ("so you ", "so, you ", "basically you ", "then you ", "now you ", "words you ", "words, you "),
        rf"{_OPENS}so,? (?:basically |then |now |in other words,? )?you {_FULLY}{_HOLD}\b"
        r"(?! (?:so|me|no|to know|what)\b)(?!,)",
    ),
    (_SAYING, rf"\bwhat (?:you're|you are) {_FULLY}{_SAY} is\b"),
    (
        ("in other words",),
        rf"\bin other words,? (?:you|you're|you are) {_FULLY}"
        rf"(?:{_SAY}|{_HOLD}|don't|do not|can't|cannot|have no|would|have nothing|agree|just)\b",
    ),
    (
        ("logic", "reasoning", "standard"),
        r"\b(?:by|using|according to|following|under) your (?:own )?(?:logic|reasoning|standards?)\b",
    ),
    (
        ("by your ",),
        r"\bby your (?:own )?(?:argument|definition|criteria|rationale)\b(?! (?:style|on|of)\b)",
    ),
    (
        ("boils down to", "amounts to", "is basically", "is essentially", "comes down to"),
        r"\byour (?:whole |entire |only )?(?:argument|position|point|claim|logic)"
        r" (?:boils down to|amounts to|is basically|is essentially|comes down to)\b",
    ),
    (("have us believe",), r"\b(?:you|he|she|they) (?:would|want to|wants to) have us believe\b"),
    (
        _SAYING,
        r"\b(?:you(?:'re| are)|are you) (?:basically |essentially |really |actually |seriously |honestly )"
        r"(?:saying|claiming|arguing|suggesting|telling (?:me|us)) (?:that )?\w",
    ),
)
_SHIFTED: _Forms = (
    (
        ("the real ",),
        r"\bthe real (?:issue|question|problem|scandal|crime|story) (?:here )?(?:is|isn't)\b"
        r"(?! (?:whether|that (?:you|he|she)|you)\b)",
    ),
    (
        ("speaking of ",),
        rf"{_OPENS}speaking of (?!which)[^.!?,\n]{{2,40}},"
        r" (?:who|what|why|when|where|how|did|do|does|is|are)\b",
    ),
    (
        ("while we're at it", "enough about", "forget about"),
        rf"{_OPENS}(?:while we're at it|enough about|forget about)\b(?! (?:it|that|me)\b)",
    ),
    (
        ("let's ", "let us ", "why don't we ", "can we "),
        rf"{_OPENS}(?:let's|let us|why don't we|can we) (?:talk|discuss|look|focus)"
        r" (?:about|at|on) (?:something|the real|what (?:really|actually)|how (?:you|your)|your)\b",
    ),
    (
        ("talking about", "talks about"),
        r"\b(?:why (?:isn't|aren't) (?:anyone|anybody|we|you)|nobody(?: ever)? (?:is |seems to be )?)"
        r" ?(?:talking|talks) about\b",
    ),
    (
        ("more important ", "bigger ", "larger "),
        r"\b(?:a|the) (?:far |much )?(?:more important|bigger|larger)"
        r" (?:question|issue|problem|point|scandal) (?:here )?(?:is|would be)\b",
    ),
    (
        ("the real ", "the main ", "the important ", "the true "),
        r"\b(?:isn't|is not|not) (?:really )?the (?:real |main |important |true )"
        r"(?:issue|question|problem|point)\b",
    ),
)


_MOVES = (("misrepresentation", _MISREPRESENTED, 0.5), ("off_topic_shift", _SHIFTED, 0.4))
_END = re.compile(r"[.!?\n]")


class Move(Struct, frozen=True):
    """One passage that makes such a move."""

    span: Span
    label: str
    score: float


@cache
def _holding() -> Holding:
    return Holding([needs for _, forms, _ in _MOVES for needs, _ in forms])


def move_gates(texts: Sequence[str]) -> list[int]:
    """Return for each folded text which forms may stand in it, as `find_moves` takes them; 0 for none."""
    return _holding().gates(texts)


def find_moves(folded: str, gates: int | None = None) -> Iterator[Move]:
    """Yield the moves of a folded text, from their frame to the end of the sentence.

    Parameters
    ----------
    gates
        What `move_gates` says of the text; None: it is asked.
    """
    left = move_gates([folded])[0] if gates is None else gates
    for label, forms, score in _MOVES:
        possible = [_compiled(pattern) for bit, (_, pattern) in enumerate(forms) if left >> bit & 1]
        left >>= len(forms)
        if possible:
            for span in _spans(possible, folded):
                yield Move(span, label, score)


_compiled = lru_cache(re.compile)  # each when it is first needed: together they take a tenth of a second


def _spans(patterns: Sequence[re.Pattern[str]], folded: str) -> Iterator[Span]:
    edge = 0
    for match in _matches(patterns, folded):
        if match.start() < edge:
            continue
        limit = min(len(folded), match.start() + _LONGEST)
        end = _END.search(folded, match.end(), limit)
        edge = max(match.end(), end.start() if end else limit)
        found = folded[match.start() : edge]
        start = match.start() + len(found) - len(found.lstrip(" ,"))
        yield Span(start=start, end=match.start() + len(found.rstrip()))


def _matches(patterns: Sequence[re.Pattern[str]], folded: str) -> Iterator[re.Match[str]]:
    """Yield what one pattern with these as its alternatives would find, in this order."""
    place = 0
    ahead = [pattern.search(folded) for pattern in patterns]
    while left := [match for match in ahead if match]:
        first = min(left, key=re.Match.start)  # of several at one place the earliest alternative
        yield first
        place = first.end()
        ahead = [
            pattern.search(folded, place) if match and match.start() < place else match
            for pattern, match in zip(patterns, ahead, strict=True)
        ]
