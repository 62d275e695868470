"""Posts that stand within other things: in answers of interfaces, in threads, below the post they answer.

What a thing is, is told by the usual names of its fields (`usual.toml`): an object with a text is a post,
whatever object its own fields stand in; lists of replies below it hold what answers it; everything else
that holds posts is a page, a thread or a wrapping. Walked in a loop: threads nest a thousand deep.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from msgspec import Struct

from discourse.ingest.exports.chunks import Chunk, as_list, chunk_of
from discourse.ingest.exports.nesting import Fields, Nesting, items_of, may_hold, resembles, telling
from discourse.ingest.exports.shapes import NO_PARENT, Record, as_id
from discourse.ingest.exports.usual import NESTED, WEAK, matching, nested, plain_name

_FIRST = 20
_NESTED, _LOOKED_AT = frozenset({list, dict}), 100
_PATHS = tuple(tuple(path.split(".")) for path in NESTED["parents"])


class _Thing(Struct):
    """An object that waits to be looked at."""

    record: Record
    thread: Any = None  # as the nearest thread or page around it says
    above: str | None = None  # id of the post in whose replies it stands


class Unfolder:
    """Takes records apart into the posts that they hold; numbers those that have no id but need one."""

    def __init__(self, named: Mapping[str, str] | None = None, *, renames: bool = True) -> None:
        self._renames = renames
        self._named = frozenset((named or {}).values())
        self._nesting = Nesting((named or {}).get("text"))
        self._made = 0

    def __call__(self, record: Record) -> Iterator[Record]:
        """Yield a record's posts, each before those that answer it; one that holds none as it is."""
        if not may_nest(record):
            yield record
            return
        keyed = self._nesting.keyed(record)
        yield from self._walk([_Thing(item) for item in reversed(keyed)] or [_Thing(record)], record)

    def below(self, record: Record, thread: Any) -> Iterator[Record]:
        """Yield the posts of a record that stands in a thread or page of some name."""
        yield from self._walk([_Thing(record, thread)], record)

    def _walk(self, waiting: list[_Thing], record: Record) -> Iterator[Record]:
        found = False
        while waiting:
            thing = waiting.pop()
            fields = self._nesting.lifted(thing.record)
            if self._nesting.is_post(fields):
                found = True
                post, things = self._post(fields, thing)
                yield post if self._renames else thing.record
            else:
                things = self._within(fields, thing)
            waiting += reversed(things)
        if not found:
            yield record

    def _within(self, fields: Fields, thing: _Thing) -> list[_Thing]:
        """Return what a wrapping holds, with the thread that it names."""
        thread = thread_of(fields)
        held = self._nesting.held(fields) or self._nesting.keyed(fields)
        return [_Thing(inner, thing.thread if thread is None else thread, thing.above) for inner in held]

    def _post(self, fields: Fields, thing: _Thing) -> tuple[Fields, list[_Thing]]:
        """Return a post without those that answer it, and these."""
        text = self._nesting.text_name(fields)
        usual = nested("replies", tuple(fields))
        below = [
            name
            for name, value in fields.items()
            if isinstance(value, list | dict)
            and name != text
            and (name in usual or (text is not None and resembles(value, text)))
        ]
        inner = [item for name in below for item in items_of(fields[name])]
        inner = [item for item in inner if self._nesting.leads_to_posts(item) or self._nesting.is_post(item)]
        post = self._tidied({n: v for n, v in fields.items() if n not in below}, thing, text)
        if inner and "id" not in post:
            self._made += 1
            post["id"] = f"post-{self._made}"
        if below and "parent_id" not in post:
            post["parent_id"] = None  # where replies nest, one that stands below none answers none
        return post, [_Thing(item, post.get("thread_id"), post.get("id")) for item in inner]

    def _tidied(self, fields: Fields, thing: _Thing, text: str | None) -> Fields:
        """Return a post's fields with those that have a column of ours under its usual name."""
        names = tuple(fields)
        own = next((n for n in matching("id", names) if as_id(fields[n]) is not None), None)
        parent = next((n for n in matching("parent", names) if not isinstance(fields[n], list)), None)
        # a question's id is its thread's; what stands below a post belongs to that post's thread
        strong = (n for n in matching("thread", names) if plain_name(n) not in WEAK["thread"])
        thread = next((n for n in strong if as_id(fields[n]) is not None), None)
        if thing.above is not None and thing.thread is not None:
            thread = None
        found = {
            "id": None if own is None else as_id(fields[own]),
            "thread_id": as_id(thing.thread if thread is None else fields[thread]),
            "parent_id": _given(fields, parent) or _by_path(fields) or _by_kind(fields) or thing.above,
            "text": None if text is None else fields[text],
        }
        used = {own, parent, thread, text} - self._named - {None}
        kept = {name: value for name, value in fields.items() if name not in used}
        known = {name: value for name, value in found.items() if value is not None}
        return {**kept, **({"parent_id": None} if parent is not None else {}), "text": None, **known}


def unfolded(chunk: Chunk, unfold: Unfolder) -> Chunk:
    """Return a chunk's posts, those within others too; a chunk of flat records as it is."""
    if not are_nested(chunk.columns):
        return chunk
    names = list(chunk.columns)
    rows = zip(*map(as_list, chunk.columns.values()), chunk.places, strict=True)
    pairs = [(post, place) for *row, place in rows for post in unfold(dict(zip(names, row, strict=True)))]
    return chunk_of([post for post, _ in pairs], [place for _, place in pairs], chunk.unit)


def are_nested(columns: Mapping[str, Any]) -> bool:
    """Say whether some of a chunk's records may be more than one flat post."""
    names = tuple(columns)
    texts = matching("text", names)
    doubtful = telling(names) if texts else names
    if any(not _NESTED.isdisjoint(map(type, as_list(columns[name]))) for name in doubtful):
        return True
    others = (as_list(columns[name][:_LOOKED_AT]) for name in names if name not in doubtful)
    return any(resembles(value, text) for values in others for value in values for text in texts)


def first_posts(record: Record) -> list[Record]:
    """Return the first few posts that a record holds, or itself, with their fields as they are."""
    return list(islice(Unfolder(renames=False)(record), _FIRST))


def may_nest(record: Record) -> bool:
    """Say whether a record may be something else than one post with all its fields."""
    if _NESTED.isdisjoint(map(type, record.values())):
        return False
    if may_hold(record):
        return True
    has_text = any(isinstance(record[name], str) for name in matching("text", tuple(record)))
    return not has_text and any(isinstance(value, list | dict) for value in record.values())


def _given(fields: Record, parent: str | None) -> str | None:
    """Return the post answered as a field names it; None where that says that it answers none."""
    named = None if parent is None else as_id(fields[parent])
    return None if named in NO_PARENT else named


def thread_of(fields: Record) -> Any:
    """Return what a thread or page is called by: its id, or its address."""
    names = tuple(fields)
    found = (fields[name] for name in (*matching("thread", names), *matching("id", names)))
    return next((v for v in found if isinstance(v, str | int) and not isinstance(v, bool)), None)


def _by_kind(fields: Record) -> str | None:
    """Return the post answered where it stands in a list of references of several kinds."""
    items = [item for name in nested("references", tuple(fields)) for item in items_of(fields[name])]
    return next(
        (as_id(item) for item in items if plain_name(str(item.get("type"))) in NESTED["answered"]), None
    )


def _by_path(fields: Record) -> str | None:
    """Return the post answered where it is named within an object, or by the way down to the post."""
    plain = {plain_name(name): value for name, value in fields.items() if isinstance(value, dict | str)}
    for path in _PATHS:
        value: Any = plain
        for name in path:
            value = value.get(name) if isinstance(value, dict) else None
        if isinstance(value, dict | int) and (found := as_id(value)) is not None:
            return found
    way = plain.get("path")
    steps = way.split(".") if isinstance(way, str) else []
    is_way = len(steps) > 1 and all(step.isalnum() for step in steps)
    return steps[-2] if is_way and steps[-2] != "0" else None
