"""What was read: the title of a report, and its sources with what they state themselves."""

import re
from textwrap import shorten

from msgspec import Struct

from discourse.model import Article, Source
from discourse.report.basis.book import Book
from discourse.report.basis.words import listed

SOURCES_SHOWN = 20
_LONGEST_OPENING = 120  # characters of an article's first words that stand for its title
_FEWEST_WORDS = 5  # of a line that can be the beginning of an article; fewer are a rubric or a byline
_DATE = re.compile(r"\s*(?:date\s+)?\d{4}-\d{2}-\d{2}\s*")


class Title(Struct, frozen=True):
    """What a report is called, and where that is from."""

    text: str
    kind: str  # headline | opening (an article's first words) | file
    date: str  # of the article, as the page states it; empty where it states none


class Read(Struct, frozen=True):
    """One source as it was read."""

    uri: str
    file: str  # the last part of it
    reader: str
    score: str
    found: str
    stated: str  # empty where the page states no number
    agrees: bool
    sha256: str
    article: str
    date: str


class SourcesRead(Struct, frozen=True):
    """The sources of a report, as many as can be read at a look."""

    shown: list[Read]
    more: int  # how many others there are


def sources_read(book: Book) -> SourcesRead:
    """Say of each source what was found in it and what it states itself; of many, the first."""
    articles = _articles(book)
    shown = [_read(book, source, articles) for source in book.sources[:SOURCES_SHOWN]]
    return SourcesRead(shown, max(0, len(book.sources) - SOURCES_SHOWN))


def title_of(book: Book) -> str:
    """Return the text of the title."""
    return heading(book).text


def heading(book: Book) -> Title:
    """Return the article's title, else the words with which it begins, else the sources' names."""
    articles = _articles(book)
    own = [article for source in book.sources for article in articles.get(source.source_id, ())]
    titled = next((article for article in own if article.title), None)
    if titled is not None:
        return Title(titled.title or "", "headline", titled.date or "")
    opening = next((words for article in own if (words := _opening(article))), "")
    if opening and len(book.sources) == 1:
        return Title(f"“{opening}”", "opening", own[0].date or "")
    return Title(listed([file_of(source.uri) for source in book.sources[:3]]) or "Comments", "file", "")


def file_of(uri: str) -> str:
    """Return the last part of a path."""
    return uri.replace("\\", "/").rstrip("/").rpartition("/")[2] or uri


def _opening(article: Article) -> str:
    """Return the first words of an article behind its date; empty where it begins with no sentence."""
    text = article.text[: 10 * _LONGEST_OPENING]
    dated = _DATE.match(text)
    first = text[dated.end() if dated else 0 :].strip().partition("\n")[0]
    # signs in place of letters are a text that was left out
    if sum(any(map(str.isalpha, word)) for word in first.split()) < _FEWEST_WORDS:
        return ""
    return shorten(first, _LONGEST_OPENING, placeholder=" …")


def _articles(book: Book) -> dict[str, list[Article]]:
    found: dict[str, list[Article]] = {}
    for article in book.articles.values():
        found.setdefault(article.source_id, []).append(article)
    return found


def _read(book: Book, source: Source, articles: dict[str, list[Article]]) -> Read:
    unit = ("source", source.source_id)
    own = articles.get(source.source_id, [])
    found, stated = book.count("posts_found", unit), book.number("posts_stated", unit)
    return Read(
        uri=source.uri,
        file=file_of(source.uri),
        reader=source.reader,
        score=f"{book.number('reader_score', unit) or 0:.2f}",
        found=f"{found:,}",
        stated="" if stated is None else f"{stated:,.0f}",
        agrees=stated == found,
        sha256=source.sha256,
        article=next((a.title for a in own if a.title), ""),
        date=next((a.date for a in own if a.date), ""),
    )
