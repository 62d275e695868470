"""What a format says about its records, and the rows that become posts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from discourse.ingest.exports.chunks import Chunk

Record = Mapping[str, Any]
DELETED = frozenset({"[deleted]", "[removed]", "[deleted by user]", "[ Removed by Reddit ]"})


@dataclass(slots=True)
class Rows:
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


@dataclass(frozen=True, slots=True)
class Shape:
    """How the records of one format become posts."""

    name: str
    fields: Mapping[
        str, tuple[str, ...]
    ]  # our names to theirs, the preferred first; empty: told by usual names
    markup: Literal["plain", "html"] = "plain"
    expand: Callable[[Record], Iterable[Record]] | None = None  # one record of the file to the posts in it
    make_fix: Callable[[], Fix] | None = None
    hidden: frozenset[str] = field(default_factory=frozenset)  # fields that say nothing beside those taken
    spread: str | None = None  # a field whose own fields are the meta
    has_own_ids: bool = True  # ids are unique in the file, whatever their thread


def as_name(value: Any) -> Any:
    """Return an author's name: of an object the name in it, of anything else itself."""
    if not isinstance(value, dict):
        return value
    keys = (
        "name",
        "username",
        "user_name",
        "display_name",
        "displayName",
        "screen_name",
        "login",
        "nickname",
        "id",
    )
    return next((value[key] for key in keys if value.get(key) not in (None, "")), None)


def as_id(value: Any) -> str | None:
    """Return an id as text: 12, 12.0, "12" and "12.0" alike; None where there is none."""
    if isinstance(value, str):
        text = value.strip()
        whole, point, rest = text.partition(".")
        return (whole if point and whole.isdigit() and rest.strip("0") == "" else text) or None
    if value is None or isinstance(value, bool) or value != value:  # noqa: PLR0124 (NaN)
        return None
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, dict):
        return as_id(value.get("id", value.get("$oid")))
    return str(value)
