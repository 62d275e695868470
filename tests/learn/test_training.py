import numpy as np
import pytest
from scipy import sparse
from sklearn.linear_model import RidgeClassifier

from discourse.errors import DiscourseError
from discourse.learn import ridge
from discourse.learn.baselines import by_lexicons, listed, majority
from discourse.learn.evaluating import evaluation, would_more_help
from discourse.learn.examples import Examples, names_several, split_labels, truth_of
from discourse.learn.figures import main_figures
from discourse.learn.inputs import Block, Inputs, Layout
from discourse.learn.ngrams import Space
from discourse.learn.ridge import Solver, out_of_fold, row_weights
from discourse.learn.stored import FIELDS, read_model, write_model
from discourse.learn.trained import load_trained, packed
from discourse.learn.training import Settings, check, learn
from tests.learn.made_labels import made_examples, made_rows, random_examples


@pytest.fixture(scope="module")
def examples():
    return made_examples()


@pytest.fixture(scope="module")
def learned(examples):
    return learn(examples, Settings(seed=3))


@pytest.fixture(scope="module")
def figures(examples, learned):
    return evaluation("view", examples, learned, 3)


def matrix_of(rows=80, columns=300, seed=0):
    rng = np.random.default_rng(seed)
    dense = rng.random((rows, columns)) * (rng.random((rows, columns)) < 0.1)
    return sparse.csr_array(dense), rng.random((rows, 2)) < 0.4


def test_the_closed_form_is_ridge_regression():
    matrix, truth = matrix_of()
    rows = np.arange(80)
    fitted = Solver(matrix, truth, is_choice=False).fit(rows, 2.0)
    for label in range(2):
        centred = 2 * truth[:, label] - 1.0
        theirs = RidgeClassifier(alpha=2.0, fit_intercept=False).fit(
            matrix.toarray().astype(float), truth[:, label]
        )
        ours = Solver(matrix, truth, is_choice=False)._solved(rows, centred[:, None], np.full(80, 2.0))
        assert (matrix.T @ ours)[:, 0] == pytest.approx(np.ravel(theirs.coef_), abs=1e-4)
    assert fitted.bias == pytest.approx(truth.mean(axis=0))


def test_many_rows_are_solved_to_the_same_values(monkeypatch):
    matrix, truth = matrix_of()
    rows = np.arange(60)
    closed = Solver(matrix, truth, is_choice=False).fit(rows, 1.0)
    monkeypatch.setattr(ridge, "_CLOSED", 10)
    steps = Solver(matrix, truth, is_choice=False).fit(rows, 1.0)
    held = np.arange(60, 80)
    assert steps.points(held) == pytest.approx(closed.points(held), abs=1e-3)
    assert steps.weights() == pytest.approx(closed.weights(), abs=1e-3)


def test_weights_applied_to_rows_give_their_points():
    matrix, truth = matrix_of()
    fitted = Solver(matrix, truth, is_choice=False).fit(np.arange(60), 1.0)
    assert matrix @ fitted.weights() + fitted.bias == pytest.approx(fitted.points(np.arange(80)), abs=1e-4)


def test_rare_labels_weigh_as_much_as_common_ones():
    truth = np.eye(2, dtype=bool)[[0] * 8 + [1] * 2]
    weights = row_weights(truth)
    assert weights[:8].sum() == pytest.approx(weights[8:].sum())
    assert weights.mean() == pytest.approx(1)


def test_held_out_points_do_not_know_their_own_rows():
    matrix, _ = matrix_of()
    chance = np.random.default_rng(8).random((80, 1)) < 0.5
    solver = Solver(matrix, chance, is_choice=False)
    rows = np.arange(80)
    inside = solver.fit(rows, 0.1).points(rows)
    outside = out_of_fold(solver, rows, (rows % 5).tolist(), 0.1)
    assert np.corrcoef(inside[:, 0], chance[:, 0])[0, 1] > 0.9
    assert np.corrcoef(outside[:, 0], chance[:, 0])[0, 1] < 0.5


def test_what_words_tell_is_learned(examples, learned):
    hits = (learned.given == examples.truth).all(axis=1).mean()
    assert hits > 0.7
    usual = majority(examples, learned.folds)
    assert (usual == examples.truth).all(axis=1).mean() < hits - 0.2


def test_what_words_do_not_tell_is_not_learned():
    found = random_examples()
    learned = learn(found, Settings())
    hits = (learned.given == found.truth).all(axis=1).mean()
    assert 0.25 < hits < 0.7
    assert learned.shares.max() < 0.9


def test_no_thread_is_learned_from_and_judged_by(examples, learned):
    folds = {}
    for group, fold in zip(examples.groups, learned.folds.tolist(), strict=True):
        assert folds.setdefault(group, fold) == fold


def test_the_same_seed_learns_the_same_and_another_splits_otherwise(examples, learned):
    again = learn(examples, Settings(seed=3))
    assert np.array_equal(again.head.weights, learned.head.weights)
    assert np.array_equal(again.shares, learned.shares)
    assert not np.array_equal(learn(examples, Settings(seed=4)).folds, learned.folds)


def test_shares_of_held_out_rows_mean_what_they_say(examples, learned):
    best = learned.shares.max(axis=1)
    right = examples.truth[np.arange(len(examples)), learned.shares.argmax(axis=1)]
    assert abs(best.mean() - right.mean()) < 0.1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda e: e.part(range(12)), "only 12 rows have a label"),
        (lambda e: e.part(np.flatnonzero(e.truth[:, 0]).tolist()), "every row has the label"),
        (
            lambda e: e.part([n for n in range(len(e)) if e.threads[n] in ("t0", "t1", "t2")] * 3),
            "folds need as many",
        ),
    ],
)
def test_too_little_to_learn_from_is_said(examples, change, words):
    with pytest.raises(DiscourseError, match=words) as caught:
        check(change(examples), "labels.csv", 5)
    assert "labels.csv" in str(caught.value)


def test_one_label_alone_is_said(examples):
    rows = np.flatnonzero(examples.truth[:, 0]).tolist()
    part = examples.part(rows)
    alone = Examples(part.inputs, part.labels[:1], part.truth[:, :1], True, part.groups)
    with pytest.raises(DiscourseError, match="only one label"):
        check(alone, "labels.csv", 5)


def test_several_labels_a_row_are_learned_each_for_itself():
    rows = made_rows()
    labels = [split_labels(row["topics"]) for row in rows]
    names = ("ferry", "winter")
    found = Examples(
        Inputs([row["text"] for row in rows]),
        names,
        truth_of(labels, names),
        False,
        tuple(row["thread"] for row in rows),
    )
    learned = learn(found, Settings())
    figures = main_figures_of(found, learned)
    assert figures["macro_f1"] > 0.9
    lists = by_lexicons(found, learned.folds)
    assert lists.shape == found.truth.shape


def main_figures_of(examples, learned):
    from discourse.learn.evaluating import judged_of

    return main_figures(judged_of(examples, learned.given), examples.groups, 0)


def test_cells_name_several_labels_with_either_sign():
    assert split_labels(" glad; sad|glad ;") == ["glad", "sad"]
    assert split_labels(" ") == []
    assert names_several(["a", "a|c"])
    assert not names_several(["a", "b", ""])
    # nothing that stands alone stands there: the sign is the label's own
    assert not names_several(["yes; in part", "no; never", "no; never"])


def test_each_target_has_columns_of_its_own_and_shared_ones():
    inputs = Inputs(["good thing"] * 3, targets=["bridge", "Bridge ", "tunnel"])
    matrix = Layout.for_inputs(inputs).matrix(inputs)
    same, other = (matrix[[0], :] @ matrix[[row], :].T for row in (1, 2))
    assert same.toarray()[0, 0] > other.toarray()[0, 0] > 0


def test_rows_of_targets_stay_in_order():
    inputs = Inputs(["one", "two", "three", "four"], targets=["b", "a", "b", "a"])
    block = Block("text", Space(tag="x"), by_target=True)
    whole = block.matrix(inputs)
    for row in range(4):
        alone = block.matrix(inputs.part([row]))
        assert (whole[[row], :] != alone).nnz == 0


def test_the_opening_of_an_answer_counts_by_itself():
    inputs = Inputs(["no it is so", "it is so no"], parents=["a", "a"])
    blocks = [block for block in Layout.for_inputs(inputs).blocks if block.reads == "opening"]
    assert len(blocks) == 1
    matrix = blocks[0].matrix(inputs)
    assert set(matrix[[0], :].indices) != set(matrix[[1], :].indices)


def test_lists_count_their_labels():
    found = listed(["You are an idiot, idiot.", "the sky"])
    assert found.shape[0] == 2
    assert found[[0], :].nnz > 0
    assert found[[1], :].nnz == 0


def test_figures_stand_beside_baselines(figures):
    main, baselines = figures["figures"], figures["baselines"]
    assert main["macro_f1"] > max(baselines["majority"]["macro_f1"], baselines["lexicons"]["macro_f1"])
    assert set(figures["per_label"]) == {"against", "for", "unsure"}
    assert sum(map(sum, figures["confusion"])) == 120


def test_the_learning_curve_ends_where_the_figures_stand(figures):
    curve = figures["learning_curve"]
    assert [point["rows"] for point in curve] == sorted(point["rows"] for point in curve)
    assert curve[-1]["macro_f1"] == pytest.approx(figures["figures"]["macro_f1"], abs=0.06)
    assert curve[0]["macro_f1"] < curve[-1]["macro_f1"]
    assert would_more_help([{"macro_f1": 0.5}, {"macro_f1": 0.6}])
    assert not would_more_help([{"macro_f1": 0.6}, {"macro_f1": 0.6}])


def test_telling_words_are_the_users_own(figures):
    words = {row["words"] for row in figures["features"]["against"]}
    assert any(word in words for word in ("fear", "waste", "a waste", "nobody", "shakes"))
    assert all(row["rows"] >= 3 for rows in figures["features"].values() for row in rows)


def test_slices_hold_every_row_by_length_and_the_largest_threads(figures):
    slices = figures["slices"]
    assert sum(row["rows"] for row in slices if row["kind"] == "length") == 120
    assert sum(row["kind"] == "thread" for row in slices) == 12


@pytest.fixture
def folder(examples, learned, tmp_path):
    inside, arrays = packed(learned, examples.inputs)
    card = {**dict.fromkeys(FIELDS), "task": "view", "labels": list(examples.labels), **inside}
    write_model(tmp_path / "view", card, arrays)
    return tmp_path / "view"


def test_a_model_says_the_same_when_it_is_read_again(folder, examples, learned):
    model = load_trained(folder)
    shares = model.shares(examples.inputs)
    points = learned.layout.matrix(examples.inputs) @ learned.head.weights + learned.head.bias
    assert shares == pytest.approx(learned.head.shares(points), abs=1e-3)
    assert model.given(shares).sum(axis=1).tolist() == [1] * len(examples)
    assert shares.sum(axis=1) == pytest.approx(np.ones(len(examples)), abs=3e-4)


def test_a_row_alone_gets_the_shares_that_it_gets_among_others(folder, examples):
    model = load_trained(folder)
    few = examples.inputs.part(range(5))
    alone = [model.shares(few.part([row]))[0] for row in range(5)]
    assert np.abs(model.shares(few) - alone).max() <= 1e-4


def test_a_row_alone_reads_what_stands_beside_it():
    inputs = Inputs(["good thing", "bad"], parents=["So what?", "Why"], targets=["bridge", "tunnel"])
    layout = Layout.for_inputs(inputs)
    weights = np.random.default_rng(1).normal(size=(layout.columns, 2)).astype(np.float32)
    whole = layout.matrix(inputs) @ weights
    for row in range(2):
        assert layout.rows(inputs.part([row])) @ weights == pytest.approx(whole[[row], :], abs=1e-5)


def test_a_model_knows_the_rows_that_it_learned_from(folder, examples):
    model = load_trained(folder)
    assert model.has_seen(examples.inputs).all()
    assert not model.has_seen(Inputs(["never said before", ""])).any()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "other"),
        ("labels", ["one"]),
        ("labels", ["a", "a", "b"]),
        ("cuts", [1.0]),
        ("cuts", [0.0, 1.0, 1.0]),
        ("inputs", []),
        (
            "inputs",
            [
                {
                    "reads": "text",
                    "words": [1, 900],
                    "letters": None,
                    "bits": 8,
                    "tag": "",
                    "scale": 1,
                    "by_target": False,
                }
            ],
        ),
        (
            "inputs",
            [
                {
                    "reads": "text",
                    "words": [1, 2],
                    "letters": None,
                    "bits": 60,
                    "tag": "",
                    "scale": 1,
                    "by_target": False,
                }
            ],
        ),
        ("inputs", 7),
    ],
)
def test_a_card_that_does_not_fit_its_weights_does_not_load(folder, name, value):
    stored = read_model(folder)
    write_model(folder, {**stored.card, name: value}, stored.arrays)
    with pytest.raises(DiscourseError, match=r"do not go together|no model of one's own"):
        load_trained(folder)
