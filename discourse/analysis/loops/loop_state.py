"""How a loop ends, as far as its authors say so in plain words."""

import re
from collections.abc import Sequence

from discourse.analysis.base import ThreadView
from discourse.analysis.loops.dispute import Links
from discourse.text.normalise import fold

_AFTER = 12  # posts after the last turn in which an end may still be declared
_WORDS: dict[str, tuple[str, ...]] = {
    "conceded": (
        r"i stand corrected",
        r"i (?:was|am|must be) (?:wrong|mistaken)",
        r"my mistake",
        r"i take (?:it|that|everything) (?:all )?back",
        r"i concede",
        r"i(?:'ll| will| must| have to)? admit (?:it|defeat|that i was)",
        r"you (?:were|are) right(?: and i| after all|[,.]? i was)",
        r"you(?:'re| are| were) right[,.!]",
        r"i got (?:it|that) wrong",
    ),
    "compromise": (
        r"meet (?:you )?in the middle",
        r"we(?:'re| are) both right",
        r"let's (?:say|call it|settle on)",
        r"split the difference",
        r"we can agree (?:on|that)",
    ),
    "refined": (
        r"(?:what|all) i (?:meant|mean) (?:was|is)",
        r"to be (?:more )?precise",
        r"i should have said",
        r"in that (?:narrow|strict) sense",
        r"let me rephrase",
    ),
    "withdrawn": (
        r"agree to disagree",
        r"i(?:'m| am) (?:done|out)(?= |[.,!])",
        r"i give up",
        r"not going to argue",
        r"i(?:'ll| will) leave it (?:there|at that)",
        r"i rest my case",
    ),
}
_ENDINGS = {state: re.compile(rf"\b(?:{'|'.join(words)})") for state, words in _WORDS.items()}


def loop_state(thread: ThreadView, turns: Sequence[int]) -> str:
    """Return how a loop ends.

    Only an author of the loop can end it, in one of its last turns or in a post that
    hangs on a turn soon after. Without such words it stays open.

    Parameters
    ----------
    turns
        Places of the loop's turns in the thread, in order; at least two.
    """
    links = Links(thread)
    authors = {thread.posts[place].post.author for place in turns}
    for place in range(turns[-2], min(len(thread.posts), turns[-1] + _AFTER)):
        view = thread.posts[place]
        if view.post.author not in authors:
            continue
        if place not in turns and not any(up in turns for up, _steps in links.above(place)):
            continue
        text = fold(view.own)
        for state, pattern in _ENDINGS.items():
            if pattern.search(text):
                return state
    return "open"
