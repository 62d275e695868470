import json
import zipfile

import pytest

from tests.ingest.exports.made import links, problems, read, written

COMMENT = {
    "id": "c1",
    "link_id": "t3_s1",
    "parent_id": "t3_s1",
    "author": "kelpie",
    "created_utc": "1600000000",
    "body": "&gt; the pier leaks\n\nIt does not &amp; never did.",
    "score": 4,
}
SUBMISSION = {
    "id": "s1",
    "title": "The old pier",
    "selftext": "Shall it stay?",
    "author": "wharfinger",
    "created_utc": 1599999000,
    "subreddit": "harbours",
}


def test_reddit_comments_alone_are_roots_below_their_submission(tmp_path):
    reply = {**COMMENT, "id": "c2", "parent_id": "t1_c1", "body": "[removed]", "author": "[deleted]"}
    rows, export = read(written(tmp_path / "RC.jsonl", COMMENT, reply))
    assert export.format == "reddit"
    assert links(rows) == {"c1": None, "c2": "c1"}
    assert [row["thread_id"] for row in rows] == ["s1", "s1"]
    assert rows[0]["text"] == "> the pier leaks\n\nIt does not & never did."
    assert rows[0]["timestamp"] == "2020-09-13T12:26:40Z"
    assert json.loads(rows[0]["meta"]) == {"score": 4}
    assert (rows[1]["author"], rows[1]["text"], export.counts["deleted"]) == ("[deleted]", "[removed]", 1)


def test_reddit_submissions_are_posts_that_comments_answer(tmp_path):
    rows, _ = read(written(tmp_path / "mixed.ndjson", SUBMISSION, COMMENT))
    assert links(rows) == {"s1": None, "c1": "s1"}
    assert rows[0]["text"] == "The old pier\nShall it stay?"
    assert rows[0]["thread_id"] == "s1"


def test_reddit_numeric_parents_are_read_in_base_36(tmp_path):
    reply = {**COMMENT, "id": "c2", "parent_id": int("c1", 36)}
    rows, _ = read(written(tmp_path / "RC.jsonl", COMMENT, reply))
    assert links(rows)["c2"] == "c1"


def test_reddit_listing_is_unfolded(tmp_path):
    def thing(kind, **data):
        return {"kind": kind, "data": data}

    inner = thing("t1", **{**COMMENT, "id": "c2", "parent_id": "t1_c1", "replies": ""})
    first = {**COMMENT, "replies": thing("Listing", children=[inner])}
    pages = [
        thing("Listing", children=[thing("t3", **SUBMISSION)]),
        thing("Listing", children=[thing("t1", **first), thing("more", count=3, children=["x"])]),
    ]
    (tmp_path / "page.json").write_text(json.dumps(pages), encoding="utf-8")
    rows, _ = read(tmp_path / "page.json")
    assert links(rows) == {"s1": None, "c1": "s1", "c2": "c1"}


UTTERANCES = [
    {
        "id": "u1",
        "conversation_id": "u1",
        "text": "Shall we begin?",
        "speaker": "ama",
        "meta": {"score": 2, "user_email": "ama@example.org"},
        "reply-to": None,
        "timestamp": "1500000000",
        "vectors": [],
    },
    {
        "id": "u2",
        "conversation_id": "u1",
        "text": "Let us.",
        "speaker": "bo",
        "meta": {},
        "reply-to": "u1",
        "timestamp": None,
        "vectors": [],
    },
]


@pytest.mark.parametrize("kind", ["folder", "zip", "file", "array"])
def test_convokit_corpora_of_any_packing(tmp_path, kind):
    lines = "".join(json.dumps(u) + "\n" for u in UTTERANCES)
    path = tmp_path / "corpus"
    if kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("my-corpus/utterances.jsonl", lines)
            archive.writestr("my-corpus/speakers.json", "{}")
    elif kind == "file":
        path.write_text(lines, encoding="utf-8")
    else:
        path.mkdir()
        (path / "info.p").write_bytes(b"\x80\x04never opened")
        name, text = (
            ("utterances.jsonl", lines) if kind == "folder" else ("utterances.json", json.dumps(UTTERANCES))
        )
        (path / name).write_text(text, encoding="utf-8")
    rows, export = read(path)
    assert export.format == "convokit"
    assert links(rows) == {"u1": None, "u2": "u1"}
    assert rows[0]["timestamp"] == "2017-07-14T02:40:00Z"
    assert [row["meta"] for row in rows] == ['{"score":2}', None]
    assert len(export.source_id) == 12


def test_convokit_of_the_first_generation(tmp_path):
    old = [
        {"id": "1", "root": "1", "user": "ama", "text": "Well?", "reply_to": None, "timestamp": 1500000000},
        {"id": "2", "root": "1", "user": "bo", "text": "Well!", "reply_to": "1", "timestamp": 1500000060},
    ]
    rows, export = read(written(tmp_path / "utterances.jsonl", *old))
    assert export.format == "convokit"
    assert links(rows) == {"1": None, "2": "1"}
    assert [row["author"] for row in rows] == ["ama", "bo"]


def test_discourse_topic_says_what_it_does_not_hold(tmp_path):
    def post(number, above=None, **more):
        return {
            "id": 900 + number,
            "post_number": number,
            "reply_to_post_number": above,
            "username": f"member{number}",
            "created_at": "2021-05-06T07:08:09.000Z",
            "cooked": f"<p>Post <b>number</b> {number}</p>",
            "topic_id": 7,
            **more,
        }

    posts = [post(1), post(2, 1), post(3, 9), post(4, 2, user_deleted=True)]
    topic = {
        "id": 7,
        "title": "Moorings",
        "post_stream": {"posts": posts, "stream": [901, 902, 903, 904, 905, 906]},
    }
    (tmp_path / "t.json").write_text(json.dumps(topic, indent=1), encoding="utf-8")
    rows, export = read(tmp_path / "t.json")
    assert export.format == "discourse_topic"
    assert links(rows) == {"901": None, "902": "901", "903": "7#9", "904": "902"}
    assert rows[0]["text"] == "Post number 1"
    assert rows[0]["timestamp"] == "2021-05-06T07:08:09Z"
    assert "2 of its posts" in problems(export)
    assert export.counts["unknown_parents"] == 1
    assert export.counts["deleted"] == 1


def test_hacker_news_items_follow_their_story(tmp_path):
    items = [
        {
            "id": 1,
            "type": "story",
            "by": "ama",
            "time": 1500000000,
            "title": "Tides &amp; locks",
            "kids": [2],
        },
        {
            "id": 2,
            "type": "comment",
            "by": "bo",
            "time": 1500000060,
            "parent": 1,
            "text": "First.<p>Second &#x27;line&#x27;",
        },
        {"id": 3, "type": "comment", "time": 1500000070, "parent": 2, "deleted": True},
    ]
    rows, export = read(written(tmp_path / "hn.jsonl", *items))
    assert export.format == "hackernews"
    assert links(rows) == {"1": None, "2": "1", "3": "2"}
    assert {row["thread_id"] for row in rows} == {"1"}
    assert rows[0]["text"] == "Tides & locks"
    assert rows[1]["text"] == "First.\n\nSecond 'line'"
    assert rows[2]["text"] == ""
    assert export.counts["deleted"] == 1


def test_hacker_news_nested_item_is_unfolded(tmp_path):
    def item(number, children=(), **more):
        base = {
            "id": number,
            "author": "ama",
            "created_at_i": 1500000000,
            "created_at": "2017-07-14T02:40:00Z",
        }
        return {**base, "text": f"<p>word {number}</p>", "children": list(children), **more}

    story = item(1, [item(2, [item(3)]), item(4)], type="story", title="Locks")
    (tmp_path / "item.json").write_text(json.dumps(story), encoding="utf-8")
    rows, _ = read(tmp_path / "item.json")
    assert links(rows) == {"1": None, "2": "1", "3": "2", "4": "1"}
    assert [row["post_id"] for row in rows] == ["1", "2", "3", "4"]


@pytest.mark.parametrize("is_array", [True, False])
def test_coral_takes_the_last_revision(tmp_path, is_array):
    comments = [
        {
            "id": "a",
            "parentID": None,
            "authorID": "u1",
            "createdAt": "2020-01-02T03:04:05Z",
            "revisions": [{"body": "<div>frist</div>"}, {"body": "<div>first</div>"}],
            "storyID": "st",
            "status": "APPROVED",
        },
        {
            "id": "b",
            "parentID": "a",
            "authorID": "u2",
            "revisions": [{"body": "so?"}],
            "storyID": "st",
            "status": "NONE",
        },
    ]
    path = tmp_path / "coral.json"
    if is_array:
        path.write_text(json.dumps(comments, indent=2), encoding="utf-8")
    else:
        written(path, *comments)
    rows, export = read(path)
    assert export.format == "coral"
    assert [(row["author"], row["text"]) for row in rows] == [("u1", "first"), ("u2", "so?")]
    assert links(rows) == {"a": None, "b": "a"}
    assert json.loads(rows[0]["meta"]) == {"revisions": 2, "status": "APPROVED"}


def test_threads_that_hold_their_posts_are_unfolded_and_scoped(tmp_path):
    def thread(name):
        posts = [
            {"id": 1, "author": "ama", "text": "Is it?"},
            {"id": 2, "parent": 1, "author": "bo", "text": "It is."},
        ]
        return {"thread": name, "title": "?", "posts": posts}

    rows, _ = read(written(tmp_path / "threads.jsonl", thread("x"), thread("y")))
    assert links(rows) == {"x/1": None, "x/2": "x/1", "y/1": None, "y/2": "y/1"}
    assert [row["thread_id"] for row in rows] == ["x", "x", "y", "y"]
