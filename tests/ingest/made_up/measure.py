"""Measure how pages in made-up layouts are read: `python -m tests.ingest.made_up.measure DEV`.

Definitions as in the scorer of the rendered samples: a post is found where its first line is the true
one; an author is right where the post is found and the name is exactly the same; replies are the F1 of
stated links (right where the post, or the name of the person answered, is the true one); body is the
mean overlap of words over the posts that quote nobody. `near` is the F1 of posts when any line of a
post's header counts as its first line: where "near" is high and "posts" is low, the reader cuts at
another line of the header.

A thread's name with "+" is the same discussion by a crowd, in which most people post once (see
threads.crowd). `NONE` measures pages without comments. HELD_OUT shows figures only, so that nobody
builds for those layouts.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from discourse.errors import NoCommentsError
from discourse.ingest.pasted.pages import PagePost, read_page
from tests.ingest.made_up.bank import MINDS, bank
from tests.ingest.made_up.layouts import DEV, Layout, named, render, sample_layout
from tests.ingest.made_up.no_comments import dialogues, inputs
from tests.ingest.made_up.threads import Thread, crowd, threads

STATED = ("explicit", "quote", "indent")
Truth = list[dict[str, Any]]


@dataclass(frozen=True)
class Scored:
    """One page read."""

    layout: str
    thread: str
    counts: Counter[str]


def read(text: str) -> Sequence[PagePost]:
    """The posts read; none where the reader says that there are none."""
    try:
        return read_page(text).posts
    except NoCommentsError:
        return ()


def overlap(one: str, two: str) -> float:
    """Share of words that two texts have in common, 0 to 1; 1 where both are empty."""
    a, b = (Counter(re.findall(r"\w+", text.lower())) for text in (one, two))
    return 2 * (a & b).total() / (a.total() + b.total()) if a or b else 1.0


def f1(hit: float, found: float, true: float) -> float:
    """Harmonic mean of precision and recall; 1 where there was nothing to find and nothing was found."""
    return 2 * hit / (found + true) if found + true else 1.0


def _near(truth: Truth, posts: Sequence[PagePost]) -> int:
    """Posts found, where any line of the header counts as the first."""
    starts = {post.start_line for post in posts}
    return sum(any(line in starts for line in range(t["start"], t["body_start"] + 1)) for t in truth)


def _links(truth: Truth, posts: Sequence[PagePost], at: dict[int, PagePost]) -> Counter[str]:
    """Stated links: how many there are, how many were found, how many are right."""
    true = {t["id"]: t for t in truth}
    mine = {id(post): key for key, post in at.items()}
    n = Counter(link_true=sum(t["reply_to"] is not None for t in truth))
    for post in posts:
        parent = getattr(post, "parent", None)
        if parent is not None and getattr(post, "parent_evidence", "explicit") not in STATED:
            parent = None
        if parent is None and not post.addressee:
            continue
        t = true.get(mine.get(id(post), -1))
        if t is None or t["reply_to"] is None:
            n["link_found"] += t is None or not t["quotes"]
            continue
        n["link_found"] += 1
        answered = next((mine.get(id(p)) for p in posts if p.position == parent), None)
        n["link_hit"] += answered == t["reply_to"] or post.addressee == true[t["reply_to"]]["author"]
    return n


def score(truth: Truth, posts: Sequence[PagePost]) -> Counter[str]:
    """Count what was found and what was right on one page; deleted posts count neither way."""
    gone = [t for t in truth if t.get("deleted")]
    truth = [t for t in truth if not t.get("deleted")]
    posts = [p for p in posts if not any(t["start"] <= p.start_line <= t["end"] for t in gone)]
    by_line = {post.start_line: post for post in posts}
    at = {t["id"]: by_line[t["start"]] for t in truth if t["start"] in by_line}
    own = [t for t in truth if not t["quotes"]]
    n = Counter[str](pages=1, true=len(truth), found=len(posts), hit=len(at), body_n=len(own))
    n["near"] = _near(truth, posts)
    n["author"] = sum(t["id"] in at and at[t["id"]].author == t["author"] for t in truth)
    shares = sum(overlap(t["text"], at[t["id"]].text) for t in own if t["id"] in at)
    n["body"] = round(10_000 * shares)  # in hundredths of a per cent
    return n + _links(truth, posts, at)


def figures(n: Counter[str]) -> str:
    """The figures as one line, in per cent."""
    reply = 100 * f1(n["link_hit"], n["link_found"], n["link_true"])
    near = 100 * f1(n["near"], n["found"], n["true"])
    return (
        f"posts {100 * f1(n['hit'], n['found'], n['true']):5.1f}  near {near:5.1f}  "
        f"author {100 * n['author'] / max(1, n['true']):5.1f}  "
        + (f"reply {reply:5.1f}" if n["link_true"] else f"reply     – ({n['link_found']} made up)")
        + f"  body {n['body'] / 100 / max(1, n['body_n']):5.1f}  ({n['true']} posts, {n['found']} found)"
    )


def pages(
    which: str, number: int, per: int, seed: int, chosen: Sequence[Thread]
) -> Iterator[tuple[Layout, Thread]]:
    """The layouts to measure, each with the threads to show in it."""
    if which == "RANDOM":
        for i in range(number):
            thread = chosen[i % len(chosen)]
            yield sample_layout(seed + i), crowd(thread, seed + i) if i // len(chosen) % 2 else thread
        return
    layouts: tuple[Layout, ...] = DEV
    if which == "HELD_OUT":
        from tests.ingest.made_up.held_out import HELD_OUT  # looked at by nobody who builds the reader

        layouts = tuple(replace(layout, name=f"held out {i}") for i, layout in enumerate(HELD_OUT, start=1))
    if which == "FRESH":
        from tests.ingest.made_up.fresh import FRESH

        layouts = FRESH
    if which == "SEALED":
        from tests.ingest.made_up.sealed import SEALED  # as HELD_OUT

        layouts = tuple(replace(layout, name=f"sealed {i}") for i, layout in enumerate(SEALED, start=1))
    if which == "LAST":
        from tests.ingest.made_up.last import LAST

        layouts = LAST
    if which in MINDS:
        layouts = bank(which)
    both = [version for thread in chosen for version in (thread, crowd(thread, seed))]
    for i, layout in enumerate(layouts):
        start, step = 5 * i, 5  # coprime to the number of threads: every thread and both versions come up
        few = [both[(start + step * k) % len(both)] for k in range(per)]
        for thread in few if per and per < len(both) else both:
            yield layout, thread


def measure(found: Iterable[tuple[Layout, Thread]]) -> list[Scored]:
    """Render, read and score each page."""
    scored = []
    for layout, thread in found:
        text, truth = render(thread, layout)
        scored.append(Scored(layout.name, thread.name, score(truth, read(text))))
    return scored


def write(found: Iterable[tuple[Layout, Thread]], folder: Path) -> None:
    """Write each page and its truth as PAGE.txt and PAGE.json, for the scorer of the rendered samples."""
    folder.mkdir(parents=True, exist_ok=True)
    for layout, thread in found:
        text, truth = render(thread, layout)
        stem = folder / f"{layout.name}.{thread.name}".replace(" ", "_")
        rows = [post for post in truth if not post.get("deleted")]
        stem.with_name(stem.name + ".txt").write_text(text, encoding="utf-8")
        stem.with_name(stem.name + ".json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def _sum(rows: Iterable[Scored]) -> Counter[str]:
    total = Counter[str]()
    for row in rows:
        total.update(row.counts)
    return total


def report(rows: list[Scored], *, by: str, worst: int) -> None:
    """Print a line for each group, one for all, and the worst pages."""
    groups = dict.fromkeys(getattr(row, by) for row in rows)
    for name in groups:
        print(f"{name:28.28} {figures(_sum(row for row in rows if getattr(row, by) == name))}")
    good = sum(row.counts["near"] >= 0.97 * max(row.counts["true"], row.counts["found"]) for row in rows)
    print(f"{'ALL':28} {figures(_sum(rows))}")
    print(f"{good} of {len(rows)} pages split right (97 of 100 posts or more)")
    rows = sorted(rows, key=lambda row: f1(row.counts["hit"], row.counts["found"], row.counts["true"]))
    for row in rows[:worst]:
        print(f"  worst: {row.layout:28.28} {row.thread:14} {figures(row.counts)}")


def show(layout: Layout, thread: Thread) -> None:
    """Print a page with what each line is (left) and what it was read as (right of it)."""
    text, truth = render(thread, layout)
    posts = read(text)
    for i, line in enumerate(text.rstrip("\n").split("\n"), start=1):
        print(f"{i:4} {_true_mark(truth, i):14.14}|{_read_mark(posts, i):22.22}| {line}")
    print(figures(score(truth, posts)))


def _true_mark(truth: Truth, line: int) -> str:
    for t in truth:
        if t["start"] <= line <= t["end"]:
            kind = "quote" if str(line) in t["quotes"] else "body" if line >= t["body_start"] else "head"
            begins = "▶" if line == t["start"] else " "
            answers = f" <{t['reply_to']}" if t["reply_to"] is not None and begins == "▶" else ""
            return f"{begins}{t['id']} {kind}{answers}"
    return ""


def _read_mark(posts: Sequence[PagePost], line: int) -> str:
    for post in posts:
        if post.start_line <= line <= post.end_line:
            kind = "body" if line >= post.body_line else "head"
            if line != post.start_line:
                return f" {post.position} {kind}"
            return f"▶{post.position} {post.author}" + (f" <{post.addressee}" if post.addressee else "")
    return ""


def no_comments() -> None:
    """Print how many posts are found where there are none."""
    bad = 0
    for name, text in inputs().items():
        posts = read(text)
        if posts:
            bad += 1
            print(f"  {name}: {len(posts)} posts, such as by {posts[0].author!r}, {posts[-1].author!r}")
    for name, text in dialogues().items():
        print(f"  (dialogue, counts neither way) {name}: {len(read(text))} posts")
    print(f"no comments: posts were made up in {bad} of {len(inputs())} inputs")


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "which",
        nargs="?",
        default="DEV",
        choices=["DEV", "HELD_OUT", "FRESH", "SEALED", "LAST", "RANDOM", "NONE", *MINDS],
    )
    parser.add_argument("number", nargs="?", type=int, default=100, help="how many layouts, for RANDOM")
    parser.add_argument("--threads", nargs="*", default=None)
    parser.add_argument("--seed", type=int, default=0, help="first seed, for RANDOM")
    parser.add_argument("--by", choices=["layout", "thread"], default=None)
    parser.add_argument("--per", type=int, default=4, help="pages for each layout; 0: every thread, twice")
    parser.add_argument("--worst", type=int, default=10)
    parser.add_argument("--write", type=Path, help="write pages and truth into a folder, read nothing")
    parser.add_argument(
        "--show", nargs=2, metavar=("LAYOUT", "THREAD"), help="a name of DEV, or 'random SEED'"
    )
    args = parser.parse_args(arguments)
    if args.show:
        name, thread = args.show
        drawn = sample_layout(int(name.split()[1])) if name.startswith("random ") else None
        found, seed = threads()[thread.rstrip("+")], int(name.split()[1]) if drawn else args.seed
        show(drawn or named(name), crowd(found, seed) if thread.endswith("+") else found)
        return
    if args.which == "NONE":
        no_comments()
        return
    chosen = [threads()[name] for name in args.threads or threads()]
    chosen_pages = pages(args.which, args.number, args.per, args.seed, chosen)
    if args.write:
        write(chosen_pages, args.write)
        return
    rows = measure(chosen_pages)
    report(rows, by=args.by or ("thread" if args.which == "RANDOM" else "layout"), worst=args.worst)


if __name__ == "__main__":
    main(sys.argv[1:])
