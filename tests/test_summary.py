"""What the numbers count, and that they can be had with and without guesses."""

import pandas as pd
import pytest

from discourse.summary import is_guess, part_of, preferred, summarise
from discourse.tables import CONTRACT, Tables, frame_of, read_tables, write_tables


def post(place, author, text, *, answers=None, evidence="none", score=None, thread="t"):
    return {
        "post_id": f"{thread}:{place}",
        "thread_id": thread,
        "source_id": "s",
        "position": place,
        "author": author,
        "text": text,
        "reply_to": answers,
        "reply_evidence": evidence,
        "reply_score": score,
    }


def mark(post_id, start, end, layer, label, *, target=None, by="maker@1"):
    return {
        "post_id": post_id,
        "start": start,
        "end": end,
        "layer": layer,
        "label": label,
        "target": target,
        "annotator": by,
        "score": 0.9,
        "quote": "-",
    }


def loop(by="loops@1"):
    return {
        "loop_id": "t#1",
        "annotator": by,
        "question": "Is it so?",
        "claim_a": "c1",
        "claim_b": "c2",
        "kind": "polarity",
        "state": "open",
        "turns": 3,
        "restatements": 1,
        "empty_restatements": 1,
        "first_post": "t:1",
        "last_post": "t:3",
        "score": 0.7,
    }


def turn(place, number, author, side, role="assertion", *, empty=False, by="loops@1"):
    return {
        "loop_id": "t#1",
        "post_id": f"t:{place}",
        "annotator": by,
        "turn": number,
        "author": author,
        "side": side,
        "role": role,
        "is_empty": empty,
        "has_evidence": not empty,
        "novelty": 0.5,
        "start": 0,
        "end": 3,
    }


def stance(author, target, label, *, by="stance@1"):
    counts = {"favor_posts": int(label == "favor"), "against_posts": int(label == "against")}
    row = {
        "thread_id": "t",
        "author": author,
        "target": target,
        "annotator": by,
        "label": label,
        "score": 0.8,
    }
    return row | counts


@pytest.fixture
def rows():
    return {
        "sources": [
            {
                "source_id": "s",
                "uri": "p.txt",
                "reader": "r",
                "reader_score": 0.9,
                "stated_count": 5,
                "found_count": 4,
                "sha256": "0",
            }
        ],
        "posts": [
            post(1, "Ann", "One two three"),
            post(2, "Bob", "one two\nfour five", answers="t:1", evidence="quote", score=0.9),
            post(3, "Ann", "six", answers="t:2", evidence="explicit", score=0.4),
            post(4, "Cem", "seven eight", answers="t:99", evidence="inferred", score=0.8),
        ],
        "annotations": [
            mark("t:2", 0, 7, "quote", "quote", target="t:1"),
            mark("t:2", 8, 12, "rhetoric", "hedge"),
            mark("t:2", 0, 17, "reply", "disagree", target="t:1"),
            mark("t:3", 0, 3, "reply", "agree", target="t:2"),
        ],
        "stances": [stance("Ann", "Dogs", "favor"), stance("Bob", "c1", "against")],
        "claims": [{"claim_id": "c1", "annotator": "c@1", "thread_id": "t", "text": "It is so."}],
        "loops": [loop()],
        "turns": [
            turn(1, 1, "Ann", "a"),
            turn(2, 2, "Bob", "b"),
            turn(3, 3, "Ann", "a", "restatement", empty=True),
        ],
        "faults": [{"stage": "ingest", "item_id": "t:4", "problem": "gone"}],
    }


def tables_of(rows):
    return Tables({name: frame_of(CONTRACT[name], values) for name, values in rows.items()})


def numbers(tables, kind="run", unit="all"):
    table = summarise(tables)["summary"]
    table = table[(table["unit_kind"] == kind) & (table["unit_id"] == unit)]
    return dict(zip(table["metric"], table["value"], strict=True))


def test_own_words_leave_out_what_is_quoted(rows):
    assert numbers(tables_of(rows), "post", "t:2")["own_words"] == 2
    assert numbers(tables_of(rows))["own_words"] == 8
    assert numbers(tables_of(rows))["markers_per_1000"] == 125


def test_links_are_counted_with_and_without_guesses(rows):
    run = numbers(tables_of(rows))
    assert (run["links"], run["links_stated"], run["links_guessed"]) == (3, 1, 2)
    assert (run["links.quote"], run["links.explicit"], run["links.inferred"]) == (1, 1, 1)
    assert (run["links_missing"], run["roots"]) == (1, 1)


@pytest.mark.parametrize(
    ("evidence", "score", "guess"),
    [("quote", 0.5, False), ("quote", 0.49, True), ("inferred", 1.0, True), ("indent", None, False)],
)
def test_a_guess_is_inferred_or_weak(evidence, score, guess):
    assert is_guess(evidence, score) is guess


def test_stated_and_found_posts_stand_side_by_side(rows):
    source = numbers(tables_of(rows), "source", "s")
    assert (source["posts_stated"], source["posts_found"]) == (5, 4)
    assert numbers(tables_of(rows))["posts_stated"] == 5


def test_coverage_is_a_share_of_posts(rows):
    run = numbers(tables_of(rows))
    assert run["coverage.reply"] == 0.5
    assert run["coverage.rhetoric"] == 0.25
    assert run["coverage.any"] == 0.5
    assert run["coverage.stance"] == 0


def test_posts_are_counted_by_language_the_commonest_first(rows):
    languages = ["de", None, "en", "de"]
    rows["posts"] = [post | {"lang": lang} for post, lang in zip(rows["posts"], languages, strict=True)]
    found = {name: n for name, n in numbers(tables_of(rows)).items() if name.startswith("languages.")}
    assert found == {"languages.de": 2, "languages.en": 1, "languages.unknown": 1}
    assert list(found) == ["languages.de", "languages.en", "languages.unknown"]


def test_stances_on_claims_are_no_stances_on_targets(rows):
    run = numbers(tables_of(rows))
    assert (run["stances"], run["stances.favor"], run["claim_stances.against"]) == (1, 1, 1)


def test_a_loop_is_counted_by_its_sides(rows):
    found = numbers(tables_of(rows), "loop", "t#1")
    assert (found["turns.a"], found["turns.b"], found["authors.a"], found["side_changes"]) == (2, 1, 1, 2)
    assert found["with_evidence"] == 2
    assert numbers(tables_of(rows))["loops.state.open"] == 1
    assert numbers(tables_of(rows), "loop_author", "t#1/Ann")["turns"] == 2


def test_the_row_of_a_person_counts_before_that_of_a_machine(rows):
    rows["stances"].append(stance("Ann", "Dogs", "against", by="human:ab"))
    rows["loops"].append(loop("human:ab"))
    rows["turns"].append(turn(1, 1, "Ann", "a", by="human:ab"))
    run = numbers(tables_of(rows))
    assert (run["stances"], run["stances.against"]) == (1, 1)
    assert run["loops"] == 1
    assert numbers(tables_of(rows), "loop", "t#1")["turns.a"] == 1


def test_two_makers_of_one_mark_count_once(rows):
    rows["annotations"].append(mark("t:2", 8, 12, "rhetoric", "hedge", by="other@1"))
    assert numbers(tables_of(rows))["markers.hedge"] == 1


def test_authors_stand_in_the_order_of_their_first_posts(rows):
    authors = summarise(tables_of(rows))["authors"].set_index("author")
    assert list(authors.index) == ["Ann", "Bob", "Cem"]
    assert authors.loc["Ann", ["posts", "words", "replies_given", "replies_received"]].tolist() == [
        2,
        4,
        1,
        1,
    ]
    assert authors.loc["Ann", ["replies_given_stated", "agree_given", "turns"]].tolist() == [0, 1, 2]
    assert authors.loc["Bob", ["disagree_given", "markers", "markers_per_1000"]].tolist() == [1, 1, 500]


def test_the_authors_table_says_what_the_summary_says(rows):
    tables = tables_of(rows)
    for row in summarise(tables)["authors"].to_dict("records"):
        said = numbers(tables, "author", part_of("t", row["author"]))
        assert {name: said[name] for name in ("posts", "words", "turns", "markers")} == {
            name: row[name] for name in ("posts", "words", "turns", "markers")
        }


def test_a_rate_of_no_words_is_empty(rows):
    rows["posts"] = [post(1, "Ann", "...")]
    rows["annotations"] = []
    assert pd.isna(numbers(tables_of(rows))["markers_per_1000"])
    assert pd.isna(summarise(tables_of(rows))["authors"]["markers_per_1000"]).all()


def test_names_with_slashes_do_not_collide(rows):
    rows = {"posts": [post(1, "b/c", "x", thread="a"), post(1, "c", "y", thread="a/b")]}
    table = summarise(tables_of(rows)).check("test")["summary"]
    assert {"a/b/c", "a%2Fb/c"} <= set(table["unit_id"])


def test_each_thread_has_the_numbers_that_it_has_alone(rows):
    rows["posts"].append(post(1, "Dag", "alone here", thread="u"))
    tables = tables_of(rows)
    assert numbers(tables, "thread", "t") == numbers(tables.of_thread("t"), "thread", "t")
    assert numbers(tables, "thread", "u")["own_words"] == 2
    assert numbers(tables)["authors"] == 4


def test_nothing_read_gives_valid_empty_tables():
    found = summarise(Tables()).check("test")
    assert found["authors"].empty
    assert numbers(Tables())["posts_found"] == 0
    assert pd.isna(numbers(Tables())["coverage.any"])


def test_the_tables_keep_the_contract_and_come_back_from_disk(rows, tmp_path):
    tables = tables_of(rows)
    found = tables.replace(**summarise(tables).frames).check("test")
    write_tables(found, tmp_path)
    pd.testing.assert_frame_equal(read_tables(tmp_path)["summary"], found["summary"])


def test_preferred_keeps_the_order_of_the_table():
    table = pd.DataFrame({"k": ["x", "y", "x"], "annotator": ["m@1", "m@1", "human:z"], "v": [1, 2, 3]})
    assert preferred(table, ["k"])["v"].tolist() == [2, 3]
