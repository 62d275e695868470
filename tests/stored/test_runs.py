"""What an earlier run left is read back, drawn again and held against another."""

import csv
import gc
import json
import weakref
from pathlib import Path

import pandas as pd
import pytest
from made_thread import made_tables

from discourse.errors import DiscourseError
from discourse.pipeline import Settings, run_pipeline
from discourse.provenance import sha256_of
from discourse.report import GENERATOR
from discourse.report.comparing.comparison import compare
from discourse.report.pdf import MARK
from discourse.results import ANALYSIS, check_target
from discourse.stored import comparing, read_run, read_runs, run_folders
from discourse.stored.comparing import compare_runs
from discourse.stored.drawing import draw_again
from discourse.stored.records import joined_record
from discourse.stored.runs import source_digests
from tests.conftest import SAMPLES
from tests.stored_runs import RECORD, changed, store


@pytest.fixture(scope="module")
def analysed(tmp_path_factory):
    out = tmp_path_factory.mktemp("runs")
    run_pipeline(SAMPLES[:2], out=out)
    return out


def test_a_report_drawn_again_is_the_one_that_was_drawn(analysed):
    folder = run_folders(analysed)[0]
    drawn = (folder / "report.html").read_bytes()
    (folder / "report.html").unlink()
    assert draw_again(folder) == [folder / "report.html"]
    assert (folder / "report.html").read_bytes() == drawn
    assert {path.name for path in folder.iterdir()} == {"report.html", "run.json", "tables"}


def test_an_overview_drawn_again_is_the_one_that_was_drawn(analysed):
    drawn = (analysed / "index.html").read_bytes()
    pages = draw_again(analysed)
    assert pages[-1] == analysed / "index.html"
    assert len(pages) == 3
    assert (analysed / "index.html").read_bytes() == drawn


def test_a_report_may_be_drawn_elsewhere_and_the_first_one_stays(tmp_path):
    folder = store(tmp_path / "run", report="first")
    out = tmp_path / "mine.html"
    assert draw_again(folder, out=out) == [out]
    assert GENERATOR in out.read_text(encoding="utf-8")
    assert (folder / "report.html").read_text(encoding="utf-8") == "first"


def test_somebody_elses_page_is_never_written_over(tmp_path):
    folder = store(tmp_path / "run")
    out = tmp_path / "thesis.html"
    out.write_text("<p>mine</p>", encoding="utf-8")
    with pytest.raises(DiscourseError, match="no earlier run wrote this page"):
        draw_again(folder, out=out)
    assert out.read_text(encoding="utf-8") == "<p>mine</p>"


def test_a_pdf_of_the_report_that_is_drawn_again_goes(tmp_path):
    """It would still show the names that pseudonyms have taken the place of."""
    folder = store(tmp_path / "run")
    draw_again(folder)
    (folder / "report.pdf").write_bytes(b"%PDF-1.7 Marta" + MARK)
    draw_again(folder)
    assert {path.name for path in folder.iterdir()} == {"report.html", "run.json", "tables"}


def test_no_page_is_drawn_among_what_another_analysis_wrote(tmp_path):
    first, second = store(tmp_path / "a"), store(tmp_path / "b")
    draw_again(second)
    drawn = (second / "report.html").read_bytes()
    for out in (second / "report.html", second / "mine.html", first / "mine.html"):
        with pytest.raises(DiscourseError, match="among what an analysis wrote"):
            draw_again(first, out=out)
    assert (second / "report.html").read_bytes() == drawn
    assert draw_again(first, out=first / "report.html") == [first / "report.html"]


def test_a_comparison_takes_no_reports_place(tmp_path):
    first, second = store(tmp_path / "a"), store(tmp_path / "b")
    draw_again(first, out=tmp_path / "drawn.html")
    for out in (tmp_path / "drawn.html", first / "report.html", first / "compare.html"):
        with pytest.raises(DiscourseError, match=r"Move it away|outside of the run"):
            compare_runs(first, second, out)
    assert {path.name for path in tmp_path.iterdir()} == {"a", "b", "drawn.html"}
    assert {path.name for path in first.iterdir()} == {"run.json", "tables"}


@pytest.mark.parametrize("out", [".", "/", "n" * 300 + ".html", "n" * 253 + ".h"])
def test_a_place_that_no_page_can_have_is_told_in_one_line(tmp_path, monkeypatch, out):
    monkeypatch.chdir(tmp_path)
    first, second = store(tmp_path / "a"), store(tmp_path / "b")
    with pytest.raises(DiscourseError) as told:
        compare_runs(first, second, Path(out))
    assert "\n" not in str(told.value)
    with pytest.raises(DiscourseError):
        draw_again(first, out=Path(out))


def test_several_reports_cannot_be_written_into_one_file(analysed, tmp_path):
    with pytest.raises(DiscourseError, match="2 sources"):
        draw_again(analysed, out=tmp_path / "one.html")


def test_a_run_of_an_earlier_version_is_still_drawn(tmp_path):
    folder = store(tmp_path / "run")
    tables = folder / "tables"
    for name in ("events", "claim_context", "camps", "edits"):  # tables that came later
        (tables / f"{name}.csv").unlink()
    turns = pd.read_csv(tables / "turns.csv", dtype=str).drop(columns=["brought_start", "brought_end"])
    turns.to_csv(tables / "turns.csv", index=False)
    posts = pd.read_csv(tables / "posts.csv", dtype=str).drop(
        columns=["split_score", "meta", "addressee_time"]
    )
    posts.to_csv(tables / "posts.csv", index=False)
    (page,) = draw_again(folder, out=tmp_path / "drawn.html")
    assert "two months" in page.read_text(encoding="utf-8")


def break_record(folder):
    (folder / "run.json").write_text("{half", encoding="utf-8")


def list_record(folder):
    (folder / "run.json").write_text("[]", encoding="utf-8")


def lose_record(folder):
    (folder / "run.json").unlink()


def lose_posts(folder):
    (folder / "tables" / "posts.csv").unlink()


def lose_loops(folder):
    (folder / "tables" / "loops.csv").unlink()


def break_table(folder):
    (folder / "tables" / "posts.csv").write_bytes(b"post_id\r\n\xff\xfe\r\n")


def empty_table(folder):
    (folder / "tables" / "loops.csv").write_bytes(b"")


def lose_column(folder):
    path = folder / "tables" / "posts.csv"
    pd.read_csv(path).drop(columns=["author"]).to_csv(path, index=False)


def strange_number(folder):
    path = folder / "tables" / "loops.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",10,7,4,", ",ten,7,4,"), encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (break_record, "cannot be read as JSON"),
        (list_record, "not the record of a run"),
        (lose_record, "run.json is missing"),
        (lose_posts, "tables/posts.csv is missing"),
        (lose_loops, "tables/loops.csv is missing"),
        (break_table, "cannot be read as a table"),
        (empty_table, "cannot be read as a table"),
        (lose_column, "column 'author' is missing"),
        (strange_number, "cannot be read as a table"),
    ],
)
def test_a_damaged_run_is_told_in_one_line(tmp_path, harm, said):
    folder = store(tmp_path / "run")
    harm(folder)
    with pytest.raises(DiscourseError, match=said) as told:
        draw_again(folder)
    assert "\n" not in str(told.value)
    assert not (folder / "report.html").exists()


def test_a_reading_alone_is_no_analysis(tmp_path):
    folder = store(tmp_path / "run")
    for name in ("loops", "summary", "turns"):
        (folder / "tables" / f"{name}.csv").unlink()
    with pytest.raises(DiscourseError, match="read and not analysed"):
        read_run(folder)


@pytest.mark.parametrize("make", [lambda p: None, lambda p: p.mkdir(), lambda p: p.write_text("x")])
def test_where_no_run_stands_that_is_said(tmp_path, make):
    make(tmp_path / "run")
    with pytest.raises(DiscourseError, match="Give a folder that `discourse analyze` wrote"):
        run_folders(tmp_path / "run")


def test_sources_stand_in_the_order_in_which_people_count(tmp_path):
    for name in ("page-10", "page-2", "page"):
        store(tmp_path / name)
    (tmp_path / "notes").mkdir()
    assert [path.name for path in run_folders(tmp_path)] == ["page", "page-2", "page-10"]
    assert [run.name for run in read_runs(tmp_path)] == ["pool.txt"] * 3


def test_a_printed_report_is_taken_for_ours(tmp_path):
    folder = store(tmp_path / "run", report="<html></html>")
    (folder / "report.pdf").write_bytes(b"%PDF-1.7" + MARK)
    assert "report.pdf" in ANALYSIS
    check_target(folder)


def test_records_that_differ_are_joined_with_all_their_values():
    joined = joined_record([RECORD, {**RECORD, "analyzers": {"rhetoric": 2}}])
    assert joined["analyzers"] == [{"rhetoric": 1}, {"rhetoric": 2}]
    assert joined["settings"] == {"seed": 0}
    assert len(joined["sources"]) == 2


def test_a_change_of_tables_is_what_is_drawn(tmp_path):
    folder = store(tmp_path / "run")
    other = made_tables()
    posts = other["posts"].assign(author="Nobody in particular")

    def change(run):
        return type(run)(run.folder, run.tables.replace(posts=posts), run.record)

    (page,) = draw_again(folder, change=change)
    assert "Nobody in particular" in page.read_text(encoding="utf-8")


def test_two_runs_over_one_source_are_compared_and_every_difference_stands_in_a_table(tmp_path):
    ours = store(tmp_path / "a", report="<html></html>")
    rows = made_tables()["annotations"]
    hedges = rows["label"] == "hedge"
    theirs = store(tmp_path / "b b", changed(annotations=rows[~hedges]), {**RECORD, "settings": {"seed": 1}})
    found, table = compare_runs(ours, theirs, tmp_path / "out.html")
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "settings seed" in page
    assert 'href="./a/report.html#p7"' in page
    with table.open(encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file))
    assert {(row["part"], row["kind"], row["label_a"], row["label_b"]) for row in told} == {
        ("rhetoric", "first", "hedge", "")
    }
    assert len(told) == hedges.sum() == found.sources[0].found.counts["rhetoric"]["first"]


def test_a_folder_given_twice_is_refused(tmp_path):
    run = store(tmp_path / "a")
    with pytest.raises(DiscourseError, match="the same folder is given twice"):
        compare_runs(run, tmp_path / "." / "a", tmp_path / "out.html")


@pytest.mark.parametrize("name", ["out.html", "out.csv"])
def test_a_comparison_writes_over_nobodys_file(tmp_path, name):
    first, second = store(tmp_path / "a"), store(tmp_path / "b")
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(DiscourseError, match="no earlier"):
        compare_runs(first, second, tmp_path / "out.html")
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"
    assert {path.name for path in tmp_path.iterdir()} == {"a", "b", name}


def test_a_comparison_may_be_made_anew_and_gives_the_same_bytes(tmp_path):
    first, second = store(tmp_path / "a"), store(tmp_path / "b")
    compare_runs(first, second, tmp_path / "out.html")
    page, table = ((tmp_path / f"out.{end}").read_bytes() for end in ("html", "csv"))
    compare_runs(first, second, tmp_path / "out.html")
    assert page == (tmp_path / "out.html").read_bytes()
    assert table == (tmp_path / "out.csv").read_bytes()


def test_the_record_of_a_run_is_read_as_it_was_written(tmp_path):
    run = read_run(store(tmp_path / "a"))
    assert json.dumps(run.record) == json.dumps(RECORD)


def test_of_sources_that_only_one_run_has_no_tables_are_held(tmp_path, monkeypatch):
    """Runs of many sources are compared without all of their texts in memory at once."""
    tables = made_tables()
    other = tables.replace(sources=tables["sources"].assign(sha256="a" * 64))
    for run, given in (("a", tables), ("b", other)):
        store(tmp_path / run, given)
    held = []

    def watch(folder, *names):
        stored = read_run(folder, *names)
        held.append(weakref.ref(stored.tables["posts"]))
        return stored

    monkeypatch.setattr("discourse.stored.runs.read_run", watch)
    runs = [comparing._compared(tmp_path / name, tmp_path) for name in ("a", "b")]
    gc.collect()
    assert len(held) == 2
    assert [one() for one in held] == [None, None]
    assert compare(*runs).sources == []


def test_the_digests_of_a_run_are_those_of_its_posts_and_not_of_articles_beside_them(tmp_path):
    page = tmp_path / "page.txt"
    page.write_bytes(SAMPLES[0].read_bytes())
    article = tmp_path / "article.txt"
    article.write_text("A bridge was shut\n\n" + "It was shut for ten days, the council said on Monday. " * 9)
    settings = Settings(context=(article,))
    (result,) = run_pipeline([page], out=tmp_path / "out", settings=settings).results
    assert result.folder is not None
    assert len(result.tables["sources"]) == 2
    assert source_digests(result.folder) == [sha256_of(page.read_bytes())]
