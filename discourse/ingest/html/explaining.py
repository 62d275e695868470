"""Which element of a saved page was taken for what, and why."""

from collections import Counter
from collections.abc import Iterator, Sequence

from discourse.ingest.articles import PageArticle
from discourse.ingest.explained import Explained
from discourse.ingest.html.containers import Container
from discourse.ingest.html.contexts import contexts_of
from discourse.ingest.html.facts import Facts
from discourse.ingest.html.fields import Comment
from discourse.ingest.html.nesting import Answer
from discourse.ingest.html.tree import Element
from discourse.ingest.html.visible import visible_text

_LEVELS = 2  # of a path that are shown
_MOST = 20  # lists of something else that are told
_ELSEWHERE = "its name, its tag or the title above says that it is something else"
_SHOWN = 80  # characters of a text that are shown


def explain(comments: Sequence[Comment], answers: Sequence[Answer | None]) -> Iterator[Explained]:
    """Yield for each comment why it is one, and what gave its author, time, words and parent."""
    alike = Counter(comment.item.container.key for comment in comments)
    for position, (comment, answer) in enumerate(zip(comments, answers, strict=True), start=1):
        container = comment.item.container
        place = path_of(container.first)
        reason = f"one of {alike[container.key]} like elements, {container.key} (worth {container.worth:.1f})"
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
        for element, text in comment.left_out:
            yield Explained(
                path_of(element), "furniture", position, _left_out(element, comment), text[:_SHOWN]
            )


def explain_page(
    facts: Facts, containers: Sequence[Container], article: PageArticle | None, stated: int | None
) -> Iterator[Explained]:
    """Yield what else the page holds: its article, the number that it states, and lists of something else."""
    if article is not None:
        shown = article.title or " ".join(article.text[:_SHOWN].split())
        yield Explained("page", "article", None, "most running text outside of the comments", shown[:_SHOWN])
    if stated is not None:
        yield Explained("page", "count", None, "the page states it, near its comments if it can", str(stated))
    roots = {root.number for container in containers for root in container.roots}
    context = contexts_of(facts)
    told = 0
    for element in facts.tree.elements:
        above = 0.0 if element.parent is None else context[element.parent.number]
        if not (context[element.number] < 0 <= above and facts.chars[element.number]):
            continue
        if roots.isdisjoint(range(element.number, element.end)):
            told += 1
            text = facts.short_text(element) or " ".join(visible_text(element)[:_SHOWN].split())
            yield Explained(path_of(element), "elsewhere", None, _ELSEWHERE, text[:_SHOWN])
        if told >= _MOST:
            return


def _left_out(element: Element, comment: Comment) -> str:
    if element.number in comment.addresses:
        return "it says whom the comment answers"
    return "a button, a badge, a counter, or what stands under nearly all comments"


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
