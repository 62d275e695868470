"""A user's own folder of lexicons: what it may hold, and how it joins ours."""

from pathlib import Path

import pytest

from discourse.errors import LexiconError
from discourse.lexicon import lexicon_folder, load_lexicons, load_user_lexicons, load_with_user
from discourse.text.normalise import fold


def write(
    folder: Path, *, name: str = "boats", label: str = "boat_talk", definition: str = "Speaks of boats."
) -> Path:
    (folder / f"{name}.toml").write_text(
        f'name = "{name}"\nversion = 1\nlanguage = "en"\nlicence = "CC0-1.0"\nsource = "mine"\n'
        f'citation = "none"\n[labels.{label}]\ndefinition = "{definition}"\n[changes]\n1 = "First."\n',
        encoding="utf-8",
    )
    (folder / f"{name}.csv").write_text(
        f"pattern,match,label,hit,miss\nboat,inflected,{label},Two boats.,A goat.\n", encoding="utf-8"
    )
    return folder


def test_one_pair_of_files_adds_a_marker(tmp_path):
    lexicons = load_with_user(write(tmp_path), names=("hedges",))
    assert [m.label for m in lexicons.match(fold("Perhaps boats."))] == ["hedge", "boat_talk"]


def test_no_folder_adds_nothing():
    assert list(load_with_user(None, names=("hedges",)).by_name) == ["hedges"]


def test_a_label_of_ours_is_joined_under_our_definition(tmp_path):
    definition = load_lexicons(names=("hedges",)).by_name["hedges"].labels["hedge"]
    write(tmp_path, label="hedge", definition=definition)
    assert list(load_user_lexicons(tmp_path).by_name) == ["boats"]


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"label": "hedge"}, "label 'hedge' is defined otherwise by hedges"),
        ({"name": "hedges"}, "a lexicon of ours is called 'hedges' too"),
    ],
)
def test_clashes_with_ours_are_refused(tmp_path, options, problem):
    with pytest.raises(LexiconError, match=problem):
        load_user_lexicons(write(tmp_path, **options))


def test_a_folder_that_is_none_or_holds_nothing_is_refused(tmp_path):
    with pytest.raises(LexiconError, match="no folder"):
        load_user_lexicons(tmp_path / "nowhere")
    with pytest.raises(LexiconError, match="no lexicon"):
        load_user_lexicons(tmp_path)


def test_half_a_pair_is_refused(tmp_path):
    write(tmp_path)
    (tmp_path / "boats.toml").unlink()
    with pytest.raises(LexiconError, match=r"boats\.toml"):
        load_user_lexicons(tmp_path)


@pytest.mark.parametrize("broken", ["version = 1", "[labels.boat_talk]"])
def test_what_a_toml_must_say_is_told(tmp_path, broken):
    write(tmp_path)
    path = tmp_path / "boats.toml"
    path.write_text(path.read_text().replace(broken, "other = 'x'" if "v" in broken else "[labels]"))
    with pytest.raises(LexiconError):
        load_user_lexicons(tmp_path)


def test_our_own_folder_may_be_named():
    assert load_user_lexicons(lexicon_folder()).by_name.keys() == load_lexicons().by_name.keys()
