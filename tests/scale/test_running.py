"""A run over a dump gives the same as all at once, whoever does it and however often it is stopped."""

import json
from itertools import pairwise
from unittest import mock

import pandas as pd
import pytest
from msgspec.structs import replace

from discourse.analysis.registry import ANALYZERS
from discourse.analysis.stance.given import parse_targets
from discourse.errors import DiscourseError
from discourse.ingest import read_source
from discourse.pipeline import Settings
from discourse.scale import parts, reading, running, shuffling
from discourse.scale.data_sets import OF_PARTS, read_part_of
from discourse.scale.engines import engine_named
from discourse.scale.jobs import file_of, marker_of
from discourse.scale.places import Place
from discourse.scale.running import run_dump
from discourse.scale.stored import draw_thread
from discourse.stages import run_stages
from discourse.tables import CONTRACT, Tables, frame_of
from tests.scale.ferry_threads import files_of, made_rows, write_dump

THREADS = 24
HERE = engine_named("local")


@pytest.fixture(scope="module")
def dump(tmp_path_factory):
    return write_dump(tmp_path_factory.mktemp("dump") / "quay.jsonl", made_rows(THREADS))


@pytest.fixture(scope="module")
def whole(dump, tmp_path_factory):
    """A run that nothing disturbed."""
    out = tmp_path_factory.mktemp("runs") / "whole"
    run_dump([str(dump)], out=str(out), settings=Settings(), engine=HERE, parts=3)
    return out


def table(run, name):
    found = [read_part_of(Place(str(run)), name, file_of(part)) for part in range(3)]
    return pd.concat(found, ignore_index=True)


def sorted_rows(frame):
    return frame.sort_values(list(frame.columns), ignore_index=True).reset_index(drop=True)


def test_parts_hold_what_an_analysis_of_all_threads_at_once_finds(dump, whole):
    tables = run_stages(read_source(dump), ANALYZERS)
    for name in set(OF_PARTS) & set(CONTRACT) - {"faults"}:
        expected = tables[name][CONTRACT[name].names]
        found = table(whole, name)[CONTRACT[name].names]
        if "source_id" in expected:
            expected, found = expected.drop(columns="source_id"), found.drop(columns="source_id")
        pd.testing.assert_frame_equal(sorted_rows(found), sorted_rows(expected))
    assert len(table(whole, "loops"))
    assert len(table(whole, "posts")) == len(made_rows(THREADS))


def test_every_row_bears_its_thread(whole):
    thread_of = table(whole, "posts").set_index("post_id")["thread_id"]
    marks = table(whole, "annotations")
    assert (marks["thread_id"] == marks["post_id"].map(thread_of)).all()
    turns = table(whole, "turns")
    assert len(turns)
    assert (turns["thread_id"] == turns["post_id"].map(thread_of)).all()


def test_threads_are_counted(whole):
    threads = table(whole, "threads").set_index("thread_id")
    posts, loops = table(whole, "posts"), table(whole, "loops")
    assert threads["posts"].to_dict() == posts.groupby("thread_id").size().to_dict()
    assert threads["authors"].to_dict() == posts.groupby("thread_id")["author"].nunique().to_dict()
    assert threads["loops"].sum() == len(loops)
    assert threads["longest_chain"].max() >= 6
    circling = threads.loc["t000"]
    assert circling["replies"] == circling["posts"] - 1
    assert circling["longest_chain"] == circling["posts"]


@pytest.mark.parametrize(("posts", "chunk"), [(1, 1 << 25), (7, 1), (10_000, 2_000)])
def test_the_same_bytes_come_out_however_posts_are_taken_together(dump, whole, tmp_path, posts, chunk):
    with (
        mock.patch.object(reading, "_POSTS", posts),
        mock.patch.object(shuffling, "_CHUNK", chunk),
        mock.patch.object(shuffling, "_BATCH", 10),
    ):
        run_dump([str(dump)], out=str(tmp_path / "run"), settings=Settings(), engine=HERE, parts=3)
    assert files_of(tmp_path / "run") == files_of(whole)


def test_the_same_bytes_come_out_of_two_workers(dump, whole, tmp_path):
    engine = engine_named("local", workers=2)
    run_dump([str(dump)], out=str(tmp_path / "run"), settings=Settings(), engine=engine, parts=3)
    assert files_of(tmp_path / "run") == files_of(whole)


def test_the_same_bytes_come_out_whatever_part_is_done_first(dump, whole, tmp_path):
    def backwards(job, wanted):
        return HERE(job, list(wanted)[::-1])

    run_dump([str(dump)], out=str(tmp_path / "run"), settings=Settings(), engine=backwards, parts=3)
    assert files_of(tmp_path / "run") == files_of(whole)


class StoppedError(Exception):
    """What stops a run in a test."""


def stopped_after(number):
    def run(job, wanted):
        for place, task in enumerate(wanted):
            if place == number:
                raise StoppedError
            yield parts.analyse_part(job, task)

    return run


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_stopped_run_goes_on_and_gives_the_same_bytes(dump, whole, tmp_path, number):
    out = str(tmp_path / "run")
    with pytest.raises(StoppedError):
        run_dump([str(dump)], out=out, settings=Settings(), engine=stopped_after(number), parts=3)
    with pytest.raises(DiscourseError, match="not finished"):
        run_dump([str(dump)], out=out, settings=Settings(), engine=HERE, parts=3)
    run = run_dump([str(dump)], out=out, settings=Settings(), engine=HERE, resume=True)
    assert files_of(tmp_path / "run") == files_of(whole)
    assert run.posts == len(made_rows(THREADS))
    assert 0 < run.analysed < run.posts or number == 0


def test_a_part_without_its_marker_is_done_anew(dump, whole, tmp_path):
    out = tmp_path / "run"
    with pytest.raises(StoppedError):
        run_dump([str(dump)], out=str(out), settings=Settings(), engine=stopped_after(2), parts=3)
    (out / marker_of(0)).unlink()
    (out / "posts" / "part-00000.parquet").write_bytes(b"half written")
    run_dump([str(dump)], out=str(out), settings=Settings(), engine=HERE, resume=True)
    assert files_of(out) == files_of(whole)


def test_a_dump_that_has_grown_is_analysed_where_it_is_new_and_gives_the_same_bytes(tmp_path, monkeypatch):
    rows = made_rows(THREADS)
    more = [
        *({**row, "id": f"{row['id']}x", "reply_to": row["id"]} for row in rows[:2]),
        *made_rows(5, first=THREADS),
    ]
    path = write_dump(tmp_path / "quay.jsonl", rows)
    grown, fresh = tmp_path / "grown", tmp_path / "fresh"
    run_dump([str(path)], out=str(grown), settings=Settings(), engine=HERE, parts=3)
    write_dump(path, [*rows, *more])
    seen = []
    analysed = parts.analysed
    monkeypatch.setattr(
        parts,
        "analysed",
        lambda tables, its: seen.extend(tables["posts"]["thread_id"]) or analysed(tables, its),
    )
    run = run_dump([str(path)], out=str(grown), settings=Settings(), engine=HERE)
    touched = {row["thread_id"] for row in more}
    assert set(seen) == touched
    assert run.analysed == sum(row["thread_id"] in touched for row in [*rows, *more])
    run_dump([str(path)], out=str(fresh), settings=Settings(), engine=HERE, parts=3)
    assert files_of(grown) == files_of(fresh)


def test_a_dump_that_has_not_changed_is_left_alone(dump, whole, monkeypatch):
    before = files_of(whole)
    monkeypatch.setattr(running, "shuffle", lambda *_a, **_k: pytest.fail("it was read again"))
    run = run_dump([str(dump)], out=str(whole), settings=Settings(), engine=HERE)
    assert (run.analysed, run.posts) == (0, len(made_rows(THREADS)))
    assert files_of(whole) == before


def test_threads_over_several_files_are_one_and_what_stands_in_both_is_read_once(dump, whole, tmp_path):
    rows = made_rows(THREADS)
    one = write_dump(tmp_path / "one.jsonl", rows[:60])
    two = write_dump(tmp_path / "two.jsonl", rows[50:])
    out = tmp_path / "run"
    run_dump([str(one), str(two)], out=str(out), settings=Settings(), engine=HERE, parts=3)
    places = ["position", "source_id"]
    found, expected = (sorted_rows(table(run, "posts").drop(columns=places)) for run in (out, whole))
    pd.testing.assert_frame_equal(found, expected)
    assert table(out, "faults")["problem"].str.contains("stands in the dump twice").sum() == 10


def test_a_thread_that_breaks_an_analyser_is_a_fault_with_its_id_and_the_run_goes_on(
    dump, tmp_path, monkeypatch
):
    class Broken:
        name, version = "broken", 1
        requires, assigns = frozenset(), frozenset({"annotations:stance"})

        def analyze(self, tables):
            if "t007" in set(tables["posts"]["thread_id"]):
                raise ZeroDivisionError("seven")
            return Tables()

    monkeypatch.setattr(Settings, "analyzers", (Broken(),))
    out = tmp_path / "run"
    run = run_dump([str(dump)], out=str(out), settings=Settings(), engine=HERE, parts=3)
    faults = table(out, "faults")
    assert faults[["item_id", "thread_id"]].to_numpy().tolist() == [["t007", "t007"]]
    assert "ZeroDivisionError" in faults["problem"].iloc[0]
    assert run.faults == 1
    assert table(out, "threads").set_index("thread_id").loc["t007", "faults"] == 1


def test_broken_records_of_the_dump_are_faults(tmp_path):
    path = tmp_path / "quay.jsonl"
    write_dump(path, made_rows(9))
    with path.open("a", encoding="utf-8") as file:
        file.write('{"id": "x", "thread_id": \n')
    out = tmp_path / "run"
    run = run_dump([str(path)], out=str(out), settings=Settings(), engine=HERE, parts=1)
    faults = read_part_of(Place(str(out)), "faults", running.READ)
    assert len(faults) == run.faults == 1
    assert faults["thread_id"].isna().all()


def test_nothing_of_others_is_touched(dump, tmp_path):
    out = tmp_path / "mine"
    out.mkdir()
    (out / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(DiscourseError, match=r"thesis\.txt"):
        run_dump([str(dump)], out=str(out), settings=Settings(), engine=HERE)
    assert files_of(out) == {"thesis.txt": b"years of work"}


@pytest.mark.parametrize("problem", ["other dump", "other settings", "other parts", "a page"])
def test_a_finished_run_is_left_as_it_is_by_what_does_not_fit_it(dump, whole, tmp_path, problem):
    before = files_of(whole)
    settings = Settings(seed=3) if problem == "other settings" else Settings()
    source = tmp_path / ("other.jsonl" if problem == "other dump" else "quay.jsonl")
    if problem == "a page":
        source.write_text("Ardmore\n2 hours ago\nThe ferry is late again.\n" * 3, encoding="utf-8")
    else:
        write_dump(source, made_rows(3))
    with pytest.raises(DiscourseError):
        run_dump(
            [str(source)],
            out=str(whole),
            settings=settings,
            engine=HERE,
            parts=4 if problem == "other parts" else None,
            resume=True,
        )
    assert files_of(whole) == before


def test_names_are_exchanged_thread_by_thread_so_that_parts_do_not_matter(dump, tmp_path):
    settings = Settings(pseudonyms=tmp_path / "names.key", verbatim=False)
    found = []
    for number in (1, 3):
        out = tmp_path / f"run{number}"
        run_dump([str(dump)], out=str(out), settings=settings, engine=HERE, parts=number)
        posts = [read_part_of(Place(str(out)), "posts", file_of(part)) for part in range(number)]
        found.append(sorted_rows(pd.concat(posts, ignore_index=True)))
        assert b"Ardmore" not in b"".join(files_of(out).values())
    pd.testing.assert_frame_equal(*found)
    assert not found[0]["author"].isin(["Ardmore", "Cullen"]).any()
    assert not found[0]["text"].str.contains(r"\w").any()


def test_the_record_says_how_it_was_made_and_into_how_many_parts(whole):
    record = json.loads((whole / "run.json").read_text(encoding="utf-8"))
    assert record["parts"] == 3
    assert record["sources"][0]["uri"].endswith("quay.jsonl")
    assert "rhetoric" in record["analyzers"]
    assert not (whole / "_work").exists()


def test_results_and_dumps_may_be_anywhere_that_fsspec_knows(dump, whole, tmp_path):
    where = Place("memory://made-up")
    where.write("in/quay.jsonl", dump.read_bytes())
    run_dump(
        ["memory://made-up/in/quay.jsonl"],
        out="memory://made-up/out",
        settings=Settings(),
        engine=HERE,
        parts=3,
    )
    out = where.below("out")
    for name in OF_PARTS:
        for part in range(3):
            file = f"{name}/{file_of(part)}.parquet"
            assert out.read(file) == (whole / file).read_bytes()
    assert json.loads(out.read("run.json"))["parts"] == 3
    where.remove()


def test_an_engine_that_leaves_a_part_out_never_passes_for_a_whole_run(dump, tmp_path):
    def lazy(job, tasks):
        return HERE(job, tasks[1:])

    with pytest.raises(RuntimeError, match="left parts out"):
        run_dump([str(dump)], out=str(tmp_path / "run"), settings=Settings(), engine=lazy, parts=3)
    assert not (tmp_path / "run" / "run.json").exists()


def grown(tmp_path, first, then, *, parts=3):
    """Return the files of a run over a dump that grew, and of a fresh one over the grown dump."""
    folder = tmp_path / "in"
    folder.mkdir()
    for run, dumps in (("grown", first), ("grown", then), ("fresh", then)):
        names = [str(write_dump(folder / name, rows)) for name, rows in dumps.items()]
        run_dump(names, out=str(tmp_path / run), settings=Settings(), engine=HERE, parts=parts)
    return files_of(tmp_path / "grown"), files_of(tmp_path / "fresh")


def test_growth_that_first_states_links_reaches_the_threads_that_stood_there(tmp_path):
    rows = made_rows(9)
    bare = [{name: value for name, value in row.items() if name != "reply_to"} for row in rows]
    kept, fresh = grown(tmp_path, {"quay.jsonl": bare}, {"quay.jsonl": [*bare, *made_rows(3, first=9)]})
    assert kept == fresh


def test_files_that_change_places_are_told_apart(tmp_path):
    one, two = made_rows(4), made_rows(4, first=4)
    first = {"one.jsonl": one, "two.jsonl": two}
    kept, fresh = grown(tmp_path, first, {"one.jsonl": two, "two.jsonl": one})
    assert kept == fresh


def test_faults_of_reading_are_those_of_the_whole_dump_however_it_grew(tmp_path):
    one = [{**row, "id": str(place), "thread_id": str(place % 5)} for place, row in enumerate(made_rows(6))]
    one = [{**row, "reply_to": None} for row in one]
    kept, fresh = grown(tmp_path, {"one.jsonl": one}, {"one.jsonl": one, "two.jsonl": one[3:9]})
    assert kept == fresh
    faults = pd.concat(
        [read_part_of(Place(str(tmp_path / "grown")), "faults", file_of(part)) for part in range(3)]
    )
    assert sorted(faults["item_id"]) == [str(place) for place in range(3, 9)]
    assert faults["thread_id"].tolist() == [str(int(item) % 5) for item in faults["item_id"]]


def test_ids_that_look_like_ours_stop_nothing(tmp_path):
    rows = [{"id": "x", "thread_id": "t", "author": "Ann", "text": f"words {place}"} for place in range(2)]
    rows.insert(1, {"id": "x:3", "thread_id": "t", "author": "Ben", "text": "mine"})
    one = write_dump(tmp_path / "one.jsonl", rows[:2])
    two = write_dump(tmp_path / "two.jsonl", rows[2:])
    out = tmp_path / "run"
    run_dump([str(one), str(two)], out=str(out), settings=Settings(), engine=HERE, parts=1)
    posts = read_part_of(Place(str(out)), "posts", file_of(0))
    assert posts["post_id"].tolist() == ["x", "x:3", "x:3'"]


def test_a_link_into_another_thread_makes_no_chain_wherever_that_thread_is(tmp_path):
    chain = [
        {"id": f"{thread}{place}", "thread_id": thread, "author": "Ann", "text": "words"}
        for thread in "ab"
        for place in range(3)
    ]
    for above, row in pairwise(chain):
        row["reply_to"] = above["id"]
    path = write_dump(tmp_path / "quay.jsonl", chain)
    found = []
    for posts in (1, 100):
        with mock.patch.object(reading, "_POSTS", posts):
            out = tmp_path / f"run{posts}"
            run_dump([str(path)], out=str(out), settings=Settings(), engine=HERE, parts=1)
        found.append(read_part_of(Place(str(out)), "threads", file_of(0))["longest_chain"].tolist())
    assert found == [[3, 3], [3, 3]]


def test_a_download_that_broke_off_leaves_the_finished_run_as_it_was(tmp_path):
    path = write_dump(tmp_path / "quay.jsonl", made_rows(6))
    out = tmp_path / "run"
    run_dump([str(path)], out=str(out), settings=Settings(), engine=HERE, parts=2)
    before = files_of(out)
    path.write_text('{"id": 1, "thread_id"\n' * 50, encoding="utf-8")
    with pytest.raises(DiscourseError):
        run_dump([str(path)], out=str(out), settings=Settings(), engine=HERE)
    after = files_of(out)
    assert {name: after[name] for name in before} == before
    write_dump(path, made_rows(6))
    run_dump([str(path)], out=str(out), settings=Settings(), engine=HERE)
    assert files_of(out) == before


def test_a_run_that_was_killed_in_its_first_moments_is_begun_again(dump, whole, tmp_path):
    out = tmp_path / "run"
    (out / "_work").mkdir(parents=True)
    (out / "_work" / ".plan.json.0123.part").write_bytes(b"{")
    run_dump([str(dump)], out=str(out), settings=Settings(), engine=HERE, parts=3)
    assert files_of(out) == files_of(whole)


def test_an_analyser_that_breaks_the_contract_costs_its_threads_alone(dump, tmp_path, monkeypatch):
    class Strange:
        name, version = "strange", 1
        requires, assigns = frozenset(), frozenset({"annotations:stance"})

        def analyze(self, tables):
            if "t007" not in set(tables["posts"]["thread_id"]):
                return Tables()
            row = dict.fromkeys(CONTRACT["annotations"].names, "?") | {"start": -1, "end": 0, "score": 2.0}
            return Tables({"annotations": frame_of(CONTRACT["annotations"], [row])})

    monkeypatch.setattr(Settings, "analyzers", (Strange(),))
    out = tmp_path / "run"
    run_dump([str(dump)], out=str(out), settings=Settings(), engine=HERE, parts=3)
    assert table(out, "faults")["thread_id"].tolist() == ["t007"]
    assert len(table(out, "posts")) == len(made_rows(THREADS))
    assert table(out, "annotations").empty


def test_names_of_targets_are_not_let_out_beside_pseudonyms(dump, tmp_path):
    settings = Settings(pseudonyms=tmp_path / "names.key", targets=parse_targets(["Cullen=the captain"]))
    with pytest.raises(DiscourseError, match="names of its targets"):
        run_dump([str(dump)], out=str(tmp_path / "run"), settings=settings, engine=HERE)
    assert not (tmp_path / "run").exists()


def test_a_worker_that_finds_another_key_makes_none_and_says_so(dump, tmp_path):
    def elsewhere(job, tasks):
        key.unlink()
        return HERE(replace(job, settings=replace(job.settings)), tasks)

    key = tmp_path / "names.key"
    settings = Settings(pseudonyms=key)
    with pytest.raises(DiscourseError, match="does not find the key"):
        run_dump([str(dump)], out=str(tmp_path / "run"), settings=settings, engine=elsewhere)
    assert not key.exists()


def test_a_command_that_was_mended_may_begin_anew(dump, tmp_path):
    out = str(tmp_path / "run")
    wrong = Settings(columns={"text": "nowhere"})
    with pytest.raises(DiscourseError):
        run_dump([str(dump)], out=out, settings=wrong, engine=HERE)
    run_dump([str(dump)], out=out, settings=Settings(), engine=HERE)


def test_sources_in_another_order_are_another_dump(tmp_path):
    one, two = made_rows(4), made_rows(4, first=4)
    first = {"one.jsonl": one, "two.jsonl": two}
    kept, fresh = grown(tmp_path, first, dict(reversed(first.items())))
    assert kept == fresh


def test_reports_of_threads_go_when_their_run_goes_on(tmp_path):
    path = write_dump(tmp_path / "quay.jsonl", made_rows(6))
    out = tmp_path / "run"
    run_dump([str(path)], out=str(out), settings=Settings(), engine=HERE, parts=2)
    page = draw_thread(out, "t000")
    run_dump([str(path)], out=str(out), settings=Settings(), engine=HERE)
    assert page.exists()
    write_dump(path, made_rows(7))
    run_dump([str(path)], out=str(out), settings=Settings(), engine=HERE)
    assert not page.exists()
