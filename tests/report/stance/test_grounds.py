"""What a position rests on: which posts count for which side, as where positions are added up."""

from made_thread import made_rows

from discourse.analysis.stance.stance import add_up
from discourse.report.basis.book import Book, Ref
from discourse.report.stance.grounds import Grounds, grounds_of
from discourse.tables import CONTRACT, Tables, frame_of

THREAD = "f00dcafe0001"


def marked(*marks):
    """Return the grounds of the made-up thread with these labels: post, label, target, score, layer."""
    rows = made_rows()
    rows["annotations"] = [
        {
            "post_id": f"{THREAD}:{post}",
            "start": start,
            "end": start + 1,
            "layer": layer,
            "label": label,
            "target": target,
            "annotator": "x@1",
            "score": score,
            "quote": "-",
        }
        for start, (post, label, target, score, layer) in enumerate(marks)
    ]
    return grounds_of(
        Book.of(Tables({name: frame_of(CONTRACT[name], found) for name, found in rows.items()}))
    )


def numbers(refs):
    return [ref.number for ref in refs]


def test_posts_of_an_author_stand_in_page_order_each_once():
    found = marked(*((post, "against", "mayor", 0.9, "stance") for post in (6, 1, 3, 3)))
    assert numbers(found[THREAD, "Marta", "mayor"].against) == ["1", "3", "6"]


def test_claims_that_are_asserted_and_denied_count_too():
    found = marked((1, "asserts", "c1", 0.9, "claim"), (3, "denies", "c1", 0.9, "claim"))[
        THREAD, "Marta", "c1"
    ]
    assert (numbers(found.favor), numbers(found.against)) == (["1"], ["3"])


def test_a_post_speaks_for_the_side_that_weighs_more_and_at_a_tie_for_both():
    marks = [(1, 0.8, 0.7), (3, 0.4, 0.6), (6, 0.5, 0.5)]
    rows = [
        (post, label, "mayor", score, "stance")
        for post, favor, against in marks
        for label, score in (("favor", favor), ("against", against))
    ]
    found = marked(*rows)[THREAD, "Marta", "mayor"]
    assert (numbers(found.favor), numbers(found.against)) == (["1", "6"], ["3", "6"])
    added = add_up({"favor": favor, "against": against} for _, favor, against in marks)
    assert (added["favor_posts"], added["against_posts"]) == (len(found.favor), len(found.against))
    assert numbers(found.of("mixed")) == ["1", "3", "6"]


def test_labels_of_other_layers_and_without_a_target_rest_on_nothing():
    assert marked((1, "hedge", None, 0.9, "rhetoric"), (3, "none", "mayor", 0.9, "stance")) == {}


def test_the_few_posts_of_one_side_are_among_the_first():
    refs = [Ref(f"p{n}", str(n), "Una") for n in range(1, 9)]
    assert [ref.number for ref in Grounds(refs[:7], refs[7:]).of("mixed")][:3] == ["1", "8", "2"]
