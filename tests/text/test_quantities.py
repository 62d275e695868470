"""Quantities: what a number measures, as an interval, and what measures nothing."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.text.quantities import agree, find_quantities


@pytest.mark.parametrize(
    ("text", "dimension", "low", "high", "label"),
    [
        ("it took 4 days", "time", 4, 4, "4 days"),
        ("a one-week pause", "time", 7, 7, "1 week"),
        ("a full week", "time", 7, 7, "1 week"),
        ("a fortnight", "time", 14, 14, "1 fortnight"),
        ("a week and a half", "time", 10.5, 10.5, "1.5 weeks"),
        ("10-14 days", "time", 10, 14, "10 to 14 days"),
        ("from the 28th to the 4th of June", "time", 7, 8, "1 week"),
        ("from 27 February till 19 March", "time", 20, 21, "20 days"),
        ("6 to 15 March", "time", 9, 10, "9 days"),
        ("€1.5 million", "money:eur", 1.5e6, 1.5e6, "€1500000"),
        ("12,000 euros", "money:eur", 12000, 12000, "€12000"),
        ("seven per cent", "percent", 7, 7, "7%"),
        ("two hundred and fifty people", "count", 250, 250, "250"),
        ("Forty-two.", "count", 42, 42, "42"),
        ("in 1894", "year", 1894, 1894, "1894"),
        ("until February 1", "day", 65, 65, "1 Feb"),
        ("5 miles", "length", 8045, 8045, "5 miles"),
    ],
)
def test_a_value_is_read_for_what_it_is(text, dimension, low, high, label):
    (found,) = find_quantities(text)
    assert (found.dimension, found.label) == (dimension, label)
    assert (found.low, found.high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    "text",
    [
        "three weeks ago",
        "twice a week",
        "every ten minutes",
        "see page 4, item 6",
        "at 7:15",
        "the 14 was late",
        "my 11-year-old son",
        "in the past 24 hours",
        "one of them",
        "2. A point of a list",
        "on the first day",
        "",
    ],
)
def test_what_measures_nothing_is_left_out(text):
    assert find_quantities(text) == []


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ("less than a week", "4 days", True),
        ("less than a week", "one week", False),
        ("less than a week", "7 days", False),
        ("at least 12 people", "15 people", True),
        ("more than 12 people", "12 people", False),
        ("about 25 stalls", "24 stalls", True),
        ("about 25 stalls", "42 stalls", False),
        ("almost 100 euros", "95 euros", True),
        ("no more than 5 days", "5 days", True),
        ("a fortnight", "two weeks", True),
        ("96 hours", "4 days", True),
        ("from 3 May to 24 May", "three weeks", True),
        ("40 euros", "40 days", True),
    ],
)
def test_values_agree_where_both_can_hold(first, second, both):
    one, other = find_quantities(first)[0], find_quantities(second)[0]
    assert agree(one, other) is both
    assert agree(other, one) is both


@given(st.text(alphabet="0123456789 -.,:€%$thestoweksdayfromMchFb\n", max_size=80))
def test_any_text_gives_values_in_order_within_it(text):
    found = find_quantities(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(one.start <= two.start for one, two in pairwise(found))
