"""Whom the sentences of an article attribute their words to (English).

Read are "the board said that", "…, said Ines Harrow", "according to the board", "Harrow told the paper",
quotations that run over several sentences or paragraphs, and "he said" where only one can be meant.
"""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from discourse.analysis.loops.context_phrases import Phrase, Word, before, behind, subject, words_of
from discourse.model import Span

_SAID = frozenset(
    """
    said says say wrote writes write told tells announced announces added adds stated states reported reports
    claimed claims insisted insists argued argues warned warns accused accuses confirmed confirms noted notes
    explained explains acknowledged denied denies complained suggested estimated estimates predicted replied
    admitted maintains maintained declared tweeted posted responded recalled conceded swears swore
    """.split()
)
# verbs that say something only before "that"
_SAID_THAT = frozenset("found finds showed shows show find believes believe believed thinks".split())
_JOINS = frozenset(
    "and but while as when after before because so although though which who that where whom".split()
)
_WHEN = frozenset("on in at during late early yesterday today".split())  # "…, the board said on Monday at"
_WIDEST = 16  # words before a verb among which its subject and a quotation before that stand
_TOLD = 3  # words behind "told" that say no more than to whom
_OUTSIDE = re.compile(r"[^\W\d_]")
_QUOTED_SHARE = 0.6  # of a sentence's characters within quotation marks, from which on it is a quotation
_QUOTES = 20  # letters within quotation marks from which on somebody is quoted, and no word mentioned
_OPENING, _CLOSING = "“«„", "”»"


class Saying(Struct, frozen=True):
    """One attribution within a sentence."""

    who: Phrase
    at: int  # offset of its verb into the sentence
    leads: bool  # whether what is said follows, or stands before ("…, said Harrow")


class _Line(Struct):
    """A sentence with what stands outside of its quotation marks."""

    outer: str  # the quoted characters blanked
    quoted: bool  # most of it is a quotation
    quotes: bool  # some of it is
    goes_on: bool  # a quotation was open where it begins
    paragraph: int
    sayings: list[Saying]
    who: Phrase | None = None  # who says the whole of it


def speakers(text: str, sentences: Sequence[Span]) -> list[list[tuple[int, bool, str]]]:
    """Return for each sentence whom it names as speaking, in order.

    Returns
    -------
    list
        For each sentence the offset of each attribution's verb, whether what is said follows it,
        and the name; an empty list where nobody is named and none can be carried on.
    """
    lines = _lines(text, sentences)
    for place, line in enumerate(lines):
        line.sayings = _resolved(_sayings(line.outer), lines[place - 1] if place else None)
        line.who = line.sayings[-1].who if line.sayings else _carried(lines, place)
    _backwards(lines)
    return [
        [(saying.at, saying.leads, saying.who.text) for saying in line.sayings]
        or ([(0, True, line.who.text)] if line.who is not None else [])
        for line in lines
    ]


def speaker(found: Sequence[tuple[int, bool, str]], at: int) -> str | None:
    """Return who says what stands at a place of a sentence; None where nobody is named.

    The nearest attribution before it that leads, else the first one that follows what is said. One
    that leads to something further on says nothing of what stands before it.
    """
    leading = [name for where, leads, name in found if leads and where <= at]
    if leading:
        return leading[-1]
    return next((name for _, leads, name in found if not leads), None)


def _lines(text: str, sentences: Sequence[Span]) -> list[_Line]:
    lines: list[_Line] = []
    paragraph, edge, is_open = 0, 0, False
    for span in sentences:
        broken = "\n" in text[edge : span.start]
        if broken:
            paragraph, is_open = paragraph + 1, False
        # marks between two sentences belong to neither: a closing one that stands alone
        is_open = _state_after(text[edge : span.start], is_open)
        begun = is_open
        outer, is_open = _outside(text[span.start : span.end], is_open)
        own = text[span.start : span.end]
        letters = len(_OUTSIDE.findall(own))
        left = len(_OUTSIDE.findall(outer))
        quoted = letters - left
        lines.append(_Line(outer, quoted > _QUOTED_SHARE * letters, quoted > _QUOTES, begun, paragraph, []))
        edge = span.end
    return lines


def _state_after(text: str, is_open: bool) -> bool:
    for char in text:
        if char in _OPENING:
            is_open = True
        elif char in _CLOSING:
            is_open = False
        elif char == '"':
            is_open = not is_open
    return is_open


def _outside(sentence: str, is_open: bool) -> tuple[str, bool]:
    """Blank what is quoted in a sentence; say too whether a quotation is still open at its end."""
    kept: list[str] = []
    for char in sentence:
        if char in _OPENING or (char == '"' and not is_open):
            is_open = True
            kept.append('"')
        elif char in _CLOSING or char == '"':
            is_open = False
            kept.append('"')
        else:
            kept.append(" " if is_open else char)
    return "".join(kept), is_open


def _sayings(outer: str) -> list[Saying]:
    words = words_of(outer)
    found: list[Saying] = []
    for place, word in enumerate(words):
        if word.low in _SAID or (word.low in _SAID_THAT and _next_is_that(words, place)):
            saying = _said(words, place, found)
            if saying is not None:
                found.append(saying)
        elif word.low in ("saying", "adding", "claiming") and place and words[place - 1].text == ",":
            who = found[-1].who if found else subject(words)
            if who is not None:
                found.append(Saying(who, word.at, leads=True))
        elif word.low == "according" and place + 1 < len(words) and words[place + 1].low == "to":
            who = behind(words, place + 1)
            if who is not None:
                found.append(Saying(who, word.at, leads=place == 0 or words[place - 1].low == "but"))
    return found


def _next_is_that(words: Sequence[Word], place: int) -> bool:
    return place + 1 < len(words) and words[place + 1].low == "that"


def _said(words: Sequence[Word], place: int, found: Sequence[Saying]) -> Saying | None:
    at = words[place].at
    last = words[place - 1].text if place else '"'
    inverted = behind(words, place) if last in ('"', ",", "?", "!") else None
    if inverted is not None and (last != "," or not _has_subject(words, place)):
        return Saying(inverted, at, leads=False)
    if place and words[place - 1].low in ("and", "but"):
        who = found[-1].who if found else subject(words[: place - 1])
        return None if who is None else Saying(who, at, leads=True)
    own = before(words, place)
    if own is None:
        return None
    return Saying(own, at, leads=not _trails(words, place))


def _has_subject(words: Sequence[Word], place: int) -> bool:
    """Say whether the comma before a verb closes something put in behind its subject."""
    own = before(words, place)
    return own is not None and '"' not in [word.text for word in words[max(0, place - 2) : place]]


def _trails(words: Sequence[Word], place: int) -> bool:
    """Say whether a verb ends its sentence, so that what is said stands before it: "…, the board said."."""
    rest = [word.low for word in words[place + 1 : place + 8] if word.text[0].isalnum()]
    if not rest:
        return place > 3 or '"' in [word.text for word in words[:place]]
    mark = _mark_before(words, place)
    if mark < 0 or words[mark + 1].low in _JOINS:
        return False
    told = words[place].low in ("told", "tells") and len(rest) <= _TOLD
    aside = words[place + 1].text == "," or told or rest[0] in _WHEN  # "…, the board said, but"
    if words[mark].text == '"' or (aside and place > 3):
        return True
    return place > 6 and len(words) - place < 8 and rest[0] not in ("that", "it", "the", "he", "she", "they")


def _mark_before(words: Sequence[Word], place: int) -> int:
    """Return the place of the quotation mark or comma before a verb's subject; -1 where none stands there.

    A name may be set off by two commas: "…,” Rusk, the chair, said on Monday".
    """
    marks = [n for n in range(max(0, place - _WIDEST), place) if not words[n].text[0].isalnum()][-3:]
    quoted = next((n for n in reversed(marks) if words[n].text == '"'), -1)
    between = [words[n].text for n in marks if n > quoted]
    if quoted >= 0 and between in ([], [","], [",", ","]):
        return quoted
    return marks[-1] if marks and words[marks[-1]].text == "," else -1


def _resolved(sayings: Iterable[Saying], previous: _Line | None) -> list[Saying]:
    """Put the name that is meant for "he said"; leave out those of whom that is unsure."""
    found: list[Saying] = []
    for saying in sayings:
        who: Phrase | None = saying.who
        if saying.who.is_pronoun:
            who = _antecedent(saying.who.words[0].lower(), previous)
        if who is not None:
            found.append(Saying(who, saying.at, saying.leads))
    return found


def _antecedent(pronoun: str, previous: _Line | None) -> Phrase | None:
    """Return whom "he said" means: who speaks or acts in the sentence before; None where that is unsure."""
    if previous is None:
        return None
    who = previous.who
    if who is None:
        found = subject(words_of(previous.outer))
        who = None if found is None or found.is_pronoun else found
    if who is None or (pronoun in ("he", "she") and not _may_be_person(who)):
        return None
    return who


def _may_be_person(who: Phrase) -> bool:
    return any(word[:1].isupper() for word in who.words) or len(who.words) <= 2


def _carried(lines: Sequence[_Line], place: int) -> Phrase | None:
    """Return who goes on speaking: a quotation without a speaker of its own behind one that has one."""
    line, previous = lines[place], lines[place - 1] if place else None
    if not line.quoted or previous is None or previous.who is None:
        return None
    if line.paragraph == previous.paragraph:
        return previous.who
    # a paragraph that is nothing but a quotation goes on from one that ended with a quotation
    return previous.who if previous.quotes and line.paragraph == previous.paragraph + 1 else None


def _backwards(lines: Sequence[_Line]) -> None:
    """Give the first sentences of a quotation the speaker that is named behind its last one."""
    for place in range(len(lines) - 2, -1, -1):
        line, after = lines[place], lines[place + 1]
        if line.quoted and after.goes_on and not line.sayings and line.paragraph == after.paragraph:
            line.who = after.who
