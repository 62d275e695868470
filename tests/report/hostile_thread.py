"""A thread in which every name, text, reason and value is a string of somebody's choice."""

from collections.abc import Sequence
from typing import Any

from discourse.summary import summarise
from discourse.tables import CONTRACT, Tables, frame_of

TOLD = "zqv"  # stands on both sides of every string, so that a test finds all words that are not ours
THREAD = "bad0c0ffee01"


def told(text: str, number: int) -> str:
    """Return a string as it is put into a table: with a sign around it, and like no other."""
    return f"{TOLD} {text} {TOLD}{number}"


def ours(text: str) -> str:
    """Return a string for where the program or its user is to speak, such as a maker's name."""
    return text.replace(TOLD, "made")


def post_id(number: int) -> str:
    """Return the id of a post, from 1."""
    return f"{THREAD}:{number}"


def thread_of(given: Sequence[str]) -> Tables:
    """Return a thread in which every name, text, reason and value is one of some strings.

    Two threads of equally many strings differ in nothing but these.
    """
    words = [told(text, number) for number, text in enumerate(given, start=1)]
    rows = {
        **_page(words),
        "annotations": [row for number, text in enumerate(words, start=1) for row in _marks(number, text)],
        **_stance(words),
        **_disputes(words),
    }
    tables = Tables({name: frame_of(CONTRACT[name], made) for name, made in rows.items()})
    return tables.replace(**summarise(tables).frames).check("hostile thread")


def _page(words: list[str]) -> dict[str, list[dict[str, Any]]]:
    return {
        "sources": [
            {
                "source_id": THREAD,
                "uri": words[0],
                "reader": ours(words[1]),
                "reader_score": 0.9,
                "stated_count": len(words),
                "found_count": len(words),
                "sha256": THREAD + "0" * 52,
            }
        ],
        "posts": [_post(number, text, words) for number, text in enumerate(words, start=1)],
        "links": [
            {
                "post_id": post_id(number),
                "reply_to": post_id(number // 3 + 1),
                "annotator": ours(words[number]),
                "evidence": "inferred",
                "score": 0.4,
            }
            for number in range(5, len(words))
        ],
        "articles": [
            {
                "source_id": THREAD,
                "start_line": 1,
                "end_line": 3,
                "title": words[2],
                "date": "2026-07-14",
                "text": words[3],
            }
        ],
        "faults": [
            {"stage": ours(text), "item_id": text, "problem": text}
            for number, text in enumerate(words, start=1)
        ],
    }


def _post(number: int, text: str, words: list[str]) -> dict[str, Any]:
    parent = None if number % 7 == 1 else post_id(number - 1)
    return {
        "post_id": post_id(number),
        "thread_id": THREAD,
        "source_id": THREAD,
        "position": number,
        "author": text,
        "addressee": None if parent else words[-number],
        "reply_to": parent,
        "reply_evidence": "explicit" if parent else "none",
        "reply_score": 0.9 if parent else None,
        "start_line": 10 * number,
        "end_line": 10 * number + 2,
        "body_line": 10 * number + 1,
        "lang": "en",
        "text": text,
    }


def _marks(number: int, text: str) -> list[dict[str, Any]]:
    """Return a mark on the string within its text, one on the whole post, and a stance."""
    start, end = len(TOLD) + 1, text.rindex(TOLD)
    row = {"post_id": post_id(number), "start": start, "end": end, "quote": text[start:end], "score": 0.8}
    rhetoric = {"layer": "rhetoric", "label": "hedge", "detail": text, "entry": text, "also": ours(text)}
    stance = {"layer": "stance", "label": "favor", "target": text, "annotator": ours(text)}
    claim = {"layer": "claim", "label": "asserts", "target": f"c{number % 4 + 1}", "annotator": ours(text)}
    whole = {"start": 0, "end": len(text), "quote": text}
    answer = {
        "layer": "reply",
        "label": "disagree",
        "target": post_id(max(1, number - 1)),
        "annotator": ours(text),
    }
    return [
        {**row, **rhetoric, "annotator": ours(text)},
        {**row, **stance},
        {**row, **claim},
        {**row, **whole, **answer},
    ]


def _stance(words: list[str]) -> dict[str, list[dict[str, Any]]]:
    stances = [
        {
            "author": author,
            "target": target,
            "label": "favor" if place % 2 else "against",
            "favor_posts": place % 2 * 3,
            "against_posts": (1 - place % 2) * 2,
        }
        for place, author in enumerate(words)
        for target in (words[place], words[place // 12])
        if target != author or place >= 12
    ]
    own = {"thread_id": THREAD, "annotator": "made@1", "score": 0.8}
    return {
        "targets": [
            {"thread_id": THREAD, "target": text, "aliases": text, "kind": "person", "mentions": 2}
            for text in words
        ],
        "stances": [{**own, **row} for row in stances],
        "camps": [
            {**own, "author": author, "camp": 1 + place % 2, "posts": 4} for place, author in enumerate(words)
        ],
    }


def _disputes(words: list[str]) -> dict[str, list[dict[str, Any]]]:
    names = [f"{THREAD}#{number}" for number in range(1, len(words) // 4)]
    turns = [
        _turn(name, turn, number, words)
        for place, name in enumerate(names)
        for turn, number in enumerate(range(4 * place + 1, 4 * place + 5), start=1)
    ]
    heard = {"source_id": THREAD, "start_line": 1, "score": 0.9}
    quoted = {
        "start": 0,
        "end": len(words[3]),
        "value": words[4],
        "attributed_to": words[5],
        "quote": words[3],
    }
    return {
        "claims": [
            {
                "claim_id": f"c{number}",
                "annotator": "made@1",
                "thread_id": THREAD,
                "text": text,
                "attribute": text,
                "value": text,
                "conflicts_with": f"c{number + 1 if number % 2 else number - 1}",
            }
            for number, text in enumerate(words[: len(words) // 2 * 2], start=1)
        ],
        "loops": [_loop(name, place, words) for place, name in enumerate(names)],
        "turns": turns,
        "context": [{**heard, **quoted, "loop_id": name} for name in names[:5]],
        "claim_context": [
            {**heard, **quoted, "claim_id": f"c{number}", "gives": True} for number in range(9, 14)
        ],
        "events": [
            {
                "thread_id": THREAD,
                "number": number,
                "post_id": post_id(number),
                "kind": kind,
                "loop_id": names[(number - 1) // 4],
                "author": words[number - 1],
                "annotator": "made@1",
                "start": 0,
                "end": len(words[number - 1]),
                "quote": words[number - 1],
                "detail": "a" if kind == "drawn_in" else words[number - 1],
                "score": 0.7,
            }
            for number in range(1, 4 * len(names) + 1)
            for kind in [("starts", "drawn_in", "grants", "matter", "ends", "leaves", "resumes")[number % 7]]
        ],
    }


def _loop(name: str, place: int, words: list[str]) -> dict[str, Any]:
    first = 4 * place
    return {
        "loop_id": name,
        "annotator": ours(words[first]),
        "question": words[first + 1],
        "claim_a": f"c{2 * place + 1}",
        "claim_b": f"c{2 * place + 2}",
        "kind": "quantity",
        "state": "open",
        "turns": 4,
        "restatements": 2,
        "empty_restatements": 1,
        "first_post": post_id(first + 1),
        "last_post": post_id(first + 4),
        "score": 0.8,
    }


def _turn(name: str, turn: int, number: int, words: list[str]) -> dict[str, Any]:
    return {
        "loop_id": name,
        "post_id": post_id(number),
        "annotator": ours(words[4 * ((number - 1) // 4)]),
        "turn": turn,
        "author": words[number - 1],
        "side": "ab"[turn % 2],
        "role": "assertion" if turn < 3 else "restatement",
        "is_empty": turn == 4,
        "brought": ours(words[number - 1]) if turn < 4 else None,
        "has_evidence": turn < 3,
        "novelty": 0.5,
        "start": 0,
        "end": len(words[number - 1]),
    }
