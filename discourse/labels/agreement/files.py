"""What `discourse agreement` writes: three tables, whole or not at all."""

import csv
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from discourse.errors import DiscourseError
from discourse.labels.agreement.computing import Agreement
from discourse.labels.agreement.disagreements import COLUMNS
from discourse.labels.agreement.figures import Figure
from discourse.labels.agreement.prevalence import Prevalence
from discourse.replacing import replaced, unwritable

AGREEMENT = (
    *("layer", "label", "first", "second", "measure", "value", "low", "high", "units"),
    *("resampled", "clusters", "share_first", "share_second", "note"),
)
PREVALENCE = (
    *("layer", "label", "estimator", "value", "low", "high", "posts", "coded", "positives", "ties"),
    *("sensitivity", "specificity", "resampled", "note"),
)
HEADERS = {"agreement.csv": AGREEMENT, "prevalence.csv": PREVALENCE, "disagreements.csv": COLUMNS}
FILES = tuple(HEADERS)


def write_agreement(found: Agreement, differing: Iterable[Mapping[str, str]], folder: Path) -> int:
    """Write the tables into a folder of their own, in place of earlier ones; return how many units differ.

    Raises
    ------
    DiscourseError
        Where the folder holds what no earlier agreement wrote, or cannot be written.
    """
    check_folder(folder)
    with replaced(folder, lambda: check_folder(folder)) as partial:
        _write(partial / "agreement.csv", AGREEMENT, (_figure(one) for one in found.figures))
        _write(partial / "prevalence.csv", PREVALENCE, (row for one in found.shares for row in _shares(one)))
        return _write(
            partial / "disagreements.csv", COLUMNS, ([row[name] for name in COLUMNS] for row in differing)
        )


def check_folder(folder: Path) -> None:
    """Make sure that the tables may stand here: nothing does, or what an earlier agreement wrote.

    Raises
    ------
    DiscourseError
        Naming what else is there.
    """
    if not folder.name:
        raise DiscourseError(
            where=str(folder), problem="it cannot be replaced", fix="Give --out a new folder"
        )
    try:
        if not folder.exists():
            return
        foreign = (
            sorted(path.name for path in folder.iterdir() if not _is_ours(path))
            if folder.is_dir()
            else ["it"]
        )
    except OSError as error:
        raise unwritable(folder, error) from error
    if foreign:
        raise DiscourseError(
            where=str(folder),
            problem=f"the tables would go here, and no earlier agreement wrote {', '.join(foreign[:3])}",
            fix="Move that away or give another --out",
        )


def _is_ours(path: Path) -> bool:
    header = HEADERS.get(path.name)
    if header is None or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.readline(1000).strip() == ",".join(header).encode()


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    number = 0
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(header)
        for number, row in enumerate(rows, 1):  # noqa: B007 - the last number counts them
            writer.writerow(row)
    return number


def _figure(one: Figure) -> list[str]:
    estimate = one.estimate
    numbers = [_number(value) for value in (estimate.value, estimate.low, estimate.high)]
    counts = [str(one.units), one.resampled, str(one.clusters)]
    names = [one.layer, one.label, one.first, one.second, one.measure]
    return [*names, *numbers, *counts, *map(_number, one.shares), one.note]


def _shares(one: Prevalence) -> Iterator[list[str]]:
    counts = [str(number) for number in (one.posts, one.coded, one.positives, one.ties)]
    for name, estimate in one.shares.items():
        numbers = [_number(value) for value in (estimate.value, estimate.low, estimate.high)]
        rates = [_number(one.sensitivity), _number(one.specificity)]
        yield [one.layer, one.label, name, *numbers, *counts, *rates, one.resampled, one.notes.get(name, "")]


def _number(value: float) -> str:
    """Write a number with four decimals; an empty cell where there is none."""
    return "" if math.isnan(value) else f"{value:z.4f}"
