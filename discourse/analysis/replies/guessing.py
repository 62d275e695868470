"""Guesses for the posts that do not say whom they answer, with the links that are known beside them."""

from collections.abc import Mapping

from discourse.analysis.base import ThreadView
from discourse.learn.reply_guesses import guess
from discourse.learn.reply_speech import Talk, speech
from discourse.model import Evidence

Found = list[tuple[int, Evidence, float]]  # place of a candidate, what speaks for it, its score


def guess_rest(thread: ThreadView, known: Mapping[int, int | None]) -> dict[int, Found]:
    """Return the candidates of each post that is not known, the likeliest first.

    Parameters
    ----------
    thread
        The thread; where no article stands above it, its first post opens it, as in a forum,
        and may be answered from anywhere.
    known
        Place of a post -> place of the post that it answers, or None where it is known to
        answer none of this page.
    """
    if len(known) == len(thread.posts):
        return {}
    speeches = [speech(v.post.author, v.own, [token.word for token in v.tokens]) for v in thread.posts]
    talk = Talk(speeches, known, opener=not thread.articles)
    authors = talk.author.tolist()
    return {
        place: [
            (other, "mention" if authors[other] in talk.called[place] else "inferred", score)
            for other, score in found
        ]
        for place, found in guess(talk).items()
    }


def states_links(thread: ThreadView) -> set[str]:
    """Name the sources of a thread that state links themselves: exports, and pages with nested markup.

    There a post without a parent is a root, not a post whose parent is to be guessed. A source
    shows it by a link, or by a root that it is sure of (a score without a link).
    """
    return {
        view.post.source_id
        for view in thread.posts
        if view.post.reply_to is not None or view.post.reply_score is not None
    }
