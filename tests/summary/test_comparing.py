"""Figures of two runs side by side: shares, rates, ratios and how sure they are."""

import pytest
from made_thread import made_tables

from discourse.summary.comparing import Figures, pairs, sizes
from discourse.summary.rates import rate_ratio, share_interval
from discourse.tables import SUMMARY, Tables, frame_of


def figures(**totals):
    return Figures({name.replace("__", "."): value for name, value in totals.items()})


def test_the_interval_of_a_share_is_the_exact_one():
    low, high = share_interval(3, 10)
    assert low == pytest.approx(0.0667, abs=1e-4)  # from printed tables
    assert high == pytest.approx(0.6525, abs=1e-4)
    assert share_interval(0, 10) == pytest.approx((0, 0.3085), abs=1e-4)
    assert share_interval(10, 10) == pytest.approx((0.6915, 1), abs=1e-4)
    assert share_interval(0, 0) is None


def test_the_ratio_of_two_rates_has_the_interval_of_the_share_of_the_second():
    ratio, low, high = rate_ratio((10, 20), (1000, 1000))
    assert ratio == 2
    share = share_interval(20, 30)
    assert (low, high) == pytest.approx((share[0] / (1 - share[0]), share[1] / (1 - share[1])))
    assert low < 1 < high


def test_ratios_have_no_bound_where_the_first_run_has_nothing():
    ratio, low, high = rate_ratio((0, 5), (1000, 1000))
    assert (ratio, high) == (None, None)
    assert low > 0
    assert rate_ratio((5, 0), (1000, 1000))[:2] == (0, 0)
    assert rate_ratio((0, 0), (1000, 1000)) is None
    assert rate_ratio((1, 1), (0, 1000)) is None


def test_swapping_the_runs_turns_the_ratio_round():
    ratio, low, high = rate_ratio((7, 3), (900, 1500))
    back = rate_ratio((3, 7), (1500, 900))
    assert (1 / ratio, 1 / high, 1 / low) == pytest.approx(back)


def test_figures_of_several_sources_add_up_and_a_name_on_two_is_one_author():
    tables = made_tables()
    one, two = Figures.of([tables]), Figures.of([tables, tables])
    assert two.count("posts_found") == 2 * one.count("posts_found") == 28
    assert two.count("own_words") == 2 * one.count("own_words")
    assert two.count("authors") == one.count("authors")


def test_shares_are_of_what_was_added_up():
    first = figures(links=10, links_guessed=4, posts_found=20)
    second = figures(links=30, links_guessed=6, posts_found=40)
    (guesses,) = [pair for pair in pairs(first, second) if pair.name == "links that are guesses"]
    assert [(m.count, m.of, m.value) for m in guesses.measures] == [(4, 10, 0.4), (6, 30, 0.2)]
    assert not guesses.is_apart


def test_what_a_run_never_counted_is_unknown_and_not_none():
    pair = next(
        pair
        for pair in pairs(figures(posts_found=20, posts_in_loops=5), figures(posts_found=20))
        if pair.name == "posts that are turns of a dispute"
    )
    assert pair.measures[0].value == 0.25
    assert pair.measures[1].value is None
    assert sizes(figures(posts_found=20), figures())[0].values == (20, None)


def test_only_what_differs_over_all_comparisons_together_is_apart():
    first = figures(own_words=10_000, **{f"markers__m{n}": 20 for n in range(30)})
    slight = {f"markers__m{n}": 20 for n in range(30)} | {
        "markers__m0": 37
    }  # apart at 95 % if it stood alone
    clear = {**slight, "markers__m1": 90}
    assert [p.name for p in pairs(first, figures(own_words=10_000, **slight)) if p.is_apart] == []
    alone = pairs(figures(own_words=10_000, markers__m0=20), figures(own_words=10_000, markers__m0=37))
    assert [p.is_apart for p in alone] == [True]
    assert [p.name for p in pairs(first, figures(own_words=10_000, **clear)) if p.is_apart] == ["m1"]


def test_a_run_against_itself_is_never_apart():
    mine = Figures.of([made_tables()])
    found = pairs(mine, mine)
    assert found
    assert not any(pair.is_apart for pair in found)
    assert all(pair.ratio is None or pair.ratio[0] == pytest.approx(1) for pair in found)


def test_a_run_without_posts_has_no_shares():
    empty = Figures.of([Tables({"summary": frame_of(SUMMARY, [])})])
    assert pairs(empty, empty) == []


def test_an_author_placed_on_several_pages_is_placed_once():
    tables = made_tables()
    one, several = Figures.of([tables]), Figures.of([tables] * 4)
    assert one.count("authors_in_camps") == len(set(tables["camps"]["author"])) > 0
    assert several.count("authors_in_camps") == one.count("authors_in_camps") <= several.count("authors")
    (placed,) = [pair for pair in pairs(one, several) if pair.name == "authors placed in a camp"]
    assert placed.measures[0] == placed.measures[1]


def test_figures_added_up_by_parts_are_those_of_all_at_once():
    tables = made_tables()
    assert Figures.joined([Figures.of([tables]), Figures.of([tables])]) == Figures.of([tables, tables])


def test_more_than_all_is_no_share():
    with pytest.raises(ValueError, match="12 of 10 is no share"):
        share_interval(12, 10)
    with pytest.raises(ValueError, match="is no share"):
        pairs(figures(links=10, posts_found=5), figures(links=1, posts_found=5))
