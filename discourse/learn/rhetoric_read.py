"""Markers of rhetoric by the neural reader, beside what the linear models of passages say of them."""

from collections.abc import Mapping, Sequence

import numpy as np

from discourse.learn.linear import Floats
from discourse.learn.second_opinion import POOLS, SecondOpinion, odds_of, pooled_yes

Heads = tuple[tuple[str, str], ...]  # questions of the reader, each with one of its labels

# which answers of the reader tell a marker, of those for which it helps; of several the mean of the
# log-odds counts, as with linear heads
MARKERS: Mapping[str, Heads] = {
    "sarcasm": (("sarcasm", "forum"), ("sarcasm", "replies")),
    "ad_hominem": (("ad_hominem", "ad_hominem"), ("unhealthy", "antagonize")),
    "dismissal": (("unhealthy", "dismissive"),),
    "condescension": (("unhealthy", "condescending"),),
    "generalisation": (("unhealthy", "generalisation_unfair"),),
    "whataboutism": (("whataboutism", "whataboutism"), ("fallacy", "appeal to worse problems")),
    "appeal_to_authority": (("fallacy", "appeal to authority"),),
    "appeal_to_majority": (("fallacy", "appeal to majority"),),
    "faulty_inference": (
        ("fallacy", "slippery slope"),
        ("fallacy", "false dilemma"),
        ("fallacy", "hasty generalization"),
    ),
    "policing": (("disputes", "policing"),),
    "disengagement": (("disputes", "disengagement"),),
}
_LIKELY = 0.1  # share from which a marker is worth a doubt


def read_markers(
    second: SecondOpinion, texts: Sequence[str], besides: Sequence[str], labels: Sequence[str], shares: Floats
) -> list[int]:
    """Put what the reader says of passages into their shares; return the passages of which it was asked.

    Parameters
    ----------
    texts, besides
        Folded passages, and the folded post that each answers, "" where it is not known.
    labels
        The markers that are the columns of `shares`; those that the reader cannot tell stay as they are.
    shares
        What the linear models say, a row a passage; changed in place.
    """
    asked = np.arange(len(texts))
    if second.is_adaptive:
        doubt = POOLS["rhetoric"].doubt
        asked = np.flatnonzero(((shares > _LIKELY) & (shares < doubt)).any(axis=1))
    rows = asked.tolist()
    if not rows:
        return rows
    told = _shares_of(second, [texts[k] for k in rows], [besides[k] for k in rows])
    for place, label in enumerate(labels):
        if label in MARKERS:
            odds = np.mean([odds_of(told[question][answer]) for question, answer in MARKERS[label]], axis=0)
            theirs = 1 / (1 + np.exp(-odds))
            mixed = pooled_yes(shares[asked, place], theirs, POOLS["rhetoric"].weight)
            shares[asked, place] = np.where(shares[asked, place] > 0, mixed, 0.0).round(4)
    return rows


def _shares_of(
    second: SecondOpinion, texts: Sequence[str], besides: Sequence[str]
) -> dict[str, dict[str, Floats]]:
    """Return for each question of `MARKERS` the shares of each label, one a text."""
    reader = second.reader
    alone = reader.vectors([(text, "") for text in texts])
    beside = alone.copy()
    answers = [k for k, words in enumerate(besides) if words]
    beside[answers] = reader.vectors([(texts[k], besides[k]) for k in answers])
    found = {}
    for name in dict.fromkeys(question for heads in MARKERS.values() for question, _ in heads):
        question = reader.questions[name]
        shares = reader.shares_of(name, beside if question.beside else alone)
        found[name] = dict(zip(question.head.labels, shares.T, strict=True))
    return found
