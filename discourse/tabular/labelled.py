"""Tables that people have labelled, as examples to learn from or to judge by."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from discourse.errors import DiscourseError
from discourse.learn.examples import (
    SIGNS,
    Examples,
    label_counts,
    names_several,
    number_of,
    split_labels,
    truth_of,
)
from discourse.learn.inputs import Inputs
from discourse.learn.splits import groups_of
from discourse.tabular.formats import listed_plainly
from discourse.tabular.opening import open_table

_MOST_LABELS = 200  # more are texts, or ids


class LabelColumns(Struct, frozen=True, kw_only=True):
    """The columns that the user names; None for those that he does not."""

    text: str
    label: str
    parent: str | None = None
    target: str | None = None
    thread: str | None = None
    author: str | None = None

    @property
    def asked(self) -> dict[str, str]:
        """All of them by their option."""
        names = ("text", "label", "parent", "target", "thread", "author")
        found = {f"--{name}-column": getattr(self, name) for name in names}
        return {option: name for option, name in found.items() if name is not None}


class Labelled(Struct, frozen=True):
    """Examples, and what is to be said of the table that they come from."""

    examples: Examples
    notes: tuple[str, ...]
    grouped_by: str  # thread | author | row
    counts: dict[str, int]  # rows by label


def read_labelled(
    path: Path, columns: LabelColumns, *, is_multi: bool | None = None, labels: Sequence[str] | None = None
) -> Labelled:
    """Read a labelled table.

    Parameters
    ----------
    is_multi
        Whether a row may have any number of labels, `;` or `|` between them; None to see whether any has.
    labels
        Those that a model knows; None for all that stand there. Rows with others are left out.

    Raises
    ------
    DiscourseError
        Where a column is missing or holds no labels.
    """
    table = open_table(path, list(columns.asked.values()))
    places = {option: table.place(name, option) for option, name in columns.asked.items()}
    cells = table.labels(places["--label-column"])
    notes = list(table.notes)
    several = _are_several(cells, notes) if is_multi is None else is_multi
    named = [_named(cell, several) for cell in cells]
    kept = _kept(named, labels, several, notes)
    _check_kept(path, columns.label, kept, named, labels)
    found = {option: table.column(place) for option, place in places.items() if option != "--label-column"}
    examples = _examples(found, kept, [named[row] for row in kept], labels, several)
    _check_number(path, columns.label, examples)
    grouped = "thread" if columns.thread else "author" if columns.author else "row"
    return Labelled(examples, tuple(notes), grouped, label_counts([named[row] for row in kept]))


def _are_several(cells: Sequence[list[str] | str], notes: list[str]) -> bool:
    """Say whether any row has several labels, and note why."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    signs = " or ".join(SIGNS)
    if any(isinstance(cell, list) and len(cell) > 1 for cell in cells) or names_several(texts):
        notes.append(
            f"some rows have several labels (lists, or {signs} between them): labels exclude nothing; "
            "--single takes each cell for one label"
        )
        return True
    if any(sign in text for text in texts for sign in SIGNS):
        notes.append(f"labels with {signs} in them are taken as they are; --multi splits them")
    return False


def _named(cell: list[str] | str, several: bool) -> list[str]:
    """Return the labels of one row."""
    if isinstance(cell, str):
        return split_labels(cell) if several else [label for label in [cell.strip()] if label]
    named = list(dict.fromkeys(label for label in cell if label))
    return named if several or not named else [";".join(named)]


def _kept(
    named: Sequence[Sequence[str]], labels: Sequence[str] | None, several: bool, notes: list[str]
) -> list[int]:
    """Return the rows to be used, and note why others are not."""
    kept = [row for row, found in enumerate(named) if found or several]
    if len(kept) < len(named):
        notes.append(f"left out: {number_of(len(named) - len(kept), 'row')} without a label")
    if labels is None:
        return kept
    known = [row for row in kept if set(named[row]) <= set(labels)]
    if len(known) < len(kept):
        notes.append(
            f"left out: {number_of(len(kept) - len(known), 'row')} with labels that the model does not know"
        )
    return known


def _check_kept(
    path: Path, column: str, kept: Sequence[int], named: Sequence[Sequence[str]], labels: Sequence[str] | None
) -> None:
    if kept and any(named[row] for row in kept):
        return
    if labels is None:
        problem, fix = f"its column {column!r} is empty", "Name the column that holds the labels"
    else:
        problem = (
            f"its column {column!r} has none of the labels that the model knows: {listed_plainly(labels)}"
        )
        fix = "Name another --label-column, or another model"
    raise DiscourseError(where=str(path), problem=problem, fix=fix)


def _check_number(path: Path, column: str, examples: Examples) -> None:
    number = len(examples.labels)
    if number > _MOST_LABELS:
        problem = f"its column {column!r} has {number:,} different labels, more than {_MOST_LABELS}"
        raise DiscourseError(where=str(path), problem=problem, fix="Name the column that holds the labels")


def _examples(
    found: dict[str, list[str]],
    kept: Sequence[int],
    named: Sequence[Sequence[str]],
    labels: Sequence[str] | None,
    several: bool,
) -> Examples:
    columns = {option: [cells[row] for row in kept] for option, cells in found.items()}
    texts = columns["--text-column"]
    threads, authors = columns.get("--thread-column"), columns.get("--author-column")
    inputs = Inputs(texts, columns.get("--parent-column"), columns.get("--target-column"))
    names = tuple(label_counts(named)) if labels is None else tuple(labels)
    return Examples(
        inputs,
        names,
        truth_of(named, names),
        not several,
        tuple(groups_of(threads if threads is not None else authors, texts)),
        None if threads is None else tuple(threads),
        None if authors is None else tuple(authors),
    )
