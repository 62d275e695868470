"""Units times annotators, as codes: what the coefficients are computed of."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace

from discourse.labels.agreement.coefficients import MISSING, Codes
from discourse.labels.agreement.reading import MACHINE, CodedPost
from discourse.labels.agreement.spans import Places
from discourse.labels.agreement.units import (
    NOTHING,
    PRESENCE,
    Said,
    answer_units,
    labels_of,
    sayers_of,
    value_name,
)

YES_NO = ("not there", "there")


class Grid(Struct, frozen=True, kw_only=True):
    """The answers to one question: of a layer as a whole, or of one label of it."""

    layer: str
    label: str  # empty for the layer as a whole
    values: tuple[str, ...]  # what the codes 0, 1, 2 … stand for
    annotators: tuple[str, ...]  # people by name, then the machine, then its makers
    codes: Codes  # units × annotators; MISSING where one did not look
    posts: Codes  # each unit's post, by number
    threads: Codes

    @property
    def is_yes_no(self) -> bool:
        """Say whether the question is whether one label is there."""
        return self.values == YES_NO

    def seen_by(self, annotators: Sequence[str], fewest: int) -> "Grid":
        """Return the units at which at least so many of these annotators looked, with them alone."""
        columns = [self.annotators.index(name) for name in annotators]
        codes = self.codes[:, columns]
        kept = (codes != MISSING).sum(axis=1) >= fewest
        return replace(
            self,
            annotators=tuple(annotators),
            codes=codes[kept],
            posts=self.posts[kept],
            threads=self.threads[kept],
        )


class Passages(Struct, frozen=True):
    """The passages of one post in a layer."""

    place: tuple[int, int]  # post and thread, by number
    length: int  # of the text, in code points
    looked: frozenset[str]  # who looked for every label of the layer
    spans: Mapping[str, Collection[tuple[int, int, str]]]  # by annotator: start, end, label


class PresenceGrids(Struct):
    """Gathers the posts of a layer whose labels are each there or not."""

    layer: str
    people: Sequence[str]
    _places: list[tuple[int, int]] = field(default_factory=list)  # post and thread of each row
    _lengths: list[int] = field(default_factory=list)
    _all: list[tuple[str, ...]] = field(default_factory=list)  # who looked for every label
    # by label: who looked for it alone, and who gave it, each with the number of the row
    _some: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    _given: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    # by label: who looked for it only in rejecting it, with the number of the row
    _rejected: dict[str, set[tuple[int, str]]] = field(default_factory=dict)
    # by label: number of the row, whose, start and end; flat, since of 10,000 posts they take most room
    _spans: dict[str, list[tuple[int, str, int, int]]] = field(default_factory=dict)

    def add(self, post: CodedPost, thread: int) -> None:
        """Take in a post that somebody coded; one where nobody looked for this layer changes nothing."""
        found = labels_of(post, self.layer)
        looked = [name for name in post.people if post.looks(name, self.layer)]
        some = [
            (label, name)
            for name in post.people
            for layer, label in post.looked.get(name, ())
            if layer == self.layer and label is not None
        ]
        if not looked and not some and not any(name in found for name in post.people):
            return
        row = len(self._places)
        self._places.append((post.number, thread))
        self._lengths.append(len(post.text))
        self._all.append((*looked, MACHINE) if post.is_spoken else tuple(looked))
        for label, name in sorted(some):
            self._some.setdefault(label, []).append((row, name))
        for name, layer, label in post.rejected:
            if layer == self.layer:
                self._rejected.setdefault(label, set()).add((row, name))
        for name, labels in found.items():
            for label in labels:
                self._given.setdefault(label, []).append((row, name))
        for label_row in (*post.said, *post.machine):
            if label_row["layer"] == self.layer:
                spans = self._spans.setdefault(label_row["label"], [])
                place = label_row["start"], label_row["end"]
                spans += [(row, name, *place) for name in sayers_of(label_row)]

    def grids(self, *, only_read: bool = False) -> Iterator[Grid]:
        """Yield the grid of each label that anybody gave, with the posts at which a person looked for it.

        Parameters
        ----------
        only_read
            Leave out what people gave, or rejected, without saying that they looked: of posts that are
            there because somebody or the machine gave a label, no share can be taken.
        """
        for label in sorted({*self._given, *self._some}):
            yield _seen_by_people(self._grid(label, only_read), len(self.people))

    def spans(self, label: str) -> dict[tuple[int, str], Places]:
        """Return the spans of a label by number of the post and annotator."""
        found: dict[tuple[int, str], set[tuple[int, int]]] = {}
        for row, name, start, end in self._spans.get(label, []):
            found.setdefault((self._places[row][0], name), set()).add((start, end))
        return {key: frozenset(places) for key, places in found.items()}

    def passages(self) -> Iterator[Passages]:
        """Yield the passages of each post."""
        found: list[dict[str, set[tuple[int, int, str]]]] = [{} for _ in self._places]
        for label, spans in self._spans.items():
            for row, name, start, end in spans:
                found[row].setdefault(name, set()).add((start, end, label))
        for place, length, looked, given in zip(self._places, self._lengths, self._all, found, strict=True):
            yield Passages(place, length, frozenset(looked), given)

    def _grid(self, label: str, only_read: bool) -> Grid:
        given = self._given.get(label, [])
        makers = sorted({name for _, name in given} - {*self.people, MACHINE})
        annotators = (*self.people, MACHINE, *makers)
        column = {name: place for place, name in enumerate(annotators)}
        codes = np.full((len(self._places), len(annotators)), MISSING, dtype=np.int64)
        for row, names in enumerate(self._all):
            codes[row, [column[name] for name in names]] = 0
        codes[codes[:, column[MACHINE]] == 0, column[MACHINE] :] = 0
        unread = self._rejected.get(label, set()) if only_read else set()
        for row, name in self._some.get(label, []):
            if (row, name) not in unread:
                codes[row, column[name]] = 0
        for row, name in given:
            if not only_read or codes[row, column[name]] != MISSING or name not in self.people:
                codes[row, column[name]] = 1
        places = np.array(self._places, dtype=np.int64).reshape(-1, 2)
        return Grid(
            layer=self.layer,
            label=label,
            values=YES_NO,
            annotators=annotators,
            codes=codes,
            posts=places[:, 0],
            threads=places[:, 1],
        )


class AnswerGrids(Struct):
    """Gathers the units of a layer in which one value of several is given."""

    layer: str
    people: Sequence[str]
    # by label: post, thread, and what was said
    _units: dict[str, list[tuple[int, int, Said]]] = field(default_factory=dict)
    _known: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)  # each answer is held once

    def add(self, post: CodedPost, thread: int) -> None:
        """Take in a post; units at which no person looked are left out."""
        for unit in answer_units(post, self.layer):
            if any(name in unit.said for name in post.people):
                said = {name: self._known.setdefault(given, given) for name, given in unit.said.items()}
                self._units.setdefault(unit.label, []).append((post.number, thread, said))

    def grids(self) -> Iterator[Grid]:
        """Yield the grid of the layer as a whole, then one for each label; of turns, side and role."""
        for part, units in sorted(self._units.items()):
            yield self._whole(part, units)
            if self.layer in ("reply", "stance", "claim"):
                for label in sorted(
                    {value for *_, said in units for given in said.values() for value in given}
                ):
                    yield self._of_label(label, units)

    def _annotators(self, units: Sequence[tuple[int, int, Said]]) -> tuple[str, ...]:
        makers = sorted({name for *_, said in units for name in said} - {*self.people, MACHINE})
        return (*self.people, MACHINE, *makers)

    def _whole(self, part: str, units: Sequence[tuple[int, int, Said]]) -> Grid:
        annotators = self._annotators(units)
        names = {value_name(self.layer, given) for *_, said in units for given in said.values()}
        values = tuple(sorted(names | {NOTHING[self.layer]}))
        code = {name: place for place, name in enumerate(values)}
        return self._filled(
            part, values, annotators, units, lambda given: code[value_name(self.layer, given)]
        )

    def _of_label(self, label: str, units: Sequence[tuple[int, int, Said]]) -> Grid:
        makers = {name for *_, said in units for name, given in said.items() if label in given}
        annotators = tuple(
            name for name in self._annotators(units) if name in makers or name in (*self.people, MACHINE)
        )
        return self._filled(label, YES_NO, annotators, units, lambda given: int(label in given))

    def _filled(
        self,
        label: str,
        values: tuple[str, ...],
        annotators: tuple[str, ...],
        units: Sequence[tuple[int, int, Said]],
        code: Callable[[frozenset[str]], int],
    ) -> Grid:
        codes = np.full((len(units), len(annotators)), MISSING, dtype=np.int64)
        for row, (_, _, said) in enumerate(units):
            for place, name in enumerate(annotators):
                # a maker is silent where the machine looked and this maker said nothing
                is_silent_maker = place > len(self.people) and MACHINE in said
                if name in said or is_silent_maker:
                    codes[row, place] = code(said.get(name, frozenset()))
        places = np.array([unit[:2] for unit in units], dtype=np.int64).reshape(-1, 2)
        return Grid(
            layer=self.layer,
            label=label,
            values=values,
            annotators=annotators,
            codes=codes,
            posts=places[:, 0],
            threads=places[:, 1],
        )


def gatherer(layer: str, people: Sequence[str]) -> PresenceGrids | AnswerGrids:
    """Return what gathers the units of a layer."""
    return PresenceGrids(layer, people) if layer in PRESENCE else AnswerGrids(layer, people)


def _seen_by_people(grid: Grid, people: int) -> Grid:
    """Return the units at which a person looked."""
    kept = (grid.codes[:, :people] != MISSING).any(axis=1)
    return replace(grid, codes=grid.codes[kept], posts=grid.posts[kept], threads=grid.threads[kept])
