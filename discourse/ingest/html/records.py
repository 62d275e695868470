"""What reading a saved page gives."""

from datetime import datetime

from msgspec import Struct

from discourse.ingest.articles import PageArticle
from discourse.ingest.explained import Explained
from discourse.model import Evidence


class HtmlPost(Struct, frozen=True):
    """One comment of a saved page."""

    position: int  # 1-based
    author: str  # as shown; "[deleted]" or the like of a comment that is gone; empty where none is shown
    text: str  # NFC; what is quoted stands on lines that begin with "> "
    timestamp: datetime | None  # UTC
    parent: int | None  # position of the comment answered; None where the page does not say
    parent_evidence: Evidence  # explicit | indent | none
    parent_score: float | None  # 0 to 1; None without a parent
    dom_id: str | None  # what the markup calls the comment
    is_deleted: bool
    split_score: float  # 0 to 1: how sure it is that this is one comment


class HtmlReading(Struct, frozen=True):
    """A saved page read: its comments, and what each of its parts was taken for."""

    reader: str
    score: float  # 0 to 1
    stated_count: int | None
    posts: tuple[HtmlPost, ...]
    article: PageArticle | None
    explanation: tuple[Explained, ...]
