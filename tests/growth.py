"""Does a run's cost grow with the length of its input, or faster? Told by a ratio, never by seconds.

Seconds say more of the machine than of the code. So one long input is weighed against several short ones that
are as long together, at the same time on the same machine: a run that looks at every character once costs the
same either way, and a quadratic one costs as many times more as there are short ones.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count, islice
from time import process_time
from typing import TypeVar

T = TypeVar("T")

PARTS = 4
# between 1, which is linear, and PARTS, which is quadratic: what the processor's caches add stays well below
LIMIT = 2.2
ATTEMPTS = 3
# CPU seconds of the parts together; what takes less is run in more rounds, as clocks are coarse
ENOUGH = 0.03
ROUNDS = 100


def repeated(piece: str) -> Callable[[int], str]:
    """Texts of a given number of characters that hold nothing but `piece`."""
    return lambda length: (piece * (length // len(piece) + 1))[:length]


def assert_linear(make: Callable[[int], T], run: Callable[[T], object], *, small: int) -> None:
    """Fail if `run(make(PARTS * small))` takes much longer than PARTS runs of `make(small)`, each time.

    `make` gives an input of a length, in whatever unit; its own time does not count. `small` is to be large
    enough that what is feared outweighs what every run costs. No length comes twice but by chance, so that
    nothing is read from a memory of texts seen before.
    """
    lengths = count(small)
    run(make(next(lengths)))  # imports, and what is loaded once
    ratios = []
    for _ in range(ATTEMPTS):
        ratios.append(growth(make, run, lengths))
        if ratios[-1] <= LIMIT:
            return
    told = ", ".join(f"{PARTS * ratio:.1f}" for ratio in ratios)
    raise AssertionError(f"{PARTS} times the length takes {told} times as long; {PARTS} would be linear")


def growth(make: Callable[[int], T], run: Callable[[T], object], lengths: Iterator[int]) -> float:
    """CPU seconds of long inputs by those of their PARTS parts: 1 is linear, PARTS quadratic."""
    apart = whole = 0.0
    with _no_collection():
        for _ in range(ROUNDS):
            parts = list(islice(lengths, PARTS))
            # some parts before and some after: a processor that slows down meanwhile slows both alike
            apart += sum(_seconds(make, run, length) for length in parts[::2])
            whole += _seconds(make, run, sum(parts))
            apart += sum(_seconds(make, run, length) for length in parts[1::2])
            if apart >= ENOUGH:
                break
    return whole / max(apart, 1e-9)


def _seconds(make: Callable[[int], T], run: Callable[[T], object], length: int) -> float:
    given = make(length)
    start = process_time()
    run(given)
    return process_time() - start


@contextmanager
def _no_collection() -> Iterator[None]:
    """The collector goes through all that other tests left, whenever a run happens to wake it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
