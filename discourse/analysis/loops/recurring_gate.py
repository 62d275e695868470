"""Whether two sentences of a thread may make one claim: told by few of their words, before any is compared.

Most threads hold no such two. To be of one claim, what one of them turns on must be all in the other, so only
sentences are looked at all of whose telling words other posts have too.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from discourse.analysis.base import PostView, ThreadView
from discourse.analysis.loops.statements import FEWEST, MOST, Reader, tells
from discourse.learn.claim_lexicon import meanings
from discourse.model import Span
from discourse.text.gone import is_gone
from discourse.text.tokens import STOPWORDS, stem

SHORT = 3  # telling words of a sentence so short that all of them must be the same
TIMES = 3  # posts in which one author alone must make a claim
_TRIED = 200  # others looked at for a sentence; to look at more takes longer than to compare them all


class Sentence(NamedTuple):
    """A sentence that may state something, and what it turns on."""

    post: int
    span: Span
    meanings: frozenset[str]


def may_recur(thread: ThreadView, *, known: bool) -> bool:
    """Say whether sentences of different posts may make one claim again; where not, none do.

    Those of one author must stand in as many posts as make such a claim.

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
    groups = _Groups()
    for place, sentence in enumerate(sentences):
        if sentence.meanings <= elsewhere:
            for other in _met(place, sentences, held, read):
                if other is None:
                    return True
                groups.join(place, other)
    return any(is_again(thread.posts[sentences[at].post] for at in its) for its in groups.of_many())


def is_again(posts: Iterable[PostView]) -> bool:
    """Say whether those who make a claim in some posts make it again: two authors, or one in enough posts.

    Who is gone does not count: nobody knows whether two such are one.
    """
    own = {view.post.post_id: view.post.author for view in posts if not is_gone(view.post.author)}
    return len(set(own.values())) > 1 or len(own) >= TIMES


class _Groups:
    """Sentences joined into those that may make one claim."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def join(self, one: int, other: int) -> None:
        """Put two sentences, and all that each is together with, into one group."""
        self._parent[self._top(one)] = self._top(other)

    def of_many(self) -> Iterable[list[int]]:
        """Return the groups of two or more sentences."""
        groups: dict[int, list[int]] = defaultdict(list)
        for place in list(self._parent):
            groups[self._top(place)].append(place)
        return groups.values()

    def _top(self, place: int) -> int:
        parent = self._parent
        while (up := parent.setdefault(place, place)) != place:
            parent[place] = parent[up]
            place = up
        return place


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


def _met(
    place: int, sentences: Sequence[Sentence], held: Mapping[str, Sequence[int]], read: _Statements
) -> Iterator[int | None]:
    """Yield the sentences of other posts that make a statement of the same frame on the same, or on more.

    None stands for those that are not looked at, where these are many.
    """
    own = sentences[place]
    others = min((held[meaning] for meaning in own.meanings), key=len)
    for other in others[:_TRIED]:
        theirs = sentences[other]
        is_near = theirs.post != own.post and may_be_one(own.meanings, theirs.meanings)
        if is_near and (frame := read.frame(place)) is not None and frame == read.frame(other):
            yield other
    if len(others) > _TRIED:
        yield None


def may_be_one(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Say whether what two statements turn on is the same: one may say more, but not something else."""
    if min(len(mine), len(theirs)) < SHORT:
        return mine == theirs
    return mine <= theirs or theirs <= mine
