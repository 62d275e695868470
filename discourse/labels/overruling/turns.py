"""Turns of argument loops as people mark them, and the loops counted anew."""

from collections.abc import Iterator, Mapping
from typing import Any

from discourse.labels.overruling.decided import LOOP_GONE, LeftOut, OnPost, Word
from discourse.labels.overruling.pages import Moves
from discourse.labels.overruling.told import Change
from discourse.tables import LOOPS, TURNS, Tables, frame_of, plain_rows

Row = dict[str, Any]
_SAME = 0.5  # share of posts that a loop as it was shown and as it is found now have in common, at least


def marked(
    tables: Tables, decided: Mapping[str, OnPost], moves: Moves
) -> tuple[Tables, list[Change], list[LeftOut]]:
    """Return loops and turns with people's marks, what is told of them, and marks on loops that are gone.

    A loop is the one that was shown where at least half of their posts are the same. A loop of which people
    leave no turn, or turns of one side alone, is none.
    """
    words = list(_words(decided, moves))
    if not words or tables["loops"].empty:
        return tables, [], [LeftOut(word, LOOP_GONE) for _, word in words]
    turns = _by_loop(tables)
    changes: list[Change] = []
    left_out: list[LeftOut] = []
    # loops are told by their posts, so all of them before any is changed
    for (post_id, word), loop_id in zip(
        words, [_loop_of(word, turns, moves) for _, word in words], strict=True
    ):
        if loop_id is None:
            left_out.append(LeftOut(word, LOOP_GONE))
        else:
            changes += _mark(turns[loop_id], post_id, loop_id, word, tables)
    return _counted(tables, turns), changes, left_out


def _words(decided: Mapping[str, OnPost], moves: Moves) -> Iterator[tuple[str, Word]]:
    """Yield marks with the posts as they stand now: of joined posts the first one's goes before."""
    for post_id, on_post in decided.items():
        home = moves.post(post_id)
        first = decided[home].turns if home != post_id and home in decided else {}
        yield from ((home, word) for loop_id, word in on_post.turns.items() if loop_id not in first)


def _by_loop(tables: Tables) -> dict[str, dict[str, Row]]:
    frame = tables["turns"]
    found: dict[str, dict[str, Row]] = {loop_id: {} for loop_id in tables["loops"]["loop_id"]}
    for row in plain_rows(frame):
        found[row["loop_id"]][row["post_id"]] = row
    return found


def _loop_of(word: Word, turns: Mapping[str, Mapping[str, Row]], moves: Moves) -> str | None:
    shown = {moves.post(post_id) for post_id in word.value.get("posts", ())}
    best = max(turns, key=lambda loop: (_alike(shown, set(turns[loop])), loop == word.value["loop_id"]))
    return best if _alike(shown, set(turns[best])) >= _SAME else None


def _alike(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _mark(its: dict[str, Row], post_id: str, loop_id: str, word: Word, tables: Tables) -> Iterator[Change]:
    value, old = word.value, its.get(post_id)
    if value.get("side") is None:
        if its.pop(post_id, None) is not None:
            yield Change("turn", post_id, word.annotator, f"{loop_id}: no turn of it")
        return
    its[post_id] = new = _turn(loop_id, post_id, word, old, tables)
    named = ("side", "role", "is_empty", "has_evidence")
    if old is None or any(old[name] != new[name] for name in named):
        empty = ", empty" if new["is_empty"] else ""
        yield Change(
            "turn", post_id, word.annotator, f"{loop_id}: {new['role']} of side {new['side']}{empty}"
        )


def _turn(loop_id: str, post_id: str, word: Word, old: Row | None, tables: Tables) -> Row:
    value = word.value
    posts = tables["posts"]
    post = posts[posts["post_id"] == post_id].iloc[0]
    empty = bool(value.get("is_empty")) and value.get("role") == "restatement"
    # how much of a turn is new is counted by the machine; of a turn that only people see, what they say of it
    known = old or {"novelty": 0.0 if empty else 1.0, "start": 0, "end": len(post["text"])}
    return {
        **known,
        "loop_id": loop_id,
        "post_id": post_id,
        "annotator": word.annotator,
        "author": post["author"],
        "side": value["side"],
        "role": value.get("role", "assertion"),
        "is_empty": empty,
        "has_evidence": bool(value.get("has_evidence")),
        **({"brought": None, "brought_start": None, "brought_end": None} if empty else {}),
    }


def _counted(tables: Tables, turns: Mapping[str, dict[str, Row]]) -> Tables:
    order = {post_id: place for place, post_id in enumerate(tables["posts"]["post_id"])}
    frame = tables["loops"]
    loops: list[Row] = []
    rows: list[Row] = []
    for loop in plain_rows(frame):
        its = sorted(turns[loop["loop_id"]].values(), key=lambda row: order[row["post_id"]])
        if {row["side"] for row in its} != {"a", "b"}:
            continue
        restated = [row for row in its if row["role"] == "restatement"]
        counts = {
            "turns": len(its),
            "restatements": len(restated),
            "empty_restatements": sum(bool(row["is_empty"]) for row in restated),
            "first_post": its[0]["post_id"],
            "last_post": its[-1]["post_id"],
        }
        loops.append({**loop, **counts})
        rows += [{**row, "turn": number} for number, row in enumerate(its, start=1)]
    return tables.replace(loops=frame_of(LOOPS, loops), turns=frame_of(TURNS, rows))
