"""Words with their offsets, and the stems that let two forms of a word meet."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate

from msgspec import Struct

from discourse.text.normalise import fold
from discourse.text.stems import stem_of


# A word keeps its inner apostrophes and hyphens ("don't", "one-week"), a number its decimal signs and
# its ordinal ending, an abbreviation of single letters its points ("u.s."). Other points end a word:
# people forget the blank after a full stop.
def _word(letter: str, either: str, digit: str, sign: str) -> re.Pattern[str]:
    return re.compile(
        rf"({letter}{either}+(?:['\-]{either}+)*"  # nearly all words; the rest is tried where it fails
        rf"|{digit}+(?:[.,:]{digit}+)*(?:(?:st|nd|rd|th)(?!{either}))?(?!{either})"
        rf"|(?<!{either})(?:{letter}\.){{2,}}"
        rf"|@{sign}+"
        rf"|{either}+(?:['\-]{either}+)*)"
    )


_WORD = _word(r"[^\W\d_]", r"[^\W_]", r"\d", r"\w")
_PLAIN_WORD = _word("[a-zA-Z]", "[a-zA-Z0-9]", "[0-9]", "[a-zA-Z0-9_]")  # the same for ASCII, twice as fast

STOPWORDS = frozenset(
    """
    a about above after again all also am an and any are aren't as at be because been before being below
    between both but by can can't cannot could couldn't did didn't do does doesn't doing don't down
    during each even ever few for from further get got had hadn't has hasn't have haven't having he he'd
    he'll he's her here here's hers herself him himself his how how's i i'd i'll i'm i've if in into is
    isn't it it's its itself just let's like may me might more most much must mustn't my myself no nor
    not now of off oh ok on once one only or other ought our ours ourselves out over own really same
    shall shan't she she'd she'll she's should shouldn't so some still such than that that's the their
    theirs them themselves then there there's these they they'd they'll they're they've this those
    though through to too under until up us very was wasn't we we'd we'll we're we've well were weren't
    what what's when when's where where's which while who who's whom why why's will with won't would
    wouldn't yes yet you you'd you'll you're you've your yours yourself yourselves
    """.split()
)


class Token(Struct, frozen=True):
    """One word of a text."""

    start: int  # half-open code-point offsets into the text
    end: int
    word: str  # folded: lower case, plain apostrophes


def tokenise(text: str) -> list[Token]:
    """Return the words of a text in order; an empty text has none."""
    words, starts, ends, _ = cut(fold(text))
    return list(map(Token, starts, ends, words))


def spans(folded: str) -> list[tuple[int, int, str]]:
    """Return start, end and letters of each word of a folded text, as `tokenise` does but at less cost."""
    words, starts, ends, _ = cut(folded)
    return list(zip(starts, ends, words, strict=True))


def cut(folded: str) -> tuple[list[str], list[int], list[int], list[str]]:
    """Cut a folded text into words: their letters, starts and ends, and what stands between two of them."""
    pieces = split_words(folded)
    places = list(accumulate(map(len, pieces)))
    return pieces[1::2], places[:-1:2], places[1::2], pieces[2:-1:2]


def split_words(folded: str) -> list[str]:
    """Cut a folded text into gaps and words by turns: gap, word, gap, ..., word, gap."""
    pieces: list[str] = _pattern(folded).split(folded)
    return pieces


def words_of(text: str) -> list[str]:
    """Return the folded words of a text in order, as `tokenise` does where nobody asks for their places."""
    folded = fold(text)
    found: list[str] = _pattern(folded).findall(folded)
    return found


def _pattern(folded: str) -> re.Pattern[str]:
    return _PLAIN_WORD if folded.isascii() else _WORD


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """Return the Porter 2 stem of a folded English word (see `stems`); numbers stay as they are."""
    return word if word[:1].isdigit() else stem_of(word.removesuffix("'s"))


def content_stems(words: Iterable[str]) -> list[str]:
    """Return the stems of those words that carry content, in order, repeats kept."""
    return [stem(word) for word in words if word not in STOPWORDS]
