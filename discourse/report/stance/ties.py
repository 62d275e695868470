"""Who answers whom in a thread, and whether they agree: what the network of two camps is drawn of."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

from discourse.model import Post
from discourse.report.basis.book import Book, Ref
from discourse.report.stance.grounds import SHOWN_POSTS
from discourse.summary import STATED

IN_A_CAMP = 16  # that a figure can name on one side
BETWEEN = 8  # of those not placed
SAID = {"disagree": "mostly disagree", "agree": "mostly agree", "neither": "neither prevails"}


class Tie(Struct):
    """Two authors who answer each other."""

    first: str
    second: str
    replies: int = 0
    disagree: int = 0
    agree: int = 0
    posts: list[Ref] = field(default_factory=list)  # the first of the replies

    @property
    def label(self) -> str:
        """Name what prevails: disagree, agree or neither."""
        if self.disagree == self.agree:
            return "neither"
        return "disagree" if self.disagree > self.agree else "agree"

    @property
    def said(self) -> str:
        """The same in words."""
        return SAID[self.label]

    @property
    def more(self) -> int:
        """How many replies there are beyond the posts named."""
        return self.replies - len(self.posts)


class Drawn(Struct, frozen=True):
    """Those whom a figure names, each group in the order of first posts."""

    camps: tuple[list[str], list[str]]
    between: list[str]  # not placed


def ties_of(book: Book, thread_id: str) -> list[Tie]:
    """Add up the replies between each two authors who have a name, in the order of their first replies.

    Only links that the page shows count, as where the camps were found; a reply to oneself does not.
    """
    found: dict[tuple[str, str], Tie] = {}
    for post in book.threads[thread_id]:
        answered = _answered(book, post)
        if answered and post.author:
            first, second = sorted((post.author, answered))
            tie = found.setdefault((first, second), Tie(first, second))
            said = _said(book, post)
            tie.replies += 1
            tie.disagree += said == "disagree"
            tie.agree += said == "agree"
            if len(tie.posts) < SHOWN_POSTS:
                tie.posts.append(book.refs[post.post_id])
    return list(found.values())


def _answered(book: Book, post: Post) -> str | None:
    parent = book.by_id.get(post.reply_to or "")
    if parent is None or parent.author == post.author or post.reply_evidence not in STATED:
        return None
    return parent.author


def _said(book: Book, post: Post) -> str:
    rows = book.marks.get(post.post_id, ())
    return next((row.label for row in rows if row.layer == "reply" and row.target == post.reply_to), "")


def choose(ties: Sequence[Tie], names: Sequence[str], camps: Mapping[str, int]) -> Drawn:
    """Choose whom a figure shows: the placed pairs of most replies, and those not placed tied to them.

    A camp that the figure can hold is shown whole.

    Parameters
    ----------
    names
        All authors, in the order of first posts, in which the chosen stand too.
    """
    inner = [tie for tie in ties if tie.first in camps and tie.second in camps]
    across = [tie for tie in inner if camps[tie.first] != camps[tie.second]]
    here = {name for camp in (1, 2) for name in _whole(camps, camp)}
    # ties between the camps first, lest one busy author's friends take all the room
    for found, most in ((across, IN_A_CAMP // 2), (inner, IN_A_CAMP)):
        _let_in(here, sorted(found, key=lambda tie: -tie.replies), camps, most)
    outer = _weights((tie for tie in ties if (tie.first in here) != (tie.second in here)), names)
    others = [name for name in names if name not in camps and outer[name]]
    placed = [[name for name in names if name in here and camps[name] == camp] for camp in (1, 2)]
    return Drawn((placed[0], placed[1]), _most(others, outer, BETWEEN))


def _whole(camps: Mapping[str, int], camp: int) -> list[str]:
    """Return all members of a camp that a figure can hold; of a larger one nobody yet."""
    members = [name for name, own in camps.items() if own == camp]
    return members if len(members) <= IN_A_CAMP else []


def _let_in(here: set[str], ties: Iterable[Tie], camps: Mapping[str, int], most: int) -> None:
    """Add both ends of each tie as long as there is room for both."""
    room = {camp: most - sum(camps[name] == camp for name in here) for camp in (1, 2)}
    for tie in ties:
        new = [camps[name] for name in (tie.first, tie.second) if name not in here]
        if all(room[camp] >= new.count(camp) for camp in new):
            here.update((tie.first, tie.second))
            for camp in new:
                room[camp] -= 1


def _weights(ties: Iterable[Tie], names: Iterable[str]) -> dict[str, int]:
    weights = dict.fromkeys(names, 0)
    for tie in ties:
        weights[tie.first] += tie.replies
        weights[tie.second] += tie.replies
    return weights


def _most(names: Sequence[str], weights: Mapping[str, int], most: int) -> list[str]:
    """Keep so many names of most weight, in the order in which they come."""
    kept = set(sorted(names, key=lambda name: -weights[name])[:most])
    return [name for name in names if name in kept]
