"""Figures: the same bytes each time, safe inside a page, and true to their tables."""

import re
import subprocess
import sys
from xml.etree import ElementTree

import pandas as pd
import pytest

from discourse.plots import novelty, rate_whiskers, svg_of
from discourse.plots.style import label
from discourse.tables import TURNS, frame_of

NASTY = [
    "$\\frac{a",
    "$x$ <script>",
    "a & b",
    "\u202eover",
    "line\nbreak",
    "🏊🏽‍♀️ x",
    "דנה",
    "n" * 500,
    "\x00\x07",
]


def rates(*names):
    rows = [(name, 0, 1.0, 0.5, 2.0) for name in names]
    return pd.DataFrame(rows, columns=["marker", "group", "rate", "low", "high"])


def turns(*rows):
    return frame_of(
        TURNS,
        [
            {
                "loop_id": loop,
                "post_id": f"t:{number}",
                "annotator": "l@1",
                "turn": number,
                "author": "x",
                "side": side,
                "role": role,
                "is_empty": empty,
                "has_evidence": False,
                "novelty": new,
                "start": 0,
                "end": 1,
            }
            for number, (loop, side, role, empty, new) in enumerate(rows, start=1)
        ],
    )


TURNS_MADE = turns(
    ("L1", "a", "assertion", False, 1.0),
    ("L1", "b", "assertion", False, 0.9),
    ("L1", "a", "restatement", True, 0.1),
    ("L2", "b", "restatement", False, 0.5),
)


def texts(svg):
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    return [element.text for element in root.iter() if element.tag.endswith("}text")]


@pytest.mark.parametrize("name", NASTY)
def test_hostile_names_are_drawn_as_text(name):
    svg = svg_of(rate_whiskers(rates(name)), prefix="x", title=name)
    assert "<script" not in svg
    assert "\u202e" not in "".join(filter(None, texts(svg)))
    assert label(name, 22) in texts(svg)


def test_labels_are_one_short_line():
    assert label("a\n b\tc") == "a b c"
    assert label("x" * 30, 10) == "x" * 9 + "…"
    assert label("\u202e\x00") == "?"


@pytest.mark.parametrize(
    "draw",
    [
        lambda: rate_whiskers(rates("hedge")),
        lambda: novelty(TURNS_MADE),
    ],
    ids=["rate_whiskers", "novelty"],
)
def test_a_figure_drawn_again_gives_the_same_bytes(draw):
    assert svg_of(draw(), prefix="f") == svg_of(draw(), prefix="f")


def test_two_figures_share_no_id_and_point_only_to_their_own():
    figure = rate_whiskers(rates("hedge"))
    svgs = [svg_of(figure, prefix=prefix, title="t") for prefix in ("one", "two")]
    ids = [set(re.findall(r'\bid="([^"]+)"', svg)) for svg in svgs]
    assert not ids[0] & ids[1]
    for svg, own in zip(svgs, ids, strict=True):
        assert set(re.findall(r"url\(#([^)]+)\)", svg)) | set(re.findall(r'href="#([^"]+)"', svg)) <= own


def test_a_figure_brings_no_style_sheet_no_metadata_and_no_date():
    svg = svg_of(novelty(TURNS_MADE))
    assert "<style" not in svg
    assert "metadata" not in svg
    assert "<?xml" not in svg


def test_colours_follow_the_page():
    svg = svg_of(novelty(TURNS_MADE))
    assert "var(--side-a, #1b5e9e)" in svg
    assert "var(--side-b, #a9480c)" in svg


def test_a_title_describes_a_figure_and_without_one_it_is_hidden():
    figure = novelty(TURNS_MADE)
    assert 'role="img"' in svg_of(figure, title="What it shows")
    assert 'aria-hidden="true"' in svg_of(figure)


@pytest.mark.parametrize(
    "figure",
    [
        rate_whiskers(rates()),
        novelty(TURNS.empty()),
    ],
)
def test_empty_tables_give_an_empty_figure(figure):
    assert svg_of(figure).startswith("<svg")


def test_no_pyplot_figure_is_left_behind():
    from matplotlib import pyplot

    rate_whiskers(rates("hedge"))
    assert pyplot.get_fignums() == []


def test_tables_are_not_changed():
    table = rates("hedge", "booster")
    before = table.copy()
    rate_whiskers(table)
    pd.testing.assert_frame_equal(table, before)


def test_importing_the_package_loads_no_plotting_library():
    code = "import sys, discourse.plots; assert not {'matplotlib', 'seaborn'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
