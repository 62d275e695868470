"""What a form's fields may hold."""

import unicodedata
from collections.abc import Mapping
from urllib.parse import parse_qsl

_LONGEST = 200  # characters of a name


class RefusedError(ValueError):
    """What was sent cannot be done; the message is one line for the coder."""


def fields_of(body: bytes) -> Mapping[str, str]:
    """Return the fields of a form as a browser sends them; of two of one name the last."""
    try:
        text = body.decode("ascii")
        return dict(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=50))
    except ValueError as error:
        raise RefusedError("this is no form") from error


def whole(text: str, what: str) -> int:
    """Read a number of at most nine digits."""
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise RefusedError(f"give {what}")
    return int(text)


def place(text: str, start: object, end: object) -> tuple[int, int]:
    """Read a half-open stretch of a text, in code points."""
    first, last = whole(str(start), "where it begins"), whole(str(end), "where it ends")
    if not first <= last <= len(text):
        raise RefusedError("this does not lie within the post")
    return first, last


def bare(text: str, what: str) -> str:
    """Read a name: one line, without blanks at its ends, without signs that nobody sees."""
    name = unicodedata.normalize("NFC", text).strip()
    if len(name) > _LONGEST:
        raise RefusedError(f"the name of {what} has at most {_LONGEST} characters")
    if any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in name):
        raise RefusedError(f"the name of {what} stands on one line")
    return name
