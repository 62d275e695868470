"""Comments that no element of a saved page holds: what a reader sees is read as a pasted page."""

from datetime import date, datetime

from discourse.errors import NoCommentsError
from discourse.ingest.explained import Explained
from discourse.ingest.html.facts import Facts
from discourse.ingest.html.records import HtmlPost, HtmlReading
from discourse.ingest.html.visible import visible_text
from discourse.ingest.pasted.pages import read_page

_LEAST = 3  # posts below which a text that merely looks like comments is taken for none
_SURE = 0.7  # score of the text's layout from which on it is believed
_RULES = 3  # lines across the page between letters
_LONGEST = 2_000_000  # characters of a page that is read so


def read_flat(facts: Facts, day: date | datetime | None) -> HtmlReading | None:
    """Return the comments of a page as its text shows them; None where it shows none."""
    if not 0 < facts.chars[0] <= _LONGEST or not _is_unmarked(facts):
        return None
    try:
        reading = read_page(visible_text(facts.tree.root), day=day)
    except NoCommentsError:
        return None
    if len(reading.posts) < _LEAST or reading.score < _SURE:
        return None
    posts = tuple(
        HtmlPost(
            position=post.position,
            author=post.author,
            text=post.text,
            timestamp=post.timestamp,
            parent=post.parent,
            parent_evidence=post.parent_evidence,
            parent_score=post.parent_score,
            dom_id=None,
            is_deleted=False,
            split_score=reading.score if post.split_score is None else post.split_score,
        )
        for post in reading.posts
    )
    return HtmlReading(
        reader="html-text",
        score=reading.score,
        stated_count=reading.stated_count,
        posts=posts,
        article=reading.article,
        explanation=tuple(
            Explained("text", "comment", post.position, "no element holds it: read as text", post.text[:80])
            for post in posts
        ),
    )


def _is_unmarked(facts: Facts) -> bool:
    """Say whether most of a page is bare text between lines across it, as teasers and menus never are."""
    bare = 0
    for element in facts.tree.elements:
        if facts.seen[element.number] and sum(child.tag == "hr" for child in element.elements()) >= _RULES:
            bare += sum(len(child.strip()) for child in element.children if isinstance(child, str))
    return bare >= 0.5 * facts.chars[0]
