"""Line templates of platform profiles: "{author} • {time}" as a linear pattern."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from discourse.ingest.times import Moment, find_moments
from discourse.ingest.timewords import AGO_AFTER, AGO_BEFORE, DAY_WORDS, MONTHS, NOW, UNITS
from discourse.ingest.words import any_of

LONGEST = 200  # characters of a line that a template can fit: longer ones are text
_NAMES = {
    "any": r"\S.{0,59}?",
    "unbroken": r"\S{1,48}?",
    "handle": r"@\S{1,48}?",
}
NAME_KINDS = tuple(_NAMES)
_STAMP = "\ue000"  # stands for a moment while a line is matched
_COMPACT = {"s": 0, "m": 1, "j": 1440, "sem": 10080, "wo": 10080, "tg": 1440, "mo": 43200}
_AGES = {**{word.lower(): minutes for word, minutes in UNITS.items()}, **_COMPACT}
_COUNT = r"[-+−]?\d[\d.,\u00a0\u202f]{0,9}(?:\s?(?:k|m|tsd|mil|mio)\b\.?)?"
_SLOTS = {
    "count": _COUNT,
    "number": r"\d{1,7}",
    "parent": r"\d{1,7}",
    "age": rf"\d{{1,3}}\s?(?:{any_of(_AGES)})\b\.?",
    "month": rf"(?:{any_of(MONTHS)})\.?\s['’]?\d{{2,4}}",
    "initial": r"[^\W\d_]{1,2}",
    "any": r"\S.{0,99}?",
}
NAMED = ("author", "addressee", "quoted", "time", "ago", "age", "number", "parent", "initial")
SLOTS = frozenset((*NAMED, "count", "month", "any"))
_STAMPED = frozenset(("time", "ago"))  # a moment; one that only says how long before
_TOKEN = re.compile(r"\{(\w+)\}|(\{\?)|(\?\})|(\s+)|([^\s{?]+|.)")
_HINT = re.compile(rf"\d|{any_of((*AGO_AFTER, *AGO_BEFORE, *NOW, *DAY_WORDS))}", re.IGNORECASE)
_AGO = re.compile(rf"(?<!\w)(\d{{1,3}})\s?({any_of(_AGES)})\.?\sago\b", re.IGNORECASE)
_AGE = re.compile(r"(\d{1,3})\s?(.+?)\.?$")


class TemplateError(ValueError):
    """A template that cannot be read; its words say what is wrong with it."""


class Template(Struct, frozen=True):
    """One line template, compiled."""

    text: str  # as the profile writes it, without its mark
    exact: re.Pattern[str]  # matched where moments are masked
    rough: re.Pattern[str]  # matched first, on the line as it stands
    slots: frozenset[str]
    optional: bool = False  # "? …": the line may be missing
    repeated: bool = False  # "* …": any number of such lines

    def match(self, line: str, moments: "Moments") -> "Fit | None":
        """Return what a line says where it fits, without blanks at its ends; None where it does not."""
        rough = self.rough.fullmatch(line) if len(line) <= LONGEST else None
        if rough is None:
            return None
        if not self.slots & _STAMPED:
            return Fit(_values(rough), _aged(rough))
        slot = "time" if "time" in self.slots else "ago"
        return self._whole(rough, slot, moments) or self._masked(line, slot, moments(line))

    def _whole(self, rough: re.Match[str], slot: str, moments: "Moments") -> "Fit | None":
        """Take the rough fit where its slot holds a moment and nothing else; the same few recur on a page."""
        text = rough[slot]
        found = moments(text) if text else []
        if len(found) != 1 or (found[0].start, found[0].end) != (0, len(text)) or not _fills(slot, found[0]):
            return None
        start, end = rough.span(slot)
        return Fit(_values(rough), replace(found[0], start=start, end=end))

    def _masked(self, line: str, slot: str, moments: Sequence[Moment]) -> "Fit | None":
        """Match with one moment masked after another; the last stands furthest from the name."""
        for moment in reversed(moments):
            masked = line[: moment.start] + _STAMP + line[moment.end :]
            found = self.exact.fullmatch(masked)
            if found is not None and found.start(slot) == moment.start and _fills(slot, moment):
                return Fit(_values(found), moment)
        return None


def _fills(slot: str, moment: Moment) -> bool:
    return slot == "time" or (moment.offset is not None and not moment.has_clock)


class Fit(Struct, frozen=True):
    """What the slots of a template hold on one line."""

    values: Mapping[str, str]
    moment: Moment | None


class Moments:
    """The moments of lines, each line searched once."""

    def __init__(self, *, day_first: bool) -> None:
        self._day_first = day_first
        self._known: dict[str, list[Moment]] = {}

    def __call__(self, line: str) -> list[Moment]:
        """Return the moments of a line from left to right, "5m ago" among them."""
        if _HINT.search(line) is None:
            return []
        if line not in self._known:
            found = find_moments(line, day_first=self._day_first)
            self._known[line] = found or [_ago(match) for match in _AGO.finditer(line)]
        return self._known[line]


def compile_template(text: str, words: Mapping[str, Sequence[str]], names: str) -> Template:
    """Return a template as a pattern.

    Parameters
    ----------
    words
        The profile's own slots: what each can hold.
    names
        What names of the platform look like: any | unbroken | handle.

    Raises
    ------
    TemplateError
        Where a slot is unknown or an optional piece is left open.
    """
    optional, repeated = text.startswith("? "), text.startswith("* ")
    bare = text[2:] if optional or repeated else text
    exact, rough, slots = _patterns(bare, words, names)
    return Template(
        text=bare,
        exact=re.compile(exact, re.IGNORECASE),
        rough=re.compile(rough, re.IGNORECASE),
        slots=frozenset(slots),
        optional=optional,
        repeated=repeated,
    )


def compile_lines(texts: Sequence[str], words: Mapping[str, Sequence[str]]) -> re.Pattern[str] | None:
    """Return one pattern for lines that fit any of the templates; None for no templates.

    Whatever stands in a slot for a name or a moment is taken as it comes.
    """
    if not texts:
        return None
    patterns = [_nameless(_patterns(text, words, "any")[1]) for text in texts]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _nameless(pattern: str) -> str:
    return re.sub(r"\(\?P=\w+\)", r"\\S.{0,59}?", re.sub(r"\(\?P<\w+>", "(?:", pattern))


def _patterns(text: str, words: Mapping[str, Sequence[str]], names: str) -> tuple[str, str, list[str]]:
    exact: list[str] = []
    rough: list[str] = []
    slots: list[str] = []
    depth = 0
    for slot, opening, closing, blank, literal in _TOKEN.findall(text):
        if slot:
            exact.append(_slot(slot, words, names, again=slot in slots))
            rough.append(rf"(?P<{slot}>.{{2,50}}?)" if slot in _STAMPED else exact[-1])
            slots.append(slot)
            continue
        depth += bool(opening) - bool(closing)
        if depth < 0:
            break
        piece = "(?:" if opening else ")?" if closing else _blanks(blank) if blank else re.escape(literal)
        exact.append(piece)
        rough.append(piece)
    if depth:
        raise TemplateError(f"in {text!r} an optional piece {{? … ?}} is not opened or not closed")
    return "".join(exact), "".join(rough), slots


def _blanks(blank: str) -> str:
    return r"\s{2,3}" if len(blank) > 1 else r"\s{1,3}"


def _slot(slot: str, words: Mapping[str, Sequence[str]], names: str, *, again: bool) -> str:
    if slot in words:
        return f"(?:{any_of(words[slot])})"
    if slot not in SLOTS:
        known = ", ".join(sorted({*SLOTS, *words}))
        raise TemplateError(f"{{{slot}}} is no slot; known are {known}")
    if again and slot in NAMED:
        return f"(?P={slot})"
    if slot in _STAMPED:
        return f"(?P<{slot}>{_STAMP})"
    pattern = _NAMES[names] if slot in ("author", "addressee", "quoted") else _SLOTS[slot]
    return f"(?P<{slot}>{pattern})" if slot in NAMED else f"(?:{pattern})"


def _values(found: re.Match[str]) -> dict[str, str]:
    return {slot: value.strip() for slot, value in found.groupdict().items() if value}


def _aged(found: re.Match[str]) -> Moment | None:
    """Return the moment of "3h"."""
    if not found.re.groupindex.get("age") or found["age"] is None:
        return None
    parts = _AGE.match(found["age"])
    if parts is None:
        return None
    return _before(found.span("age"), parts)


def _ago(match: re.Match[str]) -> Moment:
    return _before(match.span(), match)


def _before(span: tuple[int, int], parts: re.Match[str]) -> Moment:
    minutes = _AGES[parts[2].lower()]
    return Moment(*span, offset=timedelta(minutes=minutes * int(parts[1])), coarse=minutes >= 1440)
