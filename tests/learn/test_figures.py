import numpy as np
import pytest
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score, precision_recall_fscore_support

from discourse.learn.figures import (
    Judged,
    calibration,
    chosen,
    confusion,
    cuts_of,
    label_figures,
    main_figures,
)


def drawn(seed=0, rows=300):
    rng = np.random.default_rng(seed)
    truth, given = rng.integers(0, 3, rows), rng.integers(0, 3, rows)
    given = np.where(rng.random(rows) < 0.5, truth, given)
    return truth, given


def judged(truth, given, labels=("a", "b", "c")):
    eye = np.eye(len(labels), dtype=bool)
    return Judged(labels, eye[truth], eye[given], True)


def test_figures_are_those_of_scikit_learn():
    truth, given = drawn()
    found = label_figures(judged(truth, given))
    precision, recall, f1, rows = precision_recall_fscore_support(truth, given)
    for place, label in enumerate("abc"):
        row = found[label]
        assert (row["precision"], row["recall"], row["f1"]) == pytest.approx(
            (precision[place], recall[place], f1[place]), abs=1e-4
        )
        assert row["rows"] == rows[place]
    assert confusion(judged(truth, given)) == confusion_matrix(truth, given).tolist()
    main = main_figures(judged(truth, given), [str(n) for n in range(300)], 0)
    assert main["macro_f1"] == pytest.approx(f1_score(truth, given, average="macro"), abs=1e-4)
    assert main["accuracy"] == pytest.approx(accuracy_score(truth, given), abs=1e-4)


def test_several_labels_a_row_are_right_only_all_together():
    truth = np.array([[True, True], [False, False], [True, False]])
    given = np.array([[True, False], [False, False], [True, False]])
    main = main_figures(Judged(("a", "b"), truth, given, False), ["1", "2", "3"], 0)
    assert main["accuracy"] == pytest.approx(2 / 3, abs=1e-4)
    assert main["macro_f1"] == pytest.approx(0.5)


def test_a_label_that_nobody_has_and_none_was_given_counts_in_no_mean():
    truth, given = np.array([0, 1, 0, 1]), np.array([0, 1, 0, 1])
    assert main_figures(judged(truth, given), ["1", "2", "3", "4"], 0)["macro_f1"] == 1.0


def test_ranges_hold_the_figure_and_are_wider_where_rows_come_in_few_groups():
    truth, given = drawn()
    single = main_figures(judged(truth, given), [str(n) for n in range(300)], 0)
    low, high = single["macro_f1_interval"]
    assert low < single["macro_f1"] < high
    assert 0.05 < high - low < 0.2
    # whole groups right or wrong: three hundred rows tell no more than ten
    truth = np.zeros(300, dtype=int)
    given = np.repeat([0, 1, 0, 0, 1, 0, 1, 0, 0, 1], 30)
    grouped = main_figures(judged(truth, given), np.repeat(np.arange(10), 30).astype(str).tolist(), 0)
    alone = main_figures(judged(truth, given), [str(n) for n in range(300)], 0)
    width = [found["accuracy_interval"][1] - found["accuracy_interval"][0] for found in (grouped, alone)]
    assert width[0] > 3 * width[1]


def test_ranges_are_drawn_by_the_seed():
    truth, given = drawn()
    groups = [str(n % 40) for n in range(300)]
    one, again, other = (main_figures(judged(truth, given), groups, seed) for seed in (1, 1, 2))
    assert one == again != other


def test_no_rows_have_figures_of_zero():
    empty = np.zeros(0, dtype=int)
    assert main_figures(judged(empty, empty), [], 0)["macro_f1"] == 0.0


def test_calibration_compares_scores_with_what_came_true():
    shares = np.array([[0.9, 0.1]] * 10 + [[0.62, 0.38]] * 10)
    truth = np.eye(2, dtype=bool)[[0] * 9 + [1] + [0] * 3 + [1] * 7]
    found = calibration(shares, truth, is_choice=True)
    assert [(b["rows"], b["share"], b["rate"]) for b in found["bins"]] == [(10, 0.62, 0.3), (10, 0.9, 0.9)]
    assert found["error"] == pytest.approx(0.16)


def test_calibration_of_single_labels_looks_at_every_score():
    found = calibration(np.array([[1.0, 0.0]]), np.array([[True, False]]), is_choice=False)
    assert sum(b["rows"] for b in found["bins"]) == 2
    assert found["error"] == 0


def test_the_largest_share_is_chosen_and_of_equals_the_first():
    shares = np.array([[0.2, 0.5, 0.3], [0.40001, 0.40002, 0.19997]])
    assert chosen(shares, is_choice=True).argmax(axis=1).tolist() == [1, 0]


def test_cuts_favour_rare_labels_only_where_that_gains():
    rng = np.random.default_rng(2)
    rare = rng.random(2000) < 0.1
    points = rng.normal(size=2000) + 1.2 * rare
    share = 1 / (1 + np.exp(-(1.2 * points - 3.0)))
    shares = np.column_stack([1 - share, share])
    truth = np.column_stack([~rare, rare])
    cuts = cuts_of(shares, truth, is_choice=True)
    assert cuts[0] == 1 > cuts[1]
    assert chosen(shares, is_choice=True, cuts=cuts)[:, 1].sum() > chosen(shares, is_choice=True)[:, 1].sum()
    even = np.eye(2, dtype=bool)[np.arange(2000) % 2]
    assert cuts_of(np.where(even, 0.7, 0.3), even, is_choice=True).tolist() == [1, 1]


def test_cuts_of_labels_that_exclude_nothing_have_the_best_f1():
    shares = np.array([[0.05], [0.1], [0.2], [0.3], [0.4]])
    truth = np.array([[False], [False], [True], [True], [True]])
    assert cuts_of(shares, truth, is_choice=False).tolist() == [0.2]
    assert cuts_of(shares, np.zeros((5, 1), bool), is_choice=False).tolist() == [0.5]
