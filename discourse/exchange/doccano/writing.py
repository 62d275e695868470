"""Posts as documents of doccano, line by line."""

import json
from pathlib import Path

from discourse.exchange.corpus import Corpus, LabelledPost
from discourse.exchange.doccano.entities import KEPT, MAIN, Object, entities_of
from discourse.exchange.formats import ExportOptions, Written
from discourse.exchange.names import label_name
from discourse.exchange.offsets import Offsets
from discourse.labels.decisions import text_hash
from discourse.tables.contract import LAYERS


def write_documents(corpus: Corpus, folder: Path, _options: ExportOptions) -> Written:
    """Write one post a line, with each place and name that is labelled once, whoever labelled it."""
    layers = [layer for layer in LAYERS if not corpus.choice.layers or layer in corpus.choice.layers]
    with (folder / MAIN).open("w", encoding="utf-8", newline="\n") as file:
        for one in corpus.posts():
            file.write(json.dumps(_document(one, layers), ensure_ascii=False) + "\n")
    return Written(how=_HOW)


def _document(one: LabelledPost, layers: list[str]) -> Object:
    post, offsets = one.post, Offsets.utf16(one.post.text)
    rows: list[Object] = []
    for row in one.annotations:
        place: Object = {"start": offsets.units(row.start), "end": offsets.units(row.end)}
        made: Object = {
            "name": label_name(row.layer, row.label),
            **place,
            "target": row.target,
            "quote": row.quote,
        }
        made |= {"detail": row.detail, "annotator": row.annotator, "also": row.also, "score": row.score}
        rows.append(made)
    coded = [{name: entry[name] for name in ("annotator", "layer", "label")} for entry in one.coded]
    return {
        "text": post.text,
        "label": [list(entity) for entity in sorted(entities_of(rows))],
        "post_id": post.post_id,
        "thread_id": post.thread_id,
        "author": post.author,
        "answers": post.reply_to,
        "text_hash": text_hash(post.text),
        KEPT: {"labels": rows, "coded": coded, "layers": layers},
    }


_HOW = f"""\
`{MAIN}`: one post a line for [doccano](https://doccano.github.io/doccano/). Make a project *Sequence
Labeling* with *Allow overlapping spans* (without it doccano drops what overlaps) and without *Count
grapheme clusters as one character*, then *Import Dataset → JSONL*. A post without a text is refused
there, by its line; so are empty spans, which stand in the metadata alone.

`label` holds each labelled place and name once, as `[start, end, "layer/label"]`, in UTF-16 code units as
doccano counts; agreement with the post answered is a span over the whole post. Whose labels they are,
targets, details and scores stand in the column `discourse`, which doccano keeps as metadata.

Bring work back with *Export Dataset → JSONL* (the zip as it is: its files are named after the annotators)
and `discourse import FILE --from doccano --run RUN`. A document that nobody changed comes back as it went
out; in one that was changed, all that stands is the annotator's word, and what no longer stands is "none
there" for him or her. One whose labels are all gone says nothing: a document that was never opened looks
the same. A new label may name its target: `stance/favor → Harbour plan`.

```python
import json
posts = [json.loads(line) for line in open("{MAIN}", encoding="utf-8")]
```
"""
