"""The full thread: what each post shows, what is folded, and by what posts are found."""

import re

import pytest
from made_thread import made_rows, made_tables, post_id

from discourse.report import render_report
from discourse.report.basis.book import Book
from discourse.report.posts.thread import FOLDED_FROM, UNFOLDED, filters, trees
from discourse.summary import summarise
from discourse.tables import LINKS, POSTS, Tables, frame_of


@pytest.fixture(scope="module")
def book():
    return Book.of(made_tables())


@pytest.fixture(scope="module")
def items(book):
    (tree,) = trees(book)
    return {item.ref.number: item for talk in tree.conversations for item in (talk.root, *talk.below)}


def posts_of(parents):
    """Make a thread of posts that answer the given ones, by number from 1."""
    row = made_rows()["posts"][0]
    rows = [
        row
        | {"post_id": str(n), "position": n, "reply_to": parent and str(parent), "author": f"reader {n % 7}"}
        | ({"reply_evidence": "explicit", "reply_score": 1.0} if parent else {})
        for n, parent in enumerate(parents, start=1)
    ]
    return Tables({"posts": frame_of(POSTS, rows)})


def test_every_post_stands_once_and_below_the_one_it_answers(book):
    (tree,) = trees(book)
    order = [item.ref.number for talk in tree.conversations for item in (talk.root, *talk.below)]
    assert sorted(map(int, order)) == list(range(1, 15))
    assert order.index("2") > order.index("1")
    assert all(not talk.root.depth and all(item.depth for item in talk.below) for talk in tree.conversations)


def test_a_link_that_the_page_states_needs_no_words_and_a_guess_has_them(items):
    assert (items["2"].answer.evidence, items["2"].answer.score, items["2"].answer.guess) == ("", "", False)
    assert items["4"].answer.evidence == "found by an @-mention"
    assert (items["7"].answer.score, items["7"].answer.guess) == ("0.42", True)


def test_what_a_part_in_a_dispute_says_is_not_said_again(items):
    for item in items.values():
        told = {f"#d{part.loop}" for part in item.parts}
        assert not [mark for mark in item.whole if mark.layer == "claim" and mark.href in told]


def test_taking_no_side_is_explained_and_no_label_of_the_post():
    tables = made_tables()
    rows = tables["annotations"].copy()
    rows.loc[(rows["layer"] == "reply") & (rows["post_id"] == post_id(2)), "label"] = "neither"
    (tree,) = trees(Book.of(tables.replace(annotations=rows)))
    item = next(i for talk in tree.conversations for i in talk.below if i.ref.number == "2")
    assert "neither" in [mark.label for mark in item.marks]
    assert "neither" not in [mark.label for mark in item.whole]


def test_answers_are_named_where_they_do_not_all_stand_right_below(items):
    assert [ref.number for ref in items["1"].replies] == ["2", "9"]
    assert items["2"].replies == []


def test_posts_are_found_by_camp_marker_dispute_and_doubt(items):
    keys = {number: set(item.keys.split()) for number, item in items.items()}
    assert {number for number, found in keys.items() if "u" in found} >= {"7", "9", "12"}
    assert "m-name_calling" in keys["6"]
    assert "l1" in keys["1"]
    assert all(len(found & {"c1", "c2"}) <= 1 for found in keys.values())
    assert "c1" in keys["1"]


def test_a_label_of_the_users_own_may_hold_blanks_and_signs():
    rows = made_tables()["annotations"].copy()
    rows.loc[rows["label"] == "name_calling", "label"] = "dog whistle"
    rows.loc[rows["label"] == "hedge", "label"] = "dog <catcher>"
    tables = made_tables().replace(annotations=rows)
    own = Book.of(tables.replace(**summarise(tables).frames))
    found = {words: key for key, words in filters(own, trees(own)).markers}
    assert {"dog whistle", "dog <catcher>"} <= set(found)
    assert found["dog whistle"] == "m-dog-20whistle"
    assert len(set(found.values())) == len(found)
    html = render_report(own.tables, {})
    assert 'id="m-dog-20whistle"' in html
    assert 'href="#m-dog-20whistle"' in html


def test_only_what_some_post_has_can_be_looked_for(book):
    found = filters(book, trees(book))
    assert found.posts == 14
    assert [key for key, _ in found.loops] == ["l1", "l2"]
    assert ("m-hedge", "hedge") in found.markers
    bare = Book.of(posts_of([None, 1]))
    none = filters(bare, trees(bare))
    assert (none.markers, none.loops, none.camps, none.doubtful) == ([], [], [], 0)


def test_a_short_thread_is_never_folded():
    (tree,) = trees(Book.of(posts_of([None] + [1] * (FOLDED_FROM - 2))))
    assert [talk.fold for talk in tree.conversations] == [""]


def test_long_conversations_of_a_long_thread_are_folded_and_nothing_is_lost():
    parents = [None, *[1] * UNFOLDED, None, *range(10, FOLDED_FROM + 20)]
    tables = posts_of(parents)
    (tree,) = trees(Book.of(tables))
    assert [bool(talk.fold) for talk in tree.conversations] == [False, True]
    assert re.fullmatch(r"210 answers by 7 authors, 210 levels deep", tree.conversations[1].fold)
    html = render_report(tables, {})
    assert html.count('<li class="post') == len(parents)
    assert html.count('<li class="fold">') == 1


def test_only_the_best_other_candidates_are_named():
    tables = made_tables()
    links = tables["links"].iloc[[0]]
    rows = [
        {**links.to_dict("records")[0], "post_id": post_id(14), "reply_to": post_id(n), "score": n / 100}
        for n in range(1, 9)
    ]
    (tree,) = trees(Book.of(tables.replace(links=frame_of(LINKS, rows))))
    item = next(i for talk in tree.conversations for i in (talk.root, *talk.below) if i.ref.number == "14")
    assert [other.ref.number for other in item.others] == ["8", "7", "6"]
    assert item.more_others == 5


def test_a_post_grows_by_little_more_than_its_text():
    bare = [len(render_report(posts_of([None] * count), {})) for count in (200, 300)]
    text = len(made_rows()["posts"][0]["text"])
    assert (bare[1] - bare[0]) / 100 < text + 400
