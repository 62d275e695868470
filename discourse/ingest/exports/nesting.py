"""What an object of an export is: a post, something around a post's fields, or something that holds posts."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from discourse.ingest.exports.shapes import Record, as_id
from discourse.ingest.exports.usual import NESTED, matching, nested, plain_name

Fields = dict[str, Any]

_REFERRING = frozenset(path.partition(".")[0] for path in NESTED["parents"])  # to the post answered
_BELOW_POSTS = frozenset(NESTED["replies"]) - {"comments"}
_MOST_LIFTED = 8  # objects around a post's fields, one within the other
_LOOKED_AT = 20  # items of a list, or fields of an object, among which a post is looked for
_MOST_SEEN = 300  # objects looked at before it is given up


def may_hold(record: Record) -> bool:
    """Say whether a record has what a flat post does not have: objects or lists of a usual name."""
    if any(isinstance(record[name], list | dict) for name in telling(tuple(record))):
        return True
    text = next((name for name in matching("text", tuple(record)) if isinstance(record[name], str)), None)
    return text is not None and any(resembles(value, text) for value in record.values())


def resembles(value: Any, text: str) -> bool:
    """Say whether a field holds posts: objects with a text under the same name as here, and an author."""
    for item in items_of(value)[:1] if isinstance(value, list) else edges_of(value)[:1]:
        inner = item["node"] if isinstance(item.get("node"), dict) else item
        if isinstance(inner.get(text), str) and matching("author", tuple(inner)):
            return True
    return False


def edges_of(value: Any) -> list[Record]:
    """Return the objects in a list that an object holds, as interfaces wrap them."""
    if not isinstance(value, dict):
        return []
    return next((items_of(value[n]) for n in nested("lists", tuple(value)) if isinstance(value[n], list)), [])


@lru_cache(maxsize=2048)  # one record has the names of the next
def telling(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields that are a post's text, or named as what is around or below a post."""
    kinds = [nested(kind, names) for kind in ("within", "lists", "replies", "references")]
    kinds.append(matching("text", names))
    kinds.append(tuple(name for name in names if plain_name(name) in _REFERRING))
    return tuple(dict.fromkeys(name for kind in kinds for name in kind))


def items_of(value: Any) -> list[Record]:
    """Return the objects in a field: those in a list, or the object itself."""
    if isinstance(value, list):
        return [item for item in value if isinstance(item, dict)]
    return [value] if isinstance(value, dict) else []


class Nesting:
    """Tells posts from what is around them by usual names, and by the text's name where the user gave it."""

    def __init__(self, text_field: str | None = None) -> None:
        self._text = text_field

    def text_name(self, fields: Record) -> str | None:
        """Name the field that holds a text; None where none does."""
        if self._text is not None and isinstance(fields.get(self._text), str):
            return self._text
        return next((n for n in matching("text", tuple(fields)) if plain_text(fields[n]) is not None), None)

    def lifted(self, record: Record) -> Fields:
        """Return a record with the fields of the objects that hold its post's own beside its own.

        Nothing is lifted where it has a text itself, or no object within has one. A text that is an
        object (`{"rendered": "…"}`, or a list of parts) becomes plain.
        """
        fields = dict(record)
        for _ in range(_MOST_LIFTED):
            if self.text_name(fields) is not None:
                break
            name = next((n for n in nested("within", tuple(fields)) if self._leads_to_text(fields[n])), None)
            if name is None:
                return dict(record)
            inner = fields.pop(name)
            fields = {**inner, **{key: value for key, value in fields.items() if value is not None}}
        name = self.text_name(fields)
        if name is not None:
            fields[name] = plain_text(fields[name])
        return fields

    def is_post(self, fields: Record) -> bool:
        """Say whether fields are those of a post: a text, or a missing one beside what posts have."""
        names = tuple(fields)
        told = [ours for ours in ("author", "id", "time", "parent") if matching(ours, names)]
        if self.text_name(fields) is None:
            return "id" in told and self._is_without_text(fields, told)
        below = next(self._posts_below(fields), None)
        if below is None or "author" in told:
            return True
        # "message": "OK" beside a list is what an interface says of its answer; an article has no author
        # where its comments have one
        return bool(told) and not matching("author", tuple(self.lifted(below)))

    def _is_without_text(self, fields: Record, told: list[str]) -> bool:
        """Say whether an object with an id is a post that lost its text, or is a picture alone."""
        names = tuple(fields)
        if any(fields[name] for name in nested("deleted", names)):
            return True
        if any(fields[name] is None for name in matching("text", names)):
            return len(told) > 1
        wrapping = (name for name in nested("lists", names) if plain_name(name) not in _BELOW_POSTS)
        holds = any(self.leads_to_posts(item) for name in wrapping for item in items_of(fields[name])[:1])
        return "author" in told and len(told) > 2 and not holds

    def held(self, fields: Record) -> list[Record]:
        """Return the objects within a wrapping that hold posts, by usual names, else whatever their names."""
        usual = {*nested("lists", tuple(fields)), *nested("within", tuple(fields))}
        for chosen in ([n for n in fields if n in usual], [n for n in fields if n not in usual]):
            found = [item for name in chosen for item in items_of(fields[name])]
            if any(self.leads_to_posts(item) for item in found[:_LOOKED_AT]):
                return found
        return []

    def keyed(self, fields: Record) -> list[Record]:
        """Return posts that stand under their ids, as databases write them out."""
        if may_hold(fields):
            return []
        values = [value for value in fields.values() if isinstance(value, dict)]
        if not values or len(values) < len(fields) or not all(map(self._has_text, values[:_LOOKED_AT])):
            return []
        return [
            value if matching("id", tuple(value)) else {"id": name, **value} for name, value in fields.items()
        ]

    def leads_to_posts(self, record: Record) -> bool:
        """Say whether an object is a post or holds one, not far below."""
        waiting, seen = [record], 0
        while waiting and seen < _MOST_SEEN:
            seen += 1
            here = waiting.pop(0)
            if self._has_text(here):
                return True
            for value in list(here.values())[:_LOOKED_AT]:
                waiting += items_of(value)[:_LOOKED_AT]
        return False

    def _has_text(self, record: Record) -> bool:
        return self.text_name(record) is not None or self._leads_to_text(record)

    def _leads_to_text(self, value: Any, depth: int = 0) -> bool:
        if not isinstance(value, dict) or depth > _MOST_LIFTED:
            return False
        if self.text_name(value) is not None:
            return True
        # one way in, not all: an object within another is its own branch seldom
        names = nested("within", tuple(value))[:2]
        return any(self._leads_to_text(value[name], depth + 1) for name in names)

    def _posts_below(self, fields: Record) -> Iterator[Record]:
        for name in nested("lists", tuple(fields)):
            for item in items_of(fields[name])[:_LOOKED_AT]:
                if self.leads_to_posts(item):
                    yield item


def plain_text(value: Any) -> str | None:
    """Return the text that a value is or holds; None where it is none."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        names = tuple(value)
        forms = [value[name] for name in nested("texts", names) if isinstance(value[name], str)]
        is_post = any(matching(ours, names) for ours in ("author", "id", "parent"))
        return forms[0] if forms and len(value) <= len(forms) + 2 and not is_post else None
    return _joined(value) if isinstance(value, list) and value else None


def _joined(parts: list[Any]) -> str | None:
    """Return a text that is written as a list of plain and marked parts."""
    texts: list[Any] = [part.get("text") if isinstance(part, dict) else part for part in parts]
    marked = [part for part in parts if isinstance(part, dict)]
    if not all(isinstance(text, str) for text in texts) or len(texts) > _MOST_SEEN * 10:
        return None
    is_rich = all("type" in part and len(part) <= 4 and as_id(part) is None for part in marked)
    return "".join(texts) if is_rich and (marked or len(parts) == 1) else None
