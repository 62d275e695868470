"""The numbers of a run over many threads."""

import msgspec
import pytest

from discourse.scale.across import across
from discourse.scale.database import opened
from discourse.summary.many import ManyThreads
from discourse.tables import CONTRACT, Tables, frame_of, write_tables
from tests.report.made_several import several_tables
from tests.report.made_thread import HOSTILE_NAME
from tests.scale.made_parts import made_run, write_parts


def numbers(run, **options) -> ManyThreads:
    with opened(run, **options) as db:
        return across(db)


@pytest.fixture
def many(run) -> ManyThreads:
    return numbers(run)


def test_the_extent_is_that_of_the_tables(many):
    posts = several_tables()["posts"]
    extent = many.extent
    assert (extent.posts, extent.threads) == (len(posts), 2)
    assert extent.nameless == (posts["author"] == "").sum()
    assert extent.authors == posts["author"].nunique() - 1
    assert (extent.since, extent.until) == ("2026-07-14", "2026-07-29")
    assert extent.loops == 2
    assert sum(extent.languages.values()) == extent.posts
    assert extent.layers["rhetoric"] == (several_tables()["annotations"]["layer"] == "rhetoric").sum()


def test_a_few_weeks_are_told_by_day(many):
    assert many.unit == "day"
    assert [row.period for row in many.periods] == sorted(row.period for row in many.periods)
    assert sum(row.posts for row in many.periods) == many.extent.posts


def test_targets_have_their_sides_and_claims_are_none(many):
    targets = {row.target: row for row in many.targets}
    assert targets["The mayor"].threads == 1
    assert {"c1", "c2"}.isdisjoint(targets)
    assert targets[HOSTILE_NAME].favor > 0
    contested = [row.contested for row in many.targets]
    assert contested == sorted(contested, reverse=True)


def test_loops_are_counted_by_kind_topic_and_target(many):
    assert sum(kind.loops for kind in many.kinds) == 2
    assert all(sum(kind.states.values()) == kind.loops for kind in many.kinds)
    assert {topic.thread_id for topic in many.topics} == {"f00dcafe0001"}
    assert sum(topic.loops for topic in many.topics) == 2
    assert "The mayor" in {topic.topic for topic in many.over_targets}


def test_claims_are_counted_by_what_they_are_about_with_the_posts_on_either_side(many):
    claims, marks = several_tables()["claims"], several_tables()["annotations"]
    about = claims["attribute"].dropna()
    assert {row.topic for row in many.claimed} == {text.strip().lower() for text in about}
    of = marks[(marks["layer"] == "claim") & marks["target"].isin(claims.loc[about.index, "claim_id"])]
    pairs = of[of["label"] == "asserts"].drop_duplicates(["post_id", "target"])
    assert sum(row.asserted for row in many.claimed) == len(pairs)


def test_rates_are_of_posts_and_of_answers(many):
    rates = {(rate.layer, rate.label): rate for rate in many.rates}
    answers = several_tables()["posts"]["reply_to"].notna().sum()
    disagree = rates["reply", "disagree"]
    assert disagree.sums.posts == answers
    marks = several_tables()["annotations"]
    hedged = marks[(marks["layer"] == "rhetoric") & (marks["label"] == "hedge")]
    assert rates["rhetoric", "hedge"].sums.hits == hedged["post_id"].nunique()
    assert rates["rhetoric", "hedge"].labels == len(hedged)


def test_the_order_of_reading_shows_its_parts(many):
    (first,) = many.readings
    assert (first.thread_id, first.loops, first.places) == ("f00dcafe0001", 2, (1, 1, 1, 1))
    assert first.evenness == pytest.approx(2 * (4 + 1) / 13)
    assert many.all_readings == 1


def test_neither_parts_nor_workers_nor_memory_show(tmp_path, many):
    whole = made_run(tmp_path / "whole", threads_per_part=2)
    assert numbers(whole) == many
    assert numbers(whole, workers=4, memory=60) == many


def test_an_ordinary_run_gives_the_same_numbers(tmp_path, many):
    write_tables(several_tables(), tmp_path / "plain" / "tables")
    (tmp_path / "plain" / "run.json").write_text("{}", encoding="utf-8")
    assert numbers(tmp_path / "plain") == many


def test_a_run_of_nothing_has_no_numbers(tmp_path):
    nothing = Tables({name: CONTRACT[name].empty() for name in CONTRACT})
    many = numbers(write_parts(nothing, tmp_path / "run"))
    assert (many.extent.posts, many.extent.since, many.periods, many.rates) == (0, "", (), ())
    assert (many.targets, many.kinds, many.readings, many.faults.rows) == ((), (), (), 0)


def test_faults_are_counted_by_thread_and_those_of_reading_come_first(tmp_path):
    rows = [
        {"stage": "loops", "item_id": "f00dcafe0001", "problem": "ValueError: x"},
        {"stage": "read", "item_id": "line 7", "problem": "no JSON"},
        {"stage": "claims", "item_id": "f00dcafe0001", "problem": "KeyError: 'y'"},
    ]
    tables = several_tables().replace(faults=frame_of(CONTRACT["faults"], rows))
    faults = numbers(write_parts(tables, tmp_path / "run")).faults
    assert (faults.rows, faults.threads) == (3, 1)
    assert [(f.thread_id, f.stage) for f in faults.first] == [
        ("", "read"),
        ("f00dcafe0001", "claims"),
        ("f00dcafe0001", "loops"),
    ]


def test_a_loop_that_a_person_decided_is_counted_once_as_they_decided(tmp_path):
    tables = several_tables()
    loops = tables["loops"]
    person = loops.head(1).assign(annotator="human:ann", state="conceded")
    both = msgspec.structs.replace(tables, frames={**tables.frames, "loops": _stacked(loops, person)})
    many = numbers(write_parts(both, tmp_path / "run"))
    assert many.extent.loops == 2
    assert sum(kind.states.get("conceded", 0) for kind in many.kinds) >= 1


def _stacked(above, below):
    import pandas as pd

    return pd.concat([above, below], ignore_index=True)
