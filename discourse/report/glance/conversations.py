"""Who answers whom in a long thread: conversations, the largest first, with their main lines folded."""

from collections.abc import Sequence

from msgspec import Struct

from discourse.model import Post
from discourse.plots.style import label
from discourse.report.basis.book import Ref
from discourse.report.basis.words import counted
from discourse.report.glance.lineup import Lineup

MOST = 12  # conversations that are listed
_HUB = 5  # answers from which a post below which most others stand is taken for the matter of the thread
_LINES, _BRANCHES, _DEEPEST = 10, 3, 3  # of a folded tree: lines in all, branches of a line, levels
_LONG = 3  # posts from which a conversation's tree says something
_OPENING, _READ = 90, 1_000  # characters that are shown of a post, and that are looked at for them
_LEVELS = 8  # depths that are told apart


class Line(Struct, frozen=True):
    """One line of answers: a post, the answer to it below which most stands, and so on to the end."""

    level: int
    first: Ref
    last: Ref | None  # None where it is one post
    words: str


class Talk(Struct, frozen=True):
    """A post and all that stands below it."""

    head: Ref
    opening: str  # the first words that are its author's own; empty where there are none
    facts: list[str]
    share: float  # of the largest conversation, in per cent
    disagree: float  # share of its answers, in per cent
    lines: list[Line]


class Level(Struct, frozen=True):
    """How many posts have so many answers above them; shaped as a bar."""

    key: str
    words: str
    figure: str
    share: float  # per cent of the fullest level


class Talks(Struct, frozen=True):
    """The conversations of one thread."""

    words: list[str]
    shown: list[Talk]
    rest: str  # empty where all are shown
    levels: list[Level]


def talks(line: Lineup) -> Talks:
    """List the conversations of a thread, the largest first, among equals the earlier."""
    sizes = _sizes(line)
    heads, hub = _heads(line, sizes)
    ranked = sorted(heads, key=lambda post: -sizes[post.post_id])
    shown = [post for post in ranked[:MOST] if sizes[post.post_id] > 1]
    return Talks(
        words=_words(line, heads, hub, sizes),
        shown=[_talk(line, post, sizes, sizes[ranked[0].post_id]) for post in shown],
        rest=_rest(ranked[len(shown) :], sizes),
        levels=_levels(line),
    )


def _sizes(line: Lineup) -> dict[str, int]:
    """Count for each post itself and all posts below it, the deepest first."""
    sizes = dict.fromkeys(line.depths, 1)
    for post_id in sorted(line.depths, key=line.depths.__getitem__, reverse=True):
        parent = line.parents[post_id]
        if parent is not None:
            sizes[parent] += sizes[post_id]
    return sizes


def _heads(line: Lineup, sizes: dict[str, int]) -> tuple[list[Post], Post | None]:
    """Return the posts that start conversations, and the one post that most of the thread answers.

    Where one post has half the thread below it and many direct answers, such as the post that a forum
    puts up for discussion, each of these starts a conversation.
    """
    roots = line.children.get(None, [])
    for post in roots:
        answers = line.children.get(post.post_id, [])
        if len(answers) >= _HUB and 2 * sizes[post.post_id] > len(line.posts):
            return [other for other in roots if other is not post] + answers, post
    return roots, None


def _words(line: Lineup, heads: Sequence[Post], hub: Post | None, sizes: dict[str, int]) -> list[str]:
    links = line.book.count("links", line.unit)
    if not links:
        return ["No post answers another, as far as the page or its words tell."]
    alone = sum(sizes[post.post_id] == 1 for post in heads)
    told = f"{counted(len(heads), 'conversation')}, {alone:,} of them a post that nobody answers."
    if hub is not None:
        number = line.book.refs[hub.post_id].number
        below = counted(sizes[hub.post_id] - 1, "post stands", "posts stand")
        told = f"{below} below #{number}, so each direct answer to it counts as a conversation: {told}"
    deepest = max(line.depths.values())
    at = next(post for post in line.posts if line.depths[post.post_id] == deepest)
    deep = f"The deepest post, #{line.book.refs[at.post_id].number}, has {counted(deepest, 'post')} above it."
    return [_linked(line, links), told, deep]


def _linked(line: Lineup, links: int) -> str:
    book, unit = line.book, line.unit
    told = f"{counted(links, 'post answers', 'posts answer')} another"
    if guesses := book.count("links_guessed", unit):
        told += f"; {counted(guesses, 'of these links is a guess', 'of these links are guesses')}"
    if missing := book.count("links_missing", unit):
        told += f"; {counted(missing, 'leads', 'lead')} to a post that is not here"
    return told + "."


def _rest(others: Sequence[Post], sizes: dict[str, int]) -> str:
    held = sum(sizes[post.post_id] for post in others)
    return f"{counted(len(others), 'more conversation')} with {counted(held, 'post')}" if others else ""


def _below(line: Lineup, head: Post) -> list[Post]:
    found, stack = [], [head]
    while stack:
        post = stack.pop()
        found.append(post)
        stack += line.children.get(post.post_id, [])
    return found


def _talk(line: Lineup, head: Post, sizes: dict[str, int], largest: int) -> Talk:
    posts = _below(line, head)
    answers = [line.signs[post.post_id] for post in posts if post is not head]
    places = [line.places[post.post_id] for post in posts]
    deep = max(line.depths[post.post_id] for post in posts) - line.depths[head.post_id]
    disagree, agree = answers.count("disagree"), answers.count("agree")
    facts = [
        counted(len(posts), "post"),
        counted(len({post.author for post in posts}), "author"),
        f"{counted(deep, 'answer')} deep",
        f"#{line.ref(min(places)).number} to #{line.ref(max(places)).number}",
        f"{disagree:,} of {counted(len(answers), 'answer')} disagree, {agree:,} agree",
    ]
    return Talk(
        head=line.book.refs[head.post_id],
        opening=_opening(line, head),
        facts=facts,
        share=100 * len(posts) / largest,
        disagree=100 * disagree / len(answers),
        lines=_folded(line, head, sizes) if len(posts) >= _LONG else [],
    )


def _opening(line: Lineup, post: Post) -> str:
    start = 0
    for mark in line.book.marks.get(post.post_id, ()):
        if mark.layer == "quote" and not post.text[start : mark.start].strip():
            start = max(start, mark.end)
    words = post.text[start : start + _READ]
    return label(words, _OPENING) if words.strip() else ""


def _folded(line: Lineup, head: Post, sizes: dict[str, int]) -> list[Line]:
    """Fold a conversation into lines, each below the one that it leaves; what is left out is said there."""
    lines: list[Line] = []
    stack = [(head, 0)]
    while stack and len(lines) < _LINES:
        start, level = stack.pop()
        chain, branches = _main_line(line, start, sizes)
        ranked = sorted(branches, key=lambda post: (-sizes[post.post_id], line.places[post.post_id]))
        room = _LINES - len(lines) - len(stack) - 1
        wide = [
            post for post in ranked[: min(_BRANCHES, room)] if sizes[post.post_id] > 1 and level < _DEEPEST
        ]
        lines.append(_line(line, chain, level, [sizes[post.post_id] for post in ranked[len(wide) :]]))
        stack += [(post, level + 1) for post in reversed(wide)]
    return lines


def _main_line(line: Lineup, start: Post, sizes: dict[str, int]) -> tuple[list[Post], list[Post]]:
    """Follow the answer below which most stands, to the end; return that line and what leaves it."""
    chain, branches = [start], []
    while answers := line.children.get(chain[-1].post_id):
        main = max(answers, key=lambda post: sizes[post.post_id])
        branches += [post for post in answers if post is not main]
        chain.append(main)
    return chain, branches


def _line(line: Lineup, chain: list[Post], level: int, left_out: list[int]) -> Line:
    book = line.book
    said = [line.signs[post.post_id] for post in chain]
    people = len({post.author for post in chain})
    words = [counted(len(chain), "post") + (f" by {counted(people, 'author')}" if len(chain) > 1 else "")]
    words += [
        f"{said.count(sign):,} {sign if said.count(sign) > 1 else sign + 's'}"
        for sign in ("disagree", "agree")
        if sign in said
    ]
    if left_out:
        branches = "branch" if len(left_out) == 1 else "branches"
        words.append(f"beside it {len(left_out):,} more {branches} with {counted(sum(left_out), 'post')}")
    last = book.refs[chain[-1].post_id] if len(chain) > 1 else None
    return Line(level, book.refs[chain[0].post_id], last, ", ".join(words))


def _levels(line: Lineup) -> list[Level]:
    counts: dict[int, int] = {}
    for depth in line.depths.values():
        counts[min(depth, _LEVELS)] = counts.get(min(depth, _LEVELS), 0) + 1
    fullest = max(counts.values())
    names = {0: "answer nobody here", 1: "one post above", _LEVELS: f"{_LEVELS} posts or more above"}
    return [
        Level(
            "level",
            names.get(depth, f"{depth} posts above"),
            f"{counts[depth]:,}",
            100 * counts[depth] / fullest,
        )
        for depth in sorted(counts)
    ]
