"""How rows begin, also long ones, and how many of a page begin so."""

import re
from collections import Counter
from collections.abc import Sequence

from discourse.ingest.pasted.recurrence import Rows
from discourse.ingest.pasted.rows import MOMENT, NUMBER, Row, Token, tokens_of_head

# a bullet, a dash or a slash between blanks, a tab, two blanks and more; written so that it begins with a set
BULLETS = re.compile(r"[·•|│⋅∙●◦\s](?:(?<=[·•|│⋅∙●◦])|[-–—/]\s|(?<=\t)|\s+)")
HEAD = (
    "head_moment head_number head_mark colon_at colon_shared bar_at first_times third_times "
    "form2 form4 form6 form_end"
).split()
_KINDS = {MOMENT: "T", NUMBER: "N"}
_HEADS = 16  # tokens at the beginning of a row that are looked at


class Heads:
    """How rows begin, also long ones: "nick: text", "[12:03] nick text", and how many begin so."""

    def __init__(self, page: Rows) -> None:
        self.rows = page.rows
        self.masks = [[token.mask for token in head_tokens(row)[:_HEADS]] for row in page.rows]
        self.forms = [_form(masks) for masks in self.masks]
        self.form_ends = [_form_end(form) for form in self.forms]
        self.colons = [_before_colon(row) for row in page.rows]
        self.starts = Counter(key for form in self.forms for key in {form[:2], form[:4], form[:6]})
        self.ends = Counter(self.form_ends)
        self.first = Counter(masks[0] for masks in self.masks if masks)
        self.third = Counter(tuple(masks[:3]) for masks in self.masks)
        self.keys = Counter(key for key in self.colons if key)

    def told(self, place: int) -> tuple[float, ...]:
        """Return what the head of one row says, in the order of `HEAD`; counts as they are."""
        masks, form, key = self.masks[place], self.forms[place], self.colons[place]
        bar = BULLETS.search(self.rows[place].text[:60])
        return (
            MOMENT in masks[:4],
            NUMBER in masks[:3],
            bool(masks) and is_mark(masks[0]),
            len(key) if key else -1,
            self.keys[key] if key else 0,
            bar.start() if bar else -1,
            self.first[masks[0]] if masks else 0,
            self.third[tuple(masks[:3])],
            self.starts[form[:2]],
            self.starts[form[:4]],
            self.starts[form[:6]],
            self.ends[self.form_ends[place]],
        )


def head_tokens(row: Row) -> tuple[Token, ...]:
    """Return the tokens of a row; of a long one those of its head."""
    return row.tokens if not row.long else tokens_of_head(row.text)


def _form(masks: Sequence[str]) -> str:
    """Return how a row begins: runs of words as one W, moments, numbers, and every mark as it is."""
    found: list[str] = []
    last = ""
    for mask in masks:
        kind = _KINDS.get(mask) or ("W" if mask[0].isalnum() else mask[0])
        if kind != "W" or last != "W":
            found.append(kind)
        last = kind
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
