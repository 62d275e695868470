"""Context: what the article says about a loop, and who is said to have said it."""

import pytest

from discourse.analysis.loops.context import speaker
from tests.analysis.mini import FEE, ROOF, analysed, thread_of

ARTICLE = (
    "The ferry was late on Tuesday. The Harbour Board said the season fee rose to 55 euros in March. "
    "Residents complained about gulls. The mayor was not available for comment."
)


def test_a_sentence_with_a_disputed_value_bears_on_the_loop():
    tables = thread_of(FEE, article=ARTICLE)
    context = analysed(tables)["context"]
    assert context["loop_id"].tolist() == ["t:l1"]
    row = context.iloc[0]
    assert row["quote"] == "The Harbour Board said the season fee rose to 55 euros in March."
    assert ARTICLE[row["start"] : row["end"]] == row["quote"]
    assert (row["value"], row["attributed_to"], row["source_id"]) == ("€55", "Harbour Board", "t")


def test_a_day_bears_on_a_length_and_the_next_sentence_goes_on():
    article = (
        "The scaffold brought the corner three weeks of dust. The builders said it stood until 24 May. "
        "Bread prices rose by 3 euros."
    )
    context = analysed(thread_of(ROOF, article=article))["context"]
    assert context["value"].tolist() == ["3 weeks", "24 May"]
    assert "Bread" not in " ".join(context["quote"])


def test_an_article_on_something_else_says_nothing():
    article = "The swimming pool opens at 7 a.m. on weekdays. Tickets cost 6 euros, the lifeguards said."
    assert analysed(thread_of(ROOF, article=article))["context"].empty


def test_without_loops_there_is_no_context():
    assert analysed(thread_of(FEE[:3], article=ARTICLE))["context"].empty


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The Board said it ended on 1 May.", "Board"),
        ("Councillor Ines Harrow told reporters that it was ten days.", "Councillor Ines Harrow"),
        ("It ended in May, according to Ines Harrow.", "Ines Harrow"),
        ("It ended in May.", None),
    ],
)
def test_a_speaker_is_whoever_is_named_beside_the_saying(text, who):
    assert speaker(text) == who
