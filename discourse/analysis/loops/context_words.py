"""What the words of a sentence say of a dispute: what is counted, a record, how much of a claim."""

import re
from collections.abc import Iterable, Iterator

from discourse.analysis.loops.context_sentences import Sentence, topics
from discourse.learn.claim_words import known_words
from discourse.text.normalise import fold
from discourse.text.numbers import NUMBER_WORDS, atoms_of
from discourse.text.quantities import Quantity
from discourse.text.tokens import STOPWORDS, tokenise

# what says that something is a record; "most" and "highest" only before what is measured
_RECORDS = frozenset(
    "record biggest largest highest longest greatest heaviest worst unprecedented most".split()
)
_BEHIND = 5  # words behind it among which stands what is measured
_OF = re.compile(r"\s+of\s+(?:the|his|her|its|their|our|these|those)\s+(?:\w{1,20}\s+)?(\w{3,40}s)\b")
_AND = re.compile(
    r"\s+(?:and|or)\s+([^\W\d_]{1,39}s|people|children|men|women|police|staff)(?![^\W\d_]|\s+\d)"
)
RECORD = topics(["record"])[0]
_TAKES_UP = frozenset("it they this that these those he she".split())


def topics_of(text: str) -> list[str]:
    """Return the topics of a text, in order."""
    return topics(token.word for token in tokenise(text))


def what_counts(quantity: Quantity, text: str) -> str:
    """Return what a number counts, folded: "plates", also "cups and plates", and "five of the plates"."""
    folded = fold(text)
    if not quantity.noun:
        of = _OF.match(folded, quantity.end)
        return of[1] if of else ""
    place = folded.find(quantity.noun, quantity.start)
    second = _AND.match(folded, place + len(quantity.noun)) if place >= 0 else None
    if second is None or second[1] in STOPWORDS or second[1] in NUMBER_WORDS:
        return quantity.noun  # "cups and over sixty plates" begins another number
    return f"{quantity.noun} and {second[1]}"


def weight(words: Iterable[str]) -> float:
    """Return how rare some topics are together."""
    known = known_words()
    return sum(known.rareness(word) for word in sorted(words))


def takes_up(sentence: Sentence) -> bool:
    """Say whether a sentence takes up what the one before it was about, or goes on with its quotation."""
    opening = [atom.text for atom in atoms_of(sentence.text[:80])[:6]]
    return not _TAKES_UP.isdisjoint(opening) or sentence.text[:1] in '"“«'


def superlative(text: str, core: frozenset[str]) -> tuple[str, int] | None:
    """Return the word by which a text calls something a record, with its place; None where none does.

    Other words than "record" must stand before what the claims speak of: "the most umbrellas".
    """
    for word, start, behind in _records(text):
        if word == "record" or any(topic in core for topic in behind if topic != RECORD):
            return ("record" if word == "record" else f"the {word}"), start
    return None


def of_record(text: str) -> frozenset[str]:
    """Return the topics of what a text calls a record, those behind "the biggest"; empty without one."""
    return frozenset(topic for *_, behind in _records(text) for topic in behind) - {RECORD}


def _records(text: str) -> Iterator[tuple[str, int, list[str]]]:
    """Yield the words that say that something is a record, with their places and the topics behind them."""
    tokens = tokenise(text)
    for place, token in enumerate(tokens):
        if token.word in _RECORDS:
            behind = topics(after.word for after in tokens[place + 1 : place + 1 + _BEHIND])
            yield token.word, token.start, behind


def share_of(claim: frozenset[str], sentence: frozenset[str], is_record: bool) -> float:
    """Return how much of a claim's words a sentence holds, rare ones counting more."""
    held = sentence | {RECORD} if is_record else sentence
    words = known_words()
    weights = {word: words.rareness(word) for word in claim}
    total = sum(weights[word] for word in sorted(claim))
    shared = sorted(claim & held)
    if not total or (len(shared) < 2 and len(claim) > 1):
        return 0.0
    return sum(weights[word] for word in shared) / total
