"""Words that tell an answer from other speech, by language, and the words of scripts that leave no blanks."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from discourse.text.scripts import has_unspaced

_SECOND_PERSON = {
    "en": "you your you're you've you'd you'll yours yourself u ur",
    "de": "du dir dich dein deine deinen deiner deinem ihr euch euer eure ihnen",
    "fr": "tu te toi ton ta tes t'as t'es vous votre vos",
    "es": "tú ti te tu tus usted ustedes vosotros vuestro contigo os",
    "it": "tu ti te tuo tua tuoi tue voi vostro vostra",
    "pt": "você vocês te teu tua teus tuas vc vcs contigo",
    "nl": "je jij jou jouw jullie uw",
    "sv": "du dig din ditt dina ni er",
    "pl": "ty ciebie ci tobie twój twoja twoje pan pani",
    "ru": "ты тебя тебе тобой твой твоя твоё твои вы вас вам ваш ваша ваши",
    "tr": "sen sana seni senin siz size sizi sizin",
    "ar": "أنت أنتم انت لك لكم عليك كلامك",
    "ja": "貴方 君は 君の お前",
    "zh": "你说 你的 你们 你是",
}
_OPENERS = {
    "en": """no nope yes yeah yep wrong correct exactly agreed indeed true false sure really why so but and or
        well what not how i'm maybe perhaps ok okay oh hmm lol thanks sorry again actually nonsense""",
    "de": """nein nee nö ja doch jein falsch richtig genau stimmt echt wirklich warum wieso also aber und oder
        naja was nicht wie vielleicht ok okay ach oh hm hmm danke sorry eben quatsch unsinn klar""",
    "fr": """non oui si ouais faux exact exactement vrai vraiment pourquoi alors donc mais et ou ben bah quoi
        pas comment peut-être ok ah oh merci désolé""",
    "es": """no sí si falso cierto exacto exactamente verdad claro por pues pero y o bueno qué cómo quizás
        quizá ok ah oh gracias perdón tampoco también""",
    "it": """no sì falso vero esatto esattamente giusto davvero perché quindi allora ma e o beh cosa non come
        forse ok ah oh grazie scusa""",
    "pt": """não sim falso errado certo exato exatamente verdade claro por pois mas e ou bem que como talvez
        ok ah oh obrigado obrigada desculpe também""",
    "nl": """nee ja jawel fout klopt precies inderdaad echt waarom dus maar en of nou wat niet hoe misschien
        ok oké ach oh hm dank bedankt sorry onzin""",
    "ru": """нет да неправда верно точно именно согласен согласна правда почему так но и или ну что не как
        может ок ах о спасибо извините ерунда""",
    "ar": "لا نعم صحيح خطأ بالضبط فعلا لماذا لكن ولكن ماذا كيف ربما شكرا عفوا",
}
_HIRAGANA = range(0x3041, 0x30A0)


@cache
def second_person(lang: str) -> frozenset[str]:
    """Return the words that speak to somebody; of a language without a list the English ones."""
    return frozenset(_SECOND_PERSON.get(lang, _SECOND_PERSON["en"]).split())


@cache
def openers(lang: str) -> frozenset[str]:
    """Return the words that answers open with; of a language without a list the English ones."""
    return frozenset(_OPENERS.get(lang, _OPENERS["en"]).split())


def pairs_of_signs(words: Iterable[str]) -> Iterator[str]:
    """Cut what stands between two signs of punctuation into pairs of characters, where no blanks cut it.

    Pairs of hiragana alone are endings and particles: they are left out.
    """
    for word in words:
        if not has_unspaced(word):
            yield word
            continue
        for one, two in pairwise(word):
            if ord(one) not in _HIRAGANA or ord(two) not in _HIRAGANA:
                yield one + two
