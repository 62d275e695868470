"""What a row of the table is, and what its figures are made of."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from math import isnan

from tests.benchmarks.scale.measured import Cost
from tests.benchmarks.scale.rounds import Results, Step
from tests.benchmarks.scale.setup import Dump, Setup


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    row: str
    what: str
    value: str
    reach: str = ""  # what the project wants; nothing where the line only informs
    reached: bool | None = None


def at_most(row: str, what: str, value: float, limit: float, form: str = ".1f") -> Figure:
    """Return a figure that is to be no higher; whether it is stays open where it could not be measured."""
    reached = None if isnan(value) else value <= limit
    return Figure(
        row, what, "not measured" if reached is None else f"{value:{form}}", f"≤ {limit:g}", reached
    )


def at_least(row: str, what: str, value: float, limit: float, form: str = ".1f") -> Figure:
    """Return a figure that is to be no lower."""
    return Figure(row, what, f"{value:{form}}", f"≥ {limit:g}", value >= limit)


@dataclass(frozen=True)
class Row:
    """What can be asked for with `--only`."""

    name: str
    told: str
    steps: Callable[[Setup], list[Step]]
    figures: Callable[[Setup, Results], list[Figure]]


def cpu(cost: Cost) -> float:
    """CPU seconds of all processes."""
    return cost.cpu


def wall(cost: Cost) -> float:
    """Seconds until it had ended."""
    return cost.wall


def peak(cost: Cost) -> float:
    """MB at the highest; NaN where the system does not tell."""
    return float("nan") if cost.peak is None else cost.peak


def analysis(setup: Setup, dump: Dump, workers: int = 1, *, memory: bool = False, often: int = 1) -> Step:
    """Return the analysis of a dump."""
    name = f"{dump.name}, {workers} worker{'s'[: workers > 1]}{', memory watched' if memory else ''}"
    command = functools.partial(setup.analyze, dump.path, workers=workers)
    return Step(name, command, setup.env, memory=memory, often=often)
