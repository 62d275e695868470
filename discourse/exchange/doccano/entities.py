"""What doccano shows of a post's labels: places and names.

Its editor counts UTF-16 code units (unless a project counts grapheme clusters); an entity has a place and a
name and nothing else. What it cannot carry stands in the column `KEPT`, which doccano keeps as a document's
metadata.
"""

from collections.abc import Iterable
from typing import Any

MAIN = "doccano.jsonl"
KEPT = "discourse"
Object = dict[str, Any]
Entity = tuple[int, int, str]  # start, end, name


def entities_of(rows: Iterable[Object]) -> set[Entity]:
    """Return what doccano shows of some labels: those that are not empty, each place and name once."""
    return {entity_of(row) for row in rows if row["start"] < row["end"]}


def entity_of(row: Object) -> Entity:
    """Return the place and the name of a label, whoever made it."""
    return row["start"], row["end"], row["name"]


def without_overlaps(entities: Iterable[Entity]) -> set[Entity]:
    """Return what doccano leaves of entities where a project allows no overlap: of two the first."""
    kept: set[Entity] = set()
    last = -1
    for entity in sorted(entities):
        if entity[0] >= last:
            last = entity[1]
            kept.add(entity)
    return kept
