"""Marked texts: nothing is lost, nested and crossing marks all show."""

from hypothesis import given
from hypothesis import strategies as st
from made_thread import made_tables, post_id

from discourse.report.basis.book import Book
from discourse.report.basis.spans import Mark, cut, excerpt, marks_of


def mark(number, start, end, style="rhetoric"):
    return Mark(
        number=number,
        start=start,
        end=end,
        style=style,
        layer=style.partition(" ")[0],
        label="hedge",
        what=f"mark {number}",
        href="",
        why="",
        maker="m@1",
        score="0.80",
        unsure=False,
        whole=False,
        quote="",
    )


def shown(segments):
    return [(s.text, s.style, s.ends) for s in segments]


def test_a_text_without_marks_is_one_piece():
    assert shown(cut("plain", [])) == [("plain", "", "")]
    assert cut("", []) == []


def test_crossing_marks_are_cut_at_all_boundaries():
    segments = cut("abcdef", [mark(1, 0, 4), mark(2, 2, 6, "claim")])
    assert shown(segments) == [("ab", "rhetoric", ""), ("cd", "rhetoric claim", "1"), ("ef", "claim", "2")]


def test_a_nested_mark_keeps_the_outer_one_around_it():
    segments = cut("abcdef", [mark(1, 0, 6), mark(2, 2, 3, "stance favor")])
    assert [s.style for s in segments] == ["rhetoric", "rhetoric stance favor", "rhetoric"]
    assert [s.marks for s in segments] == ["1", "1 2", "1"]


def test_marks_that_touch_do_not_run_into_each_other():
    assert [s.style for s in cut("abcd", [mark(1, 0, 2), mark(2, 2, 4, "quote")])] == ["rhetoric", "quote"]


def test_two_marks_on_the_same_stretch_end_together():
    assert cut("ab", [mark(1, 0, 2), mark(2, 0, 2)])[0].ends == "1,2"


_SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=12)


@given(st.text(max_size=25), _SPANS)
def test_segments_joined_are_the_text_and_carry_each_mark(text, spans):
    marks = [mark(n, min(s), max(s), f"m{n}") for n, s in enumerate(spans, start=1)]
    segments = cut(text, marks)
    assert "".join(s.text for s in segments) == text
    for one in marks:
        covered = "".join(s.text for s in segments if one.style in s.style.split())
        assert covered == text[one.start : one.end]


def test_offsets_count_code_points():
    assert [s.text for s in cut("🏊x🏊", [mark(1, 1, 2)])] == ["🏊", "x", "🏊"]


def test_agreement_is_said_of_the_whole_post():
    marks = marks_of(Book.of(made_tables()), post_id(2))
    assert [m.what for m in marks if m.whole] == ["disagrees with it"]


def test_a_mark_says_what_why_who_and_how_sure():
    marks = marks_of(Book.of(made_tables()), post_id(6))
    clown = next(m for m in marks if m.quote == "clueless clown")
    assert (clown.what, clown.href) == ("name calling", "#m-name_calling")
    assert clown.why == "because of “clown”"
    assert (clown.maker, clown.score) == ("rhetoric_maker@1 (also insults@2)", "0.98")


def test_a_weak_mark_is_called_unsure():
    weak = [m for m in marks_of(Book.of(made_tables()), post_id(1)) if m.unsure]
    assert [m.score for m in weak] == ["0.44"]


def test_a_mark_on_all_own_words_is_of_the_whole_post_whatever_is_quoted():
    tables = made_tables()
    rows = tables["annotations"]
    text = tables["posts"]["text"][4]
    start = text.index("Everybody!")
    sarcasm = rows["quote"].str.startswith("Perhaps your street can read")
    rows = rows.copy()
    rows.loc[sarcasm, ["start", "end", "quote"]] = [start, len(text), text[start:]]
    book = Book.of(tables.replace(annotations=rows))
    assert "rhetorical question" in " ".join(m.what for m in marks_of(book, post_id(5)) if m.whole)


def test_a_long_pattern_is_shortened_and_never_lost_without_a_sign():
    rows = made_tables()["annotations"].copy()
    rows.loc[rows["quote"] == "clueless clown", "entry"] = "(" + "clown|" * 60 + "fool)"
    marks = marks_of(Book.of(made_tables().replace(annotations=rows)), post_id(6))
    why = next(m.why for m in marks if m.quote == "clueless clown")
    assert why.startswith("because of “(clown|clown")
    assert why.endswith("…”")
    assert len(why) < 80


def test_an_excerpt_stops_at_blanks_and_says_where_it_was_cut():
    found = excerpt("one two three four five six seven", 14, 18, around=7)
    assert (found.before, found.marked, found.after) == ("… three ", "four", " five …")


def test_an_excerpt_of_a_word_without_end_stays_short():
    found = excerpt("w" * 3000, 1000, 2500, around=50, longest=100)
    assert len(found.before + found.marked + found.after) < 250
