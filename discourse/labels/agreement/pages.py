"""Pages as borders between posts: where each annotator sees a post begin."""

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct, field

from discourse.labels.agreement.coefficients import Codes
from discourse.labels.agreement.reading import MACHINE, CodedPost


class Place(Struct, frozen=True):
    """A place of a page at which a post may begin: where a line begins, or where somebody cuts one."""

    post: int  # by number
    thread: int
    begins: dict[str, bool]  # by annotator who looked


class Pages(Struct):
    """Gathers where posts begin, page by page.

    The places of a post are its lines, and within a line where a person cuts it; the first place of a page
    is left out, since a post begins there for everybody.
    """

    people: Sequence[str]
    _pages: dict[str, list[Place]] = field(default_factory=dict)

    def add(self, post: CodedPost, thread: int) -> None:
        """Take in a post that somebody coded; who looked for splits and changed nothing lets them stand."""
        lookers = [
            name
            for name in post.people
            if post.looks(name, "split") or name in post.joins or name in post.splits
        ]
        if not lookers:
            return
        lines = _lines(post.text)
        cuts = {name: {_at_line(post.text, at) for at in post.splits.get(name, ())} for name in lookers}
        page = self._pages.setdefault(post.source_id, [])
        for at in sorted({0, *lines, *(place for places in cuts.values() for place in places)}):
            if at == 0 and post.position == 1:
                continue
            begins = {name: name not in post.joins if at == 0 else at in cuts[name] for name in lookers}
            page.append(Place(post.number, thread, {**begins, MACHINE: at == 0}))

    def pair(self, first: str, second: str) -> Iterator[tuple[Codes, Codes, Codes, Codes]]:
        """Yield borders of each page's posts that both looked at, first's and second's; posts and threads."""
        for page in self._pages.values():
            places = [place for place in page if first in place.begins and second in place.begins]
            if places:
                rows = [
                    (place.begins[first], place.begins[second], place.post, place.thread) for place in places
                ]
                one, two, posts, threads = np.array(rows, dtype=np.int64).T
                yield one, two, posts, threads


def _lines(text: str) -> list[int]:
    """Return where the lines that hold more than blanks begin."""
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(at)
        at += len(line) + 1
    return found


def _at_line(text: str, at: int) -> int:
    """Return the beginning of the line that a place is at, where blanks alone lie between; else the place."""
    begin = text.rfind("\n", 0, at) + 1
    return begin if not text[begin:at].strip() and begin else at
