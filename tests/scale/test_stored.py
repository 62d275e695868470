"""Single threads of a run over a dump read back: as an analysis of the thread alone would have left them."""

import pandas as pd
import pytest

from discourse.analysis.registry import ANALYZERS
from discourse.errors import DiscourseError
from discourse.ingest import read_source
from discourse.pipeline import Settings, analyse
from discourse.scale import engine_named, read_thread, run_dump
from discourse.scale.places import Place
from discourse.scale.stored import draw_thread, is_dump_run, page_name
from tests.scale.ferry_threads import made_rows, write_dump


@pytest.fixture(scope="module")
def dump(tmp_path_factory):
    return write_dump(tmp_path_factory.mktemp("dump") / "quay.jsonl", made_rows(9))


@pytest.fixture(scope="module")
def run(dump):
    out = dump.with_name("run")
    run_dump([str(dump)], out=str(out), settings=Settings(), engine=engine_named("local"), parts=2)
    return out


@pytest.mark.parametrize("thread", ["t000", "t004"])
def test_a_thread_is_what_its_own_analysis_leaves(dump, run, thread):
    alone = analyse(read_source(dump).of_thread(thread), analyzers=ANALYZERS)
    found = read_thread(Place(str(run)), thread).tables
    for name in ("annotations", "targets", "stances", "claims", "loops", "turns", "events", "authors"):
        expected = alone[name].reset_index(drop=True)
        pd.testing.assert_frame_equal(found[name].reset_index(drop=True), expected)
    numbers = [
        tables["summary"].loc[lambda rows: rows["unit_kind"].isin(["thread", "author", "post", "loop"])]
        for tables in (found, alone)
    ]
    pd.testing.assert_frame_equal(*(frame.reset_index(drop=True) for frame in numbers))


def test_a_folder_is_told_to_be_a_run_over_a_dump(run, tmp_path):
    assert is_dump_run(run)
    assert not is_dump_run(tmp_path)


@pytest.mark.parametrize("thread", ["t9", "", "../t000", "t000'; --"])
def test_a_thread_that_is_not_there_is_told(run, thread):
    with pytest.raises(DiscourseError, match="no thread of this id"):
        read_thread(Place(str(run)), thread)


def test_a_page_of_somebody_else_is_not_replaced(run, tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<p>mine</p>", encoding="utf-8")
    with pytest.raises(DiscourseError, match="no earlier run wrote this page"):
        draw_thread(run, "t000", out=page)
    assert page.read_text(encoding="utf-8") == "<p>mine</p>"


@pytest.mark.parametrize("thread", ["../../etc/passwd", "CON", "", "a" * 400, "т/1", "x\u202e\n;rm -rf ~"])
def test_names_of_pages_are_safe_whatever_a_thread_is_called(thread):
    name = page_name(thread)
    assert len(name) < 90
    assert name.replace("-", "").replace("_", "").removesuffix(".html").isalnum()
    assert name.isascii()


def test_two_threads_never_share_a_page():
    names = {page_name(thread).casefold() for thread in ("a", "A", "a.", "a/", "ä", "", "thread")}
    assert len(names) == 7
