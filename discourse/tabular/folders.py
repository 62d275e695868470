"""Folders of results: whole or not at all, and never in the place of what somebody else put there."""

import json
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from discourse.errors import DiscourseError
from discourse.learn.stored import CARD, WEIGHTS
from discourse.replacing import replaced

FIGURES, PAGE = "evaluation.json", "evaluation.html"
EVALUATION = frozenset({FIGURES, PAGE})
MODEL = EVALUATION | {CARD, WEIGHTS}


def check_folder(out: Path, ours: frozenset[str]) -> None:
    """Make sure that the folder may be written: it is not there, or holds an earlier result alone."""
    try:
        problem = _in_the_way(out, ours)
    except OSError as error:
        problem = f"it cannot be written ({error.strerror or error})"
    if problem is not None:
        raise DiscourseError(where=str(out), problem=problem, fix="Move that away or give another --out")


def _in_the_way(out: Path, ours: frozenset[str]) -> str | None:
    if out.name in {"", ".."}:
        return "it names no folder of its own"
    if out.is_symlink():
        return "it is a link"
    if out.exists() and not out.is_dir():
        return "it is no folder"
    return _strange(out, ours) if out.exists() else None


def _strange(out: Path, ours: frozenset[str]) -> str | None:
    """Say what a folder holds that is no earlier result; by what its files hold, not by their names alone."""
    names = {path.name for path in out.iterdir()}
    strange = sorted(names - ours)
    if strange:
        return f"it holds {strange[0]!r}, which no earlier run of this command wrote"
    whole = names in ({*EVALUATION}, {*MODEL}) and "figures" in _json(out / FIGURES)
    if names and not (whole and (CARD not in names or "task" in _json(out / CARD))):
        return f"its {min(names)!r} is not of an earlier result"
    return None


def _json(path: Path) -> dict[str, Any]:
    """Return the object of a JSON file; an empty one where it holds none."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return held if isinstance(held, dict) else {}


def new_folder(out: Path, ours: frozenset[str]) -> AbstractContextManager[Path]:
    """Give a folder to write into, which takes its place when the block ends well."""
    return replaced(out, lambda: check_folder(out, ours))
