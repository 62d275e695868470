"""The few lines in a terminal say what the summary table says."""

from discourse.summary import headlines
from discourse.tables import LOOPS, SUMMARY, Tables, frame_of


def lines(figures, loops=()):
    rows = [
        {"unit_kind": "run", "unit_id": "all", "metric": name, "value": value}
        for name, value in figures.items()
    ]
    return dict(headlines(Tables({"summary": frame_of(SUMMARY, rows), "loops": frame_of(LOOPS, loops)})))


def loop(number, question="3 days or 5?"):
    values = {"loop_id": f"l{number}", "annotator": "l", "question": question, "claim_a": "a", "claim_b": "b"}
    values |= {"kind": "quantity", "state": "open", "turns": 4, "restatements": 1, "empty_restatements": 0}
    return {**values, "first_post": "p1", "last_post": "p4", "score": 0.5}


def test_posts_found_stand_beside_posts_stated():
    assert lines({"posts_found": 54, "posts_stated": 60})["posts"] == "54 found, 60 stated"


def test_a_page_that_states_no_number_says_so():
    assert lines({"posts_found": 54, "posts_stated": None})["posts"] == "54 found, the page states no number"
    assert lines({"posts_found": 54})["posts"] == "54 found, the page states no number"


def test_links_are_told_by_evidence_and_what_there_is_none_of_is_left_out():
    found = lines({"links": 12, "links.explicit": 10, "links.inferred": 2, "links.quote": 0})
    assert found["reply links"] == "12: 10 explicit, 2 inferred"


def test_the_most_frequent_markers_are_named_and_the_rest_counted():
    figures = {"markers": 21, **{f"markers.m{n}": n for n in range(1, 7)}}
    assert lines(figures)["markers"] == "21: 6 m6, 5 m5, 4 m4, 3 m3 and 2 other kinds"


def test_loops_are_named_with_their_turns_and_how_they_ended():
    assert lines({}, [loop(1)])["loops"] == "1: 3 days or 5? (4 turns, open)"
    assert lines({}, [loop(n) for n in range(5)])["loops"].startswith("5: ")
    assert lines({}, [loop(n) for n in range(5)])["loops"].endswith(" …")


def test_large_numbers_are_grouped():
    assert lines({"authors": 12345})["authors"] == "12,345"


def test_faults_are_told_where_there_are_any():
    assert "faults" not in lines({"faults": 0})
    assert lines({"faults": 2})["faults"] == "2, see tables/faults.csv"


def test_without_anything_every_line_still_stands():
    assert lines({}) == {
        "posts": "0 found, the page states no number",
        "authors": "0",
        "reply links": "none",
        "answers": "none",
        "stances": "none",
        "markers": "none",
        "loops": "none",
    }
