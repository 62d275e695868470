"""JSON lines out and in: one post a line, with all that was said of it."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from discourse.errors import DiscourseError
from discourse.exchange.corpus import Corpus, LabelledPost
from discourse.exchange.formats import ExportOptions, Written
from discourse.exchange.found import FoundLabel, FoundPost
from discourse.exchange.plain.contents import TIMES, label_row, post_row
from discourse.tables.rows import format_time

MAIN = "posts.jsonl"
_LONGEST_LINE = 1 << 28  # characters
_HOW = f"""`{MAIN}` holds one post a line: the fields of the table `posts` (`meta` is JSON in a text), the
`text_hash` of its text (the first 16 hex digits of its SHA-256), the name of its `run`, and

- `annotations`: a list of its labels, the machine's and people's (annotator `human:NAME`) together, each with
  `start`, `end`, `layer`, `label`, `target`, `annotator`, `score`, `quote`, `detail`, `also`, `entry`;
- `coded`: who looked for which layer, or label, in it: no label of theirs there means none.

Claims, loops, links and stances of authors stay in the run; `--to csv` writes them. Open it line by line, or
with pandas, which must be told that ids are no numbers:

```python
import pandas as pd

posts = pd.read_json("{MAIN}", lines=True, dtype=False)
```"""
# what JSON allows within a text, and programs take for the end of a line
_LINE_ENDS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_FORM = '{"post_id": "…", "annotations": [{"layer": "rhetoric", "label": "hedge"}]}'
Value = TypeVar("Value")


def write(corpus: Corpus, folder: Path, options: ExportOptions) -> Written:
    """Write `posts.jsonl`."""
    with (folder / MAIN).open("w", encoding="utf-8", newline="") as file:
        for one in corpus.posts():
            file.write(as_line(post_object(one)))
    return Written(how=_HOW)


def as_line(found: Mapping[str, Any]) -> str:
    """Return an object as one line, with its end."""
    line = json.dumps(found, ensure_ascii=False, allow_nan=False)
    for sign, written in _LINE_ENDS.items():
        line = line.replace(sign, written)
    return line + "\n"


def post_object(one: LabelledPost) -> dict[str, Any]:
    """Return a post as one object."""
    row = post_row(one)
    row |= {name: format_time(row[name]) for name in TIMES}
    row["annotations"] = [_without_id(label_row(label)) for label in one.annotations]
    row["coded"] = [_without_id(entry) for entry in one.coded]
    return row


def _without_id(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "post_id"}


def read(path: Path) -> Iterator[FoundPost]:
    """Yield the posts of a file, or of `posts.jsonl` in a folder.

    A line needs `post_id` or `text`, and `annotations`; each of these `layer` and `label`. Without a place,
    a label is of the whole post.

    Raises
    ------
    DiscourseError
        Naming the line of what cannot be read.
    """
    file = path / MAIN if path.is_dir() else path
    try:
        for where, line in _lines(file):
            try:
                yield _found(where, _object(line))
            except ValueError as error:
                raise _damaged(where, str(error)) from error
    except OSError as error:
        problem = f"it cannot be read ({error.strerror or error})"
        raise DiscourseError(where=str(file), problem=problem, fix="Give another file") from error


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(_LONGEST_LINE):
            number += 1
            where = f"{path.name}, line {number}"
            if len(line) == _LONGEST_LINE:
                raise _damaged(where, "the line is too long")
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                raise _damaged(where, "it is not written in UTF-8") from error
            if text.strip():
                yield where, text


def _object(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"{error.msg} at character {error.pos + 1}") from error
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error
    if not isinstance(found, dict):
        raise ValueError("it is no JSON object")
    return found


def _found(where: str, line: Mapping[str, Any]) -> FoundPost:
    post_id, text = _text(line, "post_id") or None, _text(line, "text")
    if post_id is None and text is None:
        raise ValueError("it has neither post_id nor text")
    if "annotations" not in line:
        raise ValueError("it has no annotations; an empty list says that there are none")
    return FoundPost(
        where=where,
        post_id=post_id,
        text=text,
        text_hash=_text(line, "text_hash"),
        labels=tuple(_each(line, "annotations", _label)),
        read=tuple(_each(line, "coded", _read)),
    )


def _each(
    line: Mapping[str, Any], name: str, read_one: Callable[[Mapping[str, Any]], Value]
) -> Iterator[Value]:
    entries = line.get(name)
    if entries is None:
        return
    if not isinstance(entries, list):
        raise ValueError(f"{name} is no list")
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict):
            raise ValueError(f"{name} {number} is no object")
        try:
            yield read_one(entry)
        except ValueError as error:
            raise ValueError(f"{name} {number}: {error}") from error


def _label(entry: Mapping[str, Any]) -> FoundLabel:
    start, end = _whole(entry, "start"), _whole(entry, "end")
    if (start is None) != (end is None):
        raise ValueError("it has a start or an end, and not both")
    return FoundLabel(
        layer=_needed(entry, "layer"),
        label=_needed(entry, "label"),
        target=_text(entry, "target"),
        start=start,
        end=end,
        quote=_text(entry, "quote"),
        detail=_text(entry, "detail"),
        annotator=_text(entry, "annotator"),
        also=_text(entry, "also"),
    )


def _read(entry: Mapping[str, Any]) -> tuple[str | None, str, str | None]:
    return _text(entry, "annotator"), _needed(entry, "layer"), _text(entry, "label")


def _needed(entry: Mapping[str, Any], name: str) -> str:
    found = _text(entry, name)
    if not found:
        raise ValueError(f"it has no {name}")
    return found


def _text(entry: Mapping[str, Any], name: str) -> str | None:
    found = entry.get(name)
    if found is None:
        return None
    if not isinstance(found, str):
        raise ValueError(f"{name} is no text")
    if not found.isascii():
        _check_sound(found, name)
    return found


def _check_sound(text: str, name: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"{name} holds half a character (a lone surrogate)") from error


def _whole(entry: Mapping[str, Any], name: str) -> int | None:
    found = entry.get(name)
    if isinstance(found, float) and found.is_integer():
        found = int(found)  # as pandas writes a column in which some are missing
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found < 1 << 31:
        raise ValueError(f"{name} is no whole number from 0")
    return found


def _damaged(where: str, problem: str) -> DiscourseError:
    return DiscourseError(
        where=where,
        problem=f"it cannot be read ({problem})",
        fix=f"Write one object a line: {_FORM}",
    )
