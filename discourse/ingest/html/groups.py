"""Sets of like elements of a page, and how much each looks like its comments."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from discourse.ingest.html.facts import Facts
from discourse.ingest.html.hints import Hints
from discourse.ingest.html.shown_names import clean_name
from discourse.ingest.html.tree import Element

_DIGITS = re.compile(r"\d+")
_HEX = re.compile(r"(?=[0-9a-f-]*\d)[0-9a-f-]{6,}")
_PLAIN = frozenset(
    "div span p a b i strong em td th font center br hr img html body head #page tbody h1 h2 h3".split()
)
_DATA = re.compile(r"^data-[\w-]*(?:id|author|user|depth|post|comment)[\w-]*$")
_LOOSE = re.compile(r"^[\w-]+$|[<(]")  # what has no name in common, only its kind or place
_EDGES = " \t\r\n\xa0·•|–—-:,()[]#»«0123456789"
_STOPS = ".!?…。"
_FEW = 0.9  # least worth of a member


@dataclass(frozen=True, slots=True)
class Member:
    """One element (or a run of elements beside each other) that may be one comment."""

    roots: tuple[Element, ...]  # in page order; the first one opens the comment
    worth: float

    @property
    def first(self) -> Element:
        """The element that opens it."""
        return self.roots[0]


@dataclass(frozen=True, slots=True)
class Group:
    """Like members, in page order."""

    key: str  # what they have in common
    members: tuple[Member, ...]
    score: float
    is_hinted: bool  # whether names or microdata say that they are comments


def normal_name(name: str) -> str:
    """Return a class name or an id with its numbers masked: "comment-12" is "comment-#"."""
    return _HEX.sub("#", _DIGITS.sub("#", name))


def find_groups(facts: Facts) -> list[Group]:
    """Return the sets that may be the page's comments, the best first."""
    context = contexts_of(facts)
    groups = []
    seen: set[tuple[int, ...]] = set()
    for key, elements in _by_likeness(facts).items():
        numbers = tuple(element.number for element in elements)
        if numbers not in seen:
            seen.add(numbers)
            group = _judge(key, [(element,) for element in elements], facts, context)
            if group is not None:
                groups.append(group)
    for key, runs in _runs(facts):
        group = _judge(key, runs, facts, context)
        if group is not None:
            groups.append(group)
    return sorted(groups, key=lambda group: (-group.score, group.members[0].first.number, group.key))


# ---- like elements ---------------------------------------------------------------------------


def _by_likeness(facts: Facts) -> dict[str, list[Element]]:
    found: dict[str, list[Element]] = {}
    for element in facts.tree.elements:
        number = element.number
        if not facts.seen[number] or not facts.chars[number] or not _is_promising(element, facts):
            continue
        for key in _keys(element, facts.hints[number]):
            found.setdefault(key, []).append(element)
    return {
        key: elements for key, elements in found.items() if len(elements) > 1 or _is_said(elements[0], facts)
    }


def _is_promising(element: Element, facts: Facts) -> bool:
    hints = facts.hints[element.number]
    if hints.item or facts.times(element) or facts.replies(element):
        return True
    return facts.authors(element) > 0 and element.end - element.number > 2


def _is_said(element: Element, facts: Facts) -> bool:
    return facts.hints[element.number].item > 0


def _keys(element: Element, hints: Hints) -> Iterator[str]:
    tag = element.tag
    for name in dict.fromkeys(normal_name(name) for name in element.classes[:16]):
        yield f"{tag}.{name}"
    identity = element.get("id")
    if identity and _DIGITS.search(identity):
        yield f"{tag}#{normal_name(identity)}"
    if hints.item == 2:
        yield f"{tag}[said]"
        yield "[said]"
    for name in element.attributes:
        if name in ("role", "itemprop", "slot"):
            yield f"{tag}[{name}={element.attributes[name]}]"
        elif _DATA.match(name):
            yield f"{tag}[{name}]"
    if tag not in _PLAIN:
        yield tag
    if not element.classes:
        shape = ",".join(child.tag for child in element.elements())[:60]
        yield f"{tag}({shape})"
        if element.parent is not None:
            yield f"{tag}<{element.parent.number}"


# ---- runs of siblings ------------------------------------------------------------------------


def _runs(facts: Facts) -> Iterator[tuple[str, list[tuple[Element, ...]]]]:
    """Yield comments that are no element of their own: a heading with what follows it, up to the next."""
    for parent in facts.tree.elements:
        number = parent.number
        if len(parent.children) < 4 or (facts.times(parent) < 2 and facts.authors(parent) < 2):
            continue
        children = [child for child in parent.elements() if facts.seen[child.number]]
        for key, starts in _starts(children, facts):
            runs = []
            for place, start in enumerate(starts):
                end = starts[place + 1] if place + 1 < len(starts) else len(children)
                runs.append(tuple(children[start:end]))
            if any(len(run) > 1 for run in runs):
                yield f"{parent.tag}<{number}>{key}…", _without_tail(runs)


def _starts(children: Sequence[Element], facts: Facts) -> Iterator[tuple[str, list[int]]]:
    alike: dict[str, list[int]] = {}
    for place, child in enumerate(children):
        name = child.tag + "".join(f".{normal_name(name)}" for name in child.classes[:3])
        alike.setdefault(name, []).append(place)
    for key, starts in alike.items():
        telling = sum(
            facts.times(children[place]) > 0 or facts.authors(children[place]) > 0 for place in starts
        )
        if 2 <= len(starts) < len(children) and telling >= 0.7 * len(starts):
            yield key, starts


def _without_tail(runs: list[tuple[Element, ...]]) -> list[tuple[Element, ...]]:
    """Cut the last run where it is longer than any other and ends in something else: a form, a footer."""
    kinds = {element.tag for run in runs[:-1] for element in run}
    last = runs[-1]
    kept = 1
    while kept < len(last) and last[kept].tag in kinds and last[kept].tag != "form":
        kept += 1
    return [*runs[:-1], last[:kept]]


# ---- worth -----------------------------------------------------------------------------------


def contexts_of(facts: Facts) -> list[float]:
    """Say of each element whether it stands among comments or elsewhere; the nearest word decides."""
    context: list[float] = []
    for element in facts.tree.elements:
        above = context[element.parent.number] if element.parent is not None else 0.0
        hints = facts.hints[element.number]
        if hints.area or hints.item == 2:
            above = 0.8
        elif hints.elsewhere or (element.tag in ("nav", "aside") and not hints.item):
            above = -1.5
        context.append(above)
    return context


def _judge(
    key: str, runs: Sequence[tuple[Element, ...]], facts: Facts, context: Sequence[float]
) -> Group | None:
    members = [Member(run, worth_of(run, own, facts, context)) for run, own in with_own(runs, facts)]
    worthy = [member for member in members if member.worth >= _FEW]
    hinted = sum(facts.hints[member.first.number].item > 0 for member in worthy)
    if not worthy or (len(worthy) < 2 and not hinted):
        return None
    share = len(worthy) / len(members)
    # cubes: many things that are a little like comments must not outweigh a few that are
    total = sum(member.worth**3 for member in worthy) * share
    if _LOOSE.search(key):
        total *= 0.8
    return Group(key, tuple(members if share > 0.5 else worthy), round(total, 4), hinted > 0.5 * len(worthy))


@dataclass(frozen=True, slots=True)
class Own:
    """What a comment holds that no comment within it holds."""

    chars: int
    times: int
    authors: int
    bodies: int
    replies: int
    avatars: int


def with_own(runs: Sequence[tuple[Element, ...]], facts: Facts) -> Iterator[tuple[tuple[Element, ...], Own]]:
    """Yield runs, which come in page order, with what each holds outside of those within it."""
    counts = [_counts(run, facts) for run in runs]
    own = [list(count) for count in counts]
    open_runs: list[int] = []
    for number, run in enumerate(runs):
        while open_runs and runs[open_runs[-1]][-1].end <= run[0].number:
            open_runs.pop()
        if open_runs:
            for place, count in enumerate(counts[number]):
                own[open_runs[-1]][place] -= count
        open_runs.append(number)
    for run, rest in zip(runs, own, strict=True):
        yield run, Own(*rest)


def _counts(run: tuple[Element, ...], facts: Facts) -> tuple[int, ...]:
    return (
        sum(facts.chars[element.number] for element in run),
        sum(map(facts.times, run)),
        sum(map(facts.authors, run)),
        sum(map(facts.bodies, run)),
        sum(map(facts.replies, run)),
        sum(map(facts.avatars, run)),
    )


def worth_of(run: tuple[Element, ...], own: Own, facts: Facts, context: Sequence[float]) -> float:
    """Say how much an element, or a run of them, looks like a comment; 0 is not at all."""
    hints = facts.hints[run[0].number]
    free = own.chars - 20 * min(own.times, 2) - 14
    if own.chars < 2 or own.authors > 12 or own.times > 12:
        return 0.0
    worth = 0.8 * (own.times > 0) + 0.7 * min(1.0, max(0.0, free / 40))
    worth += (
        0.6 * (own.authors > 0) + 0.4 * (own.bodies > 0) + 0.7 * (own.replies > 0) + 0.2 * (own.avatars > 0)
    )
    worth += 0.8 * (own.authors == 0 and _opens_with_name(run[0], facts))
    worth += 0.5 * (hints.item > 0) + 0.9 * (hints.item > 1)
    worth += context[run[0].number]
    worth -= 2.5 * any(map(facts.headlines, run))
    worth -= 0.3 * max(0, own.times - 3) + 0.8 * (facts.hints[run[0].number].elsewhere)
    return round(worth if free > 0 or own.bodies else 0.6 * worth, 4)


def _opens_with_name(element: Element, facts: Facts) -> bool:
    """Say whether the first words of an element may be a name: few, and no sentence."""
    elements = facts.tree.elements
    for number in range(element.number, min(element.end, element.number + 14)):
        if not facts.seen[number] or (facts.is_time[number] and elements[number].tag == "time"):
            continue
        for child in elements[number].children:
            text = child.strip(_EDGES) if isinstance(child, str) and len(child) < 400 else child
            if isinstance(text, str) and len(text) > 1:
                name = clean_name(" ".join(text.split())) if len(text) < 100 else ""
                return 0 < len(name) <= 40 and len(name.split()) <= 4 and name[-1] not in _STOPS
    return False
