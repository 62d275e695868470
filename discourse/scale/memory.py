"""The memory of a long run: what was freed goes back to the system, what is known is forgotten in time."""

import ctypes
import gc
import sys
from collections.abc import Callable
from functools import cache

_PACKAGE = __name__.partition(".")[0]
_MOST = 20_000  # posts for which a process remembers words, patterns and whatever else it has met


class Remembered:
    """How much a process may have come to remember: it grows with the words that it meets, slowly, for ever.

    All of it can be worked out again, which takes about a second.
    """

    def __init__(self) -> None:
        self._posts = 0

    def add(self, posts: int) -> None:
        """Count posts that were analysed, and forget what is remembered of many."""
        self._posts += posts
        if self._posts >= _MOST:
            self._posts = 0
            forget()


def forget() -> None:
    """Forget all that functions of this package have kept for the next call: models, lexicons, words.

    To be called between two analyses. Results do not change by it.
    """
    for name, module in list(sys.modules.items()):
        if name == _PACKAGE or name.startswith(f"{_PACKAGE}."):
            for kept in list(vars(module).values()):
                if callable(clear := getattr(kept, "cache_clear", None)):
                    clear()
    gc.unfreeze()  # what holds itself would never be let go of
    gc.collect()
    give_back()


def give_back() -> None:
    """Give back what Arrow and the C library hold without using it; where neither can, nothing happens."""
    import pyarrow as pa  # noqa: PLC0415

    pa.default_memory_pool().release_unused()
    if (trim := _libc_trim()) is not None:
        trim(0)


@cache
def _libc_trim() -> Callable[[int], int] | None:
    """Return the C library's own function for it; glibc alone has one."""
    if sys.platform != "linux":
        return None
    trim: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return trim
