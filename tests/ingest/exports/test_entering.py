"""Long lists within an object: read item by item, with the same posts as when it is read as a whole."""

import json
import tracemalloc

import pytest

from discourse.ingest.exports import entering, open_export, stream
from tests.ingest.exports.made import problems, read


def post(number, **more):
    return {"id": number, "user": "ama", "comment": f"words {number} " * 30, "date": 1_600_000_000, **more}


def posts(first, last):
    return [post(n, replies=[post(n + 50_000)] if n % 3 == 0 else []) for n in range(first, last)]


WRAPPINGS = {
    "plain": {"comments": posts(0, 400)},
    "deeper": {
        "status": "ok",
        "data": {"story": {"id": "s7", "comments": {"nodes": posts(0, 400), "more": 0}}},
    },
    "behind": {"thread_id": 5, "comments": posts(0, 400), "total": 400, "page": {"next": None}},
    "two lists": {"article_id": 9, "comments": posts(0, 400), "count": 3, "replies": posts(900, 950)},
    "in a list": [{"comments": posts(0, 400)}, {"comments": posts(900, 950)}],
}


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("kind", WRAPPINGS)
def test_a_long_list_within_an_object_gives_the_same_posts(tmp_path, monkeypatch, kind, indent):
    path = tmp_path / "x.json"
    path.write_text(json.dumps(WRAPPINGS[kind], indent=indent), encoding="utf-8")
    rows, export = read(path)
    monkeypatch.setattr(stream, "entry_of", lambda *_: None)
    whole, _ = read(path)
    assert rows == whole
    assert len(rows) > 500
    assert export.faults == []
    assert entering.entry_of(path.read_text()[:60_000], 0) is not None or kind == "in a list"


def test_a_long_list_that_was_cut_off_says_so(tmp_path):
    path = tmp_path / "x.json"
    text = json.dumps({"comments": posts(0, 400)})
    path.write_text(text[: text.rindex('{"id": 399')], encoding="utf-8")
    rows, export = read(path)
    assert len(rows) > 500
    assert "the list is not closed" in problems(export)


def test_a_post_with_a_long_list_of_replies_is_not_entered(tmp_path):
    path = tmp_path / "x.json"
    path.write_text(json.dumps(post(1, replies=posts(10, 400))), encoding="utf-8")
    rows, _ = read(path)
    assert (rows[0]["post_id"], rows[1]["reply_to"]) == ("1", "1")


def test_memory_is_flat_for_a_list_within_an_object(tmp_path):
    def peak(count):
        path = tmp_path / f"{count}.json"
        path.write_text(json.dumps({"comments": [post(n) for n in range(count)]}), encoding="utf-8")
        tracemalloc.start()
        for batch in open_export(path).batches(200):
            batch.frame()
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    # From about 9,000 posts on, the buffers of reading are full: what grows beyond that grows with the file.
    assert peak(27_000) < 1.2 * peak(9_000)
