"""What is not looked at would not have given a row: each gate lets through whatever it gave without one."""

import random
from collections.abc import Iterator
from statistics import mean
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import asdict

from discourse.analysis.base import PostView, ThreadView, read_threads
from discourse.analysis.loops import (
    claims,
    clauses,
    naming,
    novelty,
    polarity_clauses,
    polarity_disputes,
    polarity_uses,
    readings,
    rival_disputes,
    rival_terms,
    shape_matter,
    short_replies,
    stand_offs,
)
from discourse.analysis.loops.dispute import Dispute, Links
from discourse.analysis.loops.loops import Loops
from discourse.analysis.loops.shape import Shape
from discourse.analysis.loops.value_words import may_hold_value
from discourse.model import Post
from discourse.tables import Tables
from discourse.text.quantities import find_quantities
from discourse.text.tokens import words_of
from tests.analysis.loops.test_rivals import FROST, STUBS, exchange
from tests.analysis.mini import FEE, GHOST, ROOF, Line, analysed, thread_of

WORDS = (
    "the a an one half zero couple two twenty dozen hundred million day days week second seconds hour first "
    "third fortnight may march mar cent per percent % of to from between and or 3 14 1,240 2.5 4th 200m € k "
    "one-week bn ago people fees point people's don't whole single half-a-day"
).split()
AUTHORS = ("Ada", "Bo", "Cleo", "Dov", "[deleted]")
SAID = (
    "There is a curfew in Brell.",
    "There is no curfew.",
    "The curfew isn't real, and the frost never was.",
    "What curfew?",
    "Is there a curfew?",
    "That crack is the frost's doing.",
    "It's the gravel.",
    "It was the frost, plainly.",
    "Gravel.",
    "The gravel did it because of the frost.",
    "It was the biggest ship of the war.",
    "No, the biggest ship it was not.",
    "Nope.",
    "It was.",
    "It wasn't.",
    "Not in.",
    "Still wrong.",
    "The door was shut, but it was not",
    "The fee is 40 euros.",
    "It was three days.",
    "The first of May, at a second look.",
)


def drawn(seed: int) -> list[Line]:
    """A thread in which few authors say few things to each other again and again."""
    rng = random.Random(seed)
    said = rng.sample(SAID, rng.randrange(2, 7))
    authors = AUTHORS[: rng.randrange(2, len(AUTHORS) + 1)]
    return [
        (
            rng.choice(authors),
            rng.choice((place, place, rng.randrange(1, place + 1), None)) if place else None,
            " ".join(rng.choices(said, k=rng.randrange(1, 3))),
        )
        for place in range(rng.randrange(4, 16))
    ]


def threads() -> Iterator[ThreadView]:
    lines = [FEE, ROOF, GHOST, exchange(FROST), exchange(STUBS), *map(drawn, range(80))]
    for its in lines:
        yield from read_threads(thread_of(its))


def view_of(text: str) -> PostView:
    return PostView(Post(post_id="p", thread_id="t", source_id="s", position=0, author="Ada", text=text), ())


def found_by(detector: Any) -> list[list[Dispute]]:
    return [detector(thread, Links(thread)) for thread in threads()]


@given(st.lists(st.sampled_from(WORDS), max_size=8))
def test_where_no_word_can_make_a_value_none_is_found(words: list[str]):
    text = " ".join(words)
    if find_quantities(text):
        assert may_hold_value(words_of(text))


@pytest.mark.parametrize(
    "text",
    ["One of us was first.", "I may go there", "Half of it", "Every second", "The day has a name"],
)
def test_words_that_mostly_make_no_value_are_passed_over(text: str):
    assert not may_hold_value(words_of(text))


def test_sentences_are_passed_over_only_if_no_value_is_read_in_them(monkeypatch: pytest.MonkeyPatch):
    texts = [*SAID, "One" + " word" * 500 + " some", "x" * 1999 + "8 days, it was 9 days and 3 weeks."]
    views = [view_of(f"{one} {other}") for one in texts for other in texts]

    def read() -> list[object]:
        found = [reading for view in views for reading in readings.readings_of(view, 0)]
        return [
            (asdict(reading) | {"context": None}, reading.topic, reading.anaphoric, reading.head)
            for reading in found
        ]

    kept = read()
    monkeypatch.setattr(readings, "can_make_value", lambda _kinds: True)
    assert kept == read()
    assert any(kept)


def test_a_post_without_a_word_of_a_value_has_none(monkeypatch: pytest.MonkeyPatch):
    kept = [novelty.Sayings(thread).of(0).values for thread in threads()]
    monkeypatch.setattr(novelty, "may_hold_value", lambda _words: True)
    assert kept == [novelty.Sayings(thread).of(0).values for thread in threads()]


def test_a_short_reply_is_told_by_its_first_word(monkeypatch: pytest.MonkeyPatch):
    replies = ["No. It is.", "+1", "“Nope!”", "(Wrong.)", "You're right", "Says who?", "Cannot.", "8."]
    texts = [*SAID, *replies, *(f"{one} {other}" for one in replies for other in SAID)]
    kept = [short_replies.short_reply(view_of(text)) for text in texts]
    monkeypatch.setattr(short_replies, "may_be_short", lambda view: 0 < len(view.words) <= 15)
    assert kept == [short_replies.short_reply(view_of(text)) for text in texts]
    assert any(kept)


def test_contested_terms_are_all_that_part_two_sides(monkeypatch: pytest.MonkeyPatch):
    kept = found_by(polarity_disputes.polarity_disputes)
    monkeypatch.setattr(polarity_disputes, "contested_terms", polarity_uses.all_terms)
    assert kept == found_by(polarity_disputes.polarity_disputes)
    assert any(kept)


def test_clauses_that_hold_a_word_are_those_of_the_whole_post():
    for thread in threads():
        clauses = polarity_clauses.Clauses(thread, Links(thread))
        for place in range(len(thread.posts)):
            whole = [use for use, terms in clauses.of(place) if "curfew" in terms]
            assert whole == [u for u, t in clauses.holding(place, frozenset({"curfew"})) if "curfew" in t]


def test_rivals_are_found_wherever_two_authors_hold_terms(monkeypatch: pytest.MonkeyPatch):
    kept = found_by(rival_disputes.rival_disputes)
    monkeypatch.setattr(rival_disputes, "may_hold_rivals", lambda *_given: True)
    assert kept == found_by(rival_disputes.rival_disputes)
    assert any(kept)


def test_what_is_named_is_found_without_the_rest_of_a_post():
    for thread in threads():
        pieces = rival_terms.Pieces(thread)
        for place in range(len(thread.posts)):
            assert pieces.names(place) == rival_terms.Names.of(pieces.of(place))


def test_what_is_named_of_some_words_is_found_where_these_stand():
    for thread in threads():
        for view in thread.posts:
            whole = rival_terms.Names.of(tuple(naming.naming_pieces(view))).named
            for keys in ({"gravel"}, {"frost", "curfew"}):
                held = rival_terms.Names.of(tuple(naming.naming_pieces(view, keys))).named
                assert held & keys == whole & keys


def test_words_that_clauses_of_a_post_deny_stand_in_sentences_that_deny():
    for thread in threads():
        clauses = polarity_clauses.Clauses(thread, Links(thread))
        for place in range(len(thread.posts)):
            denied = {term for use, terms in clauses.of(place) if use.denies for term in terms}
            assert {term for term in denied if " " not in term} <= clauses.denied(place)


def test_stretches_that_hold_a_word_are_those_of_the_whole_post():
    for thread in threads():
        for view in thread.posts:
            whole = [piece for piece in naming.pieces_of(view) if "gravel" in piece.keys]
            assert whole == [p for p in naming.pieces_holding(view, {"gravel"}) if "gravel" in p.keys]


def test_terms_that_posts_affirm_and_name_are_each_given_once_a_post():
    for thread in threads():
        said = [(place, tuple(naming.pieces_of(view))) for place, view in enumerate(thread.posts)]
        stated = [
            (place, [p for p in pieces if p.states and not (p.denies or p.asks)]) for place, pieces in said
        ]
        keys = {key for _, pieces in stated for piece in pieces for key in piece.keys}
        assert rival_terms.used(said) == {
            key: (
                [place for place, pieces in stated if any(key in piece.keys for piece in pieces)],
                [place for place, pieces in stated if any(key in piece.named for piece in pieces)],
            )
            for key in keys
        }


@given(
    st.lists(st.sampled_from("curfew frost gravel ship storm the of is mended wasn't".split()), max_size=9)
)
def test_a_mention_is_told_by_how_many_terms_it_holds(words: list[str]):
    terms = tuple(dict.fromkeys(clauses._terms_of(words)))
    told = not clauses._VERBS.isdisjoint(words) or any(word.endswith(("ed", "n't")) for word in words)
    stems = sum(" " not in term for term in terms)
    assert clauses._is_mention(words, terms) == (not told and stems <= clauses._MENTIONED)


@given(
    st.lists(
        st.sampled_from("No not nothing don't DOESN’T curfew held ain't Cannot , . İ".split()), max_size=9
    )
)
def test_a_clause_denies_whatever_else_stands_in_its_sentence(words: list[str]):
    (view,) = next(iter(read_threads(thread_of([("Ada", None, " ".join(words))])))).posts
    for clause in clauses.clauses_of(view):
        own = view.words_in(clause.span)
        assert clause.denies == clauses._denies(own, asks=False, denials=clauses._denials(own))


def test_stubs_are_told_by_their_last_word(monkeypatch: pytest.MonkeyPatch):
    kept = found_by(stand_offs.stand_offs)
    monkeypatch.setattr(stand_offs, "_may_end", lambda *_given: True)
    assert kept == found_by(stand_offs.stand_offs)
    assert any(kept)


def test_threads_whose_authors_do_not_come_back_hold_no_loop(monkeypatch: pytest.MonkeyPatch):
    tables = [thread_of(drawn(seed)) for seed in range(60)]
    kept = [claims.Claims().analyze(its)["claims"].to_dict("records") for its in tables]
    monkeypatch.setattr(claims, "may_circle", lambda _thread: True)
    assert kept == [claims.Claims().analyze(its)["claims"].to_dict("records") for its in tables]
    assert any(kept)


def test_rows_of_other_layers_change_nothing():
    tables = analysed(thread_of(FEE))
    quote = tables["annotations"].iloc[:1].assign(layer="rhetoric", label="hedge")
    more = tables.replace(annotations=Tables.concat([tables, Tables({"annotations": quote})])["annotations"])
    for stage in (Loops(), Shape()):
        one, other = stage.analyze(tables), stage.analyze(more)
        assert all(one[name].equals(other[name]) for name in one.names())


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=5))
def test_a_mean_is_exact_and_rounded_once(values: list[float]):
    assert shape_matter._mean(values) == mean(values)
