"""Matrices that scikit-learn loads, with columns that do not say what is to be learnt."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_svmlight_file

from discourse.exchange.corpus import Choice
from discourse.exchange.svmlight.features import SURFACE, Columns, Vocabulary
from tests.exchange.exported import answer, export, made, stored, thread
from tests.exchange.made_run import TEXTS, label, post


def names(folder, name):
    return (folder / name).read_bytes().decode().split("\n")[:-1]


def loaded(folder, layer):
    """Return a layer's matrix as the card says to load it, with classes and rows by name."""
    features = names(folder, "features.txt")
    matrix, y, qid = load_svmlight_file(
        str(folder / layer / "data.svm"),
        n_features=len(features),
        zero_based=False,
        query_id=True,
        multilabel=layer != "reply",
    )
    classes = names(folder, f"{layer}/classes.txt")
    truth = [
        {classes[int(one)] for one in (labels if isinstance(labels, tuple) else (labels,))} for labels in y
    ]
    return matrix, truth, qid, names(folder, f"{layer}/rows.txt")


def cell(folder, layer, post_id, name):
    matrix, _, _, rows = loaded(folder, layer)
    return matrix[rows.index(post_id), names(folder, "features.txt").index(name)]


@pytest.fixture
def out(tmp_path):
    export("svmlight", made(tmp_path / "run", people=True), tmp_path / "out")
    return tmp_path / "out"


def test_answers_are_classes_by_name_people_before_machines(out):
    _, truth, _, rows = loaded(out, "reply")
    assert dict(zip(rows, truth, strict=True)) == {
        f"pier:{number}": {"reply/disagree"} for number in range(2, 9) if TEXTS[number - 1]
    }


def test_posts_without_a_marker_have_the_empty_tuple_and_keep_their_rows(out):
    matrix, truth, _, rows = loaded(out, "rhetoric")
    assert matrix.shape[0] == len(truth) == len(rows) == 8
    assert truth[rows.index("pier:7")] == set()
    assert truth[rows.index("pier:4")] == {"rhetoric/hedge"}


def test_a_column_counts_what_its_name_says(out):
    assert cell(out, "rhetoric", "pier:2", "surface:characters") == len(TEXTS[1])
    assert cell(out, "rhetoric", "pier:2", "surface:questions") == 1
    assert cell(out, "rhetoric", "pier:1", "surface:digits") == 2
    assert cell(out, "rhetoric", "pier:1", "surface:is_reply") == 0
    assert cell(out, "rhetoric", "pier:3", "surface:is_reply") == 1
    assert cell(out, "rhetoric", "pier:8", "surface:quoted_characters") == len("“quoted”")
    assert cell(out, "rhetoric", "pier:2", "word:perhaps") == 1
    assert cell(out, "rhetoric", "pier:7", "word:perhaps") == 0


def test_markers_are_columns_everywhere_but_where_they_are_to_be_learnt(out):
    markers = [n for n, name in enumerate(names(out, "features.txt")) if name.startswith("rhetoric:")]
    assert markers
    assert loaded(out, "rhetoric")[0][:, markers].nnz == 0
    assert cell(out, "reply", "pier:4", "rhetoric:hedge") == 1
    assert cell(out, "claim", "pier:4", "rhetoric:hedge") == 1


def test_no_column_of_answers_stances_or_claims_exists(out):
    assert {name.partition(":")[0] for name in names(out, "features.txt")} == {"surface", "rhetoric", "word"}


def test_threads_are_the_groups(tmp_path):
    posts = [row | {"thread_id": f"thread {row['position'] % 2}"} for row in thread({1: None, 2: None, 3: 1})]
    export("svmlight", stored(tmp_path / "run", posts), tmp_path / "out")
    _, _, qid, _ = loaded(tmp_path / "out", "rhetoric")
    assert qid.tolist() == [1, 2, 1]
    assert names(tmp_path / "out", "threads.txt") == ["thread%201", "thread%200"]


def test_two_stances_of_one_post_are_two_classes(tmp_path):
    text = "The mayor did well, the council did not."
    rows = [
        label(1, "The mayor did well", text, "stance", "favor", target="Mayor"),
        label(1, "the council did not", text, "stance", "against", target="The\ncouncil"),
    ]
    export("svmlight", stored(tmp_path / "run", [post(1, text), post(2, text)], rows), tmp_path / "out")
    _, truth, _, _ = loaded(tmp_path / "out", "stance")
    assert truth == [{"stance/favor → Mayor", "stance/against → The%0Acouncil"}]


def test_posts_that_nobody_looked_at_have_no_row(tmp_path):
    run = stored(tmp_path / "run", thread({1: None, 2: 1}), [answer(2, 1, "agree", "human:ann")])
    export("svmlight", run, tmp_path / "out", choice=Choice(makers=frozenset({"people"})))
    assert names(tmp_path / "out", "rhetoric/rows.txt") == []
    assert loaded(tmp_path / "out", "reply")[1] == [{"reply/agree"}]


def test_words_come_by_the_posts_that_have_them():
    vocabulary = Vocabulary()
    for words in (
        ["pier", "pier", "shut"],
        ["shut", "pier"],
        ["open", "shut"],
        ["a" * 41, "open"],
        ["a" * 41],
    ):
        vocabulary.add(words)
    assert vocabulary.commonest() == ["shut", "open", "pier"]
    assert vocabulary.commonest(1) == ["shut"]


def test_words_are_counted_in_bounded_memory():
    vocabulary = Vocabulary(held=100)
    for number in range(2_000):
        vocabulary.add(["pier", f"word{number}", f"word{number - 1}"])
        assert len(vocabulary._posts) <= 100
    assert vocabulary.commonest(1) == ["pier"]


@given(
    st.dictionaries(
        st.sampled_from([f"surface:{name}" for name in SURFACE] + ["word:x", "word:y"]), st.integers(0, 9)
    )
)
def test_cells_stand_in_the_order_of_their_columns_and_zeros_are_left_out(values):
    columns = Columns.of(["hedge"], ["x"])
    row = columns.row(values)
    assert [number for number, _ in row] == sorted({number for number, _ in row})
    kept = {columns.names[number - 1]: value for number, value in row}
    assert kept == {name: value for name, value in values.items() if value and name != "word:y"}


def test_the_same_run_gives_the_same_bytes(tmp_path):
    run = made(tmp_path / "run", people=True)
    for name in ("one", "two"):
        export("svmlight", run, tmp_path / name)
    for path in (path for path in (tmp_path / "one").rglob("*") if path.is_file()):
        assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()


def test_a_classifier_learns_from_it(out):
    from sklearn.linear_model import LogisticRegression

    matrix, truth, _, _ = loaded(out, "rhetoric")
    y = np.array(["rhetoric/hedge" in labels for labels in truth])
    assert LogisticRegression().fit(matrix, y).predict(matrix).shape == y.shape
