"""One source as one HTML file."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from discourse.report.book import Book
from discourse.report.claims import conflicts
from discourse.report.disputes import disputes
from discourse.report.glance import glance
from discourse.report.made import hides_words, made, withheld
from discourse.report.markers import markers
from discourse.report.masthead import masthead
from discourse.report.quality import quality
from discourse.report.recurring import said_again
from discourse.report.sides import side_rhetoric
from discourse.report.stance import chapters
from discourse.report.thread import filters, trees
from discourse.tables import Tables

# control signs that HTML forbids, shown as the pictures that Unicode has for them; and signs that overrule
# directions, with which a name could be made to read as another
_PICTURES = {
    **{code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)},
    0x7F: 0x2421,
    **dict.fromkeys(range(0x202A, 0x202F), 0xFFFD),
}

_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # signs that turn the direction of what follows

# parts of the style sheet, the general ones first; those of one section keep to its own names
STYLES = (
    "base",
    "masthead",
    "glance",
    "disputes",
    "stance",
    "markers",
    "quality",
    "posts",
    "narrow",
    "print",
)
WITH_LABELS = ("error_rates", "meanings")  # of a run's record: shown with the labels that they speak of


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
    rates, meanings = (_mapping(run.get(name)) for name in WITH_LABELS)
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
    return _packaged("report.js")


@lru_cache
def _style(parts: tuple[str, ...]) -> Markup:
    return Markup("\n".join(_packaged(f"css/{part}.css") for part in parts))  # noqa: S704 - of this package


def _packaged(name: str) -> str:
    return (files("discourse.report") / "templates" / name).read_text(encoding="utf-8")


def render(template: str, *, script: str = "", styles: Sequence[str] = STYLES, **values: object) -> str:
    """Fill a template; what comes out can always be written as UTF-8.

    Parameters
    ----------
    styles
        Which parts of the style sheet the page has, in their order.
    script
        Code of ours that the page runs; its own policy admits these very bytes and no others.
    """
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    page = (
        environment()
        .get_template(template)
        .render(
            style=_style(tuple(styles)),
            script=Markup(script),  # noqa: S704 - a file of this package
            script_hash=Markup(f"'sha256-{digest}'") if script else "",  # noqa: S704
            **values,
        )
    )
    return page.translate(_PICTURES).encode("utf-8", "replace").decode("utf-8")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates' surroundings: escaping always on, unknown names an error."""
    made = Environment(
        loader=PackageLoader("discourse.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["drawn"] = _drawn
    made.filters["still"] = _still
    return made


def _mapping(value: object) -> Mapping[str, str]:
    return value if isinstance(value, Mapping) else {}


def run_facts(run: Mapping[str, object]) -> list[tuple[str, str]]:
    """List a run record for reading, what is said with each label left out; nested values as JSON."""
    return [
        (
            name.replace("_", " "),
            value if isinstance(value, str) else json.dumps(value, default=str, sort_keys=True),
        )
        for name, value in run.items()
        if name not in WITH_LABELS
    ]


def _still(text: str) -> str:
    # an attribute has no element that could keep a direction to itself
    return _TURNING.sub("", text)


def _drawn(svg: str) -> Markup:
    # the only thing let through as it is: svg_of builds it element by element and escapes its texts
    return Markup(svg)  # noqa: S704
