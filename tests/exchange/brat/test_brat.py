import json
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.errors import DiscourseError
from discourse.exchange.brat import read, write
from discourse.exchange.corpus import Corpus
from discourse.exchange.formats import ExportOptions
from discourse.exchange.found import FoundLabel
from tests.exchange.documents_made import assert_same, came, corpus_of, labelled, posts_of, sent
from tests.exchange.made_run import add_people, store_run

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=3)
TEXT = "Perhaps \U0001f937 not.\r\nOr perhaps so."


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def one(out):
    """Return the .ann file of a document of two posts."""
    posts = [labelled(1, TEXT, (0, 7)), labelled(2, "Sure it is.", (0, 4), target="x", detail="d")]
    write(corpus_of(posts), out, ExportOptions())
    return out / "00001-t.ann"


def work(ann: Path, mend) -> list[FoundLabel]:
    """Do what a coder did to a file, and return the labels of its posts."""
    text = ann.with_suffix(".txt").read_text(encoding="utf-8")
    ann.write_text(mend(ann.read_text(encoding="utf-8"), text), encoding="utf-8")
    return [label for post in read(ann.parent) for label in post.labels]


def test_a_run_with_peoples_labels_comes_back_as_it_went_out(tmp_path, out):
    run = add_people(store_run(tmp_path / "run"))
    with Corpus([run]) as corpus:
        write(corpus, out, ExportOptions())
        assert_same(corpus.posts(), read(out))


@given(posts_of(ANYTHING))
def test_any_text_and_any_place_comes_back_as_it_went_out(posts):
    with tempfile.TemporaryDirectory() as folder:
        write(corpus_of(posts), Path(folder), ExportOptions())
        assert_same(posts, read(Path(folder)))


@given(posts_of(ANYTHING))
def test_brat_finds_each_lines_words_at_its_place(posts):
    """By the rules of brat's server, whose lines are cut as Python's codecs cut them."""
    with tempfile.TemporaryDirectory() as folder:
        write(corpus_of(posts), Path(folder), ExportOptions())
        for ann in Path(folder).glob("*.ann"):
            text = ann.with_suffix(".txt").read_bytes().decode()
            lines = ann.read_bytes().decode().splitlines()
            assert len(lines) == 2 * sum(line.startswith("T") for line in lines)
            for line in lines:
                name, data, tail = line.split("\t", 2)
                if name.startswith("#"):
                    assert data.split() == ["AnnotatorNotes", f"T{name[1:]}"]
                    continue
                kind, _, places = data.partition(" ")
                spans = [tuple(map(int, pair.split(" ", 2))) for pair in places.split(";")]
                assert re.fullmatch("[a-zA-Z0-9_-]+", kind)
                assert tail == " ".join(text[start:end] for start, end in spans)


def test_the_same_posts_give_the_same_bytes(tmp_path):
    posts = [labelled(number, TEXT, (0, 7)) for number in range(1, 60)]
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write(corpus_of(posts), tmp_path / name, ExportOptions())
    files = sorted(file.name for file in (tmp_path / "a").iterdir())
    assert len([name for name in files if name.endswith(".ann")]) == 3
    assert all((tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes() for name in files)


def test_every_type_stands_in_the_configuration(one):
    conf = (one.parent / "annotation.conf").read_text(encoding="utf-8")
    kinds = {
        line.split("\t")[1].split(" ")[0] for line in one.read_text().splitlines() if line.startswith("T")
    }
    assert kinds <= set(conf.split())
    assert {"rhetoric_sarcasm", "stance_none", "reply_agree"} <= set(conf.split())
    assert [line for line in conf.splitlines() if line.startswith("[")] == [
        "[entities]",
        "[relations]",
        "[events]",
        "[attributes]",
    ]


def test_a_new_label_of_a_coder_stands_on_the_words_that_the_coder_marked(one):
    def mend(ann, text):
        place = text.index("perhaps")
        return ann + f"T99\trhetoric_booster {place} {place + 7}\tperhaps\n"

    new = work(one, mend)[1]
    assert (new.label, new.quote, new.annotator, new.also) == ("booster", "perhaps", None, None)
    assert TEXT[new.start : new.end] == "perhaps"


def test_a_new_label_over_two_lines_is_one_stretch_with_its_line_end(one):
    def mend(ann, text):
        start, end = text.index("not."), text.index("Or") + 2
        return ann + f"T99\trhetoric_booster {start} {start + 4};{end - 2} {end}\tnot. Or\n"

    assert work(one, mend)[1].quote == "not.\r\nOr"


def test_a_new_label_on_part_of_what_stands_for_an_emoji_takes_it_whole(one):
    def mend(ann, text):
        place = text.index("shrug")
        return ann + f"T99\trhetoric_sarcasm {place} {place + 5}\tshrug\n"

    assert work(one, mend)[1].quote == "\U0001f937"


def test_what_a_line_quotes_is_believed_where_its_place_says_otherwise(one):
    assert work(one, lambda ann, _: ann + "T99\trhetoric_booster 10 12\tsure\n")[1].quote == "sure"


def test_a_label_left_alone_is_its_makers_and_one_retyped_or_moved_is_nobodys(one):
    kept = work(one, lambda ann, _: ann)
    assert [label.annotator for label in kept] == ["hedges@4", "hedges@4"]
    retyped = work(one, lambda ann, _: ann.replace("T2\trhetoric_hedge", "T2\trhetoric_booster"))
    assert [(label.label, label.annotator) for label in retyped] == [("booster", None), ("hedge", "hedges@4")]
    moved = work(
        one, lambda ann, _: re.sub(r"(T4\trhetoric_hedge [0-9]+ )[0-9]+\tSure", r"\g<1>62\tSure it", ann)
    )
    assert (moved[1].annotator, moved[1].label) == (None, "hedge")


def test_a_retyped_label_keeps_its_target_within_its_layer_and_loses_its_detail(one):
    changed = work(one, lambda ann, _: re.sub(r"(T4\trhetoric_)hedge", r"\1booster", ann))[1]
    assert (changed.label, changed.target, changed.detail, changed.annotator) == ("booster", "x", None, None)


@pytest.mark.parametrize(
    ("note", "target", "detail"),
    [
        ("because of 'sure'", None, "because of 'sure'"),
        ("Target: Harbour plan", "Harbour plan", None),
        (" ", None, None),
    ],
)
def test_a_coders_note_is_the_detail_or_the_target(one, note, target, detail):
    lines = f"T99\tstance_favor 9 12\tPer\n#99\tAnnotatorNotes T99\t{note}\n"
    new = work(one, lambda ann, _: ann + lines)[1]
    assert (new.target, new.detail) == (target, detail)


def test_numbers_of_lines_may_change_as_long_as_notes_follow(one):
    went = [came(post) for post in read(one)]
    one.write_text(re.sub(r"\bT([0-9])", r"T7\1", one.read_text()))
    assert [came(post) for post in read(one)] == went


def test_line_ends_that_an_editor_put_in_are_taken_back(one):
    went = [came(post) for post in read(one)]
    for file in (one, one.with_suffix(".txt")):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert [came(post) for post in read(one)] == went


def test_without_notes_the_header_lines_still_tell_the_posts(one):
    one.write_text("".join(line for line in one.read_text().splitlines(True) if not line.startswith("#")))
    first, second = read(one)
    assert (first.post_id, second.post_id) == (None, None)
    assert first.text == "Perhaps [shrug] not.\nOr perhaps so."
    assert second.text == "Sure it is."
    assert second.labels[0].quote == "Sure"


def test_a_document_of_somebody_else_is_one_post_with_its_places_as_they_are(tmp_path):
    (tmp_path / "a.txt").write_text("\U0001f937 Perhaps.", encoding="utf-8")
    (tmp_path / "a.ann").write_text("T1\trhetoric_hedge 3 10\tPerhaps\n", encoding="utf-8")
    (post,) = read(tmp_path)
    assert (post.post_id, post.text, post.measure) == (None, "\U0001f937 Perhaps.", "unknown")
    assert (post.labels[0].start, post.labels[0].end, post.labels[0].quote) == (3, 10, "Perhaps")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("T99\trhetoric_hedge 2 12\tx", "lies within no post, or in two"),
        ("T99\trhetoric_hedge 0 4\tx", "lies within no post, or in two"),
        ("T99\trhetoric_hedge 9 9999\tx", "lies within no post, or in two"),
        ("T99\tPerson 9 12\tPer", "not of the form layer_label"),
        ("T99\trhetoric_-fffff0- 9 12\tPer", "line 9"),
    ],
)
def test_a_label_that_is_none_of_ours_or_lies_in_no_post_is_named(one, line, problem):
    one.write_text(one.read_text() + line + "\n")
    with pytest.raises(DiscourseError, match=problem) as told:
        list(read(one.parent))
    assert "00001-t.ann, line 9" in told.value.where


def _changed(ann, change):
    lines = ann.read_text().splitlines()
    note = json.loads(lines[1].split("\t")[2])
    lines[1] = "#1\tAnnotatorNotes T1\t" + json.dumps(note | change)
    ann.write_text("\n".join(lines))


@pytest.mark.parametrize(
    "change",
    [
        {"start": -1},
        {"end": 10**9},
        {"start": "x"},
        {"end": None},
        {"shown": 5},
        {"shown": [[1]]},
        {"shown": [[-5, 2, "x"]]},
        {"shown": [["a", 2, "x"]]},
        {"coded": [[1]]},
        {"coded": [5]},
        {"post_id": 5},
        {"text_hash": {}},
        {"shown": [[float("inf"), 2, "x"]]},
        {"end": float("inf")},
    ],
)
def test_a_damaged_note_of_a_post_is_named(one, change):
    _changed(one, change)
    with pytest.raises(DiscourseError, match=r"00001-t\.ann"):
        list(read(one.parent))


@given(
    st.binary(max_size=40) | st.text(st.sampled_from('\t\n 0T1#{}[]"'), max_size=9).map(str.encode), st.data()
)
def test_no_damage_ends_in_anything_but_a_plain_word(noise, data):
    with tempfile.TemporaryDirectory() as folder:
        write(corpus_of([labelled(1, TEXT, (0, 7))]), Path(folder), ExportOptions())
        path = Path(folder) / data.draw(st.sampled_from(("00001-t.ann", "00001-t.txt")))
        found = path.read_bytes()
        place = data.draw(st.integers(0, len(found)))
        path.write_bytes(found[:place] + noise + found[place + data.draw(st.integers(0, 9)) :])
        try:
            list(read(Path(folder)))
        except DiscourseError:
            return


@pytest.mark.parametrize("content", [b"\xff\xfe", b"T1\t\xe9 0 1\tx"])
def test_what_is_not_utf8_is_named(one, content):
    one.write_bytes(content)
    with pytest.raises(DiscourseError, match="it is not UTF-8"):
        list(read(one.parent))


def test_a_text_that_is_missing_is_named(one):
    one.with_suffix(".txt").unlink()
    with pytest.raises(DiscourseError, match=r"00001-t.txt: it is missing"):
        list(read(one.parent))


def test_a_folder_without_documents_is_refused(tmp_path):
    with pytest.raises(DiscourseError, match=r"no \.ann file"):
        list(read(tmp_path))


def test_one_file_may_be_given_by_either_of_its_names(one):
    assert (
        [post.post_id for post in read(one)]
        == [post.post_id for post in read(one.with_suffix(".txt"))]
        == ["t:1", "t:2"]
    )


def test_a_label_on_a_post_without_text_comes_back(out):
    posts = [labelled(1, "", (0, 0)), labelled(2, "\n\n", (0, 2), (1, 1)), labelled(3, " ", (0, 1))]
    write(corpus_of(posts), out, ExportOptions())
    assert [came(post) for post in read(out)] == [sent(post) for post in posts]
