"""A post's text cut at every boundary of every mark, so that nested and overlapping marks all show."""

from collections.abc import Sequence
from itertools import pairwise
from textwrap import shorten

from msgspec import Struct

from discourse.model import Annotation
from discourse.report.basis.book import Book
from discourse.report.basis.words import REPLIES, STANCES, UNSURE_BELOW, marker_anchor, plain

_CLAIM = 90  # characters of a claim that stands in no dispute
_ENTRY = 48  # of a lexicon's pattern, which the tables hold whole


class Mark(Struct, frozen=True):
    """One label on a post, with the words that explain it."""

    number: int  # 1-based within the post
    start: int
    end: int
    style: str  # CSS classes
    layer: str
    label: str
    what: str  # such as "hedge" or "against Town hall"
    href: str  # where the report says more of it; empty where nowhere
    why: str  # the entry, detail or span behind it; empty where none is known
    maker: str  # with its version, and those that saw the same
    score: str
    unsure: bool
    whole: bool  # said of the whole post, not of a stretch of it
    quote: str
    names: bool = True  # whether what it says holds words of others, whose direction is their own
    sign: str = ""  # A or B of a claim's side, + or − of a stance: so that colour is not alone


class Segment(Struct, frozen=True):
    """A stretch of text on which the same marks lie."""

    text: str
    style: str  # CSS classes of all its marks; empty where it has none
    marks: str  # numbers of its marks, with blanks between
    ends: str  # numbers and signs of the marks that end with it, with commas between


def cut(text: str, marks: Sequence[Mark]) -> list[Segment]:
    """Cut a text into segments that joined give the text again.

    Offsets beyond the text are taken to be its end. A text without marks is one segment.
    """
    spans = [(max(0, m.start), min(len(text), m.end), m) for m in marks]
    spans = [span for span in spans if span[0] < span[1]]
    if not spans:
        return [Segment(text, "", "", "")] if text else []
    starts: dict[int, list[Mark]] = {}
    ends: dict[int, list[Mark]] = {}
    for start, end, mark in spans:
        starts.setdefault(start, []).append(mark)
        ends.setdefault(end, []).append(mark)
    edges = sorted({0, len(text), *starts, *ends})
    active: dict[int, Mark] = {}
    segments: list[Segment] = []
    for left, right in pairwise(edges):
        for mark in ends.get(left, ()):
            active.pop(mark.number, None)
        active |= {mark.number: mark for mark in starts.get(left, ())}
        segments.append(_segment(text[left:right], list(active.values()), ends.get(right, [])))
    return segments


def _segment(text: str, marks: list[Mark], ending: list[Mark]) -> Segment:
    classes = dict.fromkeys(name for mark in marks for name in mark.style.split())
    ending = sorted(ending, key=lambda mark: mark.number)
    return Segment(
        text,
        " ".join(classes),
        " ".join(str(number) for number in sorted(mark.number for mark in marks)),
        ",".join(f"{mark.number}{mark.sign}" for mark in ending),
    )


def marks_of(book: Book, post_id: str) -> list[Mark]:
    """Return the marks of a post, numbered in text order; agreement is always of the whole post."""
    rows = book.marks.get(post_id)
    if not rows:
        return []
    text = book.by_id[post_id].text
    quoted = [(row.start, row.end) for row in rows if row.layer == "quote"]
    first, last = _own_bounds(text, quoted)
    return [
        Mark(
            number=number,
            start=row.start,
            end=row.end,
            style=_style(book, row),
            layer=row.layer,
            label=row.label,
            what=_what(book, row),
            href=_href(book, row),
            why=_why(book, row),
            maker=row.annotator + (f" (also {row.also})" if row.also else ""),
            score=f"{row.score:.2f}",
            unsure=row.score < UNSURE_BELOW,
            whole=row.layer == "reply" or (row.layer != "quote" and row.start <= first and row.end >= last),
            quote=row.quote,
            names=row.layer in ("stance", "claim", "quote") or not _is_answered(book, row),
            sign=_sign(book, row),
        )
        for number, row in enumerate(rows, start=1)
    ]


def _own_bounds(text: str, quoted: list[tuple[int, int]]) -> tuple[int, int]:
    """Return where a post's own words begin and end; a post of quotations alone ends nowhere."""
    first, last = 0, len(text.rstrip())
    for start, end in quoted:
        if not text[first:start].strip():
            first = max(first, end)
    for start, end in reversed(quoted):
        if not text[end:last].strip():
            last = min(last, start)
    own = text[first:last]
    start = first + len(own) - len(own.lstrip())
    end = first + len(own.rstrip())
    return (start, end) if start < end else (0, len(text) + 1)


def _style(book: Book, row: Annotation) -> str:
    unsure = " unsure" if row.score < UNSURE_BELOW else ""
    if row.layer == "claim":
        side = book.claim_sides.get(row.target or "")
        return f"claim{f' side-{side.letter}' if side else ''}{unsure}"
    return f"stance {row.label}{unsure}" if row.layer == "stance" else f"{row.layer}{unsure}"


def _sign(book: Book, row: Annotation) -> str:
    if row.layer == "stance":
        return {"favor": "+", "against": "−"}.get(row.label, "")
    side = book.claim_sides.get(row.target or "") if row.layer == "claim" else None
    return side.letter.upper() if side else ""


def _what(book: Book, row: Annotation) -> str:
    if row.layer == "rhetoric":
        return plain(row.label)
    if row.layer == "claim":
        side = book.claim_sides.get(row.target or "")
        if side is not None:
            return f"{row.label} side {side.letter.upper()} of dispute {side.loop}"
        claim = book.claims.get(row.target or "")
        words = claim.text if claim else str(row.target)
        return f"{row.label} the claim “{shorten(words, _CLAIM, placeholder=' …')}”"
    if row.layer == "stance":
        return f"{STANCES.get(row.label, row.label)} {row.target}"
    if row.layer == "reply":
        words = REPLIES.get(row.label, row.label)
        return f"{words} {'it' if _is_answered(book, row) else _post_words(book, row.target)}"
    return "quotes " + _post_words(book, row.target)


def _href(book: Book, row: Annotation) -> str:
    """Return where the report says what a marker means, how its dispute went, or what is quoted."""
    if row.layer == "rhetoric":
        return f"#{marker_anchor(row.label)}"
    if row.layer == "claim":
        side = book.claim_sides.get(row.target or "")
        return f"#d{side.loop}" if side else ""
    ref = book.refs.get(row.target or "")
    quoted = row.layer == "quote" or (row.layer == "reply" and not _is_answered(book, row))
    return f"#{ref.anchor}" if ref and quoted else ""


def _is_answered(book: Book, row: Annotation) -> bool:
    """Say whether a label speaks of the post that is answered, which the post names anyway."""
    return book.by_id[row.post_id].reply_to == row.target


def _why(book: Book, row: Annotation) -> str:
    parts = []
    if row.layer == "quote" and row.detail:
        parts.append(f"taken from {_post_words(book, row.detail)}")
    elif row.detail:
        parts.append(f"kind: {row.detail}")
    if row.entry:
        parts.append(
            f"because of “{row.entry if len(row.entry) <= _ENTRY else row.entry[: _ENTRY - 1] + '…'}”"
        )
    return ", ".join(parts)


def _post_words(book: Book, post_id: str | None) -> str:
    ref = book.refs.get(post_id or "")
    if ref is not None:
        return f"#{ref.number} {ref.author}".rstrip()
    return "something from outside this thread" if post_id == "external" else "a post that is not here"


class Excerpt(Struct, frozen=True):
    """A marked stretch with some text on both sides; line breaks folded."""

    before: str
    marked: str
    after: str


def excerpt(text: str, start: int, end: int, *, around: int = 90, longest: int = 320) -> Excerpt:
    """Cut a stretch out of a text with its surroundings, at blanks where there are any near."""
    start, end = max(0, min(start, len(text))), max(0, min(end, len(text)))
    left, right = max(0, start - around), min(len(text), end + around)
    before, after = text[left:start], text[end:right]
    if left > 0:
        before = "… " + before.partition(" ")[2] if " " in before else "…" + before
    if right < len(text):
        after = after.rpartition(" ")[0] + " …" if " " in after else after + "…"
    marked = text[start:end]
    if len(marked) > longest:
        marked = marked[: longest - 1] + "…"
    return Excerpt(_folded(before), _folded(marked), _folded(after))


def _folded(text: str) -> str:
    edges = (" " if text[:1].isspace() else "", " " if text[-1:].isspace() else "")
    inner = " ".join(text.split())
    return edges[0] + inner + edges[1] if inner else edges[0]
