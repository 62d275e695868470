"""Comments that are no element of their own: a heading with what follows it, up to the next heading."""

import re
from collections.abc import Iterator, Sequence

from discourse.ingest.html.facts import Facts
from discourse.ingest.html.shapes import normal_name
from discourse.ingest.html.tree import Element

_HEADS = re.compile(r"^(?:h[2-6]|dt|b|strong|cite|summary|th)(?![a-z])")  # what may hold a name above a text
_LISTS = frozenset("dl tbody".split())  # one such run in them is a run all the same
_KINDS = 12  # kinds of children that are tried as openings, the most frequent ones
_LEAST = 2  # children of an element in which runs are looked for

Run = tuple[Element, ...]


def find_runs(facts: Facts) -> Iterator[tuple[str, list[Run]]]:
    """Yield sets of runs, each in page order: those of one parent, and those of all parents alike."""
    united: dict[str, list[Run]] = {}
    parents: dict[str, int] = {}
    for parent in facts.tree.elements:
        if len(parent.children) < _LEAST or not _is_telling(parent, facts):
            continue
        children = [child for child in parent.elements() if facts.seen[child.number]]
        for key, starts in _starts(children, facts, facts.times(parent), alone=parent.tag in _LISTS):
            runs = _cut(children, starts)
            if not any(len(run) > 1 for run in runs):
                continue
            kind = f"{parent.tag}{''.join(f'.{normal_name(name)}' for name in parent.classes[:3])}<>{key}…"
            united.setdefault(kind, []).extend(runs)
            parents[kind] = parents.get(kind, 0) + 1
            if len(runs) > 1:
                yield f"{parent.tag}<{parent.number}>{key}…", runs
    for kind, runs in united.items():
        if parents[kind] > 1:
            yield kind, sorted(runs, key=lambda run: run[0].number)


def _is_telling(parent: Element, facts: Facts) -> bool:
    least = 1 if parent.tag in _LISTS else 2
    return facts.times(parent) >= least or facts.authors(parent) >= least


def _cut(children: Sequence[Element], starts: Sequence[int]) -> list[Run]:
    ends = [*starts[1:], len(children)]
    runs = [tuple(children[start:end]) for start, end in zip(starts, ends, strict=True)]
    return _without_tail(runs) if len(runs) > 1 else runs


def _starts(
    children: Sequence[Element], facts: Facts, times: int, *, alone: bool
) -> Iterator[tuple[str, list[int]]]:
    """Yield kinds of children that may open runs, with their places; `alone` allows for one."""
    alike: dict[str, list[int]] = {}
    for place, child in enumerate(children):
        alike.setdefault(_name(child), []).append(place)
    often = sorted(alike.items(), key=lambda entry: (-len(entry[1]), entry[1][0]))
    for key, starts in often[:_KINDS]:
        if not (1 if alone and not starts[0] else 2) <= len(starts) < len(children):
            continue
        telling = sum(
            facts.times(children[place]) > 0 or facts.authors(children[place]) > 0 for place in starts
        )
        # a name alone may open them, and the time stands behind it
        named = _HEADS.search(key) is not None and 0.7 * len(starts) <= times
        if telling >= 0.7 * len(starts) or named:
            yield key, starts


def _name(child: Element) -> str:
    name = child.tag + "".join(f".{normal_name(name)}" for name in child.classes[:3])
    if child.tag == "tr" and not child.classes:
        name += f"({','.join(part.tag for part in child.elements())[:40]})"
    return name


def _without_tail(runs: list[Run]) -> list[Run]:
    """Cut the last run where it is longer than any other and ends in something else: a form, a footer."""
    kinds = {element.tag for run in runs[:-1] for element in run}
    last = runs[-1]
    kept = 1
    while kept < len(last) and last[kept].tag in kinds and last[kept].tag != "form":
        kept += 1
    return [*runs[:-1], last[:kept]]
