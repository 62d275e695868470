# ruff: noqa: E501 - the markup of real systems is wide
"""Threads that nobody wrote, in several languages: what the made-up pages show."""

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Said:
    """One made-up comment."""

    number: int  # 1-based
    parent: int | None
    author: str
    shown: str  # its time as the page shows it
    stamp: str  # the same, exactly
    paragraphs: tuple[str, ...]  # own words; one that begins with "> " is quoted

    @property
    def text(self) -> str:
        """What a reader of the page sees."""
        return "\n\n".join(self.paragraphs)

    def html(self, quote: str = "<blockquote><p>{}</p></blockquote>", own: str = "<p>{}</p>") -> str:
        """Return its words as markup."""
        parts = []
        for paragraph in self.paragraphs:
            form, words = (quote, paragraph[2:]) if paragraph.startswith("> ") else (own, paragraph)
            parts.append(form.format(escape(words, quote=False)))
        return "".join(parts)


def _thread(rows: str, months: str, day: str) -> list[Said]:
    said = []
    for number, row in enumerate(rows.strip().split("\n"), start=1):
        parent, author, *paragraphs = (part.strip() for part in row.split("|"))
        hour, minute = 7 + number, (number * 7) % 60
        stamp = f"2021-03-{10 + number:02d}T{hour:02d}:{minute:02d}:00+00:00"
        shown = day.format(
            d=10 + number,
            m=months,
            h=f"{hour:02d}",
            i=f"{minute:02d}",
            h12=hour if hour < 13 else hour - 12,
            half="am" if hour < 12 else "pm",
        )
        said.append(Said(number, int(parent) if parent else None, author, shown, stamp, tuple(paragraphs)))
    return said


ENGLISH = _thread(
    """
    | Harbour Pilot | The ferry timetable has not changed since the bridge opened, and it shows. | Two boats an hour is plenty.
    1 | mara_k | Plenty for whom? I waited fifty minutes on Sunday.
    2 | Harbour Pilot | > I waited fifty minutes on Sunday. | Sundays are run by volunteers, so that is no fair test.
    | Will | Agreed.
    4 | Tess O'Dell | With which part, if I may ask?
    | 7thWave | Nobody mentions the noise. My windows rattle at six in the morning, every single day of the week.
    6 | mara_k | Mine too, ever since they bought the second-hand engine.
    7 | dot.matrix | There are grants for better windows: the form is on the council's page.
    | Old Salt | First they came for the night boat. | Then the bar. | What is next, the deck chairs?
    9 | Will | Nope.
    """,
    "March",
    "{m} {d}, 2021 at {h12}:{i} {half}",
)
GERMAN = _thread(
    """
    | Rübenheinz | Der neue Radweg endet mitten auf der Kreuzung, das hat wohl niemand abgefahren.
    1 | Frau Käthe | Doch, der Bürgermeister, allerdings im Auto.
    | kettenfett | > Der neue Radweg endet mitten auf der Kreuzung | Das ist erst der erste Abschnitt, der Rest kommt im Herbst.
    3 | Rübenheinz | Welcher Herbst, wenn man fragen darf?
    4 | kettenfett | Der nächste. Steht so im Protokoll der Sitzung.
    | Ottilie B. | Danke für den Hinweis!
    | anonym | Ich fahre da jeden Tag lang und habe noch nie ein Problem gehabt, man muss halt schauen.
    """,
    "März",
    "{d}. {m} 2021 um {h}:{i} Uhr",
)
FRENCH = _thread(
    """
    | Lucette | Le marché du samedi perd ses maraîchers un par un, et personne ne s'en soucie à la mairie.
    1 | Jean-Baptiste R. | Les droits de place ont doublé en deux ans, il ne faut pas chercher plus loin.
    2 | Lucette | Doublé, vraiment ? J'aimerais voir les chiffres.
    | l'ami du pain | Il reste trois boulangers, c'est déjà trop pour la rue.
    4 | Odile | Parlez pour vous !
    """,
    "mars",
    "{d} {m} 2021 à {h}h{i}",
)
SPANISH = _thread(
    """
    | Nube Gris | El parque lleva cerrado desde el temporal y nadie da una fecha de apertura.
    1 | pepe_luis | Dijeron que faltaba revisar los pinos de la entrada.
    | La Vecina del 5 | Los niños juegan en la calle mientras tanto, con los coches al lado.
    3 | Nube Gris | Eso mismo escribí al ayuntamiento hace un mes y sigo esperando.
    | Tomás | Buen artículo.
    """,
    "marzo",
    "{d} de {m} de 2021, {h}:{i}",
)
JAPANESE = _thread(
    """
    | 山のたぬき | 新しい図書館は駅から遠くて、雨の日は誰も行かないと思います。
    1 | さくら餅 | バスが一時間に二本ありますよ。
    2 | 山のたぬき | その時刻表、土日は違うんです。
    | 名無しさん | 自習室が静かで気に入っています。毎週通っています。
    4 | 青い鳥 | 席はいつも空いていますか。
    """,
    "3",
    "2021年{m}月{d}日 {h}:{i}",
)
ARABIC = _thread(
    """
    | سلمى | الحديقة الجديدة جميلة لكن الطريق إليها غير مضاء في المساء.
    1 | أبو يوسف | وعدت البلدية بتركيب المصابيح قبل الصيف القادم.
    2 | سلمى | سمعنا هذا الوعد في العام الماضي أيضا.
    | قارئ قديم | أزورها كل صباح مع أولادي ولا أجد فيها أي مشكلة.
    4 | نور | شكرا على المعلومة.
    """,
    "مارس",
    "{d} {m} 2021",
)
