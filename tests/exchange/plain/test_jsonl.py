import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import DiscourseError
from discourse.exchange.plain.jsonl import read, write
from tests.exchange.made_run import store_run
from tests.exchange.plain.going_round import exported, gone_out, run_with, said, tables_of


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return run_with(tmp_path_factory.mktemp("made"))


def lines(tmp_path, *found):
    path = tmp_path / "mine.jsonl"
    path.write_text(
        "\n".join(one if isinstance(one, str) else json.dumps(one) for one in found), encoding="utf-8"
    )
    return path


def test_what_went_out_comes_back(run, tmp_path):
    folder = exported(run, tmp_path / "out", write)
    assert said(read(folder)) == gone_out(run)
    assert said(read(folder / "posts.jsonl")) == gone_out(run)


@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_any_texts_come_back_exactly(tmp_path_factory, texts):
    folder = tmp_path_factory.mktemp("any")
    run = store_run(folder / "run", tables_of(texts))
    assert said(read(exported(run, folder / "out", write))) == gone_out(run)


def test_every_line_is_one_post_whatever_splits_lines(tmp_path):
    run = store_run(tmp_path / "run", tables_of(["one\u2028two\u2029three\x85four\r\nfive\x0bsix\x1cseven"]))
    path = exported(run, tmp_path / "out", write) / "posts.jsonl"
    text = path.read_bytes().decode()
    assert text.count("\n") == 1
    assert len(text.splitlines()) == 1


def test_a_line_holds_all_fields_of_the_post_and_of_its_labels(run, tmp_path):
    path = exported(run, tmp_path / "out", write) / "posts.jsonl"
    first = json.loads(path.read_text(encoding="utf-8").splitlines()[0])
    assert {"post_id", "thread_id", "author", "timestamp", "text", "text_hash", "run", "meta"} <= set(first)
    assert set(first["annotations"][0]) == {
        *(
            "start",
            "end",
            "layer",
            "label",
            "target",
            "annotator",
            "score",
            "quote",
            "detail",
            "also",
            "entry",
        )
    }
    assert set(first["coded"][0]) == {"layer", "label", "annotator"}


def test_a_person_s_own_line_needs_little(tmp_path):
    path = lines(
        tmp_path,
        {"post_id": "a", "annotations": [{"layer": "rhetoric", "label": "hedge", "start": 1.0, "end": 4}]},
    )
    (found,) = read(path)
    (label,) = found.labels
    assert (found.post_id, found.text, label.start, label.end, label.quote) == ("a", None, 1, 4, None)
    assert found.where == "mine.jsonl, line 1"


def test_blank_lines_and_a_sign_in_front_are_no_news(tmp_path):
    path = lines(tmp_path, "\ufeff" + json.dumps({"post_id": "a", "annotations": []}), "", " ")
    assert [one.post_id for one in read(path)] == ["a"]


HEDGE = {"layer": "rhetoric", "label": "hedge"}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "line 2"),
        ("[]", "no JSON object"),
        ("[" * 100_000, "nested too deep"),
        ('{"post_id": "a", "annotations": [], "n": ' + "9" * 5_000 + "}", "line 2"),
        ({"annotations": []}, "neither post_id nor text"),
        ({"post_id": "a"}, "no annotations"),
        ({"post_id": 7, "annotations": []}, "post_id is no text"),
        ({"post_id": "a", "annotations": {}}, "annotations is no list"),
        ({"post_id": "a", "annotations": ["x"]}, "annotations 1 is no object"),
        ({"post_id": "a", "annotations": [HEDGE, {"label": "hedge"}]}, "annotations 2: it has no layer"),
        ({"post_id": "a", "annotations": [HEDGE | {"start": 1}]}, "not both"),
        ({"post_id": "a", "annotations": [HEDGE | {"start": True, "end": 2}]}, "start is no whole number"),
        ({"post_id": "a", "annotations": [HEDGE | {"start": -1, "end": 2}]}, "start is no whole number"),
        ({"post_id": "a", "annotations": [HEDGE | {"start": 1.5, "end": 2}]}, "start is no whole number"),
        ('{"post_id": "a", "text": "\\ud83d", "annotations": []}', "lone surrogate"),
        ({"post_id": "a", "annotations": [], "coded": [{"label": "x"}]}, "coded 1: it has no layer"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_line(tmp_path, line, problem):
    path = lines(tmp_path, {"post_id": "z", "annotations": []}, line)
    with pytest.raises(DiscourseError) as caught:
        list(read(path))
    assert problem in str(caught.value)
    assert "line 2" in caught.value.where
    assert "\n" not in str(caught.value)


def test_another_encoding_is_told(tmp_path):
    path = tmp_path / "mine.jsonl"
    path.write_bytes('{"post_id": "ä", "annotations": []}'.encode("latin-1"))
    with pytest.raises(DiscourseError, match=r"line 1.*UTF-8"):
        list(read(path))


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(DiscourseError, match=r"posts\.jsonl: it cannot be read"):
        list(read(tmp_path))
