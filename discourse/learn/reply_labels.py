"""Agree, disagree or neither: how a post reads, and with which words it agrees or disagrees.

`reply_features` measures readings of a post and of what it answers; the model in `reply_pairs` weighs that
beside n-grams.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from msgspec import Struct

from discourse.lexicon import Entry, Lexicons, Match, load_lexicons
from discourse.text.negation import negator_before
from discourse.text.normalise import fold
from discourse.text.tokens import content_stems, words_of

LABELS = ("agree", "disagree", "neither")
_AT_ONCE = 256  # texts, so that many need no more memory
_REACH = 3  # words before a cue that may turn it round
OPENING = 40  # characters in which a cue may begin and still open a post
STRICT = ("opening", "joins")  # places of cues that count as a text's first words alone
BEFORE = " \n\"'.-*>"  # what may stand before a text's first words
_FORMERLY = re.compile(r"\bused to (?:[a-z]{1,12} )?$")
_CLAUSE = re.compile(r" (?:right|true|correct|agree)$")  # a sentence's words, not an opening word
_NO_DENIAL = re.compile(  # "no doubt he is right", "not only is he right", "don't you agree with that"
    r"(?:no|not|never|without|[a-z]{1,8}n't) (?:a )?(?:doubt|question|only|just|merely)\b"
    r"|[a-z]{1,8}n't (?:i|you|he|she|it|we|they|that|this)\b"
)
_MAY_DENY = re.compile(
    r"n[oe't]|without|hardly|usedto"
)  # in all words that turn a cue round, blanks left out


class Cue(NamedTuple):
    """A place where words of agreement stand, or words of praise and blame."""

    start: int  # half-open offsets into the folded text
    end: int
    label: str
    place: str | None  # where the entry counts; "denied" where it is turned round
    is_tone: bool  # whether it praises or blames
    entry: Entry

    @property
    def is_strict(self) -> bool:
        """Whether it counts as a text's first words alone."""
        return self.place in STRICT


class Reading(Struct, frozen=True, eq=False, dict=True):
    """A text as the features see it; each is one of its own, so that what is measured of it is kept by it."""

    text: str  # folded
    words: Sequence[str]
    cues: tuple[Cue, ...]

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of its content words."""
        return frozenset(content_stems(self.words))

    @cached_property
    def opening(self) -> Sequence[Cue]:
        """The cues of agreement with which it opens."""
        return opening_cues(self)


@cache
def cue_lexicons() -> Lexicons:
    """Return the cues of agreement and the words of praise and blame, read once."""
    return load_lexicons(names=("agreement_cues", "stance_words"))


def read(text: str) -> Reading:
    """Read one text; one of blanks has no words."""
    return read_all([text])[0]


def read_all(texts: Sequence[str]) -> list[Reading]:
    """Read texts, each by itself."""
    folded = [fold(text) for text in texts]
    return [Reading(text, words_of(text), cues) for text, cues in zip(folded, cues_in(folded), strict=True)]


def cues_of(folded: str) -> tuple[Cue, ...]:
    """Return the cues in a folded text, in the order of their places."""
    return next(cues_in([folded]))


def cues_in(folded: Sequence[str]) -> Iterator[tuple[Cue, ...]]:
    """Yield the cues in each folded text, in the order of their places; they are looked for together."""
    for first in range(0, len(folded), _AT_ONCE):
        texts = folded[first : first + _AT_ONCE]
        found = cue_lexicons().match_in(texts, [None] * len(texts))
        yield from (tuple(_with_polarity(matches, text)) for matches, text in zip(found, texts, strict=True))


def _with_polarity(matches: Iterable[Match], folded: str) -> Iterator[Cue]:
    """Yield matches as cues, those of agreement that are denied or of the past ("used to") as disagreement.

    Such a one begins at the word that denies it, if no cue before holds that word, and its `place`
    is "denied". Denied words that give way are left out.
    """
    taken = 0
    for match in matches:
        entry, start = match.entry, match.start
        if match.lexicon.name != "agreement_cues":
            yield Cue(start, match.end, entry.label, None, True, entry)
            continue
        place = entry.fields.get("place")
        denial = _denial(start, folded) if entry.label in ("agree", "yields") else None
        if denial is None:
            yield Cue(start, match.end, entry.label, place, False, entry)
        elif entry.label == "agree" and (place not in STRICT or _CLAUSE.search(folded, start, match.end)):
            yield Cue(denial if denial >= taken else start, match.end, "disagree", "denied", False, entry)
        taken = match.end


def _denial(start: int, folded: str) -> int | None:
    """Return where the words begin that turn a cue of agreement round; None where nothing does."""
    first = max(0, start - 80)
    near = folded[first:start].rsplit(None, _REACH)[-_REACH:]
    if not _MAY_DENY.search("".join(near)):  # true of few places
        return None
    denial = negator_before(folded, start, reach=_REACH)
    if denial is not None:
        return None if _NO_DENIAL.match(folded, denial, start) else denial
    formerly = _FORMERLY.search(folded[first:start])
    return first + formerly.start() if formerly else None


def opening_cues(reading: Reading) -> list[Cue]:
    """Return the cues of agreement with which a text opens."""
    first = len(reading.text) - len(reading.text.lstrip(BEFORE))
    return [
        cue
        for cue in reading.cues
        if not cue.is_tone and cue.start - first <= (0 if cue.is_strict else OPENING)
    ]
