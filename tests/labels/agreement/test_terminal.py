"""The lines on the terminal: what is shown, and that no line is too long."""

import math

import pytest

from discourse.labels.agreement.bootstrap import Estimate
from discourse.labels.agreement.computing import Agreement
from discourse.labels.agreement.figures import GAMMA, Figure
from discourse.labels.agreement.terminal import terminal_lines


def figure(layer, label, measure, estimate, **more):
    return Figure(
        layer=layer,
        label=label,
        measure=measure,
        estimate=estimate,
        **{
            "first": "people",
            "second": "",
            "units": 123_456,
            "clusters": 12,
            "resampled": "threads",
            "shares": (0.5, math.nan),
            "note": "",
        }
        | more,
    )


def lines_of(*figures, people=("human:ann", "human:bo"), is_written=False, **more):
    known = {
        "coded": {"human:ann": 3, "human:bo": 4},
        "sight": {},
        "later": {},
        "unread": {},
        "posts": 5,
        "shares": (),
    }
    found = Agreement(
        **{"people": people, "figures": figures, "is_drawn": False, "left_out": 0} | known | more
    )
    return list(terminal_lines(found, is_written=is_written))


def test_gamma_stands_below_its_table():
    lines = lines_of(
        figure("rhetoric", "hedge", "agreement", Estimate(0.9, 0.8, 1.0)),
        figure("rhetoric", "hedge", "krippendorff_alpha", Estimate(-0.004, -0.5, -0.001)),
        figure("rhetoric", "", GAMMA, Estimate(0.5, math.nan, math.nan)),
    )
    assert "  hedge                  123,456   0.90   0.00  -0.50 to 0.00   0.50" in lines
    assert "gamma of where passages are and what: rhetoric 0.50" in lines


def test_pairs_of_people_are_left_to_the_files_but_for_cuts():
    pair = {"first": "human:ann", "second": "human:bo"}
    lines = lines_of(
        figure("rhetoric", "hedge", "agreement", Estimate(0.9, 0.8, 1.0), **pair),
        figure("split", "", "border_f1", Estimate(0.75, 0.5, 1.0), **pair),
    )
    assert not any("hedge" in line for line in lines)
    assert "    F1 of borders 0.75 (0.50 to 1.00)" in lines


@pytest.mark.parametrize("number", [3, 400])
def test_lines_are_short_and_tables_bounded_whatever_labels_are_called(number):
    figures = [
        figure("rhetoric", f"{place}{'label' * 30}", "agreement", Estimate(1.0, 1.0, 1.0))
        for place in range(number)
    ]
    lines = lines_of(*figures, people=("human:" + "n" * 60,), coded={"human:" + "n" * 60: 5})
    assert max(map(len, lines)) <= 80
    assert len(lines) < 70
    assert any("360 more" in line for line in lines) == (number == 400)


def test_what_came_after_the_blind_word_is_told_with_the_option_that_takes_it():
    told = " ".join(lines_of(later={"human:ann": 1, "human:bo": 1200}))
    assert "ann decided more on 1 post after coding it blind: left out" in told
    assert "bo decided more on 1,200 posts after coding them blind" in told.replace("   ", " ")
    assert "--final" in told
    assert "--final" not in " ".join(lines_of())


def test_who_is_compared_with_the_machine_on_drawn_posts_is_told():
    pair = {"first": "human:ann", "second": "machine", "units": 12}
    one = figure("rhetoric", "hedge", "agreement", Estimate(0.9, 0.8, 1.0), **pair)
    told = " ".join(" ".join(lines_of(one, is_drawn=True)).split())
    assert "compared on the posts that the sample drew at random alone" in told
    assert "ann coded fewer than 30 of these" in told
    assert "bo coded no post that was drawn at random: not compared with the machine" in told
    assert "drew at random" not in " ".join(lines_of(one))


def test_files_that_are_written_are_not_promised_for_an_option():
    figures = [
        figure("rhetoric", f"label{place}", "agreement", Estimate(1.0, 1.0, 1.0)) for place in range(50)
    ]
    assert "  and 10 more: agreement.csv, with --out" in lines_of(*figures)
    written = lines_of(*figures, is_written=True)
    assert "  and 10 more: agreement.csv" in written
    assert not any("--out" in line for line in written)
