"""How long a pasted page takes, against splitting it and one regular expression a line."""

import random
import re
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from discourse.ingest.pasted.pages import read_page

SIZES = (1, 5, 20)  # megabytes
WORDS = """the harbour ferry board railing winter ticket gull county lamp step rope evening north berth fee
    painted closed never again because nobody would could said slip fog wireless lighthouse quay mended
    war""".split()
NAMES = [
    f"{first}{last}"
    for first in ("Gannet ", "plover_", "Tern", "ebb", "Old ")
    for last in ("Joe", "88", "Ann", "Tar")
]
NUMBER = re.compile(r"\d+")


def made_page(size: int, *, stamped: bool) -> str:
    """Return a page of about so many megabytes in our own words: names alone, or moments and buttons."""
    rng = random.Random(7)
    lines = ["The ferry that was late", "Comments"]
    length = 0
    while length < size * 1_000_000:
        name = rng.choice(NAMES)
        post = [f"{name} • {rng.randrange(2, 23)} hours ago"] if stamped else [name]
        post += [
            " ".join(rng.choice(WORDS) for _ in range(rng.randrange(4, 60))).capitalize() + "."
            for _ in range(rng.randrange(1, 4))
        ]
        post += [f"{rng.randrange(40)} • Reply • Share ›"] if stamped else []
        lines += post
        length += sum(map(len, post)) + len(post)
    return "\n".join(lines)


def least(page: str) -> int:
    """Do the least that a reader of lines can do."""
    return sum(NUMBER.search(line) is not None for line in page.splitlines())


def seconds_of(work: Callable[[str], object], page: str) -> float:
    start = time.process_time()
    work(page)
    return time.process_time() - start


def ratio(page: str, rounds: int = 5) -> tuple[float, float]:
    """Return how many times the least that reading takes, and its seconds; medians of interleaved rounds."""
    pairs = [(seconds_of(read_page, page), seconds_of(least, page)) for _ in range(rounds)]
    return statistics.median(mine / other for mine, other in pairs), statistics.median(
        mine for mine, _ in pairs
    )


def measure(shared: Path | None = None) -> list[tuple[str, float, str]]:
    """Return figures as name, value and what it is; `shared` is not needed."""
    found = []
    for stamped in (False, True):
        kind = "stamped" if stamped else "bare"
        seconds = {}
        for size in SIZES:
            times, seconds[size] = ratio(made_page(size, stamped=stamped), 5 if size < 20 else 3)
            found.append(
                (
                    f"pasted {kind} page, {size} MB",
                    times,
                    "times splitlines with one regular expression a line",
                )
            )
        growth = seconds[SIZES[-1]] / seconds[SIZES[0]] / (SIZES[-1] / SIZES[0])
        found.append(
            (f"pasted {kind} page, growth", growth, "time a megabyte at 20 MB over that at 1 MB; 1 is linear")
        )
    return found
