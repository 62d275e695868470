"""Stems are those of nltk's Snowball stemmer, which the models that ship were fitted with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.stem.snowball import SnowballStemmer

from discourse.text.stems import stem_of

NLTK = SnowballStemmer("english")
ENDINGS = """
    eed eedly ing ingly ed edly ization ational tional ator ation iviti iveness li alli entli bli biliti ogi
    ative alize icate iciti ical ion ment ement ance al er ic e l y s 's 's' ' ies ied us ss sses able ful
    ness fulness gener commun arsen at bl iz st ly tt rr
    """.split()
LETTERS = [*"abeilnostuxyzw", "qu", "\u00e9", "\u0130", "\u2019"]
words = st.lists(st.sampled_from(ENDINGS + LETTERS), min_size=1, max_size=6).map("".join)


@given(words)
def test_stems_are_those_of_nltk(word):
    assert stem_of(word) == NLTK.stem(word)


@pytest.mark.parametrize(
    "word",
    """
    skies dying gently news innings exceeding added organized communization biologist emergency foundationally
    adoption relational hopping hoping bled sing agreed happily yes say enjoyed probate controlling
    """.split(),
)
def test_special_and_doubtful_words_too(word):
    assert stem_of(word) == NLTK.stem(word)
