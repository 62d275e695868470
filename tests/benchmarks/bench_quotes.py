"""Quotations with their marks taken away: how many are found again, how fast, and how a long thread costs.

A line counts that was marked with ">", has five words or more, and whose normalised words
(`split_words`: lower case, plain apostrophes, no signs) are a run of the words of an earlier post
of its thread. A long thread is made by joining threads in the order of the file, one behind the
other, as if they were one page: everyone's posts are "earlier posts" of all that follow.
"""

import json
import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from discourse.analysis.quotes import Quotes
from discourse.analysis.replies.replies import Replies
from discourse.model import Post
from discourse.tables import POSTS, Tables, frame_of
from discourse.text.quote_marks import sign_end
from discourse.text.quotes import Quote, Utterance, find_quotes
from discourse.text.wording import fold_marks, split_words

REDDIT = "data/threads/reddit_100k.jsonl.zst"
ROUNDS = 5
STAGED = 5_000  # posts, in whole threads, that both stages are timed on
LEAST = 5  # words of a line that counts
SHORT, LONG = 2_000, 14_000  # posts
FUZZY = 6  # threads on which both searches are timed
FUZZY_POSTS = 60  # posts of each
WORDS = """harbour ferry board railing winter ticket gull county lamp step rope evening north berth fee
    painted closed never again because nobody would could said slip fog wireless lighthouse mended""".split()


@dataclass
class Stripped:
    """A thread whose marks have been taken away, and which of its lines were marked."""

    posts: list[Utterance]
    marked: list[tuple[int, int]]  # post, line


def strip(thread: list[Utterance]) -> Stripped:
    """Take the marks away."""
    stripped = Stripped([], [])
    for place, post in enumerate(thread):
        lines = post.text.split("\n")
        for number, line in enumerate(lines):
            if (at := sign_end(line)) is not None:
                lines[number] = line[at:]
                stripped.marked.append((place, number))
        stripped.posts.append(Utterance(post.author, "\n".join(lines), post.addressee))
    return stripped


def joined_words(text: str) -> str:
    return f" {' '.join(word for _, _, word in split_words(text, fold_marks(text)))} "


def wanted_of(thread: Stripped) -> list[tuple[int, int]]:
    """Return the lines that count: marked, long enough, and a run of an earlier post."""
    if not thread.marked:
        return []
    said = [joined_words(post.text) for post in thread.posts]
    found = []
    for place, number in thread.marked:
        line = joined_words(thread.posts[place].text.split("\n")[number])
        if len(line.split()) >= LEAST and any(line in earlier for earlier in said[:place]):
            found.append((place, number))
    return found


def lines_of(post: Utterance, quotes: list[Quote]) -> set[int]:
    return {
        line
        for quote in quotes
        for line in range(post.text.count("\n", 0, quote.start), post.text.count("\n", 0, quote.end) + 1)
    }


def recall(threads: list[Stripped]) -> tuple[float, int]:
    """Return the share of the wanted lines that are found, and how many are wanted."""
    hits = total = 0
    for thread in threads:
        wanted = wanted_of(thread)
        if wanted:
            quotes = find_quotes(thread.posts)
            hits += sum(number in lines_of(thread.posts[p], quotes[p]) for p, number in wanted)
            total += len(wanted)
    return hits / max(1, total), total


def fuzzy_search(threads: list[Stripped]) -> None:
    """Search every line of five words or more in all earlier posts, as the fastest call of rapidfuzz does."""
    for thread in threads:
        texts = [post.text for post in thread.posts]
        for place, post in enumerate(thread.posts):
            for line in post.text.split("\n"):
                if len(line.split()) >= LEAST and place:
                    process.extractOne(line, texts[:place], scorer=fuzz.partial_ratio, score_cutoff=90)


def our_search(threads: list[Stripped]) -> None:
    for thread in threads:
        find_quotes(thread.posts)


def seconds_of(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def ratio(one: Callable[[], object], other: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return how many times the other the one takes: median of interleaved rounds."""
    return statistics.median(seconds_of(one) / seconds_of(other) for _ in range(rounds))


def reddit(path: Path) -> list[list[Utterance]]:
    import zstandard

    threads: dict[str, list[Utterance]] = {}
    with path.open("rb") as file:
        for line in zstandard.ZstdDecompressor().stream_reader(file).read().splitlines():
            post = json.loads(line)
            threads.setdefault(post["thread_id"], []).append(Utterance(post["author"] or "", post["text"]))
    return list(threads.values())


def tables_of(threads: list[list[Utterance]]) -> Tables:
    """Lay whole threads out as tables, every post an answer to the one before it."""
    rows = [
        Post(
            post_id=f"{thread}:{place}",
            thread_id=str(thread),
            source_id="bench",
            position=place,
            author=post.author,
            text=post.text,
            reply_to=f"{thread}:{place - 1}" if place else None,
            reply_evidence="explicit" if place else "none",
        )
        for thread, posts in enumerate(threads)
        for place, post in enumerate(posts)
    ]
    return Tables({"posts": frame_of(POSTS, rows)})


def both_stages(tables: Tables) -> None:
    quotes = Quotes().analyze(tables)
    Replies().analyze(tables.replace(annotations=quotes["annotations"]))


def first_threads(threads: list[list[Utterance]], posts: int) -> list[list[Utterance]]:
    """Return the first threads that hold so many posts."""
    held = 0
    for number, thread in enumerate(threads):
        held += len(thread)
        if held >= posts:
            return threads[: number + 1]
    return threads


def made_up(posts: int) -> Iterator[list[Utterance]]:
    """Yield threads of thirty posts in words of our own, every third of which quotes an earlier one."""
    rng = random.Random(11)
    for _ in range(posts // 30):
        thread: list[Utterance] = []
        for number in range(30):
            lines = [
                " ".join(rng.choices(WORDS, k=rng.randrange(4, 30))).capitalize() + "." for _ in range(3)
            ]
            if number and number % 3 == 0:
                source = rng.choice(thread).text.split("\n")
                lines.insert(0, f"> {rng.choice(source).removeprefix('> ')}")
            thread.append(Utterance(f"a{rng.randrange(9)}", "\n".join(lines)))
        yield thread


def measure(shared: Path | None = None, rounds: int = ROUNDS) -> list[tuple[str, float, str]]:
    """Return figures as name, value and what it is; on made-up threads where `shared` has none."""
    path = shared / REDDIT if shared else None
    whole = reddit(path) if path and path.exists() else [*made_up(LONG + 1000)]
    threads = [*map(strip, whole)]
    staged = first_threads(whole, STAGED)
    tables = tables_of(staged)
    stages = statistics.median(seconds_of(lambda: both_stages(tables)) for _ in range(3))
    share, wanted = recall(threads)
    few = [Stripped(t.posts[:FUZZY_POSTS], []) for t in threads if t.marked and len(t.posts) >= 20][:FUZZY]
    posts = [post for thread in threads for post in thread.posts][:LONG]
    parts = [posts[start : start + SHORT] for start in range(0, LONG, SHORT)]
    first = {
        n: statistics.median(seconds_of(lambda n=n: find_quotes(posts[:n])) for _ in range(3))
        for n in (1_000, 10_000)
    }
    return [
        (
            "recall without the marks, per cent",
            100 * share,
            f"of {wanted} lines that were marked and repeat an earlier post",
        ),
        (
            "times as fast as rapidfuzz partial_ratio",
            ratio(lambda: fuzzy_search(few), lambda: our_search(few), rounds),
            f"every line of five words or more against all earlier posts, {len(few)} threads",
        ),
        (
            "cost a post, 14,000 over 2,000",
            ratio(lambda: find_quotes(posts), lambda: [find_quotes(part) for part in parts], rounds),
            "the same posts as one thread and as seven; 1 is linear",
        ),
        (
            "posts a second, quotes and replies",
            sum(map(len, staged)) / stages,
            f"{len(staged)} threads that state their links, tables in and out, CPU time, median of three",
        ),
        *(
            (f"posts a second, thread of {n:,}", n / spent, "CPU time, median of three")
            for n, spent in first.items()
        ),
    ]
