"""Authors by targets, and authors by claims: a cell for each position, and what each rests on."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from discourse.report.basis.book import Ref
from discourse.report.basis.words import UNSURE_BELOW, counted
from discourse.report.stance.grounds import NO_GROUNDS, SHOWN_POSTS, Grounds

MOST_AUTHORS = 150  # rows of a matrix, the first in the order of first posts
SIDES = ("favor", "against", "mixed")
_STEPS = (2, 3, 6)  # posts from which a cell is drawn stronger

Row = Mapping[str, Any]  # of the table `stances`


class Cell(Struct, frozen=True):
    """What an author's posts add up to on one target or claim."""

    style: str = ""  # CSS classes: side, strength from 1 to 4, shaky; empty where nothing was said
    sign: str = ""  # such as "+3", "−1 ?", "+2 −1", "·"
    words: str = ""  # the same in words; empty where no side is taken
    posts: tuple[Ref, ...] = ()  # the first of those that it rests on
    more: int = 0  # how many others there are


EMPTY = Cell()
SILENT = Cell("silent", "·")


class Line(Struct, frozen=True):
    """An author's cells, in the order of the columns."""

    author: str
    camp: int  # 1 or 2; 0 where not placed
    cells: list[Cell]


class Column(Struct, frozen=True):
    """A target or a claim, with the authors for it, against it and mixed on it."""

    target: str
    favor: int = 0
    against: int = 0
    mixed: int = 0


class Matrix(Struct, frozen=True):
    """Positions of the authors of one thread who take any on what the columns show."""

    columns: list[Column]
    lines: list[Line]
    coverage: str  # how many of all possible positions can be told, and on how little they rest
    hidden: int  # authors with a position here who are not shown


class People(Struct, frozen=True):
    """Those of a thread who have a name."""

    names: Sequence[str]  # in the order of first posts
    camps: Mapping[str, int]  # of those placed


def lay_out(
    people: People,
    rows: Iterable[Row],
    targets: Sequence[str],
    grounds: Mapping[tuple[str, str], Grounds],
    what: str = "target",
) -> Matrix:
    """Lay out the positions of people on some targets or claims.

    Parameters
    ----------
    rows
        Positions of these people, on these targets and perhaps on others.
    targets
        The columns, in their order; a claim that has several rivals stands in several.
    grounds
        Posts behind positions, by author and target.
    what
        What a column is called: target or claim.
    """
    places: dict[str, list[int]] = {}
    for place, target in enumerate(targets):
        places.setdefault(target, []).append(place)
    own = [row for row in rows if row["target"] in places]
    sided = {row["author"] for row in own if row["label"] in SIDES}
    authors = [name for name in people.names if name in sided]
    cells = {name: [EMPTY] * len(targets) for name in authors[:MOST_AUTHORS]}
    for row in own:
        if row["author"] in cells:
            behind = grounds.get((row["author"], row["target"]), NO_GROUNDS)
            for place in places[row["target"]]:
                cells[row["author"]][place] = cell_of(row, behind, what)
    return Matrix(
        columns=_columns(own, targets),
        lines=[Line(name, people.camps.get(name, 0), found) for name, found in cells.items()],
        coverage=coverage(own, len(people.names), len(places), what),
        hidden=max(0, len(authors) - MOST_AUTHORS),
    )


def coverage(rows: Sequence[Row], authors: int, targets: int, what: str = "target") -> str:
    """Say how many positions can be told of all that could be taken, and on how little they rest."""
    told = [row for row in rows if row["label"] in SIDES]
    single = sum(posts_of(row) <= 1 for row in told)
    doubtful = sum(row["score"] < UNSURE_BELOW for row in told)
    said = (
        f"Of {counted(authors, 'author')} × {counted(targets, what)}, "
        f"{len(told):,} of {authors * targets:,} cells can be told"
    )
    if told:
        said += (
            f": {single:,} of them on one post only, {doubtful:,} doubtful (score below {UNSURE_BELOW:.2f})"
        )
    silent = len(rows) - len(told)
    return f"{said}. In {silent:,} more the {what} is named and no side taken." if silent else f"{said}."


def _columns(rows: Iterable[Row], targets: Sequence[str]) -> list[Column]:
    counts = {target: dict.fromkeys(SIDES, 0) for target in targets}
    for row in rows:
        if row["label"] in SIDES:
            counts[row["target"]][row["label"]] += 1
    return [Column(target, **counts[target]) for target in targets]


def cell_of(row: Row, grounds: Grounds, what: str = "target") -> Cell:
    """Make a cell; that it rests on few posts, or on a score below one half, shows in style and sign."""
    if row["label"] not in SIDES:
        return SILENT
    doubtful = row["score"] < UNSURE_BELOW
    posts = grounds.of(row["label"])
    sign = _sign(row)
    return Cell(
        style=f"{row['label']} s{strength(posts_of(row))}{' shaky' if doubtful else ''}",
        sign=f"{sign} ?" if doubtful else sign,
        words=f"{_words(row, what)}, score {row['score']:.2f}",
        posts=tuple(posts[:SHOWN_POSTS]),
        more=max(0, len(posts) - SHOWN_POSTS),
    )


def strength(posts: int) -> int:
    """Return how strong a cell is drawn: 1 for one post, 2 for two, 3 for three to five, 4 for more."""
    return 1 + sum(posts >= step for step in _STEPS)


def posts_of(row: Row) -> int:
    """Return how many posts decide a position."""
    return int(row["favor_posts"]) + int(row["against_posts"])


def _sign(row: Row) -> str:
    favor, against = f"+{row['favor_posts']}", f"−{row['against_posts']}"
    return {"favor": favor, "against": against}.get(row["label"], f"{favor} {against}")


def _words(row: Row, what: str) -> str:
    if row["label"] == "mixed":
        return f"mixed: {row['favor_posts']} for, {row['against_posts']} against"
    verbs = ("asserts", "denies") if what == "claim" else ("for", "against")
    return f"{verbs[row['label'] == 'against']}, {counted(posts_of(row), 'post')}"
