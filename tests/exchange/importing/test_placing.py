"""Offsets of other programs: believed only where the words stand there, put right or refused by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import DiscourseError
from discourse.exchange.found import FoundLabel, FoundPost
from discourse.exchange.importing.placing import Placing
from discourse.exchange.offsets import Offsets

TEXT = "\U0001f642 Perhaps so.\r\nPerhaps \U0001d518 not."


def found(*labels, text=None, measure="code points"):
    return FoundPost(where="task 3", post_id="p:1", text=text, labels=labels, measure=measure)


def label(start, end, quote=None):
    return FoundLabel(layer="rhetoric", label="hedge", start=start, end=end, quote=quote)


def places(post, text=TEXT, placing=None):
    return [place for _, place in (placing or Placing()).places(post, text)]


def test_code_points_that_hold_what_they_name_are_taken():
    placing = Placing()
    assert places(found(label(2, 9, "Perhaps")), placing=placing) == [(2, 9)]
    assert placing.put_right == 0


@pytest.mark.parametrize(
    ("offsets", "how"),
    [
        ((3, 10), "an emoji counts as two"),
        ((5, 12), "an emoji counts as four bytes"),
    ],
)
def test_places_that_were_counted_otherwise_are_put_right(offsets, how):
    placing = Placing()
    assert places(found(label(*offsets, "Perhaps")), placing=placing) == [(2, 9)], how
    assert placing.put_right == 1


def test_a_file_whose_measure_is_declared_needs_no_putting_right():
    placing = Placing()
    assert places(found(label(3, 10, "Perhaps"), measure="utf-16"), placing=placing) == [(2, 9)]
    assert placing.put_right == 0


def test_line_ends_that_count_as_one_are_put_right():
    start = TEXT.index("\U0001d518")
    assert places(found(label(start - 1, start, "\U0001d518"))) == [(start, start + 1)]


def test_a_text_with_changed_line_ends_is_aligned():
    theirs = TEXT.replace("\r\n", "\n")
    start = theirs.rindex("Perhaps")
    assert places(found(label(start, start + 7, "Perhaps"), text=theirs)) == [(start + 1, start + 8)]


def test_words_that_stand_there_just_once_are_found_and_others_are_refused_by_name():
    assert places(found(label(0, 3, "not"))) == [(TEXT.index("not"), TEXT.index("not") + 3)]
    (refused,) = places(found(label(0, 3, "Perhaps")))  # stands there twice, and not at 0
    assert isinstance(refused, DiscourseError)
    assert "task 3, post 'p:1'" in str(refused)
    assert "rhetoric/hedge cannot be placed at 0 to 3, which should read 'Perhaps'" in str(refused)


def test_one_bad_label_costs_the_others_nothing():
    good, bad = places(found(label(2, 9, "Perhaps"), label(900, 910)))
    assert good == (2, 9)
    assert isinstance(bad, DiscourseError)


def test_a_label_without_words_is_counted_as_its_file_counts_elsewhere():
    placing = Placing()
    places(found(label(3, 10, "Perhaps"), measure="unknown"), placing=placing)
    assert places(found(label(3, 10), measure="unknown"), placing=placing) == [(2, 9)]


def test_an_unknown_measure_is_no_guess():
    (place,) = places(found(label(3, 10), measure="unknown"))
    assert isinstance(place, DiscourseError)
    assert places(found(label(0, 3), measure="unknown"), text="plain words") == [(0, 3)]


def test_a_label_without_a_place_is_on_the_whole_post_or_on_its_words():
    assert places(found(FoundLabel(layer="reply", label="agree"))) == [(0, len(TEXT))]
    assert places(found(FoundLabel(layer="rhetoric", label="hedge", quote="not"))) == [
        (TEXT.index("not"), TEXT.index("not") + 3)
    ]


def test_another_text_is_refused():
    with pytest.raises(DiscourseError, match="its text is another than the run's"):
        places(found(label(0, 1), text="Something else."))


@given(st.text(max_size=30), st.sampled_from(["code points", "utf-16", "utf-8"]), st.data())
def test_whatever_a_program_counts_the_same_words_are_found(text, measure, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    offsets = {"utf-16": Offsets.utf16(text), "utf-8": Offsets.utf8(text)}.get(
        measure, Offsets([1] * len(text))
    )
    moved = label(offsets.units(start), offsets.units(end), text[start:end])
    (place,) = places(found(moved, measure=measure), text=text)
    assert place == (start, end)
