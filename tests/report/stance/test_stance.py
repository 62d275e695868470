"""Who stands where: authors by targets, what each cell rests on, and what is left out."""

import re

import pytest
from made_thread import HOSTILE_NAME, made_rows, made_tables, post_id

from discourse.report import render_report
from discourse.report.basis.book import Book
from discourse.report.stance.matrix import MOST_AUTHORS
from discourse.report.stance.stance import MOST_TARGETS, MOST_THREADS, chapters
from discourse.tables import CONTRACT, Tables, frame_of
from tests.growth import assert_linear


def section(html):
    return html[html.index('<section id="stance"') :].partition("</section>")[0]


def words_of(source):
    return re.sub(r"\s+", " ", re.sub(r"<svg.*?</svg>|<[^>]*>", " ", source, flags=re.S))


def opened(rows):
    return Book.of(Tables({name: frame_of(CONTRACT[name], found) for name, found in rows.items()}))


def rendered(rows):
    return render_report(opened(rows).tables, {})


def told(rows):
    return chapters(opened(rows), {}).chapters[0]


def crowd(count):
    """Return rows of a thread with so many more authors, each of one post and one stance."""
    rows = made_rows()
    post, stance = rows["posts"][9], rows["stances"][0]
    rows["posts"] += [
        post | {"post_id": f"x{n}", "position": 100 + n, "author": f"Guest {n}"} for n in range(count)
    ]
    rows["stances"] += [
        stance | {"author": f"Guest {n}", "favor_posts": 0, "against_posts": 1} for n in range(count)
    ]
    return rows


@pytest.fixture(scope="module")
def chapter():
    return chapters(Book.of(made_tables()), {}).chapters[0]


@pytest.fixture(scope="module")
def source():
    return section(render_report(made_tables(), {}))


def cell(chapter, author, target):
    place = [column.target for column in chapter.targets.columns].index(target)
    (line,) = [line for line in chapter.targets.lines if line.author == author]
    return line.cells[place]


def test_a_cell_says_side_posts_and_strength(chapter):
    assert cell(chapter, "Marta", "The mayor").sign == "−4"
    assert cell(chapter, "Marta", "The mayor").style == "against s3"
    assert cell(chapter, "Marta", "Town hall").style == "against s1"
    assert cell(chapter, "old_swimmer", "The mayor").sign == "+2 −1"
    assert cell(chapter, "Tiago 🏊🏽‍♀️", "The mayor").sign == ""


def test_authors_stand_in_the_order_of_first_posts_with_their_camp(chapter):
    assert [(line.author, line.camp) for line in chapter.targets.lines][:3] == [
        ("Marta", 1),
        ("old_swimmer", 2),
        ("Tiago 🏊🏽‍♀️", 1),
    ]


def test_coverage_counts_what_can_be_told_and_what_rests_on_one_post(chapter):
    assert chapter.targets.coverage == (
        "Of 7 authors × 3 targets, 8 of 21 cells can be told: 4 of them on one post only, "
        "0 doubtful (score below 0.50). In 1 more the target is named and no side taken."
    )


def test_a_cell_of_one_post_links_to_it(source):
    marta = source[source.index("Marta") :].partition("</tr>")[0]
    assert re.search(
        r'class="cell against s1" title="against, 1 post, score 0.80"><a href="#p1">−1</a>', marta
    )


def test_a_cell_of_several_posts_opens_to_those_known():
    rows = made_rows()
    mark = next(
        row for row in rows["annotations"] if row["layer"] == "stance" and row["post_id"] == post_id(6)
    )
    first = {"post_id": post_id(1), "start": 0, "end": 2, "quote": "So"}
    rows["annotations"].append(mark | first)
    found = section(rendered(rows))
    assert re.search(
        r'<details><summary>−4</summary><span class="behind"><a class="ref" href="#p1">#1</a> '
        r'<a class="ref" href="#p6">#6</a></span></details>',
        found,
    )


def test_a_doubtful_cell_looks_and_reads_doubtful():
    rows = made_rows()
    rows["stances"][0]["score"] = 0.4949
    mayor = cell(told(rows), "Marta", "The mayor")
    assert mayor.sign == "−4 ?"
    assert "shaky" in mayor.style


def test_whoever_names_no_target_is_counted_not_listed(source):
    assert "Of 1 author no stance could be told" in words_of(source)
    assert "Quiet reader" not in source


def test_targets_on_which_nobody_takes_a_side_are_counted_not_shown():
    rows = made_rows()
    rows["stances"].append(rows["stances"][8] | {"target": "The weather"})
    chapter = told(rows)
    assert "The weather" not in [column.target for column in chapter.targets.columns]
    assert "1 target on which nobody takes a side" in " ".join(chapter.beyond)


def test_many_targets_and_authors_are_bounded_and_the_rest_is_counted():
    rows = crowd(MOST_AUTHORS + 20)
    stance = rows["stances"][0]
    rows["stances"] += [stance | {"target": f"Matter {n}"} for n in range(MOST_TARGETS)]
    chapter = told(rows)
    assert len(chapter.targets.columns) == MOST_TARGETS
    assert len(chapter.targets.lines) == MOST_AUTHORS
    assert len(chapter.profiles) == MOST_AUTHORS
    assert "3 more targets" in " ".join(chapter.beyond)
    assert "25 more authors" in " ".join(chapter.beyond)
    assert chapter.more_profiles == "25 more authors"


def test_those_whose_name_is_gone_are_nobody():
    rows = crowd(3)
    for row in (*rows["posts"][-2:], *rows["stances"][-2:]):
        row["author"] = ""
    chapter = told(rows)
    assert "" not in [line.author for line in chapter.targets.lines]
    assert "2 posts without a name count as nobody's." in chapter.beyond
    assert chapter.targets.coverage.startswith("Of 8 authors ")


def test_without_labels_a_cell_is_told_and_links_nowhere():
    rows = made_rows()
    rows["annotations"] = []
    assert '<span class="bare">−4</span>' in section(rendered(rows))


def test_the_same_stands_in_words_with_posts_and_scores(source):
    words = words_of(source)
    assert re.search(r"against Town hall one post only, 0\.80 #1", words)
    assert re.search(r"mixed The mayor 2 for, 1 against, 0\.80", words)


def test_threads_of_which_nothing_is_known_are_counted():
    rows = made_rows()
    threads = [f"u{n}" for n in range(MOST_THREADS + 3)]
    rows["posts"] += [rows["posts"][0] | {"post_id": f"{t}:1", "thread_id": t} for t in threads]
    rows["stances"] += [rows["stances"][0] | {"thread_id": t} for t in threads[2:]]
    standing = chapters(opened(rows), {})
    assert len(standing.chapters) == MOST_THREADS
    assert standing.beyond.startswith("4 more threads in ")
    assert [chapter.number for chapter in standing.chapters][:2] == [1, 4]


def test_hostile_names_stay_text(source):
    assert HOSTILE_NAME not in source
    assert "<img" not in source


def test_the_size_does_not_grow_with_the_crowd():
    small, large = (len(section(rendered(crowd(count)))) for count in (MOST_AUTHORS, 10 * MOST_AUTHORS))
    assert large < 1.05 * small


def test_a_larger_crowd_takes_no_longer_an_author():
    def made(count):
        book = opened(crowd(count))
        # what every part of a report reads is read beforehand
        for name in ("marks", "refs", "stances", "camps", "turns", "claims", "authors"):
            getattr(book, name)
        book.units("author", "posts")
        return book

    assert_linear(made, lambda book: chapters(book, {}), small=300)
