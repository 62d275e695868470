"""Names under texts that were taken for names over the next ones."""

from discourse.ingest.pasted.posts import Place, find_places, tags_at
from discourse.ingest.pasted.recurrence import Rows
from discourse.ingest.pasted.rows import read_rows
from discourse.ingest.pasted.tagging import BEHIND, NAME, REST, TEXT
from discourse.ingest.pasted.turning import turned

NAMES = ("Ann", "Bo of Hull", "Cy", "Di", "Eve")
SIGNED = "\n".join(
    f"Nobody asked for bench number {n}.\nReply\n{name}\n{n} May 2024" for n, name in enumerate(NAMES, 3)
)


def places(page: Rows, tags: list[int]) -> list[Place]:
    return turned(page, find_places(tags), tags)


def page_of(text: str) -> Rows:
    return Rows(read_rows(text.split("\n")))


def said(page: Rows, place: Place) -> tuple[str, str]:
    return page.rows[place.name].text, page.rows[place.texts[0]].text


def test_a_page_that_begins_with_a_text_and_ends_with_a_name_is_signed() -> None:
    page = page_of("Menu\n" + SIGNED)
    found = places(page, [REST, *[TEXT, REST, NAME, BEHIND] * 5])
    assert [said(page, place) for place in found] == [
        (name, f"Nobody asked for bench number {n}.") for n, name in enumerate(NAMES, 3)
    ]
    assert all(place.below for place in found)


def test_what_stands_over_each_text_opens_its_post() -> None:
    page = page_of(
        "\n".join(f"Letter {n}\nIt rains on bench {n}.\n{name}" for n, name in enumerate(NAMES, 1))
    )
    found = places(page, [REST, TEXT, NAME, *[BEHIND, TEXT, NAME] * 4])
    assert [place.over for place in found] == [0, 3, 6, 9, 12]
    assert [place.last for place in found] == [2, 5, 8, 11, 14]


def test_a_known_name_under_the_last_text_is_found_where_it_was_missed() -> None:
    page = page_of("Menu\n" + SIGNED.replace("Eve", "Ann") + "\nTerms\nPrivacy")
    tags = [REST, *[TEXT, REST, NAME, BEHIND] * 4, TEXT, REST, REST, REST, REST, REST]
    assert [page.rows[place.name].text for place in places(page, tags)] == [*NAMES[:4], "Ann"]


def test_a_page_that_ends_with_a_text_stays_as_it_is() -> None:
    page = page_of("A word of the editors.\nMenu\n" + "\n".join(f"{name}\nIt rains again." for name in NAMES))
    tags = [TEXT, REST, *[NAME, TEXT] * 5]
    assert not any(place.below for place in places(page, tags))


def test_a_last_post_without_text_turns_nothing_where_no_text_stands_over_the_first() -> None:
    page = page_of("Menu\n" + "\n".join(f"{name}\nIt rains again." for name in NAMES) + "\nFay")
    tags = [REST, *[NAME, TEXT] * 5, NAME]
    assert not any(place.below for place in places(page, tags))


def test_an_article_over_a_page_that_was_cut_behind_a_header_is_no_letter() -> None:
    page = page_of(
        "The bench has gone.\n" + "\n".join(f"{name}\nIt rains again." for name in NAMES) + "\nFay"
    )
    tags = [TEXT, *[NAME, TEXT] * 5, NAME]
    assert not any(place.below for place in places(page, tags))


def test_a_text_without_the_line_that_opens_others_takes_none_of_the_name_above() -> None:
    lines = [f"Letter {n}\nIt rains on bench {n}.\n{name}" for n, name in enumerate(NAMES, 1)]
    page = page_of("\n".join(lines).replace("Letter 3\n", ""))
    tags = [REST, TEXT, NAME, BEHIND, TEXT, NAME, TEXT, NAME, BEHIND, TEXT, NAME, BEHIND, TEXT, NAME]
    found = places(page, tags)
    assert [place.over for place in found] == [0, 3, None, 8, 11]
    rows = [at for place in found for at in place.rows]
    assert len(rows) == len(set(rows))


def test_a_name_found_on_the_pages_last_row_can_be_tagged() -> None:
    page = page_of("Menu\n" + SIGNED.replace("Eve\n7 May 2024", "Ann"))
    tags = [REST, *[TEXT, REST, NAME, BEHIND] * 4, TEXT, REST, REST]
    assert tags_at(tags, places(page, tags))[-1] == NAME
