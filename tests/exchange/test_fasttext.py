"""Lines for fastText: labels that are words, texts that give no commands."""

from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from discourse.exchange.corpus import Choice
from discourse.exchange.fasttext import label_word, line_of_id, words_on_one_line
from tests.exchange.exported import answer, export, made, stored, thread
from tests.exchange.made_run import TEXTS, label, post

BLANKS = " \n\r\t\v\f\0"  # what parts words for fastText (`Dictionary::readWord`)


def words(line):
    """Part a line as fastText does."""
    for blank in BLANKS:
        line = line.replace(blank, " ")
    return [word for word in line.split(" ") if word]


def lines(folder, layer, part="train"):
    text = (folder / layer / f"{part}.txt").read_bytes().decode()
    ids = (folder / layer / f"{part}.ids.txt").read_bytes().decode()
    return dict(zip(ids.split("\n"), text.split("\n"), strict=True))


@given(st.text() | st.lists(st.sampled_from(["__label__", "</s>", "_", "a", *BLANKS, "\u2028"])).map("".join))
@example("__label__x\0</s> ____label__y __label____label__")
def test_no_word_of_a_comment_is_a_label_or_the_end_of_a_line(text):
    line = words_on_one_line(text)
    assert len(line.splitlines()) <= 1
    assert not [word for word in words(line) if word.startswith("__label__") or word == "</s>"]
    assert "".join(words(line)) == "".join("".join(words(text)).split())


@given(st.text(min_size=1), st.text(min_size=1), st.text(min_size=1))
def test_two_targets_never_share_a_label_and_a_label_is_one_word(target, other, name):
    one, two = label_word("stance", ("favor", target)), label_word("stance", ("favor", other))
    assert (one == two) == (target == other)
    assert words(f"__label__{one} {name}")[0] == f"__label__{one}"


@given(st.text(min_size=1, max_size=20))
def test_an_id_is_one_line_and_comes_back(post_id):
    line = line_of_id(post_id)
    assert len(line.splitlines()) == 1
    assert unquote(line) == post_id


def test_lines_hold_the_settled_labels_and_the_own_text(tmp_path):
    export("fasttext", made(tmp_path / "run", people=True), tmp_path / "out")
    found = lines(tmp_path / "out", "reply")
    assert found["pier:3"] == ("__label__reply/disagree Line one. Line two is perhaps wrong. Line four.")
    assert "pier:1" not in found
    assert lines(tmp_path / "out", "rhetoric")["pier:1"].startswith("__label__rhetoric/none The pier")


def test_a_post_without_a_word_is_left_out(tmp_path):
    export("fasttext", made(tmp_path / "run"), tmp_path / "out")
    assert TEXTS[6] == ""
    assert "pier:7" not in lines(tmp_path / "out", "rhetoric")


def test_the_name_of_a_target_is_one_word(tmp_path):
    export("fasttext", made(tmp_path / "run"), tmp_path / "out")
    (name,) = [word for word in words(lines(tmp_path / "out", "stance")["pier:1"]) if "__label__" in word]
    assert unquote(name).startswith("__label__stance/against → Pier council / works")


def test_posts_that_nobody_looked_at_are_no_negative_examples(tmp_path):
    run = stored(tmp_path / "run", thread({1: None, 2: 1}), [answer(2, 1, "agree", "human:ann")])
    export("fasttext", run, tmp_path / "out", choice=Choice(makers=frozenset({"people"})))
    assert lines(tmp_path / "out", "rhetoric") == {"": ""}
    assert set(lines(tmp_path / "out", "reply")) == {"pier:2", ""}


def test_a_thread_stands_in_one_part_and_both_parts_are_filled(tmp_path):
    posts = [post(n, f"Text {n}.") | {"thread_id": f"thread {n % 20}"} for n in range(1, 101)]
    written = export("fasttext", stored(tmp_path / "run", posts), tmp_path / "out")
    threads = [
        {int(name.split(":")[1]) % 20 for name in lines(tmp_path / "out", "rhetoric", part) if name}
        for part in ("train", "test")
    ]
    assert all(threads)
    assert not threads[0] & threads[1]
    assert "whole threads in one part" in written.how


def test_a_single_page_is_all_to_train_on_and_that_is_said(tmp_path):
    written = export("fasttext", made(tmp_path / "run"), tmp_path / "out")
    assert (tmp_path / "out" / "reply" / "test.txt").read_bytes() == b""
    assert "too few threads" in written.how


def test_only_chosen_layers_are_written(tmp_path):
    choice = Choice(layers=frozenset({"reply"}))
    export("fasttext", made(tmp_path / "run"), tmp_path / "out", choice=choice)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["reply"]


def test_fasttext_itself_reads_as_many_examples_as_there_are_lines(tmp_path):
    fasttext = pytest.importorskip("fasttext")
    if not hasattr(fasttext, "train_supervised"):
        pytest.skip("this fasttext only predicts")
    text = "Shut </s> __label__reply/agree again\0now"
    posts = [post(n, text) for n in range(1, 6)]
    rows = [label(n, text, text, "reply", "disagree", target="pier:1") for n in range(2, 6)]
    export("fasttext", stored(tmp_path / "run", posts, rows), tmp_path / "out")
    path = str(tmp_path / "out" / "reply" / "train.txt")
    model = fasttext.train_supervised(path, minCount=1, epoch=1, dim=2, verbose=0)
    assert model.labels == ["__label__reply/disagree"]
    assert model.test(path)[0] == 4
