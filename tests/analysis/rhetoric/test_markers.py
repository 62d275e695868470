"""Rhetoric markers: what is marked, in which sense, and what is left alone."""

import pytest

from discourse.analysis.rhetoric.evidence import RULES_VERSION as EVIDENCE_VERSION
from discourse.analysis.rhetoric.markers import LEXICONS, RhetoricMarkers
from discourse.lexicon import load_lexicons
from discourse.lexicon.patterns import count_forms
from discourse.model import Annotation, Post
from discourse.tables import ANNOTATIONS, POSTS, Tables, frame_of
from tests.growth import assert_linear, repeated


def tables_of(*texts: str, quotes: tuple[Annotation, ...] = (), lang: str | None = None) -> Tables:
    posts = [
        Post(
            post_id=f"p{number}",
            thread_id=f"t{number % 2}",
            source_id="s",
            position=number,
            author="Ida",
            text=text,
            lang=lang,
        )
        for number, text in enumerate(texts, start=1)
    ]
    return Tables({"posts": frame_of(POSTS, posts), "annotations": frame_of(ANNOTATIONS, quotes)})


def rows(*texts: str, **options) -> list[dict]:
    marked = RhetoricMarkers().analyze(tables_of(*texts, **options)).check("a test")
    return marked["annotations"].to_dict("records")


def marks(text: str, label: str) -> list[str]:
    return [row["quote"] for row in rows(text) if row["label"] == label]


@pytest.mark.parametrize(
    ("text", "label", "quotes"),
    [
        ("I think the weir leaks.", "hedge", ["I think"]),
        ("The think tank says the weir leaks.", "hedge", []),
        ("It may rain.", "hedge", ["may"]),
        ("It rained on May 5 and all through May 2019.", "hedge", []),
        ("I doubt it.", "hedge", ["I doubt"]),
        ("No doubt he paid.", "hedge", []),
        ("No doubt he paid.", "booster", ["No doubt"]),
        ("That is not necessarily so, and I'm not sure.", "hedge", ["not necessarily", "I'm not sure"]),
        ("What kind of pump is it, about forty?", "hedge", ["about"]),
        ("It is kind of green and about the harbour.", "hedge", ["kind of"]),
        ("Not possible.", "hedge", []),
        ("Clearly he lied.", "booster", ["Clearly"]),
        ("He did not clearly lie.", "booster", []),
        ("Speak clearly.", "booster", []),
        ("This is a provable fact.", "booster", ["a provable fact"]),
        ("It rose by 100% last year.", "booster", []),
        ("You are 100% right.", "booster", ["100% right"]),
    ],
)
def test_certainty_is_read_in_its_sense(text, label, quotes):
    assert marks(text, label) == quotes


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("The harbourmaster is a coward.", ["coward"]),
        ("You clowns!", ["clowns"]),
        ("Clown.", ["Clown"]),
        ("They are so barbaric.", []),  # an adjective is no name
        ("He is nothing but a puppet.", ["puppet"]),
        ("They saw a puppet show and a clown.", []),
        ("He is not a liar.", []),
        ("He isn’t a liar, nor a fool.", []),
        ("You call me a liar?", []),
        ("I was a fool to trust it.", []),
        ('The word "idiot" stands on the wall.', []),
        ("You can't fool them.", []),
        ("It was a racist remark.", []),
        ("He is a racist.", ["a racist"]),
        ("The winter was crazy.", []),
    ],
)
def test_name_calling_is_a_label_put_on_somebody(text, quotes):
    assert marks(text, "name_calling") == quotes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://example.org/log?page=3 for it.", [("https://example.org/log?page=3", "link")]),
        ("It is here (https://example.org/log).", [("https://example.org/log", "link")]),
        ("It fell by 12.5 % in a year.", [("12.5 %", "number")]),
        ("It cost £4,200 and 3.5 km of rope.", [("£4,200", "number"), ("3.5 km", "number")]),
        ("It took four days.", []),
        ("It leaked forty years ago.", []),
        ("It cost $30, lay 20 miles off and drew 40 people.", []),
        ("Of the keys 50% and 41% were lost.", [("41%", "number")]),
        ("The 2012 elections drew 4100 voters.", [("4100 voters", "number")]),
        ("Suppose that 300 boats sank.", []),
        ("It shut on 6 March 2019 and on the 25th.", [("6 March 2019", "date"), ("the 25th", "date")]),
        ("It shut in 1994.", [("in 1994", "date")]),
        ("According to the harbour log it left.", [("According to the harbour", "source")]),
        ("According to you it left.", []),
        ("It is on page 4.", [("page 4", "document")]),
        (
            'The clerk said "we never had the keys at all" then.',
            [('"we never had the keys at all"', "quotation")],
        ),
        ('He is an "expert" on it.', []),
        ("One day the 14 goes past.", []),
        ("My two cents.", []),
    ],
)
def test_evidence_says_what_kind_it_is(text, expected):
    assert [(r["quote"], r["detail"]) for r in rows(text) if r["label"] == "evidence"] == expected


def test_a_link_is_one_piece_of_evidence_whatever_numbers_it_holds():
    (row,) = [r for r in rows("https://example.org/2019-03-06/12-days") if r["label"] == "evidence"]
    maker = f"evidence_forms@{EVIDENCE_VERSION}"
    assert (row["detail"], row["annotator"], row["entry"]) == ("link", maker, "rule: link")


@pytest.mark.parametrize(
    "text",
    [
        "Who needs a pump anyway?",
        "Isn't it odd that nobody asked?",
        "So the biggest flood in years is a blessing?",
        "Did anybody see the keys? No.",
        "Are you kidding?",
        "He never paid, did he?",
    ],
)
def test_a_question_that_asserts_is_rhetorical(text):
    assert marks(text, "rhetorical_question")
    assert not marks(text, "clarifying_question")


@pytest.mark.parametrize(
    "text",
    [
        "Could you please explain how the sluice works?",
        "What exactly do you mean by that?",
        "Which page is the figure on?",
        "Does anyone know when the ferry leaves?",
    ],
)
def test_a_question_that_asks_is_clarifying(text):
    assert marks(text, "clarifying_question") == [text]
    assert not marks(text, "rhetorical_question")


def test_a_question_that_proposes_something_is_a_proposal_and_no_question_of_either_kind():
    found = rows(
        "The ferry is late and I am cold by now.", "It leaks anyway. How about we wait? Nobody rows today."
    )
    of_question = [row for row in found if row["quote"].startswith("How about we")]
    assert {row["label"] for row in of_question} == {"proposal"}


@pytest.mark.parametrize("text", ["Were the pumps running that night?", "Why?", "The pumps ran.", "???"])
def test_a_question_that_cannot_be_told_is_left_alone(text):
    assert not marks(text, "rhetorical_question") + marks(text, "clarifying_question")


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("concession", "Fair point about the keys, I take that back."),
        ("concession", "I stand corrected."),
        ("proposal", "Why don't we meet halfway?"),
        ("disengagement", "I'm done arguing with you."),
        ("policing", "Watch your tone, and stop the personal attacks."),
        ("dismissal", "Who cares."),
        ("dismissal", "What utter drivel, get over it."),
        ("whataboutism", "Look who's talking, clean up your own mess first."),
        ("generalisation", "Those people never look."),
        ("personal_experience", "My late uncle worked there, I saw it myself."),
        ("appeal_to_authority", "Any engineer will tell you so."),
        ("appeal_to_majority", "Everybody here knows it."),
        ("appeal_to_fear", "You will all regret it, mark my words."),
        ("loaded_language", "A disgraceful, ruinous farce."),
    ],
)
def test_every_other_marker_is_found(label, text):
    assert marks(text, label)


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("concession", "That is not a valid point."),
        ("concession", "He will never admit that."),
        ("concession", "He took it for granted."),
        ("dismissal", "I wake up at six and go home at four."),
        ("loaded_language", "The town lies in a valley, toxic waste and all."),
        ("loaded_language", "She found a cave."),
        ("appeal_to_majority", "Everybody left."),
    ],
)
def test_words_in_another_sense_are_left_alone(label, text):
    assert not marks(text, label)


def test_quoted_words_are_charged_to_nobody():
    text = "You are an idiot, clearly.\nPerhaps you are."
    quote = Annotation(
        post_id="p1",
        start=0,
        end=26,
        layer="quote",
        label="quote",
        annotator="m@1",
        quote=text[:26],
        target="p0",
    )
    found = rows(text, quotes=(quote,))
    assert "Perhaps" in [row["quote"] for row in found]
    assert all(row["start"] > 26 for row in found)


def test_each_row_names_its_maker_and_the_entry_behind_it():
    (row,) = rows("By my reckoning the weir leaks.")
    assert row["annotator"] == f"hedges@{load_lexicons(names=('hedges',)).by_name['hedges'].version}"
    assert row["entry"] == "by my (reckoning|count|estimate|guess)"
    assert (row["layer"], row["quote"]) == ("rhetoric", "By my reckoning")


def test_offsets_count_the_text_as_it_stands_curly_marks_and_wide_characters_included():
    text = "🐟🐟 İt’s cold, “I’m not sure” aside: I’m not sure."
    for row in rows(text):
        assert text[row["start"] : row["end"]] == row["quote"]


def test_a_post_in_another_language_gets_no_row():
    assert rows("Perhaps 12 km? Really? https://example.org", lang="de") == []
    assert rows("Perhaps 12 km? Really? https://example.org", lang="en") != []


def test_thread_by_thread_equals_all_at_once():
    tables = tables_of("Perhaps.", "Clearly 12 km.", "You fool!", "Who cares?", "")
    analyzer = RhetoricMarkers()
    whole = analyzer.analyze(tables)["annotations"]
    parts = Tables.concat(analyzer.analyze(part) for part in tables.by_thread())["annotations"]
    keys = ["post_id", "start", "label"]
    assert parts.sort_values(keys, ignore_index=True).equals(whole.sort_values(keys, ignore_index=True))


def test_no_posts_give_an_empty_valid_table():
    assert rows() == []
    assert rows("", " \n ") == []


def test_the_lexicons_cover_what_the_codebook_asks_of_words():
    entries = [e for lexicon in load_lexicons(names=LEXICONS).by_name.values() for e in lexicon.entries]
    for label in ("hedge", "booster", "name_calling", "loaded_language", "policing", "concession"):
        forms = [count_forms(e.pattern) for e in entries if e.label == label and e.match != "regex"]
        assert len(forms) > 15
        assert sum(forms) > 300


@pytest.mark.parametrize(
    ("piece", "small"),
    [
        ("5% 6 May 7 km ", 8_000),
        ("you liar. ", 2_500),
        ('"a b c d" ', 20_000),
        ("a-", 20_000),
        ("1,000,", 20_000),
        ("you ", 20_000),
        ("www.", 20_000),
        ("?", 20_000),
    ],
    ids=lambda given: str(given).strip(),
)
def test_hostile_text_takes_time_that_grows_with_its_length(piece, small):
    assert_linear(repeated(piece), lambda text: rows(text + " clown"), small=small)
