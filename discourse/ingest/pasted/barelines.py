"""The lines of a bare page, and which of them recur where."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from discourse.ingest.pasted.names import LONGEST, could_be_name
from discourse.ingest.times import Moment, find_moments

_EVERYWHERE = 0.75  # share of lines with a blank above, from which on blanks divide nothing
_CLOCK = re.compile(r"\d(?::|\s?h\s?|\.|時)\d{2}", re.IGNORECASE)  # hours and minutes, as `times` knows them
_SENTENCE = re.compile(r"[.!?…]\s+|\.{3}")


class BareLine(Struct, frozen=True):
    """One line, without its blanks, of a page in which nothing but names divides the posts."""

    number: int  # 1-based line of the page
    text: str  # stripped, never empty
    name: str  # the name that it would be; empty where it cannot be one
    moment: Moment | None = None  # a time glued to the name
    rest: int | None = (
        None  # offset in the page's line behind the glued time and its dots, where text follows
    )
    blank_before: bool = False


def read_bare(lines: Sequence[str], first: int = 0) -> list[BareLine]:
    """Return the lines that are not blank from index `first` on.

    Blanks between nearly all of them say nothing, and are not noted.
    """
    filled = [index for index in range(first, len(lines)) if lines[index].strip()]
    blank = {there for here, there in pairwise(filled) if there > here + 1}
    if len(blank) > _EVERYWHERE * len(filled):
        blank = set()
    return [_bare_line(lines[index], lines[index].strip(), index + 1, index in blank) for index in filled]


def _bare_line(line: str, text: str, number: int, blank: bool) -> BareLine:
    if (glued := glued_time(line)) is not None:
        name, moment, rest = glued
        return BareLine(number, text, name, moment, rest, blank)
    return BareLine(number, text, text if could_be_name(text) else "", None, None, blank)


def glued_time(line: str) -> tuple[str, Moment, int | None] | None:
    """Split "NameToday 07:56 am JST...words" into name, moment and where the words begin.

    None for every other line; the offset is None where nothing follows. Between name
    and moment there may be one blank at the most, and a clock must be there.
    """
    if _CLOCK.search(line, 0, LONGEST + 60) is None:
        return None
    moment = next(iter(find_moments(line[: LONGEST + 60])), None)
    if moment is None or moment.clock is None or (moment.day, moment.month_day, moment.offset) == (None,) * 3:
        return None
    name = line[: moment.start].strip()
    behind = line[moment.end :]
    words = behind.lstrip(" .…")
    if not could_be_name(name) or (words and not behind.lstrip().startswith((".", "…"))):
        return None
    return name, moment, (len(line) - len(words) if words.strip() else None)


class Recurrence:
    """How often each string stands alone on a line, and between which others."""

    def __init__(self, lines: Sequence[BareLine]) -> None:
        self.times: Counter[str] = Counter(line.name for line in lines if line.name)
        self.glued: Counter[str] = Counter(line.name for line in lines if line.moment is not None)
        self.before: defaultdict[str, set[str]] = defaultdict(set)
        self.after: defaultdict[str, set[str]] = defaultdict(set)
        self.pairs: Counter[tuple[str, str]] = Counter()
        for here, there in pairwise(lines):
            self.pairs[here.text, there.text] += 1
            if there.name:
                self.before[there.name].add(here.text)
            if here.name:
                self.after[here.name].add(there.text)
        self.called = _called(lines, self.times)
        self.copied = copies(lines)
        self.mentioned = _mentioned(lines, self.times)
        self.common: Counter[str] = Counter(
            word for line in lines if not line.name for word in line.text.split() if word.islower()
        )


def _called(lines: Sequence[BareLine], names: Counter[str]) -> Counter[str]:
    """Count how often each name opens a line as an address: "@Name", "Name, ...", "Name wrote"."""
    found: Counter[str] = Counter()
    folded = {name.lower(): name for name in names}
    for line in lines:
        head = line.text[: LONGEST + 8].lower()
        if line.moment is not None or head in folded:
            continue
        if head.startswith("@"):
            words = head[1:].split()
            tries = [" ".join(words[:count]).rstrip(",.:;!?") for count in (1, 2, 3)]
        else:
            tries = [
                head[: head.index(mark)]
                for mark in (",", ":", " wrote", " said", " - ", "...")
                if mark in head
            ]
        for name in dict.fromkeys(tries):
            if name in folded:
                found[folded[name]] += 1
    return found


def copies(lines: Sequence[BareLine]) -> dict[int, int]:
    """Return, for lines that begin as a sentence of an earlier line does, where the earlier line stands.

    Judged by the first 32 characters of a line, and of each of its sentences; shorter
    lines must recur whole. Lines that can be names are not looked at.
    """
    seen: dict[str, int] = {}
    found: dict[int, int] = {}
    for place, line in enumerate(lines):
        if line.name and len(line.text) < 24:
            continue
        text = line.text[line.text.find("...") + 3 :] if line.moment is not None else line.text
        heads = [
            text[:32],
            *(text[match.end() : match.end() + 32] for match in _SENTENCE.finditer(text[:4000])),
        ]
        if (source := seen.get(heads[0].strip('"“” '))) is not None:
            found[place] = source
        for head in heads:
            seen.setdefault(head.strip('"“” '), place)
    return found


def _mentioned(lines: Sequence[BareLine], names: Counter[str]) -> Counter[str]:
    """Count how often each name stands within longer lines, word for word."""
    opening = {name.split()[0] for name in names}
    found: Counter[str] = Counter()
    for line in lines:
        if line.name:
            continue
        words = [word.strip('.,:;!?()"“”') for word in line.text.split()]
        for start, word in enumerate(words):
            if word in opening:
                for end in range(start + 1, min(start + 4, len(words)) + 1):
                    if (run := " ".join(words[start:end])) in names:
                        found[run] += 1
    return found
