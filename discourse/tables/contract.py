"""The tables that stages hand on and that users read: names, columns, keys.

Names and meanings are fixed. A stage may add columns at the end, never change one; the
columns that this project itself has added stand after a comment that says so.
"""

from discourse.tables.schema import Column, Schema

EVIDENCES = ("explicit", "quote", "mention", "indent", "inferred", "none")
LAYERS = ("quote", "reply", "stance", "rhetoric", "claim")
PAGE_LAYERS = ("link", "split", "turn")  # what people code beside labels: reply links, splits, turns of loops
STATES = ("open", "conceded", "compromise", "refined", "withdrawn", "third_party", "topic_shift")
EVENT_KINDS = ("starts", "resumes", "ends", "drawn_in", "leaves", "grants", "matter")
KINDS = ("quantity", "polarity", "definition", "blame", "other")


def _text(name: str, *, choices: tuple[str, ...] = ()) -> Column:
    return Column(name, "str", choices=choices)


def _maybe(name: str) -> Column:
    return Column(name, "str", nullable=True)


def _count(name: str, *, nullable: bool = False, low: int = 0) -> Column:
    return Column(name, "Int64", nullable=nullable, low=low)


def _score(name: str = "score", *, nullable: bool = False) -> Column:
    return Column(name, "float64", nullable=nullable, low=0.0, high=1.0)


SOURCES = Schema(
    "sources",
    ("source_id",),
    (
        _text("source_id"),
        _text("uri"),
        _text("reader"),
        _score("reader_score"),
        _count("stated_count", nullable=True),
        _count("found_count"),
        _text("sha256"),
    ),
)
POSTS = Schema(
    "posts",
    ("post_id",),
    (
        _text("post_id"),
        _text("thread_id"),
        _text("source_id"),
        _count("position", low=1),
        _text("author"),
        _maybe("addressee"),
        _maybe("timestamp"),
        _maybe("reply_to"),
        _text("reply_evidence", choices=EVIDENCES),
        _score("reply_score", nullable=True),
        _count("start_line", nullable=True, low=1),
        _count("end_line", nullable=True, low=1),
        _count("body_line", nullable=True, low=1),
        _maybe("lang"),
        _text("text"),
        # added: when the post answered was written, where the addressee line says so (UTC)
        _maybe("addressee_time"),
        # added: how sure the reader is that a post begins here; and what else an export says of it (JSON)
        _score("split_score", nullable=True),
        _maybe("meta"),
    ),
)
LINKS = Schema(
    "links",
    ("post_id", "reply_to", "annotator"),
    (_text("post_id"), _text("reply_to"), _text("annotator"), _text("evidence", choices=EVIDENCES), _score()),
)
ARTICLES = Schema(
    "articles",
    ("source_id", "start_line"),
    (
        _text("source_id"),
        _count("start_line", low=1),
        _count("end_line", low=1),
        _maybe("title"),
        _maybe("date"),
        _text("text"),
    ),
)
ANNOTATIONS = Schema(
    "annotations",
    ("post_id", "start", "end", "layer", "label", "target", "annotator"),
    (
        _text("post_id"),
        _count("start"),
        _count("end"),
        _text("layer", choices=LAYERS),
        _text("label"),
        _maybe("target"),
        _text("annotator"),
        _score(),
        _text("quote"),
        _maybe("detail"),
        _maybe("also"),
        # added: the lexicon entry or rule behind the row, as its file writes it
        _maybe("entry"),
    ),
)
TARGETS = Schema(
    "targets",
    ("thread_id", "target"),
    (_text("thread_id"), _text("target"), _maybe("aliases"), _text("kind"), _count("mentions")),
)
STANCES = Schema(
    "stances",
    ("thread_id", "author", "target", "annotator"),
    (
        _text("thread_id"),
        _text("author"),
        _text("target"),
        _text("annotator"),
        _text("label", choices=("favor", "against", "mixed", "none")),
        _count("favor_posts"),
        _count("against_posts"),
        _score(),
    ),
)
CAMPS = Schema(
    "camps",
    ("thread_id", "author", "annotator"),
    (
        _text("thread_id"),
        _text("author"),
        _text("annotator"),
        Column("camp", "Int64", low=1, high=2),
        _score(),
        _count("posts"),
    ),
)
CLAIMS = Schema(
    "claims",
    ("claim_id", "annotator"),
    (
        _text("claim_id"),
        _text("annotator"),
        _text("thread_id"),
        _text("text"),
        _maybe("attribute"),
        _maybe("value"),
        _maybe("conflicts_with"),
    ),
)
LOOPS = Schema(
    "loops",
    ("loop_id", "annotator"),
    (
        _text("loop_id"),
        _text("annotator"),
        _text("question"),
        _text("claim_a"),
        _text("claim_b"),
        _text("kind", choices=KINDS),
        _text("state", choices=STATES),
        _count("turns"),
        _count("restatements"),
        _count("empty_restatements"),
        _text("first_post"),
        _text("last_post"),
        _score(),
    ),
)
TURNS = Schema(
    "turns",
    ("loop_id", "post_id", "annotator"),
    (
        _text("loop_id"),
        _text("post_id"),
        _text("annotator"),
        _count("turn", low=1),
        _text("author"),
        _text("side", choices=("a", "b")),
        _text("role", choices=("assertion", "restatement")),
        Column("is_empty", "boolean"),
        _maybe("brought"),
        Column("has_evidence", "boolean"),
        _score("novelty"),
        _count("start"),
        _count("end"),
        # added: the sentence that brings most of what is new, in the post's text; empty where nothing is
        _count("brought_start", nullable=True),
        _count("brought_end", nullable=True),
    ),
)
CONTEXT = Schema(
    "context",
    ("loop_id", "source_id", "start_line", "start", "end", "value"),
    (
        _text("loop_id"),
        _text("source_id"),
        _count("start"),
        _count("end"),
        _maybe("value"),
        _maybe("attributed_to"),
        # added: the sentence itself, so that the table can be read without its article
        _text("quote"),
        # added: on which line of its source the article begins; the claim of the loop whose value the
        # sentence gives; how surely it bears on the loop
        _count("start_line", low=1),
        _maybe("claim_id"),
        _score(nullable=True),
    ),
)
CLAIM_CONTEXT = Schema(
    "claim_context",
    ("claim_id", "source_id", "start_line", "start", "end", "value"),
    (
        _text("claim_id"),
        _text("source_id"),
        _count("start"),
        _count("end"),
        _maybe("value"),
        _maybe("attributed_to"),
        _text("quote"),
        _count("start_line", low=1),
        # whether the value is the claim's own; empty where the sentence gives none
        Column("gives", "boolean", nullable=True),
        _score(nullable=True),
    ),
)
EVENTS = Schema(
    "events",
    ("thread_id", "number", "annotator"),
    (
        _text("thread_id"),
        _count("number", low=1),
        _text("post_id"),
        _text("kind", choices=EVENT_KINDS),
        _maybe("loop_id"),
        _maybe("author"),
        _text("annotator"),
        _count("start", nullable=True),
        _count("end", nullable=True),
        _maybe("quote"),
        _maybe("detail"),
        _score(),
    ),
)
AUTHORS = Schema(
    "authors",
    ("thread_id", "author"),
    (
        _text("thread_id"),
        _text("author"),
        _count("posts"),
        _count("words"),
        _count("replies_given"),
        _count("replies_received"),
    ),
)
SUMMARY = Schema(
    "summary",
    ("unit_kind", "unit_id", "metric"),
    (
        _text("unit_kind"),
        _text("unit_id"),
        _text("metric"),
        Column("value", "float64", nullable=True),
        _maybe("unit"),
    ),
)
EDITS = Schema(
    "edits",
    ("edit_id",),
    (_text("edit_id"), _text("annotator"), _text("action"), _text("post_id"), _maybe("value")),
)
# added: what a person looked for in a post, a layer or one label of it: no row of theirs means none there
CODED = Schema(
    "coded",
    ("post_id", "layer", "label", "annotator"),
    (_text("post_id"), _text("layer", choices=(*LAYERS, *PAGE_LAYERS)), _maybe("label"), _text("annotator")),
)
FAULTS = Schema("faults", (), (_text("stage"), _text("item_id"), _text("problem")))

CONTRACT: dict[str, Schema] = {
    schema.name: schema
    for schema in (
        SOURCES,
        POSTS,
        LINKS,
        ARTICLES,
        ANNOTATIONS,
        TARGETS,
        STANCES,
        CAMPS,
        CLAIMS,
        LOOPS,
        TURNS,
        CONTEXT,
        CLAIM_CONTEXT,
        EVENTS,
        AUTHORS,
        SUMMARY,
        EDITS,
        CODED,
        FAULTS,
    )
}
