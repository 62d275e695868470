"""Turning points: where loops start, rest, draw people in, lose them, end, and where the matter changes."""

import pytest

from discourse.analysis.base import PostView, read_threads
from discourse.analysis.loops.shape import Shape
from discourse.analysis.loops.shape_endings import ending_words
from discourse.model import Annotation, Post
from discourse.tables import ANNOTATIONS, EVENTS, Tables, frame_of, rows_of
from tests.analysis.mini import FEE, GHOST, ROOF, Line, analysed, thread_of
from tests.analysis.timed import timed
from tests.growth import assert_linear, repeated

CHAT: list[Line] = [("Cleo", None, "The heron stood on the quay again this morning.")] * 11


def events(tables: Tables, *kinds: str) -> list[tuple[int, str, str | None, str | None]]:
    """Return position, kind, author and detail of each event, of all kinds or of some."""
    found = Shape().analyze(tables).check("shape")["events"]
    positions = dict(zip(tables["posts"]["post_id"], tables["posts"]["position"], strict=True))
    rows = found.astype(object).where(found.notna(), None).to_dict("records")
    return [
        (positions[row["post_id"]], row["kind"], row["author"], row["detail"])
        for row in rows
        if not kinds or row["kind"] in kinds
    ]


def of(lines: list[Line], *kinds: str) -> list[tuple[int, str, str | None, str | None]]:
    return events(analysed(thread_of(lines)), *kinds)


def conceding(tables: Tables, position: int, words: str) -> Tables:
    post = next(p for p in rows_of(Post, tables["posts"]) if p.position == position)
    start = post.text.index(words)
    row = Annotation(
        post_id=post.post_id,
        start=start,
        end=start + len(words),
        layer="rhetoric",
        label="concession",
        annotator="made@1",
        quote=words,
        score=0.7,
    )
    return tables.replace(
        annotations=frame_of(ANNOTATIONS, [*rows_of(Annotation, tables["annotations"]), row])
    )


def test_a_loop_starts_with_its_first_turn_and_ends_with_its_last():
    assert of(FEE, "starts", "ends") == [(1, "starts", "Ada", None), (7, "ends", "Bo", "open")]


def test_each_event_names_its_loop_and_quotes_the_words_at_its_offsets():
    tables = analysed(thread_of(ROOF))
    texts = dict(zip(tables["posts"]["post_id"], tables["posts"]["text"], strict=True))
    found = Shape().analyze(tables)["events"]
    assert set(found["loop_id"]) == {"t:l1"}
    assert [texts[e.post_id][e.start : e.end] for e in found.itertuples()] == found["quote"].tolist()


def test_who_joins_after_three_turns_of_the_first_two_is_drawn_in():
    assert of(ROOF, "drawn_in") == [(5, "drawn_in", "Pia", "a")]


def test_who_joins_before_that_is_of_the_loop_from_the_start():
    assert of([GHOST[0], GHOST[1], ("Kit", 1, "There isn't a curfew."), *GHOST[2:]], "drawn_in") == []


def test_a_loop_that_goes_on_after_ten_other_posts_is_resumed():
    assert of([*FEE[:5], *CHAT, *FEE[5:7]], "resumes") == [(17, "resumes", "Ada", "after 11 posts")]


def test_a_loop_that_just_goes_on_is_not_resumed():
    assert of(FEE, "resumes") == []


def test_a_day_without_a_turn_is_a_pause_where_the_thread_is_otherwise_quick():
    tables = analysed(thread_of(FEE))
    assert events(timed(tables, [0, 1, 2, 3, 4, 54, 55, 56]), "resumes") == [
        (6, "resumes", "Ada", "after 2 days")
    ]
    assert events(timed(tables, [0, 30, 60, 90, 120, 150, 180, 210]), "resumes") == []


def test_a_pause_is_told_from_the_order_of_times_and_not_of_the_page():
    tables = analysed(thread_of(FEE))
    assert events(timed(tables, [0, 48, 1, 3, 47, 2, 46, 3]), "resumes") == [
        (7, "resumes", "Bo", "after 1 day")
    ]
    slow = [300, 0, 330, 30, 360, 60, 390, 90]  # 30 hours between two posts, but once
    assert events(timed(tables, slow), "resumes") == []


def test_an_event_is_told_by_its_number_in_the_thread():
    found = Shape().analyze(analysed(thread_of([*FEE, ("Ada", 7, "I stand corrected.")])))["events"]
    assert found["number"].tolist() == list(range(1, len(found) + 1))
    assert not any(column.nullable for column in EVENTS.columns if column.name in EVENTS.key)


@pytest.mark.parametrize("name", ["[deleted]", "[removed]", "", "[Deleted by user]"])
def test_nobody_whose_name_is_gone_is_drawn_in_or_leaves(name: str):
    assert of([(name if who == "Pia" else who, up, text) for who, up, text in ROOF], "drawn_in") == []
    lines: list[Line] = [
        *FEE[:6],
        ("Bo", 6, "55 euros. Put up or shut up."),
        ("Ada", 4, "Cleo, it opens in May, I think."),
        ("Ada", 7, "I have nothing more to say to you."),
    ]
    for count in (8, 9):
        assert of(lines[:count], "leaves")
        gone: list[Line] = [(name if who == "Ada" else who, up, text) for who, up, text in lines[:count]]
        assert of(gone, "leaves") == []


def test_a_post_full_of_such_words_takes_time_in_proportion_to_its_length():
    def post(length: int) -> PostView:
        (view,) = next(read_threads(thread_of([("Ada", None, repeated("i concede if ")(length))]))).posts
        assert view.words
        return view

    assert_linear(post, ending_words, small=8_000)


def shown(text: str) -> str | None:
    """Return the ending that a post's words show."""
    (view,) = next(read_threads(thread_of([("Ada", None, text)]))).posts
    found = ending_words(view)
    return found and found[0]


@pytest.mark.parametrize(
    "text",
    [
        "I concede nothing to you.",
        "I concede no point of yours.",
        "I'd never say that I was wrong.",
        "I will not, whatever you say, admit I was wrong.",
        "Nobody on the quay has shown that I was mistaken.",
        "You have convinced me of nothing.",
        "You win some, you lose some.",
        "I take it back to the pier every evening.",
        "I admit it is cold up there.",
        "It was not my mistake.",
        "I don't think you're right.",
        "We won't meet in the middle.",
        "I'll meet you in the middle of the bridge.",
        "Let's call it by its name, a swindle.",
        "We shall never agree to disagree.",
        "No one lets you have the last word.",
        "I will not argue about commas.",
        "I am not going to debate the weather.",
        "I'm out, fishing.",
        "Let's drop it off at the office.",
        "Unless you pay we agree to disagree.",
        "I overstated none of it.",
    ],
)
def test_a_refusal_and_words_with_another_object_end_nothing(text: str):
    assert shown(text) is None


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("I concede the point.", "conceded"),
        ("It is not 40 euros, I was wrong.", "conceded"),
        ("Okay, you win.", "conceded"),
        ("I take that back, sorry.", "conceded"),
        ("I withdraw my earlier claim.", "conceded"),
        ("Why don't we split the difference?", "compromise"),
        ("Let's call it a draw.", "compromise"),
        ("Let's call it 50 euros.", "compromise"),
        ("We're getting nowhere and never will, so let's agree to disagree.", "withdrawn"),
        ("You cannot read, I'm done with you.", "withdrawn"),
        ("I'm out of here.", "withdrawn"),
        ("I will not argue with you any further.", "withdrawn"),
        ("I can't do this, goodbye.", "withdrawn"),
        ("You're not wrong but I misspoke.", "refined"),
    ],
)
def test_a_denial_in_another_clause_takes_nothing_back(text: str, state: str):
    assert shown(text) == state


def test_an_author_who_says_that_he_stops_leaves():
    lines: list[Line] = [*FEE[:7], ("Ada", 7, "I have nothing more to say to you.")]
    assert of(lines, "leaves") == [(8, "leaves", "Ada", "says so")]


def test_an_author_who_goes_on_elsewhere_without_answering_a_demand_leaves():
    lines: list[Line] = [
        *FEE[:6],
        ("Bo", 6, "55 euros. Put up or shut up."),
        ("Ada", 4, "Cleo, it opens in May, I think."),
    ]
    assert of(lines, "leaves") == [(7, "leaves", "Ada", "no answer to a demand")]


def test_who_answers_the_demand_does_not_leave():
    lines: list[Line] = [
        *FEE[:6],
        ("Bo", 6, "55 euros. Put up or shut up."),
        ("Ada", 7, "Do not shout at me."),
    ]
    assert of(lines, "leaves") == []


def test_an_ally_who_answers_the_demand_answers_for_the_side():
    tables = analysed(
        thread_of(
            [*ROOF[:7], ("Otto", 7, "Ten days. Prove it!"), ("Nell", 1, "Rain today."), ("Pia", 8, "Ha.")]
        )
    )
    assert events(tables, "leaves") == []


def test_who_is_answered_again_and_does_not_come_back_though_others_go_on_has_left():
    lines: list[Line] = [
        *FEE[:6],
        ("Bo", 6, "So can I. 55 euros."),
        ("Bo", 6, "Still 55 euros."),
    ]
    assert of([*lines, *CHAT[:8]], "leaves") == [(6, "leaves", "Ada", "speaks no more")]
    assert of([*lines, *CHAT[:7]], "leaves") == []  # nine posts leave her no time to come back
    assert of([*lines[:7], *CHAT], "leaves") == []  # one turn is no going on


def test_a_loop_that_ends_for_both_at_once_was_left_by_nobody():
    assert of(FEE, "leaves") == []


def test_a_concession_to_the_other_side_is_granted_and_one_to_a_bystander_is_not():
    lines: list[Line] = [
        *FEE,
        ("Ada", 4, "Fair enough, you know the slipway."),
        ("Ada", 7, "Fair enough, it rose."),
    ]
    tables = conceding(analysed(thread_of(lines)), 9, "Fair enough")
    assert events(tables, "grants") == []
    tables = conceding(tables, 10, "Fair enough")
    assert events(tables, "grants") == [(10, "grants", "Ada", "concession")]


def test_words_of_ones_own_that_take_a_claim_back_are_granted():
    lines: list[Line] = [*FEE, ("Ada", 7, "I went and looked. I stand corrected, it is 55 euros.")]
    assert of(lines, "grants") == [(9, "grants", "Ada", "conceded")]


def test_no_event_is_surer_than_its_loop():
    tables = analysed(thread_of([*FEE, ("Ada", 7, "I stand corrected.")]))
    low = tables.replace(loops=tables["loops"].assign(score=0.3))
    assert set(Shape().analyze(low)["events"]["score"]) == {0.3}


def test_a_thread_without_a_loop_has_no_event_of_one():
    assert of(FEE[:4]) == []


def _two_matters(count: int) -> list[Line]:
    boats = "The ferry needs a new hull, the harbour crane and the mooring fees, says the pilot."
    bees = "My hive lost its queen, so the beekeeper moved the combs and fed the drones syrup."
    return [(f"u{at % 7}", None, f"{boats if at < count // 2 else bees} Row {at}.") for at in range(count)]


def test_a_change_of_matter_has_its_place_its_words_and_a_score():
    tables = thread_of(_two_matters(40))
    found = Shape().analyze(tables)["events"]
    assert found["post_id"].tolist() == ["t:21"]
    assert (found["kind"].tolist(), found["author"].isna().tolist(), found["loop_id"].isna().tolist()) == (
        ["matter"],
        [True],
        [True],
    )
    assert set(found["detail"].iloc[0].split(", ")) <= set(_two_matters(40)[-1][2].lower().split())
    assert 0.5 <= found["score"].iloc[0] <= 1


def test_a_change_after_which_no_words_come_up_is_left_out():
    lines = _two_matters(40)
    for at in range(20, 40):  # no word stands in two posts of any eight
        lines[at] = (lines[at][0], None, f"{'bdfgklmp'[at % 8]}olarn.")
    assert of(lines, "matter") == []


def test_short_threads_and_those_of_one_matter_have_no_change():
    assert of(_two_matters(24)) == []
    assert of([(f"u{at % 7}", None, _two_matters(40)[0][2]) for at in range(60)]) == []


def test_thread_by_thread_equals_all_at_once():
    parts = [analysed(thread_of(lines, name=name)) for name, lines in (("x", FEE), ("y", ROOF), ("z", GHOST))]
    whole = Shape().analyze(Tables.concat(parts))["events"]
    apart = Tables.concat(Shape().analyze(part) for part in parts)["events"]
    assert whole.equals(apart)


def test_hostile_names_and_blank_posts_are_no_fault():
    lines: list[Line] = [
        ("<b>\u202e", answers, text if at else "") for at, (_, answers, text) in enumerate(FEE)
    ]
    Shape().analyze(analysed(thread_of(lines))).check("shape")


def test_a_long_thread_takes_time_in_proportion_to_its_length():
    def thread(count: int) -> Tables:
        names = ("Ada", "Bo", "Cy", "Di")
        text = "The fee is {} euros. Put up or shut up! Item {} of the harbour list."
        lines = [
            (names[at % 4] + str(at % 40), at or None, text.format(40 + 15 * (at % 2), at))
            for at in range(count)
        ]
        return analysed(thread_of(lines))

    assert len(thread(150)["loops"])
    assert_linear(thread, Shape().analyze, small=150)
