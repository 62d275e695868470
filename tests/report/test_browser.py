"""The report in a real browser: silent, still, readable at every width, on paper and without script."""

import re

import pytest

from discourse.report import render_report
from tests.report.browsers import (
    CLOSE_ALL,
    NAME,
    OPEN_ALL,
    PAGES,
    POST,
    REASONS,
    TEXT,
    TURN,
    WHY,
    WIDTHS,
    Visit,
    assert_none,
)
from tests.report.made_several import long_tables
from tests.report.made_thread import HOSTILE_NAME, SCRIPT

pytestmark = pytest.mark.browser

SECTIONS = ("glance", "disputes", "claims", "stance", "markers", "quality", "thread", "made")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_said_or_fetched_and_nothing_runs_over(browser, folder, name, width):
    with Visit(browser, folder / name, width=width) as visit:
        assert_none(visit.overrun())
        assert visit.said == []
        assert visit.asked[0] == (folder / name).as_uri()
        assert visit.fetched == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_that_anybody_does_asks_or_says_anything(browser, folder, name, dark):
    with Visit(browser, folder / name, dark=dark) as visit:
        visit.page.evaluate(OPEN_ALL)
        for _ in range(3):
            visit.page.keyboard.press("Tab")
        visit.page.mouse.wheel(0, 50_000)
        visit.page.emulate_media(media="print")
        assert visit.said == []
        assert visit.fetched == []


def test_hostile_strings_show_as_text(browser, folder):
    with Visit(browser, folder / "report.html") as visit:
        assert visit.page.title().startswith("Pool to open again & stay <open>")
        text = visit.page.locator(f"#p7 {TEXT}").evaluate("e => e.textContent")
        assert SCRIPT in text
        assert "]]> {{7*7}} ${x} <b>bold?</b> &lt;entity&gt;" in text
        assert visit.page.locator(f"#p7 {NAME}").first.evaluate("e => e.textContent") == HOSTILE_NAME
        assert visit.page.locator("img, b:text('bold?')").count() == 0


def test_it_reads_without_script(browser, folder):
    with Visit(browser, folder / "report.html", script=False) as visit:
        assert visit.page.locator(POST).count() == 14
        assert visit.page.locator(f"#d1 {TURN}").count() == 10
        visit.page.locator(f"#p6 {WHY} summary").click()
        assert visit.page.locator(f"#p6 {REASONS}").is_visible()


def test_every_section_stands_in_the_contents_and_is_reached_from_there(browser, folder):
    with Visit(browser, folder / "report.html", script=False) as visit:
        for name in SECTIONS:
            visit.page.locator(f"nav a[href='#{name}']").first.click()
            visit.page.wait_for_timeout(100)  # posts out of sight may be laid out only now
            top = visit.page.locator(f"#{name}").bounding_box()["y"]
            at_end = visit.page.evaluate("scrollY + innerHeight >= document.documentElement.scrollHeight - 2")
            assert at_end or -1 <= top <= 200, name


@pytest.fixture(scope="module")
def long_page(tmp_path_factory):
    path = tmp_path_factory.mktemp("long") / "report.html"
    path.write_text(render_report(long_tables(), {}), encoding="utf-8", newline="\n")
    return path


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_link_leads_to_the_head_of_what_it_names_however_far_it_is(browser, long_page, script):
    with Visit(browser, long_page, script=script) as visit:
        missed = []
        for name in ("p40", "p391", "p12", "p205", "thread", "made", "p390"):
            visit.page.goto(long_page.as_uri())
            visit.page.evaluate("name => { location.hash = name; }", name)
            visit.page.wait_for_timeout(400)  # posts out of sight are laid out as they come near
            top = visit.page.locator(f"#{name}").first.bounding_box()["y"]
            at_end = visit.page.evaluate("scrollY + innerHeight >= document.documentElement.scrollHeight - 2")
            missed += (
                [] if -8 <= top <= 120 or (at_end and 0 <= top < 800) else [f"{name} stands at {top:.0f}"]
            )
        assert_none(missed)


def test_the_keyboard_alone_skips_to_the_content_and_opens_a_reason(browser, folder):
    with Visit(browser, folder / "report.html") as visit:
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("document.activeElement.className") == "skip"
        visit.page.keyboard.press("Enter")
        assert visit.page.evaluate("document.activeElement.id") == "main"
        visit.page.locator(f"#p6 {WHY} summary").focus()
        visit.page.keyboard.press("Enter")
        assert visit.page.locator(f"#p6 {REASONS}").is_visible()


def test_whoever_tabs_through_the_page_comes_to_its_end_and_sees_where_he_is(browser, folder):
    with Visit(browser, folder / "report.html") as visit:
        visit.page.evaluate(OPEN_ALL)
        stops = visit.page.locator(_STOPS).count()
        reached, hidden = set(), set()
        for _ in range(stops + 20):
            visit.page.keyboard.press("Tab")
            place, outlined = visit.page.evaluate(_AT)
            if place in reached:
                break
            reached.add(place)
            hidden |= set() if outlined else {place}
        assert len(reached) > 30
        assert {"d1", "stance", "p14"} <= {re.sub(r"-\w+$", "", place.split()[-1]) for place in reached}
        assert hidden == set()


_STOPS = "a[href], summary, button, input, select, textarea, [tabindex='0']"
_AT = """() => { const e = document.activeElement, style = getComputedStyle(e);
  const all = [...document.querySelectorAll('*')], outline = parseFloat(style.outlineWidth);
  return [all.indexOf(e) + ' ' + e.tagName + ' in ' + e.closest('[id]')?.id, e === document.body
    || (style.outlineStyle !== 'none' && outline >= 2 && e.getBoundingClientRect().width > 0)]; }"""


def test_the_sides_stand_side_by_side_only_where_there_is_room(browser, folder):
    places = {}
    for width in (1280, 400):
        with Visit(browser, folder / "report.html", width=width) as visit:
            visit.page.evaluate(OPEN_ALL)
            places[width] = [visit.page.locator(f"#d1-t{turn}").bounding_box() for turn in (1, 2)]
    assert places[1280][0]["y"] == places[1280][1]["y"]
    assert places[1280][0]["x"] < places[1280][1]["x"] - 200
    assert places[400][0]["y"] + places[400][0]["height"] <= places[400][1]["y"]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("name", PAGES)
def test_on_paper_folds_are_open_and_what_only_screens_need_is_gone(browser, folder, name, script):
    with Visit(browser, folder / name, script=script) as visit:
        visit.page.evaluate(CLOSE_ALL)
        visit.page.emulate_media(media="print")
        assert_none(visit.page.evaluate(_CLOSED_ON_PAPER))
        for gone in ("nav", ".skip", "form", "button"):
            assert [e.is_visible() for e in visit.page.locator(gone).all() if e.is_visible()] == [], gone


# what stands in a closed fold, without a height on paper; a fold that only says again what stands elsewhere
# may be gone with its summary
_CLOSED_ON_PAPER = """() => [...document.querySelectorAll('details > :not(summary)')]
  .filter(e => e.textContent.trim() && !e.matches('.sr') && e.parentElement.getBoundingClientRect().height
     && !e.getBoundingClientRect().height)
  .map(e => e.parentElement.className + ' in ' + e.closest('[id]')?.id)"""


_CONTRAST = """() => {
  const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = rgb => rgb.slice(0, 3)
    .map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = e => { for (; e; e = e.parentElement) {
    const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255]; };
  const ratio = (a, b) => (Math.max(light(a), light(b)) + .05) / (Math.min(light(a), light(b)) + .05);
  const weak = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || e.closest('svg, style, script') || !e.checkVisibility()) continue;
    const found = ratio(parse(getComputedStyle(e).color), ground(e));
    if (found < 4.5) weak.push([e.className, walk.currentNode.data.slice(0, 30), found.toFixed(2)]);
  }
  // letters in charts stand on the shape that is painted below them, else on the page
  const painted = s => { const style = getComputedStyle(s); return s instanceof SVGGeometryElement
    && style.fill !== 'none' && parse(style.fill)[3] !== 0 && style.fillOpacity > .5; };
  for (const e of document.querySelectorAll('svg text')) {
    if (!e.textContent.trim() || !e.checkVisibility()) continue;
    e.scrollIntoView({block: 'center', inline: 'center'});
    const box = e.getBoundingClientRect();
    const at = document.elementsFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const below = at.slice(at.findIndex(s => e.contains(s)) + 1).find(painted);
    const ink = getComputedStyle(e).fill;
    const found = ratio(parse(ink), below ? parse(getComputedStyle(below).fill) : ground(e));
    if (found < 4.5) weak.push(['chart', e.textContent.slice(0, 30), found.toFixed(2)]);
  }
  return weak;
}"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_every_text_stands_out_from_its_ground(browser, folder, name, dark):
    with Visit(browser, folder / name, dark=dark) as visit:
        visit.page.evaluate(OPEN_ALL)
        assert visit.page.evaluate(_CONTRAST) == []
