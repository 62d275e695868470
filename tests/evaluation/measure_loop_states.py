"""How well the end of a coded loop is told when its turns are given, beside calling every loop open.

    python -m tests.evaluation.measure_loop_states ../shared
    python -m tests.evaluation.measure_loop_states ../shared --errors

Measured on the 96 threads of `gold/loops_learned.json` and the looked-at part of `gold/loops.json`; loops of
whose state the two coders disagree are left out. Words and rules were set on the threads whose number is not
divisible by three; the others were only measured, which gave accuracy .676 and macro-F1 .275 (always open:
.649 and .197), so that a state that is told is a hint. Also: how often the seam of two threads laid end to
end, 20 posts of each, is found as a change of matter.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from discourse.analysis.base import ThreadView, read_threads
from discourse.analysis.loops.dispute import with_own_quotes
from discourse.analysis.loops.loop_state import loop_state
from discourse.analysis.loops.shape_matter import changes_of_matter
from discourse.analysis.registry import ANALYZERS
from discourse.ingest import read_source
from discourse.stages import run_stages
from tests.evaluation.loop_threads import GOLD, Row, rows_of, threads_of

LEARNED = GOLD.parent / "loops_learned.json"
HALF = 20  # posts of each of two threads that are laid end to end
NEAR = 2  # posts from the seam within which it counts as found

Told = tuple[str, str, str]  # thread, coded state, state that is told


def coded_loops() -> dict[str, list[Row]]:
    """Return the loops of each thread that may be looked at."""
    gold = json.loads(GOLD.read_text(encoding="utf-8"))["threads"]
    found = {name: its["sure"] for name, its in gold.items() if its["part"] == "looked at"}
    learned = json.loads(LEARNED.read_text(encoding="utf-8"))["threads"]
    return found | {name: its["loops"] for name, its in learned.items()}


def views_of(shared: Path, names: Sequence[str]) -> dict[str, ThreadView]:
    """Read some threads, with their quotations."""
    threads = {str(t["discussion_id"]): list(rows_of(t)) for t in threads_of(shared)}
    rows = [row for name in names for row in threads[name]]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "threads.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        tables = run_stages(read_source(path), [a for a in ANALYZERS if a.name in ("quotes", "replies")])
    home = {threads[name][0]["id"]: name for name in names}
    return {home[view.posts[0].post.post_id]: with_own_quotes(view) for view in read_threads(tables)}


def told_states(views: dict[str, ThreadView], loops: dict[str, list[Row]]) -> Iterator[Told]:
    """Yield what coders and the rules say of each loop on whose state the coders agree."""
    for name in sorted(views):
        for loop in loops[name]:
            states = {loop["state"]} if "state" in loop else set(loop["states"])
            if len(states) == 1:
                places = [turn - 1 for turn in loop["turns"]]
                sides = [int(turn in loop["side_b"]) for turn in loop["turns"]]
                yield name, states.pop(), loop_state(views[name], places, sides)


def scores(pairs: Sequence[tuple[str, str]]) -> tuple[float, float]:
    """Return accuracy and macro-F1 over the coded states."""
    labels = sorted({gold for gold, _ in pairs})
    f1 = []
    for label in labels:
        both = sum(gold == told == label for gold, told in pairs)
        either = sum((gold == label) + (told == label) for gold, told in pairs)
        f1.append(2 * both / either)
    return round(sum(gold == told for gold, told in pairs) / len(pairs), 3), round(sum(f1) / len(f1), 3)


def seams(views: dict[str, ThreadView]) -> tuple[int, int, int]:
    """Return how many pairs of threads were joined, how many seams were found, and how many places in all."""
    long = [views[name] for name in sorted(views) if len(views[name].posts) >= HALF]
    joined = hit = found = 0
    for one, other in zip(long[::2], long[1::2], strict=False):
        changes = changes_of_matter(ThreadView("joined", one.posts[:HALF] + other.posts[:HALF], (), ()))
        joined += 1
        hit += any(abs(change.place - HALF) <= NEAR for change in changes)
        found += len(changes)
    return joined, hit, found


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument(
        "--errors", action="store_true", help="name the loops that are told wrongly, tuned part alone"
    )
    given = parser.parse_args()
    loops = coded_loops()
    views = views_of(given.shared, sorted(loops))
    told = list(told_states(views, loops))
    for part, is_held in (("tuned on", False), ("held back", True)):
        pairs = [(gold, found) for name, gold, found in told if (int(name) % 3 == 0) == is_held]
        always = scores([(gold, "open") for gold, _ in pairs])
        print(f"{part}: {len(pairs)} loops, accuracy and macro-F1 {scores(pairs)}, always open {always}")
    if given.errors:
        for name, gold, found in told:
            if int(name) % 3 and gold != found:
                print(f"{name}: coded {gold}, told {found}")
    print("joined {}, seams found {}, places found {}".format(*seams(views)))


if __name__ == "__main__":
    main()
