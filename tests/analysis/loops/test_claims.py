"""Claims: which values authors hold against each other, and which posts take them up."""

import pytest

from discourse.analysis.loops.claims import Claims
from discourse.tables import Tables
from tests.analysis.mini import FEE, GHOST, ROOF, Line, analysed, thread_of


def rows(tables: Tables) -> list[tuple[str, str, str]]:
    found = Claims().analyze(tables)["annotations"]
    return [(row.post_id, row.label, row.target) for row in found.itertuples()]


def values(lines: list[Line]) -> list[str]:
    return Claims().analyze(thread_of(lines))["claims"]["value"].tolist()


def test_two_values_of_one_thing_conflict_both_ways():
    claims = Claims().analyze(thread_of(FEE))["claims"]
    assert claims["claim_id"].tolist() == ["t:c1", "t:c2"]
    assert claims["conflicts_with"].tolist() == ["t:c2", "t:c1"]
    assert claims["value"].tolist() == ["€40", "€55"]
    assert set(claims["attribute"]) == {"fee"}


def test_a_claims_text_is_quoted_from_a_post_that_gives_its_value():
    tables = thread_of(FEE)
    for claim, amount in zip(Claims().analyze(tables)["claims"]["text"], ("40", "55"), strict=True):
        assert amount in claim
        assert any(claim in text for text in tables["posts"]["text"])


def test_each_row_quotes_the_clause_in_which_the_claim_stands():
    tables = thread_of(FEE)
    texts = dict(zip(tables["posts"]["post_id"], tables["posts"]["text"], strict=True))
    for row in Claims().analyze(tables)["annotations"].itertuples():
        assert row.quote == texts[row.post_id][row.start : row.end]
        assert "40" in row.quote or "55" in row.quote


def test_a_range_of_dates_is_a_length_of_time():
    assert values(ROOF) == ["3 weeks", "10 days"]
    assert ("t:7", "asserts", "t:c1") in rows(thread_of(ROOF))


def test_a_question_that_presupposes_a_value_asserts_it():
    assert ("t:5", "asserts", "t:c1") in rows(thread_of(ROOF))


def test_naming_both_values_takes_no_side():
    assert not any(post == "t:8" for post, _label, _target in rows(thread_of(ROOF)))


def test_whoever_only_denies_a_value_denies_that_claim():
    lines = [*FEE, ("Eli", 7, "It is certainly not 55 euros.")]
    assert ("t:9", "denies", "t:c2") in rows(thread_of(lines))


@pytest.mark.parametrize(
    "text",
    [
        "Is the fee 55 euros?",
        "If the fee were 55 euros I would sell the boat.",
        "You said 55 euros.",
        "> The fee is 55 euros, as I said.\nWell.",
        "55 euros is not enough for a new slipway.",
        "Perhaps it is 55 euros.",
        "The council wanted 55 euros.",
    ],
)
def test_asking_supposing_quoting_and_judging_assert_nothing(text):
    lines = [*FEE, ("Eli", 5, text)]
    assert not any(post == "t:9" for post, _label, _target in rows(thread_of(lines)))


def test_a_reported_value_counts_for_an_author_who_holds_it_anyway():
    lines = [*FEE, ("Bo", 6, "The harbour master said it was 55 euros.")]
    assert ("t:9", "asserts", "t:c2") in rows(thread_of(lines))


def test_repeating_an_own_paragraph_asserts_it_again():
    tables = thread_of([*FEE, ("Bo", 5, "> The fee is 55 euros, as I said.")])
    assert ("t:9", "asserts", "t:c2") in rows(tables)


def test_values_that_can_both_hold_are_no_dispute():
    lines = [
        ("Ada", None, "Fewer than 10 boats came to the regatta."),
        ("Bo", 1, "There were 8 boats."),
        ("Ada", 2, "Fewer than 10 boats, I said."),
        ("Bo", 3, "8 boats, exactly."),
    ]
    assert values(lines) == []


def test_values_of_two_things_are_no_dispute():
    lines = [
        ("Ada", None, "The mooring contract runs three years."),
        ("Bo", 1, "Painting a hull takes me two weeks every spring."),
        ("Ada", 2, "My mooring contract runs three years."),
        ("Bo", 3, "Hull painting takes two weeks."),
    ]
    assert values(lines) == []


def test_who_stands_on_both_sides_is_on_neither():
    lines = [*FEE, ("Eli", 5, "It is 40 euros."), ("Eli", 9, "The fee is 55 euros.")]
    assert not any(post in ("t:9", "t:10") for post, _label, _target in rows(thread_of(lines)))


def test_a_statement_and_its_denial_are_two_claims():
    claims = analysed(thread_of(GHOST))["claims"]
    assert claims["value"].isna().all()
    assert claims["conflicts_with"].tolist() == ["t:c2", "t:c1"]


def test_a_thread_without_posts_that_disagree_has_no_claims():
    claims = Claims().analyze(thread_of([("Ada", None, "Lovely evening."), ("Bo", 1, "It is.")]))
    assert claims["claims"].empty
    assert claims["annotations"].empty


def test_statements_are_not_looked_for_in_a_language_whose_denials_are_not_known():
    english = thread_of(GHOST)
    other = english.replace(posts=english["posts"].assign(lang="de"))
    assert len(Claims().analyze(english)["claims"]) == 2
    assert Claims().analyze(other)["claims"].empty


def test_values_are_held_against_each_other_in_any_language():
    tables = thread_of(FEE)
    other = tables.replace(posts=tables["posts"].assign(lang="de"))
    assert Claims().analyze(other)["claims"]["value"].tolist() == ["€40", "€55"]
