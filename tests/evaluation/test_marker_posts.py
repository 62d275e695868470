"""Forum posts read in full by two coders: the gold holds offsets alone, and what is found gets no worse."""

import json
from pathlib import Path

import pytest

from tests.evaluation.marker_posts import PARTS, THREADS, Judged, gold, interval, judged, kappa
from tests.evaluation.marker_sentences import SENTENCES

FLOORS_FILE = Path(__file__).parent / "floors.json"
FLOORS = json.loads(FLOORS_FILE.read_text(encoding="utf-8"))["marker_posts"]["figures"]


def test_both_golds_hold_offsets_and_labels_without_text():
    for row in gold():
        assert row["part"] in PARTS
        assert len(row["coders"]) == 2
        for spans in row["coders"].values():
            assert all(" " not in label and 0 <= start < end for label, start, end in spans)
    for row in json.loads(SENTENCES.read_text(encoding="utf-8"))["comments"]:
        assert set(row) == {"name", "coder", "sentences"}
        assert all(start < end and " " not in "".join(labels) for start, end, labels in row["sentences"])


def test_what_the_models_learned_from_holds_no_post_of_the_gold():
    taught = json.loads(SENTENCES.read_text(encoding="utf-8"))["comments"]
    assert {row["name"] for row in taught}.isdisjoint(f"iac:{row['id']}" for row in gold())


def test_the_coders_agree_on_which_posts_have_the_common_markers():
    rows = gold()
    for label in ("hedge", "rhetorical_question", "policing", "evidence", "concession"):
        assert kappa(rows, label) > 0.8


def test_a_passage_counts_as_found_where_the_marked_one_touches_it():
    case = Judged(2.0, sure=[(0, 5), (10, 15)], open=[(20, 25)], marked=[(4, 6), (21, 22), (30, 31)])
    assert case.counts == (2.0, 4.0, 3.0, 6.0)
    low, high = interval([case, case], 0, 1)
    assert low == high == 0.5


def test_the_sealed_half_is_read_no_worse_than_before(shared):
    if not (shared / THREADS).exists():
        pytest.skip("../shared/data/threads/iac.jsonl.gz is absent")
    found = judged(shared, "sealed")
    for label, (recall, precision) in FLOORS.items():
        hits, sure, right, marked = (sum(case.counts[k] for case in found[label]) for k in range(4))
        assert hits / sure >= recall, f"{label}: recall"
        assert right / max(marked, 1e-9) >= precision, f"{label}: precision"
