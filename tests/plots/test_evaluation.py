import pytest

from discourse.plots import calibration_plot, learning_curve_plot, svg_of

BINS = [{"share": 0.55, "rate": 0.5, "rows": 20}, {"share": 0.95, "rate": 0.9, "rows": 200}]
CURVE = [{"rows": 50, "macro_f1": 0.4}, {"rows": 100, "macro_f1": 0.52}]


def test_calibration_shows_each_tenth_that_has_rows():
    axes = calibration_plot(BINS).axes[0]
    assert axes.collections[0].get_offsets().tolist() == [[0.55, 0.5], [0.95, 0.9]]
    sizes = axes.collections[0].get_sizes()
    assert sizes[0] < sizes[1]


def test_the_curve_shows_its_figures_and_what_must_be_beaten():
    axes = learning_curve_plot(CURVE, 0.33).axes[0]
    assert [text.get_text() for text in axes.texts] == ["0.40", "0.52"]
    assert axes.lines[-1].get_ydata()[0] == 0.33
    low, high = axes.get_ylim()
    assert low < 0.33
    assert high > 0.52


@pytest.mark.parametrize(
    "figure", [calibration_plot([]), learning_curve_plot([]), learning_curve_plot(CURVE)]
)
def test_figures_are_drawn_the_same_twice_and_without_points(figure):
    assert svg_of(figure, prefix="a") == svg_of(figure, prefix="a")
