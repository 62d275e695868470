"""The figure of two camps: names at their places, and a line for each two who answer each other."""

import re
from xml.etree import ElementTree

import pandas as pd
import pytest

from discourse.plots import camp_ties, svg_of
from discourse.plots.camps import MANY


def members(*rows):
    return pd.DataFrame(rows, columns=["author", "camp", "is_sure"])


def ties(*rows):
    return pd.DataFrame(rows, columns=["first", "second", "label", "replies"])


def drawn(people, lines=None):
    return svg_of(camp_ties(people, ties() if lines is None else lines), prefix="c")


def texts(svg):
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    return [element.text for element in root.iter() if element.tag.endswith("}text")]


THREE = members(("Ann", 1, True), ("Bob", 2, True), ("Cem", 1, False))


def test_names_stand_below_their_camp_in_the_order_given():
    assert texts(drawn(THREE)) == ["Camp 1", "Ann", "Cem", "Camp 2", "Bob"]


def test_disputes_are_solid_and_agreement_is_dashed():
    assert "stroke-dasharray" not in drawn(THREE, ties(("Ann", "Bob", "disagree", 2)))
    assert "stroke-dasharray" in drawn(THREE, ties(("Ann", "Cem", "agree", 2)))


def test_more_replies_make_a_stronger_line():
    found = {
        replies: max(map(float, re.findall(r"stroke-width: ([0-9.]+)", drawn(THREE, ties(row)))))
        for replies in (1, 2, 10, 50)
        for row in [("Ann", "Bob", "disagree", replies)]
    }
    assert found[1] < found[2] < found[10] == found[50]


def test_a_tie_with_somebody_who_is_not_shown_is_left_out():
    assert drawn(THREE, ties(("Ann", "Zoe", "disagree", 2))) == drawn(THREE)


def test_whoever_is_doubtful_is_pale():
    assert drawn(members(("Ann", 1, True))).count("italic") < drawn(members(("Ann", 1, False))).count(
        "italic"
    )


def test_those_in_no_camp_stand_between_with_a_sign_of_their_own():
    between = drawn(members(("Ann", 1, True), ("Bob", 2, True), ("Cem", 0, False)))
    assert set(texts(between)) == {"Camp 1", "Ann", "not placed", "Cem", "Camp 2", "Bob"}
    assert "not placed" not in texts(drawn(THREE))


def test_a_thousand_ties_are_drawn_in_one_go():
    people = members(*((f"n{place}", 1 + place % 2, True) for place in range(MANY)))
    pairs = [(f"n{one}", f"n{other}", "disagree", 1) for one in range(MANY) for other in range(one)]
    figure = camp_ties(people, ties(*pairs))
    assert sum(len(axes.collections) + len(axes.lines) for axes in figure.axes) <= 10


def test_the_first_many_are_shown():
    people = members(*((f"n{place}", 1 + place % 2, True) for place in range(MANY + 5)))
    assert len(texts(drawn(people))) == MANY + 2


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "$\\frac{1}{2}$", "\u202eabc", "n" * 500, "\x00"]
)
def test_hostile_names_are_drawn_as_one_short_line(name):
    svg = drawn(members((name, 1, True), ("Bob", 2, True)), ties((name, "Bob", "disagree", 1)))
    assert "<script" not in svg
    assert all(len(text) <= 17 and "\u202e" not in text for text in texts(svg))


@pytest.mark.parametrize("people", [members(), members(("Ann", 2, True))])
def test_one_camp_or_none_is_drawn_too(people):
    assert drawn(people).startswith("<svg")


def test_the_same_tables_give_the_same_bytes():
    lines = ties(("Ann", "Bob", "disagree", 2), ("Ann", "Cem", "neither", 1))
    assert drawn(THREE, lines) == drawn(THREE, lines)
