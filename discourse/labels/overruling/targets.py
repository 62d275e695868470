"""What the targets of people's labels are called in an analysis."""

from discourse.labels.overruling.decided import Word
from discourse.labels.overruling.pages import Moves, Place
from discourse.tables import Tables


class Targets:
    """Targets in the tables of an analysis, in which claims are numbered anew and posts joined and split."""

    def __init__(self, tables: Tables, moves: Moves) -> None:
        self._moves = moves
        self._claims = set(tables["claims"]["claim_id"])
        rows = tables["annotations"]
        rows = rows[rows["layer"] == "claim"]
        named = zip(rows["post_id"], rows["start"], rows["end"], rows["target"], strict=True)
        self._said: dict[Place, list[str]] = {}  # claims that a passage is said to bear
        for post_id, start, end, claim_id in named:
            self._said.setdefault((post_id, start, end), []).append(claim_id)

    def now(self, word: Word, place: Place) -> str | None:
        """Return a label's target: a claim by the passage that bears it, a post by what holds it now.

        Raises
        ------
        LookupError
            Where there is no such claim any more.
        """
        target, layer = word.value.get("target"), word.value["layer"]
        if layer != "claim":
            return self._moves.target(layer, None if target is None else str(target))
        said = self._said.get(place, [])
        if said and target not in said:
            return said[0]
        if target not in self._claims:
            raise LookupError(target)
        return str(target)
