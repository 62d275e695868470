"""Moments as pages write them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from discourse.ingest.times import find_moments, resolve

DAY = date(2024, 5, 6)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Today 07:56 am JST", "2024-05-05T22:56:00+00:00"),
        ("Yesterday 11:40 pm GMT", "2024-05-05T23:40:00+00:00"),
        ("March 12, 2008 at 11:06 pm", "2008-03-12T23:06:00+00:00"),
        ("9. August 2021 um 07:43 Uhr", "2021-08-09T07:43:00+00:00"),
        ("le 3 février 2020 à 18:05", "2020-02-03T18:05:00+00:00"),
        ("Tue Feb 03, 2026 3:05 pm", "2026-02-03T15:05:00+00:00"),
        ("14.03.2022, 08:45", "2022-03-14T08:45:00+00:00"),
        ("2022-03-14 08:45", "2022-03-14T08:45:00+00:00"),
        ("2023年5月6日 12:30", "2023-05-06T12:30:00+00:00"),
        ("12:00 am is no day", None),
        ("vor 3 Tagen", "2024-05-03T00:00:00+00:00"),
        ("3 hours ago", None),
        ("2 days. ago", "2024-05-04T00:00:00+00:00"),
        ("3 wk. ago", "2024-04-15T00:00:00+00:00"),
        ("2 mo. ago", "2024-03-07T00:00:00+00:00"),
        ("1 yr. ago", "2023-05-07T00:00:00+00:00"),
        ("Feb. 3 09:11 pm CET", "2024-02-03T20:11:00+00:00"),
    ],
)
def test_a_moment_is_resolved_from_the_pages_day(line, expected):
    moments = find_moments(line)
    moment = resolve(moments[0], DAY) if moments else None
    assert (moment.isoformat() if moment else None) == expected


def test_hours_ago_need_the_pages_hour():
    made = datetime(2024, 5, 6, 12, tzinfo=UTC)
    assert resolve(find_moments("vor 3 Stunden")[0], made) == datetime(2024, 5, 6, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "minutes"),
    [("3 hr. ago", 180), ("2 hrs. ago", 120), ("5 min. ago", 5), ("9 sec. ago", 0), ("vor 2 Std.", 120)],
)
def test_a_shortened_unit_may_end_in_a_point(line, minutes):
    (moment,) = find_moments(line)
    assert (moment.offset, moment.end) == (timedelta(minutes=minutes), len(line))


def test_a_date_with_slashes_is_read_as_the_page_means_it():
    assert find_moments("03/04/2020", day_first=True)[0].day == date(2020, 4, 3)
    assert find_moments("03/04/2020", day_first=False)[0].day == date(2020, 3, 4)
    assert find_moments("14/04/2020", day_first=False)[0].day == date(2020, 4, 14)


@pytest.mark.parametrize(
    "line", ["hashset 9", "31 February 2020", "25:61 o'clock", "Hier ist nichts", "maybe 3 of them"]
)
def test_what_is_no_moment_is_left_alone(line):
    assert find_moments(line) == []


def test_a_moment_runs_into_a_name():
    moment = find_moments("KLMToday 07:56 am JST")[0]
    assert moment.start == 3


def test_digits_that_end_a_name_are_no_day():
    (moment,) = find_moments("ebbtide12 March 8, 2021 at 9:18 am")
    assert (moment.start, moment.day) == (10, date(2021, 3, 8))
