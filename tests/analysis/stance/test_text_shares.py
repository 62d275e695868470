"""Shares of replies that one stage has found are those that another would find."""

import pytest

from discourse.analysis.stance import text_shares
from discourse.analysis.stance.text_shares import judging
from discourse.learn.reply_labels import read
from discourse.learn.reply_pairs import judged_texts, pair_shares

PAIRS = [("No, you are wrong.", "It is green."), ("I agree.", "> It is not.\nIt is."), ("", "So")]


def test_what_is_known_is_not_judged_again(monkeypatch):
    known = {judged_texts(*PAIRS[1]): (0.5, 0.25, 0.25)}
    asked = []
    monkeypatch.setattr(text_shares, "pair_shares", lambda texts: asked.extend(texts) or pair_shares(texts))
    shares = judging(known)(PAIRS)
    assert asked == [PAIRS[0], PAIRS[2]]
    assert shares[1].tolist() == [0.5, 0.25, 0.25]
    assert shares[[0, 2]].tolist() == pair_shares(PAIRS)[[0, 2]].tolist()


@pytest.mark.parametrize("pairs", [[], PAIRS], ids=["none", "some"])
def test_where_all_or_nothing_is_known_the_shares_are_the_same(pairs):
    alone = pair_shares(pairs)
    known = {judged_texts(*pair): row for pair, row in zip(pairs, alone.tolist(), strict=True)}
    assert judging({})(pairs).tolist() == alone.tolist() == judging(known)(pairs).tolist()


def test_how_a_text_reads_may_be_known():
    readings = {text: read(text) for pair in PAIRS[1:] for text in judged_texts(*pair)}
    assert judging({}, readings)(PAIRS).tolist() == pair_shares(PAIRS).tolist()
