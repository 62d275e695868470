"""Runs to XMI documents with their type system."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cassis import Cas, TypeSystem

from discourse.exchange.choices import Choices
from discourse.exchange.corpus import Corpus, LabelledPost
from discourse.exchange.documents import Bounds, Document, PlacedPost, thread_documents
from discourse.exchange.formats import ExportOptions, Written
from discourse.exchange.inception.layers import LABEL, POST, SENTENCE, layer_definitions, type_system
from discourse.exchange.inception.seals import seal
from discourse.exchange.inception.spans import Place, mark, sentences
from discourse.exchange.xml_safe import check_xml
from discourse.labels.decisions import text_hash
from discourse.model import Annotation

BOUNDS = Bounds(posts=200, chars=200_000)
TYPES, LAYERS = "TypeSystem.xml", "layers.json"
FOLDER = "documents"

_HOW = f"""\
Each file of `{FOLDER}/` is a thread, or up to {BOUNDS.posts} posts of one, as a UIMA CAS (XMI 1.0): one post
after the other, each below a header line with its number, author and the post that it answers. Its types are
in `{TYPES}`:

- `{POST}` marks a post: `post_id`, `author`, `reply_to`, `text_hash`, and as `coded` (JSON) who had looked
  for what. Its text begins `shift` code points after the annotation and is `length` code points long:
  INCEpTION refuses annotations that begin or end with a blank, so blanks are left out, and a post without a
  letter is marked by its header line;
- `{LABEL}` marks a label: `layer`, `label`, `target`, `detail`, `annotator`, `score`, `also`; `shift` and
  `length` as above; `seal` tells `import` whether it was changed.

Offsets in XMI count UTF-16 code units; dkpro-cassis turns them into code points:

```python
from cassis import load_cas_from_xmi, load_typesystem
types = load_typesystem(open("{TYPES}", "rb"))
cas = load_cas_from_xmi(open("{FOLDER}/{{first}}", "rb"), typesystem=types)
for label in cas.select("{LABEL}"):
    print(label.layer, label.label, label.get_covered_text())
```

In INCEpTION: import `{LAYERS}` under Settings, Layers, then the files of `{FOLDER}/` under Settings,
Documents, as "UIMA CAS XMI (XML 1.0)". Tokens are made there. A coder corrects, adds and deletes labels
(`layer` and `label`, and where there is one `target`), and writes into `looked_for` of a post the layers that
he or she has read it for. Export the project with its annotations as UIMA CAS XMI: `discourse import
PROJECT.zip --from inception --run RUN` takes each coder's labels as theirs, the machine's that they left
standing among them.

Left out: links, turns and loops, the texts of claims, and the rules behind labels. A text with a character
that XML 1.0 cannot hold is refused by name."""


def write(corpus: Corpus, folder: Path, options: ExportOptions) -> Written:
    """Write the posts as documents; see the data card for what stands in them.

    Raises
    ------
    DiscourseError
        Naming a post that holds a character that XML cannot.
    """
    types, choices = type_system(), Choices()
    documents = folder / FOLDER
    documents.mkdir()
    first = ""
    for document in thread_documents(choices.seen(corpus.posts()), BOUNDS):
        name = f"{document.name}.xmi"
        _cas(document, types).to_xmi(documents / name)
        first = first or name
    types.to_xml(folder / TYPES)
    layers = json.dumps(layer_definitions(choices.by_layer()), indent=2, ensure_ascii=False)
    (folder / LAYERS).write_text(layers + "\n", encoding="utf-8")
    return Written(how=_HOW.replace("{first}", first))


def _cas(document: Document, types: TypeSystem) -> Cas:
    cas = Cas(typesystem=types)
    for placed in document.posts:
        _check(placed.labelled)
    cas.sofa_string, cas.sofa_mime = document.text, "text/plain"
    stretches = [place for placed in document.posts for place in (placed.header, (placed.start, placed.end))]
    sentence, post, label = (types.get_type(name) for name in (SENTENCE, POST, LABEL))
    for begin, end in sentences(document.text, stretches):
        cas.add(sentence(begin=begin, end=end))
    for placed in document.posts:
        cas.add(post(**_post(document.text, placed)))
        for row in placed.labelled.annotations:
            cas.add(label(**_label(document.text, placed, row)))
    return cas


def _post(text: str, placed: PlacedPost) -> dict[str, Any]:
    post = placed.labelled.post
    coded = [[row["annotator"], row["layer"], row["label"]] for row in placed.labelled.coded]
    return {
        **_marked(text, (placed.start, placed.end), placed.header),
        "post_id": post.post_id,
        "author": post.author,
        "reply_to": post.reply_to,
        "text_hash": text_hash(post.text),
        "coded": json.dumps(coded) if coded else None,
    }


def _label(text: str, placed: PlacedPost, row: Annotation) -> dict[str, Any]:
    values = _values(row)
    return {
        **_marked(text, (placed.start + row.start, placed.start + row.end), placed.header),
        **values,
        "score": row.score,
        "seal": seal(values, row.post_id, row.start, row.end),
    }


def _marked(text: str, place: Place, header: Place) -> dict[str, int]:
    marked = mark(text, place, header)
    return {"begin": marked.begin, "end": marked.end, "shift": marked.shift, "length": marked.length}


def _values(row: Annotation) -> dict[str, str | None]:
    return {
        "layer": row.layer,
        "label": row.label,
        "target": row.target,
        "detail": row.detail,
        "annotator": row.annotator,
        "also": row.also,
    }


def _check(one: LabelledPost) -> None:
    for name, value in _strings(one):
        check_xml(value, f"post {one.post.post_id!r}, its {name}")


def _strings(one: LabelledPost) -> Iterator[tuple[str, str]]:
    post = one.post
    texts: Mapping[str, str | None] = {
        "text": post.text,
        "author": post.author,
        "id": post.post_id,
        "reply_to": post.reply_to,
    }
    yield from ((name, value) for name, value in texts.items() if value)
    for row in one.annotations:
        for name, value in _values(row).items():
            if value:
                yield f"{row.layer} label's {name}", value
