"""How rows end: names behind dashes, times in brackets, also at the end of long lines."""

import pytest

from discourse.ingest.pasted.recurrence import Rows
from discourse.ingest.pasted.rows import read_rows
from discourse.ingest.pasted.rowtails import TAIL, Tails, tail_tokens

LONG = "It was said before, and it will be said again, that nobody has counted the lamps. " * 6


def told(name: str, *lines: str) -> list[float]:
    rows = Rows(read_rows(list(lines)))
    tails = Tails(rows)
    return [tails.told(place)[TAIL.index(name)] for place in range(len(rows.rows))]


def test_the_tokens_at_the_end_of_a_long_row_lie_where_they_say() -> None:
    (row,) = read_rows([f"{LONG}– Ann-Kathrin (talk) 12:03"])
    tokens = tail_tokens(row)
    assert row.long
    assert tokens[-1].end == len(row.text)
    assert [row.text[t.start : t.end].lower() for t in tokens if t.mask.startswith("ann")] == ["ann-kathrin"]


@pytest.mark.parametrize("text", ["x" * 5000, "· " * 900, "\t" * 300 + "a" * 300, "é" * 201])
def test_long_rows_of_any_sort_have_an_end(text: str) -> None:
    for row in read_rows([text]):
        assert all(0 <= t.start < t.end <= len(row.text) for t in tail_tokens(row))
        assert len(Tails(Rows([row])).told(0)) == len(TAIL)


def test_a_name_that_ends_several_rows_is_seen_at_each() -> None:
    lines = (f"{LONG}– Ann", "No. – Otto", "Yes, all of it! – Ann", "We shall see", "Indeed – Ann")
    assert told("dash_text", *lines) == [3, 1, 3, 0, 3]


def test_a_sentence_that_ends_before_the_dash_is_seen() -> None:
    assert told("dash_stop", "No. – Otto", "Ann – Otto", "Otto") == [1, 0, 0]
