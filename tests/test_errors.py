"""An error says where, what, and what to do."""

import pytest

from discourse.errors import (
    ContractError,
    CyclicChainError,
    DiscourseError,
    LexiconError,
    NoCommentsError,
    UnreadableSourceError,
)

CHILDREN = [ContractError, LexiconError, NoCommentsError, UnreadableSourceError]


@pytest.mark.parametrize("child", CHILDREN)
def test_an_error_says_where_what_and_what_to_do_in_one_line(child):
    error = child(where="page.txt", problem="it is empty", fix="Paste the page's text into it")
    assert str(error) == "page.txt: it is empty. Paste the page's text into it."
    assert (error.where, error.problem, error.fix) == (
        "page.txt",
        "it is empty",
        "Paste the page's text into it",
    )


@pytest.mark.parametrize("child", [*CHILDREN, CyclicChainError])
def test_everything_that_a_user_can_mend_is_caught_as_one_kind(child):
    assert issubclass(child, DiscourseError)


def test_a_circle_of_replies_names_the_post_and_what_it_answers():
    assert "post 'b': it answers 'a'" in str(CyclicChainError(post_id="b", reply_to="a"))
