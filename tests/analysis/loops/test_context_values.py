"""Values of claims: read as their text or their label gives them, in every dimension."""

import pytest
from msgspec.structs import replace

from discourse.analysis.loops.context_values import Values, value_of
from discourse.analysis.loops.context_words import what_counts
from discourse.model import Claim
from discourse.text.quantities import find_quantities
from discourse.text.units import UNITS

MEASURED = [
    f"It was {number} {unit} then." for unit in sorted(UNITS) for number in ("4", "over 3", "10 to 14")
]
OTHERS = [
    "It opens on the 5th.",
    "It opens on 5 February.",
    "It opened in 1987.",
    "There were 1.5 million boats.",
    "There were about 40 people.",
    "It was less than a week.",
]


def claim(text, value):
    return Claim(claim_id="t:c1", thread_id="t", text=text, annotator="claims@1", value=value)


@pytest.mark.parametrize("text", [*MEASURED, *OTHERS])
def test_a_value_is_read_from_its_claim_and_from_its_label_alone(text):
    given = find_quantities(text)
    if not given:
        return  # a unit that is no value after a number
    (value,) = given
    same = (value.dimension, value.low, value.high, value.label)
    for words in (text, "As I said."):
        read = value_of(claim(words, value.label))
        assert read is not None
        assert (read.dimension, read.low, read.high, read.label) == same


def test_a_length_between_two_days_keeps_both_ways_of_counting():
    text = "It stood from 3 May to 24 May."
    (value,) = find_quantities(text)
    assert value_of(claim(text, value.label)) == value


def test_a_claim_without_a_value_has_none():
    assert value_of(claim("It lasted 4 days.", None)) is None


def test_a_day_without_its_month_is_that_day_of_any_month():
    fifth, seventh, dated = (
        find_quantities(f"It was on {day}.")[0] for day in ("the 5th", "the 7th", "5 May")
    )
    values = Values((fifth, seventh))
    assert values.dimension == "day"
    assert values.side(dated) == 0
    assert Values((dated, seventh)).side(fifth) == 0


def test_no_month_is_not_the_month_of_a_claim_without_a_value():
    dated = find_quantities("It was on 5 May.")[0]
    assert not Values((dated, None)).has_month(None)
    assert not Values((None, None)).has_month(None)
    assert Values((dated, None)).side_of_month(5) == 0
    assert Values((dated, replace(dated, low=167.0, high=167.0))).side_of_month(5) is None


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("They sold 45 cups and plates.", "cups and plates"),
        ("They sold 45 cups and over 60 plates.", "cups"),
        ("They sold 45 cups and 60 plates.", "cups"),
        ("They hit 45 cups and broke them.", "cups"),
    ],
)
def test_what_is_counted_ends_where_another_number_or_verb_begins(text, counted):
    assert what_counts(find_quantities(text)[0], text) == counted
