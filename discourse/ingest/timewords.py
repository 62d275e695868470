"""Words that pages use for moments, read from `profiles/times.toml`."""

from discourse.ingest.words import load_words

_WORDS = load_words("times")


def _numbers(table: str) -> dict[str, int]:
    return {word.lower(): int(number) for number, words in _WORDS[table].items() for word in words}


MONTHS = _numbers("months")  # number of the month
DAY_WORDS = _numbers("day_words")  # days before the page's own day
UNITS = _numbers("units")  # minutes in one
ZONES = _numbers("zones")  # minutes east of Greenwich
WEEKDAYS: tuple[str, ...] = tuple(_WORDS["weekdays"])
AMBIGUOUS: frozenset[str] = frozenset(_WORDS["ambiguous"])  # day words only where a clock follows
AGO_AFTER: tuple[str, ...] = tuple(_WORDS["ago_after"])
AGO_BEFORE: tuple[str, ...] = tuple(_WORDS["ago_before"])
NOW: tuple[str, ...] = tuple(_WORDS["now"])
