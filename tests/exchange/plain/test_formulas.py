import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from discourse.exchange.plain.formulas import MARK, is_longer_than_a_cell, marked, unmarked
from tests.growth import assert_linear, repeated

# what spreadsheets run, what parts cells, what they look through, our own mark, and something harmless
TRICKY = st.text(st.sampled_from("=+-@＝＋－＠_ \t\r\n,;|\"'\u00a0\u200b\ufeff1e:/aä"), max_size=12)
RUN = re.compile(r"[\s\"'\u200b\ufeff\u2066]*[=+\-@＝＋－＠]|[\t\r\n]")


@given(st.one_of(TRICKY, st.text()))
@example("_")
@example("__=1")
@example("_\t=1")
@example("1,-2")
@example("a;_=b")
@example("\r\n=1")
@example('"=1')
@example("_1E5")
def test_any_text_comes_back_exactly(text):
    assert unmarked(marked(text)) == text


@given(st.one_of(TRICKY, st.text()))
def test_no_two_texts_are_written_alike(text):
    assert unmarked(marked(marked(text))) == marked(text)


@given(TRICKY)
def test_no_cell_begins_with_what_is_run(text):
    assert not RUN.match(marked(text))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "\n", "\r\n"])
@given(text=TRICKY)
def test_no_part_of_a_cell_begins_with_what_is_run_when_it_is_parted(delimiter, text):
    parts = marked(text).split(delimiter)
    assert not [part for part in parts if re.match(r"[ \"'\u00a0\u200b\ufeff]*[=+\-@＝＋－＠]", part)]


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "－1",
        "  =1",
        "\u00a0=1",
        '"=1',
        "'=1",
        "\u200b=1",
        "\x00=1",
        "\u2066=1",
    ],
)
def test_what_is_run_bears_a_mark(cell):
    assert marked(cell) == MARK + cell or marked(cell)[0] == MARK


@pytest.mark.parametrize(
    "cell",
    [
        "1E5",
        "0012",
        "12345678901234567",
        "004:12",
        "3/4",
        "1-2",
        "10.50",
        "$5",
        "5%",
        "Mar 5",
        "may-05",
        "März 2020",
        "TRUE",
        "falsch",
        "#N/A",
        "2021-10-24",
        "٣/٤",
        "9" * 300,
    ],
)
def test_what_is_taken_for_a_number_a_date_or_a_truth_bears_a_mark(cell):
    assert marked(cell) == MARK + cell


@pytest.mark.parametrize(
    "cell", ["", "pier:1", "hedge", "hedges@4", "human:ann", "a_b", "_", "I said so.", "ccb2d80a"]
)
def test_what_is_harmless_stays_as_it_is(cell):
    assert marked(cell) == cell


def test_a_cell_that_somebody_wrote_without_a_mark_is_read_as_it_stands():
    assert unmarked("=1") == "=1"
    assert unmarked("_note") == "_note"


@pytest.mark.parametrize("piece", ["_", " ", "\t", ",_ ", ",", "a1", "1", "\n=", "_ ", "'"])
def test_marking_takes_time_in_proportion_to_the_text(piece):
    assert_linear(repeated(piece), lambda text: unmarked(marked(text)), small=20_000)


def test_a_cell_is_measured_as_excel_does():
    assert not is_longer_than_a_cell("a" * 32_767)
    assert is_longer_than_a_cell("a" * 32_768)
    assert is_longer_than_a_cell("\U0001f600" * 16_384)
