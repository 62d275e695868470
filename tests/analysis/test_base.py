"""What analysers share: own words apart from quoted ones, and overlapping rows made one."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.analysis.base import (
    PostView,
    annotation,
    annotations_table,
    maker,
    merge_overlaps,
    read_threads,
)
from discourse.analysis.quotes import Quotes
from discourse.model import Annotation, Post, Span
from discourse.tables import ARTICLES, Tables, frame_of
from tests.analysis.talk import say, talk

TEXT = "abcdefghij klmnop\nqrstuv wxyz"
spans = (
    st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted).filter(lambda s: s[0] < s[1])
)
rows = st.builds(
    lambda span, label, target, by, score, post_id: Annotation(
        post_id=post_id,
        start=span[0],
        end=span[1],
        layer="rhetoric",
        label=label,
        target=target,
        annotator=by,
        score=score,
        quote=TEXT[span[0] : span[1]],
    ),
    spans,
    st.sampled_from(["hedge", "booster"]),
    st.sampled_from([None, "T"]),
    st.sampled_from(["a@1", "b@1", "c@2"]),
    st.sampled_from([0.5, 0.7, 1.0]),
    st.sampled_from(["p", "q"]),
)


def kind(row):
    return row.post_id, row.layer, row.label, row.target


def covered(rows_):
    return {(kind(row), n) for row in rows_ for n in range(row.start, row.end)}


@settings(max_examples=200)
@given(st.lists(rows, max_size=8))
def test_merged_rows_quote_the_text_and_cover_the_same_characters_without_overlap(given_rows):
    merged = merge_overlaps(given_rows)
    assert all(row.quote == TEXT[row.start : row.end] for row in merged)
    assert covered(merged) == covered(given_rows)
    for one, two in pairwise(sorted(merged, key=lambda row: (str(kind(row)), row.start))):
        assert kind(one) != kind(two) or one.end <= two.start
    assert merge_overlaps(merged) == merged


@settings(max_examples=200)
@given(st.lists(rows, max_size=8))
def test_no_maker_is_lost_in_merging_and_none_is_named_twice(given_rows):
    merged = merge_overlaps(given_rows)
    for row in merged:
        inside = [r for r in given_rows if kind(r) == kind(row) and row.start <= r.start and r.end <= row.end]
        assert {row.annotator, *(row.also or "").split()} == {r.annotator for r in inside}
        assert row.annotator not in (row.also or "").split()
        assert row.score == max(r.score for r in inside)


def row(start, end, *, by="a@1", score=1.0, label="hedge"):
    return Annotation(
        post_id="p",
        start=start,
        end=end,
        layer="rhetoric",
        label=label,
        annotator=by,
        score=score,
        quote=TEXT[start:end],
    )


def test_the_surer_of_two_overlapping_rows_decides():
    (merged,) = merge_overlaps([row(0, 5, by="weak@1", score=0.4), row(3, 9, by="sure@1", score=0.9)])
    assert (merged.start, merged.end, merged.annotator, merged.also, merged.score) == (
        0,
        9,
        "sure@1",
        "weak@1",
        0.9,
    )


def test_at_a_tie_the_earlier_row_decides():
    (merged,) = merge_overlaps([row(3, 9, by="late@1"), row(0, 5, by="early@1")])
    assert merged.annotator == "early@1"


def test_rows_that_only_touch_stay_two():
    assert len(merge_overlaps([row(0, 5), row(5, 9)])) == 2


def test_rows_of_different_labels_stay_two():
    assert len(merge_overlaps([row(0, 5), row(0, 5, label="booster")])) == 2


def view_of(text, *quotes, author="A"):
    post = Post(post_id="p", thread_id="t", source_id="s", position=1, author=author, text=text)
    bare = PostView(post, ())
    return PostView(
        post,
        tuple(
            annotation(bare, Span(start=a, end=b), layer="quote", label="quote", by="q@1") for a, b in quotes
        ),
    )


@given(st.text(st.sampled_from("ab. \n"), max_size=20), st.data())
def test_own_words_keep_every_offset_and_every_line_break(text, data):
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    own = view_of(text, (start, end)).own
    assert len(own) == len(text)
    assert own[:start] + own[end:] == text[:start] + text[end:]
    assert all(
        a == b if b == "\n" else a == " " for a, b in zip(own[start:end], text[start:end], strict=True)
    )


def test_own_words_before_and_after_a_quotation_are_never_one_sentence():
    text = "I think the bell is loud and old and it rings at noon"
    view = view_of(text, (12, 24))
    assert [text[s.start : s.end].strip() for s in view.sentences] == [
        "I think the",
        "and old and it rings at noon",
    ]


def test_words_of_own_words_leave_out_the_quoted_ones():
    view = view_of("they said red bells ring", (10, 19))
    assert [token.word for token in view.tokens] == ["they", "said", "ring"]
    assert [token.word for token in view.tokens_in(Span(start=0, end=5))] == ["they"]


def test_a_row_quotes_the_text_itself_and_rounds_its_score():
    made = annotation(
        view_of("red bells"), Span(start=4, end=9), layer="rhetoric", label="x", by="m@1", score=2 / 3
    )
    assert (made.quote, made.score) == ("bells", 0.6667)


def test_a_table_of_rows_keeps_the_contract():
    annotations_table([row(3, 9), row(0, 5)]).check("here")
    annotations_table([]).check("here")


def test_a_maker_is_named_with_its_version():
    assert maker(Quotes()) == f"quotes@{Quotes.version}"


def test_threads_are_read_in_page_order_with_their_quotes_apart():
    tables = talk(say("Ada", "one"), say("Bo", "two"))
    turned = tables.replace(
        posts=tables["posts"].iloc[::-1].reset_index(drop=True),
        articles=frame_of(ARTICLES, [{"source_id": "t", "start_line": 1, "end_line": 1, "text": "news"}]),
        annotations=annotations_table(
            [
                Annotation(
                    post_id="t:2", start=0, end=3, layer="quote", label="quote", annotator="q", quote="two"
                ),
                Annotation(
                    post_id="t:2", start=0, end=3, layer="rhetoric", label="x", annotator="r", quote="two"
                ),
            ]
        )["annotations"],
    )
    (thread,) = read_threads(turned)
    assert [view.post.author for view in thread.posts] == ["Ada", "Bo"]
    assert [len(view.quotes) for view in thread.posts] == [0, 1]
    assert [row.layer for row in thread.annotations] == ["rhetoric"]
    assert [article.text for article in thread.articles] == ["news"]


def test_no_posts_make_no_threads():
    assert list(read_threads(Tables())) == []


def test_the_parent_of_a_post_is_found_and_a_gone_one_is_none():
    tables = talk(say("Ada", "one"), say("Bo", "two", reply_to="t:1"), say("Cy", "three", reply_to="gone"))
    (thread,) = read_threads(tables)
    assert [
        getattr(thread.parent(view), "post", None) and thread.parent(view).post.author
        for view in thread.posts
    ] == [
        None,
        "Ada",
        None,
    ]
    assert thread.authors == ["Ada", "Bo", "Cy"]
