"""What went out held against what came back."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from discourse.exchange.corpus import Choice, Corpus, LabelledPost
from discourse.exchange.formats import ExportOptions, Written
from discourse.exchange.found import FoundLabel, FoundPost
from discourse.exchange.plain import csv as csv_format
from discourse.labels.decisions import text_hash
from discourse.tables import CONTRACT, Tables, frame_of
from tests.exchange.made_run import add_people, post, store_run

Said = dict[str, tuple[str | None, str | None, list[FoundLabel], list[Any]]]


def run_with(folder: Path, tables: Tables | None = None) -> Path:
    """Store the made-up run with two people's labels."""
    return add_people(store_run(folder / "run", tables), tables)


def exported(
    run: Path,
    folder: Path,
    write: Callable[..., Written] = csv_format.write,
    *,
    choice: Choice | None = None,
    **options: Any,
) -> Path:
    """Write a run in a format into a new folder."""
    folder.mkdir()
    with Corpus([run], choice) as corpus:
        write(corpus, folder, ExportOptions(**options))
    return folder


def said(posts: Iterator[FoundPost], *, skip_text: bool = False) -> Said:
    """Return by post what was read: text, hash, labels in order, who read what."""
    found: Said = {}
    for one in posts:
        assert one.post_id is not None
        assert one.post_id not in found
        assert one.measure == "code points"
        text = None if skip_text else one.text
        found[one.post_id] = (text, None if skip_text else one.text_hash, list(one.labels), list(one.read))
    return found


def gone_out(run: Path, *, skip_text: bool = False) -> Said:
    """Return what a reader should give of a run."""
    with Corpus([run]) as corpus:
        return {one.post.post_id: _said(one, skip_text) for one in corpus.posts()}


def _said(one: LabelledPost, skip_text: bool) -> Any:
    labels = [
        FoundLabel(
            layer=row.layer,
            label=row.label,
            target=row.target,
            start=row.start,
            end=row.end,
            quote=row.quote,
            detail=row.detail,
            annotator=row.annotator,
            also=row.also,
        )
        for row in one.annotations
    ]
    read = [(entry["annotator"], entry["layer"], entry["label"]) for entry in one.coded]
    text = one.post.text
    return (None, None, labels, read) if skip_text else (text, text_hash(text), labels, read)


def tables_of(texts: list[str]) -> Tables:
    """Return a run of any texts: labels on each half of each and on nothing, the text their target."""
    rows = [
        {
            "post_id": f"pier:{number}",
            "start": start,
            "end": end,
            "layer": "rhetoric",
            "label": "hedge",
            "target": text or None,
            "annotator": "hedges@4",
            "score": 0.5,
            "quote": text[start:end],
            "detail": text[::-1] or None,
            "also": None,
            "entry": None,
        }
        for number, text in enumerate(texts, 1)
        for start, end in {(0, len(text) // 2), (len(text) // 2, len(text)), (len(text), len(text))}
    ]
    frames = {name: frame_of(CONTRACT[name], ()) for name in CONTRACT}
    frames["posts"] = frame_of(
        CONTRACT["posts"], [post(number, text) for number, text in enumerate(texts, 1)]
    )
    frames["annotations"] = frame_of(CONTRACT["annotations"], rows)
    return Tables(frames)
