"""Posts made on the spot, for formats that lay threads out as documents, and what comes back of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from hypothesis import strategies as st

from discourse.exchange.corpus import Corpus, LabelledPost
from discourse.exchange.found import FoundPost
from discourse.labels.decisions import text_hash
from discourse.model import Annotation, Post

LAYERS = ("quote", "reply", "stance", "rhetoric", "claim")


@dataclass
class Posts:
    """Stands for a corpus in a writer, which asks it for its posts alone."""

    made: Sequence[LabelledPost]

    def posts(self) -> Iterable[LabelledPost]:
        return iter(self.made)


def corpus_of(posts: Iterable[LabelledPost]) -> Corpus:
    return cast(Corpus, Posts(list(posts)))


def labelled(
    number: int, text: str, *places: tuple[int, int], thread: str = "t", **more: Any
) -> LabelledPost:
    """Return a post with a hedge of the machine at each place."""
    post = Post(
        post_id=f"{thread}:{number}",
        thread_id=thread,
        source_id=thread,
        position=number,
        author=more.pop("author", "Wren"),
        text=text,
        reply_to=more.pop("reply_to", None),
    )
    rows = tuple(label(post, *place, **more) for place in places)
    return LabelledPost(post=post, run="run", annotations=rows)


def label(post: Post, start: int, end: int, **more: Any) -> Annotation:
    values = {"layer": "rhetoric", "label": "hedge", "annotator": "hedges@4", "score": 0.5} | more
    return Annotation(post_id=post.post_id, start=start, end=end, quote=post.text[start:end], **values)


def sent(one: LabelledPost) -> dict[str, Any]:
    """Return what went out of a post, as `came` returns what came back."""
    return {
        "text": one.post.text,
        "hash": text_hash(one.post.text),
        "labels": sorted(map(_key, one.annotations), key=repr),
        "read": sorted(((row["annotator"], row["layer"], row["label"]) for row in one.coded), key=repr),
    }


def came(found: FoundPost) -> dict[str, Any]:
    return {
        "text": found.text,
        "hash": found.text_hash,
        "labels": sorted(map(_key, found.labels), key=repr),
        "read": sorted(found.read, key=repr),
    }


def assert_same(went: Iterable[LabelledPost], back: Iterable[FoundPost]) -> None:
    back = list(back)
    assert len({one.post_id for one in back}) == len(back)
    assert {one.post_id: came(one) for one in back} == {one.post.post_id: sent(one) for one in went}


def _key(row: Any) -> tuple[Any, ...]:
    names = "layer label target start end quote detail annotator also".split()
    return tuple(getattr(row, name) for name in names)


# what offsets stumble over comes up often, next to anything else
_PIECES = [
    "\r\n",
    "\r",
    "\n",
    "\n\n",
    "\u2028",
    "\x85",
    "\t",
    " ",
    "\xa0",
    "\u200f",
    "\u200d",
    "e\u0301",
    "שלום",
    "[1] Wren",
]
_PIECES += [
    "\U0001f937\U0001f3fd",
    "\U0001d518",
    "\U000e0041",
    "perhaps",
    "Done. So",
    "<&>\"']]>",
    ";",
    "\ufeff",
]


def texts(characters: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(_PIECES) | characters, max_size=12).map("".join)


@st.composite
def posts_of(draw: st.DrawFn, characters: st.SearchStrategy[str]) -> list[LabelledPost]:
    """Return some posts of some threads with labels anywhere in them."""
    words = texts(characters)
    made = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        text, thread = draw(words), draw(st.sampled_from(("t", "a/../b", "T")))
        post = labelled(
            number, text, thread=thread, author=draw(words), reply_to=draw(st.none() | words)
        ).post
        places = draw(st.lists(st.tuples(*[st.integers(0, len(text))] * 2).map(sorted), max_size=4))
        rows = [
            label(
                post,
                *place,
                layer=draw(st.sampled_from(LAYERS)),
                label=draw(st.sampled_from(("hedge", "ad_hominem", "a-b c/ü", "-2d-"))),
                annotator=draw(st.sampled_from(("hedges@4", "human:ann", "model:x@2"))),
                target=draw(st.none() | words),
                detail=draw(st.none() | words),
                also=draw(st.none() | st.just("hedges@4 model:x@2")),
            )
            for place in places
        ]
        coded = [
            {"post_id": post.post_id, "layer": "stance", "label": name, "annotator": "human:bo"}
            for name in draw(st.lists(st.none() | words, max_size=2))
        ]
        made.append(LabelledPost(post=post, run="run", annotations=tuple(rows), coded=tuple(coded)))
    return made
