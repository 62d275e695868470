"""The few lines in a terminal say what the summary table says."""

from discourse.summary import headlines, in_brief
from discourse.summary.headlines import MOST_LOOPS, WIDTH, columns, shortened
from discourse.tables import LOOPS, SUMMARY, Tables, frame_of


def told(figures, loops=()):
    rows = [
        {"unit_kind": "run", "unit_id": "all", "metric": name, "value": value}
        for name, value in figures.items()
    ]
    return Tables({"summary": frame_of(SUMMARY, rows), "loops": frame_of(LOOPS, loops)})


def lines(figures, loops=()):
    return dict(headlines(told(figures, loops)))


def loop(number, question="3 days or 5?", **more):
    values = {"loop_id": f"l{number}", "annotator": "l", "question": question, "claim_a": "a", "claim_b": "b"}
    values |= {"kind": "quantity", "state": "open", "turns": 4, "restatements": 1, "empty_restatements": 0}
    return {**values, "first_post": "p1", "last_post": "p4", "score": 0.5, **more}


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
    assert lines({}, [loop(1, state="topic_shift")])["loops"] == "1: 3 days or 5? (4 turns, topic shift)"


def test_each_loop_has_a_line_the_sure_and_long_ones_first_and_the_rest_is_counted():
    loops = [loop(1, "Short?"), loop(2, "Unsure?", score=0.3, turns=99), loop(3, "Long?", turns=20)]
    found = headlines(told({}, [*loops, *(loop(n, turns=2) for n in range(4, 9))]))
    names, words = zip(*found[6:], strict=True)
    assert names == ("loops", *[""] * MOST_LOOPS)
    assert words[0] == "8: Long? (20 turns, open)"
    assert words[1] == "   Short? (4 turns, open)"
    assert not any("Unsure" in line for line in words)
    assert words[-1] == "   and 3 more, in the report"


def test_a_loop_that_may_be_none_is_called_unsure():
    assert lines({}, [loop(1, score=0.3)])["loops"] == "1: 3 days or 5? (4 turns, open, unsure)"


def test_the_summary_of_one_source_fits_a_screen_however_much_there_is():
    figures = {"posts_found": 10**6, "posts_stated": 10**6, "faults": 10**5, "links": 10**6}
    figures |= {f"links.{kind}": 10**5 for kind in ("explicit", "quote", "mention", "indent", "inferred")}
    figures |= {f"replies.{label}": 10**5 for label in ("agree", "disagree", "neither")}
    figures |= {f"stances.{label}": 10**5 for label in ("favor", "against", "mixed")}
    figures |= {
        "correctors": 10**4,
        "corrections": 10**6,
        "corrections.reject": 10**6,
        "corrections.confirm": 10**6,
    }
    figures |= {"markers": 10**6, **{f"markers.a_marker_of_long_name_{n}": 10**5 for n in range(30)}}
    asked = ("why? " * 60, "橋は" * 90, "w" * 400)
    found = headlines(told(figures, [loop(n, asked[n % 3], state="third_party") for n in range(40)]))
    assert len(found) <= 20
    assert [words for _, words in found if columns(words) > WIDTH] == []


def test_one_of_several_sources_takes_two_lines():
    figures = {"posts_found": 9, "authors": 4, "links": 5, "links_guessed": 2}
    assert in_brief(told(figures, [loop(1), loop(2)])) == [
        ("posts", "9 found; 4 authors, 5 links (2 guesses)"),
        ("loops", "2: 3 days or 5? (4 turns, open)"),
    ]


def test_a_shortened_text_is_no_wider_than_asked_and_says_that_it_was_cut():
    assert shortened("as it is", 8) == "as it is"
    assert shortened("two  blanks\nand a line", 40) == "two blanks and a line"
    for text in ("one two three four five six", "x" * 50, "日本語の長い文章です" * 3, "é" * 30):
        for width in range(4, 30):
            found = shortened(text, width)
            assert columns(found) <= width
            assert found == text or found.endswith("…")


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


def test_corrections_go_on_in_a_second_line_and_are_never_cut():
    kinds = ("reject", "change", "add", "relink", "join", "split", "turn", "confirm")
    figures = {"correctors": 2, "corrections": 12, **{f"corrections.{kind}": 12 for kind in kinds}}
    found = headlines(told(figures))
    place = [name for name, _ in found].index("corrections")
    names, words = zip(*found[place:], strict=True)
    assert names[0] == "corrections"
    assert set(names[1:]) == {""}
    assert all(columns(line) <= WIDTH for line in words)
    assert " ".join(" ".join(words).split()) == (
        "12 by 2 people: 12 labels rejected, 12 labels changed, 12 labels added, 12 reply links moved, "
        "12 posts joined, 12 posts split, 12 turns marked, 12 labels confirmed"
    )


def test_a_few_corrections_take_one_line():
    figures = {"correctors": 1, "corrections": 1, "corrections.reject": 1}
    assert lines(figures)["corrections"] == "1 by 1 person: 1 label rejected"
