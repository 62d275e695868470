"""Where annotators differ, for somebody who settles it."""

import pytest

from discourse.labels.agreement.computing import ALL_LAYERS, differences, opened
from discourse.labels.agreement.disagreements import COLUMNS, excerpt
from tests.labels.agreement.coding import Coding, marked

TEXTS = ["Perhaps it rains.", "It surely rains.", "Perhaps so.\nOr not.", "שלום \U0001f9d1‍\U0001f680 perhaps"]


def rows_of(folder, *layers):
    with opened([folder]) as runs:
        return list(differences(runs, layers or ALL_LAYERS))


@pytest.fixture
def coding(tmp_path):
    rows = [
        marked(TEXTS, 1, "rhetoric", "hedge", "Perhaps"),
        marked(TEXTS, 4, "rhetoric", "hedge", "perhaps"),
    ]
    return Coding(tmp_path / "pier", TEXTS, annotations=rows)


def test_a_row_says_who_says_what_and_quotes_it(coding):
    for who in ("ann", "bo"):
        coding.read(who, [4], "rhetoric")
    coding.give("ann", 4, "rhetoric", "hedge", "\U0001f9d1‍\U0001f680 perhaps")
    (row,) = rows_of(coding.folder, "rhetoric")
    assert set(row) == set(COLUMNS)
    assert (row["post_id"], row["layer"], row["label"], row["among"]) == (
        "pier:4",
        "rhetoric",
        "hedge",
        "people",
    )
    assert row["said"] == "ann: there; bo: not there; machine: there"
    assert row["quotes"] == "ann: \U0001f9d1‍\U0001f680 perhaps | hedges@4: perhaps"
    assert row["text"] == TEXTS[3]


def test_people_who_agree_against_the_machine_are_told_apart_from_people_who_differ(coding):
    for who in ("ann", "bo"):
        coding.read(who, [1, 2], "rhetoric")
    (row,) = rows_of(coding.folder, "rhetoric")
    assert (row["post_id"], row["among"]) == ("pier:1", "people and machine")


def test_who_did_not_look_does_not_differ(coding):
    coding.read("ann", [1], "rhetoric")
    coding.give("ann", 1, "rhetoric", "hedge", "Perhaps")
    coding.read("bo", [1], "rhetoric", "sarcasm")
    assert rows_of(coding.folder) == []


def test_rows_stand_in_the_order_of_the_posts_and_cover_the_page_too(coding):
    for who in ("ann", "bo"):
        for layer in ("rhetoric", "link", "split"):
            coding.read(who, [1, 2, 3, 4], layer)
    coding.decide("bo", (3, "split", {"at": 12, "author": None}), (2, "link", {"reply_to": None}))
    coding.decide("ann", (4, "join", {}))
    found = [(row["post_id"], row["layer"], row["among"]) for row in rows_of(coding.folder)]
    assert found == [
        ("pier:1", "rhetoric", "people and machine"),
        ("pier:2", "link", "people"),
        ("pier:3", "split", "people"),
        ("pier:4", "rhetoric", "people and machine"),
        ("pier:4", "split", "people"),
    ]
    said = {(row["post_id"], row["layer"]): row["said"] for row in rows_of(coding.folder)}
    assert said["pier:2", "link"] == "ann: pier:1; bo: nobody; machine: pier:1"
    assert said["pier:3", "split"] == "ann: one post; bo: cut at 12; machine: one post"


def test_a_long_post_is_cut_around_the_passage():
    text = "a" * 1000 + "HERE" + "b" * 1000
    found = excerpt(text, 1000)
    assert "HERE" in found
    assert len(found) < 330
    assert (found[0], found[-1]) == ("…", "…")
    assert excerpt("short", 3) == "short"
    assert excerpt("x" * 1000, 0)[0] == "x"
