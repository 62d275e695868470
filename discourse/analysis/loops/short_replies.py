"""Replies of a few words, which carry the claim of the post that they answer: "Nope.", "It did.", "8."."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from typing import Literal

from msgspec import Struct

from discourse.analysis.base import PostView, ThreadView
from discourse.analysis.loops.dispute import Links, Stand
from discourse.model import Span
from discourse.text.normalise import fold
from discourse.text.numbers import NUMBER_WORDS, ORDINAL_WORDS, Atom, atoms_of, number_at, read_figures
from discourse.text.quantities import Quantity, find_quantities

# how a few words stand to what they answer: they oppose it, take it up, or say that it is so or is not
Manner = Literal["no", "yes", "is", "isnt"]

LONGEST = 15  # words of a post that is a short reply
_SCORE = 0.6  # of a turn whose claim stands in another post
_SENTENCE = re.compile(r"[^.!?;\n…]+[.!?;…]*")
_MARKS = " .!;…\"'()-*"
_BE = (
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|isn't|aren't|wasn't|weren't|"
    r"don't|doesn't|"
    r"didn't|hasn't|haven't|hadn't|can't|cannot|couldn't|won't|wouldn't)"
)
_WHO = r"(?:it|they|he|she|there|that|this|we|i|you)"
_ELLIPSIS = re.compile(
    rf"(?:(?:no|yes|nope|yep|yeah|oh|but|sure|and),? )?(?:{_WHO} )?(?P<verb>{_BE})(?P<not> not|"
    rf" never)?(?: {_WHO})?"
    r"(?: too| so| indeed| either)?|(?:it|they|he|she|there|that|we|i|you) never (?:is|are|was|were|"
    r"did|does|has|had)"
)
_FALSE = (
    r"(?:wrong|false|untrue|incorrect|nonsense|rubbish|bollocks|drivel|garbage|hogwash|bull|"
    r"bullshit|a lie|a myth)"
)
_NO = re.compile(
    rf"(?:no|nope|nah|negative|never|hardly|{_FALSE}|wrong again|{_FALSE} as usual|no way|no chance|"
    rf"(?:utter|total|complete|absolute|pure) {_FALSE}|(?:of course|absolutely|certainly|definitely|"
    rf"clearly) not|"
    r"not (?:true|so|right|correct|at all|even close|quite|a chance|really)|you(?:'re| are) wrong|"
    rf"(?:that's|that is|this is|it's) (?:simply |just |plain )?{_FALSE}|"
    r"(?:that's|that is|it's|this is) not (?:so|true|right|correct)|"
    r"(?:that isn't|it isn't|this isn't) (?:so|true|right|correct))"
)
_YES = re.compile(
    r"(?:yes|yep|yeah|yup|exactly|precisely|correct|right|true|indeed|agreed|of course|absolutely|definitely|"
    r"(?:that's|that is) (?:so|true|right|correct)|you(?:'re| are) (?:so )?right|\+1|this)"
)
_ADDRESS = re.compile(r", (?!(?:it|they|he|she|there|that|this|we|i|you|but|so|or)\b)[^\W\d_]+\Z")
_DENIED_SOURCE = re.compile(
    r"(?:says|according to) who|says you|where (?:did|do) you get (?:that|this|it)(?: from)?|"
    r"who (?:told you|says) (?:that|so)"
)
# the first words of all of these
_FIRST = frozenset(
    """
    no yes nope yep yeah oh but sure and it they he she there that this we i you
    is are was were do does did has have had can could will would isn't aren't wasn't weren't don't doesn't
    didn't hasn't haven't hadn't can't cannot couldn't won't wouldn't
    nah negative never hardly wrong false untrue incorrect nonsense rubbish bollocks drivel garbage hogwash
    bull bullshit a utter total complete pure of absolutely certainly definitely clearly not you're that's
    it's yup exactly precisely correct right true indeed agreed 1 says according where who
    """.split()
)
_BEFORE_NUMBER = frozenset("no nope yes it was is just only wrong".split())
_LETTERS = re.compile(r"[^\W\d_]+")
_COUNTING = NUMBER_WORDS | frozenset("half couple hundred thousand million billion".split())
_LAST_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_STILL = frozenset({"still", "yet"})
_OVER = frozenset("again already over back resumed ended finished done reopened".split())
_UNITS = {"day": 1.0, "week": 7.0, "month": 30.4, "year": 365.0}


class Short(Struct, frozen=True):
    """What a post of a few words says of the post that it answers."""

    manner: Manner
    span: Span  # of the words that say so, in the post's text


def may_be_short(view: PostView) -> bool:
    """Say whether a post can be a short reply, by its length and its first word; nearly all cannot."""
    words = view.words
    return 0 < len(words) <= LONGEST and words[0] in _FIRST


def short_reply(view: PostView) -> Short | None:
    """Read a post whose own words begin with a bare denial or assent and say little more; None for others."""
    if not may_be_short(view):
        return None
    first: Short | None = None
    for piece in _SENTENCE.finditer(fold(view.own)):
        words = " ".join(piece.group().split()).strip(_MARKS)
        if not words:
            continue
        manner = _manner(words)
        # "No. It is." denies by its second sentence
        if manner is None or (first and manner in ("no", "yes")):
            break
        first = Short(manner, _span(piece))
        if manner in ("is", "isnt"):
            break
    return first


def _span(piece: re.Match[str]) -> Span:
    text = piece.group()
    begin = piece.start() + len(text) - len(text.lstrip())
    return Span(start=begin, end=piece.start() + len(text.rstrip()))


def _manner(words: str) -> Manner | None:
    if words.endswith("?"):
        return "no" if _DENIED_SOURCE.fullmatch(words.rstrip("? ")) else None
    bare = _ADDRESS.sub("", words)
    said = _ELLIPSIS.fullmatch(bare)
    if said:
        verb = said["verb"] or ""
        return "isnt" if said["not"] or not verb or verb.endswith("n't") or verb == "cannot" else "is"
    if _NO.fullmatch(bare):
        return "no"
    return "yes" if _YES.fullmatch(bare) else None


def answers_a_question(view: PostView, claim: Span | None) -> bool:
    """Say whether a bare yes or no to a post answers its last question, which is not its claim."""
    if not view.sentences:
        return False
    last = view.sentences[-1]
    asks = view.own[last.start : last.end].rstrip(" \"')").endswith("?")
    return asks and not (claim is not None and last.overlaps(claim))


class Below:
    """Which later posts may carry what a post claims without saying it in full."""

    def __init__(self, thread: ThreadView, links: Links) -> None:
        self._thread = thread
        self.answered = [links.answered(place) for place in range(len(thread.posts))]
        self._below: dict[int, list[int]] = defaultdict(list)
        for place, view in enumerate(thread.posts):
            numbered = any(_numbers(view))  # may stand some steps below the post whose value it gives
            above = set(links.near(place)) if numbered else set()
            for up in sorted(above | {up for up in (self.answered[place],) if up is not None}):
                self._below[up].append(place)

    def with_short_replies(
        self, stands: Sequence[Stand], values: tuple[Quantity, Quantity]
    ) -> tuple[Stand, ...]:
        """Add to a dispute over two values the posts that take a side of it without naming a value in full.

        A bare denial or assent, a number without its unit, and a day that one value alone allows for
        ("still shut on day nine"): each where the post that it answers takes a side. Nobody is put on
        both sides, and who takes none yet takes that of his first such reply.
        """
        posts = self._thread.posts
        at = {stand.post: stand for stand in stands}
        sides = {posts[stand.post].post.author: stand.side for stand in stands}
        waiting = sorted({low for place in at for low in self._below.get(place, ())})
        seen = set(waiting)
        while waiting:
            place = heappop(waiting)
            found = None if place in at else self._found(place, at, values, sides)
            if found is None or sides.setdefault(posts[place].post.author, found.side) != found.side:
                continue
            at[place] = found
            for low in self._below.get(place, ()):
                if low not in seen:
                    seen.add(low)
                    heappush(waiting, low)
        return tuple(at[place] for place in sorted(at))

    def _found(
        self, place: int, at: dict[int, Stand], values: tuple[Quantity, Quantity], sides: dict[str, int]
    ) -> Stand | None:
        view, up = self._thread.posts[place], self.answered[place]
        numbered = _bare_number(view, place, values)
        if numbered is not None or up is None or up not in at:
            return numbered
        author = view.post.author
        if author == self._thread.posts[up].post.author:
            return None
        return _stand(self._thread, place, at[up], values, sides.get(author))


def _stand(
    thread: ThreadView, place: int, upper: Stand, values: tuple[Quantity, Quantity], own: int | None
) -> Stand | None:
    view = thread.posts[place]
    short = short_reply(view)
    if short is not None:
        if find_quantities(view.own) or answers_a_question(thread.posts[upper.post], upper.span):
            return None
        side = _side(short.manner, upper, own)
        return Stand(place, side, short.span, short.manner in ("no", "isnt"), _SCORE, False)
    dated = _day(view, values)
    if dated is not None and dated[0] != upper.side:
        return Stand(place, dated[0], dated[1], False, _SCORE, False)
    return None


def _side(manner: Manner, upper: Stand, own: int | None) -> int:
    """Return the side of a short reply; "no" to a denial may agree with it, so its author's side decides."""
    if manner == "is":
        return 1 - upper.side if upper.denies else upper.side
    if manner == "isnt":
        return upper.side if upper.denies else 1 - upper.side
    if upper.denies and own is not None:
        return own
    return upper.side if manner == "yes" else 1 - upper.side


def _bare_number(view: PostView, place: int, values: tuple[Quantity, Quantity]) -> Stand | None:
    """Read "Nope, 8.": nothing but a number that one of two values gives, and words of denial or assent."""
    for number, span in _numbers(view):
        fits = [_number_of(value) == number for value in values]
        if fits[0] != fits[1]:
            return Stand(place, int(fits[1]), span, False, _SCORE, False)
    return None


def _numbers(view: PostView) -> Iterator[tuple[float, Span]]:
    """Yield the sentences of a short post that are nothing but a number."""
    if not 0 < len(view.words) <= LONGEST or not _may_hold_number(view.own):
        return
    for piece in _SENTENCE.finditer(fold(view.own)):
        atoms = [atom for atom in atoms_of(piece.group()) if atom.text[0].isalnum()]
        first = next((n for n, atom in enumerate(atoms) if atom.text not in _BEFORE_NUMBER), len(atoms))
        number = number_at(atoms, first) if first < len(atoms) else None
        if number is not None and number.last == len(atoms):
            yield number.value, _span(piece)


def _may_hold_number(text: str) -> bool:
    return any(map(str.isdigit, text)) or not _COUNTING.isdisjoint(_LETTERS.findall(fold(text)))


def _number_of(value: Quantity) -> float | None:
    found = _LAST_NUMBER.search(value.label)
    return read_figures(found.group()) if found else None


def _day(view: PostView, values: tuple[Quantity, Quantity]) -> tuple[int, Span] | None:
    """Read "still shut on day nine", "over by the fourth day": which length of time allows for it."""
    if any(value.dimension != "time" for value in values):
        return None
    for sentence in view.sentences:
        atoms = atoms_of(view.own[sentence.start : sentence.end])
        days = _numbered_day(atoms)
        words = {atom.text for atom in atoms}
        if days is None or bool(words & _STILL) == bool(words & _OVER):
            continue
        before, until = days
        fits = [value.high > before if words & _STILL else value.low <= until for value in values]
        if fits[0] != fits[1]:
            return int(fits[1]), sentence
    return None


def _numbered_day(atoms: Sequence[Atom]) -> tuple[float, float] | None:
    """Return the days before the numbered day or week of a sentence, and those until its end."""
    for place in range(len(atoms) - 1):
        one, two = atoms[place].text, atoms[place + 1].text
        unit, count = _UNITS.get(two), ORDINAL_WORDS.get(one)
        if one in _UNITS and (number := number_at(atoms, place + 1)) is not None:
            unit, count = _UNITS[one], int(number.value)
        if unit and count:
            return (count - 1) * unit, count * unit
    return None
