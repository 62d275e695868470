"""From pages to figures: how alike two annotators cut pages into posts."""

from collections.abc import Iterator, Sequence

import numpy as np

from discourse.labels.agreement.bootstrap import Measure, Resampling
from discourse.labels.agreement.coefficients import Codes
from discourse.labels.agreement.figures import Compared, Figure, pairs
from discourse.labels.agreement.pages import Pages
from discourse.labels.agreement.reading import MACHINE
from discourse.labels.agreement.segmentation import (
    border_columns,
    border_f1,
    pk,
    window,
    window_columns,
    window_diff,
)

_BORDERS: dict[str, Measure] = {"border_f1": border_f1}
_WINDOWS: dict[str, Measure] = {"pk": pk, "window_diff": window_diff}


def split_figures(pages: Pages, people: Sequence[str], resampling: Resampling) -> Iterator[Figure]:
    """Yield how alike each two annotators cut pages into posts; the first of the two is the reference."""
    for first, second in pairs(people, (MACHINE,)):
        found = list(pages.pair(first, second))
        if not found:
            continue
        borders = np.concatenate([border_columns(page[0], page[1]) for page in found])
        compared = _compared(first, second, len(borders), [page[2:] for page in found])
        yield from compared.figures(
            borders, _BORDERS, resampling, lambda _: "not defined: neither sees a border"
        )
        if (k := window([page[0] for page in found])) is not None:
            parts = [window_columns(page[0], page[1], k) for page in found]
            starts = [
                (page[2][: len(part)], page[3][: len(part)]) for page, part in zip(found, parts, strict=True)
            ]
            note = f"lower is better; windows of {k} place{'s' * (k > 1)}"
            compared = _compared(first, second, len(borders), starts, note)
            yield from compared.figures(np.concatenate(parts), _WINDOWS, resampling, lambda _: "not defined")


def _compared(
    first: str, second: str, units: int, pages: Sequence[Sequence[Codes]], note: str = ""
) -> Compared:
    """Return who is compared; of each page the posts and the threads that its rows stand for."""
    posts, threads = (np.concatenate([page[part] for page in pages]) for part in (0, 1))
    return Compared(
        layer="split",
        label="",
        first=first,
        second=second,
        units=units,
        posts=posts,
        threads=threads,
        note=note,
    )
