"""From files to tables, or to one clear line."""

import hashlib
import os

import pytest

from discourse.errors import NoCommentsError, UnreadableSourceError
from discourse.ingest import read_source
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
