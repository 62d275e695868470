import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from discourse.chains import cut_cycles
from discourse.ingest.exports.ledger import Ledger, Runs, hashes_of

FORESTS = st.lists(st.integers(0, 14), min_size=1, max_size=14)


@given(FORESTS, st.integers(1, 5))
def test_links_are_cut_as_chains_cuts_them_whatever_the_batches(targets, size):
    ids = [f"p{place}" for place in range(len(targets))]
    parents = [None if target == 14 else f"p{target}" for target in targets]
    ledger, cut = Ledger(), set()
    for start in range(0, len(ids), size):
        part = slice(start, start + size)
        links = ledger.link(hashes_of(ids[part]), hashes_of(parents[part]))
        cut |= {ids[start + place] for place in (*links.own, *links.cycles)}
    assert cut == cut_cycles(dict(zip(ids, parents, strict=True)))
    unknown = sum(parent is not None and parent not in ids for parent in parents)
    assert ledger.unknown() == (unknown, 0)


def test_repeated_ids_are_found_in_and_between_batches():
    ledger = Ledger()
    assert ledger.repeated(hashes_of(["a", "b", "a"])).tolist() == [False, False, True]
    ledger.link(hashes_of(["a", "b"]), hashes_of([None, "a"]))
    assert ledger.repeated(hashes_of(["c", "b"])).tolist() == [False, True]


def test_unsure_links_count_only_if_the_post_was_read():
    ledger = Ledger()
    unsure = np.array([True, True])
    links = ledger.link(hashes_of(["a", "b"]), hashes_of(["page", "a"]), unsure)
    assert links.dropped == [0]
    assert ledger.unknown() == (0, 0)


def test_what_is_forgotten_is_said_to_be_unchecked():
    ledger = Ledger(remembered=64)
    for start in range(0, 2000, 10):
        ids = [f"p{start + place}" for place in range(10)]
        ledger.link(hashes_of(ids), hashes_of([None] * 9 + ["p0"]))
    unknown, unchecked = ledger.unknown()
    assert unknown == 0
    assert unchecked > 100


def test_runs_stay_few():
    runs = Runs()
    for start in range(0, 10_000, 10):
        keys = np.arange(start + 1, start + 11, dtype=np.uint64)
        runs.add(keys, keys)
    assert len(runs) == 10_000
    assert len(runs.runs) < 20
    known, values = runs.find(np.array([1, 9_999, 20_000], dtype=np.uint64))
    assert (known.tolist(), values.tolist()) == ([True, True, False], [1, 9_999, 0])
