"""Which posts were read and which they answer, in sixteen bytes a post, to check links in a stream.

Ids are held as Python's 64-bit hashes, keyed anew in every process, so that nobody can write ids that
share one; that two of a hundred million do has a chance of 3 in 10,000. A parent may come after its
reply. What is exact: duplicates, self-replies, cycles and unknown parents over the whole file, up to
`REMEMBERED` posts. Beyond that the oldest are forgotten: links back to those are kept as named, and
counted as not checked.

Cycles are cut as `chains.cut_cycles` cuts them, but at once: a post has one link at most, so a
link closes a cycle only where the post answered hangs, by links of earlier posts, below the
post itself; the latest post of a cycle is the one whose link closes it.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Flags = NDArray[np.bool_]

REMEMBERED = 1 << 24  # posts, 16 bytes each
_RUNS = 8  # a run of hashes grows up to this part of what is remembered
_SHORTCUTS = 1 << 20
_NONE = np.uint64(0)


def hashes_of(names: Sequence[str | None]) -> Hashes:
    """Return a 64-bit hash a name; 0 for None, and for None alone."""
    found = np.fromiter(map(hash, names), np.int64, len(names))
    found[found == 0] = 1
    found[found == hash(None)] = 0
    return found.view(np.uint64)


class Runs(Struct):
    """A map from hashes to hashes that only grows: sorted arrays, merged when they are alike in size."""

    remembered: int = REMEMBERED
    runs: list[tuple[Hashes, Hashes]] = field(default_factory=list)
    has_forgotten: bool = False

    def __len__(self) -> int:
        return sum(len(keys) for keys, _ in self.runs)

    def add(self, keys: Hashes, values: Hashes) -> None:
        """Add keys, none of which is in the map."""
        if not len(keys):
            return
        order = np.argsort(keys)
        self.runs.append((keys[order], values[order]))
        longest = max(1, self.remembered // _RUNS)
        while len(self.runs) > 1:
            (a, _), (b, _) = self.runs[-2:]
            if len(a) > 2 * len(b) or len(a) + len(b) > longest:
                break
            self.runs[-2:] = [_merged(*self.runs[-2:])]
        while len(self.runs) > 1 and len(self) > self.remembered:
            del self.runs[0]
            self.has_forgotten = True

    def find(self, keys: Hashes) -> tuple[Flags, Hashes]:
        """Say which keys are in the map, and what they map to (0 where they are not)."""
        known = np.zeros(len(keys), dtype=np.bool_)
        values = np.zeros(len(keys), dtype=np.uint64)
        order = np.argsort(keys)
        wanted = keys[order]  # in order they are found ten times as fast: the next is near the last
        for run_keys, run_values in self.runs:
            at = np.searchsorted(run_keys, wanted)
            at[at == len(run_keys)] = 0
            hit = np.flatnonzero(run_keys[at] == wanted)
            known[order[hit]] = True
            values[order[hit]] = run_values[at[hit]]
        return known, values


class Links(Struct):
    """What became of the links of one batch."""

    parents: Hashes  # as given, 0 where a link was cut or dropped
    own: list[int]  # places of self-replies
    cycles: list[int]  # places of posts whose link closed a cycle
    dropped: list[int]  # places of links that count only if the post answered was read before


class Ledger:
    """The posts of one export, in the order in which they are read."""

    def __init__(self, remembered: int = REMEMBERED) -> None:
        self._posts = Runs(remembered)  # post -> the post it answers
        self._named = Runs(remembered)  # posts that were answered before they were read
        self._pending: list[Hashes] = []  # one a link to a post not read yet
        self._doubtful: list[Hashes] = []  # the same, since posts were forgotten
        self._remembered = remembered
        self._unchecked = 0  # links beyond those that are remembered
        self._shortcuts: dict[int, int] = {}  # post -> one far above it

    def repeated(self, ids: Hashes) -> Flags:
        """Say which ids stood earlier, in this batch or before it."""
        known, _ = self._posts.find(ids)
        ordered = np.sort(ids)
        if (ordered[1:] != ordered[:-1]).all():
            return known
        first = np.zeros(len(ids), dtype=np.bool_)
        first[np.unique(ids, return_index=True)[1]] = True
        return known | ~first

    def link(self, ids: Hashes, parents: Hashes, unsure: Flags | None = None) -> Links:
        """Take in a batch of posts and their links.

        Parameters
        ----------
        ids
            No two alike, none known (see `repeated`).
        parents
            0 where a post answers none.
        unsure
            Links to what may be no post at all, such as the page commented on: dropped unless it was read.
        """
        parents = parents.copy()
        places = np.arange(len(ids))
        place = _places_in(ids, parents)
        here = place >= 0
        known = np.zeros(len(ids), dtype=np.bool_)
        if len(away := np.flatnonzero(~here & (parents != _NONE))):
            known[away], _ = self._posts.find(parents[away])
        back = known | (here & (place < places))
        own = (parents == ids) & (parents != _NONE)
        dropped = (
            np.zeros(len(ids), dtype=np.bool_) if unsure is None else unsure & ~back & (parents != _NONE)
        )
        parents[own | dropped] = _NONE
        ahead = here & (place > places) & (parents != _NONE)
        named, _ = self._named.find(ids) if len(self._named) else (np.zeros(len(ids), dtype=np.bool_), None)
        named[place[ahead]] = True
        risky = np.flatnonzero(named & back & (parents != _NONE))
        cycles = self._close(risky.tolist(), ids, parents) if len(risky) else []
        self._remember(ids, parents, ~known & ~here & (parents != _NONE))
        return Links(parents, np.flatnonzero(own).tolist(), cycles, np.flatnonzero(dropped).tolist())

    def unknown(self) -> tuple[int, int]:
        """Count, when all posts were read, links to unknown posts, and links that could not be checked."""
        return self._count(self._pending), self._count(self._doubtful) + self._unchecked

    def _count(self, pending: list[Hashes]) -> int:
        return sum(int((~self._posts.find(hashes)[0]).sum()) for hashes in pending)

    def _remember(self, ids: Hashes, parents: Hashes, unseen: Flags) -> None:
        forgets = self._posts.has_forgotten
        if unseen.any():
            hashes = parents[unseen]
            if sum(map(len, (*self._pending, *self._doubtful))) > self._remembered:
                self._unchecked += len(hashes)
            else:
                (self._doubtful if forgets else self._pending).append(hashes)
            fresh = np.unique(hashes)
            self._named.add(known := fresh[~self._named.find(fresh)[0]], np.zeros_like(known))
        self._posts.add(ids, parents)

    def _close(self, risky: list[int], ids: Hashes, parents: Hashes) -> list[int]:
        """Cut, in order, the links that would close a cycle; return their places."""
        batch = {int(post): place for place, post in enumerate(ids.tolist())}
        cut = []
        for place in risky:
            if self._top(int(parents[place]), place, batch, parents) == int(ids[place]):
                parents[place] = _NONE
                cut.append(place)
        if len(self._shortcuts) > _SHORTCUTS:
            self._shortcuts.clear()
        return cut

    def _top(self, post: int, now: int, batch: dict[int, int], parents: Hashes) -> int:
        """Walk up, by the links of posts before place `now`, to where it ends; remember the way."""
        walked = []
        while True:
            above = self._shortcuts.get(post) or self._above(post, now, batch, parents)
            if not above:
                break
            walked.append(post)
            post = above
        self._shortcuts.update(dict.fromkeys(walked, post))
        return post

    def _above(self, post: int, now: int, batch: dict[int, int], parents: Hashes) -> int:
        if (place := batch.get(post)) is not None:
            return int(parents[place]) if place < now else 0
        return int(self._posts.find(np.array([post], dtype=np.uint64))[1][0])


def _places_in(ids: Hashes, names: Hashes) -> NDArray[np.int64]:
    """Return where in `ids` each name stands; -1 where it does not, or is 0."""
    order = np.argsort(ids)
    ordered = ids[order]
    at = np.searchsorted(ordered, names)
    at[at == len(ids)] = 0
    found = (ordered[at] == names) & (names != _NONE) if len(ids) else np.zeros(len(names), dtype=np.bool_)
    return np.where(found, order[at] if len(ids) else 0, -1)


def _merged(one: tuple[Hashes, Hashes], two: tuple[Hashes, Hashes]) -> tuple[Hashes, Hashes]:
    keys = np.concatenate([one[0], two[0]])
    order = np.argsort(keys, kind="stable")
    return keys[order], np.concatenate([one[1], two[1]])[order]
