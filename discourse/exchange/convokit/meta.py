"""What a ConvoKit corpus says of utterances and conversations beside text and tree, as plain JSON."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from discourse.exchange.convokit.threads import Threads
from discourse.exchange.corpus import Corpus, LabelledPost
from discourse.exchange.settled import settled_reply
from discourse.model import Annotation
from discourse.stored.streaming import Row
from discourse.tables.rows import format_time

Meta = dict[str, Any]

_LAYERS = ("quote", "reply", "stance", "rhetoric", "claim")
_FACTS: Mapping[str, str] = {  # of every utterance, and their types as ConvoKit's index has them
    "run": "str",
    "thread_id": "str",
    "source_id": "str",
    "position": "int",
    "author": "str",
    "addressee": "str",
    "time": "str",
    "lang": "str",
    "reply_evidence": "str",
    "reply_score": "float",
    "split_score": "float",
    "source_meta": "str",
    "answer": "str",
}
_COLUMNS = tuple(name for name in _FACTS if name not in ("run", "time", "source_meta", "answer"))
_CONVERSATION: Mapping[str, str] = {
    "thread_id": "str",
    "source_id": "str",
    "timestamps": "str",
    "has_placeholder": "bool",
    "loops": "list",
}


def utterance_meta(one: LabelledPost) -> Meta:
    """Return what is said of a post: every field stands in every utterance, None where nothing is known."""
    post = one.post
    answer = settled_reply(one.unrejected())
    return {
        "is_placeholder": False,
        "run": one.run,
        "time": format_time(post.timestamp),
        **{name: getattr(post, name) for name in _COLUMNS},
        "source_meta": post.meta,
        "answer": None if answer is None else answer.label,
        **{layer: [_span(row) for row in one.annotations if row.layer == layer] for layer in _LAYERS},
        "coded": [{name: entry[name] for name in ("layer", "label", "annotator")} for entry in one.coded],
    }


def placeholder_meta() -> Meta:
    """Return what is said of a post that is answered and not here: the same fields, and nothing in them."""
    nothing: Meta = dict.fromkeys(_FACTS)
    return {"is_placeholder": True, **nothing, **{name: [] for name in (*_LAYERS, "coded")}}


def _span(row: Annotation) -> Meta:
    names = ("start", "end", "label", "target", "annotator", "score", "detail", "also", "entry")
    return {name: getattr(row, name) for name in names}


def conversation_meta(row: Row, threads: Threads, root: str, loops: list[Meta]) -> Meta:
    """Return what is said of a conversation, `row` being a post of it."""
    return {
        "thread_id": row["thread_id"],
        "source_id": row["source_id"],
        "timestamps": "order" if root in threads.clockless else "seconds",
        "has_placeholder": root in threads.missing,
        "loops": loops,
    }


def loops_of(corpus: Corpus, threads: Threads) -> dict[str, list[Meta]]:
    """Return the loops of each conversation, each with those of its turns that stand there."""
    takes = corpus.choice.takes_maker
    loops = {row["loop_id"]: row for row in corpus.rows("loops") if takes(row["annotator"])}
    named = {row[side] for row in loops.values() for side in ("claim_a", "claim_b")}
    claims = {row["claim_id"]: row["text"] for row in corpus.rows("claims") if row["claim_id"] in named}
    turns: dict[str, dict[str, list[Meta]]] = defaultdict(lambda: defaultdict(list))
    for turn in _turns(corpus):
        root = threads.roots.get(turn["post_id"])
        if root is not None and turn["loop_id"] in loops and takes(turn["annotator"]):
            turns[root][turn["loop_id"]].append(_turn(turn))
    return {
        root: [_loop(loops[loop_id], claims) | {"turns_here": found} for loop_id, found in here.items()]
        for root, here in turns.items()
    }


def _turns(corpus: Corpus) -> Iterator[Row]:
    return chain(corpus.rows("turns"), corpus.peoples_rows("turns"))


def _turn(row: Row) -> Meta:
    names = ("annotator", "turn", "side", "role", "is_empty", "has_evidence", "start", "end")
    return {"utterance": row["post_id"], **{name: row.get(name) for name in names}}


def _loop(row: Row, claims: Mapping[str, str]) -> Meta:
    names = ("loop_id", "question", "kind", "state", "turns", "restatements", "empty_restatements", "score")
    texts = {f"claim_{side}_text": claims.get(row[f"claim_{side}"]) for side in "ab"}
    return {**{name: row[name] for name in (*names, "claim_a", "claim_b", "annotator")}, **texts}


def index() -> Meta:
    """Return what ConvoKit reads first: which fields there are, and of which types."""

    def typed(types: Mapping[str, str]) -> dict[str, list[str]]:
        return {name: [f"<class '{kind}'>"] for name, kind in types.items()}

    lists = dict.fromkeys((*_LAYERS, "coded"), "list")
    return {
        "utterances-index": typed({"is_placeholder": "bool", **_FACTS, **lists}),
        "speakers-index": typed({"kind": "str"}),
        "conversations-index": typed(_CONVERSATION),
        "overall-index": typed({"title": "str", "licence": "str", "run_ids": "list", "offsets": "str"}),
        "version": 1,
        "vectors": [],
    }
