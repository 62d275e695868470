"""The loops of a run, as a coder is asked about their turns."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field

from discourse.stored.streaming import Row, stream_rows

_MARGIN = 10  # posts before and after a loop within which a post may be a turn that was missed
_MOST = 12  # loops that are asked about at one post


class Dispute(Struct):
    """A loop with its two claims and its turns."""

    place: int  # from 1, in the order of the table
    loop_id: str
    thread_id: str
    question: str
    claims: tuple[str, str]
    annotator: str
    turns: dict[int, Row] = field(default_factory=dict)  # by the number of their post

    @property
    def posts(self) -> list[str]:
        """The ids of its turns, in order."""
        return [row["post_id"] for _, row in sorted(self.turns.items())]


class Disputes:
    """All loops of a run.

    Parameters
    ----------
    folder
        Of the run.
    numbers
        Of its posts, by id.
    """

    def __init__(self, folder: Path, numbers: Mapping[str, int]) -> None:
        claims = {row["claim_id"]: row for row in stream_rows(folder, "claims")}
        self.words = {claim_id: row["text"] for claim_id, row in claims.items()}  # of claims
        self._claims: dict[str, list[Row]] = {}
        for row in claims.values():
            self._claims.setdefault(row["thread_id"], []).append(row)
        self.all: list[Dispute] = []
        by_id: dict[str, Dispute] = {}
        for place, row in enumerate(stream_rows(folder, "loops"), 1):
            pair = [claims.get(row[name], {}) for name in ("claim_a", "claim_b")]
            thread_id = next((claim["thread_id"] for claim in pair if claim), "")
            words = (pair[0].get("text", ""), pair[1].get("text", ""))
            found = Dispute(place, row["loop_id"], thread_id, row["question"], words, row["annotator"])
            by_id[found.loop_id] = found
            self.all.append(found)
        for row in stream_rows(folder, "turns"):
            number = numbers.get(row["post_id"])
            if row["loop_id"] in by_id and number is not None:
                by_id[row["loop_id"]].turns[number] = row

    def claims(self, thread_id: str) -> dict[str, str]:
        """Return the claims of a thread, id to words."""
        return {row["claim_id"]: row["text"] for row in self._claims.get(thread_id, ())}

    def near(self, thread_id: str, number: int) -> list[Dispute]:
        """Return the loops of a thread that a post lies in, or near.

        The margin is wide: that a loop is named does not give away whether the post is a turn of it.
        """
        found = [
            dispute
            for dispute in self.all
            if dispute.turns
            and dispute.thread_id == thread_id
            and min(dispute.turns) - _MARGIN <= number <= max(dispute.turns) + _MARGIN
        ]
        return found[:_MOST]
