"""Threads in which no claim can come again are left alone, and no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.analysis.base import read_threads
from discourse.analysis.loops import recurring_claims, recurring_gate
from discourse.analysis.loops.recurring_claims import Recurring
from discourse.analysis.loops.recurring_gate import may_recur
from tests.analysis.mini import thread_of
from tests.growth import assert_linear

SENTENCES = (
    "Lanterns do not scare foxes.",
    "Lanterns simply do not scare the foxes.",
    "Lanterns scare foxes.",
    "The old lanterns of the harbour scare foxes, cats and gulls.",
    "Foxes are scared by lanterns.",
    "I think that lanterns scare foxes.",
    "You say that lanterns scare foxes!",
    "Do lanterns scare foxes?",
    "The ferry costs 5 euros.",
    "The ferry costs 6 euros.",
    "It costs too much.",
    'He said "lanterns scare foxes".',
)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["ada", "bo", "[deleted]"]), st.lists(st.sampled_from(SENTENCES), max_size=3)
        ),
        max_size=7,
    )
)
def test_claims_are_those_found_without_looking_beforehand(posts):
    tables = thread_of([(author, None, " ".join(said) or "Hm.") for author, said in posts])
    found = Recurring().analyze(tables)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recurring_claims, "may_recur", lambda _thread, **_: True)
        plain = Recurring().analyze(tables)
    for name in ("claims", "annotations"):
        assert found[name].equals(plain[name])


def test_other_values_and_other_speakers_keep_sentences_apart():
    for one, other in [SENTENCES[8:10], (SENTENCES[5], SENTENCES[6]), (SENTENCES[2], SENTENCES[7])]:
        (thread,) = read_threads(thread_of([("ada", None, one), ("bo", None, other)]))
        assert not may_recur(thread, known=True)
    (thread,) = read_threads(thread_of([("ada", None, SENTENCES[1]), ("bo", None, SENTENCES[0])]))
    assert may_recur(thread, known=True)


def test_one_author_must_say_it_in_three_posts_and_two_authors_in_two():
    def recurs(*authors: str) -> bool:
        said = [(author, None, SENTENCES[at % 2]) for at, author in enumerate(authors)]
        (thread,) = read_threads(thread_of(said))
        return may_recur(thread, known=True)

    assert not recurs("ada", "ada")
    assert recurs("ada", "ada", "ada")
    assert recurs("ada", "bo")
    assert not recurs("ada", "[deleted]", "ada")


def test_words_that_all_have_are_not_compared_without_end(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(recurring_gate, "_TRIED", 50)

    def thread(size):
        said = [f"Lanterns scare w{n} v{n} foxes." for n in range(size)]
        (made,) = read_threads(thread_of([("ada", None, text) for text in said]))
        return made

    assert_linear(thread, lambda made: may_recur(made, known=True), small=400)
