# ruff: noqa: E501 - markup is wide
"""Saved pages of known kinds, each drawn anew: tables, letters, reviews, questions, chats, embedded data."""

import json
import random
from dataclasses import replace
from html import escape

from tests.ingest.html.drawn_parts import ANSWERS, REPLY, Names, Time, frame, shown_time
from tests.ingest.html.drawn_threads import Word, children, depth_of, draw_thread, sentence

Truth = list[dict[str, str | None]]
LANGS = "en en de fr es ru".split()
_PLACES = "Leeds Kiel Brest Turku Pskov Cádiz Graz".split()


class Kind:
    """What the pages of one kind draw on: chance, a language, names of classes, a thread."""

    def __init__(self, rng: random.Random, depth: int = 0, *, count: int = 0, quotes: bool = False) -> None:
        self.rng, self.lang = rng, rng.choice(LANGS)
        self.names = Names(rng)
        self.time = Time(rng, self.lang, self.names)
        self.thread = draw_thread(
            rng, self.lang, count or rng.choice((4, 6, 11, 20)), depth=depth, quotes=quotes
        )

    def of(self, part: str, extra: str = "") -> str:
        """Return a part's class."""
        return self.names.of(part, extra)

    def page(self, inner: str) -> str:
        """Return the whole page."""
        return frame(self.rng, self.lang, self.thread, self.names, inner)

    def reply(self) -> str:
        """Return a button, or nothing."""
        return self.rng.choice(("", f'<a href="#">{REPLY[self.lang]}</a>'))

    def truth(self, *, linked: bool = False, untimed: bool = False) -> Truth:
        """Return what is to be found."""
        return [
            {
                "id": str(word.number),
                "parent": str(word.parent) if linked and word.parent else None,
                "author": word.author,
                "time": None if untimed else word.stamp,
                "text": ("" if not word.quoted else f"> {word.quoted[1]}\n") + "\n\n".join(word.paragraphs),
            }
            for word in self.thread
        ]


def forum_tables(rng: random.Random) -> tuple[str, Truth]:
    """One table a post: a row with the date, below it a cell with the user and one with the words."""
    kind = Kind(rng, quotes=True)
    signed = rng.random() < 0.5
    rows = ""
    for word in kind.thread:
        quote = (
            f"<div{kind.of('quote')}><table><tr><td>Quote:<br><i>{escape(word.quoted[1], quote=False)}</i></td></tr></table></div>"
            if word.quoted
            else ""
        )
        quote = f"<blockquote>{escape(word.quoted[1], quote=False)}</blockquote>" if word.quoted else ""
        signature = (
            f'<div class="signature">{sentence(random.Random(word.author), kind.lang)}</div>'
            if signed
            else ""
        )
        rows += (
            f'<table{kind.of("item")} width="100%" id="post{word.number}"><tr><td colspan=2>{kind.time.html(word)} <a href="#post{word.number}">#{word.number}</a></td></tr>'
            f'<tr><td width=160 valign=top><a href="member.php?u={len(word.author)}"><b>{escape(word.author)}</b></a><br>Regular<br><small>Posts: {word.number * 37}</small><br><small>Location: {_PLACES[len(word.author) % 7]}</small></td>'
            f"<td valign=top>{quote}{word.html('{}<br><br>')}{signature}</td></tr></table>"
        )
    return kind.page(rows), kind.truth()


def two_rows(rng: random.Random) -> tuple[str, Truth]:
    """Two rows a post: who and when, then the words."""
    kind = Kind(rng)
    rows = "".join(
        f"<tr{kind.of('head')}><td><b>{escape(word.author)}</b></td><td align=right>{kind.time.html(word)}</td></tr><tr{kind.of('body')}><td colspan=2>{word.html()}</td></tr>"
        for word in kind.thread
    )
    return kind.page(f"<table>{rows}</table>"), kind.truth()


def guest_book(rng: random.Random) -> tuple[str, Truth]:
    """The name stands after the words, with a place and a day."""
    kind = Kind(rng)
    dash = rng.choice(("— ", "– ", "", "~ "))
    rows = "".join(
        f"<div{kind.of('item')}>{word.html()}<p{kind.of('foot')}>{dash}<b>{escape(word.author)}</b>, {kind.time.html(word)}</p></div>{rng.choice(('', '<hr>'))}"
        for word in kind.thread
    )
    return kind.page(f"<div>{rows}</div>"), kind.truth()


def letters(rng: random.Random) -> tuple[str, Truth]:
    """Letters to the editor: signed below, without a time."""
    kind = Kind(rng, count=rng.choice((5, 9)))
    tag = rng.choice(("article", "div", "section", "li"))
    sign = rng.choice(
        (
            "<p{}><b>{}</b><br>{}</p>",
            "<p{}><em>{}</em>, {}</p>",
            "<div{}>{}, {}</div>",
            "<footer{}><cite>{}</cite> {}</footer>",
        )
    )
    rows = "".join(
        f"<{tag}{kind.of('item')}>{word.html()}{sign.format(kind.of('author'), escape(word.author), rng.choice(_PLACES))}</{tag}>"
        for word in kind.thread
    )
    return kind.page(f"<h2>Letters to the editor</h2><div>{rows}</div>"), kind.truth(untimed=True)


def testimonials(rng: random.Random) -> tuple[str, Truth]:
    """Figures: words in a blockquote, the name in the caption."""
    kind = Kind(rng)
    rows = "".join(
        f"<figure{kind.of('item')}><blockquote>{word.html()}</blockquote><figcaption>{escape(word.author)} <span>{kind.time.html(word)}</span></figcaption></figure>"
        for word in kind.thread
    )
    return kind.page(f"<section>{rows}</section>"), kind.truth()


def reviews(rng: random.Random) -> tuple[str, Truth]:
    """Reviews of a product: stars, a title, who, when, how many found it helpful."""
    kind = Kind(rng)
    said = rng.random() < 0.5
    rows = ""
    for word in kind.thread:
        scope = ' itemprop="review" itemscope itemtype="https://schema.org/Review"' if said else ""
        body = ' itemprop="reviewBody"' if said else ""
        rows += (
            f'<div{kind.of("item")}{scope}><div class="stars" aria-label="{word.number % 5 + 1} of 5 stars">★★★</div><div{kind.of("head")}><span{kind.of("author")}{" itemprop=author" if said else ""}>{escape(word.author)}</span> {kind.time.html(word)} <span class="badge">Verified purchase</span></div>'
            f"<div{kind.of('body')}{body}>{word.html()}</div><div{kind.of('foot')}>{word.number} people found this helpful <button>Helpful</button> <button>Report</button></div></div>"
        )
    return kind.page(f"<h2>Customer reviews</h2><div>{rows}</div>"), kind.truth()


def questions(rng: random.Random) -> tuple[str, Truth]:
    """A question, its answers, and remarks below each."""
    kind = Kind(rng, 1, count=rng.choice((8, 14)))
    first = kind.thread[0]
    tops = [word for word in kind.thread if word.parent is None]

    def remarks(word: Word) -> str:
        rows = "".join(
            f'<li{kind.of("remark")}><span>{escape(child.paragraphs[0], quote=False)}</span> – <a class="comment-user" href="/users/{len(child.author)}">{escape(child.author)}</a> <span class="comment-date">{shown_time(child, kind.lang, "long")}</span></li>'
            for child in children(kind.thread, word.number)
        )
        return f'<ul class="comments">{rows}</ul>' if rows else ""

    def one(word: Word, what: str) -> str:
        return (
            f'<div class="{what}" id="{what}-{word.number}"><div class="votes"><button>▲</button><span>{word.number * 3}</span><button>▼</button></div><div class="post-text">{word.html()}</div>'
            f'<div class="user-info"><span class="when">{kind.time.html(word)}</span><a href="/users/{len(word.author)}" class="user-name">{escape(word.author)}</a> <span class="reputation">{word.number * 101}</span></div>{remarks(word)}</div>'
        )

    inner = (
        one(first, "question")
        + f"<h2>{len(tops) - 1} answers</h2>"
        + "".join(one(word, "answer") for word in tops[1:])
    )
    kind.thread = [
        word if word.parent is None else replace(word, paragraphs=word.paragraphs[:1]) for word in kind.thread
    ]
    return kind.page(inner), kind.truth(linked=True)


def hacker_rows(rng: random.Random) -> tuple[str, Truth]:
    """Rows indented by the width of a picture, a table in each."""
    kind = Kind(rng, 6)
    step = rng.choice((15, 20, 40))
    rows = "".join(
        f'<tr{kind.of("item")} id="{9000 + word.number}"><td><table border=0><tr><td><img src="s.gif" height=1 width={depth_of(kind.thread, word) * step}></td><td valign=top><a href="vote?id={word.number}"><div title="upvote">▲</div></a></td>'
        f'<td><div><span><a href="user?id={escape(word.author)}">{escape(word.author)}</a> <span title="{word.stamp[:19]}"><a href="item?id={9000 + word.number}">{shown_time(word, kind.lang, "relative")}</a></span></span></div><div><div>{word.html()}<div><p><font size=1><u><a href="reply?id={word.number}">reply</a></u></font></div></div></div></td></tr></table></td></tr>'
        for word in kind.thread
    )
    return kind.page(f"<table>{rows}</table>"), kind.truth(linked=True)


def nested_definitions(rng: random.Random) -> tuple[str, Truth]:
    """Definition lists within definitions."""
    kind = Kind(rng, 4)

    def one(word: Word) -> str:
        below = "".join(map(one, children(kind.thread, word.number)))
        return f"<dt{kind.of('head')}><b>{escape(word.author)}</b> {kind.time.html(word)}</dt><dd>{word.html()}{kind.reply()}{f'<dl>{below}</dl>' if below else ''}</dd>"

    return kind.page(f"<dl>{''.join(map(one, children(kind.thread, None)))}</dl>"), kind.truth(linked=True)


def fieldsets(rng: random.Random) -> tuple[str, Truth]:
    """A frame around each comment, who and when in its legend."""
    kind = Kind(rng)
    rows = "".join(
        f"<fieldset{kind.of('item')}><legend>{escape(word.author)} | {kind.time.html(word)}</legend>{word.html()}</fieldset>"
        for word in kind.thread
    )
    return kind.page(rows), kind.truth()


def said_paragraphs(rng: random.Random) -> tuple[str, Truth]:
    """A paragraph a comment: the name, the time and the words in one."""
    kind = Kind(rng)
    tag, close = rng.choice((("p", ""), ("li", ""), ("div", "<hr>")))
    rows = "".join(
        f"<{tag}{kind.of('item')}><b>{escape(word.author)}</b> ({kind.time.html(word)}): {'<br>'.join(escape(p, quote=False) for p in word.paragraphs)}</{tag}>{close}"
        for word in kind.thread
    )
    return kind.page(f"<div>{rows}</div>"), kind.truth()


def labelled(rng: random.Random) -> tuple[str, Truth]:
    """The name only in an attribute: a label, the alternative text of a portrait, or data."""
    kind = Kind(rng)
    form = rng.choice(("label", "alt", "data", "title"))
    rows = ""
    for word in kind.thread:
        name = escape(word.author)
        attribute = {"label": f' aria-label="Comment by {name}"', "data": f' data-author="{name}"'}.get(
            form, ""
        )
        portrait = {
            "alt": f'<img class="avatar" src="/a/{word.number}.png" alt="{name}">',
            "title": f'<a href="/u/{len(name)}" title="{name}"><img src="/a.png" alt=""></a>',
        }.get(form, "")
        rows += f"<div{kind.of('item')}{attribute}>{portrait}<div{kind.of('head')}>{kind.time.html(word)}</div><div{kind.of('body')}>{word.html()}</div><div{kind.of('foot')}><button>{REPLY[kind.lang]}</button></div></div>"
    return kind.page(f"<div>{rows}</div>"), kind.truth()


def microblog(rng: random.Random) -> tuple[str, Truth]:
    """Statuses: a shown name, a handle, a short time, and those answered named by link."""
    kind = Kind(rng, 5)
    rows = ""
    for word in kind.thread:
        to = (
            f'<div>{ANSWERS[kind.lang]} <a href="#s{word.parent}">{escape(kind.thread[word.parent - 1].author)}</a></div>'
            if word.parent
            else ""
        )
        rows += (
            f'<article{kind.of("item")} id="s{word.number}"><a href="/@u{len(word.author)}"><img src="/m.png" alt=""></a><a href="/@u{len(word.author)}"><strong>{escape(word.author)}</strong></a> <span>@u{len(word.author)}@town.example</span> <a href="/s/{word.number}"><time datetime="{word.stamp}">{word.number}h</time></a>'
            f"{to}<div{kind.of('body')}>{word.html()}</div><div{kind.of('foot')}><button>↩ {word.number % 4}</button><button>★ {word.number % 7}</button></div></article>"
        )
    return kind.page(f"<div role='feed'>{rows}</div>"), kind.truth(linked=True)


def answer_class(rng: random.Random) -> tuple[str, Truth]:
    """One flat list in which answers bear a class of their own."""
    kind = Kind(rng, 1)
    word_of = rng.choice(("reply", "is-reply", "child", "comment--reply", "nested"))
    rows = "".join(
        f'<div class="remark {word_of if word.parent else ""}"><b class="who">{escape(word.author)}</b> {kind.time.html(word)}<div class="words">{word.html()}</div>{kind.reply()}</div>'
        for word in kind.thread
    )
    return kind.page(f"<div>{rows}</div>"), kind.truth(linked=True)


def microdata(rng: random.Random) -> tuple[str, Truth]:
    """Comments said outright: microdata or RDFa, nested."""
    kind = Kind(rng, 4)
    rdfa = rng.random() < 0.4
    thing, prop = (
        ('typeof="schema:Comment" property="schema:comment"', "property=schema:")
        if rdfa
        else ('itemprop="comment" itemscope itemtype="http://schema.org/Comment"', "itemprop=")
    )

    def one(word: Word) -> str:
        below = "".join(map(one, children(kind.thread, word.number)))
        return f"<div{kind.of('item')} {thing}><span {prop}author><span {prop}name>{escape(word.author)}</span></span> <time {prop}dateCreated datetime='{word.stamp}'>{kind.time.shown(word)}</time><div {prop}text>{word.html()}</div>{below}</div>"

    return kind.page("".join(map(one, children(kind.thread, None)))), kind.truth(linked=True)


def linked_data(rng: random.Random) -> tuple[str, Truth]:
    """Comments only in the page's own data: JSON-LD, nested or flat."""
    kind = Kind(rng, rng.choice((0, 3)))
    what = rng.choice(("Comment", "UserComments", "DiscussionForumPosting"))

    def one(word: Word) -> dict[str, object]:
        below = list(map(one, children(kind.thread, word.number)))
        made: dict[str, object] = {
            "@type": "Comment" if what == "DiscussionForumPosting" else what,
            "author": {"@type": "Person", "name": word.author},
            "dateCreated": word.stamp,
            "text": "\n\n".join(word.paragraphs),
        }
        return {**made, "comment": below} if below else made

    data = {
        "@context": "https://schema.org",
        "@type": "DiscussionForumPosting" if what == "DiscussionForumPosting" else "NewsArticle",
        "headline": "x",
        "author": {"@type": "Person", "name": "Petra Lund"},
        "comment": list(map(one, children(kind.thread, None))),
    }
    script = f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script><div id="app"></div>'
    return kind.page(script), kind.truth(linked=True)


def with_hidden_parts(rng: random.Random) -> tuple[str, Truth]:
    """A hidden pattern of a comment, forms and menus in each, and places for comments not yet loaded."""
    kind = Kind(rng, 3)
    blank = f"<div{kind.of('item')} style='display:none'><b{kind.of('author')}>Name</b><div{kind.of('body')}>Text of the comment goes here.</div></div>"
    empty = f"<div{kind.of('item')} aria-busy='true'><div class='skeleton'></div><div class='skeleton'></div></div>"

    def one(word: Word) -> str:
        below = "".join(map(one, children(kind.thread, word.number)))
        menu = "<div hidden><ul><li>Report</li><li>Block this user</li><li>Copy link</li></ul></div><form style='display: none'><label>Your reason <textarea></textarea></label><button>Send</button></form>"
        return f"<div{kind.of('item')}><div{kind.of('head')}><a{kind.of('author')} href='/u/{len(word.author)}'>{escape(word.author)}</a> {kind.time.html(word)}</div><div{kind.of('body')}>{word.html()}</div>{menu}<button>{REPLY[kind.lang]}</button><div{kind.of('kids')}>{below}</div></div>"

    return kind.page(
        f"<div>{blank}{''.join(map(one, children(kind.thread, None)))}{empty}{empty}</div>"
    ), kind.truth(linked=True)


def deleted(rng: random.Random) -> tuple[str, Truth]:
    """Some comments are gone: their place says so."""
    kind = Kind(rng, 3, count=12)
    gone = {word.number for word in kind.thread[1:] if rng.random() < 0.2}

    def one(word: Word) -> str:
        below = "".join(map(one, children(kind.thread, word.number)))
        kids = f"<div{kind.of('kids')}>{below}</div>" if below else ""
        if word.number in gone:
            return f"<div{kind.of('item')}><div{kind.of('head')}><span{kind.of('author')}>[deleted]</span> {kind.time.html(word)}</div><div{kind.of('body')}><p>[removed]</p></div>{kids}</div>"
        return f"<div{kind.of('item')}><div{kind.of('head')}><span{kind.of('author')}>{escape(word.author)}</span> {kind.time.html(word)}</div><div{kind.of('body')}>{word.html()}</div>{kids}</div>"

    inner = "".join(map(one, children(kind.thread, None)))
    kind.thread = [
        replace(word, author="[deleted]", paragraphs=("[removed]",)) if word.number in gone else word
        for word in kind.thread
    ]
    return kind.page(f"<div>{inner}</div>"), kind.truth(linked=True)


def two_trees(rng: random.Random) -> tuple[str, Truth]:
    """Two trees of comments on one page, each below its own heading."""
    kind = Kind(rng, 3, count=14)
    tops = children(kind.thread, None)
    cut = max(1, len(tops) // 2)

    def one(word: Word) -> str:
        below = "".join(map(one, children(kind.thread, word.number)))
        return f"<li{kind.of('item')}><div><a{kind.of('author')} href='/p/{len(word.author)}'>{escape(word.author)}</a> {kind.time.html(word)}</div><div{kind.of('body')}>{word.html()}</div>{kind.reply()}{f'<ul>{below}</ul>' if below else ''}</li>"

    inner = f"<section><h3>On the bridge</h3><ul>{''.join(map(one, tops[:cut]))}</ul></section><section><h3>On the ferry</h3><ul>{''.join(map(one, tops[cut:]))}</ul></section>"
    return kind.page(inner), kind.truth(linked=True)


def no_comments(rng: random.Random) -> tuple[str, Truth]:
    """Lists of articles, of goods, of dates, of people: no comments."""
    kind = Kind(rng)
    kind.thread = kind.thread[:0]
    form = rng.choice(("articles", "goods", "dates", "people", "found"))
    rows = ""
    for n in range(1, rng.randint(6, 16)):
        text, title = sentence(rng, kind.lang), sentence(rng, kind.lang)[:-1]
        day = f'<time datetime="2022-02-{n:02d}">{n}.02.2022</time>'
        rows += {
            "articles": f'<article{kind.of("card")}><h2><a href="/a/{n}">{title}</a></h2><span>By Petra Lund</span> {day}<p>{text} {text}</p><a href="/a/{n}">Read more</a></article>',
            "goods": f'<li{kind.of("card")}><a href="/p/{n}"><img src="p{n}.jpg" alt="{title}"></a><h3>{title}</h3><p>{text}</p><span>€ {n}9.90</span><button>Add to cart</button></li>',
            "dates": f"<tr><td>{day}</td><td>{title}</td><td>{text}</td></tr>",
            "people": f'<div{kind.of("card")}><img src="t{n}.jpg" alt=""><h4>Jo Person {n}</h4><p>{text}</p></div>',
            "found": f'<div{kind.of("card")}><a href="https://x{n}.example/">{title}</a><div>https://x{n}.example › page</div><p>{day} — {text}</p></div>',
        }[form]
    return kind.page(f"<table>{rows}</table>" if form == "dates" else f"<div>{rows}</div>"), []


KINDS = {
    kind.__name__.replace("_", "-"): kind
    for kind in (
        forum_tables, two_rows, guest_book, letters, testimonials, reviews, questions, hacker_rows, nested_definitions, fieldsets,
        said_paragraphs, labelled, microblog, answer_class, microdata, linked_data, with_hidden_parts, deleted, two_trees, no_comments,
    )
}  # fmt: skip
