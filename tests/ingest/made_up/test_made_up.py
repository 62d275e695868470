"""The made-up threads and layouts: their truth stands on the page, their words are their own."""

import re
from itertools import pairwise

import pytest

from tests.ingest.made_up.held_out import HELD_OUT
from tests.ingest.made_up.layouts import DEV, render, sample_layout
from tests.ingest.made_up.no_comments import inputs
from tests.ingest.made_up.threads import crowd, threads
from tests.ingest.made_up.words import LANGUAGES, TABLE, words

NAMES = list(threads())
LAYOUTS = [*DEV, *HELD_OUT, *map(sample_layout, range(40))]
CASES = [(layout, NAMES[i % len(NAMES)], i % 3 == 2) for i, layout in enumerate(LAYOUTS)]


def runs(text, length=9):
    found = re.findall(r"\w+", text.lower())
    return {tuple(found[i : i + length]) for i in range(len(found) - length + 1)}


def shown(layout, name, crowded=False, seed=1):
    thread = threads()[name]
    text, truth = render(crowd(thread, seed) if crowded else thread, layout, seed)
    return text, [post for post in truth if not post.get("deleted")]


def test_there_are_as_many_threads_and_layouts_as_promised():
    assert len(NAMES) == 14
    assert {thread.language for thread in threads().values()} >= {
        "en",
        "de",
        "fr",
        "es",
        "ja",
        "ar",
        "pt",
        "ru",
        "nl",
    }
    assert (len(DEV), len(HELD_OUT)) == (24, 12)
    assert len({layout.name for layout in (*DEV, *HELD_OUT)}) == 36


@pytest.mark.parametrize("name", NAMES)
def test_a_thread_is_a_forest_in_the_order_of_time(name):
    posts = threads()[name].posts
    assert 18 <= len(posts) <= 40
    assert [post.id for post in posts] == list(range(1, len(posts) + 1))
    assert all(post.reply_to is None or post.reply_to < post.id for post in posts)
    assert all(a.time <= b.time for a, b in pairwise(posts))
    assert sum(post.reply_to is None for post in posts) >= 2


@pytest.mark.parametrize("name", NAMES)
def test_every_post_has_lines_and_words_of_its_own(name):
    for post in threads()[name].posts:
        own = [line for i, line in enumerate(post.text) if line and i not in post.quotes]
        assert own
        assert post.text[0]
        assert post.text[-1]


@pytest.mark.parametrize("name", NAMES)
def test_a_quotation_repeats_most_words_of_an_earlier_post(name):
    posts = threads()[name].posts
    for post in posts:
        for line, source in post.quotes.items():
            said = set(re.findall(r"\w+", " ".join(posts[source - 1].text).lower()))
            again = re.findall(r"\w+", post.text[line].lower())
            assert source < post.id
            assert sum(word in said for word in again) >= 0.8 * len(again)


def test_threads_share_no_run_of_nine_words_with_each_other():
    by_thread = [
        runs("\n".join(line for p in thread.posts for line in p.text)) for thread in threads().values()
    ]
    assert sum(map(len, by_thread)) == len(set().union(*by_thread))


def test_a_crowd_posts_the_same_texts_under_more_names():
    for thread in threads().values():
        more = crowd(thread, 3)
        assert [post.text for post in more.posts] == [post.text for post in thread.posts]
        assert len(set(more.authors.values())) > len(set(thread.authors.values()))


@pytest.mark.parametrize(("layout", "name", "crowded"), CASES, ids=lambda case: getattr(case, "name", case))
def test_the_truth_stands_on_the_page(layout, name, crowded):
    text, truth = shown(layout, name, crowded)
    lines = text.split("\n")
    assert len({post["id"] for post in truth}) == len(truth) == len(threads()[name].posts)
    for post in truth:
        region = "\n".join(lines[post["start"] - 1 : post["end"]])
        said = lines[post["body_start"] - 1 : post["end"]]
        expected = post["text"].split("\n")
        assert len(said) == len(expected)
        assert all(want in line for want, line in zip(expected, said, strict=True))
        assert all(line in region for line in post["body"])
        assert post["name_lines"]
        assert all(post["body_start"] <= int(line) <= post["end"] for line in post["quotes"])


@pytest.mark.parametrize(("layout", "name", "crowded"), CASES, ids=lambda case: getattr(case, "name", case))
def test_posts_follow_each_other_and_the_name_is_near_the_text(layout, name, crowded):
    _, truth = shown(layout, name, crowded)
    for post, after in pairwise(truth):
        assert post["start"] <= post["body_start"] <= post["end"] < after["start"]
        assert any(post["start"] <= line < after["start"] for line in post["name_lines"])


@pytest.mark.parametrize(("layout", "name", "crowded"), CASES, ids=lambda case: getattr(case, "name", case))
def test_a_stated_link_is_the_true_one(layout, name, crowded):
    _, truth = shown(layout, name, crowded)
    author = {post["id"]: post["author"] for post in truth}
    for post in truth:
        assert post["reply_to"] in (None, post["parent"])
        if post["addressee"]:
            assert post["addressee"] == author[post["reply_to"]]


def test_the_same_seed_gives_the_same_page():
    layout = sample_layout(7)
    assert layout == sample_layout(7)
    assert shown(layout, NAMES[0]) == shown(layout, NAMES[0])


def test_every_word_is_there_in_every_language():
    for row in TABLE.strip().splitlines():
        assert len(row.split("|")) == 1 + len(LANGUAGES), row
    assert all(words(language)["reply"] for language in LANGUAGES)


def test_there_are_sixty_inputs_without_comments():
    assert len(inputs()) >= 60
