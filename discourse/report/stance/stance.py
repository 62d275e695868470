"""Who stands where: authors by targets, authors by claims, and each author in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from discourse.report.basis.book import Book, Ref, Side
from discourse.report.basis.words import counted, listed
from discourse.report.stance.camps import TwoCamps, two_camps
from discourse.report.stance.claimed import ClaimMatrix, claim_matrix
from discourse.report.stance.grounds import NO_GROUNDS, SHOWN_POSTS, Grounds, grounds_of
from discourse.report.stance.matrix import MOST_AUTHORS, SIDES, Matrix, People, lay_out, posts_of
from discourse.summary import part_of

MOST_THREADS = 12  # that are laid out; the others are counted
MOST_TARGETS = 10  # columns
_LEANS = {"favor": "for", "against": "against", "mixed": "mixed"}


class Position(Struct, frozen=True):
    """A stance of an author in words."""

    target: str
    label: str  # favor | against | mixed
    lean: str  # the same in words
    basis: str  # such as "3 posts", "1 post only"
    score: str
    thin: bool  # rests on one post
    posts: list[Ref]  # the first of those that it rests on
    more: int


class Profile(Struct, frozen=True):
    """An author's posts and sides; never a rank."""

    author: str
    posts: str
    answers: str
    sides: list[Side]
    stances: list[Position]  # for, then against, then mixed


class Chapter(Struct, frozen=True):
    """Stance in one thread."""

    number: int
    targets: Matrix | None  # None where no stance towards any target can be told
    claims: ClaimMatrix | None
    profiles: list[Profile]  # of those of whom there is something to tell, in the order of first posts
    more_profiles: str  # how many others there are, in words; empty where none
    beyond: list[str]  # what is left out and whom nothing is known of, a sentence each
    two_camps: TwoCamps | None  # None where nobody looked for camps


class Standing(Struct, frozen=True):
    """Stance in all threads."""

    chapters: list[Chapter]
    beyond: str  # threads that are not laid out, in words; empty where all are


def chapters(book: Book, error_rates: Mapping[str, object]) -> Standing:
    """Lay out the stances and camps of the threads; see `two_camps` for the error rates."""
    grounds: dict[str, dict[tuple[str, str], Grounds]] = {}
    for (thread, author, target), found in grounds_of(book).items():
        grounds.setdefault(thread, {})[author, target] = found
    stances = _by_thread(book.stances)
    sides = _sides(book)
    known = {row["thread_id"] for row in [*book.stances, *book.camps]}
    places = {thread: place for place, thread in enumerate(book.threads, start=1)}
    shown = [thread for thread in book.threads if thread in known][:MOST_THREADS] or list(book.threads)[:1]
    left = len(book.threads) - len(shown)
    return Standing(
        [
            _chapter(
                book,
                places[thread],
                thread,
                _Told(stances.get(thread, []), grounds.get(thread, {}), sides.get(thread, {})),
                error_rates,
            )
            for thread in shown
        ],
        f"{counted(left, 'more thread')} in tables/stances.csv and tables/camps.csv." if left else "",
    )


class _Told(Struct, frozen=True):
    """What is known of one thread."""

    stances: list[dict[str, Any]]
    grounds: Mapping[tuple[str, str], Grounds]
    sides: Mapping[str, list[Side]]


def _by_thread(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if row["author"]:  # posts whose author is gone are nobody's
            found.setdefault(row["thread_id"], []).append(row)
    return found


def _sides(book: Book) -> dict[str, dict[str, list[Side]]]:
    """Return by thread and author the sides of disputes that they take, each once."""
    found: dict[str, dict[str, dict[Side, None]]] = {}
    for number, loop in enumerate(book.loops, start=1):
        for turn in book.turns[loop.loop_id]:
            post = book.by_id.get(turn.post_id)
            if post is not None:
                own = found.setdefault(post.thread_id, {}).setdefault(turn.author, {})
                own[Side(number, turn.side)] = None
    return {thread: {name: list(own) for name, own in names.items()} for thread, names in found.items()}


def _chapter(
    book: Book, number: int, thread_id: str, told: _Told, error_rates: Mapping[str, object]
) -> Chapter:
    names = [author for author in book.authors[thread_id] if author]
    camps = {row["author"]: row["camp"] for row in book.camps if row["thread_id"] == thread_id}
    people = People(names, camps)
    on_targets = [row for row in told.stances if row["target"] not in book.claims]
    targets = _targets(book, thread_id, people, on_targets, told)
    profiles = _profiles(book, thread_id, names, on_targets, told)
    return Chapter(
        number=number,
        targets=targets,
        claims=claim_matrix(book, thread_id, people, told.stances, told.grounds),
        profiles=profiles[:MOST_AUTHORS],
        more_profiles=counted(left, "more author") if (left := len(profiles) - MOST_AUTHORS) > 0 else "",
        beyond=_beyond(book, thread_id, targets, on_targets),
        two_camps=two_camps(book, number, thread_id, error_rates),
    )


def _targets(
    book: Book, thread_id: str, people: People, rows: list[dict[str, Any]], told: _Told
) -> Matrix | None:
    shown = _main_targets(book, thread_id, rows)[:MOST_TARGETS]
    return lay_out(people, rows, shown, told.grounds) if shown else None


def _main_targets(book: Book, thread_id: str, rows: list[dict[str, Any]]) -> list[str]:
    """Order the targets on which any side is taken by how many take one, then by mentions, then by name."""
    taken: dict[str, int] = {}
    for row in rows:
        if row["label"] in SIDES:
            taken[row["target"]] = taken.get(row["target"], 0) + 1

    def weight(target: str) -> tuple[int, int, str]:
        return -taken[target], -book.count("mentions", ("target", part_of(thread_id, target))), target

    return sorted(taken, key=weight)


def _beyond(book: Book, thread_id: str, targets: Matrix | None, rows: list[dict[str, Any]]) -> list[str]:
    said = []
    named = {author for author in book.authors[thread_id] if author}
    silent = len(named - {row["author"] for row in rows})
    if silent:
        said.append(f"Of {counted(silent, 'author')} no stance could be told: they name no target.")
    more = []
    if targets is not None and targets.hidden:
        more.append(counted(targets.hidden, "more author"))
    named_targets, sided = (
        {row["target"] for row in rows if row["label"] in of} for of in ((*SIDES, "none"), SIDES)
    )
    if targets is not None and len(sided) > len(targets.columns):
        more.append(counted(len(sided) - len(targets.columns), "more target"))
    if len(named_targets) > len(sided):
        more.append(f"{counted(len(named_targets - sided), 'target')} on which nobody takes a side")
    if more:
        said.append(f"Not shown: {listed(more)}; all stand in tables/stances.csv.")
    nameless = sum(not post.author for post in book.threads[thread_id])
    if nameless:
        said.append(f"{counted(nameless, 'post')} without a name count as nobody's.")
    return said


def _profiles(
    book: Book, thread_id: str, names: list[str], rows: list[dict[str, Any]], told: _Told
) -> list[Profile]:
    """Return those of whom there is something to tell, in the order of first posts."""
    own: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if row["label"] in SIDES:
            own.setdefault(row["author"], []).append(row)
    return [
        _profile(book, thread_id, name, own.get(name, []), told)
        for name in names
        if name in own or name in told.sides
    ]


def _profile(book: Book, thread_id: str, author: str, rows: list[dict[str, Any]], told: _Told) -> Profile:
    unit = book.author_unit(thread_id, author)
    return Profile(
        author=author,
        posts=f"{book.count('posts', unit):,}",
        answers=f"{book.count('replies_given', unit):,} / {book.count('replies_received', unit):,}",
        sides=told.sides.get(author, []),
        stances=[
            _position(row, told.grounds.get((author, row["target"]), NO_GROUNDS))
            for label in _LEANS
            for row in rows
            if row["label"] == label
        ],
    )


def _position(row: dict[str, Any], grounds: Grounds) -> Position:
    count = posts_of(row)
    basis = f"{row['favor_posts']} for, {row['against_posts']} against"
    if row["label"] != "mixed":
        basis = "one post only" if count == 1 else counted(count, "post")
    posts = grounds.of(row["label"])
    return Position(
        target=row["target"],
        label=row["label"],
        lean=_LEANS[row["label"]],
        basis=basis,
        score=f"{row['score']:.2f}",
        thin=count <= 1,
        posts=posts[:SHOWN_POSTS],
        more=max(0, len(posts) - SHOWN_POSTS),
    )
