"""Disputes over a value: which readings speak of the same thing, and which two values part the authors."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from discourse.analysis.base import ThreadView
from discourse.analysis.loops.dispute import Dispute, Links, Stand
from discourse.analysis.loops.groups import Clash, Groups, nouns_fit
from discourse.analysis.loops.readings import Reading, readings_of
from discourse.analysis.loops.short_replies import Below
from discourse.analysis.loops.short_values import in_full
from discourse.text.quantities import Quantity, agree, same_day

_SURE, _IMPLIED = 0.9, 0.6  # scores of what is said outright, and of what is reported or follows
_OWN = 24  # different values of one author and dimension that are remembered


def quantity_disputes(thread: ThreadView, links: Links) -> list[Dispute]:
    """Find the pairs of values that a thread's authors hold against each other, most contested first."""
    said = [r for place, view in enumerate(thread.posts) for r in readings_of(view, place)]
    readings = in_full(said, links)
    groups = Groups(readings, links)
    by_group: dict[int, list[Clash]] = defaultdict(list)
    for clash in groups.clashes:
        by_group[groups.of(clash.lower)].append(clash)
    members: dict[int, list[Reading]] = defaultdict(list)
    for place, reading in enumerate(readings):
        if (group := groups.of(place)) in by_group:
            members[group].append(reading)
    by_author: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for reading in readings:
        by_author[reading.author, reading.quantity.dimension].append(reading)
    found = []
    below = Below(thread, links) if by_group else None
    for group, group_clashes in by_group.items():
        values = _two_values(readings, group_clashes, members[group])
        dispute = _dispute(values, members[group], by_author) if values else None
        if below is not None and dispute is not None and values is not None:
            stands = below.with_short_replies(dispute.stands, values)
            found.append(replace(dispute, stands=stands))
    return sorted(found, key=lambda d: (-len(d.stands), d.stands[0].post))


def _dispute(
    values: tuple[Quantity, Quantity],
    members: Sequence[Reading],
    by_author: dict[tuple[str, str], list[Reading]],
) -> Dispute | None:
    gathered = _gather(values, members, by_author)
    stands = _stands(values, gathered, by_author)
    if {stand.side for stand in stands} != {0, 1}:
        return None
    labels = (values[0].label, values[1].label)
    return Dispute(attribute=_attribute(members), values=labels, stands=tuple(stands))


def _two_values(
    readings: Sequence[Reading], clashes: Iterable[Clash], members: Sequence[Reading]
) -> tuple[Quantity, Quantity] | None:
    """Choose the two values most often held against each other; points before bounds."""
    posts: dict[str, set[int]] = defaultdict(set)
    shown: dict[str, Quantity] = {}
    for reading in members:
        if not reading.denied:
            posts[reading.quantity.label].add(reading.post)
            shown.setdefault(reading.quantity.label, reading.quantity)
    weights: Counter[tuple[str, str]] = Counter()
    for clash in clashes:
        first, second = readings[clash.lower], readings[clash.upper]
        if not first.denied and not second.denied:
            pair = tuple(sorted((first.quantity.label, second.quantity.label)))
            weights[pair[0], pair[1]] += 1
    if not weights:
        return None
    best = min(weights, key=lambda pair: _rank(pair, weights, posts, shown))
    one, other = sorted(best, key=lambda label: (min(posts[label]), label))
    return shown[one], shown[other]


def _rank(
    pair: tuple[str, str],
    weights: Counter[tuple[str, str]],
    posts: dict[str, set[int]],
    shown: dict[str, Quantity],
) -> tuple[int, int, int, tuple[str, str]]:
    points = sum(shown[label].is_point for label in pair)
    return -min(len(posts[label]) for label in pair), -points, -weights[pair], pair


def _gather(
    values: tuple[Quantity, Quantity],
    members: Sequence[Reading],
    by_author: dict[tuple[str, str], list[Reading]],
) -> list[Reading]:
    """Add to a group what its authors say elsewhere of the same values, reported values included."""
    authors = dict.fromkeys(reading.author for reading in members)
    seen = set(members)
    more = [
        reading
        for author in authors
        for reading in by_author[author, values[0].dimension]
        if reading not in seen and _side(reading, values) is not None and _nouns_fit_any(reading, members)
    ]
    return sorted([*members, *more], key=lambda r: (r.post, r.quantity.start))


def _nouns_fit_any(reading: Reading, members: Sequence[Reading]) -> bool:
    return any(nouns_fit(reading, member) for member in members[:_OWN])


def _side(reading: Reading, values: tuple[Quantity, Quantity]) -> int | None:
    """Return the side that a reading speaks for; None where it fits both or neither."""
    fits = [agree(reading.quantity, value) for value in values]
    if fits[0] == fits[1]:
        return None
    side = 0 if fits[0] else 1
    return 1 - side if reading.denied else side


def _stands(
    values: tuple[Quantity, Quantity],
    readings: Sequence[Reading],
    by_author: dict[tuple[str, str], list[Reading]],
) -> list[Stand]:
    """Give each author one side and keep the readings that speak for it, one a post."""
    votes: dict[str, list[Counter[int]]] = defaultdict(lambda: [Counter(), Counter()])
    for reading in readings:
        side = _side(reading, values)
        if side is not None and reading.strong:
            votes[reading.author][side][reading.post] += 1
    sides = {author: side for author, vote in votes.items() if (side := _voted(vote)) is not None}
    best: dict[int, tuple[Reading, int]] = {}
    for reading in readings:
        side = _side(reading, values)
        if side is None or sides.get(reading.author) != side:
            continue
        held = best.get(reading.post)
        if held is None or _clarity(reading) > _clarity(held[0]):
            best[reading.post] = (reading, side)
    _dated(readings, best, by_author)
    return [
        Stand(
            post,
            side,
            reading.clause,
            reading.denied,
            _SURE if _clarity(reading) > 1 else _IMPLIED,
            reading.quantity.label == values[side].label,
        )
        for post, (reading, side) in sorted(best.items())
    ]


def _dated(
    readings: Sequence[Reading],
    best: dict[int, tuple[Reading, int]],
    by_author: dict[tuple[str, str], list[Reading]],
) -> None:
    """Add the posts that give one end of a range which the same author puts forward.

    "It began on the 28th" speaks for "from the 28th to the 4th" as long as nobody of the
    other side names that day too.
    """
    ends = {(r.author, end) for r, _side in best.values() for end in r.quantity.ends}
    sides = {r.author: side for r, side in best.values()}
    days = [r for author in sides for name in ("day", "day of month") for r in by_author[author, name]]
    for author, end in sorted(ends):
        if any(sides[r.author] != sides[author] and same_day(r.quantity.low, end) for r in days):
            continue
        for reading in days:
            if reading.author == author and reading.strong and same_day(reading.quantity.low, end):
                best.setdefault(reading.post, (reading, sides[author]))


def _voted(vote: list[Counter[int]]) -> int | None:
    """Return the side on which an author stands in clearly more posts; None where he stands on both."""
    only = [len(set(vote[side]) - set(vote[1 - side])) for side in (0, 1)]
    if only[0] and only[1]:
        return None if min(only) > 1 or max(only) < 3 * min(only) else (0 if only[0] > only[1] else 1)
    if only[0] or only[1]:
        return 0 if only[0] else 1
    return None


def _clarity(reading: Reading) -> int:
    return 2 * (reading.strong and not reading.denied) + reading.quantity.is_point


def _attribute(members: Sequence[Reading]) -> str:
    """Name what is measured by the word that most posts use for it; empty where none is plain."""
    posts: dict[str, set[int]] = defaultdict(set)
    for reading in members:
        if reading.head:
            posts[reading.head].add(reading.post)
    return min(posts, key=lambda word: (-len(posts[word]), min(posts[word]), word)) if posts else ""
