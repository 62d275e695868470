"""Two views of a folded text for searching: lines joined, and one byte a character."""

import re
from collections.abc import Sequence

START = b"\x01 "  # stands before every text; `SHIFT` bytes
SHIFT = len(START)

_ANYTHING = (b"",)
_NEXT = " \n "
_BLANKS = re.compile(r"[ \n]{2,}")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_ASCII = bytes(code if chr(code).isalnum() or chr(code) in "_'" else 32 for code in range(128)) + b" " * 128
_ASCII_LINES = _ASCII[:10] + b"\n" + _ASCII[11:]


class Joined:
    """A folded text in which the words of a paragraph are one blank apart, and where they stood before."""

    __slots__ = ("_places", "folded", "is_cut", "text")

    def __init__(self, folded: str, text: str) -> None:
        self.folded = folded
        self.text = text
        self.is_cut = len(text) < len(folded)  # whether places in `text` are others
        self._places: list[int] = []  # of each character of `text`; made when they are first needed

    def spans(self, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return where stretches that begin and end with no blank stood in the folded text."""
        if not self.is_cut:
            return list(spans)
        places = self._where()
        return [(places[start], places[end - 1] + 1) for start, end in spans]

    def places(self, offsets: Sequence[int]) -> list[int]:
        """Return where characters stood in the folded text."""
        if not self.is_cut:
            return list(offsets)
        places = self._where()
        return [places[offset] for offset in offsets]

    def _where(self) -> list[int]:
        if not self._places:
            done = 0
            for blanks in _BLANKS.finditer(self.folded):
                first, end = blanks.span()
                self._places += range(done, first + 1)
                done = end
            self._places += range(done, len(self.folded))
        return self._places


def joined(folded: str) -> Joined:
    """Make a line break within a paragraph, and several blanks, one blank each.

    A blank line becomes a zero that no entry matches, so that nothing matches across it.
    """
    has_lines = "\n" in folded
    if "  " in folded or (has_lines and (" \n" in folded or "\n " in folded)):
        return Joined(folded, _squeezed(folded))
    if has_lines:
        return Joined(folded, folded.replace("\n\n", "\0\0").replace("\n", " "))
    return Joined(folded, folded)


def _squeezed(folded: str) -> str:
    """Return a text with a zero for each run of blanks with two line breaks, a blank for any other."""
    if "\0" in folded:  # its own must stay as many as they are
        return _BLANKS.sub(_one, folded).replace("\n", " ")
    text = _single(folded, " ").replace(" \n", "\n").replace("\n ", "\n")
    return _single(text.replace("\n\n", "\0").replace("\0\n", "\0"), "\0").replace("\n", " ")


def _single(text: str, char: str) -> str:
    """Return a text with one of a character for several side by side."""
    while char * 2 in text:
        text = text.replace(char * 2, char)
    return text


def _one(blanks: re.Match[str]) -> str:
    return "\0" if blanks[0].count("\n") > 1 else " "


class _Bytes(dict[int, int]):
    """Code points to bytes: letters and digits beyond ASCII share 128 of them, all else is a blank."""

    def __missing__(self, code: int) -> int:
        byte = 128 + code % 128 if chr(code).isalnum() else 32
        if code < 0x10000:  # what a hostile text may hold is not kept without limit
            self[code] = byte
        return byte


_BYTES = _Bytes(enumerate(_ASCII[:128]))


def coarse(text: str) -> bytes:
    """Return a text as bytes, one a character, after `START` and before a blank.

    All that is no part of a word is a blank, so a blank stands beside a word and nowhere
    else; an apostrophe is part of a word between two of its characters. Letters beyond
    ASCII share bytes: what is found here is to be compared with the text itself.
    """
    if text.isascii():
        plain = text.encode("ascii").translate(_ASCII)
    elif not any(map(str.isalnum, "".join(_BEYOND_ASCII.findall(text)))):
        plain = text.encode("ascii", "replace").translate(_ASCII)
    else:
        plain = text.translate(_BYTES).encode("latin-1")
    return _without_quotes(START + plain + b" ")


def _without_quotes(plain: bytes) -> bytes:
    """Return bytes with a blank for each apostrophe that is no part of a word."""
    if b"'" in plain:  # those that stand by themselves after the first replacement need one more each
        plain = plain.replace(b"''", b"  ").replace(b" '", b"  ").replace(b"' ", b"  ")
    return plain


def whole_keys(forms: Sequence[str]) -> list[bytes]:
    """Return forms between blanks as the bytes of a text: what `keys` returns, but of many at once.

    None at all where one of them begins or ends with what is no part of a word, or is not ASCII.
    """
    lines = f"\n {_NEXT.join(forms)} \n"
    if not lines.isascii():
        return []
    plain = _without_quotes(lines.encode("ascii").translate(_ASCII_LINES))
    return [] if b"\n  " in plain or b"  \n" in plain else plain[1:-1].split(b"\n")


def keys(literal: str, before: Sequence[bytes], after: Sequence[bytes]) -> list[tuple[bytes, int, int]]:
    """Return every way in which a literal may stand in the bytes of a text, none where it holds no word.

    Parameters
    ----------
    before, after
        What may stand beside it, as bytes, where its own edge is one of a word.

    Returns
    -------
    list
        Bytes, and what is to be added to the places of the first and behind the last of them to get the
        literal's offsets in the text.
    """
    if literal.isascii() and literal.replace(" ", "").isalnum():
        cores = [literal.encode("ascii")]
    else:
        before = before if is_word(literal[0]) else _ANYTHING
        after = after if is_word(literal[-1]) else _ANYTHING
        lefts = (" ", "x") if literal[0] == "'" else (" ",)
        rights = (" ", "x") if literal[-1] == "'" else (" ",)
        written = (coarse(left + literal + right)[SHIFT + 1 : -2] for left in lefts for right in rights)
        cores = [core for core in dict.fromkeys(written) if core.strip()]
    return [(a + core + b, len(a) - SHIFT, -len(b) - SHIFT) for core in cores for a in before for b in after]


def is_word(char: str) -> bool:
    """Say whether a character is one that words are made of."""
    return char.isalnum() or char == "_"


def is_plain(literal: str) -> bool:
    """Say whether a literal's bytes stand where it stands and nowhere else."""
    return literal.isascii() and literal.isalnum()
