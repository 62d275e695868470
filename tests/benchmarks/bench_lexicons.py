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
POSTS = 10_000
FEW = 200  # posts given to what is slow
MANY, LITTLE = 3_000, 100  # entries
ROUNDS = 5
MOST_FORMS = 50  # of an entry that gives single phrases
WORDS = """harbour ferry board clearly ticket gull perhaps lamp step rope according north berth fee think
    closed never again because nobody would could said slip fog wireless fair point mended goodbye""".split()


def reddit(path: Path) -> list[str]:
    import zstandard

    with path.open("rb") as file:
        lines = zstandard.ZstdDecompressor().stream_reader(file).read().splitlines()[:POSTS]
    return [json.loads(line)["text"] or "" for line in lines]


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


def vader() -> Callable[[Sequence[str]], object] | None:
    """Return nltk's VADER as a function of texts; None where its word list is not installed."""
    try:
        from nltk.sentiment.vader import SentimentIntensityAnalyzer

        analyser = SentimentIntensityAnalyzer()
    except (ImportError, LookupError):
        return None
    return lambda texts: [analyser.polarity_scores(text) for text in texts]


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

    ours(few)
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
    if judge := vader():
        ratios = [rate(ours, few) / rate(judge, few) for _ in range(rounds)]
        rows.append(("times VADER", statistics.median(ratios), f"{FEW} posts, CPU time"))
    return rows
