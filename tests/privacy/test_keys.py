"""The key file, and the pseudonyms made with it."""

import errno
import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import DiscourseError
from discourse.privacy import Key, check_apart, key_at

ONE, OTHER = Key(b"1" * 32), Key(b"2" * 32)


def test_a_missing_key_is_made_for_its_owner_alone_and_read_again(tmp_path):
    path = tmp_path / "names.key"
    made = key_at(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    assert key_at(path) == made
    assert path.read_bytes() == before


def test_two_keys_that_are_made_differ(tmp_path):
    assert key_at(tmp_path / "a") != key_at(tmp_path / "b")


@pytest.mark.parametrize("content", [b"", b"secret", b"ab" * 31, b"zz" * 32, b"\xff\xfe" * 40, b"ab" * 5000])
def test_a_file_that_is_no_key_is_refused_and_stays_as_it_is(tmp_path, content):
    path = tmp_path / "names.key"
    path.write_bytes(content)
    with pytest.raises(DiscourseError, match="holds no key"):
        key_at(path)
    assert path.read_bytes() == content


def test_a_key_whose_file_a_person_saved_with_blanks_or_capitals_is_the_same(tmp_path):
    path = tmp_path / "names.key"
    made = key_at(path)
    path.write_text(f"  {path.read_text().strip().upper()}\r\n\n")
    assert key_at(path) == made


def test_a_folder_or_a_place_that_is_none_is_refused_in_one_line(tmp_path):
    for path in (tmp_path, tmp_path / "no" / "such" / "names.key"):
        with pytest.raises(DiscourseError) as caught:
            key_at(path)
        assert len(str(caught.value).splitlines()) == 1


def test_a_key_tells_nothing_of_its_secret_when_it_is_shown():
    assert "1" * 8 not in repr(ONE)
    assert ONE.fingerprint not in ONE.secret.hex()
    assert ONE.fingerprint != OTHER.fingerprint


def test_pseudonyms_stay_what_they_are_from_version_to_version():
    assert [ONE.token(name) for name in ("Marta", "Tom", "")] == [
        "NokafBifosp3",
        "HajikLilipmh",
        "PitujHagab6y",
    ]


@given(st.text())
def test_a_pseudonym_is_one_word_that_the_same_key_gives_again(name):
    token = ONE.token(name)
    assert token.isascii()
    assert token.isalnum()
    assert token[0].isupper()
    assert len(token) == 12
    assert ONE.token(name) == token != OTHER.token(name)


def test_many_names_get_as_many_pseudonyms():
    assert len({ONE.token(f"reader {number}") for number in range(20_000)}) == 20_000


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_of_a_key_that_could_not_be_written_nothing_is_left(tmp_path, monkeypatch, error):
    path, opened = tmp_path / "names.key", os.fdopen

    def full(handle, *words, **more):
        file = opened(handle, *words, **more)
        file.write("ab")
        file.flush()
        file.write = lambda _content: throw(error)
        return file

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(KeyboardInterrupt if isinstance(error, KeyboardInterrupt) else DiscourseError):
        key_at(path)
    monkeypatch.undo()
    assert not path.exists()
    assert key_at(path) == key_at(path)


def throw(error):
    raise error


@pytest.mark.skipif(os.name != "posix", reason="other systems tell rights otherwise")
@pytest.mark.parametrize(("mode", "is_fine"), [(0o400, True), (0o640, True), (0o644, False), (0o602, False)])
def test_a_key_that_everybody_may_read_or_change_is_refused_and_stays(tmp_path, mode, is_fine):
    path = tmp_path / "names.key"
    made = key_at(path)
    path.chmod(mode)
    if is_fine:
        assert key_at(path) == made
    else:
        with pytest.raises(DiscourseError, match="chmod 600") as caught:
            key_at(path)
        assert len(str(caught.value).splitlines()) == 1
        assert path.is_file()


@pytest.mark.parametrize(
    ("place", "is_fine"),
    [
        ("out/names.key", False),
        ("out/deep/names.key", False),
        ("out/../out/names.key", False),
        ("near/names.key", False),
        ("near/deep/names.key", True),
        ("names.key", True),
        ("outer/names.key", True),
    ],
)
def test_a_key_lies_neither_within_nor_beside_results(tmp_path, place, is_fine):
    def check():
        check_apart(tmp_path / place, within=[tmp_path / "out"], beside=[tmp_path / "near"])

    if is_fine:
        check()
    else:
        with pytest.raises(DiscourseError, match="among the results"):
            check()


def test_a_link_among_the_results_to_a_key_elsewhere_is_refused_and_one_to_a_key_among_them(tmp_path):
    (tmp_path / "out").mkdir()
    for link, key in (("out/link", "names.key"), ("link", "out/names.key")):
        (tmp_path / link).symlink_to(tmp_path / key)
        with pytest.raises(DiscourseError, match="among the results"):
            check_apart(tmp_path / link, within=[tmp_path / "out"])
