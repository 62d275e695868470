"""Agree, disagree or neither, for a post and the post that it answers: one linear model over both texts.

It reads hashed n-grams of the reply, of its opening words and its first sentence, n-grams of the post
answered, and named features of both (`reply_labels.features`). In a thread a second linear model weighs its
shares with how each reply stands there (`reply_context`). What both have learned, from what, and how well
they do stands on their card (`models/reply_labels/card.json`); `tests/evaluation/fit_reply_labels.py` trains
them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import islice

import numpy as np
from scipy import sparse

from discourse.learn.linear import Floats, Head, Heads
from discourse.learn.ngrams import Space, ngram_matrix
from discourse.learn.reply_context import Turn, context_rows
from discourse.learn.reply_labels import LABELS, Reading, features, read
from discourse.learn.stored import Stored, read_model

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

    def shares(self, pairs: Sequence[tuple[Reading, Reading]]) -> Floats:
        """Return the shares of `LABELS`, a row a pair of a reply and what it answers; each adds up to 1."""
        if not pairs:
            return np.zeros((0, len(LABELS)))
        hashed = _blocks([own.text for own, _ in pairs], [parent.text for _, parent in pairs])
        named = named_matrix((features(own, parent) for own, parent in pairs), self.columns)
        shares: Floats = self._heads.shares(sparse.hstack([*hashed, named], format="csr"))[0]
        return shares

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
        rows = context_rows(turns, shares)
        if not rows:
            return {}
        head = self._quoting
        if sum(row["quotes_none"] for row in rows.values()) > SELDOM * len(rows):
            head = self._plain
            rows = context_rows([replace(turn, quoted=()) for turn in turns], shares)
        table = np.array([[row[name] for name in self.measures] for row in rows.values()])
        # summed column by column: the same bits whatever stands in the other rows
        points = (table[:, :, None] * head.weights.astype(np.float64)).sum(axis=1)
        # learned from threads of some length: of a few replies the texts alone tell more
        trust = min(1.0, len(rows) / ENOUGH)
        alone = np.array([shares[place] for place in rows])
        mixed = trust * head.shares(points + head.bias) + (1 - trust) * alone
        told: list[list[float]] = mixed.round(4).tolist()
        return dict(zip(rows, told, strict=True))

    def telling(self, own: Reading, parent: Reading, label: str, *, most: int = 3) -> list[str]:
        """Return the named features that speak most for a label, against the mean of the others."""
        place = LABELS.index(label)
        points: list[tuple[float, str]] = []
        for name, value in features(own, parent).items():
            if name in self.columns:
                weights = self._head.weights[HASHED + self.columns[name]]
                lead = float(weights[place]) - float(np.delete(weights, place).mean())
                points.append((round(lead * value, 4), name))
        points.sort(key=lambda point: (-point[0], point[1]))
        return [name for lead, name in points[:most] if lead > 0]


@cache
def shipped() -> ReplyModel:
    """Return the model that comes with the package, read once."""
    return ReplyModel(read_model(files("discourse.learn").joinpath("models", MODEL)))


def pair_shares(texts: Sequence[tuple[str, str]]) -> Floats:
    """Return the shares of `LABELS`, a row a pair of a reply and the text that it answers.

    Lines that either quotes behind a ">" count as nobody's own, but where there are no others.
    """
    pairs = [(unquoted(own), unquoted(parent)) for own, parent in texts]
    return shipped().shares([(read(_counted(own)), read(ending(parent))) for own, parent in pairs])


def unquoted(text: str) -> str:
    """Return a text without the lines behind a ">"; all of it where it has no other words."""
    if ">" not in text:
        return text
    rest = _QUOTED.sub("", text)
    return rest if _WORD.search(rest) else text


def _counted(own: str) -> str:
    return own[: len(own) - len(own.lstrip()) + LENGTH]
