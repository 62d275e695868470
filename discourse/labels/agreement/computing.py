"""Agreement of the annotators of some runs: one way through their coded posts, then the figures."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from discourse.errors import DiscourseError
from discourse.labels.agreement.blind import worst
from discourse.labels.agreement.bootstrap import Resampling
from discourse.labels.agreement.cutting import split_figures
from discourse.labels.agreement.disagreements import disagreements
from discourse.labels.agreement.drawn import Draw, read_drawn
from discourse.labels.agreement.figures import Figure
from discourse.labels.agreement.gamma import gamma_figures, need_gamma
from discourse.labels.agreement.gold import golds
from discourse.labels.agreement.grids import AnswerGrids, PresenceGrids, gatherer
from discourse.labels.agreement.measuring import figures_of, span_figures
from discourse.labels.agreement.pages import Pages
from discourse.labels.agreement.prevalence import Prevalence, prevalence
from discourse.labels.agreement.reading import CodedPost, CodedRuns
from discourse.labels.agreement.units import ANSWERS, PRESENCE
from discourse.labels.decisions import human
from discourse.tables.contract import LAYERS, PAGE_LAYERS

ALL_LAYERS = (*LAYERS, *PAGE_LAYERS)
ON_DRAWN = "on the posts that the sample drew at random alone"


class Agreement(Struct, frozen=True, kw_only=True):
    """What was found of the annotators of some runs."""

    people: tuple[str, ...]
    posts: int  # in the runs
    coded: Mapping[str, int]  # posts that each person coded for any of the layers
    sight: Mapping[str, Mapping[str, int]]  # of these, how many blind, seen, imported
    later: Mapping[str, int]  # of these, those on which more was decided after the blind word, left out
    unread: Mapping[str, int]  # posts on which each gave a label without saying that they looked for it
    figures: tuple[Figure, ...]
    shares: tuple[Prevalence, ...]
    is_drawn: bool  # whether it is known which posts were drawn at random
    left_out: int  # decisions on posts, or texts of posts, that the runs do not hold


class _Gathered(Struct):
    """All that is gathered on the way through the coded posts."""

    people: Sequence[str]
    layers: Collection[str]
    questions: list[PresenceGrids | AnswerGrids] = field(default_factory=list)
    shares: list[PresenceGrids] = field(default_factory=list)  # post by post, for prevalence
    pages: Pages | None = None
    coded: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    later: Counter[str] = field(default_factory=Counter)
    sight: dict[str, Counter[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for layer in (*PRESENCE, *ANSWERS):
            if layer in self.layers:
                found = gatherer(layer, self.people)
                self.questions.append(found)
                if layer in LAYERS:
                    found = found if isinstance(found, PresenceGrids) else PresenceGrids(layer, self.people)
                    self.shares.append(found)
        self.pages = Pages(self.people) if "split" in self.layers else None

    def add(self, post: CodedPost, thread: int) -> None:
        for one in {id(one): one for one in (*self.questions, *self.shares)}.values():
            one.add(post, thread)
        if self.pages is not None:
            self.pages.add(post, thread)
        self.unread.update(
            {
                row["annotator"]
                for row in post.said
                if row["layer"] in self.layers
                and not post.looks(row["annotator"], row["layer"], row["label"])
            }
        )
        self.later.update({name for name, layer in post.later if layer in self.layers})
        for name, by_layer in post.sight.items():
            if kinds := [kind for layer, kind in by_layer.items() if layer in self.layers]:
                self.coded[name] += 1
                self.sight.setdefault(name, Counter())[worst(kinds)] += 1


def layers_of(names: Collection[str]) -> tuple[str, ...]:
    """Return the layers of these names, all where none are named.

    Raises
    ------
    DiscourseError
        Naming one that there is not.
    """
    if strange := sorted(set(names) - set(ALL_LAYERS)):
        raise DiscourseError(
            where="--layer",
            problem=f"there is no layer {strange[0]!r}",
            fix=f"Name some of: {', '.join(ALL_LAYERS)}",
        )
    return tuple(layer for layer in ALL_LAYERS if layer in names or not names)


def opened(runs: Sequence[Path], annotators: Collection[str] = (), *, final: bool = False) -> CodedRuns:
    """Return the coded posts of some runs, of these people alone where any are named; see `CodedRuns`."""
    return CodedRuns(runs, [human(name) for name in annotators], final=final)


def measure(
    runs: CodedRuns,
    layers: Collection[str],
    resampling: Resampling,
    sample: Path | None = None,
    *,
    with_gamma: bool = False,
) -> Agreement:
    """Measure agreement, and what share of posts has each label.

    Parameters
    ----------
    runs
        Opened; see `opened`.
    layers
        See `layers_of`.
    sample
        What `discourse sample` wrote: which posts were drawn at random. On these alone people are compared
        with the machine, since the others were chosen by what it says. Without it the coded posts pass for
        a random sample.
    with_gamma
        Also gamma of the layers `quote` and `rhetoric`, by an extra package.

    Raises
    ------
    DiscourseError
        Where nobody coded any of these layers; the sample cannot be read, or drew none of these posts.
    """
    if with_gamma:
        need_gamma()
    drawn = None if sample is None else _drawn_here(sample, runs)
    everything, at_random = _gathered(runs, layers, drawn)
    figures = [*_figures(everything, resampling, with_gamma=with_gamma)]
    if not figures:
        raise _nothing_coded(runs, layers)
    if at_random is not None:
        against = _figures(at_random, resampling, with_gamma=with_gamma)
        figures = [one for one in figures if not _is_against_machine(one, runs.people)]
        figures += [_noted(one) for one in against if _is_against_machine(one, runs.people)]
    return Agreement(
        people=tuple(name for name in runs.people if everything.coded[name]),
        posts=len(runs.overview.threads),
        coded=everything.coded,
        sight=everything.sight,
        later=everything.later,
        unread=everything.unread,
        figures=tuple(figures),
        shares=tuple(_shares(everything, runs, drawn, resampling)),
        is_drawn=drawn is not None,
        left_out=runs.left_out,
    )


def _drawn_here(sample: Path, runs: CodedRuns) -> dict[str, Draw]:
    """Return which posts of the runs a sample drew at random; see `read_drawn`."""
    numbers = runs.overview.numbers
    found = {post_id: draw for post_id, draw in read_drawn(sample).items() if post_id in numbers}
    if not found:
        raise DiscourseError(
            where=str(sample),
            problem="none of the posts that it drew at random is in these runs",
            fix="Give the sample that was drawn from these runs, or the runs that it was drawn from",
        )
    return found


def _gathered(
    runs: CodedRuns, layers: Collection[str], drawn: Collection[str] | None
) -> tuple[_Gathered, _Gathered | None]:
    """Return what is gathered of all coded posts, and of those drawn at random where that is known."""
    everything = _Gathered(runs.people, layers)
    at_random = None if drawn is None else _Gathered(runs.people, layers)
    for post in runs.posts():
        thread = runs.overview.threads[post.number]
        everything.add(post, thread)
        if at_random is not None and drawn is not None and post.post_id in drawn:
            at_random.add(post, thread)
    return everything, at_random


def _nothing_coded(runs: CodedRuns, layers: Collection[str]) -> DiscourseError:
    if runs.has_only_others:
        return DiscourseError(
            where=", ".join(map(str, runs.folders[:3])),
            problem="what people decided is on other posts, or other texts of them, than these",
            fix="Give the run that was reviewed, or analyse its source as it was analysed then",
        )
    return DiscourseError(
        where="--layer",
        problem=f"nobody has looked for any of: {', '.join(layers)}",
        fix="Name layers that people have coded, or code these with `discourse review RUN`",
    )


def _figures(gathered: _Gathered, resampling: Resampling, *, with_gamma: bool) -> Iterator[Figure]:
    for question in gathered.questions:
        for grid in question.grids():
            yield from figures_of(grid, gathered.people, resampling)
            if isinstance(question, PresenceGrids):
                spans = question.spans(grid.label)
                yield from span_figures(grid, spans, gathered.people, resampling)
    if gathered.pages is not None:
        yield from split_figures(gathered.pages, gathered.people, resampling)
    for question in gathered.questions if with_gamma else ():
        if isinstance(question, PresenceGrids):
            yield from gamma_figures(question, gathered.people, resampling)


def _is_against_machine(one: Figure, people: Collection[str]) -> bool:
    return bool(one.second) and one.second not in people


def _noted(one: Figure) -> Figure:
    return replace(one, note="; ".join(filter(None, [ON_DRAWN, one.note])))


def _shares(
    gathered: _Gathered, runs: CodedRuns, drawn: Mapping[str, Draw] | None, resampling: Resampling
) -> Iterator[Prevalence]:
    for one in gathered.shares:
        for gold in golds(one, runs.people, runs.overview, drawn):
            yield prevalence(gold, resampling)


def differences(runs: CodedRuns, layers: Collection[str]) -> Iterator[dict[str, str]]:
    """Yield where annotators differ, in the order of the posts; see `disagreements`."""
    for post in runs.posts():
        yield from disagreements(post, layers)
