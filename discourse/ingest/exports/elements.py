"""XML as a stream of elements: no entity is expanded, nothing outside is fetched, nothing held for long."""

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from xml.parsers import expat

from msgspec import Struct, field

from discourse.errors import UnreadableSourceError
from discourse.ingest.archives import ByteStream
from discourse.ingest.exports.encodings import decoded, decoded_as
from discourse.ingest.exports.faultlog import FaultLog

LONGEST_TEXT = 1 << 27  # characters within one element that is read
_ELEMENT = 200  # what an element counts for beside its text
_DEEPEST = 200
_FED = 1 << 16  # bytes at a time, so that few elements wait
_CONTROLS = bytes(sorted({*range(9), 11, 12, *range(14, 32)}))
_HEAD = 1 << 12
_SAID = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]{2,40})")
_ROOT = re.compile(rb"<[A-Za-z][^>]{0,9999}>")
_MOST_BROKEN = 1_000  # times that reading goes on behind what is no XML


class Element(Struct):
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


class Wanted(Struct, frozen=True):
    """Which elements of a file are read, and where reading goes on behind what is no XML."""

    is_one: Callable[
        [str, int], bool
    ]  # by name and depth (the root has 0); what stands within is its children
    start: re.Pattern[bytes]  # how one begins
    root: bytes  # the start of the root element, where the file's own is broken
    around: tuple[str, ...] = ()  # names of the elements between the root and one


def read_elements(stream: ByteStream, log: FaultLog, wanted: Wanted) -> Iterator[tuple[int, Element]]:
    """Yield each wanted element, whole, with the line on which it ends, as soon as it ends.

    Raises
    ------
    UnreadableSourceError
        Where the file declares entities, or there is none that is whole.
    """
    builder = _Builder(stream.where, wanted.is_one)
    problems: list[str] = []
    found, around = 0, b""
    for piece in _fed(_as_utf8(stream)):
        around = around or _around(piece, wanted)
        data = piece
        while data:
            if builder.is_broken:
                data = builder.begin_anew(data, wanted.start, around)
            problem, data = builder.feed(data)
            for pair in builder.taken():
                found += 1
                yield pair
            if problem is not None:
                problems.append(problem)
                log.add("broken XML", stream.where, f"{problem}; what stands up to the next post is lost")
        if len(problems) > _MOST_BROKEN:
            break
    problem = None if stream.damage or builder.is_broken else builder.finish()
    if found == 0 and (problem or problems):
        raise UnreadableSourceError(where=stream.where, problem=problem or problems[0], fix="Export it again")
    if problem:
        log.add("cut off", stream.where, f"{problem}; it ends too soon")


def _around(head: bytes, wanted: Wanted) -> bytes:
    """Return the start of the root element and of those within, on one line."""
    found = _ROOT.search(head)
    root = found.group().replace(b"\n", b" ") if found else wanted.root
    inner = b"".join(b"<%s>" % name.encode() for name in wanted.around)
    try:
        expat.ParserCreate("utf-8", namespace_separator="}").Parse(root + inner + b"<x>", False)
    except expat.ExpatError:  # the damage is there
        root = wanted.root
    return root + inner


def _as_utf8(stream: ByteStream) -> Iterator[bytes]:
    """Yield the bytes in UTF-8, whatever the file says it is in: the parser knows few encodings."""
    head = stream.head(_HEAD)
    said = _SAID.match(head)
    codec = _known(said[1].decode()) if said else None
    texts = decoded(stream.pieces(), head) if codec is None else decoded_as(codec, stream.pieces())
    for text in texts:
        yield text.encode("utf-8", errors="replace").translate(None, _CONTROLS)


def _known(name: str) -> str | None:
    """Return a codec by its name, but for those that are told better from the bytes themselves."""
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return None
    return None if codec.startswith(("utf", "ascii")) else {"iso8859-1": "cp1252"}.get(codec, codec)


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
        self.is_broken = False
        self._fed = 0  # bytes that the parser has had
        self._lines = 0  # lines before those that it has had
        self._parser = self._new_parser()

    def feed(self, data: bytes) -> tuple[str | None, bytes]:
        """Read some bytes; return what is wrong with them, or None, and what stands behind that."""
        if self.is_broken:
            return None, b""
        before = self._fed
        self._fed += len(data)
        try:
            self._parser.Parse(data, False)
        except (expat.ExpatError, ValueError) as error:
            self.is_broken = True
            return self._said(error), data[max(0, self._parser.ErrorByteIndex - before) + 1 :]
        return None, b""

    def finish(self) -> str | None:
        """Say what is missing at the end, or None."""
        try:
            self._parser.Parse(b"", True)
        except (expat.ExpatError, ValueError) as error:
            return self._said(error)
        return None

    def begin_anew(self, data: bytes, start: re.Pattern[bytes], around: bytes) -> bytes:
        """Return some bytes from where a wanted element begins, ready to be read; none where none does."""
        match = start.search(data)
        if match is None:
            self._lines += data.count(b"\n")
            return b""
        self._lines += self._parser.ErrorLineNumber - 1 + data.count(b"\n", 0, match.start())
        self._open, self._size, self._depth, self.is_broken = [], 0, 0, False
        self._parser, self._fed = self._new_parser(), len(around)
        self._parser.Parse(around, False)
        return data[match.start() :]

    def _new_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate("utf-8", namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._refuse
        return parser

    def _said(self, error: Exception) -> str:
        return f"line {self._lines + self._parser.ErrorLineNumber} is no XML ({_why(error)})"

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
                self._done.append((self._lines + self._parser.CurrentLineNumber, element))

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
