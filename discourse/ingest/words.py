"""Word lists of the profiles, and patterns made of them."""

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "profiles"


@lru_cache
def load_words(name: str) -> dict[str, Any]:
    """Return what `profiles/NAME.toml` holds."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first; blanks in them match one blank."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
