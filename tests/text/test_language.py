"""Telling languages apart, coarsely, and only where the words tell."""

import pytest

from discourse.text.language import language_of, languages_of
from discourse.text.tokens import tokenise


def words(text: str) -> list[str]:
    return [token.word for token in tokenise(text)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("No, it was shut for a week, and they all know that it was.", "en"),
        ("Das ist nicht wahr, die Brücke war eine Woche zu und das wissen sie auch.", "de"),
        ("Ce n'est pas vrai, le pont est fermé et on ne sait pas pour quand.", "fr"),
        ("No es verdad, el puente está cerrado y la gente lo sabe muy bien.", "es"),
        ("これは本当ですか", "ja"),
        ("Это неправда, мост закрыт", "ru"),
        ("هذا ليس صحيحا", "ar"),
    ],
)
def test_a_language_is_told_by_its_common_words_or_its_script(text, language):
    assert language_of(words(text)) == language


@pytest.mark.parametrize("text", ["", "Nope.", "Four days.", "xkcd qwz brrr plk mnt vrr tss hmm pff"])
def test_words_that_do_not_tell_are_left_untold(text):
    assert language_of(words(text)) is None


def test_a_short_post_takes_the_language_of_its_thread():
    thread = [words("Das ist nicht wahr, die Brücke war eine Woche zu."), words("Nein.")]
    assert languages_of(thread) == ["de", "de"]


def test_a_short_post_of_a_thread_in_no_known_language_stays_untold():
    assert languages_of([["brrr"], ["pff"]]) == [None, None]
