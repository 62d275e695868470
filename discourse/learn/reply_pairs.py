"""Agree, disagree or neither, for a post and the post that it answers: one linear model over both texts.

It reads hashed n-grams of the reply, of its opening words and its first sentence, n-grams of the post
answered, and named features of both (`reply_features`). In a thread a second linear model weighs its
shares with how each reply stands there (`reply_context`). What both have learned, from what, and how well
they do stands on their card (`models/reply_labels/card.json`); `tests/evaluation/fit_reply_labels.py` trains
them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files
from itertools import islice
from types import MappingProxyType

import numpy as np
from scipy import sparse

from discourse.learn.linear import Floats, Head, Heads
from discourse.learn.ngrams import Space, ngram_matrix
from discourse.learn.reply_context import WITHOUT_QUOTATIONS, measures
from discourse.learn.reply_features import Features, Pair
from discourse.learn.reply_labels import LABELS, Reading, read
from discourse.learn.reply_sets import Ints
from discourse.learn.reply_threads import Posts, Turn, posts_of
from discourse.learn.reply_vocabulary import Words
from discourse.learn.stored import Stored, read_model
from discourse.text.normalise import fold

LANGUAGES = ("en",)
MODEL = "reply_labels"
LENGTH = 1200  # characters of a reply that count
ENDING = 1200  # characters at the end of the post answered that count
SENTENCE = 300  # characters of the first sentence that count
OPENING = 12  # words
SELDOM = 0.5  # share of replies without quotation above which it tells nothing that one has none
THREADS = ("thread_", "plain_")  # weights of threads with quotations, and of those with few
ENOUGH = 10  # replies of a thread with which all that it tells counts
ANCHOR = "0open"  # a word that no text has, before the opening: n-grams know where a reply begins
SPACES = {
    "reply": Space(words=(1, 2), bits=17, tag="reply"),
    "opening": Space(words=(1, 4), bits=17, tag="reply opening"),
    "sentence": Space(words=(1, 2), bits=16, tag="reply sentence"),
    "parent": Space(words=(1, 2), bits=16, tag="reply parent"),
}
HASHED = sum(space.columns for space in SPACES.values())
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[?!…]")
_END = re.compile(r"[.!?]\s|\n")
_BEFORE = " \t\n\"'.-*>"  # what may stand before a reply's first word
_QUOTED = re.compile(r"^[ \t]*>.*$", re.MULTILINE)


def bare(text: str) -> str:
    """Return what counts of a folded reply: from its first word on, so many characters."""
    return text.lstrip(_BEFORE)[:LENGTH]


def ending(text: str) -> str:
    """Return what counts of the folded post that is answered: its end, which most replies are about."""
    return text[-ENDING:]


def pair_matrix(replies: Sequence[str], parents: Sequence[str]) -> sparse.csr_array:
    """Return the n-grams of replies and of what they answer, a row a pair; texts are folded."""
    return sparse.csr_array(sparse.hstack(_blocks(replies, parents), format="csr"))


def _blocks(replies: Sequence[str], parents: Sequence[str]) -> list[sparse.csr_array]:
    bared = [bare(text) for text in replies]
    texts = {
        "reply": bared,
        "opening": [_opening(text) for text in bared],
        "sentence": [_first_sentence(text) for text in bared],
        "parent": [ending(text) for text in parents],
    }
    return [ngram_matrix(texts[name], space) for name, space in SPACES.items()]


def _opening(text: str) -> str:
    words = [found.group() for found in islice(_WORD.finditer(text), OPENING)]
    return " ".join([ANCHOR, *words]) if words else ""


def _first_sentence(text: str) -> str:
    end = _END.search(text)
    return text[: min(SENTENCE, end.start() if end else SENTENCE)]


def named_matrix(found: Iterable[Mapping[str, float]], columns: Mapping[str, int]) -> sparse.csr_array:
    """Return named features as rows; names without a column are left out."""
    values: list[float] = []
    places: list[int] = []
    starts = [0]
    for row in found:
        kept = sorted((columns[name], value) for name, value in row.items() if name in columns)
        places.extend(place for place, _ in kept)
        values.extend(value for _, value in kept)
        starts.append(len(places))
    return sparse.csr_array(
        (np.array(values, dtype=np.float32), np.array(places, dtype=np.int32), np.array(starts)),
        shape=(len(starts) - 1, len(columns)),
    )


class ReplyModel:
    """The model as it was trained: points and shares for pairs of texts, and what decided them."""

    def __init__(self, stored: Stored) -> None:
        """Take a stored model.

        Raises
        ------
        ModelError
            Where its arrays or its card are not those of such a model.
        """
        try:
            names = [str(name) for name in stored.card["named"]]
            self.columns = {name: place for place, name in enumerate(names)}
            size = HASHED + len(names)
            self._head = Head.unpacked(stored.arrays, labels=LABELS, columns=size, is_choice=True)
            self.measures = [str(name) for name in stored.card["thread_named"]]
            self._quoting, self._plain = (
                Head.unpacked(
                    stored.arrays, labels=LABELS, columns=len(self.measures), is_choice=True, prefix=prefix
                )
                for prefix in THREADS
            )
        except (KeyError, ValueError, IndexError, TypeError) as error:
            raise stored.fault("it is no model of replies that this version reads") from error
        self._heads = Heads([self._head])

    def shares(self, pairs: Sequence[Pair]) -> Floats:
        """Return the shares of `LABELS`, a row a pair of a reply and what it answers; each adds up to 1."""
        return self.weigh(pairs)[0]

    def weigh(self, pairs: Sequence[Pair], words: Words | None = None) -> tuple[Floats, sparse.csr_array]:
        """Return the shares of `LABELS`, a row a pair, and the named features that they have.

        Parameters
        ----------
        words
            Of all readings in the pairs, where they are laid out already.
        """
        if not pairs:
            return np.zeros((0, len(LABELS))), sparse.csr_array((0, len(self.columns)))
        measured = Features(pairs, words)
        named = self._named(measured)
        rows = sparse.hstack([*_hashed(pairs, measured), named.astype(np.float32)], format="csr")
        return self._heads.shares(rows)[0], named

    def _named(self, measured: Features) -> sparse.csr_array:
        table = np.zeros((len(measured.own), len(self.columns)))
        for name, values in measured.columns().items():
            if (column := self.columns.get(name)) is not None:
                table[:, column] = values
        for pair, name, value in measured.found():
            if (column := self.columns.get(name)) is not None:
                table[pair, column] = value
        return sparse.csr_array(table)

    def thread_shares(
        self, turns: Sequence[Turn], shares: Mapping[int, Sequence[float]]
    ) -> dict[int, list[float]]:
        """Judge the replies of a thread together.

        Parameters
        ----------
        turns
            All posts, in page order.
        shares
            By place what the texts alone say of each reply (`shares`).

        Returns
        -------
        dict
            By place the shares of `LABELS`, rounded to four decimals.
        """
        places = [place for place, turn in enumerate(turns) if turn.parent is not None and place in shares]
        alone = np.array([shares[place] for place in places], dtype=np.float64).reshape(-1, len(LABELS))
        told = self.shares_in_threads(posts_of([turns]), np.array(places, dtype=np.int64), alone)
        return dict(zip(places, told.tolist(), strict=True))

    def shares_in_threads(self, posts: Posts, judged: Ints, alone: Floats) -> Floats:
        """Judge the replies of many threads, those of each thread together.

        Parameters
        ----------
        judged
            Places of the posts that are judged, rising; each answers another post.
        alone
            What the texts alone say of each (`shares`).

        Returns
        -------
        Floats
            The shares of `LABELS`, a row a reply, rounded to four decimals.
        """
        if not len(judged):
            return np.zeros((0, len(LABELS)))
        columns = measures(posts, judged, alone)
        thread = posts.thread_of[judged]
        count = np.bincount(thread)
        seldom = np.bincount(thread, columns["quotes_none"]) > SELDOM * count
        plain = seldom[thread]
        table = np.empty((len(judged), len(self.measures)))
        for place, name in enumerate(self.measures):
            table[:, place] = columns[name]
            if name in WITHOUT_QUOTATIONS:
                table[plain, place] = WITHOUT_QUOTATIONS[name]
        told = np.empty((len(judged), len(LABELS)))
        for head, rows in ((self._plain, plain), (self._quoting, ~plain)):
            # summed column by column: the same bits whatever stands in the other rows
            points = (table[rows][:, :, None] * head.weights.astype(np.float64)).sum(axis=1)
            told[rows] = head.shares(points + head.bias)
        # learned from threads of some length: of a few replies the texts alone tell more
        trust = np.minimum(1.0, count / ENOUGH)[thread][:, None]
        mixed: Floats = (trust * told + (1 - trust) * alone).round(4)
        return mixed

    def telling(self, own: Reading, parent: Reading, label: str, *, most: int = 3) -> list[str]:
        """Return the named features that speak most for a label, against the mean of the others."""
        return self.most_telling(self.weigh([(own, parent)])[1], np.array([LABELS.index(label)]), most=most)[
            0
        ]

    def most_telling(self, named: sparse.csr_array, labels: Ints, *, most: int = 3) -> list[list[str]]:
        """Return for each row those features that speak most for its label, against the mean of the others.

        Parameters
        ----------
        named
            As `weigh` returns them.
        labels
            The place in `LABELS` of the label that each row is asked for.
        """
        lengths = np.diff(named.indptr)
        rows = np.repeat(np.arange(len(lengths)), lengths)
        leads = rounded(self._leads[named.indices, labels[rows]] * named.data)
        # of those that lead alike the one whose name comes first
        names = sorted(self.columns, reverse=True)
        ranks = np.empty(len(names), dtype=np.int64)
        ranks[[self.columns[name] for name in names]] = np.arange(len(names))
        keys = leads * len(names) + ranks[named.indices]
        keys[leads <= 0] = -1
        found: list[list[str]] = [[] for _ in lengths]
        given = np.flatnonzero(lengths)
        for _ in range(most if len(given) else 0):
            best = np.full(len(lengths), -1, dtype=np.int64)
            best[given] = np.maximum.reduceat(keys, named.indptr[:-1][given])
            for row in np.flatnonzero(best >= 0).tolist():
                found[row].append(names[int(best[row]) % len(names)])
            keys[keys == best[rows]] = -1
        return found

    @cached_property
    def _leads(self) -> Floats:
        """By how much each named feature speaks for a label, against the mean of the others."""
        weights = self._head.weights[HASHED:]
        others = [np.delete(weights, place, axis=1) for place in range(len(LABELS))]
        means = np.array([[row.mean() for row in rows] for rows in others]).T
        found: Floats = weights.astype(np.float64) - means.astype(np.float64)
        return found


def rounded(values: Floats) -> Ints:
    """Return numbers in ten-thousandths as `round` finds them, which looks at all their digits."""
    scaled = values * 1e4
    found: Ints = np.rint(scaled).astype(np.int64)
    for place in np.flatnonzero(np.abs(np.abs(scaled - np.trunc(scaled)) - 0.5) < 1e-6).tolist():
        found[place] = round(round(float(values[place]), 4) * 1e4)
    return found


def _hashed(pairs: Sequence[Pair], measured: Features) -> list[sparse.csr_array]:
    """Return the n-grams of pairs; those of a post answered are counted once for all its answers."""
    answered, places = np.unique(measured.answered, return_inverse=True)
    *blocks, theirs = _blocks(
        [own.text for own, _ in pairs], [measured.readings[place].text for place in answered.tolist()]
    )
    return [*blocks, theirs[places]]


@cache
def shipped() -> ReplyModel:
    """Return the model that comes with the package, read once."""
    return ReplyModel(read_model(files("discourse.learn").joinpath("models", MODEL)))


def pair_shares(
    texts: Sequence[tuple[str, str]], known: Mapping[str, Reading] = MappingProxyType({})
) -> Floats:
    """Return the shares of `LABELS`, a row a pair of a reply and the text that it answers.

    Lines that either quotes behind a ">" count as nobody's own, but where there are no others.

    Parameters
    ----------
    known
        How some folded texts read; others are read, each once.
    """
    readings = dict(known)
    pairs = [judged_texts(own, parent) for own, parent in texts]
    for folded in (text for pair in pairs for text in pair if text not in readings):
        readings[folded] = read(folded)
    return shipped().shares([(readings[own], readings[parent]) for own, parent in pairs])


def judged_texts(own: str, parent: str) -> tuple[str, str]:
    """Return the folded texts, of a reply and of what it answers, on which alone `pair_shares` rests."""
    return fold(_counted(unquoted(own))), fold(ending(unquoted(parent)))


def unquoted(text: str) -> str:
    """Return a text without the lines behind a ">"; all of it where it has no other words."""
    if ">" not in text:
        return text
    rest = _QUOTED.sub("", text)
    return rest if _WORD.search(rest) else text


def _counted(own: str) -> str:
    return own[: len(own) - len(own.lstrip()) + LENGTH]
