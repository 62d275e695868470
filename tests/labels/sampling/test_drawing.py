"""What is drawn: a fair random part, the rest by need, spread over threads, and nothing twice."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import DiscourseError
from discourse.labels.sampling.asked import WAYS, Asked
from discourse.labels.sampling.drawing import RANDOM, draw, rows_of
from discourse.labels.sampling.spread import spread
from tests.labels.sampling.made_posts import Posts, label, looked, made


def drawn(posts, **asked):
    """Return the rows of a sample in the order to label them, and what is told of it."""
    sample = draw(posts, Asked(**asked))
    return [row for _, row in sorted(rows_of(sample, posts), key=lambda pair: pair[0])], sample


def doubtful(number, *, threads=4):
    """Return posts of some threads, each with a label of its own score."""
    rows = [
        made(
            n,
            label("hedge", "hedges@4", round(0.3 + n / 1000, 4)),
            thread=f"t{n % threads}",
            text=f"word{n} it",
        )
        for n in range(number)
    ]
    return Posts(*rows)


@pytest.mark.parametrize("way", WAYS)
def test_a_sample_has_the_size_and_random_part_that_were_asked_for(way):
    posts = Posts(*(made(n, label("hedge", "hedges@4"), label("booster", "boosters@4")) for n in range(100)))
    rows, _ = drawn(posts, number=20, way=way, random_share=0.3)
    assert len({row.post_id for row in rows}) == len(rows) == 20
    assert Counter(row.part for row in rows) == ({RANDOM: 20} if way == RANDOM else {RANDOM: 6, way: 14})


@pytest.mark.parametrize("way", WAYS)
def test_the_same_seed_draws_the_same_and_another_draws_others(way):
    posts = doubtful(80)
    first, second, other = (drawn(posts, number=20, way=way, seed=seed)[0] for seed in (1, 1, 2))
    assert first == second
    assert {row.post_id for row in first} != {row.post_id for row in other}


def test_every_post_comes_into_the_random_part_equally_often():
    posts = Posts(*(made(n, label("hedge", "hedges@4", 0.1 + n / 50)) for n in range(20)))
    counts = Counter(
        row.post_id
        for seed in range(400)
        for row in drawn(posts, number=8, random_share=0.5, seed=seed)[0]
        if row.part == RANDOM
    )
    assert len(counts) == 20
    assert all(50 < count < 115 for count in counts.values()), "80 are expected of each, labelled or not"


def test_the_probability_is_the_random_parts_share_of_what_could_be_drawn():
    posts = Posts(*doubtful(40).all, made(40, text=""), made(41, coded=[looked("ann")]))
    rows, sample = drawn(posts, number=10, random_share=0.4)
    assert {row.probability for row in rows} == {round(4 / 41, 6), None}
    assert all((row.probability is None) == (row.part != RANDOM) for row in rows)
    assert (sample.eligible, sample.empty, sample.coded) == (41, 1, 1)


def test_coded_posts_come_into_the_random_part_as_often_as_others_and_say_for_what_they_were():
    coded = [
        made(n, label("hedge", "hedges@4", 0.1), coded=[looked("ann"), looked("bo", "reply", "agree")])
        for n in range(10)
    ]
    posts = Posts(*coded, *(made(n, label("hedge", "hedges@4", n / 50)) for n in range(10, 40)))
    counts = Counter[str]()
    for seed in range(200):
        rows, sample = drawn(posts, number=16, random_share=0.5, seed=seed)
        own = {int(row.post_id[2:]) < 10: row.coded for row in rows}
        assert own.get(True, "rhetoric") == "rhetoric"
        assert own[False] == ""
        assert all(row.part == RANDOM for row in rows if row.coded)
        assert sample.done == sum(bool(row.coded) for row in rows)
        counts.update(row.coded for row in rows if row.part == RANDOM)
    assert counts.total() == 200 * 8
    assert 340 < counts["rhetoric"] < 460, "a quarter is expected"


@pytest.mark.parametrize("way", WAYS)
def test_all_ways_can_draw_where_some_are_coded(way):
    """What is unlike the posts drawn at random is told although coded ones are among these."""
    posts = Posts(*doubtful(20).all, *(made(20 + n, coded=[looked("ann")]) for n in range(20)))
    rows, _ = drawn(posts, number=30, way=way, random_share=0.6)
    assert len({row.post_id for row in rows}) == len(rows) >= 18


def test_posts_that_people_have_coded_are_not_chosen_unless_they_are_wanted():
    posts = Posts(
        made(1, coded=[looked("ann", "reply")]),
        made(2, label("hedge", "human:ann")),
        made(3),
        made(4, coded=[looked("ann")]),
        made(5, rejected=[("rhetoric", "hedge", None, 0, 4)]),
    )
    way = {"way": "diversity", "random_share": 0}
    assert {row.post_id for row in drawn(posts, **way)[0]} == {"t:3"}
    of_layer, _ = drawn(posts, **way, layers=frozenset({"rhetoric"}))
    assert {row.post_id for row in of_layer} == {"t:1", "t:3"}
    assert {row.layer for row in of_layer} == {"rhetoric"}
    assert len(drawn(posts, **way, keeps_coded=True)[0]) == 5


def test_posts_without_a_word_are_never_drawn():
    posts = Posts(made(1, text=""), made(2, text=" \n\t"), made(3))
    assert [row.post_id for row in drawn(posts, keeps_coded=True)[0]] == ["t:3"]


@pytest.mark.parametrize("way", WAYS)
def test_where_there_are_fewer_posts_than_wanted_all_are_taken(way):
    rows, sample = drawn(doubtful(7), number=50, way=way)
    assert len(rows) == 7
    assert {(row.part, row.probability) for row in rows} == {(RANDOM, 1.0)}
    assert sample.threads == 4


def test_where_few_can_be_chosen_the_random_part_is_larger():
    plain = [made(n, thread="p") for n in range(50)]
    posts = Posts(*plain, *(made(n, label("hedge", "hedges@4", n / 10)) for n in range(3)))
    rows, _ = drawn(posts, number=20)
    parts = Counter(row.part for row in rows)
    assert parts[RANDOM] == 17
    assert {row.probability for row in rows if row.part == RANDOM} == {round(17 / 53, 6)}
    assert parts["uncertainty"] <= 3


def test_no_random_part_is_drawn_where_none_is_wanted():
    posts = Posts(*doubtful(5).all, made(9))
    rows, _ = drawn(posts, number=10, random_share=0)
    assert Counter(row.part for row in rows) == {"uncertainty": 5}
    with pytest.raises(DiscourseError, match="no post can be chosen so"):
        drawn(Posts(made(1)), random_share=0)


def test_nothing_left_to_draw_is_said():
    with pytest.raises(DiscourseError, match="no post with a text"):
        drawn(Posts(made(1, text="")))
    with pytest.raises(DiscourseError, match="--keep-coded"):
        drawn(Posts(made(1, coded=[looked("ann")])))


@pytest.mark.parametrize("way", ["uncertainty", "diversity"])
def test_a_long_thread_does_not_take_the_whole_sample(way):
    long = [made(n, label("hedge", "hedges@4", 0.1 + n / 1000), thread="long") for n in range(200)]
    short = [made(n, label("hedge", "hedges@4", 0.9), thread=f"s{n}") for n in range(5)]
    rows, _ = drawn(Posts(*long, *short), number=10, way=way, random_share=0)
    counts = Counter(row.thread_id for row in rows)
    assert set(counts) == {"long", "s0", "s1", "s2", "s3", "s4"}
    assert counts["long"] == 5


def test_rows_stand_in_no_order_of_part_or_page():
    rows, _ = drawn(doubtful(200), number=60, random_share=0.5)
    parts = [row.part for row in rows]
    assert len({*parts[:20]}) == len({*parts[-20:]}) == 2
    places = [int(row.post_id.split(":")[1]) for row in rows]
    assert places != sorted(places)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"number": 0}, "--n: 0 posts are none"),
        ({"way": "luck"}, "--by: there is no way 'luck'"),
        ({"random_share": 0.05}, "--random-share: of a random part of 0.05"),
        ({"random_share": 1.5}, "--random-share"),
        ({"random_share": float("nan")}, "--random-share"),
        ({"layers": frozenset({"mood"})}, "--layer: there is no layer 'mood'"),
    ],
)
def test_what_cannot_be_asked_is_named(asked, told):
    with pytest.raises(DiscourseError, match=told):
        Asked(**asked)


@given(
    st.dictionaries(st.integers(0, 30), st.floats(0, 1), max_size=31),
    st.lists(st.integers(0, 5), min_size=31, max_size=31),
    st.integers(0, 40),
)
def test_spreading_gives_no_thread_two_more_than_another_that_still_has_posts(needs, threads, number):
    chosen = spread(needs, threads, number, range(31))
    assert len(set(chosen)) == len(chosen) == min(number, len(needs))
    had, has = Counter(threads[place] for place in chosen), Counter(threads[place] for place in needs)
    fullest = max(had.values(), default=0)
    assert all(had[thread] >= fullest - 1 or had[thread] == has[thread] for thread in has)
    for place in set(needs) - set(chosen):
        assert all(needs[place] <= needs[one] for one in chosen if threads[one] == threads[place])
