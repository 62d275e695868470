"""Finds people's names in ids, which join words by underscores and other signs and care for no case."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

from msgspec import Struct, field

from discourse.privacy.atoms import Atom, Cutter, alike, seen
from discourse.privacy.rewriting import Found

_FEWEST = 3  # letters and digits of a name that is looked for in ids
_ANY_CASE = 5  # letters and digits from which on it is known in any case
_MOST = 80  # words of a name, or its signs; a longer one is not looked for
_PIECE = re.compile(r"[^_]+|_")


class _Node(Struct):
    after: dict[str, "_Node"] = field(default_factory=dict)
    ends: dict[tuple[str, ...], str] = field(default_factory=dict)  # tokens of the names that end here


class IdNames:
    """Names as ids write them.

    A name counts between signs that are no letters or digits, of which the underscore is one; so do its words
    joined by any such signs ("marta-quill" of "Marta Quill"), or by none. Short names count as they are
    written alone.
    """

    def __init__(self, names: Mapping[tuple[str, ...], str], cutter: Cutter) -> None:
        self._cutter = cutter
        self._root = _Node()
        known = [(n, atoms, names[shown]) for shown in names for n, atoms in enumerate(_writings(shown))]
        for _, atoms, token in sorted(known, key=itemgetter(0)):  # what a name is, before what it is like
            node = self._root
            for atom in atoms:
                node = node.after.setdefault(alike(atom), _Node())
            node.ends.setdefault(atoms, token)

    def find(self, text: str) -> list[Found]:
        """Return the names in an id, in order, the longest where several begin at one place."""
        atoms = list(_pieces(text, self._cutter.cut(text)))
        words = [atom for atom in atoms if _is_word(atom.shown)]
        starts = {atom.start: place for place, atom in enumerate(words)}
        found, done = [], 0
        for place, atom in enumerate(atoms):
            if atom.start < done:
                continue
            row, at = (words, starts[atom.start]) if atom.start in starts else (atoms, place)
            if (name := self._at(row[at : at + _MOST])) is not None:
                found.append(name)
                done = name.end
        return found

    def _at(self, atoms: Sequence[Atom]) -> Found | None:
        """Return the longest name with which some atoms begin."""
        node, found = self._root, None
        for place, atom in enumerate(atoms, start=1):
            after = node.after.get(alike(atom.shown))
            if after is None:
                break
            node = after
            if node.ends and (token := _token(node, tuple(one.shown for one in atoms[:place]))):
                found = Found(atoms[0].start, atom.end, token)
        return found


def _token(node: _Node, shown: tuple[str, ...]) -> str | None:
    if shown in node.ends:
        return node.ends[shown]
    is_long = sum(map(len, shown)) >= _ANY_CASE and _is_word(shown[0])
    return next(iter(node.ends.values()), None) if is_long else None


def _writings(shown: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield a name's words one by one and in one; its signs where it has no words."""
    words = tuple(piece for atom in shown for piece in _PIECE.findall(atom) if _is_word(piece))
    size = sum(map(len, words))
    if not words:
        yield tuple(shown[:_MOST])
    elif size >= _FEWEST and len(words) <= _MOST:
        yield words
        if size >= _ANY_CASE and len(words) > 1:
            yield ("".join(words),)


def _pieces(text: str, atoms: Iterable[Atom]) -> Iterator[Atom]:
    """Yield the atoms of a text, parted at underscores too."""
    for atom in atoms:
        for piece in _PIECE.finditer(text, atom.start, atom.end):
            if shown := seen(piece.group()):
                yield Atom(piece.start(), piece.end(), shown)


def _is_word(shown: str) -> bool:
    return shown[0].isalnum()
