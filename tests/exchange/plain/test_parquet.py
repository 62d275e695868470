import csv
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from discourse.exchange.plain import arrow
from discourse.exchange.plain.csv import cell_of
from discourse.exchange.plain.parquet import write
from tests.exchange.made_run import RECORD
from tests.exchange.plain.going_round import exported, run_with


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return run_with(tmp_path_factory.mktemp("made"))


def test_it_holds_what_the_csv_holds(run, tmp_path):
    there, here = exported(run, tmp_path / "parquet", write), exported(run, tmp_path / "csv")
    assert {path.stem for path in there.iterdir()} == {path.stem for path in here.iterdir()}
    for path in there.iterdir():
        rows = [[cell_of(value) for value in row.values()] for row in pq.read_table(path).to_pylist()]
        with (here / f"{path.stem}.csv").open(encoding="utf-8", newline="") as file:
            assert rows == list(csv.reader(file))[1:], path.name


def test_columns_have_the_types_that_they_mean(run, tmp_path):
    folder = exported(run, tmp_path / "out", write)
    posts = pq.read_schema(folder / "posts.parquet")
    assert posts.field("timestamp").type == pa.timestamp("us", tz="UTC")
    assert posts.field("position").type == pa.int64()
    assert posts.field("reply_score").type == pa.float64()
    wide = pq.read_schema(folder / "labels.parquet")
    assert wide.field("stance.against").type == pa.list_(pa.string())
    assert wide.field("rhetoric.hedge").type == pa.int64()
    assert pq.read_schema(folder / "turns.parquet").field("is_empty").type == pa.bool_()


def test_a_file_names_the_runs_that_it_is_of(run, tmp_path):
    folder = exported(run, tmp_path / "out", write)
    for path in folder.iterdir():
        assert json.loads(pq.read_schema(path).metadata[b"discourse.run_ids"]) == [RECORD["run_id"]]


def test_rows_are_written_in_bounded_groups(run, tmp_path, monkeypatch):
    monkeypatch.setattr(arrow, "_ROWS", 3)
    path = exported(run, tmp_path / "out", write) / "posts.parquet"
    file = pq.ParquetFile(path)
    assert [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)] == [3, 3, 2]


def test_long_texts_close_a_group_early(run, tmp_path, monkeypatch):
    monkeypatch.setattr(arrow, "_CHARACTERS", 10)
    path = exported(run, tmp_path / "out", write) / "posts.parquet"
    assert pq.ParquetFile(path).num_row_groups == 8
