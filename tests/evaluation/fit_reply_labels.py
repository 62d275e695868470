"""Fit the weights of discourse/learn/reply_labels.py and measure them; run by hand from the root.

    python -m tests.evaluation.fit_reply_labels ../shared/data [--write]

Trains on the agreement pairs only; the loop threads are for measuring, and pairs out of those
discussions are left out of training.
"""

import csv
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from discourse.learn import reply_labels
from discourse.learn.reply_labels import LABELS, features, read

MODEL = Path("discourse/learn/models/reply_labels.json")
RIDGE = 0.15
NEUTRAL_WEIGHT = 0.5  # a mean near 0 of people who disagree is a weak "neither"


def load(data: Path) -> list[dict[str, Any]]:
    """Return training pairs with features, label, group and weight."""
    loops = set(json.loads((data / "loops/gold.json").read_text()))
    rows = []
    for row in csv.DictReader((data / "agreement/iac_quote_response.csv").open(newline="")):
        mean = float(row["agreement"])
        label = "agree" if mean >= 1 else "disagree" if mean <= -1 else "neither"
        if row["discussion_id"] not in loops:
            rows.append(_row("iac", row["quote"], row["response"], label, row["discussion_id"]))
    names = {"neutral": "neither"}
    for row in csv.DictReader((data / "agreement/subreddit.csv").open(newline="")):
        label = names.get(row["relation"], row["relation"])
        rows.append(_row("subreddit", row["quote_text"], row["response_text"], label, row["quote_text"]))
    return rows


def _row(source: str, quote: str, response: str, label: str, group: str) -> dict[str, Any]:
    weight = NEUTRAL_WEIGHT if source == "iac" and label == "neither" else 1.0
    return {
        "source": source,
        "features": features(read(response), read(quote)),
        "label": label,
        "group": f"{source} {group}",
        "weight": weight,
    }


def fit(rows: list[dict[str, Any]]) -> tuple[DictVectorizer, LogisticRegression]:
    """Fit balanced classes; features seen fewer than five times are left out."""
    counts: dict[str, int] = {}
    for row in rows:
        for name in row["features"]:
            counts[name] = counts.get(name, 0) + 1
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [{n: v for n, v in row["features"].items() if counts[n] >= 5 and n != "bias"} for row in rows]
    )
    labels = [row["label"] for row in rows]
    weights = np.array([row["weight"] for row in rows])
    for label in LABELS:
        chosen = np.array([one == label for one in labels])
        weights[chosen] *= len(rows) / 3 / weights[chosen].sum()
    model = LogisticRegression(C=RIDGE, max_iter=2000)
    model.fit(matrix, labels, sample_weight=weights)
    return vectorizer, model


def cross_validate(rows: list[dict[str, Any]]) -> dict[str, float]:
    """Return macro-F1 per data set, five folds by discussion or parent, trained on both."""
    groups = [row["group"] for row in rows]
    told: dict[int, np.ndarray] = {}
    for train, test in GroupKFold(5).split(rows, groups=groups):
        vectorizer, model = fit([rows[i] for i in train])
        shares = model.predict_proba(vectorizer.transform([rows[i]["features"] for i in test]))
        told.update(zip(test.tolist(), shares, strict=True))
    classes = sorted(LABELS)
    figures = {}
    pairs = [i for i, row in enumerate(rows) if row["source"] == "iac" and row["label"] != "neither"]
    for name, factor in (("iac_macro_f1", 1.0), ("iac_macro_f1_with_prior", 0.35)):
        two = [
            "agree" if told[i][0] * factor > told[i][1] * (1 - factor if factor < 1 else 1) else "disagree"
            for i in pairs
        ]
        figures[name] = f1_score([rows[i]["label"] for i in pairs], two, average="macro")
    three = [i for i, row in enumerate(rows) if row["source"] == "subreddit"]
    best = [classes[int(told[i].argmax())] for i in three]
    figures["subreddit_macro_f1"] = f1_score([rows[i]["label"] for i in three], best, average="macro")
    return {name: round(float(value), 4) for name, value in figures.items()}


def priors(rows: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Return how common each label is where the reply quotes (as all of IAC do), and over both sets."""
    shares = {}
    for source in ("iac", "subreddit"):
        labels = [row["label"] for row in rows if row["source"] == source]
        shares[source] = {label: labels.count(label) / len(labels) for label in LABELS}
    plain = {label: (shares["iac"][label] + shares["subreddit"][label]) / 2 for label in LABELS}
    return {
        "quoting": {label: round(shares["iac"][label], 4) for label in LABELS},
        "plain": {label: round(plain[label], 4) for label in LABELS},
    }


def main(data: Path, *, write: bool) -> None:
    """Fit, measure, and write the model."""
    rows = load(data)
    vectorizer, model = fit(rows)
    names = vectorizer.get_feature_names_out()
    weights = {
        str(label): {"bias": round(float(bias), 4)}
        | {str(n): round(float(w), 4) for n, w in zip(names, line, strict=True) if abs(w) >= 0.02}
        for label, bias, line in zip(model.classes_, model.intercept_, model.coef_, strict=True)
    }
    figures = cross_validate(rows)
    card = {
        "task": "does a post agree with the post that it answers",
        "method": f"multinomial logistic regression, balanced classes, C={RIDGE}; hand-made features",
        "data": "Internet Argument Corpus v1, quote-response pairs (Walker et al. 2012); "
        "agreement in subreddits (Lei and Huang 2022); weights only, no text",
        "split": "five folds by discussion (IAC) and by parent (subreddit)",
        "limits": "English; short replies; sarcasm is mostly read as agreement",
        "figures": figures,
    }
    sys.stdout.write(json.dumps(figures) + "\n")
    if write:
        model_file = {"card": card, "priors": priors(rows), "weights": weights}
        MODEL.write_text(
            json.dumps(model_file, indent=2, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8"
        )
        reply_labels._model.cache_clear()


if __name__ == "__main__":
    main(Path(sys.argv[1]), write="--write" in sys.argv)
