"""The part of a report on two camps: who is placed, how surely, and what it does not say."""

import re

import pytest
from made_thread import HOSTILE_NAME, LONG_NAME, RTL_NAME, made_rows, made_tables
from markupsafe import escape

from discourse.report import render_report
from discourse.report.stance.camps import FIRST_SEATS, MOST_SEATS
from discourse.summary import summarise
from discourse.tables import CAMPS, CONTRACT, Tables, frame_of

RUN = {"run_id": "abc", "error_rates": {"camps": "8 of 10 in threads of a made-up forum"}}


def part_of(html):
    """Return the first part on camps: its source, and its words."""
    assert '<div class="two-camps">' in html
    source = html[html.index('<div class="two-camps">') :]
    source = source[: source.index("</section>")]
    return source, re.sub(r"\s+", " ", re.sub(r"<svg.*?</svg>|<[^>]*>", " ", source, flags=re.S))


def rendered(rows, run=RUN):
    return render_report(Tables({name: frame_of(CONTRACT[name], found) for name, found in rows.items()}), run)


@pytest.fixture(scope="module")
def html():
    return render_report(made_tables(), RUN)


def test_it_says_how_many_are_placed_how_and_how_often_that_is_right(html):
    _, words = part_of(html)
    assert "6 of 7 authors placed" in words
    assert "Who disputes with whom, and not who is right" in words
    assert "How often it is right: 8 of 10 in threads of a made-up forum" in words


def test_nobody_measured_says_so():
    _, words = part_of(render_report(made_tables(), {}))
    assert "How often it is wrong is not yet measured" in words


def test_members_stand_in_the_order_of_first_posts_whatever_their_scores(html):
    source, words = part_of(html)
    seats = source[source.index('class="seats"') : source.index('class="in-words"')]
    names = re.findall(r'<li(?: class=doubtful)?><bdi class="name(?: long)?">([^<]*)', seats)
    assert names == [
        "Marta",
        "Tiago 🏊🏽‍♀️",
        RTL_NAME.replace("\u202e", "\ufffd"),
        "old_swimmer",
        str(escape(HOSTILE_NAME)),
        LONG_NAME,
    ]
    assert "Marta 0.93, 9 replies" in words


def test_members_below_the_bar_are_called_doubtful(html):
    source, words = part_of(html)
    assert source.count("class=doubtful") == 2
    assert "doubtful, 0.64, 4 replies" in words
    assert "doubtful, 0.65" not in words


def test_each_camp_shows_where_its_members_stand(html):
    _, words = part_of(html)
    assert re.search(r"on The mayor : 2 against", words)
    assert re.search(r"on The mayor : 1 for, 1 mixed", words)


def test_replies_between_camps_come_from_the_summary():
    tables = made_tables()
    summary = tables["summary"].copy()
    summary.loc[summary["metric"] == "camp_replies.1.2.disagree", "value"] = 4321
    source, _ = part_of(render_report(tables.replace(summary=summary), RUN))
    assert ">4,321<" in source


def test_hostile_names_stay_text_and_the_figure_is_described(html):
    source, _ = part_of(html)
    assert HOSTILE_NAME not in source
    assert "<img" not in source
    assert 'role="img" aria-labelledby="camps-1-title"' in source


def test_a_thread_without_camps_says_why():
    rows = made_rows()
    rows["camps"] = []
    source, words = part_of(rendered(rows))
    assert "0 of 7 authors placed" in words
    assert "Too few replies between different authors" in words
    assert "<svg" not in source


def test_tables_in_which_nobody_looked_for_camps_say_nothing_of_them():
    rows = made_rows()
    del rows["camps"]
    assert '<div class="two-camps">' not in rendered(rows)


def test_what_camps_are_is_explained_once_and_each_thread_has_its_own():
    rows = made_rows()
    rows["posts"] += [post | {"post_id": f"u{post['post_id']}", "thread_id": "u"} for post in rows["posts"]]
    rows["camps"] += [row | {"thread_id": "u"} for row in rows["camps"]]
    html = rendered(rows)
    assert html.count("Who disputes with whom, and not who is right") == 1
    assert html.count("6 of 7 authors placed") == 2
    assert "camps-2-title" in html


def with_guests(count):
    """Return rows with so many more members of camp 2, who answer nobody."""
    rows = made_rows()
    post = rows["posts"][0]
    rows["posts"] += [
        post | {"post_id": f"x{n}", "position": 100 + n, "author": f"Guest {n}"} for n in range(count)
    ]
    rows["camps"] += [rows["camps"][0] | {"author": f"Guest {n}"} for n in range(count)]
    return rows


def test_more_members_than_a_figure_holds_are_left_to_the_lists():
    source, words = part_of(rendered(with_guests(50)))
    assert "the pairs with most replies; 52 more authors placed" in words
    assert source.count("Guest ") == 50
    assert f"{53 - FIRST_SEATS} more" in words


def test_a_camp_of_thousands_is_counted_and_not_listed():
    source, words = part_of(rendered(with_guests(1000)))
    assert "Camp 2 1,003 authors, 1 doubtful" in words
    assert f"{1003 - MOST_SEATS:,} more authors in tables/camps.csv" in words
    assert source.count("Guest ") < MOST_SEATS


def test_how_the_sides_were_found_is_told_in_steps(html):
    source, words = part_of(html)
    steps = source[source.index("How the sides were found") :].partition("</ol>")[0]
    assert steps.count("<li>") == 5
    assert "those that were only guessed do not" in words


def test_each_line_stands_in_words_with_its_posts(html):
    source, words = part_of(html)
    assert "Marta and old_swimmer mostly disagree 6 5 0 #2 #3 #5 #6 #8 and 1 more" in words
    assert 'href="#p8"' in source


def test_whoever_has_no_name_has_no_camp():
    rows = with_guests(2)
    for row in (rows["posts"][-1], rows["camps"][-1]):
        row["author"] = ""
    _, words = part_of(rendered(rows))
    assert "7 of 8 authors placed" in words


def test_tables_from_disk_without_a_summary_give_the_same_part(html):
    tables = made_tables()
    bare = Tables({name: tables[name] for name in tables.names() if name != "summary"})
    assert part_of(render_report(bare.replace(**summarise(bare).frames), RUN)) == part_of(html)


def test_a_made_table_keeps_the_contract():
    assert list(CAMPS.faults(made_tables()["camps"])) == []
