import gzip
import json
import tracemalloc

import pytest

from discourse.errors import UnreadableSourceError
from discourse.ingest.exports import find_export, open_export
from discourse.ingest.exports.faultlog import FaultLog
from tests.ingest.exports.made import links, problems, read, written

GOOD = {"id": "a", "author": "ama", "text": "fine"}


def put(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_broken_lines_are_faults_with_their_numbers(tmp_path):
    good = json.dumps(GOOD)
    path = put(tmp_path / "x.jsonl", f'{good}\n{{"id": "b", \n\n[1]\n{good.replace("a", "c", 1)}\n')
    rows, export = read(path)
    assert len(rows) == 2
    assert [fault.item_id for fault in export.faults if "no JSON" in fault.problem] == [
        "x.jsonl, line 2",
        "x.jsonl, line 4",
    ]


def test_a_file_of_broken_lines_is_refused(tmp_path):
    path = put(tmp_path / "x.jsonl", json.dumps(GOOD) + "\n" + "{broken\n" * 30)
    with pytest.raises(UnreadableSourceError, match="30 of its records are broken"):
        read(path)


@pytest.mark.parametrize(
    "line",
    [
        b'{"id": "b", "text": "half \\ud83d pair"}',
        b'{"id": "b", "text": "caf\xe9"}',
        b'{"id": "b", "text": "x", "time": NaN}',
        b'{"id": "b", "text": "nul \\u0000 here"}',
        b'{"id": "b", "text": "tab\there"}',
        b'{"id": "b", "text": "x", "n": 123456789012345678901234567890}',
        b'{"id": "b", "text": ["no", "text"]}',
        b'{"id": {"$oid": "b"}, "text": null}',
    ],
)
def test_odd_lines_are_read_all_the_same(tmp_path, line):
    rows, _ = read(put(tmp_path / "x.jsonl", json.dumps(GOOD).encode() + b"\n" + line + b"\n"))
    assert [row["post_id"] for row in rows] == ["a", "b"]
    rows[1]["text"].encode()


def test_deeply_nested_values_do_not_crash(tmp_path):
    deep = '{"id": "b", "text": "x", "m": ' + "[" * 50_000 + "]" * 50_000 + "}"
    rows, export = read(put(tmp_path / "x.jsonl", f"{json.dumps(GOOD)}\n{deep}\n"))
    assert rows[0]["post_id"] == "a"
    assert len(rows) + len(export.faults) == 2


def test_typed_and_plain_decoding_give_the_same_posts(tmp_path):
    def post(number):
        return {"id": f"p{number}", "author": "ama", "text": f"Grüße {number}\n", "time": 1600000000 + number}

    plain = [post(number) for number in range(3000)]
    typed, _ = read(written(tmp_path / "typed.jsonl", *plain))
    # a field of two kinds at the beginning, which says nothing, sends the file the slow way
    slow = [
        {**record, "time": float(record["time"]) if number == 0 else record["time"]}
        for number, record in enumerate(plain)
    ]
    other, _ = read(written(tmp_path / "plain.jsonl", *slow))
    keys = ("post_id", "author", "text", "timestamp")
    assert [[row[key] for key in keys] for row in typed] == [[row[key] for key in keys] for row in other]


@pytest.mark.parametrize("text", ["[]", "[1, 2", '[{"id": "a", "text": "x"}, {"id": "b"'])
def test_arrays_that_are_empty_or_cut_off(tmp_path, text):
    rows, _ = read(put(tmp_path / "x.json", text), columns={"text": "text"}) if "text" in text else ([], None)
    assert len(rows) <= 1


def test_a_long_array_is_read_piece_by_piece(tmp_path, monkeypatch):
    records = [{"id": f"p{n}", "text": "word " * (n % 7), "n": {"a": [n]}} for n in range(500)]
    path = put(tmp_path / "x.json", json.dumps(records, indent=1))
    monkeypatch.setattr("discourse.ingest.unpacking.PIECE", 97)
    rows, _ = read(path)
    assert [row["post_id"] for row in rows] == [record["id"] for record in records]
    assert json.loads(rows[7]["meta"]) == {"n": {"a": [7]}}


def test_a_broken_record_of_an_array_costs_only_itself(tmp_path):
    text = '[{"id": "a", "text": "x"}, {"id": "b", "text": oops}, {"id": "c", "text": "z"}]'
    rows, export = read(put(tmp_path / "x.json", text + " " * 100))
    assert [row["post_id"] for row in rows] == ["a", "c"]
    assert "record 2" in problems(export)


def test_a_cut_archive_keeps_the_posts_before_the_cut(tmp_path):
    content = "".join(
        json.dumps({"id": f"p{n}", "text": f"{n * 7919 % 1009} words"}) + "\n" for n in range(20_000)
    )
    packed = gzip.compress(content.encode())
    rows, export = read(put(tmp_path / "x.jsonl.gz", packed[: len(packed) // 2]))
    assert 1000 < len(rows) < 20_000
    assert "ends in the middle" in problems(export)
    assert "no JSON" not in problems(export)


def test_self_replies_and_cycles_are_cut_over_batches(tmp_path):
    parents = {"a": "a", "b": "c", "c": "d", "d": "b", "e": "gone", "f": "e"}
    path = written(
        tmp_path / "x.jsonl", *({"id": i, "parent_id": p, "text": "x"} for i, p in parents.items())
    )
    rows, export = read(path, size=1)
    assert links(rows) == {"a": None, "b": "c", "c": "d", "d": None, "e": "gone", "f": "e"}
    counts = export.counts
    assert (counts["self_replies"], counts["cycles_cut"], counts["unknown_parents"]) == (1, 1, 1)
    assert "answers itself" in problems(export)
    assert "circle" in problems(export)


def test_zeros_and_lone_returns_in_a_table(tmp_path):
    rows, _ = read(put(tmp_path / "x.csv", b'id,text\n1,"a\0b"\n2,"c\rd"\n3,e\rf\n4,g\n'))
    assert [row["post_id"] for row in rows][:2] == ["1", "2"]
    assert rows[1]["text"] == "c\rd"
    assert rows[-1]["text"] == "g"


def test_a_cell_of_megabytes(tmp_path):
    rows, _ = read(put(tmp_path / "x.csv", 'id,text\n1,"' + "long\n" * 400_000 + '"\n2,short\n'))
    assert [len(row["text"]) for row in rows] == [2_000_000, 5]


def test_faults_are_bounded():
    log = FaultLog("x")
    for number in range(1000):
        log.add("broken line", number, "bad")
    assert len(log.rows()) == 101
    assert log.rows()[-1].problem == "900 more: broken line"


def test_memory_does_not_grow_with_the_file(tmp_path):
    def peak(posts):
        path = tmp_path / f"{posts}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for number in range(posts):
                file.write(json.dumps({"id": f"p{number}", "text": "word " * 200, "m": [1]}) + "\n")
        tracemalloc.start()
        for batch in open_export(path).batches(1000):
            batch.frame()
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    assert peak(12_000) < 1.5 * peak(4_000)


@pytest.mark.parametrize(
    "text",
    [
        "ama, 3 hours ago\nI think, and I may be wrong, that it is.\n\nbo, 2 hours ago\nNo, it, is, not.\n",
        "Comments, sorted by newest\nama: hello, you\nbo: hello, me\n",
        "name, comment\nwas all that he wrote, and then he left\nfor good\n\n\nReply\nShare\n",
        "<!DOCTYPE html><html><body><p>id,text</p></body></html>",
        "<div class=comment>x</div>",
        "{curly} said:\nnothing, really\n",
        "[deleted] 5 points\nremoved\n",
        "| ama | says |\n| bo | too |\nwell\n",
        "",
    ],
)
@pytest.mark.parametrize("name", ["page.txt", "page"])
def test_pages_are_no_exports(tmp_path, text, name):
    assert find_export(put(tmp_path / name, text), text.encode()) is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("comments.txt", "id\tauthor\ttext\n1\tama\thello there\n2\tbo\tgood day\n"),
        ("data", '{"id": 1, "text": "hello"}\n{"id": 2, "text": "x"}\n'),
        ("data.txt", ' [\n {"id": 1, "text": "<p>hello</p>"}\n]'),
        ("x.csv", "anything,else\n1,2\n"),
    ],
)
def test_exports_are_told_by_what_they_hold(tmp_path, name, text):
    found = find_export(put(tmp_path / name, text), text.encode())
    assert found is not None
    assert found.name == "columns"


def test_a_full_disk_leaves_nothing_half_written(tmp_path, monkeypatch):
    import errno

    from discourse.errors import DiscourseError
    from discourse.reading import read_to_folder
    from discourse.tables import files

    path = written(tmp_path / "x.jsonl", *({**GOOD, "id": str(n)} for n in range(50)))
    folder = tmp_path / "out"
    append = files._GrowingFile.append

    def full(self, table):
        append(self, table)
        if len(table) > 10:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files._GrowingFile, "append", full)
    with pytest.raises(DiscourseError, match="No space left on device") as caught:
        read_to_folder(path, folder)
    assert "\n" not in str(caught.value)
    assert [p.name for p in tmp_path.iterdir()] == ["x.jsonl"]


def test_a_reading_that_is_broken_off_leaves_nothing(tmp_path):
    import signal
    import subprocess
    import sys
    import time

    path = tmp_path / "x.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(300_000):
            file.write(f'{{"id": "p{number}", "author": "ama", "text": "word {number} of many"}}\n')
    command = [sys.executable, "-c", "from discourse.cli import main; main()", "read", str(path)]
    run = subprocess.Popen(
        [*command, "--out", str(tmp_path / "out")],
        stderr=subprocess.PIPE,
        text=True,
        # a shell that runs the tests in the background lets its children ignore the signal
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no thread runs
    )
    partial = tmp_path / "out" / ".x.part"
    for _ in range(200):
        if partial.exists():
            break
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    words = run.communicate(timeout=60)[1]
    assert run.returncode != 0
    assert "Traceback" not in words
    assert not (tmp_path / "out" / "x").exists()
    assert not partial.exists()


def test_who_stops_listening_is_not_told_of_it(tmp_path):
    import subprocess
    import sys

    record = {**GOOD, **{f"field number {n}": "x" * 90 for n in range(3000)}}
    path = written(tmp_path / "x.jsonl", record)
    command = [sys.executable, "-c", "from discourse.cli import main; main()", "read", str(path), "--explain"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert run.stdout.readline().startswith("where")
        run.stdout.close()
        assert run.stderr.read() == ""


def test_a_line_of_megabytes_is_one_post(tmp_path):
    long = {**GOOD, "id": "long", "text": "long word " * 400_000}
    rows, _ = read(written(tmp_path / "x.jsonl", GOOD, long, {**GOOD, "id": "c"}))
    assert [len(row["text"]) for row in rows] == [4, 4_000_000, 4]
