"""Pages read by the model of rows: places of posts from tags, names from tokens, on layouts of all sorts."""

from collections import Counter

import numpy as np
import pytest

from discourse.ingest.pasted.layout import Layout
from discourse.ingest.pasted.naming import full_name, read_names
from discourse.ingest.pasted.posts import find_places
from discourse.ingest.pasted.readers import read_layout
from discourse.ingest.pasted.recurrence import Rows
from discourse.ingest.pasted.rows import read_rows
from discourse.ingest.pasted.tagged_pages import read_tagged_layout
from discourse.ingest.pasted.tagging import (
    BEFORE,
    BEHIND,
    NAME,
    REST,
    SIGNED,
    SPOKEN,
    TAGS,
    TEXT,
    row_model,
    token_model,
)
from discourse.ingest.pasted.tokentraits import TRAITS as TOKEN_TRAITS
from discourse.ingest.pasted.traits import TRAITS, traits
from discourse.ingest.pasted.weighing import agreement, tags_of
from tests.ingest.made_up.ciphers import ciphered
from tests.ingest.made_up.lessons import row_tags
from tests.ingest.made_up.page import render
from tests.ingest.made_up.sample import sample_layout
from tests.ingest.made_up.threads import threads

CARDS = """Weather talk

Ines Vale
Gardener
3 May 2024 at 10:02
It has rained for a week here and the beans are loving it.
Like · Reply

Tom of Hull
5 May 2024 at 11:40
No rain at all on our side. We water by hand every evening.
Like · Reply

Ines Vale
Gardener
5 May 2024 at 12:15
Then mulch. It halves the work.
Like · Reply

Okoro
6 May 2024 at 08:00
Mulch brings slugs. I tried it twice.
Like · Reply
"""


def page_of(text: str) -> Rows:
    return Rows(read_rows(text.split("\n")))


def read_tagged(text: str) -> Layout | None:
    page = page_of(text)
    odds = row_model().likely(page)
    return read_tagged_layout(page, odds, row_model().path(odds), text.split("\n"))


def test_the_weights_were_learned_from_the_traits_that_the_code_has() -> None:
    model = row_model()
    assert len(model.looks[0].mean) == len(TRAITS)
    assert len(token_model()[0].mean) == len(TOKEN_TRAITS)
    assert model.follows.shape == (len(TAGS), len(TAGS))


def test_every_row_has_a_finite_line_of_traits() -> None:
    held, classes = traits(page_of(CARDS))
    assert held.shape == (19, len(TRAITS))
    assert len(held) == len(classes.shape) == len(classes.edge) == len(classes.text)
    assert np.isfinite(held).all()


def test_a_page_of_blank_lines_has_no_traits_and_no_posts() -> None:
    page = page_of("\n\n  \n")
    assert traits(page)[0].shape == (0, len(TRAITS))
    assert read_layout("\n\n  \n".split("\n")) is None


def test_rows_before_a_name_belong_to_it_and_text_lies_between_headers() -> None:
    tags = [REST, BEFORE, NAME, BEHIND, TEXT, TEXT, REST, BEFORE, NAME, TEXT]
    first, second = find_places(tags)
    assert (first.first, first.name, first.last, first.texts) == (1, 2, 3, (4, 5))
    assert (second.first, second.name, second.last, second.texts) == (7, 8, 8, (9, 9))


def test_furniture_within_a_text_does_not_end_it() -> None:
    tags = [NAME, TEXT, REST, TEXT, NAME, TEXT]
    assert find_places(tags)[0].texts == (1, 3)


def test_a_name_on_the_row_of_its_text_opens_a_post_there() -> None:
    first, second = find_places([SPOKEN, TEXT, SPOKEN])
    assert first.texts == (0, 1)
    assert second.texts == (2, 2)


def test_names_under_texts_take_the_text_over_them() -> None:
    first, second = find_places([REST, TEXT, SIGNED, TEXT, TEXT, SIGNED, REST])
    assert first.below
    assert (first.name, first.texts) == (2, (1, 2))  # the name may stand behind the text's last words
    assert (second.name, second.texts) == (5, (3, 5))


def test_rows_over_a_text_open_the_post_whose_name_is_below() -> None:
    first, second = find_places([REST, BEFORE, TEXT, SIGNED, BEHIND, BEFORE, BEFORE, TEXT, SIGNED])
    assert (first.over, first.texts[0], first.last) == (1, 2, 4)
    assert (second.over, second.rows) == (5, [5, 6, 8])


def test_a_post_without_text_keeps_its_place() -> None:
    first, _ = find_places([NAME, BEHIND, NAME, TEXT])
    assert first.texts[1] < first.texts[0]


def test_cards_with_ranks_are_read() -> None:
    layout = read_tagged(CARDS)
    assert layout is not None
    assert [header.author for header in layout.headers] == ["Ines Vale", "Tom of Hull", "Ines Vale", "Okoro"]
    assert all(header.moment is not None for header in layout.headers)
    assert all(header.score is not None and 0 < header.score <= 1 for header in layout.headers)


def test_the_true_tags_agree_better_than_those_of_a_reading_that_is_one_row_off() -> None:
    page = page_of(CARDS)
    odds = row_model().likely(page)
    layout = read_tagged(CARDS)
    assert layout is not None
    tags = tags_of(layout, CARDS.split("\n"), page)
    assert agreement(odds, tags) > agreement(odds, [*tags[1:], tags[0]]) + 0.5


@pytest.mark.parametrize("seed", [3, 8, 30])
def test_words_that_nobody_knows_do_not_hide_the_posts(seed: int) -> None:
    thread = threads()["en_forum"]
    text, truth = ciphered(*render(thread, sample_layout(seed)), seed)
    layout = read_tagged(text)
    assert layout is not None
    true = {post["author"] for post in truth}
    found = [header.author for header in layout.headers]
    assert abs(len(found) - len(truth)) <= 1
    assert sum(name in true for name in found) >= 0.9 * len(truth)


def test_marks_before_a_name_are_its_own_only_where_the_others_have_none() -> None:
    text = CARDS.replace("Okoro", "-okoro")
    page = page_of(text)
    place = next(i for i, row in enumerate(page.rows) if "okoro" in row.text)
    names = read_names(page, [NAME if i == place else REST for i in range(len(page.rows))])
    span = names[place].author
    assert full_name(page, place, span, Counter({"": 9, "-": 1})) == "-okoro"
    assert full_name(page, place, span, Counter({"-": 9})) == "okoro"


def test_the_truth_of_a_rendered_page_gives_a_tag_to_every_row() -> None:
    text, truth = render(threads()["de_news"], sample_layout(5))
    page = page_of(text)
    tags = row_tags(page.rows, truth)
    assert len(tags) == len(page.rows)
    assert sum(tag in {NAME, SPOKEN, SIGNED} for tag in tags) == len(truth)
