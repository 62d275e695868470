import bz2
import gzip
import hashlib
import lzma
import zipfile

import pytest
import zstandard

from discourse.errors import UnreadableSourceError
from discourse.ingest import archives
from discourse.ingest.archives import open_stream, zip_members
from discourse.ingest.files import hash_of
from discourse.ingest.unpacking import packing_of

PACK = {
    "gz": lambda content: gzip.compress(content, 1),
    "bz2": lambda content: bz2.compress(content, 1),
    "xz": lambda content: lzma.compress(content, preset=0),
    "zst": zstandard.compress,
}
TEXT = b"".join(f"line {n} {n * 7919 % 100_003}\n".encode() for n in range(70_000))


def put(path, content):
    path.write_bytes(content)
    return path


def unpack(path):
    stream = open_stream(path)
    return b"".join(stream.pieces()), stream


@pytest.mark.parametrize("kind", PACK)
def test_packed_files_are_unpacked_whatever_their_name(tmp_path, kind):
    packed = PACK[kind](TEXT)
    assert packing_of(packed) == kind
    content, stream = unpack(put(tmp_path / "plain.txt", packed + PACK[kind](b"more\n")))
    assert content == TEXT + b"more\n"
    assert stream.damage is None


@pytest.mark.parametrize("kind", PACK)
def test_a_file_that_was_cut_off_gives_what_it_has(tmp_path, kind):
    packed = PACK[kind](TEXT)
    content, stream = unpack(put(tmp_path / "x", packed[: len(packed) * 3 // 4]))
    assert TEXT.startswith(content)
    assert 0 < len(content) < len(TEXT)
    assert stream.damage == "the packed file ends in the middle"


@pytest.mark.parametrize("kind", PACK)
def test_rubbish_behind_the_end_is_damage(tmp_path, kind):
    content, stream = unpack(put(tmp_path / "x", PACK[kind](TEXT) + b"rubbish rubbish"))
    assert len(content) > len(TEXT) - 100_000
    assert (stream.damage is not None) or kind == "bz2"


@pytest.mark.parametrize("magic", [b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"BZh9", b"\xfd7zXZ\0", b"PK\x03\x04"])
def test_what_only_begins_like_an_archive_is_refused(tmp_path, magic):
    with pytest.raises(UnreadableSourceError, match="cannot be unpacked"):
        unpack(put(tmp_path / "x", magic + b"nothing of the kind" * 10))


def test_the_head_is_not_used_up(tmp_path):
    stream = open_stream(put(tmp_path / "x.gz", gzip.compress(TEXT)))
    assert stream.head(10) == TEXT[:10]
    assert stream.head(1_500_000) == TEXT[:1_500_000]
    assert b"".join(stream.pieces()) == TEXT


@pytest.mark.parametrize("kind", PACK)
def test_a_bomb_is_refused_in_bounded_pieces(tmp_path, kind, monkeypatch):
    monkeypatch.setattr(archives, "_FREE", 1 << 20)
    monkeypatch.setattr(archives, "_RATIO", 50)
    path = put(tmp_path / "x", PACK[kind](b"\0" * (1 << 25)))
    sizes = []
    with pytest.raises(UnreadableSourceError, match="more than 50 times its size"):
        sizes += map(len, open_stream(path).pieces())
    assert sum(sizes) < 1 << 24


def test_a_large_plain_file_is_no_bomb(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "_FREE", 1 << 10)
    monkeypatch.setattr(archives, "_RATIO", 0)
    assert unpack(put(tmp_path / "x", TEXT))[0] == TEXT


def test_the_only_member_of_a_zip_is_read_whatever_its_name(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../outside.jsonl", TEXT)
        archive.writestr("__MACOSX/._outside.jsonl", b"shadow")
    assert zip_members(tmp_path / "x.zip") == ["../../outside.jsonl"]
    assert unpack(tmp_path / "x.zip")[0] == TEXT
    assert not (tmp_path.parent.parent / "outside.jsonl").exists()


def test_zips_of_several_files_and_tars_are_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("a", "1")
        archive.writestr("b", "2")
    with pytest.raises(UnreadableSourceError, match="holds 2 files"):
        open_stream(tmp_path / "x.zip")
    import tarfile

    with tarfile.open(tmp_path / "x.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "x.zip")
    with pytest.raises(UnreadableSourceError, match="tar archive"):
        open_stream(tmp_path / "x.tar.gz")


@pytest.mark.parametrize("name", ["absent", ""])
def test_files_that_cannot_be_opened(tmp_path, name):
    with pytest.raises(UnreadableSourceError):
        open_stream(tmp_path / name)


def test_hashes_are_those_of_the_bytes(tmp_path):
    path = put(tmp_path / "x", TEXT)
    assert hash_of(path) == hashlib.sha256(TEXT).hexdigest()
    before = hash_of(tmp_path)
    put(tmp_path / "y", b"more")
    assert hash_of(tmp_path) != before


def test_leaving_early_stops_the_reading_thread(tmp_path):
    import threading

    pieces = open_stream(put(tmp_path / "x.gz", gzip.compress(TEXT * 5, 1))).pieces()
    next(pieces)
    next(pieces)
    pieces.close()
    assert threading.active_count() == 1
