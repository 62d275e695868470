"""The fields that the tables have no column for, as one JSON object a post: keys sorted, no personal data."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from discourse.ingest.exports.personal import LONGEST, is_personal_name, is_personal_value

_DEEPEST = 32  # nested deeper than this, a value is left out
_ENCODER = msgspec.json.Encoder(order="sorted", enc_hook=str)


def meta_of(columns: Mapping[str, Sequence[Any]], size: int) -> list[str | None]:
    """Return one JSON text a post; None where it has no field that says anything.

    Empty fields (null, "", [], {}) are left out: a file with a column and one without say the same.
    """
    filled = {name: values for name, values in columns.items() if any(value is not None for value in values)}
    if not filled:
        return [None] * size
    names = list(filled)
    return [_encoded(names, values) for values in zip(*filled.values(), strict=True)]


def _encoded(names: Sequence[str], values: Sequence[Any]) -> str | None:
    kept = {
        name: fit
        for name, value in zip(names, values, strict=True)
        if value is not None and (fit := cleaned(value)) is not None
    }
    return _ENCODER.encode(kept).decode() if kept else None


def cleaned(value: Any, depth: int = 0) -> Any:  # noqa: PLR0911 (one a type)
    """Return a value without personal data and empty fields; None where nothing is left."""
    kind = type(value)
    if kind is str:
        # nothing without one of these marks is an address; most values are told so, at a tenth of the cost
        is_short = len(value) <= LONGEST
        is_suspect = is_short and ("@" in value or value.count(".") == 3 or value.count(":") > 1)
        return None if not value or (is_suspect and is_personal_value(value)) else value
    if kind is int:
        return value if -(2**63) <= value < 2**64 else str(value)
    if kind is float:
        return value if value - value == 0 else None  # neither NaN nor infinite
    if kind is bool:
        return value
    if depth >= _DEEPEST or value is None:
        return None
    if isinstance(value, dict):
        return _fields_of(value, depth + 1) or None
    if isinstance(value, list | tuple):
        return [kept for item in value if (kept := cleaned(item, depth + 1)) is not None] or None
    return str(value)


def _fields_of(value: dict[Any, Any], depth: int) -> dict[str, Any]:
    inner = {}
    for name, item in value.items():
        kept = None if item is None or is_personal_name(str(name)) else cleaned(item, depth)
        if kept is not None:
            inner[str(name)] = kept
    return inner
