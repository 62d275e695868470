"""What recurs among the rows of a page, and what kind of row each is."""

import re
from collections import Counter
from collections.abc import Sequence

from discourse.ingest.furniture import is_button
from discourse.ingest.pasted.rows import MOMENT, NUMBER, Row, Token
from discourse.ingest.words import any_of, load_words

_WIDEST = 110  # characters of a row with two names
_FEW = 12  # rows of a page that is small
_KEY = re.compile(r"([^\W\d_][\w ]{0,18})\s?[:：]\s?\S.{0,40}$")
_LISTS = load_words("headers")
_ANSWERING = re.compile(
    rf"(?:{any_of([*_LISTS['answers'], *_LISTS['answering']])})\s(?:@(?=\S))?|[→↳↪▶➜⇒►➤⟶⮕@>]\s?",
    re.IGNORECASE,
)
_STOPS = tuple(".!?。！？؟…")

Masks = tuple[str, ...]


class Rows:
    """The rows of a page with what recurs among them."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.masks: list[Masks] = [_masks_of(row) for row in rows]
        self.shapes: Counter[str] = Counter(row.shape for row in rows if not row.long)
        self.button = [not row.long and is_button(row.text) for row in rows]
        self.need = 2 if len(rows) < _FEW else 3
        self.alone = frozenset(row.text for row in rows if not row.long)
        self.keys = Counter(
            key[1].casefold() for row in rows if not row.long and (key := _KEY.match(row.text[:60]))
        )

    def timed(self, place: int) -> bool:
        """Say whether a row says when, and little else."""
        row = self.rows[place]
        if not row.moments:
            return False
        held = sum(moment.end - moment.start for moment in row.moments)
        return 2 * held >= len(row.text) - 2 or (len(row.tokens) <= 8 and row.tokens[0].mask == MOMENT)

    def dated(self, place: int) -> bool:
        """Say whether a row says when by itself, and not of a name that runs into the moment."""
        row = self.rows[place]
        if not self.timed(place):
            return False
        start = row.moments[0].start
        return not start or not row.text[start - 1].isalnum()

    def glued(self, place: int) -> bool:
        """Say whether a name runs into a moment: it is the name answered, never an author's own."""
        row = self.rows[place]
        if not row.moments:
            return False
        start = row.moments[0].start
        return start > 0 and row.text[start - 1].isalnum()

    def prose(self, place: int) -> bool:
        """Say whether a row reads as a sentence, by its length or its end."""
        row = self.rows[place]
        return row.long or row.words >= 6 or row.text.rstrip(" |*_")[-1:] in _STOPS

    def numbered(self, place: int) -> bool:
        """Say whether a row is a number with a word or two: "#12", "Level 2", "5 points"."""
        masks = self.masks[place]
        return NUMBER in masks and len(masks) <= 5 and self.rows[place].words <= 3

    def label(self, place: int) -> bool:
        """Say whether a row tells of an author without naming one: "Posts: 12", "#4", again and again."""
        row = self.rows[place]
        if row.long or row.shape == "rule":
            return False
        if (key := _KEY.match(row.text)) is not None and self.keys[key[1].casefold()] >= self.need:
            return True
        return self.numbered(place) and self.shapes[row.shape] >= self.need

    def answer(self, place: int) -> str | None:
        """Return whom a row names as the one answered: "In reply to …", "↪ …", "@…"; None for others."""
        row = self.rows[place]
        found = _ANSWERING.match(row.text) if not row.long else None
        if found is None or not (name := row.text[found.end() :].strip(" \t:")):
            return None
        if name in self.alone:
            return name
        phrase = " " in found.group().strip() or found.group()[0] in "↳↪"
        return name if phrase and len(name) <= _WIDEST else None


def _masks_of(row: Row) -> Masks:
    return tuple(_cut(token) for token in row.tokens)


def _cut(token: Token) -> str:
    """Return what "point" and "points" share."""
    mask = token.mask
    return mask[:4] if len(mask) > 4 and mask.isascii() else mask
