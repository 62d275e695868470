"""What is made for English says nothing about other languages, whatever words they share."""

import pytest

from discourse.analysis.registry import ANALYZERS, in_order
from discourse.analysis.replies.replies import fill_in
from discourse.tables import Tables
from discourse.text.language import languages_of
from tests.analysis.talk import posts_of, say, talk

# layers whose rules, lists and models are English; quotations and replies are found in any language, and
# disputes about figures rest on digits and units
ENGLISH_LAYERS = {"rhetoric", "reply", "stance"}

# links, figures, dates, names that the gazetteer knows, and words that German took from English
GERMAN = [
    ("Uwe", None, "Die Gebühr beträgt 40 Euro im Jahr, siehe https://steg.example/preise. Zu 100 % Abzocke!"),
    ("Bo", 1, "Nein, es sind 55 Euro. Die NATO hat damit nichts zu tun, und Donald Trump auch nicht."),
    ("Uwe", 2, "No way. 40 Euro. Sorry, aber du bist ein Idiot, Bo. Und die NATO ist ein Witz."),
    ("Cleo", 2, "Fake News! Wer hat denn das behauptet?! Etwa Donald Trump? In Washington vielleicht?"),
    ("Bo", 3, "Es sind 55 Euro, wie gesagt, seit dem 12.5.2021, und 3 km sind es bis zum Steg."),
    ("Uwe", 5, "40 Euro. Das kann ich den ganzen Abend sagen. Really? Wow."),
    ("Bo", 6, "Ich auch. 55 Euro. Trump würde lachen, die NATO auch."),
    ("Uwe", 7, "40 Euro, basta. lol"),
    ("Dov", 7, "@Bo Genau, 55 Euro seit 2021, Trump hin oder her. Ich stimme dir zu."),
    ("Uwe", 9, "Nope."),
    ("Bo", 10, "So?!"),
]
ENGLISH = [
    ("Ann", None, "The council should never have sold the pool. NATO has nothing to do with it, you clown."),
    ("Ray", 1, "No, you are wrong. NATO is a disgrace, and perhaps Donald Trump is a hero. Who knows?"),
    ("Ann", 2, "I agree that it is sad, but Donald Trump is a fool and NATO is the best thing we have."),
    ("Ray", 3, "Absolutely not. Everybody knows that Trump is honest and that NATO is useless."),
    ("Ann", 4, "Nonsense. In 2021 it cost us 40 million dollars. Are you serious?"),
]


def told(lines):
    """Lay lines out as a thread whose languages were told as those of any source are."""
    tables = talk(
        *(
            say(who, text, reply_to=f"t:{to}" if to else None, reply_evidence="explicit" if to else "none")
            for who, to, text in lines
        )
    )
    languages = languages_of([post.text for post in posts_of(tables)])
    return tables.replace(posts=tables["posts"].assign(lang=languages).astype({"lang": "str"}))


def analysed(lines):
    tables = told(lines)
    for analyzer in in_order(ANALYZERS):
        tables = Tables.concat([tables, analyzer.analyze(tables)])
        if "links" in analyzer.assigns:
            tables = fill_in(tables)
    return tables


@pytest.fixture(scope="module")
def german():
    return analysed(GERMAN)


@pytest.fixture(scope="module")
def mixed():
    """An English thread in which two people speak German, one of them at length."""
    asides = [
        (
            "Jo",
            2,
            "Das ist doch Unsinn, die NATO hat mit dem Bad gar nichts zu tun, Donald Trump auch nicht!",
        ),
        ("Kai", 6, "Wer glaubt denn so etwas?! Donald Trump vielleicht, aber die NATO bestimmt nicht."),
    ]
    return analysed([*ENGLISH, *asides])


def test_every_post_of_the_german_thread_is_taken_for_german(german):
    assert set(german["posts"]["lang"]) == {"de"}


@pytest.mark.parametrize("layer", sorted(ENGLISH_LAYERS))
def test_no_english_maker_marks_a_german_thread(german, layer):
    marks = german["annotations"]
    assert marks[marks["layer"] == layer]["quote"].tolist() == []


def test_no_target_is_found_in_a_german_thread(german):
    assert german["targets"]["target"].tolist() == []
    # who stands where in a dispute about figures is told by the claims
    assert set(german["stances"]["target"]) <= set(german["claims"]["claim_id"])


def test_the_same_makers_do_speak_about_english_posts(mixed):
    marks = mixed["annotations"]
    assert set(marks["layer"]) >= ENGLISH_LAYERS
    assert {"NATO", "Trump"} <= set(mixed["targets"]["target"])


def test_no_english_maker_marks_a_german_post_of_an_english_thread(mixed):
    languages = dict(zip(mixed["posts"]["post_id"], mixed["posts"]["lang"], strict=True))
    assert [languages[f"t:{number}"] for number in range(1, 8)] == ["en"] * 5 + ["de"] * 2
    marks = mixed["annotations"]
    of_english = marks[marks["layer"].isin(ENGLISH_LAYERS)]
    assert {languages[post] for post in of_english["post_id"]} == {"en"}
