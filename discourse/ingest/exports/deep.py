"""JSON nested deeper than the usual decoders go, and the beginnings of JSON texts that were cut off."""

import re
from collections.abc import Callable
from json import JSONDecodeError, decoder
from typing import Any

DEEPEST = 20_000  # real chains of replies run past a thousand, each some brackets deep
_BLANKS = re.compile(r"[ \t\r\n]*")
_PLAIN = re.compile(r"-?\d{1,4000}(?:\.\d{1,4000})?(?:[eE][-+]?\d{1,9})?|true|false|null|NaN|-?Infinity")
MARKS = re.compile(r'"(?:[^"\\]|\\.)*("?)|[\[\]{},]', re.DOTALL)
_MOST_OPEN = 500
_CLOSERS = {"[": "]", "{": "}"}
_scanstring: Callable[[str, int, bool], tuple[str, int]] = decoder.scanstring  # type: ignore[attr-defined]
_WORDS = {"true": True, "false": False}


def decode_deep(text: str, start: int) -> tuple[Any, int]:
    """Decode the array or object at some place, without recursion; return it and where it ends.

    Raises
    ------
    json.JSONDecodeError
        Where it is no JSON, ends too soon, or is nested more than `DEEPEST` deep.
    """
    open_: list[Any] = []
    keys: list[str | None] = []  # of each open object, the name that waits for its value
    at = start
    while True:
        at = _behind_blanks(text, at)
        char = text[at : at + 1]
        if char in _CLOSERS.values() and open_ and isinstance(open_[-1], list) == (char == "]"):
            value: Any = open_.pop()
            keys.pop()
            at += 1
        elif open_ and isinstance(open_[-1], dict) and keys[-1] is None:
            keys[-1], at = _name(text, at)
            continue
        elif char in _CLOSERS:
            if len(open_) >= DEEPEST:
                raise JSONDecodeError("Nested too deep", text, at)
            open_.append([] if char == "[" else {})
            keys.append(None)
            at += 1
            continue
        else:
            value, at = _scalar(text, at)
        if not open_:
            return value, at
        _put(open_[-1], keys, value)
        at = _behind_comma(text, at)


def closed(text: str, start: int) -> str | None:
    """Return an array or object whose text was cut off, up to its last whole item, with what closes it.

    None where it is nested too deep, or nothing begins there.
    """
    open_: list[str] = []
    safe: tuple[int, str] | None = None
    for match in MARKS.finditer(text, start):
        mark = match.group()
        if mark[0] == '"':
            if not match.group(1):
                break
            continue
        end = match.start() if mark == "," else match.end()
        if mark in _CLOSERS:
            open_.append(_CLOSERS[mark])
        elif mark != "," and (not open_ or open_.pop() != mark):
            break
        if len(open_) > _MOST_OPEN:
            return None
        safe = end, "".join(reversed(open_))
        if not open_:
            break
    return None if safe is None else text[start : safe[0]] + safe[1]


def _behind_blanks(text: str, at: int) -> int:
    match = _BLANKS.match(text, at)
    return match.end() if match else at


def _name(text: str, at: int) -> tuple[str, int]:
    if text[at : at + 1] != '"':
        raise JSONDecodeError("Expecting property name enclosed in double quotes", text, at)
    name, at = _scanstring(text, at + 1, False)
    at = _behind_blanks(text, at)
    if text[at : at + 1] != ":":
        raise JSONDecodeError("Expecting ':' delimiter", text, at)
    return name, at + 1


def _scalar(text: str, at: int) -> tuple[Any, int]:
    if text[at : at + 1] == '"':
        return _scanstring(text, at + 1, False)
    match = _PLAIN.match(text, at)
    if match is None:
        raise JSONDecodeError("Expecting value", text, at)
    word = match.group()
    if word[-1].isalpha():
        return _WORDS.get(word), match.end()
    return (float(word) if any(mark in word for mark in ".eE") else int(word)), match.end()


def _put(holder: Any, keys: list[str | None], value: Any) -> None:
    if isinstance(holder, list):
        holder.append(value)
    else:
        holder[keys[-1]] = value
        keys[-1] = None


def _behind_comma(text: str, at: int) -> int:
    at = _behind_blanks(text, at)
    char = text[at : at + 1]
    if char == ",":
        return at + 1
    if char not in _CLOSERS.values():
        raise JSONDecodeError("Expecting ',' delimiter", text, at)
    return at
