"""Offices and bodies that a thread says with "the": the mayor, the council."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from discourse.analysis.stance.known import Passages, first_word
from discourse.analysis.stance.names import Candidate, NameHit, gazetteer_words, mask_urls
from discourse.text.normalise import fold

_FULL = re.compile(
    r"(?<![\w'’])(?!The |Our |Your |Their |This |That |A )[A-Z]\w*(?:['’]s?)? [A-Z][\w-]+(?![\w'’])"
)


def office_candidates(
    passages: Passages, hits: Iterable[NameHit], people: Sequence[Candidate]
) -> list[Candidate]:
    """Return the offices of which a word stands somewhere; one that a single named person holds is a form of
    that name instead."""
    if not passages.offices:
        return []
    holders: dict[str, set[str]] = defaultdict(set)
    for hit in hits:
        if hit.title:
            holders[hit.title].add(hit.words[-1])
    fresh: dict[str, Candidate] = {}
    full = _full_names(passages)
    for first, word, name, kind in _offices():
        if first in passages.offices:
            names = holders.get(word, set())
            owner = _holder(names, people) if len(names) == 1 else None
            if owner is not None:
                owner.forms[f"the {word}"] += 1
            elif len(names) < 2:
                candidate = fresh.setdefault(name or word, Candidate(kind, name=name or word))
                candidate.forms[f"the {word}"] += 1
                candidate.forms[name or word] += 1
                candidate.forms.update(full.get(word, ()))
    for candidate in fresh.values():
        longer = [(count, form) for form, count in candidate.forms.items() if form[0].isupper()]
        candidate.name = max(longer)[1] if longer else candidate.name
    return list(fresh.values())


@lru_cache(maxsize=1)
def _offices() -> list[tuple[str, str, str, str]]:
    """Return each office with its first word before it, its name and the kind of target that it is."""
    return [
        (first_word(word), word, name, kind)
        for label, kind in (("role", "person"), ("institution_head", "institution"))
        for word, name in gazetteer_words(label, "name").items()
    ]


def _holder(names: set[str], people: Sequence[Candidate]) -> Candidate | None:
    return next((person for person in people if not names.isdisjoint(person.forms)), None)


def _full_names(passages: Passages) -> dict[str, Counter[str]]:
    """Names of two words with capitals ("Town Clerk"), by their last word, where that is of an office."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for text in map(mask_urls, passages.titled):
        for match in _FULL.finditer(text):
            found[fold(match.group().split(" ")[1])][match.group().replace("’", "'")] += 1
    return found
