"""Parts of pages that are easily lost: names like times, initials, shadow roots, bare text."""

import pytest

from discourse.errors import NoCommentsError
from discourse.ingest.html import read_html
from tests.growth import assert_linear

WORDS = (
    "The pump house has been shut since the flood, as anyone can see.",
    "Shut, but not locked: the door gives way if you lean on it.",
    "Ha!",
    "Then somebody should lean on the people who hold the key to it.",
)
NAMES = ("Wilma Stork", "Today", "J.", "pump_fan 7")


def page(items: str) -> str:
    return f"<html><body><div class='list'>{items}</div></body></html>"


def test_a_name_that_could_be_a_time_is_a_name():
    items = "".join(
        f"<div class='comment'><b class='user'>{name} says</b> <i class='date'>{day} May 2024, 10:30</i>"
        f"<p class='text'>{words}</p></div>"
        for day, (name, words) in enumerate(zip(NAMES, WORDS, strict=True), start=1)
    )
    posts = read_html(page(items)).posts
    assert [post.author for post in posts] == list(NAMES)
    assert [post.timestamp and post.timestamp.day for post in posts] == [1, 2, 3, 4]


def test_short_comments_are_kept_and_initials_are_no_names():
    said = [*zip(NAMES, WORDS, strict=True), *((f"reader {n}", f"{WORDS[0]} {n}") for n in range(6))]
    items = "".join(
        f"<div class='qaq'><div class='qbq'><div class='qcq'>{name[0]}</div>"
        f"<div class='qdq'><a class='qeq' href='/user/{day}'>{name}</a></div></div>"
        f"<div class='qfq'>{day} May 2024</div><div class='qgq'>{words}</div><button>Reply</button></div>"
        for day, (name, words) in enumerate(said, start=1)
    )
    assert [(post.author, post.text) for post in read_html(page(items)).posts] == said


def test_a_name_shown_twice_for_machines_is_one_name():
    items = "".join(
        f"<div class='answer'><div class='post-body'>{words} {words}</div><div class='author'>"
        f"<a href='/users/{n}'>{name}</a><span class='d-none' itemprop='name'>{name}</span></div></div>"
        for n, (name, words) in enumerate(zip(("momo", "Wilma Stork", "pi 2"), WORDS[:3], strict=True))
    )
    assert [post.author for post in read_html(page(items)).posts] == ["momo", "Wilma Stork", "pi 2"]


def test_comments_in_a_shown_shadow_root_are_read_and_those_in_an_inert_template_are_not():
    items = "".join(
        f"<div class='comment'><b class='author'>{name}</b><time datetime='2024-05-0{n}'>May</time>"
        f"<p>{words}</p></div>"
        for n, (name, words) in enumerate(zip(("Ada", "Bo", "Cy"), WORDS, strict=False), start=1)
    )
    shown = page(
        f"<x-thread><template shadowrootmode='open'><style>p{{}}</style>{items}</template></x-thread>"
    )
    assert [post.author for post in read_html(shown).posts] == ["Ada", "Bo", "Cy"]
    with pytest.raises(NoCommentsError):
        read_html(page(f"<template>{items}</template>"))


@pytest.mark.parametrize("number", ["&gt;&gt;1", "&gt;&gt;&nbsp;1"])
def test_the_number_that_a_text_opens_with_names_the_comment_answered(number):
    items = "".join(
        f"<article class='post' id='{n}'><b class='name'>anonymous</b> "
        f"<span class='date'>2024/05/0{n}(水) 10:0{n}</span><div class='body'>"
        f"{f'<a href=../1>{number}</a><br>' if n == 3 else ''}{words}</div></article>"
        for n, words in enumerate(WORDS, start=1)
    )
    assert [post.parent for post in read_html(page(items)).posts] == [None, None, 1, None]


def test_a_depth_in_the_class_of_a_wrapper_is_read_whatever_its_prefix():
    items = "".join(
        f"<div class='app-thread-indent-{depth}'><div class='comment'><b class='author'>{name}</b>"
        f"<time datetime='2024-05-01'>May</time><p>{words}</p></div></div>"
        for depth, name, words in zip((0, 1, 2, 1), NAMES, WORDS, strict=True)
    )
    assert [post.parent for post in read_html(page(items)).posts] == [None, 1, 2, 1]


def test_letters_that_no_element_holds_are_read_as_text():
    names = ("Wilma Stork", "Otto Kiel", "pump_fan 7", "Wilma Stork", "Ida")
    letters = "<hr>".join(
        f"<b>{name}</b> wrote on May {n}, 2024 at 10:3{n} am:<br>{WORDS[n % 4]} And so on, for a while.<br>"
        for n, name in enumerate(names, start=1)
    )
    reading = read_html(f"<html><body><h1>Letters</h1><hr>{letters}</body></html>")
    assert [post.author for post in reading.posts] == list(names)


def test_teasers_of_a_page_without_comments_are_no_comments():
    teasers = "".join(
        f"<div class='box'><h3><a href='/{n}'>A title of some length, number {n}</a></h3>"
        f"<span>{n} May 2024</span>"
        f"<p>What it is about, said in one sentence that goes on.</p></div><hr>"
        for n in range(1, 8)
    )
    with pytest.raises(NoCommentsError):
        read_html(f"<html><body>{teasers}<h3>0 comments</h3><form><textarea></textarea></form></body></html>")


@pytest.mark.parametrize("small", [400, 10_000])  # the parser goes so deep and no deeper
def test_a_list_with_very_many_options_costs_no_more_than_its_length(small):
    def refuse(options: str) -> None:
        with pytest.raises(NoCommentsError):
            read_html("<select>" + options)

    assert_linear(lambda count: "<option>a" * count, refuse, small=small)


@pytest.mark.parametrize("dash", ["--", "—", "~"])
def test_letters_signed_below_have_the_name_and_not_the_dash(dash):
    items = "".join(
        f"<li><blockquote><p>{words} And a little more, so that it is a letter.</p></blockquote>"
        f"<p>{dash} {name} on 2024-05-0{n} 10:30</p></li>"
        for n, (name, words) in enumerate(zip(NAMES, WORDS, strict=True), start=1)
    )
    posts = read_html(f"<html><body><h1>Letters</h1><ol>{items}</ol></body></html>").posts
    assert [post.author for post in posts] == list(NAMES)


def test_answers_in_a_list_beside_a_comment_answer_it_whatever_the_list_is_called():
    def one(name, words, below=""):
        kids = f"<div class='q7x'>{below}</div>" if below else ""
        return (
            f"<div class='z3k'><b>{name}</b> <i>3 May 2024 10:30</i>"
            f"<p>{words} And a little more.</p></div>{kids}"
        )

    inner = one(NAMES[1], WORDS[1], one(NAMES[2], WORDS[2]))
    page = f"<html><body><div>{one(NAMES[0], WORDS[0], inner)}{one(NAMES[3], WORDS[3])}</div></body></html>"
    assert [post.parent for post in read_html(page).posts] == [None, 1, 2, None]
