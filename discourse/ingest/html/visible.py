"""What of an element a reader sees, as text."""

import re
from collections.abc import Callable
from unicodedata import normalize
from urllib.parse import parse_qsl, urlsplit

from discourse.ingest.html.quoting import is_credit, is_quotation
from discourse.ingest.html.tags import BLOCKS, SPACED, UNSEEN
from discourse.ingest.html.tree import Element
from discourse.ingest.html.writer import CONTROLS, Writer

_HIDDEN_STYLE = re.compile(r"(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)", re.IGNORECASE)
_HIDDEN_CLASSES = frozenset(
    "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only element-invisible "
    "u-visually-hidden assistive-text a11y-hidden is-visually-hidden invisible offscreen".split()
)
_KEPT_STYLE = re.compile(r"white-space\s{0,9}:\s{0,9}(?:pre|break-spaces)", re.IGNORECASE)
_KEPT_CLASSES = frozenset("whitespace-pre-wrap whitespace-pre-line whitespace-pre pre-wrap pre-line".split())
_PORTRAIT = re.compile(r"avatar|gravatar|userpic|profile|portrait|spacer", re.IGNORECASE)
_EMOJI = re.compile(r"emoji|smil(?:ey|ie)|emoticon|smileys?/", re.IGNORECASE)
_CODE = re.compile(r":[\w+-]{1,40}:|[:;=8][-o*']?[()\[\]dDpPoO/|]")
_FILE = re.compile(r"\S{1,200}\.(?:jpe?g|png|gif|webp|svg|bmp)", re.IGNORECASE)
_SCHEME = re.compile(r"^(?:https?:)?//(?:www\.)?|^www\.", re.IGNORECASE)
_CUT = re.compile(r"(?:…|\.\.\.)$")

_ODD = frozenset("br img a q hr".split())  # what stands for more than its text

Skip = Callable[[Element], bool]


def visible_text(element: Element, skip: Skip | None = None, *, pictures: bool = False) -> str:
    """Return the text of an element as a browser shows it, in NFC; an element without text has an empty one.

    Parameters
    ----------
    skip
        Says of an element within whether it is left out, with all that it holds.
    pictures
        Whether the alternative text of every picture counts, not only that of emoji.
    """
    return _Reading(skip, pictures).read(element)


def plain_text(element: Element) -> str | None:
    """Return the text of an element that holds nothing but text, blanks as they stand; None of any other."""
    if element.tag in _ODD or any(not isinstance(child, str) for child in element.children):
        return None
    text = "".join(child for child in element.children if isinstance(child, str))
    return text if text.isascii() and text.isprintable() else normalize("NFC", CONTROLS.sub("", text))


def is_hidden(element: Element) -> bool:
    """Say whether an element's own markup keeps it from being seen."""
    attributes = element.attributes
    if not attributes:
        return False
    if "hidden" in attributes and attributes["hidden"].lower() != "until-found":
        return True
    style = attributes.get("style")
    if style and _HIDDEN_STYLE.search(style):
        return True
    return "class" in attributes and not _HIDDEN_CLASSES.isdisjoint(element.classes)


def picture_text(element: Element) -> str:
    """Return what stands for a picture: its alternative text, if that says anything."""
    attributes = element.attributes
    alt = attributes.get("alt", "").strip()
    if not alt or _FILE.fullmatch(alt) or _PORTRAIT.search(attributes.get("class", "")):
        return ""
    return "" if attributes.get("width") == attributes.get("height") == "1" else alt


def is_emoji(element: Element) -> bool:
    """Say whether a picture stands for a character: its name says so, or its text is a sign and no word."""
    attributes = element.attributes
    alt = attributes.get("alt", "").strip()
    if _EMOJI.search(attributes.get("class", "") + " " + attributes.get("src", "")[:300]):
        return True
    return len(alt) < 12 and (_CODE.fullmatch(alt) is not None or not any(char.isalnum() for char in alt))


def full_address(shown: str, element: Element) -> str | None:
    """Return the address that a link shows cut short ("example.org/a-lo…"); None where it does not."""
    cut = _CUT.search(shown)
    beginning = _SCHEME.sub("", shown[: cut.start()].strip()) if cut else ""
    if not beginning or " " in beginning:
        return None
    for address in _addresses(element):
        if _SCHEME.sub("", address).startswith(beginning):
            return address
    return None


def _addresses(element: Element) -> list[str]:
    # a redirecting link holds the address that it leads to; some sites put that into the title
    href = element.get("href").strip()
    try:
        inner = [value for _name, value in parse_qsl(urlsplit(href).query) if "://" in value]
    except ValueError:
        inner = []
    return [href, *inner, element.get("title").strip(), element.get("data-expanded-url").strip()]


class _Reading:
    """One walk over an element, without recursion."""

    def __init__(self, skip: Skip | None, pictures: bool) -> None:
        self.writer = Writer()
        self.pictures = pictures
        self.skip = skip
        self.kept = 0  # open elements whose blanks count
        self.links: list[tuple[int, int]] = []

    def read(self, top: Element) -> str:
        """Return the text within an element."""
        stack: list[tuple[Element | str, bool]] = [(child, False) for child in reversed(top.children)]
        if _keeps_blanks(top):
            self.kept = 1
        while stack:
            item, is_end = stack.pop()
            if isinstance(item, str):
                self._text(item)
            elif is_end:
                self._leave(item)
            elif self._is_seen(item):
                self._enter(item)
                if item.children:
                    stack.append((item, True))
                    stack.extend((child, False) for child in reversed(item.children))
                else:
                    self._leave(item)
        return self.writer.text()

    def _is_seen(self, element: Element) -> bool:
        if element.tag in UNSEEN or is_hidden(element):
            return False
        if element.tag == "noscript":  # shown again what scripts show; a browser shows one of the two
            return False
        return self.skip is None or not self.skip(element)

    def _text(self, text: str) -> None:
        if self.kept:
            self.writer.kept(text)
        else:
            self.writer.words(text)

    def _enter(self, element: Element) -> None:
        tag, writer = element.tag, self.writer
        if tag == "br":
            writer.end_line()
        elif tag == "img":
            writer.words(picture_text(element) if self.pictures or is_emoji(element) else "")
        elif tag == "a":
            self.links.append(writer.mark())
        elif tag == "q":
            writer.words("“")
        elif tag in ("td", "th"):
            writer.words(" ")
        if tag in BLOCKS:
            writer.end_block(spaced=tag in SPACED)
        if is_quotation(element):
            writer.open_quotation()
        if _keeps_blanks(element):
            self.kept += 1

    def _leave(self, element: Element) -> None:
        tag, writer = element.tag, self.writer
        if _keeps_blanks(element):
            self.kept -= 1
        if tag == "a":
            self._end_link(element)
        elif tag == "q":
            writer.words("”")
        if is_quotation(element):
            writer.close_quotation()
        elif is_credit(element) and _heads_quotation(element):
            writer.end_credit()
        if tag in BLOCKS:
            writer.end_block(spaced=tag in SPACED)

    def _end_link(self, element: Element) -> None:
        mark = self.links.pop()
        shown = self.writer.since(mark)
        if shown and len(shown) < 500:
            address = full_address(shown.strip(), element)
            if address is not None:
                self.writer.replace(mark, address)


def _keeps_blanks(element: Element) -> bool:
    if element.tag in ("pre", "listing", "xmp"):
        return True
    attributes = element.attributes
    if "style" in attributes and _KEPT_STYLE.search(attributes["style"]):
        return True
    return "class" in attributes and not _KEPT_CLASSES.isdisjoint(element.classes)


def _heads_quotation(element: Element) -> bool:
    """Say whether nothing but blanks stands before a credit in its quotation."""
    inner: Element = element
    for _level in range(6):
        above = inner.parent
        if above is None:
            return False
        before = above.children[: inner.place] if inner.place < 6 else [element]
        if any(not isinstance(child, str) or child.strip() for child in before):
            return False
        if is_quotation(above):
            return True
        inner = above
    return False
