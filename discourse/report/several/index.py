"""Several sources side by side, and what recurs in them."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from msgspec import Struct

from discourse.report.basis.book import Book
from discourse.report.basis.rendering import render
from discourse.report.basis.titles import title_of
from discourse.report.basis.words import counted, listed, plain
from discourse.report.frame.made import made_of_several
from discourse.report.several.across import PageRef, Recurrence, recurrence
from discourse.summary import RUN
from discourse.summary.across import SourceFacts, source_facts
from discourse.summary.headlines import shortened
from discourse.tables import Tables

STYLES = ("base", "masthead", "index", "quality", "narrow", "print")
SHOWN_DISPUTES, SHOWN_TARGETS, SHOWN_MARKERS = 3, 4, 3  # of each page
QUESTION, TITLE = 160, 90  # characters of a question and of a page's title
FEWEST_WORDS = 200  # of a source from which rates of its markers are shown
_DASH = "–"


class IndexEntry(Struct, frozen=True, kw_only=True):
    """One source of a run: read into tables, or left with the reason why not."""

    name: str  # as the user named it
    tables: Tables | None = None  # at least `sources`, `articles` and `summary`; None where none were found
    href: str = ""  # the report, relative to the index, with forward slashes; empty where there is none
    reason: str = ""  # why there is none, in one line


class _Line(Struct, frozen=True):
    page: PageRef
    name: str
    posts: int
    stated: str
    agrees: bool
    authors: str
    links: str
    guesses: str
    loops: str
    share: str  # of posts that are turns of a dispute, in per cent; empty where there is none
    bar: float  # the same, 0 to 100
    camps: str
    rate: str  # markers per 1,000 own words
    since: str
    until: str
    disputes: list[tuple[str, str]]  # link into the report, question
    more_disputes: str
    targets: str
    markers: str


def render_index(entries: Iterable[IndexEntry], run: Mapping[str, object]) -> str:
    """Render the page that leads to the reports of a run, sources in the order given.

    Entries are taken one by one, so that only one source need be held at a time; see `Overview`.
    """
    overview = Overview()
    for entry in entries:
        overview.add(entry)
    return overview.render(run)


class Overview:
    """The page that leads to the reports of a run, made as its sources come; it holds none of their posts."""

    def __init__(self) -> None:
        self._lines: list[_Line] = []
        self._facts: list[SourceFacts] = []
        self._silent: list[IndexEntry] = []

    def add(self, entry: IndexEntry) -> None:
        """Take in the next source; its tables are not kept."""
        if entry.tables is None:
            self._silent.append(entry)
            return
        self._lines.append(_line(entry, entry.tables, len(self._lines) + 1))
        self._facts.append(source_facts(entry.tables))

    def render(self, run: Mapping[str, object]) -> str:
        """Render the page from what was taken in; the same bytes for the same sources and run."""
        found = recurrence(self._facts, [line.page for line in self._lines])
        return render(
            "index.html.j2",
            styles=STYLES,
            lede=_lede(self._lines, self._facts, found),
            lines=self._lines,
            recurs=found,
            silent=self._silent,
            made=made_of_several(run),
        )


def _line(entry: IndexEntry, tables: Tables, number: int) -> _Line:
    book = Book.of(_of_run(tables))
    stated, share = book.number("posts_stated"), book.number("posts_in_loops_share")
    # quoted, and led by ./, so that a file's name is never read as a scheme or a query
    href = "./" + quote(entry.href, safe="/") if entry.href else ""
    since, until = _times(tables)
    loops = book.count("loops")
    return _Line(
        page=PageRef(number, shortened(title_of(book), TITLE), href),
        name=entry.name,
        posts=book.count("posts_found"),
        stated="" if stated is None else f"{stated:,.0f}",
        agrees=stated == book.count("posts_found"),
        authors=f"{book.count('authors'):,}",
        links=f"{book.count('links'):,}",
        guesses=_guesses(book),
        loops=f"{loops:,}",
        share=f"{100 * share:.0f} %" if loops and share is not None else "",
        bar=round(100 * (share or 0.0), 1) if loops else 0.0,
        camps=_camps(book),
        rate=_rate(book.number("markers_per_1000")) if _is_told(book) else _DASH,
        since=since,
        until=until if until != since else "",
        disputes=_disputes(tables, href),
        more_disputes=f"{loops - SHOWN_DISPUTES:,} more" if loops > SHOWN_DISPUTES else "",
        targets=_targets(tables),
        markers=_markers(book),
    )


def _of_run(tables: Tables) -> Tables:
    """Keep of a summary the figures of the whole source: of its posts and authors nothing is shown here."""
    if "summary" not in tables:
        return tables
    summary = tables["summary"]
    return tables.replace(summary=summary[summary["unit_kind"] == RUN[0]])


def _guesses(book: Book) -> str:
    guessed = book.count("links_guessed")
    if not guessed:
        return "none a guess" if book.count("links") else ""
    return "1 is a guess" if guessed == 1 else f"{guessed:,} are guesses"


def _camps(book: Book) -> str:
    sizes = book.metrics("authors_in_camps")
    return " : ".join(f"{size:,.0f}" for size in sizes.values()) if any(sizes.values()) else ""


def _is_told(book: Book) -> bool:
    """Say whether a rate of markers means anything: enough words, in a language that the makers know."""
    return book.count("own_words") >= FEWEST_WORDS and not book.hears_nobody


def _rate(value: float | None) -> str:
    return _DASH if value is None else f"{value:.1f}"


def _times(tables: Tables) -> tuple[str, str]:
    """Return the days of the first and the last post; empty where the page gives no times."""
    times = tables["posts"]["timestamp"].dropna()
    return (str(times.min())[:10], str(times.max())[:10]) if len(times) else ("", "")


def _disputes(tables: Tables, href: str) -> list[tuple[str, str]]:
    questions = tables["loops"].drop_duplicates("loop_id")["question"].tolist()[:SHOWN_DISPUTES]
    return [
        (f"{href}#d{number}" if href else "", shortened(str(question), QUESTION))
        for number, question in enumerate(questions, start=1)
    ]


def _targets(tables: Tables) -> str:
    table = tables["targets"].groupby("target", sort=True)["mentions"].sum()
    foremost = sorted(table.items(), key=lambda row: (-int(row[1]), str(row[0])))[:SHOWN_TARGETS]
    return ", ".join(f"{shortened(str(name), 40)} {mentions:,}" for name, mentions in foremost)


def _markers(book: Book) -> str:
    counts = book.metrics("markers")
    if book.hears_nobody:
        return "not looked at: no comment is in English"
    if not _is_told(book):
        return f"too few words for a rate ({counted(int(sum(counts.values())), 'marker')})"
    foremost = sorted(counts, key=lambda label: (-counts[label], label))[:SHOWN_MARKERS]
    return ", ".join(
        f"{plain(label)} {_rate(book.number(f'markers_per_1000.{label}'))}" for label in foremost
    )


def _lede(lines: list[_Line], facts: list[SourceFacts], found: Recurrence) -> str:
    if not lines:
        return ""
    posts = sum(line.posts for line in lines)
    disputes = sum(len(one.disputes) for one in facts)
    verb = "argument goes" if disputes == 1 else "arguments go"
    words = f"{counted(len(lines), 'page')} with {counted(posts, 'comment')}; "
    words += f"{counted(disputes, verb, verb)} round in circles."
    recurs = [
        counted(total, one, many)
        for total, one, many in (
            (found.authors.total, "name", "names"),
            (found.disputes.total, "dispute", "disputes"),
            (found.targets.total, "target", "targets"),
        )
        if total
    ]
    return f"{words} On more than one page: {listed(recurs)}." if recurs else words
