"""Claims that come again: who says the same, what is no claim, and what looks the same but is not."""

import pytest

from discourse.analysis.base import ThreadView, read_threads
from discourse.analysis.loops import statements as statements_module
from discourse.analysis.loops.claims import Claims
from discourse.analysis.loops.loops import Loops
from discourse.analysis.loops.recurring_claims import Recurring
from discourse.analysis.loops.statements import Statement, statements_of
from discourse.analysis.stance.stance import Stance
from discourse.report.basis.book import Book
from discourse.report.disputes.recurring import said_again
from discourse.tables import Tables
from tests.analysis.mini import FEE, Line, thread_of
from tests.growth import assert_linear, repeated

FILLER: list[Line] = [
    ("Ida", None, "The tram was late this morning and the driver shrugged."),
    ("Ole", 1, "My sister keeps bees behind the old bakery."),
    ("Per", 1, "Nobody swept the square after the market closed."),
]


def found(lines: list[Line]) -> Tables:
    return Recurring().analyze(thread_of([*FILLER, *lines])).check("recurring")


def groups(lines: list[Line]) -> list[list[str]]:
    rows = found(lines)["annotations"]
    return [sorted(its["post_id"].str.split(":").str[1]) for _, its in rows.groupby("target")]


def test_what_two_say_in_other_order_and_other_forms_is_one_claim():
    lines: list[Line] = [
        ("Una", None, "Lanterns simply do not scare the foxes."),
        ("Rolf", 2, "Lanterns do not scare foxes."),
    ]
    assert groups(lines) == [["4", "5"]]
    claims = found(lines)["claims"]
    assert claims["text"].tolist() == ["Lanterns simply do not scare the foxes."]  # equally clear, and first
    assert claims["conflicts_with"].isna().all()


def test_the_clearest_wording_is_quoted_though_another_comes_first():
    lines: list[Line] = [
        ("Una", None, "…lanterns simply do not scare the foxes."),
        ("Rolf", None, "Lanterns do not scare foxes."),
    ]
    assert found(lines)["claims"]["text"].tolist() == ["Lanterns do not scare foxes."]


@pytest.mark.parametrize("name", ["[deleted]", "[removed]", ""])
def test_authors_whose_names_are_gone_count_as_none(name: str):
    said: list[Line] = [
        (name, None, f"{opening} lanterns don't scare any foxes.") for opening in ("Still", "Sadly", "Again")
    ]
    assert groups([("Una", up, text) for _, up, text in said]) == [["4", "5", "6"]]
    assert groups(said) == []
    una: Line = ("Una", None, "Lanterns simply do not scare the foxes.")
    assert groups([*said, una]) == []
    assert groups([*said, una, ("Rolf", None, "Lanterns do not scare foxes.")]) == [["7", "8"]]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "Im Mai vertreiben Laternen die Füchse.", "Laternen vertreiben im Mai die Füchse!"),
        ("en", "Sin scares the foxes from lanterns.", "Sin scares foxes from the lanterns."),
        ("pt", "Lanternas assustam raposas no porto.", "No porto lanternas assustam raposas!"),
    ],
)
def test_a_word_that_denies_in_another_language_denies_nothing(language: str, one: str, other: str):
    for said in statements(language, one, other):
        assert said.denials == 0


@pytest.mark.parametrize(
    ("language", "text", "denials"),
    [
        ("es", "No es verdad que las linternas asustan zorros.", 1),
        ("es", "No, las linternas no asustan zorros.", 1),
        ("en", "No lantern scares foxes here.", 1),
        ("en", "No it does not scare foxes, lanterns fail.", 1),
        ("en", "No, lanterns do not scare foxes.", 1),
        ("it", "Le lanterne non spaventano mai volpi.", 2),
    ],
)
def test_denials_are_those_of_the_language_of_the_post(language: str, text: str, denials: int):
    (said,) = statements(language, text)
    assert said.denials == denials


def statements(language: str, *texts: str) -> list[Statement]:
    tables = thread_of([("Una", None, text) for text in texts])
    posts = tables["posts"].assign(lang=language).astype({"lang": tables["posts"]["lang"].dtype})
    thread = next(read_threads(tables.replace(posts=posts)))
    return list(statements_of(thread, known=language == "en"))


def test_a_text_pasted_by_many_authors_takes_time_in_proportion_to_their_number():
    def thread(count: int) -> Tables:
        text = "You painted the old harbour fence badly. I know that your lanterns scare no foxes here."
        return thread_of([(f"u{at}", None, text) for at in range(count)])

    assert_linear(thread, Recurring().analyze, small=200)


def test_one_long_line_takes_time_in_proportion_to_its_length(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(statements_module, "find_quantities", lambda _text: [])  # most of the rest

    def thread(length: int) -> ThreadView:
        text = repeated("🦊 The lantern scares foxes. ")(length)
        made = next(read_threads(thread_of([("Una", None, text)])))
        assert made.posts[0].sentences
        return made

    assert_linear(thread, lambda made: list(statements_of(made, known=True)), small=100_000)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lanterns scare the foxes.", "Lanterns do not scare the foxes."),
        ("Lanterns scare the foxes.", "Do lanterns scare the foxes?"),
        ("Lanterns scare the foxes.", "If lanterns scare the foxes."),
        ("The fence is 3 metres high.", "The fence is 5 metres high."),
        ("You painted the fence badly.", "You painted the fence badly!"),  # each speaks to another
        ("Thanks for the lantern recipe.", "Thanks for the lantern recipe!"),
        ("I think you are right.", "I think you are right!"),
    ],
)
def test_what_is_denied_asked_supposed_otherwise_or_no_claim_is_not_brought_together(one, other):
    assert groups([("Una", None, one), ("Rolf", 2, other)]) == []


def test_one_author_must_say_it_three_times():
    said: list[Line] = [
        ("Una", None, f"{opening} the choir sings flat.") for opening in ("Still", "Sadly", "Again")
    ]
    assert groups(said[:2]) == []
    assert groups(said) == [["4", "5", "6"]]


def test_words_of_the_post_that_is_answered_are_quoted_and_not_said():
    words = "The harbour board hides its ledgers from everyone in town."
    assert groups([("Una", None, words), ("Rolf", 4, f"{words} Is that so?")]) == []


def test_last_words_of_all_posts_are_a_signature():
    posts: list[Line] = [
        ("Una", None, f"{text}\nLighthouses guide tired ships.") for text in ("Rain.", "Snow.", "Hail.")
    ]
    assert groups(posts) == []


def test_a_text_that_is_pasted_again_is_one_claim():
    text = "The ferry leaks badly. The captain sleeps below deck. Gulls nest in the funnel."
    posts: list[Line] = [("Una", None, f"{text} And {word}.") for word in ("rain", "snow", "hail")]
    assert len(found(posts)["claims"]) == 1


def test_other_languages_are_read_too():
    lines: list[Line] = [
        ("Una", None, "Die Laternen vertreiben die Füchse nachts."),
        ("Rolf", 2, "Nachts vertreiben die Laternen die Füchse!"),
        ("Kai", 2, "Die Laternen vertreiben die Füchse nachts nicht."),
    ]
    tables = thread_of([("Ida", None, "Wir treffen uns morgen am alten Hafen."), *lines])
    tables = tables.replace(
        posts=tables["posts"].assign(lang="de").astype({"lang": tables["posts"]["lang"].dtype})
    )
    assert sorted(Recurring().analyze(tables)["annotations"]["post_id"]) == ["t:2", "t:3"]


def test_loops_and_stances_stay_as_they_are_and_numbers_go_on():
    again: list[Line] = [
        ("Eli", 1, "Lanterns do scare the foxes."),
        ("Gro", 1, "Yes, lanterns truly do scare foxes."),
    ]
    tables = thread_of([*FEE, *again])
    tables = Tables.concat([tables, Claims().analyze(tables)])
    loops, number = Loops().analyze(tables), len(tables["claims"])
    more = Recurring().analyze(tables)
    assert more["claims"]["claim_id"].tolist() == [f"t:c{number + 1}"]
    tables = Tables.concat([tables, more])
    assert Loops().analyze(tables)["turns"].equals(loops["turns"])
    (shown,) = said_again(Book.of(tables))
    assert [holder.author for holder in shown.holders] == ["Eli", "Gro"]
    assert shown.facts == "2 authors, 2 posts"
    assert Stance.name == "stance"
