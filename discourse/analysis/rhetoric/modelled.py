"""Rhetoric markers that words alone do not show, by the models of `discourse.learn.rhetoric`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from discourse.analysis.base import PostView, annotation
from discourse.learn.rhetoric import LANGUAGES, VERSION, Marker, RhetoricModel, shipped
from discourse.learn.rhetoric_spans import phrases
from discourse.model import Annotation, Span

PASSAGE = 400  # code points after which a passage of several sentences ends
_FEWEST = 5  # words that a passage must have to be judged: of fewer each weighs too much


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences in a row of one post, as long as the texts that the models know."""

    view: PostView
    sentences: tuple[Span, ...]

    @property
    def text(self) -> str:
        """Own words from the first sentence to the end of the last."""
        return self.view.own[self.sentences[0].start : self.sentences[-1].end]


def languages_of_models() -> dict[str, frozenset[str]]:
    """Return for each marker that a model can tell the languages (ISO 639-1) that it knows."""
    return {label: frozenset(LANGUAGES) for label in shipped().markers}


def model_shares(views: Sequence[PostView]) -> dict[str, list[float]]:
    """Return for each marker that a model can tell how likely each post shows it: its likeliest passage.

    All of them, those too that an analysis does not give unasked. A post without words, or in a language
    that the models do not know, has 0.
    """
    model = shipped()
    labels = list(model.markers)
    found = {label: [0.0] * len(views) for label in labels}
    owned = [(place, passage) for place, view in enumerate(views) for passage in passages(view)]
    shares = model.shares([passage.text for _, passage in owned], labels)
    for (place, _), row in zip(owned, shares.tolist(), strict=True):
        for label, share in zip(labels, row, strict=True):
            found[label][place] = max(found[label][place], share)
    return found


def passages(view: PostView) -> list[Passage]:
    """Cut a post's own words into passages; none in a language that the models do not know."""
    if view.post.lang not in (None, *LANGUAGES):
        return []
    found: list[list[Span]] = []
    for span in view.sentences:
        if not found or span.end - found[-1][0].start > PASSAGE:
            found.append([])
        found[-1].append(span)
    made = [Passage(view, tuple(spans)) for spans in found]
    return [passage for passage in made if len(passage.text.split(maxsplit=_FEWEST)) >= _FEWEST]


def model_rows(views: Iterable[PostView]) -> Iterator[Annotation]:
    """Yield what the models mark in posts: those markers whose card says that an analysis gives them."""
    model = shipped()
    markers = [marker for marker in model.markers.values() if marker.is_on]
    found = [passage for view in views for passage in passages(view)]
    shares = model.shares([passage.text for passage in found], [marker.label for marker in markers])
    for place, marker in enumerate(markers):
        hits = [k for k, share in enumerate(shares[:, place].tolist()) if share >= marker.least]
        deciding = _deciding([found[k] for k in hits], marker, model)
        sentences = [_text(found[k].view, span) for k, span in zip(hits, deciding, strict=True)]
        inner = phrases(sentences, marker.label, model)
        for k, span, words in zip(hits, deciding, inner, strict=True):
            yield annotation(
                found[k].view,
                Span(start=span.start + words.start, end=span.start + words.end),
                layer="rhetoric",
                label=marker.label,
                by=f"model:{marker.family}@{VERSION}",
                score=float(shares[k, place]),
                entry="model: the phrase that weighs most",
            )


def _deciding(hits: Sequence[Passage], marker: Marker, model: RhetoricModel) -> list[Span]:
    """Return the sentence of each passage that shows a marker most; of equals the first."""
    spans = [(number, span) for number, passage in enumerate(hits) for span in passage.sentences]
    texts = [_text(hits[number].view, span) for number, span in spans]
    best: dict[int, tuple[float, Span]] = {}
    for (number, span), share in zip(spans, model.shares(texts, [marker.label])[:, 0].tolist(), strict=True):
        if number not in best or share > best[number][0]:
            best[number] = (share, span)
    return [best[number][1] for number in range(len(hits))]


def _text(view: PostView, span: Span) -> str:
    return view.own[span.start : span.end]
