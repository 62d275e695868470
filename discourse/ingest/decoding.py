"""From a file's bytes to text: which encoding, or why it is no text."""

import re
import unicodedata

from discourse.errors import UnreadableSourceError
from discourse.text.normalise import normalise

LOST = "\ufffd"  # what stands where bytes could not be decoded
_MARKS = {  # the longer ones first: UTF-32's begins like UTF-16's
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_FEW_LOST = 0.2  # share of the characters beyond ASCII that may be undecodable in a damaged UTF-8 file
_SAMPLE = 100_000  # bytes from which an older encoding is told
_OLDER = (
    *("cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1255", "cp1256"),
    *("shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"),
)
_WIDER = {"shift_jis": "cp932", "euc_kr": "cp949", "big5": "cp950"}  # the same with what Windows added
_SIGN_IN_WORD = re.compile(r"[^\W\d_][³¹¿¥£¼¾][^\W\d_]")  # letters of Eastern Europe read as Western ones
_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
_LATIN_SHARE = 0.35  # of ASCII letters in words that have others too, where a language is written in Latin
_KANA_SHARE, _FEW_WRONG = 0.3, 0.02  # of the characters beyond ASCII in Japanese
_BINARY_SHARE = 0.01  # of control characters, from which on a file is no page of text
_WIDE_SAMPLE = 4096  # bytes by which UTF-16 and UTF-32 without a mark are told
_ONE_SIDED = 0.98  # share of the zeros of UTF-16 that stand at odd, or at even, places


def decode(content: bytes, where: str) -> str:
    """Return bytes as text: UTF-8, UTF-16 or UTF-32, else the older encoding that fits best.

    Raises
    ------
    UnreadableSourceError
        Where they are no text.
    """
    if (codec := marked_codec(content) or unmarked_codec(content)) is not None:
        return _decoded(content, codec, where)
    if b"\0" in content or _controls(content) > _BINARY_SHARE * len(content):
        raise _no_text(where, "it is binary, not text")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        mended = content.decode("utf-8", errors="replace")
        # a few bad bytes in UTF-8 are lost; text in an older encoding has one at every accented letter
        if mended.count(LOST) <= _FEW_LOST * sum(char > "\x7f" for char in mended):
            return normalise(mended)
        return _decoded(content, older_codec(content), where)


def marked_codec(content: bytes) -> str | None:
    """Name the encoding that a byte-order mark states; None where none stands at the beginning."""
    return next((codec for mark, codec in _MARKS.items() if content.startswith(mark)), None)


def unmarked_codec(content: bytes) -> str | None:
    """Name the wide encoding that bytes without a mark are in, told by where zeros stand; None for others."""
    sample = content[:_WIDE_SAMPLE]
    if b"\0" not in sample:
        return None
    for codec in ("utf-32-le", "utf-32-be"):
        if _reads_as_text(sample[: len(sample) // 4 * 4], codec):
            return codec
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    codec = "utf-16-le" if odd > even else "utf-16-be"
    one_sided = max(odd, even) >= _ONE_SIDED * (odd + even)
    return codec if one_sided and _reads_as_text(sample[: len(sample) // 2 * 2], codec) else None


def _reads_as_text(sample: bytes, codec: str) -> bool:
    try:
        text = sample.decode(codec)
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 4 or error.start == 0:  # half a character at the end is none
            return False
        text = sample[: error.start].decode(codec)
    strange = sum(
        unicodedata.category(char) in ("Cc", "Cn", "Co") and char not in "\t\n\r\f" for char in text
    )
    return len(text) > 1 and strange <= _BINARY_SHARE * len(text)


def older_codec(content: bytes) -> str:
    """Name the encoding, older than Unicode, in which bytes make most sense; Windows-1252 if in doubt."""
    if (codec := _japanese(content[:_SAMPLE])) is not None:
        return codec
    # of a few words statistics take two accents for one Chinese sign
    codec = "cp1252" if _is_latin(content[:_SAMPLE]) else _by_statistics(content[:_SAMPLE])
    if codec in ("cp1250", "cp1252"):  # too alike for statistics: signs amid a word are misread letters
        misread = _SIGN_IN_WORD.search(content[:_SAMPLE].decode("cp1252", "replace"))
        return "cp1250" if misread else "cp1252"
    return _WIDER.get(codec, codec)


def _by_statistics(sample: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - few pages need it

    best = from_bytes(sample, cp_isolation=list(_OLDER)).best()
    return "cp1252" if best is None else best.encoding


def _is_latin(sample: bytes) -> bool:
    """Say whether words mix ASCII letters with few others, or have none but signs that stand alone."""
    ascii_letters = others = 0
    for match in _WORD.finditer(sample):
        word = match.group()
        rest = word.translate(None, bytes(range(0x80)))
        if rest and not (len(word) == 1 and word < b"\xc0"):  # a dash or another sign of Windows-1252
            ascii_letters += len(word) - len(rest)
            others += len(rest)
    return ascii_letters >= _LATIN_SHARE * (ascii_letters + others)


def _japanese(sample: bytes) -> str | None:
    """Name the encoding in which bytes are Japanese: statistics of characters take EUC-JP for Chinese."""
    for codec in ("euc_jp", "cp932"):
        beyond = [char for char in sample.decode(codec, errors="replace") if char > "\x7f"]
        kana = sum("\u3041" <= char <= "\u30ff" for char in beyond)
        if kana > _KANA_SHARE * len(beyond) and beyond.count(LOST) <= _FEW_WRONG * len(beyond):
            return codec
    return None


def _decoded(content: bytes, codec: str, where: str) -> str:
    try:
        return normalise(content.decode(codec))
    except UnicodeDecodeError as error:
        raise _no_text(where, f"it is no text in {codec} (byte {error.start + 1})") from error


def _no_text(where: str, problem: str) -> UnreadableSourceError:
    return UnreadableSourceError(where=where, problem=problem, fix="Save the page as plain text in UTF-8")


def _controls(content: bytes) -> int:
    return len(content) - len(content.translate(None, bytes(range(9)) + bytes(range(14, 32))))
