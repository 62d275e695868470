"""Finds people's names in texts, in time that grows with the texts and not with the number of names."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache
from unicodedata import category

from msgspec import Struct, field

from discourse.ingest.words import load_words
from discourse.lexicon import load_lexicon
from discourse.privacy.atoms import Atom, Cutter, alike
from discourse.privacy.contexts import ARTICLES, DETERMINERS, handle_end, is_amid, is_called, is_named
from discourse.privacy.ids import IdNames
from discourse.privacy.rewriting import Found
from discourse.text.tokens import STOPWORDS

_MOST_ATOMS = 40  # of a name; a longer one is not looked for in texts
_FEWEST_DIGITS = 5  # of a name of digits alone that is no mere number
_ANY_CASE = 3  # letters from which on a name is known in any case
_ALSO_NAMES = (["will"], ["may"])  # first names, of the words that sentences are made of
_LONG = 6  # letters of a word that is hardly another one by chance
_JOINTS = frozenset("-._@/")
MAIL = "[mail address]"
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}(?![\w-])")
_NOUN = 5  # one in so many of its places stands behind a determiner: then it is a word too


class Rule(Enum):
    """Where a writing of a name is taken for the name."""

    ANYWHERE = 1
    AS_NAME = 2  # a word too: where it is used as a name, or stands amid a sentence with its capital
    NAMED = 3  # hardly ever a name: only after @ and where a page or a quotation names a person
    ALWAYS = 5  # one word of a name of several that is no other word: wherever it has its capital
    CALLED = 4  # a short writing of a name: after @ alone


class Form(Struct):
    """One writing of a person's name."""

    shown: tuple[str, ...]  # its atoms
    token: str  # what takes its place
    rule: Rule
    seen: int = 0  # places, in any case
    determined: int = 0  # of these, behind a determiner
    lowered: int = 0  # of these, in small letters
    amid: int = 0  # of these, with a capital amid a sentence
    is_part: bool = False  # one word of a name of several

    @property
    def settled(self) -> Rule:
        """Where it counts, now that its places are known."""
        if self.rule is Rule.ANYWHERE and self.determined * _NOUN >= max(1, self.seen):
            return Rule.AS_NAME
        if not (self.is_part and self.seen) or self.determined or self.lowered:
            return self.rule
        # a word that never goes without its capital, also amid sentences, is a name where it opens one too
        return Rule.ALWAYS if self.amid or self.size >= _LONG else Rule.AS_NAME

    @property
    def size(self) -> int:
        """How many letters and digits it has."""
        return sum(len(atom) for atom in self.shown if atom[0].isalnum())


class _Node(Struct):
    after: dict[str, "_Node"] = field(default_factory=dict)
    forms: list[Form] = field(default_factory=list)


class NameFinder:
    """Finds the names of some people in texts.

    Parameters
    ----------
    tokens
        What takes the place of each name.
    texts
        What the names are looked for in, to learn which names are words of it too.
    """

    def __init__(self, tokens: Mapping[str, str], texts: Sequence[str]) -> None:
        self._cutter = Cutter([*texts, *tokens])
        self._root = _Node()
        self._needed: set[str] = set()  # of the atoms of each writing the longest, which a text must hold
        forms = list(_forms({name: self._shown(name) for name in tokens}, tokens))
        for form in forms:
            self._add(form)
        for text in texts:
            self._learn(text)
        for form in forms:
            form.rule = form.settled
        sure = [form for form in forms if form.rule is Rule.ANYWHERE]
        self._ids = IdNames({form.shown: form.token for form in reversed(sure)}, self._cutter)

    def _shown(self, name: str) -> tuple[str, ...]:
        return tuple(atom.shown for atom in self._cutter.cut(name))

    def _add(self, form: Form) -> None:
        node = self._root
        for atom in form.shown:
            node = node.after.setdefault(alike(atom), _Node())
        self._needed.add(alike(max(form.shown, key=len)))
        if all(known.shown != form.shown for known in node.forms):
            node.forms.append(form)

    def _learn(self, text: str) -> None:
        atoms = self._cut(text)
        for place in range(1, len(atoms)):
            before = alike(atoms[place - 1].shown)
            for _, form in self._forms_at(atoms, place):
                if form.is_part and _is_joined(atoms, place):
                    continue
                form.seen += 1
                # "to Marta" and "of Marta" speak of her; "to hope" and "of hope" do not
                form.determined += before in (ARTICLES if form.is_part else DETERMINERS)
                form.lowered += atoms[place].shown.islower()
                form.amid += is_amid(text, atoms, place) and not atoms[place].shown.islower()

    def _cut(self, text: str) -> list[Atom]:
        """Cut a text in which a name or a mention may stand; no atoms of any other."""
        kinds = self._cutter.kinds(text)
        if kinds.isdisjoint(self._needed) and "@" not in kinds and not kinds >= {"u", "/"}:
            return []
        return self._cutter.cut(text)

    def _forms_at(self, atoms: Sequence[Atom], place: int) -> Iterator[tuple[int, Form]]:
        """Yield where a writing ends that begins at a place, and the writing, short ones first."""
        node = self._root.after.get(alike(atoms[place].shown))
        while node is not None:
            place += 1
            if node.forms:
                shown = tuple(atom.shown for atom in atoms[place - len(node.forms[0].shown) : place])
                yield place, next((form for form in node.forms if form.shown == shown), node.forms[0])
            node = node.after.get(alike(atoms[place].shown)) if place < len(atoms) else None

    def find(self, text: str, unknown: Callable[[str], str] | None = None) -> list[Found]:
        """Return the names in a text, in order, the longest where several begin at one place.

        Addresses of electronic mail are found too, whosever they are.

        Parameters
        ----------
        unknown
            Makes the tokens of those whom a text calls with @ or u/ and who are nobody that is known; None
            leaves them.
        """
        mails = [Found(m.start(), m.end(), MAIL) for m in _MAIL.finditer(text)] if "@" in text else []
        found = self._names_in(text, unknown)
        apart = (one for one in found if all(one.end <= m.start or m.end <= one.start for m in mails))
        return sorted([*apart, *mails], key=lambda one: one.start)

    def _names_in(self, text: str, unknown: Callable[[str], str] | None) -> list[Found]:
        atoms = self._cut(text)
        found, place = [], 0
        while place < len(atoms):
            end, token = self._at(text, atoms, place, unknown)
            if token:
                found.append(Found(atoms[place].start, atoms[end - 1].end, token))
            place = end
        return found

    def _at(
        self, text: str, atoms: Sequence[Atom], place: int, unknown: Callable[[str], str] | None
    ) -> tuple[int, str]:
        hits = list(self._forms_at(atoms, place))
        called = is_called(atoms, place)
        stop = handle_end(atoms, place) if called else place
        for end, form in reversed(hits):
            if end >= stop and (called or _counts(form, text, atoms, (place, end))):
                return end, form.token
        if called and unknown is not None and _is_handle(atoms, place):
            return stop, unknown("".join(atom.shown for atom in atoms[place:stop]))
        return place + 1, ""

    def in_id(self, text: str) -> list[Found]:
        """Return the names in an id, only such as are no words (see `IdNames`)."""
        return self._ids.find(text)


def _is_joined(atoms: Sequence[Atom], place: int) -> bool:
    """Say whether an atom is part of an address or a path rather than a word of a sentence."""
    before, here, after = atoms[place - 1], atoms[place], atoms[place + 1 : place + 2]
    joined = before.end == here.start and before.shown[0] in _JOINTS
    return joined or any(here.end == next_one.start and next_one.shown[0] in "-@_/" for next_one in after)


def _is_exact(form: Form, atoms: Sequence[Atom], place: int) -> bool:
    return tuple(atom.shown for atom in atoms[place : place + len(form.shown)]) == form.shown


def _is_handle(atoms: Sequence[Atom], place: int) -> bool:
    """Say whether a word behind @ or u/ may be a person's handle; "@3pm" is none, nor is a path's "user/"."""
    word = atoms[place].shown
    sure = atoms[place - 1].shown == "@" or len(atoms[place - 2].shown) == 1
    return sure and len(word) > 1 and (word[0].isalpha() or word[0] == "_")


def _counts(form: Form, text: str, atoms: Sequence[Atom], place: tuple[int, int]) -> bool:
    """Say whether a writing means the person where it stands without @."""
    if form.rule is Rule.CALLED:
        return False
    exact = _is_exact(form, atoms, place[0])
    if form.rule is Rule.ALWAYS:
        return exact
    if form.rule is Rule.ANYWHERE and (exact or form.size >= _ANY_CASE):
        return True
    loose = form.rule is not Rule.NAMED and exact
    start, end = atoms[place[0]].start, atoms[place[1] - 1].end
    if is_named(text, start, end, loose=loose):
        return True
    has_capital = any(atom != atom.lower() for atom in form.shown)
    return form.rule is Rule.AS_NAME and exact and has_capital and is_amid(text, atoms, place[0])


def _forms(shown: Mapping[str, tuple[str, ...]], tokens: Mapping[str, str]) -> Iterator[Form]:
    """Yield all writings that are looked for: names as they are, then without signs around, then short."""
    known = {name: atoms for name, atoms in shown.items() if 0 < len(atoms) <= _MOST_ATOMS}
    for name, atoms in known.items():
        yield Form(atoms, tokens[name], _rule(atoms))
    for name, atoms in known.items():
        if (core := _core(atoms)) != atoms and core:
            yield Form(core, tokens[name], _rule(core))
    for name, atoms in known.items():
        words = _words(atoms)
        if len(words) > 1:
            for joint in ("", "_"):
                yield Form((joint.join(words),), tokens[name], Rule.CALLED)
            for joint in ("-", "."):
                yield Form(_between(words, joint), tokens[name], Rule.CALLED)
    yield from _single_words(known, tokens)


def _single_words(known: Mapping[str, tuple[str, ...]], tokens: Mapping[str, str]) -> Iterator[Form]:
    """Yield the words of names of several that are in no other name.

    Texts say "Marta" of Marta Quill: where a word has a capital in every place, that is whom it means.
    """
    owners: dict[str, list[tuple[str, int]]] = {}
    for name, atoms in known.items():
        for number, word in enumerate(_words(atoms)):
            owners.setdefault(alike(word), []).append((name, number))
    for folded, places in owners.items():
        (name, number), *others = places
        words = _words(known[name])
        if others or len(words) == 1 or len(folded) < _ANY_CASE:
            continue
        is_part = words[number][0].isupper() and " " in name and not is_common(folded)
        if is_part or not number:
            yield Form((words[number],), tokens[name], Rule.CALLED, is_part=is_part)


def _words(atoms: Sequence[str]) -> list[str]:
    return [atom for atom in atoms if atom[0].isalnum() or atom[0] == "_"]


def _between(words: Sequence[str], joint: str) -> tuple[str, ...]:
    return tuple(part for word in words for part in (joint, word))[1:]


def _core(atoms: tuple[str, ...]) -> tuple[str, ...]:
    """Return a name without the signs around it."""
    places = [place for place, atom in enumerate(atoms) if atom[0].isalnum() or atom[0] == "_"]
    return atoms[places[0] : places[-1] + 1] if places else ()


def _rule(atoms: Sequence[str]) -> Rule:
    words = _words(atoms)
    if not words:
        pictures = {atom for atom in atoms if category(atom[0]) == "So"}
        return Rule.ANYWHERE if len(pictures) > 1 else Rule.NAMED
    letters = "".join(words)
    if len(letters) < 2 or (letters.isdigit() and len(letters) < _FEWEST_DIGITS):
        return Rule.NAMED
    folded = [alike(word) for word in words]
    if folded in _ALSO_NAMES:
        return Rule.AS_NAME
    if all(map(is_common, folded)) or is_common(" ".join(folded)):
        return Rule.NAMED
    return Rule.ANYWHERE


def is_common(word: str) -> bool:
    """Say whether a folded word is one that sentences are made of, or a name of what threads argue about."""
    return word in _common()


@cache
def _common() -> frozenset[str]:
    """Return words that sentences are made of, and names of what threads argue about."""
    known = {alike(entry.pattern) for entry in load_lexicon("gazetteer").entries}
    return STOPWORDS | DETERMINERS | frozenset(load_words("names")["prose"]) | known
