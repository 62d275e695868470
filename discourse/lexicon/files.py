"""Read lexicons from their files, and say in one message what is wrong with them."""

import csv
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from math import isfinite
from pathlib import Path
from typing import Any

from discourse.derived import Derived
from discourse.errors import LexiconError
from discourse.lexicon.index import Index
from discourse.lexicon.matching import BLOCK, Entry, Label, Lexicon, Lexicons
from discourse.lexicon.patterns import MATCHES, check_pattern
from discourse.lexicon.scope import NEGATED, REACH, neighbour_faults
from discourse.lexicon.taking import index_of
from discourse.text import normalise

COLUMNS = ("pattern", "match", "label", "hit", "miss")
PAGES = "markers"  # the file of the folder that describes markers, and is no lexicon
KEYS = ("name", "version", "language", "licence", "source", "citation", "labels", "changes")


def lexicon_folder() -> Path:
    """Return the folder of our own lexicons: in the installed package, else in the repository."""
    packaged = Path(str(files("discourse"))) / "_data" / "lexicons"
    return packaged if packaged.is_dir() else Path(str(files("discourse"))).parent / "lexicons"


def load_lexicon(name: str, folder: Path | None = None, *, is_checked: bool = False) -> Lexicon:
    """Read one lexicon.

    Parameters
    ----------
    is_checked
        Whether its rows are known to be without fault.

    Raises
    ------
    LexiconError
        Naming every fault of its two files.
    """
    path = (folder or lexicon_folder()) / f"{name}.csv"
    about = _read_toml(path.with_suffix(".toml"))
    faults = [f"key {key!r} is missing" for key in KEYS if key not in about]
    if about.get("name", name) != name:
        faults.append(f"it names itself {about['name']!r}")
    tables = about.get("labels", {})
    if not isinstance(tables, dict):
        tables, faults = {}, [*faults, "labels must stand as [labels.NAME], each with its definition"]
        about = {**about, "labels": {}}
    rules = {label: _label(table) for label, table in tables.items() if isinstance(table, dict)}
    labels = {label: rule.definition for label, rule in rules.items()}
    faults += _about_faults(about)
    entries, row_faults = _read_entries(path, labels, is_checked=is_checked)
    if faults or row_faults:
        problem = "; ".join([*(f"{path.stem}.toml: {fault}" for fault in faults), *row_faults])
        raise LexiconError(where=str(path), problem=problem, fix="Mend these lines of the lexicon")
    language = about["language"]
    return Lexicon(
        name=name,
        version=about["version"],
        languages=tuple([language] if isinstance(language, str) else language),
        licence=about["licence"],
        source=about["source"],
        citation=about["citation"],
        labels=labels,
        changes=about["changes"],
        entries=tuple(entries),
        path=path,
        rules=rules,
    )


def load_lexicons(folder: Path | None = None, names: Collection[str] | None = None) -> Lexicons:
    """Read lexicons and make them ready for matching; read once per folder and names.

    Parameters
    ----------
    folder
        Where they lie; None for our own.
    names
        Which of them; None for all, in alphabetical order.
    """
    return _load(folder or lexicon_folder(), None if names is None else tuple(names))


def lexicon_names(folder: Path | None = None) -> list[str]:
    """Return the names of the lexicons of a folder, in alphabetical order; none is fine."""
    found = {path.stem for end in ("toml", "csv") for path in (folder or lexicon_folder()).glob(f"*.{end}")}
    return sorted(found - {PAGES})


def lexicon_versions(folder: Path | None = None) -> dict[str, int]:
    """Return each lexicon's version by its name, without reading its entries."""
    home = folder or lexicon_folder()
    return {name: int(_read_toml(home / f"{name}.toml").get("version", 0)) for name in lexicon_names(home)}


@lru_cache(maxsize=16)
def _load(folder: Path, names: tuple[str, ...] | None) -> Lexicons:
    wanted = lexicon_names(folder) if names is None else names
    if not wanted or folder != lexicon_folder():
        return Lexicons(load_lexicon(name, folder) for name in wanted)
    kept = _kept(folder, wanted)
    index = _index_in(kept.read())
    lexicons = [load_lexicon(name, folder, is_checked=index is not None) for name in wanted]
    if index is None:
        index = index_of((entry.pattern, entry.match) for lexicon in lexicons for entry in lexicon.entries)
        kept.write(index.dumped())
    return Lexicons(lexicons, index)


def _kept(folder: Path, names: Sequence[str]) -> Derived:
    """Return where the index of our own lexicons is kept, which is written when they have been checked."""
    code = (*Path(__file__).parent.glob("*.py"), Path(normalise.__file__))
    lexicons = [folder / f"{name}{end}" for name in names for end in (".csv", ".toml")]
    of_names = sha256(" ".join(names).encode()).hexdigest()[:12]
    return Derived(f"index-{of_names}", __file__, [*code, *lexicons])


def _index_in(data: bytes | None) -> Index | None:
    if data is None:
        return None
    try:
        return Index.loaded(data)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LexiconError(
            where=str(path), problem=str(error), fix="Give the lexicon a valid .toml beside its .csv"
        ) from error


def _about_faults(about: Mapping[str, Any]) -> Iterable[str]:
    language = about.get("language", "en")
    if not language or not isinstance(language, (str, list)):
        yield 'language must be such as "en" or ["en"]'
    tables = [table for table in about.get("labels", {}).values() if isinstance(table, dict)]
    reaches = [table["reach"] for table in tables if "reach" in table]
    if any(not isinstance(reach, int) or reach < 0 for reach in reaches):
        yield "reach must be a number of words, from 0"
    if not isinstance(about.get("version", 1), int):
        yield f"version is {about['version']!r}, no whole number"
    if not all(isinstance(table, dict) for table in about.get("labels", {}).values()):
        yield "labels must stand as [labels.NAME], each with its definition"
    if "labels" in about and not about["labels"]:
        yield "it defines no label; write [labels.NAME] with a definition"


def _label(table: Mapping[str, Any]) -> Label:
    return Label(
        definition=str(table.get("definition", "")),
        drops=table.get("negated", NEGATED[1]) == NEGATED[0],
        reach=reach if isinstance(reach := table.get("reach", REACH), int) else REACH,
    )


def _read_entries(
    path: Path, labels: Mapping[str, str], *, is_checked: bool
) -> tuple[list[Entry], list[str]]:
    try:
        reader = csv.DictReader(path.read_text(encoding="utf-8").splitlines(keepends=True))
    except (OSError, ValueError) as error:
        raise LexiconError(
            where=str(path), problem=str(error), fix="Give the lexicon a .csv in UTF-8 beside its .toml"
        ) from error
    if tuple(reader.fieldnames or ())[: len(COLUMNS)] != COLUMNS:
        return [], [f"{path.name}:1: its columns must begin with {', '.join(COLUMNS)}"]
    if is_checked:
        return [_entry(row, reader.line_num) for row in reader], []
    entries: list[Entry] = []
    faults: list[str] = []
    seen: set[tuple[str, str]] = set()
    for row in reader:
        where = f"{path.name}:{reader.line_num}"
        problems = list(_row_faults(row, labels))
        if (key := (row["pattern"], row["match"])) in seen:
            problems.append(f"{row['pattern']!r} stands there twice")
        seen.add(key)
        faults += [f"{where}: {problem}" for problem in problems]
        if not problems:
            entries.append(_entry(row, reader.line_num))
    return entries, faults


def _entry(row: Mapping[str, str], line: int) -> Entry:
    more = {name: cell for name, cell in row.items() if name not in (*COLUMNS, "weight") and cell}
    return Entry(
        line=line,
        pattern=row["pattern"],
        match=row["match"],
        label=row["label"],
        hit=row["hit"],
        miss=row["miss"],
        weight=float(row.get("weight") or 1.0),
        fields=more,
    )


def _row_faults(row: Mapping[str, Any], labels: Mapping[str, str]) -> Iterable[str]:
    if None in row or None in row.values():
        yield "it has more or fewer cells than the first line"
        return
    yield from (f"its {name!r} is empty" for name in COLUMNS if not row[name].strip())
    if row["match"] not in MATCHES:
        yield f"its match {row['match']!r} is none of {', '.join(MATCHES)}"
    if row["label"] not in labels and row["label"] != BLOCK:
        yield f"its label {row['label']!r} is not defined in the .toml"
    if (weight := row.get("weight")) and not _is_number(weight):
        yield f"its weight {weight!r} is no number; write one from 0 to 1, or leave the cell empty for 1"
    try:
        check_pattern(row["pattern"], row["match"])
    except ValueError as error:
        yield f"{row['pattern']!r}: {error}"
    yield from neighbour_faults({name: cell for name, cell in row.items() if cell})


def _is_number(cell: str) -> bool:
    try:
        return isfinite(float(cell))
    except ValueError:
        return False
