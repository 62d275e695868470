"""The stems of English words: Porter 2, as Snowball had it up to 2.2 and nltk has it.

Martin Porter's algorithm (https://snowballstem.org/algorithms/english/stemmer.html, its edition of before
2023). Later editions give other stems to some words ("added", "organized", "biologist"), and the models that
ship know these. Where nltk keeps the regions of a word by another book than the algorithm, so does this: a
test holds the two to each other. nltk itself takes a second and a hundred megabytes to load.
"""

from typing import NamedTuple

_VOWELS = "aeiouy"  # a "y" that is a consonant is written "Y" on the way
_NO_SHORT_END = "wxY"
_DOUBLES = ("bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt")
_BEFORE_LI = "cdeghkmnrt"
_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u201b"), "'")
_OPENINGS = ("gener", "commun", "arsen")  # behind them the first region begins
_SPECIAL = {
    "skis": "ski",
    "skies": "sky",
    "dying": "die",
    "lying": "lie",
    "tying": "tie",
    "idly": "idl",
    "gently": "gentl",
    "ugly": "ugli",
    "early": "earli",
    "only": "onli",
    "singly": "singl",
    **{word: word for word in "sky news howe atlas cosmos bias andes".split()},
    **{word + s: word for word in "inning outing canning herring earring".split() for s in ("", "s")},
    **{word + ending: word for word in ("proceed", "exceed", "succeed") for ending in ("", "s", "ed", "ing")},
}


class _Change(NamedTuple):
    """What becomes of an ending: so many letters go, others take their place."""

    cut: int
    add: str = ""
    else_second: str = ""  # what the second region is where it is shorter than what goes


# each step takes the longest of its endings that the word has, whether or not it may then be changed
_STEP_2 = {
    "ization": _Change(7, "ize"),
    "ational": _Change(7, "ate", "e"),
    "fulness": _Change(4),
    "ousness": _Change(7, "ous"),
    "iveness": _Change(7, "ive", "e"),
    "tional": _Change(2),
    "biliti": _Change(6, "ble"),
    "lessli": _Change(2),
    "entli": _Change(2),
    "ation": _Change(5, "ate", "e"),
    "alism": _Change(5, "al"),
    "aliti": _Change(5, "al"),
    "ousli": _Change(5, "ous"),
    "iviti": _Change(5, "ive", "e"),
    "fulli": _Change(2),
    "enci": _Change(1, "e"),
    "anci": _Change(1, "e"),
    "abli": _Change(1, "e"),
    "izer": _Change(4, "ize"),
    "ator": _Change(4, "ate", "e"),
    "alli": _Change(4, "al"),
    "bli": _Change(3, "ble"),
    "ogi": _Change(1),  # behind "l"
    "li": _Change(2),  # behind some letters
}
_STEP_3 = {
    "ational": _Change(7, "ate"),
    "tional": _Change(2),
    "alize": _Change(3),
    "icate": _Change(5, "ic"),
    "iciti": _Change(5, "ic"),
    "ative": _Change(5),  # in the second region
    "ical": _Change(4, "ic"),
    "ness": _Change(4),
    "ful": _Change(3),
}
_STEP_4 = tuple("ement ance ence able ible ment ant ent ism ate iti ous ive ize ion al er ic".split())
_ANY_2, _ANY_3, _STEP_1B = tuple(_STEP_2), tuple(_STEP_3), ("eedly", "ingly", "edly", "eed", "ing", "ed")


class _Word(NamedTuple):
    """A word on its way to its stem, with its two regions; all three change at their end alone."""

    letters: str
    first: str  # what stands behind the first consonant that follows a vowel
    second: str  # the same within the first region

    def changed(self, change: _Change) -> "_Word":
        cut, add, _ = change
        return _Word(
            self.letters[:-cut] + add,
            self.first[:-cut] + add if len(self.first) >= cut else "",
            self.second[:-cut] + add if len(self.second) >= cut else change.else_second,
        )


def stem_of(word: str) -> str:
    """Return the stem of an English word; one of one or two letters is its own."""
    if not word.isascii():
        word = word.lower().translate(_APOSTROPHES)
    if len(word) <= 2:
        return word
    if word in _SPECIAL:
        return _SPECIAL[word]
    # the order of the steps is the algorithm's
    found = _without_s(_regions(_with_consonant_y(word.removeprefix("'"))))
    found = _with_i(_without_ed(found))
    found = _without_derived(_without_derived_further(_without_derivation(found)))
    return _without_last(found).replace("Y", "y")


def _with_consonant_y(word: str) -> str:
    if "y" not in word:
        return word
    letters = list(word)
    for place, letter in enumerate(letters):
        if letter == "y" and (not place or letters[place - 1] in _VOWELS):
            letters[place] = "Y"
    return "".join(letters)


def _regions(word: str) -> _Word:
    opening = next((known for known in _OPENINGS if word.startswith(known)), None)
    first = word[len(opening) :] if opening else _behind(word)
    return _Word(word, first, _behind(first))


def _behind(letters: str) -> str:
    """Return what stands behind the first consonant that follows a vowel."""
    after_vowel = False
    for place, letter in enumerate(letters, 1):
        vowel = letter in _VOWELS
        if after_vowel and not vowel:
            return letters[place:]
        after_vowel = vowel
    return ""


def _has_vowel(letters: str) -> bool:
    return any(letter in _VOWELS for letter in letters)


def _without_s(word: _Word) -> _Word:
    """Take the genitive and the plural off (steps 0 and 1a)."""
    for ending in ("'s'", "'s", "'"):
        if word.letters.endswith(ending):
            word = word.changed(_Change(len(ending)))
            break
    letters = word.letters
    if letters.endswith("sses"):
        return word.changed(_Change(2))
    if letters.endswith(("ied", "ies")):
        return word.changed(_Change(2 if len(letters) > 4 else 1))
    if letters.endswith("s") and not letters.endswith(("us", "ss")) and _has_vowel(letters[:-2]):
        return word.changed(_Change(1))
    return word


def _without_ed(word: _Word) -> _Word:
    """Take the endings of verbs off (step 1b)."""
    letters = word.letters
    if not letters.endswith(_STEP_1B):
        return word
    ending = next(known for known in _STEP_1B if letters.endswith(known))
    if ending in ("eed", "eedly"):
        return word.changed(_Change(len(ending), "ee")) if word.first.endswith(ending) else word
    if not _has_vowel(letters[: -len(ending)]):
        return word
    word = word.changed(_Change(len(ending)))
    letters, first, second = word
    if letters.endswith(("at", "bl", "iz")):
        longer = len(letters) > 4 or len(first) > 1
        return _Word(letters + "e", first + "e", second + "e" if longer else second)
    if letters.endswith(_DOUBLES):
        return word.changed(_Change(1))
    return _Word(letters + "e", first, second) if not first and _ends_short(letters) else word


def _ends_short(letters: str) -> bool:
    if len(letters) == 2:
        return letters[0] in _VOWELS and letters[1] not in _VOWELS
    return (
        len(letters) > 2
        and letters[-1] not in _VOWELS
        and letters[-1] not in _NO_SHORT_END
        and letters[-2] in _VOWELS
        and letters[-3] not in _VOWELS
    )


def _with_i(word: _Word) -> _Word:
    """Write a last "y" behind a consonant as "i" (step 1c)."""
    letters = word.letters
    if len(letters) > 2 and letters[-1] in "yY" and letters[-2] not in _VOWELS:
        return word.changed(_Change(1, "i"))
    return word


def _without_derivation(word: _Word) -> _Word:
    """Shorten endings such as "ization" (step 2)."""
    letters = word.letters
    if not letters.endswith(_ANY_2):
        return word
    ending = next(known for known in _STEP_2 if letters.endswith(known))
    fits = (
        word.first.endswith(ending)
        and not (ending == "ogi" and letters[-4] != "l")
        and not (ending == "li" and letters[-3] not in _BEFORE_LI)
    )
    return word.changed(_STEP_2[ending]) if fits else word


def _without_derived_further(word: _Word) -> _Word:
    """Shorten endings such as "icate" (step 3)."""
    if not word.letters.endswith(_ANY_3):
        return word
    ending = next(known for known in _STEP_3 if word.letters.endswith(known))
    region = word.second if ending == "ative" else word.first
    return word.changed(_STEP_3[ending]) if region.endswith(ending) and word.first.endswith(ending) else word


def _without_derived(word: _Word) -> _Word:
    """Take endings such as "ement" off (step 4)."""
    if not word.letters.endswith(_STEP_4):
        return word
    ending = next(known for known in _STEP_4 if word.letters.endswith(known))
    fits = word.second.endswith(ending) and not (ending == "ion" and word.letters[-4] not in "st")
    return word.changed(_Change(len(ending))) if fits else word


def _without_last(word: _Word) -> str:
    """Take a last "e" or "l" off (step 5)."""
    letters, first, second = word
    if second.endswith("l") and letters[-2] == "l":
        return letters[:-1]
    if second.endswith("e"):
        return letters[:-1]
    # a word that ends short keeps its "e"
    if first.endswith("e") and len(letters) >= 4:
        short = (
            letters[-2] not in _VOWELS
            and letters[-2] not in _NO_SHORT_END
            and letters[-3] in _VOWELS
            and letters[-4] not in _VOWELS
        )
        return letters if short else letters[:-1]
    return letters
