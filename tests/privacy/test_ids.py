"""Names in ids: what stands between signs, and at what cost."""

import pytest

from discourse.privacy.atoms import Cutter
from discourse.privacy.ids import IdNames
from discourse.privacy.rewriting import Rewritten
from tests.growth import assert_linear


def changed(text, *names):
    """Write an id with <1>, <2> … for its names, each given by its atoms."""
    tokens = {tuple(name.split()): f"<{n}>" for n, name in enumerate(names, start=1)}
    return Rewritten(text, IdNames(tokens, Cutter([text])).find(text)).text


@pytest.mark.parametrize(
    ("text", "names", "told"),
    [
        ("t_ann_lee_2", ("ann", "ann lee"), "t_<2>_2"),
        ("t_ann_leeds_2", ("ann", "ann lee"), "t_<1>_leeds_2"),
        ("annlee", ("ann lee", "annlee"), "<2>"),
        ("BOBBY.bobby", ("bobby", "BOBBY"), "<2>.<1>"),
        ("bob-BOB", ("bob",), "<1>-BOB"),
        ("ann_lee_ann_lee", ("ann lee",), "<1>_<1>"),
        ("", ("ann",), ""),
    ],
)
def test_the_longest_name_at_a_place_counts_and_of_two_the_one_that_is_written_so(text, names, told):
    assert changed(text, *names) == told


@pytest.mark.parametrize(
    ("name", "piece"), [("a", "a_"), ("ab " * 70, "ab_"), ("x_y_z", "x_y."), ("! ?", "!?")]
)
def test_finding_names_in_ids_takes_time_in_proportion_to_their_length(name, piece):
    names = IdNames({tuple(name.split()): "?"}, Cutter([piece]))
    assert_linear(lambda n: piece * n, names.find, small=1500)
