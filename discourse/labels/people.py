"""From people's decisions to rows of the contract's tables, an annotator's rows beside the machine's."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from discourse.labels.decisions import LABEL_KEY, Decision
from discourse.labels.journal import Noted

Row = dict[str, Any]
Key = tuple[Any, ...]


class PeoplesRows(Struct):
    """What people's decisions come to, as rows of the tables of these names."""

    annotations: list[Row] = field(default_factory=list)
    links: list[Row] = field(default_factory=list)
    turns: list[Row] = field(default_factory=list)
    coded: list[Row] = field(default_factory=list)
    edits: list[Row] = field(default_factory=list)  # posts joined and split
    stale: int = 0  # decisions on another text, left out
    rejected: set[Key] = field(default_factory=set)  # labels of others that somebody says do not stand here


def rows_of_post(noted: Iterable[Noted], text: str, digest: str) -> PeoplesRows:
    """Return what people say of one post; of each person what was decided last.

    Parameters
    ----------
    noted
        Decisions on this post alone, in order.
    text, digest
        The post's text and its `text_hash`: a decision on another text is left out.

    Returns
    -------
    PeoplesRows
        A label has the score 1; a label that confirms or repeats the machine's names its maker in `also`.
    """
    by_person: dict[str, list[Decision]] = {}
    found = PeoplesRows()
    for one in noted:
        if one.decision.text_hash == digest:
            by_person.setdefault(one.annotator, []).append(one.decision)
        else:
            found.stale += 1
    for annotator, decisions in by_person.items():
        found.annotations += _labels(annotator, decisions, text)
        found.rejected |= _rejected(annotator, decisions)
        found.coded += _coded(annotator, decisions)
        found.links += _links(annotator, decisions)
        found.turns += _turns(annotator, decisions)
        found.edits += _edits(annotator, decisions)
    return found


def key_of(value: Mapping[str, Any]) -> Key:
    """Return what makes a label this one and no other; see `LABEL_KEY`."""
    return tuple(value.get(name) for name in LABEL_KEY)


def _labels(annotator: str, decisions: Iterable[Decision], text: str) -> Iterator[Row]:
    standing: dict[Key, Decision] = {}
    for decision in decisions:
        key = key_of(decision.value)
        if decision.kind in ("label", "reject"):
            standing.pop(key, None)  # the latest word stands last
        if decision.kind == "label":
            standing[key] = decision
    for decision in standing.values():
        value = decision.value
        yield {
            "post_id": decision.post_id,
            **{name: value.get(name) for name in LABEL_KEY},
            "annotator": annotator,
            "score": 1.0,
            "quote": text[value["start"] : value["end"]],
            "detail": value.get("detail"),
            "also": value.get("accepts"),
            "entry": None,
        }


def _rejected(annotator: str, decisions: Iterable[Decision]) -> set[Key]:
    """Return the labels of others that a person rejects or has changed, and has not given since."""
    found: set[Key] = set()
    instead: dict[Key, Key] = {}  # of labels of the person's own, those that they change
    for decision in decisions:
        value = decision.value
        key = key_of(value)
        if decision.kind == "label":
            found.discard(key)
            if changed := value.get("instead"):
                instead[key] = key_of(changed)
                found.add(instead[key])
        elif decision.kind == "reject" and value.get("annotator") != annotator:
            found.add(key)
        elif decision.kind == "reject" and key in instead:
            # whoever takes a change back leaves what was changed
            found.discard(instead.pop(key))
    return found


def _coded(annotator: str, decisions: Iterable[Decision]) -> Iterator[Row]:
    read: dict[tuple[str, str | None], str] = {}
    for decision in decisions:
        value = decision.value
        if decision.kind == "read":
            read[value["layer"], value.get("label")] = decision.post_id
        elif decision.kind == "reject" and value.get("annotator") != annotator:
            # whoever says that a label does not stand has looked for it
            read[value["layer"], value["label"]] = decision.post_id
    for (layer, label), post_id in read.items():
        yield {"post_id": post_id, "layer": layer, "label": label, "annotator": annotator}


def _links(annotator: str, decisions: Iterable[Decision]) -> Iterator[Row]:
    last = [decision for decision in decisions if decision.kind == "link"][-1:]
    for decision in last:
        yield {
            "post_id": decision.post_id,
            "reply_to": decision.value.get("reply_to") or "",
            "annotator": annotator,
            "evidence": "explicit",
            "score": 1.0,
        }


def _turns(annotator: str, decisions: Iterable[Decision]) -> Iterator[Row]:
    last = {decision.value["loop_id"]: decision for decision in decisions if decision.kind == "turn"}
    for loop_id, decision in last.items():
        yield {"loop_id": loop_id, "post_id": decision.post_id, "annotator": annotator, **decision.value}


def _edits(annotator: str, decisions: Iterable[Decision]) -> Iterator[Row]:
    last = {(one.kind, one.value.get("at")): one for one in decisions if one.kind in ("join", "split")}
    for (kind, at), one in last.items():
        author = one.value.get("author")
        value = None if at is None else f"at {at}" + (f" by {author}" if author else "")
        place = kind if at is None else f"{kind}{at}"
        yield {
            "edit_id": f"{one.post_id}:{annotator}:{place}",
            "annotator": annotator,
            "action": kind,
            "post_id": one.post_id,
            "value": value,
        }
