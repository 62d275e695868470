"""What people did in Label Studio, in the shapes in which it exports it."""

import contextlib
import gzip
import json

import pytest

from discourse.errors import DiscourseError
from discourse.exchange import label_studio
from discourse.exchange.label_studio.people import People
from tests.exchange.label_studio.exported import choice, read_one, span, store, target, task

TEXT = "One\r\ntwo \U0001f468\u200d\U0001f469 perhaps three."


def words(start: int, end: int) -> str:
    return TEXT[start:end]


def test_a_region_that_somebody_drew_is_that_persons_label(tmp_path):
    start = TEXT.index("perhaps")
    drawn = span("rhetoric/hedge", start, start + 7, "perhaps")
    found = read_one(store(tmp_path / "e.json", [task(TEXT, [drawn])]))
    [label] = found.labels
    assert (label.layer, label.label, label.start, label.end) == ("rhetoric", "hedge", start, start + 7)
    assert (label.annotator, label.quote, label.also, label.detail) == ("human:kim", "perhaps", None, None)
    assert (found.post_id, found.text, found.measure) == ("pier:2", TEXT, "code points")


def test_line_ends_that_the_tool_writes_as_two_characters_are_line_ends_again(tmp_path):
    drawn = span("rhetoric/hedge", 0, 8, "One\\n\\ntwo")
    [label] = read_one(store(tmp_path / "e.json", [task(TEXT, [drawn])])).labels
    assert label.quote == "One\r\ntwo"


def test_backslashes_that_an_author_wrote_stay_backslashes(tmp_path):
    text = "see C:\\new\\notes perhaps"
    drawn = span("rhetoric/hedge", 4, 16, "C:\\new\\notes")
    [label] = read_one(store(tmp_path / "e.json", [task(text, [drawn])])).labels
    assert label.quote == "C:\\new\\notes"


def test_words_that_do_not_stand_at_their_place_are_told_as_the_file_has_them(tmp_path):
    shifted = span("rhetoric/hedge", 0, 7, "perhaps")  # as versions before 1.5 counted behind an emoji
    [label] = read_one(store(tmp_path / "e.json", [task(TEXT, [shifted])])).labels
    assert (label.start, label.end, label.quote) == (0, 7, "perhaps")


def test_a_region_without_its_words_has_none(tmp_path):
    found = read_one(store(tmp_path / "e.json", [task(TEXT, [span("rhetoric/hedge", 0, 3, None)])]))
    assert found.labels[0].quote is None


def test_a_field_of_a_region_says_whom_it_is_about(tmp_path):
    drawn = [span("stance/favor", 0, 3, "One"), target(["Harbour plan"])]
    [label] = read_one(store(tmp_path / "e.json", [task(TEXT, drawn)])).labels
    assert label.target == "Harbour plan"


def test_two_entries_in_the_field_are_two_labels(tmp_path):
    drawn = [target(["Harbour plan", "Mayor"]), span("stance/favor", 0, 3, "One")]
    labels = read_one(store(tmp_path / "e.json", [task(TEXT, drawn)])).labels
    assert [label.target for label in labels] == ["Harbour plan", "Mayor"]


def test_a_choice_is_of_the_whole_post_and_about_the_one_answered(tmp_path):
    [label] = read_one(store(tmp_path / "e.json", [task(TEXT, [choice("reply/disagree")])])).labels
    assert (label.layer, label.label, label.target) == ("reply", "disagree", "pier:1")
    assert (label.start, label.end, label.quote) == (None, None, None)


KEPT = {"label": "rhetoric/evidence", "maker": "evidence_forms@4", "start": 0, "end": 3, "detail": "number"}


def test_a_prediction_left_standing_confirms_its_maker_and_keeps_its_detail(tmp_path):
    taken = span("rhetoric/evidence", 0, 3, "One", meta={"text": ["evidence_forms@4"], "discourse": KEPT})
    [label] = read_one(store(tmp_path / "e.json", [task(TEXT, [taken])])).labels
    assert (label.annotator, label.also, label.detail) == ("human:kim", "evidence_forms@4", "number")


@pytest.mark.parametrize("changed", [("rhetoric/hedge", 0, 3), ("rhetoric/evidence", 0, 4)])
def test_a_prediction_that_was_changed_confirms_nobody(tmp_path, changed):
    label, start, end = changed
    taken = span(label, start, end, words(start, end), meta={"text": "my own note", "discourse": KEPT})
    [found] = read_one(store(tmp_path / "e.json", [task(TEXT, [taken])])).labels
    assert (found.also, found.detail) == (None, None)


def test_a_skipped_task_says_nothing(tmp_path):
    drawn = [span("rhetoric/hedge", 0, 3, "One")]
    found = read_one(store(tmp_path / "e.json", [task(TEXT, drawn, was_cancelled=True)]))
    assert (found.labels, found.read) == ((), ())


def test_a_submitted_task_without_regions_says_that_there_are_none(tmp_path):
    found = read_one(store(tmp_path / "e.json", [task(TEXT, [])]))
    assert found.labels == ()
    assert found.read == (("human:kim", "reply", None), ("human:kim", "rhetoric", None))


def test_predictions_are_nobodys_labels(tmp_path):
    one = task(TEXT, []) | {"annotations": []}
    one["predictions"] = [{"model_version": "m", "result": [span("rhetoric/hedge", 0, 3, "One", score=0.5)]}]
    found = read_one(store(tmp_path / "e.json", [one]))
    assert (found.labels, found.read) == ((), ())


def test_controls_that_a_user_added_are_not_read(tmp_path):
    added = [
        {"from_name": "stars", "to_name": "text", "type": "rating", "value": {"rating": 4}},
        {"from_name": "notes", "to_name": "text", "type": "choices", "value": {"choices": ["odd"]}},
        {"from_id": "a", "to_id": "b", "type": "relation", "direction": "right"},
    ]
    assert read_one(store(tmp_path / "e.json", [task(TEXT, added)])).labels == ()


def test_several_annotators_of_a_task_are_kept_apart(tmp_path):
    one = task(TEXT, [span("rhetoric/hedge", 0, 3, "One")])
    other = one["annotations"][0] | {"id": 32, "completed_by": 9, "result": [choice("reply/agree")]}
    found = read_one(store(tmp_path / "e.json", [one | {"annotations": [*one["annotations"], other]}]))
    assert [label.annotator for label in found.labels] == ["human:kim", "human:user-9"]
    assert {reader for reader, _, _ in found.read} == {"human:kim", "human:user-9"}


def test_an_annotation_that_went_out_is_still_its_persons_whoever_imported_it(tmp_path):
    one = task(TEXT, [choice("reply/agree")], import_id=2)
    one["data"] |= {"people": ["human:ann", "human:bo"]}
    one["data"]["coded"] = [
        {"annotator": name, "layer": "reply", "label": None} for name in one["data"]["people"]
    ]
    found = read_one(store(tmp_path / "e.json", [one]))
    assert [label.annotator for label in found.labels] == ["human:bo"]
    assert found.read == (("human:bo", "reply", None),)


@pytest.mark.parametrize("number", [0, 3, True, "1", None])
def test_an_import_id_of_another_project_is_nobodys(tmp_path, number):
    one = task(TEXT, [choice("reply/agree")], import_id=number)
    one["data"] |= {"people": ["human:ann", "human:bo"]}
    found = read_one(store(tmp_path / "e.json", [one]))
    assert [label.annotator for label in found.labels] == ["human:kim"]


def test_the_old_name_of_annotations_is_known(tmp_path):
    one = task(TEXT, [choice("reply/agree")])
    one["completions"] = one.pop("annotations")
    assert len(read_one(store(tmp_path / "e.json", [one])).labels) == 1


SMALL = {
    "id": 7,
    "text": TEXT,
    "post_id": "pier:2",
    "answers": "pier:1",
    "layers": ["reply", "rhetoric"],
    "people": [],
    "rhetoric": [{"start": 0, "end": 3, "text": "One", "labels": ["rhetoric/hedge"]}],
    "reply": "reply/agree",
    "annotator": 4,
    "annotation_id": 31,
    "created_at": "2026-03-02T10:11:12.131415Z",
    "updated_at": "2026-03-02T10:11:12.131415Z",
    "lead_time": 12.5,
}


def test_json_min_gives_labels_and_their_annotator(tmp_path):
    found = read_one(store(tmp_path / "min.json", [SMALL]))
    assert {(label.label, label.start, label.annotator) for label in found.labels} == {
        ("agree", None, "human:user-4"),
        ("hedge", 0, "human:user-4"),
    }
    assert ("human:user-4", "reply", None) in found.read


def test_json_min_gives_a_target_only_where_one_region_can_have_it(tmp_path):
    region = {"start": 0, "end": 3, "text": "One", "labels": ["stance/favor"]}
    one = SMALL | {"stance": [region], "target": "Harbour plan"}
    two = SMALL | {"stance": [region, region | {"end": 2}], "target": "Harbour plan"}
    targets = [
        [
            label.target
            for label in read_one(store(tmp_path / "min.json", [small])).labels
            if label.layer == "stance"
        ]
        for small in (one, two)
    ]
    assert targets == [["Harbour plan"], [None, None]]
    hedge = next(it for it in read_one(store(tmp_path / "min.json", [one])).labels if it.label == "hedge")
    assert hedge.target is None


def test_json_min_of_an_unlabelled_task_says_nothing(tmp_path):
    bare = {key: value for key, value in SMALL.items() if key not in ("rhetoric", "reply")}
    found = read_one(store(tmp_path / "min.json", [bare | {"annotator": None, "annotation_id": None}]))
    assert (found.labels, found.read) == ((), ())


def talk(results):
    one = task("", results)
    paragraphs = [("pier:1", "\U0001f468 One."), ("pier:2", "Two."), ("pier:3", "Three, perhaps.")]
    said = [{"author": "Wren", "text": text, "post_id": post} for post, text in paragraphs]
    one["data"] = {"dialogue": said, "layers": ["rhetoric"], "people": []}
    return one


def region(first, start, last, end, text):
    value = {"start": first, "end": last, "startOffset": start, "endOffset": end, "text": text}
    value["paragraphlabels"] = ["rhetoric/hedge"]
    return {
        "id": "z",
        "from_name": "rhetoric",
        "to_name": "dialogue",
        "type": "paragraphlabels",
        "value": value,
    }


def test_a_region_of_a_conversation_is_counted_in_units_of_its_paragraph(tmp_path):
    path = store(tmp_path / "e.json", [talk([region("0", 3, "0", 6, "One")])])
    first, *others = label_studio.read(path)
    assert [(label.start, label.end, label.quote) for label in first.labels] == [(3, 6, "One")]
    assert first.measure == "utf-16"
    assert all(not one.labels for one in others)


def test_a_region_over_several_paragraphs_is_a_label_on_each(tmp_path):
    path = store(tmp_path / "e.json", [talk([region("0", 3, "2", 5, "One.Two.Three")])])
    found = [[(it.start, it.end, it.quote) for it in one.labels] for one in label_studio.read(path)]
    assert found == [[(3, 7, "One.")], [(0, 4, "Two.")], [(0, 5, "Three")]]


def test_words_that_the_tool_took_from_what_a_page_shows_do_not_move_a_region(tmp_path):
    one = talk([region("0", 12, "0", 19, "haps no"), region("0", 0, "0", 20, "One. Two perhaps no.")])
    one["data"]["dialogue"][0]["text"] = "One.\r\n\r\nTwo perhaps no."
    found = next(iter(label_studio.read(store(tmp_path / "e.json", [one]))))
    assert [label.quote for label in found.labels] == ["perhaps", "One.\r\n\r\nTwo perhaps "]


def test_a_look_at_a_conversation_is_a_look_at_each_of_its_posts(tmp_path):
    found = label_studio.read(store(tmp_path / "e.json", [talk([])]))
    assert [one.read for one in found] == [(("human:kim", "rhetoric", None),)] * 3


@pytest.mark.parametrize(
    ("results", "problem"),
    [
        ([span("rhetoric/hedge", "x", 3, "One")], "no whole number"),
        ([span("rhetoric/hedge", True, 3, "One")], "no whole number"),
        ([span("colour/red", 0, 3, "One", from_name="rhetoric")], "of no layer"),
        ([span("a/b/c", 0, 3, "One", from_name="rhetoric")], "no label of the form"),
        ("nothing", "no list of objects"),
        ([3], "no list of objects"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_task(tmp_path, results, problem):
    one = task(TEXT, [])
    one["annotations"][0]["result"] = results
    path = store(tmp_path / "e.json", [task(TEXT, []), one])
    with pytest.raises(DiscourseError, match=problem) as caught:
        list(label_studio.read(path))
    assert caught.value.where == "e.json, task 2"


@pytest.mark.parametrize("odd", [None, True, 10**20, "", [], [[]], {}, {"a": [1]}])
def test_whatever_stands_where_something_else_belongs_is_no_traceback(tmp_path, odd):
    whole = task(TEXT, [span("rhetoric/hedge", 0, 3, "One"), target(["Pier"]), choice("reply/agree")])
    for changed in [*variants(whole, odd), *variants(talk([region("0", 3, "0", 6, "One")]), odd)]:
        with contextlib.suppress(DiscourseError):
            assert [hash(found) for found in label_studio.read(store(tmp_path / "e.json", [changed]))]


def variants(whole, odd):
    """Yield a task once for each place in it, with something odd standing there."""
    for number in range(sum(1 for _ in places(whole))):
        copy = json.loads(json.dumps(whole))
        holder, key = list(places(copy))[number]
        holder[key] = odd
        yield copy


def places(value):
    for key, item in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(item, dict | list):
            yield from places(item)


def test_a_region_beyond_the_conversation_is_named(tmp_path):
    with pytest.raises(DiscourseError, match="there are 3"):
        list(label_studio.read(store(tmp_path / "e.json", [talk([region("1", 0, "7", 2, "T")])])))


@pytest.mark.parametrize(
    "content",
    [
        b'[{"data": {"text": "a"}}, {"data": ',
        b"[{]",
        b"<html>no</html>",
        b'[{"data": {"text": "a"}}',
        b'["a"]',
    ],
)
def test_a_damaged_file_is_one_error_and_no_half_of_it(tmp_path, content):
    path = tmp_path / "e.json"
    path.write_bytes(content)
    with pytest.raises(DiscourseError):
        list(label_studio.read(path))


def test_an_endlessly_nested_file_is_no_traceback(tmp_path):
    path = tmp_path / "e.json"
    path.write_text("[" * 200_000)
    with pytest.raises(DiscourseError):
        list(label_studio.read(path))


def test_a_folder_without_tasks_is_named(tmp_path):
    with pytest.raises(DiscourseError, match=r"tasks-text\.json"):
        list(label_studio.read(tmp_path))


def test_a_packed_export_is_read(tmp_path):
    path = tmp_path / "e.json.gz"
    path.write_bytes(gzip.compress(json.dumps([task(TEXT, [choice("reply/agree")])]).encode()))
    assert len(read_one(path).labels) == 1


@pytest.mark.parametrize(
    ("account", "name"),
    [
        ({"id": 3, "email": "åse.lund@example.org"}, "human:åse.lund"),
        ("kim@example.org", "human:kim"),
        ({"id": 3, "first_name": "Kim", "last_name": "Lo"}, "human:Kim_Lo"),
        ({"id": 3}, "human:user-3"),
        ({"email": ""}, None),
        (5, "human:user-5"),
        ("5", "human:user-5"),
        (True, None),
        (None, None),
        ("", None),
        ({"id": {"id": 1}}, None),
        ("@@@", None),
    ],
)
def test_an_account_has_one_name(account, name):
    assert People().name_of(account) == name


def test_two_accounts_that_begin_alike_are_two_people():
    people = People()
    names = [people.name_of(email) for email in ("kim@a.org", "kim@b.org", "kim@a.org", "kim@b.org")]
    assert names == ["human:kim", "human:kim_b.org", "human:kim", "human:kim_b.org"]
