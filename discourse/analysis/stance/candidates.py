"""What a thread might argue about: named persons and bodies, countries, parties, measures, matters."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from discourse.analysis.base import ThreadView
from discourse.analysis.stance.names import (
    Name,
    NameHit,
    collect_hits,
    gazetteer,
    gazetteer_words,
    mask_urls,
    same_spelling,
    speakers,
)
from discourse.text.normalise import fold
from discourse.text.tokens import STOPWORDS, Token, tokenise

_POSSESSIVE = re.compile(r"'s(?!\w)")
GAZETTEER_KINDS = ("country", "party", "group", "person", "institution", "topic")
_LOWER = ("group", "topic")  # what is named by ordinary words


@dataclass
class Candidate:
    """One possible target with every form in which it was seen."""

    kind: str
    known: bool = False  # the gazetteer knows it: fewer mentions are asked for
    forms: Counter[str] = field(default_factory=Counter)
    name: str = ""  # fixed by the gazetteer; else the commonest form


def find_candidates(view: ThreadView) -> list[Candidate]:
    """Return the candidates of a thread, in a fixed order."""
    known = _known(view)
    taken = {fold(form): candidate for candidate in known for form in candidate.forms}
    people = _named(view, known, taken)
    return [*known, *people, *_offices(view, people), *_measures(view)]


def _texts(view: ThreadView) -> list[str]:
    texts = [post.post.text for post in view.posts] + [article.text for article in view.articles]
    return [mask_urls(text) for text in texts]


def _known(view: ThreadView) -> list[Candidate]:
    """Candidates that the gazetteer knows; lower-case forms count beside capitalised ones only."""
    found: dict[tuple[str, str], Candidate] = {}
    for text in _texts(view):
        for match in gazetteer().match(_POSSESSIVE.sub("  ", fold(text))):
            if match.label not in GAZETTEER_KINDS:
                continue
            form = text[match.start : match.end]
            if match.entry.fields.get("case") == "exact" and form not in match.entry.pattern:
                continue
            if form[:1].islower() and match.label not in _LOWER and not form.startswith("the "):
                continue
            kind = "other" if match.label == "topic" else match.label
            key = (match.label, match.entry.fields["name"])
            found.setdefault(key, Candidate(kind, known=True, name=key[1])).forms[form] += 1
    return [found[key] for key in sorted(found)]


def _named(view: ThreadView, known: list[Candidate], taken: Mapping[str, Candidate]) -> list[Candidate]:
    """Named persons, bodies and others; names that the gazetteer knows gain further forms instead."""
    groups = _groups(collect_hits(view), speakers(view))
    first_names = _first_names(groups, speakers(view))
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
        if not all(fold(word) in spoken for word in hit.words) and not _is_office(hit):
            by_form.setdefault(hit.name, Name()).hits.append(hit)
    groups: list[Name] = []
    heads: dict[str, dict[str, Name]] = defaultdict(dict)  # by their first three letters
    for form in sorted(by_form, key=lambda form: (-form.count(" "), form)):
        near = heads[fold(_head(form))[:3]]
        group = next((near[key] for key in near if same_spelling(_head(form), key)), None)
        if group is None:
            group = Name()
            groups.append(group)
        group.hits += by_form[form].hits
        near.setdefault(_head(form), group)
    return groups


def _is_office(hit: NameHit) -> bool:
    return fold(hit.words[-1]) in {*gazetteer_words("role"), *gazetteer_words("institution_head")} and (
        len(hit.words) == 1 or fold(hit.words[-1]) in gazetteer_words("role")
    )


def _head(form: str) -> str:
    words = form.split(" ")
    return words[0] if _is_body(words) else words[-1]


def _body_words() -> frozenset[str]:
    return frozenset((*gazetteer_words("institution_head"), *gazetteer_words("body_word")))


def _is_body(words: list[str]) -> bool:
    return len(words) > 1 and fold(words[-1]) in _body_words()


def _is_place(group: Name) -> bool:
    """Say whether a name is where things happen, not who does them."""
    if any(_is_body(list(hit.words)) for hit in group.hits):
        return False
    last = {fold(hit.words[-1]) for hit in group.hits}
    places = sum(hit.place for hit in group.hits)
    return bool(last & set(gazetteer_words("place_word"))) or places * 2 > len(group.hits)


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
        if len(owners) == 1 and first in single and fold(first) not in spoken and len(first) > 2:
            alone[next(iter(owners))].append(first)
    return alone


def _offices(view: ThreadView, people: list[Candidate]) -> list[Candidate]:
    """Offices and bodies said with "the"; an office that one named person holds is a form of that name."""
    holders: dict[str, set[str]] = defaultdict(set)
    for hit in collect_hits(view):
        if hit.title:
            holders[hit.title].add(hit.words[-1])
    fresh: dict[str, Candidate] = {}
    full = _full_names(view)
    for label, kind in (("role", "person"), ("institution_head", "institution")):
        for word, name in gazetteer_words(label, "name").items():
            names = holders.get(word, set())
            owner = next((p for p in people if len(names) == 1 and names & set(p.forms)), None)
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


_FULL = re.compile(
    r"(?<![\w'’])(?!The |Our |Your |Their |This |That |A )[A-Z]\w*(?:['’]s?)? [A-Z][\w-]+(?![\w'’])"
)


def _full_names(view: ThreadView) -> dict[str, Counter[str]]:
    """Names of two words with capitals ("Town Clerk"), by their last word."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for text in _texts(view):
        for match in _FULL.finditer(text):
            found[fold(match.group().split(" ")[1])][match.group().replace("’", "'")] += 1
    return found


_HEAD_BEFORE = frozenset("the this that these those a an any his her their our your its such no".split())


def _measures(view: ThreadView) -> list[Candidate]:
    """Plans, laws, works: a known head noun after a determiner, with the modifiers that recur before it."""
    heads = gazetteer_words("measure_head")
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    texts = [post.own for post in view.posts] + [article.text for article in view.articles]
    for text in map(mask_urls, texts):
        words = tokenise(text)
        for place, token in enumerate(words):
            if token.word in heads and (
                modifiers := _modifiers(text, words[max(0, place - 4) : place], token)
            ):
                seen[token.word.rstrip("s") if token.word.rstrip("s") in heads else token.word].update(
                    modifiers
                )
    return _merge_generic([_measure(head, counts) for head, counts in sorted(seen.items())], view)


def _merge_generic(measures: list[Candidate], view: ThreadView) -> list[Candidate]:
    """Let "the plan" or "the idea" stand for the one measure that the article is about."""
    generic = {f"the {head}" for head, mark in gazetteer_words("measure_head", "name").items() if mark}
    article = fold(" ".join(article.text for article in view.articles))
    specific = [m for m in measures if not generic & set(m.forms)]
    counts = {m.name: article.count(f" {m.name.split(' ')[-1]}") for m in specific}
    main = max(specific, key=lambda m: (counts[m.name], m.name), default=None)
    if main is None or counts[main.name] < 2:
        return measures
    kept = []
    for measure in measures:
        if measure is not main and generic & set(measure.forms) and " " not in measure.name:
            main.forms.update(measure.forms)
        else:
            kept.append(measure)
    return kept


def _modifiers(text: str, before: Sequence[Token], token: Token) -> list[str]:
    """Return the nominal groups that end in a head; none where no determiner or name opens them."""
    groups = [token.word]
    last = token.start
    for word in reversed(before):
        if text[word.end : last] != " ":
            return []
        if word.word in _HEAD_BEFORE or re.search(r"'s?$", word.word):
            return groups
        if word.word in STOPWORDS:
            return []
        groups.append(f"{word.word} {groups[-1]}")
        last = word.start
    return []


def _measure(head: str, counts: Counter[str]) -> Candidate:
    """Name a measure by its head, or with the one modifier that most of its longer forms share."""
    longer = [(count, form) for form, count in counts.items() if form.count(" ") == 1 and count > 1]
    best = max(longer, default=(0, ""))
    name = best[1] if best[0] * 2 > sum(count for count, _ in longer) else head
    forms = Counter({f"the {head}": counts[head]})
    for form, count in counts.items():
        if count > 1 and form.count(" ") == 1:
            forms[form] += count
    return Candidate("measure", name=name, forms=forms)
