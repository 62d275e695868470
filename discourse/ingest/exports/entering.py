"""A long list of posts within an object, read item by item: the object is never in memory as a whole."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from discourse.ingest.exports.deep import MARKS
from discourse.ingest.exports.nesting import Nesting
from discourse.ingest.exports.unfold import Unfolder, thread_of
from discourse.ingest.exports.values import Record, decoded_at, leading

_DEEPEST = 6  # objects around the list


class Entry(Struct, frozen=True):
    """Where a list begins within the object that holds it, and what else is known of that."""

    at: int  # of the first item, in characters
    path: tuple[str, ...]  # names of the fields that lead to the list
    around: Mapping[str, Any]  # the object, with no item in the list

    @property
    def thread(self) -> Any:
        """What the object calls the thread or page; None where it does not."""
        found, here = None, self.around
        for name in self.path:
            named = thread_of(here)
            found, here = (found if named is None else named), here[name]
        return found


def entry_of(text: str, start: int, named: str | None = None) -> Entry | None:
    """Find the list of posts that goes on where the beginning of a file ends.

    None where the file begins otherwise, with an object that ends soon, or that is a post itself.

    Parameters
    ----------
    named
        The field that holds a post's text, where the user has said it.
    """
    opened = _still_open(text, start)
    place = next((place for place, (mark, _, _) in enumerate(opened) if mark == "["), 0)
    if not 0 < place <= _DEEPEST:
        return None
    at = opened[place][1]
    nesting = Nesting(named)
    try:
        around, _ = decoded_at(text[start:at] + "]" + "}" * place, 0)
    except ValueError:
        return None
    item = next(iter(leading(text[at:], 1)), None)
    if item is None or nesting.is_post(nesting.lifted(around)) or not nesting.leads_to_posts(item):
        return None
    return Entry(at, tuple(name for _, _, name in opened[1 : place + 1]), around)


def within(
    entry: Entry, unfold: Unfolder, named: str | None = None
) -> Callable[[Record, bool], Iterable[Record]]:
    """Return what takes apart an item of the list, and whatever else the object holds behind it."""
    nesting, thread = Nesting(named), entry.thread
    before = [entry.around] if nesting.leads_to_posts(entry.around) else []  # lists before this one

    def posts(record: Record, is_item: bool) -> Iterator[Record]:
        while before:
            yield from unfold(before.pop())
        if is_item or nesting.leads_to_posts(record):
            yield from unfold.below(record, thread)

    return posts


def _still_open(text: str, start: int) -> list[tuple[str, int, str]]:
    """Return the brackets that are open at the end of a text, where each begins, and in which field."""
    opened: list[tuple[str, int, str]] = []
    name = ""
    for match in MARKS.finditer(text, start):
        mark = match.group()
        if mark[0] == '"':
            if not match.group(1):
                break
            name = mark[1:-1]
        elif mark in "[{":
            opened.append((mark, match.end(), name))
        elif mark in "]}":
            if opened:
                opened.pop()
            if not opened:
                return []
    return opened
