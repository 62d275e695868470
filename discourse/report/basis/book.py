"""What every part of a report looks things up in: posts, numbers, loops, and where each stands."""

import math
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from discourse.model import Annotation, Article, Claim, Event, Loop, Post, Source, Turn
from discourse.report.basis.words import UNSURE_BELOW, brief
from discourse.summary import RUN, is_guess, part_of, preferred, summarise
from discourse.tables import Tables, rows_of

# Of 4,382 posts found in pasted pages of made-up layouts (tests/ingest/made_up: DEV, SEALED, LAST, and 60 at
# random) 3 in 100 score less than this: 18 % of those do not begin where they were cut (41 % in LAST, the
# newest layouts), against 4 % of the others.
DOUBTFUL_SPLIT = 0.9
# The scores of saved pages mean something else: of 1,337 comments of drawn pages (tests/ingest/html) all but
# one are right, and none scores less than this.
DOUBTFUL_SAVED = 0.75


def begins_doubtfully(post: Post) -> bool:
    """Say whether a post may have been cut out of its page in the wrong place."""
    least = DOUBTFUL_SAVED if post.start_line is None else DOUBTFUL_SPLIT
    return post.split_score is not None and post.split_score < least


class Ref(Struct, frozen=True):
    """How the report points to a post."""

    anchor: str  # id of the post's element, without the number sign
    number: str  # as readers see it, such as "17"
    author: str


class Side(Struct, frozen=True):
    """One side of a loop, as claims and authors refer to it."""

    loop: int  # 1-based, as numbered in the report
    letter: str  # a | b


class Book(Struct, frozen=True, dict=True):
    """The tables of one source, laid out for reading; numbers come from `summary` alone."""

    tables: Tables
    meanings: Mapping[str, str] = field(default_factory=dict)  # of markers, as the run's record has them

    @classmethod
    def of(cls, tables: Tables, meanings: Mapping[str, str] | None = None) -> "Book":
        """Open a book; where nobody has summarised the tables, they are summarised now."""
        full = tables if "summary" in tables else tables.replace(**summarise(tables).frames)
        return cls(full, meanings or {})

    def meaning(self, label: str) -> str:
        """Say in a clause what a marker marks; nothing where the run's record does not tell."""
        return brief(str(self.meanings.get(label, "")))

    @cached_property
    def sources(self) -> list[Source]:
        """The sources that posts were taken from; articles read beside them are left out."""
        taken = self.tables.sources_of_posts()
        return [source for source in rows_of(Source, self.tables["sources"]) if source.source_id in taken]

    @cached_property
    def posts(self) -> list[Post]:
        """Every post, threads as they come, page order within each."""
        posts = list(rows_of(Post, self.tables["posts"]))
        order = {thread: place for place, thread in enumerate(dict.fromkeys(p.thread_id for p in posts))}
        return sorted(posts, key=lambda post: (order[post.thread_id], post.position))

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each post stands among all, from 0."""
        return {post.post_id: place for place, post in enumerate(self.posts)}

    @cached_property
    def threads(self) -> dict[str, list[Post]]:
        """Posts by thread, in page order."""
        found: dict[str, list[Post]] = {}
        for post in self.posts:
            found.setdefault(post.thread_id, []).append(post)
        return found

    @cached_property
    def by_id(self) -> dict[str, Post]:
        """Posts by their id."""
        return {post.post_id: post for post in self.posts}

    @cached_property
    def refs(self) -> dict[str, Ref]:
        """How to point to each post: by its position, with the thread's number where positions repeat."""
        alone = len({post.position for post in self.posts}) == len(self.posts)
        refs: dict[str, Ref] = {}
        for number, posts in enumerate(self.threads.values(), start=1):
            for post in posts:
                short = str(post.position) if alone else f"{number}.{post.position}"
                refs[post.post_id] = Ref(f"p{short.replace('.', '-')}", short, post.author)
        return refs

    @cached_property
    def authors(self) -> dict[str, list[str]]:
        """Authors of each thread, in the order of their first posts."""
        return {key: list(dict.fromkeys(p.author for p in posts)) for key, posts in self.threads.items()}

    @cached_property
    def _values(self) -> dict[tuple[str, str, str], float]:
        fields = ("unit_kind", "unit_id", "metric", "value")
        columns = [self.tables["summary"][name].tolist() for name in fields]
        rows = zip(*columns, strict=True)
        return {(kind, unit, metric): value for kind, unit, metric, value in rows}

    @cached_property
    def _by_unit(self) -> dict[tuple[str, str], dict[str, float]]:
        found: dict[tuple[str, str], dict[str, float]] = {}
        for (kind, unit, metric), value in self._values.items():
            found.setdefault((kind, unit), {})[metric] = value
        return found

    def number(self, metric: str, unit: tuple[str, str] = RUN) -> float | None:
        """Look a figure up; None where the summary has none."""
        value = self._values.get((*unit, metric))
        return None if value is None or math.isnan(value) else float(value)

    def count(self, metric: str, unit: tuple[str, str] = RUN) -> int:
        """Look a count up; what was never counted is 0."""
        return int(self.number(metric, unit) or 0)

    def metrics(self, prefix: str, unit: tuple[str, str] = RUN) -> dict[str, float]:
        """Return the figures `prefix.NAME` of a unit by NAME, in the summary's order."""
        found = self._by_unit.get(unit, {})
        return {name[len(prefix) + 1 :]: v for name, v in found.items() if name.startswith(prefix + ".")}

    def units(self, kind: str, metric: str) -> dict[str, float]:
        """Return one figure of every unit of a kind, by unit id, in the summary's order."""
        of_kind = ((unit, figures) for (k, unit), figures in self._by_unit.items() if k == kind)
        return {unit: figures[metric] for unit, figures in of_kind if metric in figures}

    def author_unit(self, thread_id: str, author: str) -> tuple[str, str]:
        """Name the summary's unit of an author."""
        return ("author", part_of(thread_id, author))

    @cached_property
    def marks(self) -> dict[str, list[Annotation]]:
        """Annotations by post, in text order."""
        found: dict[str, list[Annotation]] = {}
        for row in rows_of(Annotation, self.tables["annotations"]):
            found.setdefault(row.post_id, []).append(row)
        for rows in found.values():
            rows.sort(key=lambda r: (r.start, -r.end, r.layer, r.label, r.target or "", r.annotator))
        return found

    @cached_property
    def loops(self) -> list[Loop]:
        """Every loop once, in the order of the table; its number in the report is its place, from 1."""
        return list(rows_of(Loop, preferred(self.tables["loops"], ["loop_id"])))

    @cached_property
    def turns(self) -> dict[str, list[Turn]]:
        """Turns by loop, in order, as the loop's own maker saw them."""
        makers = {loop.loop_id: loop.annotator for loop in self.loops}
        found: dict[str, list[Turn]] = {loop.loop_id: [] for loop in self.loops}
        for turn in rows_of(Turn, self.tables["turns"]):
            if makers.get(turn.loop_id) == turn.annotator:
                found[turn.loop_id].append(turn)
        for rows in found.values():
            rows.sort(key=lambda turn: turn.turn)
        return found

    @cached_property
    def events(self) -> dict[str, list[Event]]:
        """Events of posts that are here by thread, in the table's order; of two makers of one, one counts."""
        key = ["thread_id", "post_id", "kind", "loop_id", "author"]
        found: dict[str, list[Event]] = {}
        for event in rows_of(Event, preferred(self.tables["events"], key)):
            if event.post_id in self.by_id:
                found.setdefault(event.thread_id, []).append(event)
        return found

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """Claims by their id."""
        return {c.claim_id: c for c in rows_of(Claim, preferred(self.tables["claims"], ["claim_id"]))}

    @cached_property
    def claim_sides(self) -> dict[str, Side]:
        """Which side of which loop a claim is."""
        sides: dict[str, Side] = {}
        for number, loop in enumerate(self.loops, start=1):
            sides.setdefault(loop.claim_a, Side(number, "a"))
            sides.setdefault(loop.claim_b, Side(number, "b"))
        return sides

    @cached_property
    def articles(self) -> dict[tuple[str, int], Article]:
        """Articles by their source and the line on which they begin."""
        return {(a.source_id, a.start_line): a for a in rows_of(Article, self.tables["articles"])}

    @cached_property
    def said(self) -> dict[tuple[str, str], list[dict[str, Any]]]:
        """Rows of what articles say, in their tables' order, by table and by the loop or claim."""
        found: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for table, column in (("context", "loop_id"), ("claim_context", "claim_id")):
            for row in self.tables[table].to_dict("records"):
                found.setdefault((table, row[column]), []).append({str(key): row[key] for key in row})
        return found

    @cached_property
    def files(self) -> dict[str, str]:
        """Names of the files that were read, by source, in their table's order."""
        rows = self.tables["sources"][["source_id", "uri"]].itertuples(index=False)
        return {str(source): str(uri).replace("\\", "/").rpartition("/")[2] for source, uri in rows}

    @cached_property
    def stances(self) -> list[dict[str, Any]]:
        """Stances, one for each author and target."""
        table = preferred(self.tables["stances"], ["thread_id", "author", "target"])
        return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]

    @cached_property
    def camps(self) -> list[dict[str, Any]]:
        """Authors with their camp, one row for each of a thread."""
        table = preferred(self.tables["camps"], ["thread_id", "author"])
        return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]

    @cached_property
    def other_languages(self) -> dict[str, int]:
        """Posts by language, where one is told that is not English: few makers speak there."""
        told = self.metrics("languages")
        return {name: int(count) for name, count in told.items() if name not in ("en", "unknown") and count}

    @property
    def hears_nobody(self) -> bool:
        """Whether every post is in a language that the makers of stance and rhetoric do not know."""
        return 0 < self.count("posts_found") == sum(self.other_languages.values())

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """Posts on which something is unsure: where they begin, whom they answer, a label, their dispute."""
        rows = self.tables["annotations"]
        found = set(rows.loc[rows["score"] < UNSURE_BELOW, "post_id"])
        for loop in self.loops:
            if loop.score < UNSURE_BELOW:
                found |= {turn.post_id for turn in self.turns[loop.loop_id]}
        found |= {post.post_id for post in self.posts if begins_doubtfully(post)}
        found |= {p.post_id for p in self.posts if p.reply_to is not None and self.guessed(p)}
        return frozenset(found)

    def guessed(self, post: Post) -> bool:
        """Say whether a post's link is a guess."""
        return is_guess(post.reply_evidence, post.reply_score)
