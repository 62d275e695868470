"""Made-up posts with labels, as a corpus hands them on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from discourse.model import Annotation, Post


@dataclass(frozen=True)
class Made:
    """A post as `Labelled` wants it."""

    post: Post
    annotations: tuple[Annotation, ...] = ()
    coded: tuple[dict[str, Any], ...] = ()
    run: str = "run"
    rejected: frozenset[tuple[Any, ...]] = frozenset()


def made(number: int, *labels: Annotation, thread: str = "t", text: str | None = None, **more: Any) -> Made:
    """Return a post with its labels; `coded`, `rejected` and fields of `Post` as more."""
    coded, rejected = tuple(more.pop("coded", ())), frozenset(more.pop("rejected", ()))
    post = Post(
        post_id=f"{thread}:{number}",
        thread_id=thread,
        source_id="s",
        position=number,
        author="a",
        text=f"Post {number} speaks." if text is None else text,
        **more,
    )
    return Made(post, tuple(labels), coded, rejected=rejected)


def label(name: str, maker: str, score: float = 0.8, layer: str = "rhetoric", **more: Any) -> Annotation:
    """Return a label on the first word; of a reply, with a target."""
    more = {"target": "t:1" if layer == "reply" else None, "start": 0, "end": 4, **more}
    values = {"layer": layer, "label": name, "annotator": maker, "score": score, "quote": "Post", **more}
    return Annotation(post_id="t:1", **values)


def looked(person: str, layer: str = "rhetoric", name: str | None = None) -> dict[str, Any]:
    """Return an entry of the table `coded`."""
    return {"post_id": "t:1", "layer": layer, "label": name, "annotator": f"human:{person}"}


class Posts:
    """The same posts at each call, as `Corpus.posts` gives them."""

    def __init__(self, *posts: Made) -> None:
        self.all = posts

    def __call__(self) -> Iterator[Made]:
        return iter(self.all)
