"""Rates of two runs: what is drawn, in which order, and with which signs."""

from discourse.plots.comparing import rate_dots
from discourse.plots.svg import svg_of

ROWS = [("hedge", (2.0, 1.0, 3.5), (4.0, 2.5, 6.0)), ("a $name$ <b>", (0.0, 0.0, 1.0), (9.0, 7.0, 12.0))]


def test_names_stand_from_top_to_bottom_and_nothing_in_them_is_markup():
    svg = svg_of(rate_dots(ROWS), prefix="rates", title="Rates")
    assert svg.index("hedge") < svg.index("a $name$ &lt;b&gt;")
    assert "per 1,000 own words" in svg


def test_runs_are_told_apart_by_shape_as_well_as_by_colour():
    figure = rate_dots(ROWS)
    (dots,) = [found for found in figure.axes[0].collections if len(found.get_offsets()) == 4]
    shapes = {path.vertices.shape for path in dots.get_paths()}
    assert len(shapes) == 2


def test_each_rate_lies_within_its_interval_and_the_first_run_above():
    axes = rate_dots(ROWS).axes[0]
    first, second = (found.get_segments() for found in axes.collections[:2])
    assert [[line[0][0], line[1][0]] for line in first] == [[1.0, 3.5], [0.0, 1.0]]
    assert all(one[0][1] < other[0][1] for one, other in zip(first, second, strict=True))


def test_the_same_rows_give_the_same_bytes_and_none_an_empty_field():
    assert svg_of(rate_dots(ROWS)) == svg_of(rate_dots(ROWS))
    assert svg_of(rate_dots([])).startswith("<svg")
