"""Tables of labels read back: a folder that an export filled, or anybody's own file."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from discourse.errors import DiscourseError
from discourse.exchange.found import FoundLabel, FoundPost
from discourse.exchange.names import parse_label_name
from discourse.exchange.plain.delimited import Line, read_lines
from discourse.exchange.plain.formulas import LONGEST_CELL
from discourse.exchange.plain.gathering import Gathering
from discourse.labels.decisions import text_hash

POSTS, LABELS, CODED = "posts.csv", "annotations.csv", "coded.csv"
_POST = ("post_id", "text", "text_hash")
_LABEL = (
    "post_id",
    "text",
    "layer",
    "label",
    "target",
    "start",
    "end",
    "quote",
    "detail",
    "annotator",
    "also",
)
_CODED = ("post_id", "layer", "label", "annotator")
_NUMBER = re.compile(r"(\d{1,9})(?:[.,]0{1,6})?", re.ASCII)  # programs write 12.0 where other cells are empty
_LINE_END = re.compile(r"\r\n?|\n")


def read_tables(path: Path) -> Iterator[FoundPost]:
    """Yield what tables say of each post, in the order in which posts are first named.

    Parameters
    ----------
    path
        A folder with `annotations.csv`, beside it `posts.csv` and `coded.csv` where they are; or a table of
        labels. It has the columns `label` and `post_id` or `text`, and where anybody filled them in `layer`,
        `target`, `start`, `end`, `quote`, `detail`, `annotator`, `also`. Without a layer, a label is written
        `rhetoric/hedge`; without a place, it is of the whole post. A file named `annotations.csv` is read
        with those beside it.

    Raises
    ------
    DiscourseError
        Naming file and line of what cannot be read.
    """
    is_folder = path.is_dir()
    folder = path if is_folder else path.parent
    main = folder / LABELS if is_folder else path
    if not main.is_file():
        problem = f"there is no {LABELS} in this folder" if is_folder else "there is no such file"
        raise DiscourseError(
            where=str(path), problem=problem, fix="Give a table of labels or the folder of an export"
        )
    beside = folder if main.name == LABELS else None
    with Gathering() as found:
        if beside is not None and (beside / POSTS).is_file():
            for line in read_lines(beside / POSTS, _POST, ("post_id",)):
                found.add_post(line.where, _post_id(line), line.cells.get("text"), line.get("text_hash"))
        for line in read_lines(main, _LABEL, ("label",)):
            post_id, text = _post_of(line)
            found.add_label(line.where, post_id, text, _label(line))
        if beside is not None and (beside / CODED).is_file():
            for line in read_lines(beside / CODED, _CODED, ("post_id", "layer", "annotator")):
                found.add_read(line.where, _post_id(line), _read(line))
        yield from map(restored, found.posts())


def _post_id(line: Line) -> str:
    if (found := line.get("post_id")) is None:
        raise _unclear(line, "it names no post", "Fill in the column post_id")
    return found


def _post_of(line: Line) -> tuple[str | None, str | None]:
    """Return the id and the text that a row of labels gives."""
    post_id, text = line.get("post_id"), line.get("text")
    if post_id is None and text is None:
        raise _unclear(line, "it names no post", "Fill in the column post_id")
    return post_id, text


def _read(line: Line) -> tuple[str | None, str, str | None]:
    if (layer := line.get("layer")) is None:
        raise _unclear(line, "it names no layer", "Fill in the column layer")
    return line.get("annotator"), layer, line.get("label")


def _label(line: Line) -> dict[str, Any]:
    layer, label, target = _named(line)
    start, end = _place(line, "start"), _place(line, "end")
    if (start is None) != (end is None):
        raise _unclear(line, "it has a start or an end, and not both", "Fill in both, or neither")
    quote = line.get("quote")
    return {
        "layer": layer,
        "label": label,
        "target": target,
        "start": start,
        "end": end,
        "quote": "" if quote is None and start is not None and start == end else quote,
        **{name: line.get(name) for name in ("detail", "annotator", "also")},
    }


def _named(line: Line) -> tuple[str, str, str | None]:
    """Return layer, label and target."""
    layer, label, target = (line.get(name) for name in ("layer", "label", "target"))
    if label is None:
        fix = f"Fill it in, or take the row out; that nothing was found is told in {CODED}"
        raise _unclear(line, "it names no label", fix)
    if layer is not None:
        return layer, label, target
    try:
        layer, label, in_name = parse_label_name(label)
    except ValueError as error:
        fix = "Add a column layer, or write labels as rhetoric/hedge"
        raise _unclear(line, f"it does not say of which layer {label[:40]!r} is", fix) from error
    return layer, label, target if in_name is None else in_name


def _place(line: Line, name: str) -> int | None:
    cell = line.cells.get(name, "").strip()
    if not cell:
        return None
    found = _NUMBER.fullmatch(cell)
    if found is None:
        fix = "Count characters from 0, or leave start and end empty for the whole post"
        raise _unclear(line, f"its {name} {cell[:20]!r} is no whole number", fix)
    return int(found[1])


def _unclear(line: Line, problem: str, fix: str) -> DiscourseError:
    return DiscourseError(where=line.where, problem=problem, fix=fix)


def restored(found: FoundPost) -> FoundPost:
    """Return a post with the text that went out, where a spreadsheet has changed line ends within its cells.

    The hash tells. Where no change of line ends brings the text back, it was altered: it is left out, since
    places count in the text that the hash is of, and so are quotations over line ends.
    """
    text, digest = found.text, found.text_hash
    if text is None or digest is None or text_hash(text) == digest:
        return found
    lines = _LINE_END.sub("\n", text)
    for end in ("\n", "\r\n", "\r"):
        if text_hash(whole := lines.replace("\n", end)) == digest:
            labels = tuple(replace(one, quote=_requoted(one, whole)) for one in found.labels)
            return replace(found, text=whole, labels=labels)
    labels = tuple(replace(one, quote=_on_one_line(one.quote)) for one in found.labels)
    return replace(found, text=None, labels=labels)


def _requoted(label: FoundLabel, text: str) -> str | None:
    """Return a quotation with the line ends of its place, where it says the same otherwise."""
    if label.quote is None or label.start is None or label.end is None:
        return label.quote
    there = text[label.start : label.end]
    return there if _LINE_END.sub("\n", there) == _LINE_END.sub("\n", label.quote) else label.quote


def _on_one_line(quote: str | None) -> str | None:
    return None if quote is None or _LINE_END.search(quote) or len(quote) >= LONGEST_CELL // 2 else quote
