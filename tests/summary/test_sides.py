"""Sides: rates with their intervals, and the words that set two sides apart."""

import pytest

from discourse.summary import summarise
from discourse.summary.sides import LEAST_POSTS, MOST_WORDS, log_odds, rate_interval
from discourse.tables import CONTRACT, Tables, frame_of


def thread(posts, camps, marks=()):
    """Build a thread: posts as (author, text), camps by author, marks as (post, label)."""
    rows = [
        {
            "post_id": f"t:{place}",
            "thread_id": "t/1",
            "source_id": "s",
            "position": place,
            "author": author,
            "text": text,
            "reply_evidence": "none",
        }
        for place, (author, text) in enumerate(posts, start=1)
    ]
    members = [
        {"thread_id": "t/1", "author": name, "annotator": "x@1", "camp": camp, "score": 0.9, "posts": 2}
        for name, camp in camps.items()
    ]
    notes = [
        {
            "post_id": f"t:{place}",
            "start": 0,
            "end": 3,
            "layer": "rhetoric",
            "label": label,
            "annotator": "x@1",
            "score": 0.9,
            "quote": "-",
        }
        for place, label in marks
    ]
    return Tables(
        {
            "posts": frame_of(CONTRACT["posts"], rows),
            "camps": frame_of(CONTRACT["camps"], members),
            "annotations": frame_of(CONTRACT["annotations"], notes),
        }
    )


def figures(tables, kind):
    table = summarise(tables)["summary"]
    rows = table[table["unit_kind"] == kind]
    return {(row.unit_id, row.metric): row.value for row in rows.itertuples()}


def words_of(tables):
    return {unit.split("/", 1)[1] for unit, metric in figures(tables, "side_word") if metric == "log_odds_z"}


FERRY = [("ann", "the ferry runs and the ferry pays"), ("bo", "a bridge is what a town needs")] * 6
FERRY += [("cy", "my ferry was late, our ferry"), ("dot", "your bridge, their bridge, any bridge")] * 6
CAMPS = {"ann": 1, "cy": 1, "bo": 2, "dot": 2}


@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, 0.0, 3.6889), (1, 0.0253, 5.5716), (10, 4.7954, 18.3904)]
)
def test_an_interval_is_that_of_garwoods_table(count, low, high):
    assert rate_interval(count, 1000) == pytest.approx((low, high), abs=2e-4)


def test_twice_the_words_halve_the_rate_and_its_interval():
    one, two = rate_interval(5, 1000), rate_interval(5, 2000)
    assert one is not None
    assert two == pytest.approx(tuple(value / 2 for value in one), abs=1e-4)


def test_without_words_there_is_no_rate():
    assert rate_interval(0, 0) is None


def test_log_odds_turn_their_sign_with_the_groups_and_vanish_where_both_speak_alike():
    whole = {"tea": 30, "rum": 30, "the": 140}
    first, second = {"tea": 25, "rum": 5, "the": 70}, {"tea": 5, "rum": 25, "the": 70}
    there, back = log_odds(first, second, whole), log_odds(second, first, whole)
    assert there["tea"][0] > 0 > there["rum"][0]
    assert there["tea"] == pytest.approx(tuple(-value for value in back["tea"]))
    assert there["the"] == pytest.approx((0.0, 0.0))


def test_a_stronger_prior_draws_the_ratio_to_nothing():
    whole = {"tea": 30, "rum": 30}
    weak, strong = (log_odds({"tea": 9}, {"rum": 9}, whole, prior)["tea"] for prior in (1.0, 1000.0))
    assert weak[0] > strong[0] > 0
    assert weak[1] > strong[1]


def test_words_that_the_whole_lacks_and_empty_groups_are_no_fault():
    assert log_odds({"tea": 1}, {}, {}) == {}
    assert set(log_odds({}, {}, {"tea": 1})) == set()


def test_the_words_of_each_side_are_named():
    found = words_of(thread(FERRY, CAMPS))
    assert {"1/ferry", "2/bridge"} <= found
    assert not {"1/bridge", "2/ferry"} & found


def test_one_authors_own_word_is_not_the_sides():
    posts = [*FERRY, *[("ann", "whelks whelks whelks")] * (LEAST_POSTS + 3)]
    assert not any("whelks" in word for word in words_of(thread(posts, CAMPS)))


def test_no_more_words_than_can_be_read_are_kept():
    vocabulary = [f"w{chr(97 + k)}" for k in range(26)]
    posts = [(name, " ".join(vocabulary)) for name in ("ann", "cy") * 8] + [
        ("bo", "well"),
        ("dot", "well"),
    ] * 8
    assert sum(word.startswith("1/") for word in words_of(thread(posts, CAMPS))) <= MOST_WORDS


def test_a_side_that_never_uses_a_marker_has_a_rate_of_nothing_with_an_interval():
    found = figures(thread(FERRY, CAMPS, [(1, "hedge"), (3, "hedge")]), "side")
    assert found["t%2F1/2", "markers_per_1000.hedge"] == 0
    assert found["t%2F1/2", "markers_per_1000_high.hedge"] > 0
    low, rate, high = (found["t%2F1/1", f"markers_per_1000{part}.hedge"] for part in ("_low", "", "_high"))
    assert 0 < low < rate < high


def test_posts_of_nobody_in_a_camp_count_for_no_side():
    found = figures(thread([*FERRY, ("eve", "what a day")], CAMPS), "side")
    assert found["t%2F1/1", "posts"] + found["t%2F1/2", "posts"] == len(FERRY)


def test_a_thread_without_camps_has_no_sides():
    tables = thread(FERRY, {})
    assert not figures(tables, "side")
    assert not figures(tables, "side_word")
