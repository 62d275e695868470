"""What stands around a match: neighbours that an entry needs or shuns, and words that deny it."""

from pathlib import Path

import pytest

from discourse.errors import LexiconError
from discourse.lexicon import load_lexicon, load_lexicons
from discourse.text.normalise import fold
from tests.growth import assert_linear, repeated

HEADER = "pattern,match,label,hit,miss,negated,needs_before,needs_after,unless_before,unless_after\n"


def write(folder: Path, rows: str, *, rule: str = "") -> Path:
    (folder / "mini.toml").write_text(
        'name = "mini"\nversion = 1\nlanguage = "en"\nlicence = "CC0-1.0"\nsource = "here"\n'
        f'citation = "none"\n[labels.good]\ndefinition = "Praise."\n{rule}\n[changes]\n1 = "First."\n',
        encoding="utf-8",
    )
    (folder / "mini.csv").write_text(HEADER + rows, encoding="utf-8")
    return folder


def found(folder: Path, text: str) -> list[str]:
    return [text[m.start : m.end] for m in load_lexicons(folder).match(fold(text))]


def test_a_neighbour_that_is_needed_stands_right_beside_the_match(tmp_path):
    write(tmp_path, "point,phrase,good,fair point,point,,fair|good,,,\n")
    assert found(tmp_path, "Fair point, but that point. A good “point”!") == ["point", "point"]


def test_a_neighbour_that_is_shunned_takes_the_match_away(tmp_path):
    write(tmp_path, "fair,phrase,good,It is fair.,It is fair play.,,,,not,play\n")
    assert found(tmp_path, "Not fair. Fair play. Fair enough. Notfair fair") == ["Fair", "fair"]


@pytest.mark.parametrize(
    ("text", "counts"),
    [("Goodbye", True), ("I go. Goodbye!", True), ("she said goodbye.", False), ("Goodbye my boat.", False)],
)
def test_the_edges_of_a_sentence_are_neighbours_too(tmp_path, text, counts):
    write(tmp_path, "goodbye,phrase,good,Goodbye.,goodbye boat,,^,$,,\n")
    assert bool(found(tmp_path, text)) is counts


def test_words_that_a_shunned_neighbour_takes_away_are_free_for_a_shorter_entry(tmp_path):
    write(
        tmp_path, "fair point,phrase,good,fair point,fair pointer,,,,,of\npoint,phrase,good,point,pint,,,,,\n"
    )
    assert found(tmp_path, "a fair point of land") == ["point"]


def test_a_label_says_whether_a_denial_takes_its_matches_away(tmp_path):
    write(
        tmp_path,
        "sure,phrase,good,sure,not sure,,,,,\nnever,phrase,good,not never,nor,keep,,,,\n",
        rule='negated = "drop"',
    )
    assert found(tmp_path, "He is not sure. Sure! Not never.") == ["Sure", "never"]
    assert load_lexicon("mini", tmp_path).check() == []


def test_a_denial_does_nothing_unless_entry_or_label_says_so(tmp_path):
    write(tmp_path, "sure,phrase,good,sure,shore,,,,,\nkind,phrase,good,kind,not kind,drop,,,,\n")
    assert found(tmp_path, "not sure, not kind") == ["sure"]


@pytest.mark.parametrize("row", ["a,phrase,good,a,b,maybe,,,,\n", "a,phrase,good,a,b,,x||y,,,\n"])
def test_faulty_cells_are_told_with_their_line(tmp_path, row):
    with pytest.raises(LexiconError, match=r"mini\.csv:2: its "):
        load_lexicon("mini", write(tmp_path, row))


def test_the_reason_is_given_for_every_match_that_does_not_count(tmp_path):
    rows = "fair,phrase,good,fair,fare,drop,,,,play\nfair point,phrase,good,fair point,fair,,,,,\n"
    lexicons = load_lexicons(write(tmp_path, rows))
    told = [(m.entry.pattern, why) for m, why in lexicons.explain(fold("fair play, not fair, fair point"))]
    assert told[0] == ("fair", "'play' stands right after it")
    assert told[1] == ("fair", "'not' before it denies it")
    assert told[2][0] == "fair"
    assert "'fair point', which is longer" in str(told[2][1])
    assert told[3] == ("fair point", None)


def test_hostile_text_around_many_matches_takes_time_that_grows_with_its_length(tmp_path):
    write(tmp_path, "a,phrase,good,a,b,drop,^|x,y|$,q,z\n")
    lexicons = load_lexicons(tmp_path)
    assert_linear(repeated("x a y "), lexicons.match, small=10_000)
