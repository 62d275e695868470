"""What is known of each marker, for people: definition, examples, measured figures, confusions."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from discourse.errors import LexiconError
from discourse.lexicon.files import PAGES, lexicon_folder


class MarkerPage(Struct, frozen=True):
    """What one marker marks, and how well words and rules find it."""

    label: str
    definition: str
    yes: tuple[str, ...]  # made-up passages that carry it
    no: tuple[str, ...]  # made-up passages that look like it
    confused: str  # with what it is taken for one another
    precision: float | None = None  # of judged passages; None where none were judged
    judged: int = 0  # so many passages
    on: str | None = None  # where they were drawn
    rules: tuple[str, ...] = ()  # makers beside the lexicons


def load_pages(folder: Path | None = None) -> dict[str, MarkerPage]:
    """Return the pages of a folder's `markers.toml` by label; none where it has no such file.

    Raises
    ------
    LexiconError
        Where the file cannot be read, or a page lacks a key.
    """
    return dict(_load(folder or lexicon_folder()))


@lru_cache(maxsize=4)
def _load(folder: Path) -> dict[str, MarkerPage]:
    path = folder / f"{PAGES}.toml"
    if not path.exists():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        return {label: _page(label, table) for label, table in tables.items()}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LexiconError(
            where=str(path), problem=f"{error}", fix="Give every marker definition, yes, no and confused"
        ) from error


def _page(label: str, table: dict[str, Any]) -> MarkerPage:
    return MarkerPage(
        label=label,
        definition=table["definition"],
        yes=tuple(table["yes"]),
        no=tuple(table["no"]),
        confused=table["confused"],
        precision=table.get("precision"),
        judged=table.get("judged", 0),
        on=table.get("on"),
        rules=tuple(table.get("rules", ())),
    )
