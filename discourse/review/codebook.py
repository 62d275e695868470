"""Which labels a coder can give: the codebooks' own, and the markers of the run's lexicons."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from discourse.errors import DiscourseError
from discourse.lexicon import meanings
from discourse.tables.contract import LAYERS, PAGE_LAYERS

# what the codebooks say, in a line each; the markers' lines come from the run
_FIXED: dict[str, dict[str, str]] = {
    "reply": {
        "agree": "The post as a whole agrees with the post that it answers.",
        "disagree": "It disagrees with it; granting one point and disputing the main one is this too.",
        "neither": "A question, joke, aside, insult or plain answer without a position.",
    },
    "stance": {
        "favor": "Praises, backs or hopes for the target; angry words for it are this too.",
        "against": "Blames, opposes or hopes against the target.",
        "none": "Names the target without taking a side on it.",
    },
    "claim": {
        "asserts": "Says that the claim holds, or plainly presupposes it.",
        "denies": "Says that it does not hold, or gives a value that excludes it.",
    },
    "quote": {"quote": "Somebody else's words, from another post or from elsewhere."},
}
ASKED = ("link", "split", "reply", "stance", "claim", "rhetoric", "quote", "turn")  # in the order of the page
NAMES = {
    "link": "whom posts answer",
    "split": "where posts begin",
    "reply": "agreement with the post answered",
    "stance": "stance on targets",
    "claim": "claims",
    "rhetoric": "rhetoric markers",
    "quote": "quotations",
    "turn": "turns of disputes",
}


class Codebook(Struct, frozen=True):
    """Labels by layer, each with what it means in one line."""

    layers: Mapping[str, Mapping[str, str]]

    @staticmethod
    def of(record: Mapping[str, Any]) -> "Codebook":
        """Return the codebook of a run; markers are those that its record names, else ours."""
        told = record.get("meanings")
        markers = told.items() if isinstance(told, dict) else ()
        own = {str(name): str(meaning) for name, meaning in markers}
        return Codebook({**_FIXED, "rhetoric": {**meanings(), **own}})

    def has(self, layer: str, label: str) -> bool:
        """Say whether there is such a label."""
        return label in self.layers.get(layer, {})

    def meaning(self, layer: str, label: str) -> str:
        """Return what a label means; empty for one that is not known."""
        return self.layers.get(layer, {}).get(label, "")


def asked_layers(wanted: str | None) -> tuple[str, ...]:
    """Return what is to be reviewed, in the order of the page, from names with commas between; all of None.

    Raises
    ------
    DiscourseError
        Naming what is no layer.
    """
    names = {name.strip() for name in (wanted or "").split(",")} - {""}
    if unknown := sorted(names - {*LAYERS, *PAGE_LAYERS}):
        raise DiscourseError(
            where="--layer",
            problem=f"there is no layer {unknown[0][:40]!r}",
            fix=f"Name some of {', '.join(ASKED)}, with commas between",
        )
    return tuple(name for name in ASKED if not names or name in names)
