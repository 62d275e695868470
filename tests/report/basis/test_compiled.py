"""Templates that were compiled once are not compiled again, and never taken from an older state."""

import pytest
from jinja2 import Environment, FileSystemLoader

from discourse import derived
from discourse.report.basis.compiled import Compiled


@pytest.fixture
def fill(tmp_path, monkeypatch):
    monkeypatch.setattr(derived, "cache_from_source", lambda _path: str(tmp_path / "kept" / "module.pyc"))
    (tmp_path / "settings.py").write_text("trim = True")
    (tmp_path / "templates").mkdir()

    def filled(source):
        (tmp_path / "templates" / "page.j2").write_text(source)
        made = Environment(
            loader=FileSystemLoader(tmp_path / "templates"),
            autoescape=True,
            bytecode_cache=Compiled(tmp_path / "templates", str(tmp_path / "settings.py")),
        )
        return made.get_template("page.j2").render(name="<b>")

    return filled


def test_a_template_is_compiled_once(fill, monkeypatch):
    assert fill("Boat {{ name }}") == "Boat &lt;b&gt;"

    def refuse(*_args, **_more):
        raise AssertionError("compiles again")

    monkeypatch.setattr(Environment, "compile", refuse)
    assert fill("Boat {{ name }}") == "Boat &lt;b&gt;"


def test_a_template_that_was_changed_is_compiled_anew(fill):
    fill("Boat {{ name }}")
    assert fill("Ship {{ name }}") == "Ship &lt;b&gt;"


def test_where_nothing_can_be_written_templates_are_compiled_each_time(fill, tmp_path):
    (tmp_path / "kept").write_text("a file where a folder should be")
    assert fill("Boat {{ name }}") == fill("Boat {{ name }}") == "Boat &lt;b&gt;"
