"""Lines that become a spaCy `DocBin`: text, spans of each layer in code points, categories of whole posts."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from discourse.exchange.corpus import Choice, Corpus, LabelledPost
from discourse.exchange.formats import ExportOptions, Written
from discourse.exchange.settled import class_name, settled, settled_reply
from discourse.tables.rows import format_time

DOCS, SCRIPT = "docs.jsonl", "to_docbin.py"
_ANSWERS = ("agree", "disagree", "neither")
_STANCES = ("favor", "against", "none")
_SPAN = ("start", "end", "label", "target", "annotator", "score", "detail", "also", "entry")
_FACTS = ("thread_id", "position", "author", "reply_to", "lang")

_HOW = """`docs.jsonl` holds a post a line: `id`, `text`, `spans` (for each layer a list with `start`,
`end`, `label`, `target`, `annotator`, `score`, `detail`, `also`, `entry`; places are code points, as
`Doc.char_span` takes them), `cats`, and `meta` with thread, place, author, link, time, and `coded` (who
looked for what). spaCy wants tokens, which depend on the language; a script beside it cuts them and writes
a `DocBin`:

```
python to_docbin.py docs.jsonl docs.spacy en
```

It stores the spans of a layer in `doc.spans[layer]`, for `spancat` with `spans_key = "rhetoric"`:
`span.kb_id_` is the target, `span.id_` the maker, `doc.spans[layer].attrs["scores"]` the scores. A span that
begins or ends within a token is widened to it, and the script says how many are. Labels on no text at all are
in `docs.jsonl` alone.

`cats` hold one answer, people before machines: `reply/agree`, `reply/disagree`, `reply/neither` where it is
known how a post answers; for each target that a stance is taken to `stance/favor → NAME` and its kin. What is
not named was not decided."""

# shipped with the export, and run by the user's spaCy (3.5 or later)
_SCRIPT = '''"""Turn docs.jsonl into a DocBin: python to_docbin.py docs.jsonl docs.spacy [language]"""

import json
import sys

import spacy
from spacy.tokens import DocBin, SpanGroup

source, result, language = (sys.argv[1:] + ["en"])[:3]
nlp = spacy.blank(language)
nlp.max_length = 10**9
docs = DocBin(store_user_data=True)
count = {"exact": 0, "widened": 0, "without text": 0}
with open(source, encoding="utf-8") as lines:
    for line in lines:
        record = json.loads(line)
        doc = nlp.make_doc(record["text"])
        assert doc.text == record["text"], record["id"]
        for layer, rows in record["spans"].items():
            spans, scores = [], []
            for row in rows:
                names = {"label": row["label"], "kb_id": row["target"] or "", "span_id": row["annotator"]}
                span = None
                if row["start"] < row["end"]:
                    span = doc.char_span(row["start"], row["end"], alignment_mode="expand", **names)
                if span is None:
                    count["without text"] += 1
                    continue
                is_exact = (span.start_char, span.end_char) == (row["start"], row["end"])
                count["exact" if is_exact else "widened"] += 1
                spans.append(span)
                scores.append(row["score"])
            doc.spans[layer] = SpanGroup(doc, name=layer, spans=spans, attrs={"scores": scores})
        doc.cats = record["cats"]
        doc.user_data = {"id": record["id"], **record["meta"]}
        docs.add(doc)
docs.to_disk(result)
print(len(docs), "posts;", ", ".join(f"{number} spans {how}" for how, number in count.items()))
'''


def write(corpus: Corpus, folder: Path, options: ExportOptions) -> Written:
    """Write `docs.jsonl`, and the script that makes a DocBin of it, into an empty folder."""
    del options  # it says nothing on lines of JSON
    with (folder / DOCS).open("w", encoding="utf-8", newline="\n") as file:
        for one in corpus.posts():
            file.write(json.dumps(_doc(one, corpus.choice), ensure_ascii=False, allow_nan=False) + "\n")
    (folder / SCRIPT).write_text(_SCRIPT, encoding="utf-8", newline="\n")
    return Written(how=_HOW)


def _doc(one: LabelledPost, choice: Choice) -> dict[str, Any]:
    post = one.post
    spans: dict[str, list[dict[str, Any]]] = {}
    for row in one.annotations:
        spans.setdefault(row.layer, []).append({name: getattr(row, name) for name in _SPAN})
    meta = {
        "run": one.run,
        **{name: getattr(post, name) for name in _FACTS},
        "time": format_time(post.timestamp),
        "coded": [{name: entry[name] for name in ("layer", "label", "annotator")} for entry in one.coded],
    }
    cats = dict(_cats(one, choice))
    return {"id": post.post_id, "text": post.text, "spans": spans, "cats": cats, "meta": meta}


def _cats(one: LabelledPost, choice: Choice) -> Iterator[tuple[str, float]]:
    """Yield the categories that were decided: 1 for those that hold, 0 for their rivals."""
    answer = settled_reply(one.unrejected())
    if answer is not None:
        for label in _ANSWERS:
            yield class_name("reply", (label, None)), float(label == answer.label)
    stances = settled(one, "stance", choice) or frozenset()
    for target in sorted({target or "" for _, target in stances}):
        held = {label for label, named in stances if (named or "") == target}
        for label in _STANCES:
            yield class_name("stance", (label, target)), float(label in held)
