"""Discussions with the side of each author, as the training of `discourse.learn.sides` reads them."""

import csv
import gzip
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from discourse.learn.reply_features import features_of
from discourse.learn.reply_labels import LABELS, read
from discourse.learn.sides import words_of
from discourse.learn.sides_graph import Pairs, pairs_of
from discourse.learn.sides_links import SharesOf, Turn, links_of, plain

FILES = (
    "stance/iac_author_stance.csv",
    "threads/iac.jsonl.gz",
    "agreement/iac_quote_response.csv",
    "agreement/subreddit.csv",
)
_HEADER = re.compile(r"(?im)^[ \t]*originally posted by.*$")


@dataclass(frozen=True)
class Discussion:
    number: int
    topic: str
    authors: list[str]
    sides: np.ndarray  # 1 pro, -1 anti, 0 not decided by the votes
    words: list[str]
    pairs: dict[str, Pairs]  # by the custom as which the discussion is read


def digest(shared: Path) -> str:
    total = sha256()
    for name in FILES:
        total.update((shared / "data" / name).read_bytes())
    return total.hexdigest()


def signs(shared: Path) -> SharesOf:
    """Return what gives the shares of a reply's labels, learned without any author's side.

    The shipped model of replies learned from the sides of these very authors: with its shares, sides
    would be measured and weighed by what it remembers. Here stands a logistic regression over the named
    features alone, of pairs that people labelled.
    """
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    pairs, labels = [], []
    for name, quote, response, label in (
        ("iac_quote_response", "quote", "response", "agreement"),
        ("subreddit", "quote_text", "response_text", "relation"),
    ):
        with (shared / f"data/agreement/{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                pairs.append((row[response], row[quote]))
                labels.append(_label(row[label]))
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=0.15, max_iter=500)
    model.fit(vectorizer.fit_transform(_named(pairs)), labels)
    order = [list(model.classes_).index(label) for label in LABELS]

    def shares_of(texts: Sequence[tuple[str, str]]) -> Any:
        if not texts:
            return np.zeros((0, len(LABELS)))
        return model.predict_proba(vectorizer.transform(_named(texts)))[:, order]

    return shares_of


def _label(value: str) -> str:
    if value in ("agree", "disagree"):
        return value
    if value == "neutral":
        return "neither"
    return "agree" if float(value) >= 1 else "disagree" if float(value) <= -1 else "neither"


def _named(pairs: Sequence[tuple[str, str]]) -> list[dict[str, float]]:
    return list(features_of([(read(own), read(parent)) for own, parent in pairs]))


def load(shared: Path, shares_of: SharesOf, only: frozenset[str] = frozenset()) -> list[Discussion]:
    """Return the discussions, of some topics only where any are named."""
    votes: dict[int, dict[str, int]] = {}
    topics: dict[int, str] = {}
    with (shared / "data" / FILES[0]).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if only and row["topic"] not in only:
                continue
            number = int(row["discussion_id"])
            topics[number] = row["topic"]
            votes.setdefault(number, {})[row["author"]] = int(np.sign(int(row["pro"]) - int(row["anti"])))
    found = []
    with gzip.open(shared / "data" / FILES[1], "rt", encoding="utf-8") as file:
        for line in file:
            thread = json.loads(line)
            number = thread["discussion_id"]
            if number in topics:
                found.append(
                    _discussion(number, topics[number], votes[number], turns_of(thread["posts"]), shares_of)
                )
    return sorted(found, key=lambda discussion: discussion.number)


def _discussion(
    number: int, topic: str, votes: dict[str, int], turns: list[Turn], shares_of: SharesOf
) -> Discussion:
    authors = list(dict.fromkeys(turn.author for turn in turns))
    sides = np.array([votes.get(author, 0) for author in authors])
    links = links_of(turns, authors, shares_of)
    pairs = {"quoting": pairs_of(links), "plain": pairs_of(plain(links))}
    return Discussion(number, topic, authors, sides, words_of(turns, authors), pairs)


def turns_of(posts: list[dict[str, Any]]) -> list[Turn]:
    by_id = {post["id"]: post for post in posts}
    own = {post["id"]: own_words(post) for post in posts}
    return [
        Turn(
            author=post["author"],
            text=own[post["id"]],
            answered=by_id[post["parent"]]["author"] if post["parent"] in by_id else None,
            answered_text=own.get(post["parent"], ""),
            quotes=bool(post["quotes"]),
            quoted=tuple(quote[3] for quote in post["quotes"] if quote[3]),
        )
        for post in posts
    ]


def own_words(post: dict[str, Any]) -> str:
    text, kept, end = post["text"], [], 0
    for quote in sorted(post["quotes"], key=lambda quote: quote[0]):
        if quote[0] >= end:
            kept.append(text[end : quote[0]])
        end = max(end, quote[1])
    return _HEADER.sub("", " ".join([*kept, text[end:]]))
