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
            ("human:ann", "reject", post, "rhetoric/hedge 0-4"),
            ("human:bo", "confirm", post, "rhetoric/booster 0-4"),
            ("human:bo", "confirm", post, "rhetoric/booster 6-9"),
        )
    )
    assert found is not None
    assert words(found.told).startswith(
        "ann and bo overruled the machine in 1 place of this report: 1 label rejected. "
        "They confirmed 2 labels."
    )
    assert [words(item) for item in found.items] == ["#1 label rejected: rhetoric/hedge 0-4, by ann"]


def test_posts_are_named_by_their_numbers():
    first, second = made_tables()["posts"]["post_id"].iloc[:2]
    found = corrections(book(("human:ann", "relink", second, first), ("human:ann", "join", first, None)))
    assert found is not None
    assert [words(item) for item in found.items] == [
        "#2 reply link moved: #1, by ann",
        "#1 post joined, by ann",
    ]


def test_long_lists_are_cut_and_say_where_the_rest_is():
    post = made_tables()["posts"]["post_id"].iloc[0]
    found = corrections(book(*[("human:ann", "add", post, f"rhetoric/hedge 0-{n}") for n in range(40)]))
    assert found is not None
    assert len(found.items) == SHOWN
    assert found.more == f"and {40 - SHOWN} more, in tables/edits.csv"


def test_a_coders_name_is_data_and_no_markup():
    post = made_tables()["posts"]["post_id"].iloc[0]
    found = corrections(book(("human:<b>", "reject", post, "<script>")))
    assert found is not None
    assert [piece.text for piece in found.told if piece.is_data] == ["<b>"]
