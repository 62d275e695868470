"""Where in a text a name stands as a name: after @, as a header, over a quotation, as an address.

Words of headers are those by which pages are read (`ingest/profiles/headers.toml`).
"""

import re
from collections.abc import Sequence
from functools import cache

from discourse.ingest.words import any_of, load_words
from discourse.privacy.atoms import Atom, alike

ARTICLES = frozenset(
    """
    a an the my your his her our their its no some any every each much more
    der die das ein eine le la les un une el los las una
    """.split()
)
DETERMINERS = ARTICLES | frozenset("this that these those of i we they he she it who to".split())
_LOOK = 80  # characters of a line before and after a name that are looked at
_OPENING = r"[\s>|*_#\"“„«»•–—\[(-]*"
_GRAWLIX = frozenset("_#$%&*!@~^")  # "F#@king" calls nobody
_ENDS = frozenset('.!?…:;>*-–—|"“”„«»•([')  # after one of these a capital says nothing


def is_called(atoms: Sequence[Atom], place: int) -> bool:
    """Say whether the atom at a place stands right behind an @ or u/ that begins a mention."""
    if place == 0 or atoms[place - 1].end != atoms[place].start:
        return False
    sign = atoms[place - 1].shown
    if sign == "@":
        return not _word_before(atoms, place - 1)
    if sign != "/" or place < 2 or atoms[place - 2].end != atoms[place - 1].start:
        return False
    return alike(atoms[place - 2].shown) in ("u", "user") and not _word_before(atoms, place - 2)


def _word_before(atoms: Sequence[Atom], place: int) -> bool:
    if place == 0 or atoms[place - 1].end != atoms[place].start:
        return False
    before = atoms[place - 1].shown[0]
    return before.isalnum() or before in _GRAWLIX


def handle_end(atoms: Sequence[Atom], place: int) -> int:
    """Return where the handle ends that begins at an atom: words joined by hyphens and points."""
    end = place + 1
    while end + 1 < len(atoms) and _goes_on(atoms[end - 1 : end + 2]):
        end += 2
    return end


def _goes_on(three: Sequence[Atom]) -> bool:
    before, joint, after = three
    if before.end != joint.start or joint.end != after.start or not after.shown[0].isalnum():
        return False
    return joint.shown == "-" or (joint.shown == "." and not after.shown[0].isupper())


def is_amid(text: str, atoms: Sequence[Atom], place: int) -> bool:
    """Say whether the atom at a place stands amid a sentence and behind no determiner."""
    if place == 0:
        return False
    before = atoms[place - 1]
    if before.shown in _ENDS or "\n" in text[before.end : atoms[place].start]:
        return False
    return alike(before.shown) not in DETERMINERS


def is_named(text: str, start: int, end: int, *, loose: bool) -> bool:
    """Say whether a stretch of a text stands where a page or a quotation names a person.

    Parameters
    ----------
    loose
        Whether a name alone on a line, one before a comma that opens a line and one before "said" without a
        colon count too.
    """
    far = max(0, start - _LOOK)
    before = text[max(text.rfind("\n", far, start) + 1, far) : start]
    stop = text.find("\n", end, end + _LOOK)
    after = text[end : end + _LOOK if stop < 0 else stop]
    patterns = _patterns()
    if patterns["quote"].search(before):
        return True
    if patterns["lead"].search(before) and patterns["closed"].match(after):
        return True
    if not patterns["opening"].fullmatch(before):
        opens = loose and patterns["sentence"].search(before) is not None
        return opens and patterns["speaks"].match(after) is not None
    if patterns["header"].match(after) or (before.lstrip()[:1] == ">" and not after.strip(" \t*_")):
        return True
    return loose and (not after.strip(' \t*_"”') or patterns["speaks"].match(after) is not None)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = load_words("headers")
    verbs = any_of({*words["verbs"], *words["quoting"]})
    answers = any_of(words["answers"])
    leads = any_of({*words["leads"], *words["answering"]})
    sources = {
        "quote": r"\[quote\s?=\s?[\"'“]?(?:author=|user=|name=)?[\"'“@]?$",
        "lead": rf"(?:(?:^|\W)(?:{answers})|^{_OPENING}(?:{leads})|→|➤|▶|»|↪|->|=>)[\s:*_\"“@]*$",
        "closed": rf"[*_\"”]*\s*(?:$|[:\])»→•·|,]|\d|(?:{verbs})\b)",
        "opening": _OPENING,
        "header": rf"[*_\"”]*\s?(?:[:→➤▶•·|]|->|=>|(?:{verbs})\s*(?:$|[:\"“„«»])|(?:{answers})\s)",
        "sentence": r"[.!?…:;][\"”»)]*\s+[\"“„«]*$",
        "speaks": rf"[*_\"”]*\s?(?:,|(?:{verbs})\b)",
    }
    return {name: re.compile(source, re.IGNORECASE) for name, source in sources.items()}
