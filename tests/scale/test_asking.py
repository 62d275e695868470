"""Questions to a run: what is counted, what is refused, and that a query reads nothing but the run."""

import csv
import io
import json

import pyarrow.parquet as pq
import pytest

from discourse.errors import DiscourseError
from discourse.scale.asking.answers import answered, queried
from discourse.scale.asking.question import Question
from discourse.scale.asking.writing import lines_of, write_answer
from discourse.tables import CONTRACT, Tables, frame_of, write_tables
from tests.report.made_several import several_tables
from tests.report.made_thread import HOSTILE_NAME
from tests.scale.made_parts import made_run, write_parts


def ask(run, **fields):
    with answered(run, Question(**fields)) as answer:
        return [row for batch in answer.batches for row in batch.to_pylist()]


def query(run, sql, **options):
    with queried(run, sql, **options) as answer:
        return [row for batch in answer.batches for row in batch.to_pylist()]


def test_without_a_question_there_is_an_overview(run):
    rows = {(row["what"], row["name"]): row["count"] for row in ask(run)}
    assert rows["threads", ""] == 2
    assert rows["posts", ""] == len(several_tables()["posts"])
    assert rows["labels of layer reply", "disagree"] > 0


def test_posts_by_thread_and_day(run):
    rows = ask(run, by=("day", "thread"))
    posts = several_tables()["posts"]
    expected = posts.groupby([posts["timestamp"].str[:10], "thread_id"]).agg(
        posts=("post_id", "size"), authors=("author", lambda names: names[names != ""].nunique())
    )
    found = [(row["day"], row["thread"], row["posts"], row["authors"]) for row in rows]
    assert found == [(*key, *row) for key, row in zip(expected.index, expected.values.tolist(), strict=True)]


def test_labels_have_their_posts_among_all_posts_that_were_asked_for(run):
    (row,) = ask(run, layers=("rhetoric",), labels=("hedge",), threads=("f00dcafe0001",))
    marks = several_tables()["annotations"]
    hedges = marks[(marks["layer"] == "rhetoric") & (marks["label"] == "hedge")]
    assert row["labels"] == len(hedges)
    assert row["posts"] == hedges["post_id"].nunique()
    assert row["of_posts"] == 14
    assert row["per_100_posts"] == pytest.approx(100 * row["posts"] / 14, abs=1e-3)
    assert row["low"] is None  # one thread tells nothing of others


def test_two_threads_give_an_interval(run):
    (row,) = ask(run, labels=("hedge",))
    assert row["low"] < row["per_100_posts"] < row["high"]


def test_two_makers_that_say_the_same_count_once(tmp_path):
    import pandas as pd

    tables = several_tables()
    marks = tables["annotations"]
    again = marks[marks["label"] == "hedge"].assign(annotator="human:ann")
    twice = write_parts(
        tables.replace(annotations=pd.concat([marks, again], ignore_index=True)), tmp_path / "twice"
    )
    once = ask(made_run(tmp_path / "once"), labels=("hedge",))
    assert ask(twice, labels=("hedge",)) == once
    by_maker = ask(twice, labels=("hedge",), by=("maker",))
    assert {row["maker"] for row in by_maker} >= {"human:ann"}


@pytest.mark.parametrize(("by", "layer"), [("marker", "rhetoric"), ("stance", "stance"), ("claim", "claim")])
def test_other_words_for_a_layer_and_what_it_is_counted_by(run, by, layer):
    column = "target" if by == "claim" else "label"
    assert ask(run, by=(by,)) == ask(run, layers=(layer,), by=(column,))
    assert ask(run, by=(by,))


def test_targets_are_asked_for_great_or_small(run):
    (row,) = ask(run, layers=("stance",), targets=("the MAYOR",))
    assert row["labels"] > 0


def test_times_that_are_not_known_are_so(tmp_path):
    posts = several_tables()["posts"]
    posts.loc[:3, "timestamp"] = None
    run = write_parts(several_tables().replace(posts=posts), tmp_path / "run")
    rows = ask(run, by=("month",))
    assert [row["month"] for row in rows] == ["2026-07", "unknown"]
    assert rows[-1]["posts"] == 4
    assert [row["week"] for row in ask(run, by=("week",))][-1] == "unknown"
    assert sum(row["posts"] for row in ask(run, since="2026")) == len(posts) - 4


def test_days_months_and_years_begin_and_end_a_question(run):
    days = {row["day"]: row["posts"] for row in ask(run, by=("day",))}
    chosen = ask(run, by=("day",), since="2026-07-15", until="2026-07-28")
    assert {row["day"]: row["posts"] for row in chosen} == {
        day: n for day, n in days.items() if "2026-07-15" <= day <= "2026-07-28"
    }
    assert ask(run, since="2026-07", until="2026-07") == ask(run, counted="posts")
    assert ask(run, until="2025") == [{"posts": 0, "threads": 0, "authors": 0}]


def test_loops_and_threads_are_counted_too(run):
    assert sum(row["loops"] for row in ask(run, by=("kind", "state"))) == 2
    (row,) = ask(run, counted="loops", by=("month",))
    assert (row["month"], row["loops"], row["threads"]) == ("2026-07", 2, 1)
    (row,) = ask(run, counted="threads", by=("year",))
    assert (row["threads"], row["loops"]) == (2, 2)
    assert len(ask(run, by=("topic",))) == 2


def test_the_order_is_by_count_or_by_name_and_rows_may_be_few(run):
    rows = ask(run, by=("marker",))
    assert [row["labels"] for row in rows] == sorted((row["labels"] for row in rows), reverse=True)
    names = [row["label"] for row in ask(run, by=("marker",), order="name")]
    assert names == sorted(names)
    assert ask(run, by=("marker",), limit=2) == rows[:2]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"by": ("author",)}, "not counted one by one"),
        ({"by": ("colour",)}, "there is no 'colour'"),
        ({"layers": ("rhetorics",)}, "--layer"),
        ({"since": "last year"}, "no time"),
        ({"counted": "posts", "by": ("label",)}, "cannot be counted by label"),
        ({"counted": "threads", "labels": ("hedge",)}, "traits of labels"),
        ({"counted": "words"}, "--count"),
        ({"by": ("marker",), "layers": ("reply",)}, "of the layer rhetoric"),
        ({"limit": 0, "by": ("day",)}, "no row"),
        ({"order": "best", "by": ("day",)}, "--order"),
        ({"labels": ("a\0b",)}, "zero sign"),
        ({"states": ("over",)}, "--state"),
        ({"counted": "loops", "langs": ("en",)}, "no language"),
        ({"threads": ("f00dcafe0001", "f00dcafe9999")}, "f00dcafe9999: the run has no such thread"),
    ],
)
def test_what_cannot_be_asked_is_said(run, fields, words):
    with pytest.raises(DiscourseError, match=words):
        ask(run, **fields)


@pytest.mark.parametrize(
    "text", [HOSTILE_NAME, "'; DROP VIEW posts; --", "x' OR '1'='1", '"', "\\'", "?", "%"]
)
def test_whatever_a_user_gives_is_a_value_and_no_query(run, text):
    assert ask(run, labels=(text,), makers=(text,), langs=(text,)) == ask(
        run, labels=("no such",), langs=("none",)
    )
    with pytest.raises(DiscourseError, match="no such thread"):
        ask(run, threads=(text,))


def test_an_ordinary_run_answers_alike(tmp_path, run):
    write_tables(several_tables(), tmp_path / "plain" / "tables")
    for fields in (
        {"by": ("month",)},
        {"by": ("marker", "thread")},
        {"by": ("topic",)},
        {"counted": "threads", "by": ("thread",)},
        {},
    ):
        assert ask(tmp_path / "plain", **fields) == ask(run, **fields)


def test_a_folder_of_ordinary_runs_is_asked_together(tmp_path):
    for name in ("one", "two"):
        write_tables(several_tables(), tmp_path / name / "tables")
    assert ask(tmp_path, counted="posts")[0]["posts"] == 2 * len(several_tables()["posts"])


def test_how_it_is_cut_into_parts_and_counted_does_not_show(tmp_path, run):
    whole = made_run(tmp_path / "whole", threads_per_part=2)
    for fields in ({"by": ("marker", "day")}, {"by": ("target",)}, {"by": ("thread",)}):
        assert ask(whole, **fields) == ask(run, **fields)
        with answered(run, Question(**fields), workers=4, memory=60) as answer:
            assert [row for batch in answer.batches for row in batch.to_pylist()] == ask(run, **fields)


def test_texts_with_line_ends_and_quotes_are_read_from_csv(tmp_path):
    tables = several_tables()
    posts = tables["posts"]
    posts.loc[0, "text"] = 'a "quoted"\r\nword, and\nmore,\n\n""'
    write_tables(tables.replace(posts=posts), tmp_path / "plain" / "tables")
    (row,) = query(tmp_path / "plain", "SELECT text FROM posts ORDER BY position, post_id LIMIT 1")
    assert row["text"] == posts.loc[0, "text"]


def test_sql_sees_every_table_with_its_threads(run):
    names = {row["name"] for row in query(run, "SELECT name FROM (SHOW TABLES)")}
    assert set(CONTRACT) | {"threads"} <= names
    (row,) = query(run, "SELECT count(DISTINCT thread_id) AS n FROM annotations")
    assert row["n"] == 1
    assert len(query(run, "SELECT * FROM posts", limit=3)) == 3


@pytest.mark.parametrize(
    "sql",
    [
        "COPY posts TO '{run}/posts/part-00009.parquet'",
        "SELECT 1; SELECT 2",
        "CREATE TABLE x AS SELECT 1",
        "DROP VIEW posts",
        "SET threads = 8",
        "ATTACH '{run}/x.db'",
        "INSTALL httpfs",
        "PRAGMA version",
        "EXPORT DATABASE '{run}/x'",
        "SELECT * FROM arrow_scan(1, 2, 3)",
        "",
        "no sql",
        "SELECT * FROM '{other}/secret.csv'",
        "SELECT * FROM read_text('{run}/../secret.csv')",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM query('COPY posts TO ''{run}/x.csv''')",
        "SELECT * FROM enable_logging(storage = 'file', storage_path = '{run}/log')",
        "SELECT * FROM 'https://intruder.invalid/x.parquet'",
        "SELECT * FROM Question",
    ],
)
def test_sql_writes_nothing_and_reads_nothing_else(run, tmp_path, sql):
    (tmp_path / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in run.rglob("*") if path.is_file()}
    with pytest.raises(DiscourseError, match="--sql"):
        query(run, sql.format(run=run, other=tmp_path))
    assert {path: path.read_bytes() for path in run.rglob("*") if path.is_file()} == before


def test_a_folder_beside_the_run_whose_name_begins_alike_is_not_read(run):
    beside = made_run(run.with_name(run.name + "2"))
    with pytest.raises(DiscourseError, match="--sql"):
        query(run, f"FROM '{beside}/posts/part-00000.parquet'")


def test_a_query_that_needs_too_much_is_told_so(run):
    with pytest.raises(DiscourseError, match="memory"):
        query(run, "SELECT len(list(range)) AS n FROM range(100000000)", memory=40)


def texts(run, form, fields=None, **options):
    with answered(run, Question(**(fields or {"by": ("target",), "layers": ("stance",)}))) as answer:
        return "".join(lines_of(answer, form, is_limited=False, **options))


def test_csv_and_json_say_the_same(run):
    rows = list(csv.DictReader(io.StringIO(texts(run, "csv"), newline="")))
    objects = json.loads(texts(run, "json"))
    assert [row["target"] for row in rows] == [row["target"] for row in objects]
    assert HOSTILE_NAME in [row["target"] for row in rows]
    assert [json.loads(line) for line in texts(run, "jsonl").splitlines()] == objects
    assert texts(run, "json", {"labels": ("none",), "by": ("label",)}) == "[]\n"


def test_csv_for_spreadsheets_runs_nothing(tmp_path):
    mark = {"post_id": "p", "start": 0, "end": 1, "layer": "stance", "label": "favor", "annotator": "x@1"}
    rows = [{**mark, "post_id": "f00dcafe0001:1", "target": "=cmd|'/c calc'!A1", "score": 1.0, "quote": "a"}]
    tables = several_tables().replace(annotations=frame_of(CONTRACT["annotations"], rows))
    run = write_parts(tables, tmp_path / "run")
    assert "\n=cmd" in texts(run, "csv")
    assert "\n_=cmd" in texts(run, "csv", is_safe=True)


def test_parquet_comes_back_and_nothing_half_written_stands(run, tmp_path):
    out = tmp_path / "out.parquet"
    with answered(run, Question(by=("marker",))) as answer:
        write_answer(answer, "parquet", out, is_limited=False)
    assert pq.read_table(out).to_pylist() == ask(run, by=("marker",))
    bad = tmp_path / "bad.csv"
    with (
        pytest.raises(DiscourseError),
        queried(
            run, "SELECT CASE WHEN position > 2 THEN error('no') END AS x FROM posts ORDER BY 1"
        ) as answer,
    ):
        write_answer(answer, "csv", bad, is_limited=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.parquet", "run"]


def test_values_of_every_kind_can_be_written(run):
    sql = (
        "SELECT 1::HUGEINT AS a, 1.50::DECIMAL(5, 2) AS b, [1, NULL] AS c, {'k': 'v'} AS d, 'x'::BLOB AS e, "
        "'nan'::DOUBLE AS f, DATE '2021-01-02' AS g, true AS h, NULL AS i"
    )
    with queried(run, sql) as answer:
        (row,) = json.loads("".join(lines_of(answer, "json", is_limited=False)))
    assert (row["a"], row["b"], row["c"], row["d"]) == (1, 1.5, [1, None], {"k": "v"})
    assert (row["f"], row["g"], row["h"], row["i"]) == (None, "2021-01-02", True, None)
    for form in ("csv", "table"):
        with queried(run, sql) as answer:
            assert "2021-01-02" in "".join(lines_of(answer, form, is_limited=False))


def test_an_empty_run_answers_with_nothing(tmp_path):
    nothing = write_parts(Tables({name: CONTRACT[name].empty() for name in CONTRACT}), tmp_path / "run")
    assert ask(nothing, by=("month",)) == []
    assert ask(nothing, by=("marker",)) == []
    assert ask(nothing, counted="posts") == [{"posts": 0, "threads": 0, "authors": 0}]
    assert ask(nothing, labels=("hedge",))[0]["per_100_posts"] is None
