"""Texts left out of finished tables: what people and articles say is known by its place alone."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
from msgspec import Struct

from discourse.privacy.columns import IDS, NAMES, OURS, QUOTE, homes_of, is_text, mapped
from discourse.tables import Tables
from discourse.text.gone import is_gone
from discourse.text.normalise import fold
from discourse.text.tokens import spans, words_of

MASK = "."  # one byte, and quiet to the eye
_STEP = 8  # every eighth sign of a mask is a blank, so that lines break
_RUN = 4  # so many words in a row are a quotation
_LEFT_OUT = "words left out"
_KEPT = frozenset({"target", "aliases", "attributed_to", "unit_id", "title", "value"})
_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|«[^»]*(?:»|$)|„[^“”]*(?:[“”]|$)")


def without_texts(tables: Tables) -> Tables:
    """Return finished tables that hold no sentence of a post or an article.

    Texts become as many signs, with a blank at every eighth place: offsets hold, and `quote` is still
    `text[start:end]`, but neither words nor their lengths nor the marks between them can be searched for.
    Claims say their quantity, or where they stand, and so do questions of disputes that quote one. Other
    cells keep no four words in a row of any text. Numbers, labels, names of authors and targets, single
    words, titles of articles, and the values of claims ("4 days") stay.

    What an export said beyond the contract (`posts.meta`) is left out. Someone who has the page itself can
    tell which post is which, by place, time and length.
    """
    posts = dict(zip(tables["posts"]["post_id"], map(mask, tables["posts"]["text"]), strict=True))
    articles = tables["articles"]
    homes = homes_of("articles", articles)
    masks: Mapping[Any, str] = {**posts, **dict(zip(homes, map(mask, articles["text"]), strict=True))}
    runs = _Runs([*tables["posts"]["text"], *articles["text"]])
    claims = _claims(tables, runs)
    frames = {name: _frame(name, frame, masks, runs, claims) for name, frame in tables.frames.items()}
    return Tables(frames).check("leaving texts out")


def mask(text: str) -> str:
    """Return as many signs as a text has; a note that a post is gone stays as it is."""
    if is_gone(text):
        return text
    unit = MASK * (_STEP - 1) + " "
    return (unit * (len(text) // _STEP + 1))[: len(text)]


class _Runs:
    """The runs of words that stand in some texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._known: set[int] = set()
        for text in texts:
            words = words_of(text)
            self._known.update(map(hash, zip(*(words[n:] for n in range(_RUN)), strict=False)))

    def shortened(self, value: str) -> str:
        """Return a value in which no run of words is one of the texts'; of such a one two words are left."""
        words = spans(fold(value))
        starts = {
            place
            for place in range(len(words) - _RUN + 1)
            if hash(tuple(word for _, _, word in words[place : place + _RUN])) in self._known
        }
        kept, last, place = [], 0, 0
        while place < len(words):
            end = place
            while end in starts:
                end += 1
            if end > place:
                kept += [value[last : words[place + 1][1]], " …"]
                place = end + _RUN - 1
                last = words[place - 1][1]
            else:
                place += 1
        return "".join([*kept, value[last:]])


class _Claim(Struct, frozen=True):
    """A claim, and what is said of it without its words."""

    text: str
    quantity: str  # "bridge: 3 weeks"; empty where it is about none
    place: str  # "post 4, signs 10 to 52" of its surest statement; empty where none is known

    @property
    def told(self) -> str:
        """What stands in place of its words."""
        return self.quantity or f"({', '.join(filter(None, (_LEFT_OUT, self.place)))})"


def _frame(
    name: str, frame: pd.DataFrame, masks: Mapping[Any, str], runs: _Runs, claims: Mapping[str, _Claim]
) -> pd.DataFrame:
    changed: dict[str, pd.Series] = {}
    for column in frame.columns:
        values = frame[column]
        if name in ("posts", "articles") and column == "text":
            changed[column] = _series([masks[home] for home in homes_of(name, frame)], values)
        elif name == "posts" and column == "meta":
            changed[column] = values.mask(values.notna())
        elif name == "claims" and column == "text":
            changed[column] = _series([claims[claim].told for claim in frame["claim_id"]], values)
        elif column == QUOTE and "start" in frame:
            changed[column] = _series(list(_quotes(name, frame, masks)), values)
        elif name == "loops" and column == "question":
            changed[column] = _series(list(_questions(frame, claims)), values)
        elif name == "edits" and column == "value":  # words of posts stand there in quotation marks
            changed[column] = mapped(values, lambda value: runs.shortened(_QUOTED.sub("“…”", value)))
        elif is_text(values) and not _stays(name, column):
            changed[column] = mapped(values, runs.shortened)
    return frame.assign(**changed)


def _stays(name: str, column: str) -> bool:
    return column in OURS | IDS | NAMES or (column in _KEPT and name != "edits")


def _series(values: list[Any], like: pd.Series) -> pd.Series:
    return pd.Series(values, index=like.index, dtype=like.dtype)


def _quotes(name: str, frame: pd.DataFrame, masks: Mapping[Any, str]) -> Iterator[Any]:
    rows = zip(frame[QUOTE], homes_of(name, frame), frame["start"], frame["end"], strict=True)
    for quote, home, start, end in rows:
        if pd.isna(quote):
            yield quote
        elif home in masks and not pd.isna(start):
            yield masks[home][start:end]
        else:
            yield mask(quote)


def _questions(loops: pd.DataFrame, claims: Mapping[str, _Claim]) -> Iterator[str]:
    """Yield the questions of disputes; one that quotes a claim names its place instead."""
    for question, *sides in zip(loops["question"], loops["claim_a"], loops["claim_b"], strict=True):
        known = [claims[side] for side in sides if side in claims]
        yield _QUOTED.sub(partial(_instead, known), question)


def _instead(claims: Sequence[_Claim], quoted: re.Match[str]) -> str:
    words = quoted.group().strip('“”„"«» …')
    claim = next((one for one in claims if words in one.text), None)
    return claim.place if claim is not None and claim.place else "“…”"


def _claims(tables: Tables, runs: _Runs) -> dict[str, _Claim]:
    """Return all claims by their ids, each with the place of its surest statement."""
    positions = dict(zip(tables["posts"]["post_id"], tables["posts"]["position"], strict=True))
    marks = tables["annotations"]
    marks = marks[(marks["layer"] == "claim") & marks["post_id"].isin(positions)]
    marks = marks.sort_values("score", ascending=False, kind="stable").drop_duplicates("target")
    places = {
        mark.target: f"post {positions[mark.post_id]}, signs {mark.start} to {mark.end}"
        for mark in marks.itertuples()
    }
    columns = (tables["claims"][name] for name in ("claim_id", "text", "attribute", "value"))
    found = {}
    for claim_id, text, attribute, value in zip(*columns, strict=True):
        has_value = isinstance(attribute, str) and isinstance(value, str)
        quantity = f"{runs.shortened(attribute)}: {value}" if has_value else ""
        found[claim_id] = _Claim(text, quantity, places.get(claim_id, ""))
    return found
