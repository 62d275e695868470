"""Layouts whose headers say when."""

import pytest

from discourse.errors import NoCommentsError
from discourse.ingest.pasted.pages import read_page

WORDS = [
    "The ferry was late again, and nobody on the quay could say why.",
    "It was the fog, they told us so on the wireless.",
    "Fog my foot, you could see the lighthouse from my bed.",
    "Then you have a better bed than I have.",
]
NAMES = ["Gannet Joe", "mrs_plover", "Gannet Joe", "ebbtide88"]

LAYOUTS = {
    "dots": ("{name} • {n} hours ago\n{text}\n{n} • Reply • Share ›", 3),
    "points": ("[–]{name} {n} points {n} days ago \n{text}\npermalinkembedsavereportreply", 3),
    "says": ("{name} says:\nMarch {n}, 2021 at 4:0{n} pm\n{text}\nReply", 4),
    "sagt": (" {name} sagt:\n{n}. August 2021 um 07:4{n} Uhr\n\n{text}\n\nAntworten", 6),
    "name over time": ("{name}\n1{n}.03.2022, 08:45 Zum Antworten anmelden Zitieren #\n\n{text}\n", 4),
    "french": ("{name} a dit :\n{n} janvier 2020 à 10:1{n}\n{text}\nRépondre", 4),
    "spanish": ("{name} hace {n} horas\n{text}\nResponder", 3),
    "japanese": ("{name} 2023年5月{n}日 12:0{n}\n{text}\n返信", 3),
    "arabic": ("{name} منذ {n} ساعات\n{text}\nرد", 3),
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_headers_of_one_shape_divide_the_page(layout):
    form, _ = layout
    blocks = [
        form.format(name=name, text=text, n=n)
        for n, (name, text) in enumerate(zip(NAMES, WORDS, strict=True), 2)
    ]
    reading = read_page("\n".join(["4 Comments", *blocks]))
    assert [(post.author, post.text) for post in reading.posts] == list(zip(NAMES, WORDS, strict=True))


def test_an_addressee_behind_two_blanks_is_read():
    first, second = (
        "Gannet Joe • a day ago\nLate again.\nReply",
        "mrs_plover  Gannet Joe • 20 hours ago\nFog.\nReply",
    )
    page = "\n".join(["2 comments", first, second])
    assert [post.addressee for post in read_page(page).posts] == [None, "Gannet Joe"]


def board_post(number, name, title, text, *, signature="", rank=""):
    return [
        f"Re: {title}",
        f"#{number} Post by {name} » Mon Feb 0{number}, 2021 6:4{number} pm",
        "",
        text,
        *(["", "_________________", signature] if signature else []),
        "",
        name,
        *([rank] if rank else []),
        f"Posts: {number * 17}",
        f"Joined: Sat Jun 1{number}, 2010 5:40 pm",
        "Top",
        "",
    ]


def board():
    lines = ["Quay Talk", "Search this topic…", "4 posts • Page 1 of 1", ""]
    for number, (name, text) in enumerate(zip(NAMES, WORDS, strict=True), start=1):
        extra = (
            {"signature": "Never trust a tide table."}
            if number == 2
            else {"rank": "Harbour Master"}
            if number == 4
            else {}
        )
        lines += board_post(number, name, "Late ferry", text, **extra)
    return "\n".join([*lines, "Post Reply", "4 posts • Page 1 of 1"])


def test_member_boxes_and_signatures_are_nobodys_text():
    reading = read_page(board())
    assert [(post.author, post.text) for post in reading.posts] == list(zip(NAMES, WORDS, strict=True))
    assert reading.stated_count == 4


def test_a_post_begins_with_the_title_over_its_header():
    assert read_page(board()).posts[0].start_line == 5


def test_a_quotation_header_within_a_post_opens_no_post():
    quoting = board().replace(
        WORDS[2], f"mrs_plover wrote: ↑Mon Feb 02, 2021 6:42 pm\n{WORDS[1]}\n{WORDS[2]}"
    )
    posts = read_page(quoting).posts
    assert len(posts) == 4
    assert posts[2].text.startswith("mrs_plover wrote:")


def test_times_are_written_in_utc():
    first = "Gannet Joe says:\nMarch 2, 2021 at 4:05 pm EST\nLate.\nReply"
    second = "Kai says:\nMarch 3, 2021 at 4:05 pm\nFog.\nReply"
    page = "\n".join(["2 Comments", first, second])
    stamps = [post.timestamp.isoformat() for post in read_page(page).posts if post.timestamp]
    assert stamps == ["2021-03-02T21:05:00+00:00", "2021-03-03T16:05:00+00:00"]


def test_hours_ago_stay_unknown_without_the_pages_moment():
    page = "2 comments\nGannet Joe • 3 hours ago\nLate again.\nReply\nKai • 2 hours ago\nFog.\nReply"
    assert [post.timestamp for post in read_page(page).posts] == [None, None]


def test_a_list_of_articles_with_times_is_no_thread():
    teasers = "\n".join(
        f"Ferry news {n}\nMarch {n}, 2021\nRead on about the ferry and its many delays." for n in range(1, 6)
    )
    with pytest.raises(NoCommentsError):
        read_page(teasers)
