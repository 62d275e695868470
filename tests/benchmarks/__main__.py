"""Run the benchmarks: `python -m tests.benchmarks [--cache FOLDER] [NAME ...]`, from the repository's root.

Every `bench_NAME.py` here has `measure(shared)`, which returns rows of name, value and what it is. With
the public data (`../shared`, or where DISCOURSE_SHARED says) it measures on these, else on made-up text.
What takes long to make beforehand (for `report`) is kept in the folder of `--cache`.
Figures are ratios of two things timed in one interleaved run, medians of five: absolute times drift.

Large dumps take an hour and have a command of their own, `python -m tests.benchmarks scale --help`; the
dumps are made by `python -m tests.benchmarks.made_dump --help`.
"""

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("DISCOURSE_SHARED", HERE.parents[2] / "shared"))


def main(wanted: list[str]) -> None:
    """Print one line a figure."""
    known = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    unknown = sorted(set(wanted) - set(known))
    if unknown:
        sys.exit(f"benchmarks: there is no {', '.join(unknown)}; there is {', '.join(known)}")
    shared = SHARED if SHARED.is_dir() else None
    print(f"on {'public data' if shared else 'made-up text: ../shared is absent'}")
    for name in wanted or known:
        for figure, value, meaning in import_module(f"tests.benchmarks.bench_{name}").measure(shared):
            print(f"{name:<10} {figure:<44} {value:>10.2f}  {meaning}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["scale"]:
        import_module("tests.benchmarks.scale.command").main(sys.argv[2:])
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--cache", metavar="FOLDER")
    given = parser.parse_args()
    if given.cache:
        os.environ["DISCOURSE_BENCH_CACHE"] = given.cache
    main(given.names)
