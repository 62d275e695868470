"""Large dumps out of a small one, for measuring: `python -m tests.benchmarks.made_dump COMMAND IN OUT`.

    repeat IN OUT --times N [--scattered]   the dump N times over, every copy under new ids
    join IN OUT --posts N                   its first N posts as one thread under one root
    first IN OUT --posts N                  its first N posts, nothing changed
    largest IN OUT                          its largest thread alone

IN and OUT hold one post a line as JSON, with `id`, `thread_id`, `reply_to` and what else there is, as the
Reddit file of the public data does (`../shared/data/threads/reddit_100k.jsonl.zst`). A name that ends in
.zst or .gz is packed so. What comes out depends on the input and the options alone, and `repeat` needs
memory for one post at a time (with `--scattered` for the input); a million posts take half a minute.

Of every copy but the first the ids of posts, threads and parents end in `-1`, `-2` and so on; texts,
authors and all else stay as they are. Copies follow one another, so that no text stands near its own copy,
where a memory of words seen before would make it cheap.
"""

import argparse
import gzip
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from pathlib import Path
from typing import IO, Any

import msgspec
import zstandard

from tests.benchmarks.joined_thread import largest, lines_of

Post = dict[str, Any]
NAMED = ("id", "thread_id", "reply_to")  # fields that hold an id
LEVEL = 3  # of zstd
_read = msgspec.json.Decoder().decode
_write = msgspec.json.Encoder().encode


def posts_of(dump: Path) -> Iterator[Post]:
    """Yield the posts of a dump in their order; empty lines are passed over."""
    for line in lines_of(dump):
        if line.strip():
            yield _read(line)


def count(dump: Path) -> int:
    """Count the posts of a dump."""
    return sum(1 for line in lines_of(dump) if line.strip())


def repeated(dump: Path, times: int) -> Iterator[Post]:
    """Yield the posts of a dump so many times, one copy after another, each under ids of its own."""
    for copy in range(times):
        for post in posts_of(dump):
            yield _renamed(post, copy)


def scattered(dump: Path, times: int) -> Iterator[Post]:
    """Yield the same in the order of time, as dumps of a platform are: the posts of a thread lie far apart.

    A copy's times follow those of the copy before it. Posts of one moment stay in the dump's order.
    """
    posts = sorted(posts_of(dump), key=lambda post: post["time"])
    span = posts[-1]["time"] - posts[0]["time"] + 1 if posts else 0
    for copy in range(times):
        for post in posts:
            yield _renamed({**post, "time": post["time"] + copy * span}, copy)


def _renamed(post: Post, copy: int) -> Post:
    if copy:
        for field in NAMED:
            if post.get(field) is not None:
                post[field] = f"{post[field]}-{copy}"
    return post


def under_one_root(dump: Path, posts: int) -> Iterator[Post]:
    """Yield the first posts of a dump as one thread: the first one is its root, and other roots answer it.

    Authors, texts and the links between these posts stay; a post whose parent is not among them answers the
    root. There is no post where there are fewer than asked for: see `join`.
    """
    rows = list(islice(posts_of(dump), posts))
    if len(rows) < posts:
        sys.exit(f"made_dump: {dump} holds {len(rows)} posts, not {posts}")
    ids = {row["id"] for row in rows}
    root = rows[0]
    for row in rows:
        up = row["reply_to"] if row["reply_to"] in ids else root["id"]
        yield {**row, "thread_id": root["id"], "reply_to": None if row is root else up}


def write(posts: Iterable[Post], path: Path) -> int:
    """Write posts, one a line; return how many. A file that is not whole never has the name asked for."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".unfinished-{path.name}")
    written = 0
    with unfinished.open("wb") as file, _packing(file, path.suffix) as out:
        for post in posts:
            out.write(_write(post) + b"\n")
            written += 1
    unfinished.replace(path)
    return written


def _packing(file: IO[bytes], suffix: str) -> AbstractContextManager[Any]:
    if suffix == ".zst":
        return zstandard.ZstdCompressor(level=LEVEL).stream_writer(file, closefd=False)
    if suffix == ".gz":  # without the name and the time, which would differ
        return gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0)
    return nullcontext(file)


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, write the dump, say how many posts it holds."""
    assert __doc__ is not None
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.made_dump",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, told in (
        ("repeat", "the dump N times over, every copy under new ids"),
        ("join", "its first N posts as one thread under one root"),
        ("first", "its first N posts"),
        ("largest", "its largest thread alone"),
    ):
        command = commands.add_parser(name, help=told, description=told)
        command.add_argument("dump", type=Path, metavar="IN")
        command.add_argument("out", type=Path, metavar="OUT")
        if name == "repeat":
            command.add_argument("--times", type=int, required=True, metavar="N", help="how many copies")
            command.add_argument(
                "--scattered",
                action="store_true",
                help="in the order of `time`: threads lie scattered over the dump",
            )
        elif name in {"join", "first"}:
            command.add_argument("--posts", type=int, required=True, metavar="N", help="how many posts")
    given = parser.parse_args(arguments)
    if given.command == "repeat":
        chosen = (scattered if given.scattered else repeated)(given.dump, given.times)
    elif given.command == "join":
        chosen = under_one_root(given.dump, given.posts)
    else:
        chosen = (
            largest(given.dump) if given.command == "largest" else islice(posts_of(given.dump), given.posts)
        )
    print(f"{given.out}: {write(chosen, given.out):,} posts")


if __name__ == "__main__":
    main()
