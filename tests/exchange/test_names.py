"""Labels as names: each is read back as it was, and no two are alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.exchange.names import label_name, parse_label_name

WORDS = st.text(st.sampled_from("ab/→%2F5E869 \U0001f642"), min_size=1, max_size=12)


def test_a_name_reads_as_people_write_it():
    assert label_name("rhetoric", "hedge") == "rhetoric/hedge"
    assert label_name("stance", "favor", "Harbour plan") == "stance/favor → Harbour plan"


@given(WORDS, WORDS, st.none() | WORDS)
def test_a_name_is_read_back_as_it_was(layer, label, target):
    assert parse_label_name(label_name(layer, label, target)) == (layer, label, target)


@pytest.mark.parametrize("name", ["", "hedge", "/hedge", "rhetoric/", "a/b/c"])
def test_what_is_no_name_of_ours_is_refused(name):
    with pytest.raises(ValueError, match="no label of the form"):
        parse_label_name(name)
