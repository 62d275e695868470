"""The page on all threads of a dump."""

import re
import shlex

import pytest

from discourse.report.many.charts import bars, ordinal, smalls
from discourse.report.many.page import render_many
from discourse.report.many.rows import command_for
from discourse.summary.clustered import ThreadSums
from discourse.summary.many import Period, StanceCell, StanceSeries
from tests.report.made_many import WORDS, empty_many, made_many
from tests.report.made_thread import SCRIPT

RUN = {
    "run_id": "abc",
    "sources": [{"uri": "dir/pools.jsonl", "sha256": "f0"}],
    "code": {"discourse-analyzer": "0"},
}


def words_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_it_says_how_much_was_read_and_how_sure_it_is():
    html = render_many(
        made_many(), {**RUN, "error_rates": {"layer.reply": "61 of 100 were right; more", "hedge": "1 in 9"}}
    )
    said = words_of(html)
    assert "3,210 comments in 120 threads, from 2020-01-03 to 2022-12-30. 8 arguments go round" in said
    assert "61 of 100 were right" in said
    assert "1 in 9" in said
    assert "777 different names" in said
    assert "SHA-256 f0" in said


def test_hostile_words_are_text():
    html = render_many(made_many(), RUN)
    assert SCRIPT not in html
    assert "<script" not in html
    assert "<img" not in html


@pytest.mark.parametrize("thread_id", [*WORDS, "--out=x", "plain", ""])
def test_the_command_names_one_thread_whatever_its_id(thread_id):
    words = shlex.split(command_for(thread_id))
    assert words[:3] == ["discourse", "report", "DIR"]
    assert " ".join(words[3:]) in (f"--thread {thread_id}", f"--thread={thread_id}")
    assert len(words) == 5 or (len(words) == 4 and thread_id.startswith("-"))


def test_nobody_is_ranked():
    said = words_of(render_many(made_many(), RUN)).lower()
    assert "top author" not in said
    assert "most active" not in said


def test_where_nothing_was_found_it_says_so():
    said = words_of(render_many(empty_many(), {}))
    assert "no comments in no threads. No argument was found" in said
    for words in ("No comment has a time", "No post takes a side", "None was found", "Nothing went wrong"):
        assert words in said


def test_the_same_numbers_give_the_same_page():
    assert render_many(made_many(), RUN) == render_many(made_many(), RUN)


def cell(period, favor, against, threads=5):
    n = favor + against
    return StanceCell(
        period, favor, against, ThreadSums(threads, n, favor, n * n // 2, favor**2 // 2, favor * n // 2)
    )


def test_no_line_goes_through_a_month_with_few_posts_or_over_a_gap():
    months = [("2021-01", 8, 8), ("2021-02", 9, 9), ("2021-03", 1, 1), ("2021-04", 9, 9), ("2021-06", 9, 9)]
    (small,) = smalls([StanceSeries("x", tuple(cell(*month) for month in months), 0)])
    assert [len(points.split()) for points in small.lines] == [2]
    assert [dot.is_thin for dot in small.dots] == [False, False, True, False, False]
    assert [bool(dot.low) for dot in small.dots] == [True, True, False, True, True]


def test_one_scale_of_time_holds_for_all_pictures():
    one = StanceSeries("one", (cell("2020-01", 9, 9), cell("2020-12", 9, 9)), 0)
    two = StanceSeries("two", (cell("2020-12", 9, 9),), 0)
    first, second = smalls([one, two])
    assert first.dots[-1].x == second.dots[0].x


def test_bars_lie_within_their_field_whatever_the_years():
    drawn = bars([Period("0001", 1, 1), Period("2021", 5, 1), Period("9999", 9, 1)])
    assert drawn.span == 9999
    starts = [float(x) for x in re.findall(r"M([\d.]+) ", drawn.path)]
    widths = [float(x) for x in re.findall(r"h([\d.]+)V", drawn.path)]
    assert all(x >= 0 and x + w <= drawn.span for x, w in zip(starts, widths, strict=True))
    assert bars([Period("2021-01", 4, 1)]) is None
    assert bars([Period("unknown", 4, 1)]) is None


def test_what_is_no_time_has_no_place():
    assert ordinal("2021-02") == ordinal("2021-01") + 1 == 12 * 2021 + 2
    assert ordinal("2021-03-01") == ordinal("2021-02-28") + 1
    assert [ordinal(text) for text in ("unknown", "2021-13", "2021-02-30", "", "1-2-3-4")][:4] == [None] * 4
