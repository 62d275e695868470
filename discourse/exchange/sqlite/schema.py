"""The database's tables, indexes, views and full-text index, made from the contract."""

from collections.abc import Iterator

from discourse.tables.contract import CONTRACT
from discourse.tables.schema import Column

TYPES = {"str": "TEXT", "Int64": "INTEGER", "float64": "REAL", "boolean": "INTEGER"}
RUN = "run"  # a column of `posts` beyond the contract: the name of the run's folder
REJECTED = "is_rejected"  # a column of `annotations` beyond the contract: whether a person has rejected it
ID = "id"  # a column of `annotations` beyond the contract: a number, from 1
INDEXED = ("post_id", "thread_id", "author", "layer", "label", "annotator", "loop_id", "claim_id", "reply_to")
_PEOPLES = ("turns",)  # what people's rows of a table may leave empty, the contract does not say

# disagreements: of two that speak of the same answer, target or claim, one says something else; or somebody
# has looked for what another gave (and not for nothing), and gave nothing such, or has rejected it
VIEWS = {
    "labelled_posts": """
SELECT a.id, p.post_id, p.thread_id, p.position, p.author, p.timestamp, a.layer, a.label, a.target,
       a.annotator, a.annotator LIKE 'human:%' AS is_person, a.is_rejected, a.score, a.quote, a.detail, p.text
FROM annotations AS a JOIN posts AS p USING (post_id)""",
    "disagreements": """
SELECT a.post_id, a.layer, a.target, a.label, a.annotator,
       b.label AS other_label, b.annotator AS other, a.quote
FROM annotations AS a JOIN annotations AS b
  ON b.post_id = a.post_id AND b.layer = a.layer AND b.target IS a.target
WHERE a.layer IN ('reply', 'stance', 'claim') AND a.annotator < b.annotator AND a.label <> b.label
UNION ALL
SELECT a.post_id, a.layer, a.target, a.label, a.annotator, NULL, c.annotator, a.quote
FROM annotations AS a JOIN coded AS c
  ON c.post_id = a.post_id AND c.layer = a.layer AND (c.label IS NULL OR c.label = a.label)
WHERE c.annotator <> a.annotator AND (a.layer, a.label) NOT IN (('reply', 'neither'), ('stance', 'none'))
AND NOT EXISTS (
  SELECT 1 FROM annotations AS own
  WHERE own.post_id = a.post_id AND own.layer = a.layer AND own.annotator = c.annotator
    AND CASE WHEN a.layer IN ('quote', 'rhetoric') THEN own.label = a.label
             ELSE own.target IS a.target END)
UNION ALL
SELECT a.post_id, a.layer, a.target, a.label, a.annotator, NULL, 'a person who rejected it', a.quote
FROM annotations AS a
WHERE a.is_rejected AND NOT EXISTS (
  SELECT 1 FROM coded AS c WHERE c.post_id = a.post_id AND c.layer = a.layer)""",
}
SEARCH = """CREATE VIRTUAL TABLE posts_fts USING fts5 (text, author, content="posts", tokenize="unicode61")"""


def columns_of(name: str) -> list[str]:
    """Return the columns of a table that rows of the contract fill."""
    return [column.name for column in CONTRACT[name].columns]


def tables() -> Iterator[str]:
    """Yield what makes the tables."""
    for name, schema in CONTRACT.items():
        lines = [_column(name, column) for column in schema.columns]
        if name == "posts":
            lines.append(f'"{RUN}" TEXT NOT NULL')
        elif name == "annotations":
            lines.insert(0, f'"{ID}" INTEGER PRIMARY KEY')
            lines.append(f'"{REJECTED}" INTEGER NOT NULL')
        # people join posts: their edits may be of posts that are gone
        if name not in ("posts", "edits") and "post_id" in columns_of(name):
            lines.append("FOREIGN KEY (post_id) REFERENCES posts (post_id)")
        yield f'CREATE TABLE "{name}" (\n  ' + ",\n  ".join(lines) + "\n)"
    yield "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL)"


def indexes() -> Iterator[str]:
    """Yield what makes the indexes, and the statistics by which SQLite chooses among them."""
    for name in CONTRACT:
        if {"post_id", "layer"} <= set(columns_of(name)):
            yield f'CREATE INDEX "{name}_post_layer" ON "{name}" (post_id, layer)'
        for column in INDEXED:
            if column in columns_of(name) and (name, column) != ("posts", "post_id"):
                yield f'CREATE INDEX "{name}_{column}" ON "{name}" ("{column}")'
    yield "ANALYZE"


def views() -> Iterator[str]:
    """Yield what makes the views."""
    for name, query in VIEWS.items():
        yield f"CREATE VIEW {name} AS{query}"


def _column(table: str, column: Column) -> str:
    line = f'"{column.name}" {TYPES[column.dtype]}'
    if (table, column.name) == ("posts", "post_id"):
        return f"{line} PRIMARY KEY NOT NULL"
    if column.nullable or (table in _PEOPLES and column.name not in CONTRACT[table].key):
        return line
    return f"{line} NOT NULL"
