"""What is coded: from a post and what everybody says of it to units and the values given to them.

A person's silence counts only where the person looked (table `coded`), the machine's only in posts of a
language in which it looks. An empty set of values means "looked, and gave no label".

=========  ==========================  ===============================================================
layer      unit                        values
=========  ==========================  ===============================================================
quote      post, label by label        there or not
rhetoric   post, label by label        there or not
reply      post and post answered      agree, disagree, neither; no label
stance     post and target             favor, against; none (also where nothing is said of a target
                                       that somebody else names in the post)
claim      post and claim              asserts, denies; none (as above)
link       post                        the post answered, or nobody; who looked and moved no link lets
                                       the link of the page stand
turn       loop and post               side (a, b), role (assertion, restatement); no turn
split      post                        one post, joined to the one before, cut at a place (how alike whole
                                       pages are cut is measured by `segmentation.py`)
=========  ==========================  ===============================================================
"""

import unicodedata
from collections.abc import Iterator, Mapping

from msgspec import Struct

from discourse.labels.agreement.reading import MACHINE, CodedPost
from discourse.labels.decisions import HUMAN
from discourse.labels.people import Row

PRESENCE = ("quote", "rhetoric")  # layers in which each label is a question of its own
ANSWERS = ("reply", "stance", "claim", "link", "turn")  # layers in which one value of several is given
NOTHING = {
    "reply": "no label",
    "stance": "none",
    "claim": "none",
    "link": "nobody",
    "turn": "no turn",
    "split": "one post",
}
Said = dict[str, frozenset[str]]  # by annotator


class Unit(Struct, frozen=True, kw_only=True):
    """One question that was put to annotators, with their answers."""

    layer: str
    label: str  # the label asked for; of turns "side" or "role"; empty where any of the layer may be given
    target: str | None  # what it is about, as the first who named it writes it
    said: Said


def makers_of(row: Row) -> tuple[str, ...]:
    """Return the makers that say what a machine's row says."""
    return (row["annotator"], *(row["also"] or "").split())


def labels_of(post: CodedPost, layer: str) -> dict[str, frozenset[str]]:
    """Return the labels of a layer in a post by annotator, the machine's also by maker."""
    found: dict[str, set[str]] = {}
    for row in (*post.said, *post.machine):
        if row["layer"] == layer:
            for name in sayers_of(row):
                found.setdefault(name, set()).add(row["label"])
    return {name: frozenset(labels) for name, labels in found.items()}


def presence_units(post: CodedPost, layer: str) -> Iterator[Unit]:
    """Yield a unit for each label of a layer that anybody gives to the post."""
    found = labels_of(post, layer)
    for label in sorted(set().union(*found.values())):
        said = {name: found.get(name, frozenset()) & {label} for name in watchers(post, layer, label, found)}
        yield Unit(layer=layer, label=label, target=None, said=said)


def watchers(post: CodedPost, layer: str, label: str, found: Mapping[str, frozenset[str]]) -> list[str]:
    """Return who counts on a label: people who looked or gave it, and the machine where it looks."""
    people = [
        name
        for name in post.people
        if post.looks(name, layer, label) or label in found.get(name, frozenset())
    ]
    return [*people, MACHINE] if post.is_spoken or label in found.get(MACHINE, frozenset()) else people


def answer_units(post: CodedPost, layer: str) -> Iterator[Unit]:
    """Yield the units of a layer in which one value of several is given."""
    if layer == "link":
        yield from _link_units(post)
    elif layer == "turn":
        yield from _turn_units(post)
    elif layer == "split":
        yield from _split_units(post)
    else:
        yield from _label_units(post, layer)


def _label_units(post: CodedPost, layer: str) -> Iterator[Unit]:
    names: dict[str, str | None] = {}  # of each target as it is compared: as it was first written
    given: dict[str, dict[str, set[str]]] = {}
    for row in (*post.said, *post.machine):
        if row["layer"] == layer:
            target = row["target"] or (post.reply_to if layer == "reply" else None)
            key = comparable(target)
            names.setdefault(key, target)
            for name in sayers_of(row):
                given.setdefault(key, {}).setdefault(name, set()).add(row["label"])
    if layer == "reply" and post.reply_to is not None:
        names.setdefault(comparable(post.reply_to), post.reply_to)
    for key in sorted(names):
        said: Said = {
            name: frozenset(labels) - {NOTHING[layer]} for name, labels in given.get(key, {}).items()
        }
        for name in _silent(post, layer, key, given):
            said.setdefault(name, frozenset())
        yield Unit(layer=layer, label="", target=names[key], said=said)


def sayers_of(row: Row) -> tuple[str, ...]:
    """Return who says what a row says: a person, or the machine and those of its makers that do."""
    name: str = row["annotator"]
    return (name,) if name.startswith(HUMAN) else (MACHINE, *makers_of(row))


def _silent(
    post: CodedPost, layer: str, key: str, given: Mapping[str, Mapping[str, set[str]]]
) -> Iterator[str]:
    """Yield who looked at a unit, whatever they said.

    The machine judges replies to the post that it takes to be answered alone; a person who judges the
    post as a reply to another is asked about that one: the two differ in the layer `link`.
    """
    is_own = layer != "reply" or key == comparable(post.reply_to)
    for name in post.people:
        elsewhere = layer == "reply" and any(name in by for other, by in given.items() if other != key)
        if is_own and not elsewhere and post.looks(name, layer):
            yield name
    if post.is_spoken and is_own and (layer != "reply" or post.is_answer):
        yield MACHINE


def comparable(target: str | None) -> str:
    """Return a target's name as it is held against others: case and blanks do not count."""
    return " ".join(unicodedata.normalize("NFC", target or "").casefold().split())


def _link_units(post: CodedPost) -> Iterator[Unit]:
    of_page = post.reply_to or ""
    said = {name: post.links.get(name, of_page) for name in post.people}
    told = {name: to for name, to in said.items() if name in post.links or post.looks(name, "link")}
    told[MACHINE] = of_page
    values = {name: frozenset({to} if to else ()) for name, to in told.items()}
    yield Unit(layer="link", label="", target=None, said=values)


def _split_units(post: CodedPost) -> Iterator[Unit]:
    said: Said = {MACHINE: frozenset()}
    for name in post.people:
        cuts = {f"cut at {at}" for at in post.splits.get(name, ())}
        changes = cuts | ({"joined"} if name in post.joins else set())
        if changes or post.looks(name, "split"):
            said[name] = frozenset(changes)
    yield Unit(layer="split", label="", target=None, said=said)


def _turn_units(post: CodedPost) -> Iterator[Unit]:
    rows = (*post.turns, *post.machine_turns)
    for loop in sorted({row["loop_id"] for row in rows}):
        of_machine = any(row["loop_id"] == loop for row in post.machine_turns)
        for part in ("side", "role"):
            said: Said = {name: frozenset() for name in post.people if post.looks(name, "turn")}
            # a loop that a person alone sees is none that the machine was asked about
            if of_machine or any(row["loop_id"] == loop and row.get("posts") for row in post.turns):
                said[MACHINE] = frozenset()
            for row in rows:
                if row["loop_id"] == loop:
                    name = row["annotator"] if row["annotator"].startswith(HUMAN) else MACHINE
                    is_turn = row.get("side") is not None and row.get(part) is not None
                    said[name] = frozenset({row[part]}) if is_turn else frozenset()
            yield Unit(layer="turn", label=part, target=loop, said=said)


def value_name(layer: str, values: frozenset[str]) -> str:
    """Return in words what was said; several values of one annotator stand as `agree + disagree`."""
    if layer in PRESENCE:
        return "there" if values else "not there"
    return " + ".join(sorted(values)) or NOTHING[layer]
