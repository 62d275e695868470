"""The sets of pairs and turns that `discourse.learn.claims` is trained and measured on."""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from tests.evaluation.rhetoric_data import table

PAIRS = (
    "similarity/ukp_aspect.csv",
    "similarity/argkp_train.csv",
    "similarity/argkp_dev.csv",
    "similarity/sick_train.csv",
    "similarity/sick_trial.csv",
)
FILES = (*PAIRS, "rhetoric/wikitactics.json")
POSTS = ("threads/iac.jsonl.gz", "threads/reddit_100k.jsonl.zst")
Turn = tuple[str, str]


@dataclass
class Pairs:
    """Pairs of texts, whether the answer is yes, and what topic each is of."""

    pairs: list[tuple[str, str]]
    truth: np.ndarray
    topics: list[str]


@dataclass
class Disputes:
    """Turns of disputes, dispute by dispute, and which are labelled as a repeated argument."""

    turns: list[list[Turn]]
    truth: np.ndarray  # of all turns in order
    names: list[str]  # the dispute of each turn


def digest(shared: Path, names: tuple[str, ...] = FILES) -> str:
    """Return one SHA-256 over the files."""
    total = sha256()
    for name in names:
        total.update((shared / "data" / name).read_bytes())
    return total.hexdigest()


def aspects(shared: Path) -> Pairs:
    """Return pairs of arguments: alike (SS, HS) or not (NS, and DTORCD, another topic)."""
    rows = table(shared / "data/similarity/ukp_aspect.csv")
    truth = np.array([row["label"] in ("SS", "HS") for row in rows])
    return Pairs([(row["sentence_1"], row["sentence_2"]) for row in rows], truth, [r["topic"] for r in rows])


def key_points(shared: Path, part: str) -> Pairs:
    rows = table(shared / f"data/similarity/argkp_{part}.csv")
    truth = np.array([row["label"] == "1" for row in rows])
    return Pairs([(row["argument"], row["key_point"]) for row in rows], truth, [r["topic"] for r in rows])


def sick(shared: Path, part: str) -> Pairs:
    rows = table(shared / f"data/similarity/sick_{part}.csv")
    truth = np.array([row["entailment_judgment"] == "CONTRADICTION" for row in rows])
    pairs = [(row["sentence_A"], row["sentence_B"]) for row in rows]
    return Pairs(pairs, truth, [" ".join(sorted(pair)) for pair in pairs])


def disputes(shared: Path) -> Disputes:
    """Return all turns; spellings of the label that begin alike are one."""
    read = json.loads((shared / "data/rhetoric/wikitactics.json").read_text(encoding="utf-8"))
    turns = [[(turn["username"], turn["text"]) for turn in one["utterances"]] for one in read]
    every = [(one["conv_id"], turn) for one in read for turn in one["utterances"]]
    truth = [any("repeated" in label.lower() for label in turn["rebuttal_labels"]) for _, turn in every]
    return Disputes(turns, np.array(truth), [name for name, _ in every])
