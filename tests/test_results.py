"""What a run leaves on disk, and what it leaves alone."""

from pathlib import Path

import pytest

from discourse import results
from discourse.errors import DiscourseError
from discourse.report import GENERATOR
from discourse.report.pdf import MARK
from discourse.results import (
    KINDS,
    check_index,
    check_page,
    check_target,
    write_index,
    write_page,
    write_result,
)
from tests.analysis.talk import say, talk

BELL = "The bell of the old school rang at noon."


@pytest.fixture
def plain_report(monkeypatch):
    monkeypatch.setattr(results, "render_report", lambda _tables, _record: "<html></html>")


@pytest.fixture
def made():
    tables = talk(say("Ada", BELL))
    return tables, {"run_id": "0", "sources": []}


@pytest.mark.usefixtures("plain_report")
def test_an_earlier_result_is_replaced_as_a_whole(made, tmp_path):
    write_result(*made, tmp_path / "page")
    (tmp_path / "page" / "tables" / "posts.csv").write_text("old", encoding="utf-8")
    write_result(*made, tmp_path / "page")
    assert (tmp_path / "page" / "tables" / "posts.csv").read_text(encoding="utf-8") != "old"
    assert [path.name for path in tmp_path.iterdir()] == ["page"]


@pytest.mark.usefixtures("plain_report")
@pytest.mark.parametrize("name", ["page.txt", "tables/notes.md"])
def test_a_users_file_in_an_earlier_result_is_never_deleted(made, tmp_path, name):
    write_result(*made, tmp_path / "page")
    (tmp_path / "page" / name).write_text("mine", encoding="utf-8")
    with pytest.raises(DiscourseError, match=f"no earlier run wrote {name}"):
        write_result(*made, tmp_path / "page")
    assert (tmp_path / "page" / name).read_text(encoding="utf-8") == "mine"


def page_of(kind):
    return f'<head>{GENERATOR} {kind}"></head>'


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_takes_the_place_of_one_of_its_kind_alone(tmp_path, kind):
    path = tmp_path / "page.html"
    for other in (*KINDS, "evaluation"):
        path.write_text(page_of(other), encoding="utf-8")
        if other == kind:
            check_page(path, kind)
        else:
            with pytest.raises(DiscourseError, match=f"another kind .{other}."):
                check_page(path, kind)


def test_a_place_that_cannot_be_read_or_is_no_file_is_a_fault_to_mend(tmp_path, monkeypatch):
    for path in (Path(), Path("/"), tmp_path / ("n" * 300), tmp_path):
        with pytest.raises(DiscourseError):
            check_page(path)
    (tmp_path / "page.html").write_text(page_of("report"), encoding="utf-8")

    def fail(*_words: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(DiscourseError, match="Permission denied"):
        check_page(tmp_path / "page.html")


def test_a_pdf_of_the_page_that_is_replaced_goes_and_no_other(tmp_path):
    for name, content in (("ours", b"%PDF-1.7" + MARK), ("theirs", b"%PDF-1.7 a thesis")):
        (tmp_path / f"{name}.pdf").write_bytes(content)
        write_page("<p>", tmp_path / f"{name}.html")
    assert {path.name for path in tmp_path.iterdir()} == {"ours.html", "theirs.html", "theirs.pdf"}


@pytest.mark.usefixtures("plain_report")
def test_a_pdf_that_we_did_not_print_is_never_deleted(made, tmp_path):
    folder = tmp_path / "page"
    write_result(*made, folder)
    (folder / "report.pdf").write_bytes(b"%PDF-1.7" + MARK)
    check_target(folder)
    (folder / "report.pdf").write_bytes(b"%PDF-1.7 a thesis")
    with pytest.raises(DiscourseError, match=r"no earlier run wrote report\.pdf"):
        check_target(folder)


@pytest.mark.usefixtures("plain_report")
def test_what_was_left_when_the_power_failed_stands_in_nobodys_way(made, tmp_path):
    folder = tmp_path / "page"
    write_result(*made, folder)
    (folder / ".printing-a1b2" / "profile").mkdir(parents=True)
    (folder / ".report.html.1.part").write_text("half", encoding="utf-8")
    check_target(folder)
    (folder / ".notes.md.1.part").write_text("mine", encoding="utf-8")
    with pytest.raises(DiscourseError, match="no earlier run wrote"):
        check_target(folder)


def test_an_overview_takes_the_place_of_an_earlier_one_only(tmp_path):
    path = tmp_path / "index.html"
    check_index(path)
    write_index(page_of("overview"), path)
    check_index(path)
    write_index(f'<head>{GENERATOR}"></head>', path)  # as a version wrote it that told no kinds
    check_index(path)
    path.write_text("<p>my own page</p>", encoding="utf-8")
    with pytest.raises(DiscourseError, match="no earlier run wrote this page"):
        check_index(path)


def test_an_overview_that_cannot_be_written_is_a_fault_to_mend(tmp_path):
    (tmp_path / "index.html").mkdir()
    with pytest.raises(DiscourseError, match="cannot be written"):
        write_index("<p>", tmp_path / "index.html")
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


@pytest.mark.usefixtures("plain_report")
def test_a_folder_that_no_run_wrote_is_never_deleted(made, tmp_path):
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(DiscourseError, match="no earlier run wrote"):
        write_result(*made, tmp_path / "page")
    assert (tmp_path / "page" / "thesis.txt").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["page"]


@pytest.mark.usefixtures("plain_report")
def test_a_file_that_stands_in_the_way_is_never_deleted(made, tmp_path):
    (tmp_path / "page").write_text("mine", encoding="utf-8")
    with pytest.raises(DiscourseError, match="no earlier run wrote"):
        write_result(*made, tmp_path / "page")
    assert (tmp_path / "page").read_text(encoding="utf-8") == "mine"


def test_when_the_report_fails_the_earlier_result_stands_and_nothing_half_written(
    made, tmp_path, monkeypatch
):
    def fail(_tables, _record):
        raise ZeroDivisionError

    monkeypatch.setattr(results, "render_report", lambda _tables, _record: "first")
    write_result(*made, tmp_path / "page")
    monkeypatch.setattr(results, "render_report", fail)
    with pytest.raises(ZeroDivisionError):
        write_result(*made, tmp_path / "page")
    assert (tmp_path / "page" / "report.html").read_text(encoding="utf-8") == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["page"]


@pytest.mark.usefixtures("plain_report")
def test_a_name_too_long_for_the_file_system_can_be_mended_by_the_user(made, tmp_path):
    with pytest.raises(DiscourseError, match="it cannot be written"):
        write_result(*made, tmp_path / ("n" * 255))
    assert list(tmp_path.iterdir()) == []
