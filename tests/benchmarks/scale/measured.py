"""What a command costs with all the processes that it starts: CPU seconds, wall seconds, peak memory.

CPU seconds are user and system time of the command and of every process below it. Processes that outlive
their parent are counted too: on Linux they are handed to the process that measures, which waits for them.
Memory is the sum of PSS over all of these processes, every page shared by several counted once in all, read
from /proc/PID/smaps_rollup several times a second; the highest sum is the peak. Linux alone tells it:
elsewhere it is None, and processes that outlive their parent are missing from the CPU seconds.

The measuring is done by a process of its own, this file as a program, whose own time does not count.
"""

import argparse
import ctypes
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

LINUX = sys.platform == "linux"
EVERY = 0.1  # seconds between two looks at the memory
PATIENCE = 30.0  # seconds that processes may outlive the command before they are no longer waited for
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER: orphans below this process become its children


@dataclass(frozen=True)
class Cost:
    """What one run took."""

    code: int  # exit status; below 0 the signal that ended the command
    cpu: float  # seconds, user and system, of all processes
    wall: float  # seconds until the command itself ended
    peak: float | None  # MB (10^6 bytes), sum of PSS; None where it was not looked at or cannot be
    looks: int  # how often the memory was looked at
    processes: int  # most processes seen at once; 0 where nobody looked
    others: float  # cores that were busy with anything else meanwhile, on average; 0 off Linux
    said: str  # the end of what the command wrote to stdout and stderr


def measured(
    command: Sequence[str],
    *,
    memory: bool = False,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
) -> Cost:
    """Run a command to its end and return what it took; `memory` looks at its memory too."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "cost.json"
        words = [sys.executable, str(Path(__file__).resolve()), *(["--memory"] if memory else []), str(told)]
        subprocess.run([*words, "--", *command], check=True, env=env, cwd=cwd)
        return Cost(**json.loads(told.read_text(encoding="utf-8")))


def processes_below(pid: int) -> Iterator[int]:
    """Yield the processes that a process has started, theirs and so on; Linux alone."""
    waiting = [pid]
    while waiting:
        for task in Path(f"/proc/{waiting.pop()}/task").glob("*/children"):
            try:
                children = [int(word) for word in task.read_text().split()]
            except (OSError, ValueError):  # gone meanwhile
                continue
            waiting += children
            yield from children


def pss(pid: int) -> int | None:
    """Return a process's share of the memory in bytes; None where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), None)


class _Watch(threading.Thread):
    """Looks at the memory of all processes below this one until it is told to end."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = self.looks = self.processes = 0
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.is_set():
            begin = time.monotonic()
            held = [size for size in map(pss, processes_below(os.getpid())) if size is not None]
            self.peak = max(self.peak, sum(held))
            self.processes = max(self.processes, len(held))
            self.looks += 1
            self.ended.wait(max(0.0, EVERY - (time.monotonic() - begin)))


def _run(command: list[str], memory: bool) -> Cost:
    if LINUX:
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    watch = _Watch() if memory and LINUX else None
    with tempfile.TemporaryFile() as said:
        begin, busy = time.monotonic(), _busy()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT)
        if watch:
            watch.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - begin
        cpu = used.ru_utime + used.ru_stime + _of_orphans()
        passed, busy = time.monotonic() - begin, _busy() - busy
        if watch:
            watch.ended.set()
            watch.join()
        said.seek(max(0, said.seek(0, os.SEEK_END) - 4000))
        words = said.read().decode("utf-8", "replace")
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(
        code=process.returncode,
        cpu=cpu,
        wall=wall,
        peak=watch.peak / 1e6 if watch else None,
        looks=watch.looks if watch else 0,
        processes=watch.processes if watch else 0,
        others=max(0.0, (busy - cpu) / passed),
        said=words,
    )


def _busy() -> float:
    """Return the CPU seconds that all cores have worked since the machine started; 0 off Linux."""
    if not LINUX:
        return 0.0
    user, nice, system, _idle, _waiting, irq, softirq, steal = map(
        int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]
    )
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def _of_orphans() -> float:
    """Wait for processes that outlived the command; return their CPU seconds."""
    seconds, patience = 0.0, time.monotonic() + PATIENCE
    while time.monotonic() < patience:
        try:
            pid, _, used = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:  # none is left
            return seconds
        if pid:
            seconds += used.ru_utime + used.ru_stime
        else:
            time.sleep(0.01)
    raise TimeoutError(f"processes still run {PATIENCE:.0f} s after the command that started them has ended")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("told", type=Path)
    parser.add_argument("command", nargs="+")
    given = parser.parse_args()
    given.told.write_text(json.dumps(asdict(_run(given.command, given.memory))), encoding="utf-8")
