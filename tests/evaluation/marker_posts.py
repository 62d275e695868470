"""Forum posts read in full by two blind coders: what the markers miss, beside how often they are right.

    python -m tests.evaluation.marker_posts draw ../shared OUT       300 posts to read, and their key
    python -m tests.evaluation.marker_posts merge ../shared OUT CODER=FILE ...
    python -m tests.evaluation.marker_posts score ../shared [--part sealed] [--errors LABEL]

Half of the posts are drawn at random, half of those in which a broad net of words catches something; every
post weighs as many posts as it stands for. A coder's file holds one passage a line, as
`{"n": 17, "label": "hedge", "words": "I think", "k": 1}`: the post's number, and which occurrence of these
words. `gold/marker_posts.json` keeps post ids and offsets, no text. What both coders marked is sure, what one
did is open.
Texts: Internet Argument Corpus v1. OUT stays out of the repository.
"""

import argparse
import gzip
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from discourse.analysis.rhetoric.markers import RhetoricMarkers
from discourse.model import Post
from discourse.tables import ANNOTATIONS, POSTS, Tables, frame_of
from tests.evaluation.draw_marker_hits import quotes_of

GOLD = Path(__file__).parent / "gold" / "marker_posts.json"
THREADS = Path("data/threads/iac.jsonl.gz")
PARTS = ("looked at", "sealed")
SEED = 20261122
EACH = 150  # posts a way of drawing
SHORTEST, LONGEST = 15, 250  # own words of a post that is drawn
ABOVE = 400  # letters of the post answered that a coder sees
ROUNDS = 2000  # of the bootstrap
# far wider than any lexicon: a post that shows none of these rarely holds one of the rarer markers
NET = re.compile(
    r"\b(?:agree|admit|granted?|concede|correct|fair|point|right|mistake[sn]?|sorry|apolog\w+|true|sure|ok|okay"
    r"|propos\w+|suggest\w*|compromise|how about|why don'?t|let'?s|instead|settle|solution"
    r"|done|bye|leav\w+|waste|wasting|tired|enough|last|ignore|stop|bother|forget|moving on|whatever"
    r"|attack\w*|insult\w*|tone|civil|rude|topic|straw\w*|troll\w*|argument|debate|dodg\w+|answer\w*|question"
    r"|idiot\w*|moron\w*|stupid|fool\w*|liar\w*|hypocri\w+|bigot\w*|ignoran\w+|nuts?|crazy|clown|pathetic|dumb"
    r"|expert\w*|scientist\w*|professor|study|studies|doctor\w*|authority|according"
    r"|everyone|everybody|most people|majority|all know|nobody|no one|million"
    r"|danger\w*|threat\w*|fear|destroy\w*|terror\w*|kill\w*|die|murder\w*|evil"
    r"|my (?:wife|son|daughter|father|mother|dad|mom|brother|sister|friend|family|job|school|church)"
    r"|i (?:worked|grew|lived|saw|remember|had|was)|when i|years ago|what about|typical|always"
    r"|all (?:of )?(?:you|the))\b",
    re.IGNORECASE,
)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One post, the post that it answers, and how many posts it stands for."""

    post: Row
    above: Row | None
    weight: float
    part: str


def own_words(post: Row) -> str:
    """Return a post's text with every quoted stretch put into blanks of the same length."""
    text = post["text"]
    for start, end, *_ in post.get("quotes", []):
        text = text[:start] + " " * (min(end, len(text)) - start) + text[end:]
    return text


def threads(shared: Path) -> Iterator[dict[Any, Row]]:
    with gzip.open(shared / THREADS, "rt", encoding="utf-8") as file:
        for line in file:
            yield {post["id"]: post for post in json.loads(line)["posts"]}


def draw(shared: Path) -> list[Drawn]:
    """Return the posts to read, in a random order; the same at every call."""
    pool = []
    for thread in threads(shared):
        for post in thread.values():
            own = own_words(post)
            if SHORTEST <= len(own.split()) <= LONGEST:
                pool.append((post, thread.get(post["parent"]), bool(NET.search(own))))
    caught = [entry for entry in pool if entry[2]]
    rng = random.Random(SEED)
    first = rng.sample(range(len(pool)), EACH)
    names = {pool[k][0]["id"] for k in first}
    second = [entry for entry in rng.sample(caught, 2 * EACH) if entry[0]["id"] not in names][:EACH]
    chosen = [pool[k] for k in first] + second
    inside = sum(entry[2] for entry in chosen)
    weights = {True: len(caught) / inside, False: (len(pool) - len(caught)) / max(1, len(chosen) - inside)}
    rng.shuffle(chosen)
    return [
        Drawn(post, above, weights[is_caught], PARTS[number % 2])
        for number, (post, above, is_caught) in enumerate(chosen)
    ]


def shown(number: int, drawn: Drawn) -> str:
    """Return a post as a coder reads it."""
    text, spans = drawn.post["text"], sorted(drawn.post.get("quotes", []))
    for start, end, *_ in reversed(spans):
        text = text[:start] + "[QUOTED]" + text[end:]
    above = " ".join(own_words(drawn.above).split())[-ABOVE:] if drawn.above else "(nothing)"
    return f"=== post {number}\n[answers: ...{above}]\n{text}\n"


def offsets(drawn: Drawn, words: str, occurrence: int) -> tuple[int, int] | None:
    """Return where words of a coder stand in the post's own words; None where they do not."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    found = list(re.finditer(pattern, own_words(drawn.post))) if pattern else []
    return found[occurrence - 1].span() if 0 < occurrence <= len(found) else None


def merge(shared: Path, key: Sequence[int], coded: Mapping[str, Path]) -> list[str]:
    """Write the gold of some coders' files; return what in them could not be found."""
    posts, faults = draw(shared), []
    spans: dict[int, dict[str, set[tuple[str, int, int]]]] = defaultdict(dict)
    for coder, path in coded.items():
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        numbers = {line["n"] for line in lines}
        for number in key:
            if number in numbers:
                spans[number][coder] = set()
        for line in lines:
            if not line.get("label"):
                continue  # a post without markers
            found = offsets(posts[line["n"]], line["words"], int(line.get("k", 1)))
            if found is None:
                faults.append(f"{coder}: {line}")
            else:
                spans[line["n"]].setdefault(coder, set()).add((line["label"], *found))
    rows = [
        {
            "id": posts[number].post["id"],
            "weight": round(posts[number].weight, 4),
            "part": posts[number].part,
            "coders": {coder: sorted(found) for coder, found in sorted(spans[number].items())},
        }
        for number in key
    ]
    about = "Posts of the Internet Argument Corpus v1, read in full by two: label, start, end (code points)."
    lines = ",\n".join(json.dumps(row) for row in rows)
    GOLD.write_text(f'{{"about": "{about}", "posts": [\n{lines}\n]}}\n', encoding="utf-8")
    return faults


@dataclass(frozen=True, slots=True)
class Judged:
    """One gold post of one label: passages sure and open, and those that the program marks."""

    weight: float
    sure: list[tuple[int, int]]
    open: list[tuple[int, int]]
    marked: list[tuple[int, int]]

    @property
    def counts(self) -> tuple[float, float, float, float]:
        """Return, weighed: sure passages found, all sure ones, marked ones that are right, all marked ones.

        A marked passage that one coder alone has is right by half.
        """
        found = sum(any(meets(span, other) for other in self.marked) for span in self.sure)
        right = sum(any(meets(span, other) for other in self.sure) for span in self.marked)
        half = sum(
            any(meets(span, other) for other in self.open)
            and not any(meets(span, other) for other in self.sure)
            for span in self.marked
        )
        w = self.weight
        return w * found, w * len(self.sure), w * (right + half / 2), w * len(self.marked)


def meets(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def gold() -> list[Row]:
    """Return the posts of the gold."""
    return list(json.loads(GOLD.read_text(encoding="utf-8"))["posts"])


def sure_and_open(row: Row, label: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the passages of a label that both coders marked, and those that one alone did."""
    first, second = ([(s, e) for name, s, e in spans if name == label] for spans in row["coders"].values())
    both = [span for span in first if any(meets(span, other) for other in second)]
    one = [
        span
        for own, others in ((first, second), (second, first))
        for span in own
        if not any(meets(span, other) for other in others)
    ]
    return both, one


def tables(rows: Sequence[Row], shared: Path) -> Tables:
    """Return the gold's posts, each in a thread of its own with the post that it answers."""
    wanted = {row["id"] for row in rows}
    posts, quotes = [], []
    for thread in threads(shared):
        for name in wanted & set(thread):
            post = thread[name]
            above = thread.get(post["parent"])
            for place, one in enumerate([*([above] if above else []), post], start=1):
                is_above = one is above
                own = f"{name}.above" if is_above else str(name)
                posts.append(
                    Post(
                        post_id=own,
                        thread_id=str(name),
                        source_id="drawn",
                        position=place,
                        author=one["author"],
                        text=one["text"],
                        reply_to=f"{name}.above" if above and not is_above else None,
                        reply_evidence="nesting" if above and not is_above else "none",
                    )
                )
                quotes += quotes_of(own, one)
    return Tables({"posts": frame_of(POSTS, posts), "annotations": frame_of(ANNOTATIONS, quotes)})


def judged(shared: Path, part: str | None) -> dict[str, list[Judged]]:
    """Return for each label what the program and the coders say of every post of a part; None: all."""
    rows = [row for row in gold() if part in (None, row["part"])]
    found = RhetoricMarkers().analyze(tables(rows, shared))["annotations"]
    marked: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for row in found.to_dict("records"):
        marked[str(row["post_id"]), str(row["label"])].append((int(row["start"]), int(row["end"])))
    coded = {name for row in rows for spans in row["coders"].values() for name, *_ in spans}
    labels = sorted(coded | {label for _, label in marked})
    return {
        label: [
            Judged(row["weight"], *sure_and_open(row, label), marked[str(row["id"]), label]) for row in rows
        ]
        for label in labels
    }


def interval(cases: Sequence[Judged], over: int, under: int) -> tuple[float, float]:
    """Return the 95 % interval of a share of `Judged.counts`, by drawing the posts again."""
    counts = np.array([case.counts for case in cases])
    drawn = np.random.default_rng(SEED).integers(0, len(cases), size=(ROUNDS, len(cases)))
    sums = counts[drawn].sum(axis=1)
    shares = sums[:, over][sums[:, under] > 0] / sums[:, under][sums[:, under] > 0]
    if not len(shares):
        return 0.0, 1.0
    low, high = np.quantile(shares, [0.025, 0.975])
    return float(low), float(high)


def kappa(rows: Sequence[Row], label: str) -> float:
    """Return Cohen's kappa of whether a post has a label; nan where neither coder ever gives it."""
    pairs = np.array(
        [[any(name == label for name, *_ in spans) for spans in row["coders"].values()] for row in rows]
    )
    agreed = float((pairs[:, 0] == pairs[:, 1]).mean())
    shares = pairs.mean(axis=0)
    chance = float(shares.prod() + (1 - shares).prod())
    return (agreed - chance) / (1 - chance) if chance < 1 else float("nan")


def report(shared: Path, part: str | None) -> None:
    rows = [row for row in gold() if part in (None, row["part"])]
    print(f"{'':22} kappa  sure open marked  recall (95 %)           precision (95 %)")
    for label, cases in judged(shared, part).items():
        found, sure, right, marked = np.array([case.counts for case in cases]).sum(axis=0)
        recall = f"{found / sure:.2f}" if sure else " -  "
        precision = f"{right / marked:.2f}" if marked else " -  "
        spread = [
            f"({low:.2f} to {high:.2f})" for low, high in (interval(cases, 0, 1), interval(cases, 2, 3))
        ]
        counted = [sum(len(getattr(case, name)) for case in cases) for name in ("sure", "open", "marked")]
        print(
            f"{label:22} {kappa(rows, label):5.2f} {counted[0]:5} {counted[1]:4} {counted[2]:6}"
            f"  {recall} {spread[0]}     {precision} {spread[1]}"
        )


def errors(shared: Path, label: str) -> None:
    """Print, of the posts that may be looked at alone, what is missed and what is marked wrongly."""
    rows = [row for row in gold() if row["part"] == PARTS[0]]
    texts = {name: post["text"] for thread in threads(shared) for name, post in thread.items()}
    for row, case in zip(rows, judged(shared, PARTS[0])[label], strict=True):
        text = texts[row["id"]]
        known = [*case.sure, *case.open]
        kinds = {
            "missed": [s for s in case.sure if not any(meets(s, m) for m in case.marked)],
            "missed by one": [s for s in case.open if not any(meets(s, m) for m in case.marked)],
            "wrong": [s for s in case.marked if not any(meets(s, k) for k in known)],
            "found": [s for s in case.marked if any(meets(s, k) for k in case.sure)],
        }
        for kind, spans in kinds.items():
            for start, end in spans:
                around = f"{text[max(0, start - 60) : start]}[[{text[start:end]}]]{text[end : end + 60]}"
                print(f"{kind:14} {row['id']:>8}  {' '.join(around.split())}")


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("draw", "merge", "score"))
    parser.add_argument("shared", type=Path)
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("coded", nargs="*", help="CODER=FILE")
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument("--errors", metavar="LABEL")
    given = parser.parse_args()
    if given.what == "draw":
        posts = draw(given.shared)
        for part in range(2):
            own = [shown(number, posts[number]) for number in range(part, len(posts), 2)]
            (given.out / f"part{part}.txt").write_text("\n".join(own), encoding="utf-8")
    elif given.what == "merge":
        coded = {name: Path(path) for name, path in (pair.split("=", 1) for pair in given.coded)}
        faults = merge(given.shared, range(2 * EACH), coded)
        sys.stdout.writelines(f"{fault}\n" for fault in faults)
    elif given.errors:
        errors(given.shared, given.errors)
    else:
        report(given.shared, given.part)


if __name__ == "__main__":
    main()
