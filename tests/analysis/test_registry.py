"""Analysers run in an order in which each finds what it needs."""

from dataclasses import dataclass

import pytest

from discourse.analysis.registry import ANALYZERS, in_order
from discourse.errors import ContractError


@dataclass
class Made:
    name: str
    requires: frozenset[str]
    assigns: frozenset[str]
    version: int = 1


def made(name, requires="", assigns=""):
    return Made(name, frozenset(requires.split()), frozenset(assigns.split()))


def names(*analyzers):
    return [analyzer.name for analyzer in in_order(analyzers)]


def test_whoever_needs_something_comes_after_whoever_makes_it():
    assert names(made("c", "b"), made("b", "a", "b"), made("a", "", "a")) == ["a", "b", "c"]


def test_those_that_need_not_wait_keep_their_order():
    assert names(made("z"), made("y"), made("x")) == ["z", "y", "x"]


def test_all_makers_of_what_is_needed_come_first():
    assert names(made("reader", "x"), made("one", "", "x"), made("two", "", "x")) == ["one", "two", "reader"]


def test_an_analyser_may_read_what_it_also_writes():
    assert names(made("a", "x", "x")) == ["a"]


def test_what_nobody_makes_was_read_and_is_not_waited_for():
    assert names(made("a", "sources")) == ["a"]


def test_two_that_wait_for_each_other_are_named():
    with pytest.raises(ContractError, match=r"a and b and a|b and a and b"):
        in_order([made("a", "y", "x"), made("b", "x", "y")])


def test_the_projects_analysers_each_find_what_they_require():
    ordered = in_order(ANALYZERS)
    assert sorted(a.name for a in ordered) == sorted(a.name for a in ANALYZERS)
    for place, analyzer in enumerate(ordered):
        later = {made for other in ordered[place + 1 :] for made in other.assigns}
        assert not analyzer.requires & later, f"{analyzer.name} runs before what it requires"


def test_names_are_unique_and_versions_count_from_one():
    assert len({analyzer.name for analyzer in ANALYZERS}) == len(ANALYZERS)
    assert all(analyzer.version >= 1 for analyzer in ANALYZERS)
