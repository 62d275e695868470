"""Pages made up for the tests of the readers."""

from collections.abc import Sequence

Comment = tuple[str, str | None, Sequence[str]]  # author, addressee line or None, lines of text

ARTICLE = [
    "The harbour board will close the fish steps for all of next winter, its chair said after the meeting.",
    "WHAT COMES NEXT",
    "Tenders for the new railings are to be opened in the second week of March, work starts after Easter.",
]

TALK: list[Comment] = [
    ("Gannet Joe", None, ["They closed the steps last winter as well, and nothing was mended."]),
    ("mrs_plover", "Gannet Joe", ["Nothing was mended.", "The rail by the slip was, I leaned on it myself."]),
    ("Gannet Joe", "mrs_plover", ["Nope.", "That rail was there before the war."]),
    ("ebbtide88", None, ["Who pays for all this? The berth fees went up twice already."]),
    ("Gannet Joe", "ebbtide88", ["We do, who else."]),
    ("mrs_plover", "ebbtide88", ["The county does, it says so on the board", "so there we are."]),
    ("ebbtide88", "mrs_plover", ["Then I take it back, I had not seen the board."]),
    ("Gannet Joe", None, ["Ask the gulls, they know more than the county."]),
]


def bare_page(talk: Sequence[Comment], *, count: int | None = None, article: Sequence[str] = ARTICLE) -> str:
    """Lay a talk out with nothing but names between its comments."""
    lines = [*article, *([] if count is None else [f"{count} Comments"])]
    for author, addressee, text in talk:
        lines += [author, *([] if addressee is None else [addressee]), *text]
    return "\n".join(lines)
