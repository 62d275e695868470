"""Train on a labelled table, judge by another, label with what was trained."""

import csv
import json
from hashlib import sha256

import pytest

from discourse.errors import DiscourseError
from discourse.learn.examples import join_labels, split_labels
from discourse.learn.inputs import Inputs
from discourse.learn.trained import load_trained
from discourse.learn.training import Settings
from discourse.tabular.brief import lines_of
from discourse.tabular.cards import About
from discourse.tabular.labelled import LabelColumns, read_labelled
from discourse.tabular.labelling import Named, label_table, label_texts
from discourse.tabular.opening import open_table
from discourse.tabular.shipped import shipped_figures
from discourse.tabular.teaching import evaluate_model, train_model
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
    assert any("left out: 40 rows that the model learned from" in note for note in report.notes)
    same = evaluate_model(home / "model", home / "labels.csv", COLUMNS)
    assert any("too good to be true" in note for note in same.notes)


def test_the_page_of_an_evaluation_tells_of_the_table_and_keeps_the_training_apart(home, tmp_path):
    report = evaluate_model(home / "model", home / "others.csv", COLUMNS, tmp_path / "figures")
    page = (tmp_path / "figures" / "evaluation.html").read_text(encoding="utf-8")
    figures = json.loads((tmp_path / "figures" / "evaluation.json").read_text(encoding="utf-8"))
    assert figures["evaluated"]["name"] == "others.csv"
    assert figures["evaluated"]["sha256"] == sha256((home / "others.csv").read_bytes()).hexdigest()
    above, _, below = page.partition("How the model was made")
    assert "on <bdi>others.csv</bdi>?" in above
    assert "labels.csv" not in above
    assert "Learned from 120 rows" not in above
    assert "labels.csv" in below
    assert "Learned from 120 rows" in below
    assert "always “for”, most common in training" in page
    assert "the word lists of this program alone" in page
    assert set(report.figures["baselines"]) == {"majority", "lexicons"}


def test_baselines_of_an_evaluation_know_the_training_rows_alone(home, tmp_path):
    rows = [row for row in made_rows(90, seed=9) if row["view"] != "for"]
    report = evaluate_model(home / "model", write(tmp_path / "rest.csv", rows), COLUMNS)
    majority = report.figures["baselines"]["majority"]
    assert majority["labels"] == ["for"]
    assert majority["accuracy"] == 0.0
    assert any("No row has the label 'for'" in words for words in report.figures["limits"])


@pytest.mark.parametrize("number", [1, 3])
def test_a_few_rows_without_a_mistake_do_not_look_perfect(home, tmp_path, number):
    model = load_trained(home / "model")
    rows = [{"text": row["text"], "view": ""} for row in made_rows(number, seed=9)]
    shares = model.shares(Inputs([row["text"] for row in rows]))
    for row, given in zip(rows, model.given(shares), strict=True):
        row["view"] = model.labels[int(given.argmax())]
    columns = LabelColumns(text="text", label="view")
    report = evaluate_model(home / "model", write(tmp_path / "few.csv", rows), columns, tmp_path / "out")
    main = report.figures["figures"]
    assert main["accuracy"] == 1.0
    assert main["macro_f1_interval"] is None
    assert main["accuracy_interval"] is None if number == 1 else main["accuracy_interval"][0] < 0.6
    assert any("too few to judge the model by" in words for words in report.notes)
    page = (tmp_path / "out" / "evaluation.html").read_text(encoding="utf-8")
    assert "cannot be told" in page
    assert "Of so few rows it cannot be said." in page
    lines = dict(lines_of(report.figures))
    assert "too few rows to judge by" in lines["macro-F1"]
    assert "calibration" not in lines


def test_rows_of_one_label_say_nothing_of_the_others(home, tmp_path):
    rows = [row for row in made_rows(90, seed=9) if row["view"] == "for"]
    report = evaluate_model(home / "model", write(tmp_path / "one.csv", rows), COLUMNS)
    assert any("always giving it would look perfect" in words for words in report.figures["limits"])
    assert report.figures["per_label"]["against"]["recall"] is None
    assert "recall –" in dict(lines_of(report.figures))["against"]


def test_labels_of_any_signs_come_back_whole(tmp_path):
    kinds = {"for": 'yes; "really", said he', "against": "no\nnever, |ever", "unsure": '"so"'}
    rows = [{"text": row["text"], "view": kinds[row["view"]]} for row in made_rows(90)]
    path = write(tmp_path / "labels.csv", rows)
    columns = LabelColumns(text="text", label="view")
    report = train_model("view", path, columns, tmp_path / "m", settings=Settings(folds=2))
    assert report.figures["labels"] == sorted(kinds.values())
    assert report.figures["single_choice"]
    assert any("--multi splits them" in note for note in report.notes)
    plain = write(tmp_path / "plain.csv", [{"text": row["text"]} for row in rows])
    for ending in ("csv", "tsv", "jsonl", "parquet"):
        out = tmp_path / f"out.{ending}"
        for _ in range(2):  # the second replaces the first
            label_table(plain, out, Named("text"), models=[tmp_path / "m"])
        table = open_table(out)
        assert table.names[1:] == [*(f"view.{label}" for label in sorted(kinds.values())), "view"]
        assert set(table.column(4)) <= set(kinds.values())


def test_several_labels_with_signs_in_them_are_told_apart(tmp_path):
    tags = [["a;b"], ["a;b", 'c"|d'], ["e"], []] * 10
    path = tmp_path / "labels.jsonl"
    texts = ["rain rain", "snow and sun", "fog", "wind"] * 10
    lines = [
        json.dumps({"text": f"{text} {n}", "tags": tag})
        for n, (text, tag) in enumerate(zip(texts, tags, strict=True))
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    columns = LabelColumns(text="text", label="tags")
    train_model("tags", path, columns, tmp_path / "m", settings=Settings(folds=2))
    found = label_texts(texts[:4], models=[load_trained(tmp_path / "m")])
    given = [split_labels(cell) for cell in found["tags"]]
    assert {label for labels in given for label in labels} <= {"a;b", 'c"|d', "e"}
    report = evaluate_model(tmp_path / "m", path, columns)
    assert report.figures["labels"] == ["a;b", 'c"|d', "e"]


@pytest.mark.parametrize("labels", [["a"], ["a;b", "c"], ['"', ";", "a|b"], ['""x;"', "y"], []])
def test_labels_in_one_cell_are_those_that_were_put_there(labels):
    assert split_labels(join_labels(labels)) == labels


@pytest.mark.parametrize("day", ["22.11.2026", "2026-13-01", "20261122", "2026-W47-7", "", "2026-11-22T10"])
def test_a_date_is_one_that_a_calendar_has(home, tmp_path, day):
    with pytest.raises(DiscourseError, match=r"--date: .* is no date\. Write it as 2026-11-22"):
        train_model(
            "view",
            home / "labels.csv",
            COLUMNS,
            tmp_path / "model",
            settings=SETTINGS,
            about=About(date=day),
        )
    assert list(tmp_path.iterdir()) == []


def test_a_model_named_as_a_layer_stands_in_its_place(tmp_path):
    rows = [
        {"text": row["text"], "parent": row["parent"], "reply": {"for": "agree"}.get(row["view"], "no")}
        for row in made_rows(60)
    ]
    path = write(tmp_path / "labels.csv", rows)
    columns = LabelColumns(text="text", label="reply")
    report = train_model("reply", path, columns, tmp_path / "m", settings=Settings(folds=2))
    assert any("not for both at once" in note for note in report.notes)
    found = label_texts(["well built"], models=[load_trained(tmp_path / "m")])
    assert list(found) == ["reply.agree", "reply.no", "reply"]
    with pytest.raises(DiscourseError, match=r"the layer 'reply' and a model 'reply' would both write"):
        label_texts(["a"], parents=["b"], layers=["reply"], models=[load_trained(tmp_path / "m")])


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
    assert "left out: 7 rows without a label" in found.notes


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
