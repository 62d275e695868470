"""What a format says about its records, and the rows that become posts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct, field

from discourse.ingest.exports.chunks import Chunk
from discourse.ingest.exports.usual import nested

Record = Mapping[str, Any]
_NOTHING = ("none", "null", "nan", "root", "n/a", "na", "-", "-1", "0")
NO_PARENT = frozenset(  # what stands for the parent of a post that answers none
    {"NaN", *(form for word in _NOTHING for form in (word, word.upper(), word.capitalize()))}
)
DELETED = frozenset({"[deleted]", "[removed]", "[deleted by user]", "[ Removed by Reddit ]"})


class Rows(Struct):
    """Posts to be, column by column, as the file has them."""

    ids: Any  # this and the next five: a list, or a column of Arrow's where the format has no fix
    threads: Any
    parents: Any
    authors: Any
    times: Any
    texts: Any
    metas: list[str | None]
    places: Sequence[int]
    unit: str
    unsure: list[bool] | None = (
        None  # links to what may be the page itself: they count if it was read as a post
    )
    deleted: list[bool] | None = None  # that the file marks as deleted, beside those whose text says so

    def __len__(self) -> int:
        return len(self.ids)


# changes rows in place; made anew for every file, so that it may remember what it saw
Fix = Callable[[Rows, Chunk], None]


class Shape(Struct, frozen=True):
    """How the records of one format become posts."""

    name: str
    fields: Mapping[
        str, tuple[str, ...]
    ]  # our names to theirs, the preferred first; empty: told by usual names
    markup: Literal["plain", "html", "told"] = "plain"  # told: by the first texts
    expand: Callable[[Record], Iterable[Record]] | None = None  # one record of the file to the posts in it
    make_fix: Callable[[], Fix] | None = None
    hidden: frozenset[str] = field(default_factory=frozenset)  # fields that say nothing beside those taken
    spread: str | None = None  # a field whose own fields are the meta
    has_own_ids: bool = True  # ids are unique in the file, whatever their thread


def as_name(value: Any) -> Any:
    """Return an author's name: of an object the name in it, of anything else itself."""
    if not isinstance(value, dict):
        return value
    found = (value[name] for name in nested("names", tuple(value)))
    name = next((name for name in found if isinstance(name, str | int) and name != ""), None)
    inner = value.get("data", value.get("attributes")) if name is None else None
    return as_name(inner) if isinstance(inner, dict) else name


def as_id(value: Any) -> str | None:
    """Return an id as text: 12, 12.0, "12", "12.0" and {"id": 12} alike; None where there is none."""
    if isinstance(value, str):
        text = value.strip()
        whole, point, rest = text.partition(".")
        return (whole if point and whole.isdigit() and rest.strip("0") == "" else text) or None
    if value is None or isinstance(value, bool) or value != value:  # noqa: PLR0124 (NaN)
        return None
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, dict):
        found = (value[name] for name in nested("ids", tuple(value)))
        return next((as_id(inner) for inner in found if isinstance(inner, str | int)), None)
    return None if isinstance(value, list) else str(value)
