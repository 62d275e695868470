"""Code units and code points: there and back, and never into the midst of a letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import ContractError
from discourse.exchange.offsets import Offsets, check_spans
from discourse.model import Annotation, Post


@given(st.text(max_size=40))
def test_units_are_those_of_the_encodings(text):
    utf16, utf8 = Offsets.utf16(text), Offsets.utf8(text)
    for place in range(len(text) + 1):
        before = text[:place]
        assert utf16.units(place) == len(before.encode("utf-16-le")) // 2
        assert utf8.units(place) == len(before.encode("utf-8"))
        assert utf16.points(utf16.units(place)) == place
        assert utf8.points(utf8.units(place)) == place


def test_a_place_within_a_letter_or_beyond_the_text_is_none():
    offsets = Offsets.utf16("a\U0001f642b")
    assert [offsets.points(unit) for unit in range(-1, 6)] == [None, 0, 1, None, 2, 3, None]


def test_a_label_that_does_not_quote_its_place_stops_an_export_by_name():
    post = Post(post_id="p:7", thread_id="p", source_id="p", position=7, author="a", text="Perhaps so.")
    row = Annotation(
        post_id="p:7", start=1, end=8, layer="rhetoric", label="hedge", annotator="h@1", quote="Perhaps"
    )
    with pytest.raises(ContractError, match=r"post 'p:7', rhetoric 'hedge': .* 1 to 8"):
        check_spans(post, [row])
