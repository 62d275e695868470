"""Which language a text is in, told by its script and its commonest words.

Coarse on purpose: it keeps English word lists from speaking about other languages. A text
of a few words tells nothing by itself.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, islice, repeat

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
_SPEAKERS: dict[str, tuple[str, ...]] = {}  # of a common word: the languages in which it is one
for _language, _words in _COMMON.items():
    for _word in sorted(set(_words.split())):
        _SPEAKERS[_word] = (*_SPEAKERS.get(_word, ()), _language)
_SCRIPTS = tuple(
    (language, re.compile(f"[{ranges}]"))
    for language, ranges in (
        ("ja", "\u3040-\u30ff"),  # kana before Han: Japanese mixes both
        ("ko", "\uac00-\ud7af\u1100-\u11ff"),
        ("zh", "\u4e00-\u9fff"),
        ("ar", "\u0600-\u06ff"),
        ("he", "\u0590-\u05ff"),
        ("ru", "\u0400-\u04ff"),
        ("el", "\u0370-\u03ff"),
    )
)


def language_of(words: Sequence[str]) -> str | None:
    """Return the ISO 639-1 code of folded words; None where they do not tell.

    Of languages that share a script other than the Latin one the commonest is named.
    """
    words = words[:_ENOUGH]
    whole = "".join(words)
    letters = 0 if whole.isascii() else sum(map(str.isalpha, whole))
    for language, script in _SCRIPTS if letters else ():
        if len(script.findall(whole)) > _LEAST_SCRIPT * letters:
            return language
    if len(words) < LEAST_WORDS:
        return None
    shares = Counter(chain.from_iterable(map(_SPEAKERS.get, words, repeat(()))))
    best = max(shares, key=lambda language: (shares[language], language), default="")
    return best if best and shares[best] >= _LEAST_SHARE * len(words) else None


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
