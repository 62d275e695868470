"""The database for Datasette: every table and label exact, text that is found, and words for all of it."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import DiscourseError
from discourse.exchange.corpus import Choice, Corpus
from discourse.exchange.formats import ExportOptions
from discourse.exchange.sqlite import writing
from discourse.exchange.sqlite.described import COLUMNS, TABLES
from discourse.labels.decisions import Decision, text_hash
from discourse.labels.journal import Journal, journal_path
from discourse.tables import CONTRACT
from tests.exchange.exported import answer, export, made, stored, thread
from tests.exchange.made_run import SHA, TEXTS, made_tables, post


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("sqlite")
    made(home / "pier", people=True)
    options = ExportOptions(licence="CC-BY-4.0", title="Pier")
    export("sqlite", home / "pier", home / "out", options=options)
    return home


@pytest.fixture(scope="module")
def file(home):
    with closing(sqlite3.connect(home / "out" / "discourse.db")) as file:
        file.row_factory = sqlite3.Row
        yield file


def all_of(file, query, *values):
    return [tuple(row) for row in file.execute(query, values)]


def size_of(file, table):
    return file.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608 - our own names


def test_every_text_and_label_is_exact(home, file):
    assert all_of(file, "SELECT text, run FROM posts ORDER BY position") == [(text, "pier") for text in TEXTS]
    columns = ("post_id", *"start end layer label target annotator score quote detail also entry".split())
    labels = file.execute("SELECT * FROM annotations")
    found = {tuple(row[name] for name in columns) for row in labels}
    with Corpus([home / "pier"]) as corpus:
        rows = [row for one in corpus.posts() for row in one.annotations]
        coded = [entry for one in corpus.posts() for entry in one.coded]
    assert found == {tuple(getattr(row, name) for name in columns) for row in rows}
    assert len(all_of(file, "SELECT * FROM annotations")) == len(rows)
    names = ("post_id", "layer", "label", "annotator")
    assert all_of(file, "SELECT post_id, layer, label, annotator FROM coded") == [
        tuple(entry[name] for name in names) for entry in coded
    ]


def test_the_other_tables_hold_what_the_analysis_wrote(file):
    tables = made_tables()
    for name in CONTRACT:
        if name not in ("annotations", "coded"):
            assert size_of(file, name) == len(tables[name]), name
    assert all_of(file, "SELECT conflicts_with FROM claims ORDER BY claim_id") == [("pier:c2",), ("pier:c1",)]


def test_the_file_is_sound_and_its_rows_belong_together(file):
    assert all_of(file, "PRAGMA integrity_check") == [("ok",)]
    assert all_of(file, "PRAGMA foreign_key_check") == []
    of_labels = {row["table"] for row in file.execute("PRAGMA foreign_key_list(annotations)")}
    assert of_labels == {"posts"}
    plan = all_of(file, "EXPLAIN QUERY PLAN SELECT * FROM annotations WHERE post_id = ?", "pier:1")
    assert "USING INDEX" in plan[0][3]


@pytest.mark.parametrize(
    ("words", "places"), [("council", [1]), ("שלום", [5]), ("cafe", [4]), ("Åse", [2]), ("nowhere", [])]
)
def test_words_and_names_are_found(file, words, places):
    query = (
        "SELECT position FROM posts JOIN posts_fts ON posts_fts.rowid = posts.rowid WHERE posts_fts MATCH ?"
    )
    assert [row[0] for row in file.execute(query, [words])] == places


def test_the_text_stands_in_the_file_once(file):
    sql = file.execute("SELECT sql FROM sqlite_master WHERE name = 'posts_fts'").fetchone()[0]
    assert 'content="posts"' in sql  # so that Datasette finds it
    file.execute("INSERT INTO posts_fts (posts_fts, rank) VALUES ('integrity-check', 1)")
    file.rollback()


def test_the_view_of_labels_tells_people_from_machine(file):
    rows = all_of(file, "SELECT is_person, annotator FROM labelled_posts GROUP BY annotator")
    assert {who for flag, who in rows if flag} == {"human:ann", "human:bo"}
    assert {who for flag, who in rows if not flag} >= {"hedges@4", "agreement@4"}


def test_disagreements_are_two_answers_or_a_look_that_found_nothing(tmp_path):
    labels = [answer(2, 1, "agree"), answer(3, 1, "disagree"), answer(4, 1, "neither")]
    hedge = answer(2, 1, "hedge", "hedges@4") | {"layer": "rhetoric", "target": None}
    booster = answer(1, 1, "booster", "boosters@4") | {"layer": "rhetoric", "target": None}
    run = stored(tmp_path / "run", thread({1: None, 2: 1, 3: 1, 4: 1}), [*labels, hedge, booster])
    own = {"layer": "reply", "label": "disagree", "target": "pier:1", "start": 0, "end": 4}
    both = [
        ("pier:2", "label", own),
        ("pier:2", "read", {"layer": "reply", "label": None}),
        ("pier:2", "read", {"layer": "rhetoric", "label": "hedge"}),
        ("pier:3", "label", own),
        ("pier:3", "read", {"layer": "reply", "label": None}),
        ("pier:4", "read", {"layer": "reply", "label": None}),
    ]
    with Journal(journal_path(run), [SHA]) as journal:
        decisions = [
            Decision(kind=kind, post_id=post, text_hash=text_hash(f"Post {post[-1]}."), value=value)
            for post, kind, value in both
        ]
        journal.append("human:ann", decisions)
        gone = {"layer": "rhetoric", "label": "booster", "target": None, "start": 0, "end": 7}
        gone |= {"annotator": "boosters@4"}
        digest = text_hash("Post 1.")
        journal.append("human:bo", [Decision(kind="reject", post_id="pier:1", text_hash=digest, value=gone)])
    export("sqlite", run, tmp_path / "out")
    with closing(sqlite3.connect(tmp_path / "out" / "discourse.db")) as file:
        query = "SELECT post_id, label, annotator, other_label, other FROM disagreements"
        rows = all_of(file, f"{query} ORDER BY layer DESC, label DESC")
        rejected = all_of(file, "SELECT label FROM annotations WHERE is_rejected")
    assert rows == [
        ("pier:2", "hedge", "hedges@4", None, "human:ann"),
        ("pier:1", "booster", "boosters@4", None, "human:bo"),
        ("pier:2", "agree", "agreement@4", "disagree", "human:ann"),
    ]
    assert rejected == [("booster",)]


def test_people_who_say_that_a_post_is_no_turn_have_a_row_without_a_side(tmp_path):
    run = stored(tmp_path / "run", thread({1: None, 2: 1}))
    value = {"loop_id": "pier:l1", "question": "?", "posts": ["pier:1"], "side": None, "role": None}
    value |= {"is_empty": None, "has_evidence": None}
    turn = Decision(kind="turn", post_id="pier:2", text_hash=text_hash("Post 2."), value=value)
    link = Decision(kind="link", post_id="pier:2", text_hash=text_hash("Post 2."), value={"reply_to": None})
    with Journal(journal_path(run), [SHA]) as journal:
        journal.append("human:ann", [turn, link])
    export("sqlite", run, tmp_path / "out")
    with closing(sqlite3.connect(tmp_path / "out" / "discourse.db")) as file:
        assert all_of(file, "SELECT loop_id, post_id, annotator, side FROM turns") == [
            ("pier:l1", "pier:2", "human:ann", None)
        ]
        assert all_of(file, "SELECT post_id, reply_to, annotator FROM links") == [("pier:2", "", "human:ann")]


def test_what_was_not_chosen_is_in_no_table(home, tmp_path):
    export("sqlite", home / "pier", tmp_path / "posts", choice=Choice(posts=frozenset({"pier:2"})))
    export("sqlite", home / "pier", tmp_path / "layers", choice=Choice(layers=frozenset({"rhetoric"})))
    export("sqlite", home / "pier", tmp_path / "people", choice=Choice(makers=frozenset({"people"})))
    counts = {}
    for name in ("posts", "layers", "people"):
        with closing(sqlite3.connect(tmp_path / name / "discourse.db")) as file:
            counts[name] = {table: size_of(file, table) for table in CONTRACT}
            assert all_of(file, "PRAGMA foreign_key_check") == []
    assert (counts["posts"]["posts"], counts["posts"]["claims"], counts["posts"]["targets"]) == (1, 0, 0)
    assert (counts["layers"]["posts"], counts["layers"]["claims"]) == (len(TEXTS), 0)
    assert (counts["people"]["claims"], counts["people"]["coded"] > 0) == (0, True)


WHOLE = {
    "authors": [
        {"thread_id": "pier", "author": "Wren", "posts": 1, "words": 2}
        | {"replies_given": 0, "replies_received": 1}
    ],
    "summary": [{"unit_kind": "run", "unit_id": "run", "metric": "loops", "value": 3.0, "unit": "loops"}],
    "faults": [{"stage": "loops", "item_id": "pier:l1", "problem": "made up"}],
    "targets": [{"thread_id": "pier", "target": "Pier", "kind": "institution", "mentions": 2}],
}


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        (Choice(), {"authors", "summary", "faults", "targets"}),
        (Choice(layers=frozenset({"rhetoric"})), set()),
        (Choice(layers=frozenset({"stance"})), {"targets"}),
        (Choice(makers=frozenset({"people"})), set()),
        (Choice(makers=frozenset({"machine"})), {"targets"}),
        (Choice(posts=frozenset({"pier:1"})), set()),
    ],
)
def test_figures_of_whole_runs_and_others_tables_stay_out_where_not_all_was_chosen(tmp_path, choice, kept):
    run = stored(tmp_path / "run", thread({1: None, 2: 1}), [answer(2, 1, "agree")], **WHOLE)
    export("sqlite", run, tmp_path / "out", choice=choice)
    with closing(sqlite3.connect(tmp_path / "out" / "discourse.db")) as file:
        assert {name for name in WHOLE if size_of(file, name)} == kept


def test_the_same_run_gives_the_same_bytes(home, tmp_path):
    options = ExportOptions(licence="CC-BY-4.0", title="Pier")
    export("sqlite", home / "pier", tmp_path / "again", options=options)
    for name in ("discourse.db", "metadata.json"):
        assert (home / "out" / name).read_bytes() == (tmp_path / "again" / name).read_bytes(), name


def test_the_record_of_the_run_and_the_licence_stand_in_about(file):
    about = dict(all_of(file, "SELECT name, value FROM about"))
    assert about["licence"] == "CC-BY-4.0"
    assert json.loads(about["run pier"])["run_id"] == "a1b2c3d4e5f60718"


def test_datasette_is_told_of_every_table_and_column(home, file):
    told = json.loads((home / "out" / "metadata.json").read_text(encoding="utf-8"))
    tables = told["databases"]["discourse"]["tables"]
    assert told["license"] == "CC-BY-4.0"
    names = {row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    assert set(tables) == {name for name in names if not name.startswith(("posts_fts", "sqlite_"))}
    for name, words in tables.items():
        columns = [row["name"] for row in file.execute(f'PRAGMA table_info("{name}")')]
        assert list(words["columns"]) == columns, name
        assert set(words.get("facets", ())) <= set(columns)
    assert "author" not in {facet for words in tables.values() for facet in words.get("facets", ())}
    assert set(COLUMNS) <= {name for words in tables.values() for name in words["columns"]}
    assert set(CONTRACT) <= set(TABLES)


def test_without_full_text_search_it_says_so_in_one_line(home, tmp_path, monkeypatch):
    class Without(sqlite3.Connection):
        def execute(self, query, *values):
            if "fts5" in query:
                raise sqlite3.OperationalError("no such module: fts5")
            return super().execute(query, *values)

    connect = sqlite3.connect
    monkeypatch.setattr(
        writing.sqlite3, "connect", lambda *given, **more: connect(*given, factory=Without, **more)
    )
    with pytest.raises(DiscourseError, match="has no full-text search"):
        export("sqlite", home / "pier", tmp_path / "out")


def test_a_number_too_large_is_one_line(tmp_path):
    run = stored(tmp_path / "run", thread({1: None}))
    path = run / "tables" / "posts.csv"
    head, row = path.read_text(encoding="utf-8").splitlines()
    cells = row.split(",")
    cells[head.split(",").index("position")] = "9" * 30
    path.write_text(f"{head}\n{','.join(cells)}\n", encoding="utf-8")
    with pytest.raises(DiscourseError, match="larger than 64 bits"):
        export("sqlite", run, tmp_path / "out")


@settings(max_examples=15)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_any_text_comes_back(texts):
    with TemporaryDirectory() as folder:
        run = stored(Path(folder) / "run", [post(number, text) for number, text in enumerate(texts, 1)])
        export("sqlite", run, Path(folder) / "out")
        with closing(sqlite3.connect(Path(folder) / "out" / "discourse.db")) as file:
            assert [row[0] for row in file.execute("SELECT text FROM posts ORDER BY position")] == texts


def test_sqlite_utils_finds_posts_by_their_words(home):
    sqlite_utils = pytest.importorskip("sqlite_utils")
    posts = sqlite_utils.Database(home / "out" / "discourse.db")["posts"]
    assert posts.detect_fts() == "posts_fts"
    assert [row["post_id"] for row in posts.search("council")] == ["pier:1"]


def test_datasette_searches_the_posts_and_shows_what_columns_mean(home):
    pytest.importorskip("datasette")
    page = served(home / "out", "/discourse/posts.json?_search=council&_shape=objects")
    assert [row["post_id"] for row in json.loads(page)["rows"]] == ["pier:1"]
    assert "ISO 639-1." in served(home / "out", "/discourse/posts")
    assert "&lt;b&gt;perhaps" in served(home / "out", "/discourse/posts")  # markup in a comment is none
    assert json.loads(served(home / "out", "/discourse/disagreements.json?_facet=layer"))["rows"]


def served(folder, path):
    words = ["discourse.db", "-m", "metadata.json", "--get", path]
    code = "from datasette.cli import cli; cli()"
    run = subprocess.run(
        [sys.executable, "-c", code, *words], cwd=folder, capture_output=True, text=True, check=True
    )
    return run.stdout
