"""How corrections, and decisions that were left out, are told in the tables `edits` and `faults`."""

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd
from msgspec import Struct

from discourse.labels.decisions import HUMAN
from discourse.labels.overruling.decided import LeftOut, Word
from discourse.model import Annotation
from discourse.tables import EDITS, FAULTS, Tables, frame_of

_STAGE = "review"
_SHOWN = 60  # characters of a passage that are quoted
_OF_POSTS = frozenset({"reply"})  # layers of which a label speaks of the whole post, whatever words show it


class Change(Struct, frozen=True):
    """One thing in which people overruled the machine, or confirmed it."""

    action: str  # add | change | reject | confirm | relink | join | split | turn
    post_id: str
    annotator: str
    value: str  # free text: it may hold words of posts, and their authors' names


def quoted(words: str) -> str:
    """Return words on one line in quotation marks, cut at a blank to at most 60 characters with …

    Quotation marks within become single ones, so that where the quotation ends can be told.
    """
    line = " ".join(words.split()).replace("“", "‘").replace("”", "’")
    if len(line) > _SHOWN:
        cut = line[: _SHOWN - 1]
        whole = line[_SHOWN - 1] == " "
        line = (cut if whole else cut.rpartition(" ")[0] or cut).rstrip() + "…"
    return f"“{line}”"


def said_of(row: Annotation, texts: Mapping[str, str]) -> str:
    """Name a label with the words that bear it, and its target: `stance/favor “a sound plan” (the plan)`.

    A label on a whole post is told without its words.
    """
    is_whole = row.layer in _OF_POSTS or row.end - row.start >= len(texts.get(row.post_id, ""))
    words = "" if is_whole else f" {quoted(row.quote)}"
    return f"{row.layer}/{row.label}{words}" + ("" if row.target is None else f" ({row.target})")


def with_edits(tables: Tables, changes: Iterable[Change]) -> Tables:
    """Return the tables with a row of `edits` for each change."""
    source = min(tables.sources_of_posts(), default="")
    rows = [
        {
            "edit_id": f"{source}:e{number}",
            "annotator": change.annotator,
            "action": change.action,
            "post_id": change.post_id,
            "value": change.value,
        }
        for number, change in enumerate(changes, start=1)
    ]
    return tables.replace(edits=frame_of(EDITS, rows))


def problems(left_out: Iterable[LeftOut]) -> Iterator[tuple[str, str]]:
    """Yield post and words for decisions that were left out: one line for a post and a reason."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for one in left_out:
        found.setdefault((one.word.decision.post_id, one.reason), {})[_named(one.word)] = None
    for (post_id, reason), (first, *others) in found.items():
        more = f" and {len(others)} more decision{'s' * (len(others) > 1)}" if others else ""
        yield post_id, f"{first}{more} left out: {reason}"


def with_faults(tables: Tables, rows: Iterable[tuple[str, str]]) -> Tables:
    """Return the tables with rows of `faults` for posts, and what is told of them, behind those there are."""
    faults = [{"stage": _STAGE, "item_id": post_id, "problem": problem} for post_id, problem in rows]
    known = [frame for frame in (tables["faults"], frame_of(FAULTS, faults)) if len(frame)]
    return tables.replace(faults=pd.concat(known, ignore_index=True)) if faults else tables


def _named(word: Word) -> str:
    value = word.value
    match word.decision.kind:
        case "label":
            what = f"label {_label(value)}"
        case "reject":
            what = f"rejection of {_label(value)}"
        case "read":
            what = f"reading for {value.get('label') or value.get('layer')}"
        case "link":
            what = f"link to {value.get('reply_to') or 'nobody'}"
        case "split":
            what = "split"
        case "turn":
            what = f"mark of a turn of {value.get('loop_id')}"
        case _:
            what = "joining with the post before"
    return f"{word.annotator.removeprefix(HUMAN)}'s {what}"


def _label(value: Mapping[str, object]) -> str:
    target = value.get("target")
    return f"{value.get('layer')}/{value.get('label')}" + ("" if target is None else f" ({target})")
