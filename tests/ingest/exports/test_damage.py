"""Damaged exports: what can be read is read, and what cannot is said, with its place."""

import bz2
import gzip
import json
import lzma
import random

import pytest
import zstandard

from discourse.errors import UnreadableSourceError
from tests.ingest.exports.made import problems, read
from tests.ingest.exports.test_nested import SHAPES
from tests.ingest.exports.test_xml_formats import DISQUS, WXR


def post(own):
    return json.dumps({"id": own, "author": "ama", "text": f"word of {own}"})


A, B, C, D = map(post, "abcd")


def ids_and_faults(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    rows, export = read(path)
    return [row["post_id"] for row in rows], export


@pytest.mark.parametrize(
    "text",
    [
        f"[{A},{B}][{C},{D}]",
        f"[{A},{B}]\n[{C},{D}]\n",
        f"[{A},{B}]\n{C}\n{D}\n",
        f"{A}\n[{B},{C}]\n{D}\n",
        f"{A}{B}\n{C} {D}",
        f"{A},\n{B},\n{C},\n{D}",
        f"[[{A},{B}],[{C}],[],[{D}]]",
        f"\x1e{A}\n\x1e{B}\n\x1e{C}\n\x1e{D}\n",
        f"{A}\n{json.dumps(json.loads(B), indent=2)}\n{C}\n{json.dumps(json.loads(D), indent=4)}",
        f'{{"comments": [\n{A},\n{B},\n{C},\n{D}\n]}}',
        f"window.YTD.talk.part0 = [{A},{B},{C},{D}];",
        f"callback([{A},{B},{C},{D}]);",
    ],
)
def test_objects_are_read_however_they_follow_each_other(tmp_path, text):
    found, export = ids_and_faults(tmp_path / "x.json", text)
    assert found == ["a", "b", "c", "d"]
    assert export.faults == []


@pytest.mark.parametrize(
    ("text", "place", "kind"),
    [
        (f"[{A},{B},{C},{D}]\nthree records\n", "record 5 (line 2)", "broken_record"),
        (f"[{A},\n{B} oops {C},\n{D}]", "record 3 (line 2)", "broken_record"),
        (f"[{A},{B},\n\n{C},{D}", "behind record 4", "cut_off"),
        (f"{A}\n{B}\n{C}\n{D}\nrubbish", "line 5", "broken_line"),
        (f"{A}\n{B}{C}rubbish\n{D}\n", "line 2", "broken_line"),
        (f"[{A},{B},{C},{D}, 7]", "record 5", "no_object"),
    ],
)
def test_what_is_no_record_is_a_fault_with_its_place(tmp_path, text, place, kind):
    found, export = ids_and_faults(tmp_path / "x.json", text)
    assert found == [own for own in "abcd" if own in found]
    assert len(found) >= 3
    assert place in problems(export)
    assert export.counts[kind] >= 1


def test_the_object_behind_a_broken_one_is_found_by_its_first_field(tmp_path):
    broken = '{"id": "b", "text": oops, "marks": [{"x": 1}, {"x": 2}]}'
    found, export = ids_and_faults(tmp_path / "x.json", f"[{A}, {broken}, {C}, {D}]")
    assert found == ["a", "c", "d"]
    assert len(export.faults) == 1


HEADER = "id,author,text,date\n"


@pytest.mark.parametrize(
    ("rows", "found", "line"),
    [
        ('1,ama,"never closed,2020\n2,bo,fine,2021\n3,cy,good,2022\n', "123", 2),
        ('1,ama,"never closed,2020\n2,bo,"fine, too",2021\n3,cy,good,2022\n', "123", 2),
        ('1,ama,fine,2020\n2,bo,good,2021\n3,cy,"never closed', "123", 4),
        ('"1","ama","never closed\n"2","bo","fine","2021"\n"3","cy","good","2022"\n', "123", 2),
        ('1,ama,"a, ""b""\nand c",2020\n2,bo,"x,2021\n3,cy,good,2022\n', "123", 4),
    ],
)
def test_a_quotation_mark_that_is_never_closed_costs_no_other_row(tmp_path, rows, found, line):
    ids, export = ids_and_faults(tmp_path / "x.csv", HEADER + rows)
    assert "".join(ids) == found
    assert f"line {line}: a quotation mark is never closed" in problems(export) or "ends before" in problems(
        export
    )
    assert export.counts["unclosed_quotation_mark"] == 1


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('"He said "no" to me"', 'He said no" to me"'),
        ('"two\nlines, ""quoted"""', 'two\nlines, "quoted"'),
        ('"two\nlines of "no" use"', 'two\nlines of no" use"'),
        ('amid 5" of cloth', 'amid 5" of cloth'),
        ('""', ""),
    ],
)
def test_sloppy_marks_within_a_row_are_no_unclosed_ones(tmp_path, cell, text):
    path = tmp_path / "x.csv"
    path.write_text(f"{HEADER}1,ama,{cell},2020\n2,bo,fine,2021\n", encoding="utf-8")
    rows, export = read(path)
    assert [row["text"] for row in rows] == [text, "fine"]
    assert export.counts.get("unclosed_quotation_mark") is None


def test_many_unclosed_marks_take_linear_time(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(HEADER + '1,ama,"open,2020\n' * 3000 + 'a"b,"c\n' * 3000, encoding="utf-8")
    rows, _ = read(path)
    assert len(rows) > 3000


PACK = {
    "gz": gzip.compress,
    "zst": zstandard.compress,
    "bz2": lambda text: bz2.compress(text, 1),
    "xz": lambda text: lzma.compress(text, preset=0),
}


@pytest.mark.parametrize("kind", PACK)
@pytest.mark.parametrize("layout", ["lines", "array", "table", "xml"])
def test_a_cut_archive_gives_the_posts_before_the_cut(tmp_path, kind, layout):
    count = 20_000
    words = [f"{n * 7919 % 100_003} words {n * n % 9_999_991}" for n in range(count)]
    text = {
        "lines": lambda: "".join(json.dumps({"id": f"p{n}", "text": w}) + "\n" for n, w in enumerate(words)),
        "array": lambda: json.dumps([{"id": f"p{n}", "text": w} for n, w in enumerate(words)]),
        "table": lambda: "id,text\n" + "".join(f'p{n},"{w}, yes"\n' for n, w in enumerate(words)),
        "xml": lambda: (
            DISQUS.split("<post")[0]
            + "".join(f'<post dsq:id="p{n}"><message>{w}</message></post>\n' for n, w in enumerate(words))
            + "</disqus>"
        ),
    }[layout]()
    packed = PACK[kind](text.encode())
    path = tmp_path / "x"
    path.write_bytes(packed[: len(packed) * 2 // 3])
    rows, export = read(path, columns={"text": "text"} if layout in ("table", "array") else None)
    assert count // 6 < len(rows) < count
    assert "ends in the middle" in problems(export)
    assert export.counts["damage"] == 1


def test_xml_is_read_on_behind_what_is_none(tmp_path):
    text = WXR.replace("<wp:comment_content>Yes.<", "<wp:comment_content>Ham & eggs<")
    more = text.replace(
        "</item></channel>",
        "<wp:comment><wp:comment_id>9</wp:comment_id><wp:comment_author>Cy</wp:comment_author>"
        "<wp:comment_content>Well.</wp:comment_content><wp:comment_parent>5</wp:comment_parent></wp:comment>"
        "</item></channel>",
    )
    path = tmp_path / "w.xml"
    path.write_text(more, encoding="utf-8")
    rows, export = read(path)
    assert [row["post_id"] for row in rows] == ["5", "9"]
    assert {row["thread_id"] for row in rows} == {"12"}
    assert "line 16 is no XML" in problems(export)
    assert export.counts["broken_XML"] == 1


def test_xml_in_bytes_that_are_not_what_it_says_is_read(tmp_path):
    path = tmp_path / "d.xml"
    path.write_bytes(DISQUS.replace("Ama", "Änne").encode("cp1252"))
    rows, _ = read(path)
    assert rows[0]["author"] == "Änne"


@pytest.mark.parametrize("codec", ["shift_jis", "gbk", "koi8-r", "utf-16"])
def test_xml_in_any_encoding_that_it_names(tmp_path, codec):
    name = {"koi8-r": "Анна"}.get(codec, "山本")
    path = tmp_path / "d.xml"
    path.write_bytes(DISQUS.replace("utf-8", codec, 1).replace("Ama", name).encode(codec))
    rows, _ = read(path)
    assert rows[0]["author"] == name


def test_parquet_that_was_cut_off_is_refused_in_one_line(tmp_path):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    path = tmp_path / "x.parquet"
    parquet.write_table(pa.table({"id": ["a"] * 5000, "text": [f"word {n}" for n in range(5000)]}), path)
    path.write_bytes(path.read_bytes()[:-900])
    with pytest.raises(UnreadableSourceError, match="no whole Parquet file") as caught:
        read(path)
    assert "\n" not in str(caught.value)


def test_parquet_gives_the_rows_before_damage(tmp_path):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    path = tmp_path / "x.parquet"
    table = pa.table(
        {"id": [f"p{n}" for n in range(9000)], "text": [f"word {n * 7919 % 9001}" for n in range(9000)]}
    )
    parquet.write_table(table, path, row_group_size=3000, compression="gzip")
    content = bytearray(path.read_bytes())
    middle = len(content) * 3 // 4
    content[middle : middle + 200] = b"\0" * 200
    path.write_bytes(bytes(content))
    rows, export = read(path)
    assert 3000 <= len(rows) < 9000
    assert "what stands behind this is lost" in problems(export)
    assert export.counts["damage"] == 1


def test_xml_whose_first_element_is_broken_is_read_all_the_same(tmp_path):
    path = tmp_path / "w.xml"
    path.write_text(WXR.replace('version="2.0"', 'version="2.0" <', 1), encoding="utf-8")
    rows, export = read(path)
    assert {row["post_id"] for row in rows} == {"5", "6"}
    assert export.counts["broken_XML"] >= 1


def test_a_field_of_another_kind_than_usual_is_no_end(tmp_path):
    odd = {"id": {"x": 1}, "type": {"a": 1}, "by": ["ama"], "time": {"t": []}, "text": "odd"}
    found, _ = ids_and_faults(tmp_path / "x.json", json.dumps([odd, {"id": "b", "text": "even"}]))
    assert len(found) == 2


SCRAPS = (b'"', b"\n", b"{", b"}", b"[", b"]", b",", b"\0", b"\xff", b"<", b"&", b'"replies":[', b"null")


@pytest.mark.parametrize("seed", range(6))
def test_spoiled_files_are_read_or_refused_in_one_line(tmp_path, seed):
    rng = random.Random(seed)
    sources = [*(json.dumps(make()).encode() for make in SHAPES.values()), DISQUS.encode(), WXR.encode()]
    sources.append(HEADER.encode() + b'1,ama,"a, b",2020\n2,bo,"c\nd",2021\n' * 5)
    for number in range(25):
        content = bytearray(rng.choice(sources))
        for _ in range(rng.randint(1, 5)):
            start = rng.randrange(len(content))
            stop = start + rng.randint(0, 40)
            content[start:stop] = rng.choice(
                [b"", content[:30], rng.choice(SCRAPS), bytes([rng.randrange(256)])]
            )
            content = content or bytearray(b"x")
        path = tmp_path / f"{number}.{rng.choice(['json', 'csv', 'txt', 'xml'])}"
        path.write_bytes(content)
        try:
            read(path)
        except UnreadableSourceError as error:
            assert "\n" not in str(error)  # noqa: PT017 (most are read)
