"""Rows to numbers: what two runs over the same source say otherwise, label by label."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from msgspec import Struct, field

from discourse.summary.facts import preferred, records
from discourse.tables import Tables
from discourse.tables.contract import LAYERS

SAME, FIRST, SECOND, LABEL, SCORE = "same", "first", "second", "label", "score"
KINDS = (FIRST, SECOND, LABEL, SCORE)  # found by one alone, labelled otherwise, scored otherwise
COLUMNS = tuple(
    "part kind post_a post_b author start end target label_a label_b score_a score_b quote".split()
)
PARTS = ("post", "link", *LAYERS, "side", "camp")


class Difference(Struct, frozen=True, kw_only=True):
    """One row that two runs do not share."""

    part: str  # post | link | a layer | side (an author's stance) | camp
    kind: str  # one of KINDS
    posts: tuple[str | None, str | None] = (None, None)  # ids in each run; None where a run has no such post
    author: str | None = None
    start: int | None = None  # in the post's text
    end: int | None = None
    labels: tuple[str | None, str | None] = (None, None)
    target: str | None = None
    scores: tuple[float | None, float | None] = (None, None)
    quote: str | None = None


class Differences(Struct):
    """All that two runs over one source say otherwise, and how often they say the same."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)  # by part and kind, SAME among them
    rows: list[Difference] = field(default_factory=list)

    def add(self, part: str, kind: str, **values: Any) -> None:
        """Count a row, and keep it where the runs differ."""
        self.counts.setdefault(part, Counter())[kind] += 1
        if kind != SAME:
            self.rows.append(Difference(part=part, kind=kind, **values))


def differences(first: Tables, second: Tables) -> Differences:
    """Compare what two runs say of one source.

    Posts are the same where both have the id with the same text, else the same author and text that no other
    post has. A label is the same where post, place, layer, label and target are; another one at the same
    place is a label that differs. Makers and their versions do not count.
    """
    found = Differences()
    match = _matched(first["posts"], second["posts"])
    _compare_posts(found, first["posts"], second["posts"], match)
    back = {theirs: ours for ours, theirs in match.items()}
    _compare_links(found, first["posts"], second["posts"], match)
    labels = [_labels(tables) for tables in (first, second)]
    ours = {key: row for key, row in labels[0].items() if key[0] in match}
    theirs = {(back[key[0]], *key[1:]): row for key, row in labels[1].items() if key[0] in back}
    theirs = {_with_target(key, back): row for key, row in theirs.items()}
    _compare_labels(found, ours, theirs, match)
    _compare_sides(found, first, second)
    _compare_camps(found, first, second)
    return found


def _matched(first: pd.DataFrame, second: pd.DataFrame) -> dict[str, str]:
    """Return the ids of the posts that both have, the first run's to the second's."""
    ours = dict(zip(first["post_id"], zip(first["author"], first["text"], strict=True), strict=True))
    theirs = dict(zip(second["post_id"], zip(second["author"], second["text"], strict=True), strict=True))
    found = {name: name for name, said in ours.items() if name in theirs and theirs[name][1] == said[1]}
    left = _alone({name: said for name, said in ours.items() if name not in found})
    taken = set(found.values())
    others = _alone({name: said for name, said in theirs.items() if name not in taken})
    return found | {name: others[said] for said, name in left.items() if said in others}


def _alone(posts: Mapping[str, Hashable]) -> dict[Hashable, str]:
    counts = Counter(posts.values())
    return {said: name for name, said in posts.items() if counts[said] == 1}


def _compare_posts(
    found: Differences, first: pd.DataFrame, second: pd.DataFrame, match: Mapping[str, str]
) -> None:
    theirs = dict(zip(second["post_id"], second["author"], strict=True))
    taken = set(match.values())
    for name, author in zip(first["post_id"], first["author"], strict=True):
        other = match.get(name)
        if other is None:
            found.add("post", FIRST, posts=(name, None), author=author, labels=(author, None))
        elif theirs[other] != author:
            found.add("post", LABEL, posts=(name, other), labels=(author, theirs[other]))
        else:
            found.add("post", SAME)
    for name, author in theirs.items():
        if name not in taken:
            found.add("post", SECOND, posts=(None, name), author=author, labels=(None, author))


def _compare_links(
    found: Differences, first: pd.DataFrame, second: pd.DataFrame, match: Mapping[str, str]
) -> None:
    fields = ("author", "reply_to", "reply_score")
    links = [
        {row["post_id"]: [row[name] for name in fields] for row in records(table)}
        for table in (first, second)
    ]
    for name, other in match.items():
        (author, ours, score), (_, theirs, their_score) = links[0][name], links[1][other]
        if ours is None and theirs is None:
            continue
        values = {"posts": (name, other), "author": author, "scores": (score, their_score)}
        labels = (ours, theirs)
        if ours is None or theirs is None:
            found.add("link", SECOND if ours is None else FIRST, labels=labels, **values)
        elif match.get(ours, ours) != theirs:
            found.add("link", LABEL, labels=labels, **values)
        else:
            found.add("link", SAME if score == their_score else SCORE, labels=labels, **values)


Key = tuple[Any, ...]  # post, start, end, layer, target, label


def _labels(tables: Tables) -> dict[Key, dict[str, Any]]:
    claims = {row["claim_id"]: row["text"] for row in records(preferred(tables["claims"], ["claim_id"]))}
    authors = dict(zip(tables["posts"]["post_id"], tables["posts"]["author"], strict=True))
    found: dict[Key, dict[str, Any]] = {}
    for row in records(tables["annotations"]):
        # claims are numbered anew by each run, so that their words stand for them
        target = claims.get(row["target"], row["target"]) if row["layer"] == "claim" else row["target"]
        key = (row["post_id"], row["start"], row["end"], row["layer"], target, row["label"])
        found.setdefault(key, {**row, "target": target, "author": authors.get(row["post_id"])})
    return found


def _with_target(key: Key, back: Mapping[str, str]) -> Key:
    return (*key[:4], back.get(key[4], key[4]), key[5]) if key[3] in ("quote", "reply") else key


def _compare_labels(
    found: Differences,
    ours: Mapping[Key, dict[str, Any]],
    theirs: Mapping[Key, dict[str, Any]],
    match: Mapping[str, str],
) -> None:
    for key in (key for key in ours if key in theirs):
        one, other = ours[key], theirs[key]
        if one["score"] == other["score"]:
            found.add(key[3], SAME)
        else:
            found.add(key[3], SCORE, **_said(key, one, other, match))
    left, right = ([key for key in a if key not in b] for a, b in ((ours, theirs), (theirs, ours)))
    places: dict[Key, list[Key]] = {}
    for key in right:
        places.setdefault(_place(key), []).append(key)
    for key in left:
        at = places.get(_place(key))
        if at:
            other_key = at.pop(0)
            found.add(key[3], LABEL, **_said(key, ours[key], theirs[other_key], match))
        else:
            found.add(key[3], FIRST, **_said(key, ours[key], None, match))
    for keys in places.values():
        for key in keys:
            found.add(key[3], SECOND, **_said(key, None, theirs[key], match))


def _place(key: Key) -> Key:
    """Return what two labels share that stand for each other: of claims, whatever the claim is."""
    return key[:4] if key[3] == "claim" else key[:5]


def _said(
    key: Key, one: dict[str, Any] | None, other: dict[str, Any] | None, match: Mapping[str, str]
) -> dict[str, Any]:
    row = one or other or {}
    labels = [None if said is None else _label(said, key[3]) for said in (one, other)]
    return {
        "posts": (key[0], match[key[0]]),
        "author": row["author"],
        "start": key[1],
        "end": key[2],
        "labels": tuple(labels),
        "target": key[4],
        "scores": (one and one["score"], other and other["score"]),
        "quote": row["quote"],
    }


def _label(row: Mapping[str, Any], layer: str) -> str:
    return f"{row['label']}: {row['target']}" if layer == "claim" else str(row["label"])


def _compare_sides(found: Differences, first: Tables, second: Tables) -> None:
    """Compare authors' stances towards targets; those towards claims follow from the layer `claim`."""
    sides = [
        {(row["thread_id"], row["author"], row["target"]): row for row in _stances(tables)}
        for tables in (first, second)
    ]
    for key in dict.fromkeys([*sides[0], *sides[1]]):
        one, other = sides[0].get(key), sides[1].get(key)
        values = {
            "author": key[1],
            "target": key[2],
            "labels": (one and one["label"], other and other["label"]),
            "scores": (one and one["score"], other and other["score"]),
        }
        found.add("side", _kind(one, other), **values)


def _stances(tables: Tables) -> Sequence[dict[str, Any]]:
    claims = set(tables["claims"]["claim_id"])
    rows = records(preferred(tables["stances"], ["thread_id", "author", "target"]))
    return [row for row in rows if row["target"] not in claims]


def _kind(one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> str:
    if one is None or other is None:
        return SECOND if one is None else FIRST
    if one["label"] != other["label"]:
        return LABEL
    return SAME if one["score"] == other["score"] else SCORE


def _compare_camps(found: Differences, first: Tables, second: Tables) -> None:
    """Compare who is placed in which camp; camps are numbered so that most of those in both agree."""
    camps = [
        {
            (row["thread_id"], row["author"]): row
            for row in records(preferred(t["camps"], ["thread_id", "author"]))
        }
        for t in (first, second)
    ]
    both = [key for key in camps[0] if key in camps[1]]
    agree: Counter[str] = Counter()
    for key in both:
        agree[key[0]] += 1 if camps[0][key]["camp"] == camps[1][key]["camp"] else -1
    for key in dict.fromkeys([*camps[0], *camps[1]]):
        one, other = camps[0].get(key), camps[1].get(key)
        turned = None if other is None else 3 - other["camp"] if agree[key[0]] < 0 else other["camp"]
        ours = None if one is None else {"label": f"camp {one['camp']}", "score": one["score"]}
        theirs = None if other is None else {"label": f"camp {turned}", "score": other["score"]}
        values = {
            "author": key[1],
            "labels": (ours and ours["label"], theirs and theirs["label"]),
            "scores": (ours and ours["score"], theirs and theirs["score"]),
        }
        found.add("camp", _kind(ours, theirs), **values)


def as_rows(found: Differences) -> Iterator[tuple[Any, ...]]:
    """Yield every difference as a row under `COLUMNS`; empty cells are None."""
    for row in found.rows:
        yield (
            row.part,
            row.kind,
            *row.posts,
            row.author,
            row.start,
            row.end,
            row.target,
            *row.labels,
            *row.scores,
            row.quote,
        )
