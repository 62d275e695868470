"""What articles say about a dispute or a claim: their sentences by article, the best first."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from msgspec import Struct

from discourse.report.basis.book import Book


class Given(Struct, frozen=True):
    """A value that a sentence gives, and who says so."""

    value: str  # empty where it gives none
    who: str  # to whom the article attributes it; empty where to nobody
    letter: str  # a | b: the side whose value it is; empty where neither's


class Heard(Struct, frozen=True):
    """A sentence of an article."""

    text: str
    given: list[Given]  # at least one


class HeardIn(Struct, frozen=True):
    """The sentences of one article, or those that several have in common."""

    name: str  # the article's title, else its file; of several all of them
    date: str  # ISO 8601 day; empty where it gives none
    own: bool  # whether it stands on the page of the comments
    sentences: list[Heard]
    files: tuple[str, ...] = ()  # in which it stands


def heard_on(book: Book, table: str, name: str, sides: Sequence[str] = ()) -> list[HeardIn]:
    """Lay out the sentences that bear on a loop or a claim, articles in the order of the sources.

    Parameters
    ----------
    table, name
        Where to look: rows of `table` on the loop or claim `name`.
    sides
        The claims of the two sides, by which a value is told to be that of one.
    """
    letters = dict(zip(sides, "ab", strict=False))
    own = {source.source_id for source in book.sources}
    places = {source_id: place for place, source_id in enumerate(book.files)}
    articles: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for row in book.said.get((table, name), ()):
        articles.setdefault((str(row["source_id"]), int(row["start_line"])), []).append(row)
    found = []
    for key in sorted(articles, key=lambda key: (key[0] not in own, places.get(key[0], len(places)), key[1])):
        known = book.articles.get(key)
        title, date = (known.title, known.date) if known else (None, None)
        file = book.files.get(key[0], key[0])
        sentences = _sentences(articles[key], letters)
        found.append(HeardIn(title or file, date or "", key[0] in own, sentences, (file,)))
    return _once(found)


def _once(articles: Sequence[HeardIn]) -> list[HeardIn]:
    """Show a sentence that several articles have once, as the first of them that gives its day has it."""
    holders: dict[str, list[int]] = {}
    for place, article in enumerate(articles):
        for text in dict.fromkeys(sentence.text for sentence in article.sentences):
            holders.setdefault(text, []).append(place)
    groups: dict[tuple[int, ...], list[Heard]] = {}
    for place, article in enumerate(articles):
        for sentence in article.sentences:
            group = tuple(holders[sentence.text])
            if place == _dated(articles, group):
                groups.setdefault(group, []).append(sentence)
    return [_joined([articles[n] for n in group], groups[group]) for group in sorted(groups)]


def _dated(articles: Sequence[HeardIn], group: Sequence[int]) -> int:
    return next((place for place in group if articles[place].date), group[0])


def _joined(articles: Sequence[HeardIn], sentences: list[Heard]) -> HeardIn:
    """Return articles as one, by their names, of one name by their files too."""
    files = tuple(dict.fromkeys(file for article in articles for file in article.files))
    names = list(dict.fromkeys(article.name for article in articles))
    name = " and ".join(names)
    if len(names) == 1 and len(files) > 1:
        name = f"{name} ({', '.join(files)})"
    date = next((article.date for article in articles if article.date), "")
    return HeardIn(name, date, any(article.own for article in articles), sentences, files)


def _sentences(rows: Sequence[Mapping[str, Any]], letters: Mapping[str, str]) -> list[Heard]:
    """Return the sentences of one article, the best first, each with all that it gives."""
    said: dict[tuple[int, int], Heard] = {}
    for row in sorted(rows, key=lambda row: -_number(row["score"])):
        text = " ".join(str(row["quote"]).split())
        heard = said.setdefault((int(row["start"]), int(row["end"])), Heard(text, []))
        letter = letters.get(_text(row.get("claim_id")), "")
        heard.given.append(Given(_text(row["value"]), _text(row["attributed_to"]), letter))
    return list(said.values())


def _number(value: Any) -> float:
    return 0.0 if _text(value) == "" else float(value)


def _text(value: object) -> str:
    return "" if value is None or value is pd.NA or value != value else str(value)  # noqa: PLR0124 - NaN
