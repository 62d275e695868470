"""The slots of header rows: what stands between the words and marks that most rows of a kind share."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from msgspec import Struct

from discourse.ingest.pasted.alike import Floats
from discourse.ingest.pasted.rows import Row, Token

_SHARE = 0.3  # share of a tag's rows from which on a word or mark is the page's own
_LEAST = 3  # rows that it takes, where there are so many
_START, _END = "\x02", "\x03"  # a row's ends, as what stands beside a slot

SLOT = (
    "shared size from_start from_end rows rows_share distinct again elsewhere mean_size mean_length "
    "mean_capital open_left open_right"
).split()

Key = tuple[int, str, str]  # a tag, and what stands before and behind


class Slot(Struct, frozen=True):
    """A run of tokens of one row, all shared or none of them."""

    first: int
    last: int  # one past the last token
    key: Key
    text: str  # in lower case
    shared: bool


class Slots:
    """The slots of all header rows of a page, and how alike those between the same neighbours are."""

    def __init__(self, rows: Sequence[tuple[int, Row, Sequence[Token]]]) -> None:
        """Rows as their tags, themselves and their tokens."""
        number = Counter(tag for tag, _, _ in rows)
        times: Counter[tuple[int, str]] = Counter()
        for tag, _, tokens in rows:
            times.update({(tag, token.mask) for token in tokens})
        self._shared = {
            key for key, n in times.items() if n >= max(min(_LEAST, number[key[0]]), _SHARE * number[key[0]])
        }
        self._rows = number
        self.of = [self._cut(tag, row, tokens) for tag, row, tokens in rows]
        self._times: Counter[Key] = Counter()
        self._same: Counter[tuple[Key, str]] = Counter()
        self._texts: Counter[str] = Counter()
        self._kinds: defaultdict[Key, set[str]] = defaultdict(set)
        self._sums: defaultdict[Key, Floats] = defaultdict(lambda: np.zeros(3))
        for (_, row, tokens), slots in zip(rows, self.of, strict=True):
            for slot in slots:
                self._add(row, tokens, slot)

    def _cut(self, tag: int, row: Row, tokens: Sequence[Token]) -> list[Slot]:
        flags = [(tag, token.mask) in self._shared for token in tokens]
        edges = [0, *(i for i in range(1, len(flags)) if flags[i] != flags[i - 1] or flags[i]), len(flags)]
        found = []
        for first, last in pairwise(edges):
            before = tokens[first - 1].mask if first else _START
            behind = tokens[last].mask if last < len(tokens) else _END
            middle = tokens[first].mask if flags[first] else ""
            text = row.text[tokens[first].start : tokens[last - 1].end].casefold()
            key = (tag, middle or before, _START + behind if middle else behind)
            found.append(Slot(first, last, key, text, flags[first]))
        return found

    def _add(self, row: Row, tokens: Sequence[Token], slot: Slot) -> None:
        self._times[slot.key] += 1
        self._same[slot.key, slot.text] += 1
        self._texts[slot.text] += 1
        self._kinds[slot.key].add(slot.text)
        capital = row.text[tokens[slot.first].start].isupper()
        self._sums[slot.key] += (slot.last - slot.first, len(slot.text), capital)

    def traits(self, at: int) -> Floats:
        """Return one line of `SLOT` for each token of a row, by the row's place among those given."""
        lines = [self._line(slot, step) for slot in self.of[at] for step in range(slot.first, slot.last)]
        return np.array(lines, dtype=float)

    def _line(self, slot: Slot, step: int) -> tuple[float, ...]:
        times = self._times[slot.key]
        same = self._same[slot.key, slot.text]
        size, length, capital = self._sums[slot.key] / times
        return (
            slot.shared,
            slot.last - slot.first,
            step - slot.first,
            slot.last - 1 - step,
            np.log1p(times),
            times / self._rows[slot.key[0]],
            len(self._kinds[slot.key]) / times,
            np.log1p(same),
            np.log1p(self._texts[slot.text] - same),
            size,
            np.log1p(length),
            capital,
            slot.key[1] == _START,
            slot.key[2] == _END,
        )
