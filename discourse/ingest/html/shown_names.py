"""A name as a page shows it, without what stands around it."""

import re
from functools import lru_cache

from discourse.ingest.html.hints import listed
from discourse.ingest.html.shown_times import moments_in
from discourse.ingest.words import any_of

LONGEST = 120  # characters of a name
_BEFORE = re.compile(rf"^(?:{any_of(listed('before_name'))})(?:[:\s]\s*|\s*$)", re.IGNORECASE)
_AFTER = re.compile(
    rf"(?:^|[\s:,])(?:{any_of(listed('after_name'))})\s*(?:[:：,]|\.\.\.|…)?\s*$", re.IGNORECASE
)
_SEPARATORS = " \t\n\xa0·•|–—,:：;»«›‹-/▸►→↑↓\u200b\u200e\u200f"
_HOLLOW = re.compile(r"\s?[(（\[]\s*(?:[)）\]]|$)")  # what is left of a time in brackets
_EMPTY = re.compile(r"\s?(?:\(\s*\)|（\s*）|\[\s*\])")
_NUMBERED = re.compile(r"^[#№]?\s?\d{1,7}\s?[.):#]?\s+(?=\D)|^#\d{1,7}$")


@lru_cache(maxsize=4096)
def clean_name(text: str) -> str:
    """Return a name without what pages write around it; an empty text where nothing is left."""
    text = " ".join(text.split())
    moments = list(moments_in(text))
    if not moments or moments[0].start:  # "3 May" opens with no number of its own
        text = _NUMBERED.sub("", text)
        moments = list(moments_in(text))
    had_time = bool(moments)
    if len(moments) > 1 and not any(char.isdigit() for char in text[moments[0].start : moments[0].end]):
        moments.pop(0)  # "Today" with a time behind it is somebody's name
    for moment in reversed(moments):
        before, after = text[: moment.start], text[moment.end :]
        text = before if before.strip(_SEPARATORS) else after
    name = bare_name((_HOLLOW if had_time else _EMPTY).sub("", text), had_time=had_time)
    if had_time and _AFTER.fullmatch(name):
        return ""
    return name if len(name) <= LONGEST else ""


def bare_name(text: str, *, had_time: bool = False) -> str:
    """Return a name without the words and signs that pages write around it."""
    name = _trim(text)
    cut = _BEFORE.sub("", name, count=1)
    name = _trim(cut) if cut.strip(_SEPARATORS) else name
    for _round in range(2):
        match = _AFTER.search(name)
        if (
            match
            and match.start()
            and (had_time or len(match[0].strip(" :：,")) > 2 or name.endswith((":", "：", "...", "…")))
        ):
            name = _trim(name[: match.start()])
    return name


def without_verb(text: str) -> str:
    """Return a text without the "says:" before it that belonged to the name above."""
    first, _break, rest = text.partition("\n")
    if first.strip(_SEPARATORS) == "":
        return rest.lstrip("\n")
    said = _AFTER.fullmatch(first.strip(" \t\xa0·•|–—")) if len(first) <= LONGEST else None
    return rest.lstrip("\n") if said and ":" in first.replace("：", ":") else text


def _trim(text: str) -> str:
    # a name may begin with a dash or an underscore; separators around it have blanks beside them
    text = text.strip()
    while text and text[-1] in ":：,·•|»›▸►→—–\u200e\u200f\u200b":
        text = text[:-1].rstrip()
    while text and (
        text[0] in ":：,·•|«‹»›→\u200e\u200f\u200b"
        or text[:2] in ("- ", "– ", "— ", "/ ", "~ ")
        or text[:3] == "-- "
    ):
        text = text[1:].lstrip()
    return text[:-2].rstrip() if text.endswith((" -", " /")) else text
