"""What is right on the sample pages and on the documents does not get worse: floors only rise."""

import json
from pathlib import Path

import pytest

from discourse.ingest import read_source
from discourse.pipeline import analyse
from discourse.seeds import check_seeds
from discourse.seeds.expectations import check_page
from discourse.seeds.gold import Comparison, read_gold
from tests.conftest import SAMPLES

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["samples"]


def share(right, whole):
    """Return a share cut to two decimals; 1 where there is nothing to get right."""
    return int(100 * right / whole) / 100 if whole else 1.0


def measure(page):
    """Return the figures of a page beside its gold, each from 0 to 1."""
    beside = Comparison(read_gold(page.with_suffix(".gold.json")), analyse(read_source(page)))
    facts = beside.gold["posts"]
    found = len(list(beside.pairs()))
    stated = [fact for fact in facts if fact["reply_basis"] in ("addressee", "quote", "layout")]
    coded, quoted = beside.quote_lines()
    cells = list(beside.stance_cells())
    sure = [fact for fact in beside.gold["loops"] if fact["certainty"] == "sure"]
    best = [max((score for _, fact, score in beside.loops() if fact is loop), default=0.0) for loop in sure]
    return {
        "posts_f1": share(2 * found, len(facts) + len(beside.posts)),
        "headers_right": share(len(facts) - len(beside.wrong_headers()), len(facts)),
        "stated_links_right": share(
            len(stated) - len(beside.wrong_links(("addressee", "quote", "layout"))), len(stated)
        ),
        "quote_line_f1": share(2 * len(coded & quoted), len(coded) + len(quoted)),
        "sure_loop_turns_f1": share(sum(best), len(best)),
        "clear_stance_cells_right": share(sum(a == b for _, _, a, b in cells), len(cells)),
    }


@pytest.fixture(scope="module")
def figures():
    return {page.stem: measure(page) for page in SAMPLES}


@pytest.mark.parametrize("page", SAMPLES, ids=lambda page: page.stem)
@pytest.mark.parametrize("figure", list(FLOORS["bridge-news"]))
def test_no_figure_falls_below_its_floor(page, figure, figures):
    assert figures[page.stem][figure] >= FLOORS[page.stem][figure]


def test_every_sample_page_has_a_floor_for_every_figure(figures):
    assert {page: set(floors) for page, floors in FLOORS.items()} == {
        page: set(f) for page, f in figures.items()
    }


@pytest.mark.parametrize("page", SAMPLES, ids=lambda page: page.stem)
def test_a_check_says_of_every_expectation_whether_it_holds_and_why(page):
    checks = list(check_page(page, page.with_suffix(".gold.json")))
    assert {check.document for check in checks} == {page.name}
    assert all(check.expectation and check.found for check in checks)
    expected = (
        "all posts found",
        "the page's own count is read",
        "answers to posts that are gone are unlinked",
    )
    for words in expected:
        assert any(check.expectation.startswith(words) and check.holds for check in checks), words


def test_everything_that_is_expected_of_the_documents_holds(shared):
    seeds = shared / "seeds"
    if not seeds.is_dir():
        pytest.skip("the documents are absent: ../shared/seeds holds none")
    assert [check for check in check_seeds(seeds) if not check.holds] == []
