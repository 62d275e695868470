"""Where an element stands among what is around it."""

from discourse.ingest.html.tree import Element


def words_before(element: Element) -> str:
    """Return the few words before an element in its own line."""
    above = element.parent
    if above is None:
        return ""
    text = above.children[element.place - 1] if element.place else ""
    return " ".join(text[-200:].split())[-60:] if isinstance(text, str) else ""


def opens(element: Element, body: Element | None) -> bool:
    """Say whether an element is the first thing in a text."""
    inner: Element = element
    for above in element.ancestors():
        before = above.children[: inner.place] if inner.place < 6 else [element]
        if any(not isinstance(child, str) or child.strip(" @\n\t") for child in before):
            return False
        if body is None or above is body:
            return True
        inner = above
    return False


def levels_up_to(element: Element, above: Element) -> int:
    """Count the elements between one and another above it."""
    count = 0
    for ancestor in element.ancestors():
        if ancestor is above:
            break
        count += 1
    return count
