"""Which posts of a run somebody asks for, by dispute, author, marker, number or doubt."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from msgspec import Struct

from discourse.errors import DiscourseError
from discourse.report.basis.book import Book
from discourse.report.terminal.lines import Shown
from discourse.tables import Tables

NEEDED = ("posts", "annotations", "claims", "loops", "turns")  # tables that posts are chosen and shown from
_NEAREST = 5  # names that are offered where one is unknown
_LIKE = 0.55  # how like they must be, 0 to 1


class Wish(Struct, frozen=True, kw_only=True):
    """What posts are asked for: those for which everything given holds."""

    loop: int | None = None  # number of a dispute, from 1
    side: str | None = None  # a | b, of that dispute
    author: str | None = None
    marker: str | None = None
    post: str | None = None  # its number, as the report shows it
    doubtful: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return self == Wish()


def choose(tables: Tables, wish: Wish, meanings: Mapping[str, str]) -> tuple[Book, Shown]:
    """Return the posts that are asked for, and a book that holds the labels of these alone.

    Parameters
    ----------
    tables
        At least those of `NEEDED`.
    meanings
        Markers that there are, with what each marks.

    Raises
    ------
    DiscourseError
        Where there is no such dispute, author, marker or post, with the nearest names; or no post is left.
    """
    book = Book(tables, meanings)
    marker = None if wish.marker is None else _marker(book, wish.marker, meanings)
    kept: list[str] = _of_dispute(book, wish) if wish.loop is not None else [p.post_id for p in book.posts]
    if wish.side is not None and wish.loop is None:
        raise DiscourseError(
            where="--side", problem="it is a side of a dispute, and none is named", fix="Give --loop too"
        )
    chosen = [
        *([_of_author(book, wish.author)] if wish.author is not None else []),
        *([{_post(book, wish.post)}] if wish.post is not None else []),
        *([_with_marker(book, marker)] if marker is not None else []),
        *([book.doubtful] if wish.doubtful else []),
    ]
    kept = [post_id for post_id in dict.fromkeys(kept) if all(post_id in own for own in chosen)]
    if not kept:
        raise DiscourseError(
            where=_told(wish), problem="no post is all that at once", fix="Leave one of them out"
        )
    annotations = tables["annotations"]
    own = annotations[annotations["post_id"].isin(kept)]
    return Book(tables.replace(annotations=own), meanings), Shown(kept, wish.loop, marker)


def _told(wish: Wish) -> str:
    given = {"--loop": wish.loop, "--side": wish.side, "--author": wish.author}
    given |= {"--marker": wish.marker, "--post": wish.post}
    words = [f"{name} {value}" for name, value in given.items() if value is not None]
    return " ".join([*words, *(["--doubtful"] if wish.doubtful else [])])


def _of_dispute(book: Book, wish: Wish) -> list[str]:
    number = wish.loop or 0
    if not 1 <= number <= len(book.loops):
        fix = f"Give a number from 1 to {len(book.loops)}" if book.loops else "Leave it out"
        problem = f"this run has {len(book.loops) or 'no'} dispute{'s' * (len(book.loops) != 1)}"
        raise DiscourseError(where=f"--loop {number}", problem=problem, fix=fix)
    side = wish.side.lower() if wish.side is not None else None
    if side not in (None, "a", "b"):
        raise DiscourseError(
            where=f"--side {wish.side}", problem="a dispute has the sides a and b", fix="Give one of them"
        )
    turns = book.turns[book.loops[number - 1].loop_id]
    return [turn.post_id for turn in turns if side in (None, turn.side) and turn.post_id in book.by_id]


def _of_author(book: Book, name: str) -> set[str]:
    names = dict.fromkeys(post.author for post in book.posts)
    same = {name} if name in names else {one for one in names if one.casefold() == name.strip().casefold()}
    if not same:
        raise _unknown("--author", name, "nobody of that name wrote here", names)
    return {post.post_id for post in book.posts if post.author in same}


def _post(book: Book, number: str) -> str:
    wanted = number.strip().removeprefix("#")
    found = next((post_id for post_id, ref in book.refs.items() if ref.number == wanted), None)
    if found is None:
        last = next(reversed(book.refs.values())).number if book.refs else "0"
        raise DiscourseError(
            where=f"--post {number}", problem=f"the last post is {last}", fix="Give a number that is there"
        )
    return found


def _marker(book: Book, name: str, meanings: Iterable[str]) -> str:
    rows = book.tables["annotations"]
    found = sorted(set(rows.loc[rows["layer"] == "rhetoric", "label"]))
    wanted = "_".join(name.replace("-", " ").replace("_", " ").casefold().split())
    if wanted in found:
        return wanted
    if wanted in set(meanings):
        here = f"; there are {', '.join(found)}" if found else ""
        raise DiscourseError(
            where=f"--marker {name}", problem="no post carries it", fix=f"Ask for another{here}"
        )
    raise _unknown("--marker", wanted, "there is no such marker here", found)


def _with_marker(book: Book, marker: str) -> set[str]:
    rows = book.tables["annotations"]
    return set(rows.loc[(rows["layer"] == "rhetoric") & (rows["label"] == marker), "post_id"])


def _unknown(option: str, name: str, problem: str, names: Iterable[str]) -> DiscourseError:
    near = _nearest(name, list(names))
    fix = f"The nearest: {', '.join(near)}" if near else "Run `discourse show RUN` alone for what there is"
    return DiscourseError(where=f"{option} {name}", problem=problem, fix=fix)


def _nearest(name: str, names: Sequence[str]) -> list[str]:
    folded: dict[str, str] = {}
    for one in names:
        folded.setdefault(one.casefold(), one)
    wanted = name.casefold()
    within = [one for key, one in folded.items() if wanted and wanted in key][:_NEAREST]
    close = map(
        folded.__getitem__, partial(difflib.get_close_matches, n=_NEAREST, cutoff=_LIKE)(wanted, list(folded))
    )
    return list(dict.fromkeys([*within, *close]))[:_NEAREST]
