"""Stand-offs: after a claim, two sides go on with "it was", "it wasn't", "nope", "in", "not in".

Such turns hold no word of what is disputed. Each carries on the claim above it: "it was" and "in" assert
it, "it wasn't" and "not in" deny it, a bare no or yes turns or keeps what the post above says.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence

from msgspec import Struct

from discourse.analysis.base import PostView, ThreadView
from discourse.analysis.loops.criteria import loop_parts
from discourse.analysis.loops.dispute import Dispute, Links, Stand
from discourse.analysis.loops.novelty import Sayings
from discourse.analysis.loops.short_replies import answers_a_question, short_reply
from discourse.model import Span
from discourse.text.normalise import fold

LANGUAGES = ("en",)  # whose words of denial are known
MIN_STUBS = 2  # of each side
MIN_CLEAN = 0.75  # of an author's turns that must speak for one side
_SCORE = 0.6  # of a turn whose claim stands in another post
_PLACES = r"(?:in|out|over|on|off|up|down|there|here|back|through|under|true|so|too)"
_DOES = r"(?:is|was|are|were|did|does|do|has|have|had|can|could|will|would)"
_STUB = re.compile(
    rf"(?:(?:no|nope|yes|yep|but|and|oh|sorry) )?(?:(?:(?:it|that|this|they|he|she|there) )?"
    rf"{_DOES}(?P<not>n'?t| not| never)?(?: (?:too|so))?(?: {_PLACES})?|"
    rf"(?P<bare>not |never |still )?{_PLACES})"
)
_STILL_NO = re.compile(r"still (?:wrong|no|nope|not|false)")
_VERBS = "is was are were did does do has have had can could will would".split()
_LAST = frozenset(
    "in out over on off up down there here back through under true so too not never wrong no nope "
    "false".split()
).union(_VERBS, (verb + "n't" for verb in _VERBS), (verb + "nt" for verb in _VERBS))
_TAIL = re.compile(r",|;|\band\b|\bbut\b")
_MARKS = " .!;…\"'()-*"
_LONGEST = 80  # characters of the end of a sentence that is looked at


class _Stub(Struct, frozen=True):
    """How a post carries on the claim above it."""

    asserts: bool | None  # None where it says no or yes to the post above
    turns: bool  # whether it turns what the post above says, where `asserts` is None
    span: Span


def stand_offs(thread: ThreadView, links: Links) -> list[Dispute]:
    """Find the chains of stubs in which two sides assert and deny one claim."""
    posts = thread.posts
    stubs: dict[int, _Stub] = {}
    chain: dict[int, int] = {}  # of each post that belongs to one: the claim at its top
    for place, view in enumerate(posts):
        up = links.answered(place)
        if (
            up is None
            or view.post.lang not in (None, *LANGUAGES)
            or view.post.author == posts[up].post.author
        ):
            continue
        stub = _stub(view)
        if stub is not None and not answers_a_question(posts[up], None):
            stubs[place] = stub
            chain[place] = chain.setdefault(up, up)
    if len(stubs) < 2 * MIN_STUBS:
        return []
    members: dict[int, list[int]] = defaultdict(list)
    for place in sorted(chain):
        members[chain[place]].append(place)
    found = []
    for places in members.values():
        stands = _stands(thread, links, places, stubs)
        counts = Counter(stand.side for stand in stands if stand.post in stubs)
        if min(counts[0], counts[1]) >= MIN_STUBS and loop_parts(
            thread, thread.remembered(Sayings), stands, frozenset()
        ):
            found.append(Dispute("", None, stands))
    return found


def _stands(
    thread: ThreadView, links: Links, places: Sequence[int], stubs: dict[int, _Stub]
) -> tuple[Stand, ...]:
    """Say for each post of a chain whether it asserts the claim at its top, 0, or denies it, 1."""
    says: dict[int, bool] = {}
    for place in places:
        stub, up = stubs.get(place), links.answered(place)
        if stub is None or up is None:
            says[place] = True
        elif stub.asserts is not None:
            says[place] = stub.asserts
        else:
            says[place] = says.get(up, True) != stub.turns
    votes: dict[str, Counter[bool]] = defaultdict(Counter)
    for place, asserts in says.items():
        votes[thread.posts[place].post.author][asserts] += 1
    stands = []
    for place, asserts in says.items():
        vote = votes[thread.posts[place].post.author]
        if vote[asserts] >= MIN_CLEAN * vote.total() and (thread.posts[place].sentences or place in stubs):
            span = stubs[place].span if place in stubs else thread.posts[place].sentences[-1]
            stands.append(Stand(place, int(not asserts), span, False, _SCORE, place not in stubs))
    return tuple(stands)


def _stub(view: PostView) -> _Stub | None:
    """Read the last words of a post that carry on the claim above, if there are any."""
    short = short_reply(view)
    if short is not None:
        if short.manner in ("is", "isnt"):
            return _Stub(short.manner == "is", turns=False, span=short.span)
        return _Stub(None, turns=short.manner == "no", span=short.span)
    for sentence in reversed(view.sentences):
        if not _may_end(view, sentence):
            continue
        begin = max(sentence.start, sentence.end - _LONGEST)
        text = fold(view.own[begin : sentence.end])
        cut = max((mark.end() for mark in _TAIL.finditer(text)), default=0)
        words = " ".join(text[cut:].split()).strip(_MARKS)
        found = _STUB.fullmatch(words)
        blank = len(text[cut:]) - len(text[cut:].lstrip())
        where = Span(start=begin + cut + blank, end=sentence.end)
        if found and not (begin > sentence.start and not cut):
            return _Stub(
                not (found["not"] or (found["bare"] or "").strip() in ("not", "never")), False, where
            )
        if _STILL_NO.fullmatch(words):
            return _Stub(None, turns=True, span=where)
    return None


def _may_end(view: PostView, sentence: Span) -> bool:
    """Say whether a sentence ends with a word with which such words end; nearly all do not."""
    last = bisect_left(view.starts, sentence.end) - 1
    return last >= 0 and view.starts[last] >= sentence.start and view.words[last] in _LAST
