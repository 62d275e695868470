"""What a thread might argue about: named persons and bodies, countries, parties, measures, matters."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from discourse.analysis.base import ThreadView
from discourse.analysis.stance.capitals import collect_hits
from discourse.analysis.stance.known import Passages, known_candidates
from discourse.analysis.stance.measures import measure_candidates
from discourse.analysis.stance.names import (
    Candidate,
    Name,
    NameHit,
    fold_word,
    gazetteer_words,
    same_spelling,
    speakers,
)
from discourse.analysis.stance.offices import office_candidates
from discourse.text.normalise import fold


def find_candidates(view: ThreadView, passages: Passages) -> list[Candidate]:
    """Return the candidates of a thread, in a fixed order."""
    known = known_candidates(passages)
    taken = {fold(form): candidate for candidate in known for form in candidate.forms}
    hits = collect_hits(view)
    people = _named(hits, speakers(view), taken) if hits else []
    return [*known, *people, *office_candidates(passages, hits, people), *measure_candidates(view)]


def _named(
    hits: Iterable[NameHit], spoken: frozenset[str], taken: Mapping[str, Candidate]
) -> list[Candidate]:
    """Named persons, bodies and others; names that the gazetteer knows gain further forms instead."""
    groups = _groups(hits, spoken)
    first_names = _first_names(groups, spoken)
    borne = {first for firsts in first_names.values() for first in firsts}
    fresh: list[Candidate] = []
    for group in groups:
        if set(group.forms) <= borne or not (
            group.in_article or len(group.authors) > 1 or _known_form(group, taken)
        ):
            continue
        owner = next((taken[key] for form in group.forms for key in _keys(form) if key in taken), None)
        if owner is None:
            candidate = Candidate(_kind(group))
            if _is_place(group):
                continue
            fresh.append(candidate)
            owner = candidate
        if not owner.known or owner.kind == "person":
            owner.forms.update(group.forms)
            for first in first_names.get(id(group), ()):
                owner.forms[first] += 1
                owner.kind = owner.kind if owner.known else "person"
    return fresh


def _known_form(group: Name, taken: Mapping[str, Candidate]) -> bool:
    return any(key in taken for form in group.forms for key in _keys(form))


def _keys(form: str) -> Iterator[str]:
    yield fold(form)
    yield f"{fold(form)}."
    yield fold(form.rsplit(" ", maxsplit=1)[-1])


def _groups(hits: Iterable[NameHit], spoken: frozenset[str]) -> list[Name]:
    """Join the hits of one name: a full name with its surname, a body with its short name, spellings."""
    by_form: dict[str, Name] = {}
    for hit in hits:
        if not all(fold_word(word) in spoken for word in hit.words) and not _is_office(hit):
            by_form.setdefault(hit.name, Name()).hits.append(hit)
    groups: list[Name] = []
    heads: dict[str, dict[str, Name]] = defaultdict(dict)  # by their first three letters
    for form in sorted(by_form, key=lambda form: (-form.count(" "), form)):
        near = heads[fold_word(_head(form))[:3]]
        group = next((near[key] for key in near if same_spelling(_head(form), key)), None)
        if group is None:
            group = Name()
            groups.append(group)
        group.hits += by_form[form].hits
        near.setdefault(_head(form), group)
    return groups


def _is_office(hit: NameHit) -> bool:
    last = fold_word(hit.words[-1])
    if last in gazetteer_words("role"):
        return True
    return len(hit.words) == 1 and last in gazetteer_words("institution_head")


def _head(form: str) -> str:
    words = form.split(" ")
    return words[0] if _is_body(words) else words[-1]


@lru_cache(maxsize=1)
def _body_words() -> frozenset[str]:
    return frozenset((*gazetteer_words("institution_head"), *gazetteer_words("body_word")))


def _is_body(words: list[str]) -> bool:
    return len(words) > 1 and fold_word(words[-1]) in _body_words()


def _is_place(group: Name) -> bool:
    """Say whether a name is where things happen, not who does them."""
    if any(_is_body(list(hit.words)) for hit in group.hits):
        return False
    last = {fold_word(hit.words[-1]) for hit in group.hits}
    places = sum(hit.place for hit in group.hits)
    return not last.isdisjoint(gazetteer_words("place_word")) or places * 2 > len(group.hits)


def _kind(group: Name) -> str:
    if any(_is_body(list(hit.words)) for hit in group.hits):
        return "institution"
    if any(hit.title for hit in group.hits):
        return "person"
    shapes = {len(hit.words) for hit in group.hits}
    return "person" if shapes >= {1, 2} else "other"


def _first_names(groups: list[Name], spoken: frozenset[str]) -> dict[int, list[str]]:
    """First names that only one full name of the thread bears and that no speaker bears."""
    bearers: dict[str, set[int]] = defaultdict(set)
    single = {form for group in groups for form in group.forms if " " not in form}
    for group in groups:
        for hit in group.hits:
            if len(hit.words) > 1 and not _is_body(list(hit.words)):
                bearers[hit.words[0]].add(id(group))
    alone: dict[int, list[str]] = defaultdict(list)
    for first, owners in sorted(bearers.items()):
        if len(owners) == 1 and first in single and fold_word(first) not in spoken and len(first) > 2:
            alone[next(iter(owners))].append(first)
    return alone
