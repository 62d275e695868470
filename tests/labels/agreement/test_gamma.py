"""Gamma, by an extra package."""

import importlib.util

import pytest

from discourse.errors import DiscourseError
from discourse.labels.agreement.bootstrap import Resampling
from discourse.labels.agreement.computing import measure, opened
from tests.labels.agreement.coding import Coding, marked

TEXTS = [f"Perhaps number {number} is wrong, and surely so is the next one." for number in range(12)]
IS_THERE = importlib.util.find_spec("pygamma_agreement") is not None


def gammas(folder):
    with opened([folder]) as runs:
        found = measure(runs, ["rhetoric"], Resampling(100), with_gamma=True)
    return {(one.first, one.second): one for one in found.figures if one.measure == "gamma"}


@pytest.fixture
def coding(tmp_path):
    rows = [marked(TEXTS, number, "rhetoric", "hedge", "Perhaps") for number in range(1, 7)]
    coding = Coding(tmp_path / "pier", TEXTS, annotations=rows)
    for who in ("ann", "bo"):
        coding.read(who, range(1, 13), "rhetoric")
        for number in range(1, 13):
            coding.give(who, number, "rhetoric", "hedge", "Perhaps")
            coding.give(who, number, "rhetoric", "booster", "surely")
    return coding


@pytest.mark.skipif(IS_THERE, reason="the package is installed")
def test_without_the_package_one_line_says_what_to_install(coding):
    with pytest.raises(DiscourseError, match="pip install"):
        gammas(coding.folder)


@pytest.mark.skipif(not IS_THERE, reason="the extra package is not installed")
@pytest.mark.filterwarnings("ignore")
def test_people_who_mark_alike_have_gamma_1_and_the_machine_less(coding):
    found = gammas(coding.folder)
    assert found["people", ""].estimate.value == pytest.approx(1, abs=1e-6)
    assert found["human:ann", "machine"].estimate.value < 0.8
    assert gammas(coding.folder)["human:ann", "machine"].estimate.value == pytest.approx(
        found["human:ann", "machine"].estimate.value
    )
