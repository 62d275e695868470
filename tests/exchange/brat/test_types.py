import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from discourse.exchange.brat.types import parse_type_name, type_name


@given(st.text(min_size=1), st.text(min_size=1))
@example("a_b", "c")
@example("a", "b_c-2d-")
def test_a_label_comes_back_from_its_type_and_the_type_is_safe(layer, label):
    name = type_name(layer, label)
    assert re.fullmatch("[A-Za-z0-9_-]+", name)
    assert parse_type_name(name) == (layer, label)


def test_names_of_the_codebook_stay_readable():
    assert type_name("rhetoric", "ad_hominem") == "rhetoric_ad_hominem"


@pytest.mark.parametrize("name", ["Person", "_x", "x_", ""])
def test_a_type_of_somebody_else_is_refused(name):
    with pytest.raises(ValueError, match="layer_label"):
        parse_type_name(name)
