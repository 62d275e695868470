"""Stance to targets in forum threads: what was reached beside two blind coders does not get worse."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from tests.evaluation.stance_cells import GOLD, PARTS, THREADS, figures, measured

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["stance_cells"]


@pytest.mark.parametrize("part", PARTS)
def test_clear_cells_of_authors_are_found_and_not_turned_round(shared, part):
    if not (shared / "data" / "threads").is_dir():
        pytest.skip("../shared/data is absent")
    if sha256((shared / THREADS).read_bytes()).hexdigest() != FLOORS["data_sha256"]:
        pytest.skip("the floors were measured on other data")
    found = figures(measured(shared, (part,))[0])
    floor = FLOORS[part]
    assert found["right"] >= floor["right"]
    assert found["turned"] <= floor["turned"]
    assert found["precision"] >= floor["precision"]


def test_the_gold_holds_labels_and_short_names_alone():
    gold = json.loads(GOLD.read_text(encoding="utf-8"))["discussions"]
    for thread in gold.values():
        names = [name for target, aliases in thread["targets"].items() for name in (target, *aliases)]
        assert max(len(name.split()) for name in names) <= 6
        for unit, target, *labels, clear in [*thread["cells"], *thread["posts"]]:
            assert isinstance(unit, int)
            assert target in thread["targets"]
            assert set(labels) <= {"favor", "against", "mixed", "none"}
            assert clear in (0, 1)
            assert not clear or len(set(labels)) == 1
