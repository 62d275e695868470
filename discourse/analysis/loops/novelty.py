"""What a post brings beside its claim that its author has not said before: words, reasons, evidence."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property, lru_cache
from statistics import median

from msgspec import Struct, field

from discourse.analysis.base import PostView, ThreadView
from discourse.analysis.loops.dispute import LINK
from discourse.analysis.loops.value_words import may_hold_value
from discourse.model import Span
from discourse.text.normalise import fold
from discourse.text.quantities import find_quantities
from discourse.text.tokens import content_stems

# new stems, in parts of what the thread's posts commonly hold: so many are a new argument whatever they say,
# and so many make a new number, source or experience a reason and not an aside. In threads of long posts
# an aside is longer; set on 830 restatements that coders had judged, in forum threads and on pages
MANY_NEW, SOME_NEW = 1.0, 0.5
_LEAST_MANY, _LEAST_SOME = 8, 4  # stems: where posts are stubs
_AGAIN = re.compile(
    r"\bas (?:i|we) (?:said|say|wrote|have said|mentioned|explained|told)\b|"
    r"\bi(?:'ve| have)? (?:told you|said it)\b|"
    r"\bas (?:mentioned|outlined|stated|said|noted|explained|shown)\b|\bonce (?:more|again)\b|\blike i said\b"
)
_SOURCE = re.compile(
    r"\b(?:according to|reported|report|article|document|minutes|records?|statistics|study|survey|poll|"
    r"photos?|photograph|video|log|archive|press|published|source|official|census|data|evidence|"
    r"stated|announced|confirmed|wrote)\b"
)
_FIRST_HAND = re.compile(
    r"\b(?:i|we) (?:saw|was there|were there|counted|walked|heard|measured|live|work|worked|kept|took|had to|"
    r"watched|drove|own|asked|know because|checked|remember)\b"
)
_EXAMPLE = re.compile(
    r"\b(?:for (?:example|instance)|e\.g\.|such as|take (?:the|my|our|your) |one (?:case|example)|"
    r"a case in point|"
    r"when (?:i|we|my|our) )"
)
_ANALOGY = re.compile(
    r"\b(?:imagine|suppose (?:i|we|you|that|a|the)|it(?:'s| is) like|just (?:as|like)|like (?:when|"
    r"saying|asking|if)|"
    r"analog\w+|by the same (?:logic|token)|the same way|as if|no different (?:from|than)|compare)\b"
)
_REASON = re.compile(
    r"\b(?:because|since|due to|therefore|thus|hence|otherwise|after all|given that|the reason|which means|"
    r"that means|so that)\b"
)
_OPENERS = (("example", _EXAMPLE), ("analogy", _ANALOGY), ("reason", _REASON))
KINDS = ("link", "number", "source", "first-hand", "example", "analogy", "reason")  # of what is brought
_HELD = 3  # new stems that one thing brought counts for where the sentence that brings most is chosen


class Brought(Struct, frozen=True):
    """What a turn adds to what its author has said before."""

    novelty: float  # 0 to 1: share of the content stems that are new for the author
    kinds: tuple[str, ...]  # link, number, source, first-hand, example, analogy, reason: only what is new
    has_evidence: bool  # whether anything checkable stands beside the claim, new or not
    span: Span | None = None  # the sentence that brings most of it, in the post's text; None where nothing

    @property
    def is_empty(self) -> bool:
        """Whether neither a new reason nor new evidence is brought."""
        return not self.kinds


class Said(Struct, frozen=True):
    """What a post's own words hold, looked up once."""

    text: str  # folded, quotations blanked
    stems: tuple[str, ...]  # content stems, each once
    values: frozenset[str]  # labels of its quantities
    links: frozenset[str]


class Sayings:
    """What the posts of a thread say, and which posts an author has written."""

    def __init__(self, thread: ThreadView) -> None:
        self._thread = thread
        self._said: dict[int, Said] = {}
        self.places: dict[str, list[int]] = defaultdict(list)
        for place, view in enumerate(thread.posts):
            self.places[view.post.author].append(place)

    @cached_property
    def common_length(self) -> float:
        """The median number of content stems of the thread's posts that have any; 0 where none has."""
        lengths = [len(set(view.stems)) for view in self._thread.posts if view.stems]
        return median(lengths) if lengths else 0.0

    def of(self, place: int) -> Said:
        """Return what a post says."""
        if place not in self._said:
            view = self._thread.posts[place]
            text = fold(view.own)
            self._said[place] = Said(
                text,
                tuple(dict.fromkeys(view.stems)),
                _values(text) if may_hold_value(view.words) else frozenset(),
                frozenset(LINK.findall(text)),
            )
        return self._said[place]


class Memory(Struct):
    """What one author has said so far in a thread."""

    stems: set[str] = field(default_factory=set)
    values: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)

    def take(self, said: Said) -> None:
        """Remember a post's own words."""
        self.stems.update(said.stems)
        self.values.update(said.values)
        self.links.update(said.links)


# the same turns are looked at for each term that they hold
@lru_cache(maxsize=16384)
def _values(text: str) -> frozenset[str]:
    return frozenset(q.label for q in find_quantities(LINK.sub(" ", text)))


def window(view: PostView, span: Span) -> Span:
    """Return the sentences around a claim: its own, the one before and the one after."""
    sentences = view.sentences
    at = [n for n, sentence in enumerate(sentences) if sentence.overlaps(span)]
    if not at:
        return span
    first, last = max(0, at[0] - 1), min(len(sentences) - 1, at[-1] + 1)
    return Span(start=min(span.start, sentences[first].start), end=max(span.end, sentences[last].end))


def brought(
    view: PostView, said: Said, span: Span, memory: Memory, *, claimed: frozenset[str], common_length: float
) -> Brought:
    """Compare a turn with what its author has said before.

    A new link is always news. A new number, source or experience is where enough new words
    come with it; very many new words are an argument of themselves, unless the author says
    that he says it again. An example and an analogy are told by words that open one, and name what is
    brought; alone they make nothing new.

    Parameters
    ----------
    claimed
        Labels of the disputed values and stems of the claims: no news to anybody.
    common_length
        Of the thread's posts, in content stems: what is much in one thread is little in another.
    """
    many, some = max(_LEAST_MANY, MANY_NEW * common_length), max(_LEAST_SOME, SOME_NEW * common_length)
    fresh = [s for s in said.stems if s not in memory.stems and s not in claimed and s.isalpha()]
    news = _News(frozenset(fresh), said.links - memory.links, said.values - claimed - memory.values)
    kinds = ["link"] if news.links else []
    if len(fresh) >= some and not _AGAIN.search(said.text):
        kinds += ["number"] if news.values else []
        kinds += ["source"] if _SOURCE.search(said.text) else []
        kinds += ["first-hand"] if _FIRST_HAND.search(said.text) else []
        kinds += ["reason"] if len(fresh) >= many else []
    share = round(len(fresh) / len(said.stems), 4) if said.stems else 0.0
    around = window(view, span)
    checkable = _is_checkable(said.text[around.start : around.end], claimed)
    if not kinds:
        return Brought(share, (), checkable)
    named, where = _told(view, said, news, kinds)
    return Brought(share, named, checkable, where)


class _News(Struct, frozen=True):
    """What of a post its author has not said before."""

    stems: frozenset[str]
    links: frozenset[str]
    values: frozenset[str]


def _told(
    view: PostView, said: Said, news: _News, kinds: Sequence[str]
) -> tuple[tuple[str, ...], Span | None]:
    """Name also the examples, analogies and reasons of a post that brings something; find its sentence."""
    more: dict[str, None] = {}
    best: tuple[int, Span] | None = None
    for sentence in view.sentences:
        text = said.text[sentence.start : sentence.end]
        fresh = news.stems.intersection(content_stems(view.words_in(sentence)))
        held = _held(text, news, kinds)
        for name, opens in _OPENERS:
            if len(fresh) >= _HELD and opens.search(text):
                more[name] = None
                held += 1
        rate = len(fresh) + _HELD * held
        if rate and (best is None or rate > best[0]):
            best = (rate, sentence)
    named = [*(kind for kind in kinds if kind != "reason"), *more]
    named += ["reason"] if "reason" in kinds and "reason" not in more else []
    return tuple(sorted(named, key=KINDS.index)), best[1] if best else None


def _held(text: str, news: _News, kinds: Sequence[str]) -> int:
    """Count the new links, numbers, sources and experiences of a sentence that are among what is brought."""
    found = len(news.links.intersection(LINK.findall(text)))
    found += "number" in kinds and bool(_values(text) & news.values)
    found += "source" in kinds and bool(_SOURCE.search(text))
    return found + ("first-hand" in kinds and bool(_FIRST_HAND.search(text)))


def _is_checkable(text: str, claimed: frozenset[str]) -> bool:
    """Say whether a link, a number, a source or an experience stands there, beside the claim itself."""
    if LINK.search(text) or _SOURCE.search(text) or _FIRST_HAND.search(text):
        return True
    return bool(_values(text) - claimed)
