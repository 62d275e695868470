"""One run at a time in a folder: who is at work there is written down, and believed while it lives."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from discourse.errors import DiscourseError
from discourse.scale.places import Place

NAME = "_lock.json"


def check_free(place: Place) -> None:
    """Make sure that no other run of this machine is at work in a folder.

    What a killed run has left does not count. Runs of other machines, and places elsewhere, are not
    told apart.

    Raises
    ------
    DiscourseError
        Where one is.
    """
    told = json.loads(place.read(NAME) or b"{}") if place.is_local else {}
    if told.get("host") == socket.gethostname() and told["pid"] != os.getpid() and _lives(told["pid"]):
        raise DiscourseError(
            where=place.address,
            problem=f"another run is at work here (process {told['pid']})",
            fix="Wait for its end, or give another --out",
        )


@contextmanager
def alone(place: Place) -> Iterator[None]:
    """Say in a folder that this process is at work there, while the block lasts (see `check_free`)."""
    if not place.is_local:
        yield
        return
    place.write(NAME, json.dumps({"host": socket.gethostname(), "pid": os.getpid()}).encode())
    try:
        yield
    finally:
        place.remove(NAME)


def _lives(pid: int) -> bool:
    if os.name == "nt":  # where this signal would end it
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # somebody else's
    return True
