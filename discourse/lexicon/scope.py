"""What the words around a match say of it: that it counts, or why it does not."""

import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from discourse.text.negation import negator_before
from discourse.text.normalise import fold

# columns whose alternatives, parted by bars, stand right beside a match
NEIGHBOURS = ("needs_before", "needs_after", "unless_before", "unless_after")
NEGATED = ("drop", "keep")  # what a "not" before a match may do to it
REACH = 3  # so many words back a negation counts, where the .toml says nothing
START, END = "^", "$"  # the beginning and the end of a sentence, among the alternatives

_WINDOW = 60  # code points beside a match that are looked at
_MAY_DENY = re.compile(r"n[oe't]|without|hardly")  # in every word that denies
# the edges of a sentence; the first one as it is read backwards
_AT_START = r"[ \"'(*\[-]*+(?:\Z|[.!?;:\n])|(?s:.?\n)"
_AT_END = r"[ \"')*\]]*+(?:\Z|[.!?;:\n])"


def neighbour_faults(fields: Mapping[str, str]) -> list[str]:
    """Name what is wrong with the columns that say what stands around a match; none if all is well."""
    faults = [
        f"its {column!r} holds an empty alternative"
        for column in NEIGHBOURS
        if column in fields and not all(part.strip() for part in fields[column].split("|"))
    ]
    if fields.get("negated", NEGATED[0]) not in NEGATED:
        faults.append(f"its 'negated' is {fields['negated']!r}, neither drop nor keep")
    return faults


def has_neighbours(fields: Mapping[str, str]) -> bool:
    """Say whether an entry's further columns say anything of what stands around its matches."""
    return not fields.keys().isdisjoint(NEIGHBOURS)


class Neighbours:
    """What must stand, and what must not, right beside the matches of an entry.

    Parameters
    ----------
    fields
        The further columns of the entry.
    """

    __slots__ = ("_fields", "_sides")

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = fields
        self._sides: list[_Side] | None = None  # made when they are first needed: most never are

    def allow(self, folded: str, start: int, end: int) -> bool:
        """Say whether a match counts, which is `folded[start:end]` of the whole text."""
        sides = self._sides
        if sides is None:
            sides = self._sides = [_side(column, cell) for column, cell in self._cells()]
        for side in sides:  # noqa: SIM110 - `all` over so few takes longer
            if (side.found(folded, start, end) is None) == side.is_needed:
                return False
        return True

    def why_not(self, folded: str, start: int, end: int) -> str | None:
        """Say which neighbour keeps a match from counting; None where none does."""
        for column, cell in self._cells():
            side = _side(column, cell)
            found = side.found(folded, start, end)
            if side.is_needed and found is None:
                return f"it needs {_listed(cell)} right {'before' if side.is_before else 'after'} it"
            if not side.is_needed and found is not None:
                word = found[1][:: -1 if side.is_before else 1] if found.lastindex else ""
                return f"{word or 'the edge of a sentence'!r} stands right {column[7:]} it"
        return None

    def _cells(self) -> list[tuple[str, str]]:
        return [(column, cell) for column in NEIGHBOURS if (cell := self._fields.get(column))]


class _Side(Struct, frozen=True):
    """What one column asks for."""

    is_needed: bool  # or shunned
    is_before: bool
    pattern: re.Pattern[str]  # with a group for a word, none for the edge of a sentence

    def found(self, folded: str, start: int, end: int) -> re.Match[str] | None:
        if self.is_before:  # backwards, so that it is tried at one place
            return self.pattern.match(folded[max(0, start - _WINDOW) : start][::-1])
        return self.pattern.match(folded, end, end + _WINDOW)


def why_negated(fields: Mapping[str, str], folded: str, start: int, *, drops: bool, reach: int) -> str | None:
    """Say which word denies a match that a denial takes away; None where none does.

    Parameters
    ----------
    drops
        Whether a denial takes matches of its label away unless the entry says `keep`.
    reach
        So many words back.
    """
    if fields.get("negated", NEGATED[0] if drops else NEGATED[1]) != NEGATED[0]:
        return None
    near = "".join(folded[max(0, start - _WINDOW) : start].rsplit(None, reach)[-reach:])
    if not _MAY_DENY.search(near):  # cheap, and true of most places
        return None
    place = negator_before(folded, start, reach=reach)
    return None if place is None else f"{folded[place:start].split(' ', maxsplit=1)[0]!r} before it denies it"


@lru_cache(maxsize=4096)
def _side(column: str, wanted: str) -> _Side:
    """Return a column's alternatives as one pattern; what stands before a match is to be read backwards."""
    is_before = column.endswith("before")
    edge = START if is_before else END
    parts = [" ".join(fold(part).split()) for part in wanted.split("|")]
    words = [part[::-1] if is_before else part for part in parts if part != edge]
    written = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    lead, bound = (r"\n?", r"(?![\w'])") if is_before else ("", r"(?!\w)")
    ways = [_AT_START if is_before else _AT_END] if edge in parts else []
    ways += [rf"{lead}[ \"]{{0,2}}({written}){bound}"] if words else []
    return _Side(column.startswith("needs"), is_before, re.compile("|".join(ways)))


def _listed(wanted: str) -> str:
    names = ["the edge of a sentence" if part in (START, END) else repr(part) for part in wanted.split("|")]
    return " or ".join(names[:4]) + (" or others" if len(names) > 4 else "")
