"""How many decisions of people stand in a run, by what they did."""

from collections.abc import Iterator

from discourse.tables import Tables

CONFIRMED = "confirm"
# what an action is called, of one and of many; those that overrule the machine come first
ACTIONS = {
    "reject": ("label rejected", "labels rejected"),
    "change": ("label changed", "labels changed"),
    "add": ("label added", "labels added"),
    "relink": ("reply link moved", "reply links moved"),
    "join": ("post joined", "posts joined"),
    "split": ("post split", "posts split"),
    "turn": ("turn marked", "turns marked"),
    CONFIRMED: ("label confirmed", "labels confirmed"),
}


def correction_counts(tables: Tables) -> Iterator[tuple[str, float, str]]:
    """Yield metric, number and unit: `corrections` (those that overrule), `corrections.ACTION`, `correctors`.

    Nothing where nobody corrected anything.
    """
    edits = tables["edits"]
    if edits.empty:
        return
    yield "corrections", float((edits["action"] != CONFIRMED).sum()), "corrections"
    yield "correctors", float(edits["annotator"].nunique()), "people"
    for action in ACTIONS:
        if number := int((edits["action"] == action).sum()):
            yield f"corrections.{action}", float(number), "corrections"
