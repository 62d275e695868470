"""Marks of punctuation, and how the sentences of a text begin and end, each as a word of its own.

"You clearly" that opens a sentence tells more than the same words inside one, and what opens and closes
a whole comment tells most: its first and its last sentence count word by word.
"""

import re

from discourse.text.normalise import fold

LENGTH = 3000  # characters of a text that count
_ENDS = re.compile(r"(?<=[.!?])\s+|\n+")
_WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[?!.,:;]+")
_MARKS = str.maketrans({"?": "qq", "!": "xx", ".": "pp", ",": "cc", ":": "kk", ";": "jj"})
_ENDING = "?!.,:;"
_OPENING, _CLOSING = (1, 2, 3), (1, 2)  # how many words are taken together
_RUN = 3  # marks in a row that count
_POINTS = str.maketrans(
    {",": " 0c ", ";": " 0s ", ":": " 0k ", "(": " 0l ", ")": " 0r ", '"': " 0a ", "“": " 0a ", "”": " 0a "}
)


def pointed(text: str) -> str:
    """Return a text in which marks of punctuation are words, so that n-grams of words tell them."""
    return pointed_marks(f"{text} ")


def pointed_marks(marks: str) -> str:
    """Return the same of marks within a text, with the blank that follows them."""
    return marks.replace("...", "…").replace(". ", " 0p ").translate(_POINTS)


def marked(marks: str) -> str:
    """Return the word that stands for marks in a row at the edge of a sentence; empty for brackets."""
    return marks[:_RUN].rstrip().translate(_MARKS) if marks[0] in _ENDING else ""


def edged(text: str) -> str:
    """Return what stands at the edges of a text's sentences, as made-up words between spaces.

    Empty for a text without words and marks.
    """
    sentences = [words for part in _ENDS.split(fold(text[:LENGTH])) if (words := _words(part))]
    if not sentences:
        return ""
    found = [edge for words in sentences for edge in _edges(words)]
    found += [f"first{len(some)}z{'zz'.join(some)}" for some in _openings(sentences[0])]
    found += [f"opensz{word}" for word in sentences[0]]
    found += [f"last{len(some)}z{'zz'.join(some)}" for some in (sentences[-1][-1:], sentences[-1][-3:])]
    found += [f"closesz{word}" for word in sentences[-1]]
    return " ".join(found)


def _words(sentence: str) -> list[str]:
    return [found if found[0].isalnum() else marked(found) for found in _WORDS.findall(sentence)]


def _openings(words: list[str]) -> list[list[str]]:
    return [words[:size] for size in _OPENING if size <= len(words)]


def _edges(words: list[str]) -> list[str]:
    begun = [f"begins{len(some)}z{'zz'.join(some)}" for some in _openings(words)]
    ended = [f"ends{size}z{'zz'.join(words[-size:])}" for size in _CLOSING if size <= len(words)]
    return begun + ended
