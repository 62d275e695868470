"""Made-up saved pages: every post, author, link and word of each, and nothing else."""

import json
import re
from datetime import datetime
from pathlib import Path

import pytest

from discourse.ingest.html import read_html
from tests.ingest.html.make_pages import LAYOUTS

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(LAYOUTS)
STAMPED = [
    "wordpress",
    "old-reddit",
    "new-reddit",
    "phpbb",
    "microdata",
    "json-ld",
    "coral",
    "two-lists",
    "xenforo",
]


def truth_of(name):
    return json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))


def reading_of(name):
    return read_html((PAGES / f"{name}.html").read_text(encoding="utf-8"), where=name)


def words(text):
    return re.findall(r"\w+|>", text)


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_the_one_that_its_layout_makes(name):
    layout, thread, _links = LAYOUTS[name]
    assert (PAGES / f"{name}.html").read_text(encoding="utf-8") == layout(thread)


@pytest.mark.parametrize("name", NAMES)
def test_every_post_is_found_with_its_author_and_exactly_its_words(name):
    found = sorted((post.author, words(post.text)) for post in reading_of(name).posts)
    assert found == sorted((said["author"], words(said["text"])) for said in truth_of(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_link_that_the_page_shows_is_found_and_no_other(name):
    truth = truth_of(name)
    keys = {said["id"]: (said["author"], words(said["text"])) for said in truth}
    posts = reading_of(name).posts
    mine = {post.position: (post.author, words(post.text)) for post in posts}
    found = sorted((mine[post.position], mine[post.parent]) for post in posts if post.parent)
    assert found == sorted((keys[said["id"]], keys[said["parent"]]) for said in truth if said["parent"])


@pytest.mark.parametrize("name", STAMPED)
def test_a_time_in_the_markup_is_read_exactly(name):
    truth = {tuple(words(said["text"])): datetime.fromisoformat(said["time"]) for said in truth_of(name)}
    for post in reading_of(name).posts:
        assert post.timestamp == truth[tuple(words(post.text))]


@pytest.mark.parametrize("name", NAMES)
def test_every_post_is_explained(name):
    reading = reading_of(name)
    told = {row.post for row in reading.explanation if row.post is not None}
    assert told == {post.position for post in reading.posts}
    assert all(row.reason for row in reading.explanation)
