"""Where sentences end within a line: the decisions of Punkt with abbreviations alone.

Kiss, T. and Strunk, J. (2006), Unsupervised Multilingual Sentence Boundary Detection, Computational
Linguistics 32(4), as nltk has it for a splitter that knows abbreviations and has learned nothing else; a
test holds the two to each other. nltk itself takes a second and a hundred megabytes to load.
"""

import re
from collections.abc import Collection
from itertools import pairwise
from unicodedata import category

# blanks as Unicode has them: Python counts four separators more
_BLANK, _INK = r"[^\S\x1c-\x1f]", r"[\S\x1c-\x1f]"
_CLOSING = "\"')]}\u2018\u2019\u201c\u201d\u00ab\u00bb"
_NO_WORD = rf"[;*:@({{\[?!{re.escape(_CLOSING)}]"
_RUN = rf"(?:-{{2,}}|\.{{2,}}|(?:\.{_BLANK}){{2,}}\.)"

# a stop with a mark behind it, or a blank and then the beginning of a word
_STOP = re.compile(rf"[.?!](?=(?:{_NO_WORD}|{_BLANK}+({_INK})))")
_FOLLOWING = re.compile(rf"{_NO_WORD}|{_BLANK}+{_INK}+")
_TOKEN = re.compile(
    rf"{_RUN}|(?=[^(\"`{{\[:;&#*@)}}\]\-,]){_INK}+?"
    rf"(?={_BLANK}|$|{_NO_WORD}|{_RUN}|,(?=$|{_BLANK}|{_NO_WORD}|{_RUN}))|{_INK}"
)
_CLOSED = re.compile(
    rf"[{re.escape(_CLOSING)}]+?(?:{_BLANK}+|(?=--)|$)"
)  # what belongs to the sentence before
_NUMBER = re.compile(r"-?[.,]?\d[\d,.-]*")
_DOTS = re.compile(r"\.\.+")
_RARE_BLANKS = "\t\r\x0b\x0c"  # that part words before a stop, beside the usual one
_NEVER_FIRST = frozenset(";:,.!?")
_LETTERS = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Nl", "Mn", "Mc", "Me", "Pc"))


def sentence_spans(line: str, abbreviations: Collection[str]) -> list[tuple[int, int]]:
    """Return where the sentences of a line begin and end; what is between two of them is blank.

    Parameters
    ----------
    line
        A text without line breaks.
    abbreviations
        Words in lower case that a full stop belongs to, written without it.
    """
    pieces = _pieces(line, abbreviations)
    spans: list[tuple[int, int]] = []
    taken = 0  # characters of the next sentence that belong to the one before
    for place, (start, end) in enumerate(pieces, 1):
        start += taken  # noqa: PLW2901
        closed = _closed(line, *pieces[place]) if place < len(pieces) else None
        if closed:
            spans.append((start, closed.start() + len(closed[0].rstrip())))
            taken = closed.end() - closed.start()
        else:
            taken = 0
            if start < end:
                spans.append((start, end))
    return spans


def _closed(line: str, start: int, end: int) -> re.Match[str] | None:
    """Find what a piece begins with that belongs to the sentence before; most begin with a word."""
    return _CLOSED.match(line, start, end) if start < end and line[start] in _CLOSING else None


def _pieces(line: str, abbreviations: Collection[str]) -> list[tuple[int, int]]:
    """Return a line's pieces from one stop that ends a sentence to the next; the last ends with no blank.

    Of a row of stops without a blank only the last may end a sentence, and the word before it is that before
    the row.
    """
    pieces: list[tuple[int, int]] = []
    rare = [char for char in _RARE_BLANKS if char in line]
    begin = 0
    last: re.Match[str] | None = None
    start = end = 0  # of the word before the last stop
    for stop in _STOP.finditer(line):
        place = stop.start()
        blank = line.rfind(" ", end, place)
        if rare:
            blank = max([blank, *(line.rfind(char, end, place) for char in rare)])
        word_start = blank + 1 if blank > end else start
        if last is not None and end <= word_start and _ends_sentence(line, start, end, abbreviations):
            pieces.append((begin, end + 1))
            begin = last.start(1) if last[1] else end + 1
        last, start, end = stop, word_start, place
    if last is not None and _ends_sentence(line, start, end, abbreviations):
        pieces.append((begin, end + 1))
        begin = last.start(1) if last[1] else end + 1
    pieces.append((begin, len(line.rstrip())))
    return pieces


def _ends_sentence(line: str, start: int, stop: int, abbreviations: Collection[str]) -> bool:
    """Say whether a sentence ends at a stop, or within the words beside it.

    Parameters
    ----------
    start, stop
        Where the word before the stop begins, and the place of the stop.
    """
    if line[stop] != ".":
        return True
    word = line[start:stop]
    if len(word) > 1 and word.isalpha() and word.lower() not in abbreviations:
        return True  # as nearly always
    following = _FOLLOWING.match(line, stop + 1)
    tokens = _TOKEN.findall(line[start : following.end() if following else stop + 1])
    return any(_ends(one, other, abbreviations) for one, other in pairwise(tokens))


def _ends(token: str, following: str, abbreviations: Collection[str]) -> bool:
    """Say whether a token ends a sentence, by what follows it."""
    if not token.endswith("."):
        return token in ("?", "!")
    if len(token) == 1:
        return True
    if token.endswith("..") or _DOTS.match(token):
        return False
    bare = token[:-1].lower()
    if bare in abbreviations or bare.rsplit("-", 1)[-1] in abbreviations:
        return False
    initial = len(token) == 2 and category(token[0]) in _LETTERS
    if initial or _NUMBER.fullmatch(token.lower()):
        first = following[0]
        return not (following in _NEVER_FIRST or first.islower() or (initial and first.isupper()))
    return True
