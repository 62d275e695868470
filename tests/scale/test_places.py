"""Files at addresses appear whole or not at all, on this machine and elsewhere."""

import pickle

import pytest

from discourse.errors import DiscourseError
from discourse.scale.places import Place, is_address


@pytest.fixture(params=["local", "memory"])
def place(request, tmp_path):
    found = Place(str(tmp_path / "run") if request.param == "local" else "memory://made-up/run")
    yield found
    found.remove()


def test_what_is_written_is_read_again_and_listed(place):
    place.write("posts/part-1", b"one")
    place.write("posts/part-0", b"nought")
    assert place.read("posts/part-1") == b"one"
    assert place.names("posts") == ["part-0", "part-1"]
    assert place.names() == ["posts"]
    assert place.names("nowhere") == []
    assert place.read("posts/part-2") is None


def test_a_file_that_breaks_off_leaves_the_older_one_and_nothing_beside_it(place):
    place.write("posts/part-0", b"older")

    def break_off():
        with place.writing("posts/part-0") as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert place.read("posts/part-0") == b"older"
    assert place.names("posts") == ["part-0"]


def test_removing_takes_files_and_folders_and_minds_nothing_missing(place):
    place.write("posts/part-0", b"0")
    place.write("posts/part-1", b"1")
    place.remove("posts/part-0")
    place.remove("posts/part-0")
    assert place.names("posts") == ["part-1"]
    place.remove("posts")
    assert not place.exists("posts/part-1")


def test_a_place_is_sent_to_workers_as_its_address_alone(place):
    place.write("run.json", b"{}")
    again = pickle.loads(pickle.dumps(place))  # noqa: S301 - our own bytes
    assert again == place
    assert again.read("run.json") == b"{}"


def test_a_place_that_cannot_be_written_is_told_in_one_line(tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(DiscourseError, match="cannot be read or written"):
        Place(str(tmp_path / "file")).write("run.json", b"{}")


def test_an_unknown_protocol_is_told_with_what_to_install():
    with pytest.raises(DiscourseError, match="install the fsspec package"):
        Place("nosuch://bucket/run").read("run.json")


@pytest.mark.parametrize(
    ("name", "expected"), [("s3://bucket/a.zst", True), ("a.zst", False), ("C:\\a", False)]
)
def test_an_address_has_a_protocol(name, expected):
    assert is_address(name) is expected
