"""Labels of people in: whose they are, what they looked for, what is refused; nothing is overwritten."""

import csv
import json

import pytest

from discourse.errors import DiscourseError
from discourse.exchange.corpus import Choice, Corpus
from discourse.exchange.found import FoundLabel, FoundPost
from discourse.exchange.importing import import_labels
from discourse.labels.journal import Journal, journal_path
from tests.exchange.made_run import TEXTS, made_tables, store_run

PEOPLE = Choice(makers=frozenset({"people"}))


@pytest.fixture
def run(tmp_path):
    return store_run(tmp_path / "pier")


def write(path, *rows):
    """Write the simplest table that a person may make."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)
    return path


def hedge(number, quote="perhaps", **more):
    start = TEXTS[number - 1].casefold().index(quote)
    place = {"start": start, "end": start + len(quote)}
    return {"post_id": f"pier:{number}", "layer": "rhetoric", "label": "hedge", **place, **more}


def people(run):
    with Corpus([run], PEOPLE) as corpus:
        return [row for one in corpus.posts() for row in one.annotations]


def read(run):
    with Corpus([run]) as corpus:
        return [(row["post_id"], row["layer"], row["label"]) for one in corpus.posts() for row in one.coded]


def test_a_table_of_labels_becomes_a_persons_rows_and_the_tables_of_the_run_stay(run, tmp_path):
    before = {path: path.read_bytes() for path in run.rglob("*") if path.is_file()}
    done = import_labels(
        write(tmp_path / "l.csv", hedge(3), hedge(4)), source="csv", runs=[run], annotator="Ann B"
    )
    assert [(row.post_id, row.annotator, row.quote) for row in people(run)] == [
        ("pier:3", "human:Ann_B", "perhaps"),
        ("pier:4", "human:Ann_B", "perhaps"),
    ]
    assert (done.labels, done.journals) == ({"human:Ann_B": 2}, [journal_path(run)])
    assert {path: path.read_bytes() for path in run.rglob("*") if path.is_file()} == before


def test_who_labels_is_taken_to_have_looked_for_that_label_in_every_post_of_the_file(run, tmp_path):
    path = write(tmp_path / "l.csv", hedge(3), {"post_id": "pier:5", "layer": "reply", "label": "agree"})
    import_labels(path, source="csv", runs=[run], annotator="ann")
    assert read(run) == [
        (post, layer, label)
        for post in ("pier:3", "pier:5")
        for layer, label in (("rhetoric", "hedge"), ("reply", "agree"))
    ]


def test_a_post_that_a_person_saw_and_left_without_labels_counts_as_read(run, tmp_path, monkeypatch):
    label = FoundLabel(layer="rhetoric", label="hedge", quote="perhaps", annotator="human:ann")
    posts = [
        FoundPost(where="1", post_id="pier:3", labels=(label,), seen_by="human:ann"),
        FoundPost(where="2", post_id="pier:4", seen_by="human:ann"),
    ]
    monkeypatch.setattr("discourse.exchange.formats.Format.reader", lambda _format: lambda _path: iter(posts))
    import_labels(tmp_path, source="csv", runs=[run])
    assert read(run) == [(post, "rhetoric", "hedge") for post in ("pier:3", "pier:4")]


def test_an_answer_without_a_target_is_to_the_post_answered(run, tmp_path):
    path = write(tmp_path / "l.csv", {"post_id": "pier:5", "layer": "reply", "label": "agree"})
    import_labels(path, source="csv", runs=[run], annotator="ann")
    (row,) = people(run)
    assert (row.target, row.start, row.end) == ("pier:1", 0, len(TEXTS[4]))


def test_people_of_the_file_can_be_named_otherwise_here(run, tmp_path):
    rows = [hedge(3, annotator="human:user-1"), hedge(4, annotator="human:user-2")]
    path = write(tmp_path / "l.csv", *rows)
    import_labels(path, source="csv", runs=[run], names={"user-1": "ann"})
    assert [row.annotator for row in people(run)] == ["human:ann", "human:user-2"]


def test_labels_that_nobody_made_need_a_name(run, tmp_path):
    with pytest.raises(DiscourseError, match=r"does not say who made its 1 labels.*--annotator"):
        import_labels(write(tmp_path / "l.csv", hedge(3)), source="csv", runs=[run])
    assert not journal_path(run).exists()


def test_a_machines_rows_beside_peoples_are_left_alone(run, tmp_path):
    rows = [hedge(3, annotator="human:ann"), hedge(4, annotator="hedges@4")]
    done = import_labels(write(tmp_path / "l.csv", *rows), source="csv", runs=[run])
    assert [row.post_id for row in people(run)] == ["pier:3"]
    assert done.of_machine == 1


def test_all_is_taken_or_nothing(run, tmp_path):
    rows = [hedge(3), hedge(4, post_id="pier:99"), hedge(5, label="x" * 99), hedge(6, start=4000, end=4001)]
    path = write(tmp_path / "l.csv", *rows)
    with pytest.raises(DiscourseError) as refused:
        import_labels(path, source="csv", runs=[run], annotator="ann")
    said = str(refused.value)
    assert "3 of its entries cannot be taken, so none was" in said
    assert "post 'pier:99': the run has no such post" in said
    assert "rhetoric/hedge cannot be placed at 4000 to 4001" in said
    assert not journal_path(run).exists()
    done = import_labels(path, source="csv", runs=[run], annotator="ann", skip_refused=True)
    assert [row.post_id for row in people(run)] == ["pier:3"]
    assert len(done.refused) == 3


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"layer": "mood", "label": "sad"}, "there is no layer 'mood'"),
        ({"layer": "reply", "label": "maybe"}, "'maybe' is no label of the layer reply"),
        ({"layer": "stance", "label": "pro", "target": "x"}, "'pro' is no label of the layer stance"),
        ({"layer": "rhetoric", "label": "a\x1b[2J"}, "is no name of a label"),
    ],
)
def test_labels_that_mean_nothing_are_refused_by_name(run, tmp_path, row, said):
    path = write(tmp_path / "l.csv", {"post_id": "pier:3", **row})
    with pytest.raises(DiscourseError, match=said):
        import_labels(path, source="csv", runs=[run], annotator="ann")


def test_what_a_later_file_of_the_same_person_no_longer_has_is_withdrawn(run, tmp_path):
    first = write(tmp_path / "1.csv", hedge(3), hedge(4))
    import_labels(first, source="csv", runs=[run], annotator="ann")
    import_labels(first, source="csv", runs=[run], annotator="bo")
    second = write(tmp_path / "2.csv", hedge(4), hedge(3, label="booster"))
    done = import_labels(second, source="csv", runs=[run], annotator="ann")
    assert done.withdrawn == 1
    assert sorted((row.annotator, row.post_id, row.label) for row in people(run)) == [
        ("human:ann", "pier:3", "booster"),
        ("human:ann", "pier:4", "hedge"),
        ("human:bo", "pier:3", "hedge"),
        ("human:bo", "pier:4", "hedge"),
    ]
    with Journal(journal_path(run)) as journal:
        assert sum(one.decision.kind == "reject" for one in journal.noted()) == 1


def test_posts_are_found_by_their_text_where_the_file_has_no_id(run, tmp_path):
    path = tmp_path / "posts.jsonl"
    label = {"layer": "reply", "label": "agree"}
    path.write_text(json.dumps({"text": TEXTS[4], "annotations": [label]}) + "\n", encoding="utf-8")
    import_labels(path, source="jsonl", runs=[run], annotator="ann")
    assert [row.post_id for row in people(run)] == ["pier:5"]


def test_a_run_whose_text_has_changed_is_refused(run, tmp_path):
    path = tmp_path / "posts.jsonl"
    line = {
        "post_id": "pier:5",
        "text": "Something else.",
        "annotations": [{"layer": "reply", "label": "agree"}],
    }
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    with pytest.raises(DiscourseError, match="its text is another than the run's"):
        import_labels(path, source="jsonl", runs=[run], annotator="ann")


def test_labels_go_to_the_journals_of_their_runs(tmp_path):
    tables = made_tables()
    other = {name: tables[name].copy() for name in ("posts", "sources")}
    other["posts"]["post_id"] = other["posts"]["post_id"].str.replace("pier", "quay")
    other["posts"]["reply_to"] = None
    other["posts"] = other["posts"].astype(tables["posts"].dtypes.to_dict())
    bare = {name: tables[name].head(0) for name in ("annotations", "claims", "targets")}
    runs = [store_run(tmp_path / "pier"), store_run(tmp_path / "quay", tables.replace(**other, **bare))]
    path = write(tmp_path / "l.csv", hedge(3), hedge(3, post_id="quay:3"))
    done = import_labels(path, source="csv", runs=runs, annotator="ann")
    assert done.journals == [journal_path(run) for run in runs]
    assert [[row.post_id for row in people(run)] for run in runs] == [["pier:3"], ["quay:3"]]


@pytest.mark.parametrize("content", ["", "\n\n", "post_id,label\n", "a,b\n1,2\n", "\x00\x01\x02"])
def test_a_file_without_labels_is_one_clear_line(run, tmp_path, content):
    path = tmp_path / "l.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DiscourseError, match=r"l\.csv"):
        import_labels(path, source="csv", runs=[run], annotator="ann")


def test_a_missing_file_is_named(run, tmp_path):
    with pytest.raises(DiscourseError, match="there is no such file"):
        import_labels(tmp_path / "none.csv", source="csv", runs=[run], annotator="ann")
