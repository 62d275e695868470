"""Lines on which a page states how many comments it holds, or that its comments begin."""

import re
from collections import Counter
from collections.abc import Container, Sequence

from msgspec import Struct

_NOUN = (
    r"(?:reader\s|user\s|public\s)?(?:comments?|repl(?:y|ies)|responses?|posts?|messages?|thoughts?|reactions?"
    r"|kommentare?n?|antworten|beiträge|meinungen|leserkommentare|reaktionen"
    r"|commentaires?|réactions?|réponses?|comentarios?|respuestas?|comentários?|respostas?"
    r"|commenti|commento|risposte|reacties|reactie|kommentarer|komentarze|komentarzy|комментари(?:й|я|ев)"
    r"|تعليق(?:ات|ًا|ا)?|評論|留言)"
)
_NUMBER = r"(?P<number>\d{1,3}(?:[.,  ]\d{3})+|\d{1,7})"
_COUNTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^\W{{0,4}}(?:all\s|alle\s|view\s(?:all\s)?|show\s(?:all\s)?)?{_NUMBER}\s{_NOUN}(?P<tail>\W.*)?$",
        rf"^\W{{0,4}}(?:the\s)?(?:join\sthe\s)?(?:discussion|conversation|diskussion|{_NOUN})\s?[:(\[|·•-]\s?{_NUMBER}\s?[)\]]?$",
        rf"^\W{{0,4}}(?:コメント|댓글|评论|評論)\s?[::(（]?\s?{_NUMBER}\s?[)）]?\s?(?:件|개|条)?$",
        rf"^\W{{0,4}}{_NUMBER}\s?(?:件の|개의\s?|条)\s?(?:コメント|댓글|评论|評論)$",
    )
)
_TAIL = re.compile(
    r"^\W{0,4}(?:$|to\b|on\b|zu\b|für\b|sur\b|à\b|en\b|su\b|so far|page\b|seite\b"
    r"|for\b|in\b|op\b|bisher|sort\b|\|)",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"^\W{0,4}(?:(?:reader|user|leser)?\s?(?:comments?|kommentare)|discussion|diskussion|conversation|commentaires"
    r"|comentarios|comentários|commenti|reacties|leserkommentare|комментарии|コメント|댓글|评论|التعليقات|تعليقات)\s?(?:[.…↓▼»]|\(\s?\))?$",
    re.IGNORECASE,
)

_ALIKE = 2  # times that one count is stated: over the comments and under them


class Count(Struct, frozen=True):
    """One statement of how many comments there are."""

    index: int  # 0-based line of the page
    number: int


def stated_count(line: str) -> int | None:
    """Return the number of comments that a line states, or None where it states none."""
    text = line.strip()
    if not text or len(text) > 200:
        return None
    for pattern in _COUNTS:
        match = pattern.match(text)
        if match is not None and _TAIL.match(match.groupdict().get("tail") or ""):
            return int(re.sub(r"\D", "", match["number"]))
    return None


def is_heading(line: str) -> bool:
    """Say whether a line is nothing but the heading over comments."""
    return len(line) < 40 and _HEADING.match(line.strip()) is not None


def find_counts(lines: list[str]) -> list[Count]:
    """Return every line that states a number of comments, in page order.

    Lines that differ from two others in their number alone state something else: the answers
    to each post, or the posts of each member.
    """
    found = [
        Count(index, number) for index, line in enumerate(lines) if (number := stated_count(line)) is not None
    ]
    alike = Counter(_worded(lines[count.index]) for count in found)
    return [count for count in found if alike[_worded(lines[count.index])] <= _ALIKE]


def _worded(line: str) -> str:
    """Return a line without numbers and endings, so that "1 reply" and "3 replies" are one."""
    return " ".join(word[:4] for word in re.findall(r"[^\W\d_]+", line.lower()))


def nearest_count(
    counts: Sequence[Count], first: int, last: int, posts: int, inside: Container[int]
) -> Count | None:
    """Return the count that a page states of its posts; None where it states none.

    That is one that is exactly right, else the nearest over them.

    Parameters
    ----------
    first, last
        Index of the first line of the first post's header, and of the last one's last.
    posts
        How many posts were found.
    inside
        Indices of lines within headers, which state nothing of the page.
    """
    outside = [count for count in counts if count.index not in inside]
    above = [count for count in outside if count.index < first]
    below = [count for count in outside if count.index > last]
    exact = [count for count in (*above[::-1], *below) if count.number == posts]
    return next(iter([*exact, *above[::-1]]), None)
