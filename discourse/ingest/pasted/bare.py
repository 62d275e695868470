"""Read the layout in which nothing but the author's name, and the name answered, stands between comments.

Each line gets odds of being a name (`cues`, weighed by `profiles/bare-names.toml`), first alone
and then knowing what its neighbours and its like got. One best path over the whole page then
divides it into author, addressee and body lines; where the page states a count, the price of a
post is shifted, within bounds, to the point at which the path has that many.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from discourse.ingest.pasted.barelines import BareLine
from discourse.ingest.pasted.cues import cues, second_cues
from discourse.ingest.pasted.namemodel import name_model

_FLOOR, _CEILING = -9.0, 9.0  # log odds beyond which no line is surer
_IMPOSSIBLE = -1e9
AUTHOR, ADDRESSEE, BODY, BEFORE = (
    0,
    1,
    2,
    3,
)  # what a line can be; BEFORE: the page has not come to its comments


class BarePost(Struct, frozen=True):
    """Where a post's header stands among the lines that are not blank."""

    author: int
    addressee: int | None
    odds: float  # log odds of its weakest header line


class Split(Struct, frozen=True):
    """A page divided into posts."""

    posts: tuple[BarePost, ...]
    shift: float  # how far the price of a post was moved to meet the stated count
    odds: NDArray[np.float64]  # log odds of being a name, for each line; very low where it cannot be one


def split(lines: Sequence[BareLine], *, stated: int | None = None, begins: bool = True) -> Split:
    """Divide lines into posts.

    Parameters
    ----------
    stated
        How many posts the page says it holds; a hint that the path follows only at a low price.
    begins
        Whether the first line must be an author's; otherwise an article may stand before it.
    """
    if not lines:
        return Split((), 0.0, np.zeros(0))
    odds = name_odds(lines)
    begins = begins and bool(lines[0].name)
    rules = _Rules(lines, odds, name_model().prices, begins=begins)
    rules.know(
        Counter(
            lines[place].name for place, kind in enumerate(rules.path(0.0)) if kind in (AUTHOR, ADDRESSEE)
        )
    )
    shift = 0.0 if stated is None else _shift_to(rules, stated)
    return Split(tuple(_posts(rules.path(shift), odds)), shift, odds)


def name_odds(lines: Sequence[BareLine]) -> NDArray[np.float64]:
    """Return each line's log odds of being an author's or addressee's name."""
    model = name_model()
    odds = np.full(len(lines), _FLOOR * 2)
    places, rows = cues(lines)
    if places:
        first = _sigmoid(model.first_odds(rows))
        more = second_cues(lines, places, first)
        odds[places] = np.clip(model.second_odds(np.hstack([rows, more])), _FLOOR, _CEILING)
    return np.round(odds, 4)


def _sigmoid(values: NDArray[np.float64]) -> NDArray[np.float64]:
    squeezed: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-np.clip(values, -30, 30)))
    return squeezed


class _Rules:
    """What a path over the page costs: odds of the lines, and which kind may follow which."""

    def __init__(
        self, lines: Sequence[BareLine], odds: NDArray[np.float64], price: dict[str, float], *, begins: bool
    ) -> None:
        self.begins = begins
        self.price = price
        self.author = odds.tolist()
        self.names = [line.name for line in lines]
        self.addressee = [
            odd + (price["glued"] if line.moment is not None else 0.0)
            for line, odd in zip(lines, self.author, strict=True)
        ]
        # a time is glued to the name answered, never to an author's own
        self.author = [
            odd - (price["glued"] if line.moment is not None else 0.0)
            for line, odd in zip(lines, self.author, strict=True)
        ]
        same = [False, *(here.name == there.name for here, there in pairwise(lines))]
        self.reply = [price["reply"] + (price["to_self"] if twin else 0.0) for twin in same]
        # a body that goes on behind a glued line's dots needs no line of its own
        self.empty = [0.0 if line.rest is not None else price["empty"] for line in lines]

    def know(self, names: Counter[str]) -> None:
        """Make addressees dearer who are named only once among the page's headers, others cheaper."""
        self.addressee = [
            round(odd + self.price["known" if names[name] > 1 else "stranger"], 4)
            for odd, name in zip(self.addressee, self.names, strict=True)
        ]

    def path(self, shift: float) -> list[int]:
        """Return the kinds of the best path; `shift` is added for every post."""
        low = _IMPOSSIBLE
        a, d, b, x = (self.author[0] + shift, low, low, low if self.begins else 0.0)
        if self.begins:
            a = max(a, 0.0)
        back: list[tuple[int, int, int]] = []
        for place in range(1, len(self.author)):
            gap, gap_d = a + self.price["empty"], d + self.empty[place - 1]
            starts = [gap, gap_d, b, x]
            from_a = starts.index(max(starts))
            from_b = (a, d, b).index(max(a, d, b))
            back.append((from_a, from_b, BEFORE))
            a, d, b = (
                starts[from_a] + self.author[place] + shift,
                a + self.addressee[place] + self.reply[place],
                (a, d, b)[from_b],
            )
        ends = [a + self.price["empty"], d + self.empty[-1], b, x]
        return self._trace(ends.index(max(ends)), back)

    @staticmethod
    def _trace(last: int, back: Sequence[tuple[int, int, int]]) -> list[int]:
        path = [last]
        for from_a, from_b, _ in reversed(back):
            here = path[-1]
            path.append(
                from_a
                if here == AUTHOR
                else AUTHOR
                if here == ADDRESSEE
                else from_b
                if here == BODY
                else BEFORE
            )
        return path[::-1]


def _shift_to(rules: _Rules, stated: int) -> float:
    """Find the smallest shift, within bounds, at which the path has the stated number of posts."""
    found = rules.path(0.0).count(AUTHOR)
    if found == stated or abs(found - stated) > max(2, rules.price["slack"] * stated):
        return 0.0
    low, high = (0.0, rules.price["more"]) if found < stated else (-rules.price["fewer"], 0.0)
    for _ in range(16):
        middle = round((low + high) / 2, 4)
        count = rules.path(middle).count(AUTHOR)
        if count == stated:
            return middle
        low, high = (middle, high) if count < stated else (low, middle)
    return 0.0


def _posts(path: Sequence[int], odds: NDArray[np.float64]) -> list[BarePost]:
    posts = []
    for place, kind in enumerate(path):
        if kind == AUTHOR:
            answers = place + 1 < len(path) and path[place + 1] == ADDRESSEE
            weakest = min(odds[place], odds[place + 1]) if answers else odds[place]
            posts.append(BarePost(place, place + 1 if answers else None, float(weakest)))
    return posts
