"""Names of people exchanged for pseudonyms in finished tables: in columns, texts, ids, units of numbers."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from unicodedata import normalize

import pandas as pd
from msgspec import Struct

from discourse.errors import DiscourseError
from discourse.privacy.atoms import alike
from discourse.privacy.columns import (
    AUTHORS,
    IDS,
    IN_ARTICLES,
    NAMES,
    OURS,
    QUOTE,
    SPANS,
    TERMS,
    homes_of,
    is_text,
    mapped,
)
from discourse.privacy.keys import Key
from discourse.privacy.names import NameFinder
from discourse.privacy.rewriting import Found, Rewritten
from discourse.privacy.terms import Terms
from discourse.summary import part_of
from discourse.tables import CONTRACT, Tables
from discourse.text.gone import is_gone

_SIGIL = re.compile(r"(?:@|/?u/)(?=\S)")
_OF_NAMES = frozenset({"author", "loop_author"})  # kinds of units in `summary`
_OF_WORDS = frozenset({"side_word"})
_OF_PARTS = _OF_NAMES | _OF_WORDS | {"target", "side"}


def pseudonymise(tables: Tables, key: Key) -> Tables:
    """Return finished tables with a pseudonym wherever the name of one of their authors stood.

    Labels and numbers stay what they were; offsets move with the texts, and a span that began or ended within
    a name now holds the whole pseudonym. What an export said beyond the contract (`posts.meta`) is left out.

    Words that analysers took from texts (attributes, questions, events, words of sides) are exchanged where
    they stand in names alone; a word that the texts still hold is an ordinary one and stays.

    Not caught: a nickname or part of a name without @; a name that is an ordinary word, where the sentence
    alone could tell; a name inside an address of the web that writes it otherwise.

    Raises
    ------
    DiscourseError
        Where two authors would share a pseudonym.
    """
    return Pseudonyms(tables, key).tables(tables)


class _Ways(Struct, frozen=True):
    """How the cells of some tables are changed that are neither names nor texts."""

    ids: Mapping[str, str]  # the new id of each
    terms: Callable[[str], str]


class Pseudonyms:
    """The pseudonyms of all people whom some tables name."""

    def __init__(self, tables: Tables, key: Key) -> None:
        self._key = key
        self.of = _of_people(tables, key)
        texts = [*tables["posts"]["text"], *tables["articles"]["text"]]
        self._finder = NameFinder({_bare(name): _bare(shown) for name, shown in self.of.items()}, texts)
        self._texts: dict[str, str] = {}

    def text(self, text: str) -> str:
        """Return a text with pseudonyms for names; offsets are not kept."""
        known = self._texts.get(text)
        if known is None:
            known = self._texts[text] = self._rewritten(text).text
        return known

    def _rewritten(self, text: str) -> Rewritten:
        return Rewritten(text, self._found(text))

    def _found(self, text: str) -> list[Found]:
        return self._finder.find(text, self._handle)

    def _handle(self, name: str) -> str:
        return self._key.token(_canonical(name))

    def tables(self, tables: Tables) -> Tables:
        """Return the tables with pseudonyms, valid under the contract."""
        posts = {
            post_id: self._rewritten(text)
            for post_id, text in zip(tables["posts"]["post_id"], tables["posts"]["text"], strict=True)
        }
        articles = {
            home: self._rewritten(text)
            for home, text in zip(
                homes_of("articles", tables["articles"]), tables["articles"]["text"], strict=True
            )
        }
        told = Terms(
            self._found,
            {name: _bare(shown) for name, shown in self.of.items()},
            (text.text for text in (*posts.values(), *articles.values())),
        )
        ways = _Ways(self._ids(tables), told.exchanged)
        frames = {}
        for name, frame in tables.frames.items():
            spans = articles if name in IN_ARTICLES or name == "articles" else posts
            frames[name] = self._frame(name, frame, self._moved(name, frame, spans), ways)
        return Tables(frames).check("the pseudonyms")

    def _ids(self, tables: Tables) -> dict[str, str]:
        """Return new ids for those that hold a name, and all others as they are."""
        found: dict[str, str] = {}
        for column in _columns(tables, IDS - {"conflicts_with"}):
            for value in column.dropna().unique():
                if value not in found:
                    found[value] = Rewritten(value, self._finder.in_id(value)).text
        used: dict[str, str] = {}
        for old, new in found.items():
            found[old] = new if used.setdefault(new, old) == old else self._key.token(old)
        return found

    def _frame(
        self, name: str, frame: pd.DataFrame, moved: Mapping[str, list[Any]], ways: _Ways
    ) -> pd.DataFrame:
        changed: dict[str, pd.Series] = {}
        for column in frame.columns:
            values = frame[column]
            if column in moved:
                changed[column] = pd.Series(moved[column], index=values.index, dtype=values.dtype)
            elif name == "posts" and column == "meta":
                changed[column] = values.mask(values.notna())
            elif name == "summary" and column == "unit_id":
                changed[column] = self._units(frame, ways)
            elif is_text(values) and column not in OURS:
                changed[column] = mapped(values, self._way(column, ways))
        made = frame.assign(**changed)
        key = list(CONTRACT[name].key)
        return made.drop_duplicates(key, ignore_index=True) if key else made

    def _moved(self, name: str, frame: pd.DataFrame, spans: Mapping[Any, Rewritten]) -> dict[str, list[Any]]:
        """Return the columns of a table that hold texts, offsets into them, or words between two offsets."""
        if name in ("posts", "articles"):
            return {"text": [spans[home].text for home in homes_of(name, frame)]}
        if "start" not in frame:
            return {}
        texts = [spans.get(home) for home in homes_of(name, frame)]
        moved: dict[str, list[Any]] = {}
        for start, end in SPANS:
            if start in frame:
                moved[start] = _offsets(texts, frame[start], Rewritten.start)
                moved[end] = _offsets(texts, frame[end], Rewritten.end)
        if QUOTE in frame:
            rows = zip(frame[QUOTE], texts, moved["start"], moved["end"], strict=True)
            moved[QUOTE] = [self._quote(*row) for row in rows]
        return moved

    def _quote(self, quote: Any, text: Rewritten | None, start: Any, end: Any) -> Any:
        if pd.isna(quote):
            return quote
        return self.text(quote) if text is None or pd.isna(start) else text.text[start:end]

    def _way(self, column: str, ways: _Ways) -> Callable[[str], str]:
        if column in NAMES:
            return self._name
        if column == "conflicts_with":
            return lambda value: " ".join(ways.ids.get(one, one) for one in value.split(" "))
        return ways.terms if column in TERMS else partial(self._id_or_text, ways.ids)

    def _name(self, name: str) -> str:
        return self.of.get(name, name)

    def _id_or_text(self, ids: Mapping[str, str], value: str) -> str:
        return ids[value] if value in ids else self.text(value)

    def _units(self, summary: pd.DataFrame, ways: _Ways) -> pd.Series:
        pairs = zip(summary["unit_kind"], summary["unit_id"], strict=True)
        known = {pair: self._unit(*pair, ways) for pair in dict.fromkeys(pairs)}
        units = [known[pair] for pair in zip(summary["unit_kind"], summary["unit_id"], strict=True)]
        return pd.Series(units, index=summary.index, dtype="str")

    def _unit(self, kind: str, unit: str, ways: _Ways) -> str:
        if kind not in _OF_PARTS:
            return ways.ids.get(unit, unit)
        home, _, rest = unit.partition("/")
        home = home.replace("%2F", "/").replace("%25", "%")
        if kind in _OF_WORDS:
            side, _, word = rest.partition("/")
            rest = f"{side}/{ways.terms(word)}"
        else:
            rest = self._name(rest) if kind in _OF_NAMES else self._id_or_text(ways.ids, rest)
        return part_of(ways.ids.get(home, home), rest)


def _columns(tables: Tables, wanted: Iterable[str]) -> Iterable[pd.Series]:
    for frame in tables.frames.values():
        yield from (frame[column] for column in frame.columns if column in wanted)


def _offsets(
    texts: Sequence[Rewritten | None], values: pd.Series, way: Callable[[Rewritten, int], int]
) -> list[Any]:
    return [
        at if text is None or pd.isna(at) else way(text, int(at))
        for text, at in zip(texts, values, strict=True)
    ]


def _people(tables: Tables, columns: frozenset[str]) -> list[str]:
    names = dict.fromkeys(name for column in _columns(tables, columns) for name in column.dropna().unique())
    return [name for name in names if not is_gone(name)]


def _of_people(tables: Tables, key: Key) -> dict[str, str]:
    """Return the pseudonym of each name in a column of names.

    Somebody who is answered bears that of the one author whose name differs in case or width alone.
    """
    authors = _pseudonyms(_people(tables, AUTHORS), key)
    twins: dict[str, list[str]] = {}
    for name, shown in authors.items():
        twins.setdefault(alike(_canonical(name)), []).append(shown)
    others = [name for name in _people(tables, NAMES) if name not in authors]
    found = _pseudonyms(others, key)
    for name in others:
        same = twins.get(alike(_canonical(name)), [])
        found[name] = same[0] if len(same) == 1 else found[name]
    return {**authors, **found}


def _pseudonyms(names: Sequence[str], key: Key) -> dict[str, str]:
    """Return the pseudonym of each name; an @ or u/ before a name stays before it.

    Writings of one name that differ in blanks or in how their accents are coded share a pseudonym from thread
    to thread, but no two names of one thread do: they may be two people.
    """
    writings = Counter(_canonical(name) for name in names)
    found: dict[str, str] = {}
    for name in names:
        plain = _canonical(name)
        base = plain if writings[plain] == 1 or name == plain else name
        sigil = _SIGIL.match(plain)
        found[name] = (sigil[0] if sigil else "") + key.token(_SIGIL.sub("", base, count=1))
    if shared := [one for one, count in Counter(found.values()).items() if count > 1]:
        raise DiscourseError(
            where="the pseudonyms",
            problem=f"two authors would both be called {shared[0]}",
            fix="Make them with another key file",
        )
    return found


def _canonical(name: str) -> str:
    return " ".join(normalize("NFC", name).split()) or name


def _bare(name: str) -> str:
    return _SIGIL.sub("", _canonical(name), count=1)
