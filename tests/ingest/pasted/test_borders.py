"""Where one post ends and the next begins: the first and the last post of a page tell."""

from discourse.ingest.pasted.borders import settled
from discourse.ingest.pasted.posts import Place, without_ranks
from discourse.ingest.pasted.recurrence import Rows
from discourse.ingest.pasted.rows import read_rows


def page_of(text: str) -> Rows:
    return Rows(read_rows(text.split("\n")))


LEVELS = """Level 1
Ada
It rains here.
Level 2
Bo
Here too, since noon.
Level 1
Cem
Not a drop."""

POINTS = """Ada
It rains here.
3 points
Bo
Here too, since noon.
1 points
Cem
Not a drop.
2 points"""


def test_what_stands_over_the_first_name_and_not_under_the_last_text_opens_posts() -> None:
    places = [Place(1, 1, 1, (2, 2)), Place(4, 4, 4, (5, 5)), Place(7, 7, 7, (8, 8))]
    assert [place.first for place in settled(page_of(LEVELS), places)] == [0, 3, 6]


def test_what_stands_under_the_last_text_and_not_over_the_first_name_closes_posts() -> None:
    places = [Place(0, 0, 0, (1, 1)), Place(2, 3, 3, (4, 4)), Place(5, 6, 6, (7, 7))]
    assert [place.first for place in settled(page_of(POINTS), places)] == [0, 3, 6]


def test_two_posts_say_nothing_of_their_borders() -> None:
    places = [Place(1, 1, 1, (2, 2)), Place(4, 4, 4, (5, 5))]
    assert settled(page_of(LEVELS), places) == places


def test_a_rank_is_no_name_where_a_known_name_stands_over_it() -> None:
    page = page_of("Ada\nGardener\nIt rains.\nBo\nNot here.\nAda\nThen water.")
    places = [Place(1, 1, 1, (2, 2)), Place(3, 3, 3, (4, 4)), Place(5, 5, 5, (6, 6))]
    first = without_ranks(page, places)[0]
    assert (first.first, first.name, first.last) == (0, 0, 1)
