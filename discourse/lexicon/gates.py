"""Which literals tell that a pattern may match, and how far from them: the rarest that stand in every match.

A pattern is taken as a row of slots. The literals of a few slots side by side are the gate,
chosen so that they are seldom seen, by what is known of the commonest English words: a text
without them is never searched, and around them only as far as the pattern reaches.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, product
from math import inf, prod
from typing import NamedTuple

from msgspec import Struct

from discourse.lexicon.beside import Beside
from discourse.lexicon.slots import BLANK, EDGE, FIRST, MARKS, MOST, WHOLE, Slot, reach
from discourse.lexicon.views import is_word

# by frequency; what is not named here counts as rare
_COMMON = """
the to a and i of you that it in is for be this on have not with if but are they as so my was just do or me
at what can like your all would one we from about don't get no there it's more will people an out by when up
how i'm he them than their some know has think time because any who want really make much good which only
even go see also need then other way should could that's work had use been now well most where his did too
say over things into her those very why still being thing going find same lot these off take years first
were many after i've better right back something never best before sure always can't new got doesn't while
him person though point someone you're every made pretty actually through look another down feel didn't here
bad probably since she our us isn't maybe again does day life help great own try around few money long part
getting without both last against might two ever love old anything fact may keep less little game read high
man agree different least such big school women yes thanks post real must else mean problem reason hard end
everyone give question able they're what's having each let please seems doing start thought sorry wrong
world once three am it'd i'd i'll he's she's there's we're
""".split()
_RANKS = {word: rank for rank, word in enumerate(_COMMON)}
_RARE = 2e-5  # share of a text's words that a word not named above makes up, about
_TOGETHER = 6  # so many times as often as by chance words of one phrase stand side by side
_SURELY = 0.7  # at most, that a word that is expected does stand there
_AT_FIRST = 0.02  # so much rarer is anything at the beginning of a text
_BARE = 1e-3  # share of places in a text at which a mark that is no word stands, about
PRICE = 1e-5  # of a literal that the automaton must know, in hits

_ALL_MARKS, _ONLY_FIRST = frozenset(MARKS), frozenset(FIRST)
_NEVER = (FIRST, "\n", "\0")  # of a literal
_SILENT = str.maketrans("", "", WHOLE + EDGE)
_UNSURE = re.compile(r"(?<=\W) (?! )|(?<! ) (?=[^\w'])")  # a blank that a pattern of words may do without


class Literal(NamedTuple):
    """A text that stands in a match, and what stands beside it: marks, or nothing that is known."""

    text: str
    left: str
    right: str
    before: Beside | None = None  # the words of which one stands a blank before it,
    after: Beside | None = None  # and after it; None: not known


class Gate(Struct, frozen=True):
    """Literals of which every match holds one, and how far before them it may begin."""

    literals: tuple[Literal, ...]
    near: int  # a match begins so many code points before the literal at least,
    far: int | None  # and at most; None: anywhere before
    cost: float  # hits per word of text, and what they ask for


class _Window(NamedTuple):
    first: int
    last: int  # slots, both counted
    left: str
    right: str  # the marks beside them
    cost: float


def gate_of(slots: Sequence[Slot], *, exact: bool) -> Gate | None:
    """Return the cheapest gate of a pattern; None where none is plain to see.

    Parameters
    ----------
    exact
        Whether a blank of the pattern always is one in a match.
    """
    parted = (place for place, slot in enumerate(slots) if slot.ways)
    gates = [gate for place in parted if (gate := _gate_of_ways(slots, place, exact=exact))]
    best = min(gates, key=lambda gate: gate.cost, default=None)
    for window in sorted(_windows(slots), key=lambda w: (w.cost, w.first, w.last)):
        if best is not None and best.cost <= window.cost:
            break
        if literals := _literals(slots, window, exact=exact):
            near, far = reach(slots[: window.first])
            blanks = [blanks for _, blanks in literals]
            return Gate(
                tuple(dict.fromkeys(literal for literal, _ in literals)),
                near + (min(blanks) if exact else 0),
                None if far is None else far + max(blanks),
                window.cost,
            )
    return best


def _gate_of_ways(slots: Sequence[Slot], place: int, *, exact: bool) -> Gate | None:
    """Return the gates of all alternatives of a slot as one; None where one has none."""
    gates = [gate_of(way, exact=exact) for way in slots[place].ways]
    known = [gate for gate in gates if gate is not None]
    if len(known) < len(gates):
        return None
    near, far = reach(slots[:place])
    fars = [gate.far for gate in known]
    return Gate(
        tuple(dict.fromkeys(literal for gate in known for literal in gate.literals)),
        near + min(gate.near for gate in known),
        None if far is None or None in fars else far + max(each for each in fars if each is not None),
        sum(gate.cost for gate in known),
    )


@lru_cache(maxsize=1 << 14)  # patterns have most of their words in common
def share_of(text: str) -> float:
    """Estimate how often a few words stand side by side, as a share of all places in a text."""
    shares = sorted(map(_share, text.strip(MARKS).split()))
    if not shares:
        return 1.0
    return shares[0] * prod(min(_SURELY, _TOGETHER * each) for each in shares[1:])


def _share(word: str) -> float:
    rank = _RANKS.get(word)
    if rank is not None:
        return 0.5 / (rank + 12)
    return _RARE if any(map(is_word, word)) else _BARE


def _windows(slots: Sequence[Slot]) -> Iterator[_Window]:
    shares = [sum(map(share_of, slot.words)) for slot in slots]
    speaks = [any(word.strip(MARKS) for word in slot.words) for slot in slots]
    lefts, rights = _marks_before(slots), _marks_after(slots)
    nears = list(accumulate((slot.shortest for slot in slots), initial=0))
    fars = list(accumulate((inf if slot.longest is None else slot.longest for slot in slots), initial=0))
    for first in range(len(slots)):
        if not speaks[first]:
            continue
        wide = min(11.0, 1 + (fars[first] - nears[first]) / 20)
        wide *= _AT_FIRST if lefts[first] == FIRST else 1.0
        number, seen = 1, 0.0
        for last in range(first, len(slots)):
            number *= len(slots[last].words)
            if not 0 < number <= MOST:
                break
            if last == first:
                seen = min(1.0, shares[last])
            elif speaks[last]:
                seen *= min(_SURELY, _TOGETHER * shares[last])
            if speaks[last]:
                loose = _looseness(slots[first : last + 1], lefts[first], rights[last])
                hits, price = seen * loose * wide, PRICE * number
                yield _Window(first, last, lefts[first], rights[last], hits + price)
                if hits < price:  # a longer one would save little
                    break


def _looseness(window: Sequence[Slot], left: str, right: str) -> float:
    """Say how many times as often literals are seen that need not stand at the edges of words.

    Parameters
    ----------
    left, right
        The marks beside the window.
    """
    starts = left or all(word[:1] in MARKS for word in window[0].words)
    ends = right or all(word[-1:] in MARKS for word in window[-1].words)
    if starts and ends:
        return 1.0
    loose = 1 + 60 / max(1, sum(slot.shortest for slot in window)) ** 2
    return (1.0 if starts else loose) * (1.0 if ends else loose)


def _marks_before(slots: Sequence[Slot]) -> list[str]:
    """Return the mark that ends what stands before each slot, whatever fills it; empty where none does."""
    return _marks([[word[-1:] for word in slot.words] for slot in slots])


def _marks_after(slots: Sequence[Slot]) -> list[str]:
    """Return likewise the mark that begins what stands after each slot."""
    return _marks([[word[:1] for word in slot.words] for slot in reversed(slots)])[::-1]


def _marks(edges: Iterable[Sequence[str]]) -> list[str]:
    """Return the mark that stands before each slot, of which the last characters are given."""
    found: list[str] = []
    before: frozenset[str] | None = None  # the marks that may stand there; None: something else may
    for chars in edges:
        if not before:
            found.append("")
        else:
            found.append(EDGE if EDGE in before else FIRST if before == _ONLY_FIRST else WHOLE)
        marks = frozenset(filter(None, chars))
        if not chars or not marks <= _ALL_MARKS:
            before = None
        elif "" not in chars:
            before = marks
        elif before is not None:
            before |= marks
    return found


def _literals(slots: Sequence[Slot], window: _Window, *, exact: bool) -> list[tuple[Literal, int]]:
    """Return a window's literals and how many blanks stood before each; none where one tells nothing."""
    before = {begun: Beside(slots, window.first, -1, begun) for begun in ("", BLANK)}
    after = {begun: Beside(slots, window.last, 1, begun) for begun in ("", BLANK)}
    found: dict[tuple[Literal, int], None] = {}
    for words in product(*(slot.words for slot in slots[window.first : window.last + 1])):
        raw = "".join(words)
        bare = raw.strip(MARKS)
        lead, tail = raw.split(bare, 1) if bare else ("", "")
        for text in _written(bare, exact=exact):
            if not text or any(mark in text for mark in _NEVER):
                return []
            starts, ends = is_word(text[0]), is_word(text[-1])
            literal = Literal(
                text,
                (lead[-1:] or window.left) if starts else "",
                (tail[:1] or window.right) if ends else "",
                before.get(lead) if starts else None,
                after.get(tail) if ends else None,
            )
            found[literal, lead.count(BLANK)] = None
    return list(found)


def _written(text: str, *, exact: bool) -> Iterable[str]:
    """Yield the ways of writing a text: with one blank for several, and without those that may lack."""
    if text.isalnum():  # one word, as most are
        yield text
        return
    text = " ".join(word for word in text.translate(_SILENT).split(" ") if word)
    yield text
    if not exact and (tight := _UNSURE.sub("", text)) != text:
        yield tight
