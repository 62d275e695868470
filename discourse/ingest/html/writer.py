"""Text laid out as a browser shows it: lines, blank lines, quotation marks before quoted lines."""

import re
from unicodedata import normalize

_BLANKS = re.compile(r"[ \t\n\r\f]+")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# what some forums write above every quotation
_LABEL = re.compile(
    r"[> ]{0,20}(?:quote|zitat|cita|citation|citazione|citaat|citat|цитата|引用)\s?[::]?", re.IGNORECASE
)
_DEEPEST = 9  # marks before a line; what is quoted deeper gets no more of them


class Writer:
    """Collects the lines of a text; feed it words, breaks and the ends of blocks in page order."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._gap = False  # a blank line is due before the next line
        self._depth = 0  # quotations that are open
        self._last_depth = 0  # of the line before
        self._open_blank = True  # a blank here would be swallowed

    def words(self, text: str) -> None:
        """Add running text: blanks of any kind and number are one."""
        if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
            text = _BLANKS.sub(" ", text)
        if self._open_blank:
            text = text.lstrip(" ")
        if text:
            self._line.append(text)
            self._open_blank = text[-1] == " "

    def kept(self, text: str) -> None:
        """Add text whose own blanks and line breaks count."""
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for number, line in enumerate(lines):
            if number:
                self.end_line()
            if line:
                self._line.append(line)
                self._open_blank = False

    def end_line(self) -> None:
        """Break the line, even where nothing stands on it."""
        self._flush(self._depth)
        self._open_blank = True

    def end_block(self, *, spaced: bool = False) -> None:
        """Break the line if anything stands on it; `spaced` leaves a blank line before what follows."""
        if self._line:
            self.end_line()
        self._gap = self._gap or spaced

    def open_quotation(self) -> None:
        """Mark the lines from here on as quoted."""
        self.end_block(spaced=True)
        if self._lines and _LABEL.fullmatch(self._lines[-1]):
            self._lines.pop()
        self._depth += 1

    def close_quotation(self) -> None:
        """End what `open_quotation` began."""
        self.end_block()
        self._depth -= 1
        self._gap = True

    def end_credit(self) -> None:
        """Break the line, which names whom the open quotation is from: it stands outside of it."""
        if self._line:
            self._flush(self._depth - 1)
            self._open_blank = True
            self._gap = False

    def mark(self) -> tuple[int, int]:
        """Return where the text stands, for `since`."""
        return len(self._lines), len(self._line)

    def since(self, mark: tuple[int, int]) -> str | None:
        """Return what was added to the line since a mark; None where the line is another."""
        return "".join(self._line[mark[1] :]) if len(self._lines) == mark[0] else None

    def replace(self, mark: tuple[int, int], text: str) -> None:
        """Put a text in the place of what was added to the line since a mark."""
        self._line[mark[1] :] = [text]

    def text(self) -> str:
        """Return the whole in NFC, without blank lines at its ends."""
        self.end_block()
        whole = "\n".join(self._lines)
        return normalize("NFC", CONTROLS.sub("", whole)).strip("\n")

    def _flush(self, depth: int) -> None:
        line = "".join(self._line).rstrip()
        self._line.clear()
        if not line.strip():
            line = ""
        if self._gap and self._lines:
            self._lines.append(_marks(min(depth, self._last_depth)).rstrip())
        self._gap = False
        self._lines.append((_marks(depth) + line).rstrip())
        self._last_depth = depth


def _marks(depth: int) -> str:
    return "> " * min(depth, _DEEPEST)
