"""Targets that the user names: what the option and the file say, and what they do to those that are found."""

import pytest

from discourse.analysis.stance.given import (
    LONGEST,
    MOST,
    MOST_NAMES,
    GivenTarget,
    GivenTargets,
    parse_targets,
    read_targets,
)
from discourse.analysis.stance.stance import Stance
from discourse.analysis.stance.targets import Targets
from discourse.errors import DiscourseError
from discourse.tables import Tables
from tests.analysis.mini import Line, thread_of

TALK: list[Line] = [
    ("ada", None, "The harbour plan is mad. It is Kestrelby who wants it, and the scheme will fail."),
    ("bo", 1, "I say Kestrelby is right about the scheme."),
    ("cy", 2, "I saw the ferry."),
]


def listed(given: GivenTargets, lines: list[Line] = TALK) -> dict[str, tuple[str, str, int]]:
    table = Targets(given).analyze(thread_of(lines)).check("targets")["targets"]
    return {row.target: (row.aliases or "", row.kind, row.mentions) for row in table.itertuples()}


def test_the_option_gives_a_name_and_its_aliases():
    assert parse_targets(["Harbour plan = the plan, the  scheme", "Ferry"]).targets == (
        GivenTarget("Harbour plan", ("the plan", "the scheme")),
        GivenTarget("Ferry"),
    )


def test_an_alias_with_a_comma_stands_in_quotation_marks():
    (target,) = parse_targets(['Firm="Drunt, Marl and Son",Drunt']).targets
    assert target.aliases == ("Drunt, Marl and Son", "Drunt")


def test_an_alias_with_an_equals_sign_is_kept():
    assert parse_targets(["E=mc=2"]).targets == (GivenTarget("E", ("mc=2",)),)


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ([""], "a name is empty"),
        (["=the plan"], "a name is empty"),
        (["!?"], "names nothing"),
        (["Plan=a|b"], "no name can hold"),
        (["Plan\x1b=b"], "no name can hold"),
        (["x" * (LONGEST + 1)], "longer than"),
        (["Plan=the idea", "Bridge=The Idea"], "names both 'Plan' and 'Bridge'"),
        (["Plan", "Bridge=plan"], "names both"),
        (["Plan", "Plan=idea"], "given twice"),
        ([f"n{k}" for k in range(MOST + 1)], "can be given"),
        (["Plan=" + ",".join(f"n{k}" for k in range(MOST_NAMES))], "can be given"),
        (["Plan=a\rb", "Bridge=a b"], "names both"),
    ],
)
def test_what_cannot_be_told_apart_or_found_is_refused_by_name(options, problem):
    with pytest.raises(DiscourseError, match=problem):
        parse_targets(options)


def test_a_file_gives_aliases_kinds_and_whether_to_look_for_others(tmp_path):
    path = tmp_path / "targets.toml"
    path.write_text(
        'find = false\n[targets]\n"The plan" = ["the scheme"]\n'
        'Odo = {aliases = ["the mayor"], kind = "person"}\n',
        encoding="utf-8",
    )
    given = read_targets(path)
    assert given == GivenTargets(
        (GivenTarget("The plan", ("the scheme",)), GivenTarget("Odo", ("the mayor",), "person")), find=False
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "targets = 3",
        "[targets]\na = 'b'",
        "[targets]\na = [1]",
        "[targets]\na = {aliases = ['b'], sort = 'c'}",
        "[targets]\na = {kind = 'planet'}",
        "[target]\na = ['b']",
        "find = 1\n[targets]\na = ['b']",
        "[targets\n",
        "more = 2\n[targets]\na = ['b']",
        "targets = " + "[" * 3000,
    ],
)
def test_a_file_that_says_something_else_is_refused(tmp_path, text):
    path = tmp_path / "targets.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DiscourseError, match=r"targets\.toml"):
        read_targets(path)


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path):
    with pytest.raises(DiscourseError, match="cannot be read"):
        read_targets(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DiscourseError, match="cannot be read"):
        read_targets(tmp_path / "bad.toml")


def test_given_targets_come_first_and_one_mention_is_enough():
    found = listed(parse_targets(["ferry", "Harbour plan=the scheme"]))
    assert list(found)[:2] == ["ferry", "Harbour plan"]
    assert found["ferry"][2] == 1
    assert found["Harbour plan"][2] == 3
    assert "Kestrelby" in found


def test_a_given_target_that_nobody_mentions_is_not_listed():
    assert "Norway" not in listed(parse_targets(["Norway"]))


def test_what_is_found_lends_a_given_target_its_kind_and_its_other_names():
    lines: list[Line] = [
        ("ada", None, "So Odwin Kestrelby is here, our Mr Kestrelby."),
        ("bo", 1, "Of course Kestrelby is. But Odwin never learns."),
    ]
    (target,) = listed(parse_targets(["the poet=Kestrelby"]), lines).items()
    assert target[0] == "the poet"
    assert target[1][1] == "person"
    assert {"Kestrelby", "Odwin"} <= set(target[1][0].split("|"))


def test_a_form_that_is_given_away_is_taken_from_what_is_found():
    lines: list[Line] = [
        ("ada", None, "Odwin Kestrelby spoke. Kestrelby was loud."),
        ("bo", 1, "Kestrelby and Odwin, my friend."),
    ]
    found = listed(parse_targets(["My friend=Odwin"]), lines)
    assert "Odwin" not in found["Kestrelby"][0].split("|")
    assert found["My friend"][2] == 2


def test_with_find_false_only_those_given_are_listed():
    assert list(listed(GivenTargets((GivenTarget("ferry"),), find=False))) == ["ferry"]


def test_given_targets_are_mentioned_in_any_language():
    tables = thread_of(
        [("ada", None, "Der Hafenplan ist Unsinn, sagt jeder hier."), ("bo", 1, "Hafenplan? Nein.")]
    )
    posts = tables["posts"].assign(lang="de")
    table = Targets(parse_targets(["Hafenplan"])).analyze(tables.replace(posts=posts))["targets"]
    assert list(table["mentions"]) == [2]


def test_settings_say_what_was_given_and_nothing_where_nothing_was():
    assert GivenTargets().settings() == {}
    assert parse_targets(["A=b"]).settings() == {
        "targets": {"given": {"A": {"aliases": ["b"], "kind": None}}, "find": True}
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("港口", "我不喜欢港口计划"),
        ("ท่าเรือ", "ฉันไม่ชอบท่าเรือนี้"),
        ("נמל", "אני לא אוהב את נמל העיר"),
        ("ميناء", "لا أحب ميناء المدينة"),
        ("Гавань", "Не люблю гавань, никогда."),
        ("Ōsaka Port", "I dislike ōsaka port."),
    ],
)
def test_given_names_are_found_in_any_script(name, text):
    assert listed(parse_targets([name]), [("ada", None, text), ("bo", 1, "…")])[name][2] == 1


def test_a_given_name_within_a_longer_word_is_not_meant():
    assert not listed(GivenTargets((GivenTarget("port"),), find=False), [("ada", None, "Sport reporters!")])


def test_nothing_is_said_of_authors_whose_language_the_rules_do_not_know():
    tables = thread_of([("ada", None, "Hafenplan? Nein danke."), ("bo", 1, "The Hafenplan is a disgrace.")])
    posts = tables["posts"].assign(lang=["de", "en"])
    tables = tables.replace(posts=posts)
    tables = Tables.concat([tables, Targets(parse_targets(["Hafenplan"])).analyze(tables)])
    stances = Stance().analyze(tables)["stances"]
    assert list(stances["author"]) == ["bo"]


@pytest.mark.parametrize(
    "text",
    [
        "It is not true that Kestrelby is a liar.",
        "It is false that Kestrelby is a liar.",
        "It is nonsense that Kestrelby is a crook.",
    ],
)
def test_a_claim_that_is_called_untrue_blames_nobody(text):
    tables = thread_of([("ada", None, text), ("bo", 1, "So Kestrelby it is.")])
    tables = Tables.concat([tables, Targets(parse_targets(["Kestrelby"])).analyze(tables)])
    marks = Stance().analyze(tables)["annotations"]
    assert "against" not in set(marks["label"])
