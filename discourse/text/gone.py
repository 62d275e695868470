"""Names that a page shows where the author of a post is gone: many people, or nobody."""

GONE = frozenset(
    {"", "[deleted]", "[removed]", "[deleted by user]", "[removed by reddit]", "[ removed by reddit ]"}
    | {"[unavailable]", "[gelöscht]", "[supprimé]", "[eliminado]", "[flagged]", "[dead]"}
)


def is_gone(author: str) -> bool:
    """Say whether a name is none, or one that stands for everybody who has left."""
    return author.strip().casefold() in GONE
