"""Slots of headers: what stands between the words and marks that the rows share."""

import numpy as np
import pytest

from discourse.ingest.pasted.rows import read_rows
from discourse.ingest.pasted.slots import SLOT, Slots
from discourse.ingest.pasted.tokentraits import tokens_of


def slots_of(*lines: str) -> Slots:
    return Slots([(0, row, tokens_of(row, 0)) for row in read_rows(list(lines))])


def values(slots: Slots) -> list[list[str]]:
    return [[slot.text for slot in row if not slot.shared] for row in slots.of]


def test_names_of_any_length_between_fixed_words_are_one_slot_each() -> None:
    slots = slots_of(
        "Posted by Ann Marie of Bath on Monday",
        "Posted by Oleg on Monday",
        "Posted by the old sailor on Monday",
        "Posted by 大阪 on Monday",
    )
    assert values(slots) == [["ann marie of bath"], ["oleg"], ["the old sailor"], ["大阪"]]


def test_what_stands_before_and_behind_tells_slots_apart() -> None:
    slots = slots_of("Ann to Bo:", "Cy to Ann:", "Di to Cy:", "Ed:")
    keys = {slot.text: slot.key for row in slots.of for slot in row if not slot.shared}
    assert keys["bo"] != keys["di"]
    assert slots.of[0][0].key == slots.of[2][0].key
    assert slots.of[3][0].key != slots.of[0][0].key  # nobody is answered there


def test_every_token_has_one_line_of_traits() -> None:
    rows = ("Ann | 3 likes | Oslo", "Bo | 12 likes", "", "Cy | 0 likes | Bergen")
    read = read_rows(list(rows))
    slots = Slots([(0, row, tokens_of(row, 0)) for row in read])
    for at, row in enumerate(read):
        held = slots.traits(at)
        assert held.shape == (len(tokens_of(row, 0)), len(SLOT))
        assert np.isfinite(held).all()


@pytest.mark.parametrize("lines", [("Ann",), ("Ann", "Ann"), ("a " * 40,)])
def test_pages_of_next_to_nothing_have_slots(lines: tuple[str, ...]) -> None:
    slots = slots_of(*lines)
    for row in slots.of:
        assert [slot.first for slot in row][1:] == [slot.last for slot in row][:-1]
        assert row[0].first == 0


def test_a_name_used_again_elsewhere_is_seen() -> None:
    slots = slots_of("Ann to Bo:", "Cy to Ann:", "Di to Cy:", "Bo to Di:")
    elsewhere = slots.traits(0)[0, SLOT.index("elsewhere")]
    alone = slots_of("Ann to Bo:", "Cy to Xi:", "Di to Yo:", "Bo to Zu:").traits(0)[
        0, SLOT.index("elsewhere")
    ]
    assert elsewhere > alone == 0
