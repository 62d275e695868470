"""Labels of people in the place of the machine's."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from discourse.analysis.base import merge_overlaps
from discourse.labels.decisions import HUMAN
from discourse.labels.overruling.decided import OnPost, Word, excludes
from discourse.labels.overruling.pages import Moves
from discourse.labels.people import key_of
from discourse.model import Annotation
from discourse.tables import ANNOTATIONS, frame_of, rows_of

Place = tuple[str, int, int]  # post, start, end
Words = Mapping[str, list[tuple[Word, Annotation]]]  # people's labels on each post as it stands now


@dataclass(frozen=True, slots=True)
class Change:
    """One thing in which people overruled the machine, or confirmed it."""

    action: str  # add | change | reject | confirm | relink | join | split | turn
    post_id: str
    annotator: str
    value: str


def peoples_labels(
    decided: Mapping[str, OnPost],
    moves: Moves,
    texts: Mapping[str, str],
    target: Callable[[Word, Place], str | None],
) -> tuple[dict[str, list[tuple[Word, Annotation]]], list[Word]]:
    """Return people's labels as rows on the posts as they stand now, and those that have no place any more.

    Parameters
    ----------
    texts
        The text of each post as it stands now.
    target
        What a label's target is called now, such as a claim that is numbered anew; raises `LookupError` where
        it is gone.
    """
    found: dict[str, list[tuple[Word, Annotation]]] = {}
    stale: list[Word] = []
    for post_id, on_post in decided.items():
        for word in on_post.labels.values():
            place = moves.place(post_id, word.value["start"], word.value["end"])
            if place is None:
                stale.append(word)
                continue
            try:
                row = _row(word, place, texts, target(word, place))
            except LookupError:
                stale.append(word)
                continue
            found.setdefault(row.post_id, []).append((word, row))
    return found, stale


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


def overruled(
    frame: pd.DataFrame, layers: frozenset[str], decided: Mapping[str, OnPost], moves: Moves, people: Words
) -> tuple[pd.DataFrame, list[Change]]:
    """Return the labels with people's in the place of the machine's, on some layers.

    A label of a person stands. A label of the machine goes where a person rejected or changed it, where one
    of the same name overlaps it, where a person chose (of answers and stances a post has one on each target),
    and where somebody looked for it and did not find it; all others stay.
    """
    touched = {moves.post(post_id) for post_id in decided} | set(people)
    mine = frame["post_id"].isin(touched) & frame["layer"].isin(layers)
    by_people = frame["annotator"].str.startswith(HUMAN) & frame["layer"].isin(layers)  # of a stage before
    mine &= ~by_people
    machine: dict[str, list[Annotation]] = {}
    for row in rows_of(Annotation, frame[mine]):
        machine.setdefault(row.post_id, []).append(row)
    old = {
        moves.post(post_id): on_post for post_id, on_post in decided.items() if post_id not in moves.pieces
    }
    changes: list[Change] = []
    rows: list[Annotation] = []
    for post_id in dict.fromkeys([*machine, *people]):
        # what two people say alike is one label, and told once
        words = merge_overlaps(row for _, row in people.get(post_id, ()) if row.layer in layers)
        kept, told = _settled(machine.get(post_id, []), words, old.get(post_id, OnPost()))
        rows += [*kept, *words]
        changes += told
    added = frame_of(ANNOTATIONS, rows)
    parts = [part for part in (frame[~mine & ~by_people], added) if len(part)]
    return (pd.concat(parts, ignore_index=True) if parts else frame), changes


def _settled(
    machine: Iterable[Annotation], words: list[Annotation], on_post: OnPost
) -> tuple[list[Annotation], list[Change]]:
    """Return the machine's labels that stay on a post, and what is told of the others and of people's."""
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
            changes.append(
                _change("confirm" if same else "change", word.annotator, row, None if same else word)
            )
        elif (who := _who_rejects(row, on_post)) is not None:
            changes.append(_change("reject", who, row))
        else:
            kept.append(row)
    changes += [_change("add", word.annotator, word) for word in words if id(word) not in answered]
    return kept, changes


def _who_rejects(row: Annotation, on_post: OnPost) -> str | None:
    """Return who says that a label of the machine's does not stand here; None where nobody does."""
    if (who := on_post.rejected.get(_key(row))) is not None:
        return who
    return next(iter(on_post.readers)) if on_post.has_read(row.layer, row.label) else None


def _takes_place(word: Annotation, row: Annotation) -> bool:
    if excludes(_value(word), _value(row)):
        return True
    same = (word.layer, word.label, word.target) == (row.layer, row.label, row.target)
    return same and (_key(word) == _key(row) or (word.start < row.end and row.start < word.end))


def _value(row: Annotation) -> dict[str, Any]:
    names = ("layer", "label", "target", "start", "end")
    return {name: getattr(row, name) for name in names}


def _key(row: Annotation) -> tuple[Any, ...]:
    return key_of(_value(row))


def _change(action: str, annotator: str, row: Annotation, word: Annotation | None = None) -> Change:
    value = " → ".join(_said(one) for one in (row, word) if one is not None)
    return Change(action, row.post_id, annotator, value)


def _said(row: Annotation) -> str:
    target = "" if row.target is None else f" ({row.target})"
    return f"{row.layer}/{row.label}{target} {row.start}-{row.end}"


def counted(changes: Iterable[Change]) -> Iterator[tuple[str, int]]:
    """Yield how many changes of each sort there are, those that overrule the machine first."""
    order = ("reject", "change", "add", "relink", "join", "split", "turn", "confirm")
    found = [change.action for change in changes]
    for action in order:
        if action in found:
            yield action, found.count(action)
