"""The full thread: every post below the one that it answers, with its marks and how deep it stands."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from discourse.chains import cut_cycles, depths
from discourse.model import Link, Post
from discourse.report.basis.book import Book, Ref
from discourse.report.basis.spans import Mark, Segment, cut, marks_of
from discourse.report.basis.words import EVIDENCE, counted, marker_anchor, plain
from discourse.report.disputes.course import Overview, overview
from discourse.tables import format_time, rows_of

FOLDED_FROM = 200  # posts of a thread from which its long conversations are folded
UNFOLDED = 8  # answers that a conversation of such a thread shows unfolded
SHOWN_CANDIDATES = 3


class Answer(Struct, frozen=True):
    """The link of a post to the one that it answers."""

    ref: Ref | None  # None where that post is not here
    evidence: str  # empty where the page names it without any doubt
    score: str  # empty where it says nothing more
    guess: bool


class Part(Struct, frozen=True):
    """A post's part in a loop."""

    loop: int
    letter: str
    turn: int
    role: str


class Item(Struct, frozen=True):
    """One post as the tree shows it."""

    ref: Ref
    depth: int  # replies above it
    time: str  # valid within HTML's `time`; empty where unknown
    addressee: str  # where the page names one and no post here is linked
    answer: Answer | None
    others: list[Answer]  # weaker candidates, the best first
    more_others: int  # that are not among these
    parts: list[Part]
    whole: list[Mark]  # said of the whole post, as far as its parts do not say the same
    marks: list[Mark]
    noted: str  # what stands in the list of reasons, counted
    segments: list[Segment]
    lines: str  # of a pasted page; empty for other sources
    replies: list[Ref]  # none where the only one stands right below
    keys: str  # what the filters look for, with blanks between


class Conversation(Struct, frozen=True):
    """A post that answers none here, and all that stands below it."""

    root: Item
    below: list[Item]
    fold: str  # what is folded, in words; empty where nothing is


class Tree(Struct, frozen=True):
    """One thread, each post after the one that it answers."""

    number: int
    conversations: list[Conversation]
    overview: Overview


class Filters(Struct, frozen=True):
    """What posts can be looked for."""

    markers: list[tuple[str, str]]  # key and words
    loops: list[tuple[str, str]]
    camps: list[tuple[str, str]]
    doubtful: int  # posts
    posts: int


class _Places(Struct, frozen=True):
    """What is looked up for every post, gathered once."""

    parts: Mapping[str, list[Part]]
    others: Mapping[str, list[Answer]]
    camps: Mapping[tuple[str, str], int] = field(default_factory=dict)  # by thread and author


def trees(book: Book) -> list[Tree]:
    """Lay every thread out as a tree, answers below what they answer, page order among equals."""
    places = _places(book)
    return [
        Tree(number, list(_conversations(book, posts, places)), overview(book, thread_id, posts))
        for number, (thread_id, posts) in enumerate(book.threads.items(), start=1)
    ]


def filters(book: Book, laid: Sequence[Tree]) -> Filters:
    """Say by what the posts of these trees can be filtered."""
    items = [item for tree in laid for talk in tree.conversations for item in (talk.root, *talk.below)]
    seen = {key for item in items for key in item.keys.split()}
    markers = {mark.label for item in items for mark in item.marks if mark.layer == "rhetoric"}
    return Filters(
        markers=[(marker_anchor(label), plain(label)) for label in sorted(markers)],
        loops=[
            (f"l{number}", f"{number}: {loop.question}")
            for number, loop in enumerate(book.loops, start=1)
            if f"l{number}" in seen
        ],
        camps=[*(pair for pair in _CAMPS.items() if pair[0] in seen), _NO_CAMP] if seen & {*_CAMPS} else [],
        doubtful=sum("u" in item.keys.split() for item in items),
        posts=len(items),
    )


_CAMPS = {"c1": "camp 1", "c2": "camp 2"}
_NO_CAMP = ("c0", "in no camp")  # a key that no post carries: most posts of a long thread would


def _conversations(book: Book, posts: list[Post], places: _Places) -> Iterator[Conversation]:
    talk: list[Item] = []
    folds = len(posts) >= FOLDED_FROM
    for post, depth, replies in _walk(posts):
        if depth == 0 and talk:
            yield _conversation(talk, folds)
            talk = []
        talk.append(_item(book, post, depth, replies, places))
    if talk:
        yield _conversation(talk, folds)


def _conversation(talk: list[Item], folds: bool) -> Conversation:
    root, below = talk[0], talk[1:]
    if not folds or len(below) <= UNFOLDED:
        return Conversation(root, below, "")
    authors = len({item.ref.author for item in below})
    deepest = max(item.depth for item in below)
    fold = f"{len(below):,} answers by {counted(authors, 'author')}, {counted(deepest, 'level')} deep"
    return Conversation(root, below, fold)


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


def _item(book: Book, post: Post, depth: int, replies: list[str], places: _Places) -> Item:
    marks = marks_of(book, post.post_id)
    parts = places.parts.get(post.post_id, [])
    others = places.others.get(post.post_id, [])
    known = post.start_line is not None and post.end_line is not None
    moment = format_time(post.timestamp) or ""
    answer = _answer(book, post)
    return Item(
        ref=book.refs[post.post_id],
        depth=depth,
        time=f"{moment[:10]} {moment[11:16]}Z" if moment else "",
        addressee=post.addressee or "" if post.reply_to not in book.refs else "",
        answer=answer,
        others=others[:SHOWN_CANDIDATES],
        more_others=max(0, len(others) - SHOWN_CANDIDATES),
        parts=parts,
        whole=list(_said_of_all(marks, parts)),
        marks=marks,
        noted=counted(len(marks), "label") if marks else "other candidates",
        segments=cut(post.text, [mark for mark in marks if not mark.whole]),
        lines=f"{post.start_line}–{post.end_line}" if known else "",
        replies=[book.refs[reply] for reply in replies] if len(replies) > 1 else [],
        keys=_keys(book, post, marks, places),
    )


def _said_of_all(marks: Sequence[Mark], parts: Sequence[Part]) -> Iterator[Mark]:
    """Yield the marks of a whole post that say more than its parts in disputes and than its link do."""
    told = {f"#d{part.loop}" for part in parts}
    for mark in marks:
        if mark.whole and mark.label != "neither" and not (mark.layer == "claim" and mark.href in told):
            yield mark


def _keys(book: Book, post: Post, marks: Sequence[Mark], places: _Places) -> str:
    camp = places.camps.get((post.thread_id, post.author))
    parts = places.parts.get(post.post_id, [])
    keys = [
        *[f"c{camp}"] * (camp is not None),
        *dict.fromkeys(marker_anchor(mark.label) for mark in marks if mark.layer == "rhetoric"),
        *dict.fromkeys(f"l{part.loop}" for part in parts),
        *["u"] * (post.post_id in book.doubtful),
    ]
    return " ".join(keys)


def _answer(book: Book, post: Post) -> Answer | None:
    if post.reply_to is None:
        return None
    plain = post.reply_evidence == "explicit"
    sure = post.reply_score is None or (plain and post.reply_score == 1)
    return Answer(
        ref=book.refs.get(post.reply_to),
        evidence="" if plain else EVIDENCE[post.reply_evidence],
        score="" if sure else f"{post.reply_score:.2f}",
        guess=book.guessed(post),
    )


def _places(book: Book) -> _Places:
    return _Places(
        parts=_parts(book),
        others=_other_links(book),
        camps={(row["thread_id"], row["author"]): int(row["camp"]) for row in book.camps},
    )


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
