"""Days in articles: which one a weekday is, and how long it is between two."""

from datetime import date

import pytest

from discourse.analysis.loops.context_days import days_in
from tests.growth import assert_linear, repeated

WEDNESDAY = date(2026, 2, 4)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("The fence should stand until this Friday.", ["6 Feb (Friday)"]),
        ("The fence was only meant to last until Sunday.", ["1 Feb (Sunday)"]),
        ("It will stay open until Sunday.", ["8 Feb (Sunday)"]),
        ("On Sunday the offer expired.", ["1 Feb (Sunday)"]),
        (
            "It stood there from Thursday until Sunday and was no help.",
            ["29 Jan (Thursday)", "1 Feb (Sunday)", "3 days"],
        ),
        ("It began in late January.", ["late January"]),
        ("It takes until September.", ["September"]),
        ("The offer ended on March 2.", ["2 Mar"]),
        ("It was opened on 17 June 1961.", []),
        ("The mayor spoke on Tuesday.", []),
        ("They may march in.", []),
        ("The strike will last until Friday.", ["6 Feb (Friday)"]),
        ("Closed since last month, the bridge will open on Friday.", ["6 Feb (Friday)"]),
        ("They had hoped it would end on Friday.", ["6 Feb (Friday)"]),
        ("On Friday the strike will end.", ["6 Feb (Friday)"]),
        ("It ended, the board will be told, when it was closed on Friday.", ["30 Jan (Friday)"]),
        ("The road had been closed since Friday.", ["30 Jan (Friday)"]),
        ("The strike will end on Friday 13 February.", ["13 Feb"]),
        ("The strike will end on Friday, February 13.", ["13 Feb"]),
        ("The strike ended on 13 February, a Friday.", ["13 Feb"]),
        ("It runs from Friday 13 February until Sunday 15 February.", ["13 Feb", "15 Feb", "2 days"]),
        ("It ran from 1 January 2025 until 3 January 2026.", ["1 Jan", "3 Jan", "367 days"]),
        ("It ran from December 28, 2025 until January 3, 2026.", ["28 Dec", "3 Jan", "6 days"]),
        ("It ran from December 28, 2025, until January 3.", ["28 Dec", "3 Jan", "6 days"]),
        ("It ran from December 28, as planned, until January 3.", ["28 Dec", "3 Jan", "6 days"]),
        ("It ran from December 28, as planned, until January 3, 2026.", ["28 Dec", "3 Jan", "6 days"]),
        ("It was closed from Saturday until Monday.", ["31 Jan (Saturday)", "2 Feb (Monday)", "2 days"]),
        ("It is closed from 13 February to Friday.", ["13 Feb", "30 Jan (Friday)"]),
    ],
)
def test_days_on_which_something_begins_or_ends(text, labels):
    assert [given.label for given in days_in(text, WEDNESDAY)] == labels


def test_without_a_day_of_its_own_an_article_names_weekdays_alone():
    assert [given.label for given in days_in("It lasts until Friday.", None)] == ["Friday"]


PIECES = (
    "was |was x to |will |friday |friday, |from |1 may |1 may, 2026 |until friday 1 may|, | |mid-may |said a "
)


@pytest.mark.parametrize("piece", PIECES.split("|"))
def test_the_cost_of_a_sentence_grows_with_its_length(piece):
    # sentences have at most 600 characters: a pair of days may be compared, a character not with all others
    assert_linear(repeated(piece), lambda text: days_in(text, WEDNESDAY), small=600)
