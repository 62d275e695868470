"""Nouns that can be said to say something, as they stand around a verb of saying (English)."""

import re
from collections.abc import Sequence

from msgspec import Struct

from discourse.text.numbers import NUMBER_WORDS
from discourse.text.tokens import STOPWORDS

_TITLES = "Mr Mrs Ms Dr Prof Sen Gov Rep Gen Col St Sgt Lt Capt Rev Jr Sr Hon Cllr".split()
_TOKEN = re.compile(rf"(?:{'|'.join(_TITLES)})\.|(?:[A-Z]\.)+|[^\W_]+(?:[’'&.-][^\W_]+)*|[^\w\s]")
_WIDEST = 24  # tokens that are looked at on either side of a verb
_MOST = 9  # tokens of a name or a role
_DATELINE = 8  # tokens of the place and the agency before a report's first sentence
_DETERMINERS = NUMBER_WORDS | frozenset(
    "the a an some many several most other another his her its their our my your both".split()
)
_LINKS = frozenset("of for from in at by with to".split())  # within "two people familiar with the deal"
# what stands between a subject and its verb
_BETWEEN = frozenset(
    "has have had also later previously earlier then recently already still himself herself themselves "
    "itself repeatedly once again yesterday today often never since now would will".split()
)
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december".split()
)
_PASSIVE = frozenset("was were is are been being be am isn't wasn't aren't weren't get gets got".split())
# of which no ending tells that they are verbs
_VERBS = frozenset(
    "put said says told went came made gave met saw left won lost beat took sent held led cut hit".split()
)
_COLLECTIVE = frozenset("police people staff".split())
# words that a sentence may begin with and that are no part of a name
_OPENERS = STOPWORDS | frozenset(
    "although though yet however meanwhile still nor since unless whether according speaking asked last also "
    "instead later earlier today yesterday reporting despite amid near within without upon".split()
)
PRONOUNS = frozenset("he she they it".split())


class Word(Struct, frozen=True):
    """A word or a mark of a sentence."""

    text: str
    low: str
    at: int  # offset into the sentence


class Phrase(Struct, frozen=True):
    """Who is named: a person, a body or a role."""

    words: tuple[str, ...]  # without the article before it
    about: str = ""  # what else is said of them, folded: "the trust's medical director"

    @property
    def text(self) -> str:
        """The name as it is shown."""
        return " ".join(self.words)

    @property
    def is_pronoun(self) -> bool:
        """Whether it is "he", "she", "it" or "they"."""
        return len(self.words) == 1 and self.words[0].lower() in PRONOUNS

    @property
    def is_name(self) -> bool:
        """Whether it is a name alone, without a role before it."""
        return all(_is_capital(word) for word in self.words) and not self.words[0].endswith(("'s", "’s"))


def words_of(sentence: str) -> list[Word]:
    """Cut a sentence into words and marks; blanks are left out."""
    found = ((m.group(), m.start()) for m in _TOKEN.finditer(sentence))
    return [Word(text, text.lower().replace("’", "'"), at) for text, at in found]


def before(words: Sequence[Word], verb: int) -> Phrase | None:
    """Return the subject of a verb that stands before it; None where nobody is named, or it is a passive."""
    here = _skip_between(words, verb - 1)
    if here is None or here < 0:
        return None
    if words[here].text == ",":
        return _around_comma(words, here)
    return _ending_at(words, here)


def behind(words: Sequence[Word], verb: int) -> Phrase | None:
    """Return the subject behind a verb: "said the mayor, Ines Harrow"; None where nobody is named."""
    here = verb + 1
    if here >= len(words) or not (_is_capital(words[here].text) or words[here].low in _DETERMINERS):
        return None
    last = here
    while last < min(len(words), here + _MOST) and _goes_on(words, last, here):
        last += 1
    while last > here and words[last - 1].low in _LINKS:
        last -= 1
    phrase = _phrase(words[here:last])
    if phrase is None or last >= len(words) or words[last].text != ",":
        return phrase
    return _named_beside(phrase, _segment(words, last + 1))


def subject(words: Sequence[Word]) -> Phrase | None:
    """Return the name or role with which a sentence begins, after "On Tuesday," and its like; else None."""
    here = 0
    while here < len(words) and not words[here].text[0].isalnum():
        here += 1
    dash = next((n for n in range(here, min(len(words), here + _DATELINE)) if words[n].text in "—–"), None)
    if dash is not None and words[here].text.isupper():  # "KELDER (Wire) — "
        here = dash + 1
    if here < len(words) and words[here].low in _OPENERS - _DETERMINERS - PRONOUNS:
        comma = next((n for n in range(here, min(len(words), here + 8)) if words[n].text == ","), None)
        here = here + 1 if comma is None else comma + 1
    if here >= len(words):
        return None
    if words[here].low in PRONOUNS:
        return Phrase((words[here].text,))
    return behind(words, here - 1)


def _skip_between(words: Sequence[Word], here: int) -> int | None:
    """Step back over "also", "has", "on Tuesday"; None where the verb is a passive."""
    for _ in range(6):
        if here < 0:
            return here
        low = words[here].low
        if low in _PASSIVE:
            return None
        if low in _BETWEEN:
            here -= 1
        elif low in _DAYS and here >= 1 and words[here - 1].low in ("on", "in", "last", "late", "early"):
            here -= 2
        else:
            return here
    return here


def _around_comma(words: Sequence[Word], comma: int) -> Phrase | None:
    """Read "Ines Harrow, who leads the board, said" and "the board's head, Ines Harrow, said"."""
    edge = max(0, comma - _WIDEST)
    first = next((n for n in range(comma - 1, edge - 1, -1) if words[n].text == ","), None)
    if first is None or first == 0:
        return None
    phrase = _ending_at(words, first - 1)
    return None if phrase is None else _named_beside(phrase, list(words[first + 1 : comma]))


def _named_beside(phrase: Phrase, between: Sequence[Word]) -> Phrase:
    """Of a role and the name beside it take the name; of a name and what is said of it as well."""
    about = " ".join(word.low for word in between)
    if phrase.is_name or not between or len(between) > _MOST:
        return Phrase(phrase.words, about)
    beside = _phrase(between)
    named = beside is not None and beside.is_name and len(beside.words) == len(between)
    return (
        Phrase(beside.words, phrase.text.lower())
        if named and beside is not None
        else Phrase(phrase.words, about)
    )


def _segment(words: Sequence[Word], first: int) -> list[Word]:
    last = first
    while last < min(len(words), first + _MOST + 1) and words[last].text not in ',.;:—–()"“”?!':
        last += 1
    return list(words[first:last])


def _ending_at(words: Sequence[Word], last: int) -> Phrase | None:
    """Return the name or role whose last word stands at a place."""
    if words[last].low in PRONOUNS:
        return Phrase((words[last].text,))
    first = last + 1
    while first > 0 and last - first < _MOST and _reaches(words, first - 1):
        first -= 1
    run = list(words[first : last + 1])
    while run and (run[0].low in _LINKS or run[0].low in ("and", "&")):
        run.pop(0)
    return _phrase(_from_determiner(run))


def _reaches(words: Sequence[Word], place: int) -> bool:
    word = words[place]
    if not word.text[0].isalnum():
        return False
    if word.low in _DETERMINERS or word.low in _LINKS or word.low in ("and", "'s"):
        return True
    return word.low not in _OPENERS and not word.text.isdigit()


def _goes_on(words: Sequence[Word], place: int, first: int) -> bool:
    word = words[place]
    if not word.text[0].isalnum() or (word.low in _DAYS and place > first):
        return False
    if word.low in _LINKS:
        after = words[place + 1] if place + 1 < len(words) else None
        # "the head of the board", but not "Harrow in a statement"
        lower = not _is_capital(words[place - 1].text)
        of_name = word.low == "of" and after is not None and after.low not in _DAYS
        return after is not None and (of_name or (word.low in ("for", "with") and lower))
    if word.low in _DETERMINERS:
        return place == first or words[place - 1].low in _LINKS
    if _is_capital(words[first].text) and not _is_capital(word.text):
        # "Harrow's lawyer", "Bakery owner Hilde Moen"
        named = any(_is_capital(word.text) for word in words[place + 1 : place + 2])
        role = place == first + 1 and named and word.low not in STOPWORDS and not _is_verb(word.low)
        return role or words[place - 1].text.endswith(("'s", "’s"))
    return word.low not in STOPWORDS and not (place > first + 1 and _is_verb(word.low))


def _is_verb(low: str) -> bool:
    return low.endswith("ed") or low in _VERBS


def _from_determiner(run: list[Word]) -> list[Word]:
    """Cut what stands before the phrase: all before its own article, or before its first capital."""
    starts = [n for n, word in enumerate(run) if word.low in _DETERMINERS]
    while starts and starts[-1] > 0 and run[starts[-1] - 1].low in _LINKS:
        if len(starts) == 1 and not any(_is_capital(word.text) for word in run[: starts[-1]]):
            return _role_before(run, starts[-1])
        starts.pop()
    if starts:
        return run[starts[-1] :]
    capital = next((n for n, word in enumerate(run) if _is_capital(word.text)), None)
    if capital is not None:
        return run[capital:]
    # "residents", "two officials": a plural alone
    plural = run and (run[-1].low in _COLLECTIVE or (run[-1].low.endswith("s") and len(run[-1].low) > 4))
    return run[-2:] if plural and len(run) < 4 else []


def _role_before(run: list[Word], determiner: int) -> list[Word]:
    return run[max(0, determiner - 3) :] if determiner <= 3 else run[determiner:]


def _phrase(run: Sequence[Word]) -> Phrase | None:
    words = [word.text for word in run]
    while words and words[0].lower() in ("the", "a", "an", "and", "of", "his", "her", "its", "their"):
        words.pop(0)
    while words and (words[-1].lower() in _LINKS or words[-1].lower() in ("and", "the", "a", "an")):
        words.pop()
    if not words or words[-1].endswith(("'s", "’s")) or words[-1].lower() in _OPENERS | _DETERMINERS | _DAYS:
        return None
    return Phrase(tuple(words)) if any(char.isalpha() for char in words[-1]) else None


def _is_capital(text: str) -> bool:
    return text[:1].isupper() and text.lower() not in _OPENERS
