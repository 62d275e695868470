"""brat's documents to what they say of each post."""

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from discourse.errors import DiscourseError
from discourse.exchange.brat.lines import Annotations, TextBound, parse_lines
from discourse.exchange.brat.standing import StandIn, Standing
from discourse.exchange.brat.types import POST, parse_type_name
from discourse.exchange.found import FoundLabel, FoundPost

LARGEST = 32 * 2**20  # bytes of one file
_TARGET = "target:"
Note = Mapping[str, Any]


class _Stretch(Struct, frozen=True):
    """A post of a document."""

    start: int  # of its text in the document's, in code points
    end: int
    note: Note
    standing: Standing


def read(path: Path) -> Iterator[FoundPost]:
    """Yield what documents say of their posts; a folder with such documents in it, or one .ann or .txt file.

    Offsets are code points of the post's text. A label is its maker's as long as neither type nor place was
    changed since it was exported; then it is nobody's.

    Raises
    ------
    DiscourseError
        Naming file and line of what cannot be read, or of a label that lies in no post or in two.
    """
    files = sorted(path.rglob("*.ann")) if path.is_dir() else [path.with_suffix(".ann")]
    files = [file for file in files if not file.name.startswith(".")]
    if not files or not files[0].is_file():
        raise DiscourseError(
            where=str(path),
            problem="it holds no .ann file",
            fix="Give the folder of brat's collection, unpacked, or one of its .ann files",
        )
    for file in files:
        where = file.relative_to(path).as_posix() if path.is_dir() else str(path)
        text = _content(file.with_suffix(".txt"))
        yield from _posts(text, parse_lines(_content(file), where), where)


def _content(path: Path) -> str:
    if not path.is_file():
        raise DiscourseError(
            where=str(path), problem="it is missing", fix="Keep each .ann file beside its .txt file"
        )
    try:
        with path.open("rb") as file:
            found = file.read(LARGEST + 1)
    except OSError as error:
        problem = f"it cannot be read ({error.strerror})"
        raise DiscourseError(where=str(path), problem=problem, fix="Give a file that you may read") from error
    if len(found) > LARGEST:
        raise DiscourseError(
            where=str(path), problem=f"it is larger than {LARGEST // 2**20} MB", fix="Cut it into documents"
        )
    try:
        return found.decode()
    except UnicodeDecodeError as error:
        raise DiscourseError(
            where=f"{path}, byte {error.start}", problem="it is not UTF-8", fix="Save it as UTF-8"
        ) from error


def _posts(text: str, found: Annotations, where: str) -> Iterator[FoundPost]:
    heads = sorted((mark for mark in found.marks if mark.kind == POST), key=lambda mark: mark.hull)
    if heads:
        text = text.replace("\r\n", "\n")  # the export has none: somebody's editor put them there
    stretches = sorted(_stretches(text, heads, found, where), key=lambda one: one.start)
    starts = [one.start for one in stretches]
    labels: list[list[FoundLabel]] = [[] for _ in stretches]
    for mark in found.marks:
        if mark.kind == POST:
            continue
        index = bisect_right(starts, mark.hull[0]) - 1
        if index < 0 or mark.hull[1] > stretches[index].end:
            raise DiscourseError(
                where=f"{where}, line {mark.number}",
                problem=f"{mark.name} ({mark.kind[:60]}) lies within no post, or in two of them",
                fix="Move it into the text of one post",
            )
        labels[index].append(_label(mark, found, text, stretches[index], where))
    for one, said in zip(stretches, labels, strict=True):
        yield FoundPost(
            where=where,
            post_id=one.note.get("post_id"),
            text=one.standing.text,
            text_hash=one.note.get("text_hash"),
            labels=tuple(said),
            read=tuple(_coded(one.note.get("coded", []), where)),
            measure="code points" if heads or _is_plain(text) else "unknown",
        )


def _is_plain(text: str) -> bool:
    """Say whether every program counts the characters of a text alike."""
    return "\r" not in text and max(text, default="") <= "\uffff"


def _stretches(text: str, heads: list[TextBound], found: Annotations, where: str) -> Iterator[_Stretch]:
    """Yield the posts of a document; the whole of it where no header line is marked."""
    if not heads:
        units = len(text.encode("utf-16-le")) // 2  # so far may places reach where the program counted those
        yield _Stretch(0, units, {}, Standing(text, []))
        return
    for head, after in zip(heads, [*heads[1:], None], strict=True):
        note = _note(found, head)
        start = note.get("start", head.hull[1] + 1)
        end = note.get("end", (len(text) if after is None else after.hull[0]) - 2)
        try:
            pieces = [
                StandIn(int(one), int(length), str(for_)) for one, length, for_ in note.get("shown", [])
            ]
            if not 0 <= start <= end <= len(text):
                raise ValueError("the text is shorter than it was")
            if not all(isinstance(note.get(name, ""), str) for name in ("post_id", "text_hash")):
                raise TypeError("its id is no text")
            yield _Stretch(start, end, note, Standing(text[start:end], pieces))
        except (ValueError, TypeError, OverflowError) as error:
            raise DiscourseError(
                where=f"{where}, line {head.number}",
                problem=f"the header line of a post, or its note, was changed ({error})",
                fix="Put line and note back as they were exported",
            ) from error


def _note(found: Annotations, mark: TextBound) -> Note:
    """Return the note that went out with a line; empty where it has none."""
    for note in found.notes.get(mark.name, []):
        try:
            said = json.loads(note)
        except (ValueError, RecursionError):
            continue
        if isinstance(said, dict) and isinstance(said.get("as"), str):
            return said
    return {}


def _label(mark: TextBound, found: Annotations, text: str, one: _Stretch, where: str) -> FoundLabel:
    try:
        layer, label = parse_type_name(mark.kind)
    except ValueError as error:
        raise DiscourseError(
            where=f"{where}, line {mark.number}",
            problem=str(error),
            fix="Take the types that annotation.conf of the export names",
        ) from error
    note = _note(found, mark)
    if note.get("as") == mark.data:
        return _as_made(layer, label, note, one, f"{where}, line {mark.number}")
    start, end = (place - one.start for place in mark.hull)
    stated = " ".join(text[first:last] for first, last in mark.fragments)
    place = one.standing.span(start, end)
    target, detail = _said(found, mark, note, layer)
    return FoundLabel(
        layer=layer,
        label=label,
        target=target,
        start=place[0],
        end=place[1],
        # of several lines, or of what stands for something else, the line does not say what stands there
        quote=one.standing.text[place[0] : place[1]] if mark.text in (stated, "") else mark.text,
        detail=detail,
    )


def _as_made(layer: str, label: str, note: Note, one: _Stretch, where: str) -> FoundLabel:
    start, end = note.get("start"), note.get("end")
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= len(one.standing.text)):
        raise DiscourseError(
            where=where, problem="its note was changed", fix="Put the note back, or take it out"
        )
    names = ("target", "detail", "annotator", "also")
    values = {name: str(note[name]) if name in note else None for name in names}
    quote = one.standing.text[start:end]
    return FoundLabel(layer=layer, label=label, start=start, end=end, quote=quote, **values)


def _said(found: Annotations, mark: TextBound, note: Note, layer: str) -> tuple[str | None, str | None]:
    """Return target and detail of a person's label: from the note, else the target that it had before."""
    for words in found.notes.get(mark.name, []):
        if words.strip() and not words.lstrip().startswith("{"):
            is_target = words.strip().casefold().startswith(_TARGET)
            return (words.strip()[len(_TARGET) :].strip() or None, None) if is_target else (None, words)
    was = note.get("as", "").partition("_")[0] == layer
    return (str(note["target"]) if was and "target" in note else None), None


def _coded(found: object, where: str) -> Iterator[tuple[str | None, str, str | None]]:
    try:
        for annotator, layer, label in found if isinstance(found, list) else []:
            yield str(annotator), str(layer), None if label is None else str(label)
    except (ValueError, TypeError) as error:
        raise DiscourseError(
            where=where, problem="`coded` in the note of a post was changed", fix="Put the note back"
        ) from error
