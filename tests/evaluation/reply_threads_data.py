"""Replies as they stand in the threads of IAC: with their posts before and after them, some of them coded.

`coded_replies.json` holds the labels, by post, without any text. Nothing else is learned from the threads
coded, and nothing at all from those of `loops/`.
"""

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from discourse.learn.reply_features import features
from discourse.learn.reply_labels import Reading, read
from discourse.learn.reply_pairs import LENGTH, ending
from discourse.learn.reply_threads import OUTSIDE, Turn
from discourse.text.normalise import fold

CODED = Path(__file__).parent / "coded_replies.json"
LETTERS = {"a": "agree", "d": "disagree", "n": "neither"}


@cache
def coded_replies() -> dict[str, dict[int, str]]:
    """Return the labels of the coded posts, by their discussion and their number in it, from 1."""
    told = json.loads(CODED.read_text(encoding="utf-8"))["replies"]
    return {
        discussion: {int(one[:-1]): LETTERS[one[-1]] for one in codes.split()}
        for discussion, codes in told.items()
    }


@dataclass
class Thread:
    """One discussion: its posts, and by their places the replies with own words."""

    number: str
    turns: list[Turn] = field(default_factory=list)
    texts: dict[int, tuple[str, str]] = field(default_factory=dict)  # own words, words answered; folded
    named: dict[int, dict[str, float]] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)  # of coded replies


def forum_threads(data: Path, *, without: frozenset[str]) -> Iterator[Thread]:
    """Yield the discussions of IAC, but for some."""
    with gzip.open(data / "threads/iac.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            given = json.loads(line)
            if str(given["discussion_id"]) not in without:
                yield _thread(given)


def _thread(given: Mapping[str, Any]) -> Thread:
    found = Thread(str(given["discussion_id"]))
    labels = coded_replies().get(found.number, {})
    places = {post["id"]: place for place, post in enumerate(given["posts"])}
    own = [_own_words(post) for post in given["posts"]]
    for place, post in enumerate(given["posts"]):
        parent = places.get(post["parent"], place)
        reading = read(own[place][: len(own[place]) - len(own[place].lstrip()) + LENGTH])
        quoted = tuple(places.get(quote[2], OUTSIDE) for quote in post["quotes"])
        found.turns.append(_turn(post["author"], reading, parent if parent < place else None, quoted))
        if parent < place and reading.words:
            quotes = [post["text"][q[0] : q[1]] for q in post["quotes"] if q[2] == post["parent"]]
            answered = fold("\n".join(quotes) or own[parent])
            found.texts[place] = fold(own[place]), answered
            found.named[place] = features(reading, read(ending(answered)))
            if place + 1 in labels:
                found.labels[place] = labels[place + 1]
    return found


def _turn(author: str, reading: Reading, parent: int | None, quoted: tuple[int, ...]) -> Turn:
    return Turn(author, reading.text, len(reading.words), reading.stems, parent, quoted)


def _own_words(post: Mapping[str, Any]) -> str:
    """Blank what a post quotes."""
    text = list(post["text"])
    for start, end, *_ in post["quotes"]:
        text[start:end] = [c if c == "\n" else " " for c in text[start:end]]
    return "".join(text)
