"""Tasks and configurations as Label Studio takes them."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from msgspec.structs import replace

from discourse.errors import DiscourseError
from discourse.exchange.corpus import Choice, LabelledPost
from discourse.exchange.label_studio.configs import dialogue_config, text_config
from discourse.exchange.label_studio.controls import (
    CONFIG_DIALOGUE,
    CONFIG_TEXT,
    TASKS_DIALOGUE,
    TASKS_TEXT,
)
from discourse.exchange.label_studio.windows import LONGEST, windows_of
from discourse.lexicon.pages import load_pages
from discourse.tables.contract import LAYERS
from tests.exchange.label_studio.exported import export, load
from tests.exchange.made_run import AUTHORS, TEXTS


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export(tmp_path_factory.mktemp("written"))[0]


def results(task, kind):
    return [result for part in task[kind] for result in part["result"]]


def test_machines_labels_are_predictions_with_a_version_and_peoples_are_annotations(folder):
    tasks = load(folder / TASKS_TEXT)
    assert {part["model_version"] for task in tasks for part in task["predictions"]} == {
        "discourse a1b2c3d4e5f60718 agreement@4 hedges@4"
    }
    makers = {
        it["meta"]["discourse"]["maker"]
        for task in tasks
        for it in results(task, "predictions")
        if "meta" in it
    }
    assert "hedges@4" in makers
    assert not any(maker.startswith("human:") for maker in makers)
    people = [[part["id"] for part in task["annotations"]] for task in tasks]
    assert all(ids == [1, 2] for ids in people)
    assert all(task["data"]["people"] == ["human:ann", "human:bo"] for task in tasks)


def test_no_account_is_named_for_which_the_tool_would_refuse_the_file(folder):
    parts = [part for task in load(folder / TASKS_TEXT) for part in task["annotations"]]
    assert all("completed_by" not in part and part["ground_truth"] is False for part in parts)


def test_a_prediction_is_as_sure_as_the_least_sure_of_its_labels(folder):
    for task in load(folder / TASKS_TEXT):
        for part in task["predictions"]:
            assert part["score"] == min(it["score"] for it in part["result"] if "score" in it)


def test_a_person_who_read_and_found_nothing_has_an_empty_annotation(folder):
    empty = next(task for task in load(folder / TASKS_TEXT) if task["data"]["text"] == "")
    assert [part["result"] for part in empty["annotations"]] == [[], []]


def test_a_task_shows_the_post_that_is_answered(folder):
    second = load(folder / TASKS_TEXT)[1]["data"]
    assert (second["answers"], second["context"], second["context_author"]) == (
        "pier:1",
        TEXTS[0],
        AUTHORS[0],
    )


def test_places_in_a_conversation_are_utf_16_units_of_their_paragraph(folder):
    [task] = load(folder / TASKS_DIALOGUE)
    for result in results(task, "predictions"):
        if result["type"] == "paragraphlabels":
            value = result["value"]
            text = task["data"]["dialogue"][int(value["start"])]["text"].encode("utf-16-le")
            stands = text[2 * value["startOffset"] : 2 * value["endOffset"]].decode("utf-16-le")
            assert stands == value["text"]


def test_a_region_id_is_used_once_but_for_its_own_field(folder):
    for name in (TASKS_TEXT, TASKS_DIALOGUE):
        for task in load(folder / name):
            for part in (*task["predictions"], *task["annotations"]):
                ids = [result["id"] for result in part["result"] if result["from_name"] != "target"]
                assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", [CONFIG_TEXT, CONFIG_DIALOGUE])
def test_a_configuration_offers_every_marker_and_every_label_that_occurs(folder, name):
    offered = {
        option.get("value")
        for option in ET.fromstring((folder / name).read_text()).iter()  # noqa: S314 - our own
    }
    assert {f"rhetoric/{label}" for label in load_pages()} <= offered
    tasks = load(folder / (TASKS_TEXT if name == CONFIG_TEXT else TASKS_DIALOGUE))
    for task in tasks:
        for result in (*results(task, "predictions"), *results(task, "annotations")):
            if result["type"] != "textarea":
                assert set(result["value"][result["type"]]) <= offered


def test_labels_of_a_users_own_lexicon_are_escaped():
    config = text_config(LAYERS, {"rhetoric": ['a"b<c>&']}, has_reply_spans=False)
    values = [option.get("value") for option in ET.fromstring(config).iter("Label")]  # noqa: S314 - our own
    assert 'rhetoric/a"b<c>&' in values


def test_a_label_that_xml_cannot_hold_is_named():
    with pytest.raises(DiscourseError, match=r"U\+0001"):
        dialogue_config(LAYERS, {"rhetoric": ["a\x01b"]})


def test_an_export_of_some_layers_asks_for_these_alone(tmp_path):
    folder, _ = export(tmp_path, choice=Choice(layers=frozenset({"rhetoric"})))
    assert all(task["data"]["layers"] == ["rhetoric"] for task in load(folder / TASKS_TEXT))
    config = (folder / CONFIG_TEXT).read_text()
    assert "stance/" not in config
    assert "reply/" not in config


def posts_of(posts: list[LabelledPost], threads: str) -> list[LabelledPost]:
    return [
        replace(posts[0], post=replace(posts[0].post, post_id=f"p:{number}", thread_id=thread))
        for number, thread in enumerate(threads)
    ]


@pytest.fixture(scope="module")
def posts(tmp_path_factory: pytest.TempPathFactory) -> list[LabelledPost]:
    return export(tmp_path_factory.mktemp("posts"))[1]


def test_a_long_thread_is_cut_into_windows_that_do_not_overlap(posts):
    windows = list(windows_of(posts_of(posts, "a" * (2 * LONGEST + 3))))
    assert [len(window.posts) for window in windows] == [LONGEST, LONGEST, 3]
    assert [window.number for window in windows] == [1, 2, 3]


def test_mixed_threads_are_gathered_each_in_its_window(posts):
    windows = list(windows_of(posts_of(posts, "abab" * 3)))
    assert [(window.thread_id, len(window.posts)) for window in windows] == [("a", 6), ("b", 6)]


def test_however_many_threads_are_mixed_few_are_held_and_no_post_is_lost(posts):
    threads = [chr(0x4E00 + number % 500) for number in range(1500)]
    windows = list(windows_of(posts_of(posts, "".join(threads))))
    found = sorted(one.post.post_id for window in windows for one in window.posts)
    assert found == sorted(f"p:{number}" for number in range(1500))


def test_the_tool_itself_takes_configurations_tasks_and_labels(folder):
    interface = pytest.importorskip("label_studio_sdk.label_interface").LabelInterface
    for config, name in ((CONFIG_TEXT, TASKS_TEXT), (CONFIG_DIALOGUE, TASKS_DIALOGUE)):
        tool = interface((folder / config).read_text())
        tool.validate()
        for task in load(folder / name):
            assert tool.validate_task({"data": task["data"]})
            for part in task["predictions"]:
                assert tool.validate_prediction(part, return_errors=True) == []
            assert all(tool.validate_annotation(part) for part in task["annotations"])
