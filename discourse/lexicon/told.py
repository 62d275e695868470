"""What each literal among the bytes of a text says: that a pattern matches there, or may match around it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import NamedTuple

from discourse.lexicon.gates import Literal
from discourse.lexicon.slots import PADS, WHOLE
from discourse.lexicon.views import SHIFT, is_plain, keys, whole_keys

# a pattern that may match around a literal, and the words of which one stands before it; None: whatever it is
Gated = tuple[int, frozenset[bytes] | None]


class Told(NamedTuple):
    """What a literal says of a text."""

    left: int  # from the literal's first byte to the offset of the text,
    right: int  # and from its last
    compared: str | None  # what must stand there; None: that is sure
    whole: list[int]  # patterns that match there
    gated: list[Gated]  # patterns that may match around it, whatever follows
    after: dict[bytes, list[Gated]]  # patterns that may where this word follows


# the two distances, a form of a pattern or a literal of its gate, and its number
_Noted = tuple[int, int, str | Literal, int]


_TO_FIRST, _TO_LAST = 1 - SHIFT, -1 - SHIFT  # the distances where a blank stands on either side
_ONE_BLANK = (b" ",)


class Table:
    """Literals of some patterns and what they say."""

    def __init__(self) -> None:
        self._noted: dict[bytes, _Noted | list[_Noted]] = {}
        # literals in which no word stands: the patterns that match there, and that may match around them
        self.bare: dict[str, tuple[list[int], list[int]]] = {}

    def owners(self) -> Iterator[tuple[bytes, Sequence[int]]]:
        """Yield each literal with the numbers of its patterns, rising."""
        for literal, noted in self._noted.items():
            if isinstance(noted, list):
                yield literal, sorted({number for *_, number in noted})
            else:
                yield literal, noted[3:]

    def noted(self, literal: bytes) -> list[_Noted]:
        """Return what was noted of a literal, in that order; nothing where it is none of these."""
        noted = self._noted.get(literal, [])
        return noted if isinstance(noted, list) else [noted]

    def add_forms(self, number: int, forms: Sequence[str]) -> None:
        """Note that a pattern matches where one of its forms stands."""
        if not self._add_whole(number, forms, forms):
            for form in forms:
                self._add(Literal(form, WHOLE, WHOLE), form, number)

    def add_gate(self, number: int, literals: Sequence[Literal]) -> None:
        """Note that a pattern may match where one of these stands."""
        are_whole = all(PADS[each.left] == PADS[each.right] == _ONE_BLANK for each in literals)
        if not (are_whole and self._add_whole(number, [each.text for each in literals], literals)):
            for literal in literals:
                self._add(literal, literal, number)

    def _add_whole(self, number: int, texts: Sequence[str], said: Sequence[str | Literal]) -> bool:
        """Note texts between blanks all at once; say whether that could be done."""
        written = whole_keys(texts)
        noted: dict[bytes, _Noted] = dict(
            zip(
                written,
                zip(repeat(_TO_FIRST), repeat(_TO_LAST), said, repeat(number), strict=False),
                strict=False,
            )
        )
        if len(noted) == len(texts) and self._noted.keys().isdisjoint(noted):  # nearly always
            self._noted.update(noted)
        else:
            for key, one in zip(written, said, strict=False):
                self._note(key, (_TO_FIRST, _TO_LAST, one, number))
        return bool(written)

    def _add(self, literal: Literal, said: str | Literal, number: int) -> None:
        """Note a text for each way of writing it in bytes."""
        found = keys(literal.text, PADS[literal.left], PADS[literal.right])
        for key, left, right in found:
            self._note(key, (left, right, said, number))
        if not found:
            whole, gated = self.bare.setdefault(literal.text, ([], []))
            (whole if isinstance(said, str) else gated).append(number)

    def _note(self, key: bytes, noted: _Noted) -> None:
        known = self._noted.setdefault(key, noted)
        if isinstance(known, list):
            known.append(noted)
        elif known is not noted:
            self._noted[key] = [known, noted]


def put_together(noted: Iterable[_Noted]) -> list[Told]:
    """Return what a literal says, once for each text that its bytes may stand for."""
    by_text: dict[str | None, Told] = {}
    for left, right, said, number in noted:
        text = said if isinstance(said, str) else said.text
        compared = None if is_plain(text) else text
        told = by_text.setdefault(compared, Told(left, right, compared, [], [], {}))
        if isinstance(said, str):
            told.whole.append(number)
            continue
        before, after = (side.words if side else None for side in (said.before, said.after))
        if after is None:
            told.gated.append((number, before))
        else:
            for word in after:
                told.after.setdefault(word, []).append((number, before))
    return list(by_text.values())
