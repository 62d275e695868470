"""The figure of rates: a dot and a whisker for each side, true to scale, bounded and safe."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pandas as pd
import pytest

from discourse.plots import rate_whiskers, svg_of


def rates(*rows):
    return pd.DataFrame(rows, columns=["marker", "group", "rate", "low", "high"])


def drawn(*rows):
    return svg_of(rate_whiskers(rates(*rows)), prefix="r")


def texts(svg):
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    return [element.text for element in root.iter() if element.tag.endswith("}text")]


HEDGE = (("hedge", 0, 4.0, 1.0, 9.0), ("hedge", 1, 1.0, 0.25, 4.0))


def ends(figure, group):
    """Return where a side's whiskers begin and end, and its dots."""
    (axes,) = figure.axes
    (segment,) = axes.collections[group].get_segments()
    dots = [line for line in axes.lines if line.get_marker() == "os"[group]]
    return [round(float(x), 3) for x in segment[:, 0]], [round(float(x), 3) for x in dots[0].get_xdata()]


def test_markers_stand_in_the_order_given():
    rows = [(name, 0, 1.0, 0.5, 2.0) for name in ("hedge", "booster", "dismissal")]
    found = [text for text in texts(drawn(*rows)) if text.isalpha()]
    assert found == ["hedge", "booster", "dismissal"]


def test_dots_and_whiskers_lie_at_the_square_root_of_their_rates():
    figure = rate_whiskers(rates(*HEDGE))
    assert ends(figure, 0) == ([1.0, 3.0], [2.0])
    assert ends(figure, 1) == ([0.5, 2.0], [1.0])


def test_the_sides_differ_by_shape_and_filling_and_do_not_overlap():
    (axes,) = rate_whiskers(rates(*HEDGE)).axes
    first, second = axes.lines
    assert (first.get_marker(), second.get_marker()) == ("o", "s")
    assert first.get_markerfacecolor() != second.get_markerfacecolor()
    assert first.get_ydata()[0] < second.get_ydata()[0]


def test_one_group_alone_stands_on_its_line():
    (axes,) = rate_whiskers(rates(("hedge", 0, 4.0, 1.0, 9.0))).axes
    assert axes.lines[0].get_ydata()[0] == 0


def test_a_whisker_far_beyond_every_rate_ends_in_an_arrow():
    figure = rate_whiskers(rates(("hedge", 0, 1.0, 0.5, 2.0), ("proposal", 0, 0.5, 0.0, 400.0)))
    (axes,) = figure.axes
    assert [line.get_marker() for line in axes.lines] == ["o", ">"]
    assert axes.get_xlim()[1] < 2


def test_numbers_below_do_not_run_into_each_other():
    (axes,) = rate_whiskers(rates(("hedge", 0, 90.0, 70.0, 120.0))).axes
    ticks = axes.get_xticks()
    width = axes.get_xlim()[1]
    assert ticks[0] == 0
    assert all(b - a > 0.07 * width for a, b in pairwise(ticks))


@pytest.mark.parametrize("rows", [(), (("hedge", 0, 0.0, 0.0, 0.0),), (("hedge", 0, 0.0, 0.0, 3.0),)])
def test_nothing_or_none_is_drawn_too(rows):
    assert drawn(*rows).startswith("<svg")


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "$\\frac{1}{2}$", "\u202eabc", "n" * 500])
def test_hostile_names_are_drawn_as_one_short_line(name):
    svg = drawn((name, 0, 1.0, 0.5, 2.0))
    assert "<script" not in svg
    assert all(len(text) <= 22 and "\u202e" not in text for text in texts(svg))


def test_colours_follow_the_page_and_the_bytes_are_the_same_twice():
    assert drawn(*HEDGE) == drawn(*HEDGE)
    assert not re.search(r"(?<!, )#1d1f23", drawn(*HEDGE))
