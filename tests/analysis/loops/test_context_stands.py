"""Whether a sentence of an article says that its value holds."""

import pytest

from discourse.analysis.loops.context_stands import holds


@pytest.mark.parametrize(
    "text",
    [
        "“The ferry was not out for nine days,” Ida Rusk said.",
        "Ms Rusk did not say the ferry was out for nine days.",
        "The ferry had been due to be out for nine days, but the council voted that down.",
        "It was to be out for nine days.",
        "The owners had planned to stop it for nine days.",
        "It would have been nine days.",
        "If the wind turned, it was out for nine days.",
        "The mayor denied that it was nine days.",
        "The ferry was not, as some say, out for nine days.",
        "The nine days are a myth.",
    ],
)
def test_a_value_that_is_denied_or_planned_does_not_hold(text):
    assert not holds(text, text.index("nine days"))


@pytest.mark.parametrize(
    "text",
    [
        "“The ferry was out for nine days,” Ida Rusk said.",
        "It was not the storm but a fault that kept it in for nine days.",
        "One sailor, who asked not to be named, said it was out for nine days.",
        "It did not sail until nine days later.",
        "It was not only late: it was out for nine days.",
        "The ferry had been due in May, but it was out for nine days.",
    ],
)
def test_a_value_that_is_said_holds(text):
    assert holds(text, text.index("nine days"))
