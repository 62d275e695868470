"""Names that rows give in part, and persons answered behind arrows or alone on a row."""

from discourse.ingest.pasted.known_names import with_known_names
from discourse.ingest.pasted.layout import Header
from discourse.ingest.pasted.posts import Place
from discourse.ingest.pasted.recurrence import Rows
from discourse.ingest.pasted.rows import read_rows
from tests.growth import assert_linear


def read(text: str, *given: tuple[str, str | None, Place]) -> list[tuple[str, str | None]]:
    page = Rows(read_rows(text.split("\n")))
    headers = [
        Header(place.first, place.last, author, addressee=addressee) for author, addressee, place in given
    ]
    places = [place for _, _, place in given]
    return [(header.author, header.addressee) for header in with_known_names(page, places, headers)]


FIRST = ("Ann of Hull", None, Place(0, 0, 0, (1, 1)))


def test_a_part_of_a_name_becomes_the_whole_that_stands_on_the_row() -> None:
    text = "Ann of Hull\nRain.\nBo\nin reply to Ann of Hull\nNo rain."
    assert read(text, FIRST, ("Bo", "Ann", Place(2, 2, 3, (4, 4))))[1] == ("Bo", "Ann of Hull")


def test_a_name_alone_on_a_row_of_a_header_is_answered() -> None:
    text = "Ann of Hull\nRain.\nBo\n@Ann of Hull:\nNo rain."
    assert read(text, FIRST, ("Bo", None, Place(2, 2, 3, (4, 4))))[1] == ("Bo", "Ann of Hull")


def test_a_name_behind_an_arrow_at_the_beginning_of_the_text_is_answered() -> None:
    text = "Ann of Hull\nRain.\nBo\n→Ann of Hull No rain."
    assert read(text, FIRST, ("Bo", None, Place(2, 2, 2, (3, 3))))[1] == ("Bo", "Ann of Hull")


def test_a_name_within_the_text_is_not_answered() -> None:
    text = "Ann of Hull\nRain.\nBo\nNo rain, says Ann of Hull."
    assert read(text, FIRST, ("Bo", None, Place(2, 2, 2, (3, 3))))[1] == ("Bo", None)


def test_nobody_answers_himself_by_a_row_with_his_own_name() -> None:
    text = "Ann of Hull\nRain.\nBo\nBo\nNo rain."
    assert read(text, FIRST, ("Bo", None, Place(2, 2, 3, (4, 4))))[1] == ("Bo", None)


def test_a_name_at_the_end_of_a_row_of_a_header_is_answered() -> None:
    text = "Ann of Hull\nRain.\nBo\n3 May, 18:44 · to Ann of Hull\nNo rain."
    assert read(text, FIRST, ("Bo", None, Place(2, 2, 3, (4, 4))))[1] == ("Bo", "Ann of Hull")


def test_a_page_of_very_many_authors_takes_linear_time() -> None:
    def page_of(posts: int) -> tuple[Rows, list[Place], list[Header]]:
        text = "\n".join(f"Gannet {at} of Hull\n3 May, 18:44\nRain." for at in range(posts))
        page = Rows(read_rows(text.split("\n")))
        places = [Place(at, at, at + 1, (at + 2, at + 2)) for at in range(0, 3 * posts, 3)]
        return page, places, [Header(at.first, at.last, page.rows[at.name].text) for at in places]

    assert_linear(page_of, lambda given: with_known_names(*given), small=500)
