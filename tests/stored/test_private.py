"""Earlier runs as they may be shown: which key may be used, and what becomes of the record."""

import pytest

from discourse.errors import DiscourseError
from discourse.privacy import key_at
from discourse.stored.private import in_private
from discourse.stored.runs import read_run
from tests.analysis.talk import say, talk
from tests.stored_runs import RECORD, store


@pytest.fixture
def apart(tmp_path):
    """Name a key in a folder of its own."""
    folder = tmp_path / "apart"
    folder.mkdir()
    return folder / "names.key"


def renamed(folder, key, settings):
    """Return the settings of a run by "Seed", "Targets" and "Marta", with pseudonyms."""
    names = ("Seed", "Targets", "Marta", "given", "aliases")
    store(folder, talk(*(say(name, f"{name} was there.") for name in names)), RECORD | {"settings": settings})
    return in_private(folder, pseudonyms=key, verbatim=True)(read_run(folder)).record["settings"]


def test_settings_keep_their_own_names_whoever_bears_them(tmp_path, apart):
    settings = {
        "seed": 7,
        "columns": {"author": "Marta"},
        "targets": {"given": {"Marta": {"aliases": ["Seed", "the pool"], "kind": "person"}}, "find": False},
    }
    told = renamed(tmp_path / "run", apart, settings)
    key = key_at(apart)
    given = {key.token("Marta"): {"aliases": [key.token("Seed"), "the pool"], "kind": "person"}}
    assert told == {
        "seed": 7,
        "columns": {"author": "Marta"},
        "targets": {"given": given, "find": False},
        "pseudonyms": key.fingerprint,
    }


@pytest.mark.parametrize("targets", ["Marta", ["Marta"], {"given": ["Marta"]}, {"Marta": {}}])
def test_targets_of_a_record_that_is_none_of_ours_leave_no_name(tmp_path, apart, targets):
    assert renamed(tmp_path / "run", apart, {"seed": 0, "targets": targets}) == {
        "seed": 0,
        "pseudonyms": key_at(apart).fingerprint,
    }


@pytest.mark.parametrize(
    "place", ["out/a/names.key", "out/a/tables/names.key", "out/names.key", "out/keys/names.key"]
)
def test_a_key_in_a_run_or_in_the_folder_of_its_overview_is_refused(tmp_path, place):
    folder = store(tmp_path / "out" / "a")
    (tmp_path / "out" / "index.html").touch()
    with pytest.raises(DiscourseError, match="among the results"):
        in_private(folder, pseudonyms=tmp_path / place, verbatim=True)


def test_beside_a_run_that_stands_alone_a_folder_of_another_kind_may_hold_the_key(tmp_path, apart):
    folder = store(tmp_path / "a")
    in_private(folder, pseudonyms=apart, verbatim=True)
    with pytest.raises(DiscourseError, match="among the results"):
        in_private(folder, pseudonyms=tmp_path / "names.key", verbatim=True)


def test_a_key_beside_the_page_that_is_drawn_is_refused(tmp_path, apart):
    folder = store(tmp_path / "a")
    with pytest.raises(DiscourseError, match="among the results"):
        in_private(folder, pseudonyms=apart, verbatim=True, out=apart.parent / "page.html")


def test_no_key_is_made_where_no_run_stands_or_it_is_damaged(tmp_path, apart):
    with pytest.raises(DiscourseError, match="no such folder"):
        in_private(tmp_path / "gone", pseudonyms=apart, verbatim=True)
    folder = store(tmp_path / "a")
    (folder / "run.json").write_text("{", encoding="utf-8")
    change = in_private(folder, pseudonyms=apart, verbatim=True)
    with pytest.raises(DiscourseError, match="JSON"):
        change(read_run(folder))
    assert not apart.exists()
