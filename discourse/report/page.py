"""One source as one HTML file."""

from collections.abc import Mapping
from functools import lru_cache

from discourse.report.basis.book import Book
from discourse.report.basis.rendering import packaged, render
from discourse.report.disputes.claims import conflicts
from discourse.report.disputes.disputes import disputes
from discourse.report.disputes.recurring import said_again
from discourse.report.frame.made import hides_words, made, withheld
from discourse.report.frame.masthead import masthead
from discourse.report.glance.glance import glance
from discourse.report.posts.thread import filters, trees
from discourse.report.quality.quality import quality
from discourse.report.rhetoric.markers import markers
from discourse.report.rhetoric.sides import side_rhetoric
from discourse.report.stance.stance import chapters
from discourse.tables import Tables


def render_report(tables: Tables, run: Mapping[str, object]) -> str:
    """Render one source's tables as a page that stands alone.

    Parameters
    ----------
    tables
        Valid under their schemas. Every figure shown is taken from `summary`; where that
        table is absent it is made first.
    run
        The run record. `error_rates`, a mapping of markers, `camps`, `loops` and whole kinds of labels to
        what was measured of each, and `meanings`, a mapping of markers to what each marks, are shown with
        these; all else is listed at the end.

    Returns
    -------
    str
        HTML that asks nothing of the network and shows the same without its script; the same bytes for the
        same tables and run.
    """
    rates, meanings = (_mapping(run.get(name)) for name in ("error_rates", "meanings"))
    book = Book.of(tables, meanings)
    laid = trees(book)
    return render(
        "report.html.j2",
        masthead=masthead(book, rates),
        glance=glance(book),
        disputes=disputes(book, rates),
        conflicts=conflicts(book),
        repeated=said_again(book),
        chapters=chapters(book, rates),
        markers=markers(book, rates),
        side_rhetoric=side_rhetoric(book),
        quality=quality(book, rates),
        trees=laid,
        filters=filters(book, laid),
        has_times=any(post.timestamp is not None for post in book.posts),
        made=made(book, run),
        withheld=withheld(run),
        quoted=str if hides_words(run) else _quoted,
        script=script(),
    )


def _quoted(claim: str) -> str:
    return f"“{claim}”"  # where words are left out, a claim is named and not quoted


@lru_cache(maxsize=1)
def script() -> str:
    """Return the report's script, without which it shows the same and cannot be filtered."""
    return packaged("report.js")


def _mapping(value: object) -> Mapping[str, str]:
    return value if isinstance(value, Mapping) else {}
