"""Posts joined and split as people say, before anything else is read from them."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd
from msgspec import Struct, field

from discourse.labels.overruling.decided import FIRST, NOTHING_SPLIT, OTHER_THREAD, LeftOut, OnPost
from discourse.labels.overruling.inherited import inherit_links
from discourse.tables import ANNOTATIONS, LINKS, POSTS, Tables, frame_of, parse_time, plain_rows

Row = dict[str, Any]
Place = tuple[str, int, int]  # post, start, end
_POINTING = frozenset({"reply", "quote"})  # layers whose targets are posts
_JOINT = "\n"  # between the texts of posts that are joined


class Piece(Struct, frozen=True):
    """A stretch of a post as it was read, and where it stands now."""

    start: int  # in the text as it was read
    end: int
    post_id: str  # of the post that holds it now
    offset: int  # where it begins in that post's text


class Moves(Struct):
    """Where the texts of joined and split posts have gone; posts that stayed as they were are not in it."""

    pieces: dict[str, list[Piece]] = field(default_factory=dict)
    grown: dict[str, int] = field(default_factory=dict)  # how long a text was to which others were joined
    heirs: dict[str, str] = field(default_factory=dict)  # joined posts, by the part whose link they have
    left_out: list[LeftOut] = field(default_factory=list)  # joins and splits that cannot be made

    def post(self, post_id: str) -> str:
        """Return the post in which an old one begins now."""
        pieces = self.pieces.get(post_id)
        return pieces[0].post_id if pieces else post_id

    def is_joined(self, post_id: str) -> bool:
        """Say whether an old post is now part of the one before it."""
        return self.post(post_id) != post_id

    def has_lost(self, post_id: str, layer: str) -> bool:
        """Say whether what is said on a layer of an old post is no question any more: whom it answers.

        It is one still of the part whose link the joined post has.
        """
        home = self.post(post_id)
        return layer == "reply" and home != post_id and self.heirs.get(home) != post_id

    def target(self, layer: str, target: str | None) -> str | None:
        """Return what a label's target is called now, where it is a post."""
        return self.post(target) if layer in _POINTING and target is not None else target

    @staticmethod
    def points_at_itself(layer: str, target: str | None, post_id: str) -> bool:
        """Say whether a post would answer or quote itself."""
        return layer in _POINTING and target == post_id

    def stretches(self, post_id: str) -> Iterator[Place]:
        """Yield where the parts of an old post stand now."""
        if post_id not in self.pieces:
            yield post_id, 0, self.grown.get(post_id, sys.maxsize)
        for piece in self.pieces.get(post_id, ()):
            yield piece.post_id, piece.offset, piece.offset + piece.end - piece.start

    def place(self, post_id: str, start: int, end: int) -> Place | None:
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

    def row(self, row: Row) -> Row | None:
        """Return a row of `annotations` on the post that holds its words now; None where there is none."""
        place = self.place(row["post_id"], row["start"], row["end"])
        target = self.target(row["layer"], row["target"])
        if place is None or self.has_lost(row["post_id"], row["layer"]):
            return None
        new = row | dict(zip(("post_id", "start", "end"), place, strict=True)) | {"target": target}
        if row["layer"] == "quote" and row["detail"] is not None:
            taken_from = self.post(row["detail"])
            new["detail"] = None if taken_from == target else taken_from
        return None if self.points_at_itself(row["layer"], target, place[0]) else new


def corrected(tables: Tables, decided: Mapping[str, OnPost]) -> tuple[Tables, Moves]:
    """Return a reading with posts joined and split, numbered anew, and where their texts have gone.

    A joined post keeps the id, author and place of the one before it; the lines between the two, taken
    for a header, are in neither text. It answers whom its first part answers, or, where that is one of the
    posts joined, the next part's. Posts of two threads are not joined. The second part of a split has the id
    `ID+OFFSET` and the author that was given, else the same; whom it answers is not known.
    """
    moves = Moves()
    if not any(on_post.join or on_post.splits for on_post in decided.values()):
        return tables, moves
    rows: list[Row] = []
    parts: dict[str, list[Row]] = {}
    for row in plain_rows(tables["posts"]):
        on_post = decided.get(row["post_id"])
        if on_post is None:
            rows.append(row)
        else:
            _add(rows, row, on_post, moves, parts)
    for row in (*rows, *(part for some in parts.values() for part in some)):
        if row["reply_to"] is not None:
            row["reply_to"] = moves.post(row["reply_to"])
    moves.heirs = inherit_links(rows, parts)
    for row in rows:
        if row["reply_to"] == row["post_id"]:
            row |= {"reply_to": None, "reply_evidence": "none", "reply_score": None}
    posts = frame_of(POSTS, _numbered(rows)) if rows else tables["posts"]
    return _moved(tables, moves).replace(posts=posts, sources=_counted(tables["sources"], posts)), moves


def _add(rows: list[Row], row: Row, on_post: OnPost, moves: Moves, joined: dict[str, list[Row]]) -> None:
    """Add a post's parts, the first of them to the post before it where people say so."""
    before = _joined_to(rows, row, on_post, moves)
    splits = _splits(row["text"], on_post)
    moves.left_out += [LeftOut(it, NOTHING_SPLIT) for at, it in on_post.splits.items() if at not in splits]
    pieces: list[Piece] = []
    for number, (start, end) in enumerate(_parts(row["text"], splits)):
        text = row["text"][start:end]
        if number == 0 and before is not None:
            joined.setdefault(before["post_id"], [dict(before)]).append(dict(row))
            pieces.append(Piece(start, end, before["post_id"], len(before["text"]) + len(_JOINT)))
            moves.grown.setdefault(before["post_id"], len(before["text"]))
            before |= {"text": before["text"] + _JOINT + text, "end_line": row["end_line"]}
            continue
        new = {**row, "text": text} if number == 0 else _second(row, start, end, on_post)
        rows.append(new)
        pieces.append(Piece(start, end, new["post_id"], 0))
    if len(pieces) > 1 or pieces[0].post_id != row["post_id"]:
        moves.pieces[row["post_id"]] = pieces


def _joined_to(rows: Sequence[Row], row: Row, on_post: OnPost, moves: Moves) -> Row | None:
    """Return the post to which people join one; None where they do not, or it cannot be."""
    if on_post.join is None:
        return None
    if not rows:
        moves.left_out.append(LeftOut(on_post.join, FIRST))
        return None
    if any(rows[-1][name] != row[name] for name in ("source_id", "thread_id")):
        moves.left_out.append(LeftOut(on_post.join, OTHER_THREAD))
        return None
    return rows[-1]


def _splits(text: str, on_post: OnPost) -> list[int]:
    """Return where a text is split: words stand before and behind each place."""
    found: list[int] = []
    end = len(text)
    for at in sorted(on_post.splits, reverse=True):
        if 0 < at < end and text[at:end].strip():
            found.append(at)
            end = at
    if found and not text[: found[-1]].strip():
        found.pop()
    return found[::-1]


def _parts(text: str, splits: Sequence[int]) -> list[tuple[int, int]]:
    """Return the stretches into which a text is split, without blanks at the splits; none is empty."""
    parts = []
    for start, end in pairwise([0, *splits, len(text)]):
        piece = text[start:end]
        left = start + (len(piece) - len(piece.lstrip()) if start else 0)
        right = end - (len(piece) - len(piece.rstrip()) if end < len(text) else 0)
        parts.append((left, right))
    return parts


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
    """Return the tables with their rows on the posts as they stand now; no post answers or quotes itself."""
    links: dict[tuple[str, str, str], Row] = {}
    for row in sorted(plain_rows(tables["links"]), key=lambda row: -row["score"]):
        if moves.has_lost(row["post_id"], "reply"):
            continue
        row |= {name: moves.post(row[name]) for name in ("post_id", "reply_to")}
        if row["reply_to"] != row["post_id"]:
            links.setdefault((row["post_id"], row["reply_to"], row["annotator"]), row)
    labels = [row for row in map(moves.row, plain_rows(tables["annotations"])) if row is not None]
    frames = {"annotations": frame_of(ANNOTATIONS, labels), "links": frame_of(LINKS, links.values())}
    return tables.replace(**{name: frame for name, frame in frames.items() if len(tables[name])})


def _counted(sources: pd.DataFrame, posts: pd.DataFrame) -> pd.DataFrame:
    """Return the sources with the number of posts that people find there."""
    found = posts["source_id"].value_counts()
    counts = [
        int(found.get(source, count))
        for source, count in zip(sources["source_id"], sources["found_count"], strict=True)
    ]
    return sources.assign(found_count=pd.Series(counts, index=sources.index, dtype="Int64"))
