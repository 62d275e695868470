"""The page that leads to several reports."""

import re

from made_thread import SCRIPT, made_tables

from discourse.report import IndexEntry, render_index
from discourse.report.several.index import FEWEST_WORDS
from discourse.summary import summarise


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


def other_thread(name="bath.txt"):
    """The same talk on another page, where nobody has the same name but one."""
    tables = made_tables()
    posts = tables["posts"]
    others = posts["author"].map(lambda author: author if author == "Marta" else f"{author} II")
    return IndexEntry(
        name=name, tables=tables.replace(posts=posts.assign(author=others)), href="bath/report.html"
    )


def two_pages():
    return render_index(
        [IndexEntry(name="pool.txt", tables=made_tables(), href="pool/report.html"), other_thread()], {}
    )


def test_questions_lead_into_the_reports():
    html = index()
    assert 'href="./pool/report.html#d1"' in html
    assert "Was the pool closed for two months or for three weeks?" in html
    assert "The mayor 7" in html


def test_the_same_dispute_name_and_target_are_told_with_their_pages():
    html = two_pages()
    again = html[html.index('id="again-h"') :]
    assert "the same quantity with the same two values" in again
    assert 'href="./bath/report.html#d1"' in again
    assert "The mayor" in again
    names = again[again.index("The same names") : again.index("The same targets")]
    assert names.count("<bdi") == 1
    assert "Marta" in names
    assert "5 posts" in names or "4 posts" in names


def test_one_page_alone_has_nothing_that_recurs():
    assert "What recurs" not in index()


def test_nothing_in_common_is_said():
    empty = made_tables()
    none = {name: empty[name].iloc[:0] for name in ("loops", "turns", "targets", "stances", "claims")}
    posts = empty["posts"].assign(author=[f"reader {n}" for n in range(14)])
    other = IndexEntry(name="b.txt", tables=empty.replace(posts=posts, **none), href="b/report.html")
    html = render_index([IndexEntry(name="a.txt", tables=made_tables(), href="a/report.html"), other], {})
    assert "No name, dispute or target was found on more than one page." in html


def test_hostile_text_of_what_recurs_is_escaped():
    html = two_pages()
    assert "<script" not in html
    assert "onerror=&#34;" in html


def test_the_overview_of_many_pages_is_bounded_and_says_what_it_leaves_out():
    entries = [other_thread(f"{n}.txt") for n in range(40)]
    html = render_index(entries, {"sources": [{"uri": str(n)} for n in range(40)]})
    assert "and on 28 more" in html
    assert "and 20 more, in run.json" in html
    assert len(html) < 40 * 4000 + 60_000


def test_a_page_of_few_words_or_of_another_language_has_no_rate_to_be_held_beside_others():
    summary = made_tables()["summary"].copy()
    of_run = (summary["unit_kind"] == "run") & (summary["metric"] == "own_words")
    summary.loc[of_run, "value"] = FEWEST_WORDS - 1.0
    html = index(tables=made_tables().replace(summary=summary))
    assert re.search(r"too few words for a rate \(\d+ markers\)", html)
    posts = made_tables()["posts"].assign(lang="de").astype({"lang": "str"})
    foreign = made_tables().replace(posts=posts)
    html = index(tables=foreign.replace(**summarise(foreign).frames))
    assert "not looked at: no comment is in English" in html
    assert "not looked at" not in index()
