"""The report in a real browser: silent, still, readable at two widths and without script."""

import os
import shutil
from pathlib import Path

import pytest
from made_thread import HOSTILE_NAME, SCRIPT, made_tables

from discourse.report import IndexEntry, render_index, render_report

pytestmark = pytest.mark.browser

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="module")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    binary = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if binary is None:
        pytest.skip("no Chromium or Chrome was found on this machine; set CHROMIUM to its path")
    with sync_api.sync_playwright() as play:
        started = play.chromium.launch(executable_path=binary, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("report")
    tables = made_tables()
    entries = [
        IndexEntry(name="pool.txt", tables=tables, href="report.html"),
        IndexEntry(name="x" * 300, reason=SCRIPT),
    ]
    (made / "report.html").write_text(render_report(tables, {"run_id": "abc"}), encoding="utf-8")
    (made / "index.html").write_text(render_index(entries, {"run_id": "abc"}), encoding="utf-8")
    return made


class Visit:
    """A page opened once, with all that it said and asked for."""

    def __init__(self, browser, path, *, width=1280, script=True, dark=False):
        self.said, self.asked = [], []
        self.context = browser.new_context(
            viewport={"width": width, "height": 800},
            offline=True,
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
        )
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: self.said.append(dialog.message))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(path.as_uri())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()


@pytest.mark.parametrize("name", ["report.html", "index.html"])
@pytest.mark.parametrize("width", [400, 1280])
def test_nothing_is_said_or_fetched_and_nothing_runs_over(browser, folder, name, width):
    with Visit(browser, folder / name, width=width) as visit:
        visit.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        wide = visit.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert visit.said == []
        assert visit.asked[0] == (folder / name).as_uri()
        assert [url for url in visit.asked[1:] if not url.startswith("data:")] == []
        assert wide[0] <= wide[1] == width


def test_hostile_strings_show_as_text(browser, folder):
    with Visit(browser, folder / "report.html") as visit:
        assert visit.page.title() == "Pool to open again & stay <open> · comments read"
        text = visit.page.locator("#p7 .text").evaluate("e => e.textContent")
        assert SCRIPT in text
        assert "]]> {{7*7}} ${x} <b>bold?</b> &lt;entity&gt;" in text
        assert visit.page.locator("#p7 h3 bdi").inner_text() == HOSTILE_NAME
        assert visit.page.locator("img, b:text('bold?')").count() == 0


def test_it_reads_without_script(browser, folder):
    with Visit(browser, folder / "report.html", script=False) as visit:
        assert visit.page.locator(".post").count() == 14
        assert visit.page.locator("#d1 .turn").count() == 10
        visit.page.locator("#p6 summary").click()
        assert visit.page.locator("#p6 .marks").is_visible()


def test_the_keyboard_alone_skips_to_the_content_and_opens_a_reason(browser, folder):
    with Visit(browser, folder / "report.html") as visit:
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("document.activeElement.className") == "skip"
        visit.page.keyboard.press("Enter")
        assert visit.page.evaluate("document.activeElement.id") == "main"
        visit.page.locator("#p6 summary").focus()
        visit.page.keyboard.press("Enter")
        assert visit.page.locator("#p6 .marks").is_visible()


def test_the_sides_stand_side_by_side_only_where_there_is_room(browser, folder):
    places = {}
    for width in (1280, 400):
        with Visit(browser, folder / "report.html", width=width) as visit:
            boxes = [visit.page.locator(f"#d1-t{turn}").bounding_box() for turn in (1, 2)]
            places[width] = boxes
    assert places[1280][0]["y"] == places[1280][1]["y"]
    assert places[1280][0]["x"] < places[1280][1]["x"] - 200
    assert places[400][0]["y"] + places[400][0]["height"] <= places[400][1]["y"]


_CONTRAST = """() => {
  const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = rgb => rgb.slice(0, 3)
    .map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = e => { for (; e; e = e.parentElement) {
    const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255]; };
  const weak = [];
  document.querySelectorAll('details').forEach(d => d.open = true);
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || e.closest('svg, style')) continue;
    const a = light(parse(getComputedStyle(e).color)), b = light(ground(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) weak.push([e.className, walk.currentNode.data.slice(0, 30), ratio.toFixed(2)]);
  }
  return weak;
}"""


@pytest.mark.parametrize("dark", [False, True])
def test_every_text_stands_out_from_its_ground(browser, folder, dark):
    with Visit(browser, folder / "report.html", dark=dark) as visit:
        assert visit.page.evaluate(_CONTRAST) == []
