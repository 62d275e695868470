"""How far each coder has come: which posts were read for which layer."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import chain

from msgspec import Struct, field

from discourse.labels.decisions import Decision
from discourse.review.scene import Task


class _Read(Struct):
    """What one coder has read, as of an action of the journal."""

    action: int = -1
    layers: dict[str, set[int]] = field(default_factory=dict)  # numbers of posts, by layer


class Progress:
    """What every coder has read; asks the journal for all of it only where others wrote in it meanwhile."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._coders: dict[str, _Read] = {}
        self.numbers: Sequence[int] = task.sample or range(1, len(task.desk) + 1)  # to be read, in order
        self._wanted = set(self.numbers)

    def read(self, coder: str, layer: str) -> set[int]:
        """Return the numbers of the posts that a coder has read for a layer."""
        return self._of(coder).layers.get(layer, set())

    def done(self, coder: str) -> set[int]:
        """Return the numbers of the posts that a coder has read for all that is asked."""
        return set.intersection(*(self.read(coder, layer) for layer in self._task.layers))

    def shares(self, coder: str) -> dict[str, int]:
        """Return how many of the posts to be read were read, by layer."""
        return {layer: len(self.read(coder, layer) & self._wanted) for layer in self._task.layers}

    def next_unread(self, coder: str, after: int) -> int | None:
        """Return the next post to be read after another one, from the first on at the end; None of none."""
        done = self.done(coder)
        later = bisect_right(self.numbers, after)
        places = chain(range(later, len(self.numbers)), range(later))
        return next((self.numbers[place] for place in places if self.numbers[place] not in done), None)

    def note(self, coder: str, action: int, decisions: Sequence[Decision]) -> None:
        """Take in what was just written to the journal."""
        known = self._coders.get(coder)
        if known is not None and known.action == self._task.journal.last_action(coder, before=action):
            self._take(known, decisions)
            known.action = action

    def undo(self, coder: str, decisions: Sequence[Decision]) -> None:
        """Take out what was just undone, as far as nothing else says that it was read."""
        known = self._coders.get(coder)
        if known is None:
            return
        for post_id in {decision.post_id for decision in decisions}:
            for numbers in known.layers.values():
                numbers.discard(self._task.desk.numbers.get(post_id, 0))
            noted = self._task.journal.noted(post_id=post_id, annotator=coder, kind="read")
            self._take(known, [one.decision for one in noted])
        known.action = self._task.journal.last_action(coder)

    def _of(self, coder: str) -> _Read:
        last = self._task.journal.last_action(coder)
        known = self._coders.get(coder)
        if known is None or known.action != last:
            known = self._coders[coder] = _Read(last)
            noted = self._task.journal.noted(annotator=coder, kind="read")
            self._take(known, [one.decision for one in noted])
        return known

    def _take(self, known: _Read, decisions: Sequence[Decision]) -> None:
        desk = self._task.desk
        for decision in decisions:
            number = desk.numbers.get(decision.post_id)
            is_here = number is not None and desk.digests[number - 1] == decision.text_hash
            if decision.kind == "read" and number is not None and is_here:
                known.layers.setdefault(decision.value["layer"], set()).add(number)
