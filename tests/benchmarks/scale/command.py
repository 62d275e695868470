"""The figures of large dumps, in one table: `python -m tests.benchmarks scale --dump DUMP`.

Everything is run in turn, round after round, each command in processes of its own: analyses of the dump and
of large ones, with one worker and with two, on a Dask cluster of this machine, ConvoKit, and short
commands. A figure is the median of the rounds; a ratio is the median of the ratios within a round. CPU
seconds are those of all processes of a command. Memory is the sum of PSS over all of them, looked at ten
times a second, in runs of their own, once each; only Linux tells it. MB are 1,000,000 bytes.

DUMP is the Reddit file of the public data, ../shared/data/threads/reddit_100k.jsonl.zst. Large dumps are
made of it, 10 and 50 times as large (`python -m tests.benchmarks.made_dump --help`), unless --large names
others. ConvoKit is heavy and has an environment of its own, see tests/benchmarks/scale/peer.py; without
--convokit it is left out. Dask comes with the extra [cluster].

The table goes to stdout, as Markdown, and with every single run into scale.json; what is going on, to
stderr. Comparisons of wall time mean something only while nothing else runs: the table says how many cores
were busy.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.benchmarks.scale.machine import ROOT, described
from tests.benchmarks.scale.rounds import FailedError, Results, run_rounds, say
from tests.benchmarks.scale.row import Figure, Row
from tests.benchmarks.scale.rows import ROWS
from tests.benchmarks.scale.setup import Setup

SHARED = Path(os.environ.get("DISCOURSE_SHARED", ROOT.parent / "shared"))
DUMP = "data/threads/reddit_100k.jsonl.zst"
PAGES = ("seeds/004_*.txt",)


def main(arguments: list[str]) -> None:
    """Measure and print the table; end with 1 where a figure is not what it is to be."""
    given = _parser().parse_args(arguments)
    rows = [row for row in ROWS if not given.only or row.name in given.only]
    if not given.dump.is_file():
        sys.exit(f"benchmarks: there is no {given.dump}; --dump names the dump to measure on")
    with tempfile.TemporaryDirectory(prefix="discourse-scale-") as folder:
        work = (given.work or Path(folder)).resolve()
        work.mkdir(parents=True, exist_ok=True)
        setup = Setup(
            source=given.dump.resolve(),
            work=work,
            page=given.page.resolve(),
            large_files=[path.resolve() for path in given.large],
            convokit=given.convokit,
            kills=given.kills,
            kill_posts=given.kill_posts,
            seed=given.seed,
        )
        begin = time.time()
        machine = described()
        steps = [step for row in rows for step in row.steps(setup)]
        results = run_rounds(
            steps, given.rounds, work, after=lambda found: _keep(given.json, machine, found, [])
        )
        figures = [figure for row in rows for figure in _figures(row, setup, results)]
    machine["took"] = f"{(time.time() - begin) / 60:.0f} minutes, {given.rounds} rounds"
    _keep(given.json, machine, results, figures)
    print(table(machine, figures))
    sys.exit(any(figure.reached is False for figure in figures))


def _figures(row: Row, setup: Setup, results: Results) -> list[Figure]:
    try:
        return row.figures(setup, results)
    except FailedError as problem:
        return [Figure(row.name, row.told, f"failed: {problem}", reached=False)]


def table(machine: dict[str, str], figures: list[Figure]) -> str:
    """Return the figures and the machine as Markdown."""
    lines = [
        *(f"- {name}: {value}" for name, value in machine.items()),
        "",
        "| row | what | measured | reach | reached |",
        "|---|---|---|---|---|",
        *(f"| {' | '.join(cells)} |" for cells in map(_cells, figures)),
    ]
    return "\n".join(lines)


def _cells(figure: Figure) -> list[str]:
    reached = {True: "yes", False: "**no**", None: ""}[figure.reached]
    words = (figure.row, figure.what, figure.value, figure.reach, reached)
    return [" ".join(cell.split()).replace("|", "\\|") for cell in words]


def _keep(path: Path, machine: dict[str, str], results: Results, figures: list[Figure]) -> None:
    """Write all that was measured so far, after each round: an hour's work is not to be lost."""
    kept: dict[str, Any] = {
        "machine": machine,
        "figures": [asdict(figure) for figure in figures],
        "runs": results.rows(),
        "failed": results.failed,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    say(f"{path} holds {len(kept['runs'])} runs")


def _page() -> Path:
    """Return document 004, or else the longest sample page of the repository."""
    found = [path for pattern in PAGES for path in SHARED.glob(pattern)]
    samples = sorted((ROOT / "seeds" / "samples").glob("*.txt"), key=lambda path: path.stat().st_size)
    return (found or samples[::-1])[0]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks scale",
        description=__doc__,
        epilog="rows: " + "; ".join(f"{row.name}: {row.told}" for row in ROWS),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add(
        "--dump", type=Path, default=SHARED / DUMP, metavar="FILE", help="one post a line, .zst, .gz or plain"
    )
    add(
        "--large",
        type=Path,
        nargs="+",
        default=[],
        metavar="FILE",
        help="large dumps, instead of copies of the dump",
    )
    add("--rounds", type=int, default=5, metavar="N", help="how often all is run; 5")
    add("--convokit", type=Path, metavar="PYTHON", help="the Python of ConvoKit's environment")
    add("--only", nargs="+", choices=[row.name for row in ROWS], metavar="ROW", help="these rows alone")
    add("--page", type=Path, default=_page(), metavar="FILE", help="the pasted page of row `start`")
    add("--kills", type=int, default=20, metavar="N", help="how many kills must meet a run at work; 20")
    add(
        "--kill-posts",
        type=int,
        default=20_000,
        metavar="N",
        help="on so many first posts of the dump; 20,000",
    )
    add("--seed", type=int, default=9, metavar="N", help="of the moments and victims; 9")
    add("--work", type=Path, metavar="FOLDER", help="keeps the dumps that are made, for the next time")
    add("--json", type=Path, default=Path("reports/scale.json"), metavar="FILE", help="reports/scale.json")
    return parser
