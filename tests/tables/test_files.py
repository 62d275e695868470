"""CSV files give back every cell exactly as it was."""

import csv
from datetime import UTC, datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import ContractError
from discourse.model import Post
from discourse.tables import (
    CONTRACT,
    FAULTS,
    LINKS,
    POSTS,
    SUMMARY,
    TURNS,
    Tables,
    TableWriter,
    frame_of,
    read_tables,
    write_csv,
    write_tables,
)
from discourse.tables.files import read_csv

AWKWARD = [
    "",
    " ",
    "  leading and trailing  ",
    "NA",
    "null",
    "None",
    "nan",
    "=1+1",
    "+49",
    "-5",
    "@name",
    "007",
    "1e5",
    "true",
    '"',
    '""',
    'she said "no", twice',
    "one\ntwo",
    "one\r\ntwo",
    "one\rtwo",
    "\n",
    "\r",
    ",;\t|",
    "\x01\x08\x0b\x0c\x1b[31m\x7f\x85",
    "\ufeffmark",
    "\u2028\u2029",
    "e\u0301 👩‍👩‍👧 🏴 \u202eabc",
    "#comment",
    "\\",
    "\\n",
]
texts = st.one_of(st.sampled_from(AWKWARD), st.text(st.characters(exclude_categories=["Cs"]), max_size=30))


def post(text="Hello", **more):
    values = {"post_id": "s:1", "thread_id": "s", "source_id": "s", "position": 1, "author": "Ada"}
    return Post(**{**values, "text": text, **more})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("tables")


@settings(max_examples=30)
@given(rows=st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=8))
def test_any_text_comes_back_exactly(folder, rows):
    table = frame_of(FAULTS, [dict(zip(FAULTS.names, row, strict=True)) for row in rows])
    write_csv(table, folder / "faults.csv")
    pd.testing.assert_frame_equal(read_csv(FAULTS, folder / "faults.csv"), table)


@pytest.mark.parametrize("text", AWKWARD)
def test_an_awkward_text_of_a_post_comes_back_exactly(tmp_path, text):
    before = Tables({"posts": frame_of(POSTS, [post(text, addressee=text or None)])})
    write_tables(before, tmp_path)
    after = read_tables(tmp_path)["posts"]
    assert after["text"].tolist() == [text]
    assert after["addressee"].isna().tolist() == [text == ""]
    assert after["addressee"].dropna().tolist() == [text] * (text != "")


def test_a_missing_value_stays_missing_and_is_no_word(tmp_path):
    write_tables(
        Tables({"posts": frame_of(POSTS, [post(), post("None", post_id="s:2", lang="en")])}), tmp_path
    )
    table = read_tables(tmp_path)["posts"]
    assert table["lang"].isna().tolist() == [True, False]
    assert table["start_line"].isna().all()
    assert table["reply_score"].isna().all()


def test_an_author_gone_without_a_name_comes_back_as_such(tmp_path):
    row = {"thread_id": "t", "author": "", "posts": 2, "words": 9, "replies_given": 0, "replies_received": 1}
    write_csv(frame_of(CONTRACT["authors"], [row]), tmp_path / "authors.csv")
    found = read_csv(CONTRACT["authors"], tmp_path / "authors.csv")
    assert list(found["author"]) == [""]
    assert list(CONTRACT["authors"].faults(found)) == []


def test_a_missing_key_is_a_fault_and_not_an_empty_name(tmp_path):
    write_csv(frame_of(POSTS, [post(post_id="")]), tmp_path / "posts.csv")
    with pytest.raises(ContractError, match="'post_id' is empty in 1 of 1 rows"):
        read_tables(tmp_path)


@settings(max_examples=25)
@given(
    values=st.lists(
        st.floats(-1e9, 1e9).map(lambda value: round(value, 4)) | st.none(), min_size=1, max_size=10
    )
)
def test_numbers_come_back_exactly(folder, values):
    rows = [{"unit_kind": "run", "unit_id": str(n), "metric": "m", "value": v} for n, v in enumerate(values)]
    table = frame_of(SUMMARY, rows)
    write_csv(table, folder / "summary.csv")
    pd.testing.assert_frame_equal(read_csv(SUMMARY, folder / "summary.csv"), table, check_exact=True)


def test_yes_and_no_are_written_in_small_letters_and_come_back(tmp_path):
    row = {"loop_id": "l", "post_id": "p", "annotator": "a", "turn": 1, "author": "A", "side": "a"}
    row |= {
        "role": "assertion",
        "novelty": 0.5,
        "start": 0,
        "end": 1,
        "has_evidence": True,
        "is_empty": False,
    }
    table = frame_of(TURNS, [row])
    write_csv(table, tmp_path / "turns.csv")
    pd.testing.assert_frame_equal(read_csv(TURNS, tmp_path / "turns.csv"), table)
    assert ",false," in (tmp_path / "turns.csv").read_text(encoding="utf-8")


def test_all_tables_are_written_and_empty_ones_have_a_header_alone(tmp_path):
    write_tables(Tables(), tmp_path / "made")
    assert {path.stem for path in (tmp_path / "made").iterdir()} == set(CONTRACT)
    for name, schema in CONTRACT.items():
        written = (tmp_path / "made" / f"{name}.csv").read_bytes().decode("utf-8")
        assert written == ",".join(schema.names) + "\r\n"


def test_empty_tables_come_back_empty_and_valid(tmp_path):
    write_tables(Tables(), tmp_path)
    tables = read_tables(tmp_path)
    assert all(tables[name].empty for name in CONTRACT)


def test_other_programs_read_the_file_by_the_rules_of_csv(tmp_path):
    write_csv(
        frame_of(POSTS, [post('a "b"\r\nc,d', timestamp=datetime(2026, 1, 2, 3, 4, tzinfo=UTC))]),
        tmp_path / "p",
    )
    with (tmp_path / "p").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file, strict=True)
    assert row["text"] == 'a "b"\r\nc,d'
    assert row["timestamp"] == "2026-01-02T03:04:00Z"
    assert row["position"] == "1"


def test_a_column_that_a_stage_has_added_survives(tmp_path):
    table = frame_of(
        LINKS,
        [{"post_id": "b", "reply_to": "a", "annotator": "x", "evidence": "none", "score": 1, "why": "NA"}],
    )
    write_csv(table, tmp_path / "links.csv")
    assert read_csv(LINKS, tmp_path / "links.csv")["why"].tolist() == ["NA"]


def test_a_folder_without_tables_is_named(tmp_path):
    with pytest.raises(ContractError, match=r"no posts\.csv stands here") as caught:
        read_tables(tmp_path)
    assert str(tmp_path) in str(caught.value)


def test_a_table_that_breaks_the_contract_is_not_read(tmp_path):
    write_tables(Tables({"posts": frame_of(POSTS, [post(), post()])}), tmp_path)
    with pytest.raises(ContractError, match="posts: two rows have the same post_id"):
        read_tables(tmp_path)


def test_no_half_written_file_stands_under_the_final_name(tmp_path):
    path = tmp_path / "faults.csv"
    write_csv(frame_of(FAULTS, [{"stage": "a", "item_id": "b", "problem": "old"}]), path)
    broken = pd.DataFrame({"problem": pd.Series(["new", "\ud800"], dtype="object")})
    with pytest.raises(UnicodeEncodeError):
        write_csv(broken, path)
    assert not list(tmp_path.glob("*.part"))
    assert read_csv(FAULTS, path)["problem"].tolist() == ["old"]


def test_tables_written_in_parts_are_the_same_bytes_as_at_once(tmp_path):
    rows = [{"stage": "read", "item_id": f"a,{n}\n", "problem": '"odd"'} for n in range(5)]
    write_csv(frame_of(FAULTS, rows), tmp_path / "once.csv")
    with TableWriter(tmp_path / "parts", ["faults", "links"]) as writer:
        for part in (rows[:2], rows[2:3], [], rows[3:]):
            writer.append("faults", frame_of(FAULTS, part))
    assert (tmp_path / "parts" / "faults.csv").read_bytes() == (tmp_path / "once.csv").read_bytes()
    assert (tmp_path / "parts" / "links.csv").read_text().strip() == ",".join(LINKS.names)


def test_a_table_that_was_not_finished_never_stands_under_its_name(tmp_path):
    def fail():
        with TableWriter(tmp_path, ["faults"]) as writer:
            writer.append("faults", FAULTS.empty())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert list(tmp_path.iterdir()) == []
