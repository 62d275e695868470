"""What a post brings beside its claim that its author has not said before: words, reasons, evidence."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median

from discourse.analysis.base import PostView, ThreadView
from discourse.model import Span
from discourse.text.normalise import fold
from discourse.text.quantities import find_quantities
from discourse.text.tokens import content_stems

# new stems, in parts of what the thread's posts commonly hold: so many are a new argument whatever they say,
# and so many make a new number, source or experience a reason and not an aside. In threads of long posts
# an aside is longer; set on 830 restatements that coders had judged, in forum threads and on pages
MANY_NEW, SOME_NEW = 1.0, 0.5
_LEAST_MANY, _LEAST_SOME = 8, 4  # stems: where posts are stubs
_LINK = re.compile(r"(?:https?://|www\.)\S+")
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


@dataclass(frozen=True, slots=True)
class Brought:
    """What a turn adds to what its author has said before."""

    novelty: float  # 0 to 1: share of the content stems that are new for the author
    kinds: tuple[str, ...]  # link, number, source, first-hand, reason: only what is new
    has_evidence: bool  # whether anything checkable stands beside the claim, new or not

    @property
    def is_empty(self) -> bool:
        """Whether neither a new reason nor new evidence is brought."""
        return not self.kinds


@dataclass(frozen=True, slots=True)
class Said:
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
        lengths = [len(stems) for place in range(len(self._thread.posts)) if (stems := self.of(place).stems)]
        return median(lengths) if lengths else 0.0

    def of(self, place: int) -> Said:
        """Return what a post says."""
        if place not in self._said:
            view = self._thread.posts[place]
            text = fold(view.own)
            self._said[place] = Said(
                text,
                tuple(dict.fromkeys(content_stems(token.word for token in view.tokens))),
                _values(text),
                frozenset(_LINK.findall(text)),
            )
        return self._said[place]


@dataclass(slots=True)
class Memory:
    """What one author has said so far in a thread."""

    stems: set[str] = field(default_factory=set)
    values: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)

    def take(self, said: Said) -> None:
        """Remember a post's own words."""
        self.stems.update(said.stems)
        self.values.update(said.values)
        self.links.update(said.links)


def _values(text: str) -> frozenset[str]:
    return frozenset(q.label for q in find_quantities(_LINK.sub(" ", text)))


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
    that he says it again.

    Parameters
    ----------
    claimed
        Labels of the disputed values and stems of the claims: no news to anybody.
    common_length
        Of the thread's posts, in content stems: what is much in one thread is little in another.
    """
    many, some = max(_LEAST_MANY, MANY_NEW * common_length), max(_LEAST_SOME, SOME_NEW * common_length)
    fresh = [s for s in said.stems if s not in memory.stems and s not in claimed and s.isalpha()]
    kinds = ["link"] if said.links - memory.links else []
    if len(fresh) >= some and not _AGAIN.search(said.text):
        kinds += ["number"] if said.values - claimed - memory.values else []
        kinds += ["source"] if _SOURCE.search(said.text) else []
        kinds += ["first-hand"] if _FIRST_HAND.search(said.text) else []
        kinds += ["reason"] if len(fresh) >= many else []
    share = round(len(fresh) / len(said.stems), 4) if said.stems else 0.0
    around = window(view, span)
    return Brought(share, tuple(kinds), _is_checkable(said.text[around.start : around.end], claimed))


def _is_checkable(text: str, claimed: frozenset[str]) -> bool:
    """Say whether a link, a number, a source or an experience stands there, beside the claim itself."""
    if _LINK.search(text) or _SOURCE.search(text) or _FIRST_HAND.search(text):
        return True
    return bool(_values(text) - claimed)
