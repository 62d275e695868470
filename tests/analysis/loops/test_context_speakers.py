"""Speakers: whom the sentences of an article attribute their words to."""

import pytest

from discourse.analysis.loops.context_sentences import Page
from discourse.model import Article
from tests.growth import assert_linear, repeated


def said_by(text):
    """Return whom each sentence of an article is attributed to."""
    page = Page(Article(source_id="s", start_line=1, end_line=1, text=text))
    return [sentence.speaker(None) for sentence in page.sentences]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The Board said it ended on 1 May.", "Board"),
        ("Councillor Ines Harrow told reporters that it was ten days.", "Councillor Ines Harrow"),
        ("It ended in May, according to Ines Harrow.", "Ines Harrow"),
        ("It ended in May, said Ines Harrow of the Dock Union.", "Ines Harrow of the Dock Union"),
        ("“It ended in May,” said the mayor, Ines Harrow.", "Ines Harrow"),
        ("“It ended in May,” the mayor's deputy, Tom Rasch, said.", "Tom Rasch"),
        ("“It ended in May,” Tom Rasch, a deputy mayor, said on Friday.", "Tom Rasch"),
        ("Tom Rasch, who chairs the board, later told the paper that it ended in May.", "Tom Rasch"),
        ("It ended in May, the town's water office reported.", "town's water office"),
        ("Residents said it ended in May.", "Residents"),
        ("One nurse, who asked not to be named, said that it took all night.", "One nurse"),
        ("On Tuesday, Tom Rasch visited the pier and said that it was closed.", "Tom Rasch"),
        ("Mr. Rasch on Monday said it would end.", "Mr. Rasch"),
        ("The board denied this, saying that it ended in May.", "board"),
        ("KELDER (Wire) — The board sued the builder, saying it had lied.", "board"),
        ("Bakery owner Hilde Moen said it ended in May.", "Bakery owner Hilde Moen"),
        (
            "It ended in May, according to two people familiar with the plan.",
            "two people familiar with the plan",
        ),
        ("It ended in May.", None),
        ("It was said to have ended in May.", None),
        ("Reports of a fire reached the town in May.", None),
        ("The board's claims were read aloud.", None),
    ],
)
def test_a_speaker_is_whoever_is_named_beside_the_saying(text, who):
    assert said_by(text) == [who]


def test_a_quotation_goes_on_until_its_marks_close():
    text = (
        "“It was cold. Nobody came,” Ines Harrow said. “We waited an hour. Then we went home.” "
        "The pier is new."
    )
    assert said_by(text) == ["Ines Harrow"] * 4 + [None]


def test_a_paragraph_that_is_nothing_but_a_quotation_goes_on_from_the_one_before():
    text = (
        "“It was cold and nobody came at all,” Ines Harrow said.\n\n“We waited an hour.”\n\nThe pier is new."
    )
    assert said_by(text) == ["Ines Harrow", "Ines Harrow", None]


def test_he_and_she_are_whoever_spoke_or_acted_in_the_sentence_before():
    text = "Ines Harrow opened the pier. She said it was late. “It is fine,” she added."
    assert said_by(text) == [None, "Ines Harrow", "Ines Harrow"]


def test_nobody_is_guessed_for_a_pronoun_without_anyone_before_it():
    assert said_by("It rained. He said it was late.") == [None, None]


def test_what_stands_within_a_quotation_attributes_nothing():
    assert said_by("“The board said it was late,” said Ines Harrow.") == ["Ines Harrow"]


def test_a_mark_that_closes_a_sentence_is_part_of_it():
    page = Page(Article(source_id="s", start_line=1, end_line=1, text="“It was late.” The pier is new."))
    assert [sentence.text for sentence in page.sentences] == ["“It was late.”", "The pier is new."]


PIECES = """“|" |” said |said |the |of the |and said |Ban |a, |according to |x|from Monday until |4 days |said
|the ban lasted four years said he and """


@pytest.mark.parametrize("piece", PIECES.split("|"))
def test_the_cost_of_an_article_grows_with_its_length(piece):
    assert_linear(repeated(piece), said_by, small=3_000)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("They met for nine days and the mayor said she was tired.", None),
        ("The boat took nine days, the day the board said the truce began, to land 12 men.", None),
        ("They met for nine days, the mayor said on Monday in the hall of the town.", "mayor"),
        ("“It was nine days,” Ida Rusk wrote on her page, a day after saying it was four.", "Ida Rusk"),
        ("It was nine days, the board said, but the mayor said it was four.", "board"),
        ("The board said it was nine days.", "board"),
    ],
)
def test_a_value_is_that_of_a_speaker_who_is_reported_to_say_it(text, who):
    page = Page(Article(source_id="s", start_line=1, end_line=1, text=text))
    assert page.sentences[0].speaker(text.index("nine days")) == who
