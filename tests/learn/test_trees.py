"""Trees as arrays: the right leaf of each, added up."""

import numpy as np
import pytest

from discourse.learn.trees import Trees

# the first tree splits on feature 1 at 2, its right side on feature 0 at 0; the second is one leaf
TWO = Trees.read(
    {
        "roots": [0, 5],
        "feature": [1, 0, 0, 0, 0, 0],
        "threshold": [2, 0, 0, 0, 0, 0],
        "left": [1, 1, 3, 3, 4, 5],
        "right": [2, 1, 4, 3, 4, 5],
        "value": [0, 10, 0, 20, 30, 0.5],
        "depth": 2,
        "bias": -1,
    }
)


@pytest.mark.parametrize(
    ("row", "points"), [((9, 1), 9.5), ((9, 2), 9.5), ((-1, 3), 19.5), ((0, 3), 19.5), ((1, 3), 29.5)]
)
def test_a_row_goes_left_up_to_the_threshold_and_gets_every_trees_leaf(row, points):
    assert TWO.points(np.array([row], dtype=np.float32)).tolist() == [points]


def test_many_rows_get_what_each_gets_alone():
    rows = np.random.default_rng(1).normal(size=(5000, 2)).astype(np.float32) * 3
    alone = [TWO.points(row[np.newaxis])[0] for row in rows[::997]]
    assert TWO.points(rows)[::997].tolist() == alone


def test_no_rows_have_no_points():
    assert TWO.points(np.zeros((0, 2))).tolist() == []
