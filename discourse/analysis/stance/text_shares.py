"""What the texts alone say of replies: kept beside their thread, as two stages ask of the same texts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np

from discourse.analysis.base import ThreadView
from discourse.learn.linear import Floats
from discourse.learn.reply_labels import LABELS, Reading
from discourse.learn.reply_pairs import judged_texts, pair_shares
from discourse.model import Annotation

Pair = tuple[str, str]  # the folded texts of a reply and of what it answers
Shares = Mapping[Pair, Sequence[float]]
_NAME = "shares of replies by their texts"
_ANSWERS = "what replies say without the neural reader"


def keep_shares(view: ThreadView, shares: Shares) -> None:
    """Keep the shares of `LABELS` of pairs of texts of a thread."""
    view.kept[_NAME] = shares


def keep_answer(view: ThreadView, post_id: str, said: tuple[str, float] | None) -> None:
    """Keep what a reply says, label and score, without the neural reader; None where that is nothing."""
    view.kept.setdefault(_ANSWERS, {})[post_id] = said


def carry_answers(view: ThreadView, kept: dict[Any, Any]) -> None:
    """Put what was kept of the answers of a thread beside what is kept of another reading of it."""
    if _ANSWERS in view.kept:
        kept[_ANSWERS] = view.kept[_ANSWERS]


def known_answer(view: ThreadView, row: Annotation) -> tuple[str, float] | None:
    """Return label and score of a row of the layer `reply` as those read them whose models learned from
    the linear ones: without the neural reader, where it had a part. None where that is nothing.
    """
    kept: Mapping[str, tuple[str, float] | None] = view.kept.get(_ANSWERS, {})
    is_human = row.annotator.startswith("human:")
    return (row.label, row.score) if is_human else kept.get(row.post_id, (row.label, row.score))


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
