"""The words that pages put around posts, in ten languages."""

import random
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "ru", "ja", "ar")
# One row a word, columns in the order of LANGUAGES; {…} are slots of a layout's templates.
TABLE = (Path(__file__).parent / "words.txt").read_text(encoding="utf-8")
# Languages that only some pages write their own words in; a word that is missing there is English, as on
# pages translated by halves. One row a word: language|key|words for it.
MORE_LANGUAGES = ("pl", "sv", "tr", "zh", "ko")
MORE = (Path(__file__).parent / "more_words.txt").read_text(encoding="utf-8")
# One row a word and language: key|language|other words for the same, as many as there are.
SYNONYMS = (Path(__file__).parent / "synonyms.txt").read_text(encoding="utf-8")


@cache
def words(language: str) -> dict[str, str]:
    """The words of one language by their keys; raises KeyError for a language that is not made up here."""
    if language in MORE_LANGUAGES:
        return words("en") | {key: found[0] for key, found in _more(language).items()}
    column = 1 + {name: i for i, name in enumerate(LANGUAGES)}[language]
    rows = [row.split("|") for row in TABLE.strip().splitlines()]
    return {row[0]: row[column] for row in rows}


def _more(language: str) -> dict[str, list[str]]:
    rows = [row.split("|") for row in MORE.strip().splitlines()]
    return {row[1]: row[2:] for row in rows if row[0] == language}


@cache
def synonyms(language: str) -> dict[str, list[str]]:
    """Other words for the same in one language, by their keys."""
    if language in MORE_LANGUAGES:
        return {key: found[1:] for key, found in _more(language).items()}
    rows = [row.split("|") for row in SYNONYMS.strip().splitlines()]
    return {row[0]: row[2:] for row in rows if row[1] == language}


@cache
def labels(language: str, seed: int | None) -> dict[str, str]:
    """The words of one language as one site has them: for each, one of its synonyms, drawn by the seed."""
    table = words(language)
    if seed is None:
        return table
    more = synonyms(language)
    return {
        key: random.Random(f"{seed} {key}").choice([word, *more.get(key, [])]) for key, word in table.items()
    }
