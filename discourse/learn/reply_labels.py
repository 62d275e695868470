"""Agree, disagree or neither: what a post and the post that it answers have that a reader can name.

Cues of agreement and where they stand, who is spoken of, questions, length, what both share. The model
in `reply_pairs` weighs them beside n-grams.
"""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from discourse.lexicon import Lexicons, Match, load_lexicons
from discourse.text.negation import negator_before
from discourse.text.normalise import fold
from discourse.text.tokens import content_stems, tokenise

LABELS = ("agree", "disagree", "neither")
OPENING = 40  # characters in which a cue may begin and still open a post
_FORMERLY = re.compile(r"\bused to (?:[a-z]{1,12} )?$")
_CLAUSE = re.compile(r" (?:right|true|correct|agree)$")  # a sentence's words, not an opening word
_NO_DENIAL = re.compile(  # "no doubt he is right", "not only is he right", "don't you agree with that"
    r"(?:no|not|never|without|[a-z]{1,8}n't) (?:a )?(?:doubt|question|only|just|merely)\b"
    r"|[a-z]{1,8}n't (?:i|you|he|she|it|we|they|that|this)\b"
)
_NEGATIONS = frozenset(
    """
    no not never none nothing nobody neither nor cannot can't don't doesn't didn't isn't aren't wasn't weren't
    won't wouldn't shouldn't couldn't haven't hasn't hadn't ain't dont doesnt didnt isnt cant wont
    """.split()
)
_YOU = frozenset("you your you're you've you'd you'll yours yourself u ur".split())
_ME = frozenset("i i'm i've i'd i'll my me mine".split())
_OTHERS = frozenset("we us our they them their".split())
_SMILE = re.compile(r"\bemoticon_\w|[:;]-?[)(dp]|\blol\b|\bhaha")
_SIZES = (3, 6, 10, 20, 40, 80, 160)  # words
_RATED, _HEAD = 60, 160  # words and characters at the beginning
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class Reading:
    """A text as the features see it."""

    text: str  # folded
    words: tuple[str, ...]
    stems: frozenset[str]
    cues: tuple[Match, ...]

    @property
    def negations(self) -> int:
        """Negations in the text."""
        return sum(word in _NEGATIONS for word in self.words)


@cache
def cue_lexicons() -> Lexicons:
    """Return the cues of agreement and the words of praise and blame, read once."""
    return load_lexicons(names=("agreement_cues", "stance_words"))


def read(text: str) -> Reading:
    """Read one text; one of blanks has no words."""
    folded = fold(text)
    words = tuple(token.word for token in tokenise(folded))
    cues = tuple(_with_polarity(cue_lexicons().match(folded), folded))
    return Reading(folded, words, frozenset(content_stems(words)), cues)


def _with_polarity(cues: Iterable[Match], folded: str) -> Iterator[Match]:
    """Yield the cues, those of agreement that are denied or of the past ("used to") as disagreement.

    Such a one begins at the word that denies it, if no cue before holds that word, and its `place`
    is "denied". Denied words that give way are left out.
    """
    taken = 0
    for cue in cues:
        start = _denial(cue, folded)
        if start is None:
            yield cue
        elif cue.label == "agree" and (not _strict(cue) or _CLAUSE.search(folded, cue.start, cue.end)):
            fields = {**cue.entry.fields, "place": "denied"}
            entry = replace(cue.entry, label="disagree", fields=fields)
            yield replace(cue, start=start if start >= taken else cue.start, entry=entry)
        if cue.lexicon.name == "agreement_cues":
            taken = cue.end


def _denial(cue: Match, folded: str) -> int | None:
    """Return where the words begin that turn a cue of agreement round; None where nothing does."""
    if cue.lexicon.name != "agreement_cues" or cue.label not in ("agree", "yields"):
        return None
    start = negator_before(folded, cue.start)
    if start is not None:
        return None if _NO_DENIAL.match(folded, start, cue.start) else start
    first = max(0, cue.start - 80)
    formerly = _FORMERLY.search(folded[first : cue.start])
    return first + formerly.start() if formerly else None


def opening_cues(reading: Reading) -> list[Match]:
    """Return the cues of agreement with which a text opens."""
    first = len(reading.text) - len(reading.text.lstrip(" \n\"'.-*>"))
    return [
        cue
        for cue in reading.cues
        if cue.lexicon.name == "agreement_cues" and cue.start - first <= (0 if _strict(cue) else OPENING)
    ]


def _strict(cue: Match) -> bool:
    return cue.entry.fields.get("place") in ("opening", "joins")


def features(own: Reading, parent: Reading) -> dict[str, float]:
    """Measure a reply beside the post that it answers; features that are 0 are left out."""
    found: dict[str, float] = {}
    opening = opening_cues(own)
    for cue in opening:
        found[f"opens:{cue.label}"] = 1.0
        found[f"first:{own.text[cue.start : cue.end]}"] = 1.0
    for cue in own.cues:
        place = "blame" if cue.lexicon.name == "stance_words" else "has"
        if place == "blame":
            found[f"tone:{cue.label}"] = min(3.0, found.get(f"tone:{cue.label}", 0.0) + 1)
        elif not _strict(cue):
            found[f"has:{cue.label}"] = min(2.0, found.get(f"has:{cue.label}", 0.0) + 1)
    found |= _shape(own, parent) | _contrast(own, parent) | _rates(own, parent)
    for word in own.words[:1]:
        found[f"word1:{word}"] = 1.0
    return {name: value for name, value in found.items() if value}


def _shape(own: Reading, parent: Reading) -> dict[str, float]:
    size = max(1, len(own.words))
    marks = own.text.count("?")
    return {
        "you": min(3.0, sum(word in _YOU for word in own.words)) / 3,
        "you_first": float(any(word in _YOU for word in own.words[:5])),
        "you_share": sum(word in _YOU for word in own.words) / size,
        "i_share": sum(word in _ME for word in own.words) / size,
        "negations": min(4.0, own.negations) / 4,
        "negation_first": float(any(word in _NEGATIONS for word in own.words[:6])),
        "asks": float(marks > 0),
        "asks_last": float(own.text.rstrip().endswith("?")),
        "asks_only": float(marks > 0 and marks >= len(re.findall(r"[.!?](?=\s|$)", own.text))),
        "parent_asks": float(parent.text.rstrip().endswith("?")),
        "exclaims": float("!" in own.text),
        "trails": float(".." in own.text or "…" in own.text),
        "laughs": float(bool(re.search(r"\b(?:lol|lmao|ha){1,3}\b|[:;]-?\)", own.text))),
        "link": float("://" in own.text),
        "size": math.log(size) / 4,
        "short": float(size <= 4),
        "parent_size": math.log(1 + len(parent.words)) / 4,
    }


def _contrast(own: Reading, parent: Reading) -> dict[str, float]:
    shared = len(own.stems & parent.stems) / math.sqrt((1 + len(own.stems)) * (1 + len(parent.stems)))
    ours, theirs = set(_NUMBER.findall(own.text)), set(_NUMBER.findall(parent.text))
    praise = _tone(own) * _tone(parent)
    return {
        "shared": shared,
        "shared_denied": shared if bool(own.negations) != bool(parent.negations) else 0.0,
        "numbers_differ": float(bool(theirs) and bool(ours - theirs)),
        "numbers_shared": float(bool(ours & theirs)),
        "tone_alike": float(praise > 0),
        "tone_unlike": float(praise < 0),
    }


def _tone(reading: Reading) -> int:
    signs = {"praise": 1, "blame": -1}
    total = sum(signs.get(cue.label, 0) for cue in reading.cues if cue.lexicon.name == "stance_words")
    return (total > 0) - (total < 0)


def _rates(own: Reading, parent: Reading) -> dict[str, float]:
    """Measure how long both are, and how often the reply's first words speak of whom, deny and ask."""
    head, words, theirs = own.words[:_RATED], own.words, parent.words[:_RATED]
    text = own.text.lstrip()
    start = text[:_HEAD]
    per = 10 / (10 + len(head))
    return {
        **{f"below{size}": float(len(words) < size) for size in _SIZES},
        "ratio": math.log((1 + len(words)) / (1 + len(parent.words))) / 2,
        "asks_early": min(2.0, start.count("?")),
        "exclaims_early": min(2.0, start.count("!")),
        "question_rate": own.text.count("?") * 10 / (10 + len(words)),
        "parent_question_rate": parent.text.count("?") * 10 / (10 + len(parent.words)),
        "smiles": min(2.0, len(_SMILE.findall(text[:600]))),
        "quote_marks": min(4.0, own.text.count('"')) / 4,
        "you_rate": sum(word in _YOU for word in head) * per,
        "i_rate": sum(word in _ME for word in head) * per,
        "they_rate": sum(word in _OTHERS for word in head) * per,
        "negation_rate": sum(word in _NEGATIONS for word in head) * per,
        "but": float("but" in head),
        "but_early": float("but" in words[:12]),
        "parent_you": float(any(word in _YOU for word in theirs)),
        "parent_i": float("i" in theirs),
        "parent_negation_rate": sum(word in _NEGATIONS for word in theirs) * 10 / (10 + len(theirs)),
        "novel": len(set(words[:100]) - set(parent.words)) / (1 + len(set(words[:100]))),
    }
