"""Intervals by resampling: whole threads where there are enough of them, else posts.

The units of a thread resemble each other, so what is drawn with replacement is the thread (Field and Welsh
2007, J. R. Statist. Soc. B 69). Clusters whose sums are equal need not be told apart: instead of drawing
clusters, the bootstrap draws how often each sort of cluster comes, which is the same and much quicker.
"""

import zlib
from collections.abc import Callable, Iterator, Mapping

import numpy as np
from msgspec import Struct
from scipy.sparse import csr_matrix

from discourse.labels.agreement.coefficients import Codes, Floats

FEWEST_THREADS = 8  # of fewer, posts are resampled: a handful of clusters tells nothing of their spread
_CELLS = 1_000_000  # of drawn numbers that are held at once
Measure = Callable[[Floats], Floats]


class Resampling(Struct, frozen=True):
    """How intervals are drawn."""

    count: int = 2000
    seed: int = 0
    level: float = 0.95

    def generator(self, key: str) -> np.random.Generator:
        """Return chance for one figure, the same whatever other figures are asked for."""
        return np.random.default_rng([self.seed, zlib.crc32(key.encode())])


class Estimate(Struct, frozen=True):
    """A figure with its interval."""

    value: float  # NaN where it is not defined
    low: float  # NaN where there is no interval
    high: float
    undefined: int = 0  # resamples in which the figure is not defined
    of: int = 0  # resamples drawn


class Clusters(Struct, frozen=True):
    """What is drawn with replacement."""

    of_unit: Codes  # the number of each unit's cluster
    count: int
    kind: str  # "threads" or "posts"


def clusters_of(posts: Codes, threads: Codes) -> Clusters:
    """Choose what is resampled for units of these posts and threads."""
    is_many = len(np.unique(threads)) >= FEWEST_THREADS
    names, places = np.unique(threads if is_many else posts, return_inverse=True)
    return Clusters(places.astype(np.int64), len(names), "threads" if is_many else "posts")


def estimates(
    columns: Floats | csr_matrix,
    clusters: Clusters,
    measures: Mapping[str, Measure],
    resampling: Resampling,
    key: str,
) -> dict[str, Estimate]:
    """Return figures of the columns' sums, each with its percentile interval.

    Parameters
    ----------
    columns
        Units × numbers to be summed; sparse where they are many.
    measures
        From sums (resamples × numbers) to one figure for each resample.
    key
        Names the figures: chance depends on it and on the seed alone.
    """
    of_clusters = csr_matrix(
        (np.ones(len(clusters.of_unit)), (clusters.of_unit, np.arange(len(clusters.of_unit)))),
        shape=(clusters.count, len(clusters.of_unit)),
    )
    sums = of_clusters @ columns
    whole = np.asarray(sums.sum(axis=0), dtype=np.float64).reshape(1, -1)
    values = {name: float(measure(whole)[0]) for name, measure in measures.items()}
    drawn = _drawn(sums, measures, resampling, key) if clusters.count > 1 else {}
    return {
        name: estimate_of(value, drawn.get(name, np.empty(0)), resampling) for name, value in values.items()
    }


def _drawn(
    sums: Floats | csr_matrix, measures: Mapping[str, Measure], resampling: Resampling, key: str
) -> dict[str, Floats]:
    """Return each figure in each resample."""
    found: dict[str, list[Floats]] = {name: [] for name in measures}
    for totals in resampled(sums, resampling.count, resampling.generator(key)):
        for name, measure in measures.items():
            found[name].append(measure(totals))
    return {name: np.concatenate(parts) if parts else np.empty(0) for name, parts in found.items()}


def resampled(sums: Floats | csr_matrix, count: int, chance: np.random.Generator) -> Iterator[Floats]:
    """Yield the sums over clusters drawn with replacement, in parts: resamples × numbers."""
    kinds, often = (sums, np.ones(sums.shape[0])) if isinstance(sums, csr_matrix) else _kinds(sums)
    clusters = int(often.sum())
    size = max(1, _CELLS // max(1, *kinds.shape))
    for begin in range(0, count, size):
        draws = chance.multinomial(clusters, often / clusters, size=min(size, count - begin))
        yield np.asarray(draws.astype(np.float64) @ kinds)


def _kinds(sums: Floats) -> tuple[Floats, Floats]:
    kinds, often = np.unique(sums, axis=0, return_counts=True)
    return kinds, often.astype(np.float64)


def estimate_of(value: float, drawn: Floats, resampling: Resampling) -> Estimate:
    """Return a figure with the percentile interval of what resamples gave; NaN among these is left out."""
    defined = drawn[~np.isnan(drawn)]
    undefined = len(drawn) - len(defined)
    if np.isnan(value) or not len(defined):
        return Estimate(value, np.nan, np.nan, undefined, len(drawn))
    tail = (1 - resampling.level) / 2
    low, high = np.quantile(defined, [tail, 1 - tail])
    return Estimate(value, float(low), float(high), undefined, len(drawn))
