"""Posts over time as a figure: true to its counts, the same bytes each time."""

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from discourse.plots import activity, svg_of

START = datetime(2026, 3, 1, tzinfo=UTC)


def edges(count: int, width: timedelta = timedelta(days=1)) -> list[datetime]:
    return [START + number * width for number in range(count + 1)]


def texts(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    return ["".join(element.itertext()) for element in root.iter() if element.tag.endswith("}text")]


def bars(svg: str, variable: str) -> int:
    return len(re.findall(rf'<(?:path|use)[^>]*style="fill: var\(--{variable}', svg))


def test_a_bin_without_posts_has_no_bar_and_disputes_have_their_own():
    svg = svg_of(activity(edges(4), [3, 0, 2, 1], [1, 0, 0, 1]))
    assert bars(svg, "ink") == 2
    assert bars(svg, "mixed") == 2  # the last bin holds disputes alone


def test_days_are_named_and_a_year_is_said_once():
    labels = texts(svg_of(activity(edges(3), [1, 1, 1], [0, 0, 0])))
    assert "1 Mar" in " ".join(labels)
    assert " ".join(labels).count("2026") == 1


def test_hours_say_their_day_where_it_begins():
    labels = " ".join(texts(svg_of(activity(edges(6, timedelta(hours=6)), [1] * 6, [0] * 6))))
    assert "06:00" in labels
    assert labels.count("1 Mar") == 1
    assert labels.count("2 Mar") == 1


def test_a_figure_follows_the_page_and_is_the_same_again():
    def drawn() -> str:
        return svg_of(activity(edges(48), list(range(48)), [1] * 48), prefix="when", title="Posts per day")

    assert drawn() == drawn()
    assert not re.findall(r"(?:fill|stroke): #", drawn())


@pytest.mark.parametrize("counts", [[], [0], [5]])
def test_few_or_no_bins_can_be_drawn(counts):
    assert svg_of(activity(edges(len(counts)), counts, counts)).startswith("<svg")


def test_thousands_of_posts_make_no_larger_figure():
    few, many = (len(svg_of(activity(edges(40), [n] * 40, [0] * 40))) for n in (3, 30_000))
    assert many < 1.1 * few
