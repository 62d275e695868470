"""The comments of a page: the best set of like elements, and what else belongs to it."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median

from msgspec import Struct

from discourse.ingest.html.contexts import contexts_of
from discourse.ingest.html.facts import Facts
from discourse.ingest.html.groups import Group, Member, find_groups, with_own, worth_of
from discourse.ingest.html.hints import words_of
from discourse.ingest.html.quoting import is_quotation
from discourse.ingest.html.shapes import normal_name
from discourse.ingest.html.tree import Element
from discourse.ingest.html.visible import is_hidden

_LEAST = 1.6  # median worth of members below which a set is taken for something else
_LEAST_SAID = 1.5  # the same where names say that they are comments
_SHORT = 0.15  # of the usual worth, from which on a short comment is one among its like
_ASKED = frozenset("question frage pregunta domanda vraag answer antwort réponse respuesta".split())
_PEERS = 2  # comments beyond which others like them are no accident
_ALIKE = 0.7  # of the best set's worth, from which on another set is taken in beside it


class Container(Struct, frozen=True):
    """One comment's place in the page."""

    roots: tuple[Element, ...]  # one element, or siblings that follow each other
    worth: float
    key: str  # what it has in common with the others
    is_hinted: bool

    @property
    def first(self) -> Element:
        """The element that opens it."""
        return self.roots[0]

    @property
    def end(self) -> int:
        """One past the number of its last element."""
        return self.roots[-1].end


def find_containers(facts: Facts) -> list[Container]:
    """Return the comments of a page in page order; none where nothing looks like them."""
    groups = find_groups(facts)
    best = next((group for group in groups if _is_taken(group)), None)
    if best is None:
        return []
    chosen = _containers(best, _at_home(best, facts), facts)
    context = contexts_of(facts)
    level = median(container.worth for container in chosen)
    for group in groups:
        if group is not best and _is_taken(group):
            chosen = _with_more(chosen, group, level, facts)
        if group is not best and group.is_hinted:
            chosen = _with_outer(chosen, group, level, facts, context)
    chosen = _with_siblings(chosen, facts, context)
    return chosen


def _is_taken(group: Group) -> bool:
    worth = median(member.worth for member in group.members)
    return worth >= (_LEAST_SAID if group.is_hinted else _LEAST)


def _at_home(group: Group, facts: Facts) -> list[Member]:
    """Return the members that names say are comments, and those beside them; all where no names do."""
    if not group.is_hinted:
        return list(group.members)
    said = [facts.hints[member.first.number].item > 0 for member in group.members]
    homes = {member.first.parent for member, is_said in zip(group.members, said, strict=True) if is_said}
    return [
        member
        for member, is_said in zip(group.members, said, strict=True)
        if is_said or member.first.parent in homes
    ]


def _containers(group: Group, members: Iterable[Member], facts: Facts) -> list[Container]:
    kept = _without_cards([member for member in members if member.worth > 0], facts)
    usual = median(member.worth for member in kept)
    sure = [member for member in kept if member.worth >= 0.4 * usual]
    homes = Counter(member.first.parent.number for member in sure if member.first.parent is not None)
    kinds = Counter(_kind(member) for member in sure)
    return [
        Container(member.roots, member.worth, group.key, group.is_hinted)
        for member in kept
        if member.worth >= 0.4 * usual
        or (
            member.worth >= _SHORT * usual
            and (group.is_hinted or _is_peer(member, homes, kinds))
            and any(facts.times(root) for root in member.roots)
        )
    ]


def _without_cards(members: list[Member], facts: Facts) -> list[Member]:
    """Leave out what holds linked titles where hardly any other does, and what is hidden and has no time."""
    titled = [any(facts.teasers(root) for root in member.roots) for member in members]
    timed = [any(facts.times(root) for root in member.roots) for member in members]
    few, usual = sum(titled) <= 0.2 * len(members), sum(timed) > 0.5 * len(members)
    return [
        member
        for member, has_title, has_time in zip(members, titled, timed, strict=True)
        if not (has_title and few) and not (usual and not has_time and is_hidden(member.first))
    ]


def _is_peer(member: Member, homes: Counter[int], kinds: Counter[str]) -> bool:
    """Say whether a short comment ("Ha!") stands as others do, or is made as they are."""
    above = member.first.parent
    return (above is not None and homes[above.number] > _PEERS) or kinds[_kind(member)] > _PEERS


def _kind(member: Member) -> str:
    first = member.first
    names = [normal_name(name) for name in first.classes[:8]]
    return " ".join((first.tag, *(names or ["/", *(child.tag for child in first.elements())][:3])))


def _with_more(chosen: list[Container], group: Group, level: float, facts: Facts) -> list[Container]:
    """Take in another set: a second list, or answers that are marked up in their own way."""
    free = [
        member
        for member in _free_members(chosen, group.members)
        if member.worth >= _ALIKE * level and facts.hints[member.first.number].item
    ]
    if not free:
        return chosen
    more = sorted([*chosen, *_containers(group, free, facts)], key=lambda container: container.first.number)
    return more if _all_have_own(more, facts) else chosen


def _with_outer(
    chosen: list[Container], group: Group, level: float, facts: Facts, context: Sequence[float]
) -> list[Container]:
    """Take in what chosen ones stand in, where it is a post of its own: an answer with remarks below it."""
    inner = sorted(container.first.number for container in chosen)
    outer = [
        member
        for member in group.members
        if bisect_left(inner, member.first.number + 1) < bisect_left(inner, member.roots[-1].end)
        and facts.hints[member.first.number].item
        and member.first.number not in inner
    ]
    if not outer or (len(outer) == 1 and _ASKED.isdisjoint(_words(outer[0].first))):
        return chosen
    runs = sorted([*(c.roots for c in chosen), *(m.roots for m in outer)], key=lambda run: run[0].number)
    firsts = {member.first.number for member in outer}
    more = [
        Container(run, worth, group.key, True)
        for run, own in with_own(runs, facts)
        if run[0].number in firsts
        and own.times
        and (worth := worth_of(run, own, facts, context)) >= 0.5 * level
    ]
    if sum(container.worth >= _ALIKE * level for container in more) < 0.5 * len(outer) and len(outer) > 1:
        return chosen
    return sorted([*chosen, *more], key=lambda container: container.first.number)


def _words(element: Element) -> set[str]:
    return {word for name in (*element.classes, element.get("id")) for word in words_of(name)}


def _free_members(chosen: Sequence[Container], members: Sequence[Member]) -> list[Member]:
    """Return the members that neither are nor hold a chosen one, nor stand in a quotation of one."""
    numbers = sorted(container.first.number for container in chosen)
    taken = set(numbers)
    free = []
    place = 0
    for member in members:
        while place < len(numbers) and numbers[place] < member.first.number:
            place += 1
        end = member.roots[-1].end
        holds = place < len(numbers) and numbers[place] < end
        if not holds and member.first.number not in taken and not _is_quoted(member.first):
            free.append(member)
    return free


def _is_quoted(element: Element) -> bool:
    for level, above in enumerate(element.ancestors()):
        if above.tag == "blockquote" or is_quotation(above):
            return True
        if level > 12:
            break
    return False


def _all_have_own(containers: Sequence[Container], facts: Facts) -> bool:
    """Say whether each has words and a name or a time of its own, outside of those within it."""
    bare = 0
    for _run, own in with_own([container.roots for container in containers], facts):
        bare += own.chars < 2 or not (own.times or own.authors)
    return bare <= 0.02 * len(containers)


def _with_siblings(chosen: list[Container], facts: Facts, context: Sequence[float]) -> list[Container]:
    """Take in what stands in the same list and is of the same kind: pingbacks, deleted comments."""
    if any(len(container.roots) > 1 for container in chosen):
        return chosen
    taken = {container.first.number for container in chosen}
    parents: dict[int, Element] = {}
    for container in chosen:
        if container.first.parent is not None:
            parents.setdefault(container.first.parent.number, container.first.parent)
    more = list(chosen)
    tags = {container.first.tag for container in chosen}
    for parent in parents.values():
        more.extend(
            Container((child,), _LEAST, f"{child.tag} in the same list", True)
            for child in parent.elements()
            if child.tag in tags and child.number not in taken and _belongs(child, taken, facts, context)
        )
    return sorted(more, key=lambda container: container.first.number)


def _belongs(child: Element, taken: set[int], facts: Facts, context: Sequence[float]) -> bool:
    hints = facts.hints[child.number]
    if not facts.chars[child.number] or any(n in taken for n in range(child.number, child.end)):
        return False
    (_run, own), *_ = with_own([(child,)], facts)
    if hints.item:
        return worth_of((child,), own, facts, context) > _LEAST / 2
    return child.tag == "li" and bool(own.times and own.authors)
