# ruff: noqa: E501 - markup is wide
"""Parts of drawn pages: names of classes, times, names of people, buttons, and what stands around comments."""

import random
from datetime import datetime
from html import escape

from tests.ingest.html.drawn_threads import Word, sentence

_SYNONYMS = {
    "item": "comment post entry message item card row unit opinion note box cmt block k",
    "head": "head header top meta info line byline bar intro",
    "author": "author user name nick poster who username commenter person link",
    "time": "time date when ago posted stamp created datum small",
    "body": "body text content message copy words prose inner main",
    "foot": "foot footer actions tools bar controls links bottom",
    "kids": "children replies nested answers sub thread kids indented list",
    "list": "comments list thread stream discussion items all posts wall",
    "quote": "quote quoted bbquote quoteblock cite-box",
    "sig": "signature sig user-sig",
    "badge": "badge rank flair label tag",
    "card": "card teaser story related-item link-box",
    "score": "score votes count points likes",
    "side": "profile userinfo side-info member",
}
_SYLLABLES = "ba ko ri tu ne sal mor vi ka do lem pu shi ta ro gen".split()
_MONTHS = {
    "en": "January February March April May June July August September".split(),
    "de": "Januar Februar März April Mai Juni Juli August September".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre".split(),
    "ru": "января февраля марта апреля мая июня июля августа сентября".split(),
    "ja": [],
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر".split(),
}
REPLY = {
    "en": "Reply",
    "de": "Antworten",
    "fr": "Répondre",
    "es": "Responder",
    "ru": "Ответить",
    "ja": "返信",
    "ar": "رد",
}
_LIKE = {
    "en": "Like",
    "de": "Gefällt mir",
    "fr": "J'aime",
    "es": "Me gusta",
    "ru": "Нравится",
    "ja": "いいね",
    "ar": "إعجاب",
}
ANSWERS = {
    "en": "In reply to",
    "de": "Antwort auf",
    "fr": "En réponse à",
    "es": "En respuesta a",
    "ru": "в ответ на",
    "ja": "返信先",
    "ar": "ردا على",
}
_AGO = {
    "en": "{} hours ago",
    "de": "vor {} Stunden",
    "fr": "il y a {} heures",
    "es": "hace {} horas",
    "ru": "{} часов назад",
    "ja": "{}時間前",
    "ar": "منذ {} ساعات",
}


class Names:
    """How a drawn page names its elements: every part the same way throughout."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.scheme = rng.choice("plain plain prefixed bem module hash digits utility styled none".split())
        self.prefix = "".join(rng.sample(_SYLLABLES, 2))
        self._known: dict[str, str] = {}

    def of(self, part: str, extra: str = "") -> str:
        """Return a part's class attribute, with a blank before it; an empty text where it has none."""
        if part not in self._known:
            self._known[part] = self._draw(part)
        names = " ".join(filter(None, (self._known[part], extra)))
        return f' class="{names}"' if names else ""

    def _draw(self, part: str) -> str:
        rng, word = self.rng, self.rng.choice(_SYNONYMS.get(part, part).split())
        token = "".join(rng.choice("abcdefghkmxyzABCDEGHKQR0123456789") for _ in range(5))
        return {
            "plain": word,
            "prefixed": f"{self.prefix}-{word}",
            "bem": f"{self.prefix}__{word}"
            if rng.random() < 0.7
            else f"{self.prefix}__{word} {self.prefix}__{word}--big",
            "module": f"{self.prefix.title()}_{word}__{token}",
            "hash": "_" + token,
            "digits": str(rng.randint(100, 9999)),
            "utility": " ".join(
                rng.sample("flex p-2 mt-4 text-sm gap-3 w-full border-t items-center font-bold".split(), 3)
            ),
            "styled": f"sc-{token.lower()} {token[::-1]}",
            "none": "",
        }[self.scheme]


def shown_time(word: Word, lang: str, style: str) -> str:
    """Return a comment's time as readers see it."""
    when = datetime.fromisoformat(word.stamp)
    clock = f"{when.hour:02d}:{when.minute:02d}"
    if style == "relative":
        return _AGO[lang].format(2 + word.number)
    if style == "iso":
        return f"{when:%Y-%m-%d} {clock}"
    if style == "dots":
        return f"{when:%d.%m.%Y} {clock}"
    if lang == "ja":
        return f"{when.year}年{when.month}月{when.day}日 {clock}"
    month = _MONTHS[lang][when.month - 1]
    if lang == "en":
        return f"{month} {when.day}, {when.year} at {when.hour % 12 or 12}:{when.minute:02d} {'am' if when.hour < 12 else 'pm'}"
    return f"{when.day}{'.' if lang == 'de' else ''} {month} {when.year} {clock}"


class Time:
    """How a drawn page shows when a comment was written."""

    def __init__(self, rng: random.Random, lang: str, names: Names) -> None:
        self.lang, self.names = lang, names
        self.form = rng.choice("time time span title epoch text small link".split())
        self.style = rng.choice("long long iso dots relative".split())
        if self.style == "relative" and self.form not in ("time", "title", "epoch"):
            self.style = "long"

    def shown(self, word: Word) -> str:
        """Return the time as readers see it."""
        return shown_time(word, self.lang, self.style)

    def html(self, word: Word) -> str:
        """Return the time as markup."""
        shown, name = self.shown(word), self.names.of("time")
        epoch = int(datetime.fromisoformat(word.stamp).timestamp())
        return {
            "time": f'<time{name} datetime="{word.stamp}">{shown}</time>',
            "span": f"<span{name}>{shown}</span>",
            "title": f'<abbr{name} title="{shown_time(word, self.lang, "long")}">{shown}</abbr>',
            "epoch": f'<span{name} data-time="{epoch}">{shown}</span>',
            "text": shown,
            "small": f"<small>{shown}</small>",
            "link": f'<a{name} href="#c{word.number}">{shown}</a>',
        }[self.form]


class Person:
    """How a drawn page shows who wrote a comment."""

    def __init__(self, rng: random.Random, lang: str, names: Names) -> None:
        self.names = names
        self.form = rng.choice("link link bold span cite strong heading portrait linked-portrait".split())
        self.verb = (
            {"en": " says:", "de": " schreibt:", "fr": " dit :", "es": " dice:"}.get(lang, ":")
            if rng.random() < 0.15
            else ""
        )
        self.badge = rng.random() < 0.2

    def html(self, word: Word) -> str:
        """Return the author as markup."""
        shown, name = escape(word.author), self.names.of("author")
        href = f"/user/{sum(map(ord, word.author))}"
        body = {
            "link": f'<a{name} href="{href}">{shown}</a>',
            "bold": f"<b{name}>{shown}</b>",
            "span": f"<span{name}>{shown}</span>",
            "cite": f"<cite{name}>{shown}</cite>",
            "strong": f"<strong>{shown}</strong>",
            "heading": f"<h4{name}>{shown}</h4>",
            "portrait": f'<img src="/avatars/{word.number}.png" alt="{shown}" width=40 height=40><span{name}>{shown}</span>',
            "linked-portrait": f'<a href="{href}"><img src="/u.jpg" alt=""></a><div><a{name} href="{href}">{shown}</a></div>',
        }[self.form]
        badge = f" <span{self.names.of('badge')}>Mod</span>" if self.badge and word.number % 5 == 1 else ""
        return body + badge + self.verb


def frame(rng: random.Random, lang: str, thread: list[Word], names: Names, inner: str) -> str:
    """Return a whole page around comments: menus, an article, teasers, a sidebar, a form, a footer."""
    prose = "".join(f"<p>{' '.join(sentence(rng, lang) for _ in range(5))}</p>" for _ in range(3))
    title = sentence(rng, lang)[:-1]
    byline = '<div class="byline">By <a rel="author" href="/staff/7">Petra Lund</a>, <time datetime="2022-03-01T06:00:00+00:00">1 March 2022</time></div>'
    parts = [f"<article><h1>{title}</h1>{byline if rng.random() < 0.5 else ''}{prose}</article>"]
    if rng.random() < 0.4:
        parts.append(_related(rng, lang, names))
    if rng.random() < 0.6:
        parts.append(f"<h2>{len(thread)} {rng.choice(('comments', 'Kommentare', 'commentaires'))}</h2>")
    if rng.random() < 0.3:
        parts.append(
            "<div><a href='?sort=new'>Newest</a> <a href='?sort=old'>Oldest</a> <a href='?sort=top'>Best</a></div>"
        )
    parts.append(inner)
    if rng.random() < 0.5:
        parts.append(
            "<form action='/post'><h3>Leave a comment</h3><label>Name <input name=n></label><textarea name=t></textarea><button>Send</button></form>"
        )
    if rng.random() < 0.3:
        parts.append(
            "<div><a href='?page=1'>1</a> <a href='?page=2'>2</a> <a href='?page=3'>3</a> <a href='?page=2'>Next</a></div>"
        )
    if rng.random() < 0.4:
        parts.append(_related(rng, lang, names))
    side = _recent(rng, lang, thread) if rng.random() < 0.5 else ""
    nav = (
        "<nav><ul>"
        + "".join(f"<li><a href='/{w}'>{w.title()}</a></li>" for w in ("home", "town", "sport", "weather"))
        + "</ul></nav>"
    )
    foot = "<footer><p>© 2022 The Lantern</p><a href='/imprint'>Imprint</a> <a href='/privacy'>Privacy</a></footer>"
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        f"<script>window.x={{}}</script></head><body>{nav}<main>{''.join(parts)}</main>{side}{foot}</body></html>"
    )


def _related(rng: random.Random, lang: str, names: Names) -> str:
    cards = "".join(
        f'<div{names.of("card")}><a href="/n/{n}"><img src="/t{n}.jpg" alt=""><h3>{sentence(rng, lang)[:-1]}</h3></a><span>Petra Lund</span> <time datetime="2022-02-0{n}">{n} Feb 2022</time><p>{sentence(rng, lang)}</p></div>'
        for n in range(1, rng.randint(4, 7))
    )
    return f"<section><h2>More from the town</h2>{cards}</section>"


def _recent(rng: random.Random, lang: str, thread: list[Word]) -> str:
    rows = "".join(
        f"<li><b>{escape(word.author)}</b> on <a href='/x{n}'>{sentence(rng, lang)[:-1]}</a>: “{word.paragraphs[0][:40]}…”</li>"
        for n, word in enumerate(thread[:5])
    )
    return f'<aside class="sidebar"><h3>Recent comments</h3><ul>{rows}</ul></aside>'
