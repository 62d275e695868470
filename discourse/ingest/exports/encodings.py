"""The encoding of an export, told from its first bytes, and its bytes as text piece by piece."""

import codecs
from collections.abc import Iterable, Iterator

from discourse.ingest.decoding import marked_codec

_WESTERN = "discourse-windows-1252"
_FEW_LOST = 0.2  # as for pages: share of undecodable characters beyond ASCII in a damaged UTF-8 file


def _as_western(error: UnicodeError) -> tuple[str, int]:
    """Decode bytes that are no UTF-8 as Windows-1252, one by one."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(_WESTERN, _as_western)


def encoding_of(head: bytes) -> tuple[str, str]:
    """Return the codec and the error handler for a file that begins with some bytes.

    A byte-order mark decides; without one, zeros at every other place show UTF-16. Else it is
    UTF-8, damaged where most of what lies beyond ASCII can be read; otherwise each byte that is
    no UTF-8 is read as Windows-1252.
    """
    if (codec := marked_codec(head)) is not None:
        return codec, "replace"
    if head[1:400:2].count(0) > 100 or (3 < len(head) < 400 and head[1::2].count(0) * 2 > len(head[1::2])):
        return "utf-16-le", "replace"
    if head[0:400:2].count(0) > 100:
        return "utf-16-be", "replace"
    mended = head.decode("utf-8", errors="replace")
    lost = mended.count("\ufffd") - head.count("\ufffd".encode())
    beyond = sum(char > "\x7f" for char in mended) if lost > 1 else 0
    is_utf8 = lost <= max(1, _FEW_LOST * beyond) and beyond > lost
    return "utf-8", "replace" if is_utf8 else _WESTERN


def decoded(pieces: Iterable[bytes], head: bytes) -> Iterator[str]:
    """Yield bytes as text; `head` are the first of them."""
    codec, errors = encoding_of(head)
    decoder = codecs.getincrementaldecoder(codec)(errors=errors)
    for piece in pieces:
        if text := decoder.decode(piece):
            yield text
    if text := decoder.decode(b"", final=True):
        yield text


def as_utf8(pieces: Iterable[bytes], head: bytes) -> Iterator[bytes]:
    """Yield bytes in UTF-8 without a mark; those of a file that has no other mark as they are."""
    codec, _ = encoding_of(head)
    if codec == "utf-8":
        yield from pieces
        return
    for text in decoded(pieces, head):
        yield text.encode("utf-8", errors="replace")
