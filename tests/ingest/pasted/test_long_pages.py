"""A long page reads no worse than its beginning by itself, in time that grows as the page does."""

import random
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from discourse.errors import NoCommentsError
from discourse.ingest.pasted.pages import read_page
from tests.benchmarks.bench_pages import made_page
from tests.growth import assert_linear
from tests.ingest.made_up.layouts import named, render
from tests.ingest.made_up.threads import Thread, threads

NAMES = (
    "Gannet Joe",
    "plover_88",
    "Tern",
    "Ann of Hull",
    "mr whippy",
    "Iris W.",
    "kettle",
    "J. Okoro",
    "dev_null",
)
KINDS = ("chat clock", "irc log", "key and value", "pipes", "arrow", "indented by spaces", "video", "table")


def long_thread(posts: int) -> Thread:
    """Return the made-up talks one behind the other, by people with plain names."""
    rng = random.Random(3)
    known = [thread for thread in threads().values() if thread.language == "en"]
    found = []
    first = known[0].posts[0].time
    while len(found) < posts:
        thread = known[len(found) % len(known)]
        offset = len(found)
        called: dict[str, str] = {}
        for post in thread.posts:
            name = called.setdefault(post.author, rng.choice(NAMES))
            reply = None if post.reply_to is None else post.reply_to + offset
            moved = first + (post.time - thread.posts[0].time)
            found.append(
                replace(
                    post, id=post.id + offset, author=name, reply_to=reply, time=moved, quotes={}, partly={}
                )
            )
        first = found[-1].time
    return replace(known[0], posts=tuple(found[:posts]))


@pytest.fixture(scope="module")
def thread() -> Thread:
    return long_thread(1050)


@pytest.mark.parametrize("kind", KINDS)
def test_a_long_page_reads_no_worse_than_its_beginning_by_itself(
    kind: str, thread: Thread, monkeypatch: pytest.MonkeyPatch
):
    page, truth = render(thread, named(kind))
    lines = page.split("\n")
    begun = [post for post in truth if post["end"] < 890 and not post.get("deleted")]
    short = _right(begun, "\n".join(lines[:900]))
    monkeypatch.setattr("discourse.ingest.pasted.readers.LONG", 900)
    long = _right(begun, page)
    assert len(short) >= 0.9 * len(begun)
    assert len(short - long) <= 0.1 * len(short)  # a table loses most: its forms carry fewer names over


def _right(truth: list[dict[str, Any]], page: str) -> set[tuple[int, str]]:
    """Return what is right: where posts begin with their authors, and again with their last words."""
    posts = {post.start_line: post for post in read_page(page).posts}
    found: set[tuple[int, str]] = set()
    for post in truth:
        mine = posts.get(post["start"])
        if mine is not None and mine.author == post["author"]:
            found.add((post["start"], "author"))
            if mine.text.split()[-3:] == post["text"].split()[-3:]:
                found.add((post["start"], "text"))
    return found


def test_every_post_of_a_long_stamped_page_is_found():
    page = made_page(1, stamped=True)
    assert len(read_page(page).posts) == sum(" hours ago" in line for line in page.split("\n"))


@pytest.mark.parametrize(
    "line", ["", "x", "12 March 2021 10:15", "Gannet Joe", "a" * 200, "x - ", ">" * 50], ids=repr
)
def test_a_page_of_one_line_over_and_over_takes_linear_time(line: str):
    def read(page: str) -> None:
        with suppress(NoCommentsError):
            read_page(page)

    assert_linear(lambda times: "\n".join([line] * times), read, small=500)
