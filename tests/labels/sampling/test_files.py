"""A sample as a file: exact, whole or not at all; and ids read back from what people made of it."""

import csv
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import DiscourseError
from discourse.labels.sampling import read_post_ids
from discourse.labels.sampling.drawing import Drawn
from discourse.labels.sampling.files import COLUMNS, check_out, write_sample

TEXTS = ("one", 'a "quoted", cell\r\nof two lines', "  =SUM(A1) ", "\U0001f468‍\U0001f469 שלום", "")


def rows(ids=("b", "a", "c, d", 'e"', "f"), texts=TEXTS):
    """Return rows that come in another order than they are to stand in."""
    numbered = list(enumerate(zip(ids, texts, strict=True)))
    return [(number, row(post_id, text)) for number, (post_id, text) in reversed(numbered)]


def row(post_id, text):
    more = {"part": "random", "probability": 0.25, "layer": "", "coded": "", "reason": "random part"}
    return Drawn(post_id=post_id, thread_id="t", run="r", text=text, **more)


@pytest.mark.parametrize("name", ["sample.csv", "SAMPLE.JSONL"])
def test_rows_stand_in_the_order_to_label_them_and_ids_come_back(tmp_path, name):
    out = tmp_path / "new" / name
    write_sample(rows(), out)
    assert read_post_ids(out) == ["b", "a", "c, d", 'e"', "f"]
    assert [path.name for path in out.parent.iterdir()] == [name]


def test_texts_are_exact(tmp_path):
    write_sample(rows(), tmp_path / "a.csv")
    write_sample(rows(), tmp_path / "a.jsonl")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        assert [found["text"] for found in csv.DictReader(file)] == list(TEXTS)
    lines = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["text"] for line in lines] == list(TEXTS)
    assert json.loads(lines[0])["probability"] == 0.25


def test_an_earlier_sample_is_replaced_and_nobodys_own_file_is(tmp_path):
    for name in ("a.csv", "a.jsonl"):
        write_sample(rows(), tmp_path / name)
        write_sample(rows(), tmp_path / name)
    own = tmp_path / "own.csv"
    own.write_text(f"{','.join(COLUMNS)},my_label\n", encoding="utf-8")
    for name, text in (("own.csv", None), ("mine.jsonl", '{"post_id": "a"}\n'), ("odd.jsonl", "[" * 99_999)):
        if text is not None:
            (tmp_path / name).write_text(text, encoding="utf-8")
        before = (tmp_path / name).read_bytes()
        with pytest.raises(DiscourseError, match="no earlier sample stands here"):
            write_sample(rows(), tmp_path / name)
        assert (tmp_path / name).read_bytes() == before


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(DiscourseError, match=r"neither \.csv nor \.jsonl"):
        check_out(tmp_path / "a.xlsx")


def test_a_failure_leaves_what_stood_there(tmp_path):
    write_sample(rows(), tmp_path / "a.csv")
    before = (tmp_path / "a.csv").read_bytes()

    def breaking():
        yield 0, row("x", "y")
        raise DiscourseError(where="here", problem="broken", fix="Mend it")

    with pytest.raises(DiscourseError, match="broken"):
        write_sample(breaking(), tmp_path / "a.csv")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.csv", before)]


def test_a_place_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DiscourseError, match="cannot be written"):
        write_sample(rows(), tmp_path / "file" / "a.csv")


@pytest.mark.parametrize(
    "content",
    [
        "post_id,label\r\na,1\r\n\r\nb,2\r\na,3\r\n",
        "\ufefflabel;post_id\r\n1;a\r\n2;b\r\n",
        'label\tpost_id\n"x\ny"\ta\n2\tb\n',
        '"label","post_id"\n"1, 2","a"\n"","b"\n',
    ],
)
def test_ids_are_read_as_spreadsheets_save_them(tmp_path, content):
    (tmp_path / "a.csv").write_bytes(content.encode())
    assert read_post_ids(tmp_path / "a.csv") == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", b"id,label\na,1\n", r"a\.csv, line 1: no column is called post_id"),
        ("a.csv", b"", "no column is called post_id"),
        ("a.csv", b"post_id\n", "it names no post"),
        ("a.csv", b"label,post_id\n1,a\n2\n", r"a\.csv, line 3: no post_id stands there"),
        ("a.csv", b"post_id\n\xff\xfe\n", "it is not UTF-8"),
        ("a.csv", b"\x00post_id\n\x00", "no column is called post_id"),
        ("a.jsonl", b'{"post_id": "a"}\n{"post_id": 7}\n', r"a\.jsonl, line 2: it has no field post_id"),
        ("a.jsonl", b"{'post_id'}\n", r"a\.jsonl, line 1: it is no JSON"),
        ("a.jsonl", b"[" * 99_999, r"a\.jsonl, line 1: it is no JSON"),
        ("none.csv", None, r"none\.csv: it cannot be read \(No such file"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_line(tmp_path, name, content, told):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(DiscourseError, match=told) as caught:
        read_post_ids(tmp_path / name)
    assert "\n" not in str(caught.value)


ids = st.lists(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip),
    min_size=1,
    max_size=5,
    unique=True,
)


@given(ids)
def test_any_id_comes_back(tmp_path_factory, names):
    folder = tmp_path_factory.mktemp("ids")
    for name in ("a.csv", "a.jsonl"):
        write_sample([(number, row(post_id, "x")) for number, post_id in enumerate(names)], folder / name)
        assert read_post_ids(folder / name) == names
