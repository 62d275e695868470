"""What a post quotes, whose words they are, and what is no quotation at all."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.text.quote_records import Taken
from discourse.text.quotes import EXTERNAL, Quote, Utterance, find_quotes
from tests.text.steps import count_steps

LIDO = (
    "The lido should stay shut until the pump is mended. I swam there in April and the water was green. "
    "Nobody at the pool office answers the telephone."
)


def quoted(*posts, articles=()):
    """Return what the last post quotes: text, place of its source or "external", place it was taken from."""
    thread = [Utterance(*post) for post in posts]
    text = thread[-1].text
    return [
        (text[q.start : q.end], "external" if q.source == EXTERNAL else q.source, q.via)
        for q in find_quotes(thread, articles)[-1]
        if q.kind == "quote"
    ]


def words_of(found):
    return [(text.strip(' ."'), source) for text, source, _ in found]


# ---- what is quoted ----------------------------------------------------------------------------


def test_a_whole_line_that_another_post_said_is_quoted_without_any_mark():
    reply = "I swam there in April and the water was green.\nIt was clear in May."
    assert quoted(("Ada", LIDO), ("Bo", reply, "Ada")) == [
        ("I swam there in April and the water was green.", 0, None)
    ]


def test_a_part_of_a_sentence_on_a_line_of_its_own_is_quoted():
    assert words_of(
        quoted(("Ada", LIDO), ("Bo", "stay shut until the pump is mended\nAnd who mends it?", "Ada"))
    ) == [("stay shut until the pump is mended", 0)]


def test_a_quotation_at_the_end_of_own_words_is_found_though_the_blank_is_missing():
    reply = "You always say this.I swam there in April and the water was green."
    assert words_of(quoted(("Ada", LIDO), ("Bo", reply, "Ada"))) == [
        ("I swam there in April and the water was green", 0)
    ]


def test_two_quotations_joined_by_dots_are_two():
    reply = (
        "The lido should stay shut until the pump is mended..."
        "Nobody at the pool office answers the telephone.\nI rang them today."
    )
    assert words_of(quoted(("Ada", LIDO), ("Bo", reply, "Ada"))) == [
        ("The lido should stay shut until the pump is mended", 0),
        ("Nobody at the pool office answers the telephone", 0),
    ]


def test_a_closing_mark_left_over_does_not_hide_a_quotation():
    reply = 'I swam there in April and the water was green."\nIt was clear in May.'
    assert words_of(quoted(("Ada", LIDO), ("Bo", reply, "Ada"))) == [
        ("I swam there in April and the water was green", 0)
    ]


@pytest.mark.parametrize(
    "line",
    [
        "I swam there in april & the water was green",
        "I swam there in march and the water was green",
        "I swam there in April, the water was green",
        "“I swam there in April – and the water was green”",
    ],
)
def test_a_quotation_edited_a_little_is_still_one(line):
    (only,) = quoted(("Ada", LIDO), ("Bo", f"{line}\nIt was clear in May.", "Ada"))
    assert only[1] == 0
    assert "water" in only[0]
    assert "clear in May" not in only[0]


def test_several_quotations_answered_one_by_one_leave_the_answers_own():
    reply = (
        "The lido should stay shut until the pump is mended.\nThe pump is fine.\n"
        "Nobody at the pool office answers the telephone.\nThen write to them."
    )
    assert words_of(quoted(("Ada", LIDO), ("Bo", reply, "Ada"))) == [
        ("The lido should stay shut until the pump is mended", 0),
        ("Nobody at the pool office answers the telephone", 0),
    ]


def test_words_quoted_second_hand_belong_to_who_said_them_first():
    relay = "I swam there in April and the water was green.\nIt was clear in May."
    reply = "I swam there in April and the water was green.\nSo was yours."
    assert quoted(("Ada", LIDO), ("Bo", relay, "Ada"), ("Cy", reply, "Bo")) == [
        ("I swam there in April and the water was green.", 0, 1)
    ]


def test_ones_own_earlier_words_are_quoted_where_something_new_stands_beside_them():
    reply = "I swam there in April and the water was green.\nI still say so, Bo."
    assert words_of(quoted(("Ada", LIDO), ("Bo", "Nonsense.", "Ada"), ("Ada", reply, "Bo"))) == [
        ("I swam there in April and the water was green", 0)
    ]


def test_words_in_marks_that_stand_nowhere_on_the_page_come_from_outside():
    found = quoted(("Ada", 'The council wrote "all pools will reopen by the first of June" in its letter.'))
    assert words_of(found) == [("all pools will reopen by the first of June", "external")]


@pytest.mark.parametrize("marks", ["“{}”", "«{}»", '"{}"', "„{}“"])
def test_all_kinds_of_marks_count(marks):
    line = marks.format("all pools will reopen by the first of June")
    assert len(quoted(("Ada", f"The council wrote {line} in its letter."))) == 1


def test_words_in_marks_that_a_post_said_belong_to_that_post():
    assert words_of(
        quoted(("Ada", LIDO), ("Bo", 'You say "the water was green" but it was not.', "Ada"))
    ) == [("the water was green", 0)]


def test_a_sentence_of_the_article_is_quoted_from_outside():
    article = "The town spent forty thousand pounds on a pump that has never run for a whole day."
    reply = f"{article}\nThere you have it."
    assert words_of(quoted(("Ada", LIDO), ("Bo", reply), articles=[article])) == [
        (article.rstrip("."), "external")
    ]


def test_a_headline_above_a_bare_link_comes_from_outside():
    text = "Look here:\nPump at seaside lido fails for third time\nhttps://example.org/lido-pump\nTold you."
    assert words_of(quoted(("Ada", text))) == [("Pump at seaside lido fails for third time", "external")]


@pytest.mark.parametrize(
    "line",
    [
        "I have been saying so for years and here is the proof.",
        "More about the pump at the link below",
        "Mehr über die kaputte Pumpe hier",
    ],
)
def test_a_sentence_above_a_link_and_a_line_that_speaks_of_it_are_own_words(line):
    assert quoted(("Ada", f"{line}\nhttps://example.org/lido-pump")) == []


def test_lines_marked_with_an_angle_bracket_are_quoted_without_their_mark():
    reply = "> I swam there in April and the water was green.\nIt was clear in May."
    assert words_of(quoted(("Ada", LIDO), ("Bo", reply))) == [
        ("I swam there in April and the water was green", 0)
    ]


def test_a_marked_line_of_unknown_words_is_quoted_from_outside():
    assert quoted(("Ada", LIDO), ("Bo", "> some words nobody wrote here\nReally?")) == [
        ("some words nobody wrote here", "external", None)
    ]


def test_a_block_headed_by_a_name_is_quoted_as_far_as_it_repeats_that_post():
    reply = "Ada wrote:\nI swam there in April and the water was green.\nIt was clear in May."
    assert words_of(quoted(("Ada", LIDO), ("Bo", reply))) == [
        ("I swam there in April and the water was green", 0)
    ]


def test_the_heading_of_a_block_is_an_attribution_and_aims_at_the_same_post():
    heading = "Ada wrote: ↑Mon Jan 05, 2026 6:41 pm"
    reply = f"{heading}\nI swam there in April and the water was green.\nIt was clear in May."
    quotes = find_quotes([Utterance("Ada", LIDO), Utterance("Bo", reply)])[1]
    assert [(quote.kind, quote.source) for quote in quotes] == [("attribution", 0), ("quote", 0)]


def test_nested_blocks_are_quoted_each_from_its_own_post():
    first = "The water was clear as glass when we went down at noon."
    reply = (
        f"Bo wrote:\nAda wrote:\nI swam there in April and the water was green.\n{first}\nYou are both right."
    )
    relay = f"Ada wrote:\nI swam there in April and the water was green.\n{first}"
    found = quoted(("Ada", LIDO), ("Bo", relay), ("Cy", reply))
    assert [source for _, source in words_of(found)] == [0, 1]
    assert not any("both right" in text for text, _, _ in found)


def test_of_a_block_whose_post_is_gone_one_line_is_quoted_and_doubtfully():
    reply = "Zed wrote:\nsomething that has been taken off this page\nI do not think so at all."
    thread = [Utterance("Zed", "Morning."), Utterance("Bo", reply)]
    (quote,) = (q for q in find_quotes(thread)[1] if q.kind == "quote")
    assert reply[quote.start : quote.end] == "something that has been taken off this page"
    assert quote.source == EXTERNAL
    assert quote.score <= 0.5


def test_a_name_that_nobody_here_has_heads_no_block():
    text = "The poet wrote:\nGreen is the water of the lido at noon.\nI agree with him."
    assert quoted(("Ada", text)) == []


# ---- what is not quoted ------------------------------------------------------------------------


def test_a_turn_of_phrase_within_own_words_is_no_quotation():
    reply = "Well I too think it better to have the lido shut until the pump is mended by somebody who can."
    assert quoted(("Ada", LIDO), ("Bo", reply, "Ada")) == []


def test_a_phrase_between_commas_within_own_words_is_no_quotation():
    said = "Of all places, the green shed behind the old chapel, is where they meet."
    reply = "To my mind, the green shed behind the old chapel, ought to be pulled down."
    assert quoted(("Ada", said), ("Bo", reply, "Ada")) == []


@pytest.mark.parametrize("line", ["I agree.", "That is not true.", "Thank you very much.", "No, it is not."])
def test_a_short_common_sentence_said_twice_is_no_quotation(line):
    assert (
        quoted(("Ada", f"{line} The lido is a mess."), ("Bo", f"{line} Go and swim in the sea.", "Cy")) == []
    )


def test_a_post_posted_twice_quotes_nothing():
    assert quoted(("Ada", LIDO), ("Bo", "Hm."), ("Ada", LIDO)) == []


def test_a_later_post_is_never_a_source():
    thread = [Utterance("Bo", LIDO.split(". ")[1] + ".\nIt was clear in May."), Utterance("Ada", LIDO)]
    assert find_quotes(thread)[0] == []


def test_two_people_on_the_same_subject_quote_nothing():
    assert (
        quoted(("Ada", LIDO), ("Bo", "The pump broke last year too, and the pool was green by June.", "Ada"))
        == []
    )


def test_an_empty_thread_and_empty_posts_quote_nothing():
    assert find_quotes([]) == []
    assert find_quotes([Utterance("Ada", ""), Utterance("Bo", " \n ")]) == [[], []]


# ---- any text ----------------------------------------------------------------------------------

pieces = st.sampled_from(
    [
        "The lido should stay shut until the pump is mended.",
        "I swam there in April and the water was green.",
        "water was green",
        "Nobody answers the telephone here.",
        "Ada wrote:",
        "Bo wrote: ↑Mon Jan 05, 2026 6:41 pm",
        "https://example.org/lido",
        "> ",
        ">> ",
        "> > ",
        ">>2",
        "#1:",
        "[quote]",
        "[/quote]",
        "橋は閉まる",
        "橋閉まる。",
        '"',
        "”",
        "«",
        "...",
        "…",
        "\n",
        "\n\n",
        " ",
        "No.",
        "@Ada",
        "İ",
        "\u2028",
        "\x0b",
    ]
)
texts = st.lists(pieces | st.text(max_size=6), max_size=12).map("".join)
threads = st.lists(
    st.builds(
        Utterance,
        author=st.sampled_from(["Ada", "Bo", "Cy", ""]),
        text=texts,
        addressee=st.sampled_from([None, "Ada", "Bo", "Zed"]),
    ),
    max_size=5,
)


@settings(max_examples=150)
@given(threads, st.lists(texts, max_size=2))
def test_quotations_of_any_text_lie_in_it_never_overlap_and_point_back(thread, articles):
    found = find_quotes(thread, articles)
    assert len(found) == len(thread)
    for number, (post, quotes) in enumerate(zip(thread, found, strict=True)):
        assert all(0 <= quote.start < quote.end <= len(post.text) for quote in quotes)
        assert all(one.end <= two.start for one, two in pairwise(quotes))
        assert all(quote.source == EXTERNAL or 0 <= quote.source < number for quote in quotes)
        assert all(quote.via is None or 0 <= quote.via < number for quote in quotes)
        assert all(0 <= quote.score <= 1 for quote in quotes)


@settings(max_examples=60)
@given(threads, st.lists(texts, max_size=1))
def test_a_post_that_has_nothing_to_do_with_the_others_changes_nothing_before_it(thread, articles):
    stranger = Utterance("Quillon", "Zebras graze wherever lightning scorched last winter's brambles.")
    assert find_quotes([*thread, stranger], articles) == [*find_quotes(thread, articles), []]


stretches = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted)


@given(st.lists(stretches, max_size=10), stretches)
def test_a_stretch_is_spoken_for_as_soon_as_one_character_of_it_is(given_stretches, asked):
    taken = Taken()
    kept = []
    for start, end in given_stretches:
        if start < end and not any(a < end and start < b for a, b in kept):
            kept.append((start, end))
        taken.add(Quote(start, end, 0, "quote", 1.0))
    assert [(quote.start, quote.end) for quote in taken.in_order()] == sorted(kept)
    start, end = asked
    assert taken.touches(start, end) == any(
        a < end and start < b for a, b in kept if start < end or b > start
    )
    assert taken.beside(start) == any(start - 6 <= b < start for _, b in kept)


# ---- work --------------------------------------------------------------------------------------


def talk(posts):
    """Build a long thread in which everybody quotes the post before and says something new."""
    lines = [
        f"Number {n} of the boats in bay {n * 7 % 101} was painted {n * 13 % 97} years ago."
        for n in range(posts)
    ]
    return [
        Utterance(
            f"a{n % 9}",
            lines[n] if n == 0 else f"{lines[n - 1]}\n{lines[n]}",
            f"a{(n - 1) % 9}" if n else None,
        )
        for n in range(posts)
    ]


PARTS = ("quotes", *(f"quote_{part}" for part in "marks left_out outside reading records repeats".split()))
FILES = tuple(f"text/{name}.py" for name in (*PARTS, "phrases", "wording", "tokens", "normalise", "scripts"))


def test_a_thread_twice_as_long_costs_about_twice_the_work():
    short, long = (count_steps(lambda n=n: find_quotes(talk(n)), FILES) for n in (60, 120))
    assert long <= 3 * short


@pytest.mark.parametrize(
    "unit",
    [
        "a b c.\n",
        "> a b c d e f\n",
        '"one two three four five" ',
        "Ada wrote:\nx y z.\n",
        "the ",
        "I said that the boat was late again.\n",
        "橋は閉まる。\n",
        "https://example.org/a\n",
        ">>12\n",
        "[quote]a b c[/quote]",
    ],
)
def test_a_post_twice_as_long_costs_about_twice_the_work(unit):
    def twice(size):
        text = unit * size
        return find_quotes(
            [Utterance("Ada", text), Utterance("Bo", text, "Ada"), Utterance("Cy", text[2:], "Bo")]
        )

    short, long = (count_steps(lambda n=n: twice(n), FILES) for n in (60, 120))
    assert long <= 3 * short


def copies(posts):
    """Build a flood: everyone posts the same lines and one word of his own."""
    text = "\n".join(f"Boat {n} of the {n * 7} at the quay is for sale today." for n in range(8))
    return [Utterance(f"a{n}", f"{text}\nWord {n}.") for n in range(posts)]


def chain(posts):
    """Build a thread in which everybody repeats the whole thread so far."""
    lines = [
        f"Number {n} of the boats in bay {n * 7 % 101} was painted {n * 13 % 97} years ago."
        for n in range(posts)
    ]
    return [Utterance(f"a{n % 9}", "\n".join(lines[: n + 1])) for n in range(posts)]


@pytest.mark.parametrize("made", [copies, chain])
def test_a_flood_costs_no_more_a_character(made):
    def cost(size):
        thread = made(size)
        return count_steps(lambda: find_quotes(thread), FILES) / sum(len(post.text) for post in thread)

    assert cost(40) <= 1.5 * cost(20)


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("The mill closed in 1987, for the last time.", "The mill closed in 1991, for the last time."),
        ("The mill was shut for four days that winter.", "The mill was shut for nine days that winter."),
        (
            "The fee is too high for a family with two children.",
            "The fee is not too high for a family with two children.",
        ),
    ],
)
def test_a_line_that_changes_a_number_or_denies_what_was_said_is_no_quotation(said, answered):
    found = find_quotes(
        [Utterance("Ada", said), Utterance("Bo", f"{answered}\nI have the papers here.", "Ada")]
    )
    assert found[1] == []


def test_a_shortened_line_may_leave_a_number_out_and_is_still_a_quotation():
    said = "The old mill by the river closed in 1987 after the flood, for the last time."
    short = "The old mill by the river closed after the flood, for the last time."
    found = find_quotes([Utterance("Ada", said), Utterance("Bo", f"{short}\nSays who?", "Ada")])
    assert [quote.source for quote in found[1]] == [0]


def test_a_sentence_of_common_words_is_quoted_where_it_opens_the_answer():
    thread = [
        Utterance("Ada", "I was there, you were not. The tower fell at noon."),
        Utterance("Bo", "I was there, you were not.\nSo was half the town.", "Ada"),
    ]
    assert [quote.source for quote in find_quotes(thread)[1]] == [0]
