"""Profiles are checked when they are loaded: a bad one is refused in one clear line."""

import copy
import tomllib

import pytest

from discourse.errors import ProfileError
from discourse.ingest.pasted.platform_templates import Moments, TemplateError, compile_template
from discourse.ingest.pasted.platforms import FOLDER, load_platforms, read_profile

GOOD = {
    "name": "Quayside",
    "signs": ["Nod"],
    "between": ["Show {count} more"],
    "counts": ["{count} remarks"],
    "words": {"nod": ["Nod", "Nick"]},
    "header": [{"lines": ["{author} remarked {time}"]}],
    "closing": [{"lines": ["? {count}", "{nod}"]}],
}


def fit(template: str, line: str, names: str = "any", **words: list[str]) -> dict[str, str] | None:
    found = compile_template(template, words, names).match(line, Moments(day_first=True))
    return None if found is None else dict(found.values)


def test_a_good_profile_is_one_platform():
    (platform,) = read_profile("quayside.toml", GOOD)
    assert platform.name == "Quayside"
    assert platform.is_anchor("Nick")
    assert platform.is_furniture("Show 12 more")
    assert not platform.is_furniture("Show me more")


def test_variants_share_what_they_do_not_say_themselves():
    raw = {key: value for key, value in GOOD.items() if key != "header"}
    variants = [
        {"id": "one", "header": GOOD["header"]},
        {"id": "two", "header": [{"lines": ["{author}", "{time}"]}], "signs": ["Bow"]},
    ]
    one, two = read_profile("quayside.toml", {**raw, "variant": variants})
    assert (one.name, two.name) == ("Quayside (one)", "Quayside (two)")
    assert (one.signs, two.signs) == (("Nod",), ("Bow",))
    assert one.closings == two.closings


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "no name"),
        ({"signs": []}, "no signs"),
        ({"sings": ["x"]}, "'sings' at its top is unknown"),
        ({"names": "short"}, "names is 'short'"),
        ({"between": "Reply"}, "between holds something else than texts"),
        ({"between": ["{any}"]}, "would fit any line"),
        ({"between": ["Reply to {nobody}"]}, "{nobody} is no slot"),
        ({"words": {"time": ["noon"]}}, "words.time has the name of a slot"),
        ({"words": {"nod": "Nod"}}, "words.nod holds something else than texts"),
        ({"header": []}, "no header"),
        ({"header": [{"line": ["{author}"]}]}, "'line' in a header is unknown"),
        ({"header": [{"lines": []}]}, "a header has no lines"),
        ({"header": [{"lines": ["{time} said"]}]}, "never names the author"),
        ({"header": [{"lines": ["{author}"]}]}, "nothing tells a header"),
        ({"header": [{"lines": ["{author} {? said {time}"]}]}, "not opened or not closed"),
        ({"header": [{"lines": ["{author} ?} said {time}"]}]}, "not opened or not closed"),
        ({"closing": [{"lines": ["{count}"]}]}, "no line with words of its own"),
        ({"closing": [{"lines": ["Nod"], "anchor": "Bow"}]}, "'Bow' is none of its closing's lines"),
        ({"counts": ["many remarks"]}, "does not hold {count} once"),
        ({"variant": [{"header": [{"lines": ["{author} {time}"]}]}]}, "a variant has no id"),
    ],
)
def test_a_bad_profile_is_refused_in_one_line(change, words):
    with pytest.raises(ProfileError) as refused:
        read_profile("quayside.toml", {**copy.deepcopy(GOOD), **change})
    message = str(refused.value)
    assert message.startswith("profile quayside.toml: ")
    assert words in message
    assert "\n" not in message
    assert refused.value.fix


def test_a_profile_that_is_no_toml_is_refused_with_its_line(tmp_path):
    (tmp_path / "torn.toml").write_text('name = "Torn"\nsigns = nope', encoding="utf-8")
    with pytest.raises(ProfileError, match=r"profile torn\.toml: it is no TOML .*line 2"):
        load_platforms(tmp_path)


def test_a_folder_without_profiles_knows_no_platform(tmp_path):
    assert load_platforms(tmp_path) == ()


def test_profiles_are_loaded_once():
    assert load_platforms() is load_platforms()


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_every_sign_of_a_profile_is_some_text(path):
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    for platform in read_profile(path.name, raw):
        assert all(len(sign.strip()) >= 1 and len(sign) >= 2 for sign in platform.signs)


def test_slots_hold_what_stands_between_words():
    values = fit(
        "{author} in reply to {addressee} • {time}", "J. R. Ewart in reply to Ice cream? • 3 days ago"
    )
    assert values == {"author": "J. R. Ewart", "addressee": "Ice cream?", "time": "3 days ago"}


def test_two_blanks_in_a_template_are_two_blanks_on_the_page():
    assert fit("{author}  {addressee} • {time}", "Old Ron • 3 days ago") is None
    assert fit("{author}  {addressee} • {time}", "Old Ron  Ann B • 3 days ago")["addressee"] == "Ann B"


def test_a_name_that_holds_a_moment_keeps_it():
    assert fit("{author} on {time}", "Today on Sunday on July 3, 2020")["author"] == "Today on Sunday"


def test_a_name_run_into_a_moment_ends_where_the_moment_begins():
    assert fit("{addressee}{time}", "RonToday 07:15 am JST")["addressee"] == "Ron"


def test_a_slot_for_a_moment_holds_nothing_else():
    assert fit("{author} on {time}", "Max on the quay") is None
    assert fit("{author} • {ago}", "Max • July 3, 2020") is None


@pytest.mark.parametrize(("text", "minutes"), [("3h", 180), ("17 Min.", 17), ("2w", 20160), ("1 Tag", 1440)])
def test_an_age_is_a_moment(text, minutes):
    found = compile_template("{author} {age}", {}, "any").match(f"Max {text}", Moments(day_first=True))
    assert found.moment.offset.total_seconds() == 60 * minutes
    assert f"Max {text}"[found.moment.start : found.moment.end] == text


def test_words_of_several_languages_share_a_slot():
    assert fit("{reply} • {count}", "Antworten • 1.204", reply=["Reply", "Antworten"]) == {}
    assert fit("{reply} • {count}", "Respond • 12", reply=["Reply", "Antworten"]) is None


def test_a_line_longer_than_any_header_fits_nothing():
    assert fit("{author} • {time}", "a" * 400 + " • 3 days ago") is None


def test_an_unknown_slot_names_those_that_are_known():
    with pytest.raises(TemplateError, match=r"\{autor\} is no slot; known are .*author"):
        compile_template("{autor}", {}, "any")
