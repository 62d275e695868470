"""Networks as GEXF and GraphML, read back by networkx: who, whom, how often, and on what evidence."""

from collections import Counter
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from discourse.errors import DiscourseError
from discourse.exchange.corpus import Choice
from discourse.labels.decisions import Decision, text_hash
from discourse.labels.journal import Journal, journal_path
from tests.exchange.exported import answer, export, made, stored, thread
from tests.exchange.made_run import AUTHORS, SHA

networkx = pytest.importorskip("networkx")
FORMATS = {"gexf": networkx.read_gexf, "graphml": networkx.read_graphml}
NETWORKS = ("replies", "agreement", "quotes", "posts")


@pytest.fixture(params=FORMATS)
def ending(request):
    return request.param


def graphs(ending, run, out, **more):
    """Export a run and read its networks, nodes by their labels."""
    written = export(f"networks.{ending}", run, out, **more)
    found = {}
    for name in NETWORKS:
        graph = FORMATS[ending](out / f"{name}.{ending}")
        assert graph.is_directed()
        labels = {node: data["label"] for node, data in graph.nodes(data=True)}
        assert len(set(labels.values())) == len(labels)
        found[name] = networkx.relabel_nodes(graph, labels)
    return found, written.how


def decide(run, *decisions, by="human:ann"):
    with Journal(journal_path(run), [SHA]) as journal:
        journal.append(by, decisions)


def decision(kind, number, **value):
    text = f"Post {number}."
    return Decision(kind=kind, post_id=f"pier:{number}", text_hash=text_hash(text), value=value)


def by_authors(*names):
    return [{"author": name} for name in names]


def posts_by(names, links):
    return [row | more for row, more in zip(thread(links), by_authors(*names), strict=True)]


CHAIN = {1: None, 2: 1, 3: 2, 4: 2, 5: 4, 6: 2}


def test_replies_are_counted_from_author_to_author_by_their_evidence(tmp_path, ending):
    posts = posts_by(["Wren", "Åse", "Wren", "Wren", "Åse", "Åse"], CHAIN)
    posts[3] |= {"reply_evidence": "inferred", "reply_score": 0.5}
    found, _ = graphs(ending, stored(tmp_path / "run", posts), tmp_path / "out")
    edges = {(one, other): data for one, other, data in found["replies"].edges(data=True)}
    assert {pair: data["weight"] for pair, data in edges.items()} == {
        ("Åse", "Wren"): 2,
        ("Wren", "Åse"): 2,
        ("Åse", "Åse"): 1,
    }
    assert (edges["Wren", "Åse"]["explicit"], edges["Wren", "Åse"]["inferred"]) == (1, 1)
    assert {name: data["posts"] for name, data in found["replies"].nodes(data=True)} == {"Wren": 3, "Åse": 3}


def test_agreement_is_signed_and_its_weights_are_positive(tmp_path, ending):
    posts = posts_by(["a", "b", "c", "b", "b", "b"], {1: None, 2: 1, 3: 1, 4: 1, 5: 1, 6: 3})
    labels = [
        answer(2, 1, "disagree"),
        answer(3, 1, "agree"),
        answer(4, 1, "disagree"),
        answer(5, 1, "neither"),
        answer(6, 3, "neither"),
    ]
    found, _ = graphs(ending, stored(tmp_path / "run", posts, labels), tmp_path / "out")
    edges = {(one, other): data for one, other, data in found["agreement"].edges(data=True)}
    assert set(edges) == {("b", "a"), ("c", "a"), ("b", "c")}
    told = edges["b", "a"]
    assert (told["agree"], told["disagree"], told["neither"], told["weight"]) == (0, 2, 1, 3)
    assert (told["sign"], told["balance"]) == (-1, -0.6667)
    assert (edges["c", "a"]["sign"], edges["c", "a"]["balance"]) == (1, 1.0)
    assert (edges["b", "c"]["sign"], edges["b", "c"]["balance"], edges["b", "c"]["weight"]) == (0, 0, 1)


def test_people_come_before_the_machine_and_makers_that_differ_are_divided(tmp_path, ending):
    posts = posts_by(["a", "b", "c", "d"], {1: None, 2: 1, 3: 1, 4: 1})
    labels = [answer(2, 1, "disagree"), answer(3, 1, "disagree"), answer(4, 1, "agree")]
    run = stored(tmp_path / "run", posts, [*labels, answer(4, 1, "disagree", "model:x@1")])
    own = {"layer": "reply", "label": "agree", "target": "pier:1", "start": 0, "end": 4, "quote": "Post"}
    decide(run, decision("label", 2, **own), decision("read", 3, layer="reply", label=None))
    found, _ = graphs(ending, run, tmp_path / "out")
    edges = {one: data for one, _, data in found["agreement"].edges(data=True)}
    assert edges["b"]["agree"] == 1
    assert edges["b"]["disagree"] == 0
    assert "c" not in edges, "a person looked and saw no such answer"
    assert (edges["d"]["divided"], edges["d"]["sign"]) == (1, 0)


def test_an_answer_that_a_person_has_rejected_does_not_count(tmp_path, ending):
    run = stored(tmp_path / "run", thread({1: None, 2: 1}), [answer(2, 1, "disagree")])
    key = {"layer": "reply", "label": "disagree", "target": "pier:1", "start": 0, "end": 7}
    decide(run, decision("reject", 2, **key, annotator="agreement@4"))
    found, _ = graphs(ending, run, tmp_path / "out")
    assert found["agreement"].number_of_edges() == 0


def test_a_link_that_people_set_counts_as_theirs_unless_they_differ(tmp_path, ending):
    run = stored(tmp_path / "run", thread({1: None, 2: 1, 3: 1, 4: 3}))
    decide(run, decision("link", 3, reply_to="pier:2"), decision("link", 4, reply_to=None))
    decide(run, decision("link", 3, reply_to="pier:2"), decision("link", 2, reply_to=None), by="human:bo")
    decide(run, decision("link", 2, reply_to="pier:1"))
    found, _ = graphs(ending, run, tmp_path / "out")
    links = {(one, other): data["evidence"] for one, other, data in found["posts"].edges(data=True)}
    assert links == {("pier:2", "pier:1"): "explicit", ("pier:3", "pier:2"): "person"}
    assert found["replies"].edges["author 3", "author 2"]["person"] == 1


def test_quotations_lead_to_the_author_quoted_and_others_are_counted_in_the_card(tmp_path, ending):
    row = answer(3, 1, "quote") | {"layer": "quote", "annotator": "quotes@3"}
    more = {"start": 5, "end": 7, "quote": "3."}
    labels = [row | {"start": 0, "end": 4, "quote": "Post"}, row | more]
    labels.append(answer(2, 1, "quote") | {"layer": "quote", "target": "external"})
    run = stored(tmp_path / "run", thread({1: None, 2: 1, 3: 2}), labels)
    found, how = graphs(ending, run, tmp_path / "out")
    assert {(one, other): data["weight"] for one, other, data in found["quotes"].edges(data=True)} == {
        ("author 3", "author 1"): 2
    }
    assert "1 quotations of other texts" in how


def test_nobody_and_everybody_who_left_are_no_author(tmp_path, ending):
    posts = posts_by(["a", "", "[deleted]", "a", " "], {1: None, 2: 1, 3: 2, 4: 3, 5: 4})
    found, how = graphs(ending, stored(tmp_path / "run", posts), tmp_path / "out")
    assert list(found["replies"]) == ["a"]
    assert found["replies"].number_of_edges() == 0
    assert (found["posts"].number_of_nodes(), found["posts"].number_of_edges()) == (5, 4)
    assert "3 posts, with 4 replies from or to them" in how


def test_replies_to_posts_that_are_gone_are_counted_and_left_out(tmp_path, ending):
    posts = thread({1: None, 2: 1, 3: 2})
    posts[1] |= {"reply_to": "pier:gone"}
    run = stored(tmp_path / "run", posts)
    found, how = graphs(ending, run, tmp_path / "out")
    assert set(found["posts"].edges) == {("pier:3", "pier:2")}
    assert "1 replies to\nposts that are not here" in how
    chosen, _ = graphs(ending, run, tmp_path / "two", choice=Choice(posts=frozenset({"pier:3", "pier:1"})))
    assert (list(chosen["posts"]), chosen["replies"].number_of_edges()) == (["pier:1", "pier:3"], 0)


def test_one_name_in_two_threads_is_one_author(tmp_path, ending):
    posts = posts_by(["a", "b", "a"], {1: None, 2: 1, 3: None})
    posts[2] |= {"thread_id": "quay"}
    found, _ = graphs(ending, stored(tmp_path / "run", posts), tmp_path / "out")
    assert found["replies"].nodes["a"]["threads"] == 2


def test_names_that_are_markup_or_right_to_left_come_back_as_they_were(tmp_path, ending):
    found, _ = graphs(ending, made(tmp_path / "run", people=True), tmp_path / "out")
    assert list(found["replies"]) == list(dict.fromkeys(name for name in AUTHORS if name))
    names = ["<script>&amp;", "a\r\nb\tc", "  two  blanks ", "\U0001f468‍\U0001f469", "\"'>]]>"]
    posts = posts_by(names, {1: None, 2: 1, 3: 2, 4: 3, 5: 4})
    found, _ = graphs(ending, stored(tmp_path / "odd", posts), tmp_path / "two")
    assert list(found["replies"]) == names


def test_posts_carry_place_time_and_counts_of_labels_but_no_text(tmp_path, ending):
    run = made(tmp_path / "run", people=True)
    found, _ = graphs(ending, run, tmp_path / "out")
    first = found["posts"].nodes["pier:1"]
    # the machine marks evidence; people looked for markers and gave none
    assert (first["position"], first["author"], first["rhetoric_labels"]) == (1, "Wren", 0)
    assert (first["stance_labels"], first["claim_labels"]) == (1, 1)
    assert first["labels"] == "claim/asserts | stance/against"
    # ann and bo both looked for markers, and both gave this one
    assert found["posts"].nodes["pier:3"]["rhetoric_labels"] == 1
    assert "forgot" not in (tmp_path / "out" / f"posts.{ending}").read_text(encoding="utf-8")


def test_times_make_a_gexf_dynamic_where_there_are_any(tmp_path):
    posts = thread({1: None, 2: 1})
    posts[0] |= {"timestamp": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)}
    found, _ = graphs("gexf", stored(tmp_path / "run", posts), tmp_path / "out")
    assert found["posts"].graph["mode"] == "dynamic"
    assert found["posts"].nodes["pier:1"]["start"] == found["posts"].nodes["pier:1"]["time"]
    assert "start" not in found["posts"].nodes["pier:2"]
    still, _ = graphs("gexf", stored(tmp_path / "still", thread({1: None})), tmp_path / "two")
    assert still["posts"].graph["mode"] == "static"


def test_a_character_that_xml_forbids_is_refused_by_name_of_the_post(tmp_path, ending):
    posts = posts_by(["a", "b\x1bc"], {1: None, 2: 1})
    with pytest.raises(DiscourseError, match=r"post 'pier:2', its author: .*U\+001B \(at 1\)"):
        export(f"networks.{ending}", stored(tmp_path / "run", posts), tmp_path / "out")


def test_the_same_run_gives_the_same_bytes_in_the_order_of_posts(tmp_path, ending):
    run = made(tmp_path / "run", people=True)
    for out in ("one", "two"):
        export(f"networks.{ending}", run, tmp_path / out)
    for name in NETWORKS:
        path = f"{name}.{ending}"
        assert (tmp_path / "one" / path).read_bytes() == (tmp_path / "two" / path).read_bytes()
    ids = [node.get("id") for node in nodes_of(tmp_path / "one" / f"replies.{ending}")]
    assert ids == [f"a{number}" for number in range(1, len(ids) + 1)]


def nodes_of(path):
    return [node for node in ElementTree.parse(path).iter() if node.tag.endswith("}node")]  # noqa: S314


def test_a_run_without_answers_still_makes_all_networks(tmp_path, ending):
    found, _ = graphs(ending, stored(tmp_path / "run", thread({1: None, 2: None})), tmp_path / "out")
    assert {name: graph.number_of_edges() for name, graph in found.items()} == dict.fromkeys(NETWORKS, 0)
    assert Counter(len(graph) for graph in found.values()) == {2: 4}
