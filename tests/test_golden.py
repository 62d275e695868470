"""The sample pages read as they were read when a person last looked: any change shows up as a difference.

`pytest tests/test_golden.py --update-golden` writes what comes out now; look at the difference before
it is committed.
"""

import csv
import io

import pytest

from discourse.analysis.quotes import Quotes
from discourse.analysis.replies.replies import Replies, fill_in
from discourse.ingest import read_source
from discourse.model import Annotation, Post
from discourse.tables import rows_of
from tests.conftest import ROOT, SAMPLES

COLUMNS = (
    "start_line",
    "body_line",
    "end_line",
    "author",
    "addressee",
    "reply_to",
    "reply_evidence",
    "quotes",
)


def posts_of(page):
    """Write each post of a page as one row: its lines, its people, whom it answers, what it quotes."""
    tables = read_source(page)
    tables = tables.replace(annotations=Quotes().analyze(tables)["annotations"])
    tables = fill_in(tables.replace(links=Replies().analyze(tables)["links"]))
    posts = list(rows_of(Post, tables["posts"]))
    positions = {post.post_id: str(post.position) for post in posts}
    quotes = {post.post_id: [] for post in posts}
    for row in rows_of(Annotation, tables["annotations"]):
        quotes[row.post_id].append(row)
    for post in posts:
        yield {
            "start_line": post.start_line,
            "body_line": post.body_line,
            "end_line": post.end_line,
            "author": post.author,
            "addressee": post.addressee,
            "reply_to": positions.get(post.reply_to or "", post.reply_to),
            "reply_evidence": post.reply_evidence,
            "quotes": " ".join(_lines(post, row, positions) for row in quotes[post.post_id]),
        }


def _lines(post, row, positions):
    """Write a quotation as `first-last<source`, with `~via` where it came by way of another post."""
    first = post.body_line + post.text.count("\n", 0, row.start)
    last = post.body_line + post.text.count("\n", 0, row.end - 1)
    via = f"~{positions[row.detail]}" if row.detail else ""
    return f"{first}-{last}<{positions.get(row.target, row.target)}{via}{'!' * (row.label == 'attribution')}"


@pytest.mark.parametrize("page", SAMPLES, ids=lambda page: page.stem)
def test_posts_links_and_quotations_of_a_sample_page_are_as_they_were(page, golden):
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(posts_of(page))
    golden(ROOT / "tests" / "golden" / f"{page.stem}.posts.csv", file.getvalue())


def test_there_are_three_sample_pages_each_with_its_gold():
    assert len(SAMPLES) == 3
    assert all(page.with_suffix(".gold.json").is_file() for page in SAMPLES)
