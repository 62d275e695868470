"""Labels of people in the place of the machine's."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from discourse.analysis.base import merge_overlaps
from discourse.labels.decisions import HUMAN, LABEL_KEY
from discourse.labels.overruling.decided import CLAIM_GONE, PARTED, LeftOut, OnPost, Word, excludes
from discourse.labels.overruling.pages import Moves, Place
from discourse.labels.overruling.told import Change, said_of
from discourse.labels.people import Key, key_of
from discourse.model import Annotation
from discourse.tables import ANNOTATIONS, frame_of, rows_of

Words = Mapping[str, list[tuple[Word, Annotation]]]  # people's labels on each post as it stands now


@dataclass(slots=True)
class Against:
    """What people said against labels on a post as it stands now."""

    rejected: dict[Key, str] = field(default_factory=dict)  # and by whom
    read: list[tuple[int, int, OnPost]] = field(default_factory=list)  # stretches that somebody looked at

    def who_rejects(self, row: Annotation) -> str | None:
        """Return who says that a label of the machine's does not stand here; None where nobody does."""
        if (who := self.rejected.get(_key(row))) is not None:
            return who
        for start, end, on_post in self.read:
            is_in = row.layer == "reply" or (start <= row.start and row.end <= end)
            if is_in and on_post.has_read(row.layer, row.label):
                return next(iter(on_post.readers))
        return None


def peoples_labels(
    decided: Mapping[str, OnPost],
    moves: Moves,
    texts: Mapping[str, str],
    target: Callable[[Word, Place], str | None],
) -> tuple[dict[str, list[tuple[Word, Annotation]]], list[LeftOut]]:
    """Return people's labels as rows on the posts as they stand now, and those that have no place any more.

    Whom a post answers that is now part of another is no question any more, and no post answers or quotes
    itself: such labels are left out, and not told.

    Parameters
    ----------
    texts
        The text of each post as it stands now.
    target
        What a label's target is called now, such as a claim that is numbered anew; raises `LookupError` where
        it is gone.
    """
    found: dict[str, list[tuple[Word, Annotation]]] = {}
    left_out: list[LeftOut] = []
    for post_id, on_post in decided.items():
        for word in on_post.labels.values():
            if moves.has_lost(post_id, word.value["layer"]):
                continue
            place = moves.place(post_id, word.value["start"], word.value["end"])
            if place is None:
                left_out.append(LeftOut(word, PARTED))
                continue
            try:
                row = _row(word, place, texts, target(word, place))
            except LookupError:
                left_out.append(LeftOut(word, CLAIM_GONE))
                continue
            if not moves.points_at_itself(row.layer, row.target, row.post_id):
                found.setdefault(row.post_id, []).append((word, row))
    return found, left_out


def _row(word: Word, place: Place, texts: Mapping[str, str], target: str | None) -> Annotation:
    post_id, start, end = place
    value = word.value
    return Annotation(
        post_id=post_id,
        start=start,
        end=end,
        layer=value["layer"],
        label=value["label"],
        target=target,
        annotator=word.annotator,
        quote=texts[post_id][start:end],
        detail=value.get("detail"),
        also=value.get("accepts"),
    )


def against(decided: Mapping[str, OnPost], moves: Moves) -> dict[str, Against]:
    """Return what people said against labels, by the posts as they stand now: it follows the words."""
    found: dict[str, Against] = {}
    for post_id, on_post in decided.items():
        for key, who in on_post.rejected.items():
            value = dict(zip(LABEL_KEY, key, strict=True))
            place = moves.place(post_id, value["start"], value["end"])
            if place is not None and not moves.has_lost(post_id, value["layer"]):
                home, value["start"], value["end"] = place
                value["target"] = moves.target(value["layer"], value["target"])
                found.setdefault(home, Against()).rejected[_of(value)] = who
        for home, start, end in moves.stretches(post_id):
            # who looked whom a post answers has not looked whom the second part of it answers
            read = on_post.read if home == post_id else {one for one in on_post.read if one[0] != "reply"}
            if read:
                looked = OnPost(read=read, readers=on_post.readers)
                found.setdefault(home, Against()).read.append((start, end, looked))
    return found


def overruled(
    frame: pd.DataFrame,
    layers: frozenset[str],
    said: Mapping[str, Against],
    people: Words,
    texts: Mapping[str, str],
) -> tuple[pd.DataFrame, list[Change]]:
    """Return the labels with people's in the place of the machine's, on some layers.

    A label of a person stands. A label of the machine goes where a person rejected or changed it, where one
    of the same name overlaps it, where a person chose (of answers and stances a post has one on each target),
    and where somebody looked for it and did not find it; all others stay.

    Parameters
    ----------
    said
        What people said against labels of each post; see `against`.
    people
        Their own labels; see `peoples_labels`.
    texts
        The text of each post as it stands now.
    """
    mine = frame["post_id"].isin({*said, *people}) & frame["layer"].isin(layers)
    by_people = frame["annotator"].str.startswith(HUMAN) & frame["layer"].isin(layers)  # of a stage before
    mine &= ~by_people
    machine: dict[str, list[Annotation]] = {}
    for row in rows_of(Annotation, frame[mine]):
        machine.setdefault(row.post_id, []).append(row)
    changes: list[Change] = []
    rows: list[Annotation] = []
    for post_id in dict.fromkeys([*machine, *people]):
        # what two people say alike is one label, and told once
        words = merge_overlaps(row for _, row in people.get(post_id, ()) if row.layer in layers)
        kept, told = _settled(machine.get(post_id, []), words, said.get(post_id, Against()), texts)
        rows += [*kept, *words]
        changes += told
    added = frame_of(ANNOTATIONS, rows)
    parts = [part for part in (frame[~mine & ~by_people], added) if len(part)]
    return (pd.concat(parts, ignore_index=True) if parts else frame), changes


def _settled(
    machine: Iterable[Annotation], words: list[Annotation], said: Against, texts: Mapping[str, str]
) -> tuple[list[Annotation], list[Change]]:
    """Return the machine's labels that stay on a post, and what is told of the others and of people's."""

    def change(action: str, annotator: str, *rows: Annotation) -> Change:
        return Change(action, rows[0].post_id, annotator, " → ".join(said_of(row, texts) for row in rows))

    kept: list[Annotation] = []
    changes: list[Change] = []
    answered: set[int] = set()  # people's labels that stand in the place of one of the machine's
    for row in machine:
        found = [word for word in words if _takes_place(word, row)]
        # the same label before one that only overlaps it
        word = min(found, key=lambda word: _key(word) != _key(row), default=None)
        if word is not None:
            answered.add(id(word))
            same = _key(word) == _key(row)
            rows = (row,) if same else (row, word)
            changes.append(change("confirm" if same else "change", word.annotator, *rows))
        elif (who := said.who_rejects(row)) is not None:
            changes.append(change("reject", who, row))
        else:
            kept.append(row)
    changes += [change("add", word.annotator, word) for word in words if id(word) not in answered]
    return kept, changes


def _takes_place(word: Annotation, row: Annotation) -> bool:
    if excludes(_value(word), _value(row)):
        return True
    same = (word.layer, word.label, word.target) == (row.layer, row.label, row.target)
    return same and (_key(word) == _key(row) or (word.start < row.end and row.start < word.end))


def _value(row: Annotation) -> dict[str, Any]:
    return {name: getattr(row, name) for name in LABEL_KEY}


def _key(row: Annotation) -> Key:
    return _of(_value(row))


def _of(value: Mapping[str, Any]) -> Key:
    """Return what makes a label this one: of agreement with a post, whatever words show it."""
    is_of_post = value["layer"] == "reply"
    return key_of({**value, "start": None, "end": None} if is_of_post else value)
