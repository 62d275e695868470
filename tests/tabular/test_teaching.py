"""Train on a labelled table, judge by another, label with what was trained."""

import csv
import json

import pytest

from discourse.errors import DiscourseError
from discourse.learn.training import Settings
from discourse.tabular.labelled import LabelColumns, read_labelled
from discourse.tabular.labelling import Named, label_table
from discourse.tabular.shipped import shipped_figures
from discourse.tabular.teaching import About, evaluate_model, train_model
from tests.learn.made_labels import made_rows, write

FILES = {"card.json", "weights.npz", "evaluation.json", "evaluation.html"}
COLUMNS = LabelColumns(text="text", label="view", thread="thread", author="author")
SETTINGS = Settings(folds=4, seed=2)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("teaching")
    write(home / "labels.csv", made_rows())
    write(home / "others.csv", made_rows(60, seed=9))
    about = About("CC0-1.0", "2026-11-22")
    train_model("view", home / "labels.csv", COLUMNS, home / "model", settings=SETTINGS, about=about)
    return home


def test_a_folder_holds_model_card_and_figures(home):
    assert {path.name for path in (home / "model").iterdir()} == FILES
    card = json.loads((home / "model" / "card.json").read_text(encoding="utf-8"))
    figures = json.loads((home / "model" / "evaluation.json").read_text(encoding="utf-8"))
    assert (card["task"], card["date"], card["data"][0]["licence"]) == ("view", "2026-11-22", "CC0-1.0")
    assert card["labels"] == ["against", "for", "unsure"]
    assert card["split"] == {"by": "thread", "groups": 24, "folds": 4, "seed": 2}
    assert (
        card["figures"]["macro_f1"] == figures["figures"]["macro_f1"] > card["figures"]["majority_macro_f1"]
    )
    assert card["limits"]
    kinds = {"per_label", "confusion", "calibration", "learning_curve", "slices", "features", "baselines"}
    assert kinds <= set(figures)
    assert {row["kind"] for row in figures["slices"]} >= {"length", "thread", "author"}


def test_the_same_table_and_seed_give_the_same_bytes(home, tmp_path):
    about = About("CC0-1.0", "2026-11-22")
    train_model("view", home / "labels.csv", COLUMNS, tmp_path / "again", settings=SETTINGS, about=about)
    for name in FILES:
        assert (tmp_path / "again" / name).read_bytes() == (home / "model" / name).read_bytes(), name


def test_the_page_says_what_the_figures_say_and_asks_nothing_of_the_network(home):
    page = (home / "model" / "evaluation.html").read_text(encoding="utf-8")
    figures = json.loads((home / "model" / "evaluation.json").read_text(encoding="utf-8"))
    assert f"{figures['figures']['macro_f1']:.2f}" in page
    for words in ("Label by label", "Would more labels help?", "What speaks for a label", "word lists"):
        assert words in page
    assert "<script" not in page
    assert "http://" not in page.replace("http://www.w3.org/", "")


def test_new_rows_are_judged_as_well_as_held_out_ones(home, tmp_path):
    report = evaluate_model(home / "model", home / "others.csv", COLUMNS, tmp_path / "figures")
    held_out = json.loads((home / "model" / "evaluation.json").read_text(encoding="utf-8"))["figures"]
    assert report.figures["rows"] == 60
    assert abs(report.figures["figures"]["accuracy"] - held_out["accuracy"]) < 0.2
    assert report.figures["figures"]["macro_f1"] > report.figures["baselines"]["majority"]["macro_f1"]
    assert {path.name for path in (tmp_path / "figures").iterdir()} == {"evaluation.json", "evaluation.html"}


def test_rows_that_the_model_learned_from_do_not_flatter_it(home, tmp_path):
    rows = made_rows()[:40] + made_rows(60, seed=9)
    both = write(tmp_path / "both.csv", rows)
    report = evaluate_model(home / "model", both, COLUMNS)
    assert report.figures["rows"] == 60
    assert any("40 rows that the model learned from are left out" in note for note in report.notes)
    same = evaluate_model(home / "model", home / "labels.csv", COLUMNS)
    assert any("too good to be true" in note for note in same.notes)


def test_a_column_that_a_label_would_be_written_to_is_named(home, tmp_path):
    with pytest.raises(DiscourseError, match="a column 'view' already"):
        label_table(home / "others.csv", tmp_path / "out.csv", Named("text"), models=[home / "model"])


@pytest.fixture
def unlabelled(tmp_path):
    rows = [{"text": row["text"]} for row in made_rows(60, seed=9)]
    return write(tmp_path / "plain.csv", rows)


def test_labels_are_right_more_often_than_not(home, unlabelled, tmp_path):
    label_table(unlabelled, tmp_path / "out.csv", Named("text"), models=[home / "model"])
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["text", "view.against", "view.for", "view.unsure", "view"]
    shares = [[float(row[f"view.{name}"]) for name in ("against", "for", "unsure")] for row in rows]
    assert all(abs(sum(row) - 1) < 3e-4 for row in shares)
    found = [row["view"] for row in rows]
    wanted = [row["view"] for row in made_rows(60, seed=9)]
    assert sum(a == b for a, b in zip(found, wanted, strict=True)) > 40


def test_several_labels_a_row_with_parents_and_targets(home, unlabelled, tmp_path):
    columns = LabelColumns(text="text", label="topics", parent="parent", target="target", author="author")
    report = train_model(
        "topics", home / "labels.csv", columns, tmp_path / "topics", settings=Settings(folds=3), is_multi=True
    )
    assert report.figures["labels"] == ["ferry", "winter"]
    assert not report.figures["single_choice"]
    assert report.figures["grouped_by"] == "author"
    with pytest.raises(DiscourseError, match="trained with a parent column"):
        label_table(unlabelled, tmp_path / "out.csv", Named("text"), models=[tmp_path / "topics"])
    evaluated = evaluate_model(tmp_path / "topics", home / "others.csv", columns)
    assert evaluated.figures["figures"]["macro_f1"] > 0.5


def test_labels_between_signs_make_a_task_of_several_labels(home):
    found = read_labelled(home / "labels.csv", LabelColumns(text="text", label="topics"))
    assert not found.examples.is_choice
    assert len(found.examples) == 120
    single = read_labelled(home / "labels.csv", LabelColumns(text="text", label="topics"), is_multi=False)
    assert "ferry;winter" in single.examples.labels


def test_our_own_model_stands_beside_labels_of_the_same_question(tmp_path):
    said = {"AGREE": "Exactly, I agree with you about the", "disagree": "No, that is wrong about the"}
    rows = [
        {"text": f"{said[label]} {row['text']}", "label": label, "parent": row["parent"]}
        for row, label in zip(made_rows(60), ["AGREE", "disagree"] * 30, strict=True)
    ]
    path = write(tmp_path / "labels.csv", rows)
    columns = LabelColumns(text="text", label="label", parent="parent")
    report = train_model("reply", path, columns, tmp_path / "m", settings=Settings(folds=2))
    assert report.figures["baselines"]["shipped"]["accuracy"] > 0.9
    assert "the model that comes with this program" in (tmp_path / "m" / "evaluation.html").read_text("utf-8")
    assert (
        shipped_figures("reply", read_labelled(path, LabelColumns(text="text", label="label")).examples, 0)
        is None
    )
    assert shipped_figures("mood", read_labelled(path, columns).examples, 0) is None


def test_labels_may_be_lists(tmp_path):
    path = tmp_path / "labels.jsonl"
    lines = [json.dumps({"text": "a", "tags": tags}) for tags in (["glad", "sad"], [], ["sad"], None)]
    path.write_text("\n".join(lines), encoding="utf-8")
    found = read_labelled(path, LabelColumns(text="text", label="tags"))
    assert found.examples.labels == ("glad", "sad")
    assert found.examples.truth.tolist() == [[True, True], [False, False], [False, True], [False, False]]


def test_rows_without_a_label_are_left_out_and_said(tmp_path):
    rows = made_rows(40)
    for row in rows[:7]:
        row["view"] = "  "
    found = read_labelled(write(tmp_path / "labels.csv", rows), LabelColumns(text="text", label="view"))
    assert len(found.examples) == 33
    assert "7 rows without a label are left out" in found.notes


def test_a_model_that_learns_nothing_says_so(tmp_path):
    rows = [{"text": row["text"], "coin": "ht"[n * 7 // 3 % 2]} for n, row in enumerate(made_rows(60))]
    path = write(tmp_path / "labels.csv", rows)
    columns = LabelColumns(text="text", label="coin")
    train_model("coin", path, columns, tmp_path / "coin", settings=Settings(folds=3))
    card = json.loads((tmp_path / "coin" / "card.json").read_text(encoding="utf-8"))
    low, high = card["figures"]["accuracy_interval"]
    assert low < 0.6
    assert any("split one by one" in words for words in card["limits"])
    assert any("rest on few rows" in words for words in card["limits"]) == (
        card["figures"]["macro_f1_interval"][1] - card["figures"]["macro_f1_interval"][0] > 0.1
    )
    assert high >= low


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (LabelColumns(text="body", label="view"), r"no column 'body'.*'text', 'view'"),
        (LabelColumns(text="text", label="mood"), r"no column 'mood'.*--label-column"),
        (LabelColumns(text="text", label="view", thread="t"), r"no column 't'.*--thread-column"),
        (LabelColumns(text="text", label="text"), "it cannot be checked"),
        (LabelColumns(text="text", label="view", thread="target"), r"2 threads or authors.*--folds 2"),
    ],
)
def test_a_table_that_will_not_do_is_named_and_nothing_is_written(home, tmp_path, columns, words):
    with pytest.raises(DiscourseError, match=words):
        train_model("view", home / "labels.csv", columns, tmp_path / "model", settings=SETTINGS)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_label_column_is_named(tmp_path):
    path = write(tmp_path / "labels.csv", [{"text": "a", "view": ""}] * 30)
    with pytest.raises(DiscourseError, match="column 'view' is empty"):
        read_labelled(path, LabelColumns(text="text", label="view"))


def test_labels_that_the_model_does_not_know_are_named(home, tmp_path):
    rows = [{**row, "view": "other"} for row in made_rows(30)]
    path = write(tmp_path / "labels.csv", rows)
    with pytest.raises(DiscourseError, match="none of the labels that the model knows: against, for, unsure"):
        evaluate_model(home / "model", path, COLUMNS)


def test_a_folder_with_other_files_is_left_alone(home, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    with pytest.raises(DiscourseError, match=r"notes\.txt.*which no earlier run of this command wrote"):
        train_model("view", home / "labels.csv", COLUMNS, tmp_path / "mine", settings=SETTINGS)
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("task", ["", " ", "a\nb", "x" * 61])
def test_a_task_needs_a_name(home, tmp_path, task):
    with pytest.raises(DiscourseError, match="no name for a task"):
        train_model(task, home / "labels.csv", COLUMNS, tmp_path / "model", settings=SETTINGS)


def test_hostile_labels_stay_text_on_the_page(tmp_path):
    rows = [
        {"text": row["text"], "view": "<script>alert(1)</script>" if row["view"] == "for" else "b"}
        for row in made_rows(60)
    ]
    path = write(tmp_path / "labels.csv", rows)
    columns = LabelColumns(text="text", label="view")
    train_model("<b>view", path, columns, tmp_path / "m", settings=Settings(folds=2))
    page = (tmp_path / "m" / "evaluation.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "<b>view" not in page
