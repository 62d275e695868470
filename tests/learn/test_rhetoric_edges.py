"""What stands at the edges of sentences becomes words of its own."""

from discourse.learn.rhetoric_edges import edged


def test_a_word_that_opens_a_sentence_is_another_than_the_same_inside_one():
    opening, inside = set(edged("You know it.").split()), set(edged("Because you know it.").split())
    assert "begins1zyou" in opening
    assert "begins1zyou" not in inside


def test_words_of_the_first_and_the_last_sentence_alone_count_one_by_one():
    found = edged("Fine by me. Nothing here. So be it!").split()
    assert {"openszfine", "closeszso"} <= set(found)
    assert not any(word.endswith("znothing") for word in found if word.startswith(("opens", "closes")))


def test_how_a_sentence_ends_tells_its_mark():
    assert "ends2zreallyzzqq" in edged("Oh, really?").split()
    assert "ends2zreallyzzqqxx" in edged("Oh, really?!").split()


def test_curly_apostrophes_are_plain_ones():
    assert edged("Don’t start.") == edged("don't start.")


def test_nothing_has_no_edges():
    assert not edged("")
    assert not edged(" \n *** \n")


def test_a_text_without_end_is_read_up_to_its_limit():
    assert edged("a. " * 1000) == edged("a. " * 200_000)
