"""Runs that are killed without warning and then go on; the test of it and the benchmark share this.

A run is killed as `kill -9` does it: its main process alone (its workers are left behind), one of its
workers, or all of its processes at once, as when the power fails. Then the same command goes on with
`--resume`, and may be killed again. In the end the folder must hold what a run holds that nobody killed,
byte for byte.
"""

import os
import random
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

VICTIMS = ("main", "worker", "all")
_POLL = 0.002  # seconds
_PATIENCE = 60.0  # seconds that a killed run's processes may take to end


@dataclass(frozen=True)
class Kill:
    """When a run is killed, and which of its processes."""

    victim: str  # one of VICTIMS; without a worker, "worker" is "main"
    files: int  # so many must be in its folder first
    delay: float  # seconds from then on


@dataclass
class Outcome:
    """What became of a run that was killed once or more."""

    kills: list[Kill] = field(default_factory=list)  # those that met a run still at work
    resumed: int = 0  # how often it went on
    faults: list[str] = field(default_factory=list)  # what went wrong on the way, in words


def killed_and_resumed(
    command: Callable[[bool], Sequence[str]],
    folder: Path,
    kills: Sequence[Kill],
    *,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
    patience: float = 3600.0,
) -> Outcome:
    """Run a command, kill it at each of the moments, go on after each, and let it end at last.

    Parameters
    ----------
    command
        Its words: to begin (False) and to go on (True).
    folder
        Where it writes.
    patience
        Seconds that a run may take; where it takes longer it hangs, which is a fault.
    """
    outcome = Outcome()
    sessions: list[int] = []
    for kill in (*kills, None):
        going_on = bool(sessions)
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(
                command(going_on),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                env=env,
                cwd=cwd,
                start_new_session=True,  # so that all of its processes are found, and no others
            )
            sessions.append(process.pid)
            outcome.resumed += going_on
            met = kill is not None and _killed(process, folder, kill)
            code = _ended(process, patience)
            words = _end_of(said)
        if met and kill is not None:
            outcome.kills.append(kill)
        if code == 0:
            break  # it was faster than its killer, or survived the loss of a worker
        if not met:
            outcome.faults.append(f"ended by itself with {code}: {words}")
            break
    for session in sessions:
        outcome.faults += _left(session)
    return outcome


def drawn(rng: random.Random, seconds: float) -> Kill:
    """Draw a moment of a run that takes so many seconds, and a victim."""
    return Kill(rng.choice(VICTIMS), 0, rng.uniform(0, seconds))


def told(kills: Sequence[Kill]) -> str:
    """Say whom the kills met: `7 main, 6 worker, 7 all`."""
    met = Counter(kill.victim for kill in kills)
    return ", ".join(f"{met[victim]} {victim}" for victim in VICTIMS if met[victim])


def _killed(process: subprocess.Popen[bytes], folder: Path, kill: Kill) -> bool:
    """Wait for the moment and kill; say whether the run was still at work."""
    while process.poll() is None and _files(folder) < kill.files:
        time.sleep(_POLL)
    moment = time.monotonic() + kill.delay
    while process.poll() is None and time.monotonic() < moment:
        time.sleep(_POLL)
    if process.poll() is not None:
        return False
    victims = members(process.pid)
    workers = [pid for pid in victims if pid != process.pid]
    if kill.victim == "worker" and workers:
        victims = [max(workers, key=_worked)]  # not one of those that only look after others
    elif kill.victim != "all":
        victims = [process.pid]
    for pid in victims:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    return True


def _files(folder: Path) -> int:
    return sum(len(names) for _, _, names in os.walk(folder))


def _ended(process: subprocess.Popen[bytes], patience: float) -> int:
    """Wait for the command, not for what it left behind; a run that hangs is killed, and told by -SIGKILL."""
    try:
        return process.wait(patience)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return process.wait()


def _end_of(said: IO[bytes]) -> str:
    said.seek(max(0, said.seek(0, os.SEEK_END) - 2000))
    return said.read().decode("utf-8", "replace")


def _left(session: int) -> list[str]:
    """Wait for the workers of a run that was killed; those that stay are killed, and are faults."""
    until = time.monotonic() + _PATIENCE
    while (left := members(session)) and time.monotonic() < until:
        time.sleep(0.05)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    return [f"process {pid} still ran {_PATIENCE:.0f} s after its run had been killed" for pid in left]


def members(session: int) -> list[int]:
    """Return the processes of a session that have not ended; none where there is no /proc."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        fields = _stat(stat.parent.name)
        if fields and int(fields[3]) == session and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return sorted(found)


def _worked(pid: int) -> int:
    """Return the time that a process has worked, in ticks; 0 where it has ended."""
    fields = _stat(str(pid))
    return int(fields[11]) + int(fields[12]) if fields else 0


def _stat(pid: str) -> list[str]:
    """Return what /proc says of a process, from its state on; nothing where it has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
