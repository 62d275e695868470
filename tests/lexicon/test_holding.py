"""Which of some literals stand in texts, all texts in one pass."""

from hypothesis import given
from hypothesis import strategies as st

from discourse.lexicon.holding import Holding

GROUPS = (("so you ", "you"), ("ou s", "é"), ("\U0001f600", "no"))


@given(st.lists(st.lists(st.sampled_from([*"so yué\n", "you", "\U0001f600", "no", "\ud800"])).map("".join)))
def test_gates_say_which_groups_have_a_literal_in_each_text(texts):
    told = [
        sum(1 << k for k, group in enumerate(GROUPS) if any(each in text for each in group)) for text in texts
    ]
    assert Holding(GROUPS).gates(texts) == told
