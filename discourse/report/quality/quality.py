"""How sure a report is: what to check first, what is known of errors, and what was read."""

from collections.abc import Mapping

from msgspec import Struct

from discourse.report.basis.book import Book
from discourse.report.basis.titles import SourcesRead, sources_read
from discourse.report.basis.words import ENGLISH, EVIDENCE, LANGUAGES, LAYERS, counted, listed
from discourse.report.quality.corrections import Corrections, corrections
from discourse.report.quality.doubt_groups import Group
from discourse.report.quality.doubts import doubts
from discourse.report.quality.errors_known import Known, errors_known


class Bar(Struct, frozen=True):
    """One line of a small bar list."""

    key: str
    words: str
    figure: str
    share: float  # 0 to 100


class Quality(Struct, frozen=True):
    """The report's section on doubt."""

    doubts: list[Group]
    known: Known
    sources: SourcesRead
    links: list[Bar]
    guesses: str
    coverage: list[Bar]
    languages: str  # on how many posts the English makers could speak; empty where no language was counted
    is_faultless: bool
    corrections: Corrections | None  # None where nobody has reviewed anything


def quality(book: Book, error_rates: Mapping[str, object]) -> Quality:
    """Say how sure a report is, from the tables and their summary.

    Parameters
    ----------
    error_rates
        Of the run's record: what was measured of each kind of label.
    """
    return Quality(
        doubts=doubts(book),
        known=errors_known(book, error_rates),
        sources=sources_read(book),
        links=_links(book),
        guesses=_guesses(book),
        coverage=_coverage(book),
        languages=_languages(book),
        is_faultless=not len(book.tables["faults"]),
        corrections=corrections(book),
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
    heard = [f"{english:,} in English"] * bool(english)
    heard += [f"{unknown:,} in a language not told"] * bool(unknown)
    posts = f"{english + unknown:,} of {counted(book.count('posts_found'), 'post')}"
    words = f"The makers of {ENGLISH} know English alone: they could speak on {posts}"
    words += f" ({listed(heard)})" if heard else ""
    others = [f"{count:,} in {LANGUAGES.get(language, language)}" for language, count in counts.items()]
    return f"{words}, and left out {listed(others)}." if others else f"{words}."
