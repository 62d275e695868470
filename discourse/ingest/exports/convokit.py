"""ConvoKit corpora of both generations: a folder or a zip of it, or its `utterances.jsonl` alone.

The pickled files that some corpora carry (`.bin`, `.p`) are never opened.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from discourse.ingest.archives import ByteStream, open_member, open_stream, zip_members
from discourse.ingest.exports.chunks import Chunk, coalesce
from discourse.ingest.exports.shapes import Fix, Record, Rows, Shape, as_name
from discourse.ingest.unpacking import packing_of

_UTTERANCES = ("utterances.jsonl", "utterances.json")
_OURS = "is_placeholder"  # a field of the meta that `discourse export` alone writes
_PACKED = ("", ".gz", ".zst", ".bz2", ".xz")


def is_record(record: Record) -> bool:
    """Say whether a record is an utterance."""
    has_reply = "reply-to" in record or "reply_to" in record
    return (
        has_reply
        and "text" in record
        and ("speaker" in record or "user" in record)
        and ("conversation_id" in record or "root" in record)
    )


def utterances_in(path: Path) -> ByteStream | None:
    """Open the utterances of a corpus folder or zip; None where it is none."""
    if path.is_dir():
        names = [name + packed for name in _UTTERANCES for packed in _PACKED]
        found = next((path / name for name in names if (path / name).is_file()), None)
        return None if found is None else open_stream(found)
    with path.open("rb") as file:
        if packing_of(file.read(8)) != "zip":
            return None
    members = {member.rsplit("/", 1)[-1]: member for member in zip_members(path)}
    name = next((name for name in _UTTERANCES if name in members), None)
    return None if name is None else open_member(path, members[name])


def make_fix() -> Fix:
    """Return what makes a speaker that is an object (of corpora written out by hand) its name.

    In a corpus that `discourse export` wrote, the meta says of each post what its page did.
    """

    def fix(rows: Rows, chunk: Chunk) -> None:
        rows.authors = [as_name(author) for author in coalesce(chunk, ("speaker", "user"))]
        metas = coalesce(chunk, ("meta",))
        ours = [isinstance(meta, dict) and _OURS in meta for meta in metas]
        if any(ours):
            _restore(rows, metas, ours)

    return fix


def _restore(rows: Rows, metas: Sequence[Any], ours: Sequence[bool]) -> None:
    """Put back what ConvoKit could not hold, and take away the posts that stand for missing ones."""
    for place in (place for place, is_ours in enumerate(ours) if is_ours):
        meta = metas[place]
        rows.authors[place] = meta.get("author")
        rows.times[place] = meta.get("time")
        rows.threads[place] = meta.get("thread_id")
    kept = [place for place, is_ours in enumerate(ours) if not (is_ours and metas[place][_OURS] is True)]
    if len(kept) < len(ours):
        for name in ("ids", "threads", "parents", "authors", "times", "texts", "metas", "places"):
            column = getattr(rows, name)
            setattr(rows, name, [column[place] for place in kept])


SHAPE = Shape(
    "convokit",
    {
        "id": ("id",),
        "thread": ("conversation_id", "root"),
        "parent": ("reply-to", "reply_to"),
        "author": ("speaker", "user"),
        "time": ("timestamp",),
        "text": ("text",),
    },
    make_fix=make_fix,
    hidden=frozenset({"vectors"}),
    spread="meta",
)
