"""A figure of agreement, with all that is needed to read it."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

from msgspec import Struct
from msgspec.structs import replace
from scipy.sparse import csr_matrix

from discourse.labels.agreement.bootstrap import (
    Clusters,
    Estimate,
    Measure,
    Resampling,
    clusters_of,
    estimates,
)
from discourse.labels.agreement.coefficients import Codes, Floats

PEOPLE = "people"  # all of them among themselves
GAMMA = "gamma"  # the measure that stands without an interval


class Figure(Struct, frozen=True, kw_only=True):
    """One measure of how far annotators agree."""

    layer: str
    label: str  # empty for a layer as a whole
    first: str  # an annotator, or `people` for all of them among themselves
    second: str  # empty for `people`
    measure: str
    estimate: Estimate
    units: int
    clusters: int
    resampled: str  # "threads" or "posts"
    shares: tuple[
        float, float
    ]  # of units that carry the label, by the first and by the second; NaN where none
    note: str


class Compared(Struct, frozen=True, kw_only=True):
    """Who is compared in what, on which units."""

    layer: str
    label: str
    first: str
    second: str
    units: int
    posts: Codes  # of each row of the columns
    threads: Codes
    shares: tuple[float, float] = (math.nan, math.nan)
    note: str = ""

    def figures(
        self,
        columns: Floats | csr_matrix,
        measures: Mapping[str, Measure],
        resampling: Resampling,
        why: Callable[[str], str],
    ) -> Iterator[Figure]:
        """Yield a figure for each measure of the columns' sums; `why` says why a measure is not defined."""
        clusters = clusters_of(self.posts, self.threads)
        key = " ".join([self.layer, self.label, self.first, self.second, *measures])
        for name, estimate in estimates(columns, clusters, measures, resampling, key).items():
            note = _note(estimate, clusters, why(name))
            yield self.figure(name, _honest(estimate), note, clusters)

    def figure(self, name: str, estimate: Estimate, note: str, clusters: Clusters | None = None) -> Figure:
        """Return one figure of the two."""
        clusters = clusters or clusters_of(self.posts, self.threads)
        return Figure(
            layer=self.layer,
            label=self.label,
            first=self.first,
            second=self.second,
            measure=name,
            estimate=estimate,
            units=self.units,
            clusters=clusters.count,
            resampled=clusters.kind,
            shares=self.shares,
            note="; ".join(filter(None, [self.note, note])),
        )


def _note(estimate: Estimate, clusters: Clusters, why_undefined: str) -> str:
    """Say what keeps a figure or its interval from being taken at its word."""
    if math.isnan(estimate.value):
        return why_undefined
    if clusters.count < 2:
        return f"no interval: one of the {clusters.kind} alone"
    notes = []
    if estimate.undefined:
        notes.append(f"{estimate.undefined} of {estimate.of} resamples do not vary and are left out")
    if estimate.low == estimate.high:
        notes.append("no interval: all resamples are alike, which says nothing of what was not seen")
    return "; ".join(notes)


def _honest(estimate: Estimate) -> Estimate:
    """Return an estimate without the interval that resamples give where all are alike: it has no width."""
    is_closed = estimate.low == estimate.high
    return replace(estimate, low=math.nan, high=math.nan) if is_closed else estimate


def pairs(people: Sequence[str], annotators: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each two people, then each person with the machine and with each of its makers."""
    yield from combinations(people, 2)
    for person in people:
        for other in annotators:
            if other not in people:
                yield person, other
