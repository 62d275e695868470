"""Whom posts that people joined answer."""

from collections.abc import Mapping, Sequence
from typing import Any

Row = dict[str, Any]
_LINK = ("reply_to", "reply_evidence", "reply_score", "addressee", "addressee_time")


def inherit_links(rows: Sequence[Row], parts: Mapping[str, Sequence[Row]]) -> dict[str, str]:
    """Give joined posts the link of their first part whose parent is outside of the joined posts.

    A part that answers nobody counts as such: the post answers nobody then. Where pages stand newest first,
    a post may be joined to the one that answers it: it answers then whom the older one answers. A link from
    which a chain of answers leads back to the joined post is none of an outsider.

    Parameters
    ----------
    rows
        The posts as they stand now; their links are changed in place. Links name posts as they stand now.
    parts
        The rows of the posts that were joined, the first one's first, by the post that holds them now.

    Returns
    -------
    dict
        Joined posts that do not have their first part's link, with the id of the part whose link they have.
    """
    parents = {row["post_id"]: row["reply_to"] for row in rows}
    found: dict[str, str] = {}
    for row in rows:
        home = row["post_id"]
        its = parts.get(home, ())
        part = next((one for one in its if not _leads(one["reply_to"], home, parents)), None)
        if part is not None and part["post_id"] != home:
            row |= {name: part[name] for name in _LINK}
            parents[home] = part["reply_to"]
            found[home] = part["post_id"]
    return found


def _leads(start: str | None, home: str, parents: Mapping[str, str | None]) -> bool:
    """Say whether the chain of posts answered, from one on, comes to a post."""
    walked: set[str] = set()
    here = start
    while here is not None and here != home and here not in walked:
        walked.add(here)
        here = parents.get(here)
    return here == home
