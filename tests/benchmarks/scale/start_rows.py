"""Start-up: of the command's help, and of a page with its report."""

from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.scale.rounds import Results, Step
from tests.benchmarks.scale.row import Figure, at_most, cpu, wall
from tests.benchmarks.scale.setup import Setup

PAGE = "page with report"
IMPORTS = "python -c 'import pandas, sklearn.linear_model, nltk, seaborn'"
HELP = "discourse --help"
NOTHING = "python -c pass"
STARTS = 4  # times a round


def start_steps(setup: Setup) -> list[Step]:
    imports = IMPORTS.split("'")[1]
    return [
        _short(NOTHING, lambda _: [setup.python, "-c", "pass"], setup),
        _short(HELP, lambda _: [*setup.discourse, "--help"], setup),
        _short(IMPORTS, lambda _: [setup.python, "-c", imports], setup),
        _short(PAGE, lambda out: [*setup.discourse, "analyze", str(setup.page), "--out", str(out)], setup),
    ]


def start_figures(setup: Setup, results: Results) -> list[Figure]:
    helped, page = results.ratio(HELP, NOTHING, cpu), results.ratio(PAGE, IMPORTS, cpu)
    slower, longer = results.ratio(HELP, NOTHING, wall), results.ratio(PAGE, IMPORTS, wall)
    return [
        at_most("start", f"`{HELP}` over `{NOTHING}`, CPU", helped, 12),
        Figure("start", "the same, wall", f"{slower:.1f}"),
        at_most("start", f"{setup.page.stem[:20]} with report, over `{IMPORTS}`, CPU", page, 1.0, ".2f"),
        Figure("start", "the same, wall", f"{longer:.2f}"),
    ]


def _short(name: str, command: Callable[[Path], list[str]], setup: Setup) -> Step:
    """Return a command that takes a second or so."""
    return Step(name, command, setup.env, often=STARTS)
