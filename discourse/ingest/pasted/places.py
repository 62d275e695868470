"""Where a post stands among the others, as the page shows it: its number, the number answered, how far in."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from discourse.ingest.pasted.layout import Header, Layout
from discourse.ingest.pasted.rows import NUMBER, Row, read_rows
from discourse.ingest.words import any_of, load_words
from discourse.model import Evidence

_LISTS = load_words("headers")
_ANSWER = re.compile(
    rf"(?<!\w)(?:{any_of([*_LISTS['answers'], *_LISTS['answering']])})(?!\w)|返信|답글|回复|回覆|>>|↳|→|↩",
    re.IGNORECASE,
)
_LEVEL = re.compile(rf"(?:{any_of(_LISTS['levels'])})", re.IGNORECASE)
_OWN_NUMBER = re.compile(r"\d+(?:\.\d+)*$")
_MOST = 0.8  # share of posts with a number in one place, if it is the post's own
_STEADY = 0.9  # share of steps from post to post that fit
_CLEAR, _MUDDLED = 0.97, 0.85  # score of a link by depth where all steps fit, and where nearly all do
_NUMBER_MARKS = frozenset("#№>^@")
_DIFFERENT = 5  # numbers behind mere words, from which on they are no counts
_LEAST = 2  # posts with such a number
_HEADER_ROWS = 8
_PROBED = 1000  # headers that are looked at before all others are

Numbers = Mapping[
    tuple[str, int], str
]  # what stands before a number on its row, which of those alike -> the number


class Parent(Struct, frozen=True):
    """The post that a post answers by what the page shows."""

    position: int  # 1-based
    evidence: Evidence  # explicit | indent
    score: float


def with_places(lines: Sequence[str], layout: Layout, firsts: Sequence[int]) -> Layout:
    """Return the layout with numbers and depths in its headers, where the page shows them.

    Parameters
    ----------
    firsts
        The index of the first line of each post's text.
    """
    numbers = _all_numbers(lines, layout.headers)
    own = _own(numbers)
    answers = _answered(numbers, own) if own else [None] * len(numbers)
    depths = _level_depths(numbers) or _lead_depths(layout, lines, firsts)
    if own is None and depths is None:
        return layout
    headers = tuple(
        replace(
            header,
            number=own[place] if own else header.number,
            answers=answers[place] or header.answers,
            depth=depths[place] if depths else header.depth,
        )
        for place, header in enumerate(layout.headers)
    )
    return replace(layout, headers=headers)


def find_parents(headers: Sequence[Header]) -> list[Parent | None]:
    """Return for each post the one it answers by number or by depth; None where neither says so."""
    at = {header.number: place for place, header in enumerate(headers, start=1) if header.number is not None}
    depths = [header.depth for header in headers]
    steady = all(there <= here + 1 for here, there in pairwise(depth or 0 for depth in depths))
    found: list[Parent | None] = []
    open_: list[tuple[int, int]] = []  # depth and position of the posts that the next may stand under
    for place, header in enumerate(headers, start=1):
        named = at.get(header.answers) if header.answers is not None else None
        if named is None and header.number is not None and "." in header.number:
            named = at.get(header.number.rpartition(".")[0])
        under = None
        if header.depth is not None:
            while open_ and open_[-1][0] >= header.depth:
                open_.pop()
            under = open_[-1][1] if open_ else None
            open_.append((header.depth, place))
        if named is not None and named != place:
            found.append(Parent(named, "explicit", 1.0))
        else:
            score = _CLEAR if steady else _MUDDLED
            found.append(None if under is None else Parent(under, "indent", score))
    return found


def _all_numbers(lines: Sequence[str], headers: Sequence[Header]) -> list[Numbers]:
    """Return the numbers of every header; none of any where the first of very many do not count posts."""
    numbers: list[Numbers] = [_numbers(_rows(lines, header), header) for header in headers[:_PROBED]]
    if len(headers) <= _PROBED:
        return numbers
    if _own(numbers) is None and _level_depths(numbers) is None:
        return [{} for _ in headers]
    return numbers + [_numbers(_rows(lines, header), header) for header in headers[_PROBED:]]


def _rows(lines: Sequence[str], header: Header) -> list[Row]:
    end = header.last + (header.rest is None)  # where the text begins on the last line, it counts nothing
    over = [] if header.over is None else read_rows(lines, header.over[0], header.over[1] + 1)
    return [*over, *read_rows(lines, header.first, min(end, header.first + _HEADER_ROWS))][:_HEADER_ROWS]


def _numbers(rows: Sequence[Row], header: Header) -> dict[tuple[str, int], str]:
    """Return the numbers of a header by the words before them on their rows."""
    found: dict[tuple[str, int], str] = {}
    seen: Counter[str] = Counter()
    for row in rows:
        if row.long or (header.rest is not None and row.index == header.last):
            continue
        words: list[str] = []
        for token in row.tokens:
            if token.mask == NUMBER:
                key = (
                    " ".join(words[-3:])
                    if _ANSWER.search(" ".join(words)) is None
                    else "> " + " ".join(words[-4:])
                )
                found[key, seen[key]] = row.text[token.start : token.end].strip(".,")
                seen[key] += 1
            if token.mask != NUMBER and row.text[token.start : token.end] not in header.author.split():
                words.append(token.mask)
        if row.tokens and row.tokens[0].mask == NUMBER and _ANSWER.search(row.text):
            found["> ", 0] = row.text[row.tokens[0].start : row.tokens[0].end]
    return found


def _own(numbers: Sequence[Numbers]) -> list[str | None] | None:
    """Return each post's own number: the one that counts on from post to post."""
    if len(numbers) < 2:
        return None
    columns: defaultdict[tuple[str, int], dict[int, str]] = defaultdict(dict)
    for place, held in enumerate(numbers):
        for key, number in held.items():
            if _OWN_NUMBER.fullmatch(number) and not key[0].startswith("> "):
                columns[key][place] = number
    for key, column in sorted(columns.items(), key=lambda item: (-len(item[1]), item[0])):
        if len(column) < _MOST * len(numbers) or len(set(column.values())) < len(column):
            continue
        whole = [int(number.split(".")[0]) for number in column.values()]
        steps = [there - here for here, there in pairwise(whole)]
        dotted = any("." in number for number in column.values())
        for sign in (1, -1):
            good = sum(step == sign or (dotted and step == 0) for step in steps)
            if good >= _STEADY * len(steps):
                return [column.get(place) for place in range(len(numbers))]
        if key[0][-1:] in "#№" and len(set(whole)) == len(whole):  # in the order of threads, not of time
            return [column.get(place) for place in range(len(numbers))]
    return None


def _answered(numbers: Sequence[Numbers], own: Sequence[str | None]) -> list[str | None]:
    known = set(own)
    marked = _marked_answers(numbers, own)
    found: list[str | None] = []
    for held, mine in zip(numbers, own, strict=True):
        named = [
            number
            for key, number in held.items()
            if (key[0].startswith("> ") or key in marked) and number in known and number != mine
        ]
        found.append(named[0] if named else None)
    return found


def _marked_answers(numbers: Sequence[Numbers], own: Sequence[str | None]) -> set[tuple[str, int]]:
    """Return where numbers with a mark, "#3", can only be other posts', whatever words stand there."""
    columns: defaultdict[tuple[str, int], list[tuple[int, str]]] = defaultdict(list)
    for place, held in enumerate(numbers):
        for key, number in held.items():
            if number != own[place]:
                columns[key].append((place, number))
    at = {number: place for place, number in enumerate(own) if number is not None}
    return {
        key
        for key, column in columns.items()
        if (len(column) >= _LEAST if key[0][-1:] in _NUMBER_MARKS else _is_phrase(key[0], column, len(own)))
        and all(at.get(number, place) != place for place, number in column)
        and len({at[number] < place for place, number in column}) == 1
    }


def _is_phrase(words: str, column: Sequence[tuple[int, str]], posts: int) -> bool:
    """Say whether numbers behind words, "refers to no. 3", are too different for a count of likes."""
    different = {number for _, number in column}
    return bool(words.strip()) and len(different) >= _DIFFERENT and len(column) < posts


def _level_depths(numbers: Sequence[Numbers]) -> list[int | None] | None:
    """Return depths that the page gives as numbers: "Level 2"."""
    keys = Counter(key for held in numbers for key in held if _LEVEL.search(key[0]))
    for key, times in keys.most_common():
        if times < _MOST * len(numbers):
            break
        levels = [int(held[key]) if held.get(key, "").isdigit() else None for held in numbers]
        if _is_tree([level for level in levels if level is not None]):
            return levels
    return None


def _lead_depths(layout: Layout, lines: Sequence[str], firsts: Sequence[int]) -> list[int | None] | None:
    """Return depths by what stands before the headers, or before the texts."""
    if any(header.below for header in layout.headers):
        leads = [_lead(lines[first]) for first in firsts]
    else:
        leads = [_lead(_first_filled(lines, header)) for header in layout.headers]
    if len(set(leads)) < 2:
        leads = [_lead(lines[first]) if first < len(lines) else "" for first in firsts]
        leads = [lead if set(lead) <= set(" \t|│") else "" for lead in leads]  # no quotations or lists
    widths = [_width(lead) for lead in leads]
    sizes = sorted(set(widths))
    if len(sizes) < 2:
        return _repeated_depths([_first_filled(lines, header) for header in layout.headers])
    step = min(there - here for here, there in pairwise(sizes))
    depths = [round((width - sizes[0]) / step) for width in widths]
    return list(depths) if _is_tree(depths) else None


_MARKS = re.compile(r"[^\w@#]*")
_LEAD = re.compile(r"[\s|│┃¦>»›└├─┬╰╭↳⤷→•◦·*+~—–-]*")


def _repeated_depths(lines: Sequence[str]) -> list[int | None] | None:
    """Return depths by how often one and the same run of marks stands before the headers: "… … Name"."""
    marks = [match.group() if (match := _MARKS.match(line[:200])) else "" for line in lines]
    shortest = min(marks, key=len, default="")
    if not all(mark.endswith(shortest) for mark in marks):
        return None
    marks = [mark[: len(mark) - len(shortest)] for mark in marks]
    unit = min((mark for mark in marks if mark), key=len, default="")
    if not unit.strip():
        return None
    depths = [len(mark) // len(unit) for mark in marks]
    whole = all(mark == unit * depth for mark, depth in zip(marks, depths, strict=True))
    return list(depths) if whole and _is_tree(depths) else None


def _first_filled(lines: Sequence[str], header: Header) -> str:
    held = (lines[index] for index in range(header.first, min(header.last + 1, header.first + _HEADER_ROWS)))
    return next((line for line in held if line and not line.isspace()), "")


def _lead(line: str) -> str:
    match = _LEAD.match(line[:200])
    return match.group() if match is not None else ""


def _width(lead: str) -> int:
    """Return how wide a lead is: in marks, where it has any, else in blanks."""
    marks = sum(not char.isspace() for char in lead)
    return marks or len(lead.replace("\t", "    "))


def _is_tree(depths: Sequence[int]) -> bool:
    """Say whether numbers can be depths: the first the least, hardly one over a step below the last."""
    if len(depths) < 2 or len(set(depths)) < 2 or depths[0] != min(depths):
        return False
    good = sum(there <= here + 1 for here, there in pairwise(depths))
    return good >= _STEADY * (len(depths) - 1)
