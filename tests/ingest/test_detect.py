"""From files to tables, or to one clear line."""

import gzip
import hashlib
import os
import pickle

import pytest

from discourse.errors import NoCommentsError, UnreadableSourceError
from discourse.ingest import read_source
from discourse.ingest.exports import find_export
from tests.ingest.made_pages import TALK, bare_page


def test_a_page_becomes_valid_tables(tmp_path):
    path = tmp_path / "steps.txt"
    path.write_text(bare_page(TALK, count=9), encoding="utf-8")
    tables = read_source(path).check("test")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    source = tables["sources"].iloc[0]
    assert (source["source_id"], source["uri"], source["sha256"]) == (sha256[:12], str(path), sha256)
    assert (source["stated_count"], source["found_count"]) == (9, 8)
    assert 0 < source["reader_score"] < 1
    posts = tables["posts"]
    assert posts["post_id"].tolist() == [f"{sha256[:12]}:{n}" for n in range(1, 9)]
    assert posts["reply_to"].isna().all()
    assert len(tables["articles"]) == 1


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_codecs_and_line_ends_do_not_matter(tmp_path, codec, end):
    path = tmp_path / "page.txt"
    talk = [*TALK[:-1], ("Gannet Joe", None, ["The café on the quay is shut too."])]
    path.write_bytes(bare_page(talk, count=8).replace("\n", end).encode(codec))
    posts = read_source(path)["posts"]
    assert posts["text"].tolist() == ["\n".join(lines) for _, _, lines in talk]


def test_the_same_bytes_give_the_same_tables(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(bare_page(TALK, count=8), encoding="utf-8")
    assert read_source(path)["posts"].equals(read_source(path)["posts"])


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"", "empty"), (b" \n\t", "empty"), (b"\x00\x01\x02PNG", "binary"), (bytes(range(256)) * 4, "binary")],
)
def test_what_is_no_text_is_refused_in_one_line(tmp_path, content, word):
    path = tmp_path / "page.txt"
    path.write_bytes(content)
    with pytest.raises(UnreadableSourceError, match=word) as caught:
        read_source(path)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(UnreadableSourceError, match="no such file"):
        read_source(tmp_path / "nowhere.txt")
    with pytest.raises(UnreadableSourceError, match="folder"):
        read_source(tmp_path)


def test_a_page_without_comments_says_what_was_seen(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(
        bare_page([], article=["The steps are shut, the board said on Monday evening."])
        + "\nLeave a Reply\nName"
    )
    with pytest.raises(NoCommentsError, match="3 lines with an empty comment form"):
        read_source(path)


OLDER = {
    "cp1252": "Où est passé l'été ? C’est déjà fini, hélas.",
    "cp1250": "Most był zamknięty przez trzy tygodnie, żadnych wyjątków.",
    "cp1251": "Мост закрыли на три недели, а не на десять дней.",
    "cp1256": "أغلق الجسر ثلاثة أسابيع وليس عشرة أيام فقط.",
    "shift_jis": "橋は三週間閉鎖されました。十日間ではありません。",
    "gb18030": "这座桥关闭了三个星期。不是十天。",
    "euc_kr": "다리는 삼 주 동안 폐쇄되었습니다.",
}


@pytest.mark.parametrize("codec", OLDER)
def test_pages_in_older_encodings_keep_their_letters(tmp_path, codec):
    path = tmp_path / "page.txt"
    talk = [*TALK[:-1], ("Gannet Joe", None, [OLDER[codec]] * 3)]
    page = bare_page(talk, count=8)
    path.write_bytes(page.encode(codec))
    assert read_source(path)["posts"]["text"].iloc[-1].split("\n")[0] == OLDER[codec]


def test_utf_32_is_not_taken_for_utf_16(tmp_path):
    path = tmp_path / "page.txt"
    path.write_bytes(bare_page(TALK, count=8).encode("utf-32"))
    assert len(read_source(path)["posts"]) == len(TALK)


def test_a_pipe_is_refused_in_one_line(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableSourceError, match="no file"):
        read_source(tmp_path / "pipe")


def test_a_name_that_no_file_can_have_is_refused_in_one_line(tmp_path):
    with pytest.raises(UnreadableSourceError):
        read_source(tmp_path / ("x" * 3000))


def test_a_number_of_ten_thousand_digits_is_a_fault_and_not_the_end(tmp_path):
    path = tmp_path / "dump.jsonl"
    rows = ['{"id": "a", "text": "one", "author": "Ann"}'] * 3
    path.write_text("\n".join([*rows[:2], '{"id": "b", "text": "x", "n": ' + "9" * 10_000 + "}", rows[2]]))
    tables = read_source(path)
    assert len(tables["posts"]) >= 2
    assert len(tables["faults"]) >= 1


def zipped(*members):
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


STRANGE = {
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF"),
    "rtf": (b"{\\rtf1\\ansi The lock\\par}", "an RTF document"),
    "docx": (zipped(("word/document.xml", "<w/>"), ("[Content_Types].xml", "<t/>")), "Word document"),
    "xlsx": (zipped(("xl/workbook.xml", "<w/>"), ("xl/sheet1.xml", "<t/>")), "Excel workbook"),
    "zip": (zipped(("a.bin", "x"), ("b.bin", "y")), r"zip that holds 2 files \(a.bin, b.bin\)"),
    "zip-empty": (zipped(), "zip that holds no file"),
    "gz-in-gz": (gzip.compress(gzip.compress(b"id,text\n1,x\n")), "packed twice"),
    "zip-in-zip": (zipped(("inner.zip", zipped(("a.csv", "id,text\n1,x\n")))), "packed twice"),
    "png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture"),
    "jpeg": (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "a picture"),
    "sqlite": (b"SQLite format 3\0\x10\0\x01\x01\0" + b"\0" * 80, "SQLite database"),
    "pickle": (pickle.dumps([{"text": "x"}], protocol=4), "Python pickle"),
    "empty list": (b"[]\n", "empty JSON list"),
    "empty object": (b"{}", "empty JSON object"),
    "numbers": (b"[1, 2, 3]", "JSON without any record"),
    "feed": (b"<?xml version='1.0'?>\n<feed><entry>hello</entry></feed>", "outermost element is 'feed'"),
    "nothing": (b"", "empty"),
    "blanks": (b"\xef\xbb\xbf \r\n\r\n", "empty"),
    "zeros": (b"\0" * 3000, "empty"),
    "gz of nothing": (gzip.compress(b""), "empty"),
}


@pytest.mark.parametrize("kind", STRANGE)
@pytest.mark.parametrize("name", ["page.txt", "export.json", "data", "x.csv"])
@pytest.mark.parametrize("columns", [None, {"text": "body"}])
def test_what_is_neither_page_nor_export_is_named_in_one_line(tmp_path, kind, name, columns):
    content, told = STRANGE[kind]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableSourceError, match=told) as caught:
        read_source(path, columns=columns)
    assert "\n" not in str(caught.value)
    assert caught.value.fix


@pytest.mark.parametrize(
    "start", ["BMW owners, listen", "MZ said", "ID3 or not", "{curly} said:", "[deleted]"]
)
def test_a_page_that_begins_as_other_files_do_is_read(tmp_path, start):
    path = tmp_path / "page.txt"
    path.write_text(f"{start}\n\n" + bare_page(TALK, count=8), encoding="utf-8")
    assert len(read_source(path)["posts"]) == len(TALK)


@pytest.mark.parametrize("kind", ["text", "html"])
def test_columns_named_for_a_page_are_refused_as_such(tmp_path, kind):
    path = tmp_path / "page.txt"
    page = bare_page(TALK, count=8)
    path.write_text(page if kind == "text" else f"<!DOCTYPE html><html><body><p>{page}</p></body></html>")
    with pytest.raises(UnreadableSourceError, match=r"page.*has no columns. Leave --columns away"):
        read_source(path, columns={"text": "body", "author": "user"})


def test_an_export_is_told_once_and_a_page_read_once(tmp_path, monkeypatch):
    from discourse.ingest import detect
    from discourse.ingest.exports import opening

    told = []
    monkeypatch.setattr(detect, "find_export", lambda *a: told.append(a) or find_export(*a))
    monkeypatch.setattr(opening, "find_export", lambda *a: told.append(a) or find_export(*a))
    path = tmp_path / "x.csv"
    path.write_text("id,author,text\n1,ama,hello there\n")
    read_source(path)
    assert len(told) == 1
    monkeypatch.setattr(detect, "hash_of", None)
    page = tmp_path / "page.txt"
    page.write_text(bare_page(TALK, count=8), encoding="utf-8")
    read_source(page)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("kind", ["text", "html"])
def test_wide_pages_without_a_mark_are_read(tmp_path, codec, kind):
    path = tmp_path / "page"
    page = bare_page(TALK, count=8)
    if kind == "html":
        items = "".join(
            f"<li class=comment><b class=author>{who}</b><time>2020-01-0{n}</time><p>{lines[0]}</p></li>"
            for n, (who, _, lines) in enumerate(TALK, 1)
        )
        page = f"<!DOCTYPE html><html><body><h1>Steps</h1><ul>{items}</ul></body></html>"
    path.write_bytes(page.encode(codec))
    assert len(read_source(path)["posts"]) == len(TALK)
