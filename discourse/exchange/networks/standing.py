"""Which labels of a post count once each, where several makers speak of it."""

from collections.abc import Iterable

from discourse.exchange.corpus import Choice, LabelledPost
from discourse.exchange.settled import machine_looked
from discourse.labels.decisions import HUMAN
from discourse.model import Annotation

DIVIDED = "divided"  # makers, or passages of a post, say different things


def standing(one: LabelledPost, layer: str) -> list[Annotation]:
    """Return the labels of a layer that count: people's where people looked, else the machine's.

    A label of the machine that a person has rejected never counts.

    A person has looked who gave a label of the layer, or says so (the table `coded`); of one who looked
    for some labels alone, the machine's other labels still count.
    """
    rows = [row for row in one.unrejected() if row.layer == layer]
    people = [row for row in rows if row.annotator.startswith(HUMAN)]
    looked = {entry["label"] for entry in one.coded if entry["layer"] == layer}
    if None in looked or (people and not looked):
        return people
    wanted = looked | {row.label for row in people}
    machine = [row for row in rows if not row.annotator.startswith(HUMAN)]
    return people + [row for row in machine if row.label not in wanted]


def is_looked_at(one: LabelledPost, layer: str, choice: Choice) -> bool:
    """Say whether anybody has looked for labels of a layer in a post, so that none means something."""
    return (
        any(row.layer == layer for row in one.annotations)
        or any(entry["layer"] == layer for entry in one.coded)
        or ((not choice.layers or layer in choice.layers) and machine_looked(one.post, layer, choice))
    )


def verdicts(one: LabelledPost) -> dict[str, str]:
    """Return what a post says to each post that it answers: agree, disagree, neither or divided.

    What most labels say counts; where two are said equally often, it is divided.
    """
    said: dict[str, list[str]] = {}
    for row in standing(one, "reply"):
        if answered := row.target or one.post.reply_to:
            said.setdefault(answered, []).append(row.label)
    return {answered: _most(labels) for answered, labels in said.items()}


def quoted(one: LabelledPost) -> list[str]:
    """Return which post each passage quotes, once a passage; `external` where it is none of them."""
    places = {(row.start, row.end, row.target): row.target for row in standing(one, "quote")}
    return [target or "external" for target in places.values()]


def names_of(rows: Iterable[Annotation]) -> set[tuple[str | None, ...]]:
    """Return labels without their makers, so that one which two makers give counts once."""
    return {(row.label, row.target, str(row.start), str(row.end)) for row in rows}


def _most(labels: list[str]) -> str:
    counts = {label: labels.count(label) for label in labels}
    best = [label for label, count in counts.items() if count == max(counts.values())]
    return best[0] if len(best) == 1 else DIVIDED
