"""A real browser for the tests of the report: found or skipped, watched, and where things stand on a page."""

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import pytest

from discourse.report import IndexEntry, render_index, render_report
from discourse.report.comparing.compared import ComparedRun, ComparedSource
from discourse.report.comparing.comparison import compare, render_comparison
from discourse.report.evaluation import render_evaluation
from discourse.report.many.page import render_many
from tests.report.made_figures import made_card, made_figures
from tests.report.made_many import made_many
from tests.report.made_several import several_tables
from tests.report.made_thread import SCRIPT, made_tables

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGES = ("report.html", "several.html", "index.html", "evaluation.html", "comparison.html", "summary.html")
WIDTHS = (360, 400, 768, 1280, 1920)  # CSS pixels
RUN = {"run_id": "abc", "seed": 0, "error_rates": {"hedge": "1 in 9"}, "meanings": {"hedge": "Leaves doubt."}}

# where a test looks; a template that moves something changes these lines alone
POST = ".post"
TEXT = ".text"  # within a post
NAME = "bdi.name"
WHY = "details"  # within a post: what says why its words are marked
REASONS = "details > ol"
TURN = ".turn"  # within a dispute
FILTER = "#filter-{}"  # text | author | side | marker | loop | doubtful
MARK = "[data-m]"  # within a post: what can be asked why
OPEN_ALL = "document.querySelectorAll('details').forEach(d => d.open = true)"
CLOSE_ALL = "document.querySelectorAll('details').forEach(d => d.open = false)"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the pages of PAGES about the made-up thread and a made-up model."""
    made = tmp_path_factory.mktemp("report")
    tables, several = made_tables(), several_tables()
    entries = [
        IndexEntry(name="pool.txt", tables=tables, href="report.html"),
        IndexEntry(name="pools.jsonl", tables=several, href="several.html"),
        IndexEntry(name="x" * 300, reason=SCRIPT),
    ]
    pages = (
        render_report(tables, RUN),
        render_report(several, RUN),
        render_index(entries, {"run_id": "abc"}),
        render_evaluation(made_figures(), made_card()),
        render_comparison(compare(_run("monday"), _run("friday", 7, "hedge", "favor"))),
        render_many(made_many(), RUN),
    )
    for name, html in zip(PAGES, pages, strict=True):
        (made / name).write_text(html, encoding="utf-8", newline="\n")
    return made


def _run(name: str, seed: int = 0, *without: str) -> ComparedRun:
    """Return the made-up thread as a run to compare, without marks of some labels."""
    tables = made_tables()
    rows = tables["annotations"]
    tables = tables.replace(annotations=rows[~rows["label"].isin(without)])
    return ComparedRun(name, [ComparedSource.of(tables, {**RUN, "seed": seed}, "report.html")])


def assert_none(found: Iterable[str]) -> None:
    """Fail with every line of what was found, since the first alone says little of a page."""
    lines = list(found)
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)


class Visit:
    """A page opened once without a network, with all that it said and asked for."""

    def __init__(
        self,
        browser: "Browser",
        path: Path,
        *,
        width: int = 1280,
        script: bool = True,
        dark: bool = False,
        bypass_csp: bool = False,
    ) -> None:
        self.said: list[str] = []  # console messages, errors, dialogs
        self.asked: list[str] = []  # addresses of requests, the page's own first
        self.context = browser.new_context(
            viewport={"width": width, "height": 800},
            offline=True,
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
            bypass_csp=bypass_csp,
        )
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", self._refuse)
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(path.as_uri())

    def _refuse(self, dialog: Any) -> None:
        self.said.append(dialog.message)
        dialog.dismiss()

    @property
    def fetched(self) -> list[str]:
        """What was asked for beside the page itself; what the page holds within itself does not count."""
        return [url for url in self.asked[1:] if not url.startswith("data:")]

    def overrun(self, but: str = "") -> list[str]:
        """Name what reaches beyond the page to the right with every fold open, but for what holds `but`."""
        self.page.evaluate(OPEN_ALL)
        return list(self.page.evaluate(_OVERRUN, but))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.context.close()


# what reaches out of the page is found even where a style would cut it off; a box may scroll by itself
_OVERRUN = """but => {
  const apart = e => { for (let up = e; up && up !== document.body; up = up.parentElement) {
    const style = getComputedStyle(up);
    if (['auto', 'scroll'].includes(style.overflowX) || style.clipPath !== 'none') return true;
    if (style.position === 'fixed' || up.matches('.skip, [popover]')) return true; }
    return false; };
  const wide = [...document.querySelectorAll('body *:not(svg *)')].filter(e => {
    const box = e.getBoundingClientRect();
    if (box.width <= 1 || box.right <= innerWidth + 1 || apart(e)) return false;
    // blanks at the end of a line hang over, and nobody sees them
    return !/\\s{100}/.test(e.textContent) && !(but && e.textContent.includes(but)); });
  const page = document.documentElement.scrollWidth;
  const named = e => [e.tagName + '.' + (e.getAttribute('class') || ''), 'in', e.closest('[id]')?.id,
    e.textContent.trim().slice(0, 40)].join(' ');
  return [...page > innerWidth ? ['page ' + page] : [], ...wide.slice(0, 20).map(named)];
}"""
