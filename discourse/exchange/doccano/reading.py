"""Documents as doccano exports them, one by one."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from msgspec import Struct

from discourse.errors import DiscourseError
from discourse.exchange.doccano.entities import (
    KEPT,
    MAIN,
    Entity,
    Object,
    entities_of,
    entity_of,
    without_overlaps,
)
from discourse.exchange.found import FoundLabel, FoundPost
from discourse.exchange.names import parse_label_name
from discourse.ingest.archives import ByteStream, open_member, open_stream, zip_members
from discourse.ingest.exports.faultlog import FaultLog
from discourse.ingest.exports.values import json_values
from discourse.ingest.files import first_bytes
from discourse.ingest.unpacking import packing_of
from discourse.labels.decisions import HUMAN
from discourse.tables.contract import LAYERS

_NOBODY = frozenset({"all", "doccano"})  # files of a project whose annotators share their work
_SPANS = ("label", "labels", "entities", "annotations")  # in the order in which doccano has called them
_LONGEST = 60  # of a name, as in `human`


def read_documents(path: Path) -> Iterator[FoundPost]:
    """Yield what a file says of each of its documents.

    What stands in `label` counts. A document whose entities are those that went out is given back as it was;
    one that was changed is its annotator's work: every entity that stands, and a look at all that was asked
    for. One whose entities are all gone says nothing, since one that was never opened looks the same.
    The annotator is the name of the file within doccano's zip, or within a folder; else nobody.

    Parameters
    ----------
    path
        A file of JSON lines, a zip of one such file an annotator, or a folder of them.

    Raises
    ------
    DiscourseError
        Naming the record that cannot be read.
    """
    for stream, name, annotator in _streams(path):
        log = FaultLog(name)
        for number, record, _ in json_values(stream, log):
            _check(log)
            yield _found(f"{name}, record {number}", record, annotator)
        _check(log)
        if stream.damage is not None:
            _refuse(name, f"it cannot be read to its end ({stream.damage})")


def _streams(path: Path) -> Iterator[tuple[ByteStream, str, str | None]]:
    """Yield each file with its name and whose it is."""
    if path.is_dir():
        files = [path / MAIN] if (path / MAIN).is_file() else sorted(path.glob("*.jsonl"))
        if not files:
            _refuse(str(path), "no file of JSON lines stands here")
        for file in files:
            yield open_stream(file), file.name, _annotator(file.name)
    elif packing_of(first_bytes(path, 4)) == "zip":
        for member in sorted(name for name in zip_members(path) if name.endswith((".jsonl", ".json"))):
            yield open_member(path, member), f"{path.name}:{member}", _annotator(member)
    else:
        yield open_stream(path), path.name, None


def _annotator(file: str) -> str | None:
    stem = file.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    name = "".join(char if char.isalnum() or char in "_.-" else "_" for char in stem)[:_LONGEST]
    return HUMAN + name if name.strip("_") and name not in _NOBODY else None


def _found(where: str, record: Object, annotator: str | None) -> FoundPost:
    for held in ("meta", "metadata"):  # where older versions put what is no text and no label
        if isinstance(record.get(held), dict):
            record = {**record[held], **record}
    text = record.get("text", record.get("data"))
    if text is not None and not isinstance(text, str):
        _refuse(where, "its text is no text")
    kept = _Kept.of(where, record.get(KEPT))
    spans, names = _labelled(where, record)
    if kept is not None and not names and kept.is_unchanged(spans):
        labels, read = kept.as_they_were(where), kept.coded
    else:
        rows = [] if kept is None else kept.labels
        labels = list(_standing(where, spans, rows, annotator))
        labels += [_label(where, name, annotator=annotator) for name in sorted(names)]
        read = [(annotator, layer, None) for layer in (kept.layers if kept and labels else ())]
    return FoundPost(
        where=where,
        post_id=_text(record.get("post_id")),
        text=text,
        text_hash=_text(record.get("text_hash")),
        labels=tuple(labels),
        read=tuple(read),
        measure="utf-16",
    )


class _Kept(Struct, frozen=True):
    """What a document went out with."""

    labels: list[Object]
    coded: list[tuple[str | None, str, str | None]]
    layers: list[str]

    @staticmethod
    def of(where: str, value: Any) -> "_Kept | None":
        """Read the column that doccano keeps; None where a document has none."""
        if not isinstance(value, dict):
            return None
        labels = [row for row in _list(value.get("labels")) if isinstance(row, dict)]
        for row in labels:
            if not (_is_place(row.get("start"), row.get("end")) and isinstance(row.get("name"), str)):
                _refuse(where, f"the column {KEPT!r} is damaged")
        coded = [entry for entry in _list(value.get("coded")) if isinstance(entry, dict)]
        read = [
            (_text(one.get("annotator")), str(one.get("layer")), _text(one.get("label"))) for one in coded
        ]
        return _Kept(labels, read, [layer for layer in _list(value.get("layers")) if layer in LAYERS])

    def is_unchanged(self, spans: set[Entity]) -> bool:
        """Say whether these are the entities that it went out with, or what doccano's import left of them."""
        went_out = entities_of(self.labels)
        return spans in (went_out, without_overlaps(went_out))

    def as_they_were(self, where: str) -> list[FoundLabel]:
        """Return the labels that the document went out with, empty ones too."""
        made = []
        for row in self.labels:
            more = {name: _text(row.get(name)) for name in ("target", "quote", "detail", "annotator", "also")}
            made.append(_label(where, row["name"], start=row["start"], end=row["end"], **more))
        return made


def _standing(
    where: str, spans: set[Entity], rows: Iterable[Object], annotator: str | None
) -> Iterator[FoundLabel]:
    """Yield the entities of a changed document; of what it went out with, only what fits one is used."""
    went_out: dict[Entity, dict[str | None, list[Object]]] = {}
    for row in rows:
        went_out.setdefault(entity_of(row), {}).setdefault(_text(row.get("target")), []).append(row)
    for entity in sorted(spans):
        start, end, name = entity
        for target, alike in went_out.get(entity, {None: []}).items():
            makers = dict.fromkeys(maker for row in alike if (maker := _text(row.get("annotator"))))
            more = {key: _first(alike, key) for key in ("detail", "quote")} | {"target": target}
            more["also"] = " ".join(maker for maker in makers if maker != annotator) or None
            yield _label(where, name, start=start, end=end, annotator=annotator, **more)


def _first(rows: Iterable[Object], name: str) -> str | None:
    return next((found for row in rows if (found := _text(row.get(name)))), None)


def _label(where: str, name: str, **more: Any) -> FoundLabel:
    try:
        layer, label, target = parse_label_name(name)
    except ValueError as error:
        _refuse(where, str(error))
    if layer not in LAYERS:
        _refuse(where, f"{name[:80]!r} is of no layer: there are {', '.join(LAYERS)}")
    return FoundLabel(layer=layer, label=label, **{**more, "target": more.get("target") or target})


def _labelled(where: str, record: Object) -> tuple[set[Entity], set[str]]:
    """Return the entities of a document, in any shape that doccano gives them, and its categories."""
    spans: set[Entity] = set()
    names = {name for name in _list(record.get("cats")) if isinstance(name, str)}
    for item in (item for key in _SPANS for item in _list(record.get(key))):
        if isinstance(item, str):
            names.add(item)
            continue
        if isinstance(item, dict):
            item = [item.get("start_offset"), item.get("end_offset"), item.get("label")]  # noqa: PLW2901
        if not (
            isinstance(item, list) and len(item) == 3 and _is_place(*item[:2]) and isinstance(item[2], str)
        ):
            _refuse(
                where, "a label is neither [start, end, name] nor an entity with start_offset and end_offset"
            )
        spans.add((item[0], item[1], item[2]))
    return spans, names


def _is_place(start: Any, end: Any) -> bool:
    return type(start) is int and type(end) is int and 0 <= start <= end


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _check(log: FaultLog) -> None:
    """Refuse a file at the first thing in it that is no record, since labels must not be lost unseen."""
    if log.found:
        fault = log.rows()[0]
        _refuse(fault.item_id, fault.problem.removesuffix(" and left out"))


def _refuse(where: str, problem: str) -> NoReturn:
    raise DiscourseError(where=where, problem=problem, fix="Export it again as JSONL, or mend it there")
