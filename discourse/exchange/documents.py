"""Threads as documents that a person reads from top to bottom, for tools that label documents.

One post after the other, each below a header line that names its author and the post that it answers:

    [3] Wren → [1] Åse Lund
    The text of the post, as it is.

A blank line stands between posts. A thread becomes several documents where it is long, cut between posts.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct, field

from discourse.exchange.corpus import LabelledPost

# posts that may wait for others of their threads, where threads come mixed, and their characters
_WAITING = 2_000
_WAITING_CHARS = 4_000_000
_NAME = 60  # characters of an author's name in a header
_UNSAFE = re.compile(r"[^A-Za-z0-9-]+")
_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


class Bounds(Struct, frozen=True):
    """How long a document may grow; a single post may be longer."""

    posts: int
    chars: int  # of the posts' texts together


class PlacedPost(Struct, frozen=True):
    """A post within a document; places count code points of the document's text."""

    labelled: LabelledPost
    header: tuple[int, int]
    start: int  # of the post's text as the document shows it
    end: int


class Document(Struct, frozen=True):
    """Some posts of one thread, in order."""

    name: str  # a file's name without its ending, safe everywhere
    text: str
    posts: tuple[PlacedPost, ...]


class _Group(Struct):
    posts: list[LabelledPost] = field(default_factory=list)
    chars: int = 0

    def add(self, one: LabelledPost) -> None:
        self.posts.append(one)
        self.chars += len(one.post.text)


def thread_documents(
    posts: Iterable[LabelledPost], bounds: Bounds, shown: Callable[[str], str] = str
) -> Iterator[Document]:
    """Yield threads as documents, numbered in the order in which they are done.

    Posts of several threads may come mixed: a bounded number of them waits for others of their threads.

    Parameters
    ----------
    shown
        From a text to what the document shows for it, where the tool cannot take every character.
    """
    for number, group in enumerate(_groups(posts, bounds), 1):
        yield _document(number, group, shown)


def _groups(posts: Iterable[LabelledPost], bounds: Bounds) -> Iterator[list[LabelledPost]]:
    groups: dict[tuple[str, str], _Group] = {}
    waiting = chars = 0
    for one in posts:
        key = (one.run, one.post.thread_id)
        group = groups.get(key)
        if group and (len(group.posts) >= bounds.posts or group.chars + len(one.post.text) > bounds.chars):
            waiting, chars = waiting - len(group.posts), chars - group.chars
            yield groups.pop(key).posts
        groups.setdefault(key, _Group()).add(one)
        waiting, chars = waiting + 1, chars + len(one.post.text)
        while waiting > _WAITING or chars > _WAITING_CHARS:
            longest = groups.pop(next(iter(groups)))  # the one that has waited longest
            waiting, chars = waiting - len(longest.posts), chars - longest.chars
            yield longest.posts
    yield from (group.posts for group in groups.values())


def _document(number: int, group: list[LabelledPost], shown: Callable[[str], str]) -> Document:
    heads = {one.post.post_id: _head(one) for one in group}
    parts: list[str] = []
    placed: list[PlacedPost] = []
    place = 0
    for one in group:
        answered = one.post.reply_to
        arrow = f" → {heads.get(answered) or _one_line(answered)}" if answered else ""
        header, text = shown(heads[one.post.post_id] + arrow), shown(one.post.text)
        start = place + len(header) + 1
        placed.append(PlacedPost(one, (place, place + len(header)), start, start + len(text)))
        parts += [header, "\n", text, "\n\n"]
        place = start + len(text) + 2
    thread = _UNSAFE.sub("-", group[0].post.thread_id)[:40].strip("-")
    return Document(f"{number:05d}-{thread}".rstrip("-"), "".join(parts), tuple(placed))


def _head(one: LabelledPost) -> str:
    return f"[{one.post.position}] {_one_line(one.post.author)}".rstrip()


def _one_line(name: str) -> str:
    line = _BLANK.sub(" ", name).strip()
    return line if len(line) <= _NAME else line[: _NAME - 1] + "…"
