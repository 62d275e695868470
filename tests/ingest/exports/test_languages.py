"""Posts of an export are told their language within their own thread, however threads lie in the file."""

import pytest

from discourse.ingest import read_source
from tests.ingest.exports.made import written

GERMAN = ["Die Brücke war eine ganze Woche gesperrt, und niemand hat uns gefragt.", "Ja.", "Eben."]
ENGLISH = ["The bridge was shut for a week and nobody had bothered to ask us.", "No.", "lol"]


def records(thread, texts):
    return [
        {"id": f"{thread}{n}", "thread_id": thread, "author": "Ann", "text": text}
        for n, text in enumerate(texts)
    ]


def languages(tmp_path, *posts):
    table = read_source(written(tmp_path / "x.jsonl", *posts))["posts"]
    return dict(zip(table["post_id"].str.split(":").str[-1], table["lang"], strict=True))


@pytest.mark.parametrize("order", ["thread after thread", "in turns"])
def test_a_short_post_takes_the_language_of_its_own_thread_and_of_no_other(tmp_path, order):
    german, english = records("g", GERMAN), records("e", ENGLISH)
    posts = [*german, *english]
    if order == "in turns":
        posts = [post for pair in zip(german, english, strict=True) for post in pair]
    found = languages(tmp_path, *posts)
    assert [found[f"g{n}"] for n in range(3)] == ["de"] * 3
    assert [found[f"e{n}"] for n in range(3)] == ["en"] * 3


def test_threads_read_alone_are_told_as_in_one_file(tmp_path):
    german, english = records("g", GERMAN), records("e", ENGLISH)
    apart = languages(tmp_path, *german) | languages(tmp_path, *english)
    assert languages(tmp_path, *english, *german) == apart
