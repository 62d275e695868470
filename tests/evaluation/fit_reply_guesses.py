"""Learn and measure the guesses of `discourse/learn/reply_guesses.py` on forum threads with known parents.

    python -m tests.evaluation.fit_reply_guesses ../shared/data/threads/iac.jsonl.gz [--write]

Five folds by discussion (every fifth is held out in turn). Counted is every post with a parent, answers to
the opening post among them. Links are hidden; of a post and of all candidates only their own words are left
(the corpus' quote spans are blanked); authors and page order are known, times are not used. The best
candidate counts, whatever its score; a parent outside the candidates is a miss. "The last post by somebody
else" stands beside it. `--write` then fits on all discussions and writes the model with its card. A
quarter of an hour on one core that is free; the same figures on every run.

Two readings of each thread are learned from. As a forum: the opening post is a candidate, nothing is stated.
As a page (every second thread): the opening post is an article, by nobody of the thread, and who answers it
answers nobody (in every fourth of these it is empty); some authors say whom they answer; their links are
given and the others are guessed.
"""

import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.ensemble import HistGradientBoostingClassifier

from discourse.learn import reply_guesses
from discourse.learn.reply_guesses import best_of, feature_names, first_rows, likeliest, softmax, tie_rows
from discourse.learn.reply_speech import Speech, Talk, speech
from discourse.learn.trees import Trees

MODEL = Path(reply_guesses.__file__).parent / "models/reply_guesses.json"
FOLDS = 5
RIDGE = 1.0
LINEAR_SAMPLE = 3  # the logit is fitted on every third thread
STATED = (0.0, 0.0, 0.5, 0.7, 0.9, 1.0)  # share of authors of a page who say whom they answer
SETTINGS = {"max_bins": 64, "l2_regularization": 5.0, "min_samples_leaf": 100, "early_stopping": False}
TREES = {**SETTINGS, "max_iter": 140, "max_leaf_nodes": 28, "max_depth": 8, "learning_rate": 0.12}
NOBODY = {**SETTINGS, "max_iter": 60, "max_leaf_nodes": 8, "max_depth": 4, "learning_rate": 0.1}
OUT_OF_QUESTION = -30.0


@dataclass
class Case:
    """One reading of a thread: its pairs measured, and the truth."""

    talk: Talk
    parents: list[int | None]
    rows: np.ndarray
    fold: int
    page: bool
    points: np.ndarray | None = None  # by trees that have not seen it
    about: np.ndarray | None = None

    @property
    def right(self) -> np.ndarray:
        """Pairs of a post and its parent."""
        parents = np.array([-1 if parent is None else parent for parent in self.parents])
        return parents[self.talk.post] == self.talk.earlier


def read(path: Path) -> Iterator[tuple[list[Speech], list[int | None]]]:
    """Yield the own words and the parents' places of each discussion."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            posts = json.loads(line)["posts"]
            places = {post["id"]: n for n, post in enumerate(posts)}
            yield (
                [speech(post["author"] or "?", own_words(post)) for post in posts],
                [places.get(post["parent"]) for post in posts],
            )


def own_words(post: dict[str, Any]) -> str:
    """Blank the quoted spans."""
    text = list(post["text"])
    for start, end, *_ in post["quotes"]:
        text[start:end] = [c if c == "\n" else " " for c in text[start:end]]
    return "".join(text)


def cases(path: Path) -> list[Case]:
    """Measure every reading of every discussion."""
    found = []
    for n, (speeches, parents) in enumerate(read(path)):
        if len(speeches) > 1:
            talk = Talk(speeches, {}, opener=True)
            found.append(Case(talk, parents, first_rows(talk)[1], n % FOLDS, page=False))
        if len(speeches) > 2 and n % 2:
            # a news article says less of what is said below it than the post that opens a debate
            article = speech("", "") if n % 8 == 1 else replace(speeches[0], author="")
            below = [article, *speeches[1:]]
            talk = Talk(below, told(below, parents, n), opener=True, article=True)
            found.append(Case(talk, parents, first_rows(talk)[1], n % FOLDS, page=True))
    return found


def told(speeches: Sequence[Speech], parents: Sequence[int | None], seed: int) -> dict[int, int | None]:
    """Choose the links that the page states: of some authors nearly all, of the others hardly any."""
    chance = np.random.default_rng(seed)
    share = chance.choice(STATED)
    tells = {author: chance.random() < share for author in dict.fromkeys(s.author for s in speeches)}
    rates = [(0.9 if tells[s.author] else 0.05) * (share > 0) for s in speeches]
    given = zip(parents, rates, strict=True)
    return {n: p for n, (p, rate) in enumerate(given) if chance.random() < rate and p}  # none for an article


def fit_linear(train: Sequence[Case]) -> np.ndarray:
    """Fit the conditional logit on posts whose parent is among the candidates."""
    rows = np.concatenate([case.rows for case in train])
    right = np.concatenate([case.right for case in train])
    begins = np.cumsum([0, *(len(case.rows) for case in train)])
    starts = np.concatenate([case.talk.starts + begin for case, begin in zip(train, begins, strict=False)])
    owner = np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, len(rows)]))
    counted = np.add.reduceat(right.astype(float), starts) > 0
    scale = rows.std(axis=0) + 1e-6
    rows = (rows - rows.mean(axis=0)) / scale

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        points = (rows @ weights.astype(np.float32)).astype(float)
        points -= np.maximum.reduceat(points, starts)[owner]
        whole = np.add.reduceat(np.exp(points), starts)[owner]
        value = -(points - np.log(whole))[right].sum() + RIDGE * weights @ weights / 2
        pull = (np.exp(points) / whole - right) * counted[owner]
        return float(value), (rows.T @ pull.astype(np.float32)).astype(float) + RIDGE * weights

    start = np.zeros(rows.shape[1])
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 80}).x
    return np.asarray((best / scale).round(5), dtype=float)


def look(case: Case, linear: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the full rows of a case and which of them the trees look at."""
    shares = softmax(case.talk, (case.rows @ linear).round(6))
    return np.hstack([case.rows, tie_rows(case.talk, shares)[1]]), likeliest(case.talk, shares)


def fit_trees(train: Sequence[Case], linear: np.ndarray) -> Trees:
    """Fit boosted trees on the likeliest candidates: is it the parent?"""
    seen = [(rows[kept], case.right[kept]) for case in train for rows, kept in [look(case, linear)]]
    model = HistGradientBoostingClassifier(**TREES, random_state=0)
    model.fit(np.concatenate([rows for rows, _ in seen]), np.concatenate([right for _, right in seen]))
    return export(model)


def export(model: HistGradientBoostingClassifier) -> Trees:
    """Turn fitted trees into flat lists; a leaf leads to itself."""
    roots: list[int] = []
    nodes: dict[str, list[float]] = {n: [] for n in ("feature", "threshold", "left", "right", "value")}
    depth = 0
    for (tree,) in model._predictors:
        base = len(nodes["value"])
        roots.append(base)
        for n, node in enumerate(tree.nodes):
            leaf = bool(node["is_leaf"])
            depth = max(depth, int(node["depth"]))
            nodes["feature"].append(0 if leaf else int(node["feature_idx"]))
            nodes["threshold"].append(0.0 if leaf else float(f"{node['num_threshold']:.6g}"))
            nodes["left"].append(base + (n if leaf else int(node["left"])))
            nodes["right"].append(base + (n if leaf else int(node["right"])))
            nodes["value"].append(round(float(node["value"]), 5) if leaf else 0.0)
    bias = round(float(np.ravel(model._baseline_prediction)[0]), 5)
    return Trees.read({"roots": roots, **nodes, "depth": depth, "bias": bias})


def weigh(case: Case, linear: np.ndarray, trees: Trees) -> None:
    """Give a held-out case its points."""
    rows, kept = look(case, linear)
    case.points = np.full(len(rows), -np.inf)
    case.points[kept] = trees.points(rows[kept])
    case.about = best_of(case.talk, rows, case.points)


def fit_nobody(train: Sequence[Case]) -> Trees:
    """Fit how likely none of the candidates is the parent."""
    labels = []
    for case in train:
        found = np.add.reduceat((case.right & np.isfinite(case.points)).astype(float), case.talk.starts)
        labels.append(found == 0)
    model = HistGradientBoostingClassifier(**NOBODY, random_state=0)
    model.fit(np.concatenate([case.about for case in train]), np.concatenate(labels))
    return export(model)


def fit_sharpness(train: Sequence[Case]) -> float:
    """Choose what points are multiplied with: the factor that gives the parents the highest likelihood."""

    def loss(factor: float) -> float:
        logs = [
            np.log(softmax(case.talk, factor * case.points)[case.right & np.isfinite(case.points)])
            for case in train
        ]
        return float(-np.concatenate(logs).mean())

    return min((round(factor, 2) for factor in np.arange(0.4, 1.21, 0.05)), key=loss)


def shares_of(case: Case, sharpness: float, nobody: Trees) -> np.ndarray:
    """Return the final shares of a case's pairs."""
    none = 1 / (1 + np.exp(-nobody.points(case.about)))
    return np.asarray(softmax(case.talk, sharpness * case.points) * (1 - none)[case.talk.group])


def last_of_others(talk: Talk, place: int) -> int:
    """Return the place of the last post by somebody else; -1 where there is none."""
    before = range(place - 1, -1, -1)
    return next((p for p in before if talk.author[p] != talk.author[place]), -1)


@dataclass
class Guess:
    """What was guessed of one post, and what is true."""

    fold: int
    score: float
    right: bool
    latest: bool  # the last post by somebody else is the parent
    answers: bool  # it has a parent on the page
    named: bool  # its own words name the candidate's author
    stated: float  # share of posts of the page whose link is stated


def judged(case: Case, shares: np.ndarray) -> Iterator[Guess]:
    """Yield every guess of a case."""
    named, stated = (feature_names().index(name) for name in ("named", "page_states"))
    if case.page:  # what is linked is the likeliest post, the article aside
        shares = np.where(case.talk.earlier == 0, -1.0, shares)
    best = np.flatnonzero(case.talk.rank(shares.round(6)) == 0)
    for row in best.tolist():
        place = int(case.talk.post[row])
        parent = case.parents[place]
        yield Guess(
            fold=case.fold,
            score=round(float(shares[row]), 4),
            right=parent == case.talk.earlier[row] and not (case.page and parent == 0),
            latest=parent is not None and last_of_others(case.talk, place) == parent,
            answers=parent is not None and not (case.page and parent == 0),
            named=bool(case.rows[row, named]),
            stated=float(case.rows[row, stated]),
        )


def share(values: Sequence[bool]) -> float:
    """Return the share that is true; 0 of none."""
    return round(sum(values) / len(values), 4) if values else 0.0


def say(*words: object) -> None:
    """Write one line."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def table_of(guesses: Sequence[Guess]) -> dict[str, float]:
    """Write the table of the forum reading; return its figures."""
    counted = [g for g in guesses if g.answers]
    say("fold   posts  last by other  accuracy")
    for fold in range(FOLDS):
        mine = [g for g in counted if g.fold == fold]
        latest, right = share([g.latest for g in mine]), share([g.right for g in mine])
        say(f"{fold:>4} {len(mine):>7} {latest:>14} {right:>9}")
    figures = {
        "posts": len(counted),
        "last_by_somebody_else": share([g.latest for g in counted]),
        "accuracy": share([g.right for g in counted]),
        "accuracy_where_the_text_names_the_author": share([g.right for g in counted if g.named]),
    }
    say(f" all {len(counted):>7} {figures['last_by_somebody_else']:>14} {figures['accuracy']:>9}")
    named = [g for g in counted if g.named]
    say("the text names the author guessed:", len(named), "posts, right", share([g.right for g in named]))
    bins_of(counted)
    return figures


def bins_of(guesses: Sequence[Guess]) -> None:
    """Write for each tenth how many guesses are right, and for each threshold what is filled in."""
    say("score       links  right | filled from it  right")
    for tenth in range(10):
        mine = [g for g in guesses if tenth <= 10 * g.score < tenth + 1 or (tenth == 9 and g.score == 1)]
        filled = [g for g in guesses if 10 * g.score >= tenth]
        say(
            f"{tenth / 10:.1f}-{(tenth + 1) / 10:.1f} {len(mine):>8} {share([g.right for g in mine]):>6} | "
            f"{len(filled) / max(1, len(guesses)):>14.4f} {share([g.right for g in filled]):>6}"
        )


def pages_of(guesses: Sequence[Guess]) -> None:
    """Write the figures of the page reading: posts that answer nobody are to stay unlinked."""
    for words, mine in (
        ("nothing stated", [g for g in guesses if g.stated == 0]),
        ("some state whom they answer", [g for g in guesses if 0 < g.stated < 0.5]),
        ("most state whom they answer", [g for g in guesses if g.stated >= 0.5]),
    ):
        answers = [g for g in mine if g.answers]
        say(
            f"as a page, {words}: {len(answers)} answers, {len(mine) - len(answers)} posts that answer nobody"
        )
        say("  the best candidate is right:", share([g.right for g in answers]))
        for floor in (0.3, 0.35, 0.4, 0.45, 0.5, 0.6):
            rest = [g.score < floor for g in mine if not g.answers]
            filled = [g for g in mine if g.score >= floor]
            say(
                f"  filled from {floor}: right of those filled {share([g.right for g in filled])},",
                f"answers linked rightly {share([g.right and g.score >= floor for g in answers])},",
                f"others left alone {share(rest)}",
            )
        bins_of(mine)


def main(path: Path, *, write: bool) -> None:
    """Measure by folds; with `write`, fit on everything."""
    found = cases(path)
    for fold in range(FOLDS):
        train = [case for case in found if case.fold != fold]
        linear = fit_linear([c for c in train if not c.page][::LINEAR_SAMPLE])
        trees = fit_trees(train, linear)
        for case in found:
            if case.fold == fold:
                weigh(case, linear, trees)
    forum: list[Guess] = []
    page: list[Guess] = []
    for fold in range(FOLDS):  # calibrated on what other folds' trees say of threads new to them
        train = [case for case in found if case.fold != fold]
        sharpness, nobody = fit_sharpness(train), fit_nobody(train)
        for case in found:
            if case.fold == fold:
                (page if case.page else forum).extend(judged(case, shares_of(case, sharpness, nobody)))
    figures = table_of(forum)
    pages_of(page)
    if write:
        linear = fit_linear([case for case in found if not case.page][::LINEAR_SAMPLE])
        written(linear, fit_trees(found, linear), fit_sharpness(found), fit_nobody(found), figures)


def written(
    linear: np.ndarray, trees: Trees, sharpness: float, nobody: Trees, figures: dict[str, float]
) -> None:
    """Write the model with its card."""
    card = {
        "task": "which earlier post does a post answer that does not say so",
        "method": f"conditional logit, ridge {RIDGE}; boosted trees over the {reply_guesses.LIKELIEST} "
        "likeliest candidates with all other links beside them; boosted trees for answering none of them",
        "data": "Internet Argument Corpus v1, 4forums part (Walker et al. 2012); weights only, no text",
        "split": "five folds by discussion",
        "limits": "English forum debates; pages in other languages rest on order and turns alone",
        "figures": figures,
    }
    model = {
        "card": card,
        "linear": dict(zip(feature_names()[: len(linear)], linear.tolist(), strict=True)),
        "sharpness": float(sharpness),
        "trees": listed(trees),
        "nobody": listed(nobody),
    }
    MODEL.write_text(json.dumps(model, separators=(",", ":")) + "\n", encoding="utf-8")
    reply_guesses.read_model.cache_clear()


def listed(trees: Trees) -> dict[str, Any]:
    """Turn trees into what a model file holds."""
    names = ("roots", "feature", "threshold", "left", "right", "value")
    lists = {name: getattr(trees, name).tolist() for name in names}
    return {**lists, "depth": trees.depth, "bias": trees.bias}


if __name__ == "__main__":
    main(Path(sys.argv[1]), write="--write" in sys.argv)
