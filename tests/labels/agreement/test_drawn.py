"""Which posts were drawn at random."""

import pytest

from discourse.errors import DiscourseError
from discourse.labels.agreement.drawn import Draw, read_drawn


def test_posts_of_the_random_part_alone_are_read(tmp_path):
    path = tmp_path / "sample.csv"
    path.write_text(
        '\ufeffpost_id,part,probability,text\r\np:1,random,0.25,"a\r\nb"\r\np:2,uncertainty,,x\r\np:3,random,,y\r\n',
        encoding="utf-8",
        newline="",
    )
    assert read_drawn(path) == {"p:1": Draw(0.25), "p:3": Draw(1.0)}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("id,part\n1,random\n", "'post_id' is missing"),
        ("post_id,part\n1,uncertainty\n", "none of its posts"),
        ("", "is missing"),
        ("post_id,part,probability\n1,random,often\n", "line 2: 'often' is no probability"),
        ("post_id,part,probability\n1,random,0\n", "is no probability"),
        ("post_id,part,probability\n1,random,nan\n", "is no probability"),
        ('post_id,part\n"1,random\n', "cannot be read as a table"),
    ],
)
def test_another_file_is_refused_in_one_line(tmp_path, text, problem):
    path = tmp_path / "sample.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DiscourseError, match=problem):
        read_drawn(path)


def test_a_missing_file_and_one_of_bytes_are_refused(tmp_path):
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00")
    for name in ("gone.csv", "bytes.csv"):
        with pytest.raises(DiscourseError, match="cannot be read as a table"):
            read_drawn(tmp_path / name)


def test_a_sample_is_read_as_jsonl_and_as_spreadsheets_save_it_too(tmp_path):
    (tmp_path / "a.jsonl").write_text(
        '{"post_id": "p:1", "part": "random", "probability": 0.5}\n\n{"post_id": "p:2", "part": "x"}\n',
        encoding="utf-8",
    )
    (tmp_path / "a.csv").write_text("post_id;part;probability\np:1;random;0.5\n", encoding="utf-8")
    assert read_drawn(tmp_path / "a.jsonl") == read_drawn(tmp_path / "a.csv") == {"p:1": Draw(0.5)}


@pytest.mark.parametrize(
    ("text", "probability"),
    [
        ("post_id;part;probability\np:1;random;0,526316\n", 0.526316),
        ("post_id\tpart\tprobability\np:1\trandom\t0,5\n", 0.5),
        ('post_id,part,probability\np:1,random,"0,25"\n', 0.25),
    ],
)
def test_a_decimal_comma_is_read(tmp_path, text, probability):
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    assert read_drawn(tmp_path / "a.csv") == {"p:1": Draw(probability)}


@pytest.mark.parametrize("cell", ["0,5,2", "0,5.2", ",", "1,5"])
def test_commas_that_make_no_probability_are_refused(tmp_path, cell):
    (tmp_path / "a.csv").write_text(f"post_id;part;probability\np:1;random;{cell}\n", encoding="utf-8")
    with pytest.raises(DiscourseError, match=r"line 2: .* is no probability"):
        read_drawn(tmp_path / "a.csv")


def test_for_what_a_post_was_coded_before_is_read(tmp_path):
    (tmp_path / "a.csv").write_text("post_id,part,coded\np,random,reply rhetoric\nq,random,\n")
    (tmp_path / "b.jsonl").write_text('{"post_id": "p", "part": "random", "coded": 7}\n')
    assert read_drawn(tmp_path / "a.csv") == {"p": Draw(1, frozenset({"reply", "rhetoric"})), "q": Draw()}
    with pytest.raises(DiscourseError, match="line 1: 'coded' is no text"):
        read_drawn(tmp_path / "b.jsonl")


@pytest.mark.parametrize("line", ["{", "[]", '{"post_id": 1, "part": "random"}', "[" * 100_000])
def test_jsonl_that_is_none_is_refused_by_its_line(tmp_path, line):
    (tmp_path / "a.jsonl").write_text(f'{{"post_id": "p", "part": "random"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(DiscourseError, match="line 2"):
        read_drawn(tmp_path / "a.jsonl")


def test_what_sample_writes_is_what_is_read_here():
    from discourse.labels.agreement.drawn import RANDOM
    from discourse.labels.sampling.drawing import RANDOM as WRITTEN
    from discourse.labels.sampling.files import COLUMNS

    assert RANDOM == WRITTEN
    assert {"post_id", "part", "probability", "coded"} <= set(COLUMNS)
