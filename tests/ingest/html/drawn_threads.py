# ruff: noqa: E501 - markup is wide
"""Threads drawn by chance: who says what to whom, in words that mean little and repeat rarely."""

import random
from dataclasses import dataclass, replace
from html import escape

# subjects, verbs, objects, tails: any of each makes a sentence
_WORDS = {
    "en": (
        "My aunt|The baker|Nobody here|That old pump|Our council|A friend from Leeds|The second engine|Every dog",
        "has mended|would never sell|talks about|forgot|still pays for|paints|remembers|cannot stand",
        "the crooked gate|a wet sofa|those seven lamps|our only bus|the harbour wall|an honest map|cheap glue",
        "since the flood|for no reason at all|as I said before|if you ask me|on the third try|in broad daylight",
    ),
    "de": (
        "Meine Tante|Der Bäcker|Niemand hier|Die alte Pumpe|Unser Gemeinderat|Ein Freund aus Kiel|Jeder Hund",
        "repariert|verkauft niemals|redet über|vergisst|bezahlt noch immer|streicht|erträgt kaum",
        "das schiefe Tor|ein nasses Sofa|die sieben Lampen|den einzigen Bus|die Kaimauer|den billigen Leim",
        "seit der Flut|ganz ohne Grund|wie gesagt|wenn ihr mich fragt|beim dritten Versuch|am hellen Tag",
    ),
    "fr": (
        "Ma tante|Le boulanger|Personne ici|La vieille pompe|Notre mairie|Un ami de Brest|Chaque chien",
        "répare|ne vendra jamais|parle de|oublie|paie encore|repeint|supporte mal",
        "le portail tordu|un canapé mouillé|les sept lampes|notre seul bus|le mur du port|la colle pas chère",
        "depuis la crue|sans aucune raison|comme je le disais|à mon avis|au troisième essai|en plein jour",
    ),
    "es": (
        "Mi tía|El panadero|Nadie aquí|La bomba vieja|Nuestro alcalde|Un amigo de Cádiz|Cada perro",
        "arregla|nunca vendería|habla de|olvida|todavía paga|pinta|soporta mal",
        "la puerta torcida|un sofá mojado|las siete lámparas|el único autobús|el muro del puerto|la cola barata",
        "desde la riada|sin motivo alguno|como ya dije|si me preguntan|al tercer intento|a plena luz",
    ),
    "ru": (
        "Моя тётя|Пекарь|Никто здесь|Старый насос|Наш совет|Друг из Пскова|Каждая собака",
        "чинит|никогда не продаст|говорит про|забывает|до сих пор оплачивает|красит",
        "кривые ворота|мокрый диван|семь ламп|единственный автобус|стену порта|дешёвый клей",
        "после потопа|без всякой причины|как я сказал|по моему мнению|с третьей попытки|средь бела дня",
    ),
    "ja": (
        "うちの叔母は|パン屋さんは|誰も|古いポンプは|町議会は|友人の山田は",
        "曲がった門を|濡れたソファを|七つの灯りを|たった一本のバスを|港の壁を",
        "直しました|売りません|忘れています|塗り替えました|覚えています",
        "洪水のあとで|理由もなく|前にも書いたように|三度目に|真っ昼間に",
    ),
    "ar": (
        "عمتي|الخباز|لا أحد هنا|المضخة القديمة|مجلس البلدة|صديقي من حلب",
        "تصلح|يبيع|ينسى|يدفع ثمن|يتحدث عن|يدهن",
        "البوابة المائلة|الأريكة المبللة|المصابيح السبعة|الحافلة الوحيدة|جدار الميناء",
        "منذ الفيضان|بلا سبب|كما قلت|في رأيي|في المحاولة الثالثة",
    ),
}
_SHORT = {
    "en": "Exactly|No way|Source, please|Thanks for this|Ha!|So what?|+1",
    "de": "Genau|Niemals|Quelle?|Danke dafür|Ha!|Na und?",
    "fr": "Exact|Jamais|La source ?|Merci bien|Et alors ?",
    "es": "Exacto|Jamás|¿Fuente?|Gracias por esto|¿Y qué?",
    "ru": "Именно|Ни за что|Источник?|Спасибо",
    "ja": "その通り|まさか|出典は？|ありがとう",
    "ar": "بالضبط|مستحيل|المصدر؟|شكرا",
}
_SOUNDS = {
    "ru": "ба ко ри ту не сал мор ви ка до лем пу".split(),
    "ja": "バ コ リ ト ネ サ モ ビ カ ド レ プ".split(),
    "ar": "با كو ري تو ني سا مو في كا دو لم بو".split(),
}
_LATIN_SOUNDS = "ba ko ri tu ne sal mor vi ka do lem pu shi ta ro gen zu fel qua nor".split()
_NAMES = (
    "Wilma Stork|ottokar77|Ida B.|pump.fan|J. P. Quill|QuietOwl|mia_w|The Grumpy Tailor|Ünal Åkesson|x|"
    "Reader|Today|fjord-lars|🦔 hedge|Dr. Elin Moos|NORTHWIND|anna|Ben|Käpt'n Blau|42nd_street|José María Ruiz|"
    "Old Tom Bramble|kit|rosa.lux|Señor Gato|ptarmigan|Lou-Ann Peck|m|Vera & Paul|Sven (Turku)|Editor's Cat"
)
_LOCAL = {
    "ja": "山のたぬき|さくら餅|名無しさん|青い鳥|豆太郎|ken_t",
    "ar": "سلمى|أبو يوسف|قارئ قديم|نور|ليلى المنصوري",
    "ru": "Ольга Ж.|старый_кот|Пётр|Баба Нюра|dimon82",
}


@dataclass(frozen=True)
class Word:
    """One comment of a drawn thread."""

    number: int  # 1-based
    parent: int | None
    author: str
    stamp: str  # ISO 8601, UTC
    paragraphs: tuple[str, ...]
    quoted: tuple[str, str] | None = None  # whose words stand above its own, and which
    is_gone: bool = False

    def html(self, own: str = "<p>{}</p>") -> str:
        """Return its own words as markup."""
        return "".join(own.format(escape(paragraph, quote=False)) for paragraph in self.paragraphs)


def draw_thread(
    rng: random.Random, lang: str, count: int, *, depth: int = 9, quotes: bool = True
) -> list[Word]:
    """Return a thread in which parents come first and children follow in the order of the page."""
    names = rng.sample((_LOCAL.get(lang, _NAMES) + ("|" + _NAMES if lang in _LOCAL else "")).split("|"), 6)
    names = names[: rng.randint(3, 6)]
    parents: list[int | None] = []
    depths: list[int] = []
    for number in range(1, count + 1):
        free = [n for n in range(1, number) if depths[n - 1] < depth]
        parent = rng.choice(free[-6:]) if free and rng.random() < 0.6 and depth else None
        parents.append(parent)
        depths.append(0 if parent is None else depths[parent - 1] + 1)
    said: list[Word] = []
    for number, parent in enumerate(parents, start=1):
        before = said[parent - 1] if parent else None
        quoted = (before.author, before.paragraphs[0]) if quotes and before and rng.random() < 0.25 else None
        said.append(Word(number, parent, rng.choice(names), _stamp(number), _said(rng, lang), quoted))
    return _in_page_order(said)


def _said(rng: random.Random, lang: str) -> tuple[str, ...]:
    if rng.random() < 0.12:
        return (rng.choice(_SHORT[lang].split("|")),)
    return tuple(
        (" " if lang != "ja" else "").join(sentence(rng, lang) for _ in range(rng.randint(1, 4)))
        for _ in range(rng.choice((1, 1, 1, 2, 3)))
    )


def sentence(rng: random.Random, lang: str) -> str:
    """Return one sentence."""
    parts = [rng.choice(column.split("|")) for column in _WORDS[lang]]
    coined = "".join(rng.choice(_SOUNDS.get(lang, _LATIN_SOUNDS)) for _ in range(3))
    parts[2] += f" {coined}"
    if lang == "ja":
        return "".join((parts[0], parts[3], coined, parts[1], parts[2].split()[0])) + "。"
    return " ".join(parts) + rng.choice((".", ".", ".", "!", " – " + str(rng.randint(2, 97)) + "%.", "?"))


def _stamp(number: int) -> str:
    minutes = number * 97
    return f"2022-0{3 + number // 25 % 6}-{1 + number % 25:02d}T{minutes // 60 % 24:02d}:{minutes % 60:02d}:00+00:00"


def _in_page_order(said: list[Word]) -> list[Word]:
    order: list[Word] = []
    stack = [word for word in reversed(said) if word.parent is None]
    while stack:
        word = stack.pop()
        order.append(word)
        stack.extend(child for child in reversed(said) if child.parent == word.number)
    new = {word.number: number for number, word in enumerate(order, start=1)}
    return [
        replace(
            word,
            number=new[word.number],
            parent=word.parent and new[word.parent],
            stamp=_stamp(new[word.number]),
        )
        for word in order
    ]


def children(thread: list[Word], number: int | None) -> list[Word]:
    """Return the answers to a comment; of None the comments that answer nobody."""
    return [word for word in thread if word.parent == number]


def depth_of(thread: list[Word], word: Word) -> int:
    """Return how many comments stand above one."""
    depth = 0
    while word.parent is not None:
        word, depth = thread[word.parent - 1], depth + 1
    return depth
