"""Whom does a post answer that does not say so? Every candidate of a thread with its share.

Three steps: a conditional logit over the candidates of each post gives first shares; boosted trees
weigh the likeliest of them anew, with the first shares of all other posts and the links that the page
states beside them; further trees say how likely the post answers none of them. Learned by
`tests/evaluation/fit_reply_guesses.py`; the scores are calibrated on held-out discussions.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from discourse.learn.reply_speech import Floats, Talk
from discourse.learn.reply_ties import tie_features
from discourse.learn.reply_turns import Places, manner_features, turn_features
from discourse.learn.reply_wording import word_features
from discourse.learn.trees import Trees

LIKELIEST = 8  # candidates of a post that the trees look at
RELATIVE = ("overlap", "alike", "density", "said_last", "said_first", "phrases", "their_next_like_mine")

# of a post's likeliest candidate, for judging whether it answers any
_OF_THE_BEST = (
    "distance mine opener since_my_last latest_of_author my_first my_length my_you my_asks my_opens named "
    "i_name_another overlap alike said_last phrases pending to_me share page_states author_states my_pause "
    "my_posts place they_answer_it it_is_answered their_stated"
).split()

Rows = npt.NDArray[np.float32]


class Model(Struct, frozen=True):
    """Weights and trees, as learned."""

    linear: npt.NDArray[np.float64]
    trees: Trees
    sharpness: float  # what points are multiplied with before they become shares
    nobody: Trees


def guess(talk: Talk) -> dict[int, list[tuple[int, float]]]:
    """Return for each post that is not known its candidates with their shares, the likeliest first.

    The shares of a post add up to less than 1; the rest is that it answers none of them. Below an
    article, which is the first of the posts then, its share is that a post answers nobody but starts anew.
    """
    if not len(talk.post):
        return {}
    model = read_model()
    rows, shares = first_guess(talk, model.linear)
    kept = likeliest(talk, shares)
    points = np.full(len(shares), -np.inf)
    points[kept] = model.trees.points(rows[kept])
    about = best_of(talk, rows, points)
    odds = np.exp(model.nobody.points(about))
    nobody = odds / (1 + odds)
    final = softmax(talk, model.sharpness * points) * (1 - nobody)[talk.group]
    return _listed(talk, kept, final)


def _listed(talk: Talk, kept: npt.NDArray[np.bool_], shares: Floats) -> dict[int, list[tuple[int, float]]]:
    found: dict[int, list[tuple[int, float]]] = {}
    order = np.lexsort((-talk.earlier, -shares.round(4), talk.post))
    for row in order[kept[order]].tolist():
        found.setdefault(int(talk.post[row]), []).append(
            (int(talk.earlier[row]), round(float(shares[row]), 4))
        )
    return found


def first_rows(talk: Talk) -> tuple[list[str], Rows]:
    """Measure every pair, other links aside; return the names of the features and one row a pair."""
    places = Places(talk)
    found = {**turn_features(talk, places), **manner_features(talk), **word_features(talk, places)}
    for name in RELATIVE:
        found[f"{name}_gap"] = found[name] - talk.best(found[name])
        found[f"{name}_rank"] = np.minimum(talk.rank(found[name]), 10)
    return list(found), np.column_stack([np.asarray(v, dtype=np.float32) for v in found.values()])


def first_guess(talk: Talk, linear: npt.NDArray[np.float64]) -> tuple[Rows, Floats]:
    """Return the full rows of features and the first shares."""
    _, rows = first_rows(talk)
    shares = softmax(talk, (rows @ linear).round(6))
    return np.hstack([rows, tie_rows(talk, shares)[1]]), shares


def tie_rows(talk: Talk, shares: Floats) -> tuple[list[str], Rows]:
    """Measure every pair against the other links."""
    found = tie_features(talk, shares)
    return list(found), np.column_stack([np.asarray(v, dtype=np.float32) for v in found.values()])


def softmax(talk: Talk, points: Floats) -> Floats:
    """Turn the points of a post's candidates into shares that add up to 1."""
    weights = np.exp(points - talk.best(points))
    shares: Floats = weights / np.add.reduceat(weights, talk.starts)[talk.group]
    return shares


def likeliest(talk: Talk, shares: Floats) -> npt.NDArray[np.bool_]:
    """Say which pairs are among the likeliest of their post; the article above always is."""
    kept: npt.NDArray[np.bool_] = talk.rank(shares.round(6)) < LIKELIEST
    if talk.article:
        kept |= talk.earlier == 0
    return kept


def best_of(talk: Talk, rows: Rows, points: Floats) -> Rows:
    """Measure for each post what tells whether it answers anybody: its likeliest candidate, and its lead."""
    ranks = talk.rank(points.round(6))
    best = np.flatnonzero(ranks == 0)
    second = np.full(len(best), -30.0)
    second[talk.group[ranks == 1]] = points[ranks == 1]
    about = rows[best][:, [feature_names().index(name) for name in _OF_THE_BEST]]
    lead = np.column_stack([points[best], points[best] - np.maximum(second, -30.0)]).astype(np.float32)
    return np.hstack([about, lead])


@cache
def feature_names() -> list[str]:
    """Return the names of all features in the order of the rows' columns."""
    empty = Talk((), {}, opener=False)
    return [*first_rows(empty)[0], *tie_rows(empty, np.zeros(0))[0]]


@cache
def read_model() -> Model:
    """Read the model that comes with the package."""
    text = files("discourse.learn").joinpath("models/reply_guesses.json").read_text(encoding="utf-8")
    given: dict[str, Any] = json.loads(text)
    weights = given["linear"]
    linear = np.array([weights[name] for name in feature_names() if name in weights])
    return Model(linear, Trees.read(given["trees"]), given["sharpness"], Trees.read(given["nobody"]))
