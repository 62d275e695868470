"""What the names in an element's markup say that it is: data in `profiles/html.toml`."""

import re
from functools import lru_cache
from itertools import chain

from msgspec import Struct

from discourse.ingest.html.tree import Element
from discourse.ingest.words import load_words

_DATA = load_words("html")
_WORDS: dict[str, frozenset[str]] = {name: frozenset(words) for name, words in _DATA["words"].items()}
# what builds make of a name, "Card_author__x7Zk2" or "Author-sc-1x2y3z-0": its end is nobody's word
_BUILT = re.compile(
    r"(?:__|--|[-_])(?![A-Za-z]+\d{1,3}$)(?=[A-Za-z]*(?:\d|[a-z][A-Z]{2}|[A-Z]{2}[a-z]|[A-Z][a-z]?[A-Z]))[A-Za-z\d]{4,10}$"
    r"|__(?=[a-z]*(?:[A-Z]|\d\d))[A-Za-z\d]{5}$|-sc-[0-9a-z]{4,12}(?:-\d+)?$"
)
# letters on both sides of digits, or capitals as no word has them: "x9KG8", "GQfAD"
_HASHED = re.compile(
    r"(?<![A-Za-z\d])(?:[A-Za-z]*\d+[A-Za-z][A-Za-z\d]*+"
    r"|(?=[A-Za-z]{4,7}(?![A-Za-z\d]))[A-Za-z]*(?:[a-z][A-Z]{2}|[A-Z]{2}[a-z])[A-Za-z]*)"
)
_TOKEN = re.compile(r"[^a-z]+")
_LEAST = 3  # letters up to which a word must stand apart: "ad" is none in "GxfAd"
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[^\W\d_]+")
_SELECTOR = re.compile(
    r"^(?P<tag>[a-z][\w-]*)?|(?P<kind>[.#])(?P<name>[\w-]+)|\[(?P<key>[\w-]+)(?:=(?P<value>[^\]]*))?\]"
)
_NAMING = ("class", "id", "data-testid", "data-test", "data-qa", "data-role", "slot", "data-hook", "name")
_LONGEST = 80  # characters of one name: what is longer is a state, not a name

# microdata, RDFa and ARIA say it outright
_PROPERTIES = {
    "author": "author",
    "creator": "author",
    "text": "body",
    "commenttext": "body",
    "articlebody": "body",
    "description": "body",
    "reviewbody": "body",
    "datecreated": "time",
    "datepublished": "time",
    "commenttime": "time",
    "comment": "item",
    "suggestedanswer": "item",
    "acceptedanswer": "item",
}
_TYPES = ("Comment", "UserComments", "Answer", "DiscussionForumPosting")


class Hints(Struct, frozen=True):
    """What an element is, as far as its markup tells: 0, 1 (a word says so) or 2 (said outright)."""

    item: int = 0
    author: int = 0
    time: int = 0
    body: int = 0
    parent: int = 0  # it names or links what is answered
    extra: int = 0  # it is no part of what the author wrote
    area: bool = False  # it stands around comments
    elsewhere: bool = False  # it stands around something else
    reason: str = ""  # the name that decided


NONE = Hints()


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of one class name or id in lower case: "postAuthor-2" is post, author."""
    name = _HASHED.sub(" ", _BUILT.sub("", name) or name)
    return tuple(word.lower() for word in _WORD.findall(_CAMEL.sub(" ", name)))


def listed(name: str) -> frozenset[str]:
    """Return a list of words of `profiles/html.toml`."""
    return _WORDS[name]


def hints_of(element: Element) -> Hints:
    """Return what an element's own markup says of it."""
    attributes = element.attributes
    if not attributes and "-" not in element.tag:
        return NONE
    names = tuple(
        name
        for key in _NAMING
        if key in attributes
        for name in attributes[key].split()[:24]
        if len(name) <= _LONGEST
    )
    outright = _outright(element)
    matched = _profiles_of(element)
    return _hints(element.tag, names, outright, matched)


@lru_cache(maxsize=8192)
def _hints(tag: str, names: tuple[str, ...], outright: tuple[str, ...], matched: tuple[str, ...]) -> Hints:
    strength = dict.fromkeys(("item", "author", "time", "body", "parent", "extra"), 0)
    reasons = []
    area = elsewhere = False
    for name in (*names, tag) if "-" in tag else names:
        words = words_of(name)
        if not words:
            continue
        for kind in _kinds(words):
            strength[kind] = 1
            reasons.append(name)
        area = area or words[-1] in _WORDS["area"] or (words[-1] == "list" and words[0] in _WORDS["item"])
        elsewhere = elsewhere or any(
            word in _WORDS["elsewhere"] and (len(word) > _LEAST or word in _TOKEN.split(name.lower()))
            for word in words
        )
    for kind in chain(outright, (m.partition(":")[0] for m in matched)):
        strength["extra" if kind == "skip" else kind] = 2
    reasons = [*outright, *(m.partition(":")[2] for m in matched), *reasons]
    return Hints(**strength, area=area, elsewhere=elsewhere, reason=reasons[0] if reasons else "")


def _kinds(words: tuple[str, ...]) -> list[str]:
    last = words[-1]
    kinds = []
    if last in _WORDS["author"] and _WORDS["not_author"].isdisjoint(words):
        kinds.append("author")
    if last in _WORDS["time"] and _WORDS["not_time"].isdisjoint(words):
        kinds.append("time")
    if last in _WORDS["body"]:
        kinds.append("body")
    if last in _WORDS["item"]:
        kinds.append("item")
    if last in _WORDS["extra"]:
        kinds.append("extra")
    return kinds


def _outright(element: Element) -> tuple[str, ...]:
    attributes = element.attributes
    found = []
    for key in ("itemprop", "property"):
        for name in attributes.get(key, "").split():
            kind = _PROPERTIES.get(name.rpartition(":")[2].rpartition("/")[2].lower())
            if kind:
                found.append(kind)
    kinds = attributes.get("itemtype", "") + " " + attributes.get("typeof", "")
    if any(name.endswith(_TYPES) for name in kinds.split()):
        found.append("item")
    if attributes.get("role") == "comment":
        found.append("item")
    if "author" in attributes.get("rel", "").split():
        found.append("author")
    return tuple(found)


# ---- selectors of the profiles ---------------------------------------------------------------


class _Selector(Struct, frozen=True):
    tag: str
    classes: frozenset[str]
    wanted: tuple[tuple[str, str | None], ...]  # attributes with their values, None for any

    def matches(self, element: Element) -> bool:
        if self.tag and element.tag != self.tag:
            return False
        if self.classes and not self.classes.issubset(element.classes):
            return False
        return all(_agrees(element.attributes.get(key), value) for key, value in self.wanted)


def _agrees(found: str | None, wanted: str | None) -> bool:
    if found is None or wanted is None:
        return found is not None
    if wanted.startswith("*"):
        return found.endswith(wanted[1:])
    if wanted.endswith("#"):
        return found.startswith(wanted[:-1]) and found[len(wanted) - 1 :].isdigit()
    return found.startswith(wanted[:-1]) if wanted.endswith("*") else found == wanted


def _read(text: str) -> _Selector:
    tag, classes, wanted = "", [], []
    for match in _SELECTOR.finditer(text):
        if match["tag"]:
            tag = match["tag"]
        elif match["kind"] == ".":
            classes.append(match["name"])
        elif match["kind"] == "#":
            wanted.append(("id", match["name"]))
        elif match["key"]:
            wanted.append((match["key"], match["value"]))
    return _Selector(tag, frozenset(classes), tuple(wanted))


def _selectors() -> dict[str, list[tuple[str, _Selector]]]:
    """Return the profiles' selectors by the rarest thing that each asks for: a class, an attribute, a tag."""
    found: dict[str, list[tuple[str, _Selector]]] = {}
    for profile in _DATA["profile"]:
        for kind in ("item", "author", "time", "body", "parent", "skip"):
            for text in profile.get(kind, ()):
                selector = _read(text)
                key = next(
                    chain(
                        (f".{name}" for name in sorted(selector.classes)),
                        (f"@{name}" for name, _value in selector.wanted),
                        (selector.tag,),
                    )
                )
                found.setdefault(key, []).append((f"{kind}:{profile['name']}", selector))
    return found


_SELECTORS = _selectors()


def _profiles_of(element: Element) -> tuple[str, ...]:
    keys = chain(
        (element.tag,), (f"@{name}" for name in element.attributes), (f".{name}" for name in element.classes)
    )
    return tuple(
        kind for key in keys for kind, selector in _SELECTORS.get(key, ()) if selector.matches(element)
    )
