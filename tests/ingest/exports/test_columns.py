import csv
import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discourse.errors import UnreadableSourceError
from discourse.ingest.exports.personal import is_personal_name, is_personal_value
from tests.ingest.exports.made import links, problems, read, written

HEADER = "id,parent_id,user,comment,date"
ROWS = 'a,,ama,"Well, is it?",2020-01-02 03:04:05\nb,a,bo,"It ""is""\r\nindeed",2020-01-02T03:05:05+01:00\n'


def put(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


def test_usual_names_are_told_and_cells_stay_exact(tmp_path):
    rows, export = read(put(tmp_path / "x.csv", f"{HEADER}\n{ROWS}"))
    assert export.format == "columns"
    assert [row["text"] for row in rows] == ["Well, is it?", 'It "is"\r\nindeed']
    assert links(rows) == {"a": None, "b": "a"}
    assert [row["timestamp"] for row in rows] == ["2020-01-02T03:04:05Z", "2020-01-02T02:05:05Z"]
    assert {use.use: use.name for use in export.columns_used}["author"] == "user"
    assert export.states_links


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_dialects_and_encodings(tmp_path, delimiter, encoding):
    table = io.StringIO()
    writer = csv.writer(table, delimiter=delimiter)
    writer.writerows(
        [["Autor", "Kommentar", "Datum"], ["Jörg", "Schöne Grüße, für; alle|", "02.01.2020 10:00"]]
    )
    writer.writerow(["Änne", "Ja\tgern\nwirklich", "03.01.2020 11:30"])
    rows, _ = read(put(tmp_path / "x.csv", table.getvalue(), encoding))
    assert [(row["author"], row["text"]) for row in rows] == [
        ("Jörg", "Schöne Grüße, für; alle|"),
        ("Änne", "Ja\tgern\nwirklich"),
    ]
    assert rows[1]["timestamp"] == "2020-01-03T11:30:00Z"


def test_named_columns_win(tmp_path):
    path = put(tmp_path / "x.csv", "text,body,who\nshort,the body itself,ama\nlong,another body,bo\n")
    rows, _ = read(path, columns={"text": "body", "author": "WHO"})
    assert [(row["author"], row["text"]) for row in rows] == [
        ("ama", "the body itself"),
        ("bo", "another body"),
    ]
    assert json.loads(rows[0]["meta"]) == {"text": "short"}


def test_a_missing_named_column_is_told_with_those_that_are_there(tmp_path):
    with pytest.raises(UnreadableSourceError, match=r"no column 'words'.*id, parent_id, user, comment, date"):
        read(put(tmp_path / "x.csv", f"{HEADER}\n{ROWS}"), columns={"text": "words"})


def test_two_columns_of_prose_are_not_guessed_between(tmp_path):
    table = "left_side,right_side\n" + "a sentence of some length,another sentence of length\n" * 3
    with pytest.raises(UnreadableSourceError, match="'left_side' or 'right_side'"):
        read(put(tmp_path / "x.csv", table))


def test_a_table_without_header_is_read_by_number(tmp_path):
    path = put(tmp_path / "x.csv", "1,ama,Is this the first?\n2,bo,It is not a header.\n")
    rows, _ = read(path, columns={"id": "1", "author": "2", "text": "3"})
    assert [(row["post_id"], row["author"]) for row in rows] == [("1", "ama"), ("2", "bo")]


def test_ragged_and_empty_rows_are_no_end(tmp_path):
    path = put(
        tmp_path / "x.csv",
        f"{HEADER}\na,,ama\n\n,,,,\nb,,bo,fine,2020-01-01,more,yet\nc,a,cy,good,2020-01-01\n",
    )
    rows, export = read(path)
    assert [(row["post_id"], row["text"]) for row in rows] == [("a", ""), ("b", "fine"), ("c", "good")]
    assert json.loads(rows[1]["meta"]) == {"_more": ["more", "yet"]}
    assert "line 2: it has 3 cells, not 5" in problems(export)


def test_personal_data_is_dropped_by_name_and_by_look(tmp_path):
    post = {
        "id": "1",
        "text": "hello there",
        "author": "ama@example.org",
        "userEmail": "x",
        "author_ip": "x",
        "contact": "ama@example.org",
        "origin": "192.0.2.1",
        "password_hash": "x",
        "extra": {"e-mail": "x", "seen": ["2001:db8::1", "kept"], "score": 3},
    }
    rows, export = read(written(tmp_path / "x.jsonl", post, {**post, "id": "2"}))
    assert rows[0]["author"] in ("", "ama")
    assert "example.org" not in str(rows)
    assert json.loads(rows[0]["meta"]) == {"extra": {"score": 3, "seen": ["kept"]}}
    dropped = {use.name for use in export.columns_used if use.use == "dropped"}
    assert {"userEmail", "author_ip", "contact", "origin", "password_hash"} <= dropped


@pytest.mark.parametrize(
    "name",
    """
    email authorEmail E-Mail e_mail EMAIL
    user_ip IPAddress comment_author_IP passwd ip remote_ip client-ip
    ip_addr REMOTE_ADDR remoteAddress X-Forwarded-For IP-Adresse ipadresse adresse_ip E-Mail-Adresse
    courriel correo_electronico email_md5 ip_hash iphash gravatar userEmailHash phone_number
    邮箱 メールアドレス почта 이메일 e-post IP地址
    """.split(),
)
def test_personal_names(name):
    assert is_personal_name(name)


@pytest.mark.parametrize("name", ["zip", "tip", "main", "ipsum", "skip", "relationship"])
def test_innocent_names(name):
    assert not is_personal_name(name)


def test_times_and_versions_are_no_addresses():
    assert not any(map(is_personal_value, ["12:30:45", "1.2.3", "a@b", "see: me: here"]))
    assert all(map(is_personal_value, ["::1", "192.0.2.1:80", "a.b@example.org", "2001:db8:0:0:0:0:0:1"]))


def test_missing_ids_are_made_and_repeated_ones_kept(tmp_path):
    path = written(
        tmp_path / "x.jsonl", {"text": "one"}, {"text": "two", "id": "k"}, {"text": "three", "id": "k"}
    )
    rows, export = read(path)
    assert [row["post_id"] for row in rows] == [f"{export.source_id}:1", "k", f"{export.source_id}:3"]
    assert [row["text"] for row in rows] == ["one", "two", "three"]
    assert "id 'k' stood before" in problems(export)


def test_ids_that_pandas_wrote_as_floats_still_match(tmp_path):
    rows, _ = read(put(tmp_path / "x.csv", "id,parent_id,text\n10,,root words\n11,10.0,reply words\n"))
    assert links(rows) == {"10": None, "11": "10"}


def test_a_parent_column_that_holds_text_is_no_link(tmp_path):
    rows, export = read(
        put(tmp_path / "x.csv", "id,parent,comment\n1,what he had said,no\n2,what she had said,yes\n")
    )
    assert links(rows) == {"1": None, "2": None}
    assert not export.states_links


def test_a_field_that_appears_late_is_taken(tmp_path):
    posts = [{"id": str(n), "text": "x" * 3000} for n in range(900)]
    rows, _ = read(
        written(tmp_path / "x.jsonl", *posts, {"id": "z", "text": "y", "parent_id": "5", "mood": "calm"})
    )
    assert rows[-1]["reply_to"] == "5"
    assert rows[-1]["meta"] == '{"mood":"calm"}'


def test_parquet(tmp_path):
    pa = pytest.importorskip("pyarrow")
    from datetime import UTC, datetime

    from pyarrow import parquet

    moment = datetime(2020, 1, 2, tzinfo=UTC)
    table = pa.table(
        {"id": [1, 2], "parent_id": [None, 1], "body": ["so", "no"], "created_at": [moment, None]}
    )
    parquet.write_table(table, tmp_path / "x.parquet")
    rows, _ = read(tmp_path / "x.parquet")
    assert links(rows) == {"1": None, "2": "1"}
    assert rows[0]["timestamp"] == "2020-01-02T00:00:00Z"


def test_fourcat(tmp_path):
    path = put(
        tmp_path / "x.csv",
        "id,thread_id,parent_id,timestamp,author,body,subject\n"
        "5,5,,2020-01-02 03:04:05,Anon,op,hi\n6,5,5,2020-01-02 03:05:05,Anon,re,\n",
    )
    rows, export = read(path)
    assert export.format == "fourcat"
    assert links(rows) == {"5": None, "6": "5"}


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_cells_come_back_as_they_were_written(tmp_path, cells, delimiter):
    from unicodedata import normalize

    path = tmp_path / "x.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL)
        writer.writerow(["author", "text", "id"])
        writer.writerows([author, text, f"p{n}"] for n, (author, text) in enumerate(cells))
    rows, _ = read(path)
    assert [row["text"] for row in rows] == [normalize("NFC", text) for _, text in cells]


def test_delimiters_that_nobody_quoted_stay_in_a_text_that_is_last(tmp_path):
    rows, export = read(put(tmp_path / "x.csv", "id,text\n1,one, two, three\n2,four\n"))
    assert [row["text"] for row in rows] == ["one, two, three", "four"]
    assert "it has 4 cells, not 2" in problems(export)


@pytest.mark.parametrize("field", ["url", "post_id", "link"])
def test_an_address_of_the_post_itself_is_no_thread(tmp_path, field):
    own = "".join(f"{n},https://example.org/#c{n},words of {n}\n" for n in range(1, 5))
    rows, export = read(put(tmp_path / "x.csv", f"id,{field},text\n{own}"))
    assert {row["thread_id"] for row in rows} == {export.source_id}
    shared = "".join(f"{n},https://example.org/{n % 2},words of {n}\n" for n in range(1, 5))
    rows, _ = read(put(tmp_path / "y.csv", f"id,{field},text\n{shared}"))
    assert len({row["thread_id"] for row in rows}) == 2


def test_threads_that_are_named_by_their_titles_stay_apart(tmp_path):
    named = "".join(f"{n},{('Bus lane plan', 'School meals')[n % 2]},words of {n}\n" for n in range(1, 7))
    rows, _ = read(put(tmp_path / "x.csv", f"id,thread,text\n{named}"))
    assert len({row["thread_id"] for row in rows}) == 2


def test_a_shown_name_is_taken_before_the_number_of_an_account(tmp_path):
    rows, _ = read(put(tmp_path / "x.csv", "id,author,author_name,text\n1,77,ama,hello\n2,78,bo,hi\n"))
    assert [row["author"] for row in rows] == ["ama", "bo"]


@pytest.mark.parametrize("text", ["<p>Two &amp; two</p><p>is four</p>", "Two &amp; two<br><br>is four"])
def test_texts_that_are_html_are_told_by_their_tags(tmp_path, text):
    rows, _ = read(written(tmp_path / "x.jsonl", *({"id": n, "text": text} for n in range(5))))
    assert rows[0]["text"] == "Two & two\n\nis four"


def test_texts_that_speak_of_tags_are_no_html(tmp_path):
    texts = ["Use <b> for bold, I say", *(f"x < y and y > {n} &amp; so on" for n in range(9))]
    rows, _ = read(written(tmp_path / "x.jsonl", *({"id": n, "text": text} for n, text in enumerate(texts))))
    assert [row["text"] for row in rows] == texts
