from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import DiscourseError
from discourse.exchange.brat.lines import fragments_of, parse_lines


def test_what_brat_writes_is_read():
    content = (
        "T1\trhetoric_hedge 0 7\tperhaps\n"
        "T12\treply_agree 10 14;15 20\tYes. Right\r\n"
        "#1\tAnnotatorNotes T1\tmy\tnote\n"
        "A1\tNegation T1\nR1\tanswers Arg1:T1 Arg2:T12\t\nE1\tx_y:T1\n"
        "*\tEquiv T1 T12\nN1\tReference T1 db:1\tw\n\n"
    )
    found = parse_lines(content, "x.ann")
    assert [(mark.name, mark.kind, mark.fragments, mark.text) for mark in found.marks] == [
        ("T1", "rhetoric_hedge", ((0, 7),), "perhaps"),
        ("T12", "reply_agree", ((10, 14), (15, 20)), "Yes. Right"),
    ]
    assert found.marks[1].hull == (10, 20)
    assert found.notes == {"T1": ["my\tnote"]}


@pytest.mark.parametrize(
    "line",
    [
        "T2\trhetoric_hedge 7 0\tx",
        "T2\trhetoric_hedge\tx",
        "T2\trhetoric_hedge 1 2;\tx",
        "T2\trhetoric_hedge -1 2\tx",
        "T2\trhetoric_hedge ١ ٢\tx",
        "T2",
        "T1\trhetoric_hedge 0 1\tx",
        "<html>",
        "T2\trhetoric_hedge 0 " + "9" * 5000 + "\tx",
    ],
)
def test_a_line_that_is_none_of_brats_is_named(line):
    with pytest.raises(DiscourseError, match=r"x\.ann, line 2: "):
        parse_lines(f"T1\trhetoric_hedge 0 1\ta\n{line}\n", "x.ann")


@given(st.text("ab\n", max_size=12), st.data())
def test_fragments_hold_every_character_but_line_feeds(text, data):
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    fragments = fragments_of(text, start, end)
    assert "".join(text[first:last] for first, last in fragments) == text[start:end].replace("\n", "")
    assert all("\n" not in text[first:last] for first, last in fragments)
    assert all(last < first for (_, last), (first, _) in pairwise(fragments))
