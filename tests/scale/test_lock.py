"""One run at a time in a folder, and none that a killed one keeps out."""

import json
import os
import socket
import subprocess
import sys

import pytest

from discourse.errors import DiscourseError
from discourse.scale.lock import NAME, alone, check_free
from discourse.scale.places import Place


def say(place, pid, host=None):
    place.write(NAME, json.dumps({"host": host or socket.gethostname(), "pid": pid}).encode())


@pytest.mark.skipif(os.name == "nt", reason="whether a process lives is not asked there")
def test_a_run_that_is_at_work_keeps_others_out(tmp_path):
    place = Place(str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        say(place, other.pid)
        with pytest.raises(DiscourseError, match="another run is at work here"):
            check_free(place)
        other.communicate(b"\n")
    check_free(place)


def test_what_a_killed_run_or_another_machine_has_left_keeps_nobody_out(tmp_path):
    place = Place(str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    say(place, gone.pid)
    check_free(place)
    say(place, os.getppid(), host="elsewhere.example")
    check_free(place)


def test_who_is_at_work_is_told_while_it_is(tmp_path):
    place = Place(str(tmp_path))
    with alone(place):
        assert json.loads(place.read(NAME))["pid"] == os.getpid()
        check_free(place)
    assert place.names() == []
