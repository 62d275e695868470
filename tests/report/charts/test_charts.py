"""Charts of a page: true to their numbers, safe inside a page, the same bytes each time, and no library."""

import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from discourse.model import Turn
from discourse.report.charts.activity import activity_chart, levels
from discourse.report.charts.camps import camps_chart
from discourse.report.charts.canvas import Canvas, number, width_of
from discourse.report.charts.novelty import novelty_chart
from discourse.report.charts.rates import rates_chart

NASTY = [
    "<script>alert(1)</script>",
    "$\\frac{1}{2}$",
    "\u202eabc",
    "n" * 500,
    "\x00\x07",
    'a" onload="x',
    "a & b",
]
START = datetime(2026, 3, 1, tzinfo=UTC)
SAID = {"prefix": "c", "title": "What it shows"}


def root_of(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 - our own drawing


def texts(svg):
    return [element.text for element in root_of(svg).iter() if element.tag.endswith("}text")]


def places(svg, tag, *names):
    found = (element for element in root_of(svg).iter() if element.tag.endswith("}" + tag))
    return [tuple(float(element.get(name)) for name in names) for element in found]


def turn(place, side="a", role="assertion", *, new=0.5, empty=False):
    return Turn(
        loop_id="L1",
        post_id=f"t:{place}",
        annotator="l@1",
        turn=place,
        author="x",
        side=side,
        role=role,
        is_empty=empty,
        has_evidence=False,
        novelty=new,
        start=0,
        end=1,
    )


def novelty(*turns):
    return novelty_chart(turns, **SAID)


def activity(posts, disputed, width=timedelta(days=1)):
    edges = [START + place * width for place in range(len(posts) + 1)]
    return activity_chart(edges, posts, disputed, **SAID)


def rates(*rows):
    return rates_chart(rows, **SAID)


def camps(members, lines=()):
    return camps_chart(members, lines, **SAID)


HEDGE = ("hedge", [(4.0, 1.0, 9.0), (1.0, 0.25, 4.0)])
THREE = {1: [("Ann", True), ("Cem", False)], 2: [("Bob", True)], 0: []}
ALL = [
    lambda: novelty(turn(1), turn(2, "b", "restatement", empty=True)),
    lambda: activity([3, 0, 2], [1, 0, 0]),
    lambda: rates(HEDGE),
    lambda: camps(THREE, [("Ann", "Bob", "disagree", 2)]),
]
NAMES = ["novelty", "activity", "rates", "camps"]


@pytest.mark.parametrize("draw", ALL, ids=NAMES)
def test_a_chart_is_described_follows_the_page_and_is_the_same_again(draw):
    svg = draw()
    assert svg == draw()
    assert root_of(svg).get("role") == "img"
    assert 'aria-labelledby="c-title"' in svg
    assert '<title id="c-title">What it shows</title>' in svg
    assert re.findall(r'\bid="([^"]+)"', svg) == ["c-title"]
    assert "#" not in svg  # every colour is a variable of the page
    assert ' style="' not in svg


@pytest.mark.parametrize("draw", ALL, ids=NAMES)
def test_everything_drawn_lies_inside_the_picture(draw):
    svg = draw()
    left, top, wide, high = map(float, root_of(svg).get("viewBox").split())
    for x, y in places(svg, "text", "x", "y") + places(svg, "circle", "cx", "cy"):
        assert left < x < left + wide
        assert top < y < top + high


@pytest.mark.parametrize("name", NASTY)
def test_hostile_names_are_drawn_as_one_short_line(name):
    members = {1: [(name, True)], 2: [("Bob", True)], 0: [(name + "2", False)]}
    for svg in (rates((name, HEDGE[1])), camps(members, [(name, "Bob", "agree", 1)])):
        assert "<script" not in svg
        assert all(len(text) <= 22 and "\u202e" not in text for text in texts(svg))
        assert {element.tag.split("}")[1] for element in root_of(svg).iter()} <= {
            "svg",
            "title",
            "path",
            "circle",
            "text",
        }


def test_a_title_is_escaped_and_holds_no_control_signs():
    svg = Canvas().svg(prefix="p", title="a <b>\x00 & c")
    assert '<title id="p-title">a &lt;b&gt; &amp; c</title>' in svg


def test_nothing_can_be_drawn_too():
    for svg in (novelty(), activity([], []), rates(), camps({})):
        assert root_of(svg) is not None


def test_new_words_stand_the_higher_the_more_there_are():
    svg = novelty(turn(1, new=1.0), turn(2, new=0.5), turn(3, new=0.0))
    (_, first), (_, second), (_, third) = places(svg, "circle", "cx", "cy")
    assert first == 0
    assert second == (first + third) / 2


def test_turns_are_told_apart_by_shape_and_sides_by_colour_and_letter():
    svg = novelty(turn(1), turn(2, "b", "restatement"), turn(3, "b", "restatement", empty=True))
    filled, ring = [e for e in root_of(svg).iter() if e.tag.endswith("}circle")]
    assert (filled.get("fill"), ring.get("fill")) == ("var(--side-a)", "var(--paper)")
    assert len(places(svg, "circle", "cx")) == 2  # the third is a cross
    assert texts(svg)[-3:] == ["A", "B", "B"]


def test_turns_are_drawn_in_their_order_and_numbered_as_they_count():
    assert novelty(turn(2, "b"), turn(1)) == novelty(turn(1), turn(2, "b"))
    assert texts(novelty(*(turn(place) for place in range(1, 81))))[3:30] == [
        str(place) for place in range(1, 81, 3)
    ]


def test_a_bin_without_posts_has_no_bar_and_disputes_have_their_own():
    svg = activity([3, 0, 2, 1], [1, 0, 0, 1])
    bars = {
        name: path.count("z")
        for path, name in re.findall(r'<path d="([^"]+)" fill="var\(--(ink|mixed)\)"', svg)
    }
    assert bars == {"ink": 2, "mixed": 2}  # the last bin holds disputes alone


def test_the_highest_bar_reaches_the_top_and_half_as_many_posts_half_of_it():
    path = re.search(r'<path d="([^"]+)" fill="var\(--mixed\)"', activity([4, 2], [0, 0])).group(1)
    bottoms, tops = re.findall(r"M\S+ (\S+?)V", path), re.findall(r"V(\S+?)H", path)
    assert [float(bottom) - float(top) for bottom, top in zip(bottoms, tops, strict=True)] == [175, 87.5]


@pytest.mark.parametrize("most", [1, 2, 3, 4, 7, 10, 19, 99, 1_000, 31_234])
def test_few_round_numbers_stand_beside_the_bars(most):
    found = levels(most)
    assert found[0] == 0
    assert 2 <= len(found) <= 4
    assert found[-1] <= most


def test_days_are_named_and_a_year_is_said_once():
    labels = " ".join(texts(activity([1, 1, 1], [0, 0, 0])))
    assert "1 Mar" in labels
    assert labels.count("2026") == 1


def test_thousands_of_posts_make_no_larger_chart():
    few, many = (len(activity([n] * 40, [0] * 40)) for n in (3, 30_000))
    assert many < 1.1 * few


def test_rates_and_whiskers_lie_at_the_square_root():
    svg = rates(HEDGE)  # of an axis to 9, 226 pixels wide
    (dot,) = places(svg, "circle", "cx", "cy")
    assert dot[0] == pytest.approx(226 * 2 / 3, abs=0.1)
    first, second = re.findall(r'd="M(\S+) (\S+)L(\S+) \S+" fill="none" stroke="var\(--(?:ink|soft)\)"', svg)
    assert [float(first[0]), float(first[2])] == pytest.approx([226 / 3, 226], abs=0.1)
    assert [float(second[0]), float(second[2])] == pytest.approx([226 / 6, 226 * 2 / 3], abs=0.1)
    assert float(first[1]) < float(second[1])


def test_a_whisker_far_beyond_every_rate_ends_in_an_arrow():
    far = ("proposal", [(0.5, 0.0, 400.0)])
    assert rates(("hedge", [(1.0, 0.5, 2.0)]), far).count('stroke-width="1"/>') == (
        rates(("hedge", [(1.0, 0.5, 2.0)]), ("proposal", [(0.5, 0.0, 2.5)])).count('stroke-width="1"/>') + 1
    )


def test_markers_stand_in_the_order_given():
    rows = [(name, [(1.0, 0.5, 2.0)]) for name in ("hedge", "booster", "dismissal")]
    assert [text for text in texts(rates(*rows)) if text.isalpha()] == ["hedge", "booster", "dismissal"]


def test_names_stand_below_their_camp_in_the_order_given():
    assert texts(camps(THREE)) == ["Camp 1", "Ann", "Cem", "Camp 2", "Bob"]
    assert "not placed" in texts(camps({**THREE, 0: [("Dee", False)]}))


def test_disputes_are_solid_and_agreement_is_dashed():
    assert "stroke-dasharray" not in camps(THREE, [("Ann", "Bob", "disagree", 2)])
    assert "stroke-dasharray" in camps(THREE, [("Ann", "Cem", "agree", 2)])


def test_more_replies_make_a_stronger_line_up_to_a_bound():
    found = {
        replies: max(
            map(
                float,
                re.findall(
                    r'stroke-width="([0-9.]+)" stroke-opacity',
                    camps(THREE, [("Ann", "Bob", "disagree", replies)]),
                ),
            )
        )
        for replies in (1, 2, 10, 50)
    }
    assert found[1] < found[2] < found[10] == found[50]


def test_a_line_to_somebody_who_is_not_shown_is_left_out():
    assert camps(THREE, [("Ann", "Zoe", "disagree", 2)]) == camps(THREE)


def test_whoever_is_doubtful_is_slanted():
    assert "italic" in camps({1: [("Ann", False)]})
    assert "italic" not in camps({1: [("Ann", True)]})


def test_numbers_are_short_and_widths_grow_with_the_words():
    assert [number(value) for value in (1.0, -0.04, 2.25, -3.0)] == ["1", "0", "2.2", "-3"]
    assert width_of("", 10) == 0 < width_of("il", 10) < width_of("ab", 10) < width_of("日本", 10)


def test_drawing_loads_no_plotting_library():
    code = (
        "import sys, discourse.report.page, discourse.report.charts.camps\n"
        "assert not {'matplotlib', 'seaborn'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
