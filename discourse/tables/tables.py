"""All tables of a run together, and how whole threads are cut out of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pandas as pd
from msgspec import Struct, field

from discourse.errors import ContractError
from discourse.tables.contract import CONTRACT


class Tables(Struct, frozen=True):
    """Tables by name; a table that nobody has written yet is there, and empty.

    Frames are never changed in place: a stage returns a new `Tables`.
    """

    frames: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    def __getitem__(self, name: str) -> pd.DataFrame:
        frame = self.frames.get(name)
        return CONTRACT[name].empty() if frame is None else frame

    def __contains__(self, name: str) -> bool:
        return name in self.frames

    def names(self) -> list[str]:
        """Names of the tables that somebody has written, in the contract's order."""
        return [name for name in CONTRACT if name in self.frames]

    def replace(self, **frames: pd.DataFrame) -> "Tables":
        """Return these tables with some exchanged for others."""
        return Tables({**self.frames, **frames})

    @staticmethod
    def concat(parts: Iterable["Tables"]) -> "Tables":
        """Join tables row-wise, in the order given; without parts, without tables."""
        collected: dict[str, list[pd.DataFrame]] = {}
        for part in parts:
            for name, frame in part.frames.items():
                collected.setdefault(name, []).append(frame)
        return Tables({name: _join(name, collected[name]) for name in CONTRACT if name in collected})

    def check(self, where: str) -> "Tables":
        """Return these tables if they keep the contract.

        Raises
        ------
        ContractError
            Naming every fault of every table, and `where` they come from.
        """
        faults = [
            f"{name}: {fault}"
            for name, frame in self.frames.items()
            for fault in CONTRACT[name].faults(frame)
        ]
        if faults:
            raise ContractError(
                where=where, problem="; ".join(faults), fix="Report it: a stage broke its contract"
            )
        return self

    def by_thread(self) -> Iterator["Tables"]:
        """Yield the tables of each thread, in the order in which threads first appear.

        Rows belong to a thread by their thread, post, loop, claim or source. Sources and
        articles are given to every thread that was read from them, and those from which no
        post was taken, which were read beside the threads, to all.
        """
        posts = self["posts"]
        rows = self._rows_by_thread(posts)
        for thread_id in posts["thread_id"].unique():
            yield self._cut(rows, thread_id)

    def of_thread(self, thread_id: str) -> "Tables":
        """Cut out one thread; a thread that does not exist gives empty tables."""
        posts = self["posts"]
        return self._cut(self._rows_by_thread(posts[posts["thread_id"] == thread_id]), thread_id)

    def sources_of_posts(self) -> frozenset[str]:
        """Ids of the sources that posts were taken from; the others were read beside them."""
        return frozenset(self["posts"]["source_id"].unique())

    def _rows_by_thread(self, posts: pd.DataFrame) -> dict[str, dict[str, list[int]]]:
        owners = _Owners.of(posts, self["loops"], self["claims"], self.sources_of_posts())
        found = {name: owners.rows(frame) for name, frame in self.frames.items()}
        return {name: rows for name, rows in found.items() if rows is not None}

    def _cut(self, rows: Mapping[str, Mapping[str, list[int]]], thread_id: str) -> "Tables":
        return Tables(
            {
                name: self.frames[name].iloc[found.get(thread_id, [])].reset_index(drop=True)
                for name, found in rows.items()
            }
        )


class _Owners(Struct, frozen=True):
    """Which threads a row belongs to, by the first of these columns that its table has."""

    threads_of: Mapping[str, Mapping[str, Sequence[str]]]
    sources: frozenset[str]  # that posts were taken from, of whatever thread

    @staticmethod
    def of(
        posts: pd.DataFrame, loops: pd.DataFrame, claims: pd.DataFrame, sources: frozenset[str]
    ) -> "_Owners":
        of_post = dict(zip(posts["post_id"], posts["thread_id"], strict=True))
        of_source: dict[str, dict[str, None]] = {}
        for source_id, thread_id in zip(posts["source_id"], posts["thread_id"], strict=True):
            of_source.setdefault(source_id, {})[thread_id] = None
        known = zip(loops["loop_id"], loops["first_post"], strict=True)
        return _Owners(
            {
                "thread_id": {thread_id: (thread_id,) for thread_id in dict.fromkeys(posts["thread_id"])},
                "post_id": {post_id: (thread_id,) for post_id, thread_id in of_post.items()},
                "loop_id": {loop_id: (of_post[first],) for loop_id, first in known if first in of_post},
                "claim_id": {
                    claim_id: (thread_id,)
                    for claim_id, thread_id in zip(claims["claim_id"], claims["thread_id"], strict=True)
                },
                "source_id": {source_id: tuple(threads) for source_id, threads in of_source.items()},
            },
            sources,
        )

    def rows(self, frame: pd.DataFrame) -> dict[str, list[int]] | None:
        """Return places of each thread's rows in a table; None where its rows belong to no thread."""
        column = next((name for name in self.threads_of if name in frame), None)
        if column is None:
            return None
        owned: dict[str, list[int]] = {}
        threads_of = self.threads_of[column]
        everywhere = tuple(self.threads_of["thread_id"]) if column == "source_id" else ()
        for place, value in enumerate(frame[column]):
            for thread_id in threads_of.get(value, () if value in self.sources else everywhere):
                owned.setdefault(thread_id, []).append(place)
        return owned


def _join(name: str, frames: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)]
    if not filled:
        return frames[0] if frames else CONTRACT[name].empty()
    return filled[0] if len(filled) == 1 else pd.concat(filled, ignore_index=True)
