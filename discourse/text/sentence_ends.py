"""Where sentences end within a line: the decisions of Punkt with abbreviations alone.

Kiss, T. and Strunk, J. (2006), Unsupervised Multilingual Sentence Boundary Detection, Computational
Linguistics 32(4), as nltk has it for a splitter that knows abbreviations and has learned nothing else; a
test holds the two to each other. nltk itself takes a second and a hundred megabytes to load.
"""

import re
from collections.abc import Collection, Iterator
from itertools import pairwise
from unicodedata import category

# blanks as Unicode has them: Python counts four separators more
_BLANK, _INK = r"[^\S\x1c-\x1f]", r"[\S\x1c-\x1f]"
_CLOSING = "\"')\\]}\u2018\u2019\u201c\u201d\u00ab\u00bb"
_NO_WORD = rf"[;*:@({{\[?!{_CLOSING}]"
_RUN = rf"(?:-{{2,}}|\.{{2,}}|(?:\.{_BLANK}){{2,}}\.)"

# a stop with a mark behind it, or a blank and then the beginning of a word
_STOP = re.compile(rf"[.?!](?=(?:{_NO_WORD}|{_BLANK}+({_INK})))")
_FOLLOWING = re.compile(rf"{_NO_WORD}|{_BLANK}+{_INK}+")
_TOKEN = re.compile(
    rf"{_RUN}|(?=[^(\"`{{\[:;&#*@)}}\]\-,]){_INK}+?"
    rf"(?={_BLANK}|$|{_NO_WORD}|{_RUN}|,(?=$|{_BLANK}|{_NO_WORD}|{_RUN}))|{_INK}"
)
_CLOSED = re.compile(rf"[{_CLOSING}]+?(?:{_BLANK}+|(?=--)|$)")  # what belongs to the sentence before
_NUMBER = re.compile(r"-?[.,]?\d[\d,.-]*")
_DOTS = re.compile(r"\.\.+")
_BLANKS = " \t\r\x0b\x0c"  # that part words before a stop
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
    spans: list[tuple[int, int]] = []
    taken = 0  # characters of the next sentence that belong to the one before
    pieces = list(_pieces(line, abbreviations))
    for place, (start, end) in enumerate(pieces, 1):
        start += taken  # noqa: PLW2901
        closed = _CLOSED.match(line, *pieces[place]) if place < len(pieces) else None
        if closed:
            spans.append((start, closed.start() + len(closed[0].rstrip())))
            taken = closed.end() - closed.start()
        else:
            taken = 0
            if start < end:
                spans.append((start, end))
    return spans


def _pieces(line: str, abbreviations: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield a line's pieces from one stop that ends a sentence to the next; the last ends with no blank."""
    start = 0
    for stop, word_start in _last_stops(line):
        if _ends_sentence(line, word_start, stop.start(), abbreviations):
            yield start, stop.end()
            start = stop.start(1) if stop[1] else stop.end()
    yield start, len(line.rstrip())


def _last_stops(line: str) -> Iterator[tuple[re.Match[str], int]]:
    """Yield the last stop of each row of stops without a blank, and where the word before it begins."""
    blanks = [char for char in _BLANKS if char in line]
    last: re.Match[str] | None = None
    start = end = 0  # of the word before the last stop
    for stop in _STOP.finditer(line):
        place = stop.start()
        blank = max([line.rfind(char, end, place) for char in blanks], default=-1)
        word_start = blank + 1 if blank > end else start
        if last is not None and end <= word_start:
            yield last, start
        last, start, end = stop, word_start, place
    if last is not None:
        yield last, start


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
