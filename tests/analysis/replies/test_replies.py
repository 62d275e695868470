"""Who answers whom, on what evidence, and how surely."""

import pytest

from discourse.analysis.replies.replies import Replies, fill_in
from discourse.model import Link
from discourse.tables import LINKS, Tables, frame_of, rows_of
from tests.analysis.talk import answers, linked, posts_of, say, talk

BELL = "The bell of the old school rings at six in the morning and wakes the whole street."
CLOCK = "Nobody has wound the clock on the chapel tower since the sexton moved away."


def last(*lines):
    return posts_of(linked(*lines))[-1]


# ---- a person who is named ---------------------------------------------------------------------


def test_an_answer_to_somebody_with_one_post_leads_to_it():
    found = last(say("Ada", BELL), say("Cy", "Fine weather."), say("Bo", "Buy curtains.", "Ada"))
    assert (found.reply_to, found.reply_evidence) == ("t:1", "explicit")
    assert found.reply_score >= 0.5


def test_of_several_posts_the_one_quoted_is_answered():
    posts = [say("Ada", BELL), say("Ada", CLOCK), say("Ada", "And the swings in the park are rusty.")]
    assert answers(*posts, say("Bo", f"{BELL}\nBuy curtains.", "Ada"))[-1] == 1
    assert answers(*posts, say("Bo", f"{CLOCK}\nI have the key.", "Ada"))[-1] == 2


def test_a_short_quotation_of_an_old_post_outweighs_the_post_right_above():
    lines = [
        "The pond is frozen.",
        "Who minds the ducks?",
        "Fish is dear here.",
        "My roof leaks again.",
        "Rain all week.",
    ]
    posts = [say("Ada", "The bell rings at six in the morning."), *(say("Ada", line) for line in lines)]
    assert answers(*posts, say("Bo", "The bell rings at six in the morning.\nSo it should.", "Ada"))[-1] == 1


def test_of_several_posts_the_one_on_the_same_subject_is_answered():
    posts = [say("Ada", BELL), say("Cy", "Fine weather."), say("Ada", CLOCK), say("Dov", "Is it?")]
    assert (
        answers(*posts, say("Bo", "The sexton left the chapel clock to me, so I wind the clock.", "Ada"))[-1]
        == 3
    )


def test_a_time_on_the_addressee_line_decides_between_several_posts():
    posts = [
        say("Ada", "One thing.", at="7:10"),
        say("Ada", "Another thing.", at="7:40"),
        say("Ada", "Third.", at="8:05"),
    ]
    for clock, position in (("7:10", 1), ("7:40", 2), ("8:05", 3)):
        assert answers(*posts, say("Bo", "No, it is not so.", "Ada", to_at=clock))[-1] == position


def test_a_time_that_an_earlier_answer_told_decides_too():
    posts = [say("Ada", BELL), say("Cy", f"{BELL}\nIt does.", "Ada", to_at="7:10"), say("Ada", CLOCK)]
    assert answers(*posts, say("Bo", "No, it is not so.", "Ada", to_at="7:10"))[-1] == 1


def test_a_time_that_an_answer_tells_dates_the_post_answered():
    tables = linked(say("Ada", BELL), say("Bo", f"{BELL}\nIt does.", "Ada", to_at="7:10"))
    assert tables["posts"]["timestamp"].tolist()[0] == "2026-03-02T07:10:00Z"


def test_a_post_keeps_its_own_time_whatever_an_answer_tells():
    tables = linked(say("Ada", BELL, at="7:00"), say("Bo", f"{BELL}\nIt does.", "Ada", to_at="7:10"))
    assert tables["posts"]["timestamp"].tolist()[0] == "2026-03-02T07:00:00Z"


def test_what_another_answer_of_the_same_round_takes_is_left_to_it():
    posts = [say("Ada", BELL), say("Ada", CLOCK), say("Dov", "Is it?"), say("Bo", "No, it is not.", "Ada")]

    def shares(*more):
        links = linked(*posts, *more)["links"]
        return dict(links.loc[links["post_id"] == "t:4", ["reply_to", "score"]].to_numpy().tolist())

    alone = shares()
    beside_an_answer_to_the_second = shares(say("Bo", f"{CLOCK}\nI have the key.", "Ada"))
    beside_an_answer_to_the_first = shares(say("Bo", f"{BELL}\nI have earplugs.", "Ada"))
    assert beside_an_answer_to_the_second["t:1"] > alone["t:1"] > beside_an_answer_to_the_first["t:1"]
    assert beside_an_answer_to_the_second["t:2"] < alone["t:2"] < beside_an_answer_to_the_first["t:2"]


def test_two_answers_with_two_quotations_go_to_two_posts():
    posts = [say("Ada", BELL), say("Ada", CLOCK), say("Dov", "Is it?")]
    mine = [say("Bo", f"{BELL}\nBuy earplugs.", "Ada"), say("Bo", f"{CLOCK}\nI have the key.", "Ada")]
    assert answers(*posts, *mine)[3:] == [1, 2]
    assert answers(*posts, *mine[::-1])[3:] == [2, 1]


def test_somebody_who_has_no_post_on_the_page_stays_unlinked_and_named():
    found = last(say("Ada", BELL), say("Bo", "Buy curtains.", "Zed"))
    assert (found.reply_to, found.reply_evidence, found.reply_score) == (None, "none", None)
    assert found.addressee == "Zed"


def test_an_answer_to_a_post_that_is_gone_is_doubted():
    found = last(
        say("Ada", BELL),
        say("Bo", f"{BELL}\nBuy curtains.", "Ada"),
        say("Ada", "I have curtains.", "Bo"),
        say("Bo", "Then shut them.", "Ada"),
        say("Cy", "Fine weather for the regatta."),
        say("Dov", "Which boats?", "Cy"),
        say("Bo", "Potatoes were half that price at the grocer by the weir.", "Ada"),
    )
    assert found.reply_to is None or found.reply_score < 0.5


def test_case_and_an_at_sign_do_not_hide_a_name():
    assert answers(say("Old Miller", BELL), say("Bo", "Buy curtains.", "@old miller"))[-1] == 1


def test_nobody_answers_a_later_post():
    assert answers(say("Bo", "Buy curtains.", "Ada"), say("Ada", BELL))[0] is None


# ---- nobody is named ---------------------------------------------------------------------------


def test_a_quotation_tells_whom_a_post_answers_where_nobody_is_named():
    found = last(say("Ada", BELL), say("Cy", "Fine weather."), say("Bo", f"{BELL}\nBuy curtains."))
    assert (found.reply_to, found.reply_evidence) == ("t:1", "quote")


def test_a_name_in_the_text_is_a_mention_and_speaks_for_that_persons_post():
    def link(text):
        links = linked(say("Marigold", BELL), say("Cy", "Fine weather."), say("Bo", text))["links"]
        return links[(links["post_id"] == "t:3") & (links["reply_to"] == "t:1")].iloc[0]

    called = link("@Marigold you should buy thick curtains.")
    assert called["evidence"] == "mention"
    assert called["score"] > link("So you should buy thick curtains.")["score"]


@pytest.mark.parametrize("text", [">>2\nNo, it is not.", "#2 said: no.", "@2: it is not."])
def test_the_number_of_a_post_is_a_mention_of_it(text):
    lines = [say("Ada", BELL), say("Cy", "Fine weather."), say("Dov", CLOCK), say("Bo", text)]
    assert (last(*lines).reply_to, last(*lines).reply_evidence) == ("t:2", "mention")


@pytest.mark.parametrize("number", [0, 4, 5, 123456])
def test_a_number_that_no_earlier_post_has_says_nothing(number):
    lines = [say("Ada", BELL), say("Cy", "Fine weather."), say("Dov", CLOCK), say("Bo", f">>{number}\nNo.")]
    assert last(*lines).reply_evidence != "mention"


def test_the_name_on_an_addressee_line_outweighs_a_number():
    lines = [say("Ada", BELL), say("Cy", "Fine weather."), say("Bo", ">>2\nNo, it is not.", "Ada")]
    assert (last(*lines).reply_to, last(*lines).reply_evidence) == ("t:1", "explicit")


def test_who_comes_to_a_page_and_answers_somebody_means_the_post_that_everybody_answers():
    opening = [say("Ada", BELL), say("Bo", "No.", "Ada"), say("Dov", "Buy curtains.", "Ada")]
    goes_on = say("Ada", "And the swings are rusty.", "Ada")
    assert answers(*opening, goes_on, say("Eve", "I never heard it.", "Ada"))[-1] == 1


def test_a_guess_is_called_inferred_and_is_never_sure():
    links = linked(say("Ada", BELL), say("Bo", "You could buy thicker curtains, you know."))["links"]
    assert set(links["evidence"]) == {"inferred"}
    assert (links["score"] < 1).all()


def test_own_words_quoted_name_no_target():
    found = last(say("Ada", BELL), say("Bo", "Hm."), say("Ada", f"{BELL}\nI did say so."))
    assert found.reply_evidence != "quote"


def test_of_two_posts_quoted_the_one_that_passes_the_other_on_is_answered():
    posts = [
        say("Ada", BELL),
        say("Bo", f"{BELL}\nBuy yourself a pair of thick curtains and be done with it."),
    ]
    reply = f"{BELL}\nBuy yourself a pair of thick curtains and be done with it.\nYou two again."
    assert answers(*posts, say("Cy", reply))[-1] == 2


def test_the_first_post_of_a_thread_answers_nobody():
    assert answers(say("Ada", BELL), say("Bo", "Buy curtains.", "Ada"))[0] is None


# ---- the links -----------------------------------------------------------------------------------


def test_each_candidate_stands_in_the_links_and_the_best_in_the_posts():
    tables = linked(
        say("Ada", BELL), say("Ada", CLOCK), say("Cy", "Well."), say("Bo", "No, it is not.", "Ada")
    )
    mine = tables["links"][tables["links"]["post_id"] == "t:4"]
    best = mine.loc[mine["score"].idxmax()]
    post = posts_of(tables)[3]
    assert set(mine["reply_to"]) == {"t:1", "t:2"}
    assert mine["score"].sum() <= 1.0001
    assert (post.reply_to, post.reply_score) == (best["reply_to"], best["score"])


def test_a_link_that_the_source_already_holds_is_a_fact_and_stays():
    tables = linked(
        say("Ada", BELL),
        say("Ada", CLOCK),
        say(
            "Bo", f"{CLOCK}\nI have the key.", "Ada", reply_to="t:1", reply_evidence="indent", reply_score=1.0
        ),
    )
    post = posts_of(tables)[-1]
    assert (post.reply_to, post.reply_evidence, post.reply_score) == ("t:1", "indent", 1.0)


def test_a_parent_that_was_never_fetched_is_kept_as_named():
    assert posts_of(linked(say("Ada", BELL, reply_to="gone", reply_evidence="indent")))[0].reply_to == "gone"


def test_a_post_that_answers_itself_is_cut_and_stands_in_the_faults():
    tables = linked(say("Ada", BELL, reply_to="t:1", reply_evidence="indent", reply_score=1.0))
    (post,) = posts_of(tables)
    assert (post.reply_to, post.reply_evidence, post.reply_score) == (None, "none", None)
    assert tables["faults"][["stage", "item_id"]].to_numpy().tolist() == [["replies", "t:1"]]


def test_a_circle_of_replies_is_cut_at_its_latest_post_alone():
    tables = linked(
        say("Ada", BELL, reply_to="t:3", reply_evidence="indent"),
        say("Bo", "Hm.", reply_to="t:1", reply_evidence="indent"),
        say("Cy", "Well.", reply_to="t:2", reply_evidence="indent"),
    )
    assert [post.reply_to for post in posts_of(tables)] == ["t:3", "t:1", None]
    assert tables["faults"]["item_id"].tolist() == ["t:3"]


def test_posts_that_close_no_circle_leave_no_fault():
    assert linked(say("Ada", BELL), say("Bo", "Hm.", "Ada"))["faults"].empty


@pytest.mark.parametrize(
    ("score", "evidence", "filled"),
    [
        (0.2, "inferred", None),
        (0.6, "inferred", None),  # not twice as likely as that nobody here is answered
        (0.7, "inferred", "t:1"),
        (0.4, "mention", "t:1"),
        (0.1, "explicit", "t:1"),
    ],
)
def test_a_faint_guess_is_not_filled_in_but_a_named_answer_is(score, evidence, filled):
    link = Link(post_id="t:2", reply_to="t:1", annotator="replies@1", evidence=evidence, score=score)
    tables = fill_in(talk(say("Ada", BELL), say("Bo", "Hm.")).replace(links=frame_of(LINKS, [link])))
    assert posts_of(tables)[1].reply_to == filled


def test_filling_in_leaves_the_given_tables_alone():
    tables = talk(say("Ada", BELL), say("Bo", "Hm.", "Ada"))
    links = Replies().analyze(tables)["links"]
    fill_in(tables.replace(links=links))
    assert tables["posts"]["reply_to"].isna().all()


def test_a_post_without_candidates_has_no_link():
    assert list(rows_of(Link, Replies().analyze(talk(say("Ada", BELL)))["links"])) == []
    assert Replies().analyze(Tables())["links"].empty
