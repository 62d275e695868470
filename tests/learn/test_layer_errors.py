"""What the report says of each kind of label is what is stated elsewhere, and its form is kept."""

import json
import re
from pathlib import Path

import pytest

from discourse.learn.figures import error_rates

ROOT = Path(__file__).parents[2]
HELD = json.loads((ROOT / "discourse/learn/models/layer_errors.json").read_text(encoding="utf-8"))
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
NUMBERS |= {"half": 0.5, "twelve": 12, "thirteen": 13}


def numbers(text: str) -> set[float]:
    """Return all numbers of a text, in digits and in words."""
    digits = {float(found) for found in re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?!\w)", text)}
    spoken = {float(NUMBERS[word]) for word in re.findall(r"[a-z]+", text.lower()) if word in NUMBERS}
    return digits | spoken


@pytest.mark.parametrize("kind", HELD["layers"])
def test_each_figure_stands_in_a_file_that_it_is_said_to_be_from(kind):
    layer = HELD["layers"][kind]
    # of a hundred: what the file writes in per cent
    files = [(ROOT / name).read_text(encoding="utf-8") for name in layer["stands_in"].split("; ")]
    known = set.union({1.0, 100.0}, *map(numbers, files))
    assert numbers(layer["says"]) <= known


@pytest.mark.parametrize("kind", HELD["layers"])
def test_each_names_a_script_that_is_there(kind):
    for script in HELD["layers"][kind]["measured_by"].split("; "):
        assert (ROOT / script.split()[0]).is_file()


def test_kinds_stand_beside_labels_under_names_that_no_marker_can_have():
    rates = error_rates()
    assert rates["layer.reply"] == HELD["layers"]["reply"]["says"]
    assert "hedge" in rates
    assert not [name for name in rates if name.startswith("audit.")]
