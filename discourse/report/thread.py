"""The reply tree: every post with what it answers, its marks and how deep it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from discourse.chains import cut_cycles, depths
from discourse.model import Link, Post
from discourse.report.book import Book, Ref
from discourse.report.shape import Overview, overview
from discourse.report.spans import Mark, Segment, cut, marks_of
from discourse.report.words import EVIDENCE, counted
from discourse.tables import format_time, rows_of


@dataclass(frozen=True)
class Answer:
    """The link of a post to the one that it answers."""

    ref: Ref | None  # None where that post is not here
    evidence: str
    score: str  # empty where none is known
    guess: bool


@dataclass(frozen=True)
class Part:
    """A post's part in a loop."""

    loop: int
    letter: str
    turn: int
    role: str


@dataclass(frozen=True)
class Item:
    """One post as the tree shows it."""

    ref: Ref
    depth: int  # replies above it
    iso: str  # time, ISO 8601; empty where unknown
    time: str
    addressee: str  # where the page names one and no post here is linked
    answer: Answer | None
    others: list[Answer]  # weaker candidates
    parts: list[Part]
    whole: list[Mark]
    marks: list[Mark]
    noted: str  # what stands in the list of reasons, counted
    segments: list[Segment]
    lines: str  # of a pasted page; empty for other sources
    replies: list[Ref]


@dataclass(frozen=True)
class Tree:
    """One thread, each post after the one that it answers."""

    number: int
    items: list[Item]
    overview: Overview


def trees(book: Book) -> list[Tree]:
    """Lay every thread out as a tree, answers below what they answer, page order among equals."""
    parts, others = _parts(book), _other_links(book)
    return [
        Tree(
            number,
            [
                _item(book, post, depth, replies, parts=parts, others=others)
                for post, depth, replies in _walk(posts)
            ],
            overview(book, thread_id, posts),
        )
        for number, (thread_id, posts) in enumerate(book.threads.items(), start=1)
    ]


def _walk(posts: list[Post]) -> Iterator[tuple[Post, int, list[str]]]:
    """Yield posts depth first with a stack, since real chains run deeper than Python recurses."""
    here = {post.post_id: post for post in posts}
    parents = {post.post_id: post.reply_to if post.reply_to in here else None for post in posts}
    parents |= dict.fromkeys(cut_cycles(parents))
    children: dict[str | None, list[str]] = {}
    for post_id, parent in parents.items():
        children.setdefault(parent, []).append(post_id)
    depth = depths(parents)
    stack = children.get(None, [])[::-1]
    while stack:
        post_id = stack.pop()
        replies = children.get(post_id, [])
        yield here[post_id], depth[post_id], replies
        stack += replies[::-1]


def _item(
    book: Book,
    post: Post,
    depth: int,
    replies: list[str],
    *,
    parts: dict[str, list[Part]],
    others: dict[str, list[Answer]],
) -> Item:
    marks = marks_of(book, post.post_id)
    moment = format_time(post.timestamp) or ""
    known = post.start_line is not None and post.end_line is not None
    return Item(
        ref=book.refs[post.post_id],
        depth=depth,
        iso=moment,
        time=moment.replace("T", " ").removesuffix(":00Z").removesuffix("Z") + " UTC" if moment else "",
        addressee=post.addressee or "" if post.reply_to not in book.refs else "",
        answer=_answer(book, post),
        others=others.get(post.post_id, []),
        parts=parts.get(post.post_id, []),
        whole=[mark for mark in marks if mark.whole],
        marks=marks,
        noted=counted(len(marks), "mark") if marks else "other candidates",
        segments=cut(post.text, [mark for mark in marks if not mark.whole]),
        lines=f"{post.start_line}–{post.end_line}" if known else "",
        replies=[book.refs[reply] for reply in replies],
    )


def _answer(book: Book, post: Post) -> Answer | None:
    if post.reply_to is None:
        return None
    score = "" if post.reply_score is None else f"{post.reply_score:.2f}"
    evidence = EVIDENCE[post.reply_evidence]
    return Answer(book.refs.get(post.reply_to), evidence, score, book.guessed(post))


def _other_links(book: Book) -> dict[str, list[Answer]]:
    found: dict[str, dict[str, Link]] = {}
    for link in rows_of(Link, book.tables["links"]):
        post = book.by_id.get(link.post_id)
        if post is not None and link.reply_to != post.reply_to:
            best = found.setdefault(link.post_id, {}).setdefault(link.reply_to, link)
            if link.score > best.score:
                found[link.post_id][link.reply_to] = link
    return {
        post_id: [
            Answer(book.refs.get(link.reply_to), EVIDENCE[link.evidence], f"{link.score:.2f}", guess=True)
            for link in sorted(links.values(), key=lambda link: -link.score)
        ]
        for post_id, links in found.items()
    }


def _parts(book: Book) -> dict[str, list[Part]]:
    found: dict[str, list[Part]] = {}
    for number, loop in enumerate(book.loops, start=1):
        for turn in book.turns[loop.loop_id]:
            role = "asserts" if turn.role == "assertion" else "restates"
            if turn.role == "restatement" and turn.is_empty:
                role = "restates, nothing new"
            found.setdefault(turn.post_id, []).append(Part(number, turn.side, turn.turn, role))
    return found
