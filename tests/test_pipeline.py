"""From sources to folders: names, faults, and nothing lost on the way."""

import csv
import html
import json
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from discourse import pipeline, results
from discourse.analysis.quotes import Quotes
from discourse.analysis.replies.replies import Replies
from discourse.analysis.stance.given import parse_targets
from discourse.errors import ContractError, DiscourseError
from discourse.ingest import read_source
from discourse.labels.journal import Journal, journal_path
from discourse.pipeline import Settings, analyse, folder_names, record_of, run_pipeline
from discourse.stored.runs import source_digests
from discourse.tables import CONTRACT, STANCES, Tables, frame_of, read_tables
from discourse.text.tokens import words_of
from tests.analysis.talk import say, talk
from tests.conftest import SAMPLES

PAGE = SAMPLES[0]


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    return run_pipeline(SAMPLES[:1], out=out)


@pytest.fixture
def plain_report(monkeypatch):
    monkeypatch.setattr(results, "render_report", lambda _tables, _record: "<html></html>")


# ---- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("page.txt", "page"),
        ("some/where/page.txt", "page"),
        ("page.txt.gz", "page"),
        ("page.json.ZST", "page"),
        ("page.bz2", "page"),
        ("page.v2.txt", "page.v2"),
        ("page.tar.xz", "page"),
        ("page", "page"),
        (".hidden", ".hidden"),
        (" .txt", "source"),
        ("...txt", "source"),
        ("a page (1).txt", "a page (1)"),
    ],
)
def test_a_folder_is_named_after_the_file_without_its_endings(source, name):
    assert folder_names([Path(source)]) == [name]


def test_a_page_that_stands_where_the_overview_would_go_is_kept_and_nothing_is_analysed(tmp_path):
    (tmp_path / "index.html").write_text("<p>my own page</p>", encoding="utf-8")
    with pytest.raises(DiscourseError, match="no earlier run wrote this page"):
        run_pipeline([PAGE, PAGE], out=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "<p>my own page</p>"


@pytest.mark.usefixtures("plain_report")
def test_an_overview_that_fails_leaves_the_earlier_one_standing(tmp_path, monkeypatch):
    run_pipeline([PAGE, PAGE], out=tmp_path)
    before = (tmp_path / "index.html").read_bytes()
    monkeypatch.setattr(Path, "replace", _refuse_index(Path.replace))
    with pytest.raises(DiscourseError, match="cannot be written"):
        run_pipeline([PAGE, PAGE], out=tmp_path)
    assert (tmp_path / "index.html").read_bytes() == before


def test_a_run_that_finds_nothing_leaves_the_overview_of_an_earlier_one(tmp_path):
    out = tmp_path / "out"
    run_pipeline(SAMPLES[:2], out=out)
    before = (out / "index.html").read_bytes()
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Nothing but prose stands here.", encoding="utf-8")
    run = run_pipeline([tmp_path / "a.txt", tmp_path / "b.txt"], out=out)
    assert run.index is None
    assert (out / "index.html").read_bytes() == before


def test_a_run_of_one_source_names_an_overview_that_it_leaves_behind(tmp_path):
    out = tmp_path / "out"
    assert run_pipeline([PAGE], out=out).older_index is None
    run_pipeline(SAMPLES[:2], out=out)
    assert run_pipeline([PAGE], out=out).older_index == out / "index.html"


def _refuse_index(replace):
    def refusing(self, target):
        if Path(target).name == "index.html":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    return refusing


def test_namesakes_are_numbered_in_the_order_given():
    sources = [Path("a/page.txt"), Path("b/page.txt"), Path("c/page.json.gz"), Path("d/other.txt")]
    assert folder_names(sources) == ["page", "page-2", "page-3", "other"]


def test_names_that_differ_in_case_alone_are_namesakes():
    assert folder_names([Path("Page.txt"), Path("PAGE.txt"), Path("page.txt")]) == [
        "Page",
        "PAGE-2",
        "page-3",
    ]


def test_a_number_that_is_taken_is_not_given_again():
    assert folder_names([Path("a-2.txt"), Path("a.txt"), Path("b/a.txt")]) == ["a-2", "a", "a-3"]


def test_a_folder_never_takes_the_place_of_the_overview():
    assert folder_names([Path("index.html.txt"), Path("page.txt")]) == ["index.html-2", "page"]


# ---- a run ---------------------------------------------------------------------------------------


def test_a_run_writes_report_record_and_all_tables(run):
    (result,) = run.results
    assert result.folder.name == PAGE.stem
    assert {path.name for path in result.folder.iterdir()} == {"report.html", "run.json", "tables"}
    assert {path.stem for path in (result.folder / "tables").iterdir()} == set(CONTRACT)
    assert run.index is None


def test_the_tables_written_are_the_tables_returned(run):
    (result,) = run.results
    read = read_tables(result.folder / "tables")
    for name in CONTRACT:
        pd.testing.assert_frame_equal(
            read[name][CONTRACT[name].names], result.tables[name][CONTRACT[name].names]
        )


def test_the_same_page_gives_the_same_bytes_wherever_it_is_written(run, tmp_path):
    (again,) = run_pipeline(SAMPLES[:1], out=tmp_path).results
    (first,) = run.results
    for path in sorted(first.folder.rglob("*.*")):
        assert (again.folder / path.relative_to(first.folder)).read_bytes() == path.read_bytes(), path.name


def test_the_run_id_tells_content_and_settings_apart_and_no_paths(tmp_path):
    copy, other = tmp_path / "copy.txt", tmp_path / "other.txt"
    copy.write_bytes(PAGE.read_bytes())
    other.write_bytes(PAGE.read_bytes() + b"\nOne more line.\n")
    ids = [record_of(read_source(page))["run_id"] for page in (PAGE, copy, other)]
    assert ids[0] == ids[1] != ids[2]
    assert record_of(read_source(PAGE), Settings(seed=1))["run_id"] != ids[0]


def test_the_record_names_every_analyser_and_lexicon(run):
    record = json.loads((run.results[0].folder / "run.json").read_text(encoding="utf-8"))
    assert record["analyzers"]["quotes"] == Quotes.version
    assert record["lexicons"]["hedges"] >= 1
    assert [source["uri"] for source in record["sources"]] == [str(PAGE)]


@pytest.mark.usefixtures("plain_report")
def test_sources_without_comments_stop_no_others_and_the_overview_tells_why(tmp_path):
    silent, gone = tmp_path / "silent.txt", tmp_path / "gone.txt"
    silent.write_text("Fog is expected over the bay tonight.\nShips are asked to wait.\n", encoding="utf-8")
    found = run_pipeline([gone, PAGE, silent], out=tmp_path / "out")
    assert [result.problem is None for result in found.results] == [False, True, False]
    assert [result.source for result in found.found] == [PAGE]
    assert "there is no such file" in found.results[0].problem
    overview = found.index.read_text(encoding="utf-8")
    assert f'href="./{PAGE.stem}/report.html"' in overview
    assert "no such file" in overview
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted([PAGE.stem, "index.html"])


@pytest.mark.usefixtures("plain_report")
def test_a_page_given_twice_gets_two_folders(tmp_path):
    found = run_pipeline([PAGE, PAGE], out=tmp_path)
    assert [result.folder.name for result in found.results] == [PAGE.stem, f"{PAGE.stem}-2"]


@pytest.mark.usefixtures("plain_report")
def test_progress_names_each_source_and_every_stage(tmp_path):
    steps = []
    run_pipeline([PAGE], out=tmp_path, progress=lambda name, stage: steps.append((name, stage)))
    assert {name for name, _ in steps} == {PAGE.stem}
    stages = [stage for _, stage in steps]
    assert stages[0] == "reading"
    assert stages[-1] == "writing"
    assert len(stages) == len(set(stages)) == len(pipeline.ANALYZERS) + 3


def test_a_file_where_the_folder_should_be_made_is_named(tmp_path):
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(DiscourseError, match="Give another --out"):
        run_pipeline([PAGE], out=tmp_path / "out")


# ---- analysers that fail -------------------------------------------------------------------------


@dataclass
class Breaks:
    """Fails on threads of one name."""

    on: str
    name: str = "breaks"
    version: int = 1
    requires: frozenset[str] = frozenset()
    assigns: frozenset[str] = frozenset({"stances"})

    def analyze(self, tables):
        threads = tables["posts"]["thread_id"].unique()
        if self.on in threads:
            raise ZeroDivisionError("nothing to share")
        row = {"author": "Ada", "target": "T", "annotator": "breaks@1", "label": "favor", "score": 1.0}
        row |= {"favor_posts": 1, "against_posts": 0}
        return Tables({"stances": frame_of(STANCES, [{**row, "thread_id": thread} for thread in threads])})


BELL = "The bell of the old school rings at six in the morning and wakes the whole street."


def two_threads():
    lines = [say("Ada", BELL), say("Bo", f"{BELL}\nBuy curtains.", "Ada")]
    return Tables.concat([talk(*lines, name="good"), talk(*lines, name="bad")])


def test_an_analyser_that_fails_on_one_thread_leaves_a_fault_and_the_rows_of_the_others():
    tables = analyse(two_threads(), analyzers=[Quotes(), Replies(), Breaks("bad")])
    assert tables["faults"].to_dict("records") == [
        {"stage": "breaks", "item_id": "bad", "problem": "ZeroDivisionError: nothing to share"}
    ]
    assert tables["stances"]["thread_id"].tolist() == ["good"]
    assert set(tables["annotations"]["post_id"]) == {"good:2", "bad:2"}
    assert tables["posts"]["reply_to"].dropna().tolist() == ["good:1", "bad:1"]


def test_an_analyser_that_fails_everywhere_stops_nobody():
    tables = analyse(talk(say("Ada", BELL), name="bad"), analyzers=[Breaks("bad"), Quotes()])
    assert tables["faults"]["item_id"].tolist() == ["bad"]
    assert not tables["summary"].empty


def test_an_analyser_that_breaks_the_contract_is_found_out():
    class Liar(Breaks):
        def analyze(self, tables):
            return Tables({"stances": super().analyze(tables)["stances"].assign(label="maybe")})

    with pytest.raises(ContractError, match="which is none of"):
        analyse(two_threads(), analyzers=[Liar("nobody")])


def test_a_source_of_too_many_threads_is_refused_with_what_to_do(tmp_path):
    dump = tmp_path / "dump.csv"
    rows = "".join(f"{n},{n},a,hello there\n" for n in range(1001))
    dump.write_text("id,thread_id,author,text\n" + rows)
    run = run_pipeline([dump], out=tmp_path / "out")
    assert "discourse read" in run.results[0].problem
    assert not (tmp_path / "out" / "dump").exists()


def test_a_source_whose_name_is_too_long_for_a_folder_stops_no_other(tmp_path):
    check = run_pipeline([tmp_path / ("x" * 300)], out=tmp_path / "out")
    assert check.results[0].problem


# ---- results that may be shown to others ---------------------------------------------------------

HOSTILE = (
    "a.*b+(c)",
    "fox🦊den",
    "דנה לוי",
    'said, "Max"',
    "<b>Pat</b>",
    "田中さん",
    "two\nlines",
    "Hope",
    "=SUM(A1)",
)
SHUT = "The pool was shut for three weeks and nobody told us why it had to be."


@pytest.fixture
def hostile(tmp_path):
    """Write an export whose authors bear names that are hard to find, in mentions, headers and quotations."""
    path = tmp_path / "pool.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "thread_id", "parent_id", "author", "text"])
        for number, name in enumerate(HOSTILE * 3):
            last = (HOSTILE * 3)[number - 1]
            text = (
                f"@{last} no.\n{last} wrote:\n> {SHUT}\nIt was {number} weeks, {last}'s notice says. {name}"
            )
            writer.writerow([f"p{number}", "t", f"p{number - 1}" if number else "", name, text])
    return path


def written(folder):
    """Read all files below a folder, as text."""
    return {path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.*")) if path.is_file()}


def left(names, text):
    shown = html.unescape(text).replace('""', '"')
    return [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", shown)]


def test_with_pseudonyms_no_name_is_left_in_any_file(hostile, tmp_path):
    settings = Settings(
        pseudonyms=tmp_path / "names.key", targets=parse_targets(["fox🦊den=Hope", "The pool=the baths"])
    )
    run = run_pipeline([hostile, hostile], out=tmp_path / "out", settings=settings)
    files = written(tmp_path / "out")
    assert run.index in files
    assert len(files) > 2 * len(CONTRACT)
    assert {path.name: found for path, text in files.items() if (found := left(HOSTILE, text))} == {}
    secret = (tmp_path / "names.key").read_text().strip()
    assert not [path for path, text in files.items() if secret in text]


def test_the_same_key_gives_the_same_bytes_and_the_same_names_in_every_thread(hostile, tmp_path):
    settings = Settings(pseudonyms=tmp_path / "names.key")
    run_pipeline([hostile, PAGE], out=tmp_path / "one", settings=settings)
    other = tmp_path / "other.csv"
    other.write_text("id,thread_id,author,text\n1,x,Zoe,Ask @Hope.\n2,x,Hope,Ask me.\n", encoding="utf-8")
    (result,) = run_pipeline([other], out=tmp_path / "two", settings=settings).results
    run_pipeline(
        [hostile, PAGE], out=tmp_path / "again", settings=Settings(pseudonyms=tmp_path / "names.key")
    )
    one, again = (
        {path.relative_to(tmp_path / name): text for path, text in written(tmp_path / name).items()}
        for name in ("one", "again")
    )
    assert one == again
    hope = result.tables["posts"]["author"][1]
    assert result.tables["posts"]["text"][0] == f"Ask @{hope}."
    assert hope in one[Path("pool/tables/authors.csv")]


def test_without_texts_no_four_words_in_a_row_of_any_post_are_left_in_any_file(tmp_path):
    run = run_pipeline(SAMPLES[:2], out=tmp_path / "out", settings=Settings(verbatim=False))
    known = [
        {group for text in read_source(page)["posts"]["text"] for group in fours(text)} for page in SAMPLES
    ]
    for result, groups in zip(run.found, known, strict=False):
        assert len(groups) > 500
        for path, text in written(result.folder).items():
            assert not fours_of_lines(path, text) & groups, path.name
    assert not fours_of_lines(run.index, run.index.read_text(encoding="utf-8")) & set.union(*known[:2])


def fours_of_lines(path, text):
    shown = html.unescape(re.sub("<[^>]*>", "\n", text)) if path.suffix == ".html" else text
    return {group for line in shown.splitlines() for group in fours(line)}


def fours(text):
    words = words_of(text)
    return set(zip(*(words[n:] for n in range(4)), strict=False))


def test_without_texts_all_numbers_are_those_of_the_run_with_texts(run, tmp_path):
    (private,) = run_pipeline(SAMPLES[:1], out=tmp_path, settings=Settings(verbatim=False)).results
    assert private.tables["summary"].equals(run.results[0].tables["summary"])
    assert private.tables["authors"].equals(run.results[0].tables["authors"])


def test_the_record_says_which_key_and_that_texts_are_left_out(tmp_path):
    settings = Settings(pseudonyms=tmp_path / "names.key", verbatim=False)
    told = record_of(read_source(PAGE), settings)["settings"]
    assert told == {"seed": 0, "pseudonyms": settings.key.fingerprint, "verbatim": False}
    assert record_of(read_source(PAGE))["settings"] == {"seed": 0}


@pytest.mark.parametrize("place", ["out/names.key", "out/page/names.key", "out/../out/names.key"])
def test_a_key_that_would_lie_among_the_results_is_refused_before_anything_is_made(tmp_path, place):
    with pytest.raises(DiscourseError, match="among the results"):
        run_pipeline([PAGE], out=tmp_path / "out", settings=Settings(pseudonyms=tmp_path / place))
    assert list(tmp_path.iterdir()) == []


def test_of_several_sources_no_texts_are_held(tmp_path):
    run = run_pipeline(SAMPLES[:2], out=tmp_path)
    assert len(run.found) == 2
    for result in run.found:
        assert set(result.tables["posts"]["text"]) == {""}
        assert len(result.tables["annotations"]) == 0
        assert len(read_tables(result.folder / "tables")["annotations"]) > 0


@pytest.mark.usefixtures("plain_report")
def test_a_corrected_analysis_never_takes_the_place_of_the_run_that_was_reviewed(tmp_path, monkeypatch):
    (first,) = run_pipeline([PAGE], out=tmp_path / "out").results
    with Journal(journal_path(first.folder), source_digests(first.folder)):
        pass
    stood = (first.folder / "run.json").stat().st_mtime_ns
    linked = tmp_path / "linked"
    linked.symlink_to(tmp_path / "out", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    for out in (tmp_path / "out", linked, Path("out")):
        (again,) = run_pipeline([PAGE], out=out, settings=Settings(reviews=(first.folder,))).results
        assert again.folder is None
        assert "would take the place of the run that was reviewed. Give another --out" in str(again.problem)
    assert (first.folder / "run.json").stat().st_mtime_ns == stood
    (other,) = run_pipeline([PAGE], out=tmp_path / "c", settings=Settings(reviews=(first.folder,))).results
    assert other.folder is not None
