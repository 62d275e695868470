"""Exports in any encoding, told wherever the first letters beyond ASCII come."""

import csv
import io
import json

import pytest

from discourse.ingest.exports.encodings import as_utf8, decoded, encoding_of
from tests.ingest.exports.made import read

TALK = {
    "cp1251": ["Мост закрыли на три недели.", "Кто за это заплатит?", "А кому это нужно, скажите честно?"],
    "koi8_r": ["Мост закрыли на три недели.", "Кто за это заплатит?", "А кому это нужно, скажите честно?"],
    "shift_jis": ["橋は三週間閉鎖されました。", "誰が払うのですか。", "それは違うと思います。表示ソフト"],
    "euc_jp": ["橋は三週間閉鎖されました。", "誰が払うのですか。", "それは違うと思います。"],
    "gbk": ["这座桥关闭了三个星期。", "谁来付钱？又是我们。", "我不同意，以前更糟。"],
    "big5": ["這座橋關閉了三個星期。", "誰來付錢?又是我們。", "我不同意,以前更糟。"],
    "euc_kr": ["다리는 삼 주 동안 폐쇄되었습니다.", "누가 돈을 내나요?", "저는 동의하지 않습니다."],
    "cp1253": [
        "Η γέφυρα έκλεισε για τρεις εβδομάδες.",
        "Ποιος θα πληρώσει;",
        "Διαφωνώ, παλιά ήταν χειρότερα.",
    ],
    "cp1256": ["أغلق الجسر ثلاثة أسابيع.", "من سيدفع ثمن هذا؟", "لا أوافق، كان الوضع أسوأ من قبل."],
    "cp1250": ["Most był zamknięty przez trzy tygodnie.", "Źle się dzieje.", "Kto za to zapłaci? Znów my."],
    "cp1252": ["Où est passé l’été ?", "Die Brücke bleibt gesperrt.", "¿Quién lo paga, señor?"],
}
WIDE = ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-16", "utf-32"]


def lines(texts):
    rows = [{"id": f"p{n}", "author": "ama", "text": text} for n, text in enumerate(texts)]
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n"


def array(texts):
    return json.dumps([json.loads(line) for line in lines(texts).splitlines()], ensure_ascii=False, indent=1)


def table(texts):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([["id", "author", "text"], *([f"p{n}", "ama", text] for n, text in enumerate(texts))])
    return out.getvalue()


SHORT = ["café\nnaïve", "Öl;à\nÉté;où", "Zoë\nmañana\nfür", "don’t\n“so”, he said", "a – b – c", "À\nJürg"]


@pytest.mark.parametrize("text", SHORT)
def test_a_few_accents_are_western(text):
    content = f"text\n{text}\n".encode("cp1252")
    assert content.decode(*encoding_of(content)) == f"text\n{text}\n"


@pytest.mark.parametrize("codec", ["cp1251", "cp1253", "cp1256", "shift_jis", "euc_kr", "big5"])
def test_a_few_words_in_other_scripts_are_not(codec):
    text = f"text\n{TALK[codec][0]}\n{TALK[codec][1]}\n"
    assert text.encode(codec).decode(*encoding_of(text.encode(codec))) == text


@pytest.mark.parametrize("make", [lines, array, table])
@pytest.mark.parametrize("codec", TALK)
@pytest.mark.parametrize("is_late", [False, True])
def test_older_encodings(tmp_path, make, codec, is_late):
    before = ["plain words, nothing else, " * 40] * 1200 if is_late else []
    texts = [*before, *TALK[codec] * 4]
    path = tmp_path / "x.csv"
    path.write_bytes(make(texts).encode(codec))
    rows, export = read(path)
    assert [row["text"] for row in rows] == texts
    assert export.faults == []


@pytest.mark.parametrize("make", [lines, array, table])
@pytest.mark.parametrize("codec", WIDE)
@pytest.mark.parametrize("talk", ["cp1251", "shift_jis", "cp1252"])
def test_wide_encodings_with_and_without_a_mark(tmp_path, make, codec, talk):
    path = tmp_path / "x.csv"
    path.write_bytes(make(TALK[talk]).encode(codec))
    rows, _ = read(path)
    assert [row["text"] for row in rows] == TALK[talk]


def test_a_few_bytes_that_are_no_utf8_do_not_change_the_others(tmp_path):
    path = tmp_path / "x.jsonl"
    good = lines(["Où est l’été ?"] * 50).encode()
    path.write_bytes(good + b'{"id": "z", "text": "caf\xe9"}\n')
    rows, _ = read(path)
    assert [row["text"] for row in rows] == ["Où est l’été ?"] * 50 + ["café"]


@pytest.mark.parametrize("size", [1, 7, 4096])
def test_pieces_may_end_amid_a_letter(size):
    content = table(TALK["cp1251"] * 50).encode("cp1251")
    pieces = [content[start : start + size] for start in range(0, len(content), size)]
    assert "".join(decoded(iter(pieces), content)) == content.decode("cp1251")
    assert b"".join(as_utf8(iter(pieces), content)).decode() == content.decode("cp1251")
    utf8 = table(TALK["cp1251"]).encode()
    pieces = [utf8[start : start + size] for start in range(0, len(utf8), size)]
    assert "".join(decoded(iter(pieces), utf8)) == utf8.decode()


@pytest.mark.parametrize("content", [b"", b"a", b"\0", bytes(range(256)) * 20, b"RIFF\0\0\x10\0" * 90])
def test_what_is_no_wide_text_is_not_taken_for_it(content):
    assert encoding_of(content)[0] not in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
