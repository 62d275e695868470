"""Exchanges of two authors: which are found, who joins them, which are loops, and how these read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from discourse.analysis.base import read_threads
from discourse.analysis.loops.answers import Answers
from discourse.analysis.loops.circling import Rated, apart, circling, shared_part
from discourse.analysis.loops.claims import Claims
from discourse.analysis.loops.dispute import with_own_quotes
from discourse.analysis.loops.exchange_claims import Exchanges
from discourse.analysis.loops.exchange_features import core_words, has_core
from discourse.analysis.loops.exchanges import Exchange, exchanges_of, neighbours, with_joined
from discourse.analysis.loops.loops import Loops
from discourse.analysis.loops.turn_features import Words
from discourse.analysis.stance.agreement import Agreement
from discourse.learn.loops import shipped
from discourse.model import Annotation, Claim
from discourse.tables import ANNOTATIONS, CLAIMS, Tables, frame_of
from tests.analysis.mini import Line, thread_of
from tests.growth import assert_linear

# two who hold against each other whether a choir sings out of tune, and bring nothing new
CHOIR: list[Line] = [
    ("Una", None, "The choir sings out of tune and the choirmaster does not hear it."),
    ("Rolf", 1, "No, the choir does not sing out of tune. You are wrong about the choir."),
    ("Una", 2, "You are wrong. The choir sings out of tune, and you do not hear that either."),
    ("Rolf", 3, "No, you are wrong. The choir does not sing out of tune, not once."),
    ("Una", 4, "No. It sings out of tune, you are not listening to the choir."),
    ("Rolf", 5, "You are not listening. The choir does not sing out of tune, you are wrong again."),
    ("Una", 6, "Wrong again. The choir sings out of tune, whatever you say."),
    ("Rolf", 7, "No, you are wrong, the choir does not sing out of tune."),
    ("Una", 8, "You are wrong, it sings out of tune."),
]
FRIENDS: list[Line] = [
    ("Una", None, "Which seeds did you sow this spring? I have a sunny balcony."),
    ("Rolf", 1, "I agree, a balcony is lovely. We sowed radishes and dill in April."),
    ("Una", 2, "Thanks, that is a great idea. Did the dill need shade?"),
    ("Rolf", 3, "Yes, exactly, a little shade at noon, and water in the evening."),
    ("Una", 4, "Wonderful, thank you. My sister grows fennel in an old bathtub."),
    ("Rolf", 5, "I love that. Fennel wants depth, and the bathtub drains well."),
    ("Una", 6, "True. I will look for a bathtub at the flea market on Sunday."),
]


def view_of(lines: list[Line]):
    return next(iter(read_threads(thread_of(lines))))


def answered(lines: list[Line]) -> list[Exchange]:
    return exchanges_of(Answers(view_of(lines)))


def analysed(lines: list[Line]) -> Tables:
    """Run what exchanges need, then the exchanges and the loops, each checked against the contract."""
    tables = thread_of(lines)
    for analyzer in (Claims(), Agreement(), Exchanges(), Loops()):
        made = analyzer.analyze(tables).check(analyzer.name)
        frames = {
            name: Tables.concat([Tables({name: tables[name]}), Tables({name: frame})])[name]
            for name, frame in made.frames.items()
        }
        tables = tables.replace(**frames)
    return tables


def test_two_who_answer_each_other_again_and_again_are_an_exchange():
    (found,) = answered(CHOIR)
    assert found.authors == ("Una", "Rolf")
    assert found.posts == tuple(range(9))
    assert [found.side("Una"), found.side("Rolf")] == [0, 1]


@pytest.mark.parametrize(
    "lines",
    [
        CHOIR[:4],
        [("Una", None, "One."), *[("Rolf", 1, "Two.")] * 6],  # one who goes on and on
        [(name, number or None, "Hm.") for number, name in enumerate("abcdefghij")],  # nobody speaks twice
    ],
)
def test_what_is_too_short_or_one_sided_is_none(lines):
    assert answered(lines) == []


@pytest.mark.parametrize("gone", ["", "[deleted]"])
def test_those_who_have_left_are_no_one_person_who_answers_again_and_again(gone):
    assert answered([(gone if author == "Rolf" else author, up, text) for author, up, text in CHOIR]) == []


def test_posts_without_a_link_may_answer_those_right_above():
    flat: list[Line] = [(author, None, text) for author, _, text in CHOIR]
    assert [found.posts for found in answered(flat)] == [tuple(range(9))]


def test_two_who_meet_again_far_below_begin_anew():
    crowd: list[Line] = [(f"p{number}", None, "Nice weather.") for number in range(130)]
    again = [(author, up and up + 139, text) for author, up, text in CHOIR]
    found = answered([*CHOIR, *crowd, *again])
    assert [exchange.posts for exchange in found] == [tuple(range(9)), tuple(range(139, 148))]


def test_somebody_who_denies_one_side_joins_the_other():
    lines: list[Line] = [*CHOIR, ("Pim", 9, "No, you are wrong, Una. That is not true, it does not.")]
    tables = thread_of(lines)
    said = Agreement().analyze(tables)
    view = next(iter(read_threads(tables.replace(annotations=said["annotations"]))))
    answers = Answers(view)
    (exchange,) = exchanges_of(answers)
    near = neighbours(exchange, answers)
    assert set(near) == {9}
    assert with_joined(exchange, near).joined == ((9, 1),)
    assert with_joined(exchange, near).all_posts == tuple(range(10))


def test_a_quarrel_that_repeats_itself_is_a_loop_and_a_friendly_talk_is_none():
    tables = analysed(CHOIR)
    assert len(tables["loops"]) == 1
    sides = dict(zip(tables["turns"]["author"], tables["turns"]["side"], strict=True))
    assert sides["Una"] != sides["Rolf"]
    friendly = analysed(FRIENDS)
    assert friendly["loops"].empty
    assert not any(friendly["claims"]["annotator"].str.startswith("exchanges@"))


def test_what_goes_round_is_likelier_a_loop_than_what_goes_on():
    views = [view_of(lines) for lines in (CHOIR, FRIENDS)]
    everything = [circling(with_own_quotes(view), replace(shipped(), least_exchange=0.0)) for view in views]
    assert everything[0][0].share > everything[1][0].share


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Una", "Rolf", "Pim"]),
            st.integers(0, 3),
            st.lists(
                st.sampled_from("choir sings tune organ bell tower you are wrong not again no".split()),
                max_size=6,
            ),
        ),
        min_size=5,
        max_size=24,
    )
)
def test_exchanges_that_turn_on_no_word_are_left_out_only_where_none_that_does_is_near(posts):
    lines = [
        (author, max(1, at - back) if at else None, " ".join(said) or "Hm.")
        for at, (author, back, said) in enumerate(posts)
    ]
    view, model = view_of(lines), replace(shipped(), least_exchange=0.0)
    words, authors = Words(view), [post.post.author for post in view.posts]

    def named(found: list[Rated]) -> list[tuple[Exchange, float]]:
        return [(f.exchange, f.share) for f in found if core_words(f.exchange, authors, words)]

    assert named(circling(view, model, most=40)) == named(circling(view, model))
    assert all(
        has_core(e, authors, words) == bool(core_words(e, authors, words))
        for e in exchanges_of(Answers(view))
    )


def test_both_claims_are_quoted_from_their_own_sides_and_the_score_is_the_doubt():
    tables = thread_of(CHOIR)
    said = Agreement().analyze(tables)["annotations"]
    found = Exchanges().analyze(tables.replace(annotations=said))
    texts = dict(zip(tables["posts"]["post_id"], tables["posts"]["text"], strict=True))
    authors = dict(zip(tables["posts"]["post_id"], tables["posts"]["author"], strict=True))
    first, second = found["claims"].itertuples()
    assert (first.conflicts_with, second.conflicts_with) == (second.claim_id, first.claim_id)
    rows = found["annotations"]
    assert (rows["layer"] == "claim").all()
    for claim, author in ((first, "Una"), (second, "Rolf")):
        own = rows[rows["target"] == claim.claim_id]
        assert {authors[post] for post in own["post_id"]} == {author}
        assert any(claim.text in texts[post] for post in own["post_id"])
    assert rows["score"].between(shipped().least_exchange, 1).all()
    assert rows["score"].nunique() == 1


def view_of_rows(lines: list[Line], rows: list[Annotation]):
    return with_own_quotes(next(iter(read_threads(with_rows(lines, rows, [])))))


def with_rows(lines: list[Line], rows: list[Annotation], claims: list[Claim]) -> Tables:
    """A thread of which replies are judged and other rows are given."""
    tables = thread_of(lines)
    parts = (tables["annotations"], Agreement().analyze(tables)["annotations"], frame_of(ANNOTATIONS, rows))
    both = Tables.concat(Tables({"annotations": part}) for part in parts)
    return tables.replace(annotations=both["annotations"], claims=frame_of(CLAIMS, claims))


def row(layer: str, post: int, label: str, target: str, *, by: str = "human:ab", score: float = 1.0):
    return Annotation(
        post_id=f"t:{post}",
        start=0,
        end=2,
        layer=layer,  # type: ignore[arg-type]
        label=label,
        target=target,
        annotator=by,
        score=score,
        quote=CHOIR[post - 1][2][:2],
    )


def test_claims_that_people_have_named_are_known_disputes_too_and_no_number_comes_twice():
    yes = Claim(claim_id="sings well", thread_id="t", text="No", annotator="human:ab", conflicts_with="t:c7")
    no = Claim(claim_id="t:c7", thread_id="t", text="Yes", annotator="human:ab")
    rows = [row("claim", post, "asserts", ("sings well", "t:c7")[post % 2]) for post in range(1, 10)]
    assert Exchanges().analyze(with_rows(CHOIR, rows, [yes, no]))["claims"].empty
    few = Exchanges().analyze(with_rows(CHOIR, rows[:3], [yes, no]))
    assert few["claims"]["claim_id"].tolist() == ["t:c8", "t:c9"]


def test_what_a_person_says_of_a_reply_goes_before_what_a_model_says():
    rows = [row("reply", 2, "agree", "t:1"), row("reply", 2, "disagree", "t:1", by="other@1", score=0.9)]
    (view,) = read_threads(thread_of(CHOIR).replace(annotations=frame_of(ANNOTATIONS, rows)))
    assert Answers(view).dissent(1) == {0: -1.0}
    assert Answers(view).dissent_met(0) == {1: -1.0}


@pytest.mark.parametrize(
    "text", ["", "…", "> The choir sings out of tune and the choirmaster does not hear it."]
)
def test_a_post_without_own_words_claims_nothing(text):
    lines = [*CHOIR[:3], ("Rolf", 1, text), *CHOIR[4:]]
    found = Exchanges().analyze(with_rows(lines, [], []))["annotations"]
    assert set(found["post_id"]) == {f"t:{number}" for number in range(1, 10)} - {"t:4"}


def test_where_one_side_has_no_words_there_is_no_dispute():
    lines: list[Line] = [(author, up, text if author == "Una" else "") for author, up, text in CHOIR]
    tables = thread_of(lines)
    rows = [row("reply", post, "disagree", f"t:{post - 1}") for post in range(3, 10, 2)]
    tables = tables.replace(annotations=frame_of(ANNOTATIONS, rows))
    assert Exchanges().analyze(tables)["claims"].empty


@pytest.mark.parametrize("text", ["  No, the choir sings out of tune.", "No, no. You are wrong. So are you."])
def test_two_who_say_the_same_or_share_no_word_of_any_matter_hold_no_claims_against_each_other(text):
    lines: list[Line] = [(author, up, text) for author, up, _ in CHOIR]
    rows = [row("reply", post, "disagree", f"t:{post - 1}") for post in range(2, 10)]
    assert circling(view_of_rows(lines, rows), replace(shipped(), least_exchange=0.0))
    assert Exchanges().analyze(with_rows(lines, rows, []))["claims"].empty


def test_a_quoted_claim_begins_and_ends_with_its_words():
    lines: list[Line] = [(author, up, f"Hm.\n   {text}  ") for author, up, text in CHOIR]
    claims = analysed(lines)["claims"]
    assert len(claims)
    assert all(text == text.strip() for text in claims["text"])


@given(st.lists(st.sets(st.integers(0, 12), min_size=1), max_size=12))
def test_of_exchanges_that_share_many_posts_the_first_is_kept(drawn):
    words = Words(view_of(CHOIR))
    rated = [Rated(Exchange(("a", "b"), tuple(sorted(places))), 0.5, words) for places in drawn]
    kept: list[Rated] = []
    for one in rated:
        own = set(one.exchange.posts)
        if not any(shared_part(own, set(other.exchange.posts)) >= 0.25 for other in kept):
            kept.append(one)
    assert apart(rated) == kept


def test_threads_in_other_languages_are_left_alone():
    tables = thread_of(CHOIR)
    posts = tables["posts"].assign(lang="de")
    assert Exchanges().analyze(tables.replace(posts=posts))["claims"].empty


def test_a_dispute_over_a_value_is_not_found_a_second_time():
    lines: list[Line] = [
        (author, up, f"No, you are wrong, it was {'ten' if author == 'Una' else 'six'} days.")
        for author, up, _ in CHOIR
    ]
    tables = analysed(lines)
    assert tables["loops"]["kind"].tolist() == ["quantity"]
    assert not any(tables["claims"]["annotator"].str.startswith("exchanges@"))


@given(st.sets(st.integers(0, 20)), st.sets(st.integers(0, 20)))
def test_the_shared_part_is_symmetric_and_between_none_and_all(one, other):
    part = shared_part(one, other)
    assert part == shared_part(other, one)
    assert 0 <= part <= 1
    assert (part == 1) == bool(one and one == other)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 5)), min_size=1, max_size=40))
def test_every_exchange_meets_the_counts_and_names_posts_of_its_two_authors_alone(drawn):
    lines: list[Line] = [
        (author, max(1, number - back) if number else None, "So it is.")
        for number, (author, back) in enumerate(drawn)
    ]
    for found in answered(lines):
        spoken = [lines[place][0] for place in found.posts]
        assert len(spoken) >= 5
        assert set(spoken) == set(found.authors)
        assert spoken[0] == found.authors[0]
        assert min(spoken.count(author) for author in found.authors) > 1


def test_a_long_thread_takes_time_in_proportion_to_its_length():
    def thread(count: int):
        line = "You are wrong about the {} of the choir, it sings, item {}."
        return view_of(
            [
                (f"u{at % 40}", max(1, at - at % 3) if at else None, line.format(at % 7, at))
                for at in range(count)
            ]
        )

    assert_linear(thread, lambda view: circling(view, shipped()), small=300)


def test_two_who_never_stop_cost_no_more_than_what_they_write():
    def quarrel(count: int) -> Tables:
        texts = [text for _, _, text in CHOIR[2:8]]  # in turn of Una and of Rolf
        lines: list[Line] = [
            ("Una" if at % 2 == 0 else "Rolf", at or None, f"{texts[at % 6]} I count {at}.")
            for at in range(count)
        ]
        return thread_of(lines)

    assert len(Exchanges().analyze(quarrel(60))["claims"]) == 2
    assert_linear(quarrel, Exchanges().analyze, small=250)
