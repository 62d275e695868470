"""Threads are brought together: each in one part, in the dump's order, no post lost or doubled."""

from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import DiscourseError
from discourse.scale import shuffling
from discourse.scale.places import Place
from discourse.scale.shuffling import Dump, dealt_at, digest_of, part_of, shuffle
from tests.scale.ferry_threads import made_rows, write_dump


def dump_of(path):
    return Dump(str(path), path, "made-up", "0" * 64)


def posts_of(dealt):
    return [dealt.shuffled.read(dealt.slices(part)) for part in range(dealt.shuffled.parts)]


@given(
    threads=st.lists(st.text("abXY/é \u202e,'", min_size=1, max_size=4), min_size=1, max_size=40),
    parts=st.integers(1, 7),
    chunk=st.sampled_from([1, 2_000, 1 << 25]),
)
def test_every_post_is_in_the_part_of_its_thread_once_and_in_order(threads, parts, chunk):
    rows = [
        {"id": f"p{place}", "thread_id": thread, "author": "Ann", "text": f"words {place}"}
        for place, thread in enumerate(threads)
    ]
    with TemporaryDirectory() as folder, mock.patch.object(shuffling, "_CHUNK", chunk):
        path = write_dump(Path(folder) / "dump.jsonl", rows)
        with mock.patch.object(shuffling, "_BATCH", 3):
            dealt = shuffle([dump_of(path)], Place(f"{folder}/work"), parts=parts)
        tables = posts_of(dealt)
    found = [row for table in tables for row in table.to_pylist()]
    assert sorted(row["position"] for row in found) == list(range(1, len(rows) + 1))
    assert {row["position"]: row["text"] for row in found} == {
        place + 1: row["text"] for place, row in enumerate(rows)
    }
    for part, table in enumerate(tables):
        assert {part_of(thread, parts) for thread in table["thread_id"].to_pylist()} <= {part}
        assert table["position"].to_pylist() == sorted(table["position"].to_pylist())
    assert [table.num_rows for table in tables] == list(dealt.sizes)
    assert int(dealt.read["sources"]["found_count"].iloc[0]) == len(rows)


def test_what_was_dealt_out_is_found_again_by_the_digest_of_its_dump_alone(tmp_path):
    dump = dump_of(write_dump(tmp_path / "dump.jsonl", made_rows(9)))
    place = Place(str(tmp_path / "work"))
    dealt = shuffle([dump], place, parts=3)
    again = dealt_at(place, digest_of([dump], 3))
    assert (again.shuffled, again.sizes) == (dealt.shuffled, dealt.sizes)
    assert posts_of(again) == posts_of(dealt)
    assert again.read["sources"].equals(dealt.read["sources"])
    assert dealt_at(place, digest_of([dump], 4)) is None


def test_what_was_dealt_out_in_part_does_not_count(tmp_path, monkeypatch):
    dump = dump_of(write_dump(tmp_path / "dump.jsonl", made_rows(9)))
    place = Place(str(tmp_path / "work"))

    def stopped(_dealt):
        raise KeyboardInterrupt

    monkeypatch.setattr(shuffling, "_note", stopped)
    with pytest.raises(KeyboardInterrupt):
        shuffle([dump], place, parts=3)
    assert dealt_at(place, digest_of([dump], 3)) is None


def test_a_page_is_no_dump(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("Ardmore\n2 hours ago\nThe ferry is late again.\n" * 3, encoding="utf-8")
    with pytest.raises(DiscourseError, match="no export of many threads"):
        shuffle([dump_of(page)], Place(str(tmp_path / "work")), parts=2)
