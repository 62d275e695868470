"""What went wrong while an export was read: the first rows of each kind, then a count."""

from collections import Counter

from discourse.model import Fault

SHOWN = 100  # rows of one kind; the others are counted


class FaultLog:
    """Faults by kind; bounded however broken the file is."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.found: Counter[str] = Counter()
        self._rows: list[Fault] = []
        self._counted: Counter[str] = Counter()

    def add(self, kind: str, item: object, problem: str, times: int = 1) -> None:
        """Note one fault (or several alike, in one row) of a kind such as "broken line"."""
        if self.found[kind] < SHOWN:
            self._rows.append(Fault(stage="read", item_id=str(item), problem=problem))
        self.found[kind] += times

    def count(self, kind: str, times: int = 1) -> None:
        """Note what is shown as one number at the end, such as "posts marked as spam, left out"."""
        self._counted[kind] += times

    def at(self, place: int, unit: str) -> str:
        """Name a place of the source, for `item_id`."""
        return f"{self.source}, {unit} {place}"

    def rows(self) -> list[Fault]:
        """Return the rows so far, and one for each kind that has more than are shown."""
        more = [
            Fault(stage="read", item_id=self.source, problem=f"{times - SHOWN} more: {kind}")
            for kind, times in self.found.items()
            if times > SHOWN
        ]
        counted = [
            Fault(stage="read", item_id=self.source, problem=f"{times} {kind}")
            for kind, times in self._counted.items()
            if times
        ]
        return [*self._rows, *more, *counted]

    def total(self, kind: str) -> int:
        """Return how often a kind was noted or counted."""
        return self.found[kind] + self._counted[kind]
