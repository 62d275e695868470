"""A finished export, and what Label Studio makes of its tasks: made up here in the tool's own shapes."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from discourse.exchange import label_studio
from discourse.exchange.corpus import Choice, Corpus, LabelledPost
from discourse.exchange.formats import ExportOptions
from discourse.exchange.found import FoundLabel, FoundPost
from discourse.labels.decisions import text_hash
from discourse.model import Annotation
from discourse.tables import Tables
from tests.exchange.made_run import add_people, store_run

Task = dict[str, Any]


def export(
    folder: Path, tables: Tables | None = None, *, choice: Choice | None = None, people: bool = True
) -> tuple[Path, list[LabelledPost]]:
    """Store the made-up run and export it; return the export's folder and the posts that went into it."""
    run = store_run(folder / "run", tables)
    if people:
        add_people(run, tables)
    out = folder / "out"
    out.mkdir()
    with Corpus([run], choice) as corpus:
        label_studio.write(corpus, out, ExportOptions())
        return out, list(corpus.posts())


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def store(path: Path, tasks: Any) -> Path:
    path.write_text(json.dumps(tasks), encoding="utf-8")
    return path


def read_one(path: Path) -> FoundPost:
    [found] = label_studio.read(path)
    return found


def facts(label: Annotation | FoundLabel) -> tuple[Any, ...]:
    """Return all that a label must come back with."""
    where = (label.target, label.start, label.end, label.quote)
    return label.layer, label.label, *where, label.detail, label.annotator, label.also


def in_order(labels: Sequence[Annotation | FoundLabel]) -> list[tuple[Any, ...]]:
    return sorted((facts(label) for label in labels), key=repr)


def task(text: str, results: Sequence[Task], **more: Any) -> Task:
    """Return a task of one post as *Export → JSON* gives it, annotated by one account."""
    annotation = {
        "id": 31,
        "completed_by": {"id": 4, "email": "kim@example.org", "first_name": "Kim", "last_name": "Lo"},
        "result": list(results),
        "was_cancelled": False,
        "ground_truth": False,
        "created_at": "2026-03-02T10:11:12.131415Z",
        "updated_at": "2026-03-02T10:11:12.131415Z",
        "draft_created_at": None,
        "lead_time": 12.5,
        "prediction": {},
        "result_count": len(results),
        "unique_id": "5b2c0a54-58cf-4a30-9f3e-0d1f5e2c9a11",
        "import_id": None,
        "last_action": None,
        "bulk_created": False,
        "task": 7,
        "project": 2,
        "updated_by": 4,
        "parent_prediction": None,
        "parent_annotation": None,
        "last_created_by": None,
    } | more
    data = {
        "text": text,
        "post_id": "pier:2",
        "text_hash": text_hash(text),
        "thread_id": "pier",
        "answers": "pier:1",
        "author": "Wren",
        "context": "The pier was shut.",
        "context_author": "Pip",
        "layers": ["reply", "rhetoric"],
        "people": [],
        "coded": [],
    }
    return {
        "id": 7,
        "annotations": [annotation],
        "file_upload": "2f1c-tasks-text.json",
        "drafts": [],
        "predictions": [],
        "data": data,
        "meta": {},
        "created_at": "2026-03-01T09:00:00.000000Z",
        "updated_at": "2026-03-02T10:11:12.300000Z",
        "inner_id": 1,
        "total_annotations": 1,
        "cancelled_annotations": 0,
        "total_predictions": 0,
        "comment_count": 0,
        "project": 2,
        "updated_by": 4,
        "comment_authors": [],
    }


def span(label: str, start: int, end: int, words: str | None, **more: Any) -> Task:
    """Return a region that somebody drew in `<Text>`."""
    value: Task = {"start": start, "end": end, "labels": [label]}
    if words is not None:
        value["text"] = words
    control = label.partition("/")[0]
    drawn = {
        "id": "k2Xw1bQ7aa",
        "from_name": control,
        "to_name": "text",
        "type": "labels",
        "origin": "manual",
    }
    return {"value": value, **drawn, **more}


def target(about: Sequence[str], **more: Any) -> Task:
    """Return what somebody wrote into the field of a region."""
    value = {"start": 0, "end": 3, "text": list(about)}
    field = {"id": "k2Xw1bQ7aa", "from_name": "target", "to_name": "text", "type": "textarea"}
    return {"value": value, **field, "origin": "manual", **more}


def choice(label: str, **more: Any) -> Task:
    """Return a choice on the whole post."""
    made = {"id": "Qm3p0L", "from_name": "reply", "to_name": "text", "type": "choices", "origin": "manual"}
    return {"value": {"choices": [label]}, **made, **more}
