"""Fetching the next few items in another thread while one is worked on."""

import queue
import threading
from collections.abc import Iterator
from typing import Any, TypeVar

_AHEAD = 2  # items that may wait

Item = TypeVar("Item")


def read_ahead(items: Iterator[Item]) -> Iterator[Item]:
    """Yield the same items while another thread fetches the next few; its errors are raised here."""
    waiting: queue.Queue[tuple[Item | None, BaseException | None]] = queue.Queue(_AHEAD)
    left = threading.Event()
    thread = threading.Thread(target=_fetch, args=(items, waiting, left), daemon=True)
    thread.start()
    try:
        while True:
            item, error = waiting.get()
            if error is not None:
                raise error
            if item is None:
                return
            yield item
    finally:
        left.set()
        thread.join()


def _fetch(items: Iterator[Any], waiting: queue.Queue[Any], left: threading.Event) -> None:
    try:
        for item in items:
            if not _offer(waiting, (item, None), left):
                return
        _offer(waiting, (None, None), left)
    except BaseException as error:  # handed over, whatever it is
        _offer(waiting, (None, error), left)


def _offer(waiting: queue.Queue[Any], item: object, left: threading.Event) -> bool:
    while not left.is_set():
        try:
            waiting.put(item, timeout=0.1)
        except queue.Full:
            continue
        return True
    return False
