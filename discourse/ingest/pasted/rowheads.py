"""How rows begin, also long ones, and how many of a page begin so."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from discourse.ingest.pasted.recurrence import Rows
from discourse.ingest.pasted.rows import MOMENT, NUMBER, Row, Token, tokens_of_head

BULLETS = re.compile(r"[·•|│⋅∙●◦]|\s[-–—/]\s|\t|\s{2,}")
HEAD = (
    "head_moment head_number head_mark colon_at colon_shared bar_at first_times third_times "
    "form2 form4 form6 form_end"
).split()
_HEADS = 16  # tokens at the beginning of a row that are looked at


class Heads:
    """How rows begin, also long ones: "nick: text", "[12:03] nick text", and how many begin so."""

    def __init__(self, page: Rows) -> None:
        self.rows = page.rows
        self.tokens = [head_tokens(row)[:_HEADS] for row in page.rows]
        self.forms = [_form(tokens) for tokens in self.tokens]
        self.starts = Counter(key for form in self.forms for key in {form[:2], form[:4], form[:6]})
        self.ends = Counter(_form_end(form) for form in self.forms)
        self.first = Counter(tokens[0].mask for tokens in self.tokens if tokens)
        self.third = Counter(tuple(token.mask for token in tokens[:3]) for tokens in self.tokens)
        self.keys = Counter(key for row in page.rows if (key := _before_colon(row)))

    def told(self, place: int) -> tuple[float, ...]:
        """Return what the head of one row says."""
        row, tokens, form = self.rows[place], self.tokens[place], self.forms[place]
        text = row.text[:60]
        masks = [token.mask for token in tokens]
        key = _before_colon(row)
        bar = BULLETS.search(text)
        return (
            MOMENT in masks[:4],
            NUMBER in masks[:3],
            bool(masks) and is_mark(masks[0]),
            len(key) if key else -1,
            np.log1p(self.keys[key]) if key else 0.0,
            bar.start() if bar else -1,
            np.log1p(self.first[masks[0]]) if masks else 0.0,
            np.log1p(self.third[tuple(masks[:3])]),
            np.log1p(self.starts[form[:2]]),
            np.log1p(self.starts[form[:4]]),
            np.log1p(self.starts[form[:6]]),
            np.log1p(self.ends[_form_end(form)]),
        )


def head_tokens(row: Row) -> tuple[Token, ...]:
    """Return the tokens of a row; of a long one those of its head."""
    return row.tokens if not row.long else tokens_of_head(row.text)


def _form(tokens: Sequence[Token]) -> str:
    """Return how a row begins: runs of words as one W, moments, numbers, and every mark as it is."""
    found: list[str] = []
    for token in tokens:
        kind = {MOMENT: "T", NUMBER: "N"}.get(token.mask) or (
            "W" if token.mask[0].isalnum() else token.mask[0]
        )
        if kind != "W" or found[-1:] != ["W"]:
            found.append(kind)
    return "".join(found)


def _form_end(form: str) -> str:
    """Return the form up to the first mark that can part a name from what is said."""
    ends = [at for mark in ":：>]|)" if (at := form.find(mark, 1)) > 0]
    return form[: min(ends) + 1] if ends else ""


def _before_colon(row: Row) -> str:
    head, colon, _ = row.text[:60].replace("：", ":").partition(":")
    return head.casefold() if colon else ""


def is_mark(mask: str) -> bool:
    """Say whether a token is neither a word nor a number nor a moment."""
    return not mask[0].isalnum() and mask not in {MOMENT, NUMBER}
