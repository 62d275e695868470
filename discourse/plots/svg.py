"""A figure as inline SVG: the same bytes each time, fit to stand with others in one page."""

import io
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Xml  # what is parsed is matplotlib's own output

from discourse.plots.style import VARIABLES, quiet_style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_HREF = f"{{{_XLINK}}}href"
_REFERENCE = re.compile(r"url\(#([^)]*)\)")


def svg_of(figure: "Figure", *, prefix: str = "figure", title: str = "") -> str:
    """Draw a figure as one ``<svg>`` element to be put into an HTML page.

    Parameters
    ----------
    prefix
        Begins every id of the element; must differ between the figures of a page.
    title
        What the figure shows, in words, for those who do not see it; none where it is empty.

    Returns
    -------
    str
        Without XML declaration, metadata, style sheet or any id that nothing refers to.
        Colours of the palette become CSS variables, the printed colour their fallback.
    """
    buffer = io.StringIO()
    with quiet_style():
        figure.savefig(buffer, format="svg", metadata={"Date": None}, bbox_inches="tight", pad_inches=0.02)
    root = Xml.fromstring(buffer.getvalue())  # noqa: S314
    _strip(root)
    _rename(root, prefix)
    _theme(root)
    _describe(root, prefix, title)
    Xml.register_namespace("", _SVG)
    Xml.register_namespace("xlink", _XLINK)
    return Xml.tostring(root, encoding="unicode")


def _strip(root: Xml.Element) -> None:
    for parent in list(root.iter()):
        for child in list(parent):
            # matplotlib's style sheet speaks of `*`, which in a page would be everything
            if child.tag.endswith("}metadata") or child.tag == f"{{{_SVG}}}style":
                parent.remove(child)


def _rename(root: Xml.Element, prefix: str) -> None:
    """Prefix the ids that something refers to; drop the others."""
    values = [value for element in root.iter() for value in element.attrib.values()]
    used = {found for value in values for found in _REFERENCE.findall(value)}
    used |= {element.get(_HREF, "#")[1:] for element in root.iter()}
    for element in root.iter():
        name = element.attrib.pop("id", None)
        if name in used:
            element.set("id", f"{prefix}-{name}")
        for key, value in list(element.attrib.items()):
            if key == _HREF:
                element.set(key, f"#{prefix}-{value[1:]}")
            else:
                element.set(key, _REFERENCE.sub(rf"url(#{prefix}-\1)", value))


def _theme(root: Xml.Element) -> None:
    for element in root.iter():
        style = element.get("style")
        if style is not None:
            for colour, variable in VARIABLES.items():
                style = style.replace(colour, f"var({variable}, {colour})")
            element.set("style", style)


def _describe(root: Xml.Element, prefix: str, title: str) -> None:
    # drawn in points, shown in CSS pixels of the same number: 9 pt text stands as 12 px
    for side in ("width", "height"):
        root.set(side, f"{float(root.get(side, '0').removesuffix('pt')) * 4 / 3:.0f}")
    root.set("style", "stroke-linejoin: round; stroke-linecap: butt")
    root.set("class", "chart")
    if not title:
        root.set("aria-hidden", "true")
        return
    root.set("role", "img")
    root.set("aria-labelledby", f"{prefix}-title")
    words = Xml.Element(f"{{{_SVG}}}title", {"id": f"{prefix}-title"})
    words.text = "".join(char for char in title if char >= " ")
    root.insert(0, words)
