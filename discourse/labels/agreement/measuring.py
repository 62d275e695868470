"""From one grid to its figures: people among themselves, each two of them, each of them and the machine."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from scipy.sparse import csr_matrix

from discourse.labels.agreement.bootstrap import Measure, Resampling
from discourse.labels.agreement.coefficients import (
    MISSING,
    Floats,
    agreement_columns,
    cohen_kappa,
    confusions,
    counts_of,
    fleiss_columns,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    mean_pair_agreement,
    percent_agreement,
    positive_agreement,
    square,
)
from discourse.labels.agreement.figures import PEOPLE, Compared, Figure, pairs
from discourse.labels.agreement.grids import Grid
from discourse.labels.agreement.spans import Places, character_f1, exact_f1, span_columns

_MANY = 30  # values beyond which kappa says little, as of `link`, whose values are posts
_ANY: dict[str, Measure] = {"agreement": mean_pair_agreement, "krippendorff_alpha": krippendorff_alpha}
_FLEISS: dict[str, Measure] = {"fleiss_kappa": fleiss_kappa}
_TWO: dict[str, Measure] = {
    "agreement": lambda sums: percent_agreement(square(sums)),
    "cohen_kappa": lambda sums: cohen_kappa(square(sums)),
    "gwet_ac1": lambda sums: gwet_ac1(square(sums)),
}
_YES_NO: dict[str, Measure] = {"positive_agreement": lambda sums: positive_agreement(square(sums))}
_SPANS: dict[str, Measure] = {"span_f1_exact": exact_f1, "span_f1_characters": character_f1}
_NONE_MARKED = "not defined: neither marked any"


def figures_of(grid: Grid, people: Sequence[str], resampling: Resampling) -> Iterator[Figure]:
    """Yield the figures of one question; none of annotators who share no unit."""
    if len(people) > 1:
        yield from _among_people(grid.seen_by(people, 2), resampling)
    for first, second in pairs(people, grid.annotators):
        yield from _of_pair(grid.seen_by((first, second), 2), resampling)


def span_figures(
    grid: Grid, spans: Mapping[tuple[int, str], Places], people: Sequence[str], resampling: Resampling
) -> Iterator[Figure]:
    """Yield how well each two annotators' passages meet, on the posts at which both looked."""
    nothing: Places = frozenset()
    for first, second in pairs(people, grid.annotators):
        both = grid.seen_by((first, second), 2)
        if len(both.codes):
            columns = span_columns(
                (spans.get((post, first), nothing), spans.get((post, second), nothing))
                for post in both.posts.tolist()
            )
            compared = _compared(both, first, second)
            yield from compared.figures(columns, _SPANS, resampling, lambda _: _NONE_MARKED)


def _among_people(grid: Grid, resampling: Resampling) -> Iterator[Figure]:
    if not len(grid.codes):
        return
    columns = agreement_columns(counts_of(grid.codes, len(grid.values)))
    yield from _figures(grid, (PEOPLE, ""), _handy(columns), _ANY, resampling)
    complete = grid.seen_by(grid.annotators, len(grid.annotators))
    if len(complete.codes) and len(grid.values) <= _MANY:
        counts = counts_of(complete.codes, len(grid.values)).toarray()
        rated = fleiss_columns(counts, len(grid.annotators))
        yield from _figures(complete, (PEOPLE, ""), rated, _FLEISS, resampling)


def _of_pair(grid: Grid, resampling: Resampling) -> Iterator[Figure]:
    if not len(grid.codes):
        return
    first, second = grid.annotators
    if len(grid.values) > _MANY or grid.layer == "link":
        columns = agreement_columns(counts_of(grid.codes, len(grid.values)))
        yield from _figures(grid, (first, second), _handy(columns), _ANY, resampling)
        return
    cells = confusions(grid.codes[:, 0], grid.codes[:, 1], len(grid.values))
    measures = _TWO | (_YES_NO if grid.is_yes_no else {})
    yield from _figures(grid, (first, second), cells, measures, resampling)


def _handy(columns: csr_matrix) -> Floats | csr_matrix:
    """Return few columns as they are, many as a sparse table."""
    return np.asarray(columns.toarray()) if columns.shape[1] <= _MANY else columns


def _figures(
    grid: Grid,
    who: tuple[str, str],
    columns: Floats | csr_matrix,
    measures: Mapping[str, Measure],
    resampling: Resampling,
) -> Iterator[Figure]:
    compared = _compared(grid, *who)
    return compared.figures(columns, measures, resampling, lambda name: _why_undefined(grid, name))


def _compared(grid: Grid, first: str, second: str) -> Compared:
    shares = (_share_of_yes(grid, None), np.nan) if first == PEOPLE else None
    return Compared(
        layer=grid.layer,
        label=grid.label,
        first=first,
        second=second,
        units=len(grid.codes),
        posts=grid.posts,
        threads=grid.threads,
        shares=shares or (_share_of_yes(grid, 0), _share_of_yes(grid, 1)),
    )


def _share_of_yes(grid: Grid, column: int | None) -> float:
    """Return the share of answers that are yes, of all annotators or of one; NaN of other questions."""
    codes = grid.codes if column is None else grid.codes[:, column]
    looked = codes != MISSING
    return float((codes == 1).sum() / looked.sum()) if grid.is_yes_no and looked.any() else np.nan


def _why_undefined(grid: Grid, measure: str) -> str:
    if measure == "positive_agreement":
        return _NONE_MARKED
    said = np.unique(grid.codes[grid.codes != MISSING])
    if len(said) == 1:
        return f"not defined: all said “{grid.values[int(said[0])]}” throughout"
    return "not defined: nothing varies"
