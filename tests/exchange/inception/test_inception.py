import io
import json
import tempfile
import warnings
import zipfile
from pathlib import Path
from xml.parsers import expat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.errors import DiscourseError
from discourse.exchange.corpus import Corpus
from discourse.exchange.formats import ExportOptions
from tests.exchange.documents_made import assert_same, came, corpus_of, labelled, posts_of, sent
from tests.exchange.made_run import add_people, store_run

cassis = pytest.importorskip("cassis")

from discourse.exchange.inception import read, write  # noqa: E402 - needs cassis
from discourse.exchange.inception.layers import LABEL, POST, SENTENCE, TOKEN  # noqa: E402 - needs cassis

# what XML 1.0 can hold
CHARACTERS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=3
)
TEXT = "Perhaps \U0001f937 not.\r\nOr perhaps so."


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def written(out):
    posts = [labelled(1, TEXT, (0, 7)), labelled(2, "Sure it is.", (0, 4), target="x", annotator="human:bo")]
    write(corpus_of(posts), out, ExportOptions())
    return out


def load(folder: Path):
    types = cassis.load_typesystem(folder / "TypeSystem.xml")
    (path,) = (folder / "documents").iterdir()
    return cassis.load_cas_from_xmi(path, typesystem=types)


def add(cas, words, **values):
    """Mark words as a coder does: with layer and label, without what only an export fills in."""
    begin = cas.sofa_string.index(words)
    made = cas.typesystem.get_type(LABEL)(begin=begin, end=begin + len(words), **values)
    cas.add(made)
    return made


def project(folder: Path, **documents) -> Path:
    """Write a project as INCEpTION exports it: what went in, and an archive of XMI for each coder."""
    path = folder / "project.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("exportedproject.json", "{}")
        (source,) = (folder / "out" / "documents").iterdir()
        archive.write(source, f"source/{source.name}")
        for user, cas in documents.items():
            inner = io.BytesIO()
            with zipfile.ZipFile(inner, "w") as one:
                one.writestr(f"{user}.xmi", cas.to_xmi())
                one.writestr("TypeSystem.xml", cas.typesystem.to_xml())
            archive.writestr(f"annotation/{source.name}/{user}.zip", inner.getvalue())
            archive.writestr(f"annotation_ser/{source.name}/{user}.ser", b"\xac\xed")
    return path


def as_inception_leaves_it(cas):
    """Add what INCEpTION adds to each document: tokens, its metadata, layers of other people."""
    types = cas.typesystem
    meta = types.create_type(
        "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData", "uima.tcas.DocumentAnnotation"
    )
    types.create_feature(meta, "documentTitle", "uima.cas.String")
    types.create_type("webanno.custom.Mood")
    cas.add(meta(begin=0, end=len(cas.sofa_string), documentTitle="ann"))
    cas.add(types.get_type("webanno.custom.Mood")(begin=0, end=3))
    for sentence in cas.select(SENTENCE):
        cas.add(types.get_type(TOKEN)(begin=sentence.begin, end=sentence.end))
    return cas


def test_a_run_with_peoples_labels_comes_back_as_it_went_out(tmp_path, out):
    run = add_people(store_run(tmp_path / "run"))
    with Corpus([run]) as corpus:
        write(corpus, out, ExportOptions())
        assert_same(corpus.posts(), read(out))


@given(posts_of(CHARACTERS))
@settings(max_examples=40)
def test_any_text_and_any_place_comes_back_as_it_went_out(posts):
    with tempfile.TemporaryDirectory() as folder:
        write(corpus_of(posts), Path(folder), ExportOptions())
        assert_same(posts, read(Path(folder)))


@given(posts_of(CHARACTERS))
@settings(max_examples=20)
def test_places_are_utf16_units_of_what_any_xml_reader_gives(posts):
    """As Java counts and as another parser than cassis' reads: line ends and attributes are kept exactly."""
    with tempfile.TemporaryDirectory() as folder:
        write(corpus_of(posts), Path(folder), ExportOptions())
        for path in (Path(folder) / "documents").iterdir():
            elements = []
            parser = expat.ParserCreate()
            parser.StartElementHandler = lambda name, values, to=elements: to.append((name, values))
            parser.Parse(path.read_bytes(), True)
            (text,) = (values["sofaString"] for name, values in elements if name == "cas:Sofa")
            units = text.encode("utf-16-le")
            found = {values["post_id"]: values for name, values in elements if name == "discourse:Post"}
            for one in posts:
                if values := found.get(one.post.post_id):
                    before = units[: 2 * int(values["begin"])].decode("utf-16-le")
                    start = len(before) + int(values["shift"])
                    assert text[start : start + int(values["length"])] == one.post.text
                    assert values["author"] == one.post.author


@given(posts_of(CHARACTERS))
@settings(max_examples=20)
def test_nothing_that_inceptions_checks_refuse_is_written(posts):
    with tempfile.TemporaryDirectory() as folder:
        write(corpus_of(posts), Path(folder), ExportOptions())
        types = cassis.load_typesystem(Path(folder) / "TypeSystem.xml")
        for path in (Path(folder) / "documents").iterdir():
            cas = cassis.load_cas_from_xmi(path, typesystem=types)
            rows = [(one.begin, one.end) for one in cas.select(SENTENCE)]
            for mark in [*cas.select(POST), *cas.select(LABEL)]:
                words = mark.get_covered_text()
                assert words
                assert words == words.strip()
                assert any(begin <= mark.begin <= end for begin, end in rows)
                assert any(begin <= mark.end <= end for begin, end in rows)


def test_cassis_shows_labels_posts_and_rows(written):
    cas = load(written)
    assert [label.get_covered_text() for label in cas.select(LABEL)] == ["Perhaps", "Sure"]
    assert [post.post_id for post in cas.select(POST)] == ["t:1", "t:2"]
    assert [row.get_covered_text() for row in cas.select(SENTENCE)][:3] == [
        "[1] Wren",
        "Perhaps \U0001f937 not.",
        "Or perhaps so.",
    ]
    assert cas.typecheck() == []


def test_the_layers_that_inception_imports_are_those_of_the_types(written):
    layers = json.loads((written / "layers.json").read_text())
    types = cassis.load_typesystem(written / "TypeSystem.xml")
    for layer in layers:
        own = {feature.name: feature.rangeType.name for feature in types.get_type(layer["name"]).features}
        assert {feature["name"]: feature["type"] for feature in layer["features"]} == own
        assert (layer["anchoring_mode"], layer["overlap_mode"]) == ("CHARACTERS", "ANY_OVERLAP")
        assert layer["cross_sentence"] is True
    (tags,) = (one["tag_set"]["tags"] for one in layers[0]["features"] if one["name"] == "label")
    assert {"sarcasm", "agree", "none"} <= {tag["tag_name"] for tag in tags}


def test_the_same_posts_give_the_same_bytes(tmp_path):
    posts = [labelled(number, TEXT, (0, 7)) for number in range(1, 300)]
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write(corpus_of(posts), tmp_path / name, ExportOptions())
    files = [path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*.*")]
    assert len(files) == 4
    assert all((tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes() for name in files)


@pytest.mark.parametrize("char", ["\x00", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800"])
def test_a_character_that_xml_cannot_hold_is_refused_by_name(out, char):
    posts = [labelled(1, "a"), labelled(2, f"ab{char}")]
    with pytest.raises(DiscourseError, match=rf"post 't:2', its text: .*U\+{ord(char):04X} \(at 2\)"):
        write(corpus_of(posts), out, ExportOptions())


@pytest.mark.parametrize(
    "values", [{"author": "\x01"}, {"target": "\x01"}, {"detail": "\x01"}, {"reply_to": "\x01"}]
)
def test_such_a_character_is_refused_wherever_it_stands(out, values):
    with pytest.raises(DiscourseError, match=r"post 't:1', its .*U\+0001"):
        write(corpus_of([labelled(1, "abc", (0, 1), **values)]), out, ExportOptions())


def test_what_a_coder_leaves_standing_adds_and_changes_is_that_coders(tmp_path, written):
    cas = as_inception_leaves_it(load(written))
    add(cas, "\U0001f937", layer="rhetoric", label="sarcasm")
    cas.select(LABEL)[2].label = "booster"  # what bo had as a hedge
    cas.select(POST)[0].looked_for = "rhetoric, stance"
    first, second = read(project(tmp_path, **{"ann@example.org": cas}))
    who = "human:ann_example.org"
    assert [(one.label, one.quote, one.annotator, one.also) for one in (*first.labels, *second.labels)] == [
        ("hedge", "Perhaps", who, "hedges@4"),
        ("sarcasm", "\U0001f937", who, None),
        ("booster", "Sure", who, None),
    ]
    assert first.read == ((who, "rhetoric", None), (who, "stance", None))
    assert first.text == TEXT


def test_each_coder_of_a_project_is_read_and_nobodys_document_is_not(tmp_path, written):
    path = project(tmp_path, ann=load(written), bo=load(written), INITIAL_CAS=load(written))
    found = [(post.post_id, {label.annotator for label in post.labels}) for post in read(path)]
    assert found == [
        ("t:1", {"human:ann"}),
        ("t:2", {"human:ann"}),
        ("t:1", {"human:bo"}),
        ("t:2", {"human:bo"}),
    ]


def test_a_project_may_be_unpacked(tmp_path, written):
    with zipfile.ZipFile(project(tmp_path, ann=load(written))) as archive:
        archive.extractall(tmp_path / "unpacked")
    (inner,) = (tmp_path / "unpacked").rglob("ann.zip")
    for path in (tmp_path / "unpacked", tmp_path / "unpacked" / "annotation", inner.parent, inner):
        assert {label.annotator for post in read(path) for label in post.labels} == {"human:ann"}
    with zipfile.ZipFile(inner) as archive:
        archive.extractall(inner.parent)
    inner.unlink()
    assert {label.annotator for post in read(inner.with_suffix(".xmi")) for label in post.labels} == {
        "human:ann"
    }


def test_without_a_coders_name_a_changed_label_is_nobodys(tmp_path, written):
    cas = load(written)
    cas.select(LABEL)[0].label = "booster"
    cas.to_xmi(tmp_path / "00001-t.xmi")
    labels = [label for post in read(tmp_path / "00001-t.xmi") for label in post.labels]
    assert [(label.label, label.annotator) for label in labels] == [("booster", None), ("hedge", "human:bo")]


def test_a_label_that_a_coder_resized_covers_what_it_now_covers(tmp_path, written):
    cas = load(written)
    cas.select(LABEL)[0].end += 2
    cas.to_xmi(tmp_path / "a.xmi")
    label = next(read(tmp_path / "a.xmi")).labels[0]
    assert (label.start, label.end, label.quote, label.annotator) == (0, 9, "Perhaps \U0001f937", None)


def test_a_document_without_its_type_system_is_read_with_ours(tmp_path, written):
    as_inception_leaves_it(cas := load(written)).to_xmi(tmp_path / "alone.xmi")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert [len(post.labels) for post in read(tmp_path / "alone.xmi")] == [1, 1]
    assert cas.sofa_string


def test_a_document_of_somebody_else_is_one_post(tmp_path):
    cas = cassis.Cas()
    cas.sofa_string = "Perhaps."
    cas.to_xmi(tmp_path / "a.xmi")
    (post,) = read(tmp_path / "a.xmi")
    assert (post.post_id, post.text, post.labels) == (None, "Perhaps.", ())


@pytest.mark.parametrize("words", ["[2]", "so.\n\n[2] Wren\nSure", "\n\n"])
def test_a_label_in_no_post_or_in_two_is_named(tmp_path, written, words):
    add(cas := load(written), words, layer="rhetoric", label="sarcasm")
    cas.to_xmi(tmp_path / "a.xmi")
    with pytest.raises(DiscourseError, match="rhetoric/sarcasm lies within no post, or in two"):
        list(read(tmp_path / "a.xmi"))


def test_a_label_without_its_name_is_named_by_its_words(tmp_path, written):
    add(cas := load(written), "perhaps so", layer="rhetoric")
    cas.to_xmi(tmp_path / "a.xmi")
    with pytest.raises(DiscourseError, match=r"a\.xmi, 'perhaps so' at .* lacks its layer or its name"):
        list(read(tmp_path / "a.xmi"))


def _xmi(written: Path) -> bytes:
    (path,) = (written / "documents").iterdir()
    return path.read_bytes()


BOMB = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("head", [BOMB, OUTSIDE, b"<!DOCTYPE x SYSTEM 'http://localhost:9/x.dtd'>"])
def test_a_document_type_is_refused_in_documents_and_in_type_systems(tmp_path, written, head):
    for found in (_xmi(written), (written / "TypeSystem.xml").read_bytes()):
        start, end = found.split(b"?>", 1)
        hostile = start + b"?>" + head + end
        is_types = b"typeSystemDescription" in found
        (tmp_path / "TypeSystem.xml").write_bytes(
            hostile if is_types else (written / "TypeSystem.xml").read_bytes()
        )
        (tmp_path / "a.xmi").write_bytes(_xmi(written) if is_types else hostile)
        with pytest.raises(DiscourseError, match=r"line 1: it declares a document type"):
            list(read(tmp_path / "a.xmi"))


def test_a_document_type_is_found_in_another_encoding_too(tmp_path, written):
    text = _xmi(written).decode().replace("UTF-8", "UTF-16").replace("?>", "?>" + BOMB.decode(), 1)
    (tmp_path / "a.xmi").write_bytes(text.encode("utf-16"))
    with pytest.raises(DiscourseError, match=r"it declares a document type"):
        list(read(tmp_path / "a.xmi"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"</xmi:XMI>", b""),
        (b'begin="9"', b'begin="x"'),
        (b'begin="9"', b'begin="-9"'),
        (b'begin="9"', b'begin="99999"'),
        (b'end="16"', b'end="18"'),  # between the halves of the emoji
        (b'begin="9"', b'begin="30"'),
        (b'shift="0"', b'shift="x"'),
        (b"sofaString=", b"sofaStrung="),
        (b'sofa="1"', b'sofa="77"'),
        (b'xmi:id="2"', b""),
        (b"discourse:Post", b"discourse:Label"),
        (b'coded="', b'coded="{'),
        (b"http://www.omg.org/XMI", b"http://example.org/"),
    ],
)
def test_a_damaged_document_is_refused_in_one_line(tmp_path, out, old, new):
    one = labelled(1, TEXT, (0, 7))
    coded = ({"post_id": "t:1", "layer": "rhetoric", "label": None, "annotator": "human:ann"},)
    write(
        corpus_of([type(one)(post=one.post, run="run", annotations=one.annotations, coded=coded)]),
        out,
        ExportOptions(),
    )
    assert old in _xmi(out)
    (tmp_path / "a.xmi").write_bytes(_xmi(out).replace(old, new))
    with pytest.raises(DiscourseError, match=r"a\.xmi") as told:
        list(read(tmp_path / "a.xmi"))
    assert "\n" not in str(told.value)


@given(st.binary(max_size=60), st.data())
@settings(max_examples=40)
def test_no_damage_ends_in_anything_but_a_plain_word(noise, data):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        out.mkdir()
        write(corpus_of([labelled(1, TEXT, (0, 7))]), out, ExportOptions())
        found = _xmi(out)
        place = data.draw(st.integers(0, len(found)))
        path = Path(folder) / "a.xmi"
        path.write_bytes(found[:place] + noise + found[place + data.draw(st.integers(0, 9)) :])
        try:
            list(read(path))
        except DiscourseError:
            return


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xmi", b" " * 40 * 2**20)
    assert (tmp_path / "bomb.zip").stat().st_size < 2**20
    with pytest.raises(DiscourseError, match=r"a\.xmi: it is larger than 32 MB"):
        list(read(tmp_path / "bomb.zip"))
    monkeypatch.setattr("discourse.exchange.inception.opening.MOST_BYTES", 10**6)
    with pytest.raises(DiscourseError, match="it holds more than"):
        list(read(tmp_path / "bomb.zip"))


def test_an_archive_in_an_archive_in_an_archive_is_refused(tmp_path):
    inner = b""
    for name in ("a.xmi", "b.zip", "c.zip"):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(name, inner)
        inner = file.getvalue()
    (tmp_path / "d.zip").write_bytes(inner)
    with pytest.raises(DiscourseError, match="an archive in an archive in an archive"):
        list(read(tmp_path / "d.zip"))


def test_names_in_an_archive_lead_nowhere(tmp_path, written):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("../../../escaped.xmi", _xmi(written))
        archive.writestr("/abs/escaped.xmi", _xmi(written))
    before = set(tmp_path.parent.rglob("*"))
    assert len(list(read(tmp_path / "a.zip"))) == 4
    assert set(tmp_path.parent.rglob("*")) == before


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"no xml", b"<a/>"])
def test_what_is_nothing_of_the_kind_is_refused(tmp_path, content):
    (tmp_path / "a.xmi").write_bytes(content)
    with pytest.raises(DiscourseError, match=r"a\.xmi"):
        list(read(tmp_path / "a.xmi"))


def test_a_folder_without_documents_is_refused(tmp_path):
    with pytest.raises(DiscourseError, match="no XMI document"):
        list(read(tmp_path))


def test_a_label_on_a_post_without_a_letter_comes_back(out):
    posts = [labelled(1, "", (0, 0)), labelled(2, "\n\n", (0, 2), (1, 1)), labelled(3, " a ", (0, 1), (3, 3))]
    write(corpus_of(posts), out, ExportOptions())
    assert [came(post) for post in read(out)] == [sent(post) for post in posts]
