"""The report of a page, of a long thread and of ten thousand posts: drawing, size, first paint, filters.

Public data where they are: document 004, the largest thread of the Reddit file (1,376 posts) and 10,000 of
its posts joined into one thread (`joined_thread.py`); else a made-up page alone. Each is analysed once, the
last for a minute or two; `--cache FOLDER` keeps the tables for the next time: empty it when analysers change.
Drawing is timed in a process of its own, from its start until the page is written, less `python -c pass`.
What a browser does is measured in Chromium without a network, where one is; each page is loaded five times.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from discourse.pipeline import run_pipeline
from discourse.tables import read_tables
from tests.benchmarks import in_chromium
from tests.benchmarks.joined_thread import joined, largest, write

Row = tuple[str, float, str]
REDDIT = "data/threads/reddit_100k.jsonl.zst"
DOCUMENT = "seeds/004_780f5fad563a879e.txt"
ROUNDS = 5
_DRAW = """
import json, sys
from pathlib import Path
from time import perf_counter
from discourse.report import render_report
from discourse.tables import read_tables
run = Path(sys.argv[1])
record = json.loads((run / "run.json").read_text(encoding="utf-8"))
tables = read_tables(run / "tables")
begin = perf_counter()
html = render_report(tables, record)
first = perf_counter()
again = render_report(tables, record)
second = perf_counter()
Path(sys.argv[2]).write_text(html, encoding="utf-8", newline="\\n")
print(json.dumps([first - begin, second - first, html == again]))
"""
_PAGE = _DRAW.replace("again = render_report(tables, record)", "again = html")


def measure(shared: Path | None) -> list[Row]:
    """Return name, value and what it is."""
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(os.environ.get("DISCOURSE_BENCH_CACHE") or folder)
        cache.mkdir(parents=True, exist_ok=True)
        rows: list[Row] = []
        seconds: dict[str, float] = {}
        for name, source in _sources(shared, cache):
            run = _analysed(source, cache / "runs")
            found, seconds[name] = _drawing(name, run, Path(folder))
            rows += found
            rows += in_chromium.measure(name, Path(folder) / f"{name}.html", rounds=ROUNDS)
        if {"1,376", "10,000"} <= set(seconds):
            growth = seconds["10,000"] / seconds["1,376"]
            rows.append(("drawing, growth", growth, "time a post at 10,000 over that at 1,376; 1 is linear"))
    return rows


def _sources(shared: Path | None, cache: Path) -> Iterator[tuple[str, Path]]:
    """Name each thread and say where it stands; what is absent is said and left out."""
    document = shared / DOCUMENT if shared else Path("nowhere")
    if document.is_file():
        yield "004", document
    else:
        print("report: document 004 is absent; a made-up page stands in for it", file=sys.stderr)
        yield "made-up", sorted(Path("seeds/samples").glob("*.txt"))[0]
    dump = shared / REDDIT if shared else Path("nowhere")
    if not dump.is_file():
        print("report: the Reddit file is absent, and with it the long threads", file=sys.stderr)
        return
    for name, file, rows in (
        ("1,376", "reddit-largest.jsonl", largest),
        ("10,000", "reddit-joined.jsonl", joined),
    ):
        path = cache / file
        yield name, path if path.is_file() else write(rows(dump), path)


def _analysed(source: Path, out: Path) -> Path:
    """Return the folder of a source's run, an earlier one where there is one."""
    folder = out / source.stem
    if not (folder / "run.json").is_file():
        (result,) = run_pipeline([source], out=out).results
        assert result.folder == folder, result.problem
    return folder


def _drawing(name: str, run: Path, folder: Path) -> tuple[list[Row], float]:
    """Return what drawing takes and what comes of it, and the seconds a post of drawing alone."""
    page = folder / f"{name}.html"
    whole, alone, warm = [], [], []
    for _ in range(ROUNDS if name != "10,000" else 3):
        start = _seconds([sys.executable, "-c", "pass"])
        whole.append(_seconds([sys.executable, "-c", _PAGE, str(run), str(page)]) - start)
        done = subprocess.run(
            [sys.executable, "-c", _DRAW, str(run), str(page)], capture_output=True, check=True
        )
        first, second, same = json.loads(done.stdout)
        alone.append(first)
        warm.append(second)
    texts = read_tables(run / "tables")["posts"]["text"]
    written = sum(len(text.encode()) for text in texts)
    size = page.stat().st_size
    rows = [
        (
            f"{name}: drawn, new process",
            statistics.median(whole),
            "s from start to file, less the bare interpreter",
        ),
        (f"{name}: drawing alone", statistics.median(alone), "s in that process, tables in memory"),
        (f"{name}: drawn again", statistics.median(warm), "s in the same process"),
        (f"{name}: size", size / 1000, "kB"),
        (f"{name}: size by text", size / written, f"bytes a byte of text ({len(texts):,} posts)"),
        (
            f"{name}: same bytes",
            float(same and _same(run, page)),
            "1 where a repeat gives the same, in new processes too",
        ),
    ]
    return rows, statistics.median(warm) / len(texts)


def _same(run: Path, page: Path) -> bool:
    """Draw in two more processes whose sets and dicts are hashed otherwise."""
    before = page.read_bytes()
    for seed in ("1", "2"):
        command = [sys.executable, "-c", _PAGE, str(run), str(page)]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
        if page.read_bytes() != before:
            return False
    return True


def _seconds(command: list[str], run: Callable[..., object] = subprocess.run) -> float:
    begin = time.perf_counter()
    run(command, capture_output=True, check=True)
    return time.perf_counter() - begin
