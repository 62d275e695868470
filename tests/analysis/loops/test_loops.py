"""Loops: what the codebook counts, and what it does not."""

import pytest

from discourse.analysis.loops.claims import Claims
from discourse.analysis.loops.context import Context
from discourse.analysis.loops.exchange_claims import Exchanges
from discourse.analysis.loops.loops import Loops
from discourse.tables import Tables
from tests.analysis.mini import FEE, GHOST, ROOF, Line, analysed, thread_of, turns
from tests.growth import assert_linear


def loops(lines: list[Line]) -> int:
    return len(analysed(thread_of(lines))["loops"])


def test_a_quantity_loop_has_its_sides_turns_and_restatements():
    tables = analysed(thread_of(FEE))
    loop = tables["loops"].iloc[0]
    assert turns(tables) == ["1a", "2b", "3A", "5B", "6A", "7B"]
    assert (loop["kind"], loop["state"]) == ("quantity", "open")
    assert (loop["turns"], loop["restatements"], loop["empty_restatements"]) == (6, 4, 4)
    assert (loop["loop_id"], loop["first_post"], loop["last_post"]) == ("t:l1", "t:1", "t:7")
    assert (loop["claim_a"], loop["claim_b"]) == ("t:c1", "t:c2")


def test_the_question_is_neutral_and_short():
    question = analysed(thread_of(FEE))["loops"].iloc[0]["question"]
    assert question == "How much was the fee: €40 or €55?"
    assert len(question.split()) <= 14


def test_a_loop_over_dates_joins_an_ally_who_presupposes():
    tables = analysed(thread_of(ROOF))
    assert turns(tables) == ["1a", "2b", "3A", "4B", "5a", "6B", "7A"]
    assert set(tables["turns"].query("side == 'a'")["author"]) == {"Nell", "Pia"}


def test_a_headcount_in_words_and_figures_is_one_value():
    lines: list[Line] = [
        ("Ada", None, "Sixty people marched."),
        ("Bo", 1, "It was 200 people at the very least."),
        ("Ada", 2, "60. I counted them twice."),
        ("Bo", 3, "Two hundred."),
        ("Ada", 4, "Sixty!"),
        ("Bo", 5, "200 people."),
    ]
    assert turns(analysed(thread_of(lines))) == ["1a", "2b", "3A", "4B", "5A", "6B"]


def test_a_statement_and_its_denial_make_a_polarity_loop():
    tables = analysed(thread_of(GHOST))
    assert tables["loops"]["kind"].tolist() == ["polarity"]
    assert set(tables["turns"].query("side == 'b'")["author"]) == {"Jun", "Kit"}


def test_those_who_have_left_take_no_side_together():
    assert (
        loops([("[deleted]" if author == FEE[0][0] else author, up, text) for author, up, text in FEE]) == 0
    )


def test_four_turns_are_no_loop():
    assert loops(FEE[:5]) == 0


def test_fewer_than_three_changes_of_side_are_no_loop():
    lines: list[Line] = [
        ("Ada", None, "The fee is 40 euros."),
        ("Ada", None, "I say it again, the fee is 40 euros."),
        ("Ada", None, "The fee is 40 euros!"),
        ("Bo", 3, "The fee is 55 euros."),
        ("Bo", 3, "It is 55 euros."),
        ("Bo", 3, "55 euros."),
    ]
    assert loops(lines) == 0


def test_a_side_that_never_restates_makes_no_loop():
    lines: list[Line] = [
        ("Ada", None, "The fee is 40 euros."),
        ("Bo", 1, "The fee is 55 euros."),
        ("Ada", 2, "It is 40 euros."),
        ("Cleo", 3, "It is 55 euros."),
        ("Ada", 4, "It is 40 euros."),
        ("Dov", 5, "It is 55 euros."),
        ("Ada", 6, "It is 40 euros."),
    ]
    assert loops(lines) == 0


def test_restatements_that_all_bring_evidence_make_no_loop():
    grounds = [
        "The printed tariff in the chandlery window by the old crane gives that sum for small wooden craft.",
        "My cousin paid precisely this on Saturday morning and kept the stamped receipt in her glove box.",
        "Page nine of the annual accounts lists the takings, and dividing by moorings gives nothing else.",
        "Both neighbouring ports copied our rate last autumn, their secretary told the yachting gazette.",
    ]
    lines = [
        (author, at or None, f"{value}. {ground} See https://example.org/{at}")
        for at, (author, value, ground) in enumerate(
            zip(
                ["Ada", "Bo"] * 4,
                ["The fee is 40 euros", "The fee is 55 euros"] * 4,
                [*grounds, *(ground[::-1] for ground in grounds)],
                strict=True,
            )
        )
    ]
    assert loops(lines) == 0


def test_an_author_on_both_sides_makes_no_loop():
    lines = [
        (author, at or None, f"The fee is {40 if at % 2 else 55} euros.")
        for at, author in enumerate(["Ada", "Bo", "Bo", "Ada", "Ada", "Bo", "Bo", "Ada"])
    ]
    assert loops(lines) == 0


@pytest.mark.parametrize("mine", ["fewer than 10 boats", "about 8 boats", "up to 9 boats"])
def test_values_that_can_both_hold_make_no_loop(mine):
    lines = [
        ("Ada" if at % 2 else "Bo", at or None, f"There were {mine if at % 2 else '8 boats'}.")
        for at in range(8)
    ]
    assert loops(lines) == 0


def test_values_of_two_things_make_no_loop():
    said = ("The lease of the kiosk runs three years.", "Painting a hull takes two weeks.")
    lines = [("Ada" if at % 2 else "Bo", at or None, said[at % 2]) for at in range(8)]
    assert loops(lines) == 0


def test_quoted_values_are_no_turns():
    lines: list[Line] = [
        ("Ada", None, "The fee is 40 euros."),
        ("Bo", 1, "The fee is 55 euros."),
        *[
            ("Ada" if at % 2 else "Bo", 1 + at % 2, f"> The fee is {55 if at % 2 else 40} euros.\nCharming.")
            for at in range(8)
        ],
    ]
    assert loops(lines) == 0


def test_mere_insults_make_no_loop():
    said = ["You are a clown.", "No, you are.", "Clown.", "You couldn't find your own feet."]
    lines = [("Ada" if at % 2 else "Bo", at or None, said[at % 4]) for at in range(10)]
    assert loops(lines) == 0


def test_a_change_of_side_concedes_the_loop():
    lines = [*FEE, ("Ada", 7, "I went and looked. I stand corrected, it is 55 euros.")]
    assert analysed(thread_of(lines))["loops"]["state"].tolist() == ["conceded"]


def test_a_side_that_says_it_stops_withdraws():
    lines = [*FEE, ("Ada", 7, "I give up, believe what you like.")]
    assert analysed(thread_of(lines))["loops"]["state"].tolist() == ["withdrawn"]


def test_what_a_bystander_concedes_leaves_the_loop_open():
    lines = [*FEE, ("Cleo", 7, "I stand corrected about the slipway.")]
    assert analysed(thread_of(lines))["loops"]["state"].tolist() == ["open"]


def test_turns_span_the_clause_of_the_claim():
    tables = analysed(thread_of(FEE))
    texts = dict(zip(tables["posts"]["post_id"], tables["posts"]["text"], strict=True))
    clauses = [texts[turn.post_id][turn.start : turn.end] for turn in tables["turns"].itertuples()]
    assert clauses[0] == "The harbour fee is 40 euros a season."
    assert all("40" in clause or "55" in clause for clause in clauses)


def test_a_turn_with_a_link_brings_it():
    lines = [*FEE, ("Bo", 6, "It is 55 euros, see https://example.org/tariff")]
    turn = analysed(thread_of(lines))["turns"].iloc[-1]
    assert (turn["brought"], turn["is_empty"], turn["has_evidence"]) == ("link", False, True)


def test_thread_by_thread_equals_all_at_once():
    whole = Tables.concat(
        thread_of(lines, name=name, article="The fee is 55 euros, the harbour board said.")
        for name, lines in (("x", FEE), ("y", ROOF), ("z", GHOST))
    )
    together = analysed(whole)
    apart = Tables.concat(analysed(part) for part in whole.by_thread())
    for name in ("claims", "annotations", "loops", "turns", "context"):
        key = list(together[name].columns)
        one = together[name].sort_values(key).reset_index(drop=True)
        two = apart[name].sort_values(key).reset_index(drop=True)
        assert one.equals(two), name


def test_the_same_input_gives_the_same_rows():
    first, second = analysed(thread_of(ROOF)), analysed(thread_of(ROOF))
    assert all(first[name].equals(second[name]) for name in ("claims", "loops", "turns"))


def test_what_stages_read_and_write_fits_together():
    assert Claims().assigns | Exchanges().assigns >= Loops().requires - {"posts", "annotations:quote"}
    made = Claims().assigns | Exchanges().assigns | Loops().assigns
    assert made >= Context().requires - {"posts", "articles", "annotations:quote"}


def test_a_long_thread_takes_time_in_proportion_to_its_length():
    def thread(count: int) -> Tables:
        text = "It was {} days and not a week, item {} of the list."
        return thread_of([(f"u{at % 50}", at or None, text.format(4 + at % 7, at)) for at in range(count)])

    assert_linear(thread, Claims().analyze, small=150)
