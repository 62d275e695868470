"""What can be comments at all."""

import pytest

from discourse.ingest.pasted.belief import holds_comments
from discourse.ingest.pasted.layout import Header, Layout
from discourse.ingest.pasted.recurrence import Rows
from discourse.ingest.pasted.rows import read_rows

TEXT = "Ada\nIt rains.\nBo\nNot here.\nCem\nNor here."


def layout(*names: str, stated: int | None = None, answered: str | None = None) -> Layout:
    headers = [Header(2 * n, 2 * n, name) for n, name in enumerate(names)]
    headers[-1] = Header(headers[-1].first, headers[-1].last, names[-1], addressee=answered)
    return Layout("row-tags", 0.9, tuple(headers), stated=stated)


def believed(found: Layout, text: str = TEXT, agreed: float = -0.2) -> bool:
    return holds_comments(found, Rows(read_rows(text.split("\n"))), agreed, agreed)


def test_names_that_nothing_speaks_for_are_not_believed() -> None:
    assert not believed(layout("Ada", "Bo", "Cem"))


@pytest.mark.parametrize(
    "found",
    [
        layout("Ada", "Bo", "Ada"),
        layout("Ada", "Bo", "Cem", answered="Ada"),
        layout("Ada", "Bo", "Cem", stated=3),
    ],
    ids=["people come back", "one answers another", "as many as stated"],
)
def test_signs_of_talk_are_believed(found: Layout) -> None:
    assert believed(found)


def test_one_name_over_and_over_is_no_talk() -> None:
    assert not believed(layout("News", "News", "News"))


def test_a_reading_that_the_model_is_sure_of_needs_no_other_sign() -> None:
    assert believed(layout("Ada", "Bo", "Cem"), agreed=-0.01)


def test_a_heading_over_comments_is_believed() -> None:
    found = Layout("row-tags", 0.9, (Header(1, 1, "Ada"), Header(3, 3, "Bo"), Header(5, 5, "Cem")))
    assert believed(found, "Comments\n" + TEXT)
