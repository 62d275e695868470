"""Layouts that no profile knows: what recurs once a post tells them."""

import pytest

from discourse.errors import NoCommentsError
from discourse.ingest.pasted.pages import read_page

TALK = [
    ("Gannet Joe", None, "The ferry was late again, and nobody on the quay could say why."),
    ("mrs_plover", 1, "It was the fog, they told us so on the wireless."),
    ("Gannet Joe", 2, "Fog my foot, you could see the lighthouse from my bed."),
    ("4711", 1, "Ask the harbour board, they write everything down."),
    ("ebbtide88", 3, "Then you have a better bed than I have."),
    ("mrs_plover", 5, "Nope."),
    ("4711", 5, "I have seen that bed, and it is nothing to write home about."),
]

LAYOUTS = {
    "number over name and time": "#{n}\n{name}\nMarch {n}, 2021 at 9:1{n} am\n{text}\nReply",
    "time over name": "---\n2021-03-0{n} 09:1{n}\n{name}\n{text}",
    "by and on": "\nBy {name} on March {n}, 2021 at 9:1{n} am\n{text}\nLike ({n})  Reply",
    "pipes": "{name} | {n}h ago | {n} points | Reply\n{text}\n",
    "keys": "\nAuthor: {name}\nDate: {n} May 2021\n\n{text}",
    "talk with clocks": "[09:1{n}] {name}: {text}",
    "nicks": "<{name}> {text}",
    "German": "Von {name}\nvor {n} Std.\n{text}\nAntworten\nMelden",
    "Japanese": "{name}\n{n}時間前\n{text}\n返信",
}


@pytest.mark.parametrize("form", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_authors_and_texts_are_found_in_layouts_never_seen(form):
    blocks = [form.format(n=n, name=name, text=text) for n, (name, _, text) in enumerate(TALK, start=1)]
    posts = read_page("\n".join(["Late again", "Comments", *blocks])).posts
    assert [(post.author, post.text) for post in posts] == [(name, text) for name, _, text in TALK]


def test_numbers_say_who_is_answered():
    blocks = [
        "\n".join([f"#{n}", name, *([f"In reply to #{to}"] if to else []), f"{n} hours ago", text, "Reply"])
        for n, (name, to, text) in enumerate(TALK, start=1)
    ]
    posts = read_page("\n".join(["Comments", *blocks])).posts
    assert [post.parent for post in posts] == [to for _, to, _ in TALK]
    assert {post.parent_evidence for post in posts if post.parent} == {"explicit"}


def test_depth_says_who_is_answered():
    depths = [0, 1, 2, 1, 0, 1, 2]
    blocks = [
        "\n".join("    " * depth + line for line in (f"{name}, {n} hours ago", text, "Reply"))
        for n, (depth, (name, _, text)) in enumerate(zip(depths, TALK, strict=True), start=1)
    ]
    posts = read_page("\n".join(["Comments", *blocks])).posts
    assert [post.parent for post in posts] == [None, 1, 2, 1, None, 5, 6]
    assert {post.parent_evidence for post in posts if post.parent} == {"indent"}


def test_names_may_stand_under_the_texts():
    blocks = [f"{text}\n— {name}, {n} May\n" for n, (name, _, text) in enumerate(TALK, start=1)]
    posts = read_page("\n".join(["Letters", "Comments", "", *blocks])).posts
    assert [(post.author, post.text) for post in posts] == [(name, text) for name, _, text in TALK]


ENDED = {
    "talk page": "{text} – {name} (talk) 0{n}:12, 3 May 2021 (UTC)",
    "brackets": "* {text} [{name}, 0{n}:12]",
}

LONGER = [
    *TALK,
    ("mrs_plover", 7, "You are welcome to sleep on the quay instead."),
    ("Iris W.", None, "Has anybody asked the crew? My cousin is the stoker, and he was not told a thing."),
    ("4711", 9, "Nobody tells the stoker."),
    ("Gannet Joe", 9, "What does he say about the engine?"),
    ("Iris W.", 11, "That it is older than you, Joe, and in better shape."),
    (
        "ebbtide88",
        12,
        "I will not say a word against the engine, it has brought me home every night since 1998.",
    ),
    ("Gannet Joe", 12, "Ha!"),
]


@pytest.mark.parametrize("form", ENDED.values(), ids=ENDED.keys())
def test_a_name_may_stand_behind_the_last_words_of_its_text(form):
    blocks = [form.format(n=1 + n % 9, name=name, text=text) for n, (name, _, text) in enumerate(LONGER)]
    posts = read_page("\n".join(["Ferry", "", *blocks])).posts
    assert [post.author for post in posts] == [name for name, _, _ in LONGER]
    assert all(text in post.text for post, (_, _, text) in zip(posts, LONGER, strict=True))
    assert not any(post.text.endswith(post.author) for post in posts)


@pytest.mark.parametrize(
    "page",
    [
        "Glossary\nAnchor: what holds a boat.\nBerth: where a boat lies.\nCable: a rope.\nEbb: it leaves.",
        "Plum cake\n200 g flour\n100 g sugar\n1. Heat the oven.\n2. Beat the eggs.\n3. Bake it for an hour.",
        "10:00 Opening\n10:30 Old pictures\n11:15 Coffee\n13:00 Lunch\n14:00 Walk\n16:00 End",
    ],
)
def test_lists_are_no_comments(page):
    with pytest.raises(NoCommentsError):
        read_page(page)


def test_a_word_of_saying_behind_all_names_is_no_part_of_them():
    talk = [
        ("Jutta K.", "Drei Wochen war sie zu."),
        ("Olaf", "Nein, zehn Tage."),
        ("Jutta K.", "Doch, drei."),
    ]
    talk += [("Malte 7", "Steht im Protokoll, Seite vier."), ("Olaf", "Danke, da steht es.")]
    lines = [
        f"{name} sagt:\n{n + 1}. Mai 2024 um 13:3{n}\n{text}\nAntworten\n"
        for n, (name, text) in enumerate(talk)
    ]
    posts = read_page("Die Brücke\n\n5 Kommentare\n\n" + "\n".join(lines)).posts
    assert [post.author for post in posts] == [name for name, _ in talk]
    assert [post.text for post in posts] == [text for _, text in talk]
