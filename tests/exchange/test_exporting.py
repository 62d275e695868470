"""An export: whole or not at all, with its card, and in nobody's way."""

import json

import pytest

from discourse.errors import DiscourseError
from discourse.exchange.corpus import Choice
from discourse.exchange.exporting import export_runs
from discourse.exchange.formats import FORMATS, ExportOptions, format_named
from tests.exchange.made_run import TEXTS, add_people, made_tables, store_run


@pytest.fixture
def run(tmp_path):
    return add_people(store_run(tmp_path / "runs" / "pier"))


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_its_files_with_a_card_and_the_same_bytes_again(run, out, tmp_path, name):
    done = export_runs([run], to=name, out=out)
    assert done.tally.posts == len(TEXTS)
    facts = json.loads((out / "card.json").read_text(encoding="utf-8"))
    assert (facts["format"], facts["run_ids"]) == (name, ["a1b2c3d4e5f60718"])
    assert (out / "README.md").read_text(encoding="utf-8").startswith("---\n")
    files = {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert len(files) > 2
    if main := FORMATS[name].main:
        assert out / main in set(out.iterdir())
    again = tmp_path / "again"
    export_runs([run], to=name, out=again)
    assert {
        path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()
    } == files


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_a_run_without_any_label(tmp_path, out, name):
    tables = made_tables()
    bare = tables.replace(annotations=tables["annotations"].head(0))
    run = store_run(tmp_path / "bare", bare)
    assert export_runs([run], to=name, out=out).tally.labels.total() == 0


def test_a_format_of_one_file_may_be_given_a_file(run, tmp_path):
    done = export_runs([run], to="jsonl", out=tmp_path / "posts.jsonl")
    assert len((tmp_path / "posts.jsonl").read_text(encoding="utf-8").splitlines()) == len(TEXTS)
    assert done.card == tmp_path / "posts.jsonl.card.md"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "posts.jsonl",
        "posts.jsonl.card.json",
        "posts.jsonl.card.md",
        "runs",
    ]


def test_an_earlier_export_is_replaced_and_nothing_else_is(run, out):
    export_runs([run], to="csv", out=out)
    export_runs([run], to="jsonl", out=out)
    assert not (out / "annotations.csv").exists()
    (out / "card.json").unlink()
    with pytest.raises(DiscourseError, match="what stands here is no export"):
        export_runs([run], to="csv", out=out)
    assert (out / "posts.jsonl").is_file()


def test_somebodys_file_is_never_overwritten(run, tmp_path):
    mine = tmp_path / "mine.jsonl"
    mine.write_text("mine", encoding="utf-8")
    with pytest.raises(DiscourseError, match="what stands here is no export"):
        export_runs([run], to="jsonl", out=mine)
    assert mine.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("beside", ["page.db.card.md", "page.db.card.json", "page.db.metadata.json"])
def test_nor_is_one_that_stands_beside_it(run, tmp_path, beside):
    (tmp_path / beside).write_text("mine", encoding="utf-8")
    with pytest.raises(DiscourseError, match="what stands here is no export"):
        export_runs([run], to="sqlite", out=tmp_path / "page.db")
    assert sorted(path.name for path in tmp_path.iterdir()) == [beside, "runs"]
    assert (tmp_path / beside).read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["card.json.note", "annotations.csv", "mine.txt"])
def test_an_export_that_somebody_worked_in_is_kept(run, out, name):
    export_runs([run], to="csv", out=out)
    with (out / name).open("a", encoding="utf-8") as file:
        file.write("mine")
    with pytest.raises(DiscourseError, match=f"somebody has worked on the export that stands here .{name}"):
        export_runs([run], to="csv", out=out)
    assert (out / name).read_text(encoding="utf-8").endswith("mine")


def test_a_file_that_somebody_worked_in_is_kept_too(run, tmp_path):
    path = tmp_path / "posts.jsonl"
    export_runs([run], to="jsonl", out=path)
    export_runs([run], to="jsonl", out=path)  # as it was written: replaced
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(DiscourseError, match="somebody has worked on the export"):
        export_runs([run], to="jsonl", out=path)
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(("name", "file"), [("csv", "x.csv"), ("spacy", "x.jsonl"), ("sqlite", "x.json")])
def test_a_file_for_a_format_of_several_is_refused(run, tmp_path, name, file):
    with pytest.raises(DiscourseError, match="goes into a folder"):
        export_runs([run], to=name, out=tmp_path / file)


def test_marks_for_spreadsheets_are_refused_where_there_is_no_csv(run, out):
    with pytest.raises(DiscourseError, match="jsonl is no CSV"):
        export_runs([run], to="jsonl", out=out, options=ExportOptions(spreadsheet_safe=True))


@pytest.mark.parametrize("maker", ["nonsense", "human:zoe", "hedge"])
def test_a_maker_who_said_nothing_is_refused_by_name(run, out, maker):
    with pytest.raises(DiscourseError, match=f"nobody is called '{maker}'.*people, agreement, claims"):
        export_runs([run], to="csv", out=out, choice=Choice(makers=frozenset({maker})))
    done = export_runs([run], to="csv", out=out, choice=Choice(makers=frozenset({"ann", "hedges"})))
    assert {name for _, _, name in done.tally.labels} == {"human:ann", "hedges@4"}


@pytest.mark.parametrize("place", ["", "tables", "export", "tables/deep/er"])
def test_no_export_goes_into_a_run_which_the_next_analysis_replaces(run, place):
    before = sorted(run.rglob("*"))
    with pytest.raises(DiscourseError, match="among what an analysis wrote"):
        export_runs([run], to="csv", out=run / place)
    assert sorted(run.rglob("*")) == before


def test_a_failure_leaves_what_stood_there_and_nothing_half_written(run, out, tmp_path):
    export_runs([run], to="csv", out=out)
    before = {path: path.read_bytes() for path in out.iterdir()}
    with pytest.raises(DiscourseError, match="no post is left"):
        export_runs([run], to="csv", out=out, choice=Choice(posts=frozenset({"gone"})))
    assert {path: path.read_bytes() for path in out.iterdir()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "runs"]


def test_a_format_that_is_none_is_answered_with_those_there_are():
    with pytest.raises(DiscourseError, match=r"no format 'xls'.*csv, jsonl, parquet"):
        format_named("xls")
    with pytest.raises(DiscourseError, match="no format 'gexf' that is read"):
        format_named("gexf", comes_back=True)


def test_a_missing_package_is_named_with_the_extra_that_brings_it(monkeypatch):
    def missing(name):
        raise ModuleNotFoundError(name="cassis")

    monkeypatch.setattr("discourse.exchange.formats.import_module", missing)
    with pytest.raises(DiscourseError, match=r"needs the package cassis.*pip install .*\[inception\]"):
        FORMATS["inception"].writer()
