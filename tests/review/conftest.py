"""The reviews that tests share."""

import pytest

pytest.importorskip("starlette", reason="the extra `review` is not installed")


@pytest.fixture
def run(tmp_path):
    from tests.review.made_review import run_to_review

    return run_to_review(tmp_path / "pier")


@pytest.fixture
def asker(run):
    from tests.review.made_review import Asker

    return Asker(run)
