"""Layouts of the bank can be rendered, varied, and their truth holds."""

import pytest

from tests.ingest.made_up.bank import MINDS, bank, bank_layout, names_missing
from tests.ingest.made_up.lessons import lessons
from tests.ingest.made_up.page import Layout, render
from tests.ingest.made_up.threads import threads

EVERY = [layout for mind in MINDS for layout in bank(mind)]
NAMES = ("en_news", "ja_blog")


def holds(text: str, truth: list[dict]) -> None:
    lines = text.split("\n")
    assert not names_missing(truth)
    for post in truth:
        assert any(post["author"] in lines[i - 1] for i in post["name_lines"])
        assert post["start"] <= post["body_start"] <= post["end"]
        assert lines[post["start"] - 1].strip()
        assert lines[post["end"] - 1].strip()


def test_each_mind_wrote_many_and_no_name_stands_twice() -> None:
    assert all(len(bank(mind)) >= 30 for mind in MINDS)
    assert len({layout.name for layout in EVERY}) == len(EVERY)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("layout", EVERY, ids=lambda layout: layout.name)
def test_every_post_is_named_on_the_page(layout: Layout, name: str) -> None:
    text, truth = render(threads()[name], layout)
    holds(text, [post for post in truth if not post.get("deleted")])
    assert len(truth) >= len(threads()[name].posts)


@pytest.mark.parametrize("mind", MINDS)
@pytest.mark.parametrize("seed", range(12))
def test_a_variation_keeps_every_name(mind: str, seed: int) -> None:
    layout = bank_layout(mind, seed)
    assert layout == bank_layout(mind, seed)
    text, truth = render(threads()["de_forum"], layout, seed)
    holds(text, [post for post in truth if not post.get("deleted")])


def test_lessons_of_a_mind_are_its_own_and_the_same_each_time() -> None:
    found = list(lessons(6, 3, None, nothing=0.0, source="news"))
    assert found == list(lessons(6, 3, None, nothing=0.0, source="news"))
    assert found != list(lessons(6, 3, None, nothing=0.0))
