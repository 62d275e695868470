"""The head of a report: what is argued about, who stands where, what goes in circles, how sure it all is."""

import pandas as pd
import pytest
from made_thread import HOSTILE_NAME, SCRIPT, made_rows, made_tables

from discourse.report import render_report
from discourse.report.basis.book import Book
from discourse.report.basis.pieces import Pieces
from discourse.report.basis.titles import heading, title_of
from discourse.report.frame.masthead import Masthead, masthead
from discourse.summary import summarise
from discourse.tables import CONTRACT, Tables, frame_of

RATES = {
    "layer.posts": "9 of 10 posts begin where they should; more is not known",
    "layer.loops": "2 of 7 disputes are found; the rest is missed",
    "layer.reply": "about half of the answers are right",
}


def head(tables: Tables, rates: dict[str, str] | None = None) -> Masthead:
    return masthead(Book.of(tables), RATES if rates is None else rates)


def words(pieces: Pieces) -> str:
    return "".join(piece.text for piece in pieces)


def answers(made: Masthead) -> dict[str, str]:
    return {a.question: " ".join(words(p) for p in (a.pieces, *a.items)) for a in made.answers}


def lede(made: Masthead) -> str:
    return " ".join(words(sentence) for sentence in made.lede)


def with_articles(**changes: object) -> Tables:
    rows = made_rows()
    rows["articles"] = [rows["articles"][0] | changes]
    return Tables({name: frame_of(CONTRACT[name], found) for name, found in rows.items()})


def bare(**rows: list[dict[str, object]]) -> Tables:
    tables = Tables({name: frame_of(CONTRACT[name], found) for name, found in rows.items()})
    return tables.replace(**summarise(tables).frames)


def test_the_lede_says_how_many_wrote_on_what_against_whom_and_in_which_circles():
    said = lede(head(made_tables()))
    assert said.startswith("14 comments by 7 authors, 12 of them in answer to another.")
    assert f"Authors take sides above all on The mayor, {HOSTILE_NAME} and Town hall." in said
    assert "Of 8 answers that could be read, 6 disagree with the comment they answer and 2 agree." in said
    assert "1 argument goes round in circles: open; 1 more may." in said
    assert "Together they take 12 comments (86\u00a0% of all)." in said


def test_one_dispute_alone_is_not_counted_twice():
    rows = made_rows()
    rows["loops"] = [rows["loops"][1]]
    rows["turns"] = [row for row in rows["turns"] if row["loop_id"] == rows["loops"][0]["loop_id"]]
    said = lede(head(bare(**rows)))
    assert "No argument surely goes round in circles; 1 quarrel may. This takes 3 comments (21\u00a0%" in said


def test_each_question_that_a_report_answers_is_answered_in_its_order_and_leads_to_its_section():
    made = head(made_tables())
    assert [(a.question, a.href) for a in made.answers] == [
        ("What is argued about", "#stance"),
        ("Who stands where", "#stance"),
        ("Where it goes in circles", "#disputes"),
        ("By what means", "#markers"),
        ("How sure this is", "#quality"),
    ]


def test_disputes_are_named_with_state_and_doubt_and_lead_to_their_place():
    circles = head(made_tables()).answers[2]
    first, second = circles.items
    assert first[0].href == "#d1"
    assert words(first) == "Was the pool closed for two months or for three weeks? – open, 10 turns"
    assert second[0].href == "#d2"
    assert words(second).endswith("left for another topic, 3 turns, unsure")
    assert second[0].is_data


def test_of_many_disputes_the_surer_ones_are_named_and_the_others_counted():
    loops = made_tables()["loops"]
    scores = (0.41, 0.9, 0.2, 0.8, 0.7)
    many = pd.concat(
        [loops.iloc[:1].assign(loop_id=f"x#{n}", question=f"Q{n}?", score=s) for n, s in enumerate(scores)],
        ignore_index=True,
    )
    tables = made_tables().replace(loops=many)
    circles = head(tables.replace(**summarise(tables).frames)).answers[2]
    assert words(circles.pieces) == "3 of 5 disputes, the surer ones first:"
    assert [item[0].text for item in circles.items] == ["Q1?", "Q3?", "Q4?"]
    assert [item[0].href for item in circles.items] == ["#d2", "#d4", "#d5"]


def test_camps_are_told_by_their_sizes_and_who_stands_in_none_is_not_forgotten():
    said = answers(head(made_tables()))["Who stands where"]
    assert "6 of 7 authors could be placed in one of two camps: 3 in camp 1 and 3 in camp 2" in said


def test_without_camps_loops_stances_and_markers_it_says_that_none_were_seen():
    made = head(bare(posts=made_rows()["posts"]))
    said = answers(made)
    assert said["What is argued about"] == "Nobody and nothing could be told that the comments argue about."
    assert said["Who stands where"].startswith("No two camps could be told from the replies.")
    assert said["Where it goes in circles"] == "Nowhere that could be seen."
    assert said["By what means"] == "No rhetoric marker was found."
    assert "No argument was found to go round in circles." in lede(made)


def test_targets_on_which_nobody_takes_a_side_are_named_by_mentions():
    rows = made_rows()
    made = head(bare(posts=rows["posts"], targets=rows["targets"]))
    assert "Named most often: The mayor (7 mentions)" in answers(made)["What is argued about"]
    assert "above all" not in lede(made)


def test_no_post_at_all_is_said_and_nothing_else():
    made = head(bare(posts=[]))
    assert lede(made) == "No comments were found here."
    assert (made.keys, made.answers) == ([], [])


def test_several_threads_are_counted_and_camps_of_different_threads_not_added_up():
    tables = made_tables()
    doubled = {
        name: pd.concat([tables[name], _moved(tables[name])], ignore_index=True)
        for name in ("posts", "camps", "targets", "stances")
    }
    two = tables.replace(**doubled)
    made = head(two.replace(**summarise(two).frames))
    assert "in 2 threads" in lede(made)
    assert (
        "12 of 14 authors could be placed in one of two camps of their thread, thread by thread;"
        in answers(made)["Who stands where"]
    )


def _moved(table: pd.DataFrame) -> pd.DataFrame:
    moved = table.assign(thread_id="other")
    for column in ("post_id", "reply_to"):
        if column in moved:
            moved[column] = "x" + moved[column]
    return moved


def test_a_count_that_the_page_does_not_share_is_a_warning():
    key = head(made_tables()).keys[0]
    assert (key.figure, key.note, key.warns) == ("14", "≠ 15 on the page", True)


def test_guesses_and_unsure_disputes_stand_in_the_first_row():
    keys = {key.words: (key.figure, key.note) for key in head(made_tables()).keys}
    assert keys["links are guesses"] == ("3 of 12", "")
    assert keys["dispute in circles"] == ("1", "and 1 unsure")


def test_the_largest_error_that_was_measured_of_what_is_here_is_named():
    said = answers(head(made_tables()))["How sure this is"]
    assert "2 of 7 disputes are found." in said
    assert "9 of 10" not in said
    assert "Nothing was audited for dialects." in said


def test_errors_of_what_is_not_here_are_not_the_largest():
    said = answers(head(bare(posts=made_rows()["posts"])))["How sure this is"]
    assert "9 of 10 posts begin where they should." in said
    assert "disputes" not in said


def test_without_a_record_of_errors_none_is_made_up():
    said = answers(head(made_tables(), {}))["How sure this is"]
    assert "Measured" not in said


def test_an_article_with_a_title_names_the_report():
    assert title_of(Book.of(with_articles())) == "Pool to open again & stay <open>"


@pytest.mark.parametrize("text", [" date 2026-07-14 The town pool opens", "2026-07-14\nThe town pool opens"])
def test_an_article_without_a_title_lends_its_first_words_without_the_date(text):
    long = f"{text} again this week{' after long repairs' * 9}."
    found = heading(Book.of(with_articles(title=None, text=long)))
    assert found.text.startswith("“The town pool opens again")
    assert found.text.endswith("…”")
    assert len(found.text) < 130
    assert (found.kind, found.date) == ("opening", "2026-07-14")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "News",
        "▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒▒ ▒▒▒▒▒▒▒▒ ▒▒▒▒▒▒▒ ▒▒▒▒▒▒ ▒▒▒",
        "By A. Writer\nThe pool opens again this week.",
    ],
)
def test_a_first_line_of_few_words_or_of_none_is_no_title(text):
    assert heading(Book.of(with_articles(title=None, text=text))).kind == "file"


def test_a_page_without_an_article_is_called_by_its_file():
    rows = made_rows() | {"articles": []}
    tables = Tables({name: frame_of(CONTRACT[name], found) for name, found in rows.items()})
    assert heading(Book.of(tables)).text == "pool <page>.txt"


def test_hostile_names_and_questions_stay_text_and_stand_apart():
    html = render_report(made_tables(), {"error_rates": RATES})
    top = html[html.index('<header class="masthead">') : html.index("<main")]
    assert "<script" not in top
    assert "<img" not in top
    assert "<bdi>Should the mayor go? &lt;script&gt;" in top
    assert HOSTILE_NAME not in top
    assert SCRIPT not in top


def test_comments_that_nobody_could_read_are_not_said_to_lack_anything():
    posts = made_tables()["posts"].assign(lang="de").astype({"lang": "str"})
    tables = bare(**(made_rows() | {"annotations": [], "targets": [], "stances": [], "camps": []}))
    tables = tables.replace(posts=posts)
    found = head(tables.replace(**summarise(tables).frames))
    assert "14 comments are in German, where nothing is known of agreement" in lede(found)
    assert answers(found)["By what means"].startswith("Not looked at")
    assert answers(found)["What is argued about"].startswith("Not looked at")


def test_the_days_of_a_few_comments_are_not_those_of_all():
    posts = made_tables()["posts"].copy()
    stamps = pd.Series([pd.NA] * len(posts), dtype="str")
    stamps[:3] = "2026-07-14T08:00:00Z"
    assert head(made_tables().replace(posts=posts.assign(timestamp=stamps))).times == ()
    stamps[:] = "2026-07-14T08:00:00Z"
    assert head(made_tables().replace(posts=posts.assign(timestamp=stamps))).times == ("2026-07-14",)
