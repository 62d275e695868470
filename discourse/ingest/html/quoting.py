"""Which elements of a comment hold what somebody else said, and who, as far as markup shows it."""

import re

from discourse.ingest.html.tree import Element

_QUOTE_CLASS = re.compile(
    r"(?:bb[-_]?code[-_]?|bbc?[-_]|post[-_]?|comment[-_]?|message[-_]?|md[-_]?|ips|forum[-_]?|user[-_]?)?"
    r"(?:block)?(?:quote[ds]?|quotation|zitat|citation|citado|cita)"
    r"(?:[-_]?(?:content|body|box|main|text|container|wrap(?:per)?|block|inner|message|standard))?",
    re.IGNORECASE,
)
_CREDIT_CLASS = re.compile(
    r"(?:(?:bb[-_]?code[-_]?(?:block)?|bbc?[-_]|ips|top|md[-_]?)?(?:block)?(?:quote[ds]?|zitat)?[-_]*"
    r"(?:title|header|heading|head|author|credit|source|cite|citation|attribution|info))",
    re.IGNORECASE,
)
_HOLDERS = frozenset("div td section aside article dd figure details p".split())


def is_quotation(element: Element) -> bool:
    """Say whether an element holds a quotation of its own line or lines."""
    if element.tag == "blockquote":
        return not _is_wrapped(element)
    if element.tag not in _HOLDERS or "class" not in element.attributes:
        return False
    return any(map(_QUOTE_CLASS.fullmatch, element.classes)) and not _is_wrapped(element)


def is_credit(element: Element) -> bool:
    """Say whether an element within a quotation names whom it is from."""
    if element.tag == "cite":
        return True
    return element.tag in ("div", "header", "figcaption", "dt", "summary", "span", "p", "strong") and any(
        map(_CREDIT_CLASS.fullmatch, element.classes)
    )


def _is_wrapped(element: Element) -> bool:
    """Say whether a quotation is only the shell of one within it, with its credit perhaps."""
    inner = element
    for _level in range(6):
        children = [child for child in inner.children if not isinstance(child, str) or child.strip()]
        kept = [child for child in children if isinstance(child, str) or not is_credit(child)]
        if len(kept) != 1 or isinstance(kept[0], str):
            return False
        inner = kept[0]
        if inner.tag == "blockquote" or any(map(_QUOTE_CLASS.fullmatch, inner.classes)):
            # a quotation within a quotation has words of its own around it, or a second credit
            return not (len(children) == 1 and inner.tag == element.tag == "blockquote")
    return False
