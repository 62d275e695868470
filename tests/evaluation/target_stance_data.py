"""The sets with stances to targets, as the training of `discourse.learn.target_stance` reads them."""

import csv
import gzip
import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from discourse.learn.target_stance_words import TOKEN, Words, word_hash
from discourse.text.normalise import fold

FILES = ("semeval2016_train", "semeval2016_val", "pstance_train", "pstance_val")
COMMON = 30_000
MARK = "#SemST"  # stands in every text of one set


@dataclass(frozen=True)
class Rows:
    texts: list[str]
    targets: np.ndarray
    labels: np.ndarray

    def part(self, chosen: np.ndarray) -> "Rows":
        places = np.arange(len(self.texts))[chosen]
        return Rows([self.texts[k] for k in places], self.targets[places], self.labels[places])


def load(shared: Path, name: str) -> Rows:
    with (shared / f"data/stance/{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = [row["text"].replace(MARK, "").strip() for row in rows]
    labels = np.array([row["stance"].lower() for row in rows], dtype=object)
    return Rows(texts, np.array([row["target"] for row in rows], dtype=object), labels)


def joined(*parts: Rows) -> Rows:
    texts = [text for part in parts for text in part.texts]
    return Rows(texts, np.concatenate([p.targets for p in parts]), np.concatenate([p.labels for p in parts]))


def digest(shared: Path, names: tuple[str, ...] = FILES) -> str:
    """Return one SHA-256 over the files."""
    total = sha256()
    for name in names:
        total.update((shared / f"data/stance/{name}.csv").read_bytes())
    return total.hexdigest()


def common_words(shared: Path) -> np.ndarray:
    """Return hashes of the words that most threads of the forum and most tweets have, the commonest first."""
    counts: Counter[str] = Counter()
    with gzip.open(shared / "data/threads/iac.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            counts.update(_found(" ".join(post["text"] for post in json.loads(line)["posts"])))
    for name in FILES:
        for text in load(shared, name).texts:
            counts.update(_found(text))
    kept = sorted(counts, key=lambda word: (-counts[word], word))[:COMMON]
    return np.array([word_hash(word) for word in kept], dtype=np.uint32)


def _found(text: str) -> set[str]:
    return {_folded(token) for token in set(TOKEN.findall(text)) if token.isalpha()}


@cache
def _folded(token: str) -> str:
    return fold(token)


def valued_words() -> dict[str, np.ndarray] | None:
    """Return hashes and values (tenths) of the words of vaderSentiment; None where it is not installed."""
    try:
        import vaderSentiment
    except ImportError:
        return None
    lines = (Path(vaderSentiment.__file__).parent / "vader_lexicon.txt").read_text(encoding="utf-8")
    pairs = [line.split("\t")[:2] for line in lines.splitlines() if line.strip()]
    values = {word: round(float(value) * 10) for word, value in pairs if word.isalpha()}
    return {
        "valued": np.array([word_hash(word) for word in values], dtype=np.uint32),
        "value": np.array(list(values.values()), dtype=np.int8),
    }


def words_of(arrays: dict[str, Any]) -> Words:
    return Words.unpacked(arrays["common"], arrays["valued"], arrays["value"])
