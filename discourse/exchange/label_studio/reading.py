"""Tasks with annotations, as Label Studio exports them, task by task."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from discourse.errors import DiscourseError
from discourse.exchange.found import FoundLabel, FoundPost
from discourse.exchange.label_studio.controls import DIALOGUE, OURS, TARGET, TASKS_DIALOGUE, TASKS_TEXT, TEXT
from discourse.exchange.label_studio.parsing import dict_of, is_ours, list_of, refuse, text_of, texts_of
from discourse.exchange.label_studio.people import People
from discourse.exchange.label_studio.regions import Paragraph, Result, labels_of
from discourse.ingest.archives import open_stream
from discourse.ingest.exports.faultlog import FaultLog
from discourse.ingest.exports.values import json_values
from discourse.tables.contract import LAYERS

Read = tuple[str | None, str, str | None]


def read_tasks(path: Path) -> Iterator[FoundPost]:
    """Yield what a file says of each post, of one task after the other.

    Parameters
    ----------
    path
        A file of tasks (JSON or JSON-MIN, packed or not), or a folder that an export filled.

    Raises
    ------
    DiscourseError
        Naming the task that cannot be read.
    """
    people = People()
    for where, task in _tasks(_file_of(path)):
        yield from _found(where, task, people)


def _file_of(path: Path) -> Path:
    if not path.is_dir():
        return path
    for name in (TASKS_TEXT, TASKS_DIALOGUE):  # they hold the same labels
        if (path / name).is_file():
            return path / name
    raise DiscourseError(
        where=str(path), problem=f"neither {TASKS_TEXT} nor {TASKS_DIALOGUE} stands here", fix="Name the file"
    )


def _tasks(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each task; the first thing that is none ends it, since labels must not be lost unseen."""
    stream, log = open_stream(path), FaultLog(path.name)
    for number, task, _ in json_values(stream, log):
        _check(log, path)
        yield f"{path.name}, task {number}", task
    _check(log, path)
    if stream.damage is not None:
        raise DiscourseError(
            where=str(path), problem=f"it cannot be read to its end ({stream.damage})", fix="Export it again"
        )


def _check(log: FaultLog, path: Path) -> None:
    if log.found:
        fault = log.rows()[0]
        problem = f"{fault.item_id}: {fault.problem.removesuffix(' and left out')}"
        raise DiscourseError(where=str(path), problem=problem, fix="Export it again, as JSON")


class _Annotation(Struct, frozen=True):
    """What one person did in a task."""

    annotator: str | None
    results: list[Result]
    is_unknown: bool  # whether it is new: then it counts as a look at all that was asked for


class _Post(Struct, frozen=True):
    """One text of a task."""

    data: dict[str, Any]  # its post_id, text, text_hash, answers and coded
    paragraph: Paragraph


def _found(where: str, task: dict[str, Any], people: People) -> Iterator[FoundPost]:
    data = dict_of(task.get("data"))
    if data:
        listed = list_of(task.get("annotations", task.get("completions")), where, "annotations")
    else:
        data = task
        listed = _smallest(task)
    posts = _posts(where, data)
    known = texts_of(data.get("people") or [])
    annotations = [_annotation(where, one, people, known) for one in listed if not _is_skipped(one)]
    labels: list[list[FoundLabel]] = [[] for _ in posts]
    for one in annotations:
        paragraphs = [post.paragraph for post in posts]
        for place, label in labels_of(where, one.results, paragraphs, one.annotator):
            labels[place].append(label)
    for post, found in zip(posts, labels, strict=True):
        yield FoundPost(
            where=where,
            post_id=text_of(post.data.get("post_id")),
            text=post.paragraph.text,
            text_hash=text_of(post.data.get("text_hash")),
            labels=tuple(found),
            read=tuple(_read(post, data, annotations)),
            measure="utf-16" if post.paragraph.counts_units else "code points",
        )


def _posts(where: str, data: dict[str, Any]) -> list[_Post]:
    talk = data.get(DIALOGUE)
    if talk is None:
        return [_post(data, counts_units=False)]
    found = [_post(one, counts_units=True) for one in list_of(talk, where, DIALOGUE)]
    return found or refuse(where, "it is a conversation without posts")


def _post(data: dict[str, Any], *, counts_units: bool) -> _Post:
    answers = text_of(data.get("answers"))
    return _Post(data, Paragraph(text_of(data.get(TEXT)), answers, counts_units))


def _is_skipped(annotation: dict[str, Any]) -> bool:
    return bool(annotation.get("was_cancelled") or annotation.get("skipped"))


def _annotation(where: str, one: dict[str, Any], people: People, known: Sequence[str]) -> _Annotation:
    """Return an annotation; one that went out is still of its person, whoever imported it there.

    It has the number of that person as its `id`, which Label Studio gives back as `import_id`.
    """
    number = one.get("import_id", None if "completed_by" in one else one.get("id"))
    if type(number) is int and 0 < number <= len(known):
        annotator: str | None = known[number - 1]
        is_known = True
    else:
        annotator, is_known = people.name_of(one.get("completed_by")), False
    return _Annotation(annotator, list_of(one.get("result"), where, "result"), not is_known)


def _read(post: _Post, data: dict[str, Any], annotations: Sequence[_Annotation]) -> Iterator[Read]:
    """Yield what each person of the task has looked for in one of its posts."""
    theirs: dict[str | None, list[_Annotation]] = {}
    for one in annotations:
        theirs.setdefault(one.annotator, []).append(one)
    for annotator, made in theirs.items():
        if any(one.is_unknown for one in made):
            layers = texts_of(data.get("layers") or []) or _layers_used(made)
            yield from ((annotator, layer, None) for layer in dict.fromkeys(layers) if layer in LAYERS)
    for entry in _entries(post.data.get("coded")):
        annotator, layer = text_of(entry.get("annotator")), text_of(entry.get("layer"))
        made = theirs.get(annotator, [])
        if layer is not None and made and not any(one.is_unknown for one in made):
            yield annotator, layer, text_of(entry.get("label"))


def _entries(value: Any) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _layers_used(annotations: Sequence[_Annotation]) -> list[str]:
    """Return the layers of the controls that were used, of a file that does not say what was asked for."""
    used = [str(result["from_name"]) for one in annotations for result in one.results if is_ours(result)]
    return [layer for layer in dict.fromkeys(used) if layer in LAYERS]


def _smallest(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the annotation that a record of JSON-MIN is; none where nobody annotated."""
    if record.get("annotation_id") is None and record.get("annotator") is None:
        return []
    results = [it for name in sorted(OURS & set(record)) for it in _results(name, record[name])]
    return [{"completed_by": record.get("annotator"), "result": results}]


def _results(name: str, found: Any) -> Iterator[Result]:
    """Yield the results of one control, whose single values JSON-MIN strips of what is around them."""
    for item in found if isinstance(found, list) else [found]:
        if isinstance(item, dict):
            yield {"from_name": name, "value": item}
        elif name == TARGET:
            yield {"from_name": name, "value": None, "loose": item}
        elif isinstance(item, str):
            yield {"from_name": name, "value": {"choices": [item]}}
