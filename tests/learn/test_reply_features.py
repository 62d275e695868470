"""Named features of many pairs at once are those of each pair, read plainly; so is what threads tell."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.learn import reply_labels
from discourse.learn.reply_context import context_rows, measures
from discourse.learn.reply_features import features, features_of
from discourse.learn.reply_labels import cues_of, read
from discourse.learn.reply_pairs import rounded
from discourse.learn.reply_threads import OUTSIDE, Turn, posts_of
from tests.learn import replies_plainly as plainly

PIECES = (
    "no",
    "not that",
    "I agree",
    "you're wrong",
    "don't",
    "i used to agree with that",
    "but",
    "haha",
    "ha-ha",
    "lol",
    "x_lol",
    "@lol",
    ":)",
    ";-)",
    "emoticon_smile",
    "?",
    "??",
    "!",
    "...",
    "…",
    "3.5",
    "3",
    "90's",
    "idiot",
    "great work",
    '"',
    "\n",
    "https://a.b/c",
    "ferry",
    "ferries sail",
    "Über Straße ١٢",
    "okay",
    "what do you mean",
    "their our u",
)
texts = st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join) | st.text(max_size=30)


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=5))
def test_features_of_many_pairs_are_those_of_each(pairs):
    read_pairs = [(read(own), read(answered)) for own, answered in pairs]
    found = list(features_of(read_pairs))
    assert found == [plainly.features(own, answered) for own, answered in read_pairs]
    assert found == [features(own, answered) for own, answered in read_pairs]


def test_long_texts_are_measured_as_short_ones_are():
    own = read("you don't say? " * 90)
    assert features(own, own) == plainly.features(own, own)


@st.composite
def threads(draw):
    size = draw(st.integers(0, 14))
    turns, shares = [], {}
    for place in range(size):
        parent = draw(st.none() | st.integers(0, size - 1).filter(lambda other, place=place: other != place))
        text = draw(texts)
        quoted = draw(st.lists(st.integers(0, size - 1) | st.just(OUTSIDE), max_size=3))
        stems = draw(st.frozensets(st.sampled_from("abcdef")))
        turns.append(
            Turn(draw(st.sampled_from(["", "ada", "bo", "cy", "dee"])), text, len(text.split()), stems)
        )
        turns[-1] = Turn(turns[-1].author, text, turns[-1].words, stems, parent, tuple(quoted))
        if draw(st.booleans()):
            shares[place] = draw(
                st.lists(st.floats(0, 1), min_size=3, max_size=3).map(
                    lambda found: [round(x, 4) for x in found]
                )
            )
    return turns, shares


@given(threads())
def test_what_a_thread_tells_is_what_it_tells_read_step_by_step(thread):
    assert context_rows(*thread) == plainly.context_rows(*thread)


@given(st.lists(threads(), min_size=1, max_size=3))
def test_threads_do_not_change_each_other(all_threads):
    judged, given_shares, first = [], [], 0
    alone = []
    for turns, shares in all_threads:
        places = [place for place in sorted(shares) if turns[place].parent is not None]
        judged += [first + place for place in places]
        given_shares += [shares[place] for place in places]
        alone += list(plainly.context_rows(turns, shares).values())
        first += len(turns)
    if not judged:
        return
    columns = measures(
        posts_of([turns for turns, _ in all_threads]), np.array(judged), np.array(given_shares, dtype=float)
    )
    for place, row in enumerate(alone):
        assert row == {name: float(values[place]) for name, values in columns.items()}


@pytest.mark.parametrize("value", [0.00005, 0.00015, -0.00025, 2.67495, 1e-9, 0.0, 12.34565, 0.12345000001])
def test_rounding_is_that_of_python(value):
    assert rounded(np.array([value])).tolist() == [round(round(value, 4) * 1e4)]


PIECES_OF_DENIAL = (
    *(
        "i",
        "don't",
        "not",
        "no doubt",
        "never",
        "think that",
        "agree",
        "he is right",
        "true",
        "used to",
        "really",
    ),
    *(
        "you're right",
        "well said",
        ",",
        ".",
        "\n",
        "without",
        "i was wrong",
        "but",
        "can't",
        "exactly",
        "only",
    ),
)


@given(st.lists(st.sampled_from(PIECES_OF_DENIAL), max_size=12).map(" ".join))
def test_what_denies_a_cue_is_found_wherever_it_would_be_looked_for(text):
    found = cues_of(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reply_labels, "_MAY_DENY", re.compile(""))
        assert cues_of(text) == found
