"""Quotations as rows: what they say, whose words they are, from whom they were taken."""

from discourse.analysis.quotes import Quotes
from discourse.model import Annotation
from discourse.tables import ARTICLES, Tables, frame_of, rows_of
from tests.analysis.talk import say, talk

BELL = "The bell of the old school rings at six in the morning and wakes the whole street."
ANSWER = f"{BELL}\nBuy curtains."


def rows(tables):
    return list(rows_of(Annotation, Quotes().analyze(tables).check("quotes")["annotations"]))


def test_a_quotation_names_the_post_that_said_it_first():
    (row,) = rows(talk(say("Ada", BELL), say("Bo", ANSWER, "Ada")))
    assert (row.post_id, row.layer, row.label, row.target, row.detail) == (
        "t:2",
        "quote",
        "quote",
        "t:1",
        None,
    )
    assert row.quote == BELL == ANSWER[row.start : row.end]
    assert row.annotator == f"quotes@{Quotes.version}"


def test_a_quotation_taken_from_a_post_that_passed_it_on_says_so():
    passed = rows(talk(say("Ada", BELL), say("Bo", ANSWER, "Ada"), say("Cy", f"{BELL}\nBuy earplugs.", "Bo")))
    assert [(row.post_id, row.target, row.detail) for row in passed] == [
        ("t:2", "t:1", None),
        ("t:3", "t:1", "t:2"),
    ]


def test_a_line_that_names_the_quoted_is_an_attribution():
    found = rows(talk(say("Ada", BELL), say("Bo", f"Ada wrote:\n{ANSWER}")))
    assert [(row.label, row.quote, row.target) for row in found] == [
        ("attribution", "Ada wrote:", "t:1"),
        ("quote", BELL, "t:1"),
    ]


def test_words_of_the_article_are_external():
    tables = talk(say("Ada", ANSWER))
    article = {"source_id": "t", "start_line": 1, "end_line": 2, "text": f"News. {BELL} More news."}
    (row,) = rows(tables.replace(articles=frame_of(ARTICLES, [article])))
    assert (row.target, row.quote.rstrip(".")) == ("external", BELL.rstrip("."))


def test_words_are_looked_for_in_the_own_thread_alone():
    both = Tables.concat([talk(say("Ada", BELL), name="one"), talk(say("Bo", ANSWER), name="two")])
    assert rows(both) == []


def test_posts_that_quote_nothing_have_no_rows():
    assert rows(talk(say("Ada", BELL), say("Bo", "Buy curtains.", "Ada"))) == []
    assert rows(Tables()) == []
