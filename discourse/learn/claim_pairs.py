"""What two short texts have in common, as one row of numbers a pair.

Words count by how rare they are in forums; function words do not count, and words that deny are counted
apart. Of each word the best match in the other text is looked for: the same stem, a synonym, or a word that
stands in the same company.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray
from scipy import sparse

from discourse.learn.claim_lexicon import axes, meanings, root
from discourse.learn.claim_words import Words, of_length_one
from discourse.learn.linear import Floats
from discourse.text.quantities import Quantity, agree, find_quantities
from discourse.text.tokens import STOPWORDS, words_of

# pairs of columns that say the same of the first and of the second text
SIDED = ("part", "match", "unmatched", "nearest", "strongest", "denials", "length")
NAMES = (
    "stems", "shared", "overlap", "letters", "company", "opposites", "values_agree", "values_differ",
    "one_denies", "denials_apart", "lengths_apart", "denies_same", "opposite_same", "differ_same",
    *(f"{name}_{side}" for name in SIDED for side in ("first", "second")),
)  # fmt: skip
CONTENT = 48  # words of a text that are matched; the rest is counted all the same
LENGTH = 4_000  # characters of a text that are read
_BATCH = 256  # pairs matched at once
_FAR = 0.5  # likeness below which a word has no match
_TOP = 3  # best matches that count apart
_WHERE_ALIKE = {"denies_same": "one_denies", "opposite_same": "opposites", "differ_same": "values_differ"}
_DENIERS = frozenset("not no never nobody nothing none neither nor without hardly cannot".split())

Places = NDArray[np.int64]


class Laid(Struct, frozen=True):
    """Texts laid out for comparing, one entry of each list a text."""

    stems: list[Places]  # of words that carry content, numbers of this batch
    words: list[Places]  # the same words' places in `Words`
    axes: list[frozenset[tuple[int, int]]]  # lines of opposites, and sides of them
    denials: Floats
    lengths: Floats  # logarithm of the number of words
    values: list[list[Quantity]]
    rare: Floats  # of each stem


class _Known(Struct, frozen=True):
    """What is known of a word."""

    stem: int  # its number in this batch; -1 of a word without content
    place: int
    denies: bool
    axes: tuple[tuple[int, int], ...]


@lru_cache(maxsize=1 << 14)
def _meaning(word: str) -> tuple[str, bool, tuple[tuple[int, int], ...]]:
    """Return what a word stands for: its root or that of its synonyms; whether it denies; its opposites."""
    own = root(word)
    return meanings().get(own, own), word in _DENIERS or word.endswith("n't"), axes().get(own, ())


def laid_out(texts: Sequence[str], words: Words, *, with_contrasts: bool = True) -> Laid:
    """Read texts once, whatever the number of pairs that they stand in.

    Parameters
    ----------
    with_contrasts
        Whether values and opposites are read too; else they are empty.
    """
    read = [words_of(text[:LENGTH]) for text in texts]
    known, rare = _known(dict.fromkeys(word for own in read for word in own), words)
    stems = {word: entry.stem for word, entry in known.items()}
    places = {word: entry.place for word, entry in known.items()}
    content = [[word for word in own if stems[word] >= 0] for own in read]
    deniers = {word for word, entry in known.items() if entry.denies}
    return Laid(
        stems=[np.array([stems[word] for word in own], dtype=np.int64) for own in content],
        words=[np.array([places[word] for word in own], dtype=np.int64) for own in content],
        axes=[_poles(own, known) if with_contrasts else frozenset() for own in read],
        denials=np.array([sum([word in deniers for word in own]) for own in read], dtype=np.float64),
        lengths=np.log1p(np.array([len(own) for own in read], dtype=np.float64)),
        values=[find_quantities(text[:LENGTH]) if with_contrasts else [] for text in texts],
        rare=np.array(rare),
    )


def _known(read: Iterable[str], words: Words) -> tuple[dict[str, _Known], list[float]]:
    """Return what is known of some words, and how rare each of their stems is."""
    numbers: dict[str, int] = {}
    found: dict[str, _Known] = {}
    for word in read:
        name, denies, poles = _meaning(word)
        has_content = not denies and word not in STOPWORDS
        number = numbers.setdefault(name, len(numbers)) if has_content else -1
        found[word] = _Known(number, words.place(word), denies, poles)
    return found, [words.rareness(name) for name in numbers]


def _poles(read: Sequence[str], known: Mapping[str, _Known]) -> frozenset[tuple[int, int]]:
    return frozenset(pole for word in read for pole in known[word].axes)


def pair_rows(pairs: Sequence[tuple[str, str]], words: Words, groups: Sequence[str] | None = None) -> Floats:
    """Return one row a pair, columns `NAMES`.

    Parameters
    ----------
    groups
        Which discussion each pair belongs to. What most texts of a discussion hold then counts little:
        all speak of it. Each row depends on the pairs of its group alone, and without groups on its own.
    """
    if groups is None:
        return _rows(pairs, words, is_discussion=False)
    found = np.zeros((len(pairs), len(NAMES)))
    members: dict[str, list[int]] = {}
    for place, group in enumerate(groups):
        members.setdefault(group, []).append(place)
    for places in members.values():
        found[places] = _rows([pairs[place] for place in places], words, is_discussion=True)
    return found


def _rows(pairs: Sequence[tuple[str, str]], words: Words, *, is_discussion: bool) -> Floats:
    texts = list(dict.fromkeys(text for pair in pairs for text in pair))
    places = {text: place for place, text in enumerate(texts)}
    first = np.array([places[one] for one, _ in pairs], dtype=np.int64)
    second = np.array([places[other] for _, other in pairs], dtype=np.int64)
    laid = laid_out(texts, words)
    letters = words.letter_rows([text[:LENGTH] for text in texts])
    if is_discussion:
        laid = replace(laid, rare=laid.rare * _telling(stem_counts(laid.stems, len(laid.rare))))
        letters = of_length_one(letters * _telling(letters)[None, :])
    found = _common(laid, first, second)
    found["letters"] = _dots(letters, first, second)
    found["company"] = _company(laid, words, first, second)
    found |= _matches(laid, words, first, second)
    found |= _contrasts(laid, first, second)
    for name, contrast in _WHERE_ALIKE.items():
        found[name] = found[contrast] * np.minimum(found["match_first"], found["match_second"])
    return np.column_stack([np.asarray(found[name], dtype=np.float64) for name in NAMES])


def _telling(rows: sparse.csr_array) -> Floats:
    """Return for each column how much it tells texts apart: 1 where one has it, 0 where all have."""
    held = np.bincount(rows.indices, minlength=rows.shape[1])
    told: Floats = np.log((rows.shape[0] + 1) / np.maximum(held, 1)) / np.log(rows.shape[0] + 1)
    return told


def either_way(rows: Floats) -> Floats:
    """Return rows that are the same whichever text stands first: the lower of two sides, then the higher."""
    turned = rows.copy()
    for name in SIDED:
        one, other = NAMES.index(f"{name}_first"), NAMES.index(f"{name}_second")
        turned[:, one] = np.minimum(rows[:, one], rows[:, other])
        turned[:, other] = np.maximum(rows[:, one], rows[:, other])
    return turned


def _common(laid: Laid, first: Places, second: Places) -> dict[str, Floats]:
    """Return how much of the stems, by how rare they are, both texts have."""
    counts = stem_counts(laid.stems, len(laid.rare))
    once = counts.copy()
    once.data = laid.rare[once.indices]
    mass = np.asarray(once.sum(axis=1)).ravel()
    held = counts.copy()
    held.data = np.ones(len(held.indices))
    shared = _dots(once, first, second, held)
    counts.data = (1 + np.log(counts.data)) * laid.rare[counts.indices]
    return {
        "stems": _dots(of_length_one(counts), first, second),
        "shared": shared,
        "overlap": shared / np.maximum(mass[first] + mass[second] - shared, 1e-9),
        "part_first": shared / np.maximum(mass[first], 1e-9),
        "part_second": shared / np.maximum(mass[second], 1e-9),
    }


def stem_counts(stems: Sequence[Places], size: int) -> sparse.csr_array:
    """Return how often each text has each stem."""
    columns = np.concatenate([np.zeros(0, dtype=np.int64), *stems])
    rows = np.repeat(np.arange(len(stems)), [len(own) for own in stems])
    counted = sparse.coo_array((np.ones(len(columns)), (rows, columns)), shape=(len(stems), max(size, 1)))
    return sparse.csr_array(counted)


def _dots(rows: Any, first: Places, second: Places, others: Any = None) -> Floats:
    found = rows[first].multiply((rows if others is None else others)[second]).sum(axis=1)
    return np.asarray(found, dtype=np.float64).ravel()


def _company(laid: Laid, words: Words, first: Places, second: Places) -> Floats:
    """Return how alike the mean vectors of the words are."""
    weights = np.concatenate([np.zeros(0), *(laid.rare[own] for own in laid.stems)])
    columns = np.concatenate([np.zeros(0, dtype=np.int64), *laid.words])
    rows = np.repeat(np.arange(len(laid.words)), [len(own) for own in laid.words])
    # a product with the vectors of all words would copy them all, for a few texts
    used, columns = np.unique(columns, return_inverse=True)
    counts = sparse.csr_array((weights, (rows, columns)), shape=(len(laid.words), len(used)))
    means = np.asarray(counts @ words.vectors[used])
    means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
    return np.asarray(np.einsum("ij,ij->i", means[first], means[second]), dtype=np.float64)


def _matches(laid: Laid, words: Words, first: Places, second: Places) -> dict[str, Floats]:
    """Return how well the words of either text are matched by the other's."""
    found = np.zeros((len(first), 8))
    sizes = np.array([min(len(own), CONTENT) for own in laid.stems], dtype=np.int64)
    # pairs of like sizes together, so that little is filled up
    order = np.lexsort((sizes[second], sizes[first]))
    for part in _parts(order):
        one = _padded(laid, words, first[part], sizes, -1)
        other = _padded(laid, words, second[part], sizes, -2)
        alike = np.matmul(words.vectors[one[0]], words.vectors[other[0]].transpose(0, 2, 1))
        same = one[1][:, :, None] == other[1][:, None, :]
        alike[same] = 1.0
        found[part, 0::2] = _matched(alike.max(axis=2, initial=0), same.any(axis=2), one[2])
        found[part, 1::2] = _matched(alike.max(axis=1, initial=0), same.any(axis=1), other[2])
    names = [f"{name}_{side}" for name in SIDED[1:5] for side in ("first", "second")]
    return dict(zip(names, found.T, strict=True))


def _parts(order: Places) -> Iterator[Places]:
    for start in range(0, len(order), _BATCH):
        yield order[start : start + _BATCH]


def _padded(
    laid: Laid, words: Words, texts: Places, sizes: Places, filler: int
) -> tuple[Places, Places, Floats]:
    """Return places, stems and weights of the words of some texts, filled up to the longest."""
    width = max(int(sizes[texts].max(initial=0)), 1)
    places = np.full((len(texts), width), len(words.vectors) - 1, dtype=np.int64)
    stems = np.full((len(texts), width), filler, dtype=np.int64)
    weights = np.zeros((len(texts), width))
    for row, text in enumerate(texts.tolist()):
        size = sizes[text]
        places[row, :size] = laid.words[text][:size]
        stems[row, :size] = laid.stems[text][:size]
        weights[row, :size] = laid.rare[laid.stems[text][:size]]
    return places, stems, weights


def _matched(best: Any, is_same: NDArray[np.bool_], weights: Floats) -> Floats:
    """Return of each text: the mean match, what has none, the nearest word that is not the same, the best."""
    mean = (best * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-9)
    missing = np.where(best < _FAR, weights, 0.0).sum(axis=1)
    near = np.where(is_same, 0.0, best).max(axis=1, initial=0)
    top = np.sort(best * weights, axis=1)[:, -_TOP:].sum(axis=1)
    return np.stack([mean, missing, near, top], axis=1)


def _contrasts(laid: Laid, first: Places, second: Places) -> dict[str, Floats]:
    denials, lengths = laid.denials, laid.lengths
    pairs = list(zip(first.tolist(), second.tolist(), strict=True))
    values = np.array([_values(laid.values[a], laid.values[b]) for a, b in pairs]).reshape(-1, 2)
    opposites = [_opposites(laid.axes[a], laid.axes[b]) for a, b in pairs]
    return {
        "denials_first": np.minimum(denials[first], 3),
        "denials_second": np.minimum(denials[second], 3),
        "denials_apart": np.minimum(np.abs(denials[first] - denials[second]), 3),
        "one_denies": ((denials[first] > 0) != (denials[second] > 0)).astype(np.float64),
        "length_first": lengths[first],
        "length_second": lengths[second],
        "lengths_apart": np.abs(lengths[first] - lengths[second]),
        "opposites": np.array(opposites, dtype=np.float64),
        "values_agree": values[:, 0],
        "values_differ": values[:, 1],
    }


def _values(one: Sequence[Quantity], other: Sequence[Quantity]) -> tuple[float, float]:
    """Say whether values of one dimension agree, or else whether there are such that differ."""
    if not one or not other:
        return 0.0, 0.0
    both = [agree(a, b) for a in one for b in other if a.dimension == b.dimension]
    return float(any(both)), float(bool(both) and not any(both))


def _opposites(one: frozenset[tuple[int, int]], other: frozenset[tuple[int, int]]) -> int:
    """Count lines of which each text has one side alone, and not the same."""
    mine, theirs = one - other, other - one
    return min(3, sum((line, 1 - side) in theirs for line, side in mine))
