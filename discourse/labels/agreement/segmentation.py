"""How alike two ways are in which a page is cut into posts: Pk, WindowDiff, F1 of the borders.

Pk: Beeferman, Berger and Lafferty 1999 (Machine Learning 34); WindowDiff: Pevzner and Hearst 2002
(Computational Linguistics 28). Both count windows in which the two differ, so that lower is better and 0 is
perfect; as in nltk there are N - k + 1 windows. Page by page, with one k for all pages.
"""

from collections.abc import Sequence

import numpy as np

from discourse.labels.agreement.coefficients import Codes, Floats, share


def window(reference: Sequence[Codes]) -> int | None:
    """Return half the mean length of the reference's segments, in places, at least 1.

    None where it has no border: then nothing says how long a segment is.
    """
    borders = sum(int(page.sum()) for page in reference)
    places = sum(len(page) for page in reference)
    return max(1, round(places / (2 * borders))) if borders else None


def window_columns(reference: Codes, other: Codes, k: int) -> Floats:
    """Return for each window of one page: whether Pk counts it, whether WindowDiff does, and 1.

    Parameters
    ----------
    reference, other
        Of each place whether a border stands there (1) or not (0).
    k
        Places in a window; the page's length where it is shorter.
    """
    k = min(k, len(reference))
    first, second = _within(reference, k), _within(other, k)
    pk = (first > 0) != (second > 0)
    return np.column_stack([pk, first != second, np.ones(len(first))]).astype(np.float64)


def _within(borders: Codes, k: int) -> Codes:
    """Return how many borders stand in each window of k places."""
    sums = np.concatenate([[0], np.cumsum(borders)])
    return np.asarray(sums[k:] - sums[: len(sums) - k])


def border_columns(reference: Codes, other: Codes) -> Floats:
    """Return for each place: whether both have a border there, whether each has."""
    both = reference * other
    return np.column_stack([both, reference, other]).astype(np.float64)


def pk(sums: Floats) -> Floats:
    """Return Pk of summed `window_columns`."""
    return share(sums[..., 0], sums[..., 2])


def window_diff(sums: Floats) -> Floats:
    """Return WindowDiff of summed `window_columns`."""
    return share(sums[..., 1], sums[..., 2])


def border_f1(sums: Floats) -> Floats:
    """Return F1 of the borders of summed `border_columns`; NaN where neither has any."""
    return share(2 * sums[..., 0], sums[..., 1] + sums[..., 2])
