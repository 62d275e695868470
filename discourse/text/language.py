"""Which language a text is in, told by its script and its commonest words.

Coarse on purpose: it keeps English word lists from speaking about other languages. A text
of a few words tells nothing by itself.
"""

from collections.abc import Iterable, Sequence
from itertools import islice

from discourse.text.tokens import STOPWORDS

LEAST_WORDS = 8  # a text shorter than this is too short to tell
_ENOUGH = 500  # words of a text that are looked at
_LEAST_SHARE = 0.12  # of a text's words that must be among a language's commonest
_LEAST_SCRIPT = 0.3  # of a text's letters that must be in a script

_COMMON = {
    "de": """der die das und ist nicht ein eine einen ich zu den mit auf für von sie es dem auch wir ihr
        wie aber
        so hat haben wird sind war im am zum zur bei nur noch doch mal man schon kein keine wenn dass""",
    "fr": """le la les et est pas une un je que qui dans pour des du sur ce il elle nous vous ne se au aux
        avec par
        mais ça c'est on sont cette plus tout être""",
    "es": """el la los las y no una un que en de por para con su lo se es al del como pero más está este
        esta son
        muy ya hay si todo porque""",
    "it": """il lo la gli le e non una un che di in per con su è sono si ma come più questo questa anche ha
        della
        nel alla dei delle""",
    "nl": """de het een en is niet ik van te dat die in op voor met zijn er aan om ook maar naar dan wat
        wel nog
        heeft wordt bij""",
    "pt": """o a os as e não uma um que em de por para com se é do da dos das mais como mas ao na no está
        muito já
        isso você""",
    "en": " ".join(sorted(STOPWORDS)),
}
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_SCRIPTS = (
    ("ja", ((0x3040, 0x30FF),)),  # kana before Han: Japanese mixes both
    ("ko", ((0xAC00, 0xD7AF), (0x1100, 0x11FF))),
    ("zh", ((0x4E00, 0x9FFF),)),
    ("ar", ((0x0600, 0x06FF),)),
    ("he", ((0x0590, 0x05FF),)),
    ("ru", ((0x0400, 0x04FF),)),
    ("el", ((0x0370, 0x03FF),)),
)


def language_of(words: Sequence[str]) -> str | None:
    """Return the ISO 639-1 code of folded words; None where they do not tell.

    Of languages that share a script other than the Latin one the commonest is named.
    """
    words = words[:_ENOUGH]
    letters = [char for word in words for char in word if char.isalpha()]
    for language, ranges in () if all(map(str.isascii, words)) else _SCRIPTS:
        inside = sum(any(low <= ord(char) <= high for low, high in ranges) for char in letters)
        if inside > _LEAST_SCRIPT * len(letters) > 0:
            return language
    if len(words) < LEAST_WORDS:
        return None
    shares = {language: sum(word in common for word in words) for language, common in _WORDS.items()}
    best = max(shares, key=lambda language: (shares[language], language))
    return best if shares[best] >= _LEAST_SHARE * len(words) else None


def languages_of(texts: Iterable[Sequence[str]]) -> list[str | None]:
    """Return the language of each text of a thread; one too short to tell takes the thread's.

    Parameters
    ----------
    texts
        Folded words of each post.
    """
    posts = list(texts)
    alone = [language_of(words) for words in posts]
    whole = language_of(list(islice((word for words in posts for word in words[:100]), _ENOUGH)))
    return [whole if own is None else own for own in alone]
