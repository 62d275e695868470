"""What is left out at a first look would have given nothing: the cheap looks before targets and stances."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.analysis.base import PostView, ThreadView, read_threads
from discourse.analysis.stance import judgements
from discourse.analysis.stance.capitals import name_hits
from discourse.analysis.stance.judgements import judge_post
from discourse.analysis.stance.known import GAZETTEER_KINDS, Passages, known_candidates, passages_of
from discourse.analysis.stance.known_readings import known_tones
from discourse.analysis.stance.mentions import MentionFinder
from discourse.analysis.stance.names import gazetteer, gazetteer_words
from discourse.analysis.stance.offices import office_candidates
from discourse.analysis.stance.read_replies import ReadThread
from discourse.lexicon.patterns import expand
from discourse.model import Target
from discourse.text.normalise import fold
from discourse.text.sentences import split_sentences
from tests.analysis.mini import Line, thread_of

_FORMS = sorted(
    form
    for entry in gazetteer().by_name["gazetteer"].entries
    if entry.label in GAZETTEER_KINDS
    for form in expand(entry.pattern)
)
_BESIDE = st.sampled_from([" ", "\n", ". ", "'s ", "-", "_", "x", "’s ", "(", ")", "1", ", the ", " pro-"])
_OFFICES = sorted({*gazetteer_words("role"), *gazetteer_words("institution_head")})


def thread(lines: list[Line]) -> ThreadView:
    return next(read_threads(thread_of(lines)))


def written(form: str, how: str) -> str:
    ways = {
        "as it is": form,
        "small": form.lower(),
        "large": form.upper(),
        "first": form[:1].upper() + form[1:],
    }
    return ways[how]


_WRITTEN = st.builds(
    written, st.sampled_from(_FORMS), st.sampled_from(["as it is", "small", "large", "first"])
)


@settings(max_examples=300)
@given(st.lists(st.tuples(_BESIDE, _WRITTEN), min_size=1, max_size=4), _BESIDE)
def test_a_text_that_is_passed_over_names_nothing_that_the_gazetteer_knows(parts, end):
    text = "".join(beside + form for beside, form in parts) + end + "so"
    found = passages_of(thread([("ada", None, text)]))
    everywhere = Passages(found.texts, found.folded, naming=found.texts)
    assert known_candidates(found) == known_candidates(everywhere)


@settings(max_examples=100)
@given(st.lists(st.sampled_from(["the", "Town", "Clerk", "\n", "it", *_OFFICES]), min_size=1, max_size=8))
def test_offices_that_are_left_out_stand_nowhere(words):
    found = passages_of(thread([("ada", None, " ".join(words))]))
    everywhere = Passages(
        found.texts, found.folded, titled=found.texts, offices={word.split(" ")[0] for word in _OFFICES}
    )
    page = " ".join(found.folded).replace("\n", " ")
    named = {
        (candidate.name, form)
        for candidate in office_candidates(everywhere, [], [])
        for form in candidate.forms
        if fold(form).removeprefix("the ") in page
    }
    kept = {(c.name, form) for c in office_candidates(found, [], []) for form in c.forms}
    assert named <= kept


_TARGETS = [
    ("Drunt", "Donwald|Mayor Drunt", "person"),
    ("Norway", "Norwegians|Oslo", "country"),
    ("kite ban", "the ban|the kite ban", "measure"),
]


def _finder() -> MentionFinder:
    return MentionFinder(
        Target(thread_id="t", target=target, aliases=aliases, kind=kind, mentions=1)
        for target, aliases, kind in _TARGETS
    )


_SAID = st.lists(
    st.sampled_from(
        """
        Drunt|Norway|the ban|the plan|he|she's|they|it|him|their|I|we|is|are|was|not|a coward|a fool|honest
        |a disaster|Good riddance|About time|Finally some sense|What a fool|idiots|worse than|caved
        |I am pro-Norway|anti-Drunt|but|because|that|trust|hate|support|stands with|lies|.|.|.|?|!|,|Bob|says
        """.replace("\n", "").split("|")
    ).map(str.strip),
    max_size=14,
).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(st.lists(_SAID, min_size=1, max_size=4))
def test_posts_that_are_passed_over_judge_nobody(texts):
    lines: list[Line] = [("ada", None, texts[0])]
    lines += [("bo", place, text) for place, text in enumerate(texts[1:], 1)]
    view = thread(lines)
    finder = _finder()
    above: list[PostView] = []
    for post in view.posts:
        found = judge_post(post, finder, above)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(judgements, "may_judge", lambda *_args, **_options: True)
            patch.setattr(judgements._Reader, "_may_mean", lambda *_args: True)
            assert judge_post(post, finder, above) == found
        above = [post, *above]


@settings(max_examples=200, deadline=None)
@given(st.lists(_SAID, min_size=1, max_size=4))
def test_words_of_praise_and_blame_that_are_known_judge_as_those_that_are_looked_for(texts):
    view = thread([("ada", None, text) for text in texts])
    assert known_tones(view) == [None] * len(texts)
    ReadThread(view)
    for post, tones in zip(view.posts, known_tones(view), strict=True):
        assert tones is not None
        assert judge_post(post, _finder(), tones=tones) == judge_post(post, _finder())


def test_of_a_post_that_was_read_in_part_no_words_are_known():
    view = thread([("ada", None, "Drunt is a fool. " * 200), ("bo", None, "So?")])
    ReadThread(view)
    assert known_tones(view) == [None, []]


_PIECES = "Drunt|DRUNT|'s|the ban|a|ban|\n|\n\n|\n>| |-|Norway|,|.|@|É|İ|Σ|our kite ban|\0".split("|")
_NAMING = st.lists(st.sampled_from(_PIECES), max_size=8).map("".join)


@settings(max_examples=300)
@given(st.lists(_NAMING, max_size=5))
def test_texts_that_are_looked_through_together_name_whom_they_name_alone(texts):
    together = _finder()
    together.look_through(texts)
    assert [together.find(text) for text in texts] == [_finder().find(text) for text in texts]


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from(
            [
                "Drunt",
                "JOHN",
                "Mr",
                "the",
                "in",
                "Mayor",
                "It's",
                "O'Neil's",
                "U.S.",
                "St",
                "Row",
                "a",
                "IT",
                "né",
            ]
        ),
        max_size=12,
    ),
    st.sampled_from([" ", "  ", ". ", "\n"]),
)
def test_names_of_a_text_are_those_of_its_sentences(words, between):
    text = between.join(words)
    spans = split_sentences(text)
    apart = [
        hit
        for span in spans
        for piece in [text[span.start : span.end]]
        for hit in name_hits(piece, split_sentences(piece)[:1], "p", "ada")
        if len(split_sentences(piece)) == 1
    ]
    if all(len(split_sentences(text[span.start : span.end])) == 1 for span in spans):
        assert list(name_hits(text, spans, "p", "ada")) == apart
