"""Posts and threads laid out for reading: what is made of them is made once, and kept small."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from itertools import accumulate
from sys import intern
from typing import Any, TypeVar

from msgspec import Struct, field

from discourse.model import Annotation, Article, Post, Span
from discourse.text.normalise import fold
from discourse.text.sentences import split_sentences
from discourse.text.tokens import Token, content_stems, split_words

T = TypeVar("T")


class PostView(Struct, frozen=True, dict=True):
    """One post as analysers read it: its own words apart from those that it quotes."""

    post: Post
    quotes: tuple[Annotation, ...]  # layer quote, in text order

    @cached_property
    def own(self) -> str:
        """The text with every quoted character blanked: same length, so offsets hold; line breaks stay."""
        return self.post.text if not self.quotes else _blanked(self.post.text, self.quotes)

    @cached_property
    def sentences(self) -> list[Span]:
        """Sentences of the own words, with offsets into the post's text.

        A quotation ends a sentence: own words before and after it are never read as one.
        """
        if not self.quotes:
            return split_sentences(self.own)
        spans: list[Span] = []
        edge = 0
        for start, end in [*((q.start, q.end) for q in self.quotes), (len(self.own), len(self.own))]:
            piece = self.own[edge:start]
            spans += [Span(start=edge + s.start, end=edge + s.end) for s in split_sentences(piece)]
            edge = max(edge, end)
        return spans

    @property
    def folded(self) -> str:
        """The own words as `fold` returns them, of the text's length; made anew at each call."""
        return fold(self.own)

    # views outlive a stage, so words are kept as small as can be: each once, and offsets as bare numbers
    @cached_property
    def _cuts(self) -> "tuple[list[str], array[int], array[int]]":
        pieces = split_words(self.folded)  # gap, word, gap, ..., word, gap
        places = array("i", accumulate(map(len, pieces)))
        return list(map(intern, pieces[1::2])), places[:-1:2], places[1::2]

    @property
    def words(self) -> list[str]:
        """The own words, folded, in order."""
        return self._cuts[0]

    @property
    def starts(self) -> "array[int]":
        """Where each of the own words begins."""
        return self._cuts[1]

    @property
    def ends(self) -> "array[int]":
        """Where each of the own words ends."""
        return self._cuts[2]

    @property
    def tokens(self) -> list[Token]:
        """Words of the own words, folded, with offsets into the post's text; made anew at each call."""
        words, starts, ends = self._cuts
        return list(map(Token, starts, ends, words))

    @cached_property
    def stems(self) -> list[str]:
        """Stems of those of the own words that carry content, in order, repeats kept."""
        return content_stems(self.words)

    def now(self, post: Post) -> "PostView":
        """Return the view of a post that took this one's place, with what is known of its words."""
        view = PostView(post, self.quotes)
        if post.text == self.post.text:
            known = self.__dict__.items()
            view.__dict__.update((name, made) for name, made in known if name in _OF_WORDS)
        return view

    def tokens_in(self, span: Span) -> list[Token]:
        """Return the own words that lie within a span."""
        words, starts, ends = self._cuts
        first, last = self.places_in(span)
        return list(map(Token, starts[first:last], ends[first:last], words[first:last]))

    def words_in(self, span: Span) -> list[str]:
        """Return the own words that lie within a span, without their offsets."""
        first, last = self.places_in(span)
        return self.words[first:last]

    def places_in(self, span: Span) -> tuple[int, int]:
        """Return which of the own words lie within a span: the first, and the one behind the last."""
        _, starts, ends = self._cuts
        first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
        while first < last and ends[last - 1] > span.end:
            last -= 1
        return first, last


_OF_WORDS = frozenset({"own", "sentences", "_cuts", "stems"})  # what depends on text and quotations alone


def _blanked(text: str, spans: Iterable[Annotation]) -> str:
    chars = list(text)
    for span in spans:
        chars[span.start : span.end] = [c if c == "\n" else " " for c in chars[span.start : span.end]]
    return "".join(chars)


class ThreadView(Struct, frozen=True):
    """One thread in page order, ready for reading."""

    thread_id: str
    posts: tuple[PostView, ...]
    articles: tuple[Article, ...]
    annotations: tuple[Annotation, ...]  # all layers but quotes
    kept: dict[Any, Any] = field(default_factory=dict)  # see `remembered`

    def remembered(self, make: Callable[["ThreadView"], T]) -> T:
        """Return what is made of the thread, from memory where an earlier stage has made the same.

        It may depend on posts and quotations alone, as other annotations change from stage to stage.
        """
        if make not in self.kept:
            self.kept[make] = make(self)
        made: T = self.kept[make]
        return made

    @property
    def by_id(self) -> Mapping[str, PostView]:
        """Posts of the thread by their id."""
        return self.remembered(_by_id)

    @property
    def places(self) -> Mapping[str, int]:
        """Place of each post in page order, 0-based, by its id."""
        return self.remembered(_places)

    @property
    def authors(self) -> list[str]:
        """Every author once, in the order of first posts."""
        return self.remembered(_authors)

    def speaks(self, language: str) -> bool:
        """Say whether most posts are in a language, or in none that could be told."""
        count: int = self.kept.get(("speaks", language), -1)
        if count < 0:
            count = sum(view.post.lang in (None, language) for view in self.posts)
            self.kept["speaks", language] = count
        return 2 * count > len(self.posts)

    def parent(self, view: PostView) -> PostView | None:
        """Return the post that a post answers; None at a root or where that post is gone."""
        return self.by_id.get(view.post.reply_to or "")


def _by_id(thread: ThreadView) -> Mapping[str, PostView]:
    return {view.post.post_id: view for view in thread.posts}


def _places(thread: ThreadView) -> Mapping[str, int]:
    return {view.post.post_id: place for place, view in enumerate(thread.posts)}


def _authors(thread: ThreadView) -> list[str]:
    return list(dict.fromkeys(view.post.author for view in thread.posts))
