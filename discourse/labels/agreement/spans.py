"""How well two annotators' spans meet: F1 of exact spans, and of the characters that they cover."""

from collections.abc import Iterable

import numpy as np

from discourse.labels.agreement.coefficients import Floats, share

Places = frozenset[tuple[int, int]]  # half-open code points


def span_columns(units: Iterable[tuple[Places, Places]]) -> Floats:
    """Return per unit the number of spans of both, of the first, of the second; then of characters."""
    rows = [_columns(first, second) for first, second in units]
    return np.array(rows, dtype=np.float64).reshape(len(rows), 6)


def _columns(first: Places, second: Places) -> tuple[int, ...]:
    if not first and not second:
        return (0, 0, 0, 0, 0, 0)
    ours, theirs = merged(first), merged(second)
    exact = len(first & second), len(first), len(second)
    return *exact, _shared(ours, theirs), _length(ours), _length(theirs)


def merged(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, those that touch or overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _length(places: Iterable[tuple[int, int]]) -> int:
    return sum(end - start for start, end in places)


def _shared(first: list[tuple[int, int]], second: list[tuple[int, int]]) -> int:
    """Return how many characters stand in both; each list is in order and free of overlaps."""
    shared = one = other = 0
    while one < len(first) and other < len(second):
        begin = max(first[one][0], second[other][0])
        end = min(first[one][1], second[other][1])
        shared += max(0, end - begin)
        if first[one][1] <= second[other][1]:
            one += 1
        else:
            other += 1
    return shared


def exact_f1(sums: Floats) -> Floats:
    """Return F1 of spans with the same ends; NaN where neither has any."""
    return share(2 * sums[..., 0], sums[..., 1] + sums[..., 2])


def character_f1(sums: Floats) -> Floats:
    """Return F1 of the characters within spans; NaN where neither has any."""
    return share(2 * sums[..., 3], sums[..., 4] + sums[..., 5])
