"""Saved pages of structures drawn by chance: what is found of posts, authors, links and words, all in all."""

import random
import re
from collections import Counter

import pytest

from discourse.errors import NoCommentsError
from discourse.ingest.html import read_html
from tests.ingest.html.drawn_kinds import KINDS
from tests.ingest.html.drawn_pages import NESTINGS, Layout

_SEEDS = 3  # pages of each structure; more were looked at than a test has time for


def words(text):
    return Counter(re.findall(r"\w+", text.lower()))


def overlap(one, two):
    one, two = words(one), words(two)
    return 2 * sum((one & two).values()) / max(1, sum(one.values()) + sum(two.values()))


def measure(page, truth):
    """Return posts found, of the true ones and of those read; and authors, links and words that are right."""
    try:
        posts = list(read_html(page).posts)
    except NoCommentsError:
        posts = []
    tally = Counter(true=len(truth), read=len(posts), links=sum(said["parent"] is not None for said in truth))
    free = {post.position: post for post in posts}
    at = {}
    for said in truth:
        best = max(free.values(), key=lambda post: overlap(said["text"], post.text), default=None)
        if best is not None and overlap(said["text"], best.text) >= 0.8:
            at[said["id"]] = free.pop(best.position)
            tally["found"] += 1
            tally["author"] += said["author"] == best.author
            tally["body"] += overlap(said["text"], best.text) > 0.97
    for said in truth:
        mine = at.get(said["id"])
        above = at.get(said["parent"])
        if mine is not None and mine.parent is not None:
            tally["linked"] += 1
            tally["right"] += above is not None and mine.parent == above.position
    return tally


def shares(tally):
    """Return posts, authors, links and words, each as a share of what there is."""
    return {
        "posts": 2 * tally["found"] / max(1, tally["true"] + tally["read"]),
        "author": tally["author"] / max(1, tally["true"]),
        "reply": 2 * tally["right"] / max(1, tally["links"] + tally["linked"]),
        "body": tally["body"] / max(1, tally["true"]),
    }


@pytest.fixture(scope="module")
def by_nesting():
    tallies = {}
    for nesting in sorted(set(NESTINGS)):
        tallies[nesting] = Counter()
        for seed in range(_SEEDS):
            layout = Layout(random.Random(f"{nesting}{seed}"), nesting=nesting)
            thread = layout.thread()
            tallies[nesting] += measure(layout.page(thread), layout.truth(thread))
    return tallies


def test_comments_are_found_whatever_the_structure(by_nesting):
    found = shares(sum(by_nesting.values(), Counter()))
    assert {name: share for name, share in found.items() if share < 0.98} == {}


@pytest.mark.parametrize("nesting", sorted(set(NESTINGS)))
def test_no_way_of_showing_who_answers_whom_is_unknown(nesting, by_nesting):
    found = shares(by_nesting[nesting])
    low = {
        name: share for name, share in found.items() if share < 0.75 and (name, nesting) != ("reply", "flat")
    }
    assert low == {}


@pytest.mark.parametrize("name", sorted(set(KINDS) - {"no-comments"}))
def test_known_kinds_of_pages_are_read(name):
    tally = Counter()
    for seed in range(_SEEDS):
        tally += measure(*KINDS[name](random.Random(f"{name}{seed}")))
    found = shares(tally)
    floors = {"posts": 0.95, "author": 0.93, "body": 0.9} | ({"reply": 0.9} if tally["links"] else {})
    if name == "letters":  # the place below the name stays in the words
        floors["body"] = 0.6
    assert {kind: found[kind] for kind in floors if found[kind] < floors[kind]} == {}


@pytest.mark.parametrize("seed", range(8))
def test_lists_of_articles_goods_dates_and_people_are_no_comments(seed):
    page, _truth = KINDS["no-comments"](random.Random(f"none{seed}"))
    with pytest.raises(NoCommentsError):
        read_html(page)


def test_the_same_draw_gives_the_same_page():
    layouts = [Layout(random.Random(7)) for _ in range(2)]
    one, two = (layout.page(layout.thread()) for layout in layouts)
    assert one == two
