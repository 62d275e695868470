"""A network as it is handed to a writer: nodes and edges with fields, one at a time."""

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct, field

Kind = Literal["string", "integer", "double"]
Values = Mapping[str, str | int | float | None]  # None: the field is left out


class Node(Struct, frozen=True, kw_only=True):
    """An author, or a post."""

    id: str  # a1, a2, ... or p1, p2, ...: names and ids of posts may hold anything
    label: str  # what a program shows
    where: str  # what to call it in a message
    values: Values = field(default_factory=dict)
    start: str | None = None  # ISO 8601, UTC; since when it is there


class Edge(Struct, frozen=True, kw_only=True):
    """From one node to another."""

    source: str
    target: str
    weight: int  # 1 or more: Gephi's layouts read nothing else
    values: Values = field(default_factory=dict)


class Network(Struct, frozen=True, kw_only=True):
    """A directed network."""

    name: str  # of its file, without the ending
    what: str  # one sentence
    node_fields: Mapping[str, Kind]
    edge_fields: Mapping[str, Kind]
    nodes: Iterable[Node]  # gone through once, before the edges
    edges: Iterable[Edge]
    is_timed: bool = False  # whether some nodes have a `start`
