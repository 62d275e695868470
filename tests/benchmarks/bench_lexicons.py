"""All lexicon markers with their spans, beside `pandas.Series.str.contains` and VADER.

`str.contains` gets one alternation of all entries a category and says only whether something stands
there; ours says where, which entry and which of several. VADER is nltk's, where its word list is at hand.
"""

import json
import random
import re
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

from discourse.analysis.rhetoric.markers import LEXICONS
from discourse.lexicon import Entry, Lexicon, Lexicons, load_lexicons
from discourse.lexicon.patterns import count_forms, expand, regex_of
from discourse.text.normalise import fold

REDDIT = "data/threads/reddit_100k.jsonl.zst"
POSTS = 2_000  # drawn from the whole file
FEW = 20  # posts given to what is slow: each takes `str.contains` a quarter of a second
SOME = 1_000  # posts given to VADER and to us, in parts that take turns
PART = 200
MANY, LITTLE = 3_000, 100  # entries
ROUNDS = 5
MOST_FORMS = 50  # of an entry that gives single phrases
WORDS = """harbour ferry board clearly ticket gull perhaps lamp step rope according north berth fee think
    closed never again because nobody would could said slip fog wireless fair point mended goodbye""".split()


def reddit(path: Path) -> list[str]:
    import zstandard

    with path.open("rb") as file:
        lines = zstandard.ZstdDecompressor().stream_reader(file).read().splitlines()
    drawn = random.Random(2).sample(lines, min(POSTS, len(lines)))
    return [json.loads(line)["text"] or "" for line in drawn]


def made_up() -> list[str]:
    rng = random.Random(5)
    return [" ".join(rng.choices(WORDS, k=rng.randrange(1, 90))).capitalize() + "." for _ in range(POSTS)]


def alternations(lexicons: Lexicons) -> list[str]:
    """Return one regular expression a label: every entry, one after the other."""
    written: dict[str, list[str]] = {}
    for lexicon in lexicons.by_name.values():
        for entry in lexicon.entries:
            written.setdefault(entry.label, []).append(regex_of(entry.pattern, entry.match))
    return [f"(?:{'|'.join(entries)})" for entries in written.values()]


def phrases(lexicons: Lexicons, number: int) -> Lexicons:
    """Return a lexicon of so many single phrases out of ours, drawn with a fixed seed."""
    forms = [
        form
        for lexicon in lexicons.by_name.values()
        for entry in lexicon.entries
        if entry.match == "phrase" and count_forms(entry.pattern) <= MOST_FORMS
        for form in expand(entry.pattern)
    ]
    drawn = random.Random(3).sample(sorted(set(forms)), number)
    entries = [Entry(k, form, "phrase", "marked", form, "-") for k, form in enumerate(drawn)]
    first = next(iter(lexicons.by_name.values()))
    alone = Lexicon("drawn", 1, ("en",), "-", "-", "-", {"marked": ""}, {}, tuple(entries), first.path)
    return Lexicons([alone])


def seconds_of(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def matched(lexicons: Lexicons, texts: Sequence[str]) -> int:
    return sum(len(lexicons.match(fold(text), lang="en")) for text in texts)


def rate(work: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    """Return comments per CPU second."""
    return len(texts) / max(seconds_of(lambda: work(texts)), 1e-9)


def vader() -> tuple[str, Callable[[str], object]] | None:
    """Return the name of a VADER that is at hand and what scores a text; None where there is none."""
    try:
        from nltk.sentiment.vader import SentimentIntensityAnalyzer

        return "nltk", SentimentIntensityAnalyzer().polarity_scores
    except (ImportError, LookupError):
        pass
    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer as Alone

        return "vaderSentiment", Alone().polarity_scores
    except ImportError:
        return None


def over_vader(
    ours: Callable[[Sequence[str]], object], judge: Callable[[str], object], texts: Sequence[str]
) -> float:
    """Return how many times as many comments a CPU second we take as VADER, both in turns."""
    mine = theirs = 0.0
    for start in range(0, len(texts), PART):
        part = texts[start : start + PART]
        mine += seconds_of(lambda part=part: ours(part))
        theirs += seconds_of(lambda part=part: [judge(text) for text in part])
    return theirs / mine


def measure(shared: Path | None = None, rounds: int = ROUNDS) -> list[tuple[str, float, str]]:
    """Return figures as name, value and what it is; on made-up posts where `shared` has none."""
    path = shared / REDDIT if shared else None
    texts = reddit(path) if path and path.exists() else made_up()
    few = random.Random(1).sample(texts, FEW)
    lexicons = load_lexicons(names=(*LEXICONS, "questions"))
    patterns = [re.compile(pattern) for pattern in alternations(lexicons)]
    many, little = phrases(lexicons, MANY), phrases(lexicons, LITTLE)

    def contains(texts: Sequence[str]) -> object:
        series = pd.Series([fold(text) for text in texts])
        return [series.str.contains(pattern) for pattern in patterns]

    def ours(texts: Sequence[str]) -> object:
        return matched(lexicons, texts)

    ours(texts)  # what is compiled when it is first needed
    over_pandas, over_scale, rates = [], [], []
    for _ in range(rounds):
        mine, theirs = rate(ours, few), rate(contains, few)
        over_pandas.append(mine / theirs)
        rates.append(rate(ours, texts))
        over_scale.append(rate(lambda t: matched(many, t), texts) / rate(lambda t: matched(little, t), texts))
    entries = sum(len(lexicon.entries) for lexicon in lexicons.by_name.values())
    rows = [
        ("times str.contains", statistics.median(over_pandas), f"{entries} entries, {FEW} posts, CPU time"),
        ("comments a CPU second", statistics.median(rates), f"all markers with spans, {len(texts)} posts"),
        (f"rate at {MANY} phrases over {LITTLE}", statistics.median(over_scale), f"{len(texts)} posts"),
    ]
    if known := vader():
        name, judge = known
        ratios = [over_vader(ours, judge, texts[:SOME]) for _ in range(rounds)]
        rows.append((f"times VADER ({name})", statistics.median(ratios), f"{SOME} posts, CPU time"))
    return rows
