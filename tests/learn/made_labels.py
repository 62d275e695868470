"""Made-up rows with labels that their words tell, and some that they do not."""

import csv
import random
from pathlib import Path

import numpy as np

from discourse.learn.examples import Examples, label_counts, truth_of
from discourse.learn.inputs import Inputs
from discourse.learn.splits import groups_of

SAID = {
    "for": ["the bridge is a blessing", "I cross it daily and love it", "well built and worth every coin"],
    "against": ["the bridge is a waste", "it shakes and I fear it", "nobody needs that thing"],
    "unsure": ["has anybody counted the cars", "when will the report come", "which bridge do you mean"],
}
FILLER = "harbour ferry board railing winter ticket gull county lamp step rope evening north berth".split()


def made_rows(number: int = 120, seed: int = 1) -> list[dict[str, str]]:
    rng = random.Random(seed)
    rows = []
    for place in range(number):
        label = rng.choices(list(SAID), weights=[5, 3, 2])[0]
        said = rng.choice(SAID[label if rng.random() < 0.85 else "unsure"])
        words = [*rng.choices(FILLER, k=4), *said.split(), *rng.choices(FILLER, k=rng.randrange(8))]
        rows.append(
            {
                "text": " ".join(words),
                "view": label,
                "topics": ";".join(sorted({topic for topic in ("ferry", "winter") if topic in words})),
                "parent": " ".join(rng.choices(FILLER, k=6)),
                "target": rng.choice(["the bridge", "the tunnel"]),
                "thread": f"t{place % 24}",
                "author": f"a{rng.randrange(30)}",
            }
        )
    return rows


def made_examples(number: int = 120, *, by_thread: bool = True, seed: int = 1) -> Examples:
    rows = made_rows(number, seed)
    texts = [row["text"] for row in rows]
    labels = [[row["view"]] for row in rows]
    names = tuple(label_counts(labels))
    threads = tuple(row["thread"] for row in rows)
    return Examples(
        Inputs(texts),
        names,
        truth_of(labels, names),
        True,
        tuple(groups_of(threads if by_thread else None, texts)),
        threads if by_thread else None,
    )


def random_examples(number: int = 90) -> Examples:
    """Rows whose labels have nothing to do with their words."""
    rng = np.random.default_rng(5)
    texts = [" ".join(rng.choice(FILLER, size=9)) for _ in range(number)]
    truth = np.eye(2, dtype=bool)[rng.integers(0, 2, number)]
    return Examples(Inputs(texts), ("a", "b"), truth, True, tuple(groups_of(None, texts)))


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    """Write rows as a CSV table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path
