"""Trees and wrappings that interfaces answer with: the same small talk in the shapes of many of them."""

import json

import pytest

from tests.ingest.exports.made import links, problems, read

TALK = (
    ("a", None, "ama", "Is the lock open?"),
    ("b", "a", "bo", "Since May."),
    ("c", "b", "ama", "At last."),
)
LAST = ("d", None, "cy", "It leaks, though.")
LINKS = {"a": None, "b": "a", "c": "b", "d": None}
TEXTS = [text for *_, text in (*TALK, LAST)]


def tree(make, nest):
    """Return two roots, the first with a reply that has a reply: `nest(post, replies)` puts them in."""
    a, b, c = (make(*post) for post in TALK)
    return [nest(a, [nest(b, [nest(c, [])])]), nest(make(*LAST), [])]


def flat(make):
    return [make(*post) for post in (*TALK, LAST)]


def plain(own, parent, who, text):
    return {"id": own, "author": who, "text": text, "time": 1_600_000_000}


def mastodon():
    def make(own, parent, who, text):
        return {
            "id": own,
            "in_reply_to_id": parent,
            "created_at": "2021-05-06T07:08:09.000Z",
            "content": f"<p>{text}</p>",
            "account": {"id": "9", "username": who, "acct": who, "display_name": who},
            "mentions": [{"id": "7", "username": "cy"}],
            "url": f"https://example.org/@{who}/{own}",
        }

    posts = flat(make)
    return {"ancestors": posts[:1], "descendants": posts[1:]}


def wordpress_rest():
    numbers = {None: 0, "a": 1, "b": 2, "c": 3, "d": 4}
    return [
        {
            "id": numbers[own],
            "post": 77,
            "parent": numbers[parent],
            "author": numbers[own] % 2,
            "author_name": who,
            "date": "2021-05-06T09:08:09",
            "date_gmt": "2021-05-06T07:08:09",
            "content": {"rendered": f"<p>{text}</p>\n"},
            "link": f"https://example.org/x/#comment-{own}",
            "author_avatar_urls": {"24": "https://example.org/24.png"},
            "meta": [],
            "_links": {"self": [{"href": "https://example.org"}]},
        }
        for own, parent, who, text in (*TALK, LAST)
    ]


def disqus_api():
    numbers = {None: None, "a": 1, "b": 2, "c": 3, "d": 4}
    posts = [
        {
            "id": str(numbers[own]),
            "parent": numbers[parent],
            "thread": "5",
            "forum": "harbour",
            "author": {"username": f"{who}99", "name": who, "id": "3", "isAnonymous": False},
            "message": f"<p>{text}</p>",
            "raw_message": text,
            "createdAt": "2021-05-06T07:08:09",
            "isDeleted": False,
            "isSpam": False,
        }
        for own, parent, who, text in (*TALK, LAST)
    ]
    return {"cursor": {"hasNext": False, "id": "1:0:0"}, "code": 0, "response": posts}


def youtube():
    def item(own, parent, who, text):
        snippet = {
            "videoId": "v1",
            "textDisplay": f"{text}<br>",
            "textOriginal": text,
            "authorDisplayName": who,
            "authorChannelId": {"value": "UC1"},
            "publishedAt": "2021-05-06T07:08:09Z",
            **({"parentId": parent} if parent else {}),
        }
        return {"kind": "youtube#comment", "etag": "x", "id": own, "snippet": snippet}

    def thread(first, *below):
        top = item(*first)
        found = {
            "kind": "youtube#commentThread",
            "id": top["id"],
            "snippet": {"videoId": "v1", "topLevelComment": top, "totalReplyCount": len(below)},
        }
        return {**found, "replies": {"comments": [item(*post) for post in below]}} if below else found

    return {
        "kind": "youtube#commentThreadListResponse",
        "pageInfo": {"totalResults": 2},
        "items": [thread(*TALK), thread(LAST)],
    }


def coral_graph():
    def make(own, parent, who, text):
        return {
            "id": own,
            "body": f"<div>{text}</div>",
            "author": {"id": "u", "username": who},
            "createdAt": "2021-05-06T07:08:09Z",
            "parent": {"id": parent} if parent else None,
        }

    def nest(post, replies):
        return {"node": {**post, "replies": {"edges": replies, "pageInfo": {"hasNextPage": False}}}}

    return {
        "data": {"story": {"id": "st", "url": "https://example.org", "comments": {"edges": tree(make, nest)}}}
    }


def coral_revisions():
    def make(own, parent, who, text):
        return {
            "id": own,
            "storyID": "st",
            "parentID": parent,
            "author": {"username": who},
            "revisions": [{"body": "frist"}, {"body": f"<div>{text}</div>"}],
            "createdAt": "2021-05-06T07:08:09Z",
        }

    return tree(make, lambda post, replies: {**post, "replies": {"nodes": replies}})


def bluesky():
    def make(own, parent, who, text):
        reply = {"reply": {"root": {"uri": "a"}, "parent": {"uri": parent, "cid": "z"}}} if parent else {}
        return {
            "uri": own,
            "cid": f"cid-{own}",
            "author": {"did": "did:x", "handle": who, "displayName": who},
            "record": {"$type": "post", "text": text, "createdAt": "2021-05-06T07:08:09Z", **reply},
            "replyCount": 1,
        }

    def nest(post, replies):
        return {"$type": "threadViewPost", "post": post, "replies": replies}

    return [{"thread": thread} for thread in tree(make, nest)]


def lemmy():
    way = {"a": "0.a", "b": "0.a.b", "c": "0.a.b.c", "d": "0.d"}
    return {
        "comments": [
            {
                "comment": {
                    "id": own,
                    "creator_id": 5,
                    "post_id": 8,
                    "content": text,
                    "published": "2021-05-06T07:08:09Z",
                    "path": way[own],
                },
                "creator": {"id": 5, "name": who},
                "post": {"id": 8, "name": "Locks", "body": "What of the lock?"},
                "counts": {"score": 1},
            }
            for own, _, who, text in (*TALK, LAST)
        ]
    }


def reddit():
    def make(own, parent, who, text):
        return {
            "id": own,
            "parent_id": f"t1_{parent}" if parent else "t3_s",
            "link_id": "t3_s",
            "author": who,
            "body": text,
            "created_utc": 1_600_000_000.0,
        }

    def nest(post, replies):
        below = {"kind": "Listing", "data": {"children": replies}} if replies else ""
        return {"kind": "t1", "data": {**post, "replies": below}}

    return [
        {"kind": "Listing", "data": {"children": []}},
        {"kind": "Listing", "data": {"children": tree(make, nest)}},
    ]


def facebook():
    def make(own, parent, who, text):
        return {
            "id": own,
            "message": text,
            "from": {"name": who, "id": "1"},
            "created_time": "2021-05-06T07:08:09+0000",
        }

    def nest(post, replies):
        return {**post, "comments": {"data": replies}} if replies else post

    return {"data": tree(make, nest), "paging": {"cursors": {"after": "x"}}}


def discord():
    posts = [
        {
            "id": own,
            "type": "Reply",
            "timestamp": "2021-05-06T07:08:09+00:00",
            "content": text,
            "author": {"id": "4", "name": who, "isBot": False},
            "attachments": [],
            "mentions": [{"id": "4", "name": "cy"}],
            **({"reference": {"messageId": parent, "channelId": "ch"}} if parent else {}),
        }
        for own, parent, who, text in (*TALK, LAST)
    ]
    return {"guild": {"id": "1", "name": "Pier"}, "channel": {"id": "ch", "name": "locks"}, "messages": posts}


def telegram():
    numbers = {"a": 1, "b": 2, "c": 3, "d": 4}
    posts = [
        {
            "id": numbers[own],
            "type": "message",
            "date": "2021-05-06T07:08:09",
            "from": who,
            "from_id": "user1",
            "text": [text[:3], {"type": "bold", "text": text[3:]}] if own == "b" else text,
            **({"reply_to_message_id": numbers[parent]} if parent else {}),
        }
        for own, parent, who, text in (*TALK, LAST)
    ]
    return {"name": "Locks", "type": "public_supergroup", "id": 99, "messages": posts}


def by_id():
    return {
        own: {"user": who, "comment": text, "parent": parent or "", "created": 1_600_000_000}
        for own, parent, who, text in (*TALK, LAST)
    }


SHAPES = {
    "children": lambda: tree(plain, lambda post, replies: {**post, "children": replies}),
    "replies of one object": lambda: {
        "replies": tree(plain, lambda post, replies: {**post, "replies": replies})
    },
    "article": lambda: {
        "url": "https://example.org/lock",
        "title": "The lock",
        "body": "The lock was shut for long.",
        "comments": tree(plain, lambda post, replies: {**post, "answers": replies}),
    },
    "status": lambda: {
        "status": "ok",
        "message": "OK",
        "payload": {"list": tree(plain, lambda post, replies: {**post, "subComments": replies})},
    },
    "unusual names": lambda: {
        "meta": {"page": 1},
        "kommentarliste": tree(plain, lambda post, replies: {**post, "antworten": replies}),
    },
    **{
        maker.__name__: maker
        for maker in (
            *(mastodon, wordpress_rest, disqus_api, youtube, coral_graph, coral_revisions, bluesky),
            *(lemmy, reddit, facebook, discord, telegram, by_id),
        )
    },
}


def put(path, value, *, indent=None, lines=False):
    records = value if lines and isinstance(value, list) else [value]
    text = "\n".join(json.dumps(record) for record in records) if lines else json.dumps(value, indent=indent)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("layout", ["one line", "indented", "a record a line"])
@pytest.mark.parametrize("shape", SHAPES)
def test_nested_posts_come_out_as_they_answer_each_other(tmp_path, shape, layout):
    path = put(
        tmp_path / "x.json",
        SHAPES[shape](),
        indent=2 if layout == "indented" else None,
        lines=layout == "a record a line",
    )
    rows, export = read(path)
    assert [row["text"].strip() for row in rows] == TEXTS
    assert [row["author"] for row in rows] == ["ama", "bo", "ama", "cy"]
    names = dict(zip("1234", "abcd", strict=True)) if "1" in links(rows) else {}
    shown = {names.get(own, own): names.get(up, up) for own, up in links(rows).items()}
    assert shown == LINKS
    assert all(row["timestamp"] for row in rows)
    assert len({row["thread_id"] for row in rows}) == 1 or shape == "bluesky"
    assert export.faults == []


@pytest.mark.parametrize("shape", SHAPES)
def test_nested_posts_are_told_from_the_beginning_of_a_long_file(tmp_path, shape):
    value = json.loads(json.dumps(SHAPES[shape]()).replace("It leaks", "It leaks " + "and leaks " * 9_000))
    rows, _ = read(put(tmp_path / "x.json", value))
    assert [row["text"].strip()[:8] for row in rows] == [text[:8] for text in TEXTS]
    assert next(iter(links(rows).values())) is None


def test_posts_without_ids_are_numbered_where_others_answer_them(tmp_path):
    def make(own, parent, who, text):
        return {"user": who, "comment": text}

    value = tree(make, lambda post, replies: {**post, "replies": replies})
    rows, _ = read(put(tmp_path / "x.json", value))
    assert [row["text"] for row in rows] == TEXTS
    parents = [row["reply_to"] for row in rows]
    assert parents == [None, rows[0]["post_id"], rows[1]["post_id"], None]


def test_a_chain_of_two_thousand_replies_is_read(tmp_path):
    text = '{"comments": [' + "".join(
        f'{{"id": {n}, "author": "ama", "text": "word {n}", "replies": [' for n in range(2000)
    )
    path = tmp_path / "deep.json"
    path.write_text(text + "]}" * 2000 + "]}", encoding="utf-8")
    rows, _ = read(path)
    assert [row["reply_to"] for row in rows] == [None, *(str(n) for n in range(1999))]


def test_a_hostile_depth_is_a_fault_and_not_the_end(tmp_path):
    path = tmp_path / "deep.json"
    good = '{"id": "a", "author": "ama", "text": "fine"}'
    bad = '{"id": "b", "text": "x", "replies": ' + "[" * 300_000 + "]" * 300_000 + "}"
    path.write_text(f"[{good}, {bad}, {good.replace('a', 'c', 1)}]", encoding="utf-8")
    rows, export = read(path)
    assert rows[0]["text"] == "fine"
    assert "record 2" in problems(export)


def test_replies_that_appear_late_are_unfolded(tmp_path):
    posts = [{"id": f"p{n}", "author": "ama", "text": f"word {n} " * 40} for n in range(900)]
    posts.append(
        {"id": "z", "author": "bo", "text": "late", "replies": [{"id": "y", "author": "cy", "text": "so"}]}
    )
    rows, _ = read(put(tmp_path / "x.jsonl", posts, lines=True))
    assert (rows[-1]["post_id"], rows[-1]["reply_to"], len(rows)) == ("y", "z", 902)


def test_a_deleted_post_keeps_its_place_in_the_tree(tmp_path):
    value = [
        {
            "id": 1,
            "author": None,
            "text": None,
            "deleted": True,
            "replies": [{"id": 2, "author": "bo", "text": "x"}],
        }
    ]
    rows, export = read(put(tmp_path / "x.json", value))
    assert links(rows) == {"1": None, "2": "1"}
    assert export.counts["deleted"] == 1
    assert export.faults == []


def test_a_wrapped_export_of_a_known_format_keeps_its_rules(tmp_path):
    post = {"id": "c1", "link_id": "t3_s1", "parent_id": "t3_s1", "author": "ama", "body": "Ham &amp; eggs"}
    rows, export = read(
        put(tmp_path / "x.json", {"data": [post, {**post, "id": "c2", "parent_id": "t1_c1"}]})
    )
    assert export.format == "reddit"
    assert links(rows) == {"c1": None, "c2": "c1"}
    assert rows[0]["text"] == "Ham & eggs"


def test_flat_lists_without_links_do_not_say_that_they_state_them(tmp_path):
    posts = [{"id": n, "author": "ama", "text": f"word {n}"} for n in range(3)]
    _, export = read(put(tmp_path / "x.json", {"comments": posts}))
    assert not export.states_links


def test_named_fields_are_found_within(tmp_path):
    posts = [
        {"nr": 1, "who": "ama", "words": "one", "sub": []},
        {"nr": 2, "who": "bo", "words": "two", "sub": []},
    ]
    path = put(tmp_path / "x.json", {"page": {"list": posts}})
    rows, _ = read(path, columns={"text": "words", "author": "who"})
    assert [(row["author"], row["text"]) for row in rows] == [("ama", "one"), ("bo", "two")]


def test_fields_of_a_post_that_only_look_like_posts_stay_in_it(tmp_path):
    post = {
        "id": 1,
        "author": {"name": "ama", "description": "likes tea"},
        "text": "hello",
        "attachments": [{"id": 5, "text": "a picture"}],
        "tags": [{"name": "x", "body": "y"}],
    }
    rows, _ = read(put(tmp_path / "x.json", [post, {**post, "id": 2}]))
    assert [row["post_id"] for row in rows] == ["1", "2"]
    assert json.loads(rows[0]["meta"])["attachments"] == [{"id": 5, "text": "a picture"}]


def test_questions_and_answers_share_a_thread_however_their_ids_are_called(tmp_path):
    def said(kind, number, **more):
        return {
            f"{kind}_id": number,
            "owner": {"display_name": "ama"},
            "body": f"<p>{kind} {number}</p>",
            **more,
        }

    answer = said("answer", 6, question_id=5, comments=[said("comment", 9, post_id=6)])
    value = {"items": [said("question", 5, title="Locks", answers=[answer])], "has_more": False}
    rows, _ = read(put(tmp_path / "x.json", value))
    assert links(rows) == {"5": None, "6": "5", "9": "6"}
    assert {row["thread_id"] for row in rows} == {"5"}


def test_a_post_that_is_a_picture_alone_is_kept(tmp_path):
    posts = [
        {"no": 100, "name": "Anon", "com": "Which lock?", "time": 1_600_000_000, "resto": 0},
        {"no": 101, "name": "Anon", "time": 1_600_000_060, "resto": 100, "filename": "lock"},
    ]
    rows, export = read(put(tmp_path / "x.json", {"posts": posts}))
    assert links(rows) == {"100": None, "101": "100"}
    assert "it has no text" in problems(export)


@pytest.mark.parametrize("is_wrapped", [True, False])
def test_replies_under_an_unusual_name_are_told_by_what_they_look_like(tmp_path, is_wrapped):
    def node(own, *below):
        edges = [{"node": post} for post in below]
        return {
            "id": own,
            "text": f"word {own}",
            "owner": {"username": "ama"},
            "edge_threaded_talk": {"count": len(edges), "edges": edges},
        }

    nodes = [node("1", node("2", node("3"))), node("4")]
    value = (
        {"media": {"id": "m", "edge_talk": {"edges": [{"node": n} for n in nodes]}}} if is_wrapped else nodes
    )
    rows, _ = read(put(tmp_path / "x.json", value))
    assert links(rows) == {"1": None, "2": "1", "3": "2", "4": None}


@pytest.mark.parametrize("is_wrapped", [True, False])
def test_references_of_several_kinds_give_the_one_answered(tmp_path, is_wrapped):
    posts = [
        {"id": "1", "text": "The pier is shut", "author_id": "7"},
        {
            "id": "2",
            "text": "Again?",
            "author_id": "8",
            "referenced_tweets": [{"type": "replied_to", "id": "1"}],
        },
        {"id": "3", "text": "Look", "referenced_tweets": [{"type": "quoted", "id": "1"}]},
    ]
    path = put(tmp_path / "x.json", {"data": posts} if is_wrapped else posts, lines=not is_wrapped)
    assert links(read(path)[0]) == {"1": None, "2": "1", "3": None}


def test_replies_in_parquet_are_unfolded(tmp_path):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    reply = {"comment_id": 2, "author": {"name": "bo"}, "body": "So it is"}
    posts = [
        {"comment_id": 1, "author": {"name": "ama"}, "body": "Nested", "replies": [reply]},
        {"comment_id": 3, "author": {"name": "cy"}, "body": "Flat", "replies": []},
    ]
    parquet.write_table(pa.Table.from_pylist(posts), tmp_path / "x.parquet")
    rows, _ = read(tmp_path / "x.parquet")
    assert links(rows) == {"1": None, "2": "1", "3": None}
    assert [row["author"] for row in rows] == ["ama", "bo", "cy"]
