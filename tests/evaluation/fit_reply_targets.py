"""Learn which post of a person named is answered, from forum threads with known parents.

    python tests/evaluation/fit_reply_targets.py ../shared/data/threads/iac.jsonl.gz

Prints the figures of the held-out fifth of the discussions and writes
`discourse/learn/models/reply_targets.json` with its card. Counted are posts whose parent is on the page,
in the first 150 posts of 400 discussions; whom posts answer that name nobody is another model's
(`fit_reply_guesses.py`). Every second discussion is read as a page below an article: its opening post is
taken away. In every third some links are left unstated, as pages do. A conditional logit over the
candidates of each post; for every eighth post the true target is taken away, so that "not on the page"
is learned too. Two minutes.
"""

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from msgspec.structs import replace
from scipy.optimize import minimize

from discourse.analysis.base import PostView, ThreadView
from discourse.analysis.replies.candidates import Course
from discourse.learn.reply_targets import features
from discourse.model import Annotation, Post
from discourse.text.quotes import EXTERNAL, Utterance, find_quotes

MODEL = Path(__file__).parents[2] / "discourse/learn/models/reply_targets.json"
LIMIT = 150  # posts of a thread that are used
THREADS = 400
UNSTATED = 0.3  # share of the links that every third discussion does not state
GONE = 0.125  # share of the answers whose target is taken away, and with it what they quote
# Below articles more is taken away than in forums, and what is left is answered from nearer by: the odds that
# the post answered is not on the page are doubled. Chosen on the sample pages; it decides no link, it doubts.
MORE_GONE = 0.7
RIDGE = 1.0

Case = tuple[list[dict[str, float]], int]  # features of each candidate, place of the true one or -1


def thread_of(discussion: dict, opened: int = 0) -> tuple[ThreadView, list[int | None]]:
    posts = discussion["posts"][opened : opened + LIMIT]
    places = {post["id"]: n for n, post in enumerate(posts)}
    parents = [places.get(post["parent"]) for post in posts]
    said = [Utterance(post["author"] or "?", post["text"]) for post in posts]
    views = []
    for post, found in zip(posts, find_quotes(said), strict=True):
        rows = tuple(
            Annotation(
                post_id=str(post["id"]),
                start=quote.start,
                end=quote.end,
                layer="quote",
                label=quote.kind,
                annotator="quotes",
                quote=post["text"][quote.start : quote.end],
                target="external" if quote.source == EXTERNAL else str(posts[quote.source]["id"]),
            )
            for quote in found
        )
        record = Post(
            post_id=str(post["id"]),
            thread_id=str(discussion["discussion_id"]),
            source_id="iac",
            position=places[post["id"]] + 1,
            author=post["author"] or "?",
            text=post["text"],
        )
        views.append(PostView(record, rows))
    return ThreadView(str(discussion["discussion_id"]), tuple(views), (), ()), parents


def cases(discussion: dict, seed: int) -> Iterator[Case]:
    thread, parents = thread_of(discussion, opened=seed % 2)
    course = Course(thread)
    chance = np.random.default_rng(seed)
    for place, parent in enumerate(parents):
        if seed % 3 == 0 and chance.random() < UNSTATED:
            course.settle(place, None)
        elif parent is not None and parent < place:
            found = course.candidates(place, course.author(parent))
            if chance.random() < GONE:
                gone = any(c.place == parent and (c.quoted or c.relayed) for c in found)
                found = [replace(c, quotes_gone=gone or c.quotes_gone) for c in found if c.place != parent]
            true = next((n for n, c in enumerate(found) if c.place == parent), -1)
            if found:
                yield [features(course.words(place), c, course.rarity) for c in found], true
            course.settle(place, parent)
        else:
            course.settle(place, parent if parent is not None and parent < place else None)


def fit(train: list[Case], names: list[str]) -> dict[str, float]:
    sizes = np.array([len(found) for found, _ in train])
    matrix = np.array([[c[name] for name in names] for found, _ in train for c in found])
    owner = np.repeat(np.arange(len(train)), sizes)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    truth = np.array([true for _, true in train])
    chosen = (starts + truth)[truth >= 0]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        points = matrix @ weights[:-1]
        top = np.maximum(np.maximum.reduceat(points, starts), weights[-1])
        shares = np.exp(points - top[owner])
        none = np.exp(weights[-1] - top)
        whole = np.add.reduceat(shares, starts) + none
        value = (np.log(whole) + top).sum() - points[chosen].sum() - weights[-1] * (truth < 0).sum()
        pull = matrix.T @ (shares / whole[owner]) - matrix[chosen].sum(axis=0)
        slope = np.append(pull, (none / whole).sum() - (truth < 0).sum())
        return value + RIDGE * (weights @ weights) / 2, slope + RIDGE * weights

    best = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B").x
    return {**dict(zip(names, best[:-1].round(4), strict=True)), "none": round(float(best[-1]), 4)}


def figures(test: list[Case], weights: dict[str, float]) -> dict[str, float]:
    right = answered = sure = sure_right = 0
    for found, true in test:
        points = np.array([sum(weights[n] * v for n, v in c.items()) for c in found] + [weights["none"]])
        shares = np.exp(points - points.max())
        shares /= shares.sum()
        best = int(shares[:-1].argmax())
        answered += true >= 0
        right += best == true
        sure += shares[best] >= 0.5
        sure_right += shares[best] >= 0.5 and best == true
    return {
        "posts": answered,
        "accuracy": round(right / answered, 4),
        "accuracy_at_score_0.5": round(sure_right / max(1, sure), 4),
        "share_at_score_0.5": round(sure / len(test), 4),
    }


def main(path: str) -> None:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        discussions = [json.loads(line) for line, _ in zip(file, range(THREADS), strict=False)]
    card = {
        "task": "which of the posts of the person named does a post answer",
        "method": "conditional logit, L-BFGS, ridge 1.0",
        "data": "Internet Argument Corpus v1, 4forums part (Walker et al. 2012); weights only, no text",
        "split": f"first {THREADS} discussions; every fifth held out",
        "by_hand": f"log odds of a post that is gone raised by {MORE_GONE}: pages lose posts, forums hardly",
        "limits": "English forum debates; pages in other languages rest on order and address alone",
        "figures": {},
    }
    sets: tuple[list[Case], list[Case]] = ([], [])
    for n, discussion in enumerate(discussions):
        sets[n % 5 == 0].extend(cases(discussion, n))
    weights = fit(sets[0], list(sets[0][0][0][0]))
    card["figures"] = figures(sets[1], weights)
    print(card["figures"])
    latest = sum(true == 0 for _, true in sets[1]) / card["figures"]["posts"]
    print("  the latest candidate:", round(latest, 4))
    print("  ", weights)
    weights["none"] = round(weights["none"] + MORE_GONE, 4)
    MODEL.write_text(json.dumps({"card": card, "weights": weights}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
