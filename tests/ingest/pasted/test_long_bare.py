"""Long pages on which only names divide the posts are read by what the model of rows saw of stretches."""

import random

from discourse.ingest.pasted.layout import Header, Layout
from discourse.ingest.pasted.long_bare import read_long_bare
from discourse.ingest.pasted.long_pages import SAMPLE
from discourse.ingest.pasted.pages import read_page
from discourse.ingest.pasted.readers import read_layout
from discourse.ingest.pasted.tagged_pages import READER

WORDS = """the harbour ferry board railing winter ticket gull county lamp step rope evening north berth fee
    painted closed never again because nobody would could said slip fog wireless quay mended war""".split()
FIRST = ("Gannet", "Iris", "Old", "Captain", "mrs", "Jutta", "Ebb")
LAST = ("Joe", "Marsh", "Plover", "Okoro", "Tern", "of Hull", "Lindqvist", "Kettle")
FOOT = ["", "More from the coast", "Timetables for the winter", "About us", "Imprint"]


def prose(rng: random.Random) -> str:
    return " ".join(rng.choices(WORDS, k=rng.randrange(3, 40))).capitalize() + rng.choice(".!?")


def names(rng: random.Random) -> list[str]:
    """Return people who write often, and as many who write once."""
    often = [f"{first} {last}" for first in FIRST for last in LAST[:3]]
    return often + [f"{rng.choice(FIRST)}{number}" for number in range(300)]


def bare(posts: int, buttons: tuple[str, ...] = ()) -> tuple[list[str], dict[int, str]]:
    """Return a page's lines, and the names by the index of their lines."""
    rng = random.Random(5)
    known = names(rng)
    lines, truth = ["The ferry that was late", "Comments"], {}
    for _ in range(posts):
        truth[len(lines)] = rng.choice(known[:21]) if rng.random() < 0.8 else rng.choice(known)
        lines += [truth[len(lines)], *(prose(rng) for _ in range(rng.randrange(1, 5))), *buttons]
    return lines, truth


def made_up_layout(lines: list[str], truth: dict[int, str], behind: dict[str, str] | None = None) -> Layout:
    """Return the layout of the beginning, with names as they are but for what stands behind some."""
    cut = {name + left: name for name, left in (behind or {}).items()}
    heads = tuple(Header(at, at, cut.get(name, name)) for at, name in truth.items() if at < SAMPLE)
    return Layout(READER, 0.9, heads)


def read(lines: list[str], begun: Layout) -> dict[int, str]:
    found = read_long_bare(lines, begun)
    return {} if found is None else {header.first: header.author for header in found.headers}


def test_whole_names_are_found_all_over_a_long_page():
    lines, truth = bare(1300)
    assert len(lines) > 4000
    found = {post.start_line - 1: post.author for post in read_page("\n".join(lines)).posts}
    assert len(found.items() & truth.items()) >= 0.97 * len(truth)
    assert len(found.keys() - truth.keys()) <= 0.02 * len(truth)


def test_people_who_write_once_are_found_too():
    lines, truth = bare(1300)
    once = {at for at, name in truth.items() if list(truth.values()).count(name) == 1}
    assert len(once) > 50
    assert len(once & read(lines, made_up_layout(lines, truth)).keys()) >= 0.9 * len(once)


def test_buttons_below_every_post_tell_names_from_short_lines():
    lines, truth = bare(800, buttons=("Reply", "Report"))
    for at in [at + 2 for at in list(truth)[100:700:20] if at + 2 not in truth]:
        lines[at] = "Plover Kettle"  # a short line of a text
    assert read(lines, made_up_layout(lines, truth)) == truth


def test_the_foot_of_a_page_holds_no_posts():
    lines, truth = bare(1300)
    found = read_layout([*lines, *FOOT])
    assert found is not None
    assert max(header.first for header in found.headers) == max(truth)


def test_what_stands_behind_several_names_is_no_part_of_them():
    lines, truth = bare(1300)
    badges = dict.fromkeys(("Iris Marsh", "Old Joe", "mrs Plover"), " OP")
    for at, name in truth.items():
        lines[at] += badges.get(name, "")
    shown = {at: lines[at] for at in truth}
    found = read(lines, made_up_layout(lines, shown, badges))
    assert "Iris Marsh" in found.values()
    assert not any(name.endswith(" OP") for name in found.values())


def test_a_page_that_goes_on_in_another_way_is_left_to_others():
    lines, truth = bare(700)
    rng = random.Random(6)
    for hour in range(900):
        lines += [f"{rng.choice(FIRST)} {rng.choice(LAST)} • {hour % 23 + 1} hours ago", prose(rng)]
    assert read(lines, made_up_layout(lines, truth)) == {}


def test_headers_with_more_than_a_name_are_left_to_others():
    lines, truth = bare(1300)
    begun = made_up_layout(lines, truth)
    two = tuple(Header(header.first, header.first + 1, header.author) for header in begun.headers)
    assert read_long_bare(lines, None) is None
    assert read_long_bare(lines, Layout(READER, 0.9, two)) is None
    assert read_long_bare(lines, Layout("stamped-headers", 0.9, begun.headers)) is None
