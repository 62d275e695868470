"""Which element of a saved page was taken for what, and why."""

from collections.abc import Iterator, Sequence

from discourse.ingest.explained import Explained
from discourse.ingest.html.fields import Comment
from discourse.ingest.html.nesting import Answer
from discourse.ingest.html.tree import Element

_LEVELS = 3  # of a path that are shown
_SHOWN = 80  # characters of a text that are shown


def explain(comments: Sequence[Comment], answers: Sequence[Answer | None]) -> Iterator[Explained]:
    """Yield for each comment why it is one, and what gave its author, time, words and parent."""
    for position, (comment, answer) in enumerate(zip(comments, answers, strict=True), start=1):
        container = comment.item.container
        place = path_of(container.first)
        reason = f"one of the like elements {container.key}, worth {container.worth:.1f}"
        yield Explained(place, "comment", position, reason, comment.dom_id or "")
        yield Explained(
            path_of(comment.author_element), "author", position, comment.author_reason, comment.author
        )
        shown = "" if comment.timestamp is None else comment.timestamp.isoformat()
        yield Explained(path_of(comment.time_element), "time", position, comment.time_reason, shown)
        if answer is not None:
            yield Explained(
                place, "parent", position, f"{answer.reason} ({answer.evidence})", str(answer.parent + 1)
            )
        yield Explained(
            path_of(comment.body_element),
            "body",
            position,
            comment.body_reason,
            " ".join(comment.text[: 2 * _SHOWN].split())[:_SHOWN],
        )


def path_of(element: Element | None) -> str:
    """Return the way to an element as a selector: its last three levels; empty for none."""
    steps: list[str] = []
    while element is not None and element.parent is not None and len(steps) < _LEVELS:
        step = element.tag
        if element.get("id"):
            step += "#" + element.get("id")[:40]
        step += "".join(f".{name[:40]}" for name in element.classes[:2])
        steps.append(step)
        element = element.parent
    return " > ".join(reversed(steps))
