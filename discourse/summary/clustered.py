"""Shares of posts with intervals that know that posts of one thread are not independent."""

from math import sqrt

from msgspec import Struct

LEVEL = 0.95


class ThreadSums(Struct, frozen=True):
    """Sums over threads of which each has `n` posts, `y` of them with what is counted: whole numbers all."""

    threads: int  # with at least one post
    posts: int  # sum of n
    hits: int  # sum of y
    posts_squared: int  # sum of n * n
    hits_squared: int  # sum of y * y
    products: int  # sum of y * n


def share_of(sums: ThreadSums) -> float | None:
    """Return the share of posts, 0 to 1; None of no posts."""
    return sums.hits / sums.posts if sums.posts else None


def clustered_interval(sums: ThreadSums, level: float = LEVEL) -> tuple[float, float] | None:
    """Return the interval of a share of posts with threads as clusters.

    The share is a ratio of two sums over threads; its variance is that of the ratio estimator (Cochran 1977,
    Sampling Techniques, 3rd ed., 6.3 and 9A.2). It gives the effective number of posts, never more than there
    are (Kish 1965), which is made smaller for few threads by the quantiles of Student's t (Korn and Graubard
    1998, Survey Methodology 24) and put into the interval of Wilson (1927), which also holds near 0 and 1
    (compared by Dean and Pagano 2015, Journal of Survey Statistics and Methodology 3). Where all posts agree,
    the variance tells nothing, and as many posts count as there are threads, weighed by their size.

    Returns
    -------
    tuple or None
        Low and high end, 0 to 1; None of fewer than two threads, which tell nothing of other threads, and
        where more was counted than there are posts.
    """
    share = share_of(sums)
    if share is None or sums.threads < 2 or not 0 <= share <= 1:
        return None
    from scipy.special import ndtri, stdtrit  # noqa: PLC0415 - slow to load

    effective = _effective_posts(sums, share)
    normal = float(ndtri((1 + level) / 2))
    student = float(stdtrit(sums.threads - 1, (1 + level) / 2))
    return _wilson(share, effective * (normal / student) ** 2, normal)


def _effective_posts(sums: ThreadSums, share: float) -> float:
    """Return how many independent posts would tell as much."""
    scatter = sums.hits_squared - 2 * share * sums.products + share**2 * sums.posts_squared
    variance = sums.threads / (sums.threads - 1) * scatter / sums.posts**2
    spread = share * (1 - share)
    if spread <= 0 or variance <= 0:
        return float(sums.posts**2 / sums.posts_squared)
    return float(min(sums.posts, spread / variance))


def _wilson(share: float, posts: float, normal: float) -> tuple[float, float]:
    squared = normal**2 / posts
    middle = (share + squared / 2) / (1 + squared)
    half = normal / (1 + squared) * sqrt(share * (1 - share) / posts + squared / (4 * posts))
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))
