"""The thread at a glance: true to the tables, reachable by keyboard, bounded, and the same each time."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import msgspec
import pytest

from discourse.report.basis.book import Book
from discourse.report.basis.rendering import environment
from discourse.report.glance.activity import MOST_BINS, bin_edges
from discourse.report.glance.bins import BINS
from discourse.report.glance.conversations import MOST as MOST_TALKS
from discourse.report.glance.glance import MOST_THREADS, Glance, glance
from discourse.report.glance.lineup import MOST_ROWS
from discourse.report.glance.strip import MOST
from discourse.summary import summarise
from discourse.tables import CONTRACT, POSTS, Tables, frame_of
from tests.report.made_thread import HOSTILE_NAME, RTL_NAME, SCRIPT, made_tables

PAGE = "{% import 'macros.html.j2' as m %}{% include 'glance.html.j2' %}"
START = datetime(2026, 5, 4, 8, tzinfo=UTC)


def html_of(drawn: Glance) -> str:
    return environment().from_string(PAGE).render(glance=drawn)


def post(number: int, answers: int | None = None, thread: str = "t", **more: Any) -> dict[str, Any]:
    row = {
        "post_id": f"{thread}:{number}",
        "thread_id": thread,
        "source_id": "s",
        "position": number,
        "author": f"Author {number % 7}",
        "reply_to": None if answers is None else f"{thread}:{answers}",
        "reply_evidence": "none" if answers is None else "explicit",
        "reply_score": None if answers is None else 1.0,
        "text": f"What post {number} says.",
    }
    return {**row, **more}


def said(number: int, answers: int, label: str, thread: str = "t") -> dict[str, Any]:
    words = f"What post {number} says."
    row = {"post_id": f"{thread}:{number}", "start": 0, "end": len(words), "quote": words, "layer": "reply"}
    return {**row, "label": label, "target": f"{thread}:{answers}", "annotator": "a@1", "score": 0.9}


def loop(name: str, numbers: list[int]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    row = {
        "loop_id": name,
        "annotator": "l@1",
        "question": f"Is {name} so?",
        "claim_a": "c1",
        "claim_b": "c2",
    }
    row |= {"kind": "other", "state": "open", "score": 0.9}
    row |= {"first_post": f"t:{numbers[0]}", "last_post": f"t:{numbers[-1]}"}
    turns = [
        {
            "loop_id": name,
            "post_id": f"t:{number}",
            "annotator": "l@1",
            "turn": turn,
            "author": f"Author {number % 7}",
            "side": "ab"[turn % 2],
            "role": "restatement" if turn > 2 else "assertion",
            "is_empty": turn > 4,
            "has_evidence": False,
            "novelty": 0.5,
            "start": 0,
            "end": 4,
        }
        for turn, number in enumerate(numbers, start=1)
    ]
    empty = sum(turn["is_empty"] for turn in turns)
    counts = {"turns": len(turns), "restatements": max(0, len(turns) - 2), "empty_restatements": empty}
    return row | counts, turns


def book(posts: list[dict[str, Any]], **rows: list[dict[str, Any]]) -> Book:
    tables = Tables(
        {"posts": frame_of(POSTS, posts), **{n: frame_of(CONTRACT[n], r) for n, r in rows.items()}}
    )
    return Book.of(tables.replace(**summarise(tables).frames))


def chain(count: int, **more: Any) -> list[dict[str, Any]]:
    return [post(number, number - 1 if number > 1 else None, **more) for number in range(1, count + 1)]


def only(drawn: Glance):
    (thread,) = drawn.threads
    return thread


@pytest.fixture(scope="module")
def made() -> Book:
    return Book.of(made_tables())


def test_every_post_of_a_small_thread_is_a_link_with_a_name(made):
    html = html_of(glance(made))
    dots = re.search(r'<ol class="dots.*?</ol>', html, re.DOTALL).group()
    links = re.findall(r'class="(\w+)" href="#(p\d+)" title="([^"]+)"', dots)
    assert [anchor for _, anchor, _ in links] == [f"p{number}" for number in range(1, 15)]
    assert ("disagree", "p2", "#2 old_swimmer, camp 2: disagrees with #1") in links
    assert any(title.endswith("agrees with #3") for sign, _, title in links if sign == "agree")


def test_what_only_a_pointer_reaches_stands_as_a_list_for_the_keyboard(made):
    html = html_of(glance(made))
    listed = re.search(r'<details class="each-post">.*?</details>', html, re.DOTALL).group()
    assert '<a href="#p2"><bdi>#2 old_swimmer, camp 2: disagrees with #1</bdi></a>' in listed
    assert listed.count("<li>") == 14
    assert "tabindex" not in listed


def test_marks_stand_in_the_lane_of_their_camp_and_are_counted_as_in_the_summary(made):
    strip = only(glance(made)).strip
    assert strip.lanes == ["one", "free", "two"]
    signs = Counter(mark.sign for mark in strip.marks)
    unit = ("thread", "f00dcafe0001")
    assert signs["disagree"] == made.count("replies.disagree", unit)
    assert signs["agree"] == made.count("replies.agree", unit)
    assert signs["neither"] == made.count("replies.neither", unit)
    assert signs["none"] == made.count("roots", unit)
    by_author = {mark.ref.author: mark.lane for mark in strip.marks}
    assert (by_author["Marta"], by_author["old_swimmer"], by_author["Quiet reader"]) == ("one", "two", "free")


def test_a_guess_is_said_and_drawn_apart(made):
    strip = only(glance(made)).strip
    words = {mark.ref.number: mark.words for mark in strip.marks}
    assert words["7"].endswith("answers #4 (a guess)")
    assert "(a guess)" not in words["6"]
    assert {arc.guess for arc in strip.arcs} == {True, False}
    assert (
        sum(arc.path.count("M") for arc in strip.arcs) == 11
    )  # of 12 answers one leads to a post that is gone
    assert words["12"].endswith("a post that is not here (a guess)")


def test_each_dispute_is_a_row_whose_turns_lead_to_it(made):
    html = html_of(glance(made))
    assert '<a href="#d1">Dispute 1</a>' in html
    assert len(re.findall(r'href="#d1-t\d+"', html)) == 10
    first = only(glance(made)).strip.rows[0]
    assert (first.first.number, first.last.number, first.count) == ("1", "14", "10 turns")
    assert [turn.kind for turn in first.turns][:6] == [
        "assertion",
        "assertion",
        "restatement",
        "assertion",
        "restatement",
        "empty",
    ]


def test_a_long_question_is_shortened_and_hostile_words_stay_words(made):
    html = html_of(glance(made))
    assert SCRIPT not in html
    assert "<img" not in html
    assert (
        RTL_NAME[0] not in html[: html.index("Who answers whom")]
    )  # no override turns what stands beside it
    assert HOSTILE_NAME[:20] in unescape(html)
    assert all(len(unescape(title)) < 200 for title in re.findall(r'title="([^"]*)"', html))


def test_words_beside_the_strip_say_what_the_summary_counts(made):
    facts = dict(only(glance(made)).facts)
    assert facts["Posts"].startswith("14 posts by 7 authors. Of 12 answers, 6 disagree")
    assert "2 agree and 0 take no side; of 4 it cannot be told. 2 posts answer nobody." in facts["Posts"]
    assert facts["Camps"].startswith("6 of 7 authors are placed in a camp (camp 1: 3 authors with ")
    assert facts["Disputes"].startswith("12 posts (86 %) are turns of 2 disputes: dispute 1 from #1 to #14")


def test_without_posts_there_is_nothing_to_draw():
    drawn = glance(book([]))
    assert drawn.threads == []
    assert "There is no post to show." in html_of(drawn)


def test_one_post_alone_is_drawn_and_answers_nobody():
    drawn = glance(book([post(1)]))
    assert only(drawn).strip.arcs == []
    assert only(drawn).talks.words == ["No post answers another, as far as the page or its words tell."]
    assert only(drawn).talks.shown == []
    assert "1 post by 1 author. 1 post answers nobody." in html_of(drawn)


def test_a_thread_without_links_has_marks_and_no_conversation():
    thread = only(glance(book([post(number) for number in range(1, 31)])))
    assert len(thread.strip.marks) == 30
    assert thread.strip.lanes == ["one"]
    assert (thread.talks.shown, thread.talks.rest) == ([], "30 more conversations with 30 posts")


def test_links_in_a_circle_and_to_oneself_are_drawn_once_cut():
    thread = only(glance(book([post(1, 3), post(2, 1), post(3, 2), post(4, 4)])))
    assert [talk.facts[0] for talk in thread.talks.shown] == ["3 posts"]


def test_a_chain_deeper_than_python_recurses_is_folded_into_one_line():
    thread = only(glance(book(chain(3_000))))
    (talk,) = thread.talks.shown
    assert "2,999 answers deep" in talk.facts
    (line,) = talk.lines
    assert (line.first.number, line.last.number) == ("1", "3000")
    assert line.words.startswith("3,000 posts by 7 authors")


def test_conversations_stand_the_largest_first_and_the_rest_is_summed_up():
    posts, number = [], 0
    for size in range(1, 21):
        head = number = number + 1
        posts.append(post(head))
        for _ in range(size - 1):
            number += 1
            posts.append(post(number, head))
    talks = only(glance(book(posts))).talks
    assert [talk.facts[0] for talk in talks.shown] == [
        f"{size} posts" for size in range(20, 20 - MOST_TALKS, -1)
    ]
    assert talks.rest == "8 more conversations with 36 posts"


def test_a_conversation_says_its_share_of_disagreement_and_what_it_opens_with():
    posts = [post(1, text="As you said\nNo, it is not."), post(2, 1), post(3, 2), post(4, 2), post(5, 2)]
    quoted = {"post_id": "t:1", "start": 0, "end": 11, "layer": "quote", "label": "quote", "annotator": "q@1"}
    rows = [quoted | {"score": 1.0, "quote": "As you said"}, said(2, 1, "disagree"), said(3, 2, "agree")]
    (talk,) = only(glance(book(posts, annotations=rows))).talks.shown
    assert talk.opening == "No, it is not."
    assert talk.facts[-1] == "1 of 4 answers disagree, 1 agree"
    assert talk.lines[0].words.endswith("beside it 2 more branches with 2 posts")


def test_answers_to_the_post_that_a_forum_discusses_are_conversations_of_their_own():
    posts = [post(1), *(post(number, 1) for number in range(2, 10)), post(10, 9), post(11, 10)]
    talks = only(glance(book(posts))).talks
    assert talks.shown[0].head.number == "9"
    assert "10 posts stand below #1, so each direct answer to it counts as a conversation" in talks.words[1]


def test_a_long_thread_is_binned_and_its_disputes_are_bands():
    row, turns = loop("L1", [10, 20, 30, 40, 50, 400])
    posts = chain(MOST + 400)
    thread = only(glance(book(posts, loops=[row], turns=turns, annotations=[said(2, 1, "disagree")])))
    assert thread.strip is None
    assert thread.binned.bins == BINS
    (band,) = thread.binned.rows
    assert (band.first.number, band.last.number, band.turns) == ("10", "400", 6)
    assert (band.bars.above + band.bars.below).count("M") == 4  # turns that bring something
    assert (band.bars.above_hollow + band.bars.below_hollow).count("M") == 2
    assert thread.binned.replies.bars.below.count("M") == 1
    assert thread.binned.camps is None


def test_every_turn_stands_in_the_bin_of_its_post():
    count = MOST + 57
    row, turns = loop("L1", list(range(1, count + 1)))
    band = only(glance(book(chain(count), loops=[row], turns=turns))).binned.rows[0]
    drawn = {
        re.split(r"[. ]", at)[0]
        for path in msgspec.structs.asdict(band.bars).values()
        for at in re.findall(r"M(\d+\.\d+)", path)
    }
    assert drawn == {str(number) for number in range(BINS)}


@pytest.mark.parametrize("count", [MOST, MOST + 1])
def test_more_disputes_than_fit_are_counted(count):
    loops = [loop(f"L{number}", [number, number + 1, number + 2]) for number in range(1, MOST_ROWS + 4)]
    made = book(chain(count), loops=[row for row, _ in loops], turns=[turn for _, t in loops for turn in t])
    thread = only(glance(made))
    assert len((thread.strip or thread.binned).rows) == MOST_ROWS
    assert "3 more disputes stand below." in html_of(glance(made))


def test_tenths_say_in_figures_what_the_strip_shows():
    rows = [said(number, number - 1, "disagree") for number in range(11, 21)]
    thread = only(glance(book(chain(20), annotations=rows)))
    assert thread.heads[:2] == ["agree", "disagree"]
    assert [part.cells[1] for part in thread.tenths] == ["0"] * 5 + ["100"] * 5
    assert (thread.tenths[5].first.number, thread.tenths[5].last.number) == ("11", "12")


def test_without_times_it_says_so():
    drawn = glance(book(chain(5)))
    assert only(drawn).activity is None
    assert "The page gives no time of any post." in html_of(drawn)


def timed(count: int, step: timedelta, known: int | None = None) -> list[dict[str, Any]]:
    known = count if known is None else known
    return [
        row | ({"timestamp": START + at * step} if at < known else {}) for at, row in enumerate(chain(count))
    ]


def test_times_are_drawn_with_their_span_and_busiest_bin_in_words():
    row, turns = loop("L1", [3, 4, 5])
    drawn = glance(book(timed(40, timedelta(hours=12)), loops=[row], turns=turns))
    when = only(drawn).activity
    assert when.words[0] == "The time of all 40 posts is known."
    assert when.words[1].startswith("Written from 4 May 2026, 08:00 UTC, to 23 May 2026, 20:00 UTC (19 days)")
    assert when.words[2] == "Most per half day: 1 post (2 %), from 4 May 2026, 00:00 UTC on."
    assert sum(int(posts) for _, posts, _ in when.rows) == 40
    assert sum(int(inside) for _, _, inside in when.rows) == 3
    assert "activity-1-title" in html_of(drawn)


def test_few_times_are_said_and_not_drawn():
    when = only(glance(book(timed(60, timedelta(minutes=5), known=3)))).activity
    assert when.chart == ""
    assert when.words[0] == "The time of 3 of 60 posts (5 %) is known."
    assert when.words[-1] == "Too few to draw."


def test_stragglers_are_left_out_of_the_picture_and_said():
    posts = timed(200, timedelta(minutes=1))
    posts[-1]["timestamp"] = START.replace(year=2031)
    when = only(glance(book(posts))).activity
    assert any("1 after are left out of it" in words for words in when.words)
    assert sum(int(count) for _, count, _ in when.rows) == 199


@pytest.mark.parametrize(
    ("last", "name"),
    [
        (START + timedelta(minutes=40), "minute"),
        (START + timedelta(hours=30), "hour"),
        (START + timedelta(days=40), "day"),
        (START + timedelta(days=1_000), "month"),
        (datetime(9999, 12, 31, 23, 59, tzinfo=UTC), "century"),
    ],
)
def test_bins_fit_the_span_and_hold_both_ends(last, name):
    for first in (START, START.replace(year=9999), datetime(1, 1, 1, tzinfo=UTC)):
        if first <= last:
            edges, found = bin_edges(first, last)
            assert edges[0] <= first
            assert last <= edges[-1]
            assert len(edges) <= MOST_BINS + 1 or found == "century"
            assert found == name or first != START


def test_several_threads_are_drawn_each_and_of_many_the_largest():
    sizes = [3, 9, 4, 8, 5, 7, 6, 2]
    posts = [
        post(n, n - 1 if n > 1 else None, f"t{at}")
        for at, size in enumerate(sizes)
        for n in range(1, size + 1)
    ]
    drawn = glance(book(posts))
    assert [thread.number for thread in drawn.threads] == [2, 3, 4, 5, 6, 7]
    assert len(drawn.threads) == MOST_THREADS
    assert "2 more threads with 5 posts" in drawn.left_out
    html = html_of(drawn)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert 'href="#p2-9"' in html


def test_an_author_without_a_name_is_told_as_such():
    (mark,) = only(glance(book([post(1, author="")]))).strip.marks
    assert mark.words == "#1 no name"


def test_ten_thousand_posts_give_a_bounded_page_that_is_the_same_again():
    posts = [
        post(n, None if n % 20 == 1 else n - 1 - n % 3 if n > 4 else 1, author=f"<b>&\u202e{n // 2}" * 9)
        for n in range(1, 10_001)
    ]
    rows = [said(n, n - 1 - n % 3, "disagree") for n in range(22, 10_001) if n % 20 != 1]
    made = book(posts, annotations=rows)
    html = html_of(glance(made))
    assert len(html.encode()) < 400_000
    assert html == html_of(glance(made))
    assert "\u202e" not in re.sub(r"<bdi.*?</bdi>", "", html)
