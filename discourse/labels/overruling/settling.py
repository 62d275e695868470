"""Which labels stand on one post where people and the machine have spoken."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from discourse.analysis.base import merge_overlaps
from discourse.labels.decisions import LABEL_KEY
from discourse.labels.overruling.decided import OnPost, excludes
from discourse.labels.overruling.told import Change, said_of
from discourse.labels.people import Key, key_of
from discourse.model import Annotation

_PASSAGES = frozenset({"rhetoric", "quote"})  # layers of which a label is of some words of a post


class Against(Struct):
    """What people said against labels on a post as it stands now."""

    rejected: dict[Key, str] = field(default_factory=dict)  # and by whom
    read: list[tuple[int, int, OnPost]] = field(default_factory=list)  # stretches that somebody looked at

    def reader(self, row: Annotation, is_relinked: bool) -> str | None:
        """Return who looked for a label of the machine's and did not find it; None where nobody did."""
        for start, end, on_post in self.read:
            is_in = row.layer == "reply" or (start <= row.start and row.end <= end)
            if not is_in:
                continue
            gone = on_post.read_before_link if is_relinked else ()
            seen = OnPost(read={what: who for what, who in on_post.read.items() if what not in gone})
            if (who := seen.reader(row.layer, row.label)) is not None:
                return who
        return None


class Its(Struct):
    """The labels of one post: the machine's, and people's on words of it and on the whole of it."""

    machine: list[Annotation]
    exact: list[Annotation]
    whole: list[Annotation]

    def __post_init__(self) -> None:
        """Hold what two people say alike as one; what the machine too gives to the whole is no less exact."""
        made = {_key(row) for row in self.machine}
        exact = [row for row in self.whole if row.layer not in _PASSAGES or _key(row) in made]
        self.whole = merge_overlaps(
            row for row in self.whole if row.layer in _PASSAGES and _key(row) not in made
        )
        self.exact = merge_overlaps([*self.exact, *exact])


def settled(
    its: Its, said: Against, texts: Mapping[str, str], is_relinked: bool
) -> tuple[list[Annotation], list[Change]]:
    """Return the labels that stand on a post, and what is told of the machine's and of people's.

    A label of a person on the whole post, of a layer that speaks of words, stands where there is no label of
    the same name within it; where there is one, that stands, and names the person in `also`.
    """
    stand: list[Annotation] = []
    changes: list[Change] = []
    answered: set[int] = set()  # people's labels that stand in the place of one of the machine's

    def tell(action: str, annotator: str, *rows: Annotation) -> None:
        words = " → ".join(said_of(row, texts) for row in rows)
        changes.append(Change(action, rows[0].post_id, annotator, words))

    for row in its.machine:
        found = [word for word in its.exact if _takes_place(word, row)]
        # the same label before one that only overlaps it
        word = min(found, key=lambda word: _key(word) != _key(row), default=None)
        whole = next((one for one in its.whole if _confirms(one, row)), None)
        if word is not None:
            answered.add(id(word))
            same = _key(word) == _key(row)
            tell("confirm" if same else "change", word.annotator, *((row,) if same else (row, word)))
        elif (who := said.rejected.get(_key(row))) is not None:
            tell("reject", who, row)
        elif whole is not None:
            stand.append(_with_also(row, whole))
            tell("confirm", whole.annotator, row)
        elif (who := said.reader(row, is_relinked)) is not None:
            tell("reject", who, row)
        else:
            stand.append(row)
    alone = [one for one in its.whole if not any(_confirms(one, row) for row in (*stand, *its.exact))]
    for word in (*(word for word in its.exact if id(word) not in answered), *alone):
        tell("add", word.annotator, word)
    return [*stand, *(_with_those(word, its.whole) for word in its.exact), *alone], changes


def _with_those(word: Annotation, whole: list[Annotation]) -> Annotation:
    found = next((one for one in whole if _confirms(one, word)), None)
    return word if found is None else _with_also(word, found)


def _confirms(whole: Annotation, row: Annotation) -> bool:
    """Say whether a label on a whole post is the one that words within it bear; a target may be left open."""
    same = (whole.layer, whole.label) == (row.layer, row.label) and whole.target in (None, row.target)
    return same and whole.start <= row.start and row.end <= whole.end


def _with_also(row: Annotation, other: Annotation) -> Annotation:
    names = {*(row.also or "").split(), other.annotator, *(other.also or "").split()} - {row.annotator}
    return replace(row, also=" ".join(sorted(names)))


def _takes_place(word: Annotation, row: Annotation) -> bool:
    if excludes(_value(word), _value(row)):
        return True
    same = (word.layer, word.label, word.target) == (row.layer, row.label, row.target)
    return same and (_key(word) == _key(row) or (word.start < row.end and row.start < word.end))


def _value(row: Annotation) -> dict[str, Any]:
    return {name: getattr(row, name) for name in LABEL_KEY}


def _key(row: Annotation) -> Key:
    return identity(_value(row))


def identity(value: Mapping[str, Any]) -> Key:
    """Return what makes a label this one: of agreement with a post, whatever words show it."""
    is_of_post = value["layer"] == "reply"
    return key_of({**value, "start": None, "end": None} if is_of_post else value)
