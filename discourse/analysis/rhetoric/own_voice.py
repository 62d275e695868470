"""Whether words are the writer's own where no marks of quotation stand, and whether he stands by them."""

import re

_REACH = 200  # code points on either side of a match within which its sentence is looked for
_LINK = re.compile(r"(?:https?:|www\.|\w/)[^ \n]{0,160}\Z")
# English that nobody writes today but who recites
_RECITED = re.compile(r"\b(?:thou|thee|thy|thine|hath|doth|shalt|saith|unto|ye|behold|begat|o man)\b")
_END = re.compile(r"[.!?\n]")
# what is denied, averted, doubted or laid into another's mouth earlier in the sentence
_NOT_HELD = re.compile(
    r"\b(?:not|never|nor|no|nobody|cannot|hardly|without|prevent(?:s|ed|ing)?|avoid(?:s|ed|ing)?|allege[sd]?"
    r"|claim(?:s|ed|ing)?|argu(?:e|es|ed|ing|ment)|assert(?:s|ed|ing)?|say|says|said|saying|hear|cry|call for"
    r"|supposed(?:ly)?|so-called|how|whether|who|label(?:s|ed|led)?)\b|n't\b"
)


def is_own_voice(folded: str, start: int, end: int) -> bool:
    """Say whether a stretch of folded text is neither part of a link nor of recited scripture."""
    if _LINK.search(folded[max(0, start - _REACH) : start]):
        return False
    before, after = _sentence_beside(folded, start, end)
    return not _RECITED.search(f"{before}{folded[start:end]}{after}")


def is_held(folded: str, start: int, end: int) -> bool:
    """Say whether the writer holds what a sentence says: it is not denied, reported, averted or asked."""
    before, after = _sentence_beside(folded, start, end)
    return not _NOT_HELD.search(before) and not after.endswith("?")


def _sentence_beside(folded: str, start: int, end: int) -> tuple[str, str]:
    """Return what of its sentence stands before and after a stretch, the mark that ends it included."""
    before = folded[max(0, start - _REACH) : start]
    edge = max((match.end() for match in _END.finditer(before)), default=0)
    last = _END.search(folded, end, end + _REACH)
    return before[edge:], folded[end : last.end() if last else end + _REACH]
