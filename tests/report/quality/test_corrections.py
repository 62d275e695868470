"""Where people overruled the machine: how often, in what, and nothing where nobody did."""

from made_thread import made_tables

from discourse.report.basis.book import Book
from discourse.report.quality.corrections import SHOWN, corrections
from discourse.summary import summarise
from discourse.tables import EDITS, frame_of


def book(*edits):
    rows = [
        {"edit_id": f"e{number}", "annotator": who, "action": action, "post_id": post, "value": value}
        for number, (who, action, post, value) in enumerate(edits)
    ]
    tables = made_tables().replace(edits=frame_of(EDITS, rows))
    return Book.of(tables.replace(**summarise(tables).frames))


def words(pieces):
    return "".join(piece.text for piece in pieces)


def test_a_report_that_nobody_corrected_says_nothing_of_it():
    assert corrections(book()) is None


def test_it_counts_what_overruled_the_machine_and_what_was_confirmed_apart():
    post = made_tables()["posts"]["post_id"].iloc[0]
    found = corrections(
        book(
            ("human:ann", "reject", post, "rhetoric/hedge “roughly”"),
            ("human:bo", "confirm", post, "rhetoric/booster “never”"),
            ("human:bo", "confirm", post, "rhetoric/booster “always”"),
        )
    )
    assert found is not None
    assert words(found.told).startswith(
        "ann and bo overruled the machine in 1 place of this report: 1 label rejected. "
        "They confirmed 2 labels."
    )
    assert [words(item) for item in found.items] == ["ann rejected rhetoric/hedge “roughly” in #1"]


def test_every_correction_reads_as_a_sentence_with_posts_by_their_numbers():
    tables = made_tables()
    first, second = tables["posts"]["post_id"].iloc[:2]
    loop, question = tables["loops"]["loop_id"].iloc[0], tables["loops"]["question"].iloc[0]
    found = corrections(
        book(
            ("human:ann", "relink", second, first),
            ("human:ann", "relink", second, "answers nobody"),
            ("human:ann", "join", first, "“And one more”"),
            ("human:ann", "join", first, None),
            ("human:ann", "split", first, "“By the way”"),
            ("human:ann", "change", second, f"reply/agree ({first}) → reply/disagree ({first})"),
            ("human:ann", "add", second, f"stance/favor “as {first} says” (the pool)"),
            ("human:ann", "turn", second, f"{loop}: assertion of side a"),
            ("human:ann", "turn", second, f"{loop}: no turn of it"),
            ("human:ann", "turn", second, "gone: no turn of it"),
        )
    )
    assert found is not None
    assert [words(item) for item in found.items] == [
        "ann moved the reply link of #2 to #1",
        "ann moved the reply link of #2: answers nobody",
        "ann joined #1 and the post after it, with what begins “And one more”",
        "ann joined #1 and the post after it",
        "ann split #1: another post begins at “By the way”",
        "ann changed reply/agree (#1) → reply/disagree (#1) in #2",
        f"ann added stance/favor “as {first} says” (the pool) to #2",
        f"ann marked #2 as assertion of side a, in the dispute “{question}”",
        f"ann marked #2 as no turn, in the dispute “{question}”",
        "ann marked #2 as no turn, in a dispute that is none any more",
    ]


def test_long_lists_are_cut_and_say_where_the_rest_is():
    post = made_tables()["posts"]["post_id"].iloc[0]
    found = corrections(book(*[("human:ann", "add", post, f"rhetoric/hedge “maybe {n}”") for n in range(40)]))
    assert found is not None
    assert len(found.items) == SHOWN
    assert found.more == f"and {40 - SHOWN} more, in tables/edits.csv"


def test_a_coders_name_is_data_and_no_markup():
    post = made_tables()["posts"]["post_id"].iloc[0]
    found = corrections(book(("human:<b>", "reject", post, "<script>")))
    assert found is not None
    assert [piece.text for piece in found.told if piece.is_data] == ["<b>"]


def test_what_was_corrected_is_data_and_no_markup():
    post = made_tables()["posts"]["post_id"].iloc[0]
    for action in ("reject", "add", "split", "join", "turn", "relink", "unheard-of"):
        found = corrections(book(("human:ann", action, post, "<script>: “<b>”")))
        assert found is not None
        assert all(piece.is_data for item in found.items for piece in item if "<" in piece.text)
