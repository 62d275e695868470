"""Whether what the model of rows takes for posts can be comments: teasers, events and lists recur too."""

import re
from collections import Counter

from discourse.ingest.counts import is_heading
from discourse.ingest.pasted.layout import Layout
from discourse.ingest.pasted.recurrence import Rows
from discourse.ingest.words import any_of, load_words

_ANSWERS = re.compile(
    rf"(?<!\w)(?:{any_of(load_words('furniture')['answer_buttons'])})(?!\w)|返信|답글|回复|回覆",
    re.IGNORECASE,
)
_NEAR = 0.35  # share by which found and stated may differ
_BACK = 0.3  # share of posts by people who write more than once, from which on they talk
_HALF = 0.5
_DOUBTFUL = -0.3  # agreement of the model with its own reading, below which names that recur say nothing
_CLEAR = -0.06  # agreement of the model with its own reading, from which on it needs no other sign
_OFTEN, _FAIR = 12, -0.25  # the same for so many posts: by chance, rows recur a few times
_FEWEST, _MANY = 3, 8  # posts that it needs then, and where each name stands before its text like a key


def holds_comments(layout: Layout, page: Rows, agreed: float, sure: float) -> bool:
    """Say whether a layout finds what people said to each other.

    Parameters
    ----------
    agreed
        How much the model of rows agrees with it (see weighing.agreement).
    sure
        How much it agrees with its own likeliest tags, from which the layout was made.
    """
    found = len(layout.headers)
    if layout.stated is not None and abs(found - layout.stated) <= _NEAR * layout.stated:
        return True
    names = Counter(header.author for header in layout.headers)
    back = sum(times for times in names.values() if times > 1) / found
    if (back >= _BACK and len(names) > 1 and agreed >= _DOUBTFUL) or any(
        header.addressee in names for header in layout.headers
    ):
        return True
    if _is_headed(layout, page) or _pressed(layout, page) >= _HALF * found:
        return True
    glossary = all(header.rest is not None for header in layout.headers)  # "Berth: where a boat lies."
    return found >= (_MANY if glossary else _FEWEST) and sure >= (_CLEAR if found < _OFTEN else _FAIR)


def _is_headed(layout: Layout, page: Rows) -> bool:
    """Say whether a heading over comments stands above the first post."""
    first = layout.begins
    return any(row.index < first and not row.long and is_heading(row.text) for row in page.rows)


def _pressed(layout: Layout, page: Rows) -> int:
    """Count what can be pressed to answer below the first post's top: articles have "Read more", too."""
    first = layout.begins
    return sum(
        pressed and row.index > first and _ANSWERS.search(row.text) is not None
        for row, pressed in zip(page.rows, page.button, strict=True)
    )
