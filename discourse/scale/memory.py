"""The memory of a long run: what was freed goes back to the system, what is known is forgotten in time."""

import ctypes
import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

_PACKAGE = __name__.partition(".")[0]
_MOST = 4_000  # posts after which a process forgets the words that it has met: most parts have more
_KEEPS = type(cache(lambda: None))  # what `cache` and `lru_cache` make of a function
_FEW = 1_000  # results that a function may keep for good: models, lexicons, and what belongs to them


class Remembered:
    """How much a process may have come to remember: it grows with the words that it meets, slowly, for ever.

    All of it can be worked out again. Models and lexicons, which take longest to load, stay.
    """

    def __init__(self) -> None:
        self._posts = 0

    def add(self, posts: int) -> None:
        """Count the posts of a part that was analysed, and forget what is remembered of many."""
        self._posts += posts
        if self._posts >= _MOST:
            self._posts = 0
            for kept in _caches():
                if kept.cache_info().currsize > _FEW:
                    kept.cache_clear()
            give_back()


def forget() -> None:
    """Forget all that functions of this package have kept for the next call: models, lexicons, words.

    To be called between two analyses. Results do not change by it.
    """
    for kept in _caches():
        kept.cache_clear()
    gc.unfreeze()  # what holds itself would never be let go of
    gc.collect()
    give_back()


def _caches() -> Iterator[Any]:
    """Yield the functions of this package that keep their results."""
    for name, module in list(sys.modules.items()):
        if name == _PACKAGE or name.startswith(f"{_PACKAGE}."):
            yield from (one for one in list(vars(module).values()) if isinstance(one, _KEEPS))


@contextmanager
def arrow_from_system() -> Iterator[None]:
    """Let Arrow take its memory from the C library, in the whole process, for as long as this lasts.

    Its own allocator keeps some 40 MB of a million posts that were dealt out, and goes on to keep them.
    """
    import pyarrow as pa  # noqa: PLC0415

    usual = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(usual)


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
