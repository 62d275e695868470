"""Lines of a comment that hold a date are no headers of a page that writes its moments otherwise."""

import pytest

from discourse.ingest.pasted.pages import read_page
from discourse.ingest.pasted.stamped_pages import read_stamped_layout

SAID = [
    ("Gannet Joe", "The boat sailed Friday 5 March 2021 at 06:30\nwith nobody at the helm."),
    ("mrs_plover", "No it sank 6 March 2021 at 07:15"),
    ("ebbtide88", "I was on the quay and saw neither."),
    ("tern", "Then it is still afloat, I should think."),
]
MARCH = "March {n}, 2021 at 9:1{n} am"


def page(said, *, top, form=MARCH):
    blocks = [f"{name} {form.format(n=n)}\n{text}\nReply\n" for n, (name, text) in enumerate(said, start=6)]
    return "\n".join(["The boat that sailed by itself", "", top, "", *blocks])


def posts(text):
    return [(post.author, post.text) for post in read_page(text).posts]


@pytest.mark.parametrize("top", ["4 Comments", "Comments", "90 Comments"])
def test_a_date_in_another_shape_right_below_a_header_opens_no_post(top):
    assert posts(page(SAID, top=top)) == SAID


@pytest.mark.parametrize("top", ["6 Comments", "Comments"])
def test_such_dates_below_every_header_open_no_post(top):
    said = [*SAID[:2], ("ebbtide88", "It left 5 March 2021 at 06:00\nI know it did."), SAID[3]]
    said += [("Iris W.", "Ask the harbour master."), ("mrs_plover", "He was asleep.")]
    assert posts(page(said, top=top)) == said


def test_a_line_with_a_date_after_other_text_stays_where_the_count_says_so():
    said = [("Gannet Joe", "Nobody listens.\nThe boat sailed 5 March 2021 at 06:30\nby itself."), *SAID[1:3]]
    assert posts(page(said, top="3 Comments")) == said


def test_a_relative_date_below_a_header_is_a_stray_where_the_count_says_so():
    said = [("Gannet Joe", "The boat sailed yesterday 06:30\nby itself."), SAID[2], ("tern", "So it did.")]
    assert posts(page(said, top="3 Comments")) == said
    assert len(posts(page(said, top="Comments"))) in (3, 4)


def test_a_post_without_text_is_followed_by_a_header_of_the_same_shape():
    said = [("Gannet Joe", "Look at this."), ("mrs_plover", ""), ("ebbtide88", "No picture here.")]
    text = page(said, top="Comments", form="May {n}, 2021 at 9:1{n} am").replace("May 7", "Sept. 7")
    layout = read_stamped_layout(text.replace("Reply\n", "").split("\n"))
    assert layout is not None
    assert [header.author for header in layout.headers] == [name for name, _ in said]
