"""Languages that are written so much alike that a model mixes them up, and the words that tell them apart."""

from collections import Counter
from collections.abc import Iterable, Mapping

# Codes of the model that ISO 639-1 lacks, as the language that its speakers write otherwise.
VARIETIES = {
    "als": "de",
    "bar": "de",
    "pfl": "de",
    "sco": "en",
    "vls": "nl",
    "lmo": "it",
    "vec": "it",
    "nap": "it",
    "eml": "it",
    "pms": "it",
    "arz": "ar",
    "azb": "az",
    "ckb": "ku",
    "pnb": "pa",
    "mzn": "fa",
    "wuu": "zh",
    "yue": "zh",
    "bh": "hi",
    "mai": "hi",
    "dty": "ne",
    "rue": "uk",
    "nn": "no",
    "min": "ms",
}
# Near languages; `sh` is the model's name for what they share, and never a verdict.
FAMILIES = (
    ("no", "da", "sv"),
    ("es", "pt", "gl"),
    ("cs", "sk"),
    ("hr", "sr", "bs", "sl", "sh"),
    ("id", "ms"),
    ("hi", "mr", "ne"),
)
# Words that some languages of a family have and the others lack; most common ones first.
_TELLING = {
    "no": """hva av noe noen nå mye meg deg seg å fra nei opp ut blir gjøre gjør enn sånn hvordan dere
        være også kjenner bare mer ei jeg ikke eller uke måtte skulle etter ble ingen begge tror sier""",
    "da": """hvad af noget nogen nogle nu meget mig dig sig efter fra blev bliver ud op nej gøre gør end
        lige også jeg ikke eller uge måtte skulle uden jer jeres være tror siger synes selv lave hvordan""",
    "sv": """och att är inte för jag vad hur något någon några mycket så också när där här från då nej upp ut
        blir göra gör än ni mig dig sig efter nu av mer ingen eller vecka säger tror själv måste även""",
    "es": """el los las y una con pero muy lo más también hay esto eso qué cómo cuándo del al fue sí mucho
        bien están son yo nosotros ellos usted dónde siempre nunca nada hacer hace tiene gente ahora ya""",
    "pt": """não uma um você são também muito é com mais isso está à ao os em então já até foi ela ele na no
        da do das dos nunca nada fazer tem gente agora ainda bem quando sem lhe seu sua pra vocês mas""",
    "gl": """unha un non máis moi tamén coa co polo pola dunha dun xa xente isto iso ben facer ata sen lle
        nunca nada che aínda mellor ao na no da do das dos os cando quen sempre vostede nin son hai foi""",
    "cs": """se jsem jsou není být jako když jen ještě také taky při jsi mě nebo řekl přece před než pro
        který která které proč těch bych mám něco tady jsme vůbec jste bude byl bylo může lidé""",
    "sk": """sa som sú nie byť ako keď len ešte tiež aj pri pre si ma alebo čo iba pred než bol bolo
        ktorý ktorá ktoré prečo tých by mám niečo sme vôbec ste bude môže ľudia veď všetko""",
    "hr": """tko gdje uvijek vrijeme ovdje također tjedan prije poslije mjesto dio netko tisuća točno
        uopće svijet riječ nitko vidjeti lijepo tvrtka povijest vlak kruh htio""",
    "bs": """ko gdje uvijek vrijeme ovdje također takođe sedmica prije poslije mjesto dio neko hiljada šta
        uopće svijet riječ niko vidjeti lijepo tačno historija hljeb htio""",
    "sr": """ko gde uvek vreme ovde takođe nedelja pre posle mesto deo neko hiljada šta uopšte svet reč
        niko videti lepo tačno istorija hleb hteo ovog""",
    "sl": """ni ki kaj kako zakaj ker tudi lahko potem kje vedno že še pri bil bila bilo nič nekaj jaz
        sem si smo ste niso nisem vse ali samo zelo zdaj kdo teden čas prav tukaj tako ampak več""",
    "id": """bisa karena kamu anda uang mobil kantor coba kapan nggak gak enggak banget butuh beda kota cuma
        gue lo aja sih dong kok merupakan perusahaan melalui tak jadi sekali saja kemarin bagaimana""",
    "ms": """boleh kerana awak wang kereta pejabat cuba bila tak tiada sahaja beza bandar ialah kerajaan
        syarikat macam nak dah tu ni lah pula hendak jadi sangat kita kepada semalam bagaimana saja""",
    "hi": "है हैं में नहीं और क्या था थी की का के से मैं हो रहे यह वह लेकिन अगर",
    "mr": "आहे आहेत नाही आणि मी काय होता होती हे ते तर पण मला का नाहीत झाले",
    "ne": "छ छन् छैन र के थियो को मा म हो यो त्यो तर पनि लाई भने गर्न",
}
# Letters that of these only some use: the model looks at pieces of words, and does not know.
_SLAVIC = ("ru", "uk", "be", "bg", "mk", "sr")
_LETTERS = {
    "ђћ": ("sr",),
    "ѓќѕ": ("mk",),
    "јљњџ": ("sr", "mk"),
    "їєґ": ("uk",),
    "ў": ("be",),
    "і": ("uk", "be"),
    "ыэ": ("ru", "be"),
}
_FOREIGN_LETTER = 0.1  # what is left of a share where a letter is not the language's
_WORDS = {language: frozenset(words.split()) for language, words in _TELLING.items()}
_FAMILY = {language: family for family in FAMILIES for language in family}


def family_of(language: str) -> tuple[str, ...]:
    """Return the languages that are mixed up with one, itself among them; itself alone for most."""
    return _FAMILY.get(language, (language,))


def telling_words(words: Iterable[str], language: str) -> Counter[str]:
    """Count for each language of a family the words that it shares with some of the others at most."""
    family = [near for near in family_of(language) if near in _WORDS]
    found = set(words)
    return Counter({near: len(found & _WORDS[near]) for near in family})


def by_letters(shares: Mapping[str, float], text: str) -> dict[str, float]:
    """Shift the shares of Slavic languages in Cyrillic towards those that have the letters of a text.

    Their sum stays the same; without telling letters nothing changes.
    """
    lacking = {
        language: sum(
            language not in users and any(letter in text for letter in letters)
            for letters, users in _LETTERS.items()
        )
        for language in _SLAVIC
        if language in shares
    }
    if not any(lacking.values()):
        return dict(shares)
    shifted = {language: shares[language] * _FOREIGN_LETTER**lacks for language, lacks in lacking.items()}
    scale = sum(shares[language] for language in lacking) / sum(shifted.values())
    return {**shares, **{language: share * scale for language, share in shifted.items()}}
