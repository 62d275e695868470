"""A template filled and made safe: the page's frame, its style, its policy."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from discourse.report.basis.compiled import Compiled

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


@lru_cache
def _style(parts: tuple[str, ...]) -> Markup:
    return Markup("\n".join(packaged(f"css/{part}.css") for part in parts))  # noqa: S704 - of this package


def packaged(name: str) -> str:
    """Return a file that stands beside the templates."""
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
        bytecode_cache=Compiled(Path(str(files("discourse.report"))) / "templates", __file__),
    )
    made.filters["drawn"] = _drawn
    made.filters["still"] = _still
    return made


def run_facts(run: Mapping[str, object]) -> list[tuple[str, str]]:
    """List a record for reading; nested values as JSON."""
    return [
        (
            name.replace("_", " "),
            value if isinstance(value, str) else json.dumps(value, default=str, sort_keys=True),
        )
        for name, value in run.items()
    ]


def _still(text: str) -> str:
    # an attribute has no element that could keep a direction to itself
    return _TURNING.sub("", text)


def _drawn(svg: str) -> Markup:
    # the only thing let through as it is: charts are built element by element and their texts escaped
    return Markup(svg)  # noqa: S704
