"""Stance to targets in forum threads, beside what two blind coders saw (`gold/stance_cells.json`).

    python -m tests.evaluation.stance_cells --shared ../shared [--part sealed] [--errors]

Targets are given by hand, as the coders had them. A cell is an author and a target: what the author's own
posts add up to. Prints how many clear cells are right, turned round, or left open.
"""

import argparse
import gzip
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from discourse.analysis.registry import analyzers_for
from discourse.analysis.stance.given import GivenTarget, GivenTargets
from discourse.ingest import read_source
from discourse.stages import run_stages
from discourse.tables import Tables
from discourse.text.normalise import fold

GOLD = Path(__file__).parent / "gold/stance_cells.json"
THREADS = Path("data/threads/iac.jsonl.gz")
PARTS = ("looked at", "sealed")
SIDES = ("favor", "against")


@dataclass(frozen=True, slots=True)
class Cell:
    """One author and one target, or one post and one target."""

    discussion: str
    unit: int  # the author's or the post's number, from 1
    target: str
    coded: str
    found: str


def threads_of(shared: Path, wanted: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the posts of some discussions, by number."""
    found = {}
    with gzip.open(shared / THREADS, "rt", encoding="utf-8") as file:
        for line in file:
            thread = json.loads(line)
            if str(thread["discussion_id"]) in wanted:
                found[str(thread["discussion_id"])] = thread["posts"]
    return found


def rows_of_thread(posts: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the posts as an export has them: authors as A1, A2 …, quotations as lines with a mark."""
    names: dict[str, str] = {}
    for post in posts:
        names.setdefault(post["author"], f"A{len(names) + 1}")
        parts, end = [], 0
        for start, stop, *_ in sorted(post["quotes"]):
            if start >= end:
                quoted = "\n".join(f"> {line.strip()}" for line in post["text"][start:stop].splitlines())
                parts += [post["text"][end:start].strip(), quoted]
            end = max(end, stop)
        text = "\n".join(part for part in [*parts, post["text"][end:].strip()] if part)
        yield {
            "id": str(post["id"]),
            "thread_id": "t",
            "reply_to": None if post["parent"] is None else str(post["parent"]),
            "author": names[post["author"]],
            "text": text,
        }


def given_of(targets: Mapping[str, list[str]]) -> GivenTargets:
    """Return a discussion's targets as a user would give them; a shared alias is the first one's."""
    taken = {fold(name) for name in targets}
    given = []
    for name, aliases in targets.items():
        own = [alias for alias in aliases if fold(alias) not in taken]
        taken |= {fold(alias) for alias in own}
        given.append(GivenTarget(name, tuple(own)))
    return GivenTargets(tuple(given), find=False)


def analysed(posts: list[dict[str, Any]], given: GivenTargets) -> Tables:
    """Read a discussion and run every analyser over it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "thread.jsonl"
        lines = (json.dumps(row, ensure_ascii=False) for row in rows_of_thread(posts))
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return run_stages(read_source(path), analyzers_for(given))


def cells_of(number: str, gold: Mapping[str, Any], tables: Tables) -> tuple[list[Cell], list[Cell]]:
    """Return the clear cells of authors, and those of single posts."""
    stances, marks, posts = tables["stances"], tables["annotations"], tables["posts"]
    authors = {
        (row.author, row.target): row.label for row in stances.itertuples() if row.target in gold["targets"]
    }
    places = dict(zip(posts["post_id"], posts["position"], strict=True))
    said: dict[tuple[int, str], Counter[str]] = {}
    for row in marks[marks["layer"] == "stance"].itertuples():
        said.setdefault((int(places[row.post_id]), row.target), Counter())[row.label] += row.score
    cells = [
        Cell(number, unit, target, coded, authors.get((f"A{unit}", target), "none"))
        for unit, target, coded, _, clear in gold["cells"]
        if clear
    ]
    single = [
        Cell(number, unit, target, coded, _larger(said.get((unit, target), Counter())))
        for unit, target, coded, _, clear in gold["posts"]
        if clear
    ]
    return cells, single


def _larger(scores: Counter[str]) -> str:
    return max(sorted(scores), key=lambda label: scores[label]) if scores else "none"


def measured(shared: Path, parts: tuple[str, ...] = PARTS) -> tuple[list[Cell], list[Cell]]:
    """Return the cells of some parts of the gold."""
    gold = json.loads(GOLD.read_text(encoding="utf-8"))["discussions"]
    wanted = {number: found for number, found in gold.items() if found["part"] in parts}
    cells: list[Cell] = []
    single: list[Cell] = []
    for number, posts in sorted(threads_of(shared, wanted).items()):
        authors, its_posts = cells_of(
            number, wanted[number], analysed(posts, given_of(wanted[number]["targets"]))
        )
        cells += authors
        single += its_posts
    return cells, single


def figures(cells: list[Cell]) -> dict[str, float | int]:
    """Sum cells up: how many take a side for the coders, how many of these were found, which were turned.

    `right` counts all cells, those without a side too; `precision` is the share of right ones among those
    for which a side was found.
    """
    sides = [cell for cell in cells if cell.coded in SIDES]
    spoken = [cell for cell in cells if cell.found in SIDES]
    return {
        "cells": len(cells),
        "right": sum(cell.coded == cell.found for cell in cells),
        "with_a_side": len(sides),
        "found": sum(cell.coded == cell.found for cell in sides),
        "turned": sum({cell.coded, cell.found} == set(SIDES) for cell in cells),
        "precision": round(sum(c.coded == c.found for c in spoken) / max(1, len(spoken)), 4),
        "recall": round(sum(c.coded == c.found for c in sides) / max(1, len(sides)), 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument("--errors", action="store_true", help="list the cells that are not right")
    asked = parser.parse_args()
    cells, single = measured(asked.shared, (asked.part,) if asked.part else PARTS)
    sys.stdout.write(json.dumps({"authors": figures(cells), "posts": figures(single)}, indent=1) + "\n")
    if asked.errors:
        for cell in [*cells, *single]:
            if cell.coded != cell.found:
                sys.stdout.write(f"{cell}\n")


if __name__ == "__main__":
    main()
