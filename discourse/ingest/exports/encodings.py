"""The encoding of an export, and its bytes as text piece by piece.

A byte-order mark decides, or where the zeros of UTF-16 and UTF-32 stand. Else a file is UTF-8 for as long
as it can be: where the first bytes come that are none, however far behind the beginning, a sample of what
stands there tells whether it is damaged, of two encodings mixed, or in an older one.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from discourse.ingest.decoding import marked_codec, older_codec, unmarked_codec

Codec = tuple[str, str]  # a codec and what it does with bytes that it cannot read

_WESTERN = "discourse-windows-1252"
_UTF_8: Codec = ("utf-8", "replace")
_MIXED: Codec = ("utf-8", _WESTERN)
_FEW_LOST = 0.2  # as for pages: share of undecodable characters beyond ASCII in a damaged UTF-8 file
_MANY_READ = 0.5  # characters read beyond ASCII for each lost one, from which a file is of two encodings
_AROUND = re.compile(rb"[\x40-\xff]{0,30}[\x80-\xff][\x40-\xff]{0,300}")  # words, not the marks between
_SAMPLE = 100_000  # bytes of words beyond ASCII by which an encoding is told
_ENOUGH, _FARTHEST = 2_000, 16  # bytes of these, or pieces, up to which is read ahead for them


def _as_western(error: UnicodeError) -> tuple[str, int]:
    """Decode bytes that are no UTF-8 as Windows-1252, one by one."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(_WESTERN, _as_western)


def encoding_of(head: bytes) -> Codec:
    """Return the codec and the error handler for what begins with some bytes."""
    wide = marked_codec(head) or unmarked_codec(head)
    return (wide, "replace") if wide is not None else plain_encoding(head)


def plain_encoding(sample: bytes) -> Codec:
    """Return the same for bytes that are neither UTF-16 nor UTF-32."""
    mended = sample.decode("utf-8", errors="replace")
    lost = mended.count("\ufffd") - sample.count("\ufffd".encode())
    if lost <= 1:
        return _UTF_8 if lost == 0 else _MIXED
    read = sum(char > "\x7f" for char in mended) - lost
    if lost <= _FEW_LOST * (lost + read):
        return _UTF_8
    return _MIXED if read > _MANY_READ * lost else (older_codec(_words_beyond_ascii(sample)), "replace")


def decoded(pieces: Iterable[bytes], head: bytes) -> Iterator[str]:
    """Yield bytes as text; `head` are the first of them."""
    codec = encoding_of(head)
    waiting = iter(pieces)
    if codec[0] == "utf-8":
        yield from _while_utf_8(waiting)  # what it does not take is what comes next
        return
    yield from _in(codec, waiting)


def decoded_as(codec: str, pieces: Iterable[bytes]) -> Iterator[str]:
    """Yield bytes as text in an encoding that is known; what cannot be read becomes U+FFFD."""
    yield from _in((codec, "replace"), iter(pieces))


def as_utf8(pieces: Iterable[bytes], head: bytes) -> Iterator[bytes]:
    """Yield bytes in UTF-8 without a mark; of a file that begins as UTF-8 does, as they are."""
    codec, _ = encoding_of(head)
    if codec == "utf-8":
        yield from pieces
        return
    for text in _in((codec, "replace"), iter(pieces)):
        yield text.encode("utf-8", errors="replace")


def _while_utf_8(pieces: Iterator[bytes]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")()
    has_more = False  # than ASCII
    for piece in pieces:
        kept, _ = decoder.getstate()
        try:
            text = decoder.decode(piece)
        except UnicodeDecodeError:
            near = _with_enough([kept + piece], pieces)
            codec = plain_encoding(b"".join(near))
            codec = _MIXED if has_more and codec[0] != "utf-8" else codec
            yield from _in(codec, chain(near, pieces))
            return
        has_more = has_more or not text.isascii()
        if text:
            yield text
    if rest := decoder.getstate()[0]:
        yield rest.decode(*_MIXED)


def _with_enough(near: list[bytes], pieces: Iterator[bytes]) -> list[bytes]:
    """Return pieces with those behind them that it takes to tell an encoding."""
    while len(_words_beyond_ascii(b"".join(near[-1:]))) < _ENOUGH and len(near) < _FARTHEST:
        piece = next(pieces, None)
        if piece is None:
            break
        near.append(piece)
    return near


def _words_beyond_ascii(content: bytes) -> bytes:
    words, size = [], 0
    for match in _AROUND.finditer(content):
        words.append(match.group())
        size += len(words[-1])
        if size > _SAMPLE:
            break
    return b" ".join(words)


def _in(codec: Codec, pieces: Iterator[bytes]) -> Iterator[str]:
    name, errors = codec
    decoder = codecs.getincrementaldecoder(name)(errors=errors)
    for piece in pieces:
        if text := decoder.decode(piece):
            yield text
    if text := decoder.decode(b"", final=True):
        yield text
