"""Labels for any table: one row out for each row in, in order, all columns kept."""

import csv
import gzip
import io
import json
import math
import os
import random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from discourse.analysis.rhetoric.markers import LEXICONS, languages_of_labels
from discourse.errors import DiscourseError
from discourse.learn.second_opinion import MAKER
from discourse.lexicon import load_lexicons, load_pages
from discourse.tabular.labelling import Named, choose_layers, label_table, label_texts
from discourse.tabular.opening import open_table

TEXT = Named("text")
BOTH = Named("text", "parent")
HOSTILE = """id,text,parent
1,"=cmd|' /C calc'!A0",He is wrong
2,"a ""quoted"" text, with comma","several
lines\r\nof it"
3,,
4,nul\x00inside \u202eturned \ufeff,p
5,"No, you are an idiot, and you know it.",The tax should rise
6,'@sum(1+1),-2
"""


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text(HOSTILE, encoding="utf-8", newline="")
    return path


def test_every_cell_of_every_row_is_kept_in_order(table, tmp_path):
    out = tmp_path / "out.csv"
    tally = label_table(table, out, BOTH)
    given, found = read(table), read(out)
    assert tally.rows == len(given) - 1 == len(found) - 1 == 6
    assert [row[:3] for row in found] == given
    assert found[0][3:] == list(tally.columns)


def test_scores_are_shares_and_the_label_is_clear_where_they_are(table, tmp_path):
    out = tmp_path / "out.csv"
    label_table(table, out, BOTH, layers=["reply"])
    with out.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            scores = {name: float(row[f"reply.{name}"]) for name in ("agree", "disagree", "neither")}
            assert math.isclose(sum(scores.values()), 1, abs_tol=3e-4)
            assert row["reply"] in scores
            assert (row["id"] != "5") or (row["reply"] == "disagree" and scores["disagree"] > 0.5)


def test_models_say_nothing_of_languages_that_they_do_not_know(tmp_path):
    german = "Das stimmt doch überhaupt nicht, die Brücke wurde schon im letzten Jahr gebaut und bezahlt."
    found = label_texts([german, "No."], parents=["Die Brücke fehlt.", "x"], targets=["Brücke", "x"])
    for name in ("reply", "reply.agree", "stance", "stance.none"):
        assert found[name][0] is None
        assert found[name][1] is not None
    path = tmp_path / "in.csv"
    path.write_text(f'text,parent\n"{german}",x\n', encoding="utf-8")
    tally = label_table(path, tmp_path / "out.csv", BOTH, layers=["reply"])
    assert read(tmp_path / "out.csv")[1][2:] == ["", "", "", ""]
    assert tally.notes == ("reply: 1 row left empty, in languages that it does not know",)
    label_table(path, tmp_path / "out.parquet", BOTH, layers=["reply"])
    assert pq.read_table(tmp_path / "out.parquet").column("reply").to_pylist() == [None]


def test_a_text_of_no_words_takes_no_side():
    found = label_texts([" ", "…"], parents=["It rains.", ""], layers=["reply"])
    assert found["reply"] == ["neither", "neither"]
    assert found["reply.neither"] == [1.0, 1.0]


def test_markers_have_the_score_of_their_passages():
    found = label_texts(["You are an idiot.", "The bridge is long."], layers=["rhetoric"])
    assert found["rhetoric.name_calling"][0] > 0
    assert found["rhetoric.name_calling"][1] == 0
    assert {"rhetoric.sarcasm", "rhetoric.hedge", "rhetoric.evidence"} <= set(found)
    assert all(score is None or 0 <= score <= 1 for column in found.values() for score in column)


def test_where_nobody_looks_for_a_marker_its_column_is_empty(tmp_path, monkeypatch):
    path, out = tmp_path / "in.csv", tmp_path / "out.csv"
    german = "Das stimmt doch überhaupt nicht, die Brücke wurde schon im letzten Jahr gebaut und bezahlt."
    path.write_text(f'text,id\nYou idiot!,1\n"{german}",2\n', encoding="utf-8")
    made = {"hedge": frozenset({"en"}), "name_calling": frozenset({"en", "de"})}
    monkeypatch.setattr("discourse.analysis.rhetoric.markers.languages_of_labels", lambda *_: made)
    tally = label_table(path, out, TEXT)
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["rhetoric.name_calling"] for row in rows] == ["0.95", "0.0"]
    assert [row["rhetoric.hedge"] for row in rows] == ["0.0", ""]
    assert [row["rhetoric.sarcasm"] for row in rows] == ["", ""]
    (note,) = tally.notes
    assert "rhetoric.sarcasm" in note
    assert "rhetoric.hedge" not in note


def test_every_label_that_is_said_to_be_made_is_one_of_the_codebook():
    lexicons, questions = load_lexicons(names=LEXICONS), load_lexicons(names=("questions",))
    made = languages_of_labels(lexicons, questions)
    assert {"hedge", "evidence", "rhetorical_question"} <= set(made) <= set(load_pages())


def test_words_that_a_text_quotes_are_not_its_own():
    parent = "Everybody here is an idiot and a liar, and you know that well."
    found = label_texts([f"> {parent}\n\nPlease be kind."], parents=[parent], layers=["rhetoric"])
    assert found["rhetoric.name_calling"] == [0.0]


def test_stance_is_towards_the_target_of_the_row():
    found = label_texts(
        [
            "Miller is a brilliant mayor and I support her.",
            "Miller is a disgrace.",
            "...",
            "x",
        ],
        targets=["Miller", "Miller", "Miller", ""],
        layers=["stance"],
    )
    assert found["stance"] == ["favor", "against", "none", "none"]
    for row in range(4):
        total = sum(found[f"stance.{name}"][row] for name in ("favor", "against", "none"))
        assert math.isclose(total, 1, abs_tol=3e-4)


def test_layers_are_those_that_the_columns_allow():
    assert choose_layers(None, TEXT, has_models=False) == ["rhetoric"]
    assert choose_layers(None, BOTH, has_models=False) == ["reply", "rhetoric"]
    assert choose_layers(None, Named("text", "p", "t"), has_models=False) == ["reply", "stance", "rhetoric"]
    assert choose_layers(None, BOTH, has_models=True) == []


def test_a_batch_says_of_a_row_what_it_alone_says():
    texts = ["No. You are wrong about that.", "", "Exactly, well said!", "You idiot?"]
    parents = ["The tax must rise.", "a", "It was 30 degrees.", ""]
    whole = label_texts(texts, parents=parents)
    for row in range(4):
        alone = label_texts(texts[row : row + 1], parents=parents[row : row + 1])
        assert {name: column[row : row + 1] for name, column in whole.items()} == alone


def test_many_batches_are_written_as_one_table(table, tmp_path, monkeypatch):
    monkeypatch.setattr("discourse.tabular.reading.BATCH", 2)
    seen = []
    label_table(table, tmp_path / "out.csv", TEXT, progress=lambda done, rows: seen.append((done, rows)))
    assert seen == [(2, 6), (4, 6), (6, 6)]
    assert [row[:3] for row in read(tmp_path / "out.csv")] == read(table)


def test_labelling_again_gives_the_same_bytes_and_replaces_the_result(table, tmp_path):
    out = tmp_path / "out.csv"
    label_table(table, out, BOTH)
    first = out.read_bytes()
    label_table(table, out, BOTH)
    assert out.read_bytes() == first


def test_jsonl_is_kept_as_it_was_written(tmp_path):
    path, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [
        '{"text": "so \\ud83d\\ude00 \\ud800", "n": 1e3, "deep": {"a": [1.50, null]}}',
        '{"text":null, "more": "x"}',
        "{}",
    ]
    path.write_text("\n\n".join(lines), encoding="utf-8")
    label_table(path, out, TEXT)
    written = out.read_text(encoding="utf-8").splitlines()
    assert len(written) == 3
    assert written[0].startswith(lines[0][:-1] + ", ")
    for old, new in zip(lines, written, strict=True):
        found = json.loads(new)
        assert json.loads(old).items() <= found.items()
        assert found["rhetoric.hedge"] == 0.0


def test_numbers_are_kept_as_they_were_written(tmp_path):
    path = tmp_path / "in.jsonl"
    written = [f"1{'0' * 5000}", "1.50", "1e3", "0.1234567890123456789", "NaN", "-Infinity", "1e999"]
    path.write_text("".join(f'{{"text": "a", "n": {number}}}\n' for number in written))
    label_table(path, tmp_path / "out.csv", TEXT)
    assert [row[1] for row in read(tmp_path / "out.csv")[1:]] == written
    label_table(path, tmp_path / "out.jsonl", TEXT)
    lines = (tmp_path / "out.jsonl").read_text().splitlines()
    assert [line.split('"n": ')[1].split(",")[0] for line in lines] == written


def test_parquet_keeps_its_types_and_what_its_owner_says_of_it(tmp_path):
    path, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    columns = {
        "n": pa.array([1, None], pa.int16()),
        "text": ["You idiot!", None],
        "l": [[1], []],
        "d": pa.array(["x", None]).dictionary_encode(),
        "s": [{"a": 1, "b": ["c"]}, None],
        "far": pa.array([2**62, None], pa.timestamp("us", "Europe/Berlin")),  # a year that Python has not
    }
    given = pa.table(columns)
    field = given.schema.field("text").with_metadata({"about": "what was said"})
    given = given.cast(given.schema.set(1, field).with_metadata({"owner": "the county"}))
    pq.write_table(given, path)
    label_table(path, out, TEXT)
    found = pq.read_table(out)
    assert found.schema.metadata == {b"owner": b"the county"}
    assert found.select(list(columns)).equals(pq.read_table(path), check_metadata=True)
    assert found.column("rhetoric.name_calling").to_pylist()[0] > 0
    label_table(path, tmp_path / "out.csv", TEXT)
    assert len(read(tmp_path / "out.csv")) == 3


@pytest.mark.parametrize("ending", ["tsv", "jsonl", "parquet"])
def test_a_table_can_change_its_kind(table, tmp_path, ending):
    out = tmp_path / f"out.{ending}"
    label_table(table, out, TEXT)
    again = open_table(out)
    given = read(table)
    assert again.names[:3] == given[0]
    for place in range(3):
        assert again.column(place) == [row[place] for row in given[1:]]


def test_packed_tables_and_older_encodings_are_read(tmp_path):
    path = tmp_path / "in.csv.gz"
    path.write_bytes(gzip.compress("text;wer\nschön ist es;Jürg\nfür wahr, größer;Zoë\n".encode("cp1252")))
    label_table(path, tmp_path / "out.csv", TEXT)
    assert [row[:2] for row in read(tmp_path / "out.csv")][1:] == [
        ["schön ist es", "Jürg"],
        ["für wahr, größer", "Zoë"],
    ]


def test_the_delimiter_is_the_one_that_gives_the_columns_asked_for(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text("a,b;text\n1,2;one, two, three\n3,4;five, six, seven\n")
    assert open_table(path, ["text"]).names == ["a,b", "text"]


def test_a_quotation_mark_that_is_never_closed_costs_no_row(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text('id,text\n1,one\n2,"two\n3,three\n4,four, and more\n5\n\n,\n')
    tally = label_table(path, tmp_path / "out.csv", TEXT)
    found = read(tmp_path / "out.csv")
    assert [row[0] for row in found[1:]] == ["1", "2", "3", "4", "5", ""]
    assert [row[1] for row in found[1:]][3] == "four, and more"
    assert all(len(row) == len(found[0]) for row in found)
    assert [note.split(" with")[0] for note in tally.notes[:2]] == ["1 row", "1 row"]
    assert tally.notes[2:4] == (
        "1 blank line between rows, which count as none",
        "unclosed quotation mark: 1 time",
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_table_of_one_column_has_a_row_for_each_line(tmp_path, end):
    path, out = tmp_path / "in.csv", tmp_path / "out.csv"
    lines = ["text", "one", "", '""', "two, and more", "", '"three', "", 'four"', ""]
    path.write_bytes(end.join([*lines, ""]).encode())
    label_table(path, out, TEXT)
    found = [row[0] for row in read(out)]
    assert found == ["text", "one", "", "", "two, and more", "", f"three{end}{end}four", ""]


def test_blank_lines_are_no_rows_of_several_columns(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text("\ntext,id\na,1\n\n\nb,2\n\n")
    tally = label_table(path, tmp_path / "out.csv", TEXT)
    assert [row[:2] for row in read(tmp_path / "out.csv")] == [["text", "id"], ["a", "1"], ["b", "2"]]
    assert tally.notes[0] == "2 blank lines between rows, which count as none"


def test_a_second_column_for_what_stands_behind_has_a_name_of_its_own(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text("text,_more,_more_2\na,1,2\nb,1,2,x,y\n")
    label_table(path, tmp_path / "out.jsonl", TEXT)
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [[row["_more"], row["_more_2"], row["_more_3"]] for row in rows] == [
        ["1", "2", ""],
        ["1", "2", "x,y"],
    ]


def test_cells_behind_the_last_column_are_kept_in_one_of_their_own(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text("text,id\na,1\nb,2,x,y\n")
    label_table(path, tmp_path / "out.csv", TEXT)
    assert [row[:3] for row in read(tmp_path / "out.csv")] == [
        ["text", "id", "_more"],
        ["a", "1", ""],
        ["b", "2", "x,y"],
    ]


def test_a_cell_of_many_megabytes_is_labelled_within_bounds(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text(f'text,id\n{"word " * 400_000},1\n"{"a" * 3_000_000}",2\nshort,3\n')
    label_table(path, tmp_path / "out.csv", TEXT, layers=["rhetoric"])
    csv.field_size_limit(1 << 26)
    assert [len(row[0]) for row in read(tmp_path / "out.csv")[1:]] == [2_000_000, 3_000_000, 5]


FAULTS = [
    ("in.csv", "", "it is empty"),
    ("in.csv", "text,id\n", "no rows below its names"),
    ("in.csv", "body,id\na,1\n", r"no column 'text'.*'body', 'id'.*--text-column one of these"),
    ("in.csv", "text,text\na,1\n", "2 columns named 'text'"),
    ("in.csv", "text,rhetoric.hedge\na,1\n", "a column 'rhetoric.hedge' already"),
    ("in.xlsx", "x", "does not say what kind of table"),
    ("in", "x", "does not say what kind of table"),
    ("in.jsonl", '{"text": "a"}\n[1]\n', r"in\.jsonl, line 2: it is no JSON object \(a list stands there\)"),
    (
        "in.jsonl",
        '{"text": "a"}\n{"text": a}',
        r"line 2: it is no JSON object \(Expecting value at character 10",
    ),
    ("in.jsonl", "[" * 100_000, "line 1: it is no JSON object"),
    ("in.parquet", "PAR1 no", "no whole Parquet file"),
    ("in.parquet", "", "no whole Parquet file"),
]


@pytest.mark.parametrize(("name", "content", "words"), FAULTS)
def test_a_table_that_will_not_do_is_named_and_nothing_is_written(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(DiscourseError, match=words):
        label_table(path, tmp_path / "out.csv", TEXT)
    assert [found.name for found in tmp_path.iterdir()] == [name]


def test_a_table_that_breaks_off_is_named_and_nothing_is_written(tmp_path):
    path = tmp_path / "in.csv.gz"
    rng = random.Random(0)
    rows = "".join(f"{rng.random()},{rng.random()}\n" for _ in range(5000))
    path.write_bytes(gzip.compress(f"text,id\n{rows}".encode())[:-20_000])
    with pytest.raises(DiscourseError, match="cannot be read to its end"):
        label_table(path, tmp_path / "out.csv", TEXT)
    assert [found.name for found in tmp_path.iterdir()] == ["in.csv.gz"]


def test_a_crash_leaves_nothing_half_written(table, tmp_path, monkeypatch):
    def broken(*_):
        raise RuntimeError

    monkeypatch.setattr("discourse.tabular.layers.RhetoricLayer.label", broken)
    with pytest.raises(RuntimeError):
        label_table(table, tmp_path / "out.csv", TEXT)
    assert [found.name for found in tmp_path.iterdir()] == ["in.csv"]


def test_a_users_file_is_never_replaced(table, tmp_path):
    (tmp_path / "mine.csv").write_text("my,own\n1,2\n")
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "link.csv").symlink_to(tmp_path / "elsewhere.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    faults = {
        "link.csv": "it is a link",
        "pipe.csv": "it is no file",
        "mine.csv": "no earlier result",
        "in.csv": "the table to be labelled",
        "folder.csv": "it is a folder",
    }
    for out, words in faults.items():
        with pytest.raises(DiscourseError, match=words):
            label_table(table, tmp_path / out, TEXT)
    assert (tmp_path / "mine.csv").read_text() == "my,own\n1,2\n"
    with pytest.raises(DiscourseError, match="it is no file"):
        open_table(tmp_path / "pipe.csv")


def test_names_of_half_characters_can_be_written_to_any_kind(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text('{"text": "\\ud800 a", "\\udc00": 1}\n')
    for ending in ("csv", "jsonl", "parquet"):
        assert label_table(path, tmp_path / f"out.{ending}", TEXT).rows == 1


@pytest.mark.parametrize(
    ("named", "layers", "words"),
    [
        (TEXT, ["reply"], r"reply needs the post.*--parent-column"),
        (TEXT, ["stance"], r"stance needs what.*--target-column"),
        (TEXT, ["mood"], r"no layer 'mood'.*reply, stance, rhetoric"),
        (TEXT, [], "nothing is asked for"),
    ],
)
def test_layers_that_cannot_be_had_are_named(table, tmp_path, named, layers, words):
    with pytest.raises(DiscourseError, match=words):
        label_table(table, tmp_path / "out.csv", named, layers=layers)
    assert io.StringIO(HOSTILE, newline="").read() == HOSTILE


def test_with_the_reader_each_row_says_who_made_its_scores():
    texts = ["No, it was the tide.", "", "Genau, so war das gestern auch bei uns im Hafen."]
    parents = ["The crew was late."] * 3
    fast = label_texts(texts, parents=parents, targets=["the crew"] * 3)
    best = label_texts(texts, parents=parents, targets=["the crew"] * 3, labels="best")
    added = ["reply.made_by", "stance.made_by", "rhetoric.made_by"]
    assert sorted(best) == sorted([*fast, *added])
    assert best["reply.made_by"] == [f"fast {MAKER}", "fast", None]
    assert best["reply"][1:] == fast["reply"][1:]
    scores = [best[f"reply.{name}"][0] for name in ("agree", "disagree", "neither")]
    assert sum(scores) == pytest.approx(1, abs=2e-4)
    assert scores != [fast[f"reply.{name}"][0] for name in ("agree", "disagree", "neither")]


def test_the_reader_reads_each_row_by_itself():
    texts = ["No, it was the tide.", "So you would rather drown? " * 40, "Nice one."]
    parents = ["The crew was late.", "The pier is closed.", ""]
    whole = label_texts(texts, parents=parents, labels="best")
    for place in range(len(texts)):
        alone = label_texts(texts[place : place + 1], parents=parents[place : place + 1], labels="best")
        assert {name: column[0] for name, column in alone.items()} == {
            name: column[place] for name, column in whole.items()
        }
