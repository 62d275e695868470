"""Sentences of comments with the markers that one coder saw in them: what the models of comments learn from.

    python -m tests.evaluation.marker_sentences draw ../shared OUT
    python -m tests.evaluation.marker_sentences merge ../shared CODER=FILE ...

Posts of a forum (Internet Argument Corpus v1; none of `gold/marker_posts.json`, and none of their threads),
news comments (UCC), comments under videos and posts of Reddit, drawn at random, each read once with the
codebook in hand. A coder's file holds one sentence with markers a line:
`{"n": 17, "s": 3, "labels": ["policing"]}`.
`gold/marker_sentences.json` keeps names of posts and offsets, no text. OUT stays out of the repository.
"""

import argparse
import csv
import gzip
import io
import json
import random
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from discourse.analysis.base import PostView
from discourse.model import Post, Span
from tests.evaluation.draw_marker_hits import quotes_of
from tests.evaluation.marker_posts import gold, own_words

SENTENCES = Path(__file__).parent / "gold" / "marker_sentences.json"
SEED = 20261122
CODERS = ("GHI", "JKL")  # of each draw
FEWEST, MOST = 8, 220  # own words of a post that is drawn
ABOVE = 300  # letters of the post answered that a coder sees
DRAWN = (
    {"iac": 720, "ucc": 300, "videos": 90, "reddit": 90},
    {"iac": 1230, "ucc": 420, "videos": 90, "reddit": 60},
)


Raw = tuple[str, Mapping[str, Any], str]  # a comment's name, its post, and what it answers


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment with the sentences of its own words, and the end of what it answers."""

    name: str  # source and the id there, parted by a colon
    text: str
    sentences: tuple[Span, ...]
    above: str


def view_of(name: str, post: Mapping[str, Any]) -> PostView:
    """Return a post as an analysis sees it, its quotations masked."""
    text = post["text"]
    made = Post(post_id=name, thread_id=name, source_id="drawn", position=1, author="somebody", text=text)
    return PostView(made, tuple(quotes_of(name, post)))


def comment(name: str, post: Mapping[str, Any], above: str) -> Comment:
    """Cut a post into the sentences of its own words."""
    view = view_of(name, post)
    return Comment(name, view.own, tuple(view.sentences), above)


def _fits(text: str) -> bool:
    return FEWEST <= len(text.split()) <= MOST


def forum(shared: Path) -> Iterator[Raw]:
    """Yield posts of threads that hold no post of the gold."""
    barred = {str(row["id"]) for row in gold()}
    with gzip.open(shared / "data/threads/iac.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            posts = {post["id"]: post for post in json.loads(line)["posts"]}
            if barred.isdisjoint(map(str, posts)):
                for post in posts.values():
                    above = posts.get(post["parent"])
                    if _fits(own_words(post)):
                        yield f"iac:{post['id']}", post, own_words(above) if above else ""


def news(shared: Path) -> Iterator[Raw]:
    """Yield comments on news."""
    for row in _rows(shared / "data/rhetoric/unhealthy_val.csv"):
        if _fits(row["comment"]):
            yield f"ucc:{row['_unit_id']}", {"text": row["comment"]}, ""


def videos(shared: Path) -> Iterator[Raw]:
    """Yield comments under videos, named by their row."""
    for number, row in enumerate(_rows(shared / "data/rhetoric/whataboutism_train.csv")):
        if _fits(row["Comment"]):
            yield f"videos:{number}", {"text": row["Comment"]}, ""


def reddit(shared: Path) -> Iterator[Raw]:
    """Yield posts that answer another."""
    import zstandard

    with (shared / "data/threads/reddit_100k.jsonl.zst").open("rb") as file:
        lines = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), encoding="utf-8")
        posts = [json.loads(line) for line in lines]
    texts = {post["id"]: post["text"] or "" for post in posts}
    for post in posts:
        if post["reply_to"] in texts and _fits(texts[post["id"]]):
            yield f"reddit:{post['id']}", {"text": texts[post["id"]]}, texts[post["reply_to"]]


SOURCES = {"iac": forum, "ucc": news, "videos": videos, "reddit": reddit}


def _rows(path: Path) -> list[dict[str, str]]:
    csv.field_size_limit(10**9)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def draw(shared: Path) -> list[Comment]:
    """Return the comments to read, each draw in a random order; the same at every call."""
    pools = {name: [*source(shared)] for name, source in SOURCES.items()}
    drawn: dict[str, Comment] = {}
    for number, sizes in enumerate(DRAWN):
        rng = random.Random(SEED + number)
        found = []
        for source, size in sizes.items():
            fresh = [raw for raw in pools[source] if raw[0] not in drawn]
            found += [comment(*raw) for raw in rng.sample(fresh, size)]
        rng.shuffle(found)
        drawn |= {one.name: one for one in found}
    return list(drawn.values())


def places(part: int, coder: str) -> range:
    """Return the numbers of the comments that a coder read."""
    sizes = [sum(sizes.values()) for sizes in DRAWN]
    first = sum(sizes[:part])
    return range(first + CODERS[part].index(coder), first + sizes[part], len(CODERS[part]))


def shown(number: int, drawn: Comment) -> str:
    """Return a comment as a coder reads it, its sentences numbered from 1."""
    above = " ".join(drawn.above.split())[-ABOVE:]
    head = f"=== {number} ({drawn.name.partition(':')[0]})" + (f" answers: ...{above}" if above else "")
    lines = [
        f"[{place}] {' '.join(drawn.text[span.start : span.end].split())}"
        for place, span in enumerate(drawn.sentences, start=1)
    ]
    return "\n".join([head, *lines, ""])


def merge(shared: Path, coded: Mapping[str, Path]) -> None:
    """Write what coders saw: for each comment its sentences' offsets with their labels."""
    drawn, rows = draw(shared), []
    for coder, path in coded.items():
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        seen: dict[int, dict[int, list[str]]] = {}
        for line in lines:
            sentences = seen.setdefault(line["n"], {})
            if line.get("s"):
                sentences.setdefault(line["s"], []).extend(line["labels"])
        for number, sentences in sorted(seen.items()):
            found = [
                [span.start, span.end, sorted(set(sentences.get(place, ())))]
                for place, span in enumerate(drawn[number].sentences, start=1)
            ]
            rows.append({"name": drawn[number].name, "coder": coder, "sentences": found})
    about = (
        "Comments read once: names, and of each sentence start, end (code points of the own words), labels."
    )
    lines = ",\n".join(json.dumps(row) for row in rows)
    SENTENCES.write_text(f'{{"about": "{about}", "comments": [\n{lines}\n]}}\n', encoding="utf-8")


def coded(shared: Path) -> list[tuple[str, str, frozenset[str]]]:
    """Return every sentence that was read: the comment's name, its words, its labels."""
    rows = json.loads(SENTENCES.read_text(encoding="utf-8"))["comments"]
    wanted = {row["name"] for row in rows}
    own = {
        name: view_of(name, post).own
        for source in SOURCES.values()
        for name, post, _ in source(shared)
        if name in wanted
    }
    return [
        (row["name"], own[row["name"]][start:end], frozenset(labels))
        for row in rows
        for start, end, labels in row["sentences"]
    ]


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("draw", "merge"))
    parser.add_argument("shared", type=Path)
    parser.add_argument("rest", nargs="+", help="OUT, or CODER=FILE")
    given = parser.parse_args()
    if given.what == "merge":
        merge(given.shared, {name: Path(path) for name, path in (pair.split("=", 1) for pair in given.rest)})
        return
    drawn = draw(given.shared)
    for part, coders in enumerate(CODERS):
        for coder in coders:
            texts = [shown(number, drawn[number]) for number in places(part, coder)]
            Path(given.rest[0], f"{coder}.txt").write_text("\n".join(texts), encoding="utf-8")
    sys.stdout.write(f"{len(drawn)} comments\n")


if __name__ == "__main__":
    main()
