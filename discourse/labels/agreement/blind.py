"""How people came to their words: blind to the machine's labels or not; and which of their words counts."""

from collections.abc import Iterable, Sequence

from discourse.labels.decisions import Decision
from discourse.labels.journal import Noted

Question = tuple[str, str | None]  # a layer, and the label or the loop within it; None for all of it
_ORDER = ("seen", "imported", "blind")  # what is told of words that were said in several ways
_WHOLE = {"link": "link", "join": "split", "split": "split"}  # kinds of decisions on a layer as a whole


def question_of(decision: Decision) -> Question:
    """Return what a decision answers."""
    if decision.kind in _WHOLE:
        return _WHOLE[decision.kind], None
    if decision.kind == "turn":
        return "turn", decision.value["loop_id"]
    return decision.value["layer"], decision.value.get("label")


def parted(noted: Iterable[Noted]) -> tuple[list[Noted], list[Noted]]:
    """Part the decisions on a post into those that count and those that came after a blind word.

    A person's word on a layer is blind once the person was blindly done with it (`read`); on a link, or a
    turn of a loop, once it was given blindly. What the same person decides on that later with the machine's
    labels in sight, or brings in, is no word of its own. What was brought in before was in the person's own
    sight, and stands.

    Parameters
    ----------
    noted
        Decisions on one post, in order; people's are held apart.
    """
    blind: dict[str, set[Question]] = {}
    counted: list[Noted] = []
    later: list[Noted] = []
    for one in noted:
        layer, name = question_of(one.decision)
        given = blind.setdefault(one.annotator, set())
        is_bound = not one.is_blind and not given.isdisjoint({(layer, None), (layer, name)})
        (later if is_bound else counted).append(one)
        if one.is_blind and one.decision.kind in ("read", "link", "turn"):
            given.add((layer, name))
    return counted, later


def only_rejected(noted: Sequence[Noted]) -> frozenset[tuple[str, str, str]]:
    """Return the labels, by person and layer, for which people looked only since the machine gave them."""
    read = {(one.annotator, *question_of(one.decision)) for one in noted if one.decision.kind == "read"}
    found = set()
    for one in noted:
        who, (layer, label) = one.annotator, question_of(one.decision)
        is_read = not read.isdisjoint({(who, layer, None), (who, layer, label)})
        if one.decision.kind == "reject" and label is not None and not is_read:
            found.add((who, layer, label))
    return frozenset(found)


def sight_of(noted: Sequence[Noted]) -> dict[str, dict[str, str]]:
    """Say of each person and layer whether the machine's labels were in sight; of imported ones nobody knows.

    Returns
    -------
    dict
        By person, by layer: see `worst`.
    """
    found: dict[str, dict[str, set[str]]] = {}
    for one in noted:
        kind = "imported" if one.origin != "review" else "blind" if one.is_blind else "seen"
        layer, _ = question_of(one.decision)
        found.setdefault(one.annotator, {}).setdefault(layer, set()).add(kind)
    return {name: {layer: worst(kinds) for layer, kinds in by.items()} for name, by in found.items()}


def worst(kinds: Iterable[str]) -> str:
    """Return "seen" where any was, else "imported", else "blind"."""
    return min(kinds, key=_ORDER.index)
