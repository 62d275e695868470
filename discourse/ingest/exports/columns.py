"""Any table or list of records, of one post each or of threads that hold theirs; fields told by name."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from discourse.ingest.exports.fields import matching, plain_name
from discourse.ingest.exports.shapes import Record, Shape

_LISTS = frozenset(
    """
    posts comments utterances messages replies turns items data hits results rows records children
    responses kommentare commentaires comentarios commenti
    """.split()
)
_DEEPEST = 50


def holder_of(record: Record) -> str | None:
    """Name the field in which a record that is no post itself holds its posts; None where it is one."""
    if any(isinstance(record[name], str) for name in matching("text", record)):
        return None
    return next((name for name in _lists_in(tuple(record)) if _is_list_of_posts(record[name])), None)


@lru_cache(maxsize=256)  # one record has the names of the next
def _lists_in(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if plain_name(name) in _LISTS)


def may_hold(names: Iterable[str]) -> bool:
    """Say whether one of the fields has a name such as `posts`."""
    return any(plain_name(name) in _LISTS for name in names)


def expand(record: Record, _depth: int = 0) -> Iterator[Record]:
    """Yield the posts that a record holds, each with the thread's id; one without any is a post."""
    name = holder_of(record)
    if name is None or _depth > _DEEPEST:
        yield record
        return
    thread = _thread_of(record)
    for post in record[name]:
        if not isinstance(post, dict):
            continue
        # what a thread says of itself is not repeated with each post
        named = post if thread is None or matching("thread", post) else {"thread_id": thread, **post}
        if holder_of(named) is None:
            yield named
        else:
            yield from expand(named, _depth + 1)


def _thread_of(record: Record) -> Any:
    names = [*matching("thread", record), *matching("id", record)]
    return next((record[name] for name in names if isinstance(record[name], str | int)), None)


def _is_list_of_posts(value: object) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and isinstance(value[0], Mapping)
        and (bool(matching("text", value[0])) or holder_of(value[0]) is not None)
    )


SHAPE = Shape("columns", {}, has_own_ids=False)
THREADS = Shape("columns", {}, expand=expand, has_own_ids=False)
