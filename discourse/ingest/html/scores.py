"""How sure the reader is of a saved page and of each of its comments; no probabilities, but comparable."""

from collections.abc import Sequence

from discourse.ingest.html.fields import Comment

_SURE = 5.0  # worth of a container from which on it is as sure as can be


def split_score(comment: Comment) -> float:
    """Return how sure it is that this is one whole comment, 0 to 1."""
    score = 0.5 + 0.3 * min(1.0, comment.item.container.worth / _SURE)
    score += (
        0.08 * bool(comment.author) + 0.06 * (comment.time_element is not None) + 0.06 * bool(comment.text)
    )
    return round(min(score, 1.0), 4)


def page_score(comments: Sequence[Comment], stated: int | None) -> float:
    """Return how sure the splits of a page are, 0 to 1; a count that the page states is a check."""
    mean = sum(map(split_score, comments)) / len(comments)
    if stated is not None and stated == len(comments):
        mean += 0.5 * (1 - mean)
    elif stated is not None and stated and not 0.5 <= len(comments) / stated <= 1.2:
        mean *= 0.85
    return round(mean, 4)
