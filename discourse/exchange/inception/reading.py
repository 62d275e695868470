"""XMI documents to what they say of each post."""

import json
import warnings
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from cassis import Cas, TypeSystem, load_cas_from_xmi, load_typesystem
from msgspec import Struct

from discourse.errors import DiscourseError
from discourse.exchange.found import FoundLabel, FoundPost
from discourse.exchange.inception.layers import LABEL, POST, type_system
from discourse.exchange.inception.opening import Source, check_xml_file, sources
from discourse.exchange.inception.seals import seal
from discourse.exchange.inception.spans import Marked, Place, unmark

Read = tuple[str | None, str, str | None]


class _Stretch(Struct, frozen=True):
    """A post of a document, by the place of its text in the document's."""

    start: int
    end: int
    header: Place  # of the line above it
    mark: Any = None  # its annotation; None where the document has none


def read(path: Path) -> Iterator[FoundPost]:
    """Yield what documents say of their posts; offsets are code points of the post's text.

    In a document of a user of INCEpTION every label is that user's, and the makers that it names have said
    the same. Elsewhere a label is whose it says, unless it was changed since it was exported: then nobody's.

    Raises
    ------
    DiscourseError
        Naming file and place of what cannot be read, or of a label that lies in no post or in two.
    """
    is_empty = True
    for source in sources(path):
        is_empty = False
        yield from _posts(source)
    if is_empty:
        raise DiscourseError(
            where=str(path),
            problem="it holds no XMI document",
            fix="Give an .xmi file, or a folder or .zip of them",
        )


def _posts(source: Source) -> Iterator[FoundPost]:
    cas = _load(source)
    text = cas.sofa_string
    if text is None:
        raise _damaged(source.where, "it holds no text")
    stretches = sorted(_stretches(cas, text, source), key=lambda one: (one.start, one.end))
    labels: list[list[FoundLabel]] = [[] for _ in stretches]
    lines = [one.header[0] for one in stretches]
    for mark in _annotations(cas, LABEL):
        marked = _marked(mark, source)
        index = max(bisect_right(lines, marked.begin) - 1, 0)
        one = stretches[index]
        place = unmark(text, marked, one.header)
        if not one.start <= place[0] <= place[1] <= one.end:
            raise _outside(mark, source)
        labels[index].append(_label(mark, source, text, one, place))
    for one, found in zip(stretches, labels, strict=True):
        yield _post(one, found, text, source)


def _load(source: Source) -> Cas:
    check_xml_file(source.xmi, source.where)
    types = _types(source)
    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")  # types that nobody declares are left out with a warning
            # `trusted` lifts limits on the size of a text alone: document types were refused before
            cas = load_cas_from_xmi(BytesIO(source.xmi), typesystem=types, lenient=True, trusted=True)
    except Exception as error:  # of a damaged file cassis raises whatever it stumbles over
        raise _damaged(source.where, f"it is no UIMA CAS ({_line(error)})") from error
    if any("Not mapping" in str(one.message) for one in told):
        raise _damaged(source.where, "an annotation begins or ends within a character or beyond the text")
    return cas


def _types(source: Source) -> TypeSystem:
    if source.types is None:
        return _own_types()
    where = f"{source.where}, its type system"
    check_xml_file(source.types, where)
    try:
        return _loaded(source.types)
    except Exception as error:  # see `_load`
        raise _damaged(where, f"it is no type system ({_line(error)})") from error


@lru_cache(maxsize=4)  # the documents of a project share one, which takes longer to load than they do
def _loaded(found: bytes) -> TypeSystem:
    return load_typesystem(BytesIO(found))


@lru_cache(maxsize=1)
def _own_types() -> TypeSystem:
    return type_system()


def _line(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:120]


def _annotations(cas: Cas, name: str) -> list[Any]:
    return cas.select(name) if cas.typesystem.contains_type(name, match_exactly=True) else []


def _stretches(cas: Cas, text: str, source: Source) -> Iterator[_Stretch]:
    """Yield the posts of a document; the whole document where none is marked."""
    marks = _annotations(cas, POST)
    if not marks:
        yield _Stretch(0, len(text), (0, 0))
    for mark in marks:
        start, end = unmark(text, _marked(mark, source), None)
        above = max(start - 1, 0)
        yield _Stretch(start, end, (text.rfind("\n", 0, above) + 1, above), mark)


def _marked(mark: Any, source: Source) -> Marked:
    begin, end = mark.begin, mark.end
    if begin is None or end is None or not 0 <= begin <= end:
        raise _damaged(source.where, f"an annotation of {mark.type.name} has no place")
    shift, length = (getattr(mark, name, None) for name in ("shift", "length"))
    if isinstance(shift, int) and isinstance(length, int):
        return Marked(begin, end, shift, length)
    return Marked(begin, end, 0, end - begin)


def _label(mark: Any, source: Source, text: str, one: _Stretch, place: Place) -> FoundLabel:
    names = ("layer", "label", "target", "detail", "annotator", "also", "seal")
    values = {name: _text(mark, name) for name in names}
    if not values["layer"] or not values["label"]:
        raise DiscourseError(
            where=f"{source.where}, {text[mark.begin : mark.end][:40]!r} at {mark.begin}",
            problem="a label lacks its layer or its name",
            fix="Fill in `layer` and `label` there, or delete it, and export again",
        )
    start, end = place[0] - one.start, place[1] - one.start
    is_as_made = values["seal"] == seal(values, _text(one.mark, "post_id"), start, end)
    annotator, also = _maker(values, source.user, is_as_made)
    return FoundLabel(
        layer=values["layer"],
        label=values["label"],
        target=values["target"],
        start=start,
        end=end,
        quote=text[place[0] : place[1]],
        detail=values["detail"],
        annotator=annotator,
        also=also,
    )


def _maker(
    values: dict[str, str | None], user: str | None, is_as_made: bool
) -> tuple[str | None, str | None]:
    """Return whose label it is, and who else says so; see `read`."""
    named, also = values["annotator"], values["also"]
    if user is None:
        return (named, also) if is_as_made or values["seal"] is None else (None, None)
    if named == user:
        return user, also if is_as_made else None
    makers = dict.fromkeys(f"{named or ''} {also or ''}".split()) if is_as_made else {}
    return user, " ".join(makers) or None


def _post(one: _Stretch, labels: list[FoundLabel], text: str, source: Source) -> FoundPost:
    post_id = _text(one.mark, "post_id")
    return FoundPost(
        where=source.where,
        post_id=post_id,
        text=text[one.start : one.end],
        text_hash=_text(one.mark, "text_hash"),
        labels=tuple(labels),
        read=tuple(_read(one, source)),
        measure="code points",
        seen_by=source.user,
    )


def _read(one: _Stretch, source: Source) -> Iterator[Read]:
    """Yield who looked for what; in a user's document, that user alone."""
    for annotator, layer, label in _coded(_text(one.mark, "coded"), source):
        if source.user in (None, annotator):
            yield annotator, layer, label
    for layer in (_text(one.mark, "looked_for") or "").replace(",", " ").split():
        yield source.user, layer, None


def _coded(found: str | None, source: Source) -> list[Read]:
    try:
        entries = json.loads(found or "[]")
        return [(str(annotator), str(layer), label and str(label)) for annotator, layer, label in entries]
    except (ValueError, TypeError, RecursionError) as error:
        raise _damaged(source.where, "`coded` of a post is not as it was exported") from error


def _text(mark: Any, name: str) -> str | None:
    value = getattr(mark, name, None)
    return value if isinstance(value, str) else None


def _outside(mark: Any, source: Source) -> DiscourseError:
    return DiscourseError(
        where=f"{source.where}, {mark.begin} to {mark.end}",
        problem=f"{_text(mark, 'layer')}/{_text(mark, 'label')} lies within no post, or in two of them",
        fix="Move it into the text of one post and export again",
    )


def _damaged(where: str, problem: str) -> DiscourseError:
    return DiscourseError(
        where=where, problem=problem, fix="Export it again from INCEpTION as UIMA CAS XMI (XML 1.0)"
    )
