"""`discourse review`: the address on the terminal, an orderly end, and faults in one line."""

import re
import signal
import subprocess
import sys
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
import typer
from typer.testing import CliRunner

from discourse.cli.review import review

pytest.importorskip("uvicorn", reason="the extra `review` is not installed")

COMMAND = "import typer; from discourse.cli.review import review; typer.run(review)"


@pytest.fixture
def run(tmp_path):
    from tests.exchange.made_run import store_run

    return store_run(tmp_path / "pier")


@pytest.fixture
def call():
    app = typer.Typer()
    app.command()(review)
    return lambda *words: CliRunner().invoke(app, [*map(str, words)])


def test_a_review_opens_at_a_secret_address_and_ends_with_a_line(run):
    words = [sys.executable, "-u", "-c", COMMAND, str(run), "--coder", "ann", "--no-open"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as started:
        try:
            address = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S{40,}", started.stdout.readline())[0]
            with build_opener(HTTPCookieProcessor()).open(address) as page:
                assert page.url.endswith("/by/ann/")
                assert "token" not in page.url
                assert "server" not in page.headers
            started.send_signal(signal.SIGINT)
            rest = started.communicate()[0]
        finally:
            started.kill()
    assert rest.splitlines()[-1] == "Nothing was decided."
    assert "Traceback" not in rest
    assert started.returncode == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--layer", "hedges"], "there is no layer 'hedges'"),
        (["--coder", "a/b"], "a coder's name"),
        (["--posts", "nowhere.csv"], "nowhere.csv"),
    ],
)
def test_what_cannot_be_met_is_said_in_one_line(call, run, words, told):
    result = call(run, "--no-open", *words)
    assert result.exit_code == 2
    assert told in result.output
    assert len(result.output.splitlines()) == 1


def test_no_run_is_said_so(call, tmp_path):
    result = call(tmp_path, "--no-open")
    assert (result.exit_code, len(result.output.splitlines())) == (2, 1)


def test_a_missing_package_is_named_with_its_extra(call, run, monkeypatch):
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    result = call(run, "--no-open")
    assert result.exit_code == 2
    assert "pip install 'discourse-analyzer[review]'" in result.output
