"""Which tables a plain export holds, filled post by post, whatever kind of file they become."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any, Protocol, Self

from msgspec import Struct

from discourse.exchange.beside import rows_beside, tables_beside
from discourse.exchange.corpus import Corpus, LabelledPost
from discourse.exchange.plain.wide import Wide
from discourse.labels.decisions import text_hash
from discourse.model import Annotation, Post
from discourse.tables.contract import ANNOTATIONS, CODED, CONTRACT, POSTS
from discourse.tables.schema import Column

TIMES = frozenset({"timestamp", "addressee_time"})  # moments, not texts


class Sheet(Struct, frozen=True):
    """One table as it leaves: its name, its columns, and which of these hold lists of texts."""

    name: str
    columns: tuple[Column, ...]
    lists: frozenset[str] = frozenset()


class Sink(Protocol):
    """A file that grows row by row; closed at the end of a `with`."""

    def add(self, row: Mapping[str, Any]) -> None:
        """Take a row: values by the names of the columns; what is missing is empty."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None: ...


POSTS_SHEET = Sheet("posts", (*POSTS.columns, Column("text_hash"), Column("run")))
ANNOTATIONS_SHEET = Sheet("annotations", ANNOTATIONS.columns)
CODED_SHEET = Sheet("coded", CODED.columns)
_POST_FIELDS = Post.__struct_fields__
_LABEL_FIELDS = Annotation.__struct_fields__


def write_all(corpus: Corpus, opened: Callable[[Sheet], Sink]) -> None:
    """Write every table, in two passes over the posts and one over each other table."""
    wide = _write_posts(corpus, opened)
    with opened(Sheet("labels", wide.columns, wide.lists)) as labels:
        for one in corpus.posts():
            labels.add(wide.row(one))
    for name in tables_beside(corpus.choice):
        with opened(Sheet(name, CONTRACT[name].columns)) as sink:
            for row in rows_beside(corpus, name):
                sink.add(row)


def _write_posts(corpus: Corpus, opened: Callable[[Sheet], Sink]) -> Wide:
    wide = Wide(corpus.choice)
    with ExitStack() as stack:
        posts, annotations, coded = (
            stack.enter_context(opened(sheet)) for sheet in (POSTS_SHEET, ANNOTATIONS_SHEET, CODED_SHEET)
        )
        for one in corpus.posts():
            wide.see(one)
            posts.add(post_row(one))
            for label in one.annotations:
                annotations.add(label_row(label))
            for entry in one.coded:
                coded.add(entry)
    return wide


def post_row(one: LabelledPost) -> dict[str, Any]:
    """Return a post's fields, the hash of its text and the name of its run."""
    row = {name: getattr(one.post, name) for name in _POST_FIELDS}
    return row | {"text_hash": text_hash(one.post.text), "run": one.run}


def label_row(label: Annotation) -> dict[str, Any]:
    """Return a label's fields."""
    return {name: getattr(label, name) for name in _LABEL_FIELDS}
