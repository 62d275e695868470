"""Where a name in a text is taken for a name, and where for a word."""

import unicodedata

import pytest

from discourse.privacy.names import NameFinder
from discourse.privacy.rewriting import Rewritten
from tests.growth import assert_linear


def changed(text, *names, unknown=None, among=()):
    """Write a text with <1>, <2> … for its names, in the order given; `among` is the rest of a thread."""
    finder = NameFinder({name: f"<{n}>" for n, name in enumerate(names, start=1)}, [text, *among])
    return Rewritten(text, finder.find(text, unknown)).text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I think Marta is right.", "I think <1> is right."),
        ("Marta's idea, MARTA, marta!", "<1>'s idea, <1>, <1>!"),
        ("@Marta, @marta: u/Marta /u/MARTA", "@<1>, @<1>: u/<1> /u/<1>"),
        ("Martas and Smarta and Marta_2 are others.", "Martas and Smarta and Marta_2 are others."),
        ("see https://example.org/user/Marta/posts", "see https://example.org/user/<1>/posts"),
        ("Mar\u200bta and \u2067Marta\u2069", "<1> and <1>"),
        ("(Marta) “Marta” *Marta*", "(<1>) “<1>” *<1>*"),
        ("", ""),
    ],
)
def test_a_name_is_found_wherever_it_is_a_whole_word(text, told):
    assert changed(text, "Marta") == told


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accents_are_found_however_they_are_coded(form):
    assert changed(unicodedata.normalize(form, "Frag Jürgen!"), "Jürgen") == "Frag <1>!"
    assert changed("Frag Jürgen!", unicodedata.normalize(form, "Jürgen")) == "Frag <1>!"


@pytest.mark.parametrize(
    "name",
    [
        "a.*b+(c)", "Zoë O'Brien-Łuk", "fox🦊den", "🦊🐻", "דנה לוי", "田中さん", "Ольга П.", "สมชาย",
        "said, \"Max\"", "two\nlines", "<b>Pat</b>", "C:\\pat", "x_X_pat_X_x", "Nguyễn Văn", "रवि", "Pat%20K",
        "١٢٣٤٥٦",
    ],
)  # fmt: skip
def test_no_sign_and_no_script_in_a_name_hides_it(name):
    assert changed(f"So {name} wrote that, and @{name} again", name).count("<1>") == 2


def test_a_name_without_blanks_around_is_found_where_the_script_has_none():
    assert changed("昨日田中さんは来た", "田中さん") == "昨日<1>は来た"


def test_of_two_names_at_one_place_the_longer_counts():
    assert changed("Ann Lee and Ann and Ann Leeds", "Ann", "Ann Lee") == "<2> and <1> and <1> Leeds"


def test_a_mention_may_write_a_name_without_its_blanks_or_by_its_first_word():
    names = ("Ann Lee", "Tom K.", "Tom P.")
    assert changed("@AnnLee @ann_lee @Ann-Lee @Ann hello", *names) == "@<1> @<1> @<1> @<1> hello"
    assert changed("The ann is away, annlee is a word", *names) == "The ann is away, annlee is a word"
    assert changed("@Tom", *names) == "@Tom"  # one of two


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "I met Marta there. Marta, you too! Quill's notice",
            "I met <1> there. <1>, you too! Quill's notice",
        ),
        ("I told Quill and Tom", "I told <1> and Tom"),  # Tom is two people
        ("A marta is a beast. I met Marta.", "A marta is a beast. I met Marta."),
        ("In America the First came first", "In America the First came first"),
    ],
)
def test_one_word_of_a_name_is_taken_for_it_where_it_is_no_word_of_the_thread(text, told):
    assert changed(text, "Marta Quill", "Tom K.", "Tom P.", "America First") == told


def test_two_names_that_differ_in_case_are_told_apart():
    assert changed("@bob @BOB @Bob", "Bob", "bob") == "@<2> @<1> @<1>"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I hope so. The hope is thin. Hope dies last.", None),
        ("I hope @Hope and @hope see it", "I hope @<1> and @<1> see it"),
        ("I hope that is what Hope meant", "I hope that is what <1> meant"),
        ("I hope so\nHope wrote:\n> no", "I hope so\n<1> wrote:\n> no"),
        ("I hope so\nHope → Tom", "I hope so\n<1> → Tom"),
        ("I hope so\n> Hope said: no", "I hope so\n> <1> said: no"),
        ("I hope so\n[quote=Hope]no[/quote]", "I hope so\n[quote=<1>]no[/quote]"),
        ("I hope so\nIn reply to Hope:\nno", "I hope so\nIn reply to <1>:\nno"),
        ("I hope so. Hope said: no", "I hope so. <1> said: no"),
        ("I hope so. Hope\nis thin", None),
        ("I hope so\nHope, you are wrong", "I hope so\n<1>, you are wrong"),
        ("I hope so\nHope\n3 hours ago", "I hope so\n<1>\n3 hours ago"),
    ],
)
def test_a_name_that_is_a_word_too_is_taken_for_a_name_where_it_is_used_as_one(text, told):
    assert changed(text, "Hope") == (told or text)


@pytest.mark.parametrize("name", ["the", "That", "No", "Russia", "7", "x", "2024", "!!!", ":)"])
def test_a_name_that_is_hardly_one_is_taken_for_a_name_after_a_sign_of_one_alone(name):
    text = f"It is {name} that {name} will do, by {name}."
    assert changed(text, name) == text
    assert changed(f"Ask @{name}", name) == "Ask @<1>"
    assert changed(f"{name} wrote:\n> yes", name) == "<1> wrote:\n> yes"


def test_people_who_are_called_and_known_to_nobody_are_called_by_a_pseudonym_too():
    seen = []

    def unknown(name):
        seen.append(name)
        return "?"

    text = "@Jo-Ann.b u/Some_body, @3pm, me@example.org, F#@king, /user/path, @ nobody"
    told = "@? u/?, @3pm, [mail address], F#@king, /user/path, @ nobody"
    assert changed(text, "Marta", unknown=unknown) == told
    assert seen == ["Jo-Ann.b", "Some_body"]


def test_one_word_of_a_name_is_the_person_wherever_it_is_no_other_word():
    text = (
        "Thistlewood is wrong. Margaret's point, Mr Thistlewood, is thin. I told it to Margaret. "
        "Write to margaret-thistlewood@example.org."
    )
    told = "<1> is wrong. <1>'s point, Mr <1>, is thin. I told it to <1>. Write to [mail address]."
    assert changed(text, "Margaret Thistlewood") == told
    assert changed("Quiet please. The reader asks a quiet reader.", "Quiet Reader") == (
        "Quiet please. The reader asks a quiet reader."
    )


def test_a_longer_handle_is_somebody_elses():
    assert changed("@Marta-Jane", "Marta", unknown=lambda _: "?") == "@?"


@pytest.mark.parametrize(
    ("names", "piece"),
    [
        (["Marta", "Tom"], "Marta met Tom and @nobody. "),
        (["a b " * 19], "a b "),
        (["the"], "the "),
        (["x"], "@x-"),
        (["Marta"], "@"),
        (["Hope"], "> Hope"),
    ],
)
def test_finding_names_takes_time_in_proportion_to_the_text(names, piece):
    finder = NameFinder(dict.fromkeys(names, "?"), [piece])
    assert_linear(lambda n: piece * n, lambda text: finder.find(text, lambda _: "?"), small=1500)


def test_many_names_cost_no_more_for_each_text():
    def run(names):
        NameFinder(dict.fromkeys(names, "?"), ["The reader 7 said so. "] * len(names))

    assert_linear(lambda n: [f"The reader {number}" for number in range(n)], run, small=400)
