"""The pages of a review against axe-core's rules, and in narrow windows, in light and dark."""

import pytest

from tests.report.browsers import assert_none
from tests.report.test_axe import _RUN as RULES
from tests.report.test_axe import axe
from tests.review.made_review import run_to_review
from tests.review.served import Reading, served

__all__ = ["axe"]
pytestmark = pytest.mark.browser

# what reaches out of the window to the right; a box may scroll by itself
_OVERRUN = """() => [...document.querySelectorAll('#page *')].filter(e => {
  const box = e.getBoundingClientRect();
  return box.width > 1 && box.right > innerWidth + 1 && getComputedStyle(e).clipPath === 'none';
}).map(e => e.tagName + ' ' + e.className).slice(0, 9)"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with served(run_to_review(tmp_path_factory.mktemp("axe") / "pier"), "--coder", "ann") as found:
        yield found


@pytest.mark.parametrize("width", [400, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_from_reviewing(browser, address, axe, width, scheme):
    ann = Reading(browser, address, f"ann{width}{scheme}", width=width, color_scheme=scheme, bypass_csp=True)
    found = []

    def look(state):
        ann.page.evaluate(axe)
        found.extend(f"{state}: {fault}" for fault in ann.page.evaluate(RULES))
        found.extend(f"{state} is too wide: {fault}" for fault in ann.page.evaluate(_OVERRUN))

    look("list")
    ann.page.goto(f"{ann.origin}/names")
    look("names")
    for number in (1, 2, 7):
        ann.open(number)
        look(f"post {number}")
    ann.open(1).keys("j", "j", "ArrowRight", "Shift+ArrowRight")
    ann.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    look("all open")
    ann.keys("j", "x").hears("Saved")
    look("an answer")
    ann.keys("m")
    look("choosing")
    ann.keys("Escape", "?")
    look("keys")
    ann.close()
    assert_none(found)
