"""Large dumps that benchmarks make of a small one."""

import json

import pytest

from tests.benchmarks import made_dump
from tests.scale.made_threads import write_dump


def made(tmp_path, *words, name="out.jsonl.zst"):
    dump = write_dump(tmp_path / "small.jsonl.zst", 60)
    out = tmp_path / name
    made_dump.main([words[0], str(dump), str(out), *words[1:]])
    return list(made_dump.posts_of(dump)), list(made_dump.posts_of(out)), out


def test_every_copy_has_ids_of_its_own_and_the_same_words(tmp_path):
    posts, copies, _ = made(tmp_path, "repeat", "--times", "3")
    assert len({post["id"] for post in copies}) == len(copies) == 3 * len(posts)
    assert copies[: len(posts)] == posts
    for number in (1, 2):
        copy = copies[number * len(posts) : (number + 1) * len(posts)]
        for old, new in zip(posts, copy, strict=True):
            assert new["id"] == f"{old['id']}-{number}"
            assert new["thread_id"] == f"{old['thread_id']}-{number}"
            assert new["reply_to"] == (f"{old['reply_to']}-{number}" if old["reply_to"] else None)
            assert [new[field] for field in ("author", "text", "time")] == [
                old[field] for field in ("author", "text", "time")
            ]


def test_scattered_copies_are_in_the_order_of_time(tmp_path):
    posts, copies, _ = made(tmp_path, "repeat", "--times", "3", "--scattered")
    times = [post["time"] for post in copies]
    assert times == sorted(times)
    assert len({post["id"] for post in copies}) == 3 * len(posts)


def test_the_same_dump_gives_the_same_bytes(tmp_path):
    one = made(tmp_path, "repeat", "--times", "2")[2].read_bytes()
    assert made(tmp_path, "repeat", "--times", "2", name="again.jsonl.zst")[2].read_bytes() == one


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz"])
def test_a_name_says_how_the_dump_is_packed(tmp_path, name):
    posts, copies, out = made(tmp_path, "first", "--posts", "60", name=name)
    assert copies == posts
    packed = out.read_bytes().startswith(b"\x1f\x8b")
    assert packed == name.endswith(".gz")


def test_joined_threads_are_one_thread_under_one_root(tmp_path):
    posts, joined, _ = made(tmp_path, "join", "--posts", "50")
    root, *others = joined
    assert root["reply_to"] is None
    assert {post["thread_id"] for post in joined} == {root["id"]}
    known = {post["id"] for post in posts[:50]}
    for old, new in zip(posts[1:50], others, strict=True):
        assert (new["id"], new["author"], new["text"]) == (old["id"], old["author"], old["text"])
        assert new["reply_to"] == (old["reply_to"] if old["reply_to"] in known else root["id"])


def test_a_dump_too_small_to_join_is_refused(tmp_path):
    with pytest.raises(SystemExit, match="holds 60 posts, not 61"):
        made(tmp_path, "join", "--posts", "61")


def test_help_says_what_there_is(capsys):
    with pytest.raises(SystemExit):
        made_dump.main(["--help"])
    told = capsys.readouterr().out
    assert all(command in told for command in ("repeat", "join", "first", "largest"))


def test_a_made_up_post_is_a_line_of_json(tmp_path):
    lines = write_dump(tmp_path / "plain.jsonl", 10).read_text(encoding="utf-8").splitlines()
    assert [set(json.loads(line)) for line in lines] == [
        {"id", "thread_id", "reply_to", "author", "text", "time"}
    ] * 10
