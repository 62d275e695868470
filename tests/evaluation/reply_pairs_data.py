"""Pairs of a reply and what it answers, out of ../shared/data: labelled by people, or by what else is known.

The threads of `loops/` are for measuring alone: their discussions are left out of everything here.
"""

import csv
import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from discourse.learn.reply_pairs import unquoted
from discourse.text.normalise import fold
from tests.evaluation.reply_threads_data import coded_replies

NEUTRAL_WEIGHT = 0.5  # a mean near 0 of people who disagree is a weak "neither"
LEAST_VOTES = 0.4  # share of votes by which an author's side on a topic counts
TOPICS = {
    "Creation(Intelligent Design) vs Evolution": "evolution",
    "Gun Control": "gun control",
    "Abortion": "abortion",
    "Gay Rights": "gay marriage",
    "Religion": "existence of god",
}
# with these words a reply takes a side openly; what follows them is learned from
_BEFORE = r"^(?:[a-z]+,? )?"
_MANNER = r"(?:absolutely |quite |so |very |completely )?"
AGREES = re.compile(
    _BEFORE + r"(?:i (?:\w+ )?agree\b(?! to)(?!.{0,30}\bbut\b)|exactly|agreed|well said"
    r"|(?:good|great|excellent) (?:post|point)"
    rf"|amen|(?:you're|you are|that's|he's) {_MANNER}(?:right|correct|true)\b|very true|so true|true\b(?! or)"
    r"|absolutely\b|precisely|indeed|(?:couldn't|could not) agree more|yep|me too|i concur|ditto|right on"
    r"|thank you)"
)
DENIES = re.compile(
    _BEFORE
    + r"(?:wrong|nope|no[,.!]|nonsense|bull\w*|false\b|i (?:\w+ )?disagree|rubbish|hogwash|incorrect|untrue"
    r"|(?:that's |this is |that is )?not (?:true|so|at all|really|quite|necessarily)|baloney|garbage|hardly"
    rf"|(?:you're|you are|that's|he's) {_MANNER}(?:wrong|mistaken|incorrect|false)|give me a break|so what"
    r"|i don't (?:agree|think so|buy)|i beg to differ|on the contrary|straw ?man|who cares)"
)


@dataclass(frozen=True)
class Pair:
    """A reply and what it answers; texts are folded."""

    source: str
    own: str
    parent: str
    group: str  # a discussion or a parent, named so: stands on one side of every split
    label: str = ""
    weight: float = 1.0


def loop_discussions(data: Path) -> frozenset[str]:
    """Return the discussions that nothing is learned from."""
    return frozenset(json.loads((data / "loops/gold.json").read_text()))


def discussion(number: str | int) -> str:
    """Name the group of all pairs of a discussion."""
    return f"discussion {number}"


def forum_pairs(data: Path) -> Iterator[Pair]:
    """Yield the quotations and responses of IAC with the label that their mean gives."""
    held_out = loop_discussions(data)
    with (data / "agreement/iac_quote_response.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            mean = float(row["agreement"])
            label = "agree" if mean >= 1 else "disagree" if mean <= -1 else "neither"
            weight = NEUTRAL_WEIGHT if label == "neither" else 1.0
            group = row["discussion_id"]
            if group not in held_out:
                yield Pair("iac", fold(row["response"]), fold(row["quote"]), discussion(group), label, weight)


def subreddit_pairs(data: Path) -> Iterator[Pair]:
    """Yield the replies of two subreddits with their labels."""
    with (data / "agreement/subreddit.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            label = "neither" if row["relation"] == "neutral" else row["relation"]
            own, parent = fold(row["response_text"]), fold(row["quote_text"])
            yield Pair("subreddit", own, parent, f"parent {row['quote_text']}", label)


def loop_pairs(data: Path) -> Iterator[Pair]:
    """Yield the replies of the loop threads with their labels: for measuring alone.

    The source says whether a post answers its own author ("own") or another ("other").
    """
    gold = json.loads((data / "loops/gold.json").read_text())
    posts = [json.loads(line) for line in (data / "loops/threads.jsonl").read_text().splitlines()]
    by_id = {post["id"]: post for post in posts}
    numbers: dict[str, int] = defaultdict(int)
    for post in posts:
        thread = post["thread_id"]
        numbers[thread] += 1
        label = gold[thread]["replies"].get(str(numbers[thread]))
        parent = by_id.get(post["reply_to"])
        if label and parent:
            source = "own" if parent["author"] == post["author"] else "other"
            own, answered = (fold(unquoted(one["text"])) for one in (post, parent))
            yield Pair(source, own, answered, discussion(thread), label)


def side_pairs(data: Path) -> Iterator[Pair]:
    """Yield quotations and responses of two authors whose sides on the topic are known from their votes.

    They agree where both stand on one side, however many of their single posts do not. The weight is
    how clear both sides are.
    """
    by_thread, by_topic = _sides(data)
    for thread in _threads(data):
        topic = TOPICS.get((thread["breadcrumbs"] or [""])[0])
        number = str(thread["discussion_id"])
        for author, other, own, parent in _exchanges(thread):
            one, two = by_thread.get((number, author), 0.0), by_thread.get((number, other), 0.0)
            if not one * two and topic:
                one, two = by_topic.get((topic, author), 0.0), by_topic.get((topic, other), 0.0)
            if author != other and one * two:
                label = "agree" if one * two > 0 else "disagree"
                yield Pair("sides", own, parent, discussion(number), label, abs(one * two))


def cue_pairs(data: Path) -> Iterator[Pair]:
    """Yield responses that open with plain words of agreement or denial, without these words."""
    for thread in _threads(data):
        for _, _, own, parent in _exchanges(thread):
            start = own.lstrip(" \t\n\"'.-*>")
            agrees = AGREES.search(start[:120])
            if found := agrees or DENIES.search(start[:120]):
                rest = start[found.end() :]
                if len(rest.split()) >= 4:
                    label = "agree" if agrees else "disagree"
                    yield Pair("cues", rest, parent, discussion(thread["discussion_id"]), label)


def _threads(data: Path) -> Iterator[dict[str, Any]]:
    held_out = loop_discussions(data) | frozenset(coded_replies())
    with gzip.open(data / "threads/iac.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            thread = json.loads(line)
            if str(thread["discussion_id"]) not in held_out:
                yield thread


def _exchanges(thread: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Yield who answers whom, the answer and what it answers: each quotation with the words behind it."""
    posts = {post["id"]: post for post in thread["posts"]}
    for post in thread["posts"]:
        text, quotes = post["text"], sorted(post["quotes"], key=lambda quote: quote[:2])
        for number, (start, end, _, other) in enumerate(quotes):
            stop = quotes[number + 1][0] if number + 1 < len(quotes) else len(text)
            if text[end:stop].strip() and text[start:end].strip():
                yield post["author"], other or "", fold(text[end:stop]), fold(text[start:end])
        parent = posts.get(post["parent"])
        if not quotes and parent and text.strip():
            yield post["author"], parent["author"], fold(text), fold(parent["text"])


Sides = dict[tuple[str, str], float]


def _sides(data: Path) -> tuple[Sides, Sides]:
    """Return authors' sides, from -1 to 1, in a discussion and on a topic; unclear ones are left out."""
    by_thread: Sides = {}
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    with (data / "stance/iac_author_stance.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            votes = [int(row[name]) for name in ("pro", "anti", "other")]
            most = max(votes[:2])
            if most >= 0.6 * sum(votes) and votes[0] != votes[1]:
                side = most / sum(votes) * (1 if votes[0] > votes[1] else -1)
                by_thread[row["discussion_id"], row["author"]] = side
            for place, count in enumerate(votes):
                sums[row["topic"], row["author"]][place] += count
    shares = {key: (pro - anti) / max(1, pro + anti + other) for key, (pro, anti, other) in sums.items()}
    return by_thread, {key: share for key, share in shares.items() if abs(share) >= LEAST_VOTES}
