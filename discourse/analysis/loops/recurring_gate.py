"""Whether two sentences of a thread may make one claim: told by few of their words, before any is compared.

Most threads hold no such two. To be of one claim, what one of them turns on must be all in the other, so only
sentences are looked at all of whose telling words other posts have too.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from discourse.analysis.base import ThreadView
from discourse.analysis.loops.statements import FEWEST, MOST, Reader, tells
from discourse.learn.claim_lexicon import meanings
from discourse.model import Span
from discourse.text.tokens import STOPWORDS, stem

SHORT = 3  # telling words of a sentence so short that all of them must be the same
_TRIED = 200  # others looked at for a sentence; to look at more takes longer than to compare them all


class Sentence(NamedTuple):
    """A sentence that may state something, and what it turns on."""

    post: int
    span: Span
    meanings: frozenset[str]


def may_recur(thread: ThreadView, *, known: bool) -> bool:
    """Say whether two sentences of different posts may make one claim; where not, none do.

    Parameters
    ----------
    known
        As `statements_of` takes it.
    """
    sentences = list(_sentences(thread))
    held: dict[str, list[int]] = defaultdict(list)
    for place, sentence in enumerate(sentences):
        for meaning in sentence.meanings:
            held[meaning].append(place)
    # a post's sentences stand side by side
    elsewhere = {
        meaning for meaning, places in held.items() if sentences[places[0]].post != sentences[places[-1]].post
    }
    read = _Statements(thread, sentences, known=known)
    return any(
        sentence.meanings <= elsewhere and _meets_another(place, sentences, held, read)
        for place, sentence in enumerate(sentences)
    )


def _sentences(thread: ThreadView) -> Iterator[Sentence]:
    for place, view in enumerate(thread.posts):
        words = view.words
        for span in view.sentences:
            first, end = view.places_in(span)
            if FEWEST <= end - first <= MOST:
                found = frozenset(map(_meaning, words[first:end])) - _NOTHING
                if found:
                    yield Sentence(place, span, found)


_NOTHING = frozenset({""})


@lru_cache(maxsize=1 << 14)
def _meaning(word: str) -> str:
    """Return what a word stands for; nothing where it is a word of any talk."""
    if word in STOPWORDS:
        return ""
    found = stem(word)
    return meanings().get(found, found) if tells(found) else ""


class _Statements:
    """The statements that sentences make, each read when it is first asked for."""

    def __init__(self, thread: ThreadView, sentences: Sequence[Sentence], *, known: bool) -> None:
        self._reader = Reader(thread, known=known)
        self._sentences = sentences
        self._frames: dict[int, tuple[object, ...] | None] = {}

    def frame(self, place: int) -> tuple[object, ...] | None:
        """Return the frame of what a sentence states; None where it states nothing."""
        if place not in self._frames:
            sentence = self._sentences[place]
            found = self._reader.read(sentence.post, sentence.span)
            self._frames[place] = None if found is None else found.frame
        return self._frames[place]


def _meets_another(
    place: int, sentences: Sequence[Sentence], held: Mapping[str, Sequence[int]], read: _Statements
) -> bool:
    """Say whether another post has a statement of the same frame that turns on the same, or on more."""
    own = sentences[place]
    others = min((held[meaning] for meaning in own.meanings), key=len)
    for tried, other in enumerate(others):
        if tried >= _TRIED:
            return True
        theirs = sentences[other]
        is_near = theirs.post != own.post and may_be_one(own.meanings, theirs.meanings)
        if is_near and (frame := read.frame(place)) is not None and frame == read.frame(other):
            return True
    return False


def may_be_one(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Say whether what two statements turn on is the same: one may say more, but not something else."""
    if min(len(mine), len(theirs)) < SHORT:
        return mine == theirs
    return mine <= theirs or theirs <= mine
