"""What a browser does with a report: when it shows, how fast its filters are, what memory it takes."""

import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.real_browser import chromium
from tests.report.browsers import NAME, POST

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Row = tuple[str, float, str]

_SHOWN = """() => new Promise(done => {
  const first = () => performance.getEntriesByName('first-contentful-paint')[0];
  const read = () => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd;
  const told = () => done([first().startTime, read()]);
  if (first()) told(); else new PerformanceObserver(told).observe({type: 'paint', buffered: true});
})"""
# as a hand does it: a box is ticked, another line chosen, words are typed; until the second frame after it
_FILTER = """([selector, words]) => new Promise(done => {
  const field = document.querySelector(selector);
  if (!field) return done(null);
  const kinds = ['input'];
  if (field.type === 'checkbox') field.checked = !field.checked;
  else if (field.tagName === 'SELECT') field.selectedIndex = field.selectedIndex ? 0 : 1;
  else field.value = field.value ? '' : words;
  if (field.type === 'checkbox' || field.tagName === 'SELECT') kinds.push('change');
  const begin = performance.now();
  for (const kind of kinds) field.dispatchEvent(new Event(kind, {bubbles: true}));
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begin)));
})"""
FILTERS = ("author", "side", "marker", "loop", "text", "doubtful")
WORD = "the"  # nearly every post has it


def measure(name: str, page: Path, *, rounds: int) -> list[Row]:
    """Return name, value and what it is; nothing where there is no browser."""
    binary = chromium()
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        binary = None
    if binary is None:
        print("report: no Chromium or no playwright here; what a browser does is left out", file=sys.stderr)
        return []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=binary, args=["--no-sandbox"])
        try:
            return [*_loading(browser, name, page, rounds), *_filtering(browser, name, page, rounds)]
        finally:
            browser.close()


def _opened(browser: "Browser", page: Path) -> "Page":
    """Open a page in a context of its own, without a network."""
    made = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True).new_page()
    made.set_default_timeout(120_000)
    made.goto(page.as_uri())
    return made


def _loading(browser: "Browser", name: str, page: Path, rounds: int) -> list[Row]:
    figures = []
    for _ in range(rounds):
        opened = _opened(browser, page)
        figures.append((*opened.evaluate(_SHOWN), _memory(browser)))
        opened.context.close()
    paint, ready, memory = (statistics.median(values) for values in zip(*figures, strict=True))
    return [
        (f"{name}: first paint", paint, "ms until the first contents show"),
        (f"{name}: DOMContentLoaded", ready, "ms until the whole page is read and its script has run"),
        (f"{name}: memory", memory, "MB of the page's process"),
    ]


def _filtering(browser: "Browser", name: str, page: Path, rounds: int) -> list[Row]:
    """Time each filter set and taken back, the first time in a page just opened."""
    rows: list[Row] = []
    for field in FILTERS:
        opened = _opened(browser, page)
        author = opened.locator(f"{POST} {NAME}").first.text_content()
        told: list[Any] = [f"#filter-{field}", author if field == "author" else WORD]
        found = [opened.evaluate(_FILTER, told) for _ in range(2 * rounds)]
        opened.context.close()
        if None in found:
            print(f"report: {name} has no filter by {field}", file=sys.stderr)
            continue
        usual = statistics.median(found[::2])
        rows.append(
            (f"{name}: filter by {field}", usual, f"ms until it shows; {found[0]:.0f} the first time")
        )
        back = statistics.median(found[1::2])
        rows.append((f"{name}: filter by {field}, back", back, f"ms; {max(found[1::2]):.0f} at most"))
    return rows


def _memory(browser: "Browser") -> float:
    """Return the resident megabytes of the largest page process; NaN where the system does not tell."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    sizes = [_resident(int(process["id"])) for process in processes if process["type"] == "renderer"]
    return max(sizes, default=float("nan"))


def _resident(process: int) -> float:
    try:
        told = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return float("nan")
    lines = [line for line in told.splitlines() if line.startswith("VmRSS:")]
    return int(lines[0].split()[1]) / 1024 if lines else float("nan")
