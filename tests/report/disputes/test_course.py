"""What the report says of a dispute's course and of a thread's turning points."""

import re

from discourse.report import render_report
from discourse.report.basis.book import Book
from discourse.report.disputes.course import MOST_SHOWN, course, overview
from discourse.summary import summarise
from discourse.tables import EVENTS, Tables, frame_of
from tests.report.made_thread import HOSTILE_NAME, LONG_NAME, SCRIPT, made_tables, post_id

THREAD, LOOP = "f00dcafe0001", "f00dcafe0001#1"


def event(position: int, kind: str, author: str | None = None, **more: object) -> dict[str, object]:
    row = {"thread_id": THREAD, "post_id": post_id(position), "kind": kind, "loop_id": LOOP, "author": author}
    return {**row, "number": position, "annotator": "shape@1", "score": 0.8, **more}


def book(*events: dict[str, object]) -> Book:
    tables = made_tables().replace(events=frame_of(EVENTS, list(events)))
    return Book.of(tables.replace(**summarise(tables).frames))


def page(*events: dict[str, object]) -> str:
    return render_report(book(*events).tables, {"run_id": "abc"})


def _course(*events: dict[str, object]):
    made = book(*events)
    return course(made, made.loops[0])


def test_a_dispute_says_where_it_started_and_what_share_it_took():
    told = _course()
    assert told.first is not None
    assert told.last is not None
    assert (told.first.number, told.last.number) == ("1", "14")
    assert any("71 % of the thread's posts" in fact for fact in told.facts)
    assert "longest pause 2 posts" in told.facts
    assert "new words in their first third" in told.novelty
    assert told.parts == []


def test_who_was_drawn_in_left_and_granted_stands_with_the_post_and_the_words():
    told = _course(
        event(4, "drawn_in", "Tiago 🏊🏽‍♀️", detail="a"),
        event(13, "grants", "Marta", detail="conceded", quote="in writing"),
        event(14, "leaves", "Marta", detail="says so", quote="you know it", score=0.4),
    )
    assert [name for name, _ in told.parts] == ["Drawn in", "Left", "Granted"]
    (drawn,), (left,), (granted,) = (steps for _, steps in told.parts)
    assert (drawn.author, drawn.letter, drawn.ref.number, drawn.score) == ("Tiago 🏊🏽‍♀️", "a", "4", "")
    assert (left.quote, left.unsure, left.score) == ("you know it", True, "0.40")
    assert (granted.what, granted.quote) == ("concedes", "in writing")


def test_who_did_not_come_back_is_said_with_the_rule_and_without_a_quotation():
    gone = event(14, "leaves", "Marta", detail="speaks no more", quote="you know it", score=0.5)
    ((_, (left,)),) = _course(gone).parts
    assert (left.what, left.quote) == ("was answered, and did not come back", "")
    rule = "two turns of that side followed without a word from him"
    assert rule in page(gone)
    assert rule not in page(gone | {"detail": "says so"})


def test_new_words_are_those_that_the_author_had_not_used_in_the_thread():
    html = page()
    told = "Share of words that the author had not yet used in this thread, turn by turn"
    assert html.count(told) >= 2  # the caption, and the chart's own title
    assert "used in this dispute" not in html


def test_the_page_links_each_step_to_its_post():
    html = page(event(13, "grants", "Marta", detail="conceded", quote="in writing"))
    assert re.search(
        r'<bdi>concedes</bdi> <q dir="auto">in writing</q> <a class="ref" href="#p13">#13</a>', html
    )


def test_a_thread_has_its_share_and_its_turning_points():
    made = book(event(1, "starts", "Marta"), event(9, "matter", loop_id=None, detail="mayor, pump"))
    told = overview(made, THREAD, made.threads[THREAD])
    assert told.share.startswith("12 of 14 posts (86 %) are turns of a dispute.")
    assert [step.what for step in told.steps] == ["starts dispute 1", "The matter changes: mayor, pump"]
    assert (told.folded, told.has_matter) == (False, True)


def test_one_post_that_counts_in_two_disputes_is_one_turning_point():
    made = book(
        event(6, "grants", "Marta", detail="concession"),
        event(6, "grants", "Marta", detail="concession", loop_id="f00dcafe0001#2"),
    )
    (step,) = overview(made, THREAD, made.threads[THREAD]).steps
    assert step.what == "concedes a point in disputes 1 and 2"


def test_a_long_list_of_turning_points_is_folded():
    events = [event(at, "resumes", "Marta", detail="after 12 posts") for at in range(1, MOST_SHOWN + 2)]
    assert '<details class="turning">' in page(*events)
    assert '<details class="turning" open>' in page(*events[:3])


def test_hostile_and_long_words_stay_words():
    html = page(
        event(7, "drawn_in", HOSTILE_NAME, detail="b"),
        event(10, "leaves", LONG_NAME, detail="says so", quote=SCRIPT * 99),
        event(9, "matter", loop_id=None, detail=SCRIPT),
    )
    assert SCRIPT not in html
    assert "<img src=x" not in html


def test_tables_without_events_still_make_a_report():
    tables = Tables({name: frame for name, frame in made_tables().frames.items() if name != "events"})
    assert "Where the thread turns" not in render_report(tables, {"run_id": "abc"})


def test_a_dispute_whose_first_post_is_gone_is_no_fault():
    tables = made_tables()
    gone = tables.replace(loops=tables["loops"].assign(first_post="gone").astype({"first_post": "str"}))
    assert "Started at a post that is not here" in render_report(gone, {"run_id": "abc"})
