"""Who wrote and who is answered, on rows that are known to belong to headers."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from discourse.ingest.pasted.alike import Floats
from discourse.ingest.pasted.recurrence import Rows
from discourse.ingest.pasted.rows import Row, Token
from discourse.ingest.pasted.tagging import SIGNED, SPOKEN, token_model
from discourse.ingest.pasted.token_opinions import token_opinions
from discourse.ingest.pasted.tokentraits import header_rows, token_traits, tokens_of

OTHER, AUTHOR, ANSWERED, SAID = range(4)  # what a token is
_LEAST = 1e-3  # of a likelihood
_LONGEST = 120  # characters of a row that is a name as a whole
_ENDS = " ,;:|·•"  # what parts a name from what follows it, and ends none
_SHARED = 0.2  # share of rows that begin with the same marks, from which on the marks are the page's


class Named(Struct, frozen=True):
    """What one row of a header says of people."""

    author: tuple[int, int] | None  # half-open offsets into the row's text; None where the row names nobody
    answered: tuple[int, int] | None
    sure: float  # 0 to 1: how sure the person answered is
    rest: int | None  # where the post's own text begins on the row
    until: int | None = None  # where it ends there, before the name; 0 where the row has none of it


def read_names(page: Rows, tags: Sequence[int]) -> dict[int, Named]:
    """Return for each row of a header, by its place, whom it names."""
    places = header_rows(page, tags)
    if not places:
        return {}
    rows, starts, placed = token_traits(page, tags, places)
    first, second = token_model()
    odds = first.likely(rows)
    odds = second.likely(np.column_stack([rows, token_opinions(placed, odds)]))
    ends = [*starts[1:], len(odds)]
    names = {
        place: _named(page.rows[place], odds[start:end], tags[place])
        for place, start, end in zip(places, starts, ends, strict=True)
    }
    return _with_own_words(page, tags, names)


def _with_own_words(page: Rows, tags: Sequence[int], names: dict[int, Named]) -> dict[int, Named]:
    """Return the names with the words right behind them that stand behind no other name: "Ann Marie"."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for place, said in names.items():
        row = page.rows[place]
        name = "" if said.author is None else row.text[slice(*said.author)]
        for token in tokens_of(row, tags[place]):
            owners[token.mask].add(name)
    found = {}
    for place, given in names.items():
        row, said = page.rows[place], given
        if given.author is not None:
            start, end = given.author
            given_name = row.text[start:end]
            for token in tokens_of(row, tags[place]):
                fits = token.start == end + 1 and row.text[end] == " " and token.mask[0].isalpha()
                own = all(owner.startswith(given_name) for owner in owners[token.mask])
                if fits and own and (given.rest is None or token.end < given.rest):
                    end = token.end
            said = replace(given, author=(start, end))
        found[place] = said
    return found


def _named(row: Row, odds: Floats, tag: int) -> Named:
    tokens = tokens_of(row, tag)
    first, last = 0, len(tokens)
    rest, until = None, None
    if tag == SPOKEN:
        last = max(1, _said(odds))
        rest = tokens[last].start if last < len(tokens) else len(row.text)
    elif tag == SIGNED:
        first = min(len(tokens) - 1, len(tokens) - _said(odds[::-1]))
        until = tokens[first - 1].end if first else tokens[0].start
    author = _run(odds[first:last], AUTHOR)
    answered = _run(odds[first:last], ANSWERED)
    sure = 0.0 if answered is None else float(odds[slice(*answered), ANSWERED].mean())
    held = tokens[first:last]
    return Named(_offsets(held, author), _offsets(held, answered), sure, rest, until)


def _offsets(tokens: Sequence[Token], run: tuple[int, int] | None) -> tuple[int, int] | None:
    return None if run is None else (tokens[run[0]].start, tokens[run[1] - 1].end)


def _run(odds: Floats, kind: int) -> tuple[int, int] | None:
    """Return the run of tokens that is likeliest of a kind: the greatest sum of log odds."""
    if not len(odds):
        return None
    held = np.maximum(odds, _LEAST)
    against = np.maximum(1.0 - odds[:, kind], _LEAST)
    gain = np.log(held[:, kind]) - np.log(against)
    best, found = -np.inf, None
    total, start = 0.0, 0
    for place, value in enumerate(gain):
        if total <= 0.0:
            total, start = 0.0, place
        total += float(value)
        if total > best:
            best, found = total, (start, place + 1)
    return found


def _said(odds: Floats) -> int:
    """Return how many tokens stand before the post's own text, which goes on to the end."""
    text = np.log(np.maximum(odds[:, SAID], _LEAST))
    none = np.log(np.maximum(1.0 - odds[:, SAID], _LEAST))
    before = np.concatenate([[0.0], np.cumsum(none)])
    behind = np.concatenate([np.cumsum(text[::-1])[::-1], [0.0]])
    return int((before + behind).argmax())


def full_name(page: Rows, place: int, span: tuple[int, int] | None, leads: Counter[str]) -> str:
    """Return the name at a span of a row, with the marks before the row's text where they are the name's own.

    Parameters
    ----------
    leads
        How often each run of marks stands before the rows of names: what only some have is theirs.
    """
    row = page.rows[place]
    if span is None:
        return row.text[:_LONGEST]
    end = span[1]
    while end < len(row.text) and _clings(row.text[end]):
        end += 1
    name = row.text[span[0] : end].rstrip(_ENDS) or row.text[span[0] : end]
    mark = mark_before(row.lead)
    if span[0] == 0 and mark and leads[mark] <= _SHARED * leads.total():
        return mark + name
    return name


def mark_before(lead: str) -> str:
    """Return the marks that stand right before a row's text, without those of depth further left."""
    return lead.rsplit(maxsplit=1)[-1] if lead and not lead[-1].isspace() else ""


def _clings(char: str) -> bool:
    """Say whether a character belongs to the one before it: accents, vowel signs, parts of flags."""
    return (
        unicodedata.category(char)[0] == "M" or char in "\u200d\ufe0f" or "\U0001f1e6" <= char <= "\U0001f1ff"
    )
