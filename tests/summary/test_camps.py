"""What is counted of camps: who is placed, what passes between camps, where each camp stands."""

import pytest

from discourse.summary import part_of, summarise
from discourse.tables import CONTRACT, Tables, frame_of


def post(place, author, answers=None, evidence="explicit", score=1.0):
    return {
        "post_id": f"t:{place}",
        "thread_id": "t",
        "source_id": "s",
        "position": place,
        "author": author,
        "text": "Words.",
        "reply_to": None if answers is None else f"t:{answers}",
        "reply_evidence": evidence if answers else "none",
        "reply_score": score if answers else None,
    }


def reply(place, answered, label):
    return {
        "post_id": f"t:{place}",
        "start": 0,
        "end": 5,
        "layer": "reply",
        "label": label,
        "target": f"t:{answered}",
        "annotator": "agreement@1",
        "score": 0.9,
        "quote": "Words",
    }


def member(author, camp, by="model:sides@1"):
    return {"thread_id": "t", "author": author, "annotator": by, "camp": camp, "score": 0.8, "posts": 4}


def stance(author, label, target="Ferry"):
    return {
        "thread_id": "t",
        "author": author,
        "target": target,
        "annotator": "stance@1",
        "label": label,
        "favor_posts": 1,
        "against_posts": 0,
        "score": 0.5,
    }


@pytest.fixture
def rows():
    return {
        "posts": [
            post(1, "Ann"),
            post(2, "Bob", 1),
            post(3, "Ann", 2),
            post(4, "Cem", 3, score=0.2),
            post(5, "Dag", 3),
            post(6, "Bob", 3, evidence="inferred"),
            post(7, "Ann", 3),
        ],
        "annotations": [reply(2, 1, "disagree"), reply(3, 2, "disagree"), reply(4, 3, "agree")],
        "camps": [member("Ann", 1), member("Bob", 2), member("Cem", 1)],
        "stances": [stance("Ann", "favor"), stance("Cem", "favor"), stance("Bob", "against")],
    }


def numbers(rows, kind="thread", unit="t"):
    tables = Tables({name: frame_of(CONTRACT[name], found) for name, found in rows.items()})
    table = summarise(tables).check("test")["summary"]
    table = table[(table["unit_kind"] == kind) & (table["unit_id"] == unit)]
    return dict(zip(table["metric"], table["value"], strict=True))


@pytest.mark.parametrize(("kind", "unit"), [("thread", "t"), ("run", "all")])
def test_authors_placed_are_counted_with_their_share_of_all(rows, kind, unit):
    found = numbers(rows, kind, unit)
    assert [found[f"authors_in_camps{which}"] for which in ("", ".1", ".2", "_share")] == [3, 2, 1, 0.75]


def test_replies_between_camps_are_counted_by_what_they_say(rows):
    found = {
        name: value for name, value in numbers(rows).items() if name.startswith("camp_replies") and value
    }
    # guesses, replies to oneself and those of nobody's camp are left out
    assert found == {
        "camp_replies.1.1": 1,
        "camp_replies.1.1.agree": 1,
        "camp_replies.1.2": 1,
        "camp_replies.1.2.disagree": 1,
        "camp_replies.2.1": 1,
        "camp_replies.2.1.disagree": 1,
    }


def test_stances_are_added_up_by_camp(rows):
    found = numbers(rows, "target", part_of("t", "Ferry"))
    assert {name: n for name, n in found.items() if name.startswith("camps.")} == {
        "camps.1.favor": 2,
        "camps.2.against": 1,
    }


def test_where_a_person_places_somebody_that_counts(rows):
    rows["camps"].append(member("Cem", 2, by="human:ab"))
    found = numbers(rows)
    assert (found["authors_in_camps"], found["authors_in_camps.1"], found["authors_in_camps.2"]) == (3, 1, 2)


def test_without_camps_nobody_is_placed_and_nothing_passes_between_them(rows):
    del rows["camps"]
    found = numbers(rows)
    assert (found["authors_in_camps"], found["authors_in_camps_share"]) == (0, 0)
    assert not [name for name in found if name.startswith(("authors_in_camps.", "camp_replies"))]
