"""Run the benchmarks: `python -m tests.benchmarks [NAME ...]`, from the root of the repository.

Every `bench_NAME.py` here has `measure(shared)`, which returns rows of name, value and what it is. With
the public data (`../shared`, or where DISCOURSE_SHARED says) it measures on these, else on made-up text.
Figures are ratios of two things timed in one interleaved run, medians of five: absolute times drift.
"""

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
    main(sys.argv[1:])
