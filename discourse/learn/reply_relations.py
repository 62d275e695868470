"""Who answers whom in threads, and what the texts say of it: sums over the replies of the same people."""

import math
from functools import cached_property

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from discourse.learn.reply_sets import Floats, Ints

_USUAL = 0.7  # lead of disagreement that is common on forums


class Tally(Struct, frozen=True):
    """For each reply those of its kind: how many, and the sums of their leads by text."""

    count: Ints
    against: Floats
    aside: Floats

    def held_back(self, against: Floats, aside: Floats, doubt: float) -> tuple[Floats, Floats]:
        """Return both mean leads without the reply's own, nearer to 0 the fewer are left."""
        rest = self.count - 1 + doubt
        return (self.against - against) / rest, (self.aside - aside) / rest


class Relations:
    """Replies by who answers whom.

    Parameters
    ----------
    mine, theirs
        Numbers of the people who write each reply, and whom it answers; replies of a thread in page order.
    against, aside
        By how much the text of each leads to disagreement, and to neither.
    named
        Whether both people have names: those without one are many, who quarrel with nobody as one.
    """

    def __init__(
        self, mine: Ints, theirs: Ints, *, against: Floats, aside: Floats, named: NDArray[np.bool_]
    ) -> None:
        self._mine, self._theirs = mine, theirs
        self.against, self.aside = against, aside
        self._named = named
        self._width = int(max(mine.max(initial=0), theirs.max(initial=0))) + 1
        self._keys, self._first, self._pair = np.unique(
            mine * self._width + theirs, return_index=True, return_inverse=True
        )

    def _summed(self, groups: Ints) -> Tally:
        """Sum over the replies of each group, in their order: the same bits whatever else is there."""
        return Tally(
            np.bincount(groups),
            np.bincount(groups, self.against).astype(np.float64, copy=False),  # whole where there are none
            np.bincount(groups, self.aside).astype(np.float64, copy=False),
        )

    @cached_property
    def _directed(self) -> Tally:
        """Sums for each two people of whom one answers the other, in the order of their numbers."""
        return self._summed(self._pair)

    @cached_property
    def there(self) -> Tally:
        """Replies of the same author to the same person."""
        return _taken(self._directed, self._pair)

    @cached_property
    def back(self) -> Tally:
        """Replies of that person to the author."""
        keys = self._theirs * self._width + self._mine
        places = np.searchsorted(self._keys, keys)
        places[places == len(self._keys)] = 0
        given = self._keys[places] == keys if len(keys) else np.zeros(0, np.bool_)
        found = _taken(self._directed, places)
        return Tally(
            np.where(given, found.count, 0),
            np.where(given, found.against, 0.0),
            np.where(given, found.aside, 0.0),
        )

    @cached_property
    def between(self) -> Tally:
        """Replies of the two to each other; one's own to oneself count once."""
        there, back, same = self.there, self.back, self._mine == self._theirs
        return Tally(
            there.count + np.where(same, 0, back.count),
            there.against + np.where(same, 0.0, back.against),
            there.aside + np.where(same, 0.0, back.aside),
        )

    @cached_property
    def mine(self) -> Tally:
        """Replies of the same author to anybody."""
        return _taken(self._summed(self._mine), self._mine)

    @cached_property
    def to_them(self) -> Tally:
        """Replies of anybody to the same person."""
        return _taken(self._summed(self._theirs), self._theirs)

    def common_enemies(self) -> Floats:
        """Say whether two people quarrel with the same third ones, or one with the other's friends."""
        quarrels = self._quarrels()
        found = np.zeros(len(self._keys))
        for place, key in enumerate(self._keys.tolist()):
            one, other = divmod(key, self._width)
            fewer, more = sorted((quarrels.get(one, {}), quarrels.get(other, {})), key=len)
            if len(fewer) > 1 or one == other:  # of two who quarrel each has at least the other one
                both = [pull * more[name] for name, pull in fewer.items() if name in more]
                found[place] = sum(both) / (1 + len(both))
        return found[self._pair]

    def _quarrels(self) -> dict[int, dict[int, float]]:
        """How far each author quarrels with each other one, from -1 to 1, in the order of first replies."""
        first = np.sort(self._first)
        first = first[self._named[first] & (self._mine[first] != self._theirs[first])]
        pulls = (self.between.against[first] - _USUAL * self.between.count[first]) / 2
        found: dict[int, dict[int, float]] = {}
        rows = zip(self._mine[first].tolist(), self._theirs[first].tolist(), pulls.tolist(), strict=True)
        for one, other, pull in rows:
            found.setdefault(one, {})[other] = found.setdefault(other, {})[one] = math.tanh(pull)
        return found


def _taken(sums: Tally, groups: Ints) -> Tally:
    return Tally(sums.count[groups], sums.against[groups], sums.aside[groups])
