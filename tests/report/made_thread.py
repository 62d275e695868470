"""A made-up thread about a closed swimming pool, with everything in it that a report must survive."""

from typing import Any

from discourse.summary import summarise
from discourse.tables import CONTRACT, Tables, frame_of

HOSTILE_NAME = '<img src=x onerror="alert(1)">&amp;$\\frac{1}{2}$'
RTL_NAME = "\u202eדנה לוי"
LONG_NAME = "Bartholomew-the-very-long-winded-" * 4 + "end"
SCRIPT = "<script>document.title='owned'</script>"
LONG_WORD = "w" * 3000

# author, post answered, evidence, score, text
_POSTS: list[tuple[str, int | None, str, float | None, str]] = [
    (
        "Marta",
        None,
        "none",
        None,
        "So the council finally admits the pool stood empty. It was closed for two whole months, from the "
        "start of May to the end of June. Clearly nobody at the town hall can count.",
    ),
    (
        "old_swimmer",
        1,
        "explicit",
        1.0,
        "It was closed for two whole months\nNonsense. It was shut for three weeks. I have the notice from "
        "the door here: closed 3 June, open again 24 June.",
    ),
    (
        "Marta",
        2,
        "explicit",
        1.0,
        "A notice on a door! My children stood before that door in May. Two months, as everybody on our "
        "street knows.",
    ),
    (
        "Tiago 🏊🏽‍♀️",
        3,
        "mention",
        0.9,
        "@Marta my swimming course was cancelled on 6 May, so yes: two months it was.",
    ),
    (
        "old_swimmer",
        3,
        "explicit",
        1.0,
        "as everybody on our street knows\n\nEverybody! Perhaps your street can read a calendar? Three "
        "weeks. The May dates were a public holiday and one broken pump.",
    ),
    (
        "Marta",
        5,
        "explicit",
        1.0,
        "Two months. You are just a clueless clown who defends the mayor, whatever she does.",
    ),
    (
        HOSTILE_NAME,
        4,
        "inferred",
        0.42,
        f"{SCRIPT} ]]> {{{{7*7}}}} ${{x}} <b>bold?</b> &lt;entity&gt; 'quoted' \"double\"\u2028after a line "
        "separator \U0001f3ca\U0001f3fd\u200d\u2640\ufe0f and the mayor did well, I think.",
    ),
    ("old_swimmer", 6, "explicit", 1.0, "Three weeks, Marta. Name one source."),
    (RTL_NAME, 1, "inferred", 0.61, "הבריכה הייתה סגורה חודשיים. The mayor should resign, honestly."),
    (
        LONG_NAME,
        None,
        "none",
        None,
        f"{LONG_WORD} is what I have to say about the mayor and the pool committee.",
    ),
    (
        "Tiago 🏊🏽‍♀️",
        8,
        "quote",
        0.83,
        "Name one source.\nThe minutes of the pool committee, 12 July, page 4: eight weeks without water.",
    ),
    ("Quiet reader", 40, "explicit", 0.3, "I answer somebody whose comment is gone. Was it the pump, then?"),
    (
        "Marta",
        11,
        "explicit",
        1.0,
        "Thank you. Two months, in writing. The committee at least tells the truth.",
    ),
    (
        "old_swimmer",
        13,
        "indent",
        0.7,
        "Eight weeks of repairs are not eight weeks closed. It was three weeks and you know it.",
    ),
]


def post_id(number: int) -> str:
    """Return the id of the post at a position."""
    return f"f00dcafe0001:{number}"


def _posts(thread: str) -> list[dict[str, Any]]:
    return [
        {
            "post_id": post_id(place),
            "thread_id": thread,
            "source_id": "f00dcafe0001",
            "position": place,
            "author": author,
            "addressee": "SomebodyGone" if place == 12 else None,
            "timestamp": None,
            "reply_to": None if parent is None else post_id(parent),
            "reply_evidence": evidence,
            "reply_score": score,
            "start_line": 10 * place,
            "end_line": 10 * place + 3,
            "body_line": 10 * place + 1,
            "lang": "en",
            "text": text,
        }
        for place, (author, parent, evidence, score, text) in enumerate(_POSTS, start=1)
    ]


def _mark(place: int, quote: str, layer: str, label: str, **more: Any) -> dict[str, Any]:
    start = _POSTS[place - 1][4].index(quote)
    row = {"post_id": post_id(place), "start": start, "end": start + len(quote), "quote": quote}
    return {**row, "layer": layer, "label": label, "annotator": f"{layer}_maker@1", "score": 0.8, **more}


def _whole(place: int, layer: str, label: str, **more: Any) -> dict[str, Any]:
    return _mark(place, _POSTS[place - 1][4], layer, label, **more)


def _annotations() -> list[dict[str, Any]]:
    return [
        _mark(2, "It was closed for two whole months", "quote", "quote", target=post_id(1), score=0.97),
        _mark(5, "as everybody on our street knows", "quote", "quote", target=post_id(3), score=1.0),
        _mark(11, "Name one source.", "quote", "quote", target=post_id(8), score=0.91),
        _mark(1, "It was closed for two whole months", "claim", "asserts", target="c1", score=0.9),
        _mark(1, "Clearly", "rhetoric", "booster", score=0.95, entry="clearly"),
        _mark(1, "nobody at the town hall can count", "rhetoric", "generalisation", score=0.44),
        _mark(
            1,
            "Clearly nobody at the town hall can count.",
            "stance",
            "against",
            target="Town hall",
            score=0.7,
        ),
        _mark(2, "It was shut for three weeks", "claim", "asserts", target="c2", score=0.9),
        _mark(
            2,
            "closed 3 June, open again 24 June",
            "rhetoric",
            "evidence",
            score=1.0,
            detail="date",
            entry="date",
        ),
        _whole(2, "reply", "disagree", target=post_id(1), score=0.88),
        _mark(3, "A notice on a door!", "rhetoric", "sarcasm", score=0.57),
        _mark(
            3,
            "as everybody on our street knows",
            "rhetoric",
            "appeal_to_majority",
            score=0.75,
            entry="everybody knows",
        ),
        _mark(3, "My children stood before that door in May.", "rhetoric", "personal_experience", score=0.8),
        _whole(3, "reply", "disagree", target=post_id(2), score=0.8),
        _whole(4, "reply", "agree", target=post_id(3), score=0.79),
        _mark(4, "two months it was", "claim", "asserts", target="c1", score=0.85),
        _mark(5, "Perhaps", "rhetoric", "hedge", score=0.6, entry="perhaps"),
        _mark(5, "Perhaps your street can read a calendar?", "rhetoric", "rhetorical_question", score=0.66),
        _mark(5, "Perhaps your street", "rhetoric", "condescension", score=0.41),
        _whole(5, "reply", "disagree", target=post_id(3), score=0.9),
        _mark(6, "clueless clown", "rhetoric", "name_calling", score=0.98, entry="clown", also="insults@2"),
        _mark(6, "defends the mayor, whatever she does", "stance", "against", target="The mayor", score=0.6),
        _whole(6, "reply", "disagree", target=post_id(5), score=0.9),
        _mark(7, "I think", "rhetoric", "hedge", score=0.9, entry="i think"),
        _mark(7, "the mayor did well", "stance", "favor", target="The mayor", score=0.8),
        _mark(7, SCRIPT, "rhetoric", "loaded_language", score=0.5, detail=SCRIPT, entry=SCRIPT),
        _mark(9, "The mayor should resign", "stance", "against", target="The mayor", score=0.93),
        _mark(
            11,
            "The minutes of the pool committee, 12 July, page 4",
            "rhetoric",
            "evidence",
            detail="document",
        ),
        _whole(11, "reply", "disagree", target=post_id(8), score=0.7),
        _mark(
            13, "The committee at least tells the truth", "stance", "favor", target=HOSTILE_NAME, score=0.8
        ),
        _whole(13, "reply", "agree", target=post_id(11), score=0.99),
        _whole(14, "reply", "disagree", target=post_id(13), score=0.99),
    ]


def _stances(thread: str) -> list[dict[str, Any]]:
    rows = [
        ("Marta", "The mayor", "against", 0, 4),
        ("Marta", "Town hall", "against", 0, 1),
        ("Marta", HOSTILE_NAME, "favor", 1, 0),
        ("old_swimmer", "The mayor", "mixed", 2, 1),
        ("old_swimmer", "Town hall", "favor", 3, 0),
        ("Tiago 🏊🏽‍♀️", HOSTILE_NAME, "favor", 2, 0),
        (HOSTILE_NAME, "The mayor", "favor", 1, 0),
        (RTL_NAME, "The mayor", "against", 0, 1),
        (LONG_NAME, "The mayor", "none", 0, 0),
        ("Marta", "c1", "favor", 4, 0),
        ("Marta", "c2", "against", 0, 4),
        ("Tiago 🏊🏽‍♀️", "c1", "favor", 2, 0),
        ("old_swimmer", "c2", "favor", 5, 0),
        ("old_swimmer", "c1", "against", 0, 1),
    ]
    names = ("author", "target", "label", "favor_posts", "against_posts")
    return [
        {"thread_id": thread, "annotator": "stance@1", "score": 0.8, **dict(zip(names, row, strict=True))}
        for row in rows
    ]


def _camps(thread: str) -> list[dict[str, Any]]:
    rows = [
        ("old_swimmer", 2, 0.91, 7),
        ("Marta", 1, 0.93, 9),
        ("Tiago 🏊🏽‍♀️", 1, 0.65, 4),
        (HOSTILE_NAME, 2, 0.64, 4),
        (RTL_NAME, 1, 0.55, 5),
        (LONG_NAME, 2, 0.7, 4),
    ]
    names = ("author", "camp", "score", "posts")
    made = [dict(zip(names, row, strict=True)) for row in rows]
    return [{"thread_id": thread, "annotator": "model:sides@1", **row} for row in made]


_TURNS: dict[str, list[tuple[int, str, str, bool, str | None, bool, float]]] = {
    "f00dcafe0001#1": [
        (1, "a", "assertion", False, "date", True, 1.0),
        (2, "b", "assertion", False, "source", True, 1.0),
        (3, "a", "restatement", False, "experience", True, 0.62),
        (4, "a", "assertion", False, "date", True, 0.9),
        (5, "b", "restatement", False, "reason", False, 0.55),
        (6, "a", "restatement", True, None, False, 0.12),
        (8, "b", "restatement", True, None, False, 0.08),
        (11, "a", "restatement", False, "source", True, 0.71),
        (13, "a", "restatement", True, None, False, 0.1),
        (14, "b", "restatement", True, None, False, 0.2),
    ],
    "f00dcafe0001#2": [
        (6, "a", "assertion", False, None, False, 1.0),
        (7, "b", "assertion", False, None, False, 1.0),
        (9, "a", "assertion", False, None, False, 1.0),
    ],
}


_SAID = {
    1: "It was closed for two whole months",
    2: "It was shut for three weeks",
    3: "Two months",
    4: "two months it was",
    5: "Three weeks",
    6: "Two months",
    7: "the mayor did well",
    8: "Three weeks",
    9: "The mayor should resign",
    11: "eight weeks without water",
    13: "Two months, in writing",
    14: "It was three weeks",
}


def _turns() -> list[dict[str, Any]]:
    names = ("side", "role", "is_empty", "brought", "has_evidence", "novelty")
    return [
        {
            "loop_id": loop,
            "post_id": post_id(row[0]),
            "annotator": "loops@1",
            "turn": turn,
            "author": _POSTS[row[0] - 1][0],
            "start": (start := _POSTS[row[0] - 1][4].index(_SAID[row[0]])),
            "end": start + len(_SAID[row[0]]),
            **dict(zip(names, row[1:], strict=True)),
        }
        for loop, rows in _TURNS.items()
        for turn, row in enumerate(rows, start=1)
    ]


def _loops() -> list[dict[str, Any]]:
    return [
        {
            "loop_id": "f00dcafe0001#1",
            "annotator": "loops@1",
            "question": "Was the pool closed for two months or for three weeks?",
            "claim_a": "c1",
            "claim_b": "c2",
            "kind": "quantity",
            "state": "open",
            "turns": 10,
            "restatements": 7,
            "empty_restatements": 4,
            "first_post": post_id(1),
            "last_post": post_id(14),
            "score": 0.86,
        },
        {
            "loop_id": "f00dcafe0001#2",
            "annotator": "loops@1",
            "question": f"Should the mayor go? {SCRIPT}",
            "claim_a": "c3",
            "claim_b": "c4",
            "kind": "polarity",
            "state": "topic_shift",
            "turns": 3,
            "restatements": 0,
            "empty_restatements": 0,
            "first_post": post_id(6),
            "last_post": post_id(9),
            "score": 0.41,
        },
    ]


def _claims(thread: str) -> list[dict[str, Any]]:
    rows = [
        ("c1", "It was closed for two whole months", "duration of the closure", "2 months", "c2"),
        ("c2", "It was shut for three weeks", "duration of the closure", "3 weeks", "c1"),
        ("c3", "The mayor should resign", None, None, "c4"),
        ("c4", "the mayor did well", None, None, "c3"),
    ]
    names = ("claim_id", "text", "attribute", "value", "conflicts_with")
    return [
        {"thread_id": thread, "annotator": "claims@1", **dict(zip(names, row, strict=True))} for row in rows
    ]


_ARTICLE = (
    "The town pool opens again this week after repairs. The council speaks of a closure of about a month. "
    "A spokeswoman called the pump a matter of hours."
)


def _target(thread: str, name: str, kind: str, mentions: int) -> dict[str, Any]:
    return {"thread_id": thread, "target": name, "aliases": None, "kind": kind, "mentions": mentions}


def _heard(said: str, **more: Any) -> dict[str, Any]:
    start = _ARTICLE.index(said)
    place = {"source_id": "f00dcafe0001", "start_line": 1, "start": start, "end": start + len(said)}
    return {**place, "quote": said, **more}


def made_rows() -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every table that stages before the summary write."""
    thread, source = "f00dcafe0001", "f00dcafe0001"
    said = "The council speaks of a closure of about a month."
    return {
        "sources": [
            {
                "source_id": source,
                "uri": "pool <page>.txt",
                "reader": "news_addressee",
                "reader_score": 0.93,
                "stated_count": 15,
                "found_count": 14,
                "sha256": "f00dcafe0001" + "0" * 52,
            }
        ],
        "posts": _posts(thread),
        "links": [
            {
                "post_id": post_id(7),
                "reply_to": post_id(4),
                "annotator": "replies@1",
                "evidence": "inferred",
                "score": 0.42,
            },
            {
                "post_id": post_id(7),
                "reply_to": post_id(6),
                "annotator": "replies@1",
                "evidence": "inferred",
                "score": 0.4,
            },
            {
                "post_id": post_id(9),
                "reply_to": post_id(1),
                "annotator": "replies@1",
                "evidence": "inferred",
                "score": 0.61,
            },
        ],
        "articles": [
            {
                "source_id": source,
                "start_line": 1,
                "end_line": 9,
                "title": "Pool to open again & stay <open>",
                "date": "2026-07-14",
                "text": _ARTICLE,
            }
        ],
        "annotations": _annotations(),
        "targets": [
            _target(thread, "The mayor", "person", 7),
            _target(thread, "Town hall", "institution", 3),
            _target(thread, HOSTILE_NAME, "institution", 4),
        ],
        "stances": _stances(thread),
        "camps": _camps(thread),
        "claims": _claims(thread),
        "loops": _loops(),
        "turns": _turns(),
        "context": [
            {
                "loop_id": f"f00dcafe0001#{number}",
                **_heard(said, value="about a month", attributed_to="The council"),
            }
            for number in (1, 2)
        ],
        "faults": [{"stage": "ingest", "item_id": post_id(12), "problem": f"its parent is gone {SCRIPT}"}],
    }


def made_tables() -> Tables:
    """Return the whole thread with its summary, as a report is given it."""
    tables = Tables({name: frame_of(CONTRACT[name], rows) for name, rows in made_rows().items()})
    return tables.replace(**summarise(tables).frames).check("made thread")
