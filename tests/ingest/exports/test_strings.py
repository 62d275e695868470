import unicodedata
from unicodedata import is_normalized, normalize

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.ingest.exports import open_export, strings
from discourse.ingest.exports.batches import joined
from discourse.ingest.exports.strings import among, are_bare, as_strings, holds, in_nfc
from tests.ingest.exports.made import read, written

# letters, marks that join with them, jamo, and what is changed alone
TEXTS = st.lists(st.none() | st.text("aé \u0301\u0327\u1100\u1161\u11a8\u212b\u2019\U0001f600\u09c7\u09be"))


@given(TEXTS, st.integers(0, 3))
def test_texts_are_put_into_nfc_whatever_part_of_a_column_they_are(texts, start):
    column = as_strings(texts)[start:]
    expected = [text and normalize("NFC", text) for text in texts[start:]]
    assert in_nfc(column).to_pylist() == expected


def test_no_character_that_joins_with_the_one_before_is_passed_over():
    seconds = set()
    for code in range(0x300, 0x20000):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<") and is_normalized("NFC", chr(code)):
            seconds.add(int(parts[1], 16))
    seconds |= {*range(0x1161, 0x1176), *range(0x11A8, 0x11C3)}
    assert 0x301 in seconds
    assert not [hex(code) for code in seconds if strings._is_inert(code)]


def test_plain_texts_beyond_ascii_are_not_looked_at_one_by_one(monkeypatch):
    looked_at = []

    def noting(form, text):
        looked_at.append(text)
        return is_normalized(form, text)

    monkeypatch.setattr(strings, "is_normalized", noting)
    column = as_strings(["caf\u00e9 \u2014 \u201cno\u201d", "\u65e5\u672c\u8a9e", "\U0001f600", None, ""])
    assert in_nfc(column) is column
    assert all(len(text) == 1 for text in looked_at)


@pytest.mark.parametrize(
    ("ids", "bare"),
    [(["a", "b7"], True), (["a", None], True), (["a", ""], False), ([" a"], False), (["1.0"], False)],
)
def test_ids_that_need_a_look_are_told_from_their_bytes(ids, bare):
    assert are_bare(as_strings(ids)) is bare
    assert are_bare(as_strings(["x y", *ids])[1:]) is bare


def test_marks_are_found_in_parts_of_a_column():
    column = as_strings(["[gone]", None, "a long text that is none", "[gone]", "x@y", ""])
    assert among(column, ("[gone]", "[lost]")).tolist() == [True, False, False, True, False, False]
    assert among(column[1:], ("[gone]",)).tolist() == [False, False, True, False, False]
    assert holds(column, "@")
    assert not holds(column[:4], "@")
    assert not len(among(column[:0], ("[gone]",)))


def test_batches_end_where_threads_end_and_hold_all_posts(tmp_path):
    posts = [
        {
            "id": f"p{n}",
            "thread_id": f"t{n // 7}",
            "text": f"words {n}",
            "time": 1_600_000_000 + n if n % 3 else None,
        }
        for n in range(100)
    ]
    path = written(tmp_path / "x.jsonl", *posts)
    rows, _ = read(path, size=30)
    assert [row["text"] for row in rows] == [post["text"] for post in posts]
    assert rows[1]["timestamp"] == "2020-09-13T12:26:41Z"
    assert rows[3]["timestamp"] is None
    batches = list(open_export(path).batches(30))
    assert [len(batch) for batch in batches] == [28, 28, 28, 16]
    whole = joined(batches)
    assert whole.texts == [post["text"] for post in posts]
    assert np.array_equal(whole.seconds[1:3], [1_600_000_001, 1_600_000_002])
