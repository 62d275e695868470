"""Columns of texts as Arrow holds them, questioned as a whole: by their bytes, not text by text."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from unicodedata import category, combining, is_normalized, normalize

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

_COMBINES = 0xCC  # first byte of U+0300 in UTF-8: nothing below it is changed by NFC
_NEEDS_CARE = re.compile(r"[\s.]")
_MARKS = ("Mn", "Mc", "Me")
# letters that join with the one before: Hangul's parts, and Kirat Rai's vowels
_JOINING = ((0x1100, 0x11FF), (0x16D40, 0x16D7F))


def as_strings(values: Sequence[str | None]) -> Any:
    """Return texts as Arrow holds them."""
    import pyarrow as pa  # noqa: PLC0415

    return pa.array(values, type=pa.large_string())


def is_strings(column: Any) -> bool:
    """Say whether a column is one of Arrow's, of texts."""
    import pyarrow as pa  # noqa: PLC0415

    return isinstance(column, pa.LargeStringArray)


def bounds_of(column: Any) -> NDArray[np.int64]:
    """Return where, in the column's bytes, each text begins, and where the last one ends."""
    buffer = column.buffers()[1]
    if buffer is None or not len(column):
        return np.zeros(len(column) + 1, dtype=np.int64)
    return np.frombuffer(buffer, np.int64)[column.offset : column.offset + len(column) + 1]


def bytes_of(column: Any) -> Bytes:
    """Return the bytes of all texts, one behind the other, in UTF-8."""
    bounds, buffer = bounds_of(column), column.buffers()[2]
    if buffer is None or not buffer.size:
        return np.zeros(0, dtype=np.uint8)
    return np.frombuffer(buffer, np.uint8)[bounds[0] : bounds[-1]]


def holds(column: Any, mark: str) -> bool:
    """Say whether an ASCII character stands in any of the texts."""
    return bool((bytes_of(column) == ord(mark)).any())


def are_bare(column: Any) -> bool:
    """Say whether no text is empty, or holds blanks or full stops; those missing do not count."""
    if int((np.diff(bounds_of(column)) == 0).sum()) > column.null_count:
        return False
    joined = bytes_of(column).tobytes()
    return joined.isalnum() or _NEEDS_CARE.search(joined.decode("utf-8", errors="replace")) is None


def among(column: Any, values: Sequence[str]) -> NDArray[np.bool_]:
    """Say of each text whether it is one of some short ones."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    found = np.zeros(len(column), dtype=np.bool_)
    sizes = {len(value.encode()) for value in values}
    lengths = np.diff(bounds_of(column))
    short = np.flatnonzero((lengths >= min(sizes)) & (lengths <= max(sizes)))
    if len(short):
        marks = pa.array(values, type=pa.large_string())
        found[short] = pc.is_in(column.take(pa.array(short)), value_set=marks).to_numpy(zero_copy_only=False)
    return found


def in_nfc(column: Any) -> Any:
    """Return the same texts in NFC; few are looked at one by one."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    doubtful = _doubtful(column)
    texts = column.take(pa.array(doubtful)).to_pylist() if len(doubtful) else []
    wrong = [place for place, text in enumerate(texts) if text and not is_normalized("NFC", text)]
    if not wrong:
        return column
    mask = np.zeros(len(column), dtype=np.bool_)
    mask[doubtful[wrong]] = True
    return pc.replace_with_mask(
        column, pa.array(mask), as_strings([normalize("NFC", texts[place]) for place in wrong])
    )


def _doubtful(column: Any) -> NDArray[np.int64]:
    """Return the places of texts with a character that NFC may change, in itself or with another."""
    data = bytes_of(column)
    starts = np.flatnonzero(data >= _COMBINES)
    if not len(starts):
        return starts
    codes = _codes_at(data, starts)
    found, back = np.unique(codes, return_inverse=True)
    open_ = ~np.fromiter(map(_is_inert, found.tolist()), np.bool_, len(found))
    if not open_.any():
        return starts[:0]
    bounds = bounds_of(column)
    at = starts[open_[back]] + bounds[0]
    return np.unique(np.searchsorted(bounds, at, side="right") - 1)


def _codes_at(data: Bytes, starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the code points that begin at some bytes of valid UTF-8, none of them ASCII."""
    first, *more = (data.take(starts + ahead, mode="clip").astype(np.int64) for ahead in range(4))
    one, two, three = (part & 0x3F for part in more)
    short = (first & 0x1F) << 6 | one
    middle = (first & 0x0F) << 12 | one << 6 | two
    long = (first & 0x07) << 18 | one << 12 | two << 6 | three
    return np.where(first < 0xE0, short, np.where(first < 0xF0, middle, long))


@lru_cache(maxsize=1 << 16)
def _is_inert(code: int) -> bool:
    """Say whether a character is the same in NFC whatever stands beside it."""
    char = chr(code)
    joins = any(first <= code <= last for first, last in _JOINING)
    return not (joins or combining(char) or category(char) in _MARKS) and is_normalized("NFC", char)
