"""How sure a report is: what to check first, most doubtful first, and what is known of errors."""

import re
from typing import Any

import pandas as pd
import pytest
from made_thread import made_rows, made_tables, post_id

from discourse.report import render_report
from discourse.report.basis.book import DOUBTFUL_SPLIT, Book
from discourse.report.basis.pieces import Pieces
from discourse.report.basis.titles import SOURCES_SHOWN
from discourse.report.quality.doubt_groups import SHOWN, Group
from discourse.report.quality.doubts import doubts
from discourse.report.quality.errors_known import errors_known, weakest
from discourse.report.quality.quality import quality
from discourse.summary import summarise
from discourse.tables import CONTRACT, Tables, frame_of

RATES = {
    "layer.posts": "9 of 10 posts begin where they should; more is not known",
    "layer.links": "1 of 10 guesses is right",
    "camps": "80 % of 90 authors were placed rightly",
    "loops": "of 50 exchanges 34 were loops",
    "hedge": "1 in 9, on 40 coded posts",
}


def words(pieces: Pieces) -> str:
    return "".join(piece.text for piece in pieces)


def tables_of(**changed: list[dict[str, Any]]) -> Tables:
    rows = made_rows() | changed
    tables = Tables({name: frame_of(CONTRACT[name], found) for name, found in rows.items()})
    return tables.replace(**summarise(tables).frames)


def groups(tables: Tables) -> dict[str, Group]:
    return {group.title: group for group in doubts(Book.of(tables))}


def lines(group: Group) -> list[str]:
    return [words(item) for item in group.items]


def posts(**columns: list[object]) -> list[dict[str, Any]]:
    rows = [dict(row) for row in made_rows()["posts"]]
    for name, values in columns.items():
        for row, value in zip(rows, values, strict=False):
            row[name] = value
    return rows


def clean() -> Tables:
    """Return a thread in which nothing is doubtful."""
    kept = [row | {"author": "Marta", "addressee": None} for row in made_rows()["posts"][:3]]
    return Tables({"posts": frame_of(CONTRACT["posts"], kept)})


def test_kinds_of_doubt_stand_in_their_order_and_those_without_one_are_left_out():
    found = groups(made_tables())
    assert list(found) == [
        "Comments missing or too many",
        "Whom a comment answers",
        "Answers to what is not here",
        "Unsure disputes",
        "What went wrong on the way",
    ]
    assert lines(found["Comments missing or too many"]) == [
        "pool <page>.txt: 14 found, the page itself states 15"
    ]


def test_the_least_sure_beginning_of_a_comment_comes_first_and_sure_ones_do_not_come():
    scores = [0.99, 0.3, DOUBTFUL_SPLIT, 0.71, *[0.97] * 10]
    found = groups(tables_of(posts=posts(split_score=scores)))["Where a comment begins"]
    assert found.count == "2 comments"
    assert lines(found) == [
        "#2 old_swimmer: begins here with a score of 0.30, line 20 of the page",
        "#4 Tiago 🏊🏽‍♀️: begins here with a score of 0.71, line 40 of the page",
    ]
    assert found.items[0][0].href == "#p2"


def test_a_page_cut_with_one_low_score_is_one_doubt_and_not_one_for_each_post():
    found = groups(tables_of(posts=posts(split_score=[0.6] * 14)))["Where a comment begins"]
    assert lines(found) == ["pool <page>.txt: the whole page was cut with a score of 0.60, 14 comments"]


def test_comments_of_saved_pages_have_a_measure_of_their_own():
    rows = posts(split_score=[0.8, 0.74, *[0.95] * 12], start_line=[None] * 14)
    found = groups(tables_of(posts=rows))["Where a comment begins"]
    assert lines(found) == ["#2 old_swimmer: begins here with a score of 0.74"]


def test_splits_that_nobody_scored_are_no_doubt():
    assert "Where a comment begins" not in groups(made_tables())


def test_guessed_links_come_with_their_reason_score_and_other_candidates_the_least_sure_first():
    found = groups(made_tables())["Whom a comment answers"]
    said = lines(found)
    assert re.match(
        r"#7 .* → #4 Tiago.*: guessed from what was said, score 0\.42; else #6 \(0\.40\)$", said[0]
    )
    assert said[1].startswith("#9 ")
    assert said[1].endswith("#1 Marta: guessed from what was said, score 0.61")
    assert len(said) == 2


def test_an_answer_to_a_comment_that_is_gone_is_no_guess_but_has_a_place_of_its_own():
    said = lines(groups(made_tables())["Answers to what is not here"])
    assert said == ["#12 Quiet reader: answers SomebodyGone, by whom no fitting comment is here"]


def test_a_link_that_the_page_states_but_that_scores_low_is_doubtful_too():
    rows = posts()
    rows[2] |= {"reply_score": 0.2}
    said = lines(groups(tables_of(posts=rows))["Whom a comment answers"])
    assert said[0].startswith("#3 Marta → #2 old_swimmer: named on the page, but unsure, score 0.20")


def test_of_many_doubts_the_first_are_shown_and_the_others_counted():
    row = made_rows()["posts"][1]
    many = [made_rows()["posts"][0]] + [
        row | {"post_id": f"m{n}", "position": n, "reply_evidence": "inferred", "reply_score": n / 100}
        for n in range(2, 42)
    ]
    found = groups(Tables({"posts": frame_of(CONTRACT["posts"], many)}))["Whom a comment answers"]
    assert found.count == "40 comments"
    assert len(found.items) == SHOWN
    assert found.more.startswith("and 25 more, in tables/posts.csv")
    assert lines(found)[0].startswith("#2 ")


def test_unsure_disputes_lead_to_themselves():
    (item,) = groups(made_tables())["Unsure disputes"].items
    assert (item[0].text, item[0].href) == ("Dispute 2", "#d2")
    assert words(item).endswith("score 0.41")


@pytest.mark.parametrize("name", ["", "[deleted]"])
def test_comments_whose_author_is_gone_are_listed_by_their_posts(name):
    found = groups(tables_of(posts=posts(author=[name, "Marta", name])))["Authors without a name"]
    assert (found.count, lines(found)) == ("2 comments", ["#1 and #3"])


def test_comments_in_languages_that_nobody_read_are_listed_by_language():
    found = groups(tables_of(posts=posts(lang=["de", "de", None, "gsw"])))["Languages that were not read"]
    assert lines(found) == ["German: #1 and #2", "gsw: #4"]


def test_a_fault_on_a_post_leads_to_it():
    (item,) = groups(made_tables())["What went wrong on the way"].items
    assert "#p12" in [piece.href for piece in item]
    assert words(item).startswith("ingest, #12: its parent is gone")


def test_a_thread_without_doubts_says_so_and_promises_nothing():
    assert doubts(Book.of(clean())) == []
    said = render_report(clean(), {})
    assert "Nothing stands out" in said
    assert "no proof that all labels are right" in said
    assert "Nothing went wrong on the way." in said


def test_what_was_measured_stands_with_its_kind_and_what_was_not_says_so():
    known = {k.name: k for k in errors_known(Book.of(made_tables()), RATES).layers}
    assert known["Comments told apart"].first == "9 of 10 posts begin where they should"
    assert known["Comments told apart"].rest == "more is not known"
    assert known["Two camps"].first == "80 % of 90 authors were placed rightly"
    assert known["Disputes in circles"].first == "of 50 exchanges 34 were loops"
    assert known["Quotations"].first == ""
    assert known["Quotations"].here == "3 quotations"
    assert known["Who answers whom"].here == "12 links, 3 guessed"
    html = render_report(made_tables(), {"error_rates": RATES})
    row = html[html.index('<th scope="row">Quotations</th>') :]
    assert "Not measured." in row[: row.index("</tr>")]


def test_nothing_is_said_of_errors_where_the_record_says_nothing():
    assert {k.first for k in errors_known(Book.of(made_tables()), {}).layers} == {""}


def test_the_weakest_kind_is_the_one_right_least_often_of_those_that_are_here():
    assert weakest(Book.of(made_tables()), RATES) == "1 of 10 guesses is right"
    assert weakest(Book.of(clean()), RATES) == "9 of 10 posts begin where they should"
    assert weakest(Book.of(made_tables()), {"layer.posts": "most are right"}) == ""


def test_what_was_audited_for_dialects_is_said_and_that_nothing_was():
    book = Book.of(made_tables())
    assert errors_known(book, RATES).audit.startswith("Not audited for dialects: no label was")
    audited = RATES | {"audit.name_calling": "on 400 comments"}
    assert errors_known(book, audited).audit == (
        "Audited for dialects: name calling. All other labels were not."
    )


def test_of_many_sources_the_first_are_listed_and_the_others_counted():
    source, post = made_rows()["sources"][0], made_rows()["posts"][0]
    count = SOURCES_SHOWN + 981
    tables = tables_of(
        sources=[source | {"source_id": f"s{n}", "uri": f"page-{n}.txt"} for n in range(count)],
        posts=[
            post | {"post_id": f"s{n}:1", "source_id": f"s{n}", "thread_id": f"s{n}"} for n in range(count)
        ],
        **{name: [] for name in made_rows() if name not in ("sources", "posts")},
    )
    shown = quality(Book.of(tables), RATES)
    assert (len(shown.sources.shown), shown.sources.more) == (SOURCES_SHOWN, 981)
    assert groups(tables)["Comments missing or too many"].more == "and 986 more, in tables/sources.csv"


def test_doubts_are_the_same_whatever_the_order_of_links():
    tables = made_tables()
    turned = tables["links"].iloc[::-1].reset_index(drop=True)
    assert doubts(Book.of(tables.replace(links=turned))) == doubts(Book.of(tables))


def test_doubts_of_a_long_thread_stay_bounded():
    row = made_rows()["posts"][0]
    many = pd.DataFrame([row | {"post_id": f"m{n}", "position": n, "author": ""} for n in range(1, 3001)])
    tables = Tables({"posts": frame_of(CONTRACT["posts"], many.to_dict("records"))})
    (line,) = lines(groups(tables)["Authors without a name"])
    assert line.endswith("and 2,960 more, in tables/posts.csv")
    assert post_id(1) not in line
