"""Which sources are dumps, to be analysed in parts."""

from collections.abc import Mapping
from pathlib import Path

from discourse.errors import DiscourseError
from discourse.ingest import open_dump
from discourse.pipeline import MOST_THREADS
from discourse.scale.places import is_address

_MOST_POSTS = 20_000  # that are analysed and reported as one


def is_dump(source: str, columns: Mapping[str, str] | None = None) -> bool:
    """Say whether a source holds more than one report can show; no more of it is read than tells that.

    What cannot be read, or is a page, is none.
    """
    if is_address(source):
        return True
    try:
        return _is_large(Path(source), columns)
    except DiscourseError:
        return False


def _is_large(path: Path, columns: Mapping[str, str] | None) -> bool:
    threads: set[str] = set()
    posts = 0
    for batch in open_dump(path, source_id="dump", columns=columns).batches():
        posts += len(batch)
        threads.update(batch.thread_ids.unique().to_pylist())
        if posts > _MOST_POSTS or len(threads) > MOST_THREADS:
            return True
    return False
