"""The summary of a run over a dump on disk."""

import csv
import shutil

import pytest

from discourse.errors import DiscourseError
from discourse.scale.summarising import write_summary
from tests.scale.made_parts import made_run
from tests.stored_runs import RECORD


def files(run):
    paths = [run / "report.html", *sorted((run / "summary").iterdir())]
    return {path.name: path.read_bytes() for path in paths}


def test_the_same_parts_give_the_same_bytes_wherever_and_however_they_are_cut(tmp_path, run):
    write_summary(run, RECORD)
    first = files(run)
    write_summary(run, RECORD)
    assert files(run) == first
    other = made_run(tmp_path / "else[w]*here's", threads_per_part=2)
    write_summary(other, RECORD)
    assert files(other) == first


def test_the_numbers_behind_the_page_stand_beside_it(run):
    write_summary(run, RECORD)
    with (run / "summary" / "rates.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {"layer", "label", "posts", "of_posts", "per_100_posts", "low", "high"} <= set(rows[0])
    hedge = next(row for row in rows if row["label"] == "hedge")
    assert float(hedge["per_100_posts"]) == pytest.approx(
        100 * int(hedge["posts"]) / int(hedge["of_posts"]), abs=1e-3
    )
    assert (run / "summary" / "overview.csv").read_text(encoding="utf-8").startswith("what,of,value")


def test_what_cannot_be_read_leaves_an_earlier_summary_as_it_stands(run):
    write_summary(run, RECORD)
    before = files(run)
    (run / "posts" / "part-00001.parquet").write_bytes(b"PAR1 no more")
    with pytest.raises(DiscourseError, match="cannot be read"):
        write_summary(run, RECORD)
    assert files(run) == before
    assert not [path for path in run.iterdir() if path.name.startswith(".")]


def test_no_run_is_told_as_such(tmp_path):
    with pytest.raises(DiscourseError, match="no such folder"):
        write_summary(tmp_path / "nowhere", RECORD)


def test_nothing_stays_in_the_temporary_folder(run, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "spill"))
    (tmp_path / "spill").mkdir()
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", None)
    write_summary(run, RECORD)
    assert list((tmp_path / "spill").iterdir()) == []
    shutil.rmtree(tmp_path / "spill")
