"""The pages of a run against axe-core's rules: WCAG 2 A and AA, and what is called best practice."""

import pytest

from tests.report.browsers import CLOSE_ALL, OPEN_ALL, PAGES, Visit, assert_none

pytestmark = pytest.mark.browser

_RUN = """async () => {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const found = await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
  return found.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.target.join(' ')));
}"""


# what is laid out only as it comes near has no places yet, and would seem to lie upon other things
_ALL_LAID_OUT = "* { content-visibility: visible !important; }"
_DULL = """() => document.body.append(Object.assign(document.createElement('p'),
  {textContent: 'hardly to be seen', style: 'color: #ddd; background: #eee'}))"""


@pytest.fixture(scope="module")
def axe() -> str:
    """Return axe-core as one script, from a package; nothing is fetched."""
    package = pytest.importorskip("axe_playwright_python.base", reason="axe-playwright-python is missing")
    return package.AXE_FILE_PATH.read_text(encoding="utf-8")


@pytest.fixture
def visit(browser, folder, request):
    name, width, dark = request.param
    # the page's own policy would not let axe in: it is lifted here and nowhere else
    with Visit(browser, folder / name, width=width, dark=dark, bypass_csp=True) as opened:
        opened.page.add_style_tag(content=_ALL_LAID_OUT)
        yield opened


EVERY = [
    pytest.param((name, width, dark), id=f"{name}-{width}-{'dark' if dark else 'light'}")
    for name in PAGES
    for width in (400, 1280)
    for dark in (False, True)
]


@pytest.mark.parametrize("visit", EVERY, indirect=True)
def test_nothing_keeps_anybody_from_reading(visit, axe):
    visit.page.evaluate(axe)
    found = []
    for state, code in (("folds closed", CLOSE_ALL), ("folds open", OPEN_ALL)):
        visit.page.evaluate(code)
        found += [f"{state}: {fault}" for fault in visit.page.evaluate(_RUN)]
    assert_none(found)


@pytest.mark.parametrize("visit", EVERY[:1], indirect=True)
def test_the_rules_do_find_a_fault(visit, axe):
    visit.page.evaluate(axe)
    visit.page.evaluate(_DULL)
    assert any(fault.startswith("color-contrast") for fault in visit.page.evaluate(_RUN))
