"""Whether what recurs on a page can be comments at all: menus, teasers, lists and glossaries recur too."""

import re
from collections import Counter
from collections.abc import Sequence

from discourse.ingest.pasted.guesses import Guess, Rows
from discourse.ingest.pasted.judging import Verdict
from discourse.ingest.words import any_of, load_words

_LISTS = load_words("headers")
_SAYS = re.compile(rf"(?<!\w)(?:{any_of([*_LISTS['verbs'], *_LISTS['says_who']])})(?!\w)", re.IGNORECASE)
_ANSWERS = re.compile(
    rf"(?<!\w)(?:{any_of(load_words('furniture')['answer_buttons'])})(?!\w)|返信|답글|回复|回覆",
    re.IGNORECASE,
)
_UNSURE, _SURE = 0.25, 0.4  # value of a post below which nothing is believed, with a stated count and without
_NEAR = 0.35  # share by which found and stated may differ
_MANY = 10  # posts from which on fewer people need come back
_TALK = 8  # lines of talk ("name: text") from which on it needs no heading


def holds_comments(verdict: Verdict, page: Rows, counts: Sequence[int], *, headed: bool) -> bool:
    """Say whether a way to divide a page finds what people said.

    Parameters
    ----------
    counts
        Numbers of comments that the page states outside the posts.
    headed
        Whether a heading over comments stands above the first post.
    """
    guess, found = verdict.guess, verdict.count
    if any(abs(found - number) <= _NEAR * number for number in counts if number) and verdict.sure >= _UNSURE:
        return guess.weight > 0.95 or verdict.sure >= 0.5
    if verdict.sure < _SURE:
        return False
    names = Counter(one.author for one in guess.openings)
    back = sum(times for times in names.values() if times > 1) / found
    if guess.weight < 0.95:
        return _is_talk(guess, page, back, headed=headed)
    if headed or _answered(guess) or _pressed(guess, page) >= 0.5 * found or _says(guess):
        return True
    returns = 0.5 if found < _MANY else 0.3
    return found >= 5 and len(names) >= 2 and back >= returns and _outlined(guess, page)


def _says(guess: Guess) -> bool:
    """Say whether the shape of the headers has a word such as "says" or "comment by"."""
    shape = guess.sign.partition("“")[2]
    return _SAYS.search(shape) is not None


def _is_talk(guess: Guess, page: Rows, back: float, *, headed: bool) -> bool:
    names = {one.author for one in guess.openings}
    found = len(guess.openings)
    signs = headed + _answered(guess) + (_pressed(guess, page) >= 0.5 * found)
    signs += _says(guess)
    if signs and back >= 0.3:
        return True
    return back >= 0.7 and found >= _TALK and len(names) >= 3


def _answered(guess: Guess) -> bool:
    """Say whether posts name others of the page as those that they answer."""
    names = {one.author for one in guess.openings}
    return sum(one.addressee in names for one in guess.openings) >= max(1, 0.15 * len(guess.openings))


def _pressed(guess: Guess, page: Rows) -> int:
    """Count the posts with something to press to answer them: "Read more" stands under articles too."""
    ends = [*(one.row for one in guess.openings[1:]), len(page.rows)]
    return sum(
        any(
            page.button[row] and _ANSWERS.search(page.rows[row].text)
            for row in range(one.row, min(end, one.row + 200))
        )
        for one, end in zip(guess.openings, ends, strict=True)
    )


def _outlined(guess: Guess, page: Rows) -> bool:
    """Say whether nearly all posts have text in sentences, and a page's line about them."""
    ends = [*(one.row for one in guess.openings[1:]), len(page.rows)]
    spans = [range(one.row, end) for one, end in zip(guess.openings, ends, strict=True)]
    said = sum(any(page.prose(row) for row in span) for span in spans)
    return said >= 0.6 * len(spans)
