"""Do the words that weigh most lie where people saw a marker?

    python -m tests.evaluation.reader.measure_spans ../shared

Of each passage that two coders of `gold/marker_posts.json` marked in part of a sentence, the sentence is
read, and the word that adds most to the marker (`Reader.telling`) is looked up: how often it lies in the
passage ("pointing game", Zhang et al. 2018), beside how often a word picked blindly would, and how often the
longest word does. Only the part that was looked at.

Then, of replies in the threads of `data/loops` whose label an opening cue decides without the reader: how
often `SecondOpinion.deciding` finds the cue's sentence among several, beside how often chance would.
"""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from discourse.analysis.base import read_threads
from discourse.analysis.registry import ANALYZERS
from discourse.analysis.stance.read_replies import ReadThread
from discourse.ingest import read_source
from discourse.learn.neural import Reader, shipped
from discourse.learn.rhetoric_read import MARKERS
from discourse.learn.second_opinion import SecondOpinion
from discourse.model import Annotation
from discourse.stages import run_stages
from discourse.tables import rows_of
from discourse.text.normalise import fold
from tests.evaluation.marker_posts import gold, tables

_WORD = re.compile(r"\w+")
_WHOLE = 0.7  # share of a sentence from which a passage is all of it

Span = tuple[int, int]


def cases(shared: Path) -> Iterator[tuple[str, str, list[Span]]]:
    """Yield label, sentence, and the passages that either coder marked in it, as offsets into it."""
    rows = [row for row in gold() if row["part"] == "looked at"]
    views = {
        view.post.post_id: view for thread in read_threads(tables(rows, shared)) for view in thread.posts
    }
    for row in rows:
        view = views[str(row["id"])]
        for label in MARKERS:
            marked = {(s, e) for spans in row["coders"].values() for name, s, e in spans if name == label}
            for span in view.sentences:
                inside = [
                    (s - span.start, e - span.start) for s, e in marked if span.start <= s and e <= span.end
                ]
                size = span.end - span.start
                if inside and sum(e - s for s, e in inside) < _WHOLE * size:
                    yield label, fold(view.own[span.start : span.end]), inside


def heaviest(reader: Reader, label: str, words: list[Span], text: str) -> int:
    """Return the place of the word that adds most to a marker, all of whose heads count alike."""
    added = np.zeros(len(words))
    for question, answer in MARKERS[label]:
        (pieces,) = reader.telling(question, [answer], [(text, "")])
        for piece in pieces:
            for place, (start, end) in enumerate(words):
                if start <= piece.start < end:
                    added[place] += piece.weight
    return int(added.argmax())


def deciding(shared: Path, second: SecondOpinion) -> Iterator[tuple[bool, float]]:
    """Yield for each reply that a cue decides whether its sentence is found, and how likely by chance."""
    out = run_stages(read_source(shared / "data/loops/threads.jsonl"), ANALYZERS)
    rows = {
        row.post_id: row
        for row in rows_of(Annotation, out["annotations"])
        if row.layer == "reply" and row.entry and not row.entry.startswith(("model", "rule"))
    }
    for view in read_threads(out):
        for reply in ReadThread(view).replies:
            row, sentences = rows.get(reply.post.post.post_id), reply.post.sentences
            if row is not None and len(sentences) > 1 and row.target == reply.parent.post.post_id:
                pair = (reply.own.text, reply.answered.text)
                (span,) = second.deciding("reply", [row.label], [pair], [sentences])
                yield span.start <= row.start < span.end, 1 / len(sentences)


def main() -> None:
    """Print a line a marker, and one of replies."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    shared, reader = parser.parse_args().shared, shipped()
    found: dict[str, list[tuple[bool, float, bool]]] = {}
    for label, text, passages in cases(shared):
        words = [match.span() for match in _WORD.finditer(text)]
        if len(words) > 1:
            hits = [any(s <= start < e for s, e in passages) for start, _ in words]
            longest = max(range(len(words)), key=lambda place: words[place][1] - words[place][0])
            best = heaviest(reader, label, words, text)
            found.setdefault(label, []).append((hits[best], float(np.mean(hits)), hits[longest]))
    found["all"] = [row for rows in found.values() for row in rows]
    for label, looked_up in found.items():
        hit, blind, longest = np.mean(np.array(looked_up, dtype=np.float64), axis=0)
        shares = f"heaviest {hit:.2f}  blind {blind:.2f}  longest {longest:.2f}"
        print(f"{label:<22} {len(looked_up):>4} sentences  {shares}")
    told = list(deciding(shared, SecondOpinion(reader)))
    hit, blind = np.mean(np.array(told, dtype=np.float64), axis=0)
    print(f"{'replies':<22} {len(told):>4} replies    cue's sentence {hit:.2f}  blind {blind:.2f}")


if __name__ == "__main__":
    main()
