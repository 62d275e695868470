"""Scripts that are written without blanks between words: there a word is not where the blanks are."""

import re

# Thai, Lao, Tibetan, Myanmar, Khmer; Han and kana with their marks. Korean has blanks.
_UNSPACED = re.compile(
    "[\u0e01-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003134f]"
)
# combining marks and the Indic scripts, whose vowel signs are no letters to a regular expression
_SIGNS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0700-\u0dff]"
)


def is_plain(text: str) -> bool:
    """Say whether words stand between blanks and are letters only, as in most scripts."""
    return text.isascii() or not (_UNSPACED.search(text) or _SIGNS.search(text))


def has_unspaced(text: str) -> bool:
    """Say whether a text holds a character of a script without blanks."""
    return not text.isascii() and _UNSPACED.search(text) is not None


def is_unspaced(word: str) -> bool:
    """Say whether a word is one character of a script without blanks."""
    return len(word) == 1 and word > "\u0e00" and _UNSPACED.match(word) is not None
