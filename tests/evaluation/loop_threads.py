"""Forum threads coded for argument loops: draw them, lay them out to read, join what two coders saw.

    python -m tests.evaluation.loop_threads draw ../shared FOLDER
    python -m tests.evaluation.loop_threads merge ../shared FOLDER A B C D
    python -m tests.evaluation.loop_threads learned ../shared FOLDER A B C D ...
    python -m tests.evaluation.loop_threads made-up ../shared FOLDER A B [C D [E F]]

Two dozen threads of the Internet Argument Corpus may be looked at, two dozen are sealed: they measure only.
Half of either part is drawn at random, half among threads in which two authors answer each other often.
`draw` writes each thread as a text to read, which stays out of the repository. `merge` joins what the coders
A and B of the first part and C and D of the second wrote under FOLDER, a file a thread, into
`gold/loops.json`: numbers of posts, no sentence of the threads. `learned` joins any number of such pairs
of folders, of threads to learn from, into `gold/loops_learned.json`; it keeps what one coder alone saw.
`made-up` does the same with the threads in `made_up_loops`, which one mind wrote and another coded: A and B
of those that may be looked at, C and D of those that nobody saw who worked on what they measure, E and F of
pages (`NAME.txt`) that nobody saw either.
"""

import argparse
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

GOLD = Path(__file__).parent / "gold" / "loops.json"
LEARNED = GOLD.parent / "loops_learned.json"
SEED = 20261123
EACH = 12  # threads of either kind in either part
LENGTHS = range(15, 41)  # posts of a thread
MANY = 6  # turns of two authors at each other that make a thread one of answers back and forth
PARTS = ("looked at", "sealed")
_OF_TURNS = ("restatements", "empty")  # what else coders say of turns
SAME = 0.5  # overlap of turns from which two coders' loops are one
ABOUT = (
    "Argument loops in 48 threads of the Internet Argument Corpus v1, coded blind by two coders each"
    " (language models) from codebooks/argument-loops.md, version 2; posts are numbered in thread order, from"
    " 1. sure: both coders; maybe_turns: one of them; near: rejected, or seen by one coder alone."
)
ABOUT_LEARNED = (
    "Argument loops in 96 further threads of the Internet Argument Corpus v1 (4forums part), to learn from:"
    " 15 to 40 posts, chosen because two authors answer each other often in much the same words, so loops are"
    " far more frequent than in threads drawn at random. Coded blind by two coders each (language models)"
    " from codebooks/argument-loops.md, version 2; posts are numbered in thread order, from 1. sure: both"
    " coders; maybe_turns: one of them; kind and state: the first coder's where they differ."
)

MADE_UP = GOLD.parent / "loops_made_up.json"
MADE_UP_THREADS = Path(__file__).parent / "made_up_loops"
MADE_UP_PARTS = ("made up", "fresh", "fresh pages")
ABOUT_MADE_UP = (
    "Argument loops in made-up threads (made_up_loops), half of them without any: what the writer (a language"
    " model) meant, and what a blind coder (another run of one) saw, from codebooks/argument-loops.md,"
    " version 2. They are cleaner than real threads. fresh: written and coded while the code was being worked"
    " on, and read by nobody who did."
)

Row = dict[str, Any]


def threads_of(shared: Path) -> list[Row]:
    """Return the corpus's threads of a length that can be read, without those coded elsewhere."""
    with gzip.open(shared / "data" / "threads" / "iac.jsonl.gz", "rt", encoding="utf-8") as file:
        threads = [json.loads(line) for line in file]
    with (shared / "data" / "loops" / "threads.jsonl").open(encoding="utf-8") as file:
        coded = {row["text"] for line in file if len((row := json.loads(line))["text"]) > 80}
    return [
        thread
        for thread in threads
        if len(thread["posts"]) in LENGTHS and not any(post["text"] in coded for post in thread["posts"])
    ]


def draw(shared: Path) -> dict[str, list[Row]]:
    """Return the threads of each part."""
    threads = threads_of(shared)
    random.Random(SEED).shuffle(threads)
    lively = [thread for thread in threads if _back_and_forth(thread["posts"]) >= MANY]
    chosen = lively[: 2 * EACH]
    names = {thread["discussion_id"] for thread in chosen}
    chosen += [thread for thread in threads if thread["discussion_id"] not in names][: 2 * EACH]
    return {part: chosen[number::2] for number, part in enumerate(PARTS)}


def _back_and_forth(posts: Sequence[Row]) -> int:
    """Return the most replies that any two authors gave each other."""
    authors = {post["id"]: post["author"] for post in posts}
    pairs: dict[frozenset[str], int] = {}
    for post in posts:
        upper = authors.get(post["parent"])
        if upper not in (None, post["author"]):
            pair = frozenset({upper, post["author"]})
            pairs[pair] = pairs.get(pair, 0) + 1
    return max(pairs.values(), default=0)


def rows_of(thread: Row) -> Iterator[Row]:
    """Yield the posts of a thread as rows that `discourse analyze` reads."""
    for post in thread["posts"]:
        yield {
            "id": str(post["id"]),
            "thread_id": str(thread["discussion_id"]),
            "reply_to": None if post["parent"] is None else str(post["parent"]),
            "author": post["author"],
            "timestamp": post["ts"],
            "text": post["text"],
        }


def laid_out(thread: Row) -> str:
    """Return a thread as a text to read: numbered posts, whom they answer, quotations marked."""
    numbers = {post["id"]: number for number, post in enumerate(thread["posts"], start=1)}
    lines = [f"THREAD {thread['discussion_id']}  posts: {len(thread['posts'])}"]
    for number, post in enumerate(thread["posts"], start=1):
        answers = f"  (answers [{numbers[post['parent']]}])" if post["parent"] in numbers else ""
        lines += ["", f"[{number}] {post['author']}{answers}", _with_quotes(post)]
    return "\n".join(lines) + "\n"


def _with_quotes(post: Row) -> str:
    text, parts, at = post["text"], [], 0
    for start, end, *_ in sorted(post["quotes"]):
        if at <= start < end:
            parts += [text[at:start].strip(), "  > " + " ".join(text[start:end].split())]
            at = end
    parts.append(text[at:].strip())
    return "\n".join(part for part in parts if part)


def overlap(first: Sequence[int], second: Sequence[int]) -> float:
    """Return the F1 of two lists of posts; 0 where one is empty."""
    common = len(set(first) & set(second))
    return 2 * common / (len(set(first)) + len(set(second))) if common else 0.0


def matched(first: Sequence[Row], second: Sequence[Row]) -> list[tuple[int, int]]:
    """Return which loop of one coder is which of the other, by places: the best overlap first, each once."""
    rated = sorted(
        (-overlap(one["turns"], other["turns"]), i, j)
        for (i, one), (j, other) in product(enumerate(first), enumerate(second))
    )
    pairs: list[tuple[int, int]] = []
    for rate, i, j in rated:
        if -rate >= SAME and all(i != mine and j != theirs for mine, theirs in pairs):
            pairs.append((i, j))
    return pairs


def joined(first: Row, second: Row) -> Row:
    """Join two coders' files of one thread.

    Loops that overlap by F1 >= 0.5 are one, and sure; what both call a turn is one, what one does is
    open. A loop that only one coder sees, and what either considered and rejected, is near.
    """
    pairs = matched(first["loops"], second["loops"])
    mine, theirs = ({pair[side] for pair in pairs} for side in (0, 1))
    sure = [_sure(first["loops"][i], second["loops"][j]) for i, j in pairs]
    alone = [loop for i, loop in enumerate(first["loops"]) if i not in mine]
    alone += [loop for j, loop in enumerate(second["loops"]) if j not in theirs]
    return {"sure": sure, "alone": alone, "near": [*first.get("near", ()), *second.get("near", ())]}


def _sure(one: Row, other: Row) -> Row:
    turns = set(one["turns"]) & set(other["turns"])
    side_b, their_b = set(one["side_b"]) & turns, set(other["side_b"]) & turns
    if 2 * len(side_b ^ their_b) > len(turns):  # the coders named the sides the other way round
        their_b = turns - their_b
    agreed = turns - (side_b ^ their_b)
    return {
        "turns": sorted(agreed),
        "maybe_turns": sorted((set(one["turns"]) | set(other["turns"])) - agreed),
        "side_b": sorted(side_b & agreed),
        **{name: sorted(set(one[name]) & set(other[name]) & agreed) for name in _OF_TURNS},
        "kinds": [one["kind"], other["kind"]],
        "states": [one["state"], other["state"]],
    }


def agreement(folder: Path, coders: tuple[str, str], names: Sequence[str]) -> dict[str, float]:
    """Return how far two coders agree: F1 of loops, and in matched loops F1 of what their posts are."""
    counts = {name: [0, 0, 0] for name in ("loops", "turns", "restatements", "empty")}
    same_kind, same_state, pairs = 0, 0, 0
    for name in names:
        one, other = (_read(folder, coder, name)["loops"] for coder in coders)
        both = [(one[i], other[j]) for i, j in matched(one, other)]
        _count(counts["loops"], len(both), len(one), len(other))
        for a, b in both:
            pairs += 1
            same_kind += a["kind"] == b["kind"]
            same_state += a["state"] == b["state"]
            for key in ("turns", "restatements", "empty"):
                _count(counts[key], len(set(a[key]) & set(b[key])), len(a[key]), len(b[key]))
    figures = {key: round(2 * same / (a + b), 3) if a + b else 1.0 for key, (same, a, b) in counts.items()}
    return figures | {"same kind": round(same_kind / pairs, 3), "same state": round(same_state / pairs, 3)}


def _count(into: list[int], *numbers: int) -> None:
    for place, number in enumerate(numbers):
        into[place] += number


def _read(folder: Path, coder: str, name: str) -> Row:
    found: Row = json.loads((folder / coder / f"{name}.json").read_text(encoding="utf-8"))
    return found


def merge(shared: Path, folder: Path, coders: dict[str, tuple[str, str]]) -> None:
    """Write the gold: for each part, what its two coders' folders hold."""
    gold: Row = {"about": ABOUT, "agreement": {}, "threads": {}}
    for part, threads in draw(shared).items():
        names = sorted(str(thread["discussion_id"]) for thread in threads)
        _join_part(gold, folder, part, coders[part], names)
    _write(gold, GOLD)


def made_up(folder: Path, pairs: Sequence[tuple[str, str]]) -> None:
    """Write the gold of the made-up threads: a pair of coders' folders for each part, in order."""
    gold: Row = {"about": ABOUT_MADE_UP, "agreement": {}, "threads": {}}
    for part, coders in zip(MADE_UP_PARTS, pairs, strict=False):
        names = sorted(path.stem for path in (folder / coders[0]).glob("*.json"))
        _join_part(gold, folder, part, coders, names)
    _write(gold, MADE_UP)


def _join_part(gold: Row, folder: Path, part: str, coders: tuple[str, str], names: Sequence[str]) -> None:
    gold["agreement"][part] = agreement(folder, coders, names)
    for name in names:
        its = joined(*(_read(folder, coder, name) for coder in coders))
        near = [{"turns": sorted(loop["turns"])} for loop in (*its["alone"], *its["near"])]
        shown = {"sure": its["sure"], "near": near, "alone": len(its["alone"])}
        gold["threads"][name] = {"part": part, **shown}


def learned(folder: Path, pairs: Sequence[tuple[str, str]]) -> None:
    """Write the gold to learn from: for each pair of coders' folders, the threads that both hold."""
    gold: Row = {"about": ABOUT_LEARNED, "agreement": {}, "threads": {}}
    for number, coders in enumerate(pairs, start=1):
        names = sorted(path.stem for path in (folder / coders[0]).glob("*.json"))
        gold["agreement"][f"pair {number}"] = agreement(folder, coders, names)
        for name in names:
            its = joined(*(_read(folder, coder, name) for coder in coders))
            loops = [_told(loop, loop["kinds"][0], loop["states"][0], is_sure=True) for loop in its["sure"]]
            loops += [_told(loop, loop["kind"], loop["state"], is_sure=False) for loop in its["alone"]]
            near = [sorted(loop["turns"]) for loop in its["near"]]
            gold["threads"][name] = {"loops": loops, "near": near}
    gold["threads"] = dict(sorted(gold["threads"].items()))
    _write(gold, LEARNED)


def _told(loop: Row, kind: str, state: str, *, is_sure: bool) -> Row:
    keys = ("turns", "maybe_turns", "side_b", *_OF_TURNS)
    return {**{key: sorted(loop.get(key, ())) for key in keys}, "kind": kind, "state": state, "sure": is_sure}


def _write(gold: Row, path: Path) -> None:
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(its)}" for name, its in gold["threads"].items())
    path.write_text(
        f'{{"about": {json.dumps(gold["about"])},\n"agreement": {json.dumps(gold["agreement"])},\n'
        f'"threads": {{\n{lines}\n}}}}\n',
        encoding="utf-8",
    )


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("draw", "merge", "learned", "made-up"))
    parser.add_argument("shared", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("coders", nargs="*", help="two folders of the same threads, then the next two")
    given = parser.parse_args()
    if given.what == "merge":
        first, second = given.coders[:2], given.coders[2:]
        merge(given.shared, given.folder, dict(zip(PARTS, (tuple(first), tuple(second)), strict=True)))
        return
    if given.what in ("learned", "made-up"):
        write = learned if given.what == "learned" else made_up
        write(given.folder, list(zip(given.coders[::2], given.coders[1::2], strict=True)))
        return
    for part, threads in draw(given.shared).items():
        (given.folder / part).mkdir(parents=True, exist_ok=True)
        for thread in threads:
            (given.folder / part / f"{thread['discussion_id']}.txt").write_text(
                laid_out(thread), encoding="utf-8"
            )


if __name__ == "__main__":
    main()
