"""Labels of many posts by hashed n-grams and linear heads, beside scikit-learn's plain pipeline.

The pipeline is what most people would write: `HashingVectorizer(ngram_range=(1, 2))` and one
`SGDClassifier`. Ours counts the same n-grams once and applies eight heads of two to four labels.
"""

import json
import random
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from discourse.learn.linear import Head, Heads
from discourse.learn.ngrams import Space, ngram_counts, ngram_matrix
from discourse.tabular.labelling import label_texts

REDDIT = "data/threads/reddit_100k.jsonl.zst"
POSTS = 10_000
ALONE = 300  # posts given one at a time
ROUNDS = 5
SPACE = Space(words=(1, 2))
HEADS = 8
WORDS = """harbour ferry board railing winter ticket gull county lamp step rope evening north berth fee
    painted closed never again because nobody would could said slip fog wireless lighthouse mended""".split()


def reddit(path: Path) -> list[str]:
    import zstandard

    with path.open("rb") as file:
        lines = zstandard.ZstdDecompressor().stream_reader(file).read().splitlines()[:POSTS]
    return [json.loads(line)["text"] or "" for line in lines]


def made_up() -> list[str]:
    rng = random.Random(5)
    return [" ".join(rng.choices(WORDS, k=rng.randrange(1, 90))).capitalize() + "." for _ in range(POSTS)]


def made_heads(number: int) -> Heads:
    """Return heads with a weight in every column: what they say is nothing, what they cost is the same."""
    rng = np.random.default_rng(9)
    return Heads(
        [
            Head.uncalibrated(
                tuple("abcd"[: 2 + k % 3]),
                rng.normal(size=(SPACE.columns, 2 + k % 3)),
                np.zeros(2 + k % 3),
                is_choice=True,
            )
            for k in range(number)
        ]
    )


def replies(texts: list[str], parents: list[str]) -> object:
    return label_texts(texts, parents=parents, layers=["reply"])


def stances(texts: list[str], target: str) -> object:
    return label_texts(texts, targets=[target] * len(texts), layers=["stance"])


def markers(texts: list[str]) -> object:
    return label_texts(texts, layers=["rhetoric"])


def seconds_of(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def ratio(one: Callable[[], object], other: Callable[[], object], rounds: int) -> float:
    """Return how many times the other the one takes: median of interleaved rounds."""
    return statistics.median(seconds_of(one) / seconds_of(other) for _ in range(rounds))


def through_label_texts(texts: list[str], rounds: int) -> Iterator[tuple[str, float, str]]:
    """Yield what a post alone costs over one of a batch, for the layers that need no post answered."""
    layers: dict[str, Callable[[list[str]], object]] = {
        "stance to a target of training": lambda part: stances(part, "Donald Trump"),
        "stance to any other target": lambda part: stances(part, "the harbour plan"),
        "rhetoric": markers,
    }
    for name, label in layers.items():
        label(texts)
        times = ratio(lambda of=label: [of([text]) for text in texts], lambda of=label: of(texts), rounds)
        yield f"the same, {name}", times, f"{len(texts)} posts, one layer"


def measure(shared: Path | None = None, rounds: int = ROUNDS) -> list[tuple[str, float, str]]:
    """Return figures as name, value and what it is; on made-up posts where `shared` has none."""
    from sklearn.feature_extraction.text import HashingVectorizer
    from sklearn.linear_model import SGDClassifier

    path = shared / REDDIT if shared else None
    texts = reddit(path) if path and path.exists() else made_up()
    vectorizer = HashingVectorizer(ngram_range=(1, 2))
    classifier = SGDClassifier(random_state=0, max_iter=5, tol=None)
    classifier.fit(vectorizer.transform(texts[:1000]), [len(text) % 2 for text in texts[:1000]])
    eight, one = made_heads(HEADS), made_heads(1)
    matrix = ngram_matrix(texts, SPACE)

    def theirs() -> object:
        return classifier.predict(vectorizer.transform(texts))

    def ours(heads: Heads = eight) -> object:
        return heads.shares(ngram_matrix(texts, SPACE))

    counting = statistics.median(seconds_of(lambda: ngram_matrix(texts, SPACE)) for _ in range(rounds))
    one_head, all_heads = (
        statistics.median(seconds_of(lambda h=heads: h.shares(matrix)) for _ in range(rounds))
        for heads in (one, eight)
    )
    few = texts[:ALONE]
    alone = ratio(
        lambda: [eight.shares(ngram_counts([text], SPACE)) for text in few],
        lambda: eight.shares(ngram_matrix(few, SPACE)),
        rounds,
    )
    answers = few[1:]  # each as if it answered the post before it
    labelled = ratio(
        lambda: [replies([text], [parent]) for text, parent in zip(answers, few, strict=False)],
        lambda: replies(answers, few[:-1]),
        rounds,
    )
    return [
        (
            "time over HashingVectorizer + SGDClassifier",
            ratio(ours, theirs, rounds),
            f"eight heads together, {len(texts)} posts, CPU time; 1 is as fast",
        ),
        (
            "a further head, per cent",
            100 * (all_heads - one_head) / (HEADS - 1) / (counting + one_head),
            "of the time for counting and one head",
        ),
        ("a post alone over one of a batch", alone, f"{ALONE} posts, counting and eight heads"),
        ("the same through label_texts", labelled, f"{ALONE - 1} posts, layer reply with the post answered"),
        *through_label_texts(few, rounds),
        ("posts a second, eight heads", len(texts) / (counting + all_heads), "CPU time, medians"),
    ]
