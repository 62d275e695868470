"""Which values a post asserts or denies, and how plainly; what it asks or supposes is neither."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from discourse.analysis.base import PostView
from discourse.analysis.loops.dispute import LINK
from discourse.analysis.loops.value_clauses import Context, Piece
from discourse.analysis.loops.value_words import can_make_value, value_kinds
from discourse.model import Span
from discourse.text.numbers import atoms_of
from discourse.text.quantities import Quantity, quantities_among

LONGEST_SENTENCE = 2000  # characters
_MOST_VALUES = 60  # of one sentence that are read; a longer list argues about none in particular


class Reading(Struct, frozen=True, dict=True):
    """A value that a post asserts or denies."""

    post: int  # place in the thread, 0-based
    author: str
    quantity: Quantity  # offsets into the post's text
    denied: bool
    strong: bool  # said outright; a reported or wished-for value is not
    clause: Span
    context: Context  # of most values nobody asks what it says
    named: bool = True  # whether words of the clause may name what is measured

    @cached_property
    def topic(self) -> frozenset[str]:
        """Stems of the clause's content words, the value's own left out."""
        return self.context.topic()

    @cached_property
    def anaphoric(self) -> bool:
        """Whether the clause takes its subject from what went before: "it was", or no words of its own."""
        return self.context.is_anaphoric() or not self.topic

    @cached_property
    def head(self) -> str:
        """The word that names what is measured ("pause" in "a 4 day pause"); empty where none is plain."""
        return self.context.head() if self.named else ""


def readings_of(view: PostView, place: int) -> list[Reading]:
    """Return the readings of a post's own words, in order."""
    kinds = value_kinds(view.words)
    if not can_make_value(kinds):
        return []
    found: list[Reading] = []
    for sentence in _bounded(view, kinds):
        text = LINK.sub(lambda link: " " * len(link.group()), view.own[sentence.start : sentence.end])
        found += _sentence_readings(view, place, sentence, text)
    return found


def _bounded(view: PostView, kinds: Sequence[int]) -> Iterator[Span]:
    """Yield the sentences in which a value may stand, by what each of the post's words can be in one.

    One of more than 2,000 characters is no sentence and is read in pieces, which may cut a word.
    """
    for sentence in view.sentences:
        if sentence.end - sentence.start > LONGEST_SENTENCE:
            for start in range(sentence.start, sentence.end, LONGEST_SENTENCE):
                yield Span(start=start, end=min(start + LONGEST_SENTENCE, sentence.end))
        else:
            first, last = view.places_in(sentence)
            if can_make_value(kinds[first:last]):
                yield sentence


def _sentence_readings(view: PostView, place: int, sentence: Span, text: str) -> Iterator[Reading]:
    atoms = atoms_of(text)
    quantities = quantities_among(atoms)
    if not quantities:
        return
    piece = Piece(text, atoms, quantities)
    for quantity in quantities[:_MOST_VALUES]:
        context = Context(piece, quantity)
        manner = context.manner()
        if manner is None:
            continue
        denied, strong = manner
        value = context.value(denied)
        yield Reading(
            post=place,
            author=view.post.author,
            quantity=value.moved(sentence.start),
            denied=denied and value is quantity,
            strong=strong,
            clause=context.span(sentence.start),
            context=context,
        )
