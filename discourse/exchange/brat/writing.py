"""Runs to brat's text files, their annotations and brat's configuration."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from discourse.exchange.brat.lines import Place, data_of, fragments_of
from discourse.exchange.brat.standing import Shown, show, stand_ins
from discourse.exchange.brat.types import POST, type_name
from discourse.exchange.choices import Choices
from discourse.exchange.corpus import Corpus
from discourse.exchange.documents import Bounds, Document, PlacedPost, thread_documents
from discourse.exchange.formats import ExportOptions, Written
from discourse.labels.decisions import text_hash
from discourse.model import Annotation

BOUNDS = Bounds(posts=25, chars=20_000)  # brat draws a whole document at once, and slowly
_NAMES = ("target", "detail", "annotator", "also")

_HOW = f"""\
Each pair `NAME.txt` and `NAME.ann` is a thread, or up to {BOUNDS.posts} posts of one: one post after the
other, each below a header line with its number, author and the post that it answers. Put the folder below
brat's `data/`; `annotation.conf` and `visual.conf` name the types.

- A header line is marked `{POST}`; its note (AnnotatorNotes) holds as JSON the post's id, the hash of its
  text, where its text lies, what stands for what in it, and as `coded` who had looked for what.
- A label is a type such as `rhetoric_hedge` (other characters than letters, digits and `_` as `-2d-`), in a
  fragment for each line that it covers. Its note holds target, detail, maker (`annotator`), score, the other
  makers that said the same (`also`), its place in the post, and as `as` the line as it went out.

Places count code points. brat's page counts an emoji as two characters and its server as one, so that marks
set behind one land beside their place; so characters beyond U+FFFF are shown by their names in brackets,
control characters by their pictures, and all line ends as line feeds. `import` puts back what stands there.

A coder adds, moves, retypes and deletes labels; the note of a new one is taken as its detail, or, where it
begins with `target:`, as its target. brat does not write down who that was: `discourse import FOLDER --from
brat --run RUN --annotator NAME` makes the labels NAME's, the machine's that were left standing among them.

Left out: links, turns and loops, the texts of claims, and the rules behind labels."""


def write(corpus: Corpus, folder: Path, options: ExportOptions) -> Written:
    """Write the posts as documents; see the data card for what stands in them."""
    choices = Choices()
    for document in thread_documents(choices.seen(corpus.posts()), BOUNDS, show):
        lines = "".join(f"{line}\n" for line in _lines(document))
        (folder / f"{document.name}.txt").write_text(document.text, encoding="utf-8", newline="\n")
        (folder / f"{document.name}.ann").write_text(lines, encoding="utf-8", newline="\n")
    labels = choices.by_layer()
    (folder / "annotation.conf").write_text(_annotation_conf(labels), encoding="utf-8", newline="\n")
    (folder / "visual.conf").write_text(_visual_conf(labels), encoding="utf-8", newline="\n")
    return Written(how=_HOW)


def _lines(document: Document) -> Iterator[str]:
    """Yield the lines of a document's .ann file: each mark, and its note below it."""
    number = 0
    for placed in document.posts:
        pieces = stand_ins(placed.labelled.post.text)
        number += 1
        note = {
            **_post_note(placed),
            "shown": [[piece.place, piece.length, piece.stands_for] for piece in pieces],
        }
        yield from _mark(document.text, number, POST, placed.header, note)
        shown = Shown(pieces)
        for row in placed.labelled.annotations:
            number += 1
            start, end = shown.span(row.start, row.end)
            place = (placed.start + start, placed.start + end)
            yield from _mark(document.text, number, type_name(row.layer, row.label), place, _label_note(row))


def _mark(text: str, number: int, kind: str, place: Place, note: Mapping[str, Any]) -> Iterator[str]:
    fragments = fragments_of(text, *place)
    data = data_of(kind, fragments)
    yield f"T{number}\t{data}\t{' '.join(text[start:end] for start, end in fragments)}"
    said = {"as": data, **{name: value for name, value in note.items() if value not in (None, [])}}
    # ASCII, so that brat finds no line end in it
    yield f"#{number}\tAnnotatorNotes T{number}\t{json.dumps(said)}"


def _post_note(placed: PlacedPost) -> dict[str, Any]:
    post = placed.labelled.post
    coded = [[row["annotator"], row["layer"], row["label"]] for row in placed.labelled.coded]
    return {
        "post_id": post.post_id,
        "text_hash": text_hash(post.text),
        "start": placed.start,
        "end": placed.end,
        "coded": coded,
    }


def _label_note(row: Annotation) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in _NAMES}
    return {**values, "score": row.score, "start": row.start, "end": row.end}


def _annotation_conf(labels: Mapping[str, list[str]]) -> str:
    """Return the types for brat; a line that begins with ! is a heading."""
    types = [
        f"!{layer}\n" + "".join(f"\t{type_name(layer, one)}\n" for one in labels[layer]) for layer in labels
    ]
    overlap = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n"
    return f"[entities]\n{POST}\n{''.join(types)}\n[relations]\n{overlap}\n[events]\n\n[attributes]\n"


def _visual_conf(labels: Mapping[str, list[str]]) -> str:
    """Return what brat's page calls the types: the label alone, and shorter where there is no room."""
    lines = []
    for layer, names in labels.items():
        for name in names:
            plain = show(name).replace("|", " ").replace("\n", " ")
            lines.append(f"{type_name(layer, name)} | {layer} {plain} | {plain} | {plain[:6]}\n")
    drawing = f"SPAN_DEFAULT\tfgColor:black, bgColor:#d5e5f5, borderColor:darken\n{POST}\tbgColor:#eeeeee\n"
    return f"[labels]\n{''.join(lines)}\n[drawing]\n{drawing}"
