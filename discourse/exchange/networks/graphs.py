"""The four networks of an export: who answers, agrees with and quotes whom, and post by post."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from discourse.exchange.corpus import Choice, Corpus, LabelledPost
from discourse.exchange.formats import Written
from discourse.exchange.names import label_name
from discourse.exchange.networks.counting import PERSON, Counted, count
from discourse.exchange.networks.records import Edge, Kind, Network, Node
from discourse.exchange.networks.standing import DIVIDED, is_looked_at, names_of, standing
from discourse.tables.contract import EVIDENCES, LAYERS
from discourse.tables.rows import format_time

EVIDENCE = (*EVIDENCES[:-1], PERSON)  # what a link rests on, each a count of its own
VERDICTS = ("agree", "disagree", "neither", DIVIDED)
_AUTHOR: dict[str, Kind] = {"posts": "integer", "threads": "integer"}
_POST: dict[str, Kind] = {
    "post_id": "string",
    "author": "string",
    "thread_id": "string",
    "position": "integer",
    "time": "string",
    **{f"{layer}_labels": "integer" for layer in LAYERS},
    "labels": "string",
}
_LINK: dict[str, Kind] = {"evidence": "string", "score": "double"}
Pair = tuple[str, str]


class WriteNetwork(Protocol):
    """Writes one network into a file."""

    def __call__(self, network: Network, path: Path) -> None:
        """Write it; nodes and edges are gone through once."""
        ...


def write_networks(corpus: Corpus, folder: Path, ending: str, write: WriteNetwork) -> Written:
    """Write the networks of a corpus into a folder, a file each, and tell what they hold."""
    counted = count(corpus)
    for network in networks(corpus, counted):
        write(network, folder / f"{network.name}.{ending}")
    return Written(how=_how(counted, ending))


def networks(corpus: Corpus, counted: Counted) -> Iterator[Network]:
    """Yield the networks; only that of posts reads the corpus again."""
    yield _of_authors(counted, "replies", "Who answers whom.", EVIDENCE, reply_edges(counted))
    signed = (*VERDICTS, "sign", "balance")
    yield _of_authors(counted, "agreement", "Who agrees with whom.", signed, agreement_edges(counted))
    yield _of_authors(counted, "quotes", "Who quotes whom.", (), quote_edges(counted))
    yield Network(
        name="posts",
        what="Which post answers which.",
        node_fields=_POST,
        edge_fields=_LINK,
        nodes=post_nodes(corpus.posts(), corpus.choice),
        edges=post_edges(counted),
        is_timed=counted.is_timed,
    )


def _of_authors(
    counted: Counted, name: str, what: str, fields: Iterable[str], edges: Iterable[Edge]
) -> Network:
    kinds: dict[str, Kind] = {field: "double" if field == "balance" else "integer" for field in fields}
    nodes = author_nodes(counted)
    return Network(name=name, what=what, node_fields=_AUTHOR, edge_fields=kinds, nodes=nodes, edges=edges)


def author_nodes(counted: Counted) -> Iterator[Node]:
    """Yield every named author, those too whom nobody answers."""
    for name, author in counted.authors.items():
        values = {"posts": author.posts, "threads": len(author.threads)}
        where = f"post {author.first_post!r}, its author"
        yield Node(id=f"a{author.number}", label=name, where=where, values=values)


def reply_edges(counted: Counted) -> Iterator[Edge]:
    """Yield for each author and each that they answer how often, by what the links rest on."""
    pairs: dict[Pair, Counter[str]] = {}
    for source, target, evidence, _ in counted.links:
        if counted.is_known(source, target):
            pairs.setdefault(_authors(counted, source, target), Counter())[evidence] += 1
    for pair, found in pairs.items():
        yield _edge(pair, found.total(), {name: found[name] for name in EVIDENCE})


def agreement_edges(counted: Counted) -> Iterator[Edge]:
    """Yield for each author and each that they answer how often they agree and disagree.

    `balance` is agreements less disagreements, by all answers that were judged: -1 to 1; `sign` its sign.
    """
    pairs: dict[Pair, Counter[str]] = {}
    for source, target, verdict in counted.answers:
        if counted.is_known(source, target):
            pairs.setdefault(_authors(counted, source, target), Counter())[verdict] += 1
    for pair, found in pairs.items():
        balance = round((found["agree"] - found["disagree"]) / found.total(), 4)
        sign = (found["agree"] > found["disagree"]) - (found["agree"] < found["disagree"])
        said: dict[str, int | float] = {name: found[name] for name in VERDICTS}
        yield _edge(pair, found.total(), {**said, "sign": sign, "balance": balance})


def quote_edges(counted: Counted) -> Iterator[Edge]:
    """Yield for each author and each that they quote how many passages."""
    pairs: Counter[Pair] = Counter()
    for source, target in counted.quotes:
        if counted.is_known(source, target):
            pairs[_authors(counted, source, target)] += 1
    for pair, passages in pairs.items():
        yield _edge(pair, passages, {})


def post_nodes(posts: Iterable[LabelledPost], choice: Choice) -> Iterator[Node]:
    """Yield every post, without its text; of a layer that nobody looked for in it, no count."""
    for number, one in enumerate(posts, 1):
        post = one.post
        rows = {layer: standing(one, layer) for layer in LAYERS}
        names = sorted({label_name(layer, row.label) for layer in LAYERS for row in rows[layer]})
        time = format_time(post.timestamp)
        counts = {
            f"{layer}_labels": len(names_of(found)) if is_looked_at(one, layer, choice) else None
            for layer, found in rows.items()
        }
        values = {"post_id": post.post_id, "author": post.author, "thread_id": post.thread_id}
        yield Node(
            id=f"p{number}",
            label=post.post_id,
            where=f"post {post.post_id!r}",
            values={**values, "position": post.position, "time": time, **counts, "labels": " | ".join(names)},
            start=time,
        )


def post_edges(counted: Counted) -> Iterator[Edge]:
    """Yield the link of each post to the one that it answers, where that is there."""
    numbers = {post_id: number for number, post_id in enumerate(counted.author_of, 1)}
    for source, target, evidence, score in counted.links:
        if target in numbers:
            ends = {"source": f"p{numbers[source]}", "target": f"p{numbers[target]}"}
            yield Edge(**ends, weight=1, values={"evidence": evidence, "score": score})


def _authors(counted: Counted, source: str, target: str) -> Pair:
    names = (counted.author_of[source], counted.author_of[target])
    return f"a{counted.authors[names[0]].number}", f"a{counted.authors[names[1]].number}"


def _edge(pair: Pair, weight: int, values: dict[str, int | float]) -> Edge:
    return Edge(source=pair[0], target=pair[1], weight=weight, values=values)


def _how(counted: Counted, ending: str) -> str:
    known = set(counted.author_of)
    gone = sum(target not in known for _, target, *_ in counted.links)
    unnamed = sum(
        target in known and not counted.is_known(source, target) for source, target, *_ in counted.links
    )
    return f"""Four directed networks; nodes stand in the order of first posts, and nothing ranks anybody.

- `replies.{ending}`: author to the author answered; `weight` counts replies, the other fields count them by
  what the link rests on ({", ".join(EVIDENCE)}; `inferred` is a guess).
- `agreement.{ending}`: author to the author answered; `weight` counts answers that were judged, so it is
  always positive; `balance` is agreements less disagreements by `weight` (-1 to 1), `sign` its sign.
  `divided` counts answers of which makers, or passages, say different things.
- `quotes.{ending}`: author to the author quoted first; `weight` counts passages.
- `posts.{ending}`: post to the post answered, with evidence and score; a post has its place, time and how
  many labels of each layer stand on it (none is told where nobody looked: machines pass over posts in
  languages that they do not know), and no text.

Where people looked for a layer in a post, their labels count and not the machine's; a link that people set,
all alike, counts as theirs (`person`). An author is a name: the same name in two threads is one node, and who
answers themself has a loop. Posts under no name, or under one such as "[deleted]", are in `posts.{ending}`
alone: {counted.nameless:,} posts, with {unnamed:,} replies from or to them. Left out are {gone:,} replies to
posts that are not here and {counted.external:,} quotations of other texts.

```python
import networkx

graph = networkx.read_{ending}("agreement.{ending}")
```

In Gephi: File, Open; for `agreement`, colour edges by `sign`."""
