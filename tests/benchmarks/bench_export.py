"""What an export costs: peak memory and time of every format, on runs of 10,000 and of 100,000 posts.

The runs are made up: a small run with every sort of label, its posts given new ids and threads of a hundred
over and over. Memory is the peak of the whole process; time is given as the growth of a post's cost from
10,000 to 100,000 posts (1 is linear), each less an interpreter that loads the same modules.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from discourse.exchange.formats import FORMATS
from discourse.results import write_record
from discourse.tables import CONTRACT
from tests.exchange.made_run import RECORD, TEXTS, made_labels, post

Row = tuple[str, float, str]
SMALL, LARGE = 10_000, 100_000
THREAD = 100  # posts
_EXPORT = """
import json, resource, sys
from pathlib import Path
import discourse.exchange.exporting as exporting
exporting.format_named(sys.argv[1]).writer()
before = resource.getrusage(resource.RUSAGE_SELF)
if len(sys.argv) > 2:
    exporting.export_runs([Path(sys.argv[2])], to=sys.argv[1], out=Path(sys.argv[3]))
after = resource.getrusage(resource.RUSAGE_SELF)
seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
print(json.dumps([after.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2), seconds]))
"""


def measure(_shared: Path | None) -> list[Row]:
    """Return name, value and what it is; on made-up posts, wherever public data are."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        runs = {size: _made(size, Path(folder) / f"run-{size}") for size in (SMALL, LARGE)}
        for name in FORMATS:
            cost = {size: _cost(name, run, Path(folder) / f"{name}-{size}") for size, run in runs.items()}
            growth = (cost[LARGE][1] / LARGE) / max(cost[SMALL][1] / SMALL, 1e-9)
            rows.append((f"{name}, memory", cost[LARGE][0], f"MB at the peak of {LARGE:,} posts"))
            rows.append((f"{name}, growth", growth, f"time a post at {LARGE:,} over that at {SMALL:,}"))
    return rows


def _cost(name: str, run: Path, out: Path) -> tuple[float, float]:
    env = {**os.environ, "OMP_NUM_THREADS": "1"}
    words = [sys.executable, "-c", _EXPORT, name, str(run), str(out)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=env)
    megabytes, seconds = json.loads(done.stdout)
    return megabytes, seconds


def _made(size: int, folder: Path) -> Path:
    """Write a run of so many posts; made row by row, so that this process stays small too."""
    (folder / "tables").mkdir(parents=True)
    write_record(RECORD, folder)
    filled = {"posts": _posts(size), "annotations": _labels(size)}
    for name, schema in CONTRACT.items():
        with (folder / "tables" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, schema.names)
            writer.writeheader()
            writer.writerows(filled.get(name, ()))
    return folder


def _name(number: int) -> str:
    return f"pier:{number}"


def _posts(size: int) -> Iterator[dict[str, object]]:
    for number in range(1, size + 1):
        thread = (number - 1) // THREAD
        first = thread * THREAD + 1
        text = f"{TEXTS[number % len(TEXTS)]} No. {number}, as was said before."
        row = post(number, text, thread_id=f"thread {thread}", author=f"reader {number % 997}")
        yield {**row, "reply_to": None if number == first else _name(max(first, number - 1 - number % 7))}


def _labels(size: int) -> Iterator[dict[str, object]]:
    by_text: dict[str, list[dict[str, object]]] = {}
    for row in made_labels():
        by_text.setdefault(str(row["post_id"]), []).append(dict(row))
    for number in range(1, size + 1):
        for row in by_text.get(_name(number % len(TEXTS) + 1), ()):
            target = _name(number) if row["layer"] == "reply" else row["target"]
            yield {**row, "post_id": _name(number), "target": target}
