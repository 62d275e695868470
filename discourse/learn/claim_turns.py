"""What a turn of a discussion takes up of its author's earlier turns, as one row of numbers a turn.

Each turn is compared with what was written before it. Of an author's earlier turns and sentences the latest
count (`REACH`), so that cost grows as the number of turns does.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray
from scipy import sparse

from discourse.learn.claim_pairs import LENGTH, Laid, Places, laid_out, stem_counts
from discourse.learn.claim_words import Words, of_length_one
from discourse.learn.linear import Floats
from discourse.model import Span
from discourse.text.normalise import fold
from discourse.text.sentences import split_sentences

NAMES = (
    "like_own", "like_own_mean", "like_own_last", "like_others_last", "known_own", "known_any", "own_alone",
    "own_mass", "new_mass", "sentence", "sentences", "sentence_second", "length", "own_turns", "since_own",
    "company_of_six", "changes_of_six", "says_again", "hints_back", "myself", "you", "denials", "questions",
    "exclaims", "opens_against", "sentence_squared", "known_squared", "known_by_length", "known_by_turns",
    "sentence_by_turns", "is_repeat",
)  # fmt: skip
REACH = 256  # turns, or sentences, of the same author that are looked back to at least, twice as many at most
_BLOCK = 256
_LEAST = 2  # stems of a sentence that can say something again
_REPEAT = 0.6  # likeness of two sentences from which one repeats the other
_NEAR = 6  # turns before that make the company
_AGAIN = re.compile(
    r"\b(?:as (?:i|i've|i have|already|we) "
    r"(?:said|stated|mentioned|explained|noted|wrote|pointed|already|have)"
    r"|like i (?:said|wrote)|i(?:'ve| have)? already|repeat\w*|once more|once again|yet again|i insist"
    r"|said (?:above|before|earlier)|stated (?:above|before|earlier)|told you|how many times|i maintain"
    r"|i stand by|my point (?:is|was|remains|stands)|the (?:point|fact) remains)\b"
)
_BACK = re.compile(
    r"\b(?:again|already|still|above|previous(?:ly)?|earlier|before|keep \w+ing|the point is)\b"
)
_MYSELF = re.compile(r"\b(?:i|my|me|mine|i'm|i've|i'd)\b")
_YOU = re.compile(r"\b(?:you|your|yours|you're|you've)\b")
_AGAINST = re.compile(r"\W*(?:no|not|nope|wrong|incorrect|again|false|nonsense|but|yes|so|and)\b")


def turn_rows(
    turns: Sequence[tuple[str, str]], words: Words, spans: Sequence[Sequence[Span]] | None = None
) -> Floats:
    """Return one row a turn, columns `NAMES`.

    Parameters
    ----------
    turns
        Author and own words of each turn of one discussion, in order.
    spans
        The sentences of each turn where they are known already: to find them takes half of the time.
    """
    texts = [text[:LENGTH] for _, text in turns]
    known: dict[str, int] = {}
    authors = np.array([known.setdefault(author, len(known)) for author, _ in turns], dtype=np.int64)
    spans = [split_sentences(text) for text in texts] if spans is None else spans
    whose = np.repeat(np.arange(len(texts)), [len(own) for own in spans])
    parts = [text[s.start : s.end] for text, own in zip(texts, spans, strict=True) for s in own]
    sentences = laid_out(parts, words, with_contrasts=False)
    laid = _joined(sentences, whose, len(texts))
    found = {"length": laid.lengths, "denials": np.minimum(laid.denials, 4)}
    found |= _alike(laid, authors)
    found |= _taken_up(laid, authors)
    found |= _sentences(sentences, authors, whose)
    found |= _places(authors)
    found |= _said(texts)
    found |= {
        "sentence_squared": found["sentence"] ** 2,
        "known_squared": found["known_own"] ** 2,
        "known_by_length": found["known_own"] * found["length"],
        "known_by_turns": found["known_own"] * found["own_turns"],
        "sentence_by_turns": found["sentence"] * found["own_turns"],
        "is_repeat": (found["sentence"] > _REPEAT).astype(np.float64),
    }
    return np.column_stack([np.asarray(found[name], dtype=np.float64) for name in NAMES])


def _weighed(laid: Laid) -> sparse.csr_array:
    counts = stem_counts(laid.stems, len(laid.rare))
    counts.data = (1 + np.log(counts.data)) * laid.rare[counts.indices]
    return of_length_one(counts)


def _alike(laid: Laid, authors: Places) -> dict[str, Floats]:
    rows = _weighed(laid)
    most, mean, last = _earlier(rows, authors, np.arange(len(authors)))
    others = np.zeros(len(authors))
    before = _last_other(authors)
    at = np.flatnonzero(before >= 0)
    if len(at):
        others[at] = np.asarray(rows[at].multiply(rows[before[at]]).sum(axis=1)).ravel()
    return {
        "like_own": most,
        "like_own_mean": mean,
        "like_own_last": last,
        "like_others_last": others,
    }


def _earlier(rows: sparse.csr_array, authors: Places, turns: Places) -> tuple[Floats, Floats, Floats]:
    """Return for each row its largest, mean and latest likeness to rows of the author's earlier turns."""
    order = np.lexsort((turns, authors))
    rows, authors, turns = sparse.csr_array(rows[order]), authors[order], turns[order]
    found = np.zeros((3, len(order)))
    for first in range(0, len(order), _BLOCK):
        end, begin = min(first + _BLOCK, len(order)), max(0, first - REACH)
        alike = np.asarray((rows[first:end] @ rows[begin:end].T).todense(), dtype=np.float64)
        counts = authors[first:end, None] == authors[None, begin:end]
        counts &= turns[first:end, None] > turns[None, begin:end]
        alike = np.where(counts, alike, 0.0)
        number = counts.sum(axis=1)
        latest = np.where(number > 0, counts.shape[1] - 1 - counts[:, ::-1].argmax(axis=1), 0)
        found[0, first:end] = alike.max(axis=1, initial=0.0)
        found[1, first:end] = alike.sum(axis=1) / np.maximum(number, 1)
        found[2, first:end] = alike[np.arange(end - first), latest]
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    most, mean, last = found[:, back]
    return most, mean, last


def _last_other(authors: Places) -> Places:
    """Return the place of the last turn before each that another author wrote; -1 where there is none."""
    found = np.full(len(authors), -1, dtype=np.int64)
    for place in range(1, len(authors)):
        is_other = authors[place - 1] != authors[place]
        found[place] = place - 1 if is_other else found[place - 1]
    return found


def _taken_up(laid: Laid, authors: Places) -> dict[str, Floats]:
    """Return how much of a turn's stems the author, or anybody, has used before."""
    mine: dict[int, set[int]] = {}
    others: dict[int, int] = {}  # the first author of each stem, -1 where several have it
    found = np.zeros((5, len(authors)))
    for place, author in enumerate(authors.tolist()):
        own = mine.setdefault(author, set())
        stems = set(laid.stems[place].tolist())
        again = sorted(stems & own)
        anybody = sorted(stem for stem in stems if stem in others)
        alone = [stem for stem in again if others.get(stem) == author]
        masses = [float(laid.rare[part].sum()) for part in (again, anybody, alone, sorted(stems))]
        whole = masses[3] or 1.0
        found[:, place] = (
            masses[0] / whole,
            masses[1] / whole,
            masses[2] / whole,
            masses[0],
            masses[3] - masses[1],
        )
        own |= stems
        for stem in stems:
            others[stem] = author if others.get(stem, author) == author else -1
    own_part, any_part, alone_part, own_mass, new_mass = found
    return {
        "known_own": own_part,
        "known_any": any_part,
        "own_alone": alone_part,
        "own_mass": np.log1p(own_mass),
        "new_mass": np.log1p(new_mass),
    }


def _joined(laid: Laid, whose: Places, size: int) -> Laid:
    """Return turns laid out as the sentences that they are made of; places of words are left out."""
    ends = np.cumsum(np.bincount(whose, minlength=size)).tolist()
    none = np.zeros(0, dtype=np.int64)
    edges = zip([0, *ends], ends, strict=False)
    return replace(
        laid,
        stems=[np.concatenate([none, *laid.stems[first:end]]) for first, end in edges],
        words=[],
        denials=np.bincount(whose, laid.denials, size).astype(np.float64),
        lengths=np.log1p(np.bincount(whose, np.expm1(laid.lengths), size)),
    )


def _sentences(laid: Laid, authors: Places, whose: Places) -> dict[str, Floats]:
    """Return how well the best and second sentence, and all by their weight, repeat one of the author's."""
    size = len(authors)
    enough = np.array([len(set(own.tolist())) >= _LEAST for own in laid.stems], dtype=np.bool_)
    most = np.zeros(len(whose))
    kept = np.flatnonzero(enough)
    if len(kept):
        most[kept] = _earlier(_weighed(laid)[kept], authors[whose[kept]], whose[kept])[0]
    mass = np.array([float(laid.rare[own].sum()) for own in laid.stems]) * enough
    total = np.bincount(whose, mass, size)
    best, second = np.zeros(size), np.zeros(size)
    for at, value in zip(whose.tolist(), most.tolist(), strict=True):
        if value > best[at]:
            best[at], second[at] = value, best[at]
        elif value > second[at]:
            second[at] = value
    mean = np.bincount(whose, mass * most, size) / np.maximum(total, 1e-9)
    return {"sentence": best, "sentences": mean, "sentence_second": second}


def _places(authors: Places) -> dict[str, Floats]:
    """Return where a turn stands: own turns before, turns since, and who wrote lately."""
    found = np.zeros((4, len(authors)))
    seen: dict[int, tuple[int, int]] = {}
    listed = authors.tolist()
    for place, author in enumerate(listed):
        number, last = seen.get(author, (0, place))
        near = listed[max(0, place - _NEAR) : place + 1]
        changes = sum(one != other for one, other in pairwise(near))
        found[:, place] = np.log1p(min(number, 12)), np.log1p(place - last), len(set(near)), changes
        seen[author] = (number + 1, place)
    own, since, company, changed = found
    return {"own_turns": own, "since_own": since, "company_of_six": company, "changes_of_six": changed}


def _said(texts: Sequence[str]) -> dict[str, NDArray[np.float64]]:
    """Return the words by which a turn points back, or is meant for somebody."""
    folded = [fold(text) for text in texts]
    counted = {"says_again": _AGAIN, "hints_back": _BACK, "myself": _MYSELF, "you": _YOU}
    found = {
        name: np.array([min(len(rule.findall(text)), 4) for text in folded], dtype=np.float64)
        for name, rule in counted.items()
    }
    found["questions"] = np.array([min(text.count("?"), 3) for text in folded], dtype=np.float64)
    found["exclaims"] = np.array([min(text.count("!"), 3) for text in folded], dtype=np.float64)
    found["opens_against"] = np.array([float(bool(_AGAINST.match(text))) for text in folded])
    return found
