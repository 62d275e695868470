"""A corpus that ConvoKit loads, walks and writes again, and that we read back."""

import json
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.chains import cut_cycles
from discourse.exchange.convokit.threads import free_name, roots_of
from discourse.exchange.corpus import Choice
from discourse.ingest.exports.opening import open_export
from tests.exchange.exported import answer, export, made, stored, thread
from tests.exchange.made_run import TEXTS, post


def at(hour):
    return datetime(2024, 5, 1, hour, tzinfo=UTC)


def utterances(folder):
    lines = (folder / "utterances.jsonl").read_text(encoding="ascii").splitlines()
    return {one["id"]: one for one in map(json.loads, lines)}


def loaded(folder, name):
    return json.loads((folder / name).read_text(encoding="ascii"))


def conversations(folder):
    """Return the utterances of each conversation, as ConvoKit groups them."""
    found = {}
    for one in utterances(folder).values():
        found.setdefault(one["conversation_id"], []).append(one)
    return found


def is_whole(conversation):
    """Say what `Conversation.check_integrity` of ConvoKit 5 says."""
    ids = {one["id"] for one in conversation}
    links = [one["reply-to"] for one in conversation]
    return {link for link in links if link not in ids} == {None} and links.count(None) == 1


def test_utterances_have_the_fields_of_convokit_and_texts_are_exact(tmp_path):
    export("convokit", made(tmp_path / "run"), tmp_path / "out")
    found = utterances(tmp_path / "out")
    assert [one["text"] for one in found.values()] == list(TEXTS)
    names = {"id", "conversation_id", "text", "speaker", "meta", "reply-to", "timestamp", "vectors"}
    assert all(set(one) == names for one in found.values())
    assert found["pier:2"]["reply-to"] == found["pier:2"]["conversation_id"] == "pier:1"


def test_labels_of_machine_and_people_stand_at_their_places(tmp_path):
    export("convokit", made(tmp_path / "run", people=True), tmp_path / "out")
    meta = utterances(tmp_path / "out")["pier:2"]["meta"]
    places = {
        (one["label"], one["annotator"], TEXTS[1][one["start"] : one["end"]]) for one in meta["rhetoric"]
    }
    assert ("hedge", "hedges@4", "Perhaps") in places
    assert {one["annotator"] for one in meta["reply"]} == {"agreement@4", "human:ann", "human:bo"}
    assert meta["answer"] == "disagree"
    assert {"layer": "rhetoric", "label": None, "annotator": "human:ann"} in meta["coded"]


def test_posts_without_a_parent_here_hang_on_one_placeholder(tmp_path):
    run = stored(tmp_path / "run", thread({2: 1, 3: 2, 4: 1, 5: None}))
    written = export("convokit", run, tmp_path / "out")
    found = utterances(tmp_path / "out")
    gone = found["pier:1"]
    assert (gone["text"], gone["speaker"], gone["reply-to"]) == ("", "[missing]", None)
    assert gone["meta"]["is_placeholder"]
    assert [found[f"pier:{number}"]["conversation_id"] for number in (2, 3, 4)] == ["pier:1"] * 3
    assert set(gone["meta"]) == set(found["pier:2"]["meta"])
    assert all(map(is_whole, conversations(tmp_path / "out").values()))
    assert loaded(tmp_path / "out", "speakers.json")["[missing]"]["meta"] == {"kind": "missing"}
    assert "1 posts are answered and not here" in written.how


def test_a_post_that_was_not_chosen_is_a_placeholder_too(tmp_path):
    run = stored(tmp_path / "run", thread({1: None, 2: 1}))
    export("convokit", run, tmp_path / "out", choice=Choice(posts=frozenset({"pier:2"})))
    assert utterances(tmp_path / "out")["pier:1"]["meta"]["is_placeholder"]


def test_each_post_that_answers_nobody_begins_a_conversation_of_its_thread(tmp_path):
    export("convokit", stored(tmp_path / "run", thread({1: None, 2: None, 3: 2})), tmp_path / "out")
    assert set(conversations(tmp_path / "out")) == {"pier:1", "pier:2"}
    known = loaded(tmp_path / "out", "conversations.json")
    assert {one["meta"]["thread_id"] for one in known.values()} == {"pier"}


def test_without_times_the_order_stands_in_for_them_and_says_so(tmp_path):
    times = {1: at(10), 2: None, 3: at(9)}
    posts = [row | {"timestamp": times[row["position"]]} for row in thread({1: None, 2: 1, 3: None})]
    export("convokit", stored(tmp_path / "run", posts), tmp_path / "out")
    found = utterances(tmp_path / "out")
    assert [found[f"pier:{number}"]["timestamp"] for number in (1, 2, 3)] == [1, 2, 1714554000]
    assert found["pier:1"]["meta"]["time"] == "2024-05-01T10:00:00Z"
    assert found["pier:2"]["meta"]["time"] is None
    kinds = {
        key: one["meta"]["timestamps"] for key, one in loaded(tmp_path / "out", "conversations.json").items()
    }
    assert kinds == {"pier:1": "order", "pier:3": "seconds"}


def test_a_placeholder_has_the_time_of_its_first_answer(tmp_path):
    times = {2: at(10), 3: at(9)}
    posts = [row | {"timestamp": times[row["position"]]} for row in thread({2: 1, 3: 1})]
    export("convokit", stored(tmp_path / "run", posts), tmp_path / "out")
    found = utterances(tmp_path / "out")
    assert found["pier:1"]["timestamp"] == found["pier:3"]["timestamp"] == 1714554000


def test_nameless_authors_are_not_one_person(tmp_path):
    posts = [post(1, "One."), post(2, "Two."), post(3, "Three."), post(4, "Four."), post(5, "Five.")]
    names = ["", "", "[deleted]", "[nameless pier:1]", "Wren"]
    run = stored(tmp_path / "run", [row | {"author": name} for row, name in zip(posts, names, strict=True)])
    export("convokit", run, tmp_path / "out")
    speakers = [one["speaker"] for one in utterances(tmp_path / "out").values()]
    assert speakers == ["[nameless pier:1]'", "[nameless pier:2]", *names[2:]]
    kinds = {name: one["meta"]["kind"] for name, one in loaded(tmp_path / "out", "speakers.json").items()}
    assert set(kinds) == set(speakers)
    assert [kinds[name] for name in speakers] == ["nameless", "nameless", "gone", "named", "named"]


def test_an_author_named_missing_is_no_placeholder(tmp_path):
    posts = [row | {"author": "[missing]"} for row in thread({2: 1})]
    export("convokit", stored(tmp_path / "run", posts), tmp_path / "out")
    found = utterances(tmp_path / "out")
    assert (found["pier:1"]["speaker"], found["pier:2"]["speaker"]) == ("[missing]'", "[missing]")


def test_a_chain_of_ten_thousand_replies_and_a_circle_are_walked(tmp_path):
    links = {1: None} | {number: number - 1 for number in range(2, 10_001)} | {10_001: 10_002, 10_002: 10_001}
    export("convokit", stored(tmp_path / "run", thread(links)), tmp_path / "out")
    found = conversations(tmp_path / "out")
    assert {root: len(held) for root, held in found.items()} == {"pier:1": 10_000, "pier:10002": 2}
    assert all(map(is_whole, found.values()))


def test_loops_stand_with_the_conversations_of_their_turns(tmp_path):
    turns = [
        {
            "loop_id": "pier:l1",
            "post_id": f"pier:{number}",
            "annotator": "loops@4",
            "turn": turn,
            "author": "x",
        }
        | {"side": "ab"[turn % 2], "role": "assertion", "is_empty": False, "has_evidence": False}
        | {"novelty": 0.5, "start": 0, "end": 4}
        for turn, number in enumerate((1, 2, 3), 1)
    ]
    loop = {"loop_id": "pier:l1", "annotator": "loops@4", "question": "Open or shut?", "claim_a": "pier:c1"}
    loop |= {"claim_b": "pier:c2", "kind": "polarity", "state": "open", "turns": 3, "restatements": 0}
    loop |= {"empty_restatements": 0, "first_post": "pier:1", "last_post": "pier:3", "score": 0.5}
    claim = {"claim_id": "pier:c1", "annotator": "claims@4", "thread_id": "pier", "text": "It was open."}
    run = stored(
        tmp_path / "run", thread({1: None, 2: None, 3: 2}), turns=turns, loops=[loop], claims=[claim]
    )
    export("convokit", run, tmp_path / "out")
    found = loaded(tmp_path / "out", "conversations.json")
    (first,), (second,) = found["pier:1"]["meta"]["loops"], found["pier:2"]["meta"]["loops"]
    assert first["question"] == second["question"] == "Open or shut?"
    assert (first["claim_a_text"], first["claim_b_text"]) == ("It was open.", None)
    assert [turn["utterance"] for turn in first["turns_here"]] == ["pier:1"]
    assert [turn["utterance"] for turn in second["turns_here"]] == ["pier:2", "pier:3"]


def test_the_index_names_every_field_and_nothing_else(tmp_path):
    export("convokit", made(tmp_path / "run"), tmp_path / "out")
    index = loaded(tmp_path / "out", "index.json")
    assert set(index["utterances-index"]) == set(utterances(tmp_path / "out")["pier:1"]["meta"])
    one = loaded(tmp_path / "out", "conversations.json")["pier:1"]["meta"]
    assert set(index["conversations-index"]) == set(one)
    assert set(index["overall-index"]) == set(loaded(tmp_path / "out", "corpus.json"))


def test_the_same_run_gives_the_same_bytes(tmp_path):
    run = made(tmp_path / "run", people=True)
    for name in ("one", "two"):
        export("convokit", run, tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def read_back(folder):
    """Return what `discourse read` takes from a corpus: id, thread, parent, author, time, text."""
    export_ = open_export(folder)
    (batch,) = export_.batches()
    times = [None if second < 0 else int(second) for second in batch.seconds.tolist()]
    columns = (batch.post_ids, batch.thread_ids, batch.reply_to, batch.authors)
    rows = zip(*(column.to_pylist() for column in columns), times, batch.bodies.to_pylist(), strict=True)
    return list(rows), export_.faults


def timed(links, **more):
    rows = thread(links, **more)
    return [row | {"timestamp": at(row["position"])} for row in rows]


def test_our_own_reader_reads_posts_authors_and_parents_back(tmp_path):
    rows = [
        row | {"text": text}
        for row, text in zip(timed({1: None, 2: 1, 3: 1, 4: 3, 5: 4, 6: 4, 7: 6, 8: 1}), TEXTS, strict=True)
    ]
    export("convokit", stored(tmp_path / "run", rows), tmp_path / "out")
    found, faults = read_back(tmp_path / "out")
    assert not faults
    assert [row[:1] + row[2:4] for row in found] == [
        (row["post_id"], row["reply_to"], row["author"]) for row in rows
    ]
    assert [row[5] for row in found] == [unicodedata.normalize("NFC", text) for text in TEXTS]


def test_our_own_reader_takes_no_placeholder_for_a_post_and_no_order_for_a_time(tmp_path):
    rows = [row | {"author": "", "timestamp": None} for row in thread({2: 1, 3: 2, 4: None})]
    export("convokit", stored(tmp_path / "run", rows), tmp_path / "out")
    found, faults = read_back(tmp_path / "out")
    assert [row[:5] for row in found] == [
        ("pier:2", "pier", "pier:1", "", None),
        ("pier:3", "pier", "pier:2", "", None),
        ("pier:4", "pier", None, "", None),
    ]
    assert not [fault for fault in faults if "time" in fault.problem]


@given(st.dictionaries(st.integers(0, 30), st.none() | st.integers(0, 30), max_size=30))
def test_every_conversation_is_a_tree_whoever_answers_whom(links):
    parents = {str(key): None if up is None else str(up) for key, up in links.items()}
    for post_id in cut_cycles(parents):
        parents[post_id] = None
    roots = roots_of(parents)
    assert set(parents) <= set(roots)
    for post_id, parent in parents.items():
        assert roots[post_id] == (post_id if parent is None else roots[parent])


@given(st.text(max_size=5), st.sets(st.text(max_size=7)))
def test_a_made_name_is_nobodys(name, taken):
    assert free_name(name, taken) not in taken


@pytest.mark.parametrize("walk", ["dfs", "bfs"])
def test_convokit_itself_loads_walks_and_writes_it_again(tmp_path, walk):
    convokit = pytest.importorskip("convokit")
    run = stored(tmp_path / "run", thread({2: 1, 3: 2, 4: 1, 5: None}), [answer(3, 2, "agree")])
    export("convokit", run, tmp_path / "out")
    corpus = convokit.Corpus(filename=str(tmp_path / "out"))
    for conversation in corpus.iter_conversations():
        assert conversation.check_integrity(verbose=False)
        assert len(list(conversation.traverse(walk))) == len(conversation.get_utterance_ids())
    assert corpus.get_utterance("pier:3").meta["answer"] == "agree"
    corpus.dump("again", base_path=str(tmp_path))
    again = convokit.Corpus(filename=str(tmp_path / "again"))
    assert {one.id: one.meta.to_dict() for one in again.iter_utterances()} == {
        one.id: one.meta.to_dict() for one in corpus.iter_utterances()
    }
