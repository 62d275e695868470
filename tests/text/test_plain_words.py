"""What of a text shows its language, and what says nothing about it."""

import pytest

from discourse.text.plain_words import lines_of, plain_words
from tests.growth import assert_linear, repeated


def words(text, said=frozenset()):
    return " ".join(plain_words(text, said).words)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("See https://example.org/the/way and www.example.org/here, please", "see and please"),
        ("Ask @anna_the_great or u/somebody in r/anything about #theThing", "ask or in about"),
        ("Mail to jo.doe@example.org", "mail to"),
        ("Call list.append(x) or set `the_value = 3` first", "call or set first"),
        ("Das ist <b>nicht</b> [i]so[/i] &amp; fertig :rolling_eyes:", "das ist nicht so fertig"),
        ("42 km, 3:1 und 50 % 😀🙏🏽‍♂️!!!", "km und"),
        ("Die NATO und die EU sagen nein", "die und die sagen nein"),
        ("SO NICHT", "so nicht"),
        ("I DON'T WANT TO BE THERE, thanks", "i don't want to be thanks"),
        ("Neeeeeein", "neein"),
        ("aujourd’hui, c’est peut-être l'été", "aujourd'hui c'est peut-être l'été"),
        ("«Так» - сказал он", "так сказал он"),
        ("", ""),
        ("😀 – 12", ""),
    ],
)
def test_links_names_of_users_code_markup_and_signs_are_left_out(text, kept):
    assert words(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "> they all said it was shut\nDas glaube ich nicht",
        "&gt; they all said it was shut\nDas glaube ich nicht",
        "[quote=Ann]they all [b]said[/b] [quote]it[/quote] was shut[/quote]\nDas glaube ich nicht",
        "```\nfor each in the_list: print it\n```\nDas glaube ich nicht",
        "[code]for each in list print it[/code]Das glaube ich nicht",
    ],
)
def test_what_is_marked_as_quoted_or_as_code_is_left_out(text):
    assert words(text) == "das glaube ich nicht"


def test_a_block_that_is_never_closed_hides_nothing():
    assert words("[quote]Das glaube ich nicht") == "das glaube ich nicht"
    assert words("Das glaube\n```\nich nicht") == "das glaube ich nicht"


def test_a_line_that_an_earlier_post_has_is_left_out_unless_it_is_short():
    said = lines_of("They all said that it was shut.\nYes.")
    assert words("They all said that it was shut.\nDoch nicht.", said) == "doch nicht"
    assert words("Yes.\nDoch nicht.", said) == "yes doch nicht"


@pytest.mark.parametrize(
    ("text", "script", "kept"),
    [
        ("Мой Windows опять не работает", "cyrillic", "мой опять не работает"),
        ("The word мир means both peace and world", "latin", "the word means both peace and world"),
        ("これはGoogle Chromeのバグです", "kana", "これは のバグです"),
        ("这个iPhone太贵了", "han", "这个 太贵了"),
        ("هذا ليس صحيحا، يا أخي", "arabic", "هذا ليس صحيحا يا أخي"),
        ("नहीं, यह सच नहीं है।", "indic", "नहीं यह सच नहीं है"),
    ],
)
def test_of_several_scripts_that_in_which_most_is_said_counts(text, script, kept):
    found = plain_words(text)
    assert (found.script, " ".join(found.words)) == (script, kept)


def test_a_word_said_again_and_again_counts_once():
    assert plain_words("ha ha ha ha ha ha").letters == 2
    assert plain_words("").letters == 0


def test_a_letter_that_is_a_syllable_or_a_word_counts_more():
    assert plain_words("太贵了").letters == 9
    assert plain_words("감사").letters == 6


@pytest.mark.parametrize(
    "piece", ["[quote]", "a.", "<a", "@", "`", "> ", "a" * 50, "'-", "A", "&x", "[b=", "```\n", ":a_"]
)
def test_hostile_texts_take_time_that_grows_with_their_length(piece):
    assert_linear(repeated(piece), plain_words, small=50_000)
