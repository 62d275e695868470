"""What the words around a match say of it: that it counts, or why it does not."""

import re
from collections.abc import Mapping
from functools import lru_cache

from discourse.text.negation import negator_before
from discourse.text.normalise import fold

# columns whose alternatives, parted by bars, stand right beside a match
NEIGHBOURS = ("needs_before", "needs_after", "unless_before", "unless_after")
NEGATED = ("drop", "keep")  # what a "not" before a match may do to it
REACH = 3  # so many words back a negation counts, where the .toml says nothing
START, END = "^", "$"  # the beginning and the end of a sentence, among the alternatives

_WINDOW = 60  # code points beside a match that are looked at
_MAY_DENY = re.compile(r"n[oe't]|without|hardly")  # in every word that denies
_STOPS = ".!?;:\n"
_OPENING, _CLOSING = " \"'(*[-", " \"')*]"


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


def why_out_of_place(fields: Mapping[str, str], folded: str, start: int, end: int) -> str | None:
    """Say which neighbour keeps a match from counting; None where none does.

    Parameters
    ----------
    fields
        The further columns of its entry.
    folded
        The whole text, of which the match is `folded[start:end]`.
    """
    for column in NEIGHBOURS:
        if wanted := fields.get(column):
            is_before = column.endswith("before")
            found = _before(wanted, folded, start) if is_before else _after(wanted, folded, end)
            if column.startswith("needs") and found is None:
                return f"it needs {_listed(wanted)} right {'before' if is_before else 'after'} it"
            if column.startswith("unless") and found is not None:
                return f"{found or 'the edge of a sentence'!r} stands right {column[7:]} it"
    return None


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


def _before(wanted: str, folded: str, start: int) -> str | None:
    pattern, at_start = _compiled(wanted, before=True)
    window = folded[max(0, start - _WINDOW) : start]
    if at_start and ((bare := window.rstrip(_OPENING)) == "" or bare[-1] in _STOPS or "\n" in window[-2:]):
        return ""
    found = pattern.match(window[::-1]) if pattern else None  # backwards, so that it is tried at one place
    return found.group(1)[::-1] if found else None


def _after(wanted: str, folded: str, end: int) -> str | None:
    pattern, at_end = _compiled(wanted, before=False)
    window = folded[end : end + _WINDOW]
    if at_end and ((bare := window.lstrip(_CLOSING)) == "" or bare[0] in _STOPS):
        return ""
    found = pattern.match(window) if pattern else None
    return found.group(1) if found else None


@lru_cache(maxsize=4096)
def _compiled(wanted: str, *, before: bool) -> tuple[re.Pattern[str] | None, bool]:
    """Return the alternatives as one pattern, none where there are no words, and whether an edge is one.

    What stands before a match is to be read backwards.
    """
    edge = START if before else END
    parts = [" ".join(fold(part).split()) for part in wanted.split("|")]
    words = [part[::-1] if before else part for part in parts if part != edge]
    if not words:
        return None, True
    written = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    ends = rf"\n?[ \"]{{0,2}}({written})(?![\w'])" if before else rf"[ \"]{{0,2}}({written})(?!\w)"
    return re.compile(ends), edge in parts


def _listed(wanted: str) -> str:
    names = ["the edge of a sentence" if part in (START, END) else repr(part) for part in wanted.split("|")]
    return " or ".join(names[:4]) + (" or others" if len(names) > 4 else "")
