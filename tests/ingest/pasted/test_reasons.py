"""Each line of a header says why it was taken for what it is."""

from discourse.ingest.pasted.pages import read_page
from tests.ingest.pasted.test_readers import TALK

PAGE = "\n".join(
    f"{name}\n"
    + (f"In reply to {TALK[to - 1][0]}\n" if to else "")
    + f"March {n}, 2021 at 9:1{n} am\n{text}\nReply\n"
    for n, (name, to, text) in enumerate(TALK, start=1)
)


def reasons(kind: str) -> list[str]:
    return [line.reason for line in read_page("Comments\n" + PAGE).lines if line.kind == kind]


def test_names_say_how_often_they_stand_on_the_page() -> None:
    assert reasons("author")[0] == "stands over a text as 6 other names do, 2 times on this page"
    assert reasons("author")[4] == "stands over a text as 6 other names do"


def test_times_say_how_many_headers_have_one() -> None:
    assert set(reasons("time")) == {"a time; 7 of 7 headers hold a row like it"}


def test_people_answered_are_known() -> None:
    assert set(reasons("addressee")) == {"names somebody who writes on this page"}
