"""Which field of an export's records goes where, chunk by chunk, and what is said of it afterwards."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from discourse.ingest.exports.chunks import Chunk, as_list, chunk_of, coalesce
from discourse.ingest.exports.fields import choose_fields, fits, matching, named_fields
from discourse.ingest.exports.meta import meta_of
from discourse.ingest.exports.personal import holds_personal, is_personal_name
from discourse.ingest.exports.shapes import Rows, Shape
from discourse.ingest.exports.usual import OURS, nested

_SAMPLE = 500
_NOT_GONE = (None, False, 0, "", "0", "false", "False", "FALSE", "no", "None", "null", "nan", "NaN")


class ColumnUse(Struct, frozen=True):
    """What one field of an export was taken for."""

    name: str  # as the file has it
    use: str  # author | text | id | parent | thread | time | meta | dropped | unused
    reason: str


class Picker:
    """Tells fields by the first records, and takes in those that appear later."""

    def __init__(self, shape: Shape, named: Mapping[str, str], where: str) -> None:
        self._shape = shape
        self._named = dict(named)
        self._where = where
        self._fields: dict[str, tuple[str, ...]] = {}
        self._first: frozenset[str] = frozenset()  # names of the fields of the first records
        self._uses: dict[str, ColumnUse] = {}
        self._fix = shape.make_fix() if shape.make_fix is not None else None

    def has(self, ours: str) -> bool:
        """Say whether a field was found for a column of ours."""
        return bool(set(self._fields.get(ours, ())) & set(self._uses))

    def uses(self) -> list[ColumnUse]:
        """Return what each field was taken for, in the order in which they appeared."""
        return list(self._uses.values())

    def rows(self, chunk: Chunk) -> Rows:
        """Return a chunk's records as rows."""
        self._dig(chunk)
        if not self._fields:
            self._first = frozenset(chunk.columns)
            self._choose(chunk)
        for name in [name for name in chunk.columns if name not in self._uses]:
            self._uses[name] = self._use_of(name, as_list(chunk.columns[name][:_SAMPLE]))
        taken = {ours: self._taken(ours, chunk) for ours in OURS}
        rows = Rows(
            ids=taken["id"],
            threads=taken["thread"],
            parents=taken["parent"],
            authors=taken["author"],
            times=taken["time"],
            texts=taken["text"],
            metas=meta_of(self._extras(chunk), len(chunk)),
            places=chunk.places,
            unit=chunk.unit,
        )
        if self._fix is not None:
            self._fix(rows, chunk)
        elif flags := nested("deleted", tuple(chunk.columns)):
            columns = [as_list(chunk.columns[name]) for name in flags]
            rows.deleted = [any(map(_is_set, row)) for row in zip(*columns, strict=True)]
        return rows

    def _taken(self, ours: str, chunk: Chunk) -> Any:
        names = [name for name in self._fields.get(ours, ()) if name in chunk.columns]
        if len(names) == 1 and self._fix is None:
            return chunk.columns[names[0]]  # as Arrow has it, where it has
        return coalesce(chunk, names)

    def _choose(self, chunk: Chunk) -> None:
        if self._shape.fields:
            named = named_fields(chunk.columns, self._named, self._where)
            self._fields = {**self._shape.fields, **{ours: (theirs,) for ours, theirs in named.items()}}
        else:
            chosen = choose_fields(chunk, self._named, self._where)
            self._fields = {ours: (theirs,) for ours, theirs in chosen.items()}

    def _use_of(self, name: str, values: Sequence[Any]) -> ColumnUse:
        for ours, theirs in self._fields.items():
            if name in theirs:
                reason = "named by the user" if ours in self._named else "its name"
                return ColumnUse(name, ours, reason)
        if is_personal_name(name):
            return ColumnUse(name, "dropped", "its name says e-mail, IP address or password")
        if holds_personal(values):
            return ColumnUse(name, "dropped", "most of its values are e-mail or IP addresses")
        late = self._late(name, values)
        if late is not None:
            return ColumnUse(name, late, "its name; it appears only later in the file")
        if name in self._shape.hidden:
            return ColumnUse(name, "unused", "it says nothing beside the fields taken")
        return ColumnUse(name, "meta", "no column of the tables is for it")

    def _late(self, name: str, values: Sequence[Any]) -> str | None:
        """Take in a field that the first records did not have, such as the parent behind many roots."""
        if self._shape.fields or name in self._first:
            return None
        for ours in OURS:
            if ours not in self._fields and matching(ours, [name]) and fits(ours, values):
                self._fields[ours] = (name,)
                return ours
        return None

    def _extras(self, chunk: Chunk) -> dict[str, list[Any]]:
        extras = {
            name: as_list(values) for name, values in chunk.columns.items() if self._uses[name].use == "meta"
        }
        spread = self._shape.spread
        if spread is None or spread not in extras:
            return extras
        inner = [value if isinstance(value, dict) else {} for value in extras.pop(spread)]
        more = chunk_of(inner, chunk.places, chunk.unit).columns
        return {**extras, **{name: values for name, values in more.items() if not is_personal_name(name)}}

    def _dig(self, chunk: Chunk) -> None:
        """Add fields within fields that the user names, such as `user.name`."""
        for wanted in self._named.values():
            first, *inner = wanted.split(".")
            if wanted not in chunk.columns and inner and first in chunk.columns:
                chunk.columns[wanted] = [_within(value, inner) for value in as_list(chunk.columns[first])]


def _is_set(flag: Any) -> bool:
    return flag not in _NOT_GONE and flag == flag  # noqa: PLR0124 (NaN)


def _within(value: Any, names: Sequence[str]) -> Any:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value
