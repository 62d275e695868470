"""Networks as GraphML, for Gephi, yEd, igraph, Cytoscape and networkx."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from discourse.exchange.corpus import Corpus
from discourse.exchange.formats import ExportOptions, Written
from discourse.exchange.networks.graphs import write_networks
from discourse.exchange.networks.records import Edge, Kind, Network, Node, Values
from discourse.exchange.xml_safe import check_xml

_TYPES: Mapping[Kind, str] = {"string": "string", "integer": "int", "double": "double"}
_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_LABEL: Mapping[str, Kind] = {"label": "string"}
_WEIGHT: Mapping[str, Kind] = {"weight": "double"}  # Gephi reads weights of no other type


def write(corpus: Corpus, folder: Path, options: ExportOptions) -> Written:
    """Write the networks of replies, agreement, quotations and posts; see `graphs`.

    Raises
    ------
    DiscourseError
        Naming the post in whose author or ids a character stands that XML cannot hold.
    """
    return write_networks(corpus, folder, "graphml", write_network)


def write_network(network: Network, path: Path) -> None:
    """Write one network, node by node."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in _lines(network))


def _lines(network: Network) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<graphml xmlns="{_NAMESPACE}">'
    yield f"<desc>{escape(network.what)}</desc>"
    yield from _keys("node", {**_LABEL, **network.node_fields})
    yield from _keys("edge", {**_WEIGHT, **network.edge_fields})
    yield f'<graph id="{network.name}" edgedefault="directed">'
    yield from map(_node, network.nodes)
    yield from map(_edge, network.edges)
    yield "</graph>"
    yield "</graphml>"


def _keys(of: str, fields: Mapping[str, Kind]) -> Iterator[str]:
    for name, kind in fields.items():
        yield f'<key id="{of}_{name}" for="{of}" attr.name="{name}" attr.type="{_TYPES[kind]}"/>'


def _node(node: Node) -> str:
    values = _values("node", {"label": node.label, **node.values}, node.where)
    return f'<node id="{node.id}">{values}</node>'


def _edge(edge: Edge) -> str:
    values = _values("edge", {"weight": edge.weight, **edge.values}, "a link")
    return f'<edge source="{edge.source}" target="{edge.target}">{values}</edge>'


def _values(of: str, values: Values, where: str) -> str:
    return "".join(
        f'<data key="{of}_{name}">{_escaped(check_xml(str(value), where))}</data>'
        for name, value in values.items()
        if value is not None
    )


def _escaped(text: str) -> str:
    return escape(text, {"\r": "&#13;"})  # a bare one is read as a line feed
