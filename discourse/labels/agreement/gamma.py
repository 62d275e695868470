"""Gamma: how far annotators agree on where passages are and what they are, at once.

Mathet, Widlöcher and Métivier 2015 (Computational Linguistics 41), as the package pygamma-agreement computes
it. Slow, and so measured on stretches of posts that are put one behind the other.
"""

import logging
import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from discourse.errors import DiscourseError
from discourse.labels.agreement.bootstrap import Estimate, Resampling
from discourse.labels.agreement.figures import GAMMA, PEOPLE, Compared, Figure
from discourse.labels.agreement.grids import Passages, PresenceGrids
from discourse.labels.agreement.reading import MACHINE

_STRETCH = 40  # passages after which a new stretch begins: the work grows with their product
_SAMPLES = 30  # of chance, by which a stretch is judged


def need_gamma() -> None:
    """Make sure that the package that computes gamma is there.

    Raises
    ------
    DiscourseError
        Where it is not.
    """
    try:
        import pygamma_agreement  # type: ignore[import-not-found, unused-ignore]  # noqa: F401, PLC0415
    except ImportError as error:
        raise DiscourseError(
            where="--gamma",
            problem="the package that computes it is not installed",
            fix="Install it: pip install 'discourse-analyzer[gamma]', or leave --gamma out",
        ) from error


def gamma_figures(gathered: PresenceGrids, people: Sequence[str], resampling: Resampling) -> Iterator[Figure]:
    """Yield gamma of a layer, of people among themselves and of each with the machine, without interval."""
    groups = [(PEOPLE, "", tuple(people))] if len(people) > 1 else []
    groups += [(person, MACHINE, (person, MACHINE)) for person in people]
    for first, second, names in groups:
        posts = [one for one in gathered.passages() if set(names) <= one.looked]
        value, stretches = _gamma(posts, names, resampling.seed)
        if posts:
            posts_of, threads = np.array([one.place for one in posts], dtype=np.int64).T
            compared = Compared(
                layer=gathered.layer,
                label="",
                first=first,
                second=second,
                units=len(posts),
                posts=posts_of,
                threads=threads,
            )
            estimate = Estimate(value, math.nan, math.nan)
            note = (
                f"mean of {stretches} stretches of posts; no interval"
                if stretches
                else "not defined: no passages"
            )
            yield compared.figure(GAMMA, estimate, note)


def _gamma(posts: Sequence[Passages], names: Sequence[str], seed: int) -> tuple[float, int]:
    """Return the mean gamma of stretches, weighted by their passages; NaN where none has passages of two."""
    found = [(_of_stretch(stretch, names, seed), weight) for stretch, weight in _stretches(posts, names)]
    known = [(value, weight) for value, weight in found if not math.isnan(value)]
    total = sum(weight for _, weight in known)
    return (sum(value * weight for value, weight in known) / total if total else math.nan), len(known)


def _stretches(posts: Sequence[Passages], names: Sequence[str]) -> Iterator[tuple[list[Passages], int]]:
    """Yield posts in a row that hold some passages, with how many."""
    stretch: list[Passages] = []
    number = 0
    for post in posts:
        stretch.append(post)
        number += sum(len(post.spans.get(name, ())) for name in names)
        if number >= _STRETCH:
            yield stretch, number
            stretch, number = [], 0
    if number:
        yield stretch, number


def _of_stretch(posts: Sequence[Passages], names: Sequence[str], seed: int) -> float:
    """Return gamma of posts one behind the other; NaN where fewer than two annotators have passages."""
    from pyannote.core import Segment  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415
    from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum  # noqa: PLC0415

    continuum: Any = Continuum()
    begin = 0
    for post in posts:
        for name in names:
            for start, end, label in sorted(post.spans.get(name, ())):
                continuum.add(name, Segment(begin + start, begin + max(end, start + 1)), label)
        begin += post.length + 1
    if len(continuum.annotators) < 2:
        return math.nan
    kept, level = np.random.get_state(), logging.root.level
    np.random.seed(seed % 2**32)
    logging.root.setLevel(logging.ERROR)  # it tells of a quicker solver, many times
    try:
        result = continuum.compute_gamma(CombinedCategoricalDissimilarity(), n_samples=_SAMPLES)
        return float(result.gamma)
    finally:
        np.random.set_state(kept)
        logging.root.setLevel(level)
