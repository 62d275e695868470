"""From where names stand to what the names are: columns, answers, and words around them taken off."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from discourse.ingest.pasted.guesses import Opening
from discourse.ingest.words import any_of, load_words

_LISTS = load_words("headers")
_COLUMN = re.compile(r"\t+|\s{2,}|\s?[|│•·⋅∙●◦»›]\s?|\s[-–—/~]\s|,\s|、|،\s|\s(?=[(\[])")
_ANSWERS = re.compile(
    rf"\s(?:{any_of(_LISTS['answers'])})\s@?|\s?[→▶➜⇒►➤⟶⮕]\s?@?|\s[»›>]\s@?|\s@(?=\S)", re.IGNORECASE
)
_SAYS_LAST = re.compile(rf"(?<=\S)\s{{1,3}}(?:{any_of(_LISTS['verbs'])})\s?:?$", re.IGNORECASE)
_NEARLY_ALL = 0.8
_MARKS = " \t*_:,;·•|"
_FEW = 0.15  # the same for marks that stand in no name
_MOST = 0.5  # share of names with a column mark, from which on all are taken apart


@dataclass(frozen=True, slots=True)
class Name:
    """A name's place on its row, while what stands around it is being taken off."""

    author: str
    addressee: str | None = None


def refine(openings: Sequence[Opening]) -> list[Opening]:
    """Return the openings with nothing but the author's name, and the addressee's, in them."""
    names = [
        Name(*_answered(one.author)) if one.addressee is None else Name(one.author, one.addressee)
        for one in openings
    ]
    names = _without_verbs(names)
    names = _without_columns(names)
    names = _learned_answers(names)
    names = _without_affixes(names)
    return [
        replace(one, author=name.author, addressee=name.addressee)
        for one, name in zip(openings, names, strict=True)
    ]


def _without_verbs(names: Sequence[Name]) -> list[Name]:
    """Take "says" and its like from behind the names where it stands behind nearly all of them."""
    said = [_SAYS_LAST.search(name.author) for name in names]
    if sum(match is not None for match in said) < _NEARLY_ALL * len(names):
        return list(names)
    return [
        name if match is None else replace(name, author=name.author[: match.start()])
        for name, match in zip(names, said, strict=True)
    ]


def _answered(text: str) -> tuple[str, str | None]:
    found = _ANSWERS.search(text)
    if found is None or found.start() == 0 or not text[found.end() :].strip():
        return text, None
    return text[: found.start()].strip(), text[found.end() :].strip(_MARKS + ")]")


def _without_columns(names: list[Name]) -> list[Name]:
    """Keep of "Name | Town | rank" the column that says most about who wrote."""
    for _ in range(4):
        marks = Counter(
            mark for name in names for mark in {_mark(found) for found in _COLUMN.findall(name.author)}
        )
        usual = [
            mark
            for mark, times in marks.most_common()
            if times >= (_FEW if mark in "|│•·⋅" else _MOST) * len(names)
        ]
        if not usual:
            break
        parted = [_parts(name.author, usual[0]) for name in names]
        if _are_answers(parted):
            names = [
                replace(name, author=parts[0], addressee=parts[1] if len(parts) > 1 else name.addressee)
                for name, parts in zip(names, parted, strict=True)
            ]
            continue
        first = len({parts[0] for parts in parted})
        others = len({parts[1] for parts in parted if len(parts) > 1})
        column = 0 if 2 * first > others else 1
        names = [
            replace(name, author=parts[column if len(parts) > column else 0])
            for name, parts in zip(names, parted, strict=True)
        ]
    return _without_badges(names)


def _are_answers(parted: Sequence[Sequence[str]]) -> bool:
    """Say whether what stands behind a mark are the names of others who wrote on the page."""
    authors = {parts[0] for parts in parted}
    behind = [parts[1] for parts in parted if len(parts) > 1]
    known = sum(text in authors for text in behind)
    return bool(behind) and (known == len(behind) or (len(set(behind)) > 1 and known >= 0.7 * len(behind)))


def _mark(found: str) -> str:
    return found.strip() or " "


def _parts(text: str, mark: str) -> list[str]:
    for match in _COLUMN.finditer(text):
        if _mark(match.group()) == mark and text[: match.start()].strip():
            return [text[: match.start()].strip(), text[match.end() :].strip()]
    return [text]


def _without_badges(names: list[Name]) -> list[Name]:
    """Take off what follows a mark where the name stands elsewhere without it, or others have it too."""
    whole = Counter(name.author for name in names)
    pairs = [[part.strip() for part in _COLUMN.split(name.author, maxsplit=1)] for name in names]
    if _are_answers([parts for parts in pairs if parts[0]]):
        known = {parts[0] for parts in pairs}
        return [
            replace(name, author=parts[0], addressee=parts[1])
            if len(parts) == 2 and parts[1] in known
            else name
            for name, parts in zip(names, pairs, strict=True)
        ]
    owners: dict[str, set[str]] = {}
    for parts in pairs:
        if len(parts) == 2:
            owners.setdefault(parts[1], set()).add(parts[0])
    found = []
    for name, parts in zip(names, pairs, strict=True):
        badge = len(parts) == 2 and parts[0] and (whole[parts[0]] or len(owners[parts[1]]) > 1)
        found.append(replace(name, author=parts[0]) if badge else name)
    return found


def _learned_answers(names: list[Name]) -> list[Name]:
    """Part "A reacts upon B" by words that stand between names over and over."""
    inner: Counter[str] = Counter()
    sides: dict[str, tuple[set[str], set[str]]] = {}
    for name in names:
        words = name.author.split()
        if len(words) > 14:
            continue
        for start in range(1, len(words) - 1):
            for end in range(start + 1, min(start + 4, len(words))):
                between = " ".join(words[start:end])
                inner[between] += 1
                left, right = sides.setdefault(between, (set(), set()))
                left.add(" ".join(words[:start]))
                right.add(" ".join(words[end:]))
    good = [
        (len(sides[text][0] & sides[text][1]), times, len(text), text)
        for text, times in inner.items()
        if times >= max(3, 0.15 * len(names)) and len(sides[text][0] & sides[text][1]) >= 2
    ]
    if not good:
        return names
    between = f" {max(good)[3]} "
    return [
        replace(name, author=parts[0], addressee=parts[2])
        if (parts := name.author.partition(between))[1]
        else name
        for name in names
    ]


def _without_affixes(names: list[Name]) -> list[Name]:
    """Take off words and marks around nearly all names, or around those that stand elsewhere without."""
    names = _stripped(names)
    known = {name.author for name in names} | {name.addressee for name in names if name.addressee}
    tails = Counter(
        rest for name in names for rest in _tails(name.author) if name.author[: -len(rest)].strip() in known
    )
    owners: dict[str, set[str]] = {}
    for name in names:
        for rest in _tails(name.author):
            owners.setdefault(rest, set()).add(name.author[: -len(rest)].strip())
    found = []
    for name in names:
        rests = [rest for rest in _tails(name.author) if tails[rest] >= 2 and len(owners[rest]) > 1]
        found.append(replace(name, author=name.author[: -len(rests[-1])].strip()) if rests else name)
    return found


def _tails(text: str) -> list[str]:
    words = text.split(" ")
    return [" " + " ".join(words[-size:]) for size in range(1, min(3, len(words)))]


def _stripped(names: list[Name]) -> list[Name]:
    """Take off the marks that nearly all names begin or end with."""
    texts = [name.author for name in names]
    for mark in ("**", "__", "*", "@", "<", "[", "("):
        close = {"<": ">", "[": "]", "(": ")", "@": ""}.get(mark, mark)
        if _usual([text.startswith(mark) and len(text) > len(mark) for text in texts]):
            texts = [text.removeprefix(mark) for text in texts]
        if close and _usual([text.endswith(close) for text in texts]):
            texts = [text.removesuffix(close) for text in texts]
    texts = [text.strip().rstrip(":：,").strip() or text for text in texts]
    texts = _without_common(texts, -1)
    texts = _without_common(texts, 0)
    return [replace(name, author=text) for name, text in zip(names, texts, strict=True)]


def _without_common(texts: list[str], place: int) -> list[str]:
    """Take off a first or last word that nearly all names have, such as "says"."""
    words = [text.split() for text in texts]
    often = Counter(held[place] for held in words if len(held) > 1)
    for word, times in often.most_common(1):
        if len(texts) > 2 and len(set(texts)) > 1 and times >= 0.9 * len(texts):
            return [
                " ".join(held[:-1] if place else held[1:]) if len(held) > 1 and held[place] == word else text
                for held, text in zip(words, texts, strict=True)
            ]
    return texts


def _usual(held: Sequence[bool]) -> bool:
    return sum(held) >= 0.9 * len(held)
