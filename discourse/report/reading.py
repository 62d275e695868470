"""What was read, and how sure: the first things that a report says."""

from dataclasses import dataclass

from discourse.model import Article, Fault, Source
from discourse.report.book import Book
from discourse.report.spans import UNSURE_BELOW
from discourse.report.words import ENGLISH, EVIDENCE, LANGUAGES, LAYERS, STATES, counted, listed
from discourse.tables import rows_of


@dataclass(frozen=True)
class Bar:
    """One line of a small bar list."""

    key: str
    words: str
    figure: str
    share: float  # 0 to 100


@dataclass(frozen=True)
class Read:
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


@dataclass(frozen=True)
class Reading:
    """The report's first section."""

    title: str
    lede: str
    sources: list[Read]
    links: list[Bar]
    guesses: str
    coverage: list[Bar]
    languages: str  # on how many posts the English makers could speak; empty where no language was counted
    faults: list[Fault]
    fault_count: str


def reading(book: Book) -> Reading:
    """Say what was read, from the tables and their summary alone."""
    return Reading(
        title=title_of(book),
        lede=_lede(book),
        sources=[_read(book, source) for source in book.sources],
        links=_links(book),
        guesses=_guesses(book),
        coverage=_coverage(book),
        languages=_languages(book),
        faults=list(rows_of(Fault, book.tables["faults"])),
        fault_count=f"{book.count('faults'):,}",
    )


def title_of(book: Book) -> str:
    """Return the article's title, else the sources' names."""
    own = {source.source_id for source in book.sources}
    articles = rows_of(Article, book.tables["articles"])
    titles = [article.title for article in articles if article.title and article.source_id in own]
    if titles:
        return titles[0]
    files = [_file(source.uri) for source in book.sources]
    return listed(files[:3]) or "Comments"


def _file(uri: str) -> str:
    return uri.replace("\\", "/").rstrip("/").rpartition("/")[2] or uri


def _lede(book: Book) -> str:
    posts, links = book.count("posts_found"), book.count("links")
    first = f"{counted(posts, 'comment').capitalize()} by {counted(book.count('authors'), 'author')}, "
    first += f"{links:,} of them in answer to another." if links else "none of them linked to another."
    loops = book.count("loops")
    if not loops:
        return f"{first} No argument was found to go round in circles."
    states = book.metrics("loops.state")
    ends = [f"{count:,.0f} {STATES.get(state, state).partition(':')[0]}" for state, count in states.items()]
    verb = "argument goes" if loops == 1 else "arguments go"
    unsure = sum(loop.score < UNSURE_BELOW for loop in book.loops)
    doubt = f"; {unsure:,} of them unsure" if unsure else ""
    return f"{first} {counted(loops, verb, verb).capitalize()} round in circles: {listed(ends)}{doubt}."


def _read(book: Book, source: Source) -> Read:
    unit = ("source", source.source_id)
    articles = [a for a in rows_of(Article, book.tables["articles"]) if a.source_id == source.source_id]
    found, stated = book.count("posts_found", unit), book.number("posts_stated", unit)
    return Read(
        uri=source.uri,
        file=_file(source.uri),
        reader=source.reader,
        score=f"{book.number('reader_score', unit) or 0:.2f}",
        found=f"{found:,}",
        stated="" if stated is None else f"{stated:,.0f}",
        agrees=stated == found,
        sha256=source.sha256,
        article=next((a.title for a in articles if a.title), ""),
        date=next((a.date for a in articles if a.date), ""),
    )


def _links(book: Book) -> list[Bar]:
    total = book.count("posts_found") or 1
    bars = [Bar(k, EVIDENCE[k], f"{n:,.0f}", 100 * n / total) for k, n in book.metrics("links").items() if n]
    roots = book.count("roots")
    return [*bars, Bar("none", "answers nobody, as far as can be seen", f"{roots:,}", 100 * roots / total)]


def _guesses(book: Book) -> str:
    links, guessed = book.count("links"), book.count("links_guessed")
    if not links:
        return "No post could be linked to another."
    if not guessed:
        words = f"None of the {counted(links, 'link')} is a guess."
    else:
        stated = book.count("links_stated")
        words = f"Of {counted(links, 'link')}, {stated:,} can be seen on the page; {guessed:,} "
        words += "is a guess" if guessed == 1 else "are guesses"
        words += " (inferred, or with a score below 0.50), and each is marked as such."
    missing = book.count("links_missing")
    return words + (f" {counted(missing, 'link')} led to a post that is not here." if missing else "")


def _coverage(book: Book) -> list[Bar]:
    bars = []
    for layer in book.metrics("coverage"):
        posts = counted(book.count(f"posts_with.{layer}"), "post")
        percent = 100 * (book.number(f"coverage.{layer}") or 0.0)
        bars.append(Bar(layer, LAYERS.get(layer, layer), f"{percent:.0f} % ({posts})", percent))
    return bars


def _languages(book: Book) -> str:
    """Say on how many posts the makers that know English alone could speak at all."""
    counts = {language: int(count) for language, count in book.metrics("languages").items()}
    if not counts:
        return ""
    unknown = counts.pop("unknown", 0)
    english = counts.pop("en", 0)
    heard = [f"{english:,} in English"] * bool(english) + [f"{unknown:,} in a language not told"] * bool(
        unknown
    )
    posts = f"{english + unknown:,} of {counted(book.count('posts_found'), 'post')}"
    words = f"The makers of {ENGLISH} know English alone: they could speak on {posts}"
    words += f" ({listed(heard)})" if heard else ""
    others = [f"{count:,} in {LANGUAGES.get(language, language)}" for language, count in counts.items()]
    return f"{words}, and left out {listed(others)}." if others else f"{words}."
