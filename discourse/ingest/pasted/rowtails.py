"""How rows end, also long ones, and how many of a page end so: "… as I said. – Ann (talk) 12:03"."""

import re
from collections import Counter
from collections.abc import Sequence

from discourse.ingest.pasted.recurrence import Rows
from discourse.ingest.pasted.rows import MOMENT, NUMBER, Row, Token, tokens_of_head

TAIL = (
    "tail_moment tail_number end_mark end_times end_third end_form2 end_form4 end_form6 "
    "dash_at dash_form dash_text dash_stop"
).split()
_TAIL = 120  # characters of a long row's end
_LAST = 16  # tokens at the end of a row that are looked at
_NEAR = 80  # characters from a row's end within which a name may be set off
_PARTS = re.compile(r"\s(?:[-–—―~|•·/]|--)\s?|[(\[（【~—―]|\t|\s{2,}")
_STOPS = ".!?。！？؟…\"”»)'’"


class Tails:
    """How rows end, also long ones, and how many end so."""

    def __init__(self, page: Rows) -> None:
        self.rows = page.rows
        tokens = [tail_tokens(row)[-_LAST:] for row in page.rows]
        self.masks = [[token.mask for token in held] for held in tokens]
        self.forms = [_form(masks) for masks in self.masks]
        self.cuts = [_cut(row.text) for row in page.rows]
        self.dashed = [
            _form([token.mask for token in held if cut >= 0 and token.start >= cut])
            for held, cut in zip(tokens, self.cuts, strict=True)
        ]
        self.names = [
            _words(row.text, held, cut) for row, held, cut in zip(page.rows, tokens, self.cuts, strict=True)
        ]
        self.ends = Counter(key for form in self.forms for key in {form[-2:], form[-4:], form[-6:]})
        self.last = Counter(masks[-1] for masks in self.masks if masks)
        self.third = Counter(tuple(masks[-3:]) for masks in self.masks)
        self.after = Counter(self.dashed)
        self.said = Counter(self.names)

    def told(self, place: int) -> tuple[float, ...]:
        """Return what the end of one row says; counts as they are."""
        row, masks, form, cut = self.rows[place], self.masks[place], self.forms[place], self.cuts[place]
        dashed, name = self.dashed[place], self.names[place]
        return (
            MOMENT in masks[-4:],
            NUMBER in masks[-3:],
            bool(masks) and not masks[-1][0].isalnum() and masks[-1] not in {MOMENT, NUMBER},
            self.last[masks[-1]] if masks else 0,
            self.third[tuple(masks[-3:])],
            self.ends[form[-2:]],
            self.ends[form[-4:]],
            self.ends[form[-6:]],
            len(row.text) - cut if cut >= 0 else -1,
            self.after[dashed] if dashed else 0,
            self.said[name] if name else 0,
            cut > 0 and row.text[:cut].rstrip()[-1:] in _STOPS,
        )


def tail_tokens(row: Row) -> tuple[Token, ...]:
    """Return the tokens of a row; of a long one those of its end, with their offsets in the whole row."""
    if not row.long:
        return row.tokens
    cut = len(row.text) - _TAIL
    while cut < len(row.text) and not row.text[cut - 1].isspace():
        cut += 1
    cut = cut if cut < len(row.text) else len(row.text) - _TAIL
    return tuple(
        token._replace(start=token.start + cut, end=token.end + cut)
        for token in tokens_of_head(row.text[cut:])
    )


def _form(masks: Sequence[str]) -> str:
    """Return how a row ends: runs of words as one W, moments, numbers, and every mark as it is."""
    found: list[str] = []
    for mask in masks:
        kind = {MOMENT: "T", NUMBER: "N"}.get(mask) or ("W" if mask[0].isalnum() else mask[0])
        if kind != "W" or found[-1:] != ["W"]:
            found.append(kind)
    return "".join(found)


def _cut(text: str) -> int:
    """Return where the last dash, bracket or gap stands near a row's end that may set a name off, or -1."""
    first = max(1, len(text) - _NEAR)
    return max((found.start() for found in _PARTS.finditer(text, first)), default=-1)


def _words(text: str, tokens: Sequence[Token], cut: int) -> str:
    """Return the words behind the cut, without moments and numbers."""
    held = [token for token in tokens if cut >= 0 and token.start >= cut and token.mask[0].isalnum()]
    return text[held[0].start : held[-1].end].casefold() if held else ""
