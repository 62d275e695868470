"""Rhetoric markers that words alone do not show, by the models of `discourse.learn.rhetoric`."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from discourse.analysis.base import PostView, annotation
from discourse.learn.linear import Floats
from discourse.learn.rhetoric import LANGUAGES, VERSION, Marker, of_comments, shipped
from discourse.learn.rhetoric_reach import Reach
from discourse.learn.rhetoric_read import SENTENCES, read_markers, read_sentences
from discourse.learn.rhetoric_spans import phrases
from discourse.learn.second_opinion import MAKER, SecondOpinion
from discourse.model import Annotation, Span
from discourse.text.normalise import fold

PASSAGE = 400  # code points after which a passage of several sentences ends
_ASKED = 4  # last code points of a question, among which the mark stands: a quotation or two may follow
_BEFORE = 1_024  # code points before a sentence that are read with it: more than the reader can take
_FEWEST = 5  # words that a passage must have to be judged: of fewer each weighs too much


class Passage(Struct, frozen=True):
    """Sentences in a row of one post, as long as the texts that the models know."""

    view: PostView
    sentences: tuple[Span, ...]

    @property
    def text(self) -> str:
        """Own words from the first sentence to the end of the last."""
        return self.view.own[self.sentences[0].start : self.sentences[-1].end]

    def may_show(self, marker: Marker) -> bool:
        """Say whether a marker is looked for here.

        Those of questions are in questions alone, and not where a post is one question and no more: such
        a question is more often meant as one than those that the model has learned from.
        """
        return not marker.questions or (is_asked(self.text) and len(self.view.sentences) > 1)


@cache
def _reach() -> Reach:
    return Reach(of_comments(), [marker for marker in of_comments().markers.values() if marker.is_on])


def languages_of_models() -> dict[str, frozenset[str]]:
    """Return for each marker that a model can tell the languages (ISO 639-1) that it knows."""
    return {label: frozenset(LANGUAGES) for label in (*shipped().markers, *of_comments().markers)}


class Told(Struct, frozen=True):
    """What models say of posts.

    Attributes
    ----------
    shares
        For each marker how likely each post shows it.
    is_read
        Of which posts the neural reader was asked.
    """

    shares: dict[str, list[float]]
    is_read: NDArray[np.bool_]


def model_shares(
    views: Sequence[PostView],
    second: SecondOpinion | None = None,
    parents: Sequence[str] | None = None,
) -> Told:
    """Return for each marker that a model can tell how likely each post shows it: its likeliest passage.

    All of them, those too that an analysis does not give; by the models of passages where these
    know the label, since they were measured on far more texts, else by that of sentences. A post without
    words, or in a language that the models do not know, has 0.

    Parameters
    ----------
    second
        Who is asked beside the models of passages, if anybody.
    parents
        The text that each post answers; the reader alone looks at it.
    """
    model, alone = shipped(), of_comments()
    units = [(place, passage) for place, view in enumerate(views) for passage in passages(view)]
    labels = list(model.markers)
    shares = model.shares([unit.text for _, unit in units], labels)
    is_read = np.zeros(len(views), dtype=np.bool_)
    if second is not None:
        besides = ["" if parents is None else fold(parents[place]) for place, _ in units]
        asked = read_markers(second, [fold(unit.text) for _, unit in units], besides, labels, shares)
        is_read[[units[k][0] for k in asked]] = True
    found = _likeliest(list(model.markers.values()), shares, units, len(views))
    others = [marker for marker in alone.markers.values() if marker.label not in found]
    singles = [(place, unit) for place, view in enumerate(views) for unit in _single_sentences(view)]
    of_sentences = alone.shares([unit.text for _, unit in singles], [marker.label for marker in others])
    return Told(found | _likeliest(others, of_sentences, singles, len(views)), is_read)


def _likeliest(
    markers: Sequence[Marker], shares: Floats, units: Sequence[tuple[int, Passage]], posts: int
) -> dict[str, list[float]]:
    found = {marker.label: [0.0] * posts for marker in markers}
    for (place, unit), row in zip(units, shares.tolist(), strict=True):
        for marker, share in zip(markers, row, strict=True):
            if unit.may_show(marker):
                found[marker.label][place] = max(found[marker.label][place], share)
    return found


def passages(view: PostView) -> list[Passage]:
    """Cut a post's own words into passages; none in a language that the models do not know."""
    if not _is_known(view):
        return []
    found: list[list[Span]] = []
    for span in view.sentences:
        if not found or span.end - found[-1][0].start > PASSAGE:
            found.append([])
        found[-1].append(span)
    made = [Passage(view, tuple(spans)) for spans in found]
    return [passage for passage in made if len(passage.text.split(maxsplit=_FEWEST)) >= _FEWEST]


def model_rows(views: Iterable[PostView], second: SecondOpinion | None = None) -> Iterator[Annotation]:
    """Yield what the model of sentences marks in posts, of the markers that its card gives to analyses.

    Parameters
    ----------
    second
        Who is asked beside it, if anybody; then those of `learn.rhetoric_read.SENTENCES` are given too.
    """
    model = of_comments()
    units = [(view, span) for view in views if _is_known(view) for span in view.sentences]
    written = [view.own[span.start : span.end] for view, span in units]
    # markers of questions are not looked for where a post is one question and no more: see `may_show`
    asked = [
        is_asked(text) and len(view.sentences) > 1 for (view, _), text in zip(units, written, strict=True)
    ]
    if second is None:
        markers = [marker for marker in model.markers.values() if marker.is_on]
        near = _reach().near(written, asked)
        shares = model.shares([written[k] for k in near], [marker.label for marker in markers])
        is_read = np.zeros(len(near), dtype=np.bool_)
    else:
        markers = [marker for marker in model.markers.values() if marker.is_on or marker.label in SENTENCES]
        near = list(range(len(units)))
        shares, is_read = _read_too(second, units, written, markers, asked)
    for place, marker in enumerate(markers):
        least = np.full(len(near), marker.least if marker.is_on else np.inf)
        least[is_read] = SENTENCES.get(marker.label, least[is_read])
        likely = np.flatnonzero(shares[:, place] >= least).tolist()
        hits = [k for k in likely if not marker.questions or asked[near[k]]]
        texts = [written[near[k]] for k in hits]
        inner = (
            [Span(start=0, end=len(text)) for text in texts]
            if marker.questions
            else phrases(texts, marker.label, model)
        )
        for k, words in zip(hits, inner, strict=True):
            yield _row(*units[near[k]], words, marker, float(shares[k, place]), is_read=bool(is_read[k]))


def _read_too(
    second: SecondOpinion,
    units: Sequence[tuple[PostView, Span]],
    texts: Sequence[str],
    markers: Sequence[Marker],
    asked: Sequence[bool],
) -> tuple[Floats, NDArray[np.bool_]]:
    """Return shares of sentences, and for which of them the reader had a part."""
    labels = [marker.label for marker in markers]
    shares = of_comments().shares(texts, labels)
    for place, marker in enumerate(markers):
        if marker.questions:  # which is asked nowhere else is in no doubt there either
            shares[~np.array(asked, dtype=np.bool_), place] = 0.0
    pairs = [
        (fold(text), fold(view.own[max(0, span.start - _BEFORE) : span.start].strip()))
        for text, (view, span) in zip(texts, units, strict=True)
    ]
    places = [place for place, label in enumerate(labels) if label in SENTENCES]
    wanted = [labels[place] for place in places]
    shares[:, places], is_read = read_sentences(second, pairs, wanted, shares[:, places])
    return shares, is_read


def _row(
    view: PostView, sentence: Span, words: Span, marker: Marker, share: float, *, is_read: bool
) -> Annotation:
    offset = sentence.start
    whole = "the whole question" if marker.questions else "the phrase that weighs most"
    return annotation(
        view,
        Span(start=offset + words.start, end=offset + words.end),
        layer="rhetoric",
        label=marker.label,
        by=f"model:{marker.family}@{VERSION}",
        score=share,
        entry=f"model: {whole}",
        also=MAKER if is_read and marker.label in SENTENCES else None,
    )


def _single_sentences(view: PostView) -> list[Passage]:
    return [Passage(view, (span,)) for span in view.sentences] if _is_known(view) else []


def _is_known(view: PostView) -> bool:
    """Say whether a post may be in a language that the models know."""
    return view.post.lang is None or view.post.lang in LANGUAGES


def is_asked(sentence: str) -> bool:
    """Say whether a sentence ends as a question does."""
    return "?" in sentence[-_ASKED:]
