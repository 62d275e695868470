"""Fragments of HTML as text: what a reader of the page sees, whatever the markup."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.ingest.html.tree import parse
from discourse.ingest.html.visible import visible_text
from discourse.ingest.markup import text_of
from tests.growth import assert_linear, repeated


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("no markup at all", "no markup at all"),
        ("salt &amp; pepper", "salt & pepper"),
        ("", ""),
        ("a<br>b", "a\nb"),
        ("a<br><br>b<br>", "a\n\nb"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("one<p>two", "one\n\ntwo"),
        ("  two\n   words <b> here</b>", "two words here"),
        ("<ul><li>first<li>second</ul>", "first\nsecond"),
        ("<pre>  kept\n   as it is</pre>", "  kept\n   as it is"),
        ("<script>alert(1)</script>seen<style>p{}</style><template>x</template>", "seen"),
        ('seen<span hidden>not</span><span style="display: none">nor</span>', "seen"),
        ("she said <q>never</q> twice", "she said “never” twice"),
        ('fine <img class="emoji" alt="😀"> day', "fine 😀 day"),
        ('<img class="avatar" alt="Ann">hello', "hello"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("cafe\u0301<b></b>", "café"),
        ("x<!-- nothing -->y", "xy"),
        ('<div style="white-space: pre-wrap">a\nb</div>', "a\nb"),
    ],
)
def test_a_fragment_reads_as_a_browser_shows_it(fragment, text):
    assert text_of(fragment) == text


def test_quoted_lines_are_marked_and_nested_ones_twice():
    fragment = "<blockquote><blockquote>inner</blockquote><p>outer</p></blockquote><p>own</p>"
    assert text_of(fragment) == "> > inner\n>\n> outer\n\nown"


@pytest.mark.parametrize(
    "fragment",
    [
        "<blockquote><div><cite>Lea wrote:</cite>so it is</div></blockquote>no",
        '<div class="quotetitle">Lea wrote:</div><div class="quotecontent">so it is</div>no',
        '<aside class="quote"><div class="title">Lea wrote:</div><blockquote>so it is</blockquote></aside>no',
    ],
)
def test_the_name_above_a_quotation_stands_outside_of_it(fragment):
    lines = [line for line in text_of(fragment).split("\n") if line]
    assert lines == ["Lea wrote:", "> so it is", "no"]


def test_a_link_that_shows_its_address_cut_short_gives_the_whole():
    assert text_of('<a href="https://example.org/a/long/way">https://example.org/a/lo…</a>') == (
        "https://example.org/a/long/way"
    )
    assert text_of('see <a href="/r?u=https%3A%2F%2Fexample.org%2Fabc">example.org/a...</a>!') == (
        "see https://example.org/abc!"
    )
    assert text_of('<a href="https://example.org">and so on…</a>') == "and so on…"


def test_line_breaks_count_where_the_export_keeps_them():
    assert text_of("one\ntwo <em>three</em>", breaks=True) == "one\ntwo three"
    assert text_of("one\ntwo <em>three</em>") == "one two three"


_PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<br>",
        "<b>",
        "</i>",
        "<a href='x'>",
        "</a>",
        '<a href="',
        "<blockquote>",
        "</blockquote>",
        "<pre>",
        "<table><td>",
        "&amp;",
        "&#0;",
        "&",
        "<",
        ">",
        "\0",
        "\n",
        " ",
        "word",
        "<!--",
        "<li>",
        "</div>",
    ]
)


@given(st.lists(_PIECES, max_size=30).map("".join))
@settings(max_examples=60, deadline=None)
def test_no_fragment_is_refused_and_every_text_is_in_normal_form(fragment):
    text = text_of(fragment)
    assert text == unicodedata.normalize("NFC", text)
    assert "\0" not in text


_PLAIN = st.sampled_from(
    ["<p>", "</p>", "<br>", "<b>", "</b>", "one", " two ", "&lt;", "\n", '<a href="u">', "</a>"]
)


@given(st.lists(_PLAIN, max_size=20).map("".join))
@settings(max_examples=60, deadline=None)
def test_the_short_way_for_plain_tags_reads_as_the_parser_does(fragment):
    if "<" in fragment and fragment.count('<a href="u">') <= 1:
        assert text_of(fragment) == visible_text(parse(fragment).root, pictures=True)


@pytest.mark.parametrize(
    ("bomb", "small"),
    [
        (repeated("<b>"), 12_000),
        (repeated("<div>"), 20_000),
        (repeated("<blockquote>"), 40_000),
        (repeated("<"), 100_000),
        (repeated('<a "'), 80_000),
        (repeated("<!--"), 80_000),
        (lambda count: "<p " + " ".join(f"a{n}=1" for n in range(count)) + ">", 10_000),
        (lambda length: "<p a='" + "x" * length, 1_000_000),
        (repeated("</p>"), 40_000),
    ],
    ids=[
        "bold",
        "blocks",
        "quotations",
        "signs",
        "quotes",
        "comments",
        "attributes",
        "long attribute",
        "ends",
    ],
)
def test_a_bomb_is_read_in_linear_time(bomb, small):
    assert_linear(bomb, text_of, small=small)
