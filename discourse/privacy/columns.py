"""What the columns of the tables hold, as far as names and texts of people are concerned.

A column that is named nowhere here is taken for free text: what is new is private until somebody says that
it need not be.
"""

from collections.abc import Callable
from typing import Any

import pandas as pd

AUTHORS = frozenset({"author"})
NAMES = AUTHORS | {"addressee"}
IDS = frozenset(
    {"source_id", "post_id", "thread_id", "reply_to", "first_post", "last_post", "item_id"}
    | {"claim_id", "claim_a", "claim_b", "loop_id", "conflicts_with"}
)
# values of our own making, or of the file as the user knows it
OURS = frozenset(
    {"uri", "reader", "sha256", "timestamp", "addressee_time", "date", "lang", "annotator"}
    | {"reply_evidence", "evidence", "layer", "label", "also", "kind", "state", "side", "role", "brought"}
    | {"unit_kind", "metric", "unit", "stage", "action", "edit_id"}
)
# where a table's spans lie: in a post, or in an article
IN_ARTICLES = frozenset({"context", "claim_context"})
SPANS = (("start", "end"), ("brought_start", "brought_end"))
QUOTE = "quote"  # the words of a row's span
TERMS = frozenset({"attribute", "detail", "question"})  # words that an analyser took from texts


def homes_of(name: str, frame: pd.DataFrame) -> list[Any]:
    """Return what holds each row's span: a post's id, or an article's source and first line."""
    if name == "articles" or name in IN_ARTICLES:
        return list(zip(frame["source_id"].tolist(), frame["start_line"].tolist(), strict=True))
    return list(frame["post_id"])


def is_text(values: pd.Series) -> bool:
    """Say whether a column may hold text."""
    return str(values.dtype) in ("str", "string", "object")


def mapped(values: pd.Series, way: Callable[[str], str]) -> pd.Series:
    """Return a column with each of its texts changed; empty cells stay empty."""
    known = {value: way(value) for value in values.dropna().unique() if isinstance(value, str)}
    changed = [known.get(value, value) if isinstance(value, str) else value for value in values]
    return pd.Series(changed, index=values.index, dtype=values.dtype)
