# ruff: noqa: E501 - markup is wide
"""Saved pages of drawn structure: any nesting, order of parts, names of classes and kind of element."""

import random
from dataclasses import replace
from html import escape

from tests.ingest.html.drawn_parts import ANSWERS, REPLY, Names, Person, Time, frame
from tests.ingest.html.drawn_threads import Word, children, depth_of, draw_thread

LANGS = "en en en de fr es ru ja ar".split()
NESTINGS = (
    "within within-list beside beside-list shell margin padding width class level data-depth aria-level "
    "data-parent link name spacer variable lines blockquote flat flat"
).split()
TAGS = "div div li article section tr dl p-run details custom".split()


class Layout:
    """One drawn structure, and the page that it makes of a thread."""

    def __init__(self, rng: random.Random, *, nesting: str = "", tag: str = "") -> None:
        self.rng, self.lang = rng, rng.choice(LANGS)
        self.nesting = nesting or rng.choice(NESTINGS)
        self.tag = tag or rng.choice(TAGS)
        if self.tag in ("tr", "dl", "p-run") and self.nesting not in (
            "margin",
            "link",
            "name",
            "spacer",
            "data-parent",
            "flat",
            "class",
        ):
            self.tag = "div"
        if self.tag == "p-run":
            self.nesting = (
                "flat" if self.nesting in ("margin", "spacer", "data-parent", "class") else self.nesting
            )
        if self.tag == "dl" and self.nesting in ("spacer", "class", "margin", "data-parent"):
            self.nesting = "flat"
        if self.nesting.endswith("list"):
            self.tag = "li"
        elif self.tag == "li" and self.nesting in ("within", "beside", "shell", "blockquote"):
            self.tag = "div"
        self.names = Names(rng)
        self.time = Time(rng, self.lang, self.names)
        self.person = Person(rng, self.lang, self.names)
        self.order = rng.choice("head-body head-body head-body body-head time-last".split())
        self.own = rng.choice(
            ("<p>{}</p>", "<p>{}</p>", "{}<br><br>", "<div>{}</div>", "<span>{}</span><br>")
        )
        self.buttons = rng.choice("none links buttons spans list votes".split())
        self.has_head = rng.random() < 0.8
        self.has_ids = rng.random() < 0.5 or self.nesting in ("data-parent", "link")
        self.has_body = rng.random() < 0.85
        self.quote = rng.choice("blockquote cited box marks".split())
        self.signs = rng.random() < 0.12
        self.step = rng.choice((10, 16, 24, 30, 2))
        self.unit = "em" if self.step == 2 else "px"
        self.is_soup = rng.random() < 0.15
        self.custom = "x-" + self.names.prefix

    def thread(self) -> list[Word]:
        """Draw what is said on the page."""
        depth = {"flat": 0}.get(self.nesting, self.rng.choice((1, 3, 8)))
        thread = draw_thread(self.rng, self.lang, self.rng.choice((4, 7, 12, 25)), depth=depth)
        if self.nesting == "name":  # a name says whom, where the nearest comment of that name is meant
            thread = [word if self._is_plain(thread, word) else _as_root(word) for word in thread]
        return thread

    def _is_plain(self, thread: list[Word], word: Word) -> bool:
        if word.parent is None:
            return True
        name = thread[word.parent - 1].author
        between = thread[word.parent : word.number - 1]
        return all(other.author != name for other in between)

    # ---- one comment ---------------------------------------------------------------------------

    def item(self, thread: list[Word], word: Word) -> str:  # noqa: PLR0911
        """Return a comment with all that stands within it."""
        if self.tag in ("tr", "dl", "p-run"):
            return self._row(thread, word)
        below = (
            "".join(self.item(thread, child) for child in children(thread, word.number))
            if self._is_deep()
            else ""
        )
        head, body, foot = self._head(thread, word), self._body(word), self._foot(word)
        inner = head + body if self.order != "body-head" else body + head
        if self.order == "time-last":
            inner += f"<div{self.names.of('when-line')}>{self.time.html(word)}</div>"
        inner += foot
        tag = self.custom if self.tag == "custom" else self.tag
        opening = f"<{tag}{self._attributes(thread, word)}>"
        if self.tag == "details":
            opening = opening[:-1] + " open>"
        wrap = (
            f"<ul{self.names.of('kids')}>{below}</ul>"
            if self.tag == "li"
            else f"<div{self.names.of('kids')}>{below}</div>"
        )
        wrap = wrap if below else ""
        before = self._before(thread, word)
        if self.nesting in ("within", "within-list"):
            return f"{opening}{before}{inner}{wrap}</{tag}>"
        if self.nesting == "beside":
            return f"{opening}{before}{inner}</{tag}>{wrap}"
        if self.nesting == "beside-list":
            return f"{opening}{before}{inner}</{tag}>" + (f"<li><ul>{below}</ul></li>" if below else "")
        if self.nesting == "shell":
            return f"<div{self.names.of('shell')}>{opening}{before}{inner}</{tag}>{wrap}</div>"
        if self.nesting == "blockquote":
            return f"{opening}{before}{inner}{f'<blockquote>{below}</blockquote>' if below else ''}</{tag}>"
        return f"{opening}{before}{inner}</{tag}>"

    def _is_deep(self) -> bool:
        return self.nesting in ("within", "within-list", "beside", "beside-list", "shell", "blockquote")

    def _row(self, thread: list[Word], word: Word) -> str:
        who, body = self.person.html(word), self._body(word)
        when = self.time.html(word)
        to = self._before(thread, word)
        if self.tag == "dl":
            return f"<dt{self.names.of('head')}{self._id(word)}>{who} ({when})</dt><dd{self.names.of('body')}>{to}{body}{self._foot(word)}</dd>"
        if self.tag == "p-run":
            return f"<p{self.names.of('head')}{self._id(word)}>{who} – {when}</p>{to}{body}{self._foot(word)}"
        return (
            f"<tr{self._attributes(thread, word)}><td{self.names.of('side')} width=150 valign=top>{who}<br><small>Member since 201{word.number % 9}</small></td>"
            f"<td>{to}<div>{when}</div>{body}{self._foot(word)}</td></tr>"
        )

    def _attributes(self, thread: list[Word], word: Word) -> str:
        depth = depth_of(thread, word)
        extra = {"class": f"depth-{depth + 1}", "level": f"level{depth}"}.get(self.nesting, "")
        style = {
            "margin": f"margin-left:{depth * self.step}{self.unit}",
            "padding": f"padding: 4px 0 4px {depth * self.step}{self.unit}",
            "width": f"width: {100 - 4 * depth}%; float:right",
            "variable": f"--depth: {depth}",
        }.get(self.nesting, "")
        said = {
            "data-depth": f' data-depth="{depth}"',
            "aria-level": f' role="treeitem" aria-level="{depth + 1}"',
        }.get(self.nesting, "")
        if self.nesting == "data-parent":
            said = f' data-parent-id="{word.parent + 500 if word.parent else 0}"'
        return self.names.of("item", extra) + self._id(word) + said + (f' style="{style}"' if style else "")

    def _id(self, word: Word) -> str:
        if self.nesting == "data-parent":
            return f' data-id="{500 + word.number}"'
        return f' id="c{word.number}"' if self.has_ids else ""

    def _before(self, thread: list[Word], word: Word) -> str:
        depth = depth_of(thread, word)
        if self.nesting == "spacer":
            return f'<img src="/blank.gif" width="{depth * 20}" height="1">'
        if self.nesting == "lines":
            return "<i></i>" * depth
        if word.parent is None or self.nesting not in ("link", "name"):
            return ""
        name = escape(thread[word.parent - 1].author)
        if self.nesting == "link":
            return (
                f'<div{self.names.of("to")}>{ANSWERS[self.lang]} <a href="#c{word.parent}">{name}</a></div>'
            )
        return f"<div{self.names.of('to')}>{ANSWERS[self.lang]} {name}</div>"

    def _head(self, thread: list[Word], word: Word) -> str:
        del thread
        when = "" if self.order == "time-last" else " " + self.time.html(word)
        inner = self.person.html(word) + when
        if self.tag == "details":
            return f"<summary>{inner}</summary>"
        return (
            f"<div{self.names.of('head')}>{inner}</div>"
            if self.has_head or self.time.form == "text"
            else inner
        )

    def _body(self, word: Word) -> str:
        words = word.html(self.own)
        if word.quoted:
            words = self._quotation(*word.quoted) + words
        words = f"<div{self.names.of('body')}>{words}</div>" if self.has_body else words
        if self.signs and word.number % 2:
            words += (
                f"<div{self.names.of('sig')}>~ {escape(word.author)}: slow is smooth ~</div>"
                if self.names.scheme in ("plain", "prefixed")
                else ""
            )
        return words

    def _quotation(self, author: str, text: str) -> str:
        name, shown = escape(author), escape(text, quote=False)
        return {
            "blockquote": f"<blockquote><p>{shown}</p></blockquote>",
            "cited": f"<blockquote><cite>{name} wrote:</cite><div>{shown}</div></blockquote>",
            "box": f'<div class="quote"><div class="quote-author">{name}:</div>{shown}</div>',
            "marks": f"<p>&gt; {shown}</p>",
        }[self.quote]

    def _foot(self, word: Word) -> str:
        reply, votes = REPLY[self.lang], word.number * 3 % 17
        inner = {
            "none": "",
            "links": f'<a href="#r">{reply}</a> <a href="#s">Share</a>',
            "buttons": f"<button>👍 {votes}</button><button>{reply}</button>",
            "spans": f"<span>{votes}</span> <span>{reply}</span>",
            "list": f"<ul><li><a href='#'>{reply}</a></li><li><a href='#'>Report</a></li></ul>",
            "votes": f"<a href='#'>▲</a> <span{self.names.of('score')}>{votes}</span> <a href='#'>▼</a> <a href='#'>{reply}</a>",
        }[self.buttons]
        return f"<div{self.names.of('foot')}>{inner}</div>" if inner else ""

    # ---- the whole -----------------------------------------------------------------------------

    def page(self, thread: list[Word]) -> str:
        """Return the page that shows a thread."""
        tops = children(thread, None) if self._is_deep() else thread
        inner = "".join(self.item(thread, word) for word in tops)
        around = {"li": "ul", "tr": "table", "dl": "dl"}.get(self.tag, "div")
        inner = f"<{around}{self.names.of('list')}>{inner}</{around}>"
        page = frame(self.rng, self.lang, thread, self.names, inner)
        if self.is_soup:
            for end, following in (
                ("</p>", "<p"),
                ("</p>", "</div>"),
                ("</td>", "<td"),
                ("</td>", "</tr>"),
                ("</li>", "<li"),
            ):
                page = page.replace(end + following, following)
            page = page.replace("</body></html>", "")
        return page

    def truth(self, thread: list[Word]) -> list[dict[str, str | None]]:
        """Return what is to be found, as the scorer of saved pages takes it."""
        return [
            {
                "id": str(word.number),
                "parent": None if self.nesting == "flat" or word.parent is None else str(word.parent),
                "author": word.author,
                "time": word.stamp,
                "text": self._text(word),
            }
            for word in thread
        ]

    def _text(self, word: Word) -> str:
        quoted = ""
        if word.quoted:
            author, text = word.quoted
            quoted = {"cited": f"{author} wrote:\n> {text}\n", "box": f"{author}:\n> {text}\n"}.get(
                self.quote, f"> {text}\n"
            )
        return quoted + "\n\n".join(word.paragraphs)

    def __str__(self) -> str:
        return (
            f"{self.lang} {self.tag}/{self.nesting} names={self.names.scheme} time={self.time.form}:{self.time.style} who={self.person.form}"
            f" order={self.order} foot={self.buttons} body={self.has_body} head={self.has_head} quote={self.quote} own={self.own}"
        )


def _as_root(word: Word) -> Word:
    return replace(word, parent=None)
