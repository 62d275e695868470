"""Lexicons: what an entry matches, what a file may hold, and how its faults are told."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import LexiconError
from discourse.lexicon import Lexicons, lexicon_names, load_lexicon, load_lexicons
from discourse.lexicon.gates import gate_of
from discourse.lexicon.patterns import check_linear, expand, form_regex, inflect, slots_of
from discourse.text.negation import is_negated
from discourse.text.normalise import fold
from tests.growth import assert_linear, repeated

OURS = lexicon_names()
HEADER = "pattern,match,label,hit,miss\n"


def write(folder: Path, rows: str, *, name: str = "mini", language: str = '"en"') -> Path:
    (folder / f"{name}.toml").write_text(
        f'name = "{name}"\nversion = 3\nlanguage = {language}\nlicence = "CC0-1.0"\nsource = "here"\n'
        'citation = "none"\n[labels.good]\ndefinition = "Praise."\n[labels.bad]\ndefinition = "Blame."\n'
        '[changes]\n3 = "Third."\n',
        encoding="utf-8",
    )
    (folder / f"{name}.csv").write_text(HEADER + rows, encoding="utf-8")
    return folder


def found(folder: Path, text: str, **options: str) -> list[tuple[str, str]]:
    return [
        (text[match.start : match.end], match.label)
        for match in load_lexicons(folder).match(fold(text), **options)
    ]


@pytest.mark.parametrize("name", OURS)
def test_every_row_of_our_lexicons_keeps_its_examples(name):
    assert load_lexicon(name).check() == []


@pytest.mark.parametrize("name", OURS)
def test_every_label_of_our_lexicons_is_defined_and_every_version_explained(name):
    lexicon = load_lexicon(name)
    assert all(lexicon.labels.values())
    assert str(lexicon.version) in lexicon.changes
    assert lexicon.maker == f"{name}@{lexicon.version}"


def test_a_phrase_is_bounded_by_words_in_any_case_and_with_either_apostrophe(tmp_path):
    write(tmp_path, "don't sing,phrase,bad,I don't sing,Singing\n")
    assert found(tmp_path, "I DON’T SING, I don't singe, he adon't sing") == [("DON’T SING", "bad")]


def test_an_apostrophe_within_a_word_bounds_nothing_but_a_quotation_mark_does(tmp_path):
    write(tmp_path, "don,phrase,bad,Ask Don,donor\n")
    assert found(tmp_path, "I don't ask 'don' for it") == [("don", "bad")]


def test_an_inflected_entry_matches_regular_forms_of_the_marked_word(tmp_path):
    write(tmp_path, "carry~ on,inflected,good,He carries on,carrot on\nplan,inflected,bad,plans,plant\n")
    assert found(tmp_path, "carried on, carrying on, planned, plan's, plane") == [
        ("carried on", "good"),
        ("carrying on", "good"),
        ("planned", "bad"),
        ("plan's", "bad"),
    ]


def test_a_gap_spans_at_most_three_words_and_no_sentence(tmp_path):
    write(tmp_path, "either * or,gap,good,either you or,either. Or\n")
    assert found(tmp_path, "either of the two or") == [("either of the two or", "good")]
    assert found(tmp_path, "either one two three four or") == []
    assert found(tmp_path, "either one. Two or") == []


def test_the_longest_match_wins_whatever_its_label(tmp_path):
    write(tmp_path, "doubt,phrase,bad,I doubt,x\nno doubt,phrase,good,no doubt,x\n")
    assert found(tmp_path, "no doubt, I doubt it") == [("no doubt", "good"), ("doubt", "bad")]


def test_overlapping_phrases_of_which_the_later_is_longer_are_not_lost(tmp_path):
    # leftmost-longest search followed by a check of bounds would find nothing here
    write(tmp_path, "the art of wart,phrase,bad,the art of wart,x\nthe art,phrase,good,the art,x\n")
    assert found(tmp_path, "the art of warts") == [("the art", "good")]


def test_a_blocking_row_takes_its_words_away_and_is_never_reported(tmp_path):
    write(tmp_path, 'i think,phrase,bad,"I think so",x\nthink tank,inflected,-,A think tank,x\n')
    assert found(tmp_path, "I think tanks are loud, but I think so") == [("I think", "bad")]


def test_lexicons_do_not_take_words_from_each_other(tmp_path):
    write(tmp_path, "no doubt,phrase,good,no doubt,x\n", name="one")
    write(tmp_path, "doubt,phrase,bad,doubt,x\n", name="two")
    assert found(tmp_path, "no doubt") == [("no doubt", "good"), ("doubt", "bad")]


def test_a_lexicon_abstains_from_text_in_a_language_that_it_does_not_know(tmp_path):
    write(tmp_path, "ja,phrase,good,ja,x\n", language='["de", "nl"]')
    assert found(tmp_path, "ja", lang="nl") == [("ja", "good")]
    assert found(tmp_path, "ja", lang="en") == []
    assert found(tmp_path, "ja") == [("ja", "good")]


def test_further_columns_come_with_the_match_and_weight_is_a_number(tmp_path):
    folder = write(tmp_path, "")
    (folder / "mini.csv").write_text(
        "pattern,match,label,hit,miss,weight,kind\n"
        "fine,phrase,good,fine,x,0.25,mild\n"
        "so so,phrase,bad,so so,x,,\n"
    )
    first, second = load_lexicons(folder).match("fine so so")
    assert (first.entry.weight, dict(first.entry.fields), first.by) == (0.25, {"kind": "mild"}, "mini@3")
    assert (second.entry.weight, dict(second.entry.fields)) == (1.0, {})


def test_check_names_file_line_and_example_of_every_failing_row(tmp_path):
    write(tmp_path, "good,phrase,good,bad,good\nfine,phrase,good,fine,x\n")
    assert load_lexicon("mini", tmp_path).check() == [
        "mini.csv:2: 'good' does not match its hit 'bad'",
        "mini.csv:2: 'good' matches its miss 'good'",
    ]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("a,word,good,a,b", "match 'word' is none of"),
        ("a,phrase,fair,a,b", "label 'fair' is not defined"),
        ("a,phrase,good,a,", "'miss' is empty"),
        ("a,phrase,good,a", "more or fewer cells"),
        ("a(b|(c|d)),phrase,good,a,x", "brackets"),
        ("(a+)+b,regex,good,ab,x", "repeats without end"),
        ("a{2},regex,good,aa,x\na{2},regex,good,aa,x", "stands there twice"),
        ('"(?:a{0,60}){0,60}b",regex,good,ab,x', "ways from one place"),
        ("a(,regex,good,a,x", "no regular expression"),
    ],
)
def test_a_faulty_row_is_refused_with_its_line(tmp_path, row, problem):
    write(tmp_path, row + "\n")
    with pytest.raises(LexiconError, match=r"mini\.csv:[23]: ") as error:
        load_lexicon("mini", tmp_path)
    assert problem in str(error.value)


@pytest.mark.parametrize("weight", ["nan", "inf", "-inf", "heavy"])
def test_a_weight_that_is_no_number_is_refused_with_its_line_and_what_to_write(tmp_path, weight):
    folder = write(tmp_path, "")
    (folder / "mini.csv").write_text(
        f"pattern,match,label,hit,miss,weight\nfine,phrase,good,fine,x,{weight}\n"
    )
    with pytest.raises(LexiconError, match=rf"mini\.csv:2: its weight '{weight}' .* write one from 0 to 1"):
        load_lexicon("mini", folder)


def test_all_faults_are_told_at_once(tmp_path):
    write(tmp_path, "a,word,good,a,b\nb,phrase,fair,a,b\n")
    (tmp_path / "mini.toml").write_text('name = "other"\nversion = 1\n')
    with pytest.raises(LexiconError) as error:
        load_lexicon("mini", tmp_path)
    for part in ("names itself 'other'", "'licence' is missing", "mini.csv:2", "mini.csv:3"):
        assert part in str(error.value)


def test_a_missing_half_of_the_pair_is_named(tmp_path):
    write(tmp_path, "a,phrase,good,a,b\n")
    (tmp_path / "mini.csv").unlink()
    with pytest.raises(LexiconError, match=r"\.csv in UTF-8"):
        load_lexicon("mini", tmp_path)


def test_no_lexicons_match_nothing():
    assert Lexicons([]).match("perhaps") == []


WORDS = st.lists(st.sampled_from(["a", "bb", "c-d", "(bb|a c)", "(a|)", "(bb |c |)"]), min_size=1, max_size=5)


@settings(max_examples=150, deadline=None)
@given(WORDS, st.lists(st.sampled_from(["a", "bb", "c-d", "c", "x"]), max_size=9))
def test_a_pattern_searched_as_a_regex_finds_what_its_forms_would(pieces, words):
    import re

    pattern, text = " ".join(pieces), " ".join(words)
    by_forms = any(
        re.search(rf"(?<!\w)(?<!\w'){re.escape(form)}(?!\w)(?!'\w)", text) for form in expand(pattern)
    )
    by_regex = any(match.group().strip() for match in re.finditer(form_regex(pattern), text))
    assert by_regex == by_forms


def test_a_pattern_with_too_many_forms_to_write_out_matches_like_one_written_out(tmp_path):
    many = " ".join(["(a|b|c|d|)"] * 5)
    write(tmp_path, f"x {many} y,phrase,good,x a y,x\n")
    assert found(tmp_path, "x a b c y. x y. x e y") == [("x a b c y", "good"), ("x y", "good")]


def test_a_gate_is_in_every_match():
    slots, _ = slots_of(r"\b(?:page|section) \d{1,3}", "regex")
    gate = gate_of(slots, exact=True)
    assert gate is not None
    assert [literal.text for literal in gate.literals] == ["page", "section"]
    assert gate_of(slots_of(r"\d{1,3}", "regex")[0], exact=True) is None


def test_inflection_doubles_and_drops_letters_as_english_does():
    assert "stopped" in inflect("stop")
    assert "hoping" in inflect("hope")
    assert {"denies", "denied"} <= set(inflect("deny"))


def test_bounded_repeats_are_linear_enough():
    check_linear(r"\b(?:so|too) (?:\w{1,20} ){0,3}late\b")


@pytest.mark.parametrize(
    ("piece", "small"), [("a", 50_000), ("not ", 50_000), ("i think ", 10_000), ('"', 50_000)]
)
def test_hostile_text_is_matched_in_time_that_grows_with_its_length(piece, small):
    assert_linear(repeated(piece), load_lexicons().match, small=small)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("he is not a ", True),
        ("he isn’t really ", True),
        ("no, he is a ", False),
        ("not him but a ", False),
        ("he never was ", True),
        ("not one of us ever saw the ", False),
        ("", False),
    ],
)
def test_a_negation_reaches_three_words_within_its_clause(text, expected):
    folded = fold(text + "liar")
    assert is_negated(folded, len(text)) is expected
