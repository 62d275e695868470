"""Who answers whom in a thread, and how far each answer agrees or disagrees."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from discourse.analysis.base import ThreadView
from discourse.analysis.loops.dispute import Links
from discourse.analysis.stance.text_shares import known_answer

_NEAR = 6  # posts right above a post without a link that it may answer
_SIGNS = {"disagree": 1.0, "agree": -1.0}


class Answers:
    """The answers of a thread; posts are named by their place, 0-based.

    A post answers the posts of others that it links to or quotes. One without a link, or with one to
    the first post alone, which flat threads give to all, may answer any of the few posts of others
    right above it; one that links to its own author's posts alone answers nobody.
    """

    def __init__(self, thread: ThreadView) -> None:
        self._links = thread.remembered(Links)
        self.authors = [view.post.author for view in thread.posts]
        self._thread = thread

    def above(self, place: int) -> list[int]:
        """Return the posts of others that a post answers, in thread order."""
        linked, author = self._links.direct(place), self.authors[place]
        found: Sequence[int] = linked[::-1] or range(max(0, place - _NEAR), place)
        return [up for up in found if self.authors[up] != author]

    @cached_property
    def parents(self) -> list[int | None]:
        """The latest post that each post answers; None where it answers none."""
        found = map(self.above, range(len(self.authors)))
        return [ups[-1] if ups else None for ups in found]

    @cached_property
    def below(self) -> list[list[int]]:
        """Posts whose parent each post is."""
        found: list[list[int]] = [[] for _ in self.authors]
        for place, parent in enumerate(self.parents):
            if parent is not None:
                found[parent].append(place)
        return found

    def dissent(self, place: int) -> Mapping[int, float]:
        """Return how far a post disagrees with each post of others that it was judged to answer.

        1 is sure disagreement, -1 sure agreement, 0 neither.
        """
        return self._said.get(place, {})

    def dissent_met(self, place: int) -> Mapping[int, float]:
        """Return how far each later post of others that answers a post disagrees with it."""
        return self._met.get(place, {})

    @cached_property
    def _said(self) -> dict[int, dict[int, float]]:
        return _said(self._thread)

    @cached_property
    def _met(self) -> dict[int, dict[int, float]]:
        met: dict[int, dict[int, float]] = {}
        for place, its in self._said.items():
            for up, value in its.items():
                met.setdefault(up, {})[place] = value
        return met


def _said(thread: ThreadView) -> dict[int, dict[int, float]]:
    places = thread.places
    found: dict[int, dict[int, float]] = {}
    rows = [row for row in thread.annotations if row.layer == "reply"]
    # the last one counts: what a person says, else the surest maker
    for row in sorted(rows, key=lambda row: (row.annotator.startswith("human:"), row.score)):
        said = known_answer(thread, row)
        if said is None or row.target is None or row.target not in places:
            continue
        place, up = places[row.post_id], places[row.target]
        if thread.posts[place].post.author != thread.posts[up].post.author:
            found.setdefault(place, {})[up] = _SIGNS.get(said[0], 0.0) * said[1]
    return found
