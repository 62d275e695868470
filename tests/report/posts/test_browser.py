"""The list of posts in a real browser: filters, search, layers, explanations and keys."""

import pytest

from discourse.report import render_report
from tests.report.browsers import Visit
from tests.report.posts.test_thread import FOLDED_FROM, posts_of

pytestmark = pytest.mark.browser

SHOWN = "#results > li.post"


@pytest.fixture
def visit(browser, folder):
    with Visit(browser, folder / "report.html") as opened:
        yield opened
        assert opened.said == []
        assert opened.fetched == []


@pytest.fixture
def page(visit):
    return visit.page


@pytest.fixture(scope="module")
def long_page(tmp_path_factory):
    path = tmp_path_factory.mktemp("long") / "report.html"
    path.write_text(render_report(posts_of([None, *range(1, FOLDED_FROM + 50)]), {}), encoding="utf-8")
    return path


def numbers(page):
    return [text.partition(" ")[0] for text in page.locator(f"{SHOWN} > :first-child").all_inner_texts()]


def test_posts_of_one_author_are_shown_and_counted(page):
    page.locator("#filter-author").fill("old_swimmer")
    assert numbers(page) == ["#2", "#5", "#8", "#14"]
    assert page.locator("#filter-count").inner_text() == "4 of 14 posts"
    assert not page.locator("#posts").is_visible()


def test_authors_are_offered_by_name_as_soon_as_one_is_asked_for(page):
    page.locator("#filter-author").focus()
    names = page.locator("#filter-authors option").evaluate_all("all => all.map(o => o.value)")
    assert names[:2] == ["Marta", "old_swimmer"]
    assert len(names) == len(set(names)) == 7


def test_filters_narrow_each_other_and_are_taken_back_together(page):
    page.locator("#filter-loop").select_option("l1")
    many = len(numbers(page))
    page.locator("#filter-author").fill("Marta")
    assert 0 < len(numbers(page)) < many
    page.get_by_role("button", name="Show all").first.click()
    page.wait_for_function("!document.querySelector('.filtered')")
    assert page.locator(SHOWN).count() == 0
    assert page.locator("#p1").is_visible()


def test_doubtful_posts_alone_are_those_with_a_guess_or_an_unsure_label(page):
    page.locator("#filter-doubtful").check()
    assert {"#7", "#9", "#12"} <= set(numbers(page))
    assert page.locator("#filter-count").inner_text().startswith(f"{len(numbers(page))} of")


def test_those_in_no_camp_are_a_side_to_look_for(page):
    sizes = []
    for side in ("c1", "c2", "c0"):
        page.locator("#filter-side").select_option(side)
        sizes.append(len(numbers(page)))
    assert sum(sizes) == 14
    assert all(sizes)


def test_what_nobody_wrote_is_said_to_be_missing(page):
    page.locator("#filter-text").fill("no such words here")
    assert page.locator("#filter-none").is_visible()
    page.locator("#filter-clear").click()
    page.wait_for_function("document.querySelector('#filter-none').hidden")


@pytest.mark.parametrize("words", ["<script>", "${x}", "]]>", "$\\frac", "three WEEKS"])
def test_search_takes_every_sign_as_it_is(page, words):
    page.locator("#filter-text").fill(words)
    texts = [
        text.lower()
        for text in page.locator(f"{SHOWN} .text").evaluate_all("all => all.map(e => e.textContent)")
    ]
    assert all(words.lower() in text for text in texts)
    if words != "$\\frac":
        assert texts
        assert page.evaluate("CSS.highlights.get('found').size") >= len(texts)


def test_a_link_to_a_post_that_is_filtered_away_leads_to_it(page):
    page.locator("#filter-author").fill("old_swimmer")
    page.evaluate("location.hash = '#p1'")
    page.wait_for_function("!document.querySelector('.filtered')")
    assert page.locator("#p1").evaluate("e => e.getBoundingClientRect().top < innerHeight")


def test_a_link_to_where_one_is_already_leads_there_again(page):
    page.evaluate("location.hash = '#p2'")
    page.locator("#filter-author").fill("old_swimmer")
    page.locator(f"{SHOWN} > :first-child a").first.click()
    page.wait_for_function("!document.querySelector('.filtered')")
    assert page.locator("#p2").is_visible()


def test_paper_shows_every_post_whatever_is_filtered(page):
    page.locator("#filter-author").fill("old_swimmer")
    page.emulate_media(media="print")
    assert page.locator("#posts").is_visible()
    assert not page.locator("#results").is_visible()


def test_a_link_into_a_fold_opens_it(browser, long_page):
    with Visit(browser, long_page) as visit:
        assert not visit.page.locator("#p30").is_visible()
        visit.page.evaluate("location.hash = '#p30'")
        visit.page.locator("#p30").wait_for(state="visible")


def test_hits_beyond_the_first_hundred_are_shown_on_request(browser, long_page):
    with Visit(browser, long_page) as visit:
        visit.page.locator("#filter-text").fill("council")
        assert visit.page.locator(SHOWN).count() == 100
        visit.page.locator("#filter-more").click()
        assert visit.page.locator(SHOWN).count() == 200
        ids = visit.page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
        assert len(ids) == len(set(ids))


def test_a_click_on_a_mark_says_what_it_is_why_and_who_made_it(page):
    page.locator("#p6 mark", has_text="clueless clown").click()
    said = page.locator("#why").inner_text()
    for part in ("name calling", "because of “clown”", "rhetoric_maker@1", "0.98"):
        assert part in said
    page.keyboard.press("Escape")
    assert not page.locator("#why").is_visible()


def test_a_crossed_mark_is_explained_with_all_that_lie_on_it(page):
    mark = page.locator(".text mark[data-m*=' ']").first
    count = len(mark.get_attribute("data-m").split())
    mark.click()
    assert page.locator("#why li").count() == count


def test_layers_are_switched_off_without_script_too(browser, folder):
    with Visit(browser, folder / "report.html", script=False) as visit:
        look = "e => getComputedStyle(e).textDecorationLine"
        mark = visit.page.locator("#p6 mark.rhetoric").first
        assert mark.evaluate(look) == "underline"
        visit.page.locator("#show-rhetoric").uncheck()
        assert mark.evaluate(look) == "none"
        assert not visit.page.locator(".filters").is_visible()


def test_keys_walk_through_posts_marks_and_reasons(page):
    page.locator("#p6 > :first-child a").focus()
    page.keyboard.press("m")
    assert page.evaluate("document.activeElement.id") == "why"
    page.keyboard.press("Escape")
    page.locator("#p6 > :first-child a").focus()
    page.keyboard.press("o")
    assert page.locator("#p6 > details > ol").is_visible()
    before = page.evaluate("document.activeElement.closest('li.post').id")
    page.keyboard.press("j")
    after = page.evaluate("document.activeElement.id")
    assert after.startswith("p")
    assert after != before
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == before
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "filter-text"
    page.keyboard.type("jkm")
    assert page.locator("#filter-text").input_value() == "jkm"
    page.keyboard.press("Escape")
    assert page.locator("#filter-text").input_value() == ""


def test_keys_do_nothing_outside_the_posts(page):
    page.locator("nav a").first.focus()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('nav') !== null")


def test_keys_go_on_from_the_post_that_was_clicked(page):
    page.locator("#p2 .text").click(position={"x": 2, "y": 2})
    assert page.evaluate("document.activeElement.id") == "p2"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == "p1"
