"""All tables of a run together, and how whole threads are cut out of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from discourse.errors import ContractError
from discourse.tables.contract import CONTRACT


@dataclass(frozen=True, slots=True)
class Tables:
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

        Rows belong to a thread by their thread, post, source or loop. Sources and
        articles are given to every thread that was read from them.
        """
        for thread_id in self["posts"]["thread_id"].unique():
            yield self.of_thread(thread_id)

    def of_thread(self, thread_id: str) -> "Tables":
        """Cut out one thread; a thread that does not exist gives empty tables."""
        posts = self["posts"][self["posts"]["thread_id"] == thread_id]
        loops = self["loops"][self["loops"]["first_post"].isin(posts["post_id"])]
        owners: dict[str, list[str]] = {
            "thread_id": [thread_id],
            "post_id": posts["post_id"].tolist(),
            "loop_id": loops["loop_id"].tolist(),
            "source_id": posts["source_id"].unique().tolist(),
        }
        cut = {"posts": posts, "loops": loops}
        for name, frame in self.frames.items():
            column = next((c for c in owners if c in frame), None)
            if name not in cut and column is not None:
                cut[name] = frame[frame[column].isin(owners[column])]
        return Tables({name: cut[name].reset_index(drop=True) for name in self.frames if name in cut})


def _join(name: str, frames: list[pd.DataFrame]) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)]
    if not filled:
        return frames[0] if frames else CONTRACT[name].empty()
    return filled[0] if len(filled) == 1 else pd.concat(filled, ignore_index=True)
