"""What a worker is told, and what it tells: small, and sendable to another process or machine."""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from discourse.pipeline import Settings
from discourse.scale.places import Place
from discourse.scale.shuffling import Shuffled, Slices

MARKERS, WORK = "_parts", "_work"  # folders of a run that are its own and hold no data set


class Job(Struct, frozen=True):
    """A dump whose threads were brought together, and what to make of them: the same for all parts."""

    shuffled: Shuffled
    out: Place
    settings: Settings
    key: str | None = None  # the fingerprint of the key by which names are exchanged


class Task(Struct, frozen=True):
    """One part to be done."""

    part: int
    slices: Slices  # where its posts lie


class Done(Struct, frozen=True):
    """One part that stands finished."""

    part: int
    posts: int
    threads: int
    faults: int
    analysed: int  # posts that were analysed now; the others stood there from an earlier run


Engine = Callable[[Job, Sequence[Task]], Iterator[Done]]  # yields each part as it is done, in any order


def marker_of(part: int) -> str:
    """Return the file that says that a part is whole."""
    return f"{MARKERS}/{file_of(part)}.json"


def file_of(part: int) -> str:
    """Return what a part's files are called, without their ending."""
    return f"part-{part:05d}"
