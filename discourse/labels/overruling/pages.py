"""Posts joined and split as people say, before anything else is read from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pandas as pd

from discourse.labels.overruling.decided import OnPost
from discourse.tables import POSTS, Tables, frame_of, parse_time, plain_rows

Row = dict[str, Any]
_JOINT = "\n"  # between the texts of posts that are joined


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a post as it was read, and where it stands now."""

    start: int  # in the text as it was read
    end: int
    post_id: str  # of the post that holds it now
    offset: int  # where it begins in that post's text


@dataclass(slots=True)
class Moves:
    """Where the texts of joined and split posts have gone; posts that stayed as they were are not in it."""

    pieces: dict[str, list[Piece]] = field(default_factory=dict)

    def post(self, post_id: str) -> str:
        """Return the post in which an old one begins now."""
        pieces = self.pieces.get(post_id)
        return pieces[0].post_id if pieces else post_id

    def place(self, post_id: str, start: int, end: int) -> tuple[str, int, int] | None:
        """Return where a stretch of an old post stands now; None where it lies on both sides of a split.

        A label on the whole of a post that was split goes to its first part.
        """
        pieces = self.pieces.get(post_id)
        if pieces is None:
            return post_id, start, end
        for piece in pieces:
            if piece.start <= start and end <= piece.end:
                shift = piece.offset - piece.start
                return piece.post_id, start + shift, end + shift
        first = pieces[0]
        if start <= first.start and end >= pieces[-1].end:
            return first.post_id, first.offset, first.offset + first.end - first.start
        return None


def corrected(tables: Tables, decided: Mapping[str, OnPost]) -> tuple[Tables, Moves]:
    """Return a reading with posts joined and split, numbered anew, and where their texts have gone.

    A joined post keeps the id, author and place of the one before it; the lines between the two, taken
    for a header, are in neither text. The second part of a split has the id `ID+OFFSET` and the author
    that was given, else the same; whom it answers is not known.
    """
    moves = Moves()
    if not any(on_post.join or on_post.splits for on_post in decided.values()):
        return tables, moves
    rows: list[Row] = []
    for row in plain_rows(tables["posts"]):
        on_post = decided.get(row["post_id"])
        if on_post is None:
            rows.append(row)
        else:
            _add(rows, row, on_post, moves)
    for row in rows:
        if row["reply_to"] is not None:
            row["reply_to"] = moves.post(row["reply_to"])
    posts = frame_of(POSTS, _numbered(rows)) if rows else tables["posts"]
    return _moved(tables, moves).replace(posts=posts, sources=_counted(tables["sources"], posts)), moves


def _add(rows: list[Row], row: Row, on_post: OnPost, moves: Moves) -> None:
    """Add a post's parts, the first of them to the post before it where people say so."""
    parts = _parts(row, on_post)
    pieces: list[Piece] = []
    for number, (start, end) in enumerate(parts):
        text = row["text"][start:end]
        before = rows[-1] if rows else None
        joins = number == 0 and on_post.join is not None and before is not None
        if joins and before is not None and before["source_id"] == row["source_id"]:
            pieces.append(Piece(start, end, before["post_id"], len(before["text"]) + len(_JOINT)))
            before |= {"text": before["text"] + _JOINT + text, "end_line": row["end_line"]}
            continue
        new = {**row, "text": text} if number == 0 else _second(row, start, end, on_post)
        rows.append(new)
        pieces.append(Piece(start, end, new["post_id"], 0))
    if len(pieces) > 1 or pieces[0].post_id != row["post_id"]:
        moves.pieces[row["post_id"]] = pieces


def _parts(row: Row, on_post: OnPost) -> list[tuple[int, int]]:
    """Return the stretches into which a text is split, without blanks at the splits; none is empty."""
    text = row["text"]
    borders = [0, *sorted(at for at in on_post.splits if 0 < at < len(text)), len(text)]
    parts = []
    for start, end in pairwise(borders):
        piece = text[start:end]
        left = start + (len(piece) - len(piece.lstrip()) if start else 0)
        right = end - (len(piece) - len(piece.rstrip()) if end < len(text) else 0)
        if left < right or (start, end) == (0, len(text)):
            parts.append((left, right))
    return parts or [(0, len(text))]


def _second(row: Row, start: int, end: int, on_post: OnPost) -> Row:
    at = max(at for at in on_post.splits if at <= start)
    author = on_post.splits[at].value.get("author") or row["author"]
    line = None if row["body_line"] is None else row["body_line"] + row["text"][:start].count("\n")
    return {
        **row,
        "post_id": f"{row['post_id']}+{at}",
        "author": author,
        "addressee": None,
        "addressee_time": None,
        "timestamp": None,
        "reply_to": None,
        "reply_evidence": "none",
        "reply_score": None,
        "start_line": line,
        "body_line": line,
        "split_score": 1.0,
        "meta": None,
        "text": row["text"][start:end],
    }


def _numbered(rows: Sequence[Row]) -> list[Row]:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["source_id"]] = counts.get(row["source_id"], 0) + 1
        row["position"] = counts[row["source_id"]]
        row |= {name: parse_time(row[name]) for name in ("timestamp", "addressee_time")}
    return list(rows)


def _moved(tables: Tables, moves: Moves) -> Tables:
    """Return the tables with their rows on the posts as they stand now."""
    rows = tables["annotations"]
    touched = rows["post_id"].isin(list(moves.pieces))
    kept = [rows[~touched]]
    for row in plain_rows(rows[touched]):
        place = moves.place(row["post_id"], row["start"], row["end"])
        if place is not None:
            new = row | dict(zip(("post_id", "start", "end"), place, strict=True))
            kept.append(pd.DataFrame([new], columns=rows.columns).astype(rows.dtypes.to_dict()))
    links = tables["links"]
    links = links.assign(**{name: links[name].map(moves.post) for name in ("post_id", "reply_to")})
    frames = {
        "annotations": pd.concat(kept, ignore_index=True),
        "links": links.astype("str", errors="ignore"),
    }
    return tables.replace(
        **{name: frame for name, frame in frames.items() if name in tables and len(tables[name])}
    )


def _counted(sources: pd.DataFrame, posts: pd.DataFrame) -> pd.DataFrame:
    """Return the sources with the number of posts that people find there."""
    found = posts["source_id"].value_counts()
    counts = [
        int(found.get(source, count))
        for source, count in zip(sources["source_id"], sources["found_count"], strict=True)
    ]
    return sources.assign(found_count=pd.Series(counts, index=sources.index, dtype="Int64"))
