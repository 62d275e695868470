"""Runs of words that stand in two posts of a thread are all found, and nothing else needs to be indexed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from discourse.text import phrase_repeats, quotes
from discourse.text.phrase_repeats import shared_places
from discourse.text.quotes import Utterance, find_all_quotes, find_quotes

posts = st.lists(st.sampled_from("abc"), max_size=9)
threads = st.lists(st.lists(posts, max_size=4), max_size=4)


def repeated(thread):
    """The same, each post held against each."""
    runs = [list(zip(post, post[1:], post[2:], strict=False)) for post in thread]
    return [
        [at for at, run in enumerate(own) if any(run in other for n, other in enumerate(runs) if n != number)]
        for number, own in enumerate(runs)
    ]


@pytest.mark.parametrize("batch", [1 << 19, 7])
@given(threads=threads)
def test_runs_that_two_posts_share_are_named(batch, threads):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(phrase_repeats, "_BATCH", batch)
        assert shared_places(threads) == [repeated(thread) for thread in threads]


LINES = [
    "The ferry was late again on Monday morning.",
    "I was there, you were not.",
    "> The ferry was late again on Monday morning.",
    '"you were not there at all, my friend"',
    "Ada wrote:",
    "I wrote: nothing of the kind, and I never will",
    "https://example.org/ferry",
    "www.example.org",
    "Ferry late again for the third time this week",
    "No. Yes, he did.",
    "[quote]The ferry was late again[/quote]",
    "\u6a4b\u306f\u4e09\u9031\u9593\u9589\u307e\u308b\u3068\u5f7c\u306f\u8a00\u3063\u305f",
    "Then it was late again on Monday morning, and I was there.",
    "Posted by Ada",
]
utterances = st.builds(
    Utterance,
    st.sampled_from(["Ada", "Bo", "Cy"]),
    st.lists(st.sampled_from(LINES), max_size=4).map("\n".join),
    st.sampled_from([None, "Ada", "Bo"]),
)


@given(st.lists(utterances, max_size=6))
def test_quotes_are_those_found_without_any_gate(thread):
    gated = find_quotes(thread)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quotes, "_KINDS", tuple((lambda *_: True, kind) for _, kind in quotes._KINDS))
        patch.setattr(
            quotes, "shared_places", lambda words: [[list(range(len(p))) for p in t] for t in words]
        )
        patch.setattr(quotes, "has_unspaced", lambda _: True)
        assert find_quotes(thread) == gated


@given(st.lists(st.lists(utterances, max_size=4), max_size=4))
def test_threads_together_are_read_as_alone(threads):
    together = list(find_all_quotes((thread, ()) for thread in threads))
    assert together == [find_quotes([replace(post) for post in thread]) for thread in threads]
