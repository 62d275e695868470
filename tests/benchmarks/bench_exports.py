"""Reading exports: JSON lines in zstd to posts against `json.loads`, and memory as the file grows."""

import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import zstandard

from discourse.ingest.exports import open_export

ROUNDS = 5
POSTS = 100_000
FEW = 30_000
_PEAK = """
import resource, sys
from pathlib import Path
from discourse.ingest.exports import open_export
for batch in open_export(Path(sys.argv[1])).batches():
    batch.frame()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def measure(shared: Path | None) -> list[tuple[str, float, str]]:
    """Return name, value and what it is."""
    with tempfile.TemporaryDirectory() as folder:
        dump = shared / "data/threads/reddit_100k.jsonl.zst" if shared else Path(folder) / "made.jsonl.zst"
        if not dump.is_file():
            dump = made(Path(folder) / "made.jsonl.zst", POSTS)
        rows = _speed(dump)
        small = _peak(made(Path(folder) / "small.jsonl.zst", FEW))
        large = _peak(made(Path(folder) / "large.jsonl.zst", 10 * FEW))
    return [
        *rows,
        ("peak memory, 30,000 posts", small, "MB of a process that reads them"),
        ("peak memory, 300,000 posts / 30,000", large / small, "ratio; 1 would be no growth"),
    ]


def made(path: Path, posts: int) -> Path:
    """Write a dump of made-up posts in threads of forty."""
    with path.open("wb") as file, zstandard.ZstdCompressor().stream_writer(file) as packed:
        for number in range(posts):
            thread = number - number % 40
            post = {
                "id": f"p{number}",
                "thread_id": f"p{thread}",
                "reply_to": None if number == thread else f"p{thread + (number - thread) // 2}",
                "author": f"reader{number * 7919 % 5003}",
                "text": " ".join(f"word{number * place % 9973}" for place in range(1, 50)),
                "time": 1_600_000_000 + number,
            }
            packed.write(json.dumps(post).encode() + b"\n")
    return path


def read_as_posts(path: Path) -> int:
    """Read a dump into tables of posts."""
    return sum(len(batch.frame()) for batch in open_export(path).batches())


def read_line_by_line(path: Path) -> int:
    """Read a dump by `json.loads`, a line at a time, and keep nothing."""
    with path.open("rb") as file:
        reader = zstandard.ZstdDecompressor(max_window_size=2**31).stream_reader(file)
        return sum(bool(json.loads(line)) for line in io.TextIOWrapper(reader, encoding="utf-8"))


def _speed(dump: Path) -> list[tuple[str, float, str]]:
    read_as_posts(dump)  # imports, and the file into the system's cache
    runs = [(_timed(read_line_by_line, dump), _timed(read_as_posts, dump)) for _ in range(ROUNDS)]
    wall = statistics.median(base[0] / ours[0] for base, ours in runs)
    processor = statistics.median(base[1] / ours[1] for base, ours in runs)
    return [
        ("JSONL.zst to posts against json.loads", wall, "times as fast (elapsed time)"),
        ("the same in processor time", processor, "times as fast (both cores added up)"),
    ]


def _timed(read: Callable[[Path], int], path: Path) -> tuple[float, float]:
    start, busy = time.perf_counter(), time.process_time()
    read(path)
    return time.perf_counter() - start, time.process_time() - busy


def _peak(path: Path) -> float:
    command = [sys.executable, "-c", _PEAK, str(path)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ).stdout)
