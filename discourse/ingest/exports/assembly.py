"""From rows as a file has them to posts of the contract: ids, links, times, texts, and what was wrong."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from discourse.ingest.exports.batches import Batch
from discourse.ingest.exports.chunks import as_list
from discourse.ingest.exports.faultlog import FaultLog
from discourse.ingest.exports.ledger import REMEMBERED, Hashes, Ledger, Runs, hashes_of
from discourse.ingest.exports.moments import seconds_of, seconds_of_numbers
from discourse.ingest.exports.personal import is_personal_value
from discourse.ingest.exports.shapes import DELETED, NO_PARENT, Rows, Shape, as_id, as_name
from discourse.ingest.exports.strings import among, are_bare, as_strings, holds, in_nfc, is_strings

_STR, _STR_OR_NONE, _INT_OR_NONE = {str}, {str, type(None)}, {int, type(None)}
_JUDGED = 1_000  # texts by which it is told whether they are HTML
_TAG = re.compile(
    r"<(?:p|br|a|i|b|u|em|strong|span|div|blockquote|[uo]l|li|img|code|pre)(?:\s[^<>]{0,400})?/?>",
    re.IGNORECASE,
)
_MARKS = tuple(sorted(DELETED))


class Assembler:
    """Turns the rows of one export into posts, in order; remembers what links and ids need.

    Parameters
    ----------
    remembered
        How many posts back links and repeated ids are checked (see `ledger`).
    """

    def __init__(self, source_id: str, shape: Shape, log: FaultLog, remembered: int = REMEMBERED) -> None:
        self._source_id = source_id
        self._shape = shape
        self._log = log
        self._ledger = Ledger(remembered)
        self._threads = Runs(remembered)
        self._position = 0
        self._is_html: bool | None = {"html": True, "plain": False}.get(shape.markup)
        self._is_scoped: bool | None = None  # ids are unique within their thread only
        self._zero_is_id = False
        self.counts: Counter[str] = Counter()

    def batch(self, rows: Rows) -> Batch:
        """Return rows as posts."""
        first = self._position + 1
        self._position += len(rows)
        threads = _ids(rows.threads)
        threads = as_strings(threads) if isinstance(threads, list) else threads
        threads = threads.fill_null(self._source_id) if threads.null_count else threads
        ids, parents = self._named(rows, threads)
        hashes = self._unique(ids, rows, first)
        self._linked(hashes, ids, parents, rows)
        authors, bodies = _authors(rows.authors), self._texts(rows)
        self._count(rows, threads, authors, bodies)
        return Batch(
            source_id=self._source_id,
            first=first,
            post_ids=ids.strings(),
            thread_ids=threads,
            authors=authors,
            seconds=self._seconds(rows),
            reply_to=parents.strings(),
            bodies=bodies,
            metas=as_strings(rows.metas),
        )

    def finish(self) -> None:
        """Count what is known only when all rows were read."""
        unknown, unchecked = self._ledger.unknown()
        self.counts["unknown_parents"] = unknown
        self.counts["unchecked_parents"] = unchecked
        self._log.count("replies answer a post that the file does not hold; they keep its id", unknown)
        self._log.count("replies answer a post too far back to check whether the file holds it", unchecked)
        self.counts["threads"] = len(self._threads)

    def _named(self, rows: Rows, threads: Any) -> tuple["_Names", "_Names"]:
        """Return ids (None where there is none) and parents, by thread where they are unique only there."""
        ids, parents = _Names(_ids(rows.ids)), _Names(_ids(rows.parents))
        if self._is_scoped is None:
            self._zero_is_id = "0" in ids.values
            self._is_scoped = not self._shape.has_own_ids and _repeat_by_thread(ids.values, threads)
        none = NO_PARENT.intersection(parents.values) - ({"0"} if self._zero_is_id else set())
        if none:
            parents = _Names([None if parent in none else parent for parent in parents.values])
        if self._is_scoped:
            within = threads.to_pylist()
            ids = _Names([own and f"{thread}/{own}" for thread, own in zip(within, ids.values, strict=True)])
            parents = _Names(
                [up and f"{thread}/{up}" for thread, up in zip(within, parents.values, strict=True)]
            )
        return ids, parents

    def _unique(self, ids: "_Names", rows: Rows, first: int) -> Hashes:
        """Give each post without an id, or with one that stood before, the id of a page's post."""
        made = [place for place, own in enumerate(ids.values) if own is None] if None in ids.values else []
        for place in made:
            ids.put(place, f"{self._source_id}:{first + place}")
        self.counts["made_ids"] += len(made)
        hashes = hashes_of(ids.values)
        repeated = np.flatnonzero(self._ledger.repeated(hashes)).tolist()
        for place in repeated:
            old, new = ids.values[place], f"{self._source_id}:{first + place}"
            ids.put(place, new)
            self._fault(
                "duplicate id", place, rows, f"id {old[:80]!r} stood before; the post is kept as {new!r}"
            )
        if repeated:
            hashes[repeated] = hashes_of([ids.values[place] for place in repeated])
        self.counts["duplicate_ids"] += len(repeated)
        return hashes

    def _linked(self, hashes: Hashes, ids: "_Names", parents: "_Names", rows: Rows) -> None:
        """Enter posts and links; take away, in `parents`, those that must go."""
        unsure = None if rows.unsure is None else np.array(rows.unsure, dtype=np.bool_)
        links = self._ledger.link(hashes, hashes_of(parents.values), unsure)
        for kind, places, what in (
            ("self-reply", links.own, "answers itself"),
            ("cycle", links.cycles, "closes a circle of replies"),
        ):
            for place in places:
                self._fault(kind, place, rows, f"post {ids.values[place][:80]!r} {what}; its link is cut")
        for place in (*links.own, *links.cycles, *links.dropped):
            parents.put(place, None)
        self.counts["self_replies"] += len(links.own)
        self.counts["cycles_cut"] += len(links.cycles)

    def _texts(self, rows: Rows) -> Any:
        if self._is_html is None:
            self._is_html = are_html(as_list(rows.texts[:_JUDGED]))
        if is_strings(rows.texts) and not rows.texts.null_count and not self._is_html:
            return in_nfc(rows.texts)
        texts = as_list(rows.texts)
        if set(map(type, texts)) != _STR:
            texts = [self._text(text, place, rows) for place, text in enumerate(texts)]
        if self._is_html:
            from discourse.ingest.markup import text_of  # noqa: PLC0415

            return as_strings([text_of(text) for text in texts])
        return in_nfc(as_strings(texts))

    def _text(self, text: Any, place: int, rows: Rows) -> str:
        if isinstance(text, str):
            return text
        is_gone = rows.deleted is not None and rows.deleted[place]
        if text is None and is_gone:
            return ""
        self.counts["no_text"] += 1
        if isinstance(text, int | float) and text == text:  # noqa: PLR0124 (NaN)
            return str(text)
        self._fault("no text", place, rows, "it has no text; the post is kept without")
        return ""

    def _seconds(self, rows: Rows) -> NDArray[np.int64]:
        if not isinstance(rows.times, list) and not rows.times.null_count and rows.times.type == "int64":
            seconds, bad = seconds_of_numbers(rows.times.to_numpy().astype(np.float64))
        else:
            seconds, bad = seconds_of(as_list(rows.times))
        for place in bad:
            value = as_list(rows.times[place : place + 1])[0]
            self._fault("unreadable time", place, rows, f"{str(value)[:60]!r} is no time")
        return seconds

    def _count(self, rows: Rows, threads: Any, authors: Any, bodies: Any) -> None:
        self.counts["posts"] += len(rows)
        gone = among(authors, _MARKS) | among(bodies, _MARKS)
        if rows.deleted is not None:
            gone |= np.array(rows.deleted, dtype=np.bool_)
        self.counts["deleted"] += int(gone.sum())
        fresh = np.unique(hashes_of(threads.unique().to_pylist()))
        fresh = fresh[~self._threads.find(fresh)[0]]
        self._threads.add(fresh, np.zeros_like(fresh))

    def _fault(self, kind: str, place: int, rows: Rows, problem: str) -> None:
        self._log.add(kind, self._log.at(rows.places[place], rows.unit), problem)


def are_html(texts: Sequence[Any]) -> bool:
    """Say whether texts are HTML: most begin with a tag, or many hold the tags that comments have."""
    present = [text for text in texts if isinstance(text, str) and text.strip()]
    tagged = sum(_TAG.search(text) is not None for text in present)
    begun = sum(_TAG.match(text.lstrip()) is not None for text in present)
    return 2 * begun > len(present) or 3 * tagged > len(present)


class _Names:
    """Ids as a list, which may be changed, and as Arrow has them while they are unchanged."""

    def __init__(self, column: Any) -> None:
        self._column = None if isinstance(column, list) else column
        self.values: list[Any] = as_list(column)

    def put(self, place: int, value: str | None) -> None:
        """Change one of them."""
        self.values[place] = value
        self._column = None

    def strings(self) -> Any:
        """Return them as Arrow has them."""
        return as_strings(self.values) if self._column is None else self._column


def _repeat_by_thread(ids: Sequence[Any], threads: Any) -> bool:
    """Say whether ids are repeated, but none within its thread."""
    given = [(thread, own) for thread, own in zip(threads.to_pylist(), ids, strict=True) if own is not None]
    return len({own for _, own in given}) < len(given) == len(set(given))


def _ids(column: Any) -> Any:
    """Return ids as text; the common case, in which they are, is told without looking at each."""
    if is_strings(column):
        # an id may have blanks around it, or a ".0" behind it where pandas wrote it
        return column if are_bare(column) else _ids(column.to_pylist())
    values = as_list(column)
    kinds = set(map(type, values))
    if kinds <= _STR_OR_NONE and are_bare(strings := as_strings(values)):
        return strings
    if kinds <= _INT_OR_NONE:
        return [None if value is None else str(value) for value in values]
    return [as_id(value) for value in values]


def _authors(column: Any) -> Any:
    if is_strings(column):
        column = column.fill_null("") if column.null_count else column
        if not holds(column, "@"):
            return in_nfc(column)
    values = as_list(column)
    if set(map(type, values)) == _STR:
        strings = as_strings(values)
        if not holds(strings, "@"):
            return in_nfc(strings)
    return in_nfc(as_strings([_author(value) for value in values]))


def _author(value: Any) -> str:
    if type(value) is not str:
        value = as_name(value)
        value = (as_id(value) or "") if value is None or isinstance(value, float) else str(value)
    if "@" in value and is_personal_value(value):
        value = value.strip().partition("@")[0]  # an address is not shown, the name in it is
    return str(value)
