"""How well a way to divide a page explains it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from discourse.ingest.furniture import is_button
from discourse.ingest.pasted.guesses import Guess, Opening, Rows
from discourse.ingest.pasted.names import LEXICAL, could_be_name, lexical
from discourse.ingest.timewords import DAY_WORDS, MONTHS
from discourse.ingest.words import load_words

_KEYS = load_words("furniture")["keys"]
_NO_NAMES = frozenset(word.casefold() for word in (*MONTHS, *DAY_WORDS, *_KEYS) if len(word) > 3)
_KEYED = re.compile(r"[^\W\d_][\w ]{0,18}:\s\S")
_AT = {name: place for place, name in enumerate(LEXICAL)}
_NUMBERS = re.compile(r"(?<![^\W_])[-+]?\d+(?![^\W_])")
_FIRST_NUMBER = re.compile(r"^\d+(?=[^\W\d_a-zA-Z])")  # of "5 points" in a script that sets no blank
_UNLIKELY = 0.6  # weight of a guess that lines which say when do not make any surer
_INITIALS = 0.6  # share of names of one letter, from which on they are initials that stand for pictures
_CARE = 1.5  # how much more a post counts that is surer
_NEARLY_ALL, _LEAST = (
    0.8,
    4,
)  # share of posts that have a mark, and posts, from which on odd ones are left out
_MOST_BY_ONE = 0.4  # share of the posts that one author has written, above which it may be no author
_BODILESS = -0.6  # what a post without a line of text is worth, where one with text is worth 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """A way to divide a page, and what it is worth."""

    guess: Guess
    value: float  # in posts: as many as there are, less what speaks against them
    sure: float  # 0 to 1: value of one post

    @property
    def count(self) -> int:
        """How many posts it has."""
        return len(self.guess.openings)


def judge(guess: Guess, page: Rows) -> Verdict:
    """Weigh a guess: posts have text, names look and recur like names, what recurs is all used."""
    openings = guess.openings
    names = Counter(one.author for one in openings)
    count = len(openings)
    kinds = len({masked(name) for name in names})
    if (count > 2 and kinds == 1) or _keyed(openings, page):
        return Verdict(guess, 0.0, 0.0)
    price = _BODILESS if guess.weight < 1.0 or openings[0].moment is None else -_BODILESS / 3
    body = sum(1.0 if full else price for full in filled(guess, page)) / count
    back = sum(names[one.author] > 1 for one in openings) / count
    body = max(body, 0.0)
    often = Counter(masked(name) for name in names.elements())
    likely = (
        sum(
            likeness(name, times)
            * (1.0 if often[masked(name)] <= max(2, _MOST_BY_ONE * count) else 0.5)
            * times
            for name, times in names.items()
        )
        / count
    )
    variety = min(1.0, 3 * kinds / count)
    sure = body * likely * (0.75 + 0.25 * back) * (0.7 + 0.3 * variety) * _fair(guess.used)
    if count > 3 and sum(len(one.author) == 1 for one in openings) >= _INITIALS * count:
        sure *= 0.6
    alike, marked = _regular(guess, page)
    sure *= alike * _spoken(guess, page) * _complete(guess, page)
    weight = (
        max(guess.weight, 0.97)
        if (marked and guess.weight > _UNLIKELY) or guess.weight > 0.95
        else guess.weight * (0.4 + 0.6 * back)
    )
    weight *= 1.05 if guess.below else 1.0  # it was made only where the page speaks for it
    return Verdict(guess, round(count * sure**_CARE * weight, 4), round(sure, 4))


def _complete(guess: Guess, page: Rows) -> float:
    """Return how sure it is that no post was passed over: no lines that say when stand far from its names."""
    near = {row for one in guess.openings for row in range(one.row - 2, one.row + 8)}
    first, last = guess.openings[0].row, guess.openings[-1].row
    passed = sum(
        page.dated(row) and row not in near and _KEYED.match(page.rows[row].text) is None
        for row in range(first, last)
    )
    return 1 - 0.5 * min(1.0, passed / len(guess.openings))


def _spoken(guess: Guess, page: Rows) -> float:
    """Return how sure the posts read as what people say rather than as a menu: some lines are sentences."""
    ends = [*(one.row for one in guess.openings[1:]), len(page.rows)]
    said = sum(
        one.rest is not None or any(page.prose(row) for row in range(one.row + 1 - guess.below, end))
        for one, end in zip(guess.openings, ends, strict=True)
    )
    return 0.3 + 0.7 * min(1.0, 2 * said / len(guess.openings))


def _regular(guess: Guess, page: Rows) -> tuple[float, bool]:
    """Return how much the posts are alike in having a moment, and buttons; and if nearly all have."""
    count = len(guess.openings)
    ends = [*(one.row for one in guess.openings[1:]), len(page.rows)]
    spans = [
        range(max(0, one.row - 2), min(end, one.row + 4))
        for one, end in zip(guess.openings, ends, strict=True)
    ]
    dated = sum(
        one.moment is not None or any(map(page.dated, span))
        for one, span in zip(guess.openings, spans, strict=True)
    )
    timed = sum(
        one.moment is not None or any(map(page.timed, span))
        for one, span in zip(guess.openings, spans, strict=True)
    )
    pressed = sum(
        any(page.button[one.row : min(end, one.row + 200)])
        for one, end in zip(guess.openings, ends, strict=True)
    )
    mixed = min(_mixed(dated, count), _mixed(timed, count))
    sure = (1 - 1.2 * mixed) * (1 - 0.5 * _mixed(pressed, count))
    return sure, max(dated, timed, pressed) >= 0.9 * count


def _mixed(some: int, count: int) -> float:
    return min(some, count - some) / count


def trimmed(guess: Guess, page: Rows) -> Guess:
    """Leave out openings at either end that have little of what nearly all have, such as a byline."""
    marks = [_marks(guess, place, page) for place in range(len(guess.openings))]
    often = Counter(mark for held in marks for mark in held)
    usual = {mark for mark, times in often.items() if times >= _NEARLY_ALL * len(marks)}
    if len(marks) < _LEAST or not usual:
        return guess
    odd = [2 * len(usual & held) < len(usual) for held in marks]
    first, last = 0, len(odd)
    while first < last - _LEAST and odd[first] and first < 3:
        first += 1
    while last > first + _LEAST and odd[last - 1] and last > len(odd) - 3:
        last -= 1
    return replace(guess, openings=guess.openings[first:last])


def _marks(guess: Guess, place: int, page: Rows) -> set[str]:
    """Return what can be told of one post without its words."""
    one = guess.openings[place]
    end = (
        guess.openings[place + 1].row
        if place + 1 < len(guess.openings)
        else min(len(page.rows), one.row + 40)
    )
    found = {
        f"{step} {page.rows[row].shape}"
        for step in (-1, 1, 2)
        if 0 <= (row := one.row + step) < len(page.rows) and page.tells(row)
    }
    found |= {"pressed"} if any(page.button[one.row : end]) else set()
    moments = (
        [one.moment]
        if one.moment
        else [
            moment
            for row in range(max(0, one.row - 2), min(end, one.row + 4))
            for moment in page.rows[row].moments[:1]
        ]
    )
    found |= {f"when {moments[0].has_clock} {moments[0].offset is None}"} if moments else set()
    return found


def masked(name: str) -> str:
    """Return a name without its free-standing numbers: "Level 2" and "Level 3" are one."""
    return _FIRST_NUMBER.sub("0", _NUMBERS.sub("0", name))


def _fair(used: float) -> float:
    return max(0.0, min(1.0, used)) ** 2


def likeness(name: str, times: int) -> float:
    """Return how much a string looks like a name, from 0 to 1, and how often it stands in its place."""
    if not name or not any(char.isalnum() or ord(char) > 0x2000 for char in name) or len(name) > 110:
        return 0.0
    if name.strip(":. ").casefold() in _NO_NAMES or _KEYED.match(name):
        return 0.1
    cues = lexical(name)
    words = len(name.split())
    worth = 1.0 if could_be_name(name) else 0.55
    worth -= 0.35 * cues[_AT["ends_ask"]] + 0.25 * cues[_AT["ends_stop"]] * (words > 2)
    worth -= 0.5 * cues[_AT["prose_share"]] * (words > 1) + 0.08 * max(0, words - 3)
    worth -= 0.3 * cues[_AT["markup"]] + 0.3 * (not any(char.isalpha() for char in name))
    worth -= 0.5 * is_button(name) + 0.4 * (_NUMBERS.search(name) is not None and words > 1)
    if times > 1:
        worth += 0.15
    return max(0.0, min(1.0, worth) - 0.15 * (len(name) == 1))


def filled(guess: Guess, page: Rows) -> list[bool]:
    """Say of each post whether a line of text stands between its name and the next."""
    openings = guess.openings
    often = max(3, round(0.4 * len(openings)))
    if guess.below:
        starts = [max(-1, openings[0].row - 3), *(one.row for one in openings)]
        spans = [(start + 1, one.row) for start, one in zip(starts, openings, strict=False)]
    else:
        ends = [*(one.row for one in openings[1:]), len(page.rows)]
        spans = [(one.row + 1, end) for one, end in zip(openings, ends, strict=True)]
    return [
        _speaks(one, page) or any(not page.noise(place, often) for place in range(*span))
        for one, span in zip(openings, spans, strict=True)
    ]


def _speaks(one: Opening, page: Rows) -> bool:
    """Say whether words follow on the row of the name itself."""
    if one.rest is None:
        return False
    row = page.rows[one.row]
    said = row.text[one.rest :]
    if any(moment.start >= one.rest - 1 for moment in row.moments) and len(said.split()) < 6:
        return False
    return any(char.isalpha() for char in said)


def _keyed(openings: Sequence[Opening], page: Rows) -> bool:
    """Say whether the names are keys, such as "Date: …": few, in turn, with little behind them."""
    if any(one.rest is None for one in openings):
        return False
    order = [one.author for one in openings]
    kinds = len(set(order))
    said = [page.rows[one.row].text[one.rest or 0 :] for one in openings]
    words = sorted(
        len(text.split()) if text.isascii() else max(len(text.split()), len(text) // 3) for text in said
    )
    turns = sum(one != other for one, other in zip(order, order[kinds:], strict=False))
    return words[len(words) // 2] <= 2 or (
        kinds <= 4 and len(order) >= 3 * kinds and turns <= 0.1 * len(order)
    )


def best(guesses: Sequence[Guess], page: Rows) -> list[Verdict]:
    """Return the guesses with their verdicts, the best first."""
    verdicts = [judge(guess, page) for guess in guesses]
    return sorted(verdicts, key=lambda one: (-one.value, one.guess.openings[0].row, one.guess.sign))
