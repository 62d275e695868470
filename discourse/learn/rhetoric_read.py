"""Markers of rhetoric by the neural reader, beside what the linear models of passages say of them."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from discourse.learn.linear import Floats
from discourse.learn.neural import Pair
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
# from which share on an analysis gives a marker of single sentences: chosen as those of the linear model are
# (`fit_comments`), on sentences of comments that neither learned from. Left out are markers with which posts
# that two coders read in full (`marker_posts`) were not read better: rhetorical_question, misrepresentation
SENTENCES: Mapping[str, float] = {
    "ad_hominem": 0.356,
    "condescension": 0.286,
    "dismissal": 0.157,
    "loaded_language": 0.339,
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
            pool = "fallacy" if all(question == "fallacy" for question, _ in MARKERS[label]) else "rhetoric"
            mixed = pooled_yes(shares[asked, place], theirs, POOLS[pool].weight)
            shares[asked, place] = np.where(shares[asked, place] > 0, mixed, 0.0).round(4)
    return rows


def read_sentences(
    second: SecondOpinion, pairs: Sequence[Pair], labels: Sequence[str], first: Floats
) -> tuple[Floats, NDArray[np.bool_]]:
    """Return shares of sentences in which both opinions are pooled, and of which the reader was asked.

    Parameters
    ----------
    pairs
        Folded sentences, and what stands before each in its post.
    labels
        Markers of `SENTENCES`, the columns of `first`.
    first
        What the linear model of sentences says, a row a sentence.
    """
    found, is_read = first.copy(), np.zeros(len(pairs), dtype=np.bool_)
    if second.is_adaptive:
        doubt = POOLS["sentences"].doubt
        is_read[:] = ((first > _LIKELY) & (first < doubt)).any(axis=1)
    else:
        is_read[:] = True
    rows = np.flatnonzero(is_read)
    if len(rows):
        known = second.reader.questions["sentences"].head.labels
        told = second.reader.shares("sentences", [pairs[row] for row in rows.tolist()])
        theirs = told[:, [known.index(label) for label in labels]]
        found[rows] = pooled_yes(first[rows], theirs, POOLS["sentences"].weight).round(4)
    return found, is_read


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
