"""Labels of people in: whose they are, what they looked for, what is refused; nothing is overwritten."""

import csv
import json

import pytest

from discourse.errors import DiscourseError
from discourse.exchange.corpus import Choice, Corpus
from discourse.exchange.found import FoundLabel, FoundPost
from discourse.exchange.importing import import_labels
from discourse.labels.decisions import Decision, text_hash
from discourse.labels.journal import Journal, journal_path
from tests.exchange.made_run import RECORD, SHA, TEXTS, made_tables, store_run

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


def test_nothing_is_taken_for_looked_for_that_nobody_says(run, tmp_path):
    path = write(tmp_path / "l.csv", hedge(3), {"post_id": "pier:5", "layer": "reply", "label": "agree"})
    done = import_labels(path, source="csv", runs=[run], annotator="ann")
    assert read(run) == []
    assert (done.posts, done.read) == ({"human:ann": 2}, {"human:ann": 0})


def test_a_user_can_say_what_was_looked_for_in_every_post_of_the_file(run, tmp_path):
    path = tmp_path / "posts.jsonl"
    lines = [
        {"post_id": "pier:3", "annotations": [{**hedge(3), "annotator": "human:ann"}]},
        {"post_id": "pier:4", "annotations": []},
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    import_labels(path, source="jsonl", runs=[run], looked_for=["rhetoric", "reply"])
    assert sorted(read(run)) == sorted(
        (post, layer, None) for post in ("pier:3", "pier:4") for layer in ("rhetoric", "reply")
    )


def test_where_a_file_tells_who_worked_on_a_post_only_they_looked_there(run, tmp_path, monkeypatch):
    label = FoundLabel(layer="rhetoric", label="hedge", quote="perhaps", annotator="human:ann")
    posts = [
        FoundPost(where="1", post_id="pier:3", labels=(label,), seen_by="human:ann"),
        FoundPost(where="2", post_id="pier:4", seen_by="human:bo"),
    ]
    monkeypatch.setattr("discourse.exchange.formats.Format.reader", lambda _format: lambda _path: iter(posts))
    done = import_labels(tmp_path, source="csv", runs=[run], looked_for=["rhetoric"])
    assert read(run) == [(post, "rhetoric", None) for post in ("pier:3", "pier:4")]
    assert done.read == {"human:ann": 1, "human:bo": 1}


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
    with pytest.raises(DiscourseError, match=r"does not say which person made 1 of its labels.*--annotator"):
        import_labels(write(tmp_path / "l.csv", hedge(3)), source="csv", runs=[run])
    assert not journal_path(run).exists()


def test_a_machines_rows_beside_peoples_are_left_alone(run, tmp_path):
    rows = [hedge(3, annotator="human:ann"), hedge(4, annotator="hedges@4")]
    done = import_labels(write(tmp_path / "l.csv", *rows), source="csv", runs=[run])
    assert [row.post_id for row in people(run)] == ["pier:3"]
    assert done.of_machine == 1


def test_rows_of_nobody_beside_peoples_need_a_name(run, tmp_path):
    rows = [hedge(3, annotator="human:ann"), hedge(4)]
    with pytest.raises(DiscourseError, match="which person made 1 of its labels"):
        import_labels(write(tmp_path / "l.csv", *rows), source="csv", runs=[run])


def test_a_name_without_a_version_is_a_person(run, tmp_path):
    rows = [hedge(3, annotator="ann"), hedge(4, annotator="Bo K")]
    import_labels(write(tmp_path / "l.csv", *rows), source="csv", runs=[run])
    assert [row.annotator for row in people(run)] == ["human:ann", "human:Bo_K"]


def test_all_is_taken_or_nothing(run, tmp_path):
    rows = [hedge(3), hedge(4, post_id="pier:99"), hedge(5, label="x" * 99), hedge(6, start=4000, end=4001)]
    path = write(tmp_path / "l.csv", *rows)
    with pytest.raises(DiscourseError) as refused:
        import_labels(path, source="csv", runs=[run], annotator="ann")
    said = str(refused.value)
    assert "3 of its entries cannot be taken, and so none is" in said
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
        ({"layer": "stance", "label": "favor"}, "stance/favor has no target"),
        ({"layer": "claim", "label": "asserts", "target": "pier:c9"}, "has no claim of the run"),
        ({"layer": "reply", "label": "agree", "target": "nosuch"}, "a post that the run does not have"),
        ({"layer": "reply", "label": "agree", "post_id": "pier:1"}, "a post that answers nobody"),
        ({"layer": "quote", "label": "quote", "target": "nosuch"}, "a post that the run does not have"),
        ({"layer": "rhetoric", "label": "a\x1b[2J"}, "is no name of a label"),
        ({"layer": "rhetoric", "label": "hegde"}, "no marker 'hegde'.*is hedge meant"),
        ({"layer": "rhetoric", "label": "HEDGE"}, "no marker 'HEDGE'.*is hedge meant"),
    ],
)
def test_labels_that_mean_nothing_are_refused_by_name(run, tmp_path, row, said):
    path = write(tmp_path / "l.csv", {"post_id": "pier:3", **row})
    with pytest.raises(DiscourseError, match=said):
        import_labels(path, source="csv", runs=[run], annotator="ann")


def test_markers_of_ones_own_are_taken_where_the_user_says_so(run, tmp_path):
    path = write(tmp_path / "l.csv", hedge(3, label="nostalgia"))
    import_labels(path, source="csv", runs=[run], annotator="ann", allows_new=True)
    assert [row.label for row in people(run)] == ["nostalgia"]


def test_two_answers_by_one_person_to_one_post_are_refused(run, tmp_path):
    rows = [{"post_id": "pier:5", "layer": "reply", "label": label} for label in ("agree", "disagree")]
    with pytest.raises(DiscourseError, match="gives two answers to one post, agree and disagree"):
        import_labels(write(tmp_path / "l.csv", *rows), source="csv", runs=[run], annotator="ann")


def test_a_name_that_no_coder_may_have_is_refused_with_its_line(run, tmp_path):
    path = write(tmp_path / "l.csv", hedge(3, annotator="human:ann"), hedge(4, annotator="human:a/b"))
    with pytest.raises(DiscourseError, match=r"l\.csv.*a coder's name holds"):
        import_labels(path, source="csv", runs=[run])
    done = import_labels(path, source="csv", runs=[run], skip_refused=True)
    assert len(done.refused) == 1


def test_where_nothing_can_be_taken_nothing_is_skipped(run, tmp_path):
    path = write(tmp_path / "l.csv", hedge(3, post_id="gone"))
    with pytest.raises(DiscourseError, match="1 of its entries cannot be taken"):
        import_labels(path, source="csv", runs=[run], annotator="ann", skip_refused=True)
    assert not journal_path(run).exists()


def test_a_second_file_on_other_labels_withdraws_nothing(run, tmp_path):
    for number, label in enumerate(("hedge", "booster")):
        path = write(tmp_path / f"{number}.csv", hedge(3, label=label))
        assert import_labels(path, source="csv", runs=[run], annotator="ann").withdrawn == 0
    assert sorted(row.label for row in people(run)) == ["booster", "hedge"]


def test_what_was_left_out_as_refused_withdraws_nothing(run, tmp_path):
    options = {"source": "csv", "runs": [run], "annotator": "ann", "looked_for": ["rhetoric"]}
    import_labels(write(tmp_path / "1.csv", hedge(3), hedge(4)), **options)
    second = write(tmp_path / "2.csv", {**hedge(3), "start": 0, "end": 3, "quote": "xyz"}, hedge(4))
    done = import_labels(second, skip_refused=True, **options)
    assert (done.withdrawn, len(done.refused)) == (0, 1)
    assert [row.post_id for row in people(run)] == ["pier:3", "pier:4"]


def test_the_very_same_file_again_brings_nothing_back_that_was_taken_back_since(run, tmp_path):
    path = write(tmp_path / "l.csv", hedge(3))
    import_labels(path, source="csv", runs=[run], annotator="ann")
    (row,) = people(run)
    with Journal(journal_path(run)) as journal:
        value = {"layer": "rhetoric", "label": "hedge", "target": None, "start": row.start, "end": row.end}
        value |= {"annotator": "human:ann"}
        digest = text_hash(TEXTS[2])
        journal.append(
            "human:ann", [Decision(kind="reject", post_id="pier:3", text_hash=digest, value=value)]
        )
    done = import_labels(path, source="csv", runs=[run], annotator="ann")
    assert done.known == ["human:ann"]
    assert people(run) == []


def test_labels_given_in_review_stand_unless_they_are_to_be_replaced(run, tmp_path):
    with Journal(journal_path(run), [SHA]) as journal:
        value = {"layer": "rhetoric", "label": "hedge", "target": None, "start": 0, "end": 4}
        digest = text_hash(TEXTS[2])
        journal.append("human:ann", [Decision(kind="label", post_id="pier:3", text_hash=digest, value=value)])
    options = {"source": "csv", "runs": [run], "annotator": "ann", "looked_for": ["rhetoric"]}
    done = import_labels(write(tmp_path / "1.csv", hedge(3)), **options)
    assert (done.withdrawn, done.besides) == (0, 1)
    assert [row.start for row in people(run)] == [0, 23]
    done = import_labels(write(tmp_path / "2.csv", hedge(3, detail="x")), replace=True, **options)
    assert (done.withdrawn, done.besides) == (1, 0)
    assert [row.start for row in people(run)] == [23]


def test_what_a_later_file_of_the_same_person_no_longer_has_is_withdrawn(run, tmp_path):
    options = {"source": "csv", "runs": [run], "looked_for": ["rhetoric"]}
    first = write(tmp_path / "1.csv", hedge(3), hedge(4))
    import_labels(first, annotator="ann", **options)
    import_labels(first, annotator="bo", **options)
    second = write(tmp_path / "2.csv", hedge(4), hedge(3, label="booster"))
    done = import_labels(second, annotator="ann", **options)
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


def test_posts_are_found_by_their_text_where_the_run_knows_the_id_no_more(run, tmp_path):
    path = tmp_path / "posts.jsonl"
    line = {"post_id": "old:5", "text": TEXTS[4], "annotations": [{"layer": "reply", "label": "agree"}]}
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
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


def test_a_corrected_run_is_refused_since_its_journal_stands_elsewhere(tmp_path):
    settings = {**RECORD["settings"], "reviews": ["0123456789abcdef"]}
    run = store_run(tmp_path / "pier", record={**RECORD, "settings": settings})
    with pytest.raises(DiscourseError, match="Give the run that was reviewed"):
        import_labels(write(tmp_path / "l.csv", hedge(3)), source="csv", runs=[run], annotator="ann")
    assert not journal_path(run).exists()


def test_a_missing_file_is_named(run, tmp_path):
    with pytest.raises(DiscourseError, match="there is no such file"):
        import_labels(tmp_path / "none.csv", source="csv", runs=[run], annotator="ann")
