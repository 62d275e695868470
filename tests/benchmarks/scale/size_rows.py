"""Speed and memory as dumps and threads grow."""

from tests.benchmarks.scale.rounds import Results, Step
from tests.benchmarks.scale.row import Figure, analysis, at_most, cpu, peak
from tests.benchmarks.scale.setup import Dump, Setup

MEMORY = 400.0  # MB
LONG_THREAD = 200.0  # MB that one long thread may take besides
PEAK = "peak memory (PSS), MB, 1 worker"


def growth_steps(setup: Setup) -> list[Step]:
    return [analysis(setup, setup.dump), analysis(setup, setup.large[0])]


def growth_figures(setup: Setup, results: Results) -> list[Figure]:
    small, large = setup.dump, setup.large[0]
    seconds = results.ratio(analysis(setup, small).name, analysis(setup, large).name, cpu)
    ratio = seconds * large.posts / small.posts
    told = f"comments per CPU second, {large.name} over {small.name}"
    rate = large.posts / results.median(analysis(setup, large).name, cpu)
    return [
        Figure("growth", f"comments per CPU second, {large.name}", f"{rate:,.0f}"),
        Figure("growth", told, f"{ratio:.2f}", "0.85 to 1.15", 0.85 <= ratio <= 1.15),
    ]


def _watched(setup: Setup, dump: Dump) -> Step:
    return analysis(setup, dump, memory=True, often=0)


def peak_steps(setup: Setup) -> list[Step]:
    """Analyse the dump and the large ones, once each."""
    return [_watched(setup, dump) for dump in (setup.dump, *setup.large)]


def peak_figures(setup: Setup, results: Results) -> list[Figure]:
    size = {
        dump.name: results.median(_watched(setup, dump).name, peak) for dump in (setup.dump, *setup.large)
    }
    base = size[setup.dump.name]
    found = [Figure("memory", f"{PEAK}, {setup.dump.name}", f"{base:.0f}")]
    for dump in setup.large:
        found += [
            at_most("memory", f"{PEAK}, {dump.name}", size[dump.name], MEMORY, ".0f"),
            at_most("memory", f"over that at {setup.dump.name}", size[dump.name] / base, 1.2, ".2f"),
        ]
    return found


def long_steps(setup: Setup) -> list[Step]:
    return [_watched(setup, dump) for dump in (setup.dump, setup.largest, setup.joined)]


def long_figures(setup: Setup, results: Results) -> list[Figure]:
    found = []
    usual = results.median(_watched(setup, setup.dump).name, cpu) / setup.dump.posts
    for dump in (setup.largest, setup.joined):
        name = _watched(setup, dump).name
        spent = results.median(name, cpu)
        found += [
            at_most("long", f"{PEAK}, {dump.name}", results.median(name, peak), MEMORY + LONG_THREAD, ".0f"),
            Figure("long", f"CPU seconds, {dump.name}", f"{spent:.1f}"),
            Figure("long", "CPU time a post, over that of the dump", f"{spent / dump.posts / usual:.2f}"),
        ]
    return found
