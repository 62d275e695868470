"""What rows of a table can be labelled with: each layer's columns, and what it says of some rows.

A layer's scores are numbers from 0 to 1 with four decimals; of a layer whose labels exclude each other the
scores add up to about 1, and one more column holds the label with the highest.
"""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from discourse.analysis.base import PostView
from discourse.learn.examples import join_labels
from discourse.learn.inputs import Inputs
from discourse.learn.linear import Floats
from discourse.learn.second_opinion import MAKER, SecondOpinion
from discourse.learn.trained import Model
from discourse.model import Annotation, Post
from discourse.text.language import language_of
from discourse.text.normalise import fold, normalise
from discourse.text.quotes import Utterance, find_quotes

LAYERS = ("reply", "stance", "rhetoric")
Columns = list[list[Any]]
LONGEST = 100_000  # characters of a text by which it is judged
_HALF = re.compile("[\ud800-\udfff]")  # of a pair, which stands for nothing by itself
_ENGLISH = ("en",)
_RUN = 4  # words that a text repeats where it may quote


class Rows(Struct, frozen=True, dict=True):
    """Some rows to be labelled; what layers share is made once."""

    inputs: Inputs

    @classmethod
    def of(cls, inputs: Inputs) -> "Rows":
        """Return rows of texts that can be worked on: of bounded length, of whole characters."""
        columns = (inputs.texts, inputs.parents, inputs.targets)
        texts, parents, targets = (column and [sound(text) for text in column] for column in columns)
        return cls(Inputs(texts or [], parents, targets))

    @cached_property
    def views(self) -> list[PostView]:
        """Each row's text as analysers read it: what it quotes of the post answered is not its own."""
        parents = self.inputs.parents
        return [
            _view(text, "" if parents is None else parents[place])
            for place, text in enumerate(self.inputs.texts)
        ]

    @cached_property
    def own(self) -> list[str]:
        """Each row's own words."""
        return [view.own for view in self.views]


class Layer(Protocol):
    """Labels rows."""

    @property
    def name(self) -> str:
        """What its labels are called, with which its columns' names begin."""

    @property
    def columns(self) -> list[str]:
        """Names of the columns that it gives, scores first."""

    @property
    def words(self) -> frozenset[str]:
        """Those of its columns that hold texts, not scores."""

    @property
    def notes(self) -> Sequence[str]:
        """What is to be said of its columns, whatever the rows."""

    def label(self, rows: Rows) -> Columns:
        """Return its columns, a value a row."""
        ...


def sound(text: str) -> str:
    """Return what counts of a text: its first `LONGEST` characters, halves of pairs replaced."""
    return _HALF.sub("\ufffd", text[:LONGEST])


def _view(text: str, parent: str) -> PostView:
    text = normalise(text)
    post = Post(
        post_id="row",
        thread_id="row",
        source_id="row",
        position=1,
        author="",
        text=text,
        lang=language_of(text),
    )
    if not _may_quote(text, parent):
        return PostView(post, ())
    thread = [Utterance("parent", normalise(parent)), Utterance("own", text)]
    quotes = [
        Annotation(
            post_id="row",
            start=quote.start,
            end=quote.end,
            layer="quote",
            label=quote.kind,
            annotator="quotes",
            score=quote.score,
            quote=text[quote.start : quote.end],
        )
        for quote in find_quotes(thread)[1]
    ]
    return PostView(post, tuple(sorted(quotes, key=lambda quote: (quote.start, quote.end))))


def _may_quote(text: str, parent: str) -> bool:
    """Say whether it is worth looking for quotations: marks of them, or a run of words in both."""
    return ">" in text or '"' in text or "“" in text or not _runs(text).isdisjoint(_runs(parent))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return set(zip(*(words[first:] for first in range(_RUN)), strict=False))


class ReplyLayer:
    """Agree, disagree or neither, to the post answered. A text without words of its own is neither."""

    name = "reply"

    def __init__(self, second: SecondOpinion | None = None) -> None:
        from discourse.learn.reply_labels import LABELS  # noqa: PLC0415

        self._labels = LABELS
        self._second = second
        self.columns = [*(f"reply.{label}" for label in LABELS), "reply", *_made_by(self.name, second)]
        self.words = frozenset(self.columns[len(LABELS) :])
        self.notes: Sequence[str] = ()

    def label(self, rows: Rows) -> Columns:
        """Return a share a label, and the label; nothing for texts in languages that it does not know."""
        from discourse.learn.reply_pairs import LANGUAGES, judged_texts, pair_shares  # noqa: PLC0415

        parents = rows.inputs.parents or [""] * len(rows.inputs)
        pairs = [(view.own, normalise(parent)) for view, parent in zip(rows.views, parents, strict=True)]
        shares = pair_shares(pairs)
        silent = [not view.words for view in rows.views]
        shares[silent] = [float(label == "neither") for label in self._labels]
        columns = _asked_too(
            self._second, self.name, [judged_texts(own, parent) for own, parent in pairs], shares, silent
        )
        return _spoken([*with_label(shares, self._labels), *columns], rows, LANGUAGES)


class StanceLayer:
    """Favor, against or none, to the target of the row. A row without words or without a target has none."""

    name = "stance"
    labels = ("favor", "against", "none")

    def __init__(self, second: SecondOpinion | None = None) -> None:
        self._second = second
        self.columns = [*(f"stance.{label}" for label in self.labels), "stance", *_made_by(self.name, second)]
        self.words = frozenset(self.columns[len(self.labels) :])
        self.notes: Sequence[str] = ()

    def label(self, rows: Rows) -> Columns:
        """Return a share a label, and the label; nothing for texts in languages that it does not know."""
        from discourse.learn.target_stance import stance_scores  # noqa: PLC0415

        targets = rows.inputs.targets or [""] * len(rows.inputs)
        shares = np.asarray(stance_scores(rows.own, targets)).round(4)
        silent = [
            not view.words or not target.strip() for view, target in zip(rows.views, targets, strict=True)
        ]
        shares[silent] = [0.0, 0.0, 1.0]
        pairs = [(fold(own), fold(target)) for own, target in zip(rows.own, targets, strict=True)]
        columns = _asked_too(self._second, "target", pairs, shares, silent)
        return _spoken([*with_label(shares, self.labels), *columns], rows, _ENGLISH)


class RhetoricLayer:
    """All markers of the codebook: the highest score of the label's passages, 0 where there is none.

    Nothing at all where nobody looked: labels that have no maker, and texts in languages that none knows.
    """

    name = "rhetoric"

    def __init__(self, second: SecondOpinion | None = None) -> None:
        from discourse.analysis.rhetoric.markers import LEXICONS, QUESTIONS, languages_of_labels  # noqa: PLC0415
        from discourse.lexicon import load_lexicons, load_pages  # noqa: PLC0415

        self._second = second
        self._labels = list(load_pages())
        self.columns = [*(f"rhetoric.{label}" for label in self._labels), *_made_by(self.name, second)]
        self.words = frozenset(self.columns[len(self._labels) :])
        self._lexicons = load_lexicons(names=LEXICONS)
        self._questions = load_lexicons(names=QUESTIONS)
        self._languages = languages_of_labels(self._lexicons, self._questions)

    @property
    def notes(self) -> list[str]:
        """Say which columns stay empty."""
        silent = [label for label in self._labels if label not in self._languages]
        return [f"empty, as nothing marks these yet: rhetoric.{', rhetoric.'.join(silent)}"] if silent else []

    def label(self, rows: Rows) -> Columns:
        """Return a score a label."""
        from discourse.analysis.rhetoric.markers import mark_post  # noqa: PLC0415
        from discourse.analysis.rhetoric.modelled import model_shares  # noqa: PLC0415

        langs = [view.post.lang for view in rows.views]
        found = {label: self._nothing(label, langs) for label in self._labels}
        for row, view in enumerate(rows.views):
            for mark in mark_post(view, self._lexicons, self._questions):
                if mark.label in found:
                    column = found[mark.label]
                    column[row] = max(column[row] or 0.0, round(float(mark.score), 4))
        told = model_shares(rows.views, self._second, rows.inputs.parents)
        for label, shares in told.shares.items():
            for row, share in enumerate(shares if label in found else ()):
                found[label][row] = max(found[label][row] or 0.0, share) if share else found[label][row]
        return [*found.values(), *_makers(self._second, told.is_read)]

    def _nothing(self, label: str, langs: Sequence[str | None]) -> list[float | None]:
        """Return what is said of rows without a passage: 0 where some maker of the label reads them."""
        spoken = self._languages.get(label)
        if spoken is None:
            return [None] * len(langs)
        return [0.0 if lang is None or lang in spoken else None for lang in langs]


class ModelLayer:
    """A model of the user's own: a score a label, and the labels that it gives (several with ; between)."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.name = model.task
        self.columns = [*(f"{model.task}.{label}" for label in model.labels), model.task]
        self.words = frozenset({model.task})
        self.notes: Sequence[str] = ()

    def label(self, rows: Rows) -> Columns:
        """Return a share a label, and the labels given."""
        shares = self._model.shares(rows.inputs)
        given = self._model.given(shares)
        labels = self._model.labels
        named = [
            [label for label, is_given in zip(labels, row, strict=True) if is_given] for row in given.tolist()
        ]
        return [
            *shares.T.tolist(),
            [names[0] if self._model.is_choice else join_labels(names) for names in named],
        ]


def _made_by(layer: str, second: SecondOpinion | None) -> list[str]:
    """Return the name of the column that says who made a row's labels, where there is a choice."""
    return [] if second is None else [f"{layer}.made_by"]


def _makers(second: SecondOpinion | None, is_read: NDArray[np.bool_]) -> Columns:
    """Return that column: the fast makers alone, or the reader beside them."""
    return [] if second is None else [[f"fast {MAKER}" if read else "fast" for read in is_read.tolist()]]


def _asked_too(
    second: SecondOpinion | None,
    question: str,
    pairs: Sequence[tuple[str, str]],
    shares: Floats,
    silent: Sequence[bool],
) -> Columns:
    """Put what the reader says too into shares; return the column that says of which rows it was asked.

    Parameters
    ----------
    silent
        Rows that hold nothing to be read.
    """
    if second is None:
        return []
    is_read = np.zeros(len(pairs), dtype=np.bool_)
    rows = np.flatnonzero(~np.asarray(silent, dtype=np.bool_))
    shares[rows], is_read[rows] = second.choices(question, [pairs[k] for k in rows.tolist()], shares[rows])
    return _makers(second, is_read)


def _spoken(columns: Columns, rows: Rows, languages: Sequence[str]) -> Columns:
    """Leave empty what a model says of texts that are clearly in another language than its own."""
    strange = [place for place, view in enumerate(rows.views) if view.post.lang not in (None, *languages)]
    for column in columns:
        for place in strange:
            column[place] = None
    return columns


def with_label(shares: Any, labels: Sequence[str]) -> Columns:
    """Return shares column by column, four decimals, and the label of the largest, of equals the first."""
    rounded = np.asarray(shares, dtype=np.float64).round(4).reshape(-1, len(labels))
    return [*rounded.T.tolist(), [labels[place] for place in rounded.argmax(axis=1).tolist()]]
