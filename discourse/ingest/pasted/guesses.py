"""Ways in which a page could open its posts, from what recurs on it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from discourse.ingest.furniture import is_button
from discourse.ingest.pasted.affixes import Masks, Template, find_templates, masks_of
from discourse.ingest.pasted.names import could_be_name
from discourse.ingest.pasted.rows import MOMENT, NUMBER, Row
from discourse.ingest.times import Moment, find_times
from discourse.ingest.words import any_of, load_words

_WIDEST = 110  # characters of a row with two names
_SHAPE, _MARK = 0.9, 0.7  # what words that recur tell, and marks alone, where a moment tells 1
_GLUED = 0.8  # what a moment tells that a name runs into
_MOST_BELOW = 0.6  # share of such names that stand below another, from which on they are names answered
_ANCHORS = 24  # kinds of rows that are tried
_TIMED, _BUTTONS, _RULES, _GAPS = "a line that says when", "a line of buttons", "a rule", "a blank line"
_FEW = 12  # rows of a page that is small
_REACH = (-1, 1, -2, 2, -3, 3)  # rows from the one that recurs to the name
_TIME = r"\d{1,4}(?:[./-]\d{1,2}[./-]\d{1,4})?,?(?:\s?\d{1,2}:\d{2}|:\d{2})(?::\d{2})?(?:\s?[ap]\.?m\.?)?"
_KEY = re.compile(r"([^\W\d_][\w ]{0,18})\s?[:：]\s?\S.{0,40}$")
_LISTS = load_words("headers")
_ANSWERING = re.compile(
    rf"(?:{any_of([*_LISTS['answers'], *_LISTS['answering']])})\s(?:@(?=\S))?|[→↳↪▶➜⇒►➤⟶⮕@>]\s?",
    re.IGNORECASE,
)
_MOVED = 0.3  # share of names with a rank under them, from which on it is tried to go over it
_CLIMB = 5  # rows between a row that recurs and the name over it
_STOPS = tuple(".!?。！？؟…")
_SENTENCE = re.compile(r"[!?;:]\s|[.,]\s(?=\S+\s)|(?:\s\S+){7}")
_OPENING = re.compile(
    rf"(?P<time>[\[(]?(?:{_TIME})[\])]?\s{{0,3}}[-–|]?\s{{0,3}})?(?P<left>[<\[(@*]{{0,2}})(?P<name>[^\s<>\[\]:|][^<>\[\]:|]{{0,69}}?)"
    rf"(?P<right>[>\])*]{{0,2}})(?P<when>\s?[\[(,]\s?(?:{_TIME})[\])]?)?(?P<mark>\s?[:：]|(?<=>)|(?<=\*\*)|\s?[>»]|\s[–—-])\s{{1,3}}(?=\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Opening:
    """One place where a post would open."""

    row: int
    author: str
    start: int = 0  # offset of the name in the row's text
    rest: int | None = None  # offset of the post's own text, where it begins on this row
    moment: Moment | None = None
    addressee: str | None = None


@dataclass(frozen=True, slots=True)
class Guess:
    """One way to divide a page: where posts open, and by what that was told."""

    openings: tuple[Opening, ...]
    anchors: frozenset[int]  # rows that recur, by which the names were found
    sign: str  # what recurs, in words
    used: float  # share of the rows that recur at which a name stands
    tail: bool = False  # what recurs ends a post instead of opening it
    weight: float = 1.0  # how telling it is: moments and buttons more than a colon
    below: bool = False  # the names stand under the texts, as signatures do


class Rows:
    """The rows of a page with what recurs among them."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.masks: list[Masks] = [masks_of(row) for row in rows]
        self.shapes: Counter[str] = Counter(row.shape for row in rows if not row.long)
        self.button = [not row.long and is_button(row.text) for row in rows]
        self.need = 2 if len(rows) < _FEW else 3
        self.alone = frozenset(row.text for row in rows if not row.long)
        self.keys = Counter(
            key[1].casefold() for row in rows if not row.long and (key := _KEY.match(row.text[:60]))
        )

    def timed(self, place: int) -> bool:
        """Say whether a row says when, and little else."""
        row = self.rows[place]
        if not row.moments:
            return False
        held = sum(moment.end - moment.start for moment in row.moments)
        return 2 * held >= len(row.text) - 2 or (len(row.tokens) <= 8 and row.tokens[0].mask == MOMENT)

    def dated(self, place: int) -> bool:
        """Say whether a row says when by itself, and not of a name that runs into the moment."""
        row = self.rows[place]
        if not self.timed(place):
            return False
        start = row.moments[0].start
        return not start or not row.text[start - 1].isalnum()

    def glued(self, place: int) -> bool:
        """Say whether a name runs into a moment: it is the name answered, never an author's own."""
        row = self.rows[place]
        if not row.moments:
            return False
        start = row.moments[0].start
        return start > 0 and row.text[start - 1].isalnum()

    def prose(self, place: int) -> bool:
        """Say whether a row reads as a sentence, by its length or its end."""
        row = self.rows[place]
        return row.long or row.words >= 6 or row.text.rstrip(" |*_")[-1:] in _STOPS

    def numbered(self, place: int) -> bool:
        """Say whether a row is a number with a word or two: "#12", "Level 2", "5 points"."""
        masks = self.masks[place]
        return NUMBER in masks and len(masks) <= 5 and self.rows[place].words <= 3

    def tells(self, place: int) -> bool:
        """Say whether a row is a page's by its kind: it says when, is numbered or pressed, or is a rule."""
        return (
            self.timed(place)
            or self.button[place]
            or self.numbered(place)
            or self.rows[place].shape == "rule"
        )

    def label(self, place: int) -> bool:
        """Say whether a row tells of an author without naming one: "Posts: 12", "#4", again and again."""
        row = self.rows[place]
        if row.long or row.shape == "rule":
            return False
        if (key := _KEY.match(row.text)) is not None and self.keys[key[1].casefold()] >= self.need:
            return True
        return self.numbered(place) and self.shapes[row.shape] >= self.need

    def answer(self, place: int) -> str | None:
        """Return whom a row names as the one answered: "In reply to …", "↪ …", "@…"; None for others."""
        row = self.rows[place]
        found = _ANSWERING.match(row.text) if not row.long else None
        if found is None or not (name := row.text[found.end() :].strip(" \t:")):
            return None
        if name in self.alone:
            return name
        phrase = " " in found.group().strip() or found.group()[0] in "↳↪"
        return name if phrase and len(name) <= _WIDEST else None

    def named(self, place: int, step: int) -> tuple[int, str | None]:
        """Return the row of the name at or above a row, and whom rows between say it answers."""
        named = None
        for _ in range(_CLIMB):
            if step > 0 or not 0 < place < len(self.rows):
                break
            answered = self.answer(place)
            if answered is None and not self.label(place):
                break
            named = answered or named
            place -= 1
        return place, named

    def noise(self, place: int, often: int) -> bool:
        """Say whether a row is a page's rather than a person's: it recurs `often`, or is of such a kind."""
        row = self.rows[place]
        if row.long:
            return False
        if row.shape == "rule" or self.button[place] or self.timed(place):
            return True
        return self.shapes[row.shape] >= often and (NUMBER in self.masks[place] or len(row.text) <= 60)


def find_guesses(page: Rows) -> list[Guess]:
    """Return ways to divide a page, none of them judged."""
    return [*_inline(page), *_beside(page), *_spoken(page)]


def _inline(page: Rows) -> Iterator[Guess]:
    """Names within rows of one shape."""
    for template in find_templates(page.rows, page.masks, page.need):
        openings = []
        for place, row in enumerate(page.rows):
            if row.long or not page.masks[place]:
                continue
            span = template.middle(row, page.masks[place], kin=template.says_when)
            if span is not None:
                name = row.text[span[0] : span[1]].strip()
                openings.append(Opening(place, name, span[0], moment=next(iter(row.moments), None)))
        openings = _usual(openings, template, page)
        if 2 * sum(page.answer(one.row) is not None for one in openings) > len(openings):
            continue
        if len(openings) >= page.need:
            guess = _guess(openings, f"the shape “{template}”", len(openings))
            glued = 2 * sum(page.glued(one.row) for one in openings) > len(openings)
            if not glued or not _answer(openings, page):
                yield replace(guess, weight=_GLUED if glued else _weight(template))


def _answer(openings: Sequence[Opening], page: Rows) -> bool:
    """Say whether names that run into a moment stand below the names of those who answer them."""
    named = {one.author for one in openings}
    rows = [(one.row - 1, page.rows[one.row - 1]) for one in openings if one.row]
    below = sum(
        row.text in named
        or (page.shapes[row.shape] > 1 and not page.noise(place, 3) and could_be_name(row.text))
        for place, row in rows
    )
    return below >= _MOST_BELOW * len(openings)


def _weight(template: Template) -> float:
    masks = (*template.before, *template.behind)
    if MOMENT in masks:
        return 1.0
    return _SHAPE if any(mask[0].isalnum() or mask == NUMBER for mask in masks) and masks != (":",) else _MARK


def _usual(openings: Sequence[Opening], template: Template, page: Rows) -> list[Opening]:
    """Leave out rows that go on as no other does behind what the template ends in."""
    behind = [_behind(page.masks[one.row], template) for one in openings]
    often = Counter(behind)
    return [
        one
        for one, rest in zip(openings, behind, strict=True)
        if (not rest or often[rest] > 1 or (len(rest) <= 4 and not rest[0][0].isalnum() and rest[0] != ":"))
        and not (template.is_soft and _SENTENCE.search(one.author))
    ]


def _behind(masks: Masks, template: Template) -> Masks:
    size = len(template.behind)
    if not size:
        return ()
    for at in range(len(template.before) + 1, len(masks) - size + 1):
        if masks[at : at + size] == template.behind:
            return masks[at + size :]
    return ()


def _beside(page: Rows) -> Iterator[Guess]:
    """Names on rows of their own, at one distance from rows that recur."""
    for sign, places in _anchors(page):
        inside = frozenset(places)
        for step in (1,) if sign == _GAPS else _REACH:
            openings = [
                Opening(row, page.rows[row].text, addressee=named)
                for row, named in (page.named(place + step, step) for place in places)
                if 0 <= row < len(page.rows) and (sign == _GAPS or row not in inside)
            ]
            openings = [opening for opening in openings if _nameable(page, opening.row)]
            if len(openings) >= page.need - (step > 0):
                where = f"{abs(step)} {'above' if step < 0 else 'below'}"
                weight = 1.0 if sign in (_TIMED, _BUTTONS, _RULES) or page.tells(places[0]) else _SHAPE
                if 2 * sum(map(page.glued, places)) > len(places):
                    weight = _GLUED
                guess = _guess(openings, f"{where} {sign}", len(places))
                yield replace(guess, anchors=inside, tail=step > 0, weight=weight)
                if step == -1 and (higher := _over_ranks(openings, page)) is not None:
                    guess = _guess(higher, f"over what stands above {sign}", len(places))
                    yield replace(guess, anchors=inside, weight=weight)


def _over_ranks(openings: Sequence[Opening], page: Rows) -> list[Opening] | None:
    """Return openings one or two rows further up, where ranks stand under names; None where none can."""
    often = Counter(one.author for one in openings)
    found = []
    for one in openings:
        place, named = one.row, one.addressee
        for _ in range(2):
            if not (often[page.rows[place].text] > 1 and _headlike(page, place)):
                break
            place, answered = page.named(place - 1, -1)
            named = answered or named
        found.append(replace(one, row=place, author=page.rows[place].text, addressee=named))
    moved = sum(one.row != other.row for one, other in zip(openings, found, strict=True))
    rows = {one.row for one in found}
    return found if moved >= _MOVED * len(openings) and len(rows) == len(found) else None


def _headlike(page: Rows, place: int) -> bool:
    """Say whether what stands right over a row can be a name or a label."""
    if not place or page.rows[place].gap or page.button[place - 1] or page.prose(place - 1):
        return False
    return page.label(place - 1) or page.answer(place - 1) is not None or _nameable(page, place - 1)


def _anchors(page: Rows) -> Iterator[tuple[str, list[int]]]:
    """Yield rows that recur, by what they have in common."""
    kinds: defaultdict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(page.rows):
        if row.long:
            continue
        if page.timed(place):
            kinds[_TIMED].append(place)
        if page.button[place]:
            kinds[_BUTTONS].append(place)
        if row.shape == "rule":
            kinds[_RULES].append(place)
        elif len(row.tokens) <= 14 and page.shapes[row.shape] >= page.need:
            kinds[row.shape].append(place)
    gaps = [place for place, row in enumerate(page.rows) if row.gap]
    if len(gaps) < 0.7 * len(page.rows):
        kinds[_GAPS] = [place - 1 for place in gaps if place]
    for kind, places in sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0]))[:_ANCHORS]:
        if len(places) >= page.need:
            shown = f"the line “{page.rows[places[0]].text[:40]}”"
            yield kind if kind in (_TIMED, _BUTTONS, _RULES, _GAPS) else shown, places


def _nameable(page: Rows, place: int) -> bool:
    """Say whether a row may hold a name, and words such as "replied to" with another."""
    row = page.rows[place]
    return (
        not row.long
        and len(row.text) <= _WIDEST
        and not (page.button[place] and page.shapes[row.shape] >= page.need)
        and (could_be_name(_bare(row.text)) or (len(row.text.split()) > 2 and row.text[-1] not in ".!?…,;:"))
        and row.shape != "rule"
        and not page.timed(place)
        and any(char.isalnum() or ord(char) > 0x2000 for char in row.text)
    )


def _bare(text: str) -> str:
    return text.strip().strip("*_@:").strip() or text.strip()


def _plain(name: str) -> bool:
    """Say whether a string that stands once before a colon can be a name rather than half a sentence."""
    return len(name.split()) <= 3 and not any(char in name for char in ',;.!?#"“”()') and not find_times(name)


def _guess(openings: Sequence[Opening], sign: str, anchors: int) -> Guess:
    return Guess(
        tuple(openings), frozenset(one.row for one in openings), sign, len(openings) / max(1, anchors)
    )


def _spoken(page: Rows) -> Iterator[Guess]:
    """Names that open a line on which their words follow: "nick: text", "<nick> text"."""
    kinds: defaultdict[tuple[bool, str, str, bool, str], list[Opening]] = defaultdict(list)
    for place, row in enumerate(page.rows):
        match = _OPENING.match(row.text[:110])
        if match is None or not (match["left"] or could_be_name(match["name"].strip())):
            continue
        if (
            match["left"] == "<"
            and (close := row.text.find(">", match.end("left"), 110)) - match.end("left") > 0
        ):
            begin = match.end("left")
            rest = close + 1 + len(row.text[close + 1 :]) - len(row.text[close + 1 :].lstrip())
            name = row.text[begin:close].strip()
            opening = Opening(place, name, begin, rest, next(iter(row.moments), None))
            kinds[bool(match["time"]), "<", ">", False, ""].append(opening)
            continue
        key = (bool(match["time"]), match["left"], match["right"], bool(match["when"]), match["mark"].strip())
        opening = Opening(
            place, match["name"].strip(), match.start("name"), match.end(), next(iter(row.moments), None)
        )
        kinds[key].append(opening)
    for (time, left, right, when, mark), openings in sorted(kinds.items(), key=lambda item: str(item[0])):
        if not (time or left or when):
            often = Counter(one.author for one in openings)
            chosen = [one for one in openings if often[one.author] > 1 or _plain(one.author)]
        else:
            chosen = openings
        if len(chosen) >= page.need:
            shown = f"{'(time) ' * time}{left}…{right}{' (time)' * when}{mark}"
            guess = _guess(chosen, f"the shape “{shown} text”", len(chosen))
            yield replace(guess, weight=1.0 if time or left or when else _MARK)
