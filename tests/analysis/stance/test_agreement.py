"""Agreement: what a reply says to the post that it answers."""

from types import SimpleNamespace
from typing import ClassVar

import numpy as np
import pytest

from discourse.analysis.base import read_threads
from discourse.analysis.loops.claims import Claims
from discourse.analysis.stance.agreement import LEAST_SHARE, Agreement, Stands, judge
from discourse.analysis.stance.read_replies import Guess, ReadThread, guesses
from discourse.learn.reply_labels import LABELS
from discourse.learn.second_opinion import MAKER, SecondOpinion
from discourse.tables import Tables
from tests.analysis.mini import FEE, Line, thread_of


def labels(tables: Tables) -> dict[str, str]:
    rows = Agreement().analyze(tables).check("agreement")["annotations"]
    return dict(zip(rows["post_id"], rows["label"], strict=True))


def answer(text: str, *, to: str = "The ferry is late because the crew drinks.") -> str:
    return labels(thread_of([("ada", None, to), ("bo", 1, text)]))["t:2"]


@pytest.mark.parametrize(
    "text",
    [
        "Nope. It was the tide.",
        "Wrong, the crew was sober.",
        "No, you have no idea what you are talking about.",
        "Rubbish. You clearly never sailed with them.",
        "Granted, but the ferry was never on time and it is not the crew.",
    ],
)
def test_cues_of_disagreement(text: str):
    assert answer(text) == "disagree"


@pytest.mark.parametrize(
    "text",
    [
        "Exactly. They always do.",
        "I agree, they do.",
        "Indeed. The captain is the worst of them.",
        "I stand corrected.",
        "Well said!",
    ],
)
def test_cues_of_agreement(text: str):
    assert answer(text) == "agree"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("I do not agree with that at all.", "not agree with that"),
        ("I can't agree with this.", "can't agree with this"),
        ("I don't agree with you about the road.", "don't agree with you"),
        ("I don't think he is right.", "he is right"),
        ("I used to agree with that.", "used to agree with that"),
    ],
)
def test_agreement_denied_or_of_the_past_is_disagreement(text: str, quote: str):
    rows = Agreement().analyze(thread_of([("ada", None, "The crew drinks."), ("bo", 1, text)]))["annotations"]
    assert rows[["label", "quote"]].to_numpy().tolist() == [["disagree", quote]]


def test_what_is_not_right_is_disputed():
    assert answer("That is not right.") == "disagree"


@pytest.mark.parametrize(
    "text", ["No doubt he is right.", "I agree with you, not with him.", "I couldn't agree more."]
)
def test_a_negation_that_denies_no_agreement_leaves_it(text: str):
    assert answer(text) == "agree"


def test_a_word_that_only_joins_does_not_decide():
    tables = thread_of([("ada", None, "It was fun."), ("bo", 1, "And thank you for the cake, I love it!")])
    (row,) = Agreement().analyze(tables)["annotations"].itertuples()
    assert row.label == "agree"
    assert row.quote == "And thank you for the cake, I love it!"


def test_a_reply_about_which_the_model_is_undecided_gets_no_row():
    tables = thread_of([("ada", None, "The crew drinks."), ("bo", 1, "It was dark that night!")])
    (view,) = read_threads(tables)
    (reply,) = ReadThread(view).replies
    assert judge(reply, Guess([0.36, 0.3, 0.34]), Stands(view, {})) is None
    assert judge(reply, Guess([0.3, 0.3, LEAST_SHARE]), Stands(view, {})) is not None


def test_a_mere_question_takes_no_position():
    assert answer("When does it sail?") == "neither"


def test_who_answers_an_own_post_goes_on():
    tables = thread_of([("ada", None, "The ferry is late."), ("ada", 1, "It also leaks at the stern.")])
    assert labels(tables) == {"t:2": "agree"}


def test_giving_way_with_a_but_is_not_giving_way():
    assert answer("You're right about the tide. It rained.") == "agree"
    rows = Agreement().analyze(
        thread_of([("ada", None, "It is late."), ("bo", 1, "You're right, but you forget that it isn't.")])
    )["annotations"]
    assert rows["label"].tolist() != ["agree"] or rows["score"].iloc[0] < 0.75


def test_quoted_words_are_no_cues():
    lines: list[Line] = [
        ("ada", None, "Exactly what I said."),
        ("bo", 1, "> Exactly what I said.\nWrong, you never said it."),
    ]
    assert labels(thread_of(lines)) == {"t:2": "disagree"}


def test_a_post_of_quotations_alone_says_nothing():
    assert labels(thread_of([("ada", None, "It is late."), ("bo", 1, "> It is late.")])) == {}


def test_a_post_that_answers_nobody_on_the_page_says_nothing():
    assert labels(thread_of([("ada", None, "Nope."), ("bo", 9, "Nope.")])) == {}


def test_two_sides_of_a_disputed_claim_disagree_and_one_side_agrees():
    tables = thread_of([*FEE, ("Eli", 7, "I paid it too. The fee is 55 euros.")])
    made = Claims().analyze(tables)
    tables = tables.replace(claims=made["claims"], annotations=made["annotations"])
    told = labels(tables)
    assert [told[f"t:{place}"] for place in (2, 3, 5, 6, 7)] == ["disagree"] * 5
    assert told["t:9"] == "agree"


def test_the_span_is_the_deciding_cue_or_all_own_words():
    lines: list[Line] = [
        ("ada", None, "It is late."),
        ("bo", 1, "> It is late.\nNope, it is early."),
        ("ada", 1, "And it leaks."),
    ]
    rows = Agreement().analyze(thread_of(lines))["annotations"]
    assert rows["quote"].tolist() == ["Nope", "And it leaks."]
    assert rows["target"].tolist() == ["t:1", "t:1"]


def test_who_quarrels_elsewhere_in_the_thread_is_more_likely_to_disagree():
    opener = ("ada", None, "The ferry is late because the crew drinks.")
    undecided: Line = ("bo", 1, "The harbour was dark that night.")
    told = []
    for answer in ("No, you never sailed. That is simply false.", "I agree, well said. Exactly so."):
        (view,) = read_threads(thread_of([opener, undecided, ("ada", 2, answer), ("bo", 3, answer)]))
        told.append(guesses([ReadThread(view)])[0][0].shares)
    amid, calm = told
    assert amid[1] > calm[1]
    assert amid[0] < calm[0]


def test_an_undecided_model_leaves_it_to_an_opening_of_disagreement():
    tables = thread_of([("ada", None, "The crew drinks."), ("bo", 1, "Wrong, the crew was sober.")])
    (view,) = read_threads(tables)
    (reply,) = ReadThread(view).replies
    judged = judge(reply, Guess([0.36, 0.3, 0.34]), Stands(view, {}))
    assert judged is not None
    assert judged[:2] == ("disagree", 0.3)
    assert judge(reply, Guess([0.45, 0.3, 0.25]), Stands(view, {}))[0] == "agree"


def test_a_row_by_the_model_names_what_tells():
    tables = thread_of(
        [("ada", None, "The crew drinks."), ("bo", 1, "Why would you think that they drink, and why now?")]
    )
    (row,) = Agreement().analyze(tables)["annotations"].itertuples()
    assert row.label == "disagree"
    assert row.entry


def test_thread_by_thread_equals_all_at_once():
    one = thread_of([("ada", None, "It is late."), ("bo", 1, "Nope.")], name="a")
    two = thread_of([("ada", None, "It is late."), ("bo", 1, "Exactly.")], name="b")
    both = Tables.concat([one, two])
    parts = Tables.concat(Agreement().analyze(part) for part in both.by_thread())
    whole = Agreement().analyze(both)["annotations"]
    assert whole.equals(parts["annotations"])
    assert whole["label"].tolist() == ["disagree", "agree"]


@pytest.mark.parametrize(
    "words",
    [
        "No, that's wrong.",
        "Nonsense, Bo.",
        "You're wrong about the ferry, Bo.",
        "I disagree. It was never late.",
    ],
)
def test_no_thread_turns_what_opens_with_plain_disagreement(words):
    friendly = [
        ("ada" if place % 2 else "bo", place, "Exactly, I agree, the ferry is lovely.")
        for place in range(1, 12)
    ]
    lines = [("ada", None, "The ferry is lovely."), *friendly, ("ada", 11, words)]
    tables = thread_of(lines)
    rows = Agreement().analyze(tables)["annotations"]
    assert dict(zip(rows["post_id"], rows["label"], strict=True))["t:13"] == "disagree"


class Contrary:
    """A reader to which every reply disagrees, most of all one that speaks of the sea."""

    questions: ClassVar = {"reply": SimpleNamespace(head=SimpleNamespace(labels=LABELS))}

    def shares(self, question, pairs):
        assert question == "reply"
        sure = [0.9996 if "sea" in text else 0.9 for text, _ in pairs]
        return np.array([[(1 - share) / 2, share, (1 - share) / 2] for share in sure]).reshape(-1, 3)


def test_rows_in_which_the_reader_has_a_part_name_it():
    text = "The crew told me the same on Sunday, when the sea was calm."
    tables = thread_of([("ada", None, "The ferry is late because the crew drinks."), ("bo", 1, text)])
    rows = Agreement(SecondOpinion(Contrary())).analyze(tables)["annotations"]
    assert rows["label"].tolist() == ["disagree"]
    assert rows["also"].tolist() == [MAKER]
    assert rows["entry"].iloc[0].startswith("models: ")
    alone = Agreement().analyze(tables)["annotations"]
    assert alone["also"].isna().all()


def test_a_row_of_the_reader_lies_on_the_sentence_without_which_it_is_least_sure():
    text = "The crew told me so on Sunday. They had been to sea\u2014 the sea was calm. So it goes, they say."
    tables = thread_of([("ada", None, "The ferry is late because the crew drinks."), ("bo", 1, text)])
    (row,) = Agreement(SecondOpinion(Contrary())).analyze(tables)["annotations"].itertuples()
    assert row.quote.startswith("They had been to sea")
    assert text[row.start : row.end] == row.quote
    assert row.quote.endswith("calm.")


def test_what_a_rule_decides_is_not_the_reader_s():
    tables = thread_of([("ada", None, "The ferry is late."), ("bo", 1, "I stand corrected.")])
    rows = Agreement(SecondOpinion(Contrary())).analyze(tables)["annotations"]
    assert (rows["label"].tolist(), rows["also"].isna().all()) == (["agree"], True)
