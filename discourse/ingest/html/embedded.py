"""Comments that a page carries as data for search engines (JSON-LD), where its markup shows fewer."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from discourse.ingest.html.facts import Facts
from discourse.ingest.html.records import HtmlPost
from discourse.ingest.html.shown_times import moments_in, resolve_best, stamp_of
from discourse.ingest.html.tree import Element, parse
from discourse.ingest.html.visible import visible_text

_LISTS = ("comment", "comments", "suggestedAnswer", "acceptedAnswer", "@graph", "mainEntity", "hasPart")
_TYPES = ("Comment", "Answer", "UserComments", "DiscussionForumPosting", "SocialMediaPosting")
_LARGEST = 50_000_000  # characters of a script that are read


def embedded_comments(facts: Facts, day: date | datetime | None) -> list[HtmlPost]:
    """Return the comments in a page's scripts of type `application/ld+json`; none where there are none."""
    posts: list[HtmlPost] = []
    for element in facts.tree.elements:
        if element.tag == "script" and element.get("type").lower().strip() == "application/ld+json":
            raw = "".join(child for child in element.children if isinstance(child, str))
            posts.extend(_posts(_loaded(raw), len(posts), day))
    return posts


def _loaded(raw: str) -> Any:
    if len(raw) > _LARGEST:
        return None
    try:
        return json.loads(raw.strip().removeprefix("<!--").removesuffix("-->"), strict=False)
    except (ValueError, RecursionError):
        return None


def _posts(data: Any, before: int, day: date | datetime | None) -> Iterator[HtmlPost]:
    position = before
    stack: list[tuple[Any, int | None]] = [(data, None)]
    while stack:
        node, parent = stack.pop()
        if isinstance(node, list):
            stack.extend((child, parent) for child in reversed(node))
            continue
        if not isinstance(node, dict):
            continue
        text = _text(node.get("text") or node.get("commentText") or node.get("articleBody"))
        is_post = _is_comment(node) and bool(text)
        if is_post:
            position += 1
            yield _post(node, text, position, parent, day)
        above = position if is_post else parent
        stack.extend((node[name], above) for name in reversed(_LISTS) if name in node)


def _is_comment(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(kind in _TYPES[:3] for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _post(
    node: dict[str, Any], text: str, position: int, parent: int | None, day: date | datetime | None
) -> HtmlPost:
    identity = node.get("@id") or node.get("identifier") or node.get("url")
    return HtmlPost(
        position=position,
        author=_author(node.get("author") or node.get("creator")),
        text=text,
        timestamp=_moment(
            node.get("dateCreated") or node.get("datePublished") or node.get("commentTime"), day
        ),
        parent=parent,
        parent_evidence="none" if parent is None else "indent",
        parent_score=None if parent is None else 1.0,
        dom_id=identity if isinstance(identity, str) else None,
        is_deleted=False,
        split_score=0.95,
    )


def _author(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("alternateName")
    return " ".join(value.split()) if isinstance(value, str) else ""


def _text(value: Any) -> str:
    return visible_text(parse(f"<pre>\n{value}</pre>").root) if isinstance(value, str) else ""


def _moment(value: Any, day: date | datetime | None) -> datetime | None:
    if not isinstance(value, str):
        return None
    exact = stamp_of(_Stamp(value))
    return exact or resolve_best(iter(moments_in(value)), day)


class _Stamp(Element):
    """A value of JSON read like an element's attribute."""

    def __init__(self, value: str) -> None:
        super().__init__("time", None, 0, {})
        self.attributes = {"datetime": value.strip()}
