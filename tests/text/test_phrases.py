"""Runs of words are found again where they stood before."""

from hypothesis import given
from hypothesis import strategies as st

from discourse.text.phrases import PhraseIndex, SentenceIndex, seeds_of
from tests.text.steps import count_steps

vocabulary = st.lists(st.sampled_from("abcdefg"), min_size=0, max_size=25)


def index_of(*passages):
    index = PhraseIndex()
    for number, words in enumerate(passages):
        index.add(number, words, seeds_of(words))
    return index


def found(passages, text):
    run = index_of(*(passage.split() for passage in passages)).longest(text.split(), 0, len(text.split()))
    return None if run is None else (run.start, run.end, run.source, run.at, run.until, run.same)


def test_a_run_is_followed_as_far_as_it_goes():
    assert found(["the old mill burnt down in may"], "old mill burnt down again") == (0, 4, 0, 1, 5, 4)


def test_three_words_must_agree_before_a_run_is_looked_at():
    assert found(["the old mill burnt down"], "old mill stands") is None


def test_a_word_changed_on_the_way_does_not_end_a_run():
    assert found(["the old mill burnt down in may"], "the old mill burned down in may") == (0, 7, 0, 0, 7, 6)


def test_words_left_out_do_not_end_a_run():
    run = found(
        ["the old mill by the weir burnt down in the month of may"],
        "the old mill burnt down in the month of may",
    )
    assert run is not None
    assert run[1] == 10


def test_an_edit_is_believed_only_where_words_agree_again_behind_it():
    assert found(["the old mill burnt down in may"], "the old mill stood down river") == (0, 3, 0, 0, 3, 3)


def test_of_equal_runs_the_oldest_passage_is_the_source():
    run = found(["we saw the old mill", "they saw the old mill"], "the old mill")
    assert run is not None
    assert run[2] == 0


def test_the_longest_run_wins_over_the_oldest():
    run = found(["the old mill", "the old mill burnt down"], "the old mill burnt down")
    assert run is not None
    assert run[2] == 1


def test_words_that_a_passage_quotes_are_no_source():
    index = PhraseIndex()
    words = "the old mill burnt".split()
    index.add(0, words, seeds_of(words), bytearray([1, 1, 0, 1]))
    assert index.longest("the old mill burnt".split(), 0, 4) is None


def test_a_run_does_not_run_past_the_stop():
    run = index_of("a b c d e f".split()).longest("a b c d e f".split(), 0, 4)
    assert run is not None
    assert run.end == 4


def test_short_sentences_are_found_as_wholes_and_by_who_said_them_first():
    said = SentenceIndex()
    said.add(3, [("so", "be", "it")], speaker="Ada")
    said.add(5, [("so", "be", "it")], speaker="Bo")
    said.add(6, [("so", "be", "it")], speaker="Ada")
    said.add(7, [("amen",)], speaker=None)
    assert [said.said_by(name, ("so", "be", "it")) for name in ("Ada", "Bo", "Cy", None)] == [3, 5, None, 3]
    assert said.said_by("Ada", ("so", "be")) is None
    assert said.said_by(None, ("amen",)) is None
    assert said.holds(7, ("amen",))
    assert not said.holds(6, ("amen",))


def test_a_character_of_a_script_without_blanks_is_half_a_seed():
    assert seeds_of(list("橋は三週間閉まる"), unspaced=True)[0] == tuple("橋は三週間閉")
    assert seeds_of("old mill by the weir".split())[0] == ("old", "mill", "by")
    assert seeds_of(["old", "mill"]) == []


def test_a_run_that_falls_short_of_what_is_asked_for_is_none():
    words = "the old mill stood".split()
    index = index_of("the old mill burnt down in may".split())
    assert index.longest(words, 0, 4) is not None
    assert index.longest(words, 0, 4, least=4) is None


def test_what_was_said_first_and_last_is_still_found_in_a_flood():
    words = "buy my boat today".split()
    index = index_of(*([words] * 500))
    places = index._seeds[("buy", "my", "boat")]
    assert isinstance(places, list)
    sources = {place >> 32 for place in places}
    assert 0 in sources
    assert 499 in sources
    assert len(sources) < 20


@given(st.lists(vocabulary, max_size=4), vocabulary)
def test_a_run_never_claims_more_than_stands_there(passages, words):
    index = index_of(*passages)
    for start in range(len(words)):
        run = index.longest(words, start, len(words))
        if run is not None:
            passage = passages[run.source]
            assert 0 <= run.at < run.until <= len(passage)
            assert start == run.start < run.end <= len(words)
            assert words[start : start + 3] == passage[run.at : run.at + 3]
            assert 3 <= run.same <= min(run.end - run.start, run.until - run.at)


@given(vocabulary.filter(lambda words: len(words) >= 3), vocabulary, vocabulary)
def test_an_exact_copy_is_found_whatever_stands_around_it(words, before, after):
    run = index_of(before + words + after).longest(words, 0, len(words))
    assert run is not None
    assert run.end == len(words)


def test_a_flood_of_copies_costs_no_more_per_copy():
    words = "buy my boat today it is cheap and dry".split()

    def flood(copies):
        index = PhraseIndex()
        for number in range(copies):
            for place in range(len(words)):
                index.longest(words, place, len(words))
            index.add(number, words, seeds_of(words))

    short, long = (count_steps(lambda n=n: flood(n), ("phrases.py",)) for n in (40, 80))
    assert long <= 2.5 * short
