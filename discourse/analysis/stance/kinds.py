"""Of what kind a target is that nobody said it of: a person, a group, a body, a measure."""

from collections.abc import Mapping
from functools import lru_cache

from msgspec.structs import replace

from discourse.analysis.stance.mentions import aliases_of
from discourse.analysis.stance.names import gazetteer, gazetteer_words
from discourse.model import Target
from discourse.text.normalise import fold

_TITLES = frozenset(
    """
    mr mrs ms miss dr sir lady lord king queen prince pope bishop archbishop cardinal rev reverend father
    president senator sen rep congressman congresswoman governor gov mayor minister chancellor judge justice
    general gen colonel captain professor prof sheriff
    """.split()
)
_KNOWN = ("person", "party", "country", "institution", "group")
_MATTERS = frozenset(
    """
    control change penalty marriage power care war wars rights right movement theory crisis york city state
    states research energy testing education speech religion research science security insurance freedom
    immigration abortion food street road bridge park island sea river bay hill valley county
    """.split()
)
_SMALL = frozenset("of the and for in on to a".split())


def with_kind(target: Target) -> Target:
    """Return a target with a kind that its names tell, where it has none but `other`."""
    if target.kind != "other":
        return target
    forms = aliases_of(target)
    told = (_known(form) for form in forms)
    kind = next((kind for kind in told if kind), None) or _by_shape(target.target, forms)
    return replace(target, kind=kind) if kind else target


def _known(form: str) -> str | None:
    return _gazetteer_kinds().get(fold(form))


@lru_cache(maxsize=1)
def _gazetteer_kinds() -> Mapping[str, str]:
    entries = gazetteer().by_name["gazetteer"].entries
    return {fold(entry.fields["name"]): entry.label for entry in entries if entry.label in _KNOWN}


def _by_shape(name: str, forms: list[str]) -> str | None:
    """Return what the shape of a name tells; None where it tells nothing."""
    if any(fold(form.split(" ")[0]).rstrip(".") in _TITLES and form[:1].isupper() for form in forms):
        return "person"
    words = name.removeprefix("the ").removeprefix("The ").split(" ")
    last = fold(words[-1])
    if last in gazetteer_words("measure_head"):
        return "measure"
    if last in _MATTERS:
        return None
    if _is_body(words):
        return "institution"
    return _by_capitals(name, words)


def _by_capitals(name: str, words: list[str]) -> str | None:
    if not _is_capital(words[0]):
        return "group" if _is_plural(fold(words[-1])) else None
    if len(words) == 1:
        return "institution" if name.isupper() and name.isalpha() and len(name) > 1 else None
    person = len(words) < 5 and not _SMALL.intersection(map(fold, words)) and all(map(_is_capital, words))
    return "person" if person else None


def _is_body(words: list[str]) -> bool:
    heads = {**gazetteer_words("institution_head"), **gazetteer_words("body_word")}
    return fold(words[-1]) in heads or (_is_capital(words[0]) and any(fold(word) in heads for word in words))


def _is_capital(word: str) -> bool:
    return word[:1].isupper()


def _is_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
