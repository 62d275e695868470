"""How well argument loops are found in coded threads.

    python -m tests.evaluation.measure_loops ../shared
    python -m tests.evaluation.measure_loops ../shared --part "looked at" --errors

Without a part: the twelve threads of `data/loops`; with `looked at` or `sealed`: those of `gold/loops.json`,
each read by two blind coders; with `made up` or `fresh`: those of `made_up_loops`, with `fresh pages` the
pages there.

A loop that is found matches a sure one when their turns overlap by F1 >= 0.5, the best first and each once;
one that matches none, or only a loop that the coders rejected, is false. Posts that one coder alone calls
turns count neither way. Of matched loops: F1 of turns, share of turns on the right side after the better of
the two namings, and F1 of restatements, all summed over loops.
"""

import argparse
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from discourse.analysis.registry import ANALYZERS
from discourse.ingest import read_source
from discourse.stages import run_stages
from discourse.tables import Tables
from tests.evaluation.loop_threads import (
    GOLD,
    MADE_UP,
    MADE_UP_PARTS,
    MADE_UP_THREADS,
    PARTS,
    Row,
    draw,
    overlap,
    rows_of,
)

MATCHES = 0.5


@dataclass(frozen=True, slots=True)
class Coded:
    """A loop as people or the program write it down; posts are numbered in thread order, from 1."""

    turns: frozenset[int]
    maybe: frozenset[int]
    restatements: frozenset[int]
    side_b: frozenset[int]
    question: str = ""


@dataclass(slots=True)
class Score:
    """Counts over threads."""

    gold: int = 0
    found: int = 0
    matched: int = 0
    without: int = 0  # threads in which the coders saw no loop
    wrongly: int = 0  # of these, threads in which one is found
    turns: list[int] = field(default_factory=lambda: [0, 0, 0])  # right, found, gold
    sides: list[int] = field(default_factory=lambda: [0, 0])  # right, of how many
    restatements: list[int] = field(default_factory=lambda: [0, 0, 0])

    def figures(self) -> dict[str, float]:
        """Return what issue and floors ask for, rounded to four decimals; 0 where nothing was counted."""
        share = {"sides": self.sides[0] / self.sides[1] if self.sides[1] else 0.0}
        share |= {
            name: 2 * right / (found + gold) if found + gold else 0.0
            for name, (right, found, gold) in (
                ("loops", [self.matched, self.found, self.gold]),
                ("turns", self.turns),
                ("restatements", self.restatements),
            )
        }
        counts = {name: getattr(self, name) for name in ("gold", "found", "matched", "without", "wrongly")}
        return {name: round(value, 4) for name, value in (share | counts).items()}


Threads = Mapping[str, tuple[Sequence[Row], Sequence[Coded]]]  # posts in thread order, and what people coded


def coded_elsewhere(shared: Path) -> dict[str, tuple[list[Row], list[Coded]]]:
    """Return the twelve threads of `data/loops` with their sure loops."""
    folder = shared / "data" / "loops"
    posts: dict[str, list[Row]] = {}
    for line in (folder / "threads.jsonl").read_text(encoding="utf-8").splitlines():
        posts.setdefault((row := json.loads(line))["thread_id"], []).append(row)
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    return {
        name: (
            posts[name],
            [_coded(loop, posts[name]) for loop in its["loops"] if loop["certainty"] == "sure"],
        )
        for name, its in gold.items()
    }


def _coded(loop: Row, posts: Sequence[Row]) -> Coded:
    side_b = {author.casefold() for author in loop["sides"][1]["authors"]}
    return Coded(
        frozenset(loop["turns"]),
        frozenset(loop["maybe_turns"]),
        frozenset(loop["restatements"]),
        frozenset(turn for turn in loop["turns"] if posts[turn - 1]["author"].casefold() in side_b),
        loop["question"],
    )


def coded_here(shared: Path, part: str) -> dict[str, tuple[list[Row], list[Coded]]]:
    """Return the threads of one part of `gold/loops.json` with their sure loops."""
    gold = json.loads(GOLD.read_text(encoding="utf-8"))["threads"]
    return {
        (name := str(thread["discussion_id"])): (
            list(rows_of(thread)),
            [_joined(loop) for loop in gold[name]["sure"]],
        )
        for thread in draw(shared)[part]
    }


def coded_made_up(part: str) -> dict[str, tuple[list[Row], list[Coded]]]:
    """Return the made-up threads of one part with their sure loops."""
    gold = json.loads(MADE_UP.read_text(encoding="utf-8"))["threads"]
    return {
        name: (_posts(MADE_UP_THREADS / f"{name}.jsonl"), [_joined(loop) for loop in its["sure"]])
        for name, its in gold.items()
        if its["part"] == part
    }


def _posts(path: Path) -> list[Row]:
    """Return a thread's posts; none of a page, which is still to be read."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _joined(loop: Row) -> Coded:
    return Coded(*(frozenset(loop[key]) for key in ("turns", "maybe_turns", "restatements", "side_b")))


def loops_of(tables: Tables, posts: Sequence[Row]) -> list[Coded]:
    """Return the loops that an analysis found in a thread, its posts numbered as in the gold.

    Those of a page, of which no posts are given, are numbered as they were read.
    """
    ids = [row["id"] for row in posts] or list(tables["posts"]["post_id"])
    numbers = {post_id: number for number, post_id in enumerate(ids, start=1)}
    questions = dict(zip(tables["loops"]["loop_id"], tables["loops"]["question"], strict=True))
    found: dict[str, list[Any]] = {loop_id: [] for loop_id in questions}
    for turn in tables["turns"].itertuples():
        if turn.post_id in numbers:
            found[turn.loop_id].append((numbers[turn.post_id], turn.side == "b", turn.role == "restatement"))
    return [
        Coded(
            frozenset(number for number, *_ in turns),
            frozenset(),
            frozenset(number for number, _, restates in turns if restates),
            frozenset(number for number, is_b, _ in turns if is_b),
            questions[loop_id],
        )
        for loop_id, turns in found.items()
        if turns
    ]


def pairs_of(found: Sequence[Coded], gold: Sequence[Coded]) -> Iterator[tuple[Coded, Coded]]:
    """Yield which loop that was found is which sure one, the best overlap first, each once."""
    rated = sorted(
        (-overlap(sorted(one.turns - other.maybe), sorted(other.turns)), i, j)
        for (i, one), (j, other) in product(enumerate(found), enumerate(gold))
    )
    taken: set[int] = set()
    used: set[int] = set()
    for rate, i, j in rated:
        if -rate >= MATCHES and i not in taken and j not in used:
            taken.add(i)
            used.add(j)
            yield found[i], gold[j]


def score(threads: Iterable[tuple[Sequence[Coded], Sequence[Coded]]]) -> Score:
    """Sum up threads, each as what was found and what people coded."""
    total = Score()
    for found, gold in threads:
        total.gold += len(gold)
        total.found += len(found)
        total.without += not gold
        total.wrongly += bool(found) and not gold
        for one, other in pairs_of(found, gold):
            total.matched += 1
            _add(total, one, other)
    return total


def _add(total: Score, one: Coded, other: Coded) -> None:
    turns, restated = one.turns - other.maybe, one.restatements - other.maybe
    common = turns & other.turns
    same = len(common - (one.side_b ^ other.side_b))
    total.sides[0] += max(same, len(common) - same)
    total.sides[1] += len(common)
    for counts, mine, theirs in (
        (total.turns, turns, other.turns),
        (total.restatements, restated, other.restatements),
    ):
        for place, number in enumerate((len(mine & theirs), len(mine), len(theirs))):
            counts[place] += number


def measured(threads: Threads) -> dict[str, tuple[list[Coded], list[Coded]]]:
    """Analyse coded threads, all of them in one run; return what was found and what was coded in each.

    Pages are read one by one.
    """
    if not any(posts for posts, _ in threads.values()):
        return {
            name: (
                loops_of(run_stages(read_source(MADE_UP_THREADS / f"{name}.txt"), ANALYZERS), ()),
                list(gold),
            )
            for name, (_, gold) in threads.items()
        }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "threads.jsonl"
        lines = (json.dumps(row, ensure_ascii=False) for posts, _ in threads.values() for row in posts)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        tables = run_stages(read_source(path), ANALYZERS)
    return {name: (loops_of(tables, posts), list(gold)) for name, (posts, gold) in threads.items()}


def threads_of_part(shared: Path, part: str | None) -> Threads:
    """Return the threads of one part; without one the twelve of `data/loops`."""
    if part in MADE_UP_PARTS:
        return coded_made_up(part)
    return coded_here(shared, part) if part else coded_elsewhere(shared)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--part", choices=(*PARTS, *MADE_UP_PARTS))
    parser.add_argument("--errors", action="store_true", help="say thread by thread what was found")
    given = parser.parse_args()
    if given.errors and given.part in ("sealed", "fresh", "fresh pages"):
        parser.error("nobody looks at that part")
    results = measured(threads_of_part(given.shared, given.part))
    if given.errors:
        for name, (found, gold) in results.items():
            for kind, loops in (("gold ", gold), ("found", found)):
                for loop in loops:
                    print(name, kind, sorted(loop.turns), loop.question)
    for name, value in score(results.values()).figures().items():
        print(f"{name:13} {value:g}")


if __name__ == "__main__":
    main()
