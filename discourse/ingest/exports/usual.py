"""Names that fields of exports usually have, as `usual.toml` lists them."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

_WORDS = re.compile(r"[^\W\d_]+|\d+")
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_TABLES = tomllib.loads(Path(__file__).with_name("usual.toml").read_text(encoding="utf-8"))

OURS = ("id", "thread", "parent", "author", "time", "text")
USUAL: dict[str, tuple[str, ...]] = {ours: tuple(names.split()) for ours, names in _TABLES["fields"].items()}
WEAK: dict[str, frozenset[str]] = {ours: frozenset(names.split()) for ours, names in _TABLES["weak"].items()}
NESTED: dict[str, tuple[str, ...]] = {kind: tuple(names.split()) for kind, names in _TABLES["nested"].items()}
_RANKS = {ours: {name: place for place, name in enumerate(names)} for ours, names in USUAL.items()}
_NESTED_RANKS = {kind: {name: place for place, name in enumerate(names)} for kind, names in NESTED.items()}


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """Return a field's name as its words in lower case with `_` between: "Comment ID", "commentId" alike."""
    if name in ("_id", "$oid"):
        return name
    return "_".join(word.lower() for word in _WORDS.findall(_HUMPS.sub(" ", name[:200])))


def matching(ours: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields whose name is one usual for a column of ours, the best first."""
    return _ranked(ours, names, is_nested=False)


def nested(kind: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields whose name is one usual for a kind of object or list, the best first."""
    return _ranked(kind, names, is_nested=True)


@lru_cache(maxsize=2048)  # one record has the names of the next
def _ranked(kind: str, names: tuple[str, ...], *, is_nested: bool) -> tuple[str, ...]:
    rank = (_NESTED_RANKS if is_nested else _RANKS)[kind]
    plain = [(rank[shown], name) for name in names if (shown := plain_name(name)) in rank]
    return tuple(name for _, name in sorted(plain, key=lambda pair: pair[0]))
