"""What articles say, in the report: by article, the best sentence first, with value and speaker."""

import pytest

from discourse.model import Article, Source
from discourse.report.basis import book as books
from discourse.report.basis.book import Book
from discourse.report.basis.titles import title_of
from discourse.report.disputes.claims import conflicts
from discourse.report.disputes.disputes import disputes
from discourse.report.page import render_report
from discourse.tables import ARTICLES, SOURCES, frame_of
from tests.analysis.mini import FEE, ROOF, analysed, thread_of

OWN = "The fee, which the board set in spring, is 55 euros. Gulls are a nuisance, the mayor said."
OTHER = "The fee may rise to 70 euros. The season fee is 40 euros, said <b>Harbour</b> Master Ines Voss."


def told(lines, other=OTHER):
    tables = thread_of(lines, article=OWN)
    articles = [
        Article(source_id="t", start_line=1, end_line=9, text=OWN, title="On fees", date="2026-03-01"),
        Article(source_id="u", start_line=1, end_line=9, text=other),
    ]
    sources = [
        Source(
            source_id=name, uri=f"pages/{name}.txt", reader="r", reader_score=1, found_count=0, sha256=name
        )
        for name in "tu"
    ]
    return analysed(tables.replace(articles=frame_of(ARTICLES, articles), sources=frame_of(SOURCES, sources)))


def test_a_dispute_shows_sentences_by_article_the_best_first():
    (dispute,) = disputes(Book.of(told(FEE)), {})
    own, other = dispute.heard
    assert (own.name, own.date, own.own) == ("On fees", "2026-03-01", True)
    assert (other.name, other.date, other.own) == ("u.txt", "", False)
    assert [(g.value, g.letter) for h in own.sentences for g in h.given] == [("€55", "b")]
    assert [(g.value, g.letter) for h in other.sentences for g in h.given] == [("€40", "a"), ("€70", "")]


def test_claims_in_no_dispute_show_them_too():
    (conflict,) = conflicts(Book.of(told(FEE[:2])))
    assert [article.name for article in conflict.heard] == ["On fees", "u.txt"]
    (conflict,) = conflicts(Book.of(told(FEE)))
    assert conflict.heard == []


@pytest.mark.parametrize("lines", [FEE, FEE[:2]])
def test_the_page_names_article_value_and_speaker(lines):
    page = render_report(told(lines), {})
    assert "The season fee is 40 euros, said &lt;b&gt;Harbour&lt;/b&gt; Master Ines Voss." in page
    assert ">€40</b>" in page
    assert "Another article on this" in page


def test_an_article_beside_the_page_is_no_source_of_posts():
    book = Book.of(told(FEE))
    assert [source.source_id for source in book.sources] == ["t"]
    assert title_of(book) == "On fees"
    assert book.count("sources") == 1


def test_a_sentence_with_two_values_is_shown_once_with_both_speakers():
    both = "The fee is 40 euros, the board said, but the mayor says that it is 55 euros."
    tables = told(FEE, both)
    (dispute,) = disputes(Book.of(tables), {})
    (sentence,) = dispute.heard[1].sentences
    assert [(g.value, g.who, g.letter) for g in sentence.given] == [
        ("€40", "board", "a"),
        ("€55", "mayor", "b"),
    ]
    assert render_report(tables, {}).count(f'<q dir="auto">{both}</q>') == 1


def test_a_sentence_that_two_articles_have_is_shown_once_with_both_names():
    tables = told(FEE, OWN)
    (dispute,) = disputes(Book.of(tables), {})
    (both,) = dispute.heard
    assert (both.name, both.date, both.own) == ("On fees and u.txt", "2026-03-01", True)
    assert [(g.value, g.letter) for h in both.sentences for g in h.given] == [("€55", "b")]
    assert len(tables["context"]) == 2
    assert "On fees and u.txt" in render_report(tables, {})


def test_articles_are_looked_up_once_however_many_disputes_there_are(monkeypatch):
    lines = [*FEE, *((who, answers and answers + len(FEE), text) for who, answers, text in ROOF)]
    tables = told(lines, OTHER + " The scaffold stood for ten days.")
    read = []
    rows_of = books.rows_of
    monkeypatch.setattr(books, "rows_of", lambda kind, table: (read.append(kind), rows_of(kind, table))[1])
    book = Book.of(tables)
    assert sum(bool(dispute.heard) for dispute in disputes(book, {})) == 2
    conflicts(book)
    assert read.count(Article) == 1
