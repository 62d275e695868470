from datetime import UTC, datetime

import pytest

from discourse.ingest.exports.moments import MISSING, moment_of, seconds_of

NOON = 1_577_966_645  # 2020-01-02 12:04:05 UTC


@pytest.mark.parametrize(
    "value",
    [
        NOON,
        float(NOON),
        str(NOON),
        f"{NOON}.0",
        NOON * 1000,
        str(NOON * 1000 + 7),
        NOON * 1_000_000,
        "2020-01-02T12:04:05Z",
        "2020-01-02T13:04:05+01:00",
        "2020-01-02 12:04:05",
        "2020-01-02 12:04:05 UTC",
        "2020-01-02T12:04:05.678",
        "Thu, 02 Jan 2020 12:04:05 GMT",
        "Thu, 02 Jan 2020 07:04:05 -0500",
        "Thu Jan 02 12:04:05 +0000 2020",
        "02.01.2020 12:04:05",
        "2020/01/02 12:04:05",
        20200102120405,
        datetime(2020, 1, 2, 12, 4, 5, tzinfo=UTC),
        datetime(2020, 1, 2, 12, 4, 5),
    ],
)
def test_one_moment_in_many_forms(value):
    assert moment_of(value) == NOON
    assert seconds_of([value, None])[0].tolist() == [NOON, MISSING]


def test_days_alone_and_slashed_dates():
    day = NOON - NOON % 86400
    assert moment_of("20200102") == moment_of("2020-01-02") == moment_of("02.01.2020") == day
    assert moment_of("1/31/2020 0:00") == moment_of("31/1/2020") == day + 29 * 86400
    assert moment_of("3/4/2020") is None


@pytest.mark.parametrize("value", [None, "", "NaN", float("nan"), 0, "0", "null", " "])
def test_absent_times_are_no_fault(value):
    found, bad = seconds_of([value])
    assert (found.tolist(), bad) == ([MISSING], [])


@pytest.mark.parametrize("value", ["soon", 7, -5, 1e300, float("inf"), "9" * 60, [1], True, "2020-13-45"])
def test_what_is_no_time_is_a_fault(value):
    found, bad = seconds_of([value, "2020-01-02"])
    assert found[0] == MISSING
    assert bad == [0]


def test_numbers_are_read_alike_one_by_one_and_together():
    numbers = [NOON, NOON * 1000, 20200102, 5.0, NOON + 0.9]
    found, bad = seconds_of(numbers)
    assert found.tolist() == [moment_of(n) if moment_of(n) is not None else MISSING for n in numbers]
    assert bad == [3]
