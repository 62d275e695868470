"""Rows to numbers: every figure that a report shows, per run, source, thread, author, post, loop, target.

A link is a *guess* where its evidence is ``inferred`` or its score lies below ``GUESS_BELOW``;
all other links are *stated* by the page. Figures of links exist for both.
"""

from discourse.summary.facts import GUESS_BELOW, STATED, is_guess, preferred
from discourse.summary.figures import RUN, part_of, summarise
from discourse.summary.headlines import headlines, in_brief

__all__ = [
    "GUESS_BELOW",
    "RUN",
    "STATED",
    "headlines",
    "in_brief",
    "is_guess",
    "part_of",
    "preferred",
    "summarise",
]
