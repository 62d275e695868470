"""Whole threads on one side, always the same."""

from discourse.exchange import splitting
from discourse.exchange.corpus import Choice, Corpus
from tests.exchange.exported import made, stored
from tests.exchange.made_run import post


def many(folder, threads):
    return stored(
        folder, [post(n, f"Text {n}.") | {"thread_id": f"thread {n}"} for n in range(1, threads + 1)]
    )


def test_about_a_fifth_of_the_threads_are_tested_on():
    share = sum(splitting.is_for_test(f"thread {number}") for number in range(5_000)) / 5_000
    assert 0.18 < share < 0.22


def test_a_thread_stays_where_it_is_when_others_come(tmp_path):
    few, more = many(tmp_path / "few", 30), many(tmp_path / "more", 60)
    with Corpus([few]) as corpus:
        first = splitting.testing_threads(corpus)
    with Corpus([more]) as corpus:
        second = splitting.testing_threads(corpus)
    assert first
    assert first == {name for name in second if int(name.split()[1]) <= 30}


def test_one_thread_is_not_divided(tmp_path):
    with Corpus([made(tmp_path / "run")]) as corpus:
        assert splitting.testing_threads(corpus) == frozenset()


def test_posts_that_are_not_wanted_do_not_count_as_threads(tmp_path):
    with Corpus([many(tmp_path / "run", 30)], Choice(posts=frozenset({"pier:1", "pier:2"}))) as corpus:
        assert splitting.testing_threads(corpus) == frozenset()
