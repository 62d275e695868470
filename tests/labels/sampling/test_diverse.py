"""Diversity: posts unlike each other in their words, spread over threads."""

import numpy as np
import pytest

from discourse.labels.sampling.asked import Asked
from discourse.labels.sampling.diverse import unlike
from discourse.labels.sampling.drawing import draw, rows_of
from tests.labels.sampling.made_posts import Posts, made

TOPICS = (
    "ferry timetable harbour boats late again",
    "bread oven flour yeast rising dough",
    "violin concert orchestra evening tickets",
    "snow plough road winter gritting",
)


def chosen(posts, **asked):
    wanted = Asked(way="diversity", random_share=0, **asked)
    return [row for _, row in rows_of(draw(posts, wanted), posts)]


@pytest.mark.parametrize("seed", range(5))
def test_a_few_posts_cover_what_is_talked_about(seed):
    many = [made(n, text=f"{TOPICS[0]} {n}") for n in range(60)]
    few = [made(100 + n, text=TOPICS[n % 4]) for n in range(4)]
    texts = [row.text for row in chosen(Posts(*many, *few), number=6, seed=seed)]
    assert sum(any(text.startswith(topic) for text in texts) for topic in TOPICS) >= 3


def test_posts_that_say_the_same_are_taken_last():
    posts = Posts(*(made(n, text=TOPICS[min(n, 3)]) for n in range(12)))
    assert len({row.text for row in chosen(posts, number=4)}) == 4


def test_texts_without_words_do_no_harm():
    posts = Posts(*(made(n, text=text) for n, text in enumerate(["...", "\U0001f642", "?!", "words here"])))
    assert len(chosen(posts, number=3)) == 3


def test_how_unlike_it_is_stands_in_the_reason():
    reasons = {
        row.reason for row in chosen(Posts(*(made(n, text=TOPICS[n % 4]) for n in range(9))), number=5)
    }
    assert "unlike what is chosen before it (likeness 0.00)" in reasons
    assert any(float(reason.split()[-1].strip(")")) > 0.99 for reason in reasons), (
        "the fifth says the same again"
    )


def test_rows_taken_before_are_kept_away_from():
    vectors = np.eye(4, dtype=np.float32)[[0, 0, 0, 1]]
    found = unlike(vectors, [0, 0, 0, 0], [0], 1, seed=3)
    assert found == {3: 0.0}
    assert unlike(vectors, [0, 0, 0, 0], [0, 1, 2, 3], 2, seed=3) == {}
    assert unlike(vectors[:0], [], [], 2, seed=3) == {}
