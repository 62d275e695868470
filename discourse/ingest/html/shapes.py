"""What elements of one kind are called, whatever number each of them bears."""

import re
from functools import lru_cache

_DIGITS = re.compile(r"\d+")
_HEX = re.compile(r"(?=[0-9a-f-]*\d)[0-9a-f-]{6,}")
_COUNTED = 5  # digits from which on a name of digits is taken for the number of one element


@lru_cache(maxsize=8192)
def normal_name(name: str) -> str:
    """Return a class name or an id with its numbers masked: "comment-12" is "comment-#"."""
    if len(name) < _COUNTED and name.isdigit():  # a kind that is called by a number, not the number of one
        return name
    return _HEX.sub("#", _DIGITS.sub("#", name))
