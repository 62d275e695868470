"""Where names stand in a folded text, "the ..." also with other determiners: all of them in one pass."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from discourse.lexicon.literals import Literals
from discourse.text.scripts import has_unspaced

_THE = "the "
_DETERMINERS = frozenset("the our your their this that these those his her its said".split())
_OPENERS = _DETERMINERS | frozenset("a an such".split())  # of a measure, beside whoever it belongs to
# How a name is looked for: as it is, even amid a row of letters of a script without blanks, or the same after
# any determiner; as it is, between the edges of words, or the same after any determiner, or (a measure) after
# one or its owner, perhaps with a word between: "a worse plan", "the woman's plan".
_AMID, _DETERMINED_AMID, _BOUND, _DETERMINED, _MEASURE = range(5)


class _Way(NamedTuple):
    """One name that a piece of text may be of."""

    rank: int  # of several names that begin at one place the one of the lowest rank is meant
    kind: int


class _Found(NamedTuple):
    """One stretch of text that may be a name; in the order in which they are preferred."""

    start: int
    rank: int
    bare: bool  # nothing stands between the determiner and the name
    end: int


class Spellings:
    """Finds names in folded texts, in time linear in the text.

    Parameters
    ----------
    forms
        The names folded, each with the kind of target that it names.
    """

    def __init__(self, forms: Mapping[str, str]) -> None:
        self._ways: dict[str, list[_Way]] = {}
        bound = [form for form in forms if not has_unspaced(form)]
        amid = [form for form in forms if has_unspaced(form)]
        # longer names before those within them, those with a determiner last
        for rank, form in enumerate([*sorted(bound, key=_order), *sorted(amid, key=_order)]):
            piece, kind = _looked_for(form, forms[form])
            self._ways.setdefault(piece, []).append(_Way(rank, kind))
        self._lists = list(self._ways.values())
        self._literals = Literals(self._ways)

    def find(self, folded: str) -> list[tuple[int, int]]:
        """Return start and end of each name in order; none overlap, the first and then the longest wins."""
        places = self._literals.find(folded)
        if not places:
            return []
        found: list[_Found] = []
        for piece, start, end in places:
            for way in self._lists[piece]:
                found += _written(folded, start, end, way)
        if len(found) > 1:
            found.sort()
        spans: list[tuple[int, int]] = []
        last = 0
        for start, _, _, end in found:
            if start >= last:
                spans.append((start, end))
                last = end
        return spans

    def may_find(self, folded: str) -> bool:
        """Say whether the last part of a name stands anywhere, amid words too."""
        return bool(self._literals.find(folded))


def _order(form: str) -> tuple[bool, int, str]:
    return form.startswith(_THE), -len(form), form


def _looked_for(form: str, kind: str) -> tuple[str, int]:
    """Return what is looked for in the text, and what is to be made of where it stands."""
    unspaced = has_unspaced(form)
    if not form.startswith(_THE) or len(form) == len(_THE):
        return form, _AMID if unspaced else _BOUND
    if unspaced:
        return form[len(_THE) :], _DETERMINED_AMID
    return form[len(_THE) :], _MEASURE if kind == "measure" else _DETERMINED


def _written(folded: str, start: int, end: int, way: _Way) -> Iterator[_Found]:
    """Yield the stretches of text that are a name of which the last part stands at a place."""
    rank, kind = way
    if kind <= _DETERMINED_AMID:
        if kind == _AMID:
            yield _Found(start, rank, True, end)
        elif (first := _determiner_amid(folded, start)) is not None:
            yield _Found(first, rank, True, end)
    elif not _ends_word(folded, end):
        return
    elif kind == _BOUND:
        if _begins_word(folded, start):
            yield _Found(start, rank, True, end)
    elif start and folded[start - 1] == " ":
        first = _determiner(folded, start - 1) if kind == _DETERMINED else _opener(folded, start - 1)
        if first is not None:
            yield _Found(first, rank, True, end)
        if kind == _MEASURE and (first := _opener_further(folded, start - 1)) is not None:
            yield _Found(first, rank, False, end)


def _determiner(folded: str, end: int, words: frozenset[str] = _DETERMINERS) -> int | None:
    """Return where the determiner begins that ends at a place; None where no such word ends there."""
    first = _letters_before(folded, end)
    return first if folded[first:end] in words and _begins_word(folded, first) else None


def _opener(folded: str, end: int) -> int | None:
    """Return where the word begins that ends at a place and opens a measure's name: "a", "the woman's"."""
    if not folded.endswith("'s", 0, end):
        return _determiner(folded, end, _OPENERS)
    first = _letters_before(folded, end - 2)
    return first if first < end - 2 and _begins_word(folded, first) else None


def _opener_further(folded: str, end: int) -> int | None:
    """Return the same where one word stands between."""
    letters_end = end - 2 if folded.endswith("'s", 0, end) else end
    first = _letters_before(folded, letters_end)
    if first == letters_end or not first or folded[first - 1] != " ":
        return None
    return _opener(folded, first - 1)


def _determiner_amid(folded: str, start: int) -> int | None:
    """Return where a determiner begins that stands before a place, even at the end of a longer word."""
    if not start or folded[start - 1] != " ":
        return None
    ends = (start - 1 - len(word) for word in _DETERMINERS if folded.endswith(word, 0, start - 1))
    return min(ends, default=None)


def _letters_before(folded: str, end: int) -> int:
    """Return where the row of letters begins that ends at a place: the place itself where it has none."""
    while end and (char := folded[end - 1]).isalnum() and not char.isdecimal():
        end -= 1
    return end


def _begins_word(folded: str, start: int) -> bool:
    if not start:
        return True
    before = folded[start - 1]
    return not (before.isalnum() or before in "_/@#.")


def _ends_word(folded: str, end: int) -> bool:
    after = folded[end : end + 2]
    if not after or after[0] == " ":
        return True
    if after[0].isalnum() or after[0] in "_@/":
        return False
    return not (after[0] == "." and after[1:] and (after[1].isalnum() or after[1] == "_"))
