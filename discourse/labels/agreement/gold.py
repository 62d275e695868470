"""Most coders' word on each post, beside the machine's on all of them."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from discourse.labels.agreement.coefficients import Codes, Floats
from discourse.labels.agreement.drawn import Draw
from discourse.labels.agreement.grids import Grid, PresenceGrids
from discourse.labels.agreement.prevalence import Gold
from discourse.labels.agreement.reading import Overview
from discourse.labels.agreement.units import NOTHING


def golds(
    gathered: PresenceGrids, people: Sequence[str], overview: Overview, drawn: Mapping[str, Draw] | None
) -> Iterator[Gold]:
    """Yield what is known of each label of a layer on all posts.

    Posts without words do not count; of `reply` answers alone do. A label that nobody looked for is left out.

    Parameters
    ----------
    drawn
        Of posts drawn at random by id: how; None where all coded posts pass for that.
    """
    counts = np.array(overview.has_text, dtype=bool)
    if gathered.layer == "reply":
        counts &= np.array(overview.is_answer, dtype=bool)
    weights = _weights(overview, drawn)
    parts = _parts(overview, gathered.layer, drawn)
    for grid in gathered.grids(only_read=True):
        if grid.label == NOTHING.get(grid.layer) or not len(grid.codes):
            continue
        marked = np.zeros(len(counts), dtype=np.int64)
        marked[sorted(overview.marked.get((grid.layer, grid.label), ()))] = 1
        words, ties = _majority(grid, people, len(counts), counts & (weights > 0))
        own, missing = (weights, "") if drawn is None else _answered(weights * counts, words, parts)
        if missing:
            words[:] = -1
        yield Gold(
            layer=grid.layer,
            label=grid.label,
            marked=marked[counts],
            people=words[counts],
            weights=own[counts],
            threads=np.array(overview.threads, dtype=np.int64)[counts],
            ties=ties,
            missing=missing,
        )


def _weights(overview: Overview, drawn: Mapping[str, Draw] | None) -> Floats:
    weights = np.full(len(overview.threads), 1.0 if drawn is None else 0.0)
    for post_id, draw in (drawn or {}).items():
        if post_id in overview.numbers:
            weights[overview.numbers[post_id]] = 1 / draw.probability
    return weights


def _parts(overview: Overview, layer: str, drawn: Mapping[str, Draw] | None) -> npt.NDArray[np.bool_]:
    """Return of each post whether it was coded for a layer before it was drawn."""
    found = np.zeros(len(overview.threads), dtype=bool)
    for post_id, draw in (drawn or {}).items():
        if layer in draw.coded and post_id in overview.numbers:
            found[overview.numbers[post_id]] = True
    return found


def _answered(weights: Floats, words: Codes, was_coded: npt.NDArray[np.bool_]) -> tuple[Floats, str]:
    """Return weights by which the drawn posts that are coded speak for those that are not yet.

    Whoever is not done with a sample has all of it that was coded before, and but a part of the others:
    each kind of posts speaks for its own. Where none of a kind is coded, nothing speaks for it: then it is
    said which.
    """
    found = weights.copy()
    for kind, told in ((was_coded, "coded before"), (~was_coded, "not coded before")):
        drawn = kind & (weights > 0)
        answered = drawn & (words >= 0)
        if drawn.any() and not answered.any():
            return found, f"none of the drawn posts that were {told} counts as coded"
        found[drawn] *= weights[drawn].sum() / max(weights[answered].sum(), 1e-300)
    return found, ""


def _majority(
    grid: Grid, people: Sequence[str], posts: int, wanted: npt.NDArray[np.bool_]
) -> tuple[Codes, int]:
    """Return most coders' word on each post, -1 where nobody looked or they tie; and how many posts tie."""
    columns = grid.codes[:, [grid.annotators.index(name) for name in people]]
    yes, no = (columns == 1).sum(axis=1), (columns == 0).sum(axis=1)
    words = np.full(posts, -1, dtype=np.int64)
    words[grid.posts] = np.where(yes == no, -1, (yes > no).astype(np.int64))
    words[~wanted] = -1
    ties = int(((yes == no) & (yes > 0) & wanted[grid.posts]).sum())
    return words, ties
