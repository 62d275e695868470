"""What a line that holds nothing but a name looks like, and what it does not."""

import re
import unicodedata
from functools import lru_cache

from discourse.ingest.words import load_words

LONGEST = 48  # characters of a name
MOST_WORDS = 6

# Words that sentences are made of and names hardly ever are (en, de, fr, es): a hint among others.
_PROSE = frozenset(load_words("names")["prose"])
_URL = re.compile(r"https?:|www\.|\.(?:com|org|net|html?|php)\b", re.IGNORECASE)
_LIST = re.compile(r"(?:\d{1,3}[.)]|\(?[a-z][.)]|[-*•·–—>#+])\s?\S", re.IGNORECASE)
_BULLET = re.compile(r"[-*•·–—]\s+\S")
_CAMEL = re.compile(r"[a-zß-ÿ][A-Z]")
_MIXED = re.compile(r"[^\W\d_]\d|\d[^\W\d_]")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W_]+(?:['’\-.][^\W_]+)*")
_MARKUP = re.compile(r"[\[\]<>{}=|\\/;:,?!\"“”„()…^~$%]")

LEXICAL = (
    "one_word two_words three_words more_words length digits_glued underscore camel starts_upper "
    "all_lower all_upper title_case prose_share any_prose all_prose apostrophe at_sign list_item markup "
    "no_letter inner_dot initials ends_stop ends_ask ends_colon ends_comma ends_dots ends_dash "
    "digits_only emoji number_first short_word "
).split()


def could_be_name(line: str) -> bool:
    """Say whether a line can hold nothing but a name; generous: people call themselves anything."""
    if not line or len(line) > LONGEST or len(line.split()) > MOST_WORDS or _URL.search(line):
        return False
    if _BULLET.match(line):
        return False
    return not (line[-1] in ",;:([" or line.endswith(("...", "…")) or line[0] in '>"“„«[')


@lru_cache(maxsize=4096)
def lexical(line: str) -> tuple[float, ...]:
    """Return what the line's own characters say, in the order of `LEXICAL`; each about 0 to 1."""
    words = _WORD.findall(line)
    count = len(line.split())
    prose = sum(word.lower().replace("’", "'") in _PROSE for word in words)
    letters = sum(map(str.isalpha, line))
    plain = line.isascii()
    upper = sum(map(str.isupper, line if plain else filter(str.isalpha, line)))
    digit = _DIGIT.search(line) is not None
    initial = [word[0].isupper() or word[0].isdigit() for word in words]
    values = (
        count == 1,
        count == 2,
        count == 3,
        count > 3,
        len(line) / LONGEST,
        digit and _MIXED.search(line) is not None,
        "_" in line,
        bool(_CAMEL.search(line)),
        line[:1].isupper(),
        letters > 0 and upper == 0,
        letters > 1 and upper == letters,
        count > 1 and bool(initial) and all(initial),
        prose / max(1, len(words)),
        prose > 0,
        bool(words) and prose == len(words),
        "'" in line or "’" in line,
        line.startswith("@"),
        bool(_LIST.match(line)),
        bool(_MARKUP.search(line)),
        not letters,
        "." in line[:-1],
        count == 1 and 1 < letters <= 4 and upper == letters,
        line.endswith((".", "。")),
        line.endswith(("!", "?", "！", "？")),
        line.endswith((":", ";")),
        line.endswith(","),
        line.endswith(("...", "…", "..")),
        line.endswith(("-", "–", "—")),
        not letters and any(char.isdigit() for char in line),
        not plain and any(unicodedata.category(char) == "So" for char in line),
        line[:1].isdigit(),
        len(line) <= 3,
    )
    return tuple(map(float, values))
