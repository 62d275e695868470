"""Several sources side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from discourse.report.book import Book
from discourse.report.page import render, run_facts
from discourse.report.reading import title_of
from discourse.tables import Tables


@dataclass(frozen=True, kw_only=True)
class IndexEntry:
    """One source of a run: read into tables, or left with the reason why not."""

    name: str  # as the user named it
    tables: Tables | None = None  # at least `sources`, `articles` and `summary`; None where none were found
    href: str = ""  # the report, relative to the index, with forward slashes; empty where there is none
    reason: str = ""  # why there is none, in one line


@dataclass(frozen=True)
class _Line:
    name: str
    title: str
    href: str
    found: str
    stated: str
    agrees: bool
    authors: str
    links: str
    guesses: str
    loops: str


def render_index(entries: Iterable[IndexEntry], run: Mapping[str, object]) -> str:
    """Render the page that leads to the reports of a run, sources in the order given."""
    known = list(entries)
    lines = [_line(entry, entry.tables) for entry in known if entry.tables is not None]
    return render(
        "index.html.j2",
        lines=lines,
        silent=[entry for entry in known if entry.tables is None],
        run=run_facts(run),
    )


def _line(entry: IndexEntry, tables: Tables) -> _Line:
    book = Book.of(tables)
    stated = book.number("posts_stated")
    return _Line(
        name=entry.name,
        title=title_of(book),
        # quoted, and led by ./, so that a file's name is never read as a scheme or a query
        href="./" + quote(entry.href, safe="/") if entry.href else "",
        found=f"{book.count('posts_found'):,}",
        stated="" if stated is None else f"{stated:,.0f}",
        agrees=stated == book.count("posts_found"),
        authors=f"{book.count('authors'):,}",
        links=f"{book.count('links'):,}",
        guesses=f"{book.count('links_guessed'):,}",
        loops=f"{book.count('loops'):,}",
    )
