"""What recurs in several sources is found, and what only seems to is not."""

from collections.abc import Sequence

from discourse.summary.across import (
    BY_QUANTITY,
    BY_WORDS,
    KnownClaim,
    KnownDispute,
    SourceFacts,
    same_disputes,
    shared_authors,
    shared_targets,
    source_facts,
)
from tests.analysis.talk import say, talk
from tests.growth import assert_linear


def facts(authors=(), targets=None, disputes: Sequence[KnownDispute] = ()):
    return SourceFacts(dict.fromkeys(authors, 1), targets or {}, list(disputes))


def dispute(number, one, other, attribute="", values=("", ""), *, question="?"):
    texts = (one, other)
    claims = [KnownClaim(text, attribute, value) for text, value in zip(texts, values, strict=True)]
    return KnownDispute(number, question, (claims[0], claims[1]))


def test_names_stand_in_the_order_of_their_first_appearance_with_their_posts():
    found = shared_authors([facts(["Zoe", "Ada"]), facts(["Ada", "Max"]), facts(["Zoe", "Ada"])])
    assert [(one.name, sorted(one.places)) for one in found] == [("Zoe", [0, 2]), ("Ada", [0, 1, 2])]


def test_names_that_stand_for_anybody_are_no_recurring_author():
    tables = talk(say("Ada", "Yes."), say("[deleted]", "No."), say("", "Why?"), say("Anonymous", "So?"))
    assert source_facts(tables).authors == {"Ada": 1}


def test_targets_of_most_sources_come_first():
    found = shared_targets(
        [
            facts(targets={"the mayor": (9, 1, 2), "rain": (2, 0, 0)}),
            facts(targets={"rain": (3, 0, 1), "the mayor": (1, 0, 0)}),
            facts(targets={"rain": (1, 0, 0), "sun": (50, 0, 0)}),
        ]
    )
    assert [one.name for one in found] == ["rain", "the mayor"]
    assert found[1].places == {0: (9, 1, 2), 1: (1, 0, 0)}


def test_the_same_quantity_with_the_same_values_is_one_dispute_on_whichever_side_they_stand():
    found = same_disputes(
        [
            facts(disputes=[dispute(1, "Three weeks!", "Ten days.", "closed", ("3 weeks", "10 days"))]),
            facts(disputes=[dispute(1, "It was 10 days", "3 weeks", "closed", ("10 days", "3 weeks"))]),
        ]
    )
    assert [(one.members, one.why, one.likeness) for one in found] == [
        ([(0, 1), (1, 1)], frozenset({BY_QUANTITY}), 1.0)
    ]


def test_one_value_alone_or_another_quantity_makes_no_same_dispute():
    first = dispute(1, "Three weeks!", "Ten days.", "closed", ("3 weeks", "10 days"))
    for other in (
        dispute(1, "Three weeks", "Two days", "closed", ("3 weeks", "2 days")),
        dispute(1, "Three weeks", "Ten days", "the trial", ("3 weeks", "10 days")),
        dispute(1, "Three weeks", "Ten days", "", ("3 weeks", "10 days")),
    ):
        assert same_disputes([facts(disputes=[first]), facts(disputes=[other])]) == []


BRIDGE = "The old bridge over the river should be opened for lorries at once"
CLOSED = "Nobody needs heavy lorries rolling through the narrow streets of town"
OTHERS = [
    ("Cats sleep most of the afternoon on warm roofs", "Dogs guard the yard while everybody sleeps"),
    ("Tomatoes want a sunny wall and much water", "Beans climb poles and hate cold nights"),
]


def test_claims_in_nearly_the_same_words_are_one_dispute_though_they_change_sides():
    others = [dispute(n, *texts) for n, texts in enumerate(OTHERS, start=2)]
    found = same_disputes(
        [
            facts(disputes=[dispute(1, BRIDGE, CLOSED), others[0]]),
            facts(disputes=[others[1], dispute(3, CLOSED.lower() + "!", BRIDGE + " please")]),
        ]
    )
    ((members, why, likeness),) = [(one.members, one.why, one.likeness) for one in found]
    assert members == [(0, 1), (1, 3)]
    assert why == {BY_WORDS}
    assert 0.6 <= likeness < 1


def test_one_claim_alike_is_not_enough():
    both = [facts(disputes=[dispute(1, BRIDGE, text)]) for text in (OTHERS[0][0], OTHERS[1][0])]
    assert same_disputes(both) == []


def test_short_claims_are_one_dispute_only_word_for_word():
    def sources(*questions):
        return [facts(disputes=[dispute(1, "Yes.", "No way!", question=text)]) for text in questions]

    assert len(same_disputes(sources("Is it open?", "Is it open?"))) == 1
    assert same_disputes(sources("Is it open?", "Is she well?")) == []


def test_disputes_of_one_source_alone_are_none_that_recur():
    assert same_disputes([facts(disputes=[dispute(1, BRIDGE, CLOSED), dispute(2, BRIDGE, CLOSED)])]) == []


def many_sources(count):
    words = "bridge river lorry street school garden winter summer paper letter music doctor".split()

    def claim(place, shift):
        return " ".join(f"{word}{(place * 7 + shift) % 997}" for word in words)

    return [facts([f"reader {n % 50}"], {}, [dispute(1, claim(n, 1), claim(n, 2))]) for n in range(count)]


def test_the_work_grows_as_the_number_of_sources():
    def work(sources):
        return same_disputes(sources), shared_authors(sources), shared_targets(sources)

    assert_linear(many_sources, work, small=400)


def test_the_same_dispute_on_every_page_costs_no_more_than_its_pages():
    def alike(count):
        return [facts(disputes=[dispute(1, BRIDGE, CLOSED)]) for _ in range(count)]

    (found,) = same_disputes(alike(30))
    assert len(found.members) == 30
    assert_linear(alike, same_disputes, small=500)


def test_one_source_that_writes_a_name_in_two_ways_has_all_its_posts():
    counts = {"Anna": 1, "anna": 7}
    (anna,) = shared_authors([SourceFacts(counts, {}, []), SourceFacts({"ANNA": 2}, {}, [])])
    assert (anna.name, anna.places) == ("Anna", {0: (8,), 1: (2,)})


def test_a_target_that_is_written_in_two_ways_has_all_its_mentions():
    first = facts(targets={"The mayor": (3, 1, 0), "the mayor": (2, 0, 2)})
    (mayor,) = shared_targets([first, facts(targets={"the mayor": (1, 0, 0)})])
    assert mayor.places == {0: (5, 1, 2), 1: (1, 0, 0)}
