"""An insult counts where it is put on somebody, and not where it is only talked about."""

import re

import pytest

from discourse.analysis.rhetoric.name_calling import is_name_calling
from discourse.lexicon import load_lexicon, load_lexicons
from discourse.text.normalise import fold

READABLE = 150  # characters of a pattern, and alternatives in one place of it, that a reader can survey
SURVEYED = 10


def called(text):
    folded = fold(text)
    found = load_lexicons(names=("insults",)).match(folded)
    return [text[match.start : match.end] for match in found if is_name_calling(match, folded)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("You clowns!", ["clowns"]),
        ("The clerk is a coward.", ["coward"]),
        ("Some eejit locked the gate.", ["eejit"]),
        ("Only an id10t leaves it on.", ["id10t"]),
        ("That a**hole cut the nets.", ["a**hole"]),
        ("Those spineless politicians signed it.", ["spineless politicians"]),
        ("Stop being a hypocrite.", ["hypocrite"]),
        ("Off you go, clown.", ["clown"]),
        ("You gun grabbers never listen.", ["gun grabbers"]),
    ],
)
def test_a_name_put_on_somebody_counts(text, names):
    assert called(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "The clerk is not a coward.",
        "They called my brother a coward.",
        "He accused half the town of being liars.",
        "She says you're dumb.",
        "I don't think that the clerk is an idiot.",
        "I get treated like a lunatic.",
        "Are you a bigot for that?",
        "If he is a liar, we will know.",
        "Would that make you an idiot?",
        "The charge of bigot is thrown about.",
        "That is the definition of a liar.",
        "He is not a racist, an idiot, or a bigot.",
        "A bigot is someone who never listens.",
        "I am an idiot.",
        "See example.org/liars for the list.",
        "The bench is idiot-proof.",
        "The winners met the losers of the cup.",
        "A rat ran over the quay.",
        "It was a racist law.",
        "They are mindless cells in a dish.",
        "You are so stupid.",
        "The word 'bigot' is old.",
        "He called the clerk, the warden and all their men hypocrites.",
        "The so-called idiots of the village were wise.",
        "The clerk may have been a liar.",
        "Does that make Ned a bigot?",
    ],
)
def test_a_name_that_is_only_talked_about_does_not(text):
    assert called(text) == []


@pytest.mark.parametrize("name", ["insults", "loaded_language"])
def test_every_row_can_be_surveyed_and_has_an_example_of_its_own(name):
    entries = load_lexicon(name).entries
    patterns = [entry.pattern for entry in entries if entry.match != "regex"]
    groups = [group for pattern in patterns for group in re.findall(r"\(([^()]*)\)", pattern)]
    assert max(map(len, patterns)) <= READABLE
    assert max(group.count("|") + 1 for group in groups) <= SURVEYED
    hits = [entry.hit for entry in entries]
    assert len(set(hits)) > 0.97 * len(hits)
