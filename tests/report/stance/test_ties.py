"""Who answers whom: what prevails between two, and whom a figure can show."""

from made_thread import made_rows, made_tables

from discourse.report.basis.book import Book
from discourse.report.stance.ties import BETWEEN, IN_A_CAMP, Tie, choose, ties_of
from discourse.tables import CONTRACT, Tables, frame_of

THREAD = "f00dcafe0001"


def tie(first, second, replies):
    return Tie(first, second, replies=replies)


def test_replies_add_up_either_way_with_what_they_say_and_the_first_posts():
    found = {(t.first, t.second): t for t in ties_of(Book.of(made_tables()), THREAD)}
    both = found["Marta", "old_swimmer"]
    assert (both.replies, both.disagree, both.agree) == (6, 5, 0)
    assert both.label == "disagree"
    assert [ref.number for ref in both.posts] == ["2", "3", "5", "6", "8"]
    assert both.more == 1


def test_guessed_links_and_replies_to_oneself_or_to_nobody_make_no_tie():
    rows = made_rows()
    for row in rows["posts"]:
        row["reply_evidence"] = "inferred" if row["reply_to"] else "none"
    book = Book.of(Tables({name: frame_of(CONTRACT[name], found) for name, found in rows.items()}))
    assert ties_of(book, THREAD) == []


def test_as_much_agreement_as_dissent_is_neither():
    assert Tie("a", "b", 4, disagree=2, agree=2).label == "neither"
    assert Tie("a", "b", 4, disagree=1, agree=2).label == "agree"


def test_small_camps_are_shown_whole_with_those_who_answer_them():
    names = ["Ann", "Bob", "Cem", "Dee", "Eva"]
    drawn = choose([tie("Ann", "Bob", 3), tie("Bob", "Dee", 1)], names, {"Ann": 1, "Bob": 2, "Cem": 1})
    assert drawn.camps == (["Ann", "Cem"], ["Bob"])
    assert drawn.between == ["Dee"]


def test_of_a_large_camp_those_of_most_replies_are_shown_in_the_order_of_first_posts():
    names = [f"n{place}" for place in range(3 * IN_A_CAMP)] + ["Bob"]
    camps = dict.fromkeys(names, 1) | {"Bob": 2}
    ties = [tie("Bob", f"n{place}", 1 + place) for place in range(3 * IN_A_CAMP)]
    drawn = choose(ties, names, camps)
    assert drawn.camps == (names[2 * IN_A_CAMP : 3 * IN_A_CAMP], ["Bob"])


def test_friends_of_one_busy_author_leave_room_for_ties_between_the_camps():
    ones, twos = ([f"{camp}{place}" for place in range(2 * IN_A_CAMP)] for camp in "xy")
    camps = dict.fromkeys(ones, 1) | dict.fromkeys(twos, 2)
    within = [tie("x0", other, 100) for other in ones[1:]]
    across = [tie(one, two, 1) for one, two in zip(ones[::-1], twos[::-1], strict=True)]
    drawn = choose([*within, *across], [*ones, *twos], camps)
    assert len(drawn.camps[0]) == IN_A_CAMP
    assert (
        sum(tie.first in drawn.camps[0] and tie.second in drawn.camps[1] for tie in across) >= IN_A_CAMP // 2
    )


def test_those_not_placed_are_bounded():
    names = ["Ann", "Bob", *(f"n{place}" for place in range(50))]
    ties = [tie("Ann", name, 1) for name in names[1:]]
    assert len(choose(ties, names, {"Ann": 1, "Bob": 2}).between) == BETWEEN
