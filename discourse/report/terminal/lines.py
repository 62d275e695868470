"""Posts and disputes as lines of styled text for a terminal; who prints them decides on colours and width."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from discourse.model import Loop, Post, Turn
from discourse.report.basis.book import Book
from discourse.report.basis.spans import Mark, cut, marks_of
from discourse.report.basis.words import STATES, UNSURE_BELOW, counted, listed, plain
from discourse.summary.headlines import shortened

_QUOTED = 60  # columns of a marked stretch that its reason repeats
_MEMBERS = 12  # authors of a side that are named
_DEEP = 4  # columns that a post's text stands in from the edge


class Piece(Struct, frozen=True):
    """A stretch of text in one style."""

    text: str  # as the tables have it: whoever prints it takes control signs out
    style: str = ""  # number | name | soft | low | head | side-a | side-b | mark, or several with blanks


class Line(Struct, frozen=True):
    """One line before it is wrapped; without pieces an empty one."""

    pieces: tuple[Piece, ...] = ()
    indent: int = 0  # columns, on every line that it is wrapped into


class Shown(Struct, frozen=True):
    """Which posts to show, in order, and what of them."""

    posts: Sequence[str]  # ids
    loop: int | None = None  # number of the dispute whose turns they are, from 1
    marker: str | None = None  # the only marker of interest; every mark where None


def lines_of(book: Book, shown: Shown) -> Iterator[Line]:
    """Yield the posts, and before them the dispute whose turns they are.

    Parameters
    ----------
    book
        Over the tables `posts`, `annotations`, `claims`, `loops` and `turns`; no summary is needed.
    """
    turns: dict[str, list[Turn]] = {}
    if shown.loop is not None:
        loop = book.loops[shown.loop - 1]
        yield from _dispute(book, shown.loop, loop)
        for turn in book.turns[loop.loop_id]:
            turns.setdefault(turn.post_id, []).append(turn)
    for post_id in shown.posts:
        yield Line()
        yield from _post(book, book.by_id[post_id], shown, turns.get(post_id, []))


def overview(book: Book) -> Iterator[Line]:
    """Yield what can be asked for: the disputes by their numbers, the markers, posts and authors."""
    if book.loops:
        yield Line((Piece("Disputes", "head"), Piece("  show one with --loop NUMBER", "soft")))
    for number, loop in enumerate(book.loops, start=1):
        doubt = (Piece(" unsure", "low"),) if loop.score < UNSURE_BELOW else ()
        facts = Piece(f"  {counted(loop.turns, 'turn')}, {plain(loop.state)}", "soft")
        yield Line((Piece(f"{number:>3}  ", "number"), Piece(loop.question), facts, *doubt), 2)
    counts = book.tables["annotations"].query("layer == 'rhetoric'").groupby("label")["post_id"].nunique()
    if len(counts):
        yield Line((Piece("Markers", "head"), Piece("  show one with --marker NAME", "soft")))
        named = ", ".join(f"{label} ({counted(int(posts), 'post')})" for label, posts in counts.items())
        yield Line((Piece(named),), 2)
    authors = sum(len(names) for names in book.authors.values())
    said = f"{counted(len(book.posts), 'post')} by {counted(authors, 'author')}"
    yield Line((Piece(said, "head"), Piece("  show some with --author NAME or --post NUMBER", "soft")))


def _dispute(book: Book, number: int, loop: Loop) -> Iterator[Line]:
    yield Line((Piece(f"Dispute {number}: ", "head"), Piece(loop.question, "head")))
    empty = f", {loop.empty_restatements:,} of them with nothing new" if loop.restatements else ""
    facts = f"{counted(loop.turns, 'turn')}, {counted(loop.restatements, 'restatement')}{empty}; "
    yield Line((Piece(facts + STATES.get(loop.state, plain(loop.state)), "soft"), *_score(loop.score)), 2)
    for letter, claim_id in (("a", loop.claim_a), ("b", loop.claim_b)):
        claim = book.claims.get(claim_id)
        text = claim.text if claim else claim_id
        value = (Piece(f"  = {claim.value}", "soft"),) if claim and claim.value else ()
        yield Line((_letter(letter), Piece(f" “{text}”"), *value), 2)
        yield Line((Piece(_members(book.turns[loop.loop_id], letter), "soft"),), _DEEP)


def _members(turns: Sequence[Turn], side: str) -> str:
    counts: dict[str, int] = {}
    for turn in turns:
        if turn.side == side:
            counts[turn.author] = counts.get(turn.author, 0) + 1
    named = [f"{author or 'nameless'} ({counted(count, 'turn')})" for author, count in counts.items()]
    more = [counted(len(named) - _MEMBERS, "other")] if len(named) > _MEMBERS else []
    return listed([*named[:_MEMBERS], *more])


def _letter(side: str) -> Piece:
    return Piece(f"[{side.upper()}]", f"side-{side}")


def _score(score: float) -> tuple[Piece, ...]:
    words = f"score {score:.2f}"
    return (Piece(f"  unsure, {words}", "low"),) if score < UNSURE_BELOW else (Piece(f"  {words}", "soft"),)


def _post(book: Book, post: Post, shown: Shown, turns: Sequence[Turn]) -> Iterator[Line]:
    yield Line(_header(book, post))
    for turn in turns:
        yield Line((_letter(turn.side), Piece(f" turn {turn.turn}: {_said(turn)}", f"side-{turn.side}")), 2)
    marks = _wanted(marks_of(book, post.post_id), shown)
    within = [mark for mark in marks if not mark.whole]
    for pieces in _text_lines(post.text, within, turns):
        yield Line(pieces, _DEEP)
    for mark in marks:
        yield Line(_reason(mark), _DEEP + 2)


def _header(book: Book, post: Post) -> tuple[Piece, ...]:
    ref = book.refs[post.post_id]
    pieces = [Piece(f"#{ref.number} ", "number"), Piece(post.author or "(nameless)", "name")]
    if post.timestamp is not None:
        pieces.append(Piece(f"  {post.timestamp:%Y-%m-%d %H:%M} UTC", "soft"))
    if post.reply_to is None:
        return tuple(pieces)
    answered = book.refs.get(post.reply_to)
    whom = f"#{answered.number} {answered.author}".rstrip() if answered else "a post that is not here"
    pieces.append(Piece(f"  answers {whom}", "soft"))
    if book.guessed(post):
        score = "" if post.reply_score is None else f", {post.reply_score:.2f}"
        pieces.append(Piece(f" (a guess{score})", "low"))
    return tuple(pieces)


def _said(turn: Turn) -> str:
    if turn.role == "restatement" and turn.is_empty:
        return "restates, with nothing new"
    verb = "asserts" if turn.role == "assertion" else "restates"
    brought = [plain(kind).replace("first-hand", "first-hand experience") for kind in _words(turn.brought)]
    return f"{verb}, brings {listed(brought)}" if brought else verb


def _words(text: str | None) -> list[str]:
    return (text or "").split()


def _wanted(marks: Sequence[Mark], shown: Shown) -> list[Mark]:
    """Keep the marker asked for; with a dispute alone nothing, since its turns say what counts there."""
    if shown.marker is not None:
        return [mark for mark in marks if mark.style.split()[0] == "rhetoric" and _is_of(mark, shown.marker)]
    return [] if shown.loop is not None else list(marks)


def _is_of(mark: Mark, marker: str) -> bool:
    return mark.what == plain(marker) or mark.what.startswith(f"{plain(marker)}: ")


def _text_lines(text: str, marks: Sequence[Mark], turns: Sequence[Turn]) -> Iterator[tuple[Piece, ...]]:
    """Yield the lines of a text, each marked stretch in its style and with its number behind it."""
    pieces: list[Piece] = []
    spans = _turn_spans(text, turns) if turns and not marks else None
    for part in spans if spans is not None else _marked(text, marks):
        lines = part.text.split("\n")
        for line in lines[:-1]:
            yield (*pieces, Piece(line, part.style))
            pieces = []
        pieces.append(Piece(lines[-1], part.style))
    if any(piece.text for piece in pieces):
        yield tuple(pieces)


def _marked(text: str, marks: Sequence[Mark]) -> Iterator[Piece]:
    """Yield a text with ‹ where marks begin, their numbers where they end and › behind the last of them."""
    is_open = False
    for segment in cut(text, marks):
        if bool(segment.style) != is_open:
            is_open = not is_open
            yield Piece("‹" if is_open else "›", "soft")
        yield Piece(segment.text, f"mark {segment.style}" if segment.style else "")
        if segment.ends:
            yield Piece(f"[{segment.ends}]", "soft")
    if is_open:
        yield Piece("›", "soft")


def _turn_spans(text: str, turns: Sequence[Turn]) -> list[Piece]:
    """Cut a text where its turns state their claim and where they bring something."""
    style = [""] * len(text)
    for turn in turns:
        if turn.brought_start is not None and turn.brought_end is not None:
            _paint(style, turn.brought_start, turn.brought_end, "mark brought")
        _paint(style, turn.start, turn.end, f"mark side-{turn.side}")
    found: list[Piece] = []
    for name, places in groupby(range(len(text)), key=style.__getitem__):
        own = list(places)
        stretch = Piece(text[own[0] : own[-1] + 1], name)
        if name:
            sign = Piece(f"[{name[-1].upper()}]›" if "side" in name else "[new]›", "soft")
            found += [Piece("‹", "soft"), stretch, sign]
        else:
            found.append(stretch)
    return found


def _paint(style: list[str], start: int, end: int, name: str) -> None:
    start, end = max(0, start), min(len(style), end)
    style[start:end] = [name] * max(0, end - start)


def _reason(mark: Mark) -> tuple[Piece, ...]:
    where = "the whole post" if mark.whole else f"“{shortened(mark.quote, _QUOTED)}”"
    why = f", {mark.why}" if mark.why else ""
    pieces = [
        Piece(f"[{mark.number}{mark.sign}] ", "number"),
        Piece(mark.what, f"label {mark.style}"),
        Piece(f": {where}{why}; by {mark.maker}", "soft"),
    ]
    doubt = Piece(f"; unsure, score {mark.score}", "low")
    return (*pieces, doubt if mark.unsure else Piece(f"; score {mark.score}", "soft"))
