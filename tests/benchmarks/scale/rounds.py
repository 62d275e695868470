"""Commands run in turn, round after round, so that what drifts on the machine drifts for all of them."""

import shutil
import statistics
import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks.scale.cluster import NoClusterError
from tests.benchmarks.scale.measured import Cost, measured
from tests.scale.same_files import digests


class FailedError(Exception):
    """A command that a figure needs did not end well; says how."""


def no_more_words() -> AbstractContextManager[list[str]]:
    """Add nothing to a command."""
    return nullcontext([])


@dataclass(frozen=True)
class Step:
    """One command of a round; steps of one name are the same command, run once for all that need it."""

    name: str
    command: Callable[[Path], list[str]]  # given the folder that it is to write, which is not there yet
    env: dict[str, str]
    memory: bool = False  # whether its memory is watched, which takes a little of the other core
    often: int = 1  # times in each round; 0: in the first round alone
    around: Callable[[], AbstractContextManager[list[str]]] = no_more_words  # runs around it, adds words


@dataclass(frozen=True)
class Taken:
    """One run of a step."""

    round: int
    cost: Cost
    files: dict[str, str] = field(repr=False)  # SHA-256 of what it wrote, by path


@dataclass
class Results:
    """All runs so far, by the step's name."""

    taken: dict[str, list[Taken]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    def of(self, name: str) -> list[Taken]:
        """Return the runs of a step; raise where it failed, or was not run."""
        if name in self.failed:
            raise FailedError(f"{name}: {self.failed[name]}")
        if name not in self.taken:
            raise FailedError(f"{name} was not run")
        return self.taken[name]

    def median(self, name: str, value: Callable[[Cost], float]) -> float:
        """Return the median of a value over the runs of a step."""
        return statistics.median(value(taken.cost) for taken in self.of(name))

    def ratio(self, one: str, other: str, value: Callable[[Cost], float]) -> float:
        """Return the median of the ratios of two steps, each of two runs that stood beside each other."""
        pairs = zip(self.of(one), self.of(other), strict=False)
        return statistics.median(value(a.cost) / value(b.cost) for a, b in pairs)

    def files(self, *names: str) -> list[dict[str, str]]:
        """Return what each run of these steps wrote."""
        return [taken.files for name in names for taken in self.of(name)]

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a run, for the file of all measurements."""
        return [
            {"step": name, "round": taken.round, **asdict(taken.cost), "files": len(taken.files)}
            for name, runs in self.taken.items()
            for taken in runs
        ]


def run_rounds(
    steps: Iterable[Step], rounds: int, work: Path, *, after: Callable[[Results], None] = lambda _: None
) -> Results:
    """Run all steps, round after round; a step that fails is not run again. `after` sees each round."""
    results = Results()
    unique = list({step.name: step for step in steps}.values())
    for number in range(1, rounds + 1 if unique else 1):
        most = max((step.often for step in unique), default=1)
        for again in range(max(1, most)):
            for step in unique:
                wanted = again < step.often or (step.often == 0 and number == 1 and again == 0)
                if wanted and step.name not in results.failed:
                    say(f"round {number} of {rounds}: {step.name}")
                    _run(step, number, work, results)
        after(results)
    return results


def _run(step: Step, number: int, work: Path, results: Results) -> None:
    out = work / "out"
    shutil.rmtree(out, ignore_errors=True)
    try:
        with step.around() as more:
            cost = measured([*step.command(out), *more], memory=step.memory, env=step.env, cwd=work)
    except NoClusterError as problem:
        results.failed[step.name] = str(problem)
        return
    if cost.code != 0:
        results.failed[step.name] = f"ended with {cost.code}: {cost.said.strip()[-500:]}"
        say(f"  {results.failed[step.name]}")
    else:
        files = digests(out) if out.is_dir() else {}
        results.taken.setdefault(step.name, []).append(Taken(number, cost, files))
        peak = "" if cost.peak is None else f", peak {cost.peak:.0f} MB"
        say(f"  {cost.cpu:.2f} CPU s, {cost.wall:.2f} s{peak}, {cost.others:.2f} cores busy with other work")
    shutil.rmtree(out, ignore_errors=True)


def say(words: str) -> None:
    """Tell how far the benchmark is, where it does not get into the table."""
    print(words, file=sys.stderr, flush=True)
