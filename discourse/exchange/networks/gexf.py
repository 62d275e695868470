"""Networks as GEXF 1.3, for Gephi and networkx."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from discourse.exchange.corpus import Corpus
from discourse.exchange.formats import ExportOptions, Written
from discourse.exchange.networks.graphs import write_networks
from discourse.exchange.networks.records import Edge, Kind, Network, Node, Values
from discourse.exchange.xml_safe import check_xml


def write(corpus: Corpus, folder: Path, options: ExportOptions) -> Written:
    """Write the networks of replies, agreement, quotations and posts; see `graphs`.

    Raises
    ------
    DiscourseError
        Naming the post in whose author or ids a character stands that XML cannot hold.
    """
    return write_networks(corpus, folder, "gexf", write_network)


def write_network(network: Network, path: Path) -> None:
    """Write one network, node by node; the file says nothing of when it was written."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in _lines(network))


def _lines(network: Network) -> Iterator[str]:
    # `date` stands for days and times alike, and is the one word that both Gephi and networkx know
    mode = 'mode="dynamic" timeformat="date"' if network.is_timed else 'mode="static"'
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://gexf.net/1.3" version="1.3">'
    yield "<meta>"
    yield f"<creator>discourse-analyzer</creator><description>{escape(network.what)}</description>"
    yield "</meta>"
    yield f'<graph defaultedgetype="directed" {mode}>'
    yield from _fields("node", network.node_fields)
    yield from _fields("edge", network.edge_fields)
    yield "<nodes>"
    yield from map(_node, network.nodes)
    yield "</nodes>"
    yield "<edges>"
    for number, edge in enumerate(network.edges, 1):
        yield _edge(edge, number)
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


def _fields(of: str, fields: Mapping[str, Kind]) -> Iterator[str]:
    if fields:
        yield f'<attributes class="{of}">'
        for name, kind in fields.items():
            yield f'<attribute id="{name}" title="{name}" type="{kind}"/>'
        yield "</attributes>"


def _node(node: Node) -> str:
    start = "" if node.start is None else f" start={quoteattr(node.start)}"
    label = quoteattr(check_xml(node.label, node.where))
    return f'<node id="{node.id}" label={label}{start}>{_values(node.values, node.where)}</node>'


def _edge(edge: Edge, number: int) -> str:
    ends = f'source="{edge.source}" target="{edge.target}"'
    values = _values(edge.values, "a link")
    return f'<edge id="e{number}" {ends} weight="{edge.weight}">{values}</edge>'


def _values(values: Values, where: str) -> str:
    cells = "".join(
        f'<attvalue for="{name}" value={quoteattr(check_xml(str(value), where))}/>'
        for name, value in values.items()
        if value is not None
    )
    return f"<attvalues>{cells}</attvalues>" if cells else ""
