"""Targets that the gazetteer knows, and a cheap look at which posts can name one."""

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct, field

from discourse.analysis.base import ThreadView
from discourse.analysis.stance.names import Candidate, gazetteer, gazetteer_words, mask_urls
from discourse.lexicon import Entry
from discourse.lexicon.literals import Literals
from discourse.lexicon.patterns import forms_of
from discourse.text.normalise import fold

GAZETTEER_KINDS = ("country", "party", "group", "person", "institution", "topic")
OFFICES = ("role", "institution_head")
_LOWER = ("group", "topic")  # what is named by ordinary words
_THE = "the "
_POSSESSIVE = re.compile(r"'s(?!\w)")
_RUN = re.compile(r"\w+")


class Passages(Struct):
    """All that a thread and its articles say, and what a first look at it has found."""

    texts: list[str]  # of its posts, then of its articles
    folded: list[str]
    naming: list[str] = field(default_factory=list)  # texts that may name what the gazetteer knows
    titled: list[str] = field(default_factory=list)  # texts with a word of an office in capitals
    offices: set[str] = field(default_factory=set)  # first words of offices that stand anywhere


def passages_of(view: ThreadView) -> Passages:
    """Look at all texts of a thread once: which need a closer look for which names."""
    texts = [post.post.text for post in view.posts] + [article.text for article in view.articles]
    found = Passages(texts, [fold(text) for text in texts])
    gate = _gate()
    for text, folded in zip(found.texts, found.folded, strict=True):
        may_name, offices, in_capitals = gate.look(text, folded)
        if may_name:
            found.naming.append(text)
        if in_capitals:
            found.titled.append(text)
        found.offices.update(offices)
    return found


def known_candidates(passages: Passages) -> list[Candidate]:
    """Candidates that the gazetteer knows; lower-case forms count beside capitalised ones only."""
    found: dict[tuple[str, str], Candidate] = {}
    for text in map(mask_urls, passages.naming):
        for match in gazetteer().match(_POSSESSIVE.sub("  ", fold(text))):
            form = text[match.start : match.end]
            if match.label not in GAZETTEER_KINDS or not _is_written_as_name(form, match.entry):
                continue
            kind = "other" if match.label == "topic" else match.label
            key = (match.label, match.entry.fields["name"])
            found.setdefault(key, Candidate(kind, known=True, name=key[1])).forms[form] += 1
    return [found[key] for key in sorted(found)]


def _is_written_as_name(form: str, entry: Entry) -> bool:
    if entry.fields.get("case") == "exact" and form not in entry.pattern:
        return False
    return not form[:1].islower() or entry.label in _LOWER or form.startswith(_THE)


def first_word(office: str) -> str:
    """Return the word of an office that is looked for."""
    return office.split(" ", maxsplit=1)[0]


class _Gate:
    """Finds in one pass which words in a text can be part of a name that the gazetteer knows."""

    def __init__(self) -> None:
        anyhow, capital = set[str](), set[str]()  # parts of names in whatever case, and in capitals only
        for entry in gazetteer().by_name["gazetteer"].entries:
            if entry.label in GAZETTEER_KINDS:
                for form in forms_of(fold(entry.pattern), entry.match):
                    part, begins = _part(form)
                    strict = begins and entry.label not in _LOWER
                    (capital if strict else anyhow).add(part)
        self._offices = {first_word(word) for label in OFFICES for word in gazetteer_words(label)}
        self._pieces = sorted(anyhow | capital | self._offices)
        self._anyhow, self._names = anyhow, anyhow | capital
        self._literals = Literals(self._pieces, lasting=True)

    def look(self, text: str, folded: str) -> tuple[bool, Sequence[str], bool]:
        """Say whether a text may name what the gazetteer knows; which offices' first words it holds, amid
        words too; and whether one of these begins with a capital."""
        may_name = in_capitals = False
        offices: list[str] = []
        for number, start, end in self._literals.find(folded):
            piece = self._pieces[number]
            capital = not text[start].islower()
            if piece in self._offices:
                offices.append(piece)
                in_capitals = in_capitals or capital
            if not may_name and piece in self._names and (capital or piece in self._anyhow):
                may_name = _is_bounded(folded, start, end)
        return may_name, offices, in_capitals


def _part(form: str) -> tuple[str, bool]:
    """Return a piece of a folded name that stands wherever the name does, as a whole word or several; and
    whether the name begins with it."""
    runs = _RUN.findall(form.removeprefix(_THE))
    if form[:1].isalnum() and len(runs[0]) > 1 and not form.startswith(_THE):
        return runs[0], True
    longest = max(runs, key=len)
    return (longest, False) if len(longest) > 1 else (form.rstrip("."), False)


def _is_bounded(folded: str, start: int, end: int) -> bool:
    before, after = folded[start - 1 : start], folded[end : end + 1]
    return not (before.isalnum() or before == "_" or after.isalnum() or after == "_")


@lru_cache(maxsize=1)
def _gate() -> _Gate:
    return _Gate()
