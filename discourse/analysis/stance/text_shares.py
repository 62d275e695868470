"""What the texts alone say of replies: kept beside their thread, as two stages ask of the same texts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

import numpy as np

from discourse.analysis.base import ThreadView
from discourse.learn.linear import Floats
from discourse.learn.reply_labels import LABELS, Reading
from discourse.learn.reply_pairs import judged_texts, pair_shares

Pair = tuple[str, str]  # the folded texts of a reply and of what it answers
Shares = Mapping[Pair, Sequence[float]]
_NAME = "shares of replies by their texts"


def keep_shares(view: ThreadView, shares: Shares) -> None:
    """Keep the shares of `LABELS` of pairs of texts of a thread."""
    view.kept[_NAME] = shares


def known_shares(views: Iterable[ThreadView]) -> dict[Pair, Sequence[float]]:
    """Return what was kept of some threads; empty where no stage has judged them."""
    found: dict[Pair, Sequence[float]] = {}
    for view in views:
        found.update(view.kept.get(_NAME, {}))
    return found


def judging(
    known: Shares, readings: Mapping[str, Reading] = MappingProxyType({})
) -> Callable[[Sequence[tuple[str, str]]], Floats]:
    """Return what `pair_shares` does, for texts of which some are known, and of others how they read."""

    def shares_of(texts: Sequence[tuple[str, str]]) -> Floats:
        found = [known.get(judged_texts(own, parent)) for own, parent in texts]
        unknown = [place for place, row in enumerate(found) if row is None]
        shares = np.zeros((len(texts), len(LABELS)))
        if unknown:
            judge = partial(pair_shares, known=readings) if readings else pair_shares
            shares[unknown] = judge([texts[place] for place in unknown])
        if len(unknown) < len(texts):
            shares[[row is not None for row in found]] = [row for row in found if row is not None]
        return shares

    return shares_of
