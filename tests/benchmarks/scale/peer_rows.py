"""Comments per CPU second, against ConvoKit's TextParser and PolitenessStrategies."""

import json
from statistics import median

from tests.benchmarks.scale.measured import Cost
from tests.benchmarks.scale.rounds import Results, Step
from tests.benchmarks.scale.row import Figure, analysis, at_least, cpu
from tests.benchmarks.scale.setup import Setup

ROW = "analysis"
PEER = "ConvoKit"


def peer_steps(setup: Setup) -> list[Step]:
    steps = [analysis(setup, setup.dump), analysis(setup, setup.first)]
    return [*steps, Step(PEER, lambda _: setup.peer(), setup.peer_env)] if setup.convokit else steps


def peer_figures(setup: Setup, results: Results) -> list[Figure]:
    own, few = analysis(setup, setup.dump).name, analysis(setup, setup.first).name
    rate = setup.dump.posts / results.median(own, cpu)
    alone = setup.first.posts / results.median(few, cpu)
    found = [
        Figure(ROW, f"comments per CPU second, {setup.dump.name}", f"{rate:,.0f}"),
        Figure(ROW, f"the same, {setup.first.name} alone, start-up and all", f"{alone:,.0f}"),
    ]
    if not setup.convokit:
        return [*found, Figure(ROW, f"times as many as {PEER}", "not measured: --convokit PYTHON")]
    theirs = [_peer_seconds(taken.cost) for taken in results.of(PEER)]
    rates = [setup.first.posts / seconds for seconds in theirs]
    pairs = zip(results.of(own), rates, strict=False)
    times = median([setup.dump.posts / taken.cost.cpu / other for taken, other in pairs])
    whole = setup.first.posts / results.median(PEER, cpu)
    every = ", ".join(f"{rate:.0f}" for rate in rates)
    kept = f"times as many comments per CPU second as {PEER}, whose loading is not counted"
    both = f"times as many on {setup.first.name} alone, start-up of both and all"
    return [
        *found,
        Figure(ROW, f"{PEER}, {setup.first.name}, loading not counted", f"{median(rates):,.0f} ({every})"),
        Figure(ROW, f"{PEER}, the same, loading and all", f"{whole:,.0f}"),
        at_least(ROW, kept, times, 60),
        Figure(ROW, both, f"{results.ratio(PEER, few, cpu):.1f}"),
    ]


def _peer_seconds(cost: Cost) -> float:
    """Return what parsing and strategies took, without the loading of packages and model."""
    told = json.loads(cost.said.strip().splitlines()[-1])
    return float(told["parsing"] + told["strategies"])
