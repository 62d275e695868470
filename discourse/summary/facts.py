"""The rows of a run or of one thread, read once and laid out for counting."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from msgspec import Struct

from discourse.analysis.base import read_threads
from discourse.model import Annotation, Post
from discourse.tables import Tables, rows_of

STATED = ("explicit", "quote", "mention", "indent")
GUESS_BELOW = 0.5
_EVENT = ["thread_id", "post_id", "kind", "loop_id", "author"]


def is_guess(evidence: str, score: float | None) -> bool:
    """Say whether a reply link is our guess rather than something that the page shows."""
    return evidence not in STATED or (score is not None and score < GUESS_BELOW)


def preferred(table: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Keep one row for each key: a person's before a machine's, else the first."""
    machine = ~table["annotator"].astype("str").str.startswith("human:")
    order = machine.sort_values(kind="stable").index
    return table.loc[order].drop_duplicates(key).sort_index()


class Facts(Struct, frozen=True):
    """The rows of a run or of one thread, as plain records."""

    posts: list[Post]
    tokens: Mapping[str, Sequence[str]]  # own words by post id, folded, of the whole run
    words: Mapping[str, int]  # how many these are
    marks: list[Annotation]
    stances: list[dict[str, Any]]
    camps: list[dict[str, Any]]
    targets: list[dict[str, Any]]
    claims: list[dict[str, Any]]
    loops: list[dict[str, Any]]
    turns: list[dict[str, Any]]
    events: list[dict[str, Any]]

    @classmethod
    def of(cls, tables: Tables) -> "Facts":
        """Read the tables once; of two makers of the same loop, stance, camp or claim, one counts."""
        marks = list(rows_of(Annotation, _once(tables["annotations"])))
        views = {view.post.post_id: view for thread in read_threads(tables) for view in thread.posts}
        posts = [views[post_id].post for post_id in tables["posts"]["post_id"]]
        loops = records(preferred(tables["loops"], ["loop_id"]))
        deciders = {(loop["loop_id"], loop["annotator"]) for loop in loops}
        tokens = {post_id: view.words for post_id, view in views.items()}
        return cls(
            posts=posts,
            tokens=tokens,
            words={post_id: len(own) for post_id, own in tokens.items()},
            marks=marks,
            stances=records(preferred(tables["stances"], ["thread_id", "author", "target"])),
            camps=records(preferred(tables["camps"], ["thread_id", "author"])),
            targets=records(tables["targets"]),
            claims=records(preferred(tables["claims"], ["claim_id"])),
            loops=loops,
            turns=[t for t in records(tables["turns"]) if (t["loop_id"], t["annotator"]) in deciders],
            events=records(preferred(tables["events"], _EVENT)),
        )

    def by_thread(self) -> Iterator[tuple[str, "Facts"]]:
        """Yield each thread in the order in which threads first appear; one pass over every list."""
        home = {post.post_id: post.thread_id for post in self.posts}
        loop_home = {loop["loop_id"]: home.get(loop["first_post"]) for loop in self.loops}
        posts = grouped(self.posts, lambda post: post.thread_id)
        marks = grouped(self.marks, lambda mark: home.get(mark.post_id))
        stances = grouped(self.stances, lambda row: row["thread_id"])
        camps = grouped(self.camps, lambda row: row["thread_id"])
        targets = grouped(self.targets, lambda row: row["thread_id"])
        claims = grouped(self.claims, lambda row: row["thread_id"])
        loops = grouped(self.loops, lambda row: loop_home[row["loop_id"]])
        turns = grouped(self.turns, lambda row: loop_home[row["loop_id"]])
        events = grouped(self.events, lambda row: row["thread_id"])
        for key in posts:
            yield (
                key,
                Facts(
                    posts=posts[key],
                    tokens=self.tokens,
                    words=self.words,
                    marks=marks.get(key, []),
                    stances=stances.get(key, []),
                    camps=camps.get(key, []),
                    targets=targets.get(key, []),
                    claims=claims.get(key, []),
                    loops=loops.get(key, []),
                    turns=turns.get(key, []),
                    events=events.get(key, []),
                ),
            )

    def layer(self, name: str) -> list[Annotation]:
        """Return the annotations of one layer."""
        return [mark for mark in self.marks if mark.layer == name]

    def links(self) -> list[Post]:
        """Return the posts that answer somebody."""
        return [post for post in self.posts if post.reply_to is not None and post.reply_evidence != "none"]

    def on_claims(self) -> list[dict[str, Any]]:
        """Return the stances towards claims."""
        claims = {claim["claim_id"] for claim in self.claims}
        return [row for row in self.stances if row["target"] in claims]

    def on_targets(self) -> list[dict[str, Any]]:
        """Return the stances towards everything that is no claim."""
        claims = {claim["claim_id"] for claim in self.claims}
        return [row for row in self.stances if row["target"] not in claims]


def _once(annotations: pd.DataFrame) -> pd.DataFrame:
    """Keep one row where two makers said the same of the same span."""
    return preferred(annotations, ["post_id", "start", "end", "layer", "label", "target"])


def grouped(rows: Iterable[Any], key: Callable[[Any], Any]) -> dict[Any, list[Any]]:
    """Group rows by a key, keys and rows in the order in which they come."""
    groups: dict[Any, list[Any]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as mappings; empty cells become None."""
    values = table.astype(object).where(table.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in values.to_dict("records")]
