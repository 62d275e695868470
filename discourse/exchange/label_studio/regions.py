"""The results of one annotation as labels: what stands where, in Label Studio's own count."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from discourse.exchange.found import FoundLabel
from discourse.exchange.label_studio.controls import KEPT, TARGET
from discourse.exchange.label_studio.parsing import (
    dict_of,
    is_ours,
    named,
    number_of,
    refuse,
    text_of,
    texts_of,
)
from discourse.exchange.offsets import Offsets

Result = dict[str, Any]
_KINDS = ("labels", "hypertextlabels", "paragraphlabels")
_TARGETED = ("stance", "claim", "quote")


class Paragraph(Struct, frozen=True, dict=True):
    """One text of a task: the post itself, or a post of a conversation."""

    text: str | None
    answers: str | None  # the post that it answers
    counts_units: bool  # whether places in it are UTF-16 code units, else code points

    def words(self, start: int, end: int) -> str | None:
        """Return what stands at a place; None where that is no place."""
        if self.text is None:
            return None
        if self._offsets is None:
            return self.text[start:end] if 0 <= start <= end <= len(self.text) else None
        first, last = self._offsets.points(start), self._offsets.points(end)
        return None if first is None or last is None or first > last else self.text[first:last]

    def shown(self, start: int, end: int) -> str:
        """Return what a page shows at UTF-16 units of the text, blanks drawn together."""
        return self._shown[2 * start : 2 * end].decode("utf-16-le", "replace")

    @property
    def length(self) -> int:
        """Its length in the units in which it is counted."""
        return len(self.text or "") if self._offsets is None else self._offsets.units(len(self.text or ""))

    @cached_property
    def _offsets(self) -> Offsets | None:
        """Its UTF-16 units; None where code points are counted, or come to the same."""
        is_plain = not self.counts_units or (self.text or "").isascii()
        return None if is_plain else Offsets.utf16(self.text or "")

    @cached_property
    def _shown(self) -> bytes:
        return " ".join((self.text or "").split()).encode("utf-16-le", "surrogatepass")


Found = tuple[int, FoundLabel]  # the number of the paragraph, from 0, and a label on it


def labels_of(
    where: str, results: Sequence[Result], paragraphs: Sequence[Paragraph], annotator: str | None
) -> Iterator[Found]:
    """Yield the labels that an annotation holds.

    Raises
    ------
    DiscourseError
        Where a region has no place, or a label no name of ours.
    """
    ours = [result for result in results if is_ours(result)]
    targets = _targets(ours)
    alone = _lonely_target(ours)
    for result in ours:
        value = dict_of(result.get("value"))
        if "choices" in value:
            yield from _choices(where, result, paragraphs, annotator)
        elif kind := next((kind for kind in _KINDS if kind in value), None):
            about = targets.get(_key(result)) or (alone if result["from_name"] in _TARGETED else [])
            for place, label in _marked(where, result, texts_of(value[kind]), paragraphs):
                made = replace(label, annotator=annotator, also=_also(label, annotator))
                known: Sequence[str | None] = about if label.target is None else ()
                for target in known or [label.target]:
                    yield place, replace(made, target=target)


def _marked(
    where: str, result: Result, names: Sequence[str], paragraphs: Sequence[Paragraph]
) -> Iterator[Found]:
    """Yield a region's labels, on each paragraph that it runs over; `annotator` is the maker whose it was."""
    control = str(result.get("from_name"))
    pieces = list(_pieces(where, dict_of(result.get("value")), paragraphs))
    for name in names:
        layer, label, target = named(name, control, where)
        for place, start, end, quote in pieces:
            kept = _kept(result, name, start, end) if len(pieces) == 1 else {}
            made = FoundLabel(layer=layer, label=label, target=target, start=start, end=end, quote=quote)
            yield place, _with_kept(made, kept)


def _choices(
    where: str, result: Result, paragraphs: Sequence[Paragraph], annotator: str | None
) -> Iterator[Found]:
    """Yield labels of the whole post, at the place that they went out with unless they were changed."""
    if len(paragraphs) > 1:
        refuse(where, "a choice is made for a whole conversation, and it is not said for which post")
    post = paragraphs[0]
    for name in texts_of(dict_of(result.get("value")).get("choices")):
        layer, label, target = named(name, str(result.get("from_name")), where)
        kept = _kept(result, name)
        start, end = kept.get("start"), kept.get("end")
        quote = post.words(start, end) if isinstance(start, int) and isinstance(end, int) else None
        made = FoundLabel(layer=layer, label=label, target=target or post.answers)
        if quote is not None:
            made = replace(made, start=start, end=end, quote=quote)
        if kept:
            made = replace(made, target=text_of(kept.get("target")))
        made = _with_kept(made, kept)
        yield 0, replace(made, annotator=annotator, also=_also(made, annotator))


def _with_kept(label: FoundLabel, kept: Result) -> FoundLabel:
    """Return a label with what stood in its region's `meta`; the maker whose it was stands as annotator."""
    return replace(
        label,
        detail=text_of(kept.get("detail")),
        also=text_of(kept.get("also")),
        annotator=text_of(kept.get("maker")),
    )


def _also(label: FoundLabel, annotator: str | None) -> str | None:
    """Return who else says so: the maker whose label somebody left standing, else whom it names itself."""
    return label.also if label.annotator in (None, annotator) else label.annotator


def _kept(result: Result, name: str, *place: int) -> Result:
    """Return what a region went out with; nothing where its label or its place is another since."""
    kept = dict_of(dict_of(result.get("meta")).get(KEPT))
    is_same = kept.get("label") == name and (not place or (kept.get("start"), kept.get("end")) == place)
    return kept if is_same else {}


def _pieces(
    where: str, value: Result, paragraphs: Sequence[Paragraph]
) -> Iterator[tuple[int, int, int, str | None]]:
    """Yield the places of a region: paragraph, start, end, and the words there as the file gives them."""
    said = text_of(value.get("text"))
    if "paragraphlabels" not in value:
        start, end = _span(where, value)
        yield 0, start, end, _quote(paragraphs[0], start, end, said)
        return
    first, last = number_of(value.get("start"), where, "start"), number_of(value.get("end"), where, "end")
    if not 0 <= first <= last < len(paragraphs):
        refuse(where, f"a region lies on the paragraphs {first} to {last}, and there are {len(paragraphs)}")
    for place in range(first, last + 1):
        post = paragraphs[place]
        start = number_of(value.get("startOffset", 0), where, "startOffset") if place == first else 0
        end = number_of(value.get("endOffset"), where, "endOffset") if place == last else post.length
        words = _quote(post, start, end, said) if first == last else post.words(start, end)
        if first == last or start < end:
            yield place, start, end, words


def _span(where: str, value: Result) -> tuple[int, int]:
    """Return the place of a region of `<Text>`, or of `<HyperText>`, which gives it twice."""
    place = dict_of(value.get("globalOffsets")) or value
    return number_of(place.get("start"), where, "start"), number_of(place.get("end"), where, "end")


def _quote(post: Paragraph, start: int, end: int, said: str | None) -> str | None:
    r"""Return the words of a region as our text has them, where the file says that they stand there.

    Label Studio writes a line end as `\n` in two characters. The words of a region that it showed in a
    `<Paragraphs>` it takes from the text as the page shows it, blanks drawn together, by offsets that count
    the text as it is: they are shifted, and the offsets are right.
    """
    stands = post.words(start, end)
    if said is not None and stands is not None:
        is_same = stands == said or (_bare(stands) and _bare(stands) == _bare(said))
        if is_same or (post.counts_units and said == post.shown(start, end)):
            return stands
    return said if said is None or "\\n" in (post.text or "\\n") else said.replace("\\n", "\n")


def _bare(words: str) -> str:
    return "".join(words.replace("\\n", "").split())


def _key(result: Result) -> object:
    """Return what tells a region from others: its id, or its place in a file that has no ids."""
    value = dict_of(result.get("value"))
    names = ("start", "end", "startOffset", "endOffset")
    return text_of(result.get("id")) or tuple(str(value.get(name)) for name in names)


def _targets(results: Sequence[Result]) -> dict[object, list[str]]:
    found: dict[object, list[str]] = {}
    for result in results:
        if result.get("from_name") == TARGET and result.get("value") is not None:
            texts = [text for text in texts_of(dict_of(result["value"]).get("text")) if text]
            found.setdefault(_key(result), []).extend(texts)
    return found


def _lonely_target(results: Sequence[Result]) -> list[str]:
    """Return the one target of JSON-MIN, which does not say whose it is, where but one region can have it."""
    loose = [result for result in results if result.get("from_name") == TARGET and "loose" in result]
    takers = [result for result in results if result.get("from_name") in _TARGETED]
    return [str(loose[0]["loose"])] if len(loose) == 1 and len(takers) == 1 else []
