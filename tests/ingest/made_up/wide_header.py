"""The lines over the text of a wide layout: name, time, who is answered and more, in any order."""

import random
import re

from tests.ingest.made_up import wide_parts as parts

# slots that are empty for some posts: a line with one of them outside [[…]] is not on every post
SOMETIMES = re.compile(
    r"\{(?:badge|location|flair|pronouns|maybe\d|member\d|addressee|answered_number|if_\w+|score|reactions"
    r"|signed|replies|@replies|@view|dots|bars|arrows|@in_reply\w*|@location|@to_key\}: \{addressee)\}"
)
STAMPS = ("T",) * 8 + (
    "(T)",
    "[T]",
    "T:",
    "<T>",
    "@ T",
    "— T",
    "{@date_key}: T",
    "🕒 T",
    "T -",
    "POSTED",
    "on T",
)


# names that look like a line of a text: something else has to show where a post begins
UNMARKED = ("M", "M …", "M ✓", "M -", "{initial} M", "M:", "- M", "* M", "• M", "(M)", "“M”", "M ›", "[M]")


def fixed(line: str) -> bool:
    """Whether a line stands on every post."""
    bare = re.sub(r"\[\[.*?\]\]", "", line)
    return bool(bare) and not SOMETIMES.search(bare)


def stamp(rng: random.Random, slot: str) -> str:
    """How the time stands."""
    form = rng.choice(_forms(slot))
    return form.replace("T", slot) if form != "POSTED" else _posted(slot)


def _forms(slot: str) -> tuple[str, ...]:
    """The forms that suit times, or ages: no "on 3 hours ago"."""
    return STAMPS if slot == "{time}" else STAMPS[:-1]


def _posted(slot: str) -> str:
    return "{@posted_on}" if slot == "{time}" else "{@posted_rel}"


class Drawn:
    """One layout while it is drawn."""

    def __init__(self, seed: int) -> None:
        self.rng = rng = random.Random(f"wide {seed}")
        self.slot = rng.choice(("{time}", "{time}", "{reltime}"))
        self.where = rng.choices(("header", "footer", "none"), (65, 15, 20))[0]
        self.votes = rng.choices(("header", "footer", "none"), (14, 46, 40))[0]
        self.answered = rng.choices(("none", "inline", "line", "text", "level"), (30, 28, 26, 9, 7))[0]
        self.join = rng.choice(parts.JOINS)
        self.stamp = stamp(rng, self.slot)
        self.cue = False  # whether the header alone shows where a post begins

    def name(self) -> str:
        """The name with what stands right at it."""
        rng = self.rng
        form = rng.choice(parts.NAMES)
        self.cue |= form not in UNMARKED
        name = form.replace("M", "{author}")
        if rng.random() < 0.2:
            name += rng.choice(
                ("[[ {badge}]]", "[[ ({badge})]]", "[[ ‹{badge}›]]", "[[ {flair}]]", "[[ {member1}✓]]")
            )
        if self.answered == "inline":
            name += f"[[{rng.choice(parts.ANSWERED)}]]"
            self.join = self.join if self.join not in (" > ", " » ", " / ", " ", " - ") else " · "
        return name

    def items(self) -> list[str]:
        """All that the header tells besides the name, in any order."""
        rng = self.rng
        found = rng.sample(parts.ABOUT, rng.choice((0, 0, 0, 1, 1, 2, 3, 4)))
        found = [item for i, item in enumerate(found) if item not in found[:i]]
        if rng.random() < 0.24:
            found.append(rng.choice(parts.NUMBERS))
            self.cue = True
        if self.votes == "header":
            found.append(rng.choice(parts.VOTES))
        if self.where == "header":
            found.append(self.stamp)
            self.cue = True
        rng.shuffle(found)
        return found

    def in_line(self, name: str, items: list[str]) -> str:
        """Name and items in one line."""
        rng, line = self.rng, name
        plain = all(item == self.stamp or "number" in item for item in items)
        join = self.join if plain or self.join != " " else rng.choice((" | ", " · ", "  "))
        if items == [self.slot] and rng.random() < 0.15:
            return name + self.slot
        for item in items:
            if rng.random() < 0.22 and fixed(item):
                line = f"{item}{join}{line}"
            else:
                line += f"{join}{item}" if fixed(item) else f"[[{join}{item}]]"
        return line

    def rows(self, name: str, items: list[str]) -> list[str]:
        """The name and items on lines, some of them together."""
        rng = self.rng
        style = rng.choices(("one", "rows", "mixed", "two"), (30, 28, 25, 17))[0]
        if style == "one":
            return [self.in_line(name, items)]
        if style == "rows":
            rows = [name, *items]
            if rng.random() < 0.45:
                rng.shuffle(rows)
            for pair in parts.PAIRS:
                if rng.random() < 0.05:
                    rows += pair
            return rows
        cut = rng.randint(0, len(items)) if style == "mixed" else 0
        rest = [item for item in items[cut:] if fixed(item)]
        some = [f"[[{self.join}{item}]]" for item in items[cut:] if not fixed(item)]
        lines = [self.in_line(name, items[:cut])]
        if rest:
            lines.insert(rng.choice((1, 1, 0)), self.join.join(rest) + "".join(some))
        elif items[cut:]:
            lines += items[cut:]
        return lines

    def header(self) -> list[str]:
        """The lines over the text."""
        rng = self.rng
        if rng.random() < 0.13:
            return self.phrase()
        name = self.name()
        rows = self.rows(name, self.items())
        if self.answered == "line":
            if self.slot in rows[1:] and rng.random() < 0.2:
                rows[rows.index(self.slot, 1)] = f"[[{{addressee}}]]{self.slot}"
            else:
                rows.insert(rng.randint(0, len(rows)), rng.choice(parts.ANSWERED_LINES))
        if self.answered == "level":
            rows = self.level(rows)
        at = next(i for i, row in enumerate(rows) if name in row)
        if rng.random() < 0.2:
            rows.insert(at, rng.choice(parts.PICTURES))
            self.cue = True
        if rng.random() < 0.08:
            title = rng.choice(parts.TITLES)
            rows = (
                [title, *rows] if rng.random() < 0.5 else [*rows, title, *([""] if "line" in title else [])]
            )
            self.cue = True
        if self.votes == "header" and rng.random() < 0.2:
            rows[:0] = rng.choice(parts.VOTE_LINES) if not any("votes" in row for row in rows) else ()
        return rows

    def level(self, rows: list[str]) -> list[str]:
        """The depth of a post, as words or marks."""
        rng = self.rng
        if rng.random() < 0.5:
            return [f"[[{rng.choice(parts.MARKS)}]]{rows[0]}", *rows[1:]] if fixed(rows[0]) else rows
        rows.insert(rng.choice((0, len(rows))), "{@level}")
        return rows

    def phrase(self) -> list[str]:
        """A header that is a sentence, or keys with values."""
        rng, time = self.rng, self.stamp
        shown = [time] if self.where == "header" else []
        choices = [
            ["{@says}", *shown],
            ["{@by}"] if self.where == "header" else ["{@posted_by}"],
            ["{@said_at}"] if self.where == "header" else ["{@says}"],
            ["{@says_ago}"] if self.where == "header" else ["{@says}"],
            ["{if_reply}{@replied}", "{if_root}{author}:", *shown],
            ["{if_reply}{@replied}:", "{if_root}{@says}", *shown],
            ["{@author_key}: {author}", *(f"{{@date_key}}: {self.slot}" for _ in shown)],
            ["{@author_key}:", "{author}", *(x for _ in shown for x in ("{@date_key}:", self.slot))],
            [
                "{@author_key}\t{author}",
                *(f"{{@date_key}}\t{self.slot}" for _ in shown),
                "[[{@to_key}\t{addressee}]]",
            ],
            ["{@from_name}", *shown, "{@subject_key}: Re: {title}"],
        ]
        self.cue = True
        rows = rng.choice(choices)
        if (
            "addressee" not in "".join(rows) + rows[0]
            and "replied" not in rows[0]
            and self.answered == "line"
        ):
            rows.insert(rng.randint(1, len(rows)), rng.choice(parts.ANSWERED_LINES))
        return [row.replace("[[{@to_key}\t{addressee}]]", "{@to_key}\t{addressee}") for row in rows]
