"""Claims in the report: who asserts and who denies them, where, and in which words."""

import pytest

from discourse.analysis.loops.claims import Claims
from discourse.analysis.loops.loops import Loops
from discourse.report.basis.book import Book
from discourse.report.disputes.claims import conflicts
from discourse.tables import Tables
from tests.analysis.mini import FEE, Line, thread_of


def told(lines: list[Line], *, with_loops: bool = True) -> Book:
    tables = thread_of(lines)
    for analyzer in (Claims(), Loops()) if with_loops else (Claims(),):
        tables = Tables.concat([tables, analyzer.analyze(tables)])
    return Book.of(tables)


def names(holders) -> list[tuple[str, list[str]]]:
    return [(h.author, [ref.number for ref in h.posts]) for h in holders]


def test_each_claim_names_who_asserts_it_and_in_which_posts():
    book = told(FEE)
    (conflict,) = conflicts(book)
    marks = book.tables["annotations"]
    for held, claim_id in zip(conflict.claims, ("t:c1", "t:c2"), strict=True):
        said = marks[(marks["target"] == claim_id) & (marks["label"] == "asserts")]["post_id"]
        shown = [f"t:{number}" for _, posts in names(held.asserted) for number in posts]
        assert sorted(shown) == sorted(set(said))
        assert all(book.by_id[f"t:{n}"].author == author for author, ns in names(held.asserted) for n in ns)


def test_whoever_only_denies_a_claim_is_shown_as_denying_it():
    (conflict,) = conflicts(told([*FEE, ("Eli", 7, "It is certainly not 55 euros.")]))
    assert [names(held.denied) for held in conflict.claims] == [[], [("Eli", ["9"])]]
    (holder,) = conflict.claims[1].denied
    assert holder.thin
    assert "55" in holder.words


def test_claims_of_a_loop_stand_under_its_letters_and_number():
    (conflict,) = conflicts(told(FEE))
    assert conflict.side is not None
    assert (conflict.side.loop, conflict.side.letter) == (1, "a")
    assert [held.value for held in conflict.claims] == ["€40", "€55"]


def test_claims_without_a_loop_are_shown_too():
    (conflict,) = conflicts(told(FEE, with_loops=False))
    assert conflict.side is None


def test_a_claim_that_one_author_alone_takes_up_is_left_out():
    book = told(FEE)
    marks = book.tables["annotations"]
    alone = marks[marks["post_id"].map(lambda post: book.by_id[post].author) == FEE[0][0]]
    assert (alone["layer"] == "claim").any()
    kept = Book(book.tables.replace(annotations=alone))
    assert conflicts(kept) == []


def test_a_claim_whose_rival_is_not_there_is_left_out():
    book = told(FEE)
    claims = book.tables["claims"]
    assert conflicts(Book(book.tables.replace(claims=claims[claims["claim_id"] == "t:c1"]))) == []


@pytest.mark.parametrize("length", [10, 5000])
def test_long_words_are_shortened_and_marked_so(length):
    line = "The fee is 40 euros " + "and so on " * length
    (conflict,) = conflicts(told([(FEE[0][0], None, line), *FEE[1:]]))
    words = [h.words for h in conflict.claims[0].asserted]
    assert all(len(said) <= 160 for said in words)
