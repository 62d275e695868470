"""Words with their offsets, and the stems that let two forms of a word meet."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from discourse.text.normalise import fold

# A word keeps its inner apostrophes and hyphens ("don't", "one-week"), a number its decimal signs and
# its ordinal ending, an abbreviation of single letters its points ("u.s."). Other points end a word:
# people forget the blank after a full stop.
_WORD = re.compile(
    r"\d+(?:[.,:]\d+)*(?:(?:st|nd|rd|th)(?![^\W_]))?(?![^\W_])"
    r"|(?<![^\W_])(?:[^\W\d_]\.){2,}"
    r"|@\w+"
    r"|[^\W_]+(?:['\-][^\W_]+)*"
)

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


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text."""

    start: int  # half-open code-point offsets into the text
    end: int
    word: str  # folded: lower case, plain apostrophes


def tokenise(text: str) -> list[Token]:
    """Return the words of a text in order; an empty text has none."""
    return [Token(*word) for word in spans(fold(text))]


def spans(folded: str) -> list[tuple[int, int, str]]:
    """Return start, end and letters of each word of a folded text, as `tokenise` does but at less cost."""
    return [(*match.span(), match.group()) for match in _WORD.finditer(folded)]


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    # nltk takes a second to import: only what needs stems pays it
    from nltk.stem.snowball import SnowballStemmer  # noqa: PLC0415

    return SnowballStemmer("english")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the Snowball (Porter 2) stem of a folded English word; numbers stay as they are."""
    if word[:1].isdigit():
        return word
    stemmed: str = _stemmer().stem(word.removesuffix("'s"))
    return stemmed


def content_stems(words: Iterable[str]) -> list[str]:
    """Return the stems of those words that carry content, in order, repeats kept."""
    return [stem(word) for word in words if word not in STOPWORDS]
