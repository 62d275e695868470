"""The page that a layout makes of a thread, with the truth of every line."""

import random
import re
import textwrap
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from tests.ingest.made_up.shape import Layout
from tests.ingest.made_up.templates import SHOWN, fill, shown
from tests.ingest.made_up.threads import Post, Thread
from tests.ingest.made_up.times import FORMATS, long_date, month
from tests.ingest.made_up.wide_lines import move, spread_out
from tests.ingest.made_up.wide_slots import more_about, more_common, more_values, paths
from tests.ingest.made_up.words import labels

__all__ = ["Layout", "Page", "TextLine", "render"]

PLACES = ("Oslo", "Bremen", "Lyon", "Cork", "São Paulo", "大阪", "up north", "Tunis", "behind you", "Graz")


class TextLine(NamedTuple):
    """A line of a post's text as shown."""

    line: str
    own: bool = True  # the author's own words; not a quotation, nor the line that introduces one
    source: int | None = None  # the post quoted, where the line is a quotation
    partly: int | None = None  # the post quoted, where the line holds a quotation and own words


def in_order(thread: Thread, order: str) -> list[tuple[Post, int]]:
    """The posts with their depths, in the order in which a page shows them."""
    depth: dict[int, int] = {}
    below: dict[int | None, list[Post]] = {}
    for post in thread.posts:
        depth[post.id] = 0 if post.reply_to is None else depth[post.reply_to] + 1
        below.setdefault(post.reply_to, []).append(post)
    if order != "thread":
        posts = thread.posts if order == "time" else thread.posts[::-1]
        return [(post, depth[post.id]) for post in posts]
    found, waiting = [], below[None][::-1]
    while waiting:
        post = waiting.pop()
        found.append((post, depth[post.id]))
        waiting += below.get(post.id, [])[::-1]
    return found


class Page:
    """A page while it is being written."""

    def __init__(self, thread: Thread, layout: Layout, seed: int) -> None:
        self.thread, self.layout = thread, layout
        self.language = layout.language or thread.language
        self.table = labels(self.language, layout.label_seed)
        self.more = random.Random(f"more {thread.name} {layout.name} {seed}")
        self.rng = random.Random(f"{thread.name} {layout.name} {seed}")
        self.now = thread.posts[-1].time + timedelta(minutes=self.rng.choice((7, 95, 1500, 9000)))
        self.lines: list[str] = []
        self.truth: list[dict[str, Any]] = []
        self.today = ""
        self.posts = in_order(thread, layout.order)
        self.numbers = {post.id: i for i, (post, _) in enumerate(self.posts, start=layout.number_from)}
        if layout.order == "newest":
            last = len(self.posts) + 2 * layout.number_from - 1
            self.numbers = {k: last - v for k, v in self.numbers.items()}
        self.answers = {post.id: 0 for post in thread.posts}
        for post in thread.posts:
            if post.reply_to is not None:
                self.answers[post.reply_to] += 1
        pages = 1 + len(thread.posts) // 20
        n, title = str(len(thread.posts)), thread.title
        self.common = {"n": n, "title": title, "page": "1", "pages": str(pages), "article": SHOWN}
        self.common |= more_common(thread, self.more, self.table)
        self.paths = paths(thread)

    def at(self, time: datetime, key: str) -> str:
        return FORMATS[key](time, self.now, self.language)

    def about(self, author: str) -> dict[str, str]:
        """What a page knows of an author: the same on every post."""
        rng = random.Random(f"{author} {self.layout.name}")
        table = self.table
        since = datetime(rng.randint(2006, 2022), rng.randint(1, 12), 3)
        badge = table[rng.choice(("staff", "top", "writer"))] if rng.random() < self.layout.badges else ""
        return {
            "badge": badge,
            "rank": table[rng.choice(("rank1", "rank2", "rank2"))],
            "location": rng.choice(PLACES) if rng.random() < 0.6 else "",
            "since": f"{month(since, self.language)} {since.year}" if rng.random() < 0.9 else str(since.year),
            "posted": f"{rng.randint(1, 4000):,}",
            "initial": author[0].upper(),
            "handle": re.sub(r"[^a-z0-9]+", "_", author.lower()).strip("_") or f"user{rng.randint(100, 999)}",
            "tag": "".join(rng.choices("abcdefghkmnpqrstuvwxyzABCDEFGH0123456789", k=8)),
            **more_about(author, self.layout.name, self.table),
        }

    def values(self, post: Post, depth: int) -> dict[str, str]:
        """All slots of one post."""
        layout, rng, parent = self.layout, self.rng, post.reply_to
        votes = rng.choice((0, 0, 1, 2, 3, 5, 8, 12, 31, 104))
        named = parent is not None and depth >= layout.addressee_from
        conditions = {
            "if_root": parent is None,
            "if_reply": parent is not None,
            "if_long": sum(map(len, post.text)) > 350,
            "if_edited": rng.random() < 0.08,
            "if_replies": self.answers[post.id] > 0,
        }
        return {
            **self.common,
            **self.about(post.author),
            **more_values(self.more, depth, self.table),
            "path": self.paths.get(post.id, ""),
            "edited_time": self.at(post.time + timedelta(minutes=17), layout.time),
            **{name: SHOWN if holds else "" for name, holds in conditions.items()},
            "author": post.author,
            "addressee": self.thread.authors[parent] if named and parent is not None else "",
            "time": self.at(post.time, layout.time),
            "reltime": self.at(post.time, layout.reltime),
            "votes": str(votes) if votes or layout.zero_votes else "",
            "number": str(self.numbers[post.id]),
            "answered_number": "" if parent is None else str(self.numbers[parent]),
            "stars": (stars := rng.randint(1, 5)) * "★" + (5 - stars) * "☆",
            "reactions": rng.choice(("", "", "👍 2", "😂 4", "👍 1 ❤️ 3", "🎉 1")),
            "depth": str(depth),
            "level": str(depth + 1),
            "replies": str(self.answers[post.id]) if self.answers[post.id] else "",
        }

    def text_lines(self, post: Post) -> list[TextLine]:
        """Lines of the text as the page shows them."""
        layout, found = self.layout, list[TextLine]()
        last: int | None = None
        for i, line in enumerate(post.text):
            source = post.quotes.get(i)
            if (source is not None and not layout.show_quotes) or (not line and not layout.keep_empty):
                continue
            if source is not None and source != last and layout.quote_head:
                found.append(TextLine(self.quote_head(source), own=False))
            elif source != last and last is not None and layout.quote_tail:
                found.append(TextLine(self.line(layout.quote_tail, {}) or "", own=False))
            last = source
            parts = textwrap.wrap(line, layout.wrap) or [line] if layout.wrap else [line]
            if source is None:
                found += [TextLine(part, partly=post.partly.get(i)) for part in parts]
                continue
            for part in parts:
                found.append(TextLine(f"{layout.quote_prefix}{part}{layout.quote_suffix}", False, source))
        while not found[0].line:  # left over where a quotation is not shown
            del found[0]
        return found

    def quote_head(self, source: int) -> str:
        said = self.thread.posts[source - 1]
        values = {"quoted": said.author, "quoted_time": self.at(said.time, self.layout.time)}
        values["quoted_number"] = str(self.numbers[source])
        return self.line(self.layout.quote_head, values) or ""

    def line(self, template: str, values: dict[str, str]) -> str | None:
        return fill(template, values, self.table)

    def furniture(self, templates: tuple[str, ...]) -> None:
        for template in templates:
            if template == "{article}":
                self.lines += self.thread.article
            elif (line := self.line(template, self.common)) is not None:
                self.lines.append(line)

    def day(self, post: Post) -> None:
        """A line for a new day, where the layout has one."""
        day = long_date(post.time, self.language)
        if self.layout.new_day and day != self.today:
            self.lines.append(self.layout.new_day.replace("{day}", day))
        self.today = day

    def post(self, post: Post, depth: int) -> None:
        """Write one post and its truth."""
        layout, values, text = self.layout, self.values(post, depth), self.text_lines(post)
        indent = layout.indent * (min(depth, layout.indent_cap) if layout.indent_cap else depth)
        outer = "" if layout.indent_text_only else indent
        start, inline, slots = len(self.lines), False, dict[str, list[str]]()
        for template in layout.above:
            inner = {**values, "text": text[0].line}
            if (line := self.line(template, inner)) is not None:
                self.lines.append(outer + line if line else "")
                slots[str(len(self.lines))] = shown(template, values, self.table)
                inline |= "{text}" in template
        header_end = len(self.lines)
        body_start = header_end - inline
        for row in text[inline:]:
            full = f"{indent}{layout.text_prefix}{row.line}{layout.text_suffix}"
            self.lines.append(full if row.line else full.rstrip())
        end = len(self.lines)
        if layout.signature and (signature := self.line(layout.signature, values)):
            self.lines[-1] += signature
            also = shown(layout.signature, values, self.table)
            slots[str(end)] = [*slots.get(str(end), []), *also]
        for template in layout.below:
            if (foot := self.line(template, values)) is not None:
                self.lines.append(outer + foot if foot else "")
                slots[str(len(self.lines))] = shown(template, values, self.table)
        self.truth.append(self.true_post(post, values, text, (start, body_start, end)))
        self.truth[-1]["slots"] = {key: value for key, value in slots.items() if value}

    def deleted_post(self, before: Post) -> None:
        """A post that is gone, but for its place; not on pages that count their posts."""
        if "{number}" in self.layout.templates:
            return
        table, key = self.table, 1000 + before.id
        self.numbers[key] = self.answers[key] = 0
        gone = replace(before, id=key, author=table["gone"], text=(table["removed"],), quotes={}, partly={})
        self.post(gone, 0)
        self.truth[-1]["deleted"] = True
        self.furniture(self.layout.between)

    def true_post(
        self,
        post: Post,
        values: dict[str, str],
        text: list[TextLine],
        lines: tuple[int, int, int],
    ) -> dict[str, Any]:
        """The row of the truth: ids and lines as the rendered samples have them, and what only we know."""
        start, body_start, end = lines
        used = self.layout.templates
        addressee = values["addressee"] if "{addressee}" in used else ""
        by_number = "{answered_number}" in used
        cap = self.layout.indent_cap
        by_depth = bool(self.layout.indent) and (not cap or int(values["depth"]) <= cap)
        by_depth |= any(slot in used for slot in ("{depth}", "{level}", "{dots}", "{bars}", "{path}"))
        stated = bool(addressee) or by_number or by_depth
        numbered = list(enumerate(text, start=body_start + 1))
        names = [i + 1 for i in range(start, len(self.lines)) if post.author in self.lines[i]]
        return {
            "id": post.id,
            "author": post.author,
            "addressee": addressee or None,
            "reply_to": post.reply_to if stated else None,
            "start": start + 1,
            "end": end,
            "quotes": {str(i): row.source for i, row in numbered if row.source is not None},
            "body": [row.line for row in text if row.own],
            "body_start": body_start + 1,
            "text": "\n".join(row.line for row in text),
            "partly": {str(i): row.partly for i, row in numbered if row.partly is not None},
            "name_lines": names,
            "parent": post.reply_to,  # whether the page states it or not
        }


def finish(page: Page) -> None:
    """Set margins and empty lines on the whole page; the truth moves with its lines."""
    layout = page.layout
    page.lines = [f"{layout.line_start}{x}{layout.line_end}" if x else x for x in page.lines]
    if layout.spread:
        page.lines, moved = spread_out(page.lines)
        for post in page.truth:
            move(post, moved)


def render(thread: Thread, layout: Layout, seed: int = 0) -> tuple[str, list[dict[str, Any]]]:
    """The pasted page and its truth.

    The truth is that of the rendered samples (id, author, addressee, reply_to, start, end, quotes, body).
    `start` is the first line that the page gives to the post; where the name stands under the text, it is
    the first line of the text (or of what stands over it). `end` is the last line of the text. More:
    `slots` (which slots each line over and under the text shows), `body_start`, `text` (quotations
    included), `partly` (lines that hold a quotation and own words),
    `name_lines` (where the name stands), `parent` (also where the page does not state it).
    """
    page = Page(thread, layout, seed)
    page.furniture(layout.head)
    step, extra = layout.every
    for i, (post, depth) in enumerate(page.posts):
        if i:
            page.furniture(layout.between)
            if step and i % step == 0:
                page.furniture(extra)
        if layout.deleted and i and depth == 0 and page.rng.random() < 0.2:
            page.furniture(layout.deleted)
            page.furniture(layout.between)
        if depth == 0 and i and layout.deleted_posts and page.rng.random() < 0.25:
            page.deleted_post(post)
        page.day(post)
        page.post(post, depth)
    page.furniture(layout.foot)
    finish(page)
    return "\n".join(page.lines) + "\n", page.truth
