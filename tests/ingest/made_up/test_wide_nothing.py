"""Pages without comments: the same for a seed, of every kind, and nobody answers anybody on them."""

import re
from functools import cache

from tests.ingest.made_up import no_comments
from tests.ingest.made_up.wide_nothing import KINDS, kinds, wide_nothing
from tests.ingest.made_up.wide_nothing_draw import REPLY, Draw
from tests.ingest.made_up.words import LANGUAGES

SEEDS = range(300)


@cache
def page(seed):
    return wide_nothing(seed)


def test_a_seed_gives_the_same_page_again_and_another_seed_another():
    assert [wide_nothing(seed) for seed in range(40)] == [page(seed) for seed in range(40)]
    assert len({page(seed) for seed in SEEDS}) == len(SEEDS)


def test_every_kind_is_drawn_and_none_rules():
    drawn = [name for seed in SEEDS for name in kinds(seed)]
    names = {kind.__name__ for kind in KINDS}
    assert len(KINDS) == len(names) >= 50
    assert set(drawn) == names
    assert max(map(drawn.count, sorted(names))) < len(drawn) / 15


def test_pages_hold_one_to_four_kinds():
    assert {len(kinds(seed)) for seed in SEEDS} == {1, 2, 3, 4}


def test_no_slot_is_left_open():
    for seed in SEEDS:
        left = re.findall(r"\{@?[a-z_]\w*\}|\x00|\[\[|\]\]", page(seed))
        assert not left, (seed, left)


def test_nobody_can_answer_anybody():
    for seed in SEEDS:
        if "faq" in kinds(seed):  # whose answers are the house's own
            continue
        cells = {cell.strip(" []()") for cell in re.split(r"[\n|·•\t/]| - ", page(seed))}
        assert not sorted(cells & REPLY), seed


def test_pages_are_of_every_length():
    sizes = sorted(page(seed).count("\n") for seed in SEEDS)
    assert sizes[0] >= 3
    assert sizes[30] < 25
    assert sizes[-30] > 100
    assert sizes[-1] < 900


def test_every_language_is_drawn_about_as_often():
    drawn = [Draw(seed).language for seed in SEEDS]
    assert all(15 <= drawn.count(language) <= 50 for language in LANGUAGES)


def test_the_texts_kept_for_measuring_are_not_repeated():
    kept = {
        line.strip() for text in no_comments.inputs().values() for line in text.split("\n") if len(line) > 40
    }
    assert not [line for seed in SEEDS for line in page(seed).split("\n") if line.strip() in kept]
