"""What goes out to Label Studio comes back: every label of people, every look, every text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from discourse.exchange import label_studio
from discourse.exchange.corpus import LabelledPost
from discourse.exchange.found import FoundPost
from discourse.exchange.label_studio.controls import TASKS_DIALOGUE, TASKS_TEXT
from discourse.exchange.label_studio.regions import Paragraph, labels_of
from discourse.exchange.label_studio.results import dialogue_results, text_results
from discourse.exchange.offsets import Offsets
from discourse.labels.decisions import HUMAN
from discourse.model import Annotation, Post
from tests.exchange.label_studio.exported import export, facts, in_order

BOTH = pytest.mark.parametrize("name", [TASKS_TEXT, TASKS_DIALOGUE])


def in_points(found: FoundPost) -> FoundPost:
    """Return a post with its labels' places in code points."""
    if found.measure == "code points":
        return found
    points = Offsets.utf16(found.text or "").points
    moved = [
        replace(label, start=points(label.start or 0), end=points(label.end or 0)) for label in found.labels
    ]
    return replace(found, labels=tuple(moved), measure="code points")


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[LabelledPost]]:
    return export(tmp_path_factory.mktemp("exported"))


@BOTH
def test_every_label_of_people_comes_back_with_all_it_says(name, exported):
    folder, posts = exported
    found = [in_points(one) for one in label_studio.read(folder / name)]
    for post, back in zip(posts, found, strict=True):
        theirs = [row for row in post.annotations if row.annotator.startswith(HUMAN)]
        assert in_order(back.labels) == in_order(theirs)
    assert sum(len(one.labels) for one in found) > 15


@BOTH
def test_every_text_comes_back_to_the_letter_with_its_id_and_hash(name, exported):
    folder, posts = exported
    for post, back in zip(posts, label_studio.read(folder / name), strict=True):
        assert (back.post_id, back.text) == (post.post.post_id, post.post.text)
        assert back.text_hash is not None


@BOTH
def test_what_was_looked_for_comes_back_and_nothing_more(name, exported):
    folder, posts = exported
    for post, back in zip(posts, label_studio.read(folder / name), strict=True):
        looked = [(entry["annotator"], entry["layer"], entry["label"]) for entry in post.coded]
        assert sorted(back.read, key=repr) == sorted(looked, key=repr)


def test_a_folder_is_read_once_though_it_holds_all_labels_twice(exported):
    folder, posts = exported
    assert len(list(label_studio.read(folder))) == len(posts)


def test_without_people_nothing_is_said_by_anybody(tmp_path):
    folder, _ = export(tmp_path, people=False)
    assert all(not one.labels and not one.read for one in label_studio.read(folder))


def test_the_same_run_gives_the_same_bytes(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = export(tmp_path / "a")[0], export(tmp_path / "b")[0]
    assert {path.name: path.read_bytes() for path in one.iterdir()} == {
        path.name: path.read_bytes() for path in other.iterdir()
    }


TEXTS = st.text(st.sampled_from("ab \r\n\t\\n\U0001f468\u200d\u0301é\u05d0\U0001d518"), max_size=30)


@st.composite
def labelled(draw: st.DrawFn) -> tuple[Post, list[Annotation]]:
    text = draw(TEXTS)
    rows: dict[tuple[object, ...], Annotation] = {}
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, len(text)))
        layer, label = draw(st.sampled_from([("rhetoric", "hedge"), ("reply", "agree"), ("stance", "favor")]))
        about = draw(st.sampled_from([None, "p:1", "Pier → 50%", " both\nlines "]))
        detail = draw(st.sampled_from([None, "link"]))
        row = Annotation(
            post_id="p:2",
            start=start,
            end=end,
            layer=layer,
            label=label,
            annotator="human:ann",
            quote=text[start:end],
            target=about,
            detail=detail,
            also=draw(st.sampled_from([None, "hedges@4 model:comments@2"])),
        )
        rows[start, end, layer, label, about] = row
    post = Post(
        post_id="p:2", thread_id="p", source_id="p", position=2, author="Wren", text=text, reply_to="p:1"
    )
    return post, list(rows.values())


@given(labelled())
def test_any_place_in_a_text_survives(made):
    post, rows = made
    paragraph = Paragraph(post.text, "p:1", counts_units=False)
    found = [label for _, label in labels_of("x", text_results(post, rows), [paragraph], "human:ann")]
    assert in_order(found) == in_order(rows)


@given(labelled(), labelled())
def test_any_place_in_a_conversation_survives(first, second):
    paragraphs = [Paragraph(post.text, None, counts_units=True) for post, _ in (first, second)]
    results = dialogue_results([first, second])
    back: list[list[tuple[object, ...]]] = [[], []]
    for place, label in labels_of("x", results, paragraphs, "human:ann"):
        points = Offsets.utf16(paragraphs[place].text or "").points
        moved = replace(label, start=points(label.start or 0), end=points(label.end or 0))
        back[place].append(facts(moved))
    for (_, rows), found in zip((first, second), back, strict=True):
        assert sorted(found, key=repr) == in_order(rows)
