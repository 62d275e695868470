"""Layouts made by somebody else than the builder of the reader can be rendered, and their truth holds."""

import pytest

from tests.ingest.made_up.fresh import FRESH
from tests.ingest.made_up.page import Layout, render
from tests.ingest.made_up.sealed import SEALED
from tests.ingest.made_up.threads import threads

NAMES = ("en_news", "de_forum", "ja_blog")


def test_there_are_ten_of_each_and_no_name_twice() -> None:
    names = {layout.name for layout in (*FRESH, *SEALED)}
    assert (len(FRESH), len(SEALED), len(names)) == (10, 10, 20)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("layout", [*FRESH, *SEALED], ids=lambda layout: layout.name)
def test_the_name_stands_over_or_under_each_text(layout: Layout, name: str) -> None:
    page, truth = render(threads()[name], layout)
    lines = page.split("\n")
    assert len(truth) == len(threads()[name].posts)
    for post in truth:
        around = [i for i in post["name_lines"] if i <= post["body_start"] or i > post["end"]]
        assert any(post["author"] in lines[i - 1] for i in around)
        assert post["start"] <= post["body_start"] <= post["end"]
        assert lines[post["start"] - 1].strip()
        assert lines[post["end"] - 1].strip()
