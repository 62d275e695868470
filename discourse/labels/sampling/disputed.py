"""Disagreement: posts of which two makers, people among them, say what can hardly both be.

Weightiest first: two people; a person and the machine; two makers of the machine that shut each other out;
and last a marker that one maker gives alone where others often give it too.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, takewhile

from msgspec import Struct

from discourse.labels.decisions import HUMAN, LABEL_KEY
from discourse.labels.sampling.asked import Asked, Labelled, listed

_ONE_OF = frozenset(
    {"reply", "stance", "claim"}
)  # layers in which one label of a target shuts out the others
# markers that the codebook sets against each other, on the same words
_APART = (
    frozenset({"rhetorical_question", "clarifying_question"}),
    frozenset({"hedge", "booster"}),
)
_NOTHING = frozenset({("reply", "neither"), ("stance", "none")})  # as good as no label at all
_TWO_PEOPLE, _PERSON, _MACHINE = 3, 2, 1  # weights; of a marker given alone: below 1
Key = tuple[str, str]  # a marker and a maker
Given = dict[tuple[str, str], set[str]]  # layer and label: who gives it


class Dispute(Struct, frozen=True):
    """One thing on which two makers differ."""

    weight: int
    reason: str
    layer: str


class Disputes:
    """Collects what makers differ on, then says how weighty it is, post by post."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._weights: dict[int, float] = {}
        self._alone: list[tuple[int, Key]] = []  # posts, and markers that one maker alone gives there
        self._given: Counter[Key] = Counter()  # how often a maker gives a marker in a post,
        self._shared: Counter[Key] = Counter()  # how often another gives it there too,
        self._partners: dict[Key, set[str]] = {}  # and which others do

    def add(self, place: int, one: Labelled, *, may_be_chosen: bool) -> None:
        """Add a post; one that may not be chosen tells who gives which marker with whom."""
        makers = _makers(one) if self._asked.wants("rhetoric") else {}
        for label, names in makers.items():
            for maker in names:
                self._given[label, maker] += 1
                self._shared[label, maker] += len(names) > 1
                self._partners.setdefault((label, maker), set()).update(names - {maker})
        if may_be_chosen:
            self._alone += [(place, key) for key in _alone(makers)]
            if found := disputes(one, self._asked):
                self._weights[place] = found[0].weight

    def needs(self) -> dict[int, float]:
        """Return the weight of each post on which makers differ."""
        found: dict[int, float] = {}
        for place, key in self._alone:
            if share := self._shared[key] / self._given[key]:
                found[place] = max(found.get(place, 0.0), share)
        return found | self._weights

    def reason(self, place: int, one: Labelled) -> tuple[str, str]:
        """Return in plain words what makers differ on in a post, and in which layer."""
        if found := disputes(one, self._asked):
            return "; ".join(row.reason for row in found[:3]), found[0].layer
        alone = _alone(_makers(one))
        label, maker = max(alone, key=lambda key: (self._shared[key] / self._given[key], key))
        others = listed(sorted(self._partners[label, maker]))
        return f"{maker} gives {label}, {others} (elsewhere of one mind with it) not", "rhetoric"


def disputes(one: Labelled, asked: Asked) -> list[Dispute]:
    """Return what makers differ on in a post, weightiest first, each reason once.

    They differ where they give one answer, target or claim different labels, or the same words markers that
    shut each other out; where one has rejected the other's; and where one has looked for what the other
    gives, and gives nothing such. The machine has looked
    for everything. Other markers on the same words may all be right.
    """
    given: Given = {}
    for row in one.annotations:
        if asked.wants(row.layer):
            given.setdefault((row.layer, row.label), set()).add(row.annotator)
    said = [*_said_otherwise(one, given), *_apart(one, asked), *_rejected(one, asked)]
    found = [*said, *_not_seen(one, given), *_missed(given)]
    return sorted(dict.fromkeys(found), key=lambda row: (-row.weight, row.reason))


def _said_otherwise(one: Labelled, given: Given) -> Iterator[Dispute]:
    said: dict[tuple[str, str | None], set[tuple[str, str]]] = {}
    for row in one.annotations:
        if row.layer in _ONE_OF and (row.layer, row.label) in given:
            said.setdefault((row.layer, row.target), set()).add((row.annotator, row.label))
    for (layer, _), rows in said.items():
        for first, second in combinations(sorted(rows), 2):
            if first[0] != second[0] and first[1] != second[1]:
                told = f"{first[0]} says {first[1]}, {second[0]} says {second[1]}"
                yield Dispute(_weight(first[0], second[0]), told, layer)


def _apart(one: Labelled, asked: Asked) -> Iterator[Dispute]:
    shut_out = frozenset[str]().union(*_APART) if asked.wants("rhetoric") else frozenset[str]()
    rows = [row for row in one.annotations if row.layer == "rhetoric" and row.label in shut_out]
    rows.sort(key=lambda row: row.start)
    for number, first in enumerate(rows):
        for second in takewhile(lambda row: row.start < first.end, rows[number + 1 :]):  # noqa: B023 - used at once
            if first.annotator != second.annotator and frozenset({first.label, second.label}) in _APART:
                told = f"{first.annotator} says {first.label}, {second.annotator} says {second.label}"
                yield Dispute(_weight(first.annotator, second.annotator), told, "rhetoric")


def _rejected(one: Labelled, asked: Asked) -> Iterator[Dispute]:
    for row in one.annotations:
        key = tuple(getattr(row, name) for name in LABEL_KEY)
        if asked.wants(row.layer) and key in one.rejected:
            yield Dispute(
                _weight(row.annotator, HUMAN),
                f"{row.annotator} gives {row.label}, a person rejects it",
                row.layer,
            )


def _not_seen(one: Labelled, given: Given) -> Iterator[Dispute]:
    for entry in one.coded:
        person, layer = entry["annotator"], entry["layer"]
        own = {label for (of, label), makers in given.items() if of == layer and person in makers}
        if own and layer in _ONE_OF:
            continue  # says something else, which was told of already
        for (of, label), makers in given.items():
            is_missed = of == layer and label not in own and (layer, label) not in _NOTHING
            if is_missed and entry["label"] in (None, label):
                other = min(makers, key=lambda name: (not name.startswith(HUMAN), name))
                told = f"{other} gives {label}, {person} looked and does not"
                yield Dispute(_weight(other, person), told, layer)


def _missed(given: Given) -> Iterator[Dispute]:
    by_machine = {layer for (layer, _), makers in given.items() if not all(map(_is_person, makers))}
    for (layer, label), makers in given.items():
        is_told = (layer in _ONE_OF and layer in by_machine) or (layer, label) in _NOTHING
        if all(map(_is_person, makers)) and not is_told:
            yield Dispute(_PERSON, f"{min(makers)} gives {label}, the machine does not", layer)


def _makers(one: Labelled) -> dict[str, set[str]]:
    """Return by which makers of the machine each marker is given in a post."""
    found: dict[str, set[str]] = {}
    for row in one.annotations:
        if row.layer == "rhetoric" and not _is_person(row.annotator):
            found.setdefault(row.label, set()).update((row.annotator, *(row.also or "").split()))
    return found


def _alone(makers: dict[str, set[str]]) -> Iterator[Key]:
    for label, names in makers.items():
        if len(names) == 1:
            yield label, next(iter(names))


def _is_person(annotator: str) -> bool:
    return annotator.startswith(HUMAN)


def _weight(*makers: str) -> int:
    return (_MACHINE, _PERSON, _TWO_PEOPLE)[sum(map(_is_person, makers))]
