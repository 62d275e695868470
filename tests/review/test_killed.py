"""Whatever kills the process: what was answered as saved is in the journal, and nothing is there by half."""

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from discourse.labels.journal import Journal, journal_path

ROOT = Path(__file__).parents[2]
TIMES = 50
POSTS = (2, 3, 4, 5, 8)  # in turn, lest one page grow long


class Coder:
    """Decides without a pause, and remembers what was answered as saved."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.connection = HTTPConnection("127.0.0.1", parts.port, timeout=60)
        entered = self._ask("GET", f"/?{parts.query}")
        self.headers = {
            "Cookie": entered[1]["set-cookie"].partition(";")[0],
            "Origin": f"http://127.0.0.1:{parts.port}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        page = self._ask("GET", "/by/ann/posts/2")[2]
        self.headers["X-Review-Form"] = re.search(r'name="review-form" content="([^"]+)"', page)[1]

    def _ask(self, method, where, body=None):
        self.connection.request(method, where, body, getattr(self, "headers", {}))
        answer = self.connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()

    def decide(self, where: str, **fields: str) -> bool:
        return self._ask("POST", f"/by/ann/{where}", urlencode(fields))[0] == 200


def decide_until_killed(address: str, pid: int, round_: int, chance: random.Random) -> list[str]:
    """Decide until the process dies, some decisions on and a moment later, wherever it is then."""
    coder = Coder(address)
    kill = threading.Timer(chance.uniform(0.0, 0.02), os.kill, (pid, signal.SIGKILL))
    enough = chance.randint(1, 7)
    saved: list[str] = []
    try:
        for number in range(10_000):
            name = f"target {round_}-{number}"
            if coder.decide(
                f"posts/{POSTS[round_ % 5]}/add", what="stance/favor", target=name, start="1", end="9"
            ):
                saved.append(name)
            if number % 3 == 1:  # an action of many decisions
                coder.decide("posts/1/done")
            if len(saved) == enough and not kill.is_alive():
                kill.start()
                enough = -1
    except (OSError, HTTPException):
        kill.join()
    finally:
        coder.connection.close()
    return saved


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot copy a process")
def test_no_confirmed_decision_is_lost_however_often_the_process_is_killed(run):
    chance = random.Random(8)
    words = [sys.executable, "-m", "tests.review.killed", str(run)]
    env = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    saved: list[str] = []
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=env
    ) as started:
        for round_ in range(TIMES):
            print("again", file=started.stdin, flush=True)
            pid, address = started.stdout.readline().split()
            saved += decide_until_killed(address, int(pid), round_, chance)
            assert started.stdout.readline() == "gone\n"
            if round_ % 10 == 9:
                check(run, saved)
        started.stdin.close()
    assert len(saved) >= TIMES  # else nothing was tried


def check(run, saved):
    path = journal_path(run)
    with Journal(path) as journal:
        kept = {one.decision.value["target"] for one in journal.noted(kind="label")}
    assert [name for name in saved if name not in kept] == []
    with sqlite3.connect(path) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        query = "SELECT count(*) FROM decisions WHERE post_id = 'pier:1' AND kind = 'read' GROUP BY action"
        sizes = {size for (size,) in file.execute(query)}
        assert sizes <= {8}  # whole or not at all
        assert not file.execute(
            "SELECT 1 FROM actions WHERE action NOT IN (SELECT action FROM decisions)"
        ).fetchone()
    file.close()
