"""Guesses for the posts that do not say whom they answer, with the links that are known beside them."""

from collections.abc import Mapping

from discourse.analysis.base import ThreadView
from discourse.learn.reply_guesses import guess
from discourse.learn.reply_speech import Speech, Talk, speech
from discourse.model import Evidence
from discourse.text.tokens import words_of

_WORDS = 500  # words of the articles that posts are compared with, the first ones
_HEAD = 10_000  # characters of each that are read

Found = list[tuple[int, Evidence, float]]  # place of a candidate, what speaks for it, its score


def guess_rest(thread: ThreadView, known: Mapping[int, int | None]) -> dict[int, Found]:
    """Return the candidates of each post that is not known, the likeliest first.

    Parameters
    ----------
    thread
        The thread. What opens it may be answered from anywhere: the article above it, where there
        is one, else its first post, as in a forum.
    known
        Place of a post -> place of the post that it answers, or None where it is known to
        answer none of this page.
    """
    if len(known) == len(thread.posts):
        return {}
    above = [_article(thread)] if thread.articles else []
    shift = len(above)
    speeches = [speech(v.post.author, v.own, v.words, v.post.lang) for v in thread.posts]
    links = {place + shift: None if other is None else other + shift for place, other in known.items()}
    talk = Talk([*above, *speeches], links, opener=True, article=bool(above))
    authors = talk.author.tolist()
    return {
        place - shift: [
            (other - shift, "mention" if authors[other] in talk.called[place] else "inferred", score)
            for other, score in found
            if other >= shift  # who answers the article answers nobody
        ]
        for place, found in guess(talk).items()
    }


def _article(thread: ThreadView) -> Speech:
    """Read what stands above the posts; nobody wrote it, as far as the thread goes."""
    words: list[str] = []
    for article in thread.articles:
        words += words_of(f"{article.title or ''}\n{article.text[:_HEAD]}")
    return speech("", "", words[:_WORDS], thread.posts[0].post.lang)


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
