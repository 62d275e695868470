"""Join posts of a dump into one thread: `python -m tests.benchmarks.joined_thread DUMP OUT [POSTS]`.

DUMP is the Reddit file of the public data, `../shared/data/threads/reddit_100k.jsonl.zst`: one post a line,
packed with zstd. The first POSTS of them (10,000) are written to OUT, one a line, as posts of one thread;
what each answers stays as it was, so a post whose thread begins among them is a root. With `--largest`
instead of a number OUT holds the largest thread of the dump alone.
"""

import gzip
import io
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import zstandard

POSTS = 10_000
THREAD = "joined"


def lines_of(dump: Path) -> Iterator[str]:
    """Yield the lines of a file, packed with zstd (.zst) or gzip (.gz) or not at all."""
    with dump.open("rb") as file:
        reader: Any = file
        if dump.suffix == ".zst":
            reader = zstandard.ZstdDecompressor(max_window_size=2**31).stream_reader(file)
        elif dump.suffix == ".gz":
            reader = gzip.GzipFile(fileobj=file)
        with io.TextIOWrapper(reader, encoding="utf-8", newline="\n") as lines:
            yield from lines


def joined(dump: Path, posts: int = POSTS) -> Iterator[dict[str, Any]]:
    """Yield the first posts of a dump as posts of one thread."""
    for line in islice(lines_of(dump), posts):
        yield {**json.loads(line), "thread_id": THREAD}


def largest(dump: Path) -> Iterator[dict[str, Any]]:
    """Yield the posts of the thread that has most of them; of several as large the first one's."""
    rows = [json.loads(line) for line in lines_of(dump)]
    ((name, _),) = Counter(row["thread_id"] for row in rows).most_common(1)
    return (row for row in rows if row["thread_id"] == name)


def write(rows: Iterable[dict[str, Any]], path: Path) -> Path:
    """Write posts as JSON lines."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)
    return path


if __name__ == "__main__":
    wanted = [word for word in sys.argv[1:] if word != "--largest"]
    source = Path(wanted[0])
    chosen = largest(source) if "--largest" in sys.argv else joined(source, int((wanted[2:] or [POSTS])[0]))
    write(chosen, Path(wanted[1]))
