"""Draw random passages that lexicons and rules mark in forum posts, to be judged one by one, and score them.

    python -m tests.evaluation.draw_marker_hits draw ../shared/data/threads/iac.jsonl.gz OUT.jsonl
    python -m tests.evaluation.draw_marker_hits merge OUT.jsonl VERDICTS
    python -m tests.evaluation.draw_marker_hits score

`draw` writes one passage a line with what stands around it, to read; OUT stays out of the repository.
VERDICTS holds lines of a number, that of a line of OUT from 0, and 1 (right) or 0. What was judged stands in
`gold/marker_hits.json` as post id, start, end and 0 or 1: offsets, no text.
The Internet Argument Corpus names its posts by numbers; quotations are masked before anything is marked.
"""

import argparse
import gzip
import json
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from discourse.analysis.rhetoric.markers import LEXICONS, RhetoricMarkers
from discourse.model import Annotation, Post
from discourse.tables import ANNOTATIONS, POSTS, Tables, frame_of

GOLD = Path(__file__).parent / "gold" / "marker_hits.json"
JUDGED = (
    "hedge",
    "booster",
    "evidence",
    "personal_experience",
    "concession",
    "proposal",
    "policing",
    "disengagement",
    "name_calling",
    "loaded_language",
    "dismissal",
    "generalisation",
    "appeal_to_authority",
    "appeal_to_majority",
    "appeal_to_fear",
)
SEED = 20261122
AMONG = 40_000  # posts drawn, of which passages are drawn
EACH = 150  # passages a marker
AROUND = 90  # characters shown on either side
BATCH = 2_000

Row = dict[str, Any]


def posts_of(path: Path, without: frozenset[str] = frozenset(), seed: int = SEED) -> list[Row]:
    """Return posts drawn with a seed, those named by `without` left out."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        posts = [post for line in file for post in json.loads(line)["posts"]]
    posts = [post for post in posts if str(post["id"]) not in without]
    return random.Random(seed).sample(posts, min(AMONG, len(posts)))


def marked(posts: Sequence[Row]) -> Iterator[Row]:
    """Yield what lexicons and rules mark in posts, in the order of the posts."""
    makers = (*LEXICONS, "evidence_forms")
    for start in range(0, len(posts), BATCH):
        found = RhetoricMarkers(models=False).analyze(_tables(posts[start : start + BATCH]))["annotations"]
        for row in found.to_dict("records"):
            if str(row["annotator"]).partition("@")[0] in makers:
                yield row


def quotes_of(name: str, post: Mapping[str, Any]) -> list[Annotation]:
    """Return the quotations of a post of the forum as rows."""
    return [
        Annotation(
            post_id=name,
            start=start,
            end=end,
            layer="quote",
            label="quote",
            annotator="iac@1",
            quote=post["text"][start:end],
        )
        for start, end, *_ in sorted(post.get("quotes", []))
        if start < end
    ]


def _tables(posts: Sequence[Row]) -> Tables:
    rows = [
        Post(
            post_id=str(post["id"]),
            thread_id="drawn",
            source_id="drawn",
            position=number,
            author="somebody",
            text=post["text"],
        )
        for number, post in enumerate(posts, start=1)
    ]
    quotes = [quote for post in posts for quote in quotes_of(str(post["id"]), post)]
    return Tables({"posts": frame_of(POSTS, rows), "annotations": frame_of(ANNOTATIONS, quotes)})


def draw(path: Path, without: frozenset[str] = frozenset(), seed: int = SEED) -> list[Row]:
    """Return passages to judge, `EACH` a marker, each with what stands around it."""
    posts = posts_of(path, without, seed)
    texts = {str(post["id"]): post["text"] for post in posts}
    by_label: dict[str, list[Row]] = {label: [] for label in JUDGED}
    for row in marked(posts):
        if row["label"] in by_label:
            by_label[row["label"]].append(row)
    drawn = []
    for label, rows in by_label.items():
        for row in random.Random(seed).sample(rows, min(EACH, len(rows))):
            text, start, end = texts[row["post_id"]], int(row["start"]), int(row["end"])
            drawn.append(
                {
                    "label": label,
                    "post_id": row["post_id"],
                    "start": start,
                    "end": end,
                    "left": text[max(0, start - AROUND) : start],
                    "span": text[start:end],
                    "right": text[end : end + AROUND],
                    "entry": row["entry"],
                    "annotator": row["annotator"],
                }
            )
    return drawn


def merge(drawn: Path, verdicts: Path) -> None:
    """Put judged passages into the gold; a marker that is judged anew loses its older judgements."""
    rows = [json.loads(line) for line in drawn.read_text(encoding="utf-8").splitlines()]
    said = dict(map(int, line.split()[:2]) for line in verdicts.read_text().splitlines() if line.strip())
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    for label in dict.fromkeys(row["label"] for row in rows):
        own = [(number, row) for number, row in enumerate(rows) if row["label"] == label and number in said]
        gold["hits"][label] = sorted(
            [int(row["post_id"]), row["start"], row["end"], said[number]] for number, row in own
        )
        gold["drawn"][label] = {"makers": sorted({row["annotator"] for _, row in own})}
    hits = ",\n".join(
        f"  {json.dumps(label)}: {json.dumps(found)}" for label, found in sorted(gold["hits"].items())
    )
    drawn_lines = json.dumps(dict(sorted(gold["drawn"].items())))
    GOLD.write_text(
        f'{{"about": {json.dumps(gold["about"])},\n"drawn": {drawn_lines},\n"hits": {{\n{hits}\n}}}}\n',
        encoding="utf-8",
    )


def interval(right: int, judged: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share; (0, 1) where nothing was judged."""
    if not judged:
        return 0.0, 1.0
    z, share = 1.96, right / judged
    middle = (share + z * z / (2 * judged)) / (1 + z * z / judged)
    reach = z * math.sqrt(share * (1 - share) / judged + z * z / (4 * judged**2)) / (1 + z * z / judged)
    return round(max(0.0, middle - reach), 4), round(min(1.0, middle + reach), 4)


def score(gold: Path = GOLD) -> dict[str, tuple[int, int]]:
    """Return how many of each marker's judged passages are right, and how many were judged."""
    hits = json.loads(gold.read_text(encoding="utf-8"))["hits"]
    return {label: (sum(right for *_, right in rows), len(rows)) for label, rows in sorted(hits.items())}


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("draw", "merge", "score"))
    parser.add_argument("posts", type=Path, nargs="?")
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--without", type=Path, help="post ids, one a line, that were read before")
    parser.add_argument(
        "--seed", type=int, default=SEED, help="another one for every draw that is judged anew"
    )
    given = parser.parse_args()
    if given.what == "score":
        for label, (right, judged) in score().items():
            low, high = interval(right, judged)
            print(f"{label:<22} {right:>4} of {judged}: {right / judged:.2f} ({low:.2f} to {high:.2f})")
        return
    if given.what == "merge":
        merge(given.posts, given.out)
        return
    without = frozenset(given.without.read_text().split()) if given.without else frozenset()
    rows = draw(given.posts, without, given.seed)
    given.out.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
