"""Every platform's golden page is read exactly, and so are variations of it that no file holds."""

import json
import random
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from discourse.ingest.pasted.layout import Layout
from discourse.ingest.pasted.platform_pages import read_platform_layout
from discourse.ingest.pasted.platforms import FOLDER as PROFILES
from discourse.ingest.pasted.platforms import load_platforms
from discourse.text.normalise import normalise
from tests.ingest.pasted.platforms.golden import CASES, FOLDER, Case
from tests.ingest.pasted.platforms.sheets import Style
from tests.ingest.pasted.platforms.talks import TALKS, Said, Talk

BY_NAME = {case.name: case for case in CASES}
every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def texts(layout: Layout, lines: Sequence[str], truth: Sequence[dict[str, Any]]) -> list[list[str]]:
    """Return each post's own filled lines, those that it quotes left out."""
    quoted = {int(number) - 1 for post in truth for number in post["quotes"]}
    return [
        [lines[at] for at in range(first, last + 1) if at not in quoted and lines[at].strip()]
        for first, last in layout.spans
    ]


def assert_read(text: str, truth: Sequence[dict[str, Any]], reader: str | None) -> Layout:
    lines = normalise(text).split("\n")
    layout = read_platform_layout(lines)
    assert layout is not None
    assert reader is None or layout.reader == f"platform: {reader}"
    found = [(header.first + 1, header.author, header.addressee) for header in layout.headers]
    assert found == [(post["start"], post["author"], post["addressee"]) for post in truth]
    assert texts(layout, lines, truth) == [post["body"] for post in truth]
    return layout


def page(stem: str) -> tuple[str, list[dict[str, Any]]]:
    text = (FOLDER / f"{stem}.txt").read_text(encoding="utf-8")
    return text, json.loads((FOLDER / f"{stem}.json").read_text(encoding="utf-8"))


def golden(case: Case) -> tuple[str, list[dict[str, Any]]]:
    return page(case.name)


def profile_of(stem: str) -> str:
    """Return the name in the profile of a golden page: of files that begin its name, the longest."""
    owner = max((path.stem for path in PROFILES.glob("*.toml") if stem.startswith(path.stem)), key=len)
    return tomllib.loads((PROFILES / f"{owner}.toml").read_text(encoding="utf-8"))["name"]


STEMS = sorted(path.stem for path in FOLDER.glob("*.txt"))


@pytest.mark.parametrize("stem", STEMS)
def test_a_golden_page_is_read_exactly(stem):
    reader = BY_NAME[stem].reader if stem in BY_NAME else None
    layout = assert_read(*page(stem), reader)
    assert layout.reader.startswith(f"platform: {profile_of(stem)}")


def test_every_profile_has_a_golden_page():
    read = {read_platform_layout(page(stem)[0].split("\n")).reader for stem in STEMS}
    assert read == {f"platform: {platform.name}" for platform in load_platforms()}


@every_case
def test_furniture_ends_in_no_text_and_no_line_is_taken_twice(case):
    text, truth = golden(case)
    lines = text.split("\n")
    layout = read_platform_layout(lines)
    own = {at for first, last in layout.spans for at in range(first, last + 1)}
    heads = {at for header in layout.headers for at in range(header.first, header.last + 1)}
    assert len(own) == sum(last - first + 1 for first, last in layout.spans)
    assert not own & heads
    said = {line for post in truth for line in post["body"]}
    quoted = {int(number) - 1 for post in truth for number in post["quotes"]}
    assert [lines[at] for at in sorted(own - quoted) if lines[at] and lines[at] not in said] == []


@every_case
def test_every_post_with_a_time_has_its_moment(case):
    layout = read_platform_layout(golden(case)[0].split("\n"))
    if case.name in ("facebook", "facebook-de"):  # the time stands below the text
        return
    dated = [header for header in layout.headers if header.moment is not None]
    assert len(dated) >= len(layout.headers) * (
        0.5 if case.name == "discourse" else 1
    )  # "Jul '21" gives no day


NAMES = (
    "Ed",
    "ann-marie.k",
    "The 39 Steps",
    "O'Malley",
    "Ⅻ",
    "Ice cream?",
    "No",
    "Zoë 🌊",
    "user_4411",
    "J. R. Ewart",
    "minnow",
)
REMARKS = (
    "Nope.",
    "Agreed.",
    "7",
    "So what",
    "Why?\nBecause.",
    "- salt\n- bread\n- rope",
    "I said so in May 2019.",
    "Not again: see above",
)


def made_up(seed: int, posts: int) -> Talk:
    """Return a conversation of random remarks under random names."""
    draw = random.Random(seed)
    said = []
    for number in range(posts):
        answers = draw.choice([None, draw.randrange(number)]) if number else None
        lines = [
            draw.choice(REMARKS),
            *(f"Line {draw.randrange(900)} of what I wanted to add here." for _ in range(draw.randrange(3))),
        ]
        said.append(Said(draw.choice(NAMES), answers, "\n".join(lines)))
    return Talk(
        f"Harbour news {seed}",
        ("A long text stands here, of which nobody has read more than the first line.",),
        tuple(said),
    )


@every_case
@pytest.mark.parametrize(("seed", "posts"), [(1, 9), (2, 40)])
def test_other_names_times_and_numbers_of_posts_are_read_as_well(case, seed, posts):
    talk = made_up(seed, posts)
    times = list(case.style.times)
    random.Random(seed).shuffle(times)
    sheet = case.sheet(talk=talk, times=times)
    assert_read(sheet.text, json.loads(sheet.json), case.reader)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("disqus", "disqus-de"),
        ("wordpress-says", "wordpress-a-dit"),
        ("phpbb", "phpbb-below"),
        ("youtube", "youtube-fr"),
        ("coral", "coral-de"),
        ("facebook", "facebook-de"),
    ],
)
def test_a_layout_is_read_in_the_words_of_another_language(one, other):
    case, style = BY_NAME[one], BY_NAME[other].style
    sheet = case.sheet(words=style.words, times=style.times)
    assert_read(sheet.text, json.loads(sheet.json), case.reader)


@every_case
def test_indented_lines_and_blank_lines_change_nothing(case):
    text, truth = golden(case)
    lines = text.split("\n")
    layout = read_platform_layout([f"  {line} " for line in lines])
    assert [header.author for header in layout.headers] == [post["author"] for post in truth]


@every_case
def test_a_page_is_read_by_its_own_profile_or_by_none_when_its_head_is_missing(case):
    text, truth = golden(case)
    start = truth[0]["start"] - 1
    layout = read_platform_layout(text.split("\n")[start:])
    if layout is not None:
        assert [header.author for header in layout.headers] == [post["author"] for post in truth]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Just one line",
        "An article\n\nThat goes on for a while.\nReply\nShare\nReport\n",
        "Poem\n\nA lamp on the quay\nand nobody there\nReply\nto no one",
        "\n".join(f"{number}. item of a list, 3 July 2021" for number in range(60)),
        "Fares\n3 July 2021\nThe board met.\nNews\n4 July 2021\nThey met again.\nSport\n5 July 2021\nRain.",
        "Recipe\nServes 4\n2 eggs\n3h ago I had none\nLike\nReply\nShare",
    ],
)
def test_pages_without_comments_are_no_platforms(text):
    assert read_platform_layout(text.split("\n")) is None


def test_names_and_texts_laid_out_in_another_way_are_no_platforms():
    plain = "\n".join(f"{said.author}\n{said.text}" for talk in TALKS.values() for said in talk.posts)
    assert read_platform_layout(plain.split("\n")) is None


def test_a_missing_header_lowers_the_score():
    text, truth = golden(BY_NAME["disqus"])
    lines = text.split("\n")
    whole = read_platform_layout(lines)
    for post in truth[2:14]:
        lines[post["start"] - 1] = "a header in a way of its own"
    broken = read_platform_layout(lines)
    assert broken is None or broken.score < whole.score - 0.1


def test_reading_is_linear_in_the_number_of_posts_and_short_on_long_lines(monkeypatch):
    case = BY_NAME["disqus"]
    sheet = case.sheet(talk=made_up(5, 1000))
    layout = assert_read(sheet.text, json.loads(sheet.json), case.reader)
    assert len(layout.headers) == 1000
    hostile = [
        "• Reply • Share ›",
        "a • " * 200_000,
        "  " * 400_000,
        "x" * 1_000_000,
        "1 " * 150,
        "a • 3 days " * 27,
    ]
    assert read_platform_layout(hostile * 50) is None


def test_a_style_is_given_by_its_fields():
    assert replace(Style(("now",), {}), limit=2).posts(TALKS["en"])[-1][0] == 1


def test_golden_files_are_what_their_layouts_give():
    """A golden page that was changed by hand, or a layout that was not written out, is noticed."""
    for case in CASES:
        sheet = case.sheet()
        assert (FOLDER / f"{case.name}.txt").read_text(encoding="utf-8") == sheet.text, case.name
        assert json.loads(Path(FOLDER / f"{case.name}.json").read_text(encoding="utf-8")) == json.loads(
            sheet.json
        )


def with_lines_above(name: str, above: Callable[[int, str], str | None]) -> tuple[list[str], list[str]]:
    """Return a page with a line more above some headers, and its authors."""
    sheet = BY_NAME[name].sheet()
    truth = json.loads(sheet.json)
    starts = {post["start"] - 1: (number, post["author"]) for number, post in enumerate(truth)}
    lines = []
    for index, line in enumerate(sheet.text.split("\n")):
        if index in starts and (label := above(*starts[index])):
            lines.append(label)
        lines.append(line)
    return lines, [post["author"] for post in truth]


@pytest.mark.parametrize(
    "name",
    ["disqus-lines", "guardian", "coral", "new-york-times", "spot-im", "facebook", "discourse", "substack"],
)
def test_the_letter_of_an_avatar_is_no_author(name):
    lines, authors = with_lines_above(name, lambda number, author: author[0])
    assert [header.author for header in read_platform_layout(lines).headers] == authors


@pytest.mark.parametrize("name", ["facebook", "japan-today", "substack", "youtube-names", "new-york-times"])
def test_a_label_that_recurs_over_names_is_no_author(name):
    lines, authors = with_lines_above(name, lambda number, author: "Gold member" if number % 3 == 1 else None)
    layout = read_platform_layout(lines)
    assert "Gold member" not in {header.author for header in layout.headers}
    assert sum(header.author in authors for header in layout.headers) == len(layout.headers)


def test_an_unknown_line_below_posts_costs_no_post_of_a_sure_layout():
    sheet = BY_NAME["disqus"].sheet()
    lines = [
        part
        for line in sheet.text.split("\n")
        for part in ([line, "Pinned by the editor"] if "Share ›" in line else [line])
    ]
    layout = read_platform_layout(lines)
    assert [header.author for header in layout.headers] == [post["author"] for post in json.loads(sheet.json)]
    assert not any("Pinned" in lines[last] for _, last in layout.spans)


def test_other_articles_below_the_page_s_foot_are_no_posts():
    sheet = BY_NAME["guardian"].sheet()
    text = sheet.text + "Another story\n2 Jul 2021\nA third story\n3 Jul 2021\n"
    headless = text.split("\n")[json.loads(sheet.json)[0]["start"] - 1 :]
    assert len(read_platform_layout(headless).headers) == len(json.loads(sheet.json))


def test_an_article_s_byline_is_no_post():
    sheet = BY_NAME["wordpress-date"].sheet()
    article = [
        "Quayside notes",
        "March 10, 2008 at 9:00 am",
        *(f"Paragraph {number} of the article." for number in range(20)),
    ]
    layout = read_platform_layout([*article, *sheet.text.split("\n")])
    assert [header.author for header in layout.headers] == [post["author"] for post in json.loads(sheet.json)]
