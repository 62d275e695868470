"""The posts of an export without their labels, for a first pass that needs ids, links or names alone."""

from collections.abc import Iterator

from discourse.exchange.corpus import Corpus
from discourse.stored.streaming import Row


def wanted_rows(corpus: Corpus) -> Iterator[Row]:
    """Yield the wanted rows of `posts`, in the order of `corpus.posts()`."""
    wanted = corpus.choice.posts
    return (row for row in corpus.rows("posts") if wanted is None or row["post_id"] in wanted)
