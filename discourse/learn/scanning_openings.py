"""With which words or letters the matches of a pattern may begin."""

from collections.abc import Sequence
from re import _constants as _codes  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

AHEAD = 3  # characters behind a word that are looked at
_FEW = 12  # characters of a set that are taken one by one
_BOUNDARY = (_codes.AT, _codes.AT_BOUNDARY)


class Opening(NamedTuple):
    """How matches may begin, where a word begins."""

    head: str  # letters, digits and lines below, as in `\\w`
    is_whole: bool  # whether these are the whole word; else it may go on
    is_all: bool  # whether the match ends with this word, whatever follows
    then: str = ""  # characters that follow the whole word, `AHEAD` at most


def openings_of(pattern: str, ahead: int = AHEAD) -> tuple[Opening, ...]:
    """Return how the matches of a pattern may begin; none where that is not plain, or not at a word.

    Parameters
    ----------
    ahead
        So many characters behind a word are told.
    """
    parsed: list[Any] = list(_parser.parse(pattern))
    branches = [parsed]
    if len(parsed) == 1 and parsed[0][0] is _codes.BRANCH:
        branches = [list(branch) for branch in parsed[0][1][1]]
    if any(not branch or branch[0] != _BOUNDARY for branch in branches):
        return ()
    found = {opening for branch in branches for opening in _openings("", branch[1:], ahead)}
    return () if any(not opening.head for opening in found) else tuple(sorted(found))


def _openings(head: str, sequence: Sequence[Any], ahead: int) -> set[Opening]:
    """Return how a match may begin that has some letters behind it and a parsed sequence before it."""
    if not sequence:
        return {Opening(head, is_whole=False, is_all=False)}
    (code, value), rest = sequence[0], sequence[1:]
    if code is _codes.LITERAL and (chr(value).isalnum() or chr(value) == "_"):
        return _openings(head + chr(value), rest, ahead)
    if ways := _ways(code, value):
        return {opening for way in ways for opening in _openings(head, [*way, *rest], ahead)}
    is_end = bool(head) and (code, value) == _BOUNDARY
    if is_end and not rest:
        return {Opening(head, is_whole=True, is_all=True)}
    if is_end or code is _codes.LITERAL:
        after = rest if is_end else sequence
        return {Opening(head, is_whole=True, is_all=False, then=then) for then in _thens("", after, ahead)}
    return {Opening(head, is_whole=False, is_all=False)}


def _thens(begun: str, sequence: Sequence[Any], ahead: int) -> set[str]:
    """Return what may follow: with one of these it begins, the empty text where nothing is known."""
    if not sequence or len(begun) == ahead:
        return {begun}
    (code, value), rest = sequence[0], sequence[1:]
    if code is _codes.LITERAL:
        return _thens(begun + chr(value), rest, ahead)
    if ways := _ways(code, value):
        return {then for way in ways for then in _thens(begun, [*way, *rest], ahead)}
    return {begun}


def _ways(code: Any, value: Any) -> list[list[Any]]:
    """Return what may stand for a part of a pattern; none where that is not to be written out."""
    if code is _codes.BRANCH:
        return [list(branch) for branch in value[1]]
    if code is _codes.SUBPATTERN and not value[1] and not value[2]:
        return [list(value[3])]
    if code in (_codes.MAX_REPEAT, _codes.MIN_REPEAT) and (value[0], value[1]) == (0, 1):
        return [list(value[2]), []]
    if code is _codes.IN and len(value) <= _FEW and all(kind is _codes.LITERAL for kind, _ in value):
        return [[member] for member in value]
    return []
