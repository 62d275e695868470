"""What is lost when labels go out and come in again: every format that is read, on runs of your own.

    python -m tests.evaluation.measure_round_trips RUN...

Each run is copied first, so nothing is written beside it. Its labels leave as a machine made them, and come
back as those of a person who let all of them stand (of Label Studio, where the machine's labels are only
predictions, as those of a person who made them). A row is lost where post, place, layer, label,
target, quotation, detail or maker differ.
"""

import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from discourse.exchange.corpus import Choice, Corpus
from discourse.exchange.exporting import export_runs
from discourse.exchange.formats import FORMATS
from discourse.exchange.importing import import_labels

FIELDS = ("post_id", "start", "end", "layer", "label", "target", "quote", "detail")
CODER = "coder"


def labels(run: Path, maker: str) -> Counter[tuple[str, ...]]:
    """Return a run's labels by a sort of maker, with the makers that a person confirmed in his place."""
    with Corpus([run], Choice(makers=frozenset({maker}))) as corpus:
        return Counter(
            (
                *(str(getattr(row, name)) for name in FIELDS),
                *sorted({row.annotator, *(row.also or "").split()} - {f"human:{CODER}"}),
            )
            for one in corpus.posts()
            for row in one.annotations
        )


def copied(run: Path, folder: Path) -> Path:
    """Return a copy of a run without any journal."""
    shutil.copytree(run, folder / run.name)
    return folder / run.name


def measure(run: Path, name: str, folder: Path) -> tuple[int, int, int]:
    """Return how many labels went out, how many came back as they were, and how many were put right."""
    first = copied(run, folder / "first")
    source = first
    if name == "label-studio":  # what stands there as an annotation is a person's
        export_runs([first], to="jsonl", out=folder / "person")
        import_labels(folder / "person", source="jsonl", runs=[first], annotator=CODER)
        source = first
    makers = frozenset({"people"}) if name == "label-studio" else frozenset({"machine"})
    export_runs([source], to=name, out=folder / "out", choice=Choice(makers=makers))
    second = copied(run, folder / "second")
    done = import_labels(folder / "out", source=name, runs=[second], annotator=CODER)
    sent, came = labels(run, "machine"), labels(second, "people")
    return sent.total(), (sent & came).total(), done.put_right


def main(runs: list[str]) -> int:
    """Print a line a format and run; return 1 where anything is lost."""
    lost = 0
    for run in map(Path, runs):
        for name, fmt in FORMATS.items():
            if fmt.comes_back:
                with tempfile.TemporaryDirectory() as folder:
                    sent, came, put_right = measure(run, name, Path(folder))
                lost += sent - came
                print(
                    f"{run.name:<24} {name:<14} {sent:>7,} out {came:>7,} back {put_right:>5,} put right",
                    flush=True,
                )
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
