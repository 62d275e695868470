"""What is measured on: the dumps, made where they are not given, and the commands."""

import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice
from pathlib import Path

from tests.benchmarks import made_dump
from tests.benchmarks.joined_thread import largest
from tests.benchmarks.made_dump import Post
from tests.benchmarks.scale.machine import ROOT
from tests.benchmarks.scale.rounds import say

TIMES = (10, 50)  # the large dumps, in copies of the dump
FEW = 2_000  # comments that ConvoKit gets
JOINED = 50_000
PARTS = 12  # of the dump on which runs are killed
_START = "import sys; sys.argv[0] = 'discourse'; from discourse.cli import main; main()"


@dataclass(frozen=True)
class Dump:
    """A dump, how many posts it holds, and what it is called."""

    path: Path
    posts: int
    name: str


@dataclass
class Setup:
    """What the command line asks for; dumps are made when a row first needs them, and kept in `work`."""

    source: Path
    work: Path
    page: Path  # a pasted page, for start-up
    large_files: list[Path]  # instead of copies of the dump
    convokit: Path | None  # the Python of ConvoKit's environment
    kills: int = 20
    kill_posts: int = 20_000
    seed: int = 9
    python: str = sys.executable

    @property
    def discourse(self) -> list[str]:
        """The command, of this tree: `env` says so."""
        script = Path(self.python).with_name("discourse")
        return [str(script)] if script.is_file() else [self.python, "-c", _START]

    @property
    def env(self) -> dict[str, str]:
        """The environment of all commands but ConvoKit's."""
        return {**os.environ, "PYTHONPATH": str(ROOT)}

    @property
    def peer_env(self) -> dict[str, str]:
        """ConvoKit's: nothing of this project."""
        return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

    def analyze(self, dump: Path, out: Path, workers: int = 1) -> list[str]:
        """Return the command that analyses a dump."""
        return [*self.discourse, "analyze", str(dump), "--out", str(out), "--workers", str(workers)]

    def analyze_in_parts(self, out: Path, resume: bool = False) -> list[str]:
        """Return the command of a run that is killed: by two workers, in parts enough to stop between."""
        more = ["--resume"] if resume else []
        return [*self.analyze(self.killed.path, out, workers=2), "--parts", str(PARTS), *more]

    def peer(self) -> list[str]:
        """Return the command that parses and marks the first comments with ConvoKit."""
        return [str(self.convokit), str(Path(__file__).with_name("peer.py")), str(self.first.path)]

    @cached_property
    def dump(self) -> Dump:
        """The dump itself."""
        return _counted(self.source)

    @cached_property
    def large(self) -> list[Dump]:
        """The large dumps, the smallest first."""
        if self.large_files:
            return sorted(map(_counted, self.large_files), key=lambda dump: dump.posts)
        return [self._made(f"{n}-times", partial(made_dump.repeated, self.source, n)) for n in TIMES]

    @cached_property
    def first(self) -> Dump:
        """The comments that ConvoKit gets."""
        return self._cut(FEW, ".jsonl")  # not packed: ConvoKit's Python cannot unpack

    @cached_property
    def killed(self) -> Dump:
        """The dump on which runs are killed."""
        return self._cut(self.kill_posts) if self.kill_posts < self.dump.posts else self.dump

    @cached_property
    def largest(self) -> Dump:
        """The dump's largest thread."""
        return self._made("largest", partial(largest, self.source), told="the largest thread, {} posts")

    @cached_property
    def joined(self) -> Dump:
        """Threads of the dump as one."""
        posts = min(JOINED, self.dump.posts)
        make = partial(made_dump.under_one_root, self.source, posts)
        return self._made(f"joined-{posts}", make, told="one thread of {} posts")

    def _cut(self, posts: int, suffix: str = ".jsonl.zst") -> Dump:
        return self._made(
            f"first-{posts}",
            lambda: islice(made_dump.posts_of(self.source), posts),
            suffix,
            told="the first {} posts",
        )

    def _made(
        self,
        name: str,
        make: Callable[[], Iterable[Post]],
        suffix: str = ".jsonl.zst",
        told: str = "{} posts",
    ) -> Dump:
        """Write a dump into the work folder, where it is not there yet."""
        path = self.work / f"{self.source.name.partition('.')[0]}-{name}{suffix}"
        if path.is_file():
            posts = made_dump.count(path)
        else:
            say(f"making {path}")
            posts = made_dump.write(make(), path)
        return Dump(path, posts, told.format(f"{posts:,}"))


def _counted(path: Path) -> Dump:
    posts = made_dump.count(path)
    return Dump(path, posts, f"{posts:,} posts")
