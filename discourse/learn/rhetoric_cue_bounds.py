"""What the cues of plain sentences add at most to the odds of some markers, from their items alone."""

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from discourse.learn.codepoints import Places, Whole
from discourse.learn.linear import Floats
from discourse.learn.rhetoric import Measure
from discourse.learn.rhetoric_cue_starts import (
    ANYWHERE,
    CUE,
    FIRST,
    NOTHING,
    OPEN,
    SENTENCE,
    SURE,
    WHERE,
    kind_of,
)
from discourse.learn.rhetoric_cues import NAMES, PATTERNS, SHAPES, rates_of, shouts
from discourse.learn.rhetoric_items import Items

_PATTERNS = list(PATTERNS)
_HALF = len(NAMES) // 2
_ASKED, _ONCE = _PATTERNS.index("question"), _PATTERNS.index("question_end")
_OF_QUESTIONS = [_PATTERNS.index(name) for name in ("wh_question", "yesno_question")]  # a mark ends each
_ADDRESS, _COMMA = _PATTERNS.index("address"), kind_of(",")  # the first word, and what stands behind it
_BOTH = [_PATTERNS.index(name) for name in ("good", "bad")]
_CAPITALS, _SHARE, _GOOD_AND_BAD = (len(PATTERNS) + place for place in range(len(SHAPES)))
_MANY = 3000  # words in capitals: more than a text has


class CueBounds:
    """What cues add at most.

    Parameters
    ----------
    weights
        Of the cues for some markers, cues × markers.
    """

    def __init__(self, measure: Measure, weights: Floats) -> None:
        self._measure = measure
        self._none = measure.scaled(np.zeros(2 * _HALF, np.float32))
        has = (measure.scaled(np.ones(2 * _HALF, np.float32)) - self._none)[:_HALF, None]
        self._base = self._none @ weights
        # of each cue what it adds that it stands there, and what its rate adds; it may speak against a marker
        stands, rate = has * weights[:_HALF], weights[_HALF:]
        self._for = np.maximum(stands, 0), np.maximum(rate, 0)
        self._against = np.minimum(stands, 0), np.minimum(rate, 0)

    def most(self, known: Items, items: Places, rows: Places, texts: Sequence[str]) -> Floats:
        """Return the most that cues add to the odds of texts, texts × markers.

        Parameters
        ----------
        known, items, rows
            What is known of items, the numbers of those of all texts, and the place of the text of each.
        texts
            As they are written.
        """
        least, most = cue_counts(known, items, rows, texts)
        words = np.array([len(text.split()) for text in texts], dtype=np.int64)
        found: Floats = (
            self._base + self._gain(most, words, self._for) + self._gain(least, words, self._against)
        )
        return found

    def _gain(self, counts: Places, words: Places, weights: tuple[Floats, Floats]) -> Floats:
        """Return by how much texts in which cues stand so often have more than one without cues."""
        places = np.flatnonzero(counts)
        rows, cues = np.divmod(places, _HALF)
        rates = rates_of(counts.ravel()[places], words[rows]).astype(np.float32)
        starts = np.searchsorted(places, np.arange(len(counts) + 1) * _HALF)
        found = sparse.csr_array(counts.shape, dtype=np.float64)
        found.data, found.indices, found.indptr = (
            np.ones(len(places)),
            cues.astype(np.int32),
            starts.astype(np.int32),
        )
        stands = found @ weights[0]
        found.data = (self._measure.scaled(rates, cues + _HALF) - self._none[cues + _HALF]).astype(np.float64)
        gain: Floats = stands + found @ weights[1]
        return gain


def cue_counts(known: Items, items: Places, rows: Places, texts: Sequence[str]) -> tuple[Places, Places]:
    """Return how often each cue stands in each text at least and at most, texts × cues."""
    behind, places = _around(known, items, rows)
    starts, lengths = known.cues.places(items)
    codes = known.cues.values[starts]
    goes_on = known.masks[starts] >> np.repeat(behind, lengths) & np.uint64(1)
    some = np.flatnonzero(goes_on.view(np.int64) & np.repeat(places, lengths) >> (codes >> WHERE & 3))
    codes = codes[some]
    keys = np.repeat(rows * _HALF, lengths)[some] + (codes & CUE)

    def counted(keys: Places) -> Places:
        return np.bincount(keys, minlength=len(texts) * _HALF).reshape(len(texts), _HALF)

    most, sure, is_open = counted(keys), counted(keys[codes & SURE != 0]), counted(keys[codes & OPEN != 0])
    # one that goes on over the words behind it may hold what would be another
    least = np.where(is_open > 0, np.minimum(sure, 1), sure)
    most[:, _OF_QUESTIONS] = np.minimum(most[:, _OF_QUESTIONS], most[:, [_ASKED]])
    most[:, _ONCE] = np.minimum(most[:, _ONCE], 1)
    most[rows[(behind == _COMMA) & (places >> FIRST & 1 == 1)], _ADDRESS] = 1
    shouted = [place for place, text in enumerate(texts) if shouts(text)]
    most[shouted, _CAPITALS], most[shouted, _SHARE] = _MANY, 1
    for bound in (least, most):
        bound[:, _GOOD_AND_BAD] = bound[:, _BOTH].min(axis=1)
    return least, most


def _around(known: Items, items: Places, rows: Places) -> tuple[Whole, Places]:
    """Return of each item the kind of the one behind it, and bits that say where it stands."""
    traits = known.traits[items]
    opens = np.ones(len(items) + 1, np.bool_)
    opens[1:-1] = rows[1:] != rows[:-1]
    behind = np.full(len(items), NOTHING, np.uint64)
    behind[:-1] = np.where(opens[1:-1], NOTHING, traits["kind"][1:])
    is_first = opens[:-1]
    is_first[1:] |= traits["stops"][:-1]
    places = 1 << ANYWHERE | is_first.astype(np.int64) << SENTENCE
    words = np.flatnonzero(traits["is_word"])
    places[words[np.diff(rows[words], prepend=-1) > 0]] |= 1 << FIRST
    return behind, places
