"""XML as a stream of elements: no entity is expanded, nothing outside is fetched, nothing held for long."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from discourse.errors import UnreadableSourceError
from discourse.ingest.archives import ByteStream
from discourse.ingest.exports.faultlog import FaultLog

LONGEST_TEXT = 1 << 27  # characters within one element that is read
_ELEMENT = 200  # what an element counts for beside its text
_DEEPEST = 200
_FED = 1 << 16  # bytes at a time, so that few elements wait
_CONTROLS = bytes(sorted({*range(9), 11, 12, *range(14, 32)}))
_HEAD = 1 << 12
_WIDE = re.compile(rb"\x00")


@dataclass(slots=True)
class Element:
    """One element with all it holds; names are `{namespace}local`, or `local` without a namespace."""

    name: str
    attributes: dict[str, str]
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    @property
    def local(self) -> str:
        """The name without its namespace."""
        return self.name.rpartition("}")[2]

    def child(self, local: str) -> "Element | None":
        """Return the first child of a local name."""
        return next((child for child in self.children if child.local == local), None)

    def words(self, local: str) -> str | None:
        """Return the text of the first child of a local name; None where there is none."""
        child = self.child(local)
        return None if child is None else child.text

    def attribute(self, local: str) -> str | None:
        """Return an attribute by its local name."""
        return next(
            (value for name, value in self.attributes.items() if name.rpartition("}")[2] == local), None
        )


def read_elements(
    stream: ByteStream, log: FaultLog, wanted: Callable[[str, int], bool]
) -> Iterator[tuple[int, Element]]:
    """Yield each wanted element, whole, with the line on which it ends, as soon as it ends.

    Parameters
    ----------
    wanted
        Says by an element's name and depth (the root has 0) whether it is to be yielded; elements
        within a wanted one are its children.

    Raises
    ------
    UnreadableSourceError
        Where the file declares entities, or is no XML from its beginning.
    """
    builder = _Builder(stream.where, wanted)
    is_wide = bool(_WIDE.search(stream.head(_HEAD)))  # UTF-16: zeros are no control characters there
    yielded = False
    for piece in _fed(stream.pieces()):
        problem = builder.feed(piece if is_wide else piece.translate(None, _CONTROLS))
        for pair in builder.taken():
            yielded = True
            yield pair
        if problem is not None:
            if not yielded:
                raise UnreadableSourceError(where=stream.where, problem=problem, fix="Export it again")
            log.add("broken XML", stream.where, f"{problem}; what stands behind this is lost")
            return
    if not stream.damage and (problem := builder.feed(b"", is_final=True)):
        log.add("broken XML", stream.where, f"{problem}; it ends too soon")
    yield from builder.taken()


def _fed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        for start in range(0, len(piece), _FED):
            yield piece[start : start + _FED]


class _Builder:
    """Builds wanted elements from the parser's events and drops all others."""

    def __init__(self, where: str, wanted: Callable[[str, int], bool]) -> None:
        self._where = where
        self._wanted = wanted
        self._depth = 0
        self._open: list[tuple[Element, list[str]]] = []
        self._size = 0
        self._done: list[tuple[int, Element]] = []
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.EntityDeclHandler = self._refuse

    def feed(self, data: bytes, *, is_final: bool = False) -> str | None:
        """Read some bytes; return what is wrong with them, or None."""
        try:
            self._parser.Parse(data, is_final)
        except (expat.ExpatError, LookupError, ValueError) as error:
            return f"line {self._parser.ErrorLineNumber} is no XML ({_why(error)})"
        return None

    def taken(self) -> list[tuple[int, Element]]:
        """Return the wanted elements that have ended since last time."""
        done, self._done = self._done, []
        return done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            self._stop(f"its elements are nested more than {_DEEPEST} deep")
        if self._open or self._wanted(_clark(name), self._depth - 1):
            element = Element(_clark(name), {_clark(key): value for key, value in attributes.items()})
            if self._open:
                self._open[-1][0].children.append(element)
            self._open.append((element, []))
            self._grow(_ELEMENT)

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if self._open:
            element, parts = self._open.pop()
            element.text = "".join(parts)
            if not self._open:
                self._size = 0
                self._done.append((self._parser.CurrentLineNumber, element))

    def _text(self, text: str) -> None:
        if self._open:
            self._grow(len(text))
            self._open[-1][1].append(text)

    def _grow(self, size: int) -> None:
        self._size += size
        if self._size > LONGEST_TEXT:
            self._stop(f"an element holds more than {LONGEST_TEXT >> 20} MB")

    def _refuse(self, *_declaration: object) -> None:
        self._stop("it declares entities of its own, which can unpack without end or fetch other files")

    def _stop(self, problem: str) -> None:
        raise UnreadableSourceError(where=self._where, problem=problem, fix="Remove them, or export it again")


def _clark(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def _why(error: Exception) -> str:
    return str(error).partition(":")[0].lower()
