"""Which values that a thread's authors give measure the same thing, and which of them clash."""

from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from discourse.analysis.loops.dispute import Links
from discourse.analysis.loops.readings import Reading
from discourse.text.quantities import Quantity, agree
from discourse.text.tokens import stem

_PER_POST = 6  # readings of one post that are compared with those below it
_OWN = 24  # readings of one author and dimension that later ones are compared with


class Clash(Struct, frozen=True):
    """Two readings by different authors along a link that cannot both hold."""

    lower: int  # places in the list of readings
    upper: int


class Groups:
    """Readings joined into those that measure the same thing, and the clashes among them."""

    def __init__(self, readings: Sequence[Reading], links: Links) -> None:
        self._readings = readings
        self._links = links
        self._parent = list(range(len(readings)))
        self._at_post: dict[int, list[int]] = defaultdict(list)
        self._own: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.clashes: list[Clash] = []
        for place, reading in enumerate(readings):
            if reading.strong:
                self._join_own(place)
                self._join_above(place)
                self._at_post[reading.post].append(place)

    def of(self, place: int) -> int:
        """Return the group of a reading: the place of its first member."""
        parent = self._parent
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    def _join(self, first: int, second: int) -> None:
        first, second = self.of(first), self.of(second)
        self._parent[max(first, second)] = min(first, second)

    def _join_own(self, place: int) -> None:
        reading = self._readings[place]
        own = self._own[reading.author, reading.quantity.dimension]
        for earlier in own:
            if _same_own(reading, self._readings[earlier]):
                self._join(earlier, place)
        if len(own) < _OWN:
            own.append(place)

    def _join_above(self, place: int) -> None:
        reading = self._readings[place]
        for up in self._links.near(reading.post):
            for earlier in self._at_post[up][:_PER_POST] if up in self._at_post else ():
                other = self._readings[earlier]
                if other.author != reading.author and _same_matter(reading, other):
                    self._join(earlier, place)
                    if _clash(reading, other):
                        self.clashes.append(Clash(place, earlier))


def _clash(first: Reading, second: Reading) -> bool:
    same = agree(first.quantity, second.quantity)
    return same if first.denied != second.denied else not (same or first.denied)


def _same_own(first: Reading, second: Reading) -> bool:
    """Say whether one author's two readings are of one thing: they fit, or one is put against the other."""
    if not nouns_fit(first, second):
        return False
    near = first.post == second.post and abs(first.quantity.start - second.quantity.start) < 80
    if near and (first.denied != second.denied):
        return True
    return agree(first.quantity, second.quantity) and first.denied == second.denied


def _same_matter(lower: Reading, upper: Reading) -> bool:
    """Say whether a reading and one above it measure the same thing.

    They do where one takes its subject from the other ("it was"), where they share a
    content word, where both give the same value, or where one denies the other's value.
    """
    if lower.quantity.dimension != upper.quantity.dimension or not nouns_fit(lower, upper):
        return False
    if _is_loose(lower) or _is_loose(upper):
        return False
    same = agree(lower.quantity, upper.quantity)
    if lower.topic & upper.topic or (lower.quantity.noun and upper.quantity.noun):
        return True
    if same and (lower.quantity.is_point or upper.quantity.is_point):
        return True
    if _touches(lower.quantity, upper.quantity):
        return True
    return lower.anaphoric or not upper.topic


def _is_loose(reading: Reading) -> bool:
    """Say whether a bare number stands among other matter, so that what it counts is anyone's guess."""
    return reading.quantity.dimension == "count" and not reading.quantity.noun and len(reading.topic) > 1


def _touches(first: Quantity, second: Quantity) -> bool:
    """Say whether one value is the very bound that the other sets: "less than a week", "a week"."""
    if first.is_point == second.is_point:
        return False
    bound, point = (second, first) if first.is_point else (first, second)
    edge = bound.high if bound.low == 0 else bound.low
    return abs(edge - point.low) <= 1e-6 * max(1.0, abs(point.low))


def nouns_fit(first: Reading, second: Reading) -> bool:
    """Say whether two readings count the same noun, or one leaves open what it counts."""
    a, b = first.quantity.noun, second.quantity.noun
    return not a or not b or stem(a) == stem(b)
