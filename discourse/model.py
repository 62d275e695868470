"""The nouns of the project, as frozen records; tables hold the same facts in columns."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

Evidence = Literal["explicit", "quote", "mention", "indent", "inferred", "none"]
Layer = Literal["quote", "reply", "stance", "rhetoric", "claim"]


class Span(Struct, frozen=True, kw_only=True):
    """A half-open stretch of a post's text."""

    start: int  # code points from the beginning of the text, 0-based
    end: int  # one past the last code point

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        """Say whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


class Source(Struct, frozen=True, kw_only=True):
    """One file that was read."""

    source_id: str  # first 12 hex digits of the file's SHA-256
    uri: str  # as the user named it
    reader: str  # which profile or reader read it
    reader_score: float  # 0 to 1: how sure the reader is of its splits
    found_count: int
    sha256: str
    stated_count: int | None = None  # what the page itself states; None where it states nothing


class Article(Struct, frozen=True, kw_only=True):
    """What a page holds beside its comments."""

    source_id: str
    start_line: int  # 1-based line of the page
    end_line: int
    text: str
    title: str | None = None
    date: str | None = None  # ISO 8601 day, as the page states it


class Post(Struct, frozen=True, kw_only=True):
    """One comment as its author left it; annotations never change it."""

    post_id: str  # unique in the corpus, never reused
    thread_id: str
    source_id: str
    position: int  # 1-based in the page
    author: str  # as the page shows it; a keyed pseudonym with --pseudonyms
    text: str  # NFC; every offset counts code points of this string
    addressee: str | None = None  # the name that the page says is answered
    timestamp: datetime | None = None  # UTC; None where the page gave none
    reply_to: str | None = None  # None at a root; may name a post that is gone
    reply_evidence: Evidence = "none"
    reply_score: float | None = None  # 0 to 1; without a link: how sure the source is that there is none
    start_line: int | None = None  # 1-based lines of a pasted page; None for other sources
    end_line: int | None = None
    body_line: int | None = None  # the line on which `text` begins
    lang: str | None = None  # ISO 639-1
    addressee_time: datetime | None = None  # UTC; when the post answered was written, where the page says so
    split_score: float | None = None  # 0 to 1: how sure it is that a post begins here; 1 in exports
    meta: str | None = None  # fields of an export that the tables have no column for, as one JSON object


class Link(Struct, frozen=True, kw_only=True):
    """One candidate for the post that a post answers."""

    post_id: str
    reply_to: str
    annotator: str
    evidence: Evidence
    score: float  # 0 to 1


class Annotation(Struct, frozen=True, kw_only=True):
    """One label on a span of a post."""

    post_id: str
    start: int  # half-open code-point offsets into the post's text
    end: int
    layer: Layer
    label: str
    annotator: str  # maker and version, such as hedges@3
    quote: str  # text[start:end], always checked
    target: str | None = None  # see TABLES: what it means depends on the layer
    score: float = 1.0  # 0 to 1
    detail: str | None = None
    also: str | None = None  # other makers that said the same, with spaces between
    entry: str | None = None  # the lexicon entry or rule behind it, as its file writes it


class Target(Struct, frozen=True, kw_only=True):
    """Somebody or something that a thread argues about."""

    thread_id: str
    target: str  # its name in this thread
    aliases: str | None  # other names found for it, with | between; None where there are none
    kind: str  # person | party | group | country | institution | measure | other
    mentions: int  # in own words, over the whole thread


class CampMember(Struct, frozen=True, kw_only=True):
    """An author whom the replies of a thread place in one of its two camps."""

    thread_id: str
    author: str
    annotator: str
    camp: int  # 1 is the camp of the author with most links, 2 the other
    score: float  # share, 0.5 to 1, that the author is of this camp
    posts: int  # replies and quotations, given and received, on which that rests


class Claim(Struct, frozen=True, kw_only=True):
    """One statement that at least two authors take up."""

    claim_id: str
    thread_id: str
    text: str  # its clearest statement, a quotation
    annotator: str
    attribute: str | None = None  # what is measured, where it is about a quantity
    value: str | None = None  # such as "4 days"
    conflicts_with: str | None = None  # claim ids with spaces between


class Loop(Struct, frozen=True, kw_only=True):
    """Two sides that hold a pair of conflicting claims against each other over and over."""

    loop_id: str
    annotator: str
    question: str
    claim_a: str
    claim_b: str
    kind: str  # quantity | polarity | definition | blame | other
    state: str  # open | conceded | compromise | refined | withdrawn | third_party | topic_shift
    turns: int
    restatements: int
    empty_restatements: int
    first_post: str
    last_post: str
    score: float  # 0 to 1


class Turn(Struct, frozen=True, kw_only=True):
    """One post's part in a loop."""

    loop_id: str
    post_id: str
    annotator: str
    turn: int  # 1-based
    author: str
    side: Literal["a", "b"]
    role: Literal["assertion", "restatement"]
    is_empty: bool  # neither a new reason nor new evidence
    has_evidence: bool
    novelty: float  # 0 to 1: share of content words that the author has not yet used in the loop
    start: int  # where the claim stands in the post's text
    end: int
    brought: str | None = None  # reason | source | number | ..., None where nothing
    brought_start: int | None = None  # the sentence that brings most of it, in the post's text
    brought_end: int | None = None


class Event(Struct, frozen=True, kw_only=True):
    """A point at which a thread or one of its loops takes a turn."""

    thread_id: str
    number: int  # among the events of its thread and annotator, from 1
    post_id: str  # the post that shows it
    kind: str  # starts | resumes | ends | drawn_in | leaves | grants | matter
    annotator: str
    score: float  # 0 to 1
    loop_id: str | None = None  # None where it is of the thread alone
    author: str | None = None  # who does it; None of a change of matter
    start: int | None = None  # the words that show it, in the post's text; None where none do
    end: int | None = None
    quote: str | None = None  # text[start:end]
    detail: str | None = None  # what kind of it; see the analyser `shape`


class Fault(Struct, frozen=True, kw_only=True):
    """Something that went wrong without stopping the run."""

    stage: str
    item_id: str
    problem: str
