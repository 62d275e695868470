"""The text of a fragment of HTML, such as exports hold: what a reader of the page sees."""

import re
from unicodedata import normalize

from discourse.ingest.html.entities import resolve_entities
from discourse.ingest.html.tree import Element, parse
from discourse.ingest.html.visible import full_address, visible_text
from discourse.ingest.html.writer import Writer

# most fragments hold nothing else; anything odd about them is left to the parser
_PLAIN_TAG = re.compile(
    r"(</?(?:p|br|i|b|em|strong|u|s|del|small|sub|sup)\s?/?>|<a\s[^<>]{1,2000}>|</a>)", re.IGNORECASE
)
_ODD_LINK = re.compile(r"""\b(?:hidden|style|class)\b|^[^"]*'|/>$""", re.IGNORECASE)
_OWN_BREAKS = re.compile(r"<(?:p|br|div|pre|li|tr|blockquote)\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([^\s\"=<]++)\s*+=\s*+\"([^\"]*+)\"")


def text_of(fragment: str, *, breaks: bool = False) -> str:
    """Return the visible text of a fragment of HTML, in NFC.

    Blocks and `<br>` break lines, paragraphs leave a blank line between them; other blanks are
    one, but for `<pre>`. Lines of a `<blockquote>`, or of what sites use in its place, begin with
    "> ", nested ones with "> > ", so that they are found as marked quotations; the name that a
    quotation is headed with stands on a line of its own above. A link whose text is its own
    address cut short gives the whole address, a picture its alternative text. Scripts, styles and
    hidden elements give nothing. No fragment is refused; an empty one gives an empty text.

    A text without "<" is taken for plain: its line breaks are kept.

    Parameters
    ----------
    breaks
        Whether line breaks of the fragment count where it has no paragraphs or `<br>`, as in what
        WordPress stores.
    """
    if "<" not in fragment:
        plain = resolve_entities(fragment)
        return plain if plain.isascii() and "\r" not in plain and "\0" not in plain else _normal(plain)
    if breaks and "\n" in fragment and _OWN_BREAKS.search(fragment) is None:
        fragment = f"<pre>\n{fragment}</pre>"
    plain_text = _plainly_marked(fragment)
    return visible_text(parse(fragment).root, pictures=True) if plain_text is None else plain_text


def _plainly_marked(fragment: str) -> str | None:
    """Return the text of a fragment with only the plainest tags; None where it has others."""
    pieces = _PLAIN_TAG.split(fragment)
    if any("<" in text for text in pieces[::2]):
        return None
    writer = Writer()
    link: Element | None = None
    mark = (0, 0)
    for number, piece in enumerate(pieces):
        if not number % 2:
            writer.words(resolve_entities(piece))
        elif piece[:2] in ("<a", "<A"):
            if link is not None or piece.count('"') % 2 or _ODD_LINK.search(piece):
                return None
            link, mark = Element("a", None, 0, _attributes(piece)), writer.mark()
        elif piece[:3] in ("</a", "</A"):
            _end_link(writer, link, mark)
            link = None
        else:
            _break(writer, piece)
    return writer.text()


def _attributes(tag: str) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for name, value in _ATTRIBUTE.findall(tag):
        found.setdefault(name.lower(), resolve_entities(value))
    return found


def _end_link(writer: Writer, link: Element | None, mark: tuple[int, int]) -> None:
    shown = writer.since(mark) if link is not None else None
    if link is not None and shown:
        address = full_address(shown.strip(), link)
        if address is not None:
            writer.replace(mark, address)


def _break(writer: Writer, tag: str) -> None:
    name = tag.strip("</ >").lower()
    if name == "p":
        writer.end_block(spaced=True)
    elif name == "br":
        writer.end_line()


def _normal(text: str) -> str:
    text = text.replace("\0", "")
    return normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
