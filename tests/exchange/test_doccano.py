"""doccano: what goes out comes back, and what its annotators made of it is theirs."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from discourse.errors import DiscourseError
from discourse.exchange import doccano
from discourse.exchange.corpus import Choice, Corpus, LabelledPost
from discourse.exchange.formats import ExportOptions
from discourse.exchange.found import FoundPost
from discourse.exchange.offsets import Offsets
from tests.exchange.label_studio.exported import facts, in_order
from tests.exchange.made_run import add_people, store_run

TEXT = "\U0001f468\u200d\U0001f469 Perhaps so.\r\nClearly not."


def export(folder: Path, choice: Choice | None = None) -> tuple[Path, list[LabelledPost]]:
    run = add_people(store_run(folder / "run"))
    out = folder / "out"
    out.mkdir()
    with Corpus([run], choice) as corpus:
        doccano.write(corpus, out, ExportOptions())
        return out / "doccano.jsonl", list(corpus.posts())


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[LabelledPost]]:
    return export(tmp_path_factory.mktemp("doccano"))


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def store(path: Path, documents: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in documents), encoding="utf-8")
    return path


def as_the_tool_gives_it(document: dict[str, Any], label: list[Any]) -> dict[str, Any]:
    """Return a document as doccano exports it: its own id, the text, all metadata, entities and comments."""
    rest = {key: value for key, value in document.items() if key not in ("text", "label")}
    return {"id": 41, "text": document["text"], **rest, "label": label, "Comments": []}


def in_points(found: FoundPost) -> FoundPost:
    points = Offsets.utf16(found.text or "").points
    moved = [replace(it, start=points(it.start or 0), end=points(it.end or 0)) for it in found.labels]
    return replace(found, labels=tuple(moved), measure="code points")


def test_every_label_text_and_look_comes_back(exported):
    path, posts = exported
    for post, back in zip(posts, doccano.read(path), strict=True):
        assert (back.post_id, back.text) == (post.post.post_id, post.post.text)
        assert in_order(in_points(back).labels) == in_order(post.annotations)
        looked = [(entry["annotator"], entry["layer"], entry["label"]) for entry in post.coded]
        assert sorted(back.read, key=repr) == sorted(looked, key=repr)


def test_an_entity_stands_where_the_editor_counts_it(exported):
    for document in lines(exported[0]):
        units = document["text"].encode("utf-16-le")
        for start, end, name in document["label"]:
            words = units[2 * start : 2 * end].decode("utf-16-le")
            rows = [
                row for row in document["discourse"]["labels"] if (row["start"], row["end"]) == (start, end)
            ]
            assert words in {row["quote"] for row in rows if row["name"] == name}


def test_no_entity_is_empty_or_given_twice(exported):
    for document in lines(exported[0]):
        entities = [tuple(entity) for entity in document["label"]]
        assert len(entities) == len(set(entities))
        assert all(start < end for start, end, _ in entities)


def test_a_document_that_the_tool_gives_back_untouched_is_as_it_was(exported, tmp_path):
    path, posts = exported
    documents = [as_the_tool_gives_it(one, one["label"]) for one in lines(path)]
    for post, back in zip(posts, doccano.read(store(tmp_path / "all.jsonl", documents)), strict=True):
        assert in_order(in_points(back).labels) == in_order(post.annotations)


def test_entities_that_its_import_dropped_as_overlapping_are_nobodys_work(exported, tmp_path):
    path, _ = exported
    kept, last = [], -1
    document = max(lines(path), key=lambda one: len(one["label"]))
    for entity in document["label"]:
        if entity[0] >= last:
            kept.append(entity)
            last = entity[1]
    assert len(kept) < len(document["label"])
    [back] = doccano.read(store(tmp_path / "all.jsonl", [as_the_tool_gives_it(document, kept)]))
    assert len(back.labels) == len(document["discourse"]["labels"])


def made(labels: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    kept = {"labels": labels, "coded": [], "layers": ["rhetoric", "stance"]}
    label = [[row["start"], row["end"], row["name"]] for row in labels]
    return {"text": TEXT, "label": label, "post_id": "p:1", "text_hash": None, "discourse": kept, **more}


def row(name: str, start: int, end: int, **more: Any) -> dict[str, Any]:
    base = {"name": name, "start": start, "end": end, "target": None, "quote": "x", "detail": None}
    return {**base, "annotator": "hedges@4", "also": None, "score": 0.5, **more}


def zipped(path: Path, files: dict[str, list[dict[str, Any]]]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, documents in files.items():
            archive.writestr(name, "".join(json.dumps(one) + "\n" for one in documents))
    return path


def test_a_changed_document_is_its_annotators_word(tmp_path):
    went_out = made(
        [
            row("stance/favor", 0, 5, target="Pier", detail="d", annotator="stance@3"),
            row("rhetoric/hedge", 6, 13),
        ]
    )
    changed = as_the_tool_gives_it(went_out, [[0, 5, "stance/favor"], [21, 28, "rhetoric/booster"]])
    [back] = doccano.read(zipped(tmp_path / "export.zip", {"admin.jsonl": [changed]}))
    kept, added = back.labels
    assert facts(kept) == ("stance", "favor", "Pier", 0, 5, "x", "d", "human:admin", "stance@3")
    assert facts(added) == ("rhetoric", "booster", None, 21, 28, None, None, "human:admin", None)
    assert set(back.read) == {("human:admin", "rhetoric", None), ("human:admin", "stance", None)}


def test_an_entity_that_was_moved_takes_nothing_of_the_old_one(tmp_path):
    went_out = made([row("stance/favor", 0, 5, target="Pier", detail="d")])
    moved = as_the_tool_gives_it(went_out, [[0, 6, "stance/favor"]])
    [back] = doccano.read(zipped(tmp_path / "export.zip", {"bo.jsonl": [moved]}))
    assert [(it.target, it.detail, it.also) for it in back.labels] == [(None, None, None)]


def test_two_targets_of_one_entity_are_two_labels(tmp_path):
    went_out = made([row("stance/favor", 0, 5, target="Pier"), row("stance/favor", 0, 5, target="Mayor")])
    changed = as_the_tool_gives_it(went_out, [[0, 5, "stance/favor"], [6, 13, "rhetoric/hedge"]])
    [back] = doccano.read(zipped(tmp_path / "export.zip", {"bo.jsonl": [changed]}))
    assert {it.target for it in back.labels} == {"Pier", "Mayor", None}


def test_a_new_label_may_name_its_target(tmp_path):
    changed = as_the_tool_gives_it(made([]), [[0, 5, "stance/favor → Pier"]])
    [back] = doccano.read(store(tmp_path / "x.jsonl", [changed]))
    assert [(it.label, it.target, it.annotator) for it in back.labels] == [("favor", "Pier", None)]


def test_an_emptied_document_says_nothing_for_one_never_opened_looks_the_same(tmp_path):
    emptied = as_the_tool_gives_it(made([row("rhetoric/hedge", 6, 13)]), [])
    [back] = doccano.read(zipped(tmp_path / "export.zip", {"bo.jsonl": [emptied]}))
    assert (back.labels, back.read) == ((), ())


def test_each_file_of_the_zip_is_an_annotators_and_the_shared_one_nobodys(tmp_path):
    one = as_the_tool_gives_it(made([]), [[6, 13, "rhetoric/hedge"]])
    path = zipped(tmp_path / "e.zip", {"bo.jsonl": [one], "ann b.jsonl": [one], "all.jsonl": [one]})
    found = [back.labels[0].annotator for back in doccano.read(path)]
    assert found == [None, "human:ann_b", "human:bo"]


def test_a_folder_of_unpacked_files_is_read_like_the_zip(tmp_path):
    store(tmp_path / "bo.jsonl", [as_the_tool_gives_it(made([]), [[6, 13, "rhetoric/hedge"]])])
    [back] = doccano.read(tmp_path)
    assert back.labels[0].annotator == "human:bo"


ENTITY = {"id": 5, "label": "rhetoric/hedge", "start_offset": 6, "end_offset": 13}


@pytest.mark.parametrize(
    "shape",
    [
        {"label": [[6, 13, "rhetoric/hedge"]]},
        {"labels": [[6, 13, "rhetoric/hedge"]], "annotation_approver": None},
        {"entities": [ENTITY], "relations": [{"id": 1, "from_id": 5, "to_id": 5, "type": "x"}]},
        {"entities": [[6, 13, "rhetoric/hedge"]], "cats": []},
    ],
)
def test_every_shape_in_which_doccano_gives_spans_is_read(tmp_path, shape):
    [back] = doccano.read(store(tmp_path / "x.jsonl", [{"id": 1, "text": TEXT, "post_id": "p:1", **shape}]))
    assert [(it.label, it.start, it.end) for it in back.labels] == [("hedge", 6, 13)]
    assert back.measure == "utf-16"


@pytest.mark.parametrize("shape", [{"label": ["reply/agree"]}, {"cats": ["reply/agree"], "entities": []}])
def test_a_category_is_a_label_of_the_whole_post(tmp_path, shape):
    [back] = doccano.read(store(tmp_path / "x.jsonl", [{"text": TEXT, **shape}]))
    assert [(it.label, it.start, it.end) for it in back.labels] == [("agree", None, None)]


def test_metadata_where_older_versions_put_it_is_found(tmp_path):
    old = {"id": 1, "text": TEXT, "meta": {"post_id": "p:9"}, "labels": []}
    [back] = doccano.read(store(tmp_path / "x.jsonl", [old]))
    assert back.post_id == "p:9"


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ({"text": TEXT, "label": [[0, 5]]}, "neither"),
        ({"text": TEXT, "label": [[5, 0, "rhetoric/hedge"]]}, "neither"),
        ({"text": TEXT, "label": [[0, "5", "rhetoric/hedge"]]}, "neither"),
        ({"text": TEXT, "label": [[0, 5, "PER"]]}, "no label of the form"),
        ({"text": TEXT, "label": [[0, 5, "colour/red"]]}, "of no layer"),
        ({"text": 5, "label": []}, "no text"),
        ({"text": TEXT, "label": [], "discourse": {"labels": [{"start": 1}]}}, "damaged"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_record(tmp_path, document, problem):
    path = store(tmp_path / "x.jsonl", [{"text": TEXT, "label": []}, document])
    with pytest.raises(DiscourseError, match=problem) as caught:
        list(doccano.read(path))
    assert caught.value.where == "x.jsonl, record 2"


@pytest.mark.parametrize("content", [b'{"text": "a"}\n{"text": ', b"no\n", b"PK\x03\x04broken", b"[1]"])
def test_a_damaged_file_is_one_error(tmp_path, content):
    path = tmp_path / "x.jsonl"
    path.write_bytes(content)
    with pytest.raises(DiscourseError):
        list(doccano.read(path))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DiscourseError, match="no such file"):
        list(doccano.read(tmp_path / "none.jsonl"))


def test_an_export_of_some_layers_holds_these_alone(tmp_path):
    path, _ = export(tmp_path, Choice(layers=frozenset({"reply"})))
    names = {name for document in lines(path) for _, _, name in document["label"]}
    assert names == {"reply/agree", "reply/disagree"}
    assert all(document["discourse"]["layers"] == ["reply"] for document in lines(path))
