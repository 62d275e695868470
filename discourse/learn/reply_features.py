"""What a post and the post that it answers have that a reader can name, measured for many pairs at once.

Cues of agreement and where they stand, who is spoken of, questions, length, what both share.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from discourse.learn.reply_labels import Reading
from discourse.learn.reply_sets import Column, Floats, Ints, flags, logs, logs_of, whole
from discourse.learn.reply_vocabulary import ME, NEGATIONS, OTHERS, YOU, Words

Pair = tuple[Reading, Reading]  # a reply, and what it answers
_LAUGH = re.compile(r"\b(?:lol|lmao|ha){1,3}\b|[:;]-?\)")
_SMILE = re.compile(r"\bemoticon_\w|[:;]-?[)(dp]|\blol\b|\bhaha")
_SMILES_IN = 600  # characters
_STOP = re.compile(r"[.!?](?=\s|$)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_DIGIT = re.compile(r"\d")
_SIZES = (3, 6, 10, 20, 40, 80, 160)  # words
_RATED, _HEAD = 60, 160  # words and characters at the beginning
_NEW = 100  # words at the beginning of which it counts whether the post answered has them


class Found(NamedTuple):
    """A feature of one pair that only few have, such as the words with which it opens."""

    pair: int
    name: str
    value: float


class Marks:
    """The marks of many texts that the features ask for."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.questions = whole(text.count("?") for text in texts)
        self.asks_last = flags("?" in text and text.rstrip().endswith("?") for text in texts)


class Features:
    """All named features of pairs of readings.

    `columns` holds those that every pair has, 0 included; `found` those that few have.
    """

    def __init__(self, pairs: Sequence[Pair], words: Words | None = None) -> None:
        """Take pairs, and the words of all that stands in them (and maybe more) where they are known."""
        if words is None:
            words = Words(list({id(reading): reading for pair in pairs for reading in pair}.values()))
        self.words = words
        self.readings = words.readings
        self.own = whole(words.places[id(own)] for own, _ in pairs)
        self.answered = whole(words.places[id(answered)] for _, answered in pairs)
        self._replies = [own for own, _ in pairs]
        self._texts = [own.text for own, _ in pairs]
        self._marks = Marks([reading.text for reading in self.readings])
        self._tones = whole(map(_tone, self.readings))
        self._sizes = self.words.sizes[self.own]

    def columns(self) -> dict[str, Column]:
        """Return the features that every pair has."""
        return {
            **self._people(),
            **self._signs(),
            **self._lengths(),
            **self._contrast(),
            **self._numbers(),
            **self._rates(),
        }

    def found(self) -> Iterator[Found]:
        """Yield the features that few pairs have; of those of one name a pair has one."""
        for pair, own in enumerate(self._replies):
            for cue in own.opening:
                yield Found(pair, f"opens:{cue.label}", 1.0)
                yield Found(pair, f"first:{own.text[cue.start : cue.end]}", 1.0)
            counts: dict[str, float] = {}
            for cue in own.cues:
                name, most = (f"tone:{cue.label}", 3.0) if cue.is_tone else (f"has:{cue.label}", 2.0)
                if cue.is_tone or not cue.is_strict:
                    counts[name] = min(most, counts.get(name, 0.0) + 1)
            for name, value in counts.items():
                yield Found(pair, name, value)
            if own.words:
                yield Found(pair, f"word1:{own.words[0]}", 1.0)

    def _people(self) -> dict[str, Column]:
        """Measure who is spoken of."""
        own, words = self.own, self.words
        size = np.maximum(1, self._sizes)
        per = _per(self._sizes)
        you, me = words.count(YOU)[own], words.count(ME)[own]
        return {
            "you": np.minimum(3.0, you) / 3,
            "you_first": words.count(YOU, 5)[own] > 0,
            "you_share": you / size,
            "i_share": me / size,
            "you_rate": words.count(YOU, _RATED)[own] * per,
            "i_rate": words.count(ME, _RATED)[own] * per,
            "they_rate": words.count(OTHERS, _RATED)[own] * per,
            "parent_you": words.count(YOU, _RATED)[self.answered] > 0,
            "parent_i": words.count(["i"], _RATED)[self.answered] > 0,
        }

    def _signs(self) -> dict[str, Column]:
        """Measure marks, laughter and links."""
        texts, marks = self._texts, self._marks.questions[self.own]
        bare = [text.lstrip() for text in texts]
        return {
            "asks": marks > 0,
            "asks_last": self._marks.asks_last[self.own],
            "asks_only": flags(
                n > 0 and n >= len(_STOP.findall(text)) for n, text in zip(marks.tolist(), texts, strict=True)
            ),
            "parent_asks": self._marks.asks_last[self.answered],
            "asks_early": np.minimum(2.0, whole(text.count("?", 0, _HEAD) for text in bare)),
            "exclaims": flags("!" in text for text in texts),
            "exclaims_early": np.minimum(2.0, whole(text.count("!", 0, _HEAD) for text in bare)),
            "trails": flags(".." in text or "…" in text for text in texts),
            "laughs": flags(map(_laughs, texts, self.words.which(_is_laughter)[self.own].tolist())),
            "smiles": np.minimum(2.0, whole(map(_smiles, bare))),
            "link": flags("://" in text for text in texts),
            "quote_marks": np.minimum(4.0, whole(text.count('"') for text in texts)) / 4,
        }

    def _lengths(self) -> dict[str, Column]:
        sizes, theirs = self._sizes, self.words.sizes[self.answered]
        return {
            "size": logs(np.maximum(1, sizes)) / 4,
            "short": np.maximum(1, sizes) <= 4,
            "parent_size": logs(1 + theirs) / 4,
            "ratio": logs_of((1 + sizes) / (1 + theirs)) / 2,
            **{f"below{size}": sizes < size for size in _SIZES},
        }

    def _contrast(self) -> dict[str, Column]:
        """Measure denials, and what both texts share."""
        own, answered, words = self.own, self.answered, self.words
        denials = words.count(NEGATIONS)
        shared = words.stems.alike(words.stems.shared(own, answered), own, answered)
        praise = self._tones[own] * self._tones[answered]
        early, late = words.sets(_NEW), words.sets()
        news = early.sizes[own] - early.shared(own, answered, among=late)
        return {
            "negations": np.minimum(4.0, denials[own]) / 4,
            "negation_first": words.count(NEGATIONS, 6)[own] > 0,
            "negation_rate": words.count(NEGATIONS, _RATED)[own] * _per(self._sizes),
            "parent_negation_rate": words.count(NEGATIONS, _RATED)[answered]
            * 10
            / (10 + np.minimum(words.sizes[answered], _RATED)),
            "but": words.count(["but"], _RATED)[own] > 0,
            "but_early": words.count(["but"], 12)[own] > 0,
            "shared": shared,
            "shared_denied": np.where((denials[own] > 0) != (denials[answered] > 0), shared, 0.0),
            "tone_alike": praise > 0,
            "tone_unlike": praise < 0,
            "novel": news / (1 + early.sizes[own]),
        }

    def _numbers(self) -> dict[str, Column]:
        """Say whether both texts hold numbers, and whether the same ones."""
        has = self.words.which(_DIGIT.search)
        differ, shared = np.zeros(len(self.own), np.bool_), np.zeros(len(self.own), np.bool_)
        for pair in np.flatnonzero(has[self.own] & has[self.answered]).tolist():
            ours, theirs = (
                set(_NUMBER.findall(self.readings[places[pair]].text)) for places in (self.own, self.answered)
            )
            differ[pair], shared[pair] = bool(ours - theirs), bool(ours & theirs)
        return {"numbers_differ": differ, "numbers_shared": shared}

    def _rates(self) -> dict[str, Column]:
        """Measure how often both ask."""
        marks, sizes = self._marks.questions, self.words.sizes
        return {
            "question_rate": marks[self.own] * 10 / (10 + sizes[self.own]),
            "parent_question_rate": marks[self.answered] * 10 / (10 + sizes[self.answered]),
        }


def features(own: Reading, answered: Reading) -> dict[str, float]:
    """Return the named features of one pair; those that are 0 are left out."""
    return next(features_of([(own, answered)]))


def features_of(pairs: Sequence[Pair]) -> Iterator[dict[str, float]]:
    """Yield the named features of each pair; those that are 0 are left out."""
    measured = Features(pairs)
    columns = {name: values.astype(np.float64).tolist() for name, values in measured.columns().items()}
    rows: list[dict[str, float]] = [{} for _ in pairs]
    for pair, name, value in measured.found():
        rows[pair][name] = value
    for pair, row in enumerate(rows):
        yield row | {name: values[pair] for name, values in columns.items() if values[pair]}


def _per(sizes: Ints) -> Floats:
    found: Floats = 10 / (10 + np.minimum(sizes, _RATED))
    return found


def _tone(reading: Reading) -> int:
    """Say whether a text praises more than it blames (1), or less (-1)."""
    signs = {"praise": 1, "blame": -1}
    total = sum(signs.get(cue.label, 0) for cue in reading.cues if cue.is_tone)
    return (total > 0) - (total < 0)


def _is_laughter(word: str) -> bool:
    return ("ha" in word or "lol" in word or "lmao" in word) and bool(_LAUGH.search(word))


def _laughs(text: str, has_laughter: bool) -> bool:
    # words are cut elsewhere than at the edges that the pattern asks for: one of them laughs, or none does
    may = has_laughter or (")" in text and (":" in text or ";" in text))
    return may and bool(_LAUGH.search(text))


def _smiles(text: str) -> int:
    if ":" in text or ";" in text or "lol" in text or "haha" in text or "emoticon_" in text:
        return len(_SMILE.findall(text[:_SMILES_IN]))
    return 0
