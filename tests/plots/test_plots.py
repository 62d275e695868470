"""Figures: the same bytes each time, safe inside a page, and true to their tables."""

import re
import subprocess
import sys
from xml.etree import ElementTree

import pandas as pd
import pytest

from discourse.plots import novelty, post_strip, stance_heatmap, svg_of
from discourse.plots.style import label
from discourse.tables import POSTS, STANCES, TURNS, frame_of

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


def stances(rows):
    names = ("author", "target", "label", "favor_posts", "against_posts")
    made = [dict(zip(names, row, strict=True)) for row in rows]
    return frame_of(STANCES, [{"thread_id": "t", "annotator": "s@1", "score": 0.8} | row for row in made])


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


def posts(count):
    row = {"thread_id": "t", "source_id": "s", "author": "x", "reply_evidence": "none", "text": "x"}
    return frame_of(POSTS, [row | {"post_id": f"t:{n}", "position": n} for n in range(1, count + 1)])


TURNS_MADE = turns(
    ("L1", "a", "assertion", False, 1.0),
    ("L1", "b", "assertion", False, 0.9),
    ("L1", "a", "restatement", True, 0.1),
    ("L2", "b", "restatement", False, 0.5),
)


def texts(svg):
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    return [element.text for element in root.iter() if element.tag.endswith("}text")]


def fills(svg):
    return re.findall(r"fill: var\(--(\w+-\d)", svg)


def test_a_heat_map_shows_every_count():
    svg = svg_of(
        stance_heatmap(
            stances(
                [
                    ("Ann", "Dogs", "favor", 3, 0),
                    ("Bob", "Dogs", "mixed", 2, 1),
                    ("Bob", "Cats", "against", 0, 1),
                ]
            )
        )
    )
    assert {"+3", "+2 −1", "−1", "Ann", "Bob", "Dogs", "Cats"} <= set(texts(svg))


def test_a_cell_of_one_post_looks_unlike_one_of_many():
    pale = fills(svg_of(stance_heatmap(stances([("Ann", "Dogs", "favor", 1, 0)]))))
    full = fills(svg_of(stance_heatmap(stances([("Ann", "Dogs", "favor", 7, 0)]))))
    assert pale == ["favor-1"]
    assert full == ["favor-3"]


def test_a_heat_map_keeps_the_order_it_is_given():
    table = stances([("Ann", "Dogs", "favor", 1, 0), ("Bob", "Dogs", "favor", 1, 0)])
    found = [t for t in texts(svg_of(stance_heatmap(table, authors=["Bob", "Ann"]))) if t in ("Ann", "Bob")]
    assert found == ["Bob", "Ann"]


@pytest.mark.parametrize("name", NASTY)
def test_hostile_names_are_drawn_as_text(name):
    table = stances([(name, name, "favor", 1, 0)])
    svg = svg_of(stance_heatmap(table), prefix="x", title=name)
    assert "<script" not in svg
    assert "\u202e" not in "".join(filter(None, texts(svg)))
    assert texts(svg).count(label(name, 18)) + texts(svg).count(label(name, 16)) >= 2


def test_labels_are_one_short_line():
    assert label("a\n b\tc") == "a b c"
    assert label("x" * 30, 10) == "x" * 9 + "…"
    assert label("\u202e\x00") == "?"


@pytest.mark.parametrize(
    "draw",
    [
        lambda: stance_heatmap(stances([("Ann", "Dogs", "favor", 1, 0)])),
        lambda: novelty(TURNS_MADE),
        lambda: post_strip(posts(9), TURNS_MADE),
    ],
    ids=["stance_heatmap", "novelty", "post_strip"],
)
def test_a_figure_drawn_again_gives_the_same_bytes(draw):
    assert svg_of(draw(), prefix="f") == svg_of(draw(), prefix="f")


def test_two_figures_share_no_id_and_point_only_to_their_own():
    figure = stance_heatmap(stances([("Ann", "Dogs", "favor", 1, 0)]))
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


def test_turns_of_unknown_posts_are_left_out_of_the_strip():
    few = svg_of(post_strip(posts(1), TURNS_MADE))
    all_of_them = svg_of(post_strip(posts(4), TURNS_MADE))
    assert few.count("<use") < all_of_them.count("<use")


@pytest.mark.parametrize(
    "figure",
    [
        stance_heatmap(STANCES.empty()),
        novelty(TURNS.empty()),
        post_strip(POSTS.empty(), TURNS.empty()),
        post_strip(posts(3), TURNS.empty()),
    ],
)
def test_empty_tables_give_an_empty_figure(figure):
    assert svg_of(figure).startswith("<svg")


def test_no_pyplot_figure_is_left_behind():
    from matplotlib import pyplot

    stance_heatmap(stances([("Ann", "Dogs", "favor", 1, 0)]))
    assert pyplot.get_fignums() == []


def test_tables_are_not_changed():
    table = stances([("Ann", "Dogs", "favor", 1, 0)])
    before = table.copy()
    stance_heatmap(table)
    pd.testing.assert_frame_equal(table, before)


def test_importing_the_package_loads_no_plotting_library():
    code = "import sys, discourse.plots; assert not {'matplotlib', 'seaborn'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
