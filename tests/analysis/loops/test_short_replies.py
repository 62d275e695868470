"""Short replies: which claim they carry, and when they carry none."""

import pytest

from discourse.analysis.base import read_threads
from discourse.analysis.loops.claims import Claims
from discourse.analysis.loops.dispute import Links
from discourse.analysis.loops.short_replies import short_reply
from tests.analysis.loops.short_exchanges import EXCHANGES, Exchange
from tests.analysis.mini import FEE, Line, analysed, thread_of, turns
from tests.growth import assert_linear


def sides(lines: list[Line]) -> str:
    """Write for each post the side that it takes in the first dispute; the first post's is `a`."""
    found = Claims().analyze(thread_of(lines))
    taken = ["-"] * len(lines)
    names = found["claims"]["claim_id"].tolist()[:2]
    for row in found["annotations"].itertuples():
        if row.target in names:
            side = (row.target == names[1]) != (row.label == "denies")
            taken[int(row.post_id.split(":")[1]) - 1] = "ab"[side]
    text = "".join(taken)
    return text.translate(str.maketrans("ab", "ba")) if text.startswith("b") else text


@pytest.mark.parametrize("exchange", EXCHANGES.values(), ids=EXCHANGES)
def test_each_post_of_a_short_exchange_takes_the_side_that_a_reader_sees(exchange: Exchange):
    lines, wanted = exchange
    found = sides(lines)
    assert "".join("?" if w == "?" else f for w, f in zip(wanted, found, strict=True)) == wanted


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("Nope.", "no"),
        ("No, Ivo.", "no"),
        ("Wrong. Ask the foreman.", "no"),
        ("Says who?", "no"),
        ("Exactly!", "yes"),
        ("That's right.", "yes"),
        ("It did.", "is"),
        ("Did too", "is"),
        ("No. It is.", "is"),
        ("They did not.", "isnt"),
        ("No it wasn't.", "isnt"),
        ("He never did.", "isnt"),
        ("No idea.", None),
        ("Wrong thread?", None),
        ("Not that I would know of any such thing anywhere in the whole of our parish, to be honest.", None),
        ("", None),
    ],
)
def test_bare_denial_and_assent_are_told_from_other_short_posts(text: str, manner: str | None):
    (thread,) = read_threads(thread_of([("Ada", None, text)]))
    found = short_reply(thread.posts[0])
    assert (found.manner if found else None) == manner


def test_a_bare_denial_is_a_turn_and_its_own_words_are_quoted():
    tables = analysed(thread_of([*FEE, ("Ada", 7, "Nope.")]))
    assert turns(tables)[-1] == "9A"
    last = tables["turns"].iloc[-1]
    assert tables["posts"]["text"].iloc[-1][last.start : last.end] == "Nope."


def test_nobody_is_put_on_both_sides_by_a_short_reply():
    assert sides([*FEE, ("Ada", 6, "Wrong.")])[8] == "-"


def test_a_post_answers_the_first_one_where_others_lead_elsewhere():
    def answered(lines: list[Line]) -> list[int | None]:
        (thread,) = read_threads(thread_of(lines))
        links = Links(thread)
        return [links.answered(place) for place in range(len(lines))]

    assert answered([("A", None, "x"), ("B", 1, "y"), ("C", 2, "z"), ("D", 1, "w")]) == [None, 0, 1, 0]
    assert answered([("A", None, "x"), ("B", 1, "y"), ("C", 1, "z"), ("D", 1, "w")]) == [None, 0, 1, 2]


def test_many_short_replies_take_time_in_proportion():
    def thread(count: int):
        texts = ("It was 4 days.", "A week.", "Nope.", "Wrong.")
        return thread_of([(f"u{at % 2}", at or None, texts[at % 4]) for at in range(count)])

    assert_linear(thread, Claims().analyze, small=200)
