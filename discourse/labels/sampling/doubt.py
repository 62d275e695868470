"""Uncertainty: posts with a label of which its maker was in doubt.

What a score is differs from maker to maker: a probability of the likeliest label (replies), a share by a
model that is shown from a cut of its own upwards (markers by a model), or how surely an entry of a lexicon
means its label. So scores of two makers are never compared. A score counts as its rank among all scores of
the same maker (for markers also of the same label, as each has its own cut): the lowest stand next to the cut
below which the maker says nothing. Of a post, its most doubtful label counts. Where all scores of a maker are
alike, they tell nothing: rank one half.

A post on which no maker says anything has no score, and is not in doubt by this measure: only the random part
shows what is missed. Links and splits count where they are asked for, by the score that the reader of the
page gave them.
"""

from array import array
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from discourse.labels.decisions import HUMAN
from discourse.labels.sampling.asked import Asked, Labelled


class Scored(NamedTuple):
    """One thing that a maker says of a post, and how surely."""

    layer: str
    label: str
    maker: str
    score: float

    @property
    def unit(self) -> tuple[str, str, str]:
        """What its score may be compared with."""
        return self.layer, self.label if self.layer == "rhetoric" else "", self.maker


class Doubts:
    """Collects the scores of all labels, then ranks them."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._units: dict[tuple[str, str, str], int] = {}
        self._scores: list[Counter[float]] = []  # by unit: how often each score comes
        self._ranks: list[dict[float, float]] = []  # by unit, when all are in: see `_ranked`
        self._posts, self._unit_of, self._score_of = array("l"), array("l"), array("d")

    def add(self, place: int, one: Labelled, *, may_be_chosen: bool) -> None:
        """Add the machine's labels of a post; those that may not be chosen count for the ranks alone."""
        for row in scored(one, self._asked):
            unit = self._units.setdefault(row.unit, len(self._units))
            if unit == len(self._scores):
                self._scores.append(Counter())
            self._scores[unit][row.score] += 1
            if may_be_chosen:
                self._posts.append(place)
                self._unit_of.append(unit)
                self._score_of.append(row.score)

    def needs(self) -> dict[int, float]:
        """Return how much each post with labels is in doubt, from 0 to 1: by its most doubtful label."""
        self._ranks = [_ranked(scores) for scores in self._scores]
        found: dict[int, float] = {}
        for place, unit, score in zip(self._posts, self._unit_of, self._score_of, strict=True):
            found[place] = max(found.get(place, 0.0), 1 - self._ranks[unit][score])
        return found

    def reason(self, place: int, one: Labelled) -> tuple[str, str]:
        """Return in plain words why a post is in doubt, and in which layer; after `needs`."""
        row = min(scored(one, self._asked), key=lambda row: (self._rank(row), row))
        total = self._scores[self._units[row.unit]].total()
        share = max(1, round(100 * self._rank(row)))
        told = f"score {row.score:g} for {row.label} by {row.maker}"
        return f"{told}, which is higher in {100 - share} % of {total:,} such labels", row.layer

    def _rank(self, row: Scored) -> float:
        return self._ranks[self._units[row.unit]][row.score]


def scored(one: Labelled, asked: Asked) -> Iterator[Scored]:
    """Yield what the machine says of a post in the layers that are asked for."""
    for row in one.annotations:
        if asked.wants(row.layer) and not row.annotator.startswith(HUMAN):
            yield Scored(row.layer, row.label, row.annotator, row.score)
    post = one.post
    if "link" in asked.layers and post.reply_score is not None:
        label = "its link" if post.reply_to else "no link"
        yield Scored("link", label, f"the reader ({post.reply_evidence})", post.reply_score)
    if "split" in asked.layers and post.split_score is not None:
        yield Scored("split", "a post beginning here", "the reader", post.split_score)


def _ranked(scores: Counter[float]) -> dict[float, float]:
    """Return for each score the share of scores below it and half of those alike: above 0, below 1."""
    total, below = scores.total(), 0
    ranks = {}
    for score in sorted(scores):
        ranks[score] = (below + scores[score] / 2) / total
        below += scores[score]
    return ranks
