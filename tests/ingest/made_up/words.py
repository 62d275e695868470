"""The words that pages put around posts, in ten languages."""

from functools import cache
from pathlib import Path

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "ru", "ja", "ar")
# One row a word, columns in the order of LANGUAGES; {…} are slots of a layout's templates.
TABLE = (Path(__file__).parent / "words.txt").read_text(encoding="utf-8")


@cache
def words(language: str) -> dict[str, str]:
    """The words of one language by their keys; raises KeyError for a language that is not made up here."""
    column = 1 + {name: i for i, name in enumerate(LANGUAGES)}[language]
    rows = [row.split("|") for row in TABLE.strip().splitlines()]
    return {row[0]: row[column] for row in rows}
