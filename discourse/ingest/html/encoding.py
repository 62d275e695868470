"""From a saved page's bytes to text: what it says of its own encoding, else what fits."""

import codecs
import re

from discourse.errors import UnreadableSourceError
from discourse.ingest.decoding import decode, marked_codec
from discourse.text.normalise import normalise

_HEAD = 4096  # bytes in which a page says its encoding
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w:.-]{2,40})", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]{0,100}?encoding\s{0,9}=\s{0,9}[\"']([\w:.-]{2,40})", re.IGNORECASE)
_WIDE = ("utf-16", "utf-32", "utf-7")  # what is said in plain bytes is written in plain bytes
_LATIN = ("iso8859-1", "ascii", "latin-1")  # a browser reads these as Windows-1252


def decode_html(content: bytes, where: str) -> str:
    """Return a saved page's bytes as text, in NFC.

    A byte-order mark decides, then UTF-8 if it is UTF-8, then what the page says in `<meta
    charset>` or its XML declaration, then what fits best. Characters that NUL bytes stand for are lost.

    Raises
    ------
    UnreadableSourceError
        Where the bytes are no text.
    """
    if marked_codec(content) is not None:
        return decode(content, where)
    if b"\0" in content and content.count(b"\0") < 0.05 * len(content):
        content = content.replace(b"\0", b"")
    codec = _said(content[:_HEAD])
    if codec is None or codec == "utf-8":
        return decode(content, where)
    try:
        return normalise(content.decode("utf-8"))
    except UnicodeDecodeError:
        return normalise(content.decode(codec, errors="replace"))


def _said(head: bytes) -> str | None:
    match = _CHARSET.search(head) or _DECLARED.search(head)
    if match is None:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return None
    if name in _LATIN:
        return "cp1252"
    return None if name.startswith(_WIDE) or not _is_text(name) else name


def _is_text(name: str) -> bool:
    try:
        return isinstance(b"a".decode(name), str)
    except (LookupError, UnicodeError, UnreadableSourceError):
        return False
