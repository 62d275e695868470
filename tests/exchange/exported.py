"""Made-up runs for tests of exports: threads by who answers whom, and what a format wrote of them."""

from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from discourse.exchange.corpus import Choice, Corpus
from discourse.exchange.formats import ExportOptions, Written
from discourse.tables import CONTRACT, Tables, frame_of
from tests.exchange.made_run import add_people, made_tables, post, store_run


def export(
    name: str, run: Path, out: Path, *, choice: Choice | None = None, options: ExportOptions | None = None
) -> Written:
    """Write a run in a format, named by its module, into a new folder."""
    out.mkdir(parents=True)
    with Corpus([run], choice) as corpus:
        written: Written = import_module(f"discourse.exchange.{name}").write(
            corpus, out, options or ExportOptions(title="Made up")
        )
        assert corpus.tally.posts, "the card counts posts in a pass that came to its end"
    return written


def made(folder: Path, *, people: bool = False) -> Path:
    """Store the made-up run of all tests; with people's labels where asked for."""
    store_run(folder)
    return add_people(folder) if people else folder


def stored(
    folder: Path, posts: Iterable[Mapping[str, Any]], labels: Iterable[Mapping[str, Any]] = (), **more: Any
) -> Path:
    """Store a run of these posts and labels; `more`: rows of other tables, by their names."""
    rows = {"posts": list(posts), "annotations": list(labels), **more}
    rows["sources"] = list(made_tables()["sources"].to_dict("records"))
    tables = {name: frame_of(CONTRACT[name], rows.get(name, ())) for name in CONTRACT}
    return store_run(folder, Tables(tables))


def thread(links: Mapping[int, int | None], **more: Any) -> list[Mapping[str, Any]]:
    """Return posts that answer each other as told: number to number, None where it answers nobody."""
    return [
        post(number, f"Post {number}.", author=f"author {number}", **more)
        | {"reply_to": None if up is None else f"pier:{up}"}
        for number, up in links.items()
    ]


def answer(number: int, up: int, name: str, maker: str = "agreement@4", **more: Any) -> Mapping[str, Any]:
    """Return a label on how post `number` of `thread` answers post `up`."""
    text = f"Post {number}."
    return {
        "post_id": f"pier:{number}",
        "start": 0,
        "end": len(text),
        "layer": "reply",
        "label": name,
        "target": f"pier:{up}",
        "annotator": maker,
        "score": 0.8,
        "quote": text,
        **more,
    }
