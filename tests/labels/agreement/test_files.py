"""What is written: exact tables, in a folder of their own, whole or not at all."""

import csv

import pytest

from discourse.errors import DiscourseError
from discourse.labels.agreement.bootstrap import Resampling
from discourse.labels.agreement.computing import ALL_LAYERS, differences, measure, opened
from discourse.labels.agreement.files import check_folder, write_agreement
from tests.exchange.made_run import add_people, store_run


@pytest.fixture
def run(tmp_path):
    return add_people(store_run(tmp_path / "pier"))


def write(run, out, seed=0):
    with opened([run]) as runs:
        found = measure(runs, ALL_LAYERS, Resampling(100, seed))
        return write_agreement(found, differences(runs, ALL_LAYERS), out)


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_the_tables_hold_every_figure_and_difference(run, tmp_path):
    out = tmp_path / "out"
    number = write(run, out)
    assert sorted(path.name for path in out.iterdir()) == [
        "agreement.csv",
        "disagreements.csv",
        "prevalence.csv",
    ]
    assert len(read(out / "disagreements.csv")) == number > 0
    rows = read(out / "agreement.csv")
    hedge = [row for row in rows if row["label"] == "hedge" and row["second"] == "human:bo"]
    assert {row["measure"] for row in hedge} == {
        *("agreement", "cohen_kappa", "gwet_ac1", "positive_agreement"),
        *("span_f1_exact", "span_f1_characters"),
    }
    assert all(row["value"] or row["note"].startswith("not defined") for row in rows)
    assert {row["estimator"] for row in read(out / "prevalence.csv")} == {
        *("machine", "coded", "difference", "rogan_gladen")
    }


def test_texts_come_back_exactly_blanks_line_ends_and_formulas_too(run, tmp_path):
    write(run, tmp_path / "out")
    texts = {row["post_id"]: row["text"] for row in read(tmp_path / "out" / "disagreements.csv")}
    assert texts["pier:6"] == "  =SUM(A1) perhaps\twith a tab  "
    assert texts["pier:3"] == "Line one.\r\nLine two is perhaps wrong.\r\n\r\nLine four."


def test_the_same_seed_writes_the_same_bytes_over_the_earlier_ones(run, tmp_path):
    out = tmp_path / "out"
    write(run, out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    write(run, out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    write(run, out, seed=1)
    assert {path.name: path.read_bytes() for path in out.iterdir()} != before


@pytest.mark.parametrize("name", ["notes.txt", "agreement.csv", "prevalence.csv"])
def test_somebodys_own_files_are_left_alone(run, tmp_path, name):
    out = tmp_path / "out"
    out.mkdir()
    (out / name).write_text("mine\n", encoding="utf-8")
    with pytest.raises(DiscourseError, match=name):
        write(run, out)
    assert [path.name for path in out.iterdir()] == [name]
    assert (out / name).read_text(encoding="utf-8") == "mine\n"


def test_the_folder_of_a_run_is_no_place_for_them(run, tmp_path):
    with pytest.raises(DiscourseError, match="no earlier agreement wrote"):
        check_folder(run)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(DiscourseError, match="wrote it"):
        check_folder(tmp_path / "file")


def test_a_fault_half_way_leaves_nothing_and_what_stood_there(run, tmp_path):
    out = tmp_path / "out"
    write(run, out)
    before = (out / "agreement.csv").read_bytes()

    def broken():
        yield dict.fromkeys(
            ("post_id", "thread_id", "layer", "label", "target", "among", "said", "quotes", "text"), "x"
        )
        raise DiscourseError(where="here", problem="it broke", fix="Mend it")

    with opened([run]) as runs:
        found = measure(runs, ["rhetoric"], Resampling(100))
        with pytest.raises(DiscourseError, match="it broke"):
            write_agreement(found, broken(), out)
    assert (out / "agreement.csv").read_bytes() == before
    assert not list(tmp_path.glob(".out*"))
