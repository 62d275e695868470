"""More slots for the lines of a layout: what else pages know of authors, posts and themselves."""

import random
from typing import TYPE_CHECKING

from tests.ingest.made_up.names import ONCE
from tests.ingest.made_up.templates import SHOWN

if TYPE_CHECKING:
    from tests.ingest.made_up.threads import Thread

MAYBE = {"maybe1": 0.5, "maybe2": 0.5, "maybe3": 0.2, "maybe4": 0.75, "maybe5": 0.08}
MEMBER = {"member1": 0.5, "member2": 0.3, "member3": 0.8}
FLAGS = ("🇩🇪", "🇫🇷", "🇧🇷", "🇯🇵", "🇮🇳", "🇺🇸", "🇳🇬", "🇵🇱", "🇪🇬", "🇲🇽")
FLAIRS = (
    "🌱",
    "🎓",
    "⭐",
    "🚲",
    "Team Tea",
    "Verified ✓",
    "☕ x3",
    "Pro",
    "VIP",
    "🥇",
    "🔰",
    "#1 Fan",
    "Lv. 12",
)
EMOJI = ("👍", "❤️", "😂", "😮", "🎉", "😡", "🙏", "🔥")
FILES = ("IMG_2041.jpg", "photo.png", "scan_03.pdf", "screenshot-2.png", "1389214480213.jpg")


def more_about(author: str, layout: str, table: dict[str, str]) -> dict[str, str]:
    """What a page knows of an author, beyond page.Page.about: the same on every post."""
    rng = random.Random(f"more {author} {layout}")
    parts = [part for part in author.replace("-", " ").split() if part[0].isalnum()] or [author]
    signs = rng.random() < 0.6
    return {
        **{name: SHOWN if rng.random() < share else "" for name, share in MEMBER.items()},
        "if_signed": SHOWN if signs else "",
        "signed": table[f"signed{rng.randint(1, 6)}"] if signs else "",
        "initials": "".join(part[0] for part in parts[:2]).upper(),
        "flag": rng.choice(FLAGS),
        "flair": rng.choice(FLAIRS) if rng.random() < 0.5 else "",
        "karma": f"{rng.randint(1, 9000):,}",
        "followers": str(rng.randint(1, 800)),
        "topics": str(rng.randint(1, 300)),
        "code": f"{rng.randrange(16**8):08x}",
        "age": str(rng.randint(17, 78)),
        "pronouns": rng.choice(("", "", "she/her", "he/him", "they/them")),
    }


def more_values(rng: random.Random, depth: int, table: dict[str, str]) -> dict[str, str]:
    """What a page shows of one post, drawn anew for each; {maybe…} hold for a share of the posts."""
    liker = rng.choice(ONCE)
    others = str(rng.randint(1, 20))
    return {
        **{name: SHOWN if rng.random() < share else "" for name, share in MAYBE.items()},
        "votes_down": str(rng.choice((0, 0, 0, 1, 2, 4, 17))),
        "score": rng.choice(("", "", "+1", "+3", "+12", "-2", "0")),
        "views": f"{rng.randint(3, 9000):,}",
        "post_id": str(rng.randint(100000, 99999999)),
        "liker": liker,
        "others": others,
        "headline": table[f"headline{rng.randint(1, 8)}"],
        "emoji": " ".join(f"{e} {rng.randint(1, 9)}" for e in rng.sample(EMOJI, rng.randint(1, 3))),
        "file": rng.choice(FILES),
        "kb": str(rng.randint(14, 990)),
        "dots": "•" * depth,
        "bars": "|" * depth,
        "arrows": ">" * depth,
    }


def more_common(thread: "Thread", rng: random.Random, table: dict[str, str]) -> dict[str, str]:
    """What furniture shows: names of people, headlines, numbers of the whole page."""
    authors = list(dict.fromkeys(thread.authors.values()))
    names = [*rng.sample(authors, min(2, len(authors))), *rng.sample(ONCE, 4)]
    rng.shuffle(names)
    lines = [table[f"headline{i}"] for i in rng.sample(range(1, 9), 4)]
    return {
        **{f"name{i}": name for i, name in enumerate(names[:5], start=1)},
        **{f"line{i}": line for i, line in enumerate(lines, start=1)},
        **{f"number{i}": str(rng.randint(2, 900)) for i in range(1, 5)},
        "roots": str(sum(post.reply_to is None for post in thread.posts)),
    }


def paths(thread: "Thread") -> dict[int, str]:
    """The place of each post in the tree: "2.1" is the first answer to the second root."""
    found: dict[int, str] = {}
    children: dict[int | None, int] = {}
    for post in thread.posts:
        n = children[post.reply_to] = children.get(post.reply_to, 0) + 1
        found[post.id] = str(n) if post.reply_to is None else f"{found[post.reply_to]}.{n}"
    return found
