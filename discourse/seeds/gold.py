"""Facts that people coded of a page, and how a reading of the page compares with them.

Gold files hold line numbers, positions and labels; an author is the number of the line on
which that name first stands (see seeds/README.md).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from discourse.model import Annotation, Loop, Post, Turn
from discourse.tables import Tables, rows_of

Fact = Mapping[str, Any]  # a post, a cell or a loop of a gold file


def read_gold(path: Path) -> dict[str, Any]:
    """Read a gold file; its fields are described in seeds/README.md."""
    gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return gold


@dataclass(frozen=True)
class Comparison:
    """A page's tables beside its gold."""

    gold: Mapping[str, Any]
    tables: Tables
    posts: list[Post] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "posts", list(rows_of(Post, self.tables["posts"])))

    def pairs(self) -> Iterator[tuple[Fact, Post]]:
        """Yield each coded post that was found, with the post found: both begin on the same line."""
        found = {post.start_line: post for post in self.posts}
        for fact in self.gold["posts"]:
            if fact["start_line"] in found:
                yield fact, found[fact["start_line"]]

    def positions(self) -> dict[str, int]:
        """Map ids of found posts to the positions of the coded ones."""
        return {post.post_id: fact["position"] for fact, post in self.pairs()}

    def names(self) -> dict[int, str]:
        """Map coded authors to the names found for them; the first post of each decides."""
        names: dict[int, str] = {}
        for fact, post in self.pairs():
            names.setdefault(fact["author"], post.author)
        for fact, post in self.pairs():
            if fact["addressee"] is not None and post.addressee is not None:
                names.setdefault(fact["addressee"], post.addressee)
        return names

    def wrong_headers(self) -> list[int]:
        """List positions of posts not found, or found with another author, addressee or extent."""
        names = self.names()
        right = {
            fact["position"]
            for fact, post in self.pairs()
            if post.author == names[fact["author"]]
            and post.addressee == (None if fact["addressee"] is None else names.get(fact["addressee"]))
            and (post.body_line, post.end_line) == (fact["body_line"], fact["end_line"])
        }
        distinct = len(set(names.values())) == len(names)
        return [f["position"] for f in self.gold["posts"] if f["position"] not in right or not distinct]

    def wrong_links(self, bases: tuple[str, ...]) -> list[int]:
        """List positions whose link, by one of these bases, does not lead to the post coded."""
        at = self.positions()
        wrong = []
        for fact, post in self.pairs():
            allowed = {fact["reply_to"], *fact["reply_also"]}
            if (
                fact["reply_basis"] in bases
                and not fact["target_gone"]
                and at.get(post.reply_to or "") not in allowed
            ):
                wrong.append(fact["position"])
        return wrong

    def trusted_ghosts(self) -> list[int]:
        """List positions of answers to posts that are gone which are linked with a score of 0.5 or more."""
        return [
            fact["position"]
            for fact, post in self.pairs()
            if fact["target_gone"] and post.reply_to is not None and (post.reply_score or 0.0) >= 0.5
        ]

    def quote_lines(self) -> tuple[set[int], set[int]]:
        """Return the lines coded as quoting and those found to."""
        coded = {quote["line"] for fact in self.gold["posts"] for quote in fact["quotes"]}
        posts = {post.post_id: post for post in self.posts}
        found: set[int] = set()
        for row in self._annotations("quote"):
            post = posts[row.post_id]
            if row.label == "quote" and post.body_line is not None:
                first = post.body_line + post.text.count("\n", 0, row.start)
                last = post.body_line + post.text.count("\n", 0, max(row.start, row.end - 1))
                found |= set(range(first, last + 1))
        return coded, found

    def loops(self) -> list[tuple[Loop, Fact | None, float]]:
        """Return each loop found, the coded loop whose turns it shares most of, and their F1."""
        at = self.positions()
        turns: dict[str, set[int]] = {}
        for turn in rows_of(Turn, self.tables["turns"]):
            turns.setdefault(turn.loop_id, set()).add(at.get(turn.post_id, -1))
        matched = []
        for loop in rows_of(Loop, self.tables["loops"]):
            mine = turns.get(loop.loop_id, set())
            graded = [(_f1(mine, fact), n) for n, fact in enumerate(self.gold["loops"])]
            score, best = max(graded, key=lambda pair: (pair[0], -pair[1]), default=(0.0, -1))
            matched.append((loop, self.gold["loops"][best] if score > 0 else None, round(score, 4)))
        return matched

    def sides(self, loop: Loop) -> tuple[set[str], set[str]]:
        """Return the authors of a loop's two sides."""
        turns = [t for t in rows_of(Turn, self.tables["turns"]) if t.loop_id == loop.loop_id]
        return {t.author for t in turns if t.side == "a"}, {t.author for t in turns if t.side == "b"}

    def stance_cells(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield author, target, label coded and label found for each cell that both coders find clear.

        A target is looked up by its name and by every alias coded for it; where nothing was
        said of it, the label found is "nothing".
        """
        names = self.names()
        found = {
            (row["author"], row["target"].casefold()): row["label"]
            for row in self.tables["stances"].to_dict("records")
        }
        for cell in self.gold["author_stance"]:
            if cell["clear"] and cell["label"] in ("favor", "against", "mixed"):
                spellings = [cell["target"], *self.gold["targets"].get(cell["target"], ())]
                author = names.get(cell["author"], "")
                labels = [found.get((author, name.casefold())) for name in spellings]
                label = next((label for label in labels if label is not None), "nothing")
                yield author, cell["target"], cell["label"], label

    def missing_targets(self, wanted: list[str]) -> list[str]:
        """List those of some coded targets that were not found under any of their names."""
        found = set()
        for row in self.tables["targets"].to_dict("records"):
            aliases = row["aliases"].split("|") if isinstance(row["aliases"], str) else []
            found |= {name.casefold() for name in (row["target"], *aliases)}
        known = self.gold["targets"]
        return [name for name in wanted if not {n.casefold() for n in (name, *known.get(name, ()))} & found]

    def _annotations(self, layer: str) -> Iterator[Annotation]:
        return (row for row in rows_of(Annotation, self.tables["annotations"]) if row.layer == layer)


def _f1(mine: set[int], fact: Fact) -> float:
    """Compare turns; those that one coder alone saw count neither way."""
    sure, maybe = set(fact["turns"]), set(fact["maybe_turns"])
    if not sure:  # a loop of one coder alone: all its turns are such
        sure, maybe = maybe, set()
    hits = len(mine & sure)
    return 2 * hits / (len(mine - maybe) + len(sure)) if sure else 0.0
