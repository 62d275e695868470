"""From a sample that was drawn beside posts coded before to shares that hold for all posts."""

import csv
import random
import shutil

import pytest

from discourse.errors import DiscourseError
from discourse.exchange.corpus import Choice, Corpus
from discourse.labels.agreement.bootstrap import Resampling
from discourse.labels.agreement.computing import ON_DRAWN, measure, opened
from discourse.labels.sampling.asked import Asked
from discourse.labels.sampling.drawing import draw, rows_of
from discourse.labels.sampling.files import write_sample
from tests.labels.agreement.coding import Coding, marked

TEXTS = [f"Post {number} is a fine one." for number in range(1, 61)]
TRUE = {*range(1, 21), 25, 35, 45, 55}  # posts with sarcasm: 24 of 60, all of 1 to 20, which are coded first
QUICK = Resampling(100)
ANN = "human:ann"


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Return a run of which the machine finds some, and a person has coded those that have it mostly."""
    labels = [marked(TEXTS, number, "rhetoric", "sarcasm", "fine") for number in (1, 2, 3, 25, 40, 50)]
    coding = Coding(tmp_path_factory.mktemp("run") / "pier", TEXTS, annotations=labels)
    code(coding, range(1, 21))
    return coding


def code(coding, numbers):
    """Let a person code posts, as they truly are."""
    read = {"layer": "rhetoric", "label": None}
    given = {"layer": "rhetoric", "label": "sarcasm", "target": None, "quote": "fine"}
    for number in numbers:
        start = TEXTS[number - 1].index("fine")
        label = (number, "label", {**given, "start": start, "end": start + 4})
        coding.decide("ann", (number, "read", read), *([label] if number in TRUE else []))


def sampled(run, folder, **asked):
    """Return a copy of the run, its sample's file, and its rows in the order to label them."""
    copy = Coding.__new__(Coding)
    copy.texts, copy.folder = run.texts, folder / "pier"
    shutil.copytree(run.folder.parent, folder, dirs_exist_ok=True)
    with Corpus([copy.folder], Choice(layers=frozenset({"rhetoric"}))) as corpus:
        sample = draw(corpus.posts, Asked(**asked, layers=frozenset({"rhetoric"})))
        write_sample(rows_of(sample, corpus.posts), folder / "next.csv")
    with (folder / "next.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return copy, folder / "next.csv", rows


def number_of(row):
    return int(row["post_id"].split(":")[1])


def measured(coding, sample=None):
    with opened([coding.folder]) as runs:
        return measure(runs, ["rhetoric"], QUICK, sample)


@pytest.mark.parametrize("done", [1.0, 0.4])
def test_shares_are_near_the_truth_although_posts_with_the_label_were_coded_before(run, tmp_path, done):
    """Also where a person has stopped early, so that most of what is coded was coded before."""
    found = {"coded": [], "difference": []}
    for seed in range(20):
        coding, path, rows = sampled(run, tmp_path / str(seed), number=24, way="random", seed=seed)
        left = [number_of(row) for row in rows if not row["coded"]]
        code(coding, left[: round(done * len(left))])
        (share,) = measured(coding, path).shares
        for name, values in found.items():
            values.append(share.shares[name].value)
    for values in found.values():
        assert sum(values) / len(values) == pytest.approx(len(TRUE) / len(TEXTS), abs=0.05)


def test_where_a_kind_of_posts_is_not_coded_nothing_is_said_of_it(run, tmp_path):
    coding, path, _ = sampled(run, tmp_path, number=24, way="random")
    (share,) = measured(coding, path).shares
    assert share.coded == 0
    assert share.missing == "none of the drawn posts that were not coded before counts as coded"
    assert share.missing in share.notes["difference"]


def test_people_and_machine_are_compared_on_the_random_part_alone(run, tmp_path):
    coding, path, rows = sampled(run, tmp_path, number=24, random_share=0.5, way="diversity")
    code(coding, [number_of(row) for row in rows])
    at_random = {row["post_id"] for row in rows if row["part"] == "random"}
    coding.read("bo", random.Random(1).sample(range(1, 61), 30), "rhetoric")
    plain, drawn = measured(coding), measured(coding, path)
    units = {
        name: {(one.first, one.second): one.units for one in found.figures if one.measure == "agreement"}
        for name, found in (("plain", plain), ("drawn", drawn))
    }
    assert units["plain"][ANN, "machine"] > 24
    assert units["drawn"][ANN, "machine"] == len(at_random) == 12
    for key in (("people", ""), (ANN, "human:bo")):
        assert units["drawn"][key] == units["plain"][key]
    noted = {(one.second in ("", "human:bo"), ON_DRAWN in one.note) for one in drawn.figures}
    assert noted == {(True, False), (False, True)}
    assert not any(ON_DRAWN in one.note for one in plain.figures)


def test_a_sample_of_other_posts_is_refused(run, tmp_path):
    (tmp_path / "other.csv").write_text("post_id,part,probability\nquay:1,random,0.5\n")
    with pytest.raises(DiscourseError, match="none of the posts that it drew at random is in these runs"):
        measured(run, tmp_path / "other.csv")
