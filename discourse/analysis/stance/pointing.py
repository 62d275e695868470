"""Which posts can be for or against a target at all: most name none, and point to none."""

from collections.abc import Sequence
from functools import lru_cache

from discourse.analysis.base import PostView
from discourse.analysis.stance.clauses import SUBJECT_WORDS
from discourse.analysis.stance.mentions import Mention, MentionFinder
from discourse.analysis.stance.references import Memory, may_mean_outside
from discourse.lexicon import Lexicons, load_lexicons
from discourse.lexicon.patterns import forms_of
from discourse.text.normalise import fold
from discourse.text.tokens import words_of


@lru_cache(maxsize=1)
def stance_words() -> Lexicons:
    """Return the lexicon of praise and blame, read once."""
    return load_lexicons(names=("stance_words",))


def may_judge(
    view: PostView, finder: MentionFinder, outside: Sequence[Sequence[Mention]], *, answers_first: bool
) -> bool:
    """Say whether a post's words can mean a target at all: most name none, and point to none.

    Parameters
    ----------
    outside
        The mentions of what it quotes and answers.
    answers_first
        Whether it answers the post that opened the thread.
    """
    if finder.find(view.own):
        return True
    if any(finder.may_find(view.post.text[quote.start : quote.end]) for quote in view.quotes):
        return True  # which a sentence without a subject may be about
    if not any(outside):
        return False
    return may_mean_outside(view.words, outside) or _may_answer(view, outside, answers_first=answers_first)


def _may_answer(view: PostView, outside: Sequence[Sequence[Mention]], *, answers_first: bool) -> bool:
    """Say whether its first sentence may be about the one target of what it quotes or answers."""
    if not view.sentences or Memory(outside=outside).answered() is None:
        return False
    opening = view.sentences[0]
    if answers_first and SUBJECT_WORDS.isdisjoint(view.words_in(opening)):
        return True
    folded = fold(view.own[opening.start : opening.end])
    return any(word in folded for word in _verdict_words())


@lru_cache(maxsize=1)
def _verdict_words() -> frozenset[str]:
    """Return a word of each answer that is about the post answered: "riddance" of "Good riddance."."""
    entries = stance_words().by_name["stance_words"].entries
    forms = (
        form
        for entry in entries
        if entry.fields.get("frame") == "verdict"
        for form in forms_of(fold(entry.pattern), entry.match)
    )
    return frozenset(max(words_of(form), key=len) for form in forms)


def mentions_outside(
    view: PostView, finder: MentionFinder, above: Sequence[PostView]
) -> list[Sequence[Mention]]:
    """Return the mentions that a post can point back to: what it quotes, then the posts above it."""
    quoted = [view.post.text[quote.start : quote.end] for quote in view.quotes]
    return [finder.find(text) for text in [*reversed(quoted), *(post.own for post in above)]]
