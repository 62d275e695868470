"""Some thousand posts of an export, and the table that they make."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from msgspec import Struct
from numpy.typing import NDArray

from discourse.ingest.exports.moments import MISSING
from discourse.model import Post
from discourse.tables import POSTS, rows_of

_WRITTEN = 20  # characters of a moment as the tables have it


class Batch(Struct, frozen=True):
    """Posts, column by column, in the order of their file; columns of texts as Arrow holds them."""

    source_id: str
    first: int  # position of the first post, 1-based
    post_ids: Any
    thread_ids: Any
    authors: Any
    seconds: NDArray[np.int64]  # since 1970 in UTC, `moments.MISSING` where unknown
    reply_to: Any
    bodies: Any
    metas: Any

    @property
    def texts(self) -> list[str]:
        """The posts' texts."""
        texts: list[str] = self.bodies.to_pylist()
        return texts

    @property
    def weight(self) -> int:
        """Bytes of text, about."""
        return int(self.bodies.nbytes)

    def __len__(self) -> int:
        return len(self.seconds)

    def frame(self, positions: NDArray[np.int64] | None = None) -> pd.DataFrame:
        """Return the posts as a table of the contract.

        Parameters
        ----------
        positions
            Where each post stood in its file, 1-based, if they do not follow each other there.
        """
        size = len(self)
        places = np.arange(self.first, self.first + size) if positions is None else positions
        answers = self.reply_to.is_valid().to_numpy(zero_copy_only=False)
        nothing, no_number = _constant(None, size), _no_numbers(size)
        columns: dict[str, Any] = {
            "post_id": _column(self.post_ids),
            "thread_id": _column(self.thread_ids),
            "source_id": _constant(self.source_id, size),
            "position": _numbers(places),
            "author": _column(self.authors),
            "addressee": nothing,
            "timestamp": _moments(self.seconds),
            "reply_to": _column(self.reply_to),
            "reply_evidence": _chosen(answers, "explicit", "none"),
            "reply_score": np.where(answers, 1.0, np.nan),
            "start_line": no_number,
            "end_line": no_number.copy(),
            "body_line": no_number.copy(),
            "lang": nothing,
            "text": _column(self.bodies),
            "addressee_time": nothing,
            "split_score": np.ones(size),
            "meta": _column(self.metas),
        }
        return pd.DataFrame(columns, columns=POSTS.names, copy=False)

    def posts(self) -> Iterator[Post]:
        """Yield the posts as records."""
        yield from rows_of(Post, self.frame())

    def part(self, start: int, stop: int) -> "Batch":
        """Return the posts of a half-open range of places; nothing is copied."""
        return Batch(
            self.source_id,
            self.first + start,
            self.post_ids[start:stop],
            self.thread_ids[start:stop],
            self.authors[start:stop],
            self.seconds[start:stop],
            self.reply_to[start:stop],
            self.bodies[start:stop],
            self.metas[start:stop],
        )


def joined(batches: Sequence[Batch]) -> Batch:
    """Return posts that follow each other as one batch; no text is copied."""
    if len(batches) == 1:
        return batches[0]
    return Batch(
        batches[0].source_id,
        batches[0].first,
        _chunked([batch.post_ids for batch in batches]),
        _chunked([batch.thread_ids for batch in batches]),
        _chunked([batch.authors for batch in batches]),
        np.concatenate([batch.seconds for batch in batches]),
        _chunked([batch.reply_to for batch in batches]),
        _chunked([batch.bodies for batch in batches]),
        _chunked([batch.metas for batch in batches]),
    )


def _chunked(columns: Sequence[Any]) -> Any:
    import pyarrow as pa  # noqa: PLC0415

    parts = [
        part
        for column in columns
        for part in (column.chunks if isinstance(column, pa.ChunkedArray) else [column])
    ]
    return pa.chunked_array(parts, type=pa.large_string())


def _column(strings: Any) -> Any:
    return pd.array(strings, dtype="str")


def _numbers(values: NDArray[np.int64]) -> Any:
    return pd.arrays.IntegerArray(values, np.zeros(len(values), dtype=np.bool_))


def _no_numbers(size: int) -> Any:
    return pd.arrays.IntegerArray(np.ones(size, dtype=np.int64), np.ones(size, dtype=np.bool_))


def _constant(value: str | None, size: int) -> Any:
    import pyarrow as pa  # noqa: PLC0415

    return _column(pa.repeat(pa.scalar(value, pa.large_string()), size))


def _chosen(flags: NDArray[np.bool_], yes: str, no: str) -> Any:
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    return _column(
        pc.if_else(pa.array(flags), pa.scalar(yes, pa.large_string()), pa.scalar(no, pa.large_string()))
    )


def _moments(seconds: NDArray[np.int64]) -> Any:
    """Write seconds as `tables.format_time` writes moments."""
    import pyarrow as pa  # noqa: PLC0415

    known = seconds != MISSING
    # without a zone: looking one up costs twenty times the rest
    shown = pa.array(seconds[known]).cast(pa.timestamp("s")).cast(pa.large_string())
    letters = np.full((len(shown), _WRITTEN), ord("Z"), dtype=np.uint8)
    # each is as long as the next: years have four digits, see `moments`
    letters[:, :-1] = np.frombuffer(shown.buffers()[2] or b"", np.uint8)[: 19 * len(shown)].reshape(-1, 19)
    letters[:, 10] = ord("T")
    bounds = np.zeros(len(seconds) + 1, dtype=np.int64)
    np.cumsum(np.where(known, _WRITTEN, 0), out=bounds[1:])
    validity = pa.py_buffer(np.packbits(known, bitorder="little").tobytes())
    buffers = [validity, pa.py_buffer(bounds.tobytes()), pa.py_buffer(letters.tobytes())]
    return _column(pa.Array.from_buffers(pa.large_string(), len(seconds), buffers))
