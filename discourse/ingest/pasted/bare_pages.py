"""From a bare page to its layout: where the comments begin, whether there are any, what headers say."""

from collections import Counter
from collections.abc import Sequence
from math import exp

from discourse.ingest.counts import Count, find_counts, is_heading
from discourse.ingest.furniture import is_button, is_form
from discourse.ingest.pasted.bare import BarePost, Split, split
from discourse.ingest.pasted.barelines import BareLine, read_bare
from discourse.ingest.pasted.layout import Header, Layout

# on a page that neither counts nor announces comments: posts that answer somebody there, people who come back
_ANSWERS_ALONE, _RETURNS_ALONE = 3, 2
_LEAST = 0.5  # mean probability of the header lines, below which nothing is believed


def read_bare_layout(lines: Sequence[str], counts: Sequence[Count] | None = None) -> Layout | None:
    """Return the layout of a page in which only names divide the posts; None where it holds none.

    Parameters
    ----------
    counts
        The numbers of comments that the page states, where they are known already.
    """
    count = _count_above(find_counts(list(lines)) if counts is None else counts)
    start = _start(lines, count)
    end = _end(lines, start)
    bare = [line for line in read_bare(lines[:end], start) if not is_button(line.text)]
    stated = count.number if count is not None else None
    found = split(bare, stated=stated, begins=start > 0)
    if not found.posts or not _holds_comments(bare, found, stated, headed=start > 0):
        return None
    return Layout(
        reader="bare-names",
        score=_score(found, stated),
        headers=tuple(_header(bare, post) for post in found.posts),
        stated=stated,
        count_line=count.index if count is not None else None,
    )


def _count_above(counts: Sequence[Count]) -> Count | None:
    """Return the count that stands over the comments: of several with one number the last, else the first."""
    if not counts:
        return None
    return [count for count in counts if count.number == counts[0].number][-1]


def _start(lines: Sequence[str], count: Count | None) -> int:
    """Return the index behind the count or, without one, behind a heading in the page's first half."""
    if count is not None:
        return count.index + 1
    first_half = lines[: len(lines) // 2 + 1]
    return next((index + 1 for index, line in enumerate(first_half) if is_heading(line)), 0)


def _end(lines: Sequence[str], start: int) -> int:
    return next((index for index in range(start, len(lines)) if is_form(lines[index])), len(lines))


def _holds_comments(bare: Sequence[BareLine], found: Split, stated: int | None, *, headed: bool) -> bool:
    """Say whether what was found can be comments at all: an article's and a menu's short lines are none."""
    if 2 * _with_prose(bare, found) < len(found.posts) or _score(found, None) < _LEAST:
        return False
    if stated is not None and abs(len(found.posts) - stated) <= 0.35 * stated:
        return True
    authors = Counter(bare[post.author].name for post in found.posts)
    answered = sum(bare[post.addressee].name in authors for post in found.posts if post.addressee is not None)
    glued = sum(line.moment is not None for line in bare)
    again = sum(times > 1 for times in authors.values())
    if headed:
        return again >= 1 or answered >= 1 or glued >= 1
    # nothing announces comments: names that recur in captions and lists must not make any
    return answered + glued >= _ANSWERS_ALONE and again >= _RETURNS_ALONE


def _with_prose(bare: Sequence[BareLine], found: Split) -> int:
    """Count the posts with a line that reads as a sentence, by its length or its end."""
    ends = [post.author for post in found.posts[1:]] + [len(bare)]
    return sum(
        any(_is_sentence(line) for line in bare[post.author + 1 : end])
        for post, end in zip(found.posts, ends, strict=True)
    )


def _is_sentence(line: BareLine) -> bool:
    return not line.name or line.rest is not None or line.text.endswith((".", "!", "?", "。"))


def _score(found: Split, stated: int | None) -> float:
    sure = sum(1 / (1 + exp(-max(-30.0, min(30.0, post.odds)))) for post in found.posts) / len(found.posts)
    if stated is None:
        return 0.9 * sure
    near = min(len(found.posts), stated) / max(len(found.posts), stated, 1)
    return sure * (0.5 + 0.5 * near)


def _header(bare: Sequence[BareLine], post: BarePost) -> Header:
    author = bare[post.author]
    if post.addressee is None:
        return Header(
            author.number - 1, author.number - 1, author.name, reason=f"it reads as a name ({post.odds:+.1f})"
        )
    answered = bare[post.addressee]
    return Header(
        first=author.number - 1,
        last=answered.number - 1,
        author=author.name,
        addressee=answered.name,
        addressee_moment=answered.moment,
        rest=answered.rest,
        kinds={answered.number - 1: "addressee"},
        reason=f"two names stand together ({post.odds:+.1f})",
    )
