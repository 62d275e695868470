"""The page that leads to several reports."""

from made_thread import SCRIPT, made_tables

from discourse.report import IndexEntry, render_index


def index(**more):
    entry = {"name": "pool.txt", "tables": made_tables(), "href": "pool/report.html"} | more
    silent = IndexEntry(name="empty <page>.txt", reason=f"ends in an empty comment form {SCRIPT}")
    return render_index([IndexEntry(**entry), silent], {"run_id": "abc"})


def test_it_links_each_report_and_says_what_was_found():
    html = index()
    assert 'href="./pool/report.html"' in html
    assert "Pool to open again &amp; stay &lt;open&gt;" in html
    assert "15 stated" in html


def test_a_source_without_comments_says_why():
    html = index()
    assert "empty &lt;page&gt;.txt" in html
    assert "ends in an empty comment form" in html
    assert "<script" not in html


def test_a_name_is_never_read_as_a_scheme_or_a_query():
    html = index(href='javascript:alert(1)?#"/report.html')
    assert 'href="./javascript%3Aalert%281%29%3F%23%22/report.html"' in html


def test_nothing_found_anywhere_is_said():
    html = render_index([IndexEntry(name="a.txt", reason="no comments")], {})
    assert "No comments were found in any source." in html


def test_the_same_entries_give_the_same_bytes():
    assert index() == index()
