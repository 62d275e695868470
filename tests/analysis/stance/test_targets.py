"""Targets: who and what a thread argues about, found in its own words and its article."""

import pytest

from discourse.analysis.stance.mentions import MentionFinder
from discourse.analysis.stance.names import edits, same_spelling
from discourse.analysis.stance.targets import MAX_TARGETS, Targets
from discourse.model import Target
from discourse.tables import Tables
from tests.analysis.mini import Line, thread_of


def found(lines: list[Line], article: str = "") -> dict[str, tuple[str, set[str], int]]:
    table = Targets().analyze(thread_of(lines, article=article)).check("targets")["targets"]
    return {
        row.target: (row.kind, set(filter(None, str(row.aliases or "").split("|"))), row.mentions)
        for row in table.itertuples()
    }


def finder(**targets: str) -> MentionFinder:
    return MentionFinder(
        Target(thread_id="t", target=name, aliases=aliases, kind="person", mentions=0)
        for name, aliases in targets.items()
    )


def test_a_name_that_two_authors_use_is_a_target():
    assert "Drunt" in found([("ada", None, "I saw Drunt there."), ("bo", 1, "We all know Drunt.")])


def test_a_name_that_one_author_uses_once_is_none():
    assert not found([("ada", None, "I saw Drunt there."), ("bo", 1, "I saw nobody.")])


def test_a_word_that_only_begins_sentences_is_no_name():
    lines: list[Line] = [("ada", None, "Apples are dear."), ("bo", 1, "Apples were never cheap.")]
    assert not found(lines)


def test_the_people_who_write_are_talked_to_and_not_about():
    lines: list[Line] = [
        ("Hilda", None, "Listen to me, Bramwell."),
        ("Bramwell", 1, "No, Hilda, you listen."),
        ("Cleo", 2, "Leave Hilda alone, Bramwell."),
    ]
    assert not found(lines)


def test_a_full_name_of_the_article_lends_its_first_name_and_its_surname():
    lines: list[Line] = [
        ("ada", None, "What does Kestrelby want?"),
        ("bo", 1, "As ever, Odwin wants money. Ask Kestrelby."),
    ]
    targets = found(lines, "The poet Odwin Kestrelby spoke at noon.")
    assert targets["Kestrelby"][0] == "person"
    assert {"Odwin", "Odwin Kestrelby"} <= targets["Kestrelby"][1]
    assert targets["Kestrelby"][2] == 3


def test_a_first_name_that_two_people_bear_belongs_to_neither():
    lines: list[Line] = [
        ("ada", None, "First Kestrelby spoke, then Plomley, and Odwin left."),
        ("bo", 1, "It was Plomley who left, and Kestrelby who stayed. Poor Odwin."),
    ]
    targets = found(lines, "Both Odwin Kestrelby and Odwin Plomley spoke.")
    assert all("Odwin" not in aliases for name, (_, aliases, _) in targets.items() if name != "Odwin")


def test_spellings_of_a_long_name_are_one_target():
    lines: list[Line] = [
        ("ada", None, "They say Varkolensky is out."),
        ("bo", 1, "They say Varkolenskyy is in."),
        ("cy", 2, "So Varkolensky's man is back."),
    ]
    targets = found(lines)
    assert list(targets) == ["Varkolensky"]
    assert targets["Varkolensky"][1] == {"Varkolenskyy"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Varkolensky", "Varkolenskiy", True),
        ("Morgan", "Morgen", True),
        ("Gorman", "Norman", False),
        ("Iran", "Iraq", False),
        ("Albania", "Albanian", False),
        ("Republican", "Republicans", False),
    ],
)
def test_only_long_names_with_the_same_beginning_are_spellings_of_one(one: str, other: str, same: bool):
    assert same_spelling(one, other) is same


def test_edits_stop_counting_at_the_limit():
    assert edits("kitten", "sitting", limit=3) == 3
    assert edits("kitten", "sitting", limit=2) == 3
    assert edits("a", "abcdefg", limit=2) == 3


def test_a_form_of_address_makes_a_person_and_lends_the_office():
    lines: list[Line] = [
        ("ada", None, "I voted for Plomley."),
        ("bo", 1, "I like the mayor, but Plomley talks too long."),
    ]
    kind, aliases, mentions = found(lines, "Then Mayor Plomley cut a ribbon.")["Plomley"]
    assert (kind, mentions) == ("person", 3)
    assert "the mayor" in aliases


def test_a_country_gathers_its_people_and_its_capital():
    lines: list[Line] = [
        ("ada", None, "The Norwegians said no."),
        ("bo", 1, "Norway always says no."),
        ("cy", 2, "So does Oslo, and Oslo means it. Ask Sweden."),
    ]
    targets = found(lines)
    assert targets == {"Norway": ("country", {"Norwegians", "Oslo"}, 4)}


def test_a_party_goes_by_its_nicknames():
    lines: list[Line] = [("ada", None, "The GOP lost again."), ("bo", 1, "Republicans lose often.")]
    assert found(lines)["Republicans"] == ("party", {"GOP"}, 2)


def test_a_body_goes_by_the_first_word_of_its_name():
    lines: list[Line] = [
        ("ada", None, "My bill from Dimmerlake went up."),
        ("bo", 1, "So did mine. Nobody at Dimmerlake Water answers."),
        ("cy", 2, "I wrote that Dimmerlake should explain it."),
    ]
    assert found(lines)["Dimmerlake"][0] == "institution"


def test_streets_and_towns_where_things_happen_are_no_targets():
    lines: list[Line] = [
        ("ada", None, "The bus stops in Pudding Lane and again in Ottleworth."),
        ("bo", 1, "It never stops in Pudding Lane, only at Ottleworth."),
    ]
    assert not found(lines)


def test_a_measure_is_named_by_the_modifier_that_recurs():
    lines: list[Line] = [
        ("ada", None, "The kite ban is silly."),
        ("bo", 1, "This kite ban saves the swifts."),
        ("cy", 2, "Who asked for the ban?"),
    ]
    kind, aliases, mentions = found(lines)["kite ban"]
    assert (kind, mentions) == ("measure", 3)
    assert "the ban" in aliases


def test_the_plan_is_the_measure_that_the_article_is_about():
    lines: list[Line] = [
        ("ada", None, "The curfew is daft."),
        ("bo", 1, "It is a good plan."),
        ("cy", 2, "The curfew will not last."),
    ]
    targets = found(lines, "The council voted for a curfew. The curfew begins in May.")
    assert targets["curfew"][2] == 3
    assert "plan" not in targets


def test_words_that_are_quoted_do_not_count_as_mentions():
    lines: list[Line] = [
        ("ada", None, "I saw Drunt and only Drunt."),
        ("bo", 1, "> I saw Drunt and only Drunt.\nDid you?"),
        ("cy", 2, "We all know Drunt."),
    ]
    assert found(lines)["Drunt"][2] == 3


def test_the_most_widely_discussed_come_first_and_no_more_than_the_limit():
    names = [f"{a}{b}rk{a.lower()}" for a in "BDGKM" for b in "aeio"]
    everything = " and ".join(f"old {name}" for name in names)
    lines: list[Line] = [
        ("ada", None, f"We saw {everything}."),
        ("bo", 1, f"We met {everything}."),
        ("cy", 2, f"We met {names[3]}."),
    ]
    targets = list(found(lines))
    assert len(targets) == MAX_TARGETS
    assert targets[0] == names[3]


def test_mentions_are_found_in_lower_case_unless_they_are_ordinary_words():
    names = finder(Drunt="", May="")
    assert [m.target for m in names.find("drunt may win, may he not, said May")] == ["Drunt", "May"]


def test_capitals_that_spell_a_word_match_as_capitals_only():
    names = MentionFinder([Target(thread_id="t", target="US", aliases="", kind="country", mentions=0)])
    assert [m.start for m in names.find("They told us that the US left. US!")] == [22, 31]


def test_a_mention_knows_its_possessive_and_stays_out_of_longer_words():
    names = finder(Drunt="Old Drunt")
    mentions = names.find("Old Drunt's hat, Drunters, @Drunt, x.Drunt")
    assert [(m.start, m.end, m.possessive) for m in mentions] == [(0, 9, True)]


def test_an_alias_with_the_also_stands_with_another_determiner():
    names = MentionFinder(
        [Target(thread_id="t", target="plan", aliases="the plan", kind="measure", mentions=0)]
    )
    text = "This plan, the woman's plan, a worse plan"
    assert [text[m.start : m.end] for m in names.find(text)] == [
        "This plan",
        "the woman's plan",
        "a worse plan",
    ]


def test_thread_by_thread_equals_all_at_once():
    one = thread_of([("ada", None, "I saw Drunt."), ("bo", 1, "We know Drunt.")], name="a")
    two = thread_of([("ada", None, "I saw Plomley."), ("bo", 1, "We know Plomley.")], name="b")
    whole = Targets().analyze(Tables.concat([one, two]))["targets"]
    parts = Tables.concat(Targets().analyze(part) for part in (one, two))["targets"]
    assert whole.equals(parts)
    assert whole["target"].tolist() == ["Drunt", "Plomley"]


def test_a_thread_without_names_has_no_targets():
    assert Targets().analyze(thread_of([("ada", None, "Hm.")])).check("none")["targets"].empty


def test_a_group_named_by_ordinary_words_is_a_target_where_two_authors_speak_of_it():
    lines: list[Line] = [
        ("ada", None, "The landlords raise the rent again."),
        ("bo", 1, "Not all landlords are greedy."),
    ]
    assert found(lines)["landlords"][0] == "group"
    assert not found([lines[0], ("bo", 1, "I saw nobody.")])
    assert not found([("ada", None, "The landlords raise the rent. Landlords!"), ("bo", 1, "Well.")])
