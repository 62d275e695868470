"""Which kind of table a file is, by its name; and the columns that a user asks for, by theirs."""

from collections.abc import Sequence
from pathlib import Path

from discourse.errors import DiscourseError

KINDS = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".txt": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
}
PACKINGS = (".gz", ".zst", ".bz2", ".xz")
_SHOWN = 12  # columns that an error names
_LONGEST = 60  # characters of a name that an error shows


def kind_of(path: Path, *, is_output: bool = False) -> str:
    """Return csv, tsv, jsonl or parquet.

    Raises
    ------
    DiscourseError
        Where the name says none of these, or asks for a packed output.
    """
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    if suffixes and suffixes[-1] in PACKINGS:
        if is_output:
            raise DiscourseError(
                where=str(path), problem="results are not packed", fix="Give a name without the last ending"
            )
        suffixes = suffixes[:-1]
    kind = KINDS.get(suffixes[-1]) if suffixes else None
    if kind is None:
        raise DiscourseError(
            where=str(path),
            problem="its name does not say what kind of table it is",
            fix="Let it end in .csv, .tsv, .jsonl or .parquet",
        )
    return kind


def find_column(names: Sequence[str], wanted: str, *, where: str, option: str) -> int:
    """Return the place of a column; blanks around a name do not count where none is without them.

    Raises
    ------
    DiscourseError
        Where there is no such column, or several.
    """
    places = [place for place, name in enumerate(names) if name == wanted] or [
        place for place, name in enumerate(names) if name.strip() == wanted.strip()
    ]
    if len(places) == 1:
        return places[0]
    if places:
        problem = f"it has {len(places)} columns named {wanted!r}, asked for by {option}"
        raise DiscourseError(where=where, problem=problem, fix="Rename all but one of them")
    problem = f"it has no column {wanted!r}, asked for by {option}; its columns are {listed(names)}"
    raise DiscourseError(where=where, problem=problem, fix=f"Give {option} one of these")


def listed(names: Sequence[str]) -> str:
    """Name columns in an error: the first of them, long ones cut."""
    return listed_plainly([repr(_cut(name)) for name in names[:_SHOWN]], len(names))


def listed_plainly(names: Sequence[str], number: int | None = None) -> str:
    """List names, the first of as many as there are, without marks around them; long ones cut."""
    number = len(names) if number is None else number
    more = f" and {number - _SHOWN:,} more" if number > _SHOWN else ""
    return ", ".join(map(_cut, names[:_SHOWN])) + more if names else "none"


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST + 2 else f"{name[:_LONGEST]}…"
