"""Sets of like elements of a page, and how much each looks like its comments."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from discourse.ingest.html.contexts import contexts_of
from discourse.ingest.html.facts import Facts
from discourse.ingest.html.hints import Hints
from discourse.ingest.html.name_like import ends_with_name, opens_with_name
from discourse.ingest.html.runs import find_runs
from discourse.ingest.html.shapes import normal_name
from discourse.ingest.html.tree import Element

_DIGITS = re.compile(r"\d+")
_PLAIN = frozenset(
    "div span p a b i strong em td th font center br hr img html body head #page tbody h1 h2 h3".split()
)
_DATA = re.compile(r"^data-[\w-]*(?:id|author|user|depth|post|comment)[\w-]*$")
_LOOSE = re.compile(r"^[\w-]+$|[<(]")  # what has no name in common, only its kind or place
_MANY = 4  # like elements from which on what most of them hold counts for all
_TEASER = 1.2  # what a linked title takes away
_LETTER = 60  # characters of what may be a letter, signed below
_FEW = 0.9  # least worth of a member


class Member(Struct, frozen=True):
    """One element (or a run of elements beside each other) that may be one comment."""

    roots: tuple[Element, ...]  # in page order; the first one opens the comment
    worth: float

    @property
    def first(self) -> Element:
        """The element that opens it."""
        return self.roots[0]


class Group(Struct, frozen=True):
    """Like members, in page order."""

    key: str  # what they have in common
    members: tuple[Member, ...]
    score: float
    is_hinted: bool  # whether names or microdata say that they are comments


def find_groups(facts: Facts) -> list[Group]:
    """Return the sets that may be the page's comments, the best first."""
    context = contexts_of(facts)
    groups = []
    seen: set[tuple[int, ...]] = set()
    for key, elements in _by_likeness(facts, context).items():
        numbers = tuple(element.number for element in elements)
        if numbers not in seen:
            seen.add(numbers)
            group = _judge(key, [(element,) for element in elements], facts, context)
            if group is not None:
                groups.append(group)
    for key, runs in find_runs(facts):
        group = _judge(key, runs, facts, context)
        if group is not None:
            groups.append(group)
    return sorted(groups, key=lambda group: (-group.score, group.members[0].first.number, group.key))


# ---- like elements ---------------------------------------------------------------------------


def _by_likeness(facts: Facts, context: Sequence[float]) -> dict[str, list[Element]]:
    found: dict[str, list[Element]] = {}
    for element in facts.tree.elements:
        number = element.number
        if not facts.seen[number] or not facts.chars[number] or not _is_promising(element, facts, context):
            continue
        for key in _keys(element, facts.hints[number]):
            found.setdefault(key, []).append(element)
    return {
        key: elements for key, elements in found.items() if len(elements) > 1 or _is_said(elements[0], facts)
    }


def _is_promising(element: Element, facts: Facts, context: Sequence[float]) -> bool:
    hints = facts.hints[element.number]
    if hints.item or facts.times(element) or facts.replies(element):
        return True
    if context[element.number] > 0 and facts.chars[element.number] >= _LETTER:  # a signed letter has no time
        return element.end - element.number > 2 and len(element.children) > 1
    return facts.authors(element) > 0 and element.end - element.number > 2


def _is_said(element: Element, facts: Facts) -> bool:
    return facts.hints[element.number].item > 0


def _keys(element: Element, hints: Hints) -> Iterator[str]:
    tag = element.tag
    for name in dict.fromkeys(normal_name(name) for name in element.classes[:16]):
        yield f"{tag}.{name}"
    if 1 < len(element.classes) <= 16:
        yield ".".join((tag, *sorted({normal_name(name) for name in element.classes})))
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
        if shape.count(",") > 1:  # answers may stand behind what all of them have
            yield f"{tag}({','.join(shape.split(',')[:2])}"
        elif "," in shape:
            yield f"{tag}({shape}"
        if element.parent is not None:
            yield f"{tag}<{element.parent.number}"


# ---- worth -----------------------------------------------------------------------------------


def _judge(
    key: str, runs: Sequence[tuple[Element, ...]], facts: Facts, context: Sequence[float]
) -> Group | None:
    parts = list(with_own(runs, facts))
    named = _named_share(parts, facts)
    members = [Member(run, worth_of(run, own, facts, context, named)) for run, own in parts]
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


class Own(Struct, frozen=True):
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
    if len(run) == 1:
        return facts.counts(run[0])
    return tuple(map(sum, zip(*map(facts.counts, run), strict=True)))


def _named_share(parts: Sequence[tuple[tuple[Element, ...], Own]], facts: Facts) -> float | None:
    """Return what names are worth in a set of which most open or end with one; None in one without many."""
    unsaid = [run for run, own in parts if own.authors == 0]
    if len(unsaid) < _MANY:
        return None
    opened = sum(opens_with_name(run, facts) for run in unsaid)
    if opened >= 0.6 * len(unsaid):
        return 0.8
    return 0.5 if sum(ends_with_name(run[-1], facts) for run in unsaid) >= 0.6 * len(unsaid) else 0.0


def worth_of(
    run: tuple[Element, ...], own: Own, facts: Facts, context: Sequence[float], named: float | None = None
) -> float:
    """Say how much an element, or a run of them, looks like a comment; 0 is not at all.

    `named` is what it is worth that most of its like hold a name; None leaves that to itself.
    """
    hints = facts.hints[run[0].number]
    free = own.chars - 20 * min(own.times, 2) - 14
    if own.chars < 2 or own.authors > 12 or own.times > 12:
        return 0.0
    worth = 0.8 * (own.times > 0) + 0.7 * min(1.0, max(0.0, free / 40))
    worth += (
        0.6 * (own.authors > 0) + 0.4 * (own.bodies > 0) + 0.7 * (own.replies > 0) + 0.2 * (own.avatars > 0)
    )
    if own.authors == 0:
        worth += (0.8 * opens_with_name(run, facts)) if named is None else named
    worth += 0.5 * (hints.item > 0) + 0.9 * (hints.item > 1)
    worth += context[run[0].number]
    worth -= 2.5 * any(map(facts.headlines, run)) + _TEASER * _is_teaser(run, own, facts)
    worth -= 0.3 * max(0, own.times - 3) + 0.8 * (facts.hints[run[0].number].elsewhere)
    return round(worth if free > 0 or own.bodies else 0.6 * worth, 4)


def _is_teaser(run: tuple[Element, ...], own: Own, facts: Facts) -> bool:
    """Say whether a linked title stands in it and nothing to answer with: the card of an article."""
    hints = facts.hints[run[0].number]
    return not own.replies and hints.item < 2 and any(facts.teasers(root) for root in run)
