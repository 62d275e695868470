"""All analysers of the project, and the order in which they can run."""

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from discourse.analysis.base import Analyzer
from discourse.analysis.loops.claims import Claims
from discourse.analysis.loops.context import Context
from discourse.analysis.loops.exchange_claims import Exchanges
from discourse.analysis.loops.loops import Loops
from discourse.analysis.loops.recurring_claims import Recurring
from discourse.analysis.loops.shape import Shape
from discourse.analysis.quotes import Quotes
from discourse.analysis.replies.replies import Replies
from discourse.analysis.rhetoric.markers import RhetoricMarkers
from discourse.analysis.stance.agreement import Agreement
from discourse.analysis.stance.camps import Camps
from discourse.analysis.stance.given import NOTHING_GIVEN, GivenTargets
from discourse.analysis.stance.stance import Stance
from discourse.analysis.stance.targets import Targets
from discourse.errors import ContractError
from discourse.learn.second_opinion import SecondOpinion

ANALYZERS: tuple[Analyzer, ...] = (
    Quotes(),
    Replies(),
    RhetoricMarkers(),
    Agreement(),
    Claims(),
    Targets(),
    Stance(),
    Camps(),
    Exchanges(),
    Recurring(),
    Loops(),
    Context(),
    Shape(),
)


def analyzers_for(
    given: GivenTargets, lexicons: Path | None = None, second: SecondOpinion | None = None
) -> tuple[Analyzer, ...]:
    """Return all analysers, set by a user.

    Parameters
    ----------
    given
        What the user says of targets.
    lexicons
        A folder of lexicons of one's own.
    second
        Who is asked beside the linear models, if anybody.
    """
    own: dict[str, Analyzer] = {}
    if given != NOTHING_GIVEN:
        own[Targets.name] = Targets(given)
    if lexicons is not None or second is not None:
        own[RhetoricMarkers.name] = RhetoricMarkers(lexicons=lexicons, second=second)
    if second is not None:
        own[Agreement.name] = Agreement(second)
    return tuple(own.get(analyzer.name, analyzer) for analyzer in ANALYZERS)


def in_order(analyzers: Iterable[Analyzer]) -> list[Analyzer]:
    """Order analysers so that each finds what it requires; those that need not wait keep their order.

    Raises
    ------
    ContractError
        Where two of them wait for each other.
    """
    given = list(analyzers)
    makers: dict[str, list[str]] = {}
    for analyzer in given:
        for assigned in analyzer.assigns:
            makers.setdefault(assigned, []).append(analyzer.name)
    waits = {a.name: {m for need in a.requires for m in makers.get(need, ()) if m != a.name} for a in given}
    try:
        sorter = TopologicalSorter(waits)
        sorter.prepare()
    except CycleError as error:
        raise ContractError(
            where="the analysers",
            problem=f"{' and '.join(error.args[1])} wait for each other",
            fix="Take one of them out of what the other requires",
        ) from error
    by_name = {a.name: a for a in given}
    ordered: list[Analyzer] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=list(by_name).index)
        ordered += [by_name[name] for name in ready]
        sorter.done(*ready)
    return ordered
