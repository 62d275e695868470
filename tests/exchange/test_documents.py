from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from discourse.exchange.documents import Bounds, thread_documents
from tests.exchange.documents_made import labelled, posts_of

WIDE = Bounds(posts=100, chars=100_000)


def test_a_document_reads_as_a_thread_with_a_line_above_each_post():
    posts = [labelled(1, "Shut."), labelled(2, "No.\nOpen.", reply_to="t:1", author="Åse\n Lund")]
    (document,) = thread_documents(posts, WIDE)
    assert document.text == "[1] Wren\nShut.\n\n[2] Åse Lund → [1] Wren\nNo.\nOpen.\n\n"


@given(posts_of(st.text(max_size=3)))
def test_every_post_stands_in_one_document_exactly(posts):
    documents = list(thread_documents(posts, Bounds(posts=2, chars=20)))
    placed = list(chain.from_iterable(document.posts for document in documents))
    assert sorted(one.labelled.post.position for one in placed) == [one.post.position for one in posts]
    for document in documents:
        assert len({one.labelled.post.thread_id for one in document.posts}) == 1
        for one in document.posts:
            assert document.text[one.start : one.end] == one.labelled.post.text
            assert document.text[one.header[1] : one.start] == "\n"
            assert "\n" not in document.text[slice(*one.header)]


def test_a_long_thread_is_cut_between_posts():
    posts = [labelled(number, "x" * 30) for number in range(1, 8)]
    by_posts = thread_documents(posts, Bounds(posts=3, chars=10_000))
    by_chars = thread_documents(posts, Bounds(posts=100, chars=70))
    assert [len(document.posts) for document in by_posts] == [3, 3, 1]
    assert [len(document.posts) for document in by_chars] == [2, 2, 2, 1]


def test_a_post_longer_than_a_document_is_one_whole():
    posts = [labelled(1, "a"), labelled(2, "x" * 500), labelled(3, "b")]
    documents = list(thread_documents(posts, Bounds(posts=9, chars=100)))
    assert [len(document.posts) for document in documents] == [1, 1, 1]


def test_threads_that_come_mixed_are_put_together():
    posts = [labelled(number, "a", thread=f"t{number % 3}") for number in range(1, 10)]
    documents = list(thread_documents(posts, WIDE))
    assert [[one.labelled.post.position for one in document.posts] for document in documents] == [
        [1, 4, 7],
        [2, 5, 8],
        [3, 6, 9],
    ]


def test_only_so_many_posts_wait_for_others_of_their_thread():
    def endless():
        for number in range(1, 1_000_000):
            yield labelled(number, "a", thread=f"t{number}")

    documents = thread_documents(endless(), WIDE)
    assert next(documents).posts[0].labelled.post.position == 1


def test_names_of_files_are_safe_and_never_alike():
    threads = ["../../etc/passwd", "CON", "a\0b", "ä", "A", "a", "x" * 300, "", "a/b", "a:b"]
    posts = [labelled(number, "a", thread=thread) for number, thread in enumerate(threads, 1)]
    names = [document.name for document in thread_documents(posts, WIDE)]
    assert len({name.casefold() for name in names}) == len(threads)
    assert all(
        len(name) < 60 and set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")
        for name in names
    )
