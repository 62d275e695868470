"""Articles that are read beside a page: with or without comments below them, as text or as HTML."""

import gzip

import pytest

from discourse.errors import UnreadableSourceError
from discourse.ingest import read_article
from discourse.ingest.articles import MOST_READ, whole_article
from tests.conftest import SAMPLES
from tests.growth import assert_linear

TEXT = """Kelder Post
Menu

Pier closed for longer than planned

February 9, 2026

The pier at Kelder will stay closed until the end of May, the harbour board said on Monday.

Divers found cracks in two of its legs last autumn, and the repair takes longer than the board had hoped.

Fishermen are angry. They have been promised money, and none of them has seen any of it so far.

Read more
News
Ten soups for winter
Sport
Sheep cross a motorway and nobody is hurt.
"""


def saved(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_page_without_comments_is_read_as_an_article(tmp_path):
    tables = read_article(saved(tmp_path, "a.txt", TEXT))
    article = tables["articles"].iloc[0]
    assert (article["title"], article["date"]) == ("Pier closed for longer than planned", "2026-02-09")
    assert "until the end of May" in article["text"]
    assert "sheep" not in article["text"]
    source = tables["sources"].iloc[0]
    assert (source["reader"], source["found_count"]) == ("article", 0)
    assert source["source_id"] == article["source_id"]
    assert tables["posts"].empty


def test_a_packed_file_is_read_too(tmp_path):
    plain = read_article(saved(tmp_path, "a.txt", TEXT))
    packed = read_article(saved(tmp_path, "a.txt.gz", gzip.compress(TEXT.encode(), mtime=0)))
    assert packed["articles"]["text"].tolist() == plain["articles"]["text"].tolist()


def test_a_saved_page_without_comments_is_read_as_an_article(tmp_path):
    paragraphs = "".join(f"<p>{line}</p>" for line in TEXT.splitlines() if len(line) > 60)
    page = (
        "<!doctype html><html><head><title>Pier closed | Kelder Post</title>"
        '<meta property="article:published_time" content="2026-02-09T08:00:00Z"></head>'
        f"<body><nav><p>Home and all the other things that a page has</p></nav>"
        f"<article>{paragraphs}</article></body></html>"
    )
    article = read_article(saved(tmp_path, "a.html", page))["articles"].iloc[0]
    assert (article["title"], article["date"]) == ("Pier closed", "2026-02-09")
    assert article["text"].startswith("The pier at Kelder")


def test_of_a_page_with_comments_the_article_alone_is_taken():
    tables = read_article(SAMPLES[0])
    assert len(tables["articles"]) == 1
    assert tables["posts"].empty


@pytest.mark.parametrize(
    "content", ["Ines\n", "Home\nMenu\nSearch\n", "id,author,text\n1,Ada,hello\n2,Bo,no\n"]
)
def test_a_file_without_an_article_is_refused_in_one_line(tmp_path, content):
    name = "a.csv" if content.startswith("id") else "a.txt"
    with pytest.raises(UnreadableSourceError, match="no article can be read from it") as caught:
        read_article(saved(tmp_path, name, content))
    assert "\n" not in str(caught.value)


def test_a_very_long_article_says_how_much_of_it_is_compared(tmp_path):
    long = TEXT.replace("Fishermen are angry.", "Fishermen are angry. " * (MOST_READ // 20))
    faults = read_article(saved(tmp_path, "a.txt", long))["faults"]
    assert faults["problem"].str.contains("300,000").tolist() == [True]


def test_the_cost_of_a_page_grows_with_its_stretches_of_text():
    stretch = ["The pier stays shut until spring, the board says.", "Menu", "News", "Sport"]
    assert_linear(lambda count: stretch * count, whole_article, small=400)


def test_a_page_of_short_lines_holds_no_article():
    assert whole_article(["Menu", "", "News"]) is None
