"""Claims and loops of one long thread, beside scikit-learn's dense cosine over its sentences.

The thread is made by joining threads in the order of the file, as if they were one page. Quotations and how
replies stand to what they answer are found beforehand: they are not what is measured. Dense cosine is what
most people would write: `TfidfVectorizer` and `cosine_similarity`, every sentence with every other one.
Memory is the peak of a process of its own, less that of one that has read the same thread and no more.
Stages run one after another in one process, each on what the ones before it wrote, as they do for users;
words and sentences, which all of them need, are looked up by the first and kept for the others.
"""

import multiprocessing
import random
import resource
import statistics
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from discourse.analysis.base import read_threads
from discourse.analysis.loops.claims import Claims
from discourse.analysis.loops.context import Context
from discourse.analysis.loops.exchange_claims import Exchanges
from discourse.analysis.loops.loops import Loops
from discourse.analysis.loops.recurring_claims import Recurring
from discourse.analysis.loops.shape import Shape
from discourse.analysis.quotes import Quotes
from discourse.analysis.registry import in_order
from discourse.analysis.stance.agreement import Agreement
from discourse.model import Post
from discourse.stages import run_stages
from discourse.tables import POSTS, Tables, frame_of
from discourse.text.alike import LEAST, alike, weighed
from discourse.text.tokens import content_stems

REDDIT = "data/threads/reddit_100k.jsonl.zst"
ROUNDS = 3  # interleaved, of the shorter thread; the longer one takes minutes and is run once
POSTS_OF_ONE, POSTS_OF_LONG = 10_000, 50_000
PASTED = 200  # copies of one post in the long thread
ANALYZERS = (Claims(), Exchanges(), Recurring(), Loops(), Context(), Shape())
WORDS = """harbour ferry board railing winter ticket gull county lamp step rope evening north berth fee
    painted closed never again because nobody would could said slip fog wireless lighthouse mended""".split()


def reddit(path: Path, posts: int) -> list[dict[str, str | None]]:
    import json

    import zstandard

    with path.open("rb") as file:
        lines = zstandard.ZstdDecompressor().stream_reader(file).read().splitlines()[:posts]
    return [json.loads(line) for line in lines]


def made_up(posts: int) -> list[dict[str, str | None]]:
    rng = random.Random(11)
    return [
        {
            "id": str(number),
            "reply_to": str(rng.randrange(number)) if number else None,
            "author": f"a{rng.randrange(posts // 20 + 2)}",
            "text": " ".join(rng.choices(WORDS, k=rng.randrange(4, 30))).capitalize() + ".",
        }
        for number in range(posts)
    ]


def joined(rows: list[dict[str, str | None]], pasted: int = 0) -> Tables:
    """Lay posts out as one thread, ids renewed and replies kept; some hold the text of one of them."""
    at = {row["id"]: place for place, row in enumerate(rows)}
    copies = {len(rows) * number // (pasted + 1) for number in range(1, pasted + 1)} if pasted else set()
    text = max((row["text"] or "" for row in rows[:500]), key=len)
    posts = []
    for place, row in enumerate(rows):
        up = at.get(row["reply_to"])
        posts.append(
            Post(
                post_id=f"j:{place}",
                thread_id="j",
                source_id="j",
                position=place,
                author=row["author"] or "?",
                text=text if place in copies else row["text"] or "",
                reply_to=None if up is None or up >= place else f"j:{up}",
                reply_evidence="none" if up is None or up >= place else "explicit",
            )
        )
    tables = run_stages(Tables({"posts": frame_of(POSTS, posts)}), (Quotes(), Agreement()))
    # another table, so that no words of it are known from before
    return tables.replace(posts=tables["posts"].copy())


def ours(tables: Tables) -> dict[str, float]:
    """Run all stages; return the CPU seconds of each."""
    spent: dict[str, float] = {}
    for stage in in_order(ANALYZERS):
        start = time.process_time()
        tables = run_stages(tables, (stage,))
        spent[stage.name] = time.process_time() - start
    if len(tables["faults"]):
        raise RuntimeError(f"a stage broke: {tables['faults']['problem'].iloc[0]}")
    return spent


def sentences_of(tables: Tables) -> list[str]:
    thread = next(iter(read_threads(tables)))
    return [view.post.text[span.start : span.end] for view in thread.posts for span in view.sentences]


def theirs(tables: Tables) -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics.pairwise import cosine_similarity

    cosine_similarity(TfidfVectorizer().fit_transform(sentences_of(tables)))


def our_pairs(tables: Tables) -> None:
    thread = next(iter(read_threads(tables)))
    alike([content_stems(t.word for t in v.tokens_in(span)) for v in thread.posts for span in v.sentences])


def nothing(tables: Tables) -> None:
    next(iter(read_threads(tables)))


def recall(tables: Tables) -> float:
    """Return the share, per cent, of the pairs of different sentences that are alike and are found."""
    thread = next(iter(read_threads(tables)))
    stems = [content_stems(t.word for t in v.tokens_in(span)) for v in thread.posts for span in v.sentences]
    found = alike(stems)
    rows = weighed([tuple(sorted(stems[members[0]])) for members in found.groups])
    pairs = {(one, other) for one, other, _ in found.pairs}
    turned = rows.T.tocsr()
    hits = total = 0
    for start in range(0, rows.shape[0], 1000):
        block = (rows[start : start + 1000] @ turned).tocoo()
        kept = (block.data.round(4) >= LEAST) & (block.coords[0] + start < block.coords[1])
        both = zip((block.coords[0][kept] + start).tolist(), block.coords[1][kept].tolist(), strict=True)
        wanted = set(both)
        total += len(wanted)
        hits += len(wanted & pairs)
    return 100 * hits / max(1, total)


Cost = tuple[float, float, dict[str, float]]  # CPU seconds, peak MB, CPU seconds of parts


def cost(run: Callable[[Tables], object], tables: Tables) -> Cost:
    """Return what a run costs in a process of its own."""
    here, there = multiprocessing.get_context("fork").Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_run, args=(run, tables, there))
    process.start()
    there.close()
    told: Cost = here.recv()
    process.join()
    return told


def _run(run: Callable[[Tables], object], tables: Tables, there: Connection) -> None:
    start = time.process_time()
    parts = run(tables)
    spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    there.send((spent, peak, parts if isinstance(parts, dict) else {}))


def medians(tables: Tables, runs: list[Callable[[Tables], object]], rounds: int) -> list[Cost]:
    """Return the median cost of each run, all run in turn."""
    told = [[cost(run, tables) for run in runs] for _ in range(rounds)]
    return [
        (
            statistics.median(t[n][0] for t in told),
            statistics.median(t[n][1] for t in told),
            {part: statistics.median(t[n][2][part] for t in told) for part in told[0][n][2]},
        )
        for n in range(len(runs))
    ]


def measure(shared: Path | None = None, rounds: int = ROUNDS) -> list[tuple[str, float, str]]:
    """Return figures as name, value and what it is; on a made-up thread where `shared` has none."""
    path = shared / REDDIT if shared else None
    rows = reddit(path, POSTS_OF_LONG) if path and path.exists() else made_up(POSTS_OF_LONG)
    one = joined(rows[:POSTS_OF_ONE])
    mine, pairs, dense, read = medians(one, [ours, our_pairs, theirs, nothing], rounds)
    found = recall(one)
    long = joined(rows, PASTED)
    whole, far = cost(ours, long), cost(our_pairs, long)
    longer = f"{POSTS_OF_LONG:,} posts, {PASTED} of them pasted copies, over {POSTS_OF_ONE:,}; one run"
    of_one = f"thread of {POSTS_OF_ONE:,} posts, CPU, medians of {rounds} interleaved runs"
    return [
        ("times as fast as dense cosine, all stages", dense[0] / mine[0], of_one),
        *((f"times as fast, {name}", dense[0] / max(spent, 1e-3), "") for name, spent in mine[2].items()),
        ("times as fast, similar sentences alone", dense[0] / pairs[0], "reading and stems included"),
        ("MB more than the thread itself", mine[1] - read[1], "peak of all stages"),
        ("MB more, similar sentences alone", pairs[1] - read[1], "the same"),
        ("MB more, dense cosine", dense[1] - read[1], "the same"),
        ("CPU of a long thread, all stages", whole[0] / mine[0], longer),
        *(
            (f"CPU of a long thread, {name}", spent / max(mine[2][name], 1e-3), "")
            for name, spent in whole[2].items()
        ),
        ("CPU of a long thread, similar sentences", far[0] / pairs[0], "the same"),
        ("recall of cosine 0.6 and more, per cent", found, "against every sentence with every other one"),
    ]
