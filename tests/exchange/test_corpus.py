"""Posts with all that was said of them, streamed from runs."""

import pytest

from discourse.errors import DiscourseError
from discourse.exchange.corpus import Choice, Corpus
from discourse.labels.decisions import Decision, text_hash
from discourse.labels.journal import Journal, journal_path
from tests.exchange.made_run import SHA, TEXTS, add_people, made_labels, made_tables, store_run


@pytest.fixture
def run(tmp_path):
    return add_people(store_run(tmp_path / "pier"))


def test_posts_come_whole_and_in_order(run):
    with Corpus([run]) as corpus:
        posts = list(corpus.posts())
    assert [one.post.text for one in posts] == list(TEXTS)
    assert [one.post.position for one in posts] == list(range(1, len(TEXTS) + 1))
    assert {one.run for one in posts} == {"pier"}


def test_every_label_of_machine_and_people_is_there_once_with_all_its_fields(run):
    with Corpus([run]) as corpus:
        rows = [row for one in corpus.posts() for row in one.annotations]
    machine = [row for row in rows if not row.annotator.startswith("human:")]
    named = "post_id start end layer label target annotator score detail also entry".split()
    assert sorted(tuple(str(getattr(row, name)) for name in named) for row in machine) == sorted(
        tuple(str(row[name]) for name in named) for row in made_labels()
    )
    assert {row.annotator for row in rows} > {"human:ann", "human:bo"}


def test_people_who_read_a_post_are_named_with_what_they_looked_for(run):
    with Corpus([run]) as corpus:
        first = next(corpus.posts())
        assert corpus.people() == ["human:ann", "human:bo"]
    assert {(row["annotator"], row["layer"]) for row in first.coded} == {
        (who, layer) for who in ("human:ann", "human:bo") for layer in ("rhetoric", "reply")
    }


@pytest.mark.parametrize(
    ("choice", "makers"),
    [
        (Choice(makers=frozenset({"people"})), {"human:ann", "human:bo"}),
        (Choice(makers=frozenset({"human:bo"})), {"human:bo"}),
        (Choice(makers=frozenset({"hedges"})), {"hedges@4"}),
        (Choice(layers=frozenset({"stance"})), {"stance@3"}),
        (Choice(makers=frozenset({"machine"}), layers=frozenset({"reply"})), {"agreement@4"}),
    ],
)
def test_labels_are_chosen_by_layer_and_maker(run, choice, makers):
    with Corpus([run], choice) as corpus:
        assert {row.annotator for one in corpus.posts() for row in one.annotations} == makers


def test_posts_are_chosen_by_id(run):
    with Corpus([run], Choice(posts=frozenset({"pier:8", "pier:2"}))) as corpus:
        assert [one.post.post_id for one in corpus.posts()] == ["pier:2", "pier:8"]


def test_it_can_be_read_again_and_counts_what_it_saw(run):
    with Corpus([run]) as corpus:
        once, again = list(corpus.posts()), list(corpus.posts())
        assert once == again
        assert corpus.tally.posts == len(TEXTS)
        assert corpus.tally.labels["rhetoric", "hedge", "hedges@4"] == 6
        assert corpus.tally.coded == {"human:ann": len(TEXTS), "human:bo": len(TEXTS)}


def test_a_decision_on_another_text_is_left_out(tmp_path):
    run = store_run(tmp_path / "pier")
    value = {"layer": "rhetoric", "label": "hedge", "target": None, "start": 0, "end": 3}
    with Journal(journal_path(run), [SHA]) as journal:
        for text in (TEXTS[0], "an older text"):
            one = Decision(kind="label", post_id="pier:1", text_hash=text_hash(text), value=value)
            journal.append(f"human:{'ann' if text == TEXTS[0] else 'old'}", [one])
    with Corpus([run]) as corpus:
        assert {row.annotator for row in next(corpus.posts()).annotations if row.end == 3} == {"human:ann"}


def test_runs_that_share_a_post_id_are_refused_by_name(tmp_path):
    runs = [store_run(tmp_path / name / "pier") for name in "ab"]
    stands_twice = "its post 'pier:1' stands in another of the runs too"
    with pytest.raises(DiscourseError, match=stands_twice), Corpus(runs):
        pass


def test_a_run_given_twice_is_read_once(run):
    with Corpus([run, run.parent]) as corpus:
        assert len(list(corpus.posts())) == len(TEXTS)


def test_a_label_that_was_moved_by_hand_is_named(tmp_path):
    tables = made_tables()
    rows = tables["annotations"].copy()
    rows.loc[0, "start"] += 1
    run = store_run(tmp_path / "pier", tables.replace(annotations=rows))
    with Corpus([run]) as corpus, pytest.raises(DiscourseError, match="its quotation is not what stands at"):
        list(corpus.posts())


def test_a_damaged_table_is_named_with_its_line(tmp_path):
    run = store_run(tmp_path / "pier")
    path = run / "tables" / "annotations.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("0.8", "much", 1), encoding="utf-8")
    with pytest.raises(DiscourseError, match=r"annotations\.csv, line \d+"), Corpus([run]):
        pass
