"""Tasks for Label Studio, written one by one: single posts, and conversations."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from msgspec import Struct, field

from discourse.exchange.corpus import Corpus, LabelledPost
from discourse.exchange.formats import ExportOptions, Written
from discourse.exchange.label_studio.configs import dialogue_config, text_config
from discourse.exchange.label_studio.controls import (
    CONFIG_DIALOGUE,
    CONFIG_TEXT,
    DIALOGUE,
    REPLY_SPAN,
    TASKS_DIALOGUE,
    TASKS_TEXT,
    TEXT,
)
from discourse.exchange.label_studio.results import Result, dialogue_results, lowest_score, text_results
from discourse.exchange.label_studio.windows import LONGEST, Contexts, Window, windows_of
from discourse.labels.decisions import HUMAN, text_hash
from discourse.model import Annotation
from discourse.tables.contract import LAYERS

Task = dict[str, Any]


def write_tasks(corpus: Corpus, folder: Path, _options: ExportOptions) -> Written:
    """Write tasks and configurations into an empty folder; nothing but one window is held at a time."""
    layers = [layer for layer in LAYERS if not corpus.choice.layers or layer in corpus.choice.layers]
    job = _Job(layers, _versions(corpus))
    with (
        Contexts(corpus) as contexts,
        _Array(folder / TASKS_TEXT) as texts,
        _Array(folder / TASKS_DIALOGUE) as talks,
    ):

        def written() -> Iterator[LabelledPost]:
            for one in corpus.posts():
                texts.add(job.text_task(one, contexts))
                yield one

        for window in windows_of(written()):
            talks.add(job.dialogue_task(window))
    config = text_config(layers, job.used, has_reply_spans=job.has_reply_spans)
    (folder / CONFIG_TEXT).write_text(config, encoding="utf-8", newline="\n")
    (folder / CONFIG_DIALOGUE).write_text(dialogue_config(layers, job.used), encoding="utf-8", newline="\n")
    return Written(how=_HOW)


class _Job(Struct):
    """Makes tasks, and keeps in mind which labels occur."""

    layers: list[str]
    versions: dict[str, str]  # what each run's machine labels are called
    used: dict[str, set[str]] = field(default_factory=dict)
    has_reply_spans: bool = False

    def text_task(self, one: LabelledPost, contexts: Contexts) -> Task:
        post = one.post
        for row in one.annotations:
            self.used.setdefault(row.layer, set()).add(row.label)
        author, text = contexts.of(post.reply_to)
        people = _people([one])
        data: Task = {TEXT: post.text, **_about(one), "thread_id": post.thread_id, "answers": post.reply_to}
        data |= {"author": post.author, "context": text, "context_author": author}
        data |= {"layers": self.layers, "people": people, "coded": _coded(one)}
        made = text_results(post, _machines(one))
        task = self._task(data, made, one.run)
        task["annotations"] = _annotations(text_results(post, one.by(person)) for person in people)
        self.has_reply_spans |= any(
            result["from_name"] == REPLY_SPAN
            for part in (*task["predictions"], *task["annotations"])
            for result in part["result"]
        )
        return task

    def dialogue_task(self, window: Window) -> Task:
        posts = window.posts
        people = _people(posts)
        data: Task = {DIALOGUE: [_paragraph(one) for one in posts]}
        data |= {"thread_id": window.thread_id, "window": window.number}
        data |= {"layers": self.layers, "people": people}
        made = dialogue_results([(one.post, _machines(one)) for one in posts])
        task = self._task(data, made, posts[0].run)
        task["annotations"] = _annotations(
            dialogue_results([(one.post, one.by(person)) for one in posts]) for person in people
        )
        return task

    def _task(self, data: Task, made: list[Result], run: str) -> Task:
        prediction = {"model_version": self.versions[run], "result": made}
        predictions = [{**prediction, "score": lowest_score(made)}] if made else []
        return {"data": data, "predictions": predictions}


def _annotations(made: Iterable[list[Result]]) -> list[Task]:
    """Return people's annotations, in the order of `people`, of which `id` is the number.

    Label Studio refuses a whole file for one `completed_by` that has no account, so none is named: whoever
    imports gets them, and `id` comes back as `import_id`. It takes an imported annotation for the truth
    by which others are judged, where `ground_truth` is not said.
    """
    done = {"was_cancelled": False, "ground_truth": False}
    return [{"id": number, **done, "result": results} for number, results in enumerate(made, 1)]


def _about(one: LabelledPost) -> Task:
    return {"post_id": one.post.post_id, "text_hash": text_hash(one.post.text)}


def _paragraph(one: LabelledPost) -> Task:
    post = one.post
    return {"author": post.author, "text": post.text, **_about(one)} | {
        "answers": post.reply_to,
        "coded": _coded(one),
    }


def _coded(one: LabelledPost) -> list[Task]:
    return [{name: entry[name] for name in ("annotator", "layer", "label")} for entry in one.coded]


def _machines(one: LabelledPost) -> list[Annotation]:
    return [row for row in one.annotations if not row.annotator.startswith(HUMAN)]


def _people(posts: Iterable[LabelledPost]) -> list[str]:
    """Return who has labelled or read some of it, by name."""
    found: set[str] = set()
    for one in posts:
        found |= {row.annotator for row in one.annotations if row.annotator.startswith(HUMAN)}
        found |= {str(entry["annotator"]) for entry in one.coded}
    return sorted(found)


def _versions(corpus: Corpus) -> dict[str, str]:
    """Return the model version of each run's predictions: its id and its makers with their versions."""
    found: dict[str, str] = {}
    for folder, record in zip(corpus.folders, corpus.records, strict=True):
        analyzers = record.get("analyzers")
        makers = (
            sorted(f"{name}@{it}" for name, it in analyzers.items()) if isinstance(analyzers, dict) else []
        )
        version = " ".join(["discourse", str(record.get("run_id", "")), *makers])
        known = found.setdefault(folder.name, version)
        found[folder.name] = known if version in known else f"{known}; {version}"
    return found


class _Array:
    """A file with a JSON array, written element by element; use it in a `with`."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", newline="\n")
        self._begin = "[\n"

    def add(self, element: Task) -> None:
        """Write one more element."""
        self._file.write(self._begin + json.dumps(element, ensure_ascii=False))
        self._begin = ",\n"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.write("\n]\n" if self._begin == ",\n" else "[]\n")
        self._file.close()


_HOW = f"""\
Two sets of tasks for [Label Studio](https://labelstud.io), of the same posts and labels. Make a project
for one of them, paste its configuration under *Settings → Labeling Interface → Code*, then import its
tasks:

| tasks | configuration | a task is |
|---|---|---|
| `{TASKS_TEXT}` | `{CONFIG_TEXT}` | one post, below the post that it answers |
| `{TASKS_DIALOGUE}` | `{CONFIG_DIALOGUE}` | a thread, in windows of up to {LONGEST} posts without overlap |

The machine's labels are *predictions* (choose their model version under *Settings → Annotation*; a task's
score is that of its least sure label), people's are *annotations*. Offsets are those of Label Studio:
code points in `<Text>`, UTF-16 units within a post in `<Paragraphs>`. A region's maker, detail and place
are kept in its `meta`; what it is about stands in the field `target`, which shows when a region is
selected. People's annotations appear there as those of whoever imports, with the name in each region's
`meta`; they come back under their names, which the task's field `people` holds.

Bring work back with *Export → JSON* and `discourse import EXPORT.json --from label-studio --run RUN`.
JSON names accounts by their number, and so does `import` (`human:user-3`). JSON-MIN is read too, but
loses names, details and most targets. An annotation that was submitted counts as a look at every layer
that the task's field `layers` names, so that no label means "none there": export with the layers alone
that coders are asked for. A prediction that an annotator left in what he or she submitted is confirmed;
one that was changed is the annotator's own. Skipped tasks, predictions that nobody took up and controls
of your own are not read.

```python
import json
tasks = json.load(open("{TASKS_TEXT}", encoding="utf-8"))
```
"""
