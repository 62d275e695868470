"""Memory that was freed goes back to the system: allocators keep it, to the end of a run."""

import ctypes
import sys
from collections.abc import Callable
from functools import cache


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
