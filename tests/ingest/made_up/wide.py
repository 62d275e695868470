"""Layouts drawn from the whole breadth of pages: every dimension by itself, combined freely.

Most of them are like no site that exists, yet a person could split each page without doubt: something in
what stands between two texts is there for every post, and ends or begins it.
"""

import random
import re
from dataclasses import dataclass

from tests.ingest.made_up import wide_parts as parts
from tests.ingest.made_up.page import Layout
from tests.ingest.made_up.wide_around import Lines, bottom, footer, separator, top
from tests.ingest.made_up.wide_header import Drawn, fixed
from tests.ingest.made_up.words import LANGUAGES, MORE_LANGUAGES

__all__ = ["fixed", "wide_layout"]

CHATS = (
    *("A: {text}", "A: {text}", "[T] A: {text}", "T - A: {text}", "T <A> {text}", "A (T): {text}"),
    *(
        "T\tA\t{text}",
        "{number}\tA\tT\t{text}",
        "A » {text}",
        "{number}. A: {text}",
        "A — {text}",
        "A\t{text}",
    ),
    *("A [T] {text}", "T | A | {text}", "(T) A: {text}", "<A> {text}", "[A] {text}", "T A> {text}"),
    *("* A: {text}", "**A:** {text}", "A, T: {text}", "{number} | A | T | {text}", "#{number} A: {text}"),
)
BARE_CHATS = ("A  {text}", "A   {text}", "A  |  {text}")  # only with something that ends every post
SIGNATURES = (
    " – {author}",
    " -- {author} (T)",
    "  [{author}, T]",
    " ~{author}",
    " — {author} T",
    "\t{author}\tT",
)
ENDINGS = (
    *(
        "— A, T",
        "— A",
        "A (T)",
        "A, T",
        "-- A | T",
        "~ A",
        "{@by_name}\nT",
        "{@posted_by}, T",
        "A\nT",
        "[A, T]",
    ),
    *(
        "– A\n  T",
        "(A)",
        "{@author_key}: A\n{@date_key}: T",
        "A\n{rank}\n{@joined}\nT",
        "T\nA",
        "A, {location_}\nT",
    ),
    *("{@by}", "-A", "A | T | {@reply}", "{@posted_by} | T", "Signed: A\nT"),
)


def _chat(drawn: Drawn, below: Lines) -> Lines:
    """The text begins on the line of the name."""
    rng = drawn.rng
    bare = bool(below) and fixed(below[-1]) and rng.random() < 0.4
    form = rng.choice(BARE_CHATS if bare else CHATS)
    return (form.replace("A", "{author}").replace("T", "{time}"),)


def _ending(drawn: Drawn) -> tuple[Lines, Lines]:
    """Lines over and under a text that its author signs."""
    rng = drawn.rng
    form = rng.choice(ENDINGS).replace("{location_}", "{age}")
    form = re.sub(r"A(?![a-z])", "{author}", form)
    below = tuple(re.sub(r"T(?![a-z])", drawn.slot, form).split("\n"))
    above: Lines = ()
    if rng.random() < 0.3:
        above = (
            rng.choice(("{headline}", "#{number}", "{number}.", "{@comment_no}", "Re: {title}", "{stars}")),
        )
    return above, (("", *below) if rng.random() < 0.3 else below)


def _steady(rows: list[str]) -> list[str]:
    """The rows with one in front that stands on every post."""
    if "{if_reply}" in rows[0]:
        return rows
    first = next((i for i, row in enumerate(rows) if fixed(row)), 0)
    return [rows[first], *rows[:first], *rows[first + 1 :]]


def _numbered(above: Lines, below: Lines) -> Lines:
    """The header with a number where answers name numbers and no other line shows them."""
    used = "\n".join((*above, *below))
    if not re.search(r"answered_number|in_reply_number", used) or re.search(
        r"\{number\}|@comment_no|@number_of", used
    ):
        return above
    at = next(i for i, row in enumerate(above) if re.search(r"\{author\}|\{@", row))
    return (*above[:at], f"#{{number}} {above[at]}", *above[at + 1 :])


def _apart(rng: random.Random, rows: Lines, *, loose: bool) -> Lines:
    """Now and then empty lines among or after the lines of a header."""
    if loose and len(rows) > 1:
        return tuple(x for row in rows for x in (row, ""))
    return (*rows, "") if rng.random() < 0.2 else rows


@dataclass
class Around:
    """The lines that a layout sets around each text."""

    kind: str  # header | chat | signed
    above: Lines
    below: Lines
    between: Lines
    signature: str = ""
    spread: bool = False
    weak: bool = False  # nothing in the header shows where a post begins


def _around(drawn: Drawn) -> Around:
    """Lines over, under and between the texts."""
    rng = drawn.rng
    kind = rng.choices(("header", "chat", "signed"), (78, 12, 10))[0]
    between, spread = separator(rng, needed=kind == "signed"), rng.random() < 0.13
    stamp = drawn.stamp if drawn.where == "footer" and kind == "header" else ""
    below = footer(rng, stamp, voted=drawn.votes == "footer")
    if kind == "header":
        return _headed(drawn, below, between, spread=spread)
    if kind == "signed":
        return _signed(drawn, between, spread=spread)
    below = below if rng.random() < 0.3 else ()
    above = _chat(drawn, below)
    if not (between or below or re.search("time|number", above[0])):
        between = ("",)
    return Around(kind, above, below, between, spread=spread)


def _signed(drawn: Drawn, between: Lines, *, spread: bool) -> Around:
    """The name under the text, nearer to it than to the next."""
    rng, signature = drawn.rng, ""
    above, below = _ending(drawn)
    if rng.random() < 0.2:
        signature, below = rng.choice(SIGNATURES).replace("T", drawn.slot), ()
    if not any(between) and (spread or (below and not below[0])):
        between = ("", rng.choice(parts.RULES), "")
    return Around("signed", above, below, between, signature, spread=spread)


def _headed(drawn: Drawn, below: Lines, between: Lines, *, spread: bool) -> Around:
    """The name over the text."""
    rng, rows = drawn.rng, drawn.header()
    ruled, ended = any(between), bool(below) and fixed(below[-1])
    above = tuple(rows if ruled or (between and ended and not spread) else _steady(rows))
    if not drawn.cue and not ruled and not ended:
        below = (*below, "{@reply}")
    if drawn.answered == "text":
        above = (*above, rng.choice(parts.INLINE) + "{text}")
    else:
        above = _apart(rng, above, loose=rng.random() < 0.07 and not spread)
    if below and below[0] and rng.random() < 0.15:
        below = ("", *below)
    return Around("header", above, below, between, spread=spread, weak=not drawn.cue)


def wide_layout(seed: int) -> Layout:
    """A layout from the whole breadth of pages: the same for the same seed."""
    drawn = Drawn(seed)
    rng, around = drawn.rng, _around(drawn)
    kind, below, between, spread = around.kind, around.below, around.between, around.spread
    time = rng.choice(parts.CLOCKS if kind == "chat" else parts.TIMES)
    above = _numbered(around.above, below)
    used = "\n".join((*above, *below, around.signature))
    order = rng.choice(("time", "time", "newest", "thread", "thread", "thread", "thread"))
    inline = "{text}" in used
    nested = order == "thread" and kind == "header" and rng.random() < 0.5
    indent = rng.choice(parts.INDENTS) if nested else ""
    mark, closing = rng.choice((("", ""), ("", ""), *parts.QUOTE_MARKS))
    if indent.strip() or (indent and not mark.strip()):
        mark, closing = "", ""
    heads = [h for h in parts.QUOTE_HEADS if "number" not in h]
    head = rng.choice(heads) if rng.random() < 0.3 and not inline and "says" not in used else ""
    clock = time in ("clock", "clock_seconds", "clock12")
    return Layout(
        name=f"wide {seed}",
        above=above,
        below=below,
        between=between,
        signature=around.signature,
        language=rng.choice((*LANGUAGES, *MORE_LANGUAGES)) if rng.random() < 0.25 else None,
        label_seed=seed,
        time=time,
        reltime=rng.choice(parts.AGES),
        order=order,
        head=top(rng),
        foot=bottom(rng),
        every=(rng.choice((3, 5, 7, 11)), rng.choice(parts.ADS)) if rng.random() < 0.16 else (0, ()),
        indent=indent,
        indent_cap=rng.choice((0, 0, 1, 2, 3)),
        indent_text_only=bool(indent) and rng.random() < 0.1,
        text_prefix=rng.choice(("  ", "\t", "    ", "| ", " ")) if not indent and rng.random() < 0.06 else "",
        keep_empty=not around.weak and not spread and kind != "chat" and rng.random() < 0.6,
        spread=spread,
        wrap=rng.choice((48, 64, 72, 80)) if rng.random() < 0.08 else 0,
        line_start=rng.choice((" ", "  ", "\t")) if rng.random() < 0.05 and not indent else "",
        line_end=rng.choice((" ", "  ", "\t", "\u00a0")) if rng.random() < 0.08 else "",
        new_day=rng.choice(parts.DAYS) if clock and "{time}" in used and rng.random() < 0.7 else "",
        addressee_from=1 if "@replied" in used else rng.choice((1, 1, 1, 2)),
        zero_votes=fixed_votes((*above, *below[-1:])) or rng.random() < 0.5,
        badges=rng.choice((0.0, 0.1, 0.3, 0.6)),
        show_quotes=rng.random() < 0.85,
        quote_head=head,
        quote_prefix=mark,
        quote_suffix=closing,
        quote_tail="{@expand}" if head and rng.random() < 0.3 else "",
        deleted_posts=rng.random() < 0.1,
        deleted=("{@removed}",) if rng.random() < 0.08 and between else (),
        number_from=1 if "{n}" in used or "@number_of" in used else rng.choice((1, 1, 1, 1, 0, 2)),
    )


def fixed_votes(lines: Lines) -> bool:
    """Whether votes stand on one of these lines, which no post may be without."""
    return any(re.search("vote|@points|@likes|@helpful", row) for row in lines)
