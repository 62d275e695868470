"""Rows to numbers: what recurs in several sources: names, targets, and disputes over the same claims."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from discourse.summary.facts import preferred, records
from discourse.tables import Tables
from discourse.text.alike import LEAST, alike
from discourse.text.gone import is_gone
from discourse.text.normalise import fold
from discourse.text.tokens import content_stems, tokenise

FEWEST_STEMS = 3  # content words that a claim must have to be compared by its words
BY_QUANTITY, BY_WORDS = "quantity", "words"
_NOBODY = frozenset({"anonymous", "anon", "guest", "unknown", "user", "reader"})  # names that many share


class KnownClaim(Struct, frozen=True):
    """One side of a dispute as it is compared."""

    text: str
    attribute: str  # folded; empty where the claim is about no quantity
    value: str


class KnownDispute(Struct, frozen=True):
    """A loop of one source as it is compared."""

    number: int  # its place in the table, from 1, as the source's report numbers it
    question: str
    claims: tuple[KnownClaim, KnownClaim]


class SourceFacts(Struct, frozen=True):
    """What of one source is looked for in others."""

    authors: dict[str, int]  # posts by name, in the order of first posts; names of nobody left out
    targets: dict[str, tuple[int, int, int]]  # mentions, authors for and against, by name
    disputes: list[KnownDispute]


class Recurring(Struct, frozen=True):
    """A name or a target that several sources have."""

    name: str
    places: dict[int, tuple[int, ...]]  # its figures by the source's place, from 0


class SameDispute(Struct, frozen=True):
    """Disputes of several sources that seem to be one."""

    members: list[tuple[int, int]]  # place of the source, from 0, and number of the dispute
    why: frozenset[str]  # BY_QUANTITY, BY_WORDS
    likeness: float  # of the two that are least alike among those taken together: 0 to 1


def source_facts(tables: Tables) -> SourceFacts:
    """Read what is compared of one source, without its summary."""
    posts = tables["posts"].sort_values("position", kind="stable")
    counts = posts.groupby("author", sort=False).size()
    return SourceFacts(
        authors={str(name): int(count) for name, count in counts.items() if not _is_nobody(str(name))},
        targets=_targets(tables),
        disputes=known_disputes(tables),
    )


def _is_nobody(name: str) -> bool:
    return is_gone(name) or name.strip().casefold() in _NOBODY


def _targets(tables: Tables) -> dict[str, tuple[int, int, int]]:
    sides: dict[str, list[int]] = {}
    for row in records(preferred(tables["stances"], ["thread_id", "author", "target"])):
        if row["label"] in ("favor", "against"):
            sides.setdefault(row["target"], [0, 0])[row["label"] == "against"] += 1
    found: dict[str, tuple[int, int, int]] = {}
    for row in records(tables["targets"]):
        name = row["target"]
        mentions = found.get(name, (0, 0, 0))[0] + int(row["mentions"])
        favor, against = sides.get(name, (0, 0))
        found[name] = (mentions, favor, against)
    return found


def known_disputes(tables: Tables) -> list[KnownDispute]:
    """Return the loops of a source with their claims, in the order of their table."""
    claims = {row["claim_id"]: row for row in records(preferred(tables["claims"], ["claim_id"]))}
    loops = records(preferred(tables["loops"], ["loop_id"]))
    return [
        KnownDispute(number, str(loop["question"]), (_claim(claims, loop, "a"), _claim(claims, loop, "b")))
        for number, loop in enumerate(loops, start=1)
    ]


def _claim(claims: dict[str, dict[str, Any]], loop: dict[str, Any], side: str) -> KnownClaim:
    row = claims.get(loop[f"claim_{side}"], {})
    return KnownClaim(
        str(row.get("text") or ""), fold(str(row.get("attribute") or "")), fold(str(row.get("value") or ""))
    )


def shared_authors(sources: Sequence[SourceFacts]) -> list[Recurring]:
    """Return the names that stand in several sources, in the order of their first appearance.

    The same name may be several people; nothing here tells.
    """
    return _in_several({name: (count,) for name, count in facts.authors.items()} for facts in sources)


def shared_targets(sources: Sequence[SourceFacts]) -> list[Recurring]:
    """Return the targets of several sources by their names, those of most sources and mentions first."""
    found = _in_several(facts.targets for facts in sources)
    return sorted(
        found, key=lambda one: (-len(one.places), -sum(v[0] for v in one.places.values()), one.name)
    )


def _in_several(named: Iterable[dict[str, Any]]) -> list[Recurring]:
    found: dict[str, Recurring] = {}
    for place, own in enumerate(named):
        for name, figures in own.items():
            places = found.setdefault(fold(name), Recurring(name, {})).places
            # one source may write a name in two ways, as "Anna" and "anna"
            known = places.get(place, (0,) * len(figures))
            places[place] = tuple(map(sum, zip(known, figures, strict=True)))
    return [one for one in found.values() if len(one.places) > 1]


def same_disputes(sources: Sequence[SourceFacts]) -> list[SameDispute]:
    """Return disputes that stand in several sources, in the order of their first one.

    Two are taken for one where they are about the same quantity with the same two values, where question and
    claims are the same word for word, or where both claims of one have nearly the words of those of the other
    (cosine of `LEAST` or more, see `text.alike`; claims of few words are left alone).
    What is alike to one of a group is of the group, so that its ends may differ more than that.
    """
    places = [(place, one) for place, facts in enumerate(sources) for one in facts.disputes]
    known = [one for _, one in places]
    bonds = [*_by_quantity(known), *_word_for_word(known), *_by_words(known)]
    leader = list(range(len(places)))

    def head(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    for one, other, _, _ in bonds:
        low, high = sorted((head(one), head(other)))
        leader[high] = low
    groups: dict[int, list[int]] = {}
    for place in range(len(places)):
        groups.setdefault(head(place), []).append(place)
    held: dict[int, list[tuple[str, float]]] = {}
    for one, _, why, score in bonds:
        held.setdefault(head(one), []).append((why, score))
    return [
        SameDispute(
            [(places[place][0], places[place][1].number) for place in members],
            frozenset(why for why, _ in held[first]),
            min(score for _, score in held[first]),
        )
        for first, members in groups.items()
        if len({places[place][0] for place in members}) > 1
    ]


Bond = tuple[int, int, str, float]  # places of two disputes, why, likeness


def _by_quantity(disputes: Sequence[KnownDispute]) -> Iterator[Bond]:
    seen: dict[tuple[str, frozenset[str]], int] = {}
    for place, dispute in enumerate(disputes):
        one, other = dispute.claims
        if one.attribute and one.attribute == other.attribute and one.value and other.value:
            key = one.attribute, frozenset((one.value, other.value))
            if key in seen:
                yield seen[key], place, BY_QUANTITY, 1.0
            seen[key] = place


def _word_for_word(disputes: Sequence[KnownDispute]) -> Iterator[Bond]:
    seen: dict[tuple[str, frozenset[str]], int] = {}
    for place, dispute in enumerate(disputes):
        key = fold(dispute.question), frozenset(fold(claim.text) for claim in dispute.claims)
        if all(claim.text for claim in dispute.claims):
            if key in seen:
                yield seen[key], place, BY_WORDS, 1.0
            seen[key] = place


def _by_words(disputes: Sequence[KnownDispute]) -> Iterator[Bond]:
    """Yield disputes both of whose claims are alike, whichever side they stand on."""
    if len(disputes) < 2:
        return
    stems = [_stems(claim.text) for one in disputes for claim in one.claims]
    found = alike(stems)
    group_of = {place: number for number, members in enumerate(found.groups) for place in members}
    near: dict[int, dict[int, float]] = {number: {number: 1.0} for number in range(len(found.groups))}
    for first, second, cosine in found.pairs:
        near[first][second] = near[second][first] = cosine
    seen: dict[tuple[int, int], int] = {}  # the last dispute over these two groups of claims
    with_group: dict[int, list[tuple[int, int]]] = {}
    for place in range(len(disputes)):
        if 2 * place not in group_of or 2 * place + 1 not in group_of:
            continue
        key = group_of[2 * place], group_of[2 * place + 1]
        candidates = {pair for group in near[key[0]] for pair in with_group.get(group, ())}
        for pair in sorted(candidates):
            score = max(_least(near, key, pair), _least(near, key, pair[::-1]))
            if score >= LEAST:
                yield seen[pair], place, BY_WORDS, score
        if key not in seen:
            for group in set(key):
                with_group.setdefault(group, []).append(key)
        seen[key] = place


def _least(near: dict[int, dict[int, float]], one: Sequence[int], other: Sequence[int]) -> float:
    return min(near[one[0]].get(other[0], 0.0), near[one[1]].get(other[1], 0.0))


def _stems(text: str) -> list[str]:
    found = content_stems(token.word for token in tokenise(text))
    return found if len(found) >= FEWEST_STEMS else []
