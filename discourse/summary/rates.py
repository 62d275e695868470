"""Shares and ratios of counts with exact intervals."""

from scipy.special import betaincinv

LEVEL = 0.95


def share_interval(count: int, of: int, level: float = LEVEL) -> tuple[float, float] | None:
    """Return the exact interval of a share (Clopper and Pearson 1934, Biometrika 26); None of nothing.

    It takes cases to be independent, which posts of one thread are not: the true one is rather wider.

    Raises
    ------
    ValueError
        Where more were counted than there are cases, since that is no share.
    """
    if of <= 0:
        return None
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of} is no share")
    tail = (1 - level) / 2
    low = float(betaincinv(count, of - count + 1, tail)) if count > 0 else 0.0
    high = float(betaincinv(count + 1, of - count, 1 - tail)) if count < of else 1.0
    return low, high


def rate_ratio(
    counts: tuple[int, int], words: tuple[int, int], level: float = LEVEL
) -> tuple[float | None, float, float | None] | None:
    """Return how many times the second rate is the first, with its exact interval.

    Given their sum, the second of two Poisson counts is binomial, so that the interval of its share gives
    that of the ratio (Przyborowski and Wilenski 1940, Biometrika 31).

    Returns
    -------
    tuple or None
        Ratio, low and high end; the ratio and the high end are None where the first count is 0, since they
        have no bound. None where both counts are, or either has no words.
    """
    first, second = counts
    if not (first + second) or not all(words):
        return None
    found = share_interval(second, first + second, level)
    assert found is not None  # noqa: S101 - their sum is not 0
    scale = words[0] / words[1]
    low = found[0] / (1 - found[0]) * scale if found[0] < 1 else 0.0
    high = found[1] / (1 - found[1]) * scale if found[1] < 1 else None
    return (second / first * scale if first else None), low, high
