"""The disputed question of a loop, put neutrally in the thread's own words."""

import re

from discourse.analysis.base import ThreadView
from discourse.model import Claim
from discourse.text.normalise import fold
from discourse.text.quantities import find_quantities

MAX_WORDS = 14
MOST_WORDS = 3  # that are named of an exchange
EXCHANGES = "exchanges"  # maker of claims that are told by how an exchange goes


def question(thread: ThreadView, first: Claim, second: Claim) -> str:
    """Ask which of two claims holds, in at most 14 words.

    Where nothing shows what is disputed, it names the words on which the exchange turns.
    """
    if first.value and second.value:
        values = f"{first.value} or {second.value}?"
        asked = _ask(thread, first.attribute or "", _dimension(first.value))
        room = MAX_WORDS - len(values.split())
        return f"{' '.join(asked.split()[:room])}: {values}"
    if first.annotator.partition("@")[0] == EXCHANGES:
        return f"{_about((first.attribute or '').split(', ')[:MOST_WORDS])}: which side is right?"
    # one side's own words, marked as such: the other side denies them
    told = second if _asks(first.text) and not _asks(second.text) else first
    words = told.text.strip(" .!?\"'").split()
    room = MAX_WORDS - 3
    more = " …" if len(words) > room else ""
    return f"True or not: “{' '.join(words[:room])}{more}”?"


def _asks(text: str) -> bool:
    return text.endswith("?") or fold(text).startswith(("perhaps", "maybe"))


def _about(words: list[str]) -> str:
    if not any(words):
        return "What they hold against each other"
    *others, last = words
    return f"About {', '.join(others)} and {last}" if others else f"About {last}"


def _dimension(value: str) -> str:
    found = find_quantities(value)
    return found[0].dimension if found else ""


def _ask(thread: ThreadView, attribute: str, dimension: str) -> str:
    if dimension == "count":
        return f"How many {attribute} are there" if attribute else "How many are there"
    opener = {"time": "How long", "day": "When", "year": "When", "length": "How far"}.get(
        dimension, "How much"
    )
    if not attribute:
        return f"{opener} was it"
    return f"{opener} was {'the' if _is_noun(thread, attribute) else 'it'} {attribute}"


def _is_noun(thread: ThreadView, word: str) -> bool:
    """Say whether a word is used as a noun in a thread: after an article, a pronoun or another determiner."""
    determined = re.compile(
        rf"\b(?:the|a|an|this|that|his|her|its|our|their|your|my|no) (?:\w+ )?{re.escape(word)}\b"
    )
    return any(determined.search(fold(view.post.text)) for view in thread.posts)
