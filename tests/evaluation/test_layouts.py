"""Pages in made-up layouts: what is read right does not get worse, and no text is lost or doubled."""

import json
from functools import cache
from pathlib import Path

import pytest

from discourse.errors import NoCommentsError
from discourse.ingest.pasted.pages import read_page
from tests.ingest.made_up.layouts import DEV, render, sample_layout
from tests.ingest.made_up.measure import f1, measure, pages
from tests.ingest.made_up.no_comments import inputs
from tests.ingest.made_up.threads import threads
from tests.ingest.pasted.test_pages import check

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["layouts"]
THREADS = list(threads().values())


@cache
def figures(which):
    """Shares over two pages of each layout, cut to two decimals."""
    rows = measure(pages(which, 0, 2, 0, THREADS))
    n = sum((row.counts for row in rows[1:]), start=rows[0].counts)
    return {
        "posts_f1": int(100 * f1(n["hit"], n["found"], n["true"])) / 100,
        "authors_right": int(100 * n["author"] / n["true"]) / 100,
        "stated_links_f1": int(100 * f1(n["link_hit"], n["link_found"], n["link_true"])) / 100,
        "body_overlap": int(n["body"] / 100 / n["body_n"]) / 100,
    }


@pytest.mark.parametrize("which", ["DEV", "SEALED"])
@pytest.mark.parametrize("figure", list(FLOORS["figures"]["DEV"]))
def test_no_figure_over_the_made_up_layouts_falls_below_its_floor(which, figure):
    assert figures(which)[figure] >= FLOORS["figures"][which][figure]


def test_texts_without_comments_give_no_posts():
    made_up = 0
    for text in inputs().values():
        try:
            made_up += bool(read_page(text).posts)
        except NoCommentsError:
            continue
    assert made_up <= FLOORS["posts_made_up_in"]


@pytest.mark.parametrize("seed", range(40))
def test_every_line_of_a_page_in_a_random_layout_is_in_exactly_one_place(seed):
    text, _ = render(THREADS[seed % len(THREADS)], sample_layout(seed), seed)
    try:
        reading = read_page(text)
    except NoCommentsError:
        return
    check(text, reading)


@pytest.mark.parametrize("layout", DEV, ids=lambda layout: layout.name)
def test_every_line_of_a_page_in_a_made_up_layout_is_in_exactly_one_place(layout):
    text, _ = render(THREADS[DEV.index(layout) % len(THREADS)], layout)
    try:
        reading = read_page(text)
    except NoCommentsError:
        return
    check(text, reading)
