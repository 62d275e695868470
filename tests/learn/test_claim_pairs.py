import numpy as np
import pytest

from discourse.learn.claim_lexicon import axes, meanings, root
from discourse.learn.claim_pairs import CONTENT, NAMES, either_way, pair_rows
from discourse.learn.claim_points import NAMES as POINT_NAMES
from discourse.learn.claim_points import point_rows
from discourse.learn.claim_words import known_words
from discourse.text.tokens import stem


def row(one, other):
    return dict(zip(NAMES, pair_rows([(one, other)], known_words())[0].tolist(), strict=True))


def test_equal_texts_match_wholly():
    found = row("The old bridge needs paint.", "The old bridge needs paint.")
    for name in ("stems", "overlap", "letters", "company", "match_first", "match_second", "part_first"):
        assert found[name] == pytest.approx(1.0, abs=1e-5), name
    assert found["unmatched_first"] == 0


def test_texts_without_a_common_word_share_nothing():
    found = row("The old bridge needs paint.", "Cats sleep.")
    assert found["stems"] == found["shared"] == found["overlap"] == 0


def test_a_synonym_is_the_same_word():
    assert row("They bought a car.", "They purchased an automobile.")["overlap"] == pytest.approx(1.0)


def test_forms_of_a_word_are_the_same():
    assert row("Dogs bark.", "A dog barked.")["overlap"] == pytest.approx(1.0)


def test_a_denial_in_one_text_alone_counts_by_how_alike_the_rest_is():
    alike = row("They painted the bridge.", "They didn't paint the bridge.")
    apart = row("They painted the bridge.", "Cats do not sleep in boxes.")
    assert alike["one_denies"] == apart["one_denies"] == 1
    assert alike["denies_same"] > 0.9 > apart["denies_same"]
    assert row("They don't paint.", "Nobody paints.")["one_denies"] == 0


def test_curly_apostrophes_deny_too():
    assert row("They painted it.", "They didn’t paint it.")["one_denies"] == 1


def test_opposites_are_seen_whatever_form_they_have():
    assert row("Rents are rising.", "Rents have dropped.")["opposites"] == 1
    assert row("Rents are rising.", "Rents have grown.")["opposites"] == 0
    assert row("Rents rise and fall.", "Rents fall.")["opposites"] == 0  # the first text says both


def test_values_of_one_dimension_agree_or_differ():
    assert row("It took four days.", "It took 4 days.")["values_agree"] == 1
    assert row("It took four days.", "It took a week.")["values_differ"] == 1
    assert row("It took four days.", "It cost 9 euros.")["values_differ"] == 0


def test_rows_either_way_do_not_depend_on_the_order():
    one, other = "The long bridge was closed for months.", "No bridge closed."
    rows = either_way(pair_rows([(one, other), (other, one)], known_words()))
    np.testing.assert_allclose(rows[0], rows[1], atol=1e-6)


def test_a_row_depends_on_its_pair_alone():
    pairs = [
        ("A ship sank.", "The vessel sank at night."),
        ("Bread is cheap.", "Bread costs 2 euros."),
        ("", "x"),
    ]
    together = pair_rows(pairs, known_words())
    for place, pair in enumerate(pairs):
        np.testing.assert_allclose(together[place], pair_rows([pair], known_words())[0], atol=1e-5)


def test_other_forms_of_its_words_elsewhere_change_nothing_of_a_pair():
    pair = ("The lighthouses shine.", "A lighthouse shone.")
    alone = pair_rows([pair], known_words())
    beside = pair_rows([pair, ("Lighthouse shining", "zorbing zorbs lighthouse's")], known_words())
    np.testing.assert_allclose(beside[:1], alone, atol=1e-5)


def test_a_group_depends_on_its_own_pairs_alone():
    here = [("The tram is late.", "The tram is loud."), ("The tram is full.", "The tram is never on time.")]
    there = [("Bread is cheap.", "Bread is good.")]
    alone = pair_rows(here, known_words(), ["h", "h"])
    beside = pair_rows([here[0], *there, here[1]], known_words(), ["h", "t", "h"])
    np.testing.assert_allclose(beside[[0, 2]], alone, atol=1e-5)


def test_what_a_whole_discussion_speaks_of_counts_little_within_it():
    pairs = [
        ("The tram is late.", "The tram is loud."),
        ("The tram is late.", "The tram is always late."),
        ("The tram smells.", "The tram has few seats."),
    ]
    stems = NAMES.index("stems")
    alone, within = (pair_rows(pairs, known_words(), groups)[:, stems] for groups in (None, ["x"] * 3))
    assert within[0] < alone[0] / 2
    assert within[1] > within[0] + 0.3


def test_any_text_can_be_read():
    long = "word " * (CONTENT * 50)
    texts = ["", "...", "不是这样的", "\ud800", "n't " * 3, long, "4" * 500, "- " * 2000]
    rows = pair_rows([(one, other) for one in texts for other in texts], known_words())
    assert np.isfinite(rows).all()
    assert pair_rows([], known_words()).shape == (0, len(NAMES))


def test_a_point_is_judged_beside_the_others_of_its_argument():
    argument = "Trams are quiet, so people sleep better."
    pairs = [(argument, "Trams make no noise at night and people sleep."), (argument, "Trams are expensive.")]
    rows = point_rows(pairs, known_words(), ["trams", "trams"])
    lead = POINT_NAMES.index("overlap_lead_of_argument")
    assert rows[0, lead] == 0 > rows[1, lead]
    rank = POINT_NAMES.index("overlap_rank_of_argument")
    assert rows[0, rank] > 0 > rows[1, rank]


def test_no_line_of_opposites_holds_a_word_on_both_sides():
    for word, poles in axes().items():
        lines = [line for line, _ in poles]
        assert len(lines) == len(set(lines)), word


def test_words_that_deny_each_other_are_no_synonyms():
    sides: dict[tuple[int, int], set[str]] = {}
    for word, poles in axes().items():
        for pole in poles:
            sides.setdefault(pole, set()).add(meanings().get(word, word))
    for (line, side), words in sides.items():
        assert not words & sides[line, 1 - side], words


def test_synonyms_are_kept_by_their_stems():
    assert meanings()[root("purchased")] == root("bought") == stem("buy")
