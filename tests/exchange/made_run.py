"""A small made-up run with every sort of label, in texts that offsets stumble over, and people's labels."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from discourse.labels.decisions import Decision, text_hash
from discourse.labels.journal import Journal, journal_path
from discourse.results import write_record
from discourse.stored.runs import source_digests
from discourse.tables import CONTRACT, Tables, frame_of, write_tables

SHA = "beadfeed0001" + "0" * 52
RECORD: dict[str, Any] = {
    "run_id": "a1b2c3d4e5f60718",
    "sources": [{"uri": "pier.txt", "sha256": SHA}],
    "code": {"discourse-analyzer": "0"},
    "settings": {"seed": 0},
    "analyzers": {"hedges": 4, "agreement": 4},
}

# what a place in a text may stumble over: emoji with joiners, combining marks, right to left, CRLF, blanks at
# both ends, what a spreadsheet runs, markup, tabs, and nothing at all
TEXTS = (
    "The pier was shut for 10 days. Clearly the council forgot it.",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 Perhaps it was three weeks\U0001f937\U0001f3fd, who knows?",
    "Line one.\r\nLine two is perhaps wrong.\r\n\r\nLine four.",
    "A cafe\u0301 & a na\u0308ive plan: <b>perhaps</b> not.",
    "שלום, perhaps לא. \u200fאולי",
    "  =SUM(A1) perhaps\twith a tab  ",
    "",
    "\U0001d518perhaps\U0001d519 \u2066x\u2069 “quoted”\nsecond line — done.",
)
AUTHORS = ("Wren", "Åse Lund", 'O\'Neil, "Pip"', "Wren", "דנה", "=HYPERLINK(1)", "", "\U0001f98a fox")


def post(number: int, text: str, **more: Any) -> Mapping[str, Any]:
    """Return a row of `posts`: the n-th of one thread, answering the first where nothing else is said."""
    return {
        "post_id": f"pier:{number}",
        "thread_id": "pier",
        "source_id": "pier",
        "position": number,
        "author": AUTHORS[(number - 1) % len(AUTHORS)],
        "addressee": None,
        "timestamp": None,
        "reply_to": None if number == 1 else "pier:1",
        "reply_evidence": "none" if number == 1 else "explicit",
        "reply_score": None if number == 1 else 1.0,
        "start_line": None,
        "end_line": None,
        "body_line": None,
        "lang": "en",
        "text": text,
        "split_score": 0.9,
        **more,
    }


def label(number: int, quote: str, text: str, layer: str, name: str, **more: Any) -> Mapping[str, Any]:
    """Return a row of `annotations` on the first place where the text holds the quotation."""
    start = text.index(quote)
    return {
        "post_id": f"pier:{number}",
        "start": start,
        "end": start + len(quote),
        "layer": layer,
        "label": name,
        "target": None,
        "annotator": "hedges@4",
        "score": 0.8,
        "quote": quote,
        "detail": None,
        "also": None,
        "entry": None,
        **more,
    }


def made_labels(texts: Iterable[str] = TEXTS) -> list[Mapping[str, Any]]:
    """Return labels of every layer; spans that overlap, one within another, and over a whole text."""
    rows: list[Mapping[str, Any]] = []
    for number, text in enumerate(texts, 1):
        if number > 1 and text:
            answer = {"target": "pier:1", "annotator": "agreement@4", "score": 0.6307}
            rows.append(label(number, text, text, "reply", "disagree" if number % 2 else "agree", **answer))
        if "perhaps" in text.casefold():
            word = text[text.casefold().index("perhaps") :][:7]
            rows.append(label(number, word, text, "rhetoric", "hedge", entry="perhaps"))
            phrase = text[max(0, text.index(word) - 2) : text.index(word) + 9]
            doubt = {"annotator": "model:comments@2", "score": 0.39, "detail": "guess"}
            rows.append(label(number, phrase, text, "rhetoric", "dismissal", **doubt))
    first = next(iter(texts))
    stance = {"target": 'Pier council / works → "both", 50%', "annotator": "stance@3", "score": 0.7125}
    rows.append(label(1, "Clearly the council forgot it.", first, "stance", "against", **stance))
    claim = {"target": "pier:c1", "annotator": "claims@4", "score": 0.6}
    rows.append(label(1, "shut for 10 days", first, "claim", "asserts", **claim))
    number = {"annotator": "evidence_forms@4", "detail": "number", "also": "model:comments@2"}
    rows.append(label(1, "10 days", first, "rhetoric", "evidence", **number))
    quote = {"target": "external", "annotator": "quotes@3"}
    rows.append(label(8, "“quoted”", list(texts)[7], "quote", "quote", **quote))
    return rows


def made_tables(texts: Iterable[str] = TEXTS) -> Tables:
    """Return the tables of the run; those not named here are empty."""
    texts = list(texts)
    rows: dict[str, list[Mapping[str, Any]]] = {
        "sources": [
            {"source_id": "pier", "uri": "pier.txt", "reader": "made", "reader_score": 1.0}
            | {"stated_count": len(texts), "found_count": len(texts), "sha256": SHA}
        ],
        "posts": [post(number, text) for number, text in enumerate(texts, 1)],
        "annotations": made_labels(texts),
        "targets": [
            {"thread_id": "pier", "target": 'Pier council / works → "both", 50%', "aliases": None}
            | {"kind": "institution", "mentions": 2}
        ],
        "claims": [
            {"claim_id": f"pier:c{number}", "annotator": "claims@4", "thread_id": "pier", "text": words}
            | {"attribute": "shut", "value": value, "conflicts_with": f"pier:c{3 - number}"}
            for number, words, value in ((1, "shut for 10 days", "10 days"), (2, "three weeks", "3 weeks"))
        ],
    }
    return Tables({name: frame_of(CONTRACT[name], rows.get(name, ())) for name in CONTRACT})


def store_run(folder: Path, tables: Tables | None = None, record: Mapping[str, Any] = RECORD) -> Path:
    """Write the run as an analysis leaves it, without its report."""
    write_tables(made_tables() if tables is None else tables, folder / "tables")
    write_record(record, folder)
    return folder


def add_people(folder: Path, tables: Tables | None = None, names: Iterable[str] = ("ann", "bo")) -> Path:
    """Add a journal in which each person confirms some labels, adds one, and has read every post."""
    posts = (made_tables() if tables is None else tables)["posts"]
    with Journal(journal_path(folder), source_digests(folder)) as journal:
        for turn, name in enumerate(names):
            decisions = []
            for post_id, text in zip(posts["post_id"], posts["text"], strict=True):
                digest = text_hash(text)
                for layer in ("rhetoric", "reply"):
                    read = {"layer": layer, "label": None}
                    decisions.append(Decision(kind="read", post_id=post_id, text_hash=digest, value=read))
                if "perhaps" in text and (turn == 0 or "two" not in text):
                    start = text.index("perhaps")
                    value = {"layer": "rhetoric", "label": "hedge", "target": None, "start": start}
                    value |= {"end": start + 7, "quote": "perhaps", "detail": None, "accepts": "hedges@4"}
                    decisions.append(Decision(kind="label", post_id=post_id, text_hash=digest, value=value))
                if len(text) > 3 and post_id != "pier:1":
                    value = {"layer": "reply", "label": "disagree", "target": "pier:1", "start": 1}
                    value |= {
                        "end": len(text) - turn,
                        "quote": text[1 : len(text) - turn],
                        "detail": "own word",
                    }
                    decisions.append(Decision(kind="label", post_id=post_id, text_hash=digest, value=value))
            journal.append(f"human:{name}", decisions)
    return folder
