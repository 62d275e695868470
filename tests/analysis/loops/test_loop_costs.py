"""Claims and loops of threads made to be costly: their work grows as the number of posts does."""

from collections.abc import Callable

import pytest

from discourse.analysis.loops.claims import Claims
from discourse.analysis.loops.context import Context
from discourse.analysis.loops.exchange_claims import Exchanges
from discourse.analysis.loops.loops import Loops
from discourse.analysis.loops.recurring_claims import Recurring
from discourse.analysis.loops.shape import Shape
from discourse.model import Annotation, Post
from discourse.stages import run_stages
from discourse.tables import ANNOTATIONS, POSTS, Tables, frame_of
from tests.growth import assert_linear

STAGES = (Claims(), Exchanges(), Recurring(), Loops(), Context(), Shape())
FEW = 50  # posts

Line = tuple[str, str, str | None]  # author, text, what is quoted at its beginning


def chain(lines: list[Line]) -> Tables:
    """Each post answers the one before it; who quotes, quotes an earlier post, now here and now there."""
    posts: list[Post] = []
    quotes: list[Annotation] = []
    for place, (author, text, quoted) in enumerate(lines):
        up = f"p{place - 1}" if place else None
        evidence = "explicit" if up else "none"
        more = f"{quoted}\n{text}" if quoted else text
        posts.append(
            Post(
                post_id=f"p{place}",
                thread_id="t",
                source_id="s",
                position=place,
                author=author,
                text=more,
                reply_to=up,
                reply_evidence=evidence,  # type: ignore[arg-type]
            )
        )
        if quoted and place:
            quotes.append(
                Annotation(
                    post_id=f"p{place}",
                    start=0,
                    end=len(quoted),
                    layer="quote",
                    label="quote",
                    target=f"p{place * 31 % max(1, place - 1)}",
                    annotator="quotes@1",
                    quote=quoted,
                )
            )
    return Tables({"posts": frame_of(POSTS, posts), "annotations": frame_of(ANNOTATIONS, quotes)})


def clashing_values(posts: int) -> list[Line]:
    return [(f"a{n % 9}", f"No. The ferry was late by {3 + n % 97} days.", None) for n in range(posts)]


def values_of_strangers(posts: int) -> list[Line]:
    return [(f"a{n}", f"No. The ferry was late by {3 + n} days.", None) for n in range(posts)]


def two_who_deny(posts: int) -> list[Line]:
    said = ("The harbour has a railing.", "The harbour has no railing.")
    return [(f"a{n % 2}", said[n % 2], None) for n in range(posts)]


def everyone_quotes(posts: int) -> list[Line]:
    return [
        (f"a{n % 40}", f"No, the gull was never seen at berth {n % 13}.", f"They paid {n % 50} painters.")
        for n in range(posts)
    ]


def one_sentence_pasted(posts: int) -> list[Line]:
    said = "The harbour board painted the old railing at night because of the fog."
    return [(f"a{n % 50}", said, None) for n in range(posts)]


@pytest.mark.parametrize("lines", [clashing_values, values_of_strangers, two_who_deny])
def test_long_chains_of_claims_cost_no_more_per_post(lines: Callable[[int], list[Line]]) -> None:
    assert_linear(lambda posts: chain(lines(posts)), Claims().analyze, small=2 * FEW)


@pytest.mark.parametrize("lines", [everyone_quotes, one_sentence_pasted])
def test_a_hostile_thread_costs_no_more_per_post(lines: Callable[[int], list[Line]]) -> None:
    assert_linear(lambda posts: chain(lines(posts)), lambda tables: run_stages(tables, STAGES), small=FEW)


@pytest.mark.parametrize("lines", [clashing_values, everyone_quotes, one_sentence_pasted])
def test_no_stage_breaks_on_a_hostile_thread(lines: Callable[[int], list[Line]]) -> None:
    assert run_stages(chain(lines(60)), STAGES)["faults"].empty
