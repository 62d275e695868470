"""One row a post, one column a label: what a classifier learns from."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

from discourse.exchange.corpus import Choice, LabelledPost
from discourse.exchange.settled import hears_machine, machine_looked, settled_reply
from discourse.labels.decisions import HUMAN
from discourse.model import Annotation
from discourse.tables.contract import LAYERS
from discourse.tables.schema import Column

_HEAD = ("post_id", "thread_id", "author", "timestamp", "reply_to", "lang", "text")
_LISTED = ("stance", "claim", "quote")  # layers whose labels have targets, of which a post may have several
_ALWAYS = (("stance", "favor"), ("stance", "against"))  # lists that stand there even where no post has one
PEOPLE, MACHINE = "people", "machine"
Layer = str
Label = str


class Verdict(NamedTuple):
    """Whether a post has a label, and who says so."""

    value: Any  # 1 or 0, or the label of a reply; None where nobody looked
    score: float | None  # the machine's, or the share of the people who looked that saw it
    by: str | None


class Wide:
    """The wide table: made ready by a first pass over the posts, filled by a second.

    People's word goes before the machine's where at least one of them looked: the label is there where
    more than half of those who looked say so. It is what `settled` gives, and who says so. Where nobody
    looked, no cell says anything: a machine looks for what some machine gives, in languages that it knows.
    """

    def __init__(self, choice: Choice) -> None:
        self._layers = choice.layers or frozenset(LAYERS)
        self._choice = choice
        # what machines give, and in posts of which languages: lexicons of a user's own are not known
        self._given: dict[tuple[Layer, Label], set[str | None]] = {pair: set() for pair in _ALWAYS}
        self._found: set[tuple[Layer, Label]] = {pair for pair in _ALWAYS if pair[0] in self._layers}

    def see(self, one: LabelledPost) -> None:
        """Note which labels occur."""
        self._found.update((row.layer, row.label) for row in one.annotations)
        for row in one.annotations:
            if not row.annotator.startswith(HUMAN):
                self._given.setdefault((row.layer, row.label), set()).add(one.post.lang)
        sought = ((entry["layer"], entry["label"]) for entry in one.coded if entry["label"])
        self._found.update(pair for pair in sought if pair[0] in self._layers)

    @cached_property
    def _markers(self) -> dict[Label, str]:
        """The labels of rhetoric with their columns; asked for after the first pass."""
        labels = sorted(label for layer, label in self._found if layer == "rhetoric")
        return {label: column_name("rhetoric", label) for label in labels}

    @cached_property
    def _listed(self) -> dict[tuple[Layer, Label], str]:
        """The labels that have targets, with their columns."""
        pairs = [pair for pair in self._found if pair[0] in _LISTED]
        pairs.sort(key=lambda pair: (_LISTED.index(pair[0]), pair[1]))
        return {pair: column_name(*pair) for pair in pairs}

    @property
    def lists(self) -> frozenset[str]:
        """The columns that hold lists of targets."""
        return frozenset(self._listed.values())

    @property
    def columns(self) -> tuple[Column, ...]:
        """Columns in their order."""
        found = [Column(name, nullable=name not in ("post_id", "text")) for name in _HEAD]
        if "reply" in self._layers:
            found += [Column("reply.label", nullable=True), *_score_and_maker("reply")]
        for name in self._markers.values():
            found += [Column(name, "Int64", nullable=True), *_score_and_maker(name)]
        return (*found, *(Column(name, nullable=True) for name in self._listed.values()))

    def row(self, one: LabelledPost) -> dict[str, Any]:
        """Return a post's row, and more than the columns where some layers were not chosen."""
        row: dict[str, Any] = {name: getattr(one.post, name) for name in _HEAD}
        by_label: dict[tuple[Layer, Label], list[Annotation]] = {}
        for label in one.unrejected():
            by_label.setdefault((label.layer, label.label), []).append(label)
        reply = _reply(one)
        row |= {"reply.label": reply.value, "reply.score": reply.score, "reply.by": reply.by}
        for marker, name in self._markers.items():
            verdict = self._verdict(one, "rhetoric", marker, by_label.get(("rhetoric", marker), ()))
            row |= {name: verdict.value, f"{name}.score": verdict.score, f"{name}.by": verdict.by}
        for pair, name in self._listed.items():
            row[name] = self._targets(one, *pair, by_label.get(pair, ()))
        return row

    def _verdict(self, one: LabelledPost, layer: Layer, label: Label, rows: Sequence[Annotation]) -> Verdict:
        """Say whether a label is there; `rows` are those of this label that nobody rejected."""
        readers = looked(one, layer, label)
        givers = {row.annotator for row in rows if row.annotator.startswith(HUMAN)}
        if voters := readers | givers:
            return Verdict(int(2 * len(givers) > len(voters)), round(len(givers) / len(voters), 4), PEOPLE)
        if not self._is_sought(one, layer, label):
            return Verdict(None, None, None)
        return Verdict(int(bool(rows)), max((row.score for row in rows), default=None), MACHINE)

    def _is_sought(self, one: LabelledPost, layer: Layer, label: Label) -> bool:
        """Say whether a machine has looked for a label in a post."""
        languages = self._given.get((layer, label))
        if languages is None or not hears_machine(self._choice):
            return False
        return one.post.lang in languages or machine_looked(one.post, layer, self._choice, label)

    def _targets(
        self, one: LabelledPost, layer: Layer, label: Label, rows: Sequence[Annotation]
    ) -> list[str] | None:
        if not rows and not looked(one, layer, label) and not self._is_sought(one, layer, label):
            return None
        targets = sorted({row.target or "" for row in rows})
        by_target = {target: [row for row in rows if (row.target or "") == target] for target in targets}
        return [
            target for target, those in by_target.items() if self._verdict(one, layer, label, those).value
        ]


def _reply(one: LabelledPost) -> Verdict:
    """Return the label to the post that is answered; where it has none, that to another."""
    rows = [row for row in one.unrejected() if row.layer == "reply"]
    rows = [row for row in rows if row.target in (one.post.reply_to, None)] or rows
    held = settled_reply(rows)
    givers = {(row.annotator, row.label) for row in rows if row.annotator.startswith(HUMAN)}
    if held is None:  # people are split evenly, or nobody says anything
        return Verdict(None, None, PEOPLE if givers else None)
    if not givers:
        return Verdict(held.label, held.score, MACHINE)
    agreed = sum(label == held.label for _, label in givers)
    return Verdict(held.label, round(agreed / len({who for who, _ in givers}), 4), PEOPLE)


def looked(one: LabelledPost, layer: Layer, label: Label) -> frozenset[str]:
    """Return who looked for a label in a post, or for all labels of its layer."""
    if not one.coded:
        return frozenset()
    return frozenset(
        entry["annotator"]
        for entry in one.coded
        if entry["layer"] == layer and entry["label"] in (None, label)
    )


def column_name(layer: Layer, label: Label) -> str:
    """Return a label's column: `rhetoric.hedge`; a dot within a name is written `%2E`, so that none clash."""
    return f"{layer}.{label.replace('%', '%25').replace('.', '%2E')}"


def _score_and_maker(name: str) -> tuple[Column, Column]:
    return Column(f"{name}.score", "float64", nullable=True), Column(f"{name}.by", nullable=True)
