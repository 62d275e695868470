"""What a thread tells of its replies, beside their texts."""

import pytest

from discourse.learn.reply_context import context_rows
from discourse.learn.reply_pairs import shipped
from discourse.learn.reply_threads import OUTSIDE, Turn
from tests.growth import assert_linear

EVEN = (1 / 3, 1 / 3, 1 / 3)
AGAINST, FOR, ASIDE = (0.1, 0.8, 0.1), (0.8, 0.1, 0.1), (0.1, 0.1, 0.8)


def turn(author, parent=None, text="The tide was high.", quoted=(), stems=("tide", "high")):
    return Turn(author, text, len(text.split()), frozenset(stems), parent, tuple(quoted))


def test_a_thread_without_replies_has_no_rows():
    assert context_rows([], {}) == {}
    assert context_rows([turn("ada"), turn("bo")], {}) == {}


def test_all_rows_have_the_names_that_the_model_weighs():
    rows = context_rows([turn("ada"), turn("bo", 0), turn("ada", 1)], {1: EVEN, 2: AGAINST})
    assert list(rows) == [1, 2]
    for row in rows.values():
        assert set(shipped().measures) == set(row)


def test_a_reply_is_told_from_others_between_the_same_two():
    turns = [turn("ada"), turn("bo", 0), turn("ada", 1), turn("cy", 0)]
    rows = context_rows(turns, {1: EVEN, 2: AGAINST, 3: FOR})
    assert rows[1]["pair_against"] > 0
    assert rows[1]["exchanges"] > 0
    assert rows[1]["answered_by_them"] == 1
    assert rows[3]["pair_against"] == pytest.approx(0)
    assert rows[3]["exchanges"] == 0


def test_whom_a_reply_quotes():
    turns = [turn("ada"), turn("bo", 0), turn("cy", 1, quoted=[0]), turn("dee", 1, quoted=[1, OUTSIDE])]
    rows = context_rows(turns, dict.fromkeys((1, 2, 3), EVEN))
    assert rows[1]["quotes_none"] == 1
    assert (rows[2]["quotes_only_other"], rows[2]["quotes_parent"]) == (1, 0)
    assert (rows[3]["quotes_parent"], rows[3]["quotes_outside"], rows[3]["quotes_other"]) == (1, 1, 0)


def test_enemies_of_one_enemy():
    turns = [turn("ada"), turn("bo", 0), turn("cy", 0), turn("cy", 1)]
    friends = context_rows(turns, {1: AGAINST, 2: AGAINST, 3: EVEN})[3]["common_enemies"]
    foes = context_rows(turns, {1: AGAINST, 2: FOR, 3: EVEN})[3]["common_enemies"]
    assert friends > 0 > foes


def test_who_goes_on_after_an_own_post_and_who_comes_back():
    turns = [turn("ada"), turn("ada", 0), turn("bo", 1), turn("ada", 2)]
    rows = context_rows(turns, dict.fromkeys((1, 2, 3), EVEN))
    assert rows[1]["same"] == 1
    assert (rows[3]["same"], rows[3]["after_mine"]) == (0, 1)


def test_quarrels_elsewhere_make_disagreement_likelier():
    turns = [turn("ada"), turn("bo", 0, quoted=[0]), turn("ada", 1, quoted=[1]), turn("bo", 2, quoted=[2])]
    amid = shipped().thread_shares(turns, {1: EVEN, 2: AGAINST, 3: AGAINST})[1]
    calm = shipped().thread_shares(turns, {1: EVEN, 2: FOR, 3: FOR})[1]
    assert amid[1] > calm[1]
    assert amid[0] < calm[0]


def test_shares_add_up_and_texts_count():
    turns = [turn("ada"), turn("bo", 0), turn("cy", 0)]
    told = shipped().thread_shares(turns, {1: FOR, 2: AGAINST})
    assert sum(told[1]) == pytest.approx(1, abs=1e-3)
    assert told[1][0] > told[2][0]
    assert shipped().thread_shares(turns, {}) == {}


@pytest.mark.parametrize("people", [1, 2, 3000])
def test_long_threads_take_no_longer_than_their_length(people):
    def thread(size):
        return [turn("root"), *(turn(f"p{n % people}", 0 if people > 2 else n) for n in range(size))]

    def read(turns):
        assert len(context_rows(turns, dict.fromkeys(range(1, len(turns)), AGAINST))) == len(turns) - 1

    assert_linear(thread, read, small=1_000)
