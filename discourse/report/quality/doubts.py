"""What a reader should check by eye: the doubtful things of a report, most doubtful first."""

from collections.abc import Iterable, Sequence

from discourse.model import Fault, Loop, Post
from discourse.report.basis.book import Book, begins_doubtfully
from discourse.report.basis.pieces import Piece, Pieces, data, listed_pieces, post_link, said
from discourse.report.basis.titles import file_of
from discourse.report.basis.words import LANGUAGES, UNSURE_BELOW, counted
from discourse.report.quality.doubt_groups import SHOWN, Group, group_of, who
from discourse.report.quality.doubtful_links import doubtful_links, unlinked
from discourse.tables import rows_of
from discourse.text.gone import is_gone

_POSTS_SHOWN = 40  # links in one line


def doubts(book: Book) -> list[Group]:
    """List what is doubtful, by kind; kinds without a doubt are left out."""
    makers = (_counts, _splits, doubtful_links, unlinked, _disputes, _nameless, _foreign, _faults)
    groups = (make(book) for make in makers)
    return [group for group in groups if group is not None]


def _counts(book: Book) -> Group | None:
    rows = []
    for source in book.sources:
        unit = ("source", source.source_id)
        found, stated = book.count("posts_found", unit), book.number("posts_stated", unit)
        if stated is not None and stated != found:
            words = f": {found:,} found, the page itself states {stated:,.0f}"
            rows.append((-abs(stated - found), said(data(file_of(source.uri)), words)))
    rows.sort(key=lambda row: row[0])
    return group_of(
        "Comments missing or too many",
        counted(len(rows), "page"),
        "A page that says another number than was found may have been cut in the wrong places, or show "
        "only some of its comments.",
        len(rows),
        (words for _, words in rows),
        "tables/sources.csv",
    )


def _splits(book: Book) -> Group | None:
    rows: list[tuple[float, Pieces]] = []
    posts = 0
    for name, own in _by_source(book):
        scores = [post.split_score for post in own if post.split_score is not None]
        low = [post for post in own if begins_doubtfully(post)]
        posts += len(low)
        if low and len(scores) > 1 and min(scores) == max(scores):
            words = (
                f": the whole page was cut with a score of {scores[0]:.2f}, {counted(len(low), 'comment')}"
            )
            rows.append((scores[0], said(data(name), words)))
        else:
            rows.extend((post.split_score or 0.0, _split(book, post)) for post in low)
    rows.sort(key=lambda row: row[0])
    return group_of(
        "Where a comment begins",
        counted(posts, "comment"),
        "The reader was unsure here: a comment may be cut in two, or a line of the page taken for one. A "
        "page that was misread as a whole does not show here, but by its own count.",
        len(rows),
        (words for _, words in rows),
        "tables/posts.csv (split_score)",
    )


def _split(book: Book, post: Post) -> Pieces:
    where = f", line {post.start_line:,} of the page" if post.start_line is not None else ""
    return said(*who(book, post), f": begins here with a score of {post.split_score or 0:.2f}{where}")


def _by_source(book: Book) -> Iterable[tuple[str, list[Post]]]:
    names = {source.source_id: file_of(source.uri) for source in book.sources}
    found: dict[str, list[Post]] = {}
    for post in book.posts:
        found.setdefault(post.source_id, []).append(post)
    return ((names.get(source, source), posts) for source, posts in found.items())


def _disputes(book: Book) -> Group | None:
    rows = [(loop.score, number, loop) for number, loop in enumerate(book.loops, start=1)]
    rows = sorted((row for row in rows if row[0] < UNSURE_BELOW), key=lambda row: row[:2])
    return group_of(
        "Unsure disputes",
        counted(len(rows), "dispute"),
        "They may be lively quarrels that do not go round in circles.",
        len(rows),
        (_dispute(number, loop) for _, number, loop in rows),
        "the section on disputes",
    )


def _dispute(number: int, loop: Loop) -> Pieces:
    name = Piece(f"Dispute {number}", f"#d{number}")
    return said(name, ": ", data(_short(loop.question)), f" – score {loop.score:.2f}")


def _short(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= 2 * _POSTS_SHOWN else folded[: 2 * _POSTS_SHOWN - 1] + "…"


def _nameless(book: Book) -> Group | None:
    posts = [post for post in book.posts if is_gone(post.author)]
    return group_of(
        "Authors without a name",
        counted(len(posts), "comment"),
        "The page shows no name, or says that the author is gone: several people may be counted as one.",
        bool(posts),
        [_many(book, posts)],
        "",
    )


def _foreign(book: Book) -> Group | None:
    found: dict[str, list[Post]] = {}
    if any(language != "unknown" for language in book.metrics("languages")):
        for post in book.posts:
            if post.lang is not None and post.lang != "en":
                found.setdefault(post.lang, []).append(post)
    order = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return group_of(
        "Languages that were not read",
        counted(sum(map(len, found.values())), "comment"),
        "What is said of agreement, stance and rhetoric leaves these out. A few words can be taken for the "
        "wrong language.",
        len(order),
        [said(f"{LANGUAGES.get(language, language)}: ", *_many(book, posts)) for language, posts in order],
        "tables/posts.csv (lang)",
    )


def _many(book: Book, posts: Sequence[Post]) -> Pieces:
    links = listed_pieces((post_link(book.refs[post.post_id]),) for post in posts[:_POSTS_SHOWN])
    more = len(posts) - _POSTS_SHOWN
    return said(*links, f" and {more:,} more, in tables/posts.csv" if more > 0 else "")


def _faults(book: Book) -> Group | None:
    faults = book.tables["faults"]
    return group_of(
        "What went wrong on the way",
        f"{book.count('faults'):,}",
        "Labels may be missing there.",
        len(faults),
        (_fault(book, fault) for fault in rows_of(Fault, faults.head(SHOWN))),
        "tables/faults.csv",
    )


def _fault(book: Book, fault: Fault) -> Pieces:
    ref = book.refs.get(fault.item_id)
    item = post_link(ref) if ref is not None else data(fault.item_id)
    return said(data(fault.stage), ", ", item, ": ", data(fault.problem))
