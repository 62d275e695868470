"""Learn which exchanges of two authors are argument loops, and print how well that is told.

    python -m tests.evaluation.fit_loops --shared ../shared [--write]

Learned from 96 threads (`gold/loops_learned.json`) and the looked-at half of `gold/loops.json`, each read by
two coders; a loop that one of them alone saw counts half to learn from, and not at all in the figures, which
are over eight folds by thread. The twelve threads of `data/loops` and the sealed half are never learned from:
`python -m tests.evaluation.measure_loops` measures them.
`--write` puts the weights into `discourse/learn/models/loops.json`.
"""

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from discourse.analysis.base import ThreadView, read_threads
from discourse.analysis.loops.answers import Answers
from discourse.analysis.loops.circling import Rated, apart
from discourse.analysis.loops.dispute import with_own_quotes
from discourse.analysis.loops.exchange_features import exchange_features
from discourse.analysis.loops.exchanges import Exchange, exchanges_of, neighbours, with_joined
from discourse.analysis.loops.turn_features import TurnFeatures, Words, rows_of
from discourse.analysis.registry import ANALYZERS
from discourse.ingest import read_source
from discourse.learn.loops import MODEL, Weights
from discourse.stages import run_stages
from tests.evaluation.loop_threads import GOLD, LEARNED, Row, overlap, threads_of
from tests.evaluation.loop_threads import rows_of as posts_of

NEEDED = ("quotes", "replies", "claims", "agreement")
FOLDS, SEED = 8, 20261123
STRENGTH = 0.05  # inverse of the ridge, on features of unit variance
FROM, TO = 0.3, 0.7  # overlap with a coded loop at which an exchange begins to be one, and is one wholly
MATCHES = 0.5  # overlap from which an exchange is a coded loop
SEEN_BY_ONE = 0.5  # what a loop counts that one of two coders saw
LEAST_TURN = 0.15
RATES = Path(__file__).parents[2] / "discourse" / "learn" / "models" / "error_rates.json"
OUT = Path(__file__).parents[2] / "discourse" / "learn" / MODEL

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Thread:
    """A coded thread as the features need it."""

    name: str
    drawn: str  # "learned" or "looked at"
    loops: Sequence[Row]  # those that one coder alone saw, too
    near: Sequence[Sequence[int]]  # turns of disputes that a coder considered and rejected
    view: ThreadView
    answers: Answers
    words: Words
    exchanges: Sequence[Exchange]
    features: Sequence[Mapping[str, float]]  # of every post

    @property
    def sure(self) -> list[Row]:
        """Loops that both coders saw."""
        return [loop for loop in self.loops if loop.get("sure", True)]


def coded(shared: Path) -> list[Thread]:
    """Read and analyse the coded threads that may be learned from."""
    gold = json.loads(GOLD.read_text(encoding="utf-8"))["threads"]
    loops = {
        name: ("looked at", its["sure"], [near["turns"] for near in its["near"]])
        for name, its in gold.items()
        if its["part"] == "looked at"
    }
    learned = json.loads(LEARNED.read_text(encoding="utf-8"))["threads"]
    loops |= {name: ("learned", its["loops"], its["near"]) for name, its in learned.items()}
    rows = [
        row
        for thread in threads_of(shared)
        if str(thread["discussion_id"]) in loops
        for row in posts_of(thread)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "threads.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        tables = run_stages(read_source(path), [a for a in ANALYZERS if a.name in NEEDED])
    views = {view.posts[0].post.post_id: with_own_quotes(view) for view in read_threads(tables)}
    first = {row["thread_id"]: row["id"] for row in reversed(rows)}
    return [_thread(name, *loops[name], views[first[name]]) for name in sorted(loops)]


def _thread(
    name: str, drawn: str, loops: Sequence[Row], near: Sequence[Sequence[int]], view: ThreadView
) -> Thread:
    answers, words = Answers(view), Words(view)
    reader = TurnFeatures(view, answers, words)
    features = [reader.of(place) for place in range(len(view.posts))]
    return Thread(name, drawn, loops, near, view, answers, words, exchanges_of(answers), features)


def folds_of(threads: Sequence[Thread]) -> list[set[str]]:
    """Part the threads into folds."""
    names = [thread.name for thread in threads]
    np.random.default_rng(SEED).shuffle(names)
    return [set(names[number::FOLDS]) for number in range(FOLDS)]


def learn(names: Sequence[str], rows: Floats, wanted: Floats) -> Weights:
    """Fit a logistic regression to shares of 0 to 1; the scales of the features go into the weights."""
    scaler = StandardScaler().fit(rows)
    scaled = scaler.transform(rows)
    labels = np.r_[np.ones(len(rows)), np.zeros(len(rows))]
    fitted = LogisticRegression(C=STRENGTH, max_iter=1000).fit(
        np.r_[scaled, scaled], labels, sample_weight=np.r_[wanted, 1 - wanted]
    )
    weights = fitted.coef_[0] / scaler.scale_
    return Weights(tuple(names), weights, float(fitted.intercept_[0] - weights @ scaler.mean_))


def posts_wanted(threads: Sequence[Thread]) -> dict[str, Floats]:
    """Return for each post whether it is a turn of a coded loop, and whether an empty restatement."""
    wanted: dict[str, list[float]] = {"turn": [], "empty": []}
    for thread in threads:
        for name, key in (("turn", "turns"), ("empty", "empty")):
            said: dict[int, float] = {}
            for loop in sorted(thread.loops, key=_counts):
                said |= dict.fromkeys(loop[key], _counts(loop))
            wanted[name] += [said.get(number, 0.0) for number in range(1, len(thread.view.posts) + 1)]
    return {name: np.array(values) for name, values in wanted.items()}


def _counts(loop: Row) -> float:
    return 1.0 if loop.get("sure", True) else SEEN_BY_ONE


def fit_posts(threads: Sequence[Thread]) -> dict[str, Weights]:
    """Learn from the posts of some threads."""
    names = list(threads[0].features[0])
    rows = np.array(rows_of([found for thread in threads for found in thread.features], names))
    return {key: learn(names, rows, wanted) for key, wanted in posts_wanted(threads).items()}


def shares_of(thread: Thread, models: Mapping[str, Weights]) -> dict[int, tuple[float, float]]:
    """Rate every post of a thread."""
    rows = rows_of(thread.features, models["turn"].names)
    both = zip(models["turn"].shares(rows), models["empty"].shares(rows), strict=True)
    return dict(enumerate(both))


@dataclass(frozen=True)
class Candidate:
    """An exchange of a thread, as it is learned from."""

    thread: Thread
    exchange: Exchange  # with those who joined
    features: Mapping[str, float]
    wanted: float  # how far it is a coded loop


def candidates(thread: Thread, models: Mapping[str, Weights]) -> Iterator[Candidate]:
    """Lay out the exchanges of a thread."""
    shares = shares_of(thread, models)
    for exchange in thread.exchanges:
        near = neighbours(exchange, thread.answers)
        whole = with_joined(exchange, {p: near[p] for p in near if shares[p][0] >= LEAST_TURN})
        wanted = max((_counts(loop) * _is_one(_overlap(whole, loop)) for loop in thread.loops), default=0.0)
        features = exchange_features(exchange, thread.answers, thread.words, shares)
        yield Candidate(thread, whole, features, wanted)


def _is_one(overlapping: float) -> float:
    return min(1.0, max(0.0, (overlapping - FROM) / (TO - FROM)))


def _overlap(exchange: Exchange, loop: Row) -> float:
    numbers = {place + 1 for place in exchange.all_posts} - set(loop.get("maybe_turns", ()))
    return overlap(sorted(numbers), loop["turns"])


def fit_exchanges(found: Sequence[Candidate]) -> Weights:
    """Learn from the exchanges of some threads."""
    names = list(found[0].features)
    rows = np.array(rows_of([candidate.features for candidate in found], names))
    return learn(names, rows, np.array([candidate.wanted for candidate in found]))


def out_of_fold(threads: Sequence[Thread]) -> list[tuple[Candidate, float]]:
    """Rate every exchange by what was learned from the other folds.

    The exchanges to learn from are rated by posts' models that did not see their threads either.
    """
    folds = folds_of(threads)
    by_fold = []
    for fold in folds:
        models = fit_posts([thread for thread in threads if thread.name not in fold])
        by_fold.append([c for t in threads if t.name in fold for c in candidates(t, models)])
    rated = []
    for number, held in enumerate(by_fold):
        model = fit_exchanges([c for other, its in enumerate(by_fold) if other != number for c in its])
        rows = rows_of([candidate.features for candidate in held], model.names)
        rated += list(zip(held, model.shares(rows), strict=True))
    return rated


def _is_sure(candidate: Candidate) -> bool:
    return any(_overlap(candidate.exchange, loop) >= MATCHES for loop in candidate.thread.sure)


def found_at(
    threads: Sequence[Thread], rated: Sequence[tuple[Candidate, float]], least: float, drawn: str
) -> str:
    """Say how many loops are found from a share on, in the threads drawn in one way."""
    matched, found, gold = counts_at(threads, rated, least, drawn)
    f1 = 2 * matched / (found + gold) if found + gold else 0.0
    return f"{matched} of {found} right, {gold} coded, F1 {f1:.3f}"


def counts_at(
    threads: Sequence[Thread], rated: Sequence[tuple[Candidate, float]], least: float, drawn: str
) -> tuple[int, int, int]:
    """Return how many exchanges are loops, how many are taken for one, and how many loops were coded."""
    what = list(kinds_at(rated, least, drawn))
    gold = sum(len(thread.sure) for thread in threads if thread.drawn == drawn)
    return what.count("sure"), len(what), gold


def kinds_at(rated: Sequence[tuple[Candidate, float]], least: float, drawn: str) -> Iterator[str]:
    """Yield of each exchange that is taken for a loop what the coders saw there.

    "sure" is a loop to both, each counted once; "one" to one of them; "near" a dispute that they rejected.
    """
    by_thread: dict[str, list[tuple[Candidate, float]]] = {}
    for candidate, share in rated:
        if candidate.thread.drawn == drawn and share >= least:
            by_thread.setdefault(candidate.thread.name, []).append((candidate, share))
    for its in by_thread.values():
        its.sort(key=lambda pair: -pair[1])
        thread = its[0][0].thread
        left = thread.sure
        for one in apart([Rated(c.exchange, share, thread.words) for c, share in its]):
            hit = next((loop for loop in left if _overlap(one.exchange, loop) >= MATCHES), None)
            if hit is not None:
                left.remove(hit)
                yield "sure"
            else:
                yield _otherwise(thread, one.exchange)


def _otherwise(thread: Thread, exchange: Exchange) -> str:
    if any(_overlap(exchange, loop) >= MATCHES for loop in thread.loops if loop not in thread.sure):
        return "one"
    numbers = [place + 1 for place in exchange.all_posts]
    return "near" if any(overlap(numbers, turns) >= MATCHES for turns in thread.near) else "none"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--least", type=float, default=0.25, help="share from which an exchange is a loop")
    given = parser.parse_args()
    threads = coded(given.shared)
    rated = out_of_fold(threads)
    is_loop = np.array([_is_sure(candidate) for candidate, _ in rated])
    print(f"{len(threads)} threads, {len(rated)} exchanges, {is_loop.sum()} of them loops")
    print(f"AUC of exchanges {roc_auc_score(is_loop, [share for _, share in rated]):.3f}")
    for least in (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        print(
            least,
            *(f"{drawn}: {found_at(threads, rated, least, drawn)};" for drawn in ("learned", "looked at")),
        )
    posts = fit_posts(threads)
    exchange = fit_exchanges([candidate for candidate, _ in rated])
    if given.write:
        figures = {drawn: found_at(threads, rated, given.least, drawn) for drawn in ("learned", "looked at")}
        write_error_rate(threads, rated, given.least)
        write({**posts, "exchange": exchange}, figures, given.least)


def write_error_rate(
    threads: Sequence[Thread], rated: Sequence[tuple[Candidate, float]], least: float
) -> None:
    """Write the sentence that reports print with such disputes, beside those of labels."""
    matched, found, gold = counts_at(threads, rated, least, "learned")
    seen = Counter(kinds_at(rated, least, "learned"))
    lively = sum(thread.drawn == "learned" for thread in threads)
    sentence = (
        f"of {found} exchanges that were taken for loops in {lively} lively threads of one English "
        f"forum (IAC), {matched} were loops to both of two coders, of {gold} such in all, {seen['one']} to "
        f"one of them, and {seen['near']} disputes that they found too rich in new reasons, too short or too "
        f"one-sided for a loop (over {FOLDS} folds)"
    )
    rates = json.loads(RATES.read_text(encoding="utf-8"))
    RATES.write_text(json.dumps({**rates, "loops": sentence}, indent=2) + "\n", encoding="utf-8")


def write(models: Mapping[str, Weights], figures: Mapping[str, str], least: float) -> None:
    """Write the model file."""
    shown: dict[str, Any] = {
        "card": {
            "task": "which posts are turns of an argument loop, and which exchanges of two authors are one",
            "method": f"logistic regression on named features, inverse ridge {STRENGTH}",
            "data": "120 threads of the Internet Argument Corpus v1; weights only, no text",
            "split": f"{FOLDS} folds by thread, seed {SEED}",
            "figures": dict(figures),
            "cut": "chosen with the figures of all coded threads but the fresh ones in sight: lower ones"
            " find more in the twelve of data/loops and take many disputes for loops elsewhere",
            "limits": "English; where a restatement brings nothing new is hardly told from words",
        },
        "least_turn": LEAST_TURN,
        "least_exchange": least,
    }
    for name, model in models.items():
        weights = {key: round(float(value), 6) for key, value in zip(model.names, model.weights, strict=True)}
        shown[name] = {"bias": round(model.bias, 6), "weights": weights}
    OUT.write_text(json.dumps(shown, indent=1) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
