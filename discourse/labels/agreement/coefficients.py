"""Coefficients of agreement, each a function of sums over units, so that resamples cost next to nothing.

Each function takes arrays whose last axis (or last two) holds the sums, and returns one number for each;
NaN where the coefficient is not defined, which is where nothing varies: never 1, never 0.

Sources: Cohen 1960 (Educational and Psychological Measurement 20); Fleiss 1971 (Psychological Bulletin 76);
Krippendorff 2004, Content Analysis, chapter 11; Cicchetti and Feinstein 1990 (J. Clin. Epidemiol. 43) on
positive agreement; Gwet 2008 (British J. of Mathematical and Statistical Psychology 61) on AC1.
"""

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, diags_array, hstack

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]
MISSING = -1  # the code of a unit that an annotator did not look at


def share(above: Floats, below: Floats) -> Floats:
    """Divide, with NaN where there is nothing to divide by."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(below > 0, above / np.where(below > 0, below, 1.0), np.nan))


def confusions(first: Codes, second: Codes, values: int) -> Floats:
    """Return for each unit its cell of the table of two annotators, as a row of `values` squared numbers.

    Units that either did not look at are rows of zeros.
    """
    columns = np.zeros((len(first), values * values))
    both = np.flatnonzero((first != MISSING) & (second != MISSING))
    columns[both, first[both] * values + second[both]] = 1.0
    return columns


def square(sums: Floats) -> Floats:
    """Return summed rows of `confusions` as tables: first annotator down, second across."""
    values = round(float(np.sqrt(sums.shape[-1])))
    return sums.reshape(*sums.shape[:-1], values, values)


def percent_agreement(table: Floats) -> Floats:
    """Return the share of units on which two say the same."""
    return share(np.trace(table, axis1=-2, axis2=-1), table.sum(axis=(-2, -1)))


def cohen_kappa(table: Floats) -> Floats:
    """Return Cohen's kappa of tables of two annotators; NaN where both said one and the same throughout."""
    total = table.sum(axis=(-2, -1))
    chance = (table.sum(axis=-1) * table.sum(axis=-2)).sum(axis=-1)  # in whole numbers, so exact
    return share(total * np.trace(table, axis1=-2, axis2=-1) - chance, total * total - chance)


def gwet_ac1(table: Floats) -> Floats:
    """Return Gwet's AC1 of tables of two annotators, steadier than kappa where one value is rare.

    NaN where one value alone was said: its formula would give 1 there.
    """
    total = table.sum(axis=(-2, -1))
    shares = share(table.sum(axis=-1) + table.sum(axis=-2), 2 * total[..., None])
    chance = (shares * (1 - shares)).sum(axis=-1) / max(table.shape[-1] - 1, 1)
    found = share(percent_agreement(table) - chance, 1 - chance)
    return np.where(chance > 0, found, np.nan)


def positive_agreement(table: Floats) -> Floats:
    """Return how far two agree where either says yes: F1 of the units that both marked, of 2 × 2 tables."""
    both = table[..., 1, 1]
    return share(2 * both, 2 * both + table[..., 0, 1] + table[..., 1, 0])


def counts_of(codes: Codes, values: int) -> csr_matrix:
    """Return how many annotators gave each value to each unit: units × values, nearly all of them 0."""
    units, places = np.nonzero(codes != MISSING)
    return csr_matrix((np.ones(len(units)), (units, codes[units, places])), shape=(len(codes), values))


def agreement_columns(counts: csr_matrix) -> csr_matrix:
    """Return per unit: pairs of annotators that agree, all pairs, disagreement as alpha has it; the counts.

    Zeros where fewer than two looked.
    """
    raters = np.asarray(counts.sum(axis=1), dtype=np.float64).ravel()
    squares = np.asarray(counts.multiply(counts).sum(axis=1), dtype=np.float64).ravel()
    apart = (raters * raters - squares) / np.maximum(raters - 1, 1)
    columns = np.column_stack([(squares - raters) / 2, raters * (raters - 1) / 2, apart])
    return diags_array((raters >= 2).astype(np.float64)) @ hstack([csr_matrix(columns), counts]).tocsr()


def mean_pair_agreement(sums: Floats) -> Floats:
    """Return the share of pairs of annotators that agree, of summed `agreement_columns`."""
    return share(sums[..., 0], sums[..., 1])


def krippendorff_alpha(sums: Floats) -> Floats:
    """Return Krippendorff's alpha for nominal values of summed `agreement_columns`; data may be missing.

    NaN where no unit has two annotators, or one value alone was given to those that have.
    """
    counts = sums[..., 3:]
    total = counts.sum(axis=-1)
    expected = total * total - (counts * counts).sum(axis=-1)
    return 1.0 - share((total - 1) * sums[..., 2], expected)


def fleiss_columns(counts: Floats, raters: int) -> Floats:
    """Return per unit 1, the share of pairs that agree, the counts; zeros where not all `raters` looked."""
    complete = counts.sum(axis=1) == raters
    agreeing = (counts * (counts - 1)).sum(axis=1) / max(raters * (raters - 1), 1)
    columns = np.column_stack([np.ones(len(counts)), agreeing, counts])
    return np.asarray(columns * complete[:, None])


def fleiss_kappa(sums: Floats) -> Floats:
    """Return Fleiss' kappa (1971, which is nltk's `pi`, not its `multi_kappa`) of summed `fleiss_columns`."""
    units, agreeing, counts = sums[..., 0], sums[..., 1], sums[..., 2:]
    total = counts.sum(axis=-1)
    chance = (counts * counts).sum(axis=-1)
    squared = total * total
    return share(share(agreeing, units) * squared - chance, squared - chance)
