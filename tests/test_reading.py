"""Reading alone: in parts as at once, and nothing left behind where it fails."""

import json

import pytest

from discourse.errors import DiscourseError
from discourse.ingest import read_source
from discourse.reading import explain_source, linked, read_to_folder
from discourse.tables import CONTRACT
from discourse.tables.files import read_csv
from tests.conftest import SAMPLES

WORDS = ["the bridge was shut for ten days", "it was three weeks", "read the works log, page {n}"]


def dump(path, order):
    """Write one record a line: number of the post and of its thread, in the order given."""
    seen = {}
    with path.open("w", encoding="utf-8") as file:
        for number, thread in order:
            row = {"id": f"p{number}", "thread_id": f"t{thread}", "parent_id": seen.get(thread)}
            row |= {"author": f"a{number % 7}", "text": WORDS[number % 3].format(n=number), "colour": "red"}
            seen[thread] = row["id"]
            file.write(json.dumps(row) + "\n")
    return path


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dump")
    path = dump(folder / "dump.jsonl", [(number, number // 40) for number in range(10_400)])
    calls = []
    tally = read_to_folder(path, folder / "read", progress=calls.append)
    return path, folder / "read", tally, calls


def test_a_dump_read_in_parts_is_the_same_as_read_at_once(long):
    path, folder, tally, calls = long
    assert len(calls) > 1
    whole = linked(read_source(path))
    for name in ("sources", "posts", "annotations", "faults"):
        kept = read_csv(CONTRACT[name], folder / "tables" / f"{name}.csv")
        key = list(CONTRACT[name].key)  # parts come one after the other, rows of each in order
        both = [table.astype("str").sort_values(key, ignore_index=True) for table in (kept, whole[name])]
        assert both[0].equals(both[1]), name
    assert (tally.posts, tally.threads, tally.authors) == (10_400, 260, 7)


def test_progress_counts_posts_up_to_the_last(long):
    assert long[3] == sorted(long[3])
    assert long[3][-1] == 10_400


def test_fields_without_a_column_are_kept_beside(long):
    posts = read_csv(CONTRACT["posts"], long[1] / "tables" / "posts.csv")
    assert json.loads(posts["meta"].iloc[0]) == {"colour": "red"}


def test_threads_spread_over_a_file_are_told(tmp_path):
    path = dump(tmp_path / "dump.jsonl", [(number, number % 3) for number in range(10_050)])
    tally = read_to_folder(path, tmp_path / "read")
    faults = read_csv(CONTRACT["faults"], tmp_path / "read" / "tables" / "faults.csv")
    assert faults["problem"].str.contains("3 threads are spread over the file").sum() == 1
    assert tally.faults == len(faults)
    assert tally.links == {"explicit": 10_047}  # what a file states holds over its parts


def test_a_dump_that_breaks_off_in_the_middle_leaves_nothing_half_written(tmp_path):
    path = tmp_path / "dump.jsonl"
    path.write_text('{"text": "one", "author": "Ann"}\n' + "broken\n" * 500)
    with pytest.raises(DiscourseError, match="broken"):
        read_to_folder(path, tmp_path / "read")
    assert [file.name for file in tmp_path.iterdir()] == ["dump.jsonl"]


def test_explaining_a_page_gives_its_lines_and_its_posts():
    rows, posts = explain_source(SAMPLES[0])
    assert [int(row.place) for row in rows] == list(range(1, len(rows) + 1))
    named = {post.position for post in posts}
    assert {row.post for row in rows if row.post is not None} == named


def test_explaining_an_export_names_each_field_once(long):
    rows, posts = explain_source(long[0])
    fields = {row.text: row.kind for row in rows if row.place == "field"}
    assert fields == {
        "id": "id",
        "thread_id": "thread",
        "parent_id": "parent",
        "author": "author",
        "text": "text",
        "colour": "meta",
    }
    assert posts == []
