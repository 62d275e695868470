"""Lines of a page that belong to nobody: buttons, votes, member boxes, forms, footers."""

import re
from collections import defaultdict
from collections.abc import Sequence

from discourse.ingest.words import any_of, load_words

_LISTS = load_words("furniture")
_PRESS = frozenset(tuple(phrase.split()) for phrase in _LISTS["buttons"])
_MORE = frozenset(tuple(phrase.split()) for phrase in _LISTS["more_buttons"])
_LONGEST_PHRASE = max(len(phrase) for phrase in _PRESS | _MORE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_OPENINGS = frozenset(phrase[0] for phrase in _PRESS | _MORE)
_FORMS = re.compile(rf"^\W{{0,4}}(?:{any_of(_LISTS['forms'])})(?!\w)", re.IGNORECASE)
_NOTE = re.compile(rf"^\W{{0,4}}(?:{any_of(_LISTS['notes'])})(?!\w)", re.IGNORECASE)
_GLUED = re.compile(rf"({any_of(_LISTS['glued'])})(?=[a-zA-Z])")
_WIDEST = 160  # characters of a line of buttons, or of a form's first
_DIGITS = re.compile(r"\d+")
_KEY = re.compile(r"^([^\W\d_][\w ]{1,18}):\s")
_RULE = re.compile(r"^(?:_{5,}|--)$")
LONGEST = 60  # characters of a line that is taken for furniture because it recurs


def shape(line: str) -> str:
    """Return a line with its numbers masked, "Posts: 12" as "Posts: …": what recurs of furniture."""
    text = line.strip()
    if (key := _KEY.match(text)) is not None and len(text) < LONGEST:
        return key[1].lower() + ": …"
    return _DIGITS.sub("0", text.lower())


def is_button(line: str) -> bool:
    """Say whether a line holds nothing but what people press: "36 • Reply • Share ›"."""
    if len(line) > _WIDEST:
        return False
    if (opening := _WORD.search(line)) is None or (
        opening.group().lower().replace("’", "'") not in _OPENINGS
        and _GLUED.match(line, opening.start()) is None
    ):
        return False
    words = [word.lower().replace("’", "'") for word in _WORD.findall(_GLUED.sub(r"\1 ", line))]
    place, pressed = 0, False
    while place < len(words):
        for size in range(_LONGEST_PHRASE, 0, -1):
            phrase = tuple(words[place : place + size])
            if len(phrase) == size and (phrase in _PRESS or phrase in _MORE):
                pressed = pressed or phrase in _PRESS
                place += size
                break
        else:
            return False
    return pressed


def is_form(line: str) -> bool:
    """Say whether a line opens a form or a footer below the comments."""
    return len(line) <= _WIDEST and _FORMS.match(line.strip()) is not None


def is_note(line: str) -> bool:
    """Say whether a line is the page's word that a post was edited."""
    return len(line) <= _WIDEST and _NOTE.match(line) is not None


def is_rule(line: str) -> bool:
    """Say whether a line is a ruled line, below which a signature stands."""
    return _RULE.match(line.strip()) is not None


def recurring(tails: Sequence[Sequence[str]], authors: Sequence[str]) -> frozenset[str]:
    """Return the shapes of lines that stand below many posts.

    Parameters
    ----------
    tails
        For each post the last lines before the next header, the last one first, without blanks.
    authors
        Who wrote each: what stands below one author's posts alone is his own habit.
    """
    need = max(3, round(0.3 * len(tails)))
    found: set[str] = set()
    shapes = [[shape(line) if len(line) <= LONGEST else "" for line in tail] for tail in tails]
    for _ in range(12):
        below: defaultdict[str, list[str]] = defaultdict(list)
        for tail, author in zip(shapes, authors, strict=True):
            form = next((form for form in tail if form not in found), "")
            if form:
                below[form].append(author)
        new = {form for form, whose in below.items() if len(whose) >= need and len(set(whose)) > 1}
        if not new:
            break
        found |= new
    return frozenset(found)
