"""Writing beside a result and then taking its place: whole or not at all."""

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from discourse.errors import DiscourseError


def free_name(out: Path) -> Path:
    """Return a name beside the result that nothing has yet, to write under until all is written."""
    names = (out.with_name(f".{out.name}.{number}.part") for number in itertools.count(1))
    return next(path for path in names if not os.path.lexists(path))


@contextmanager
def replaced(folder: Path, check: Callable[[], None]) -> Iterator[Path]:
    """Give a folder to write into, which takes the place of `folder` when the block ends well.

    Where anything fails, what stood there before still stands, and nothing half written beside it.

    Parameters
    ----------
    check
        Raises where something stands there that may not be replaced; asked when all is written.

    Raises
    ------
    DiscourseError
        Where the folder cannot be written.
    """
    partial = free_name(folder)
    try:
        partial.mkdir(parents=True)
        yield partial
        check()
        if folder.exists():
            shutil.rmtree(folder)
        partial.replace(folder)
    except OSError as error:
        raise unwritable(folder, error) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def unwritable(
    path: Path, error: OSError, fix: str = "Make room for it or give another --out"
) -> DiscourseError:
    """Return what to tell of a place that cannot be written."""
    return DiscourseError(
        where=str(path), problem=f"it cannot be written ({error.strerror or error})", fix=fix
    )
