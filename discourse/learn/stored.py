"""Models on disk: arrays without code (`weights.npz`) and a card that says what they are (`card.json`).

A model loads only where both are what was written: the card holds the SHA-256 of every array and of itself.
"""

import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.lib import format as npy
from numpy.typing import NDArray

from discourse.errors import ModelError

CARD, WEIGHTS = "card.json", "weights.npz"
# what every card says
FIELDS = ("task", "labels", "languages", "data", "split", "figures", "limits", "date", "seed")
_KINDS = "biuf"  # numbers; no objects, no texts
_LARGEST = 1 << 30  # bytes of all arrays
_HEADERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}

Arrays = Mapping[str, NDArray[Any]]


class Stored(Struct, frozen=True):
    """A model as it was read."""

    where: str  # for errors
    card: Mapping[str, Any]
    arrays: Arrays

    def fault(self, problem: str) -> ModelError:
        """Return the error to raise where the arrays or the card do not make a model."""
        return _fault(self.where, problem)


def write_model(folder: Path, card: Mapping[str, Any], arrays: Arrays) -> None:
    """Write a model; the same card and arrays give the same bytes.

    Parameters
    ----------
    folder
        Made where it is missing.
    card
        With `FIELDS`; its date is the caller's. `sha256` is added.
    """
    missing = [name for name in FIELDS if name not in card]
    if missing:
        raise ValueError(f"the card lacks {', '.join(missing)}")
    folder.mkdir(parents=True, exist_ok=True)
    packed = io.BytesIO()
    np.savez_compressed(packed, allow_pickle=False, **{name: arrays[name] for name in sorted(arrays)})
    (folder / WEIGHTS).write_bytes(packed.getvalue())
    (folder / CARD).write_text(shown_card(signed(card, arrays)), encoding="utf-8", newline="\n")


def signed(card: Mapping[str, Any], arrays: Arrays) -> dict[str, Any]:
    """Return a card with the SHA-256 of each array and of its other fields."""
    bare = {name: value for name, value in card.items() if name != "sha256"}
    sums = {name: _sum_of(array) for name, array in sorted(arrays.items())}
    return {**bare, "sha256": {"arrays": sums, "card": _card_sum(bare)}}


def shown_card(card: Mapping[str, Any]) -> str:
    """Write a card as it stands on disk."""
    return json.dumps(card, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def read_model(folder: Path | Traversable) -> Stored:
    """Read a model from a folder or from a package's data.

    Raises
    ------
    ModelError
        Where a file is missing, no model's, or not the one that was written.
    """
    where = str(folder)
    card = _read_card(folder, where)
    arrays = _read_arrays(_bytes_of(folder, WEIGHTS, where), where)
    try:
        is_whole = signed(card, arrays)["sha256"] == card.get("sha256")
    except ValueError:  # a number that no card has: NaN, infinity
        is_whole = False
    if not is_whole:
        raise _fault(where, "its files are not those that were written: the checksums differ")
    return Stored(where, card, arrays)


def _bytes_of(folder: Path | Traversable, name: str, where: str) -> bytes:
    try:
        return folder.joinpath(name).read_bytes()
    except OSError as error:
        raise _fault(where, f"its {name} cannot be read ({error.strerror or 'no such file'})") from error


def _read_card(folder: Path | Traversable, where: str) -> dict[str, Any]:
    try:
        card = json.loads(_bytes_of(folder, CARD, where))
    except (ValueError, RecursionError) as error:
        raise _fault(where, f"its {CARD} is no JSON") from error
    if not isinstance(card, dict) or any(name not in card for name in FIELDS):
        raise _fault(where, f"its {CARD} is no model's card")
    return card


def _read_arrays(data: bytes, where: str) -> dict[str, NDArray[Any]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _LARGEST:
                raise _fault(where, f"its {WEIGHTS} is larger than {_LARGEST >> 20} MB")
            names = [info.filename for info in archive.infolist()]
            return {name.removesuffix(".npy"): _array(archive.read(name)) for name in names}
    except (zipfile.BadZipFile, zlib.error, ValueError, LookupError, EOFError, RuntimeError) as error:
        raise _fault(where, f"its {WEIGHTS} holds no arrays of numbers") from error


def _array(data: bytes) -> NDArray[Any]:
    """Read one array, believing its header only where as many bytes follow as it says."""
    file = io.BytesIO(data)
    shape, is_fortran, dtype = _HEADERS[npy.read_magic(file)](file)
    values = data[file.tell() :]
    count = 1
    for size in shape:
        count *= size
    if dtype.kind not in _KINDS or count * dtype.itemsize != len(values):
        raise ValueError("no array of numbers")
    return np.frombuffer(values, dtype=dtype).reshape(shape, order="F" if is_fortran else "C")


def _sum_of(array: NDArray[Any]) -> str:
    little = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
    head = f"{little.dtype.str} {','.join(map(str, array.shape))}\n"
    return sha256(head.encode() + little.tobytes()).hexdigest()


def _card_sum(card: Mapping[str, Any]) -> str:
    bare = {name: value for name, value in card.items() if name != "sha256"}
    text = json.dumps(bare, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return sha256(text.encode()).hexdigest()


def _fault(where: str, problem: str) -> ModelError:
    return ModelError(
        where=f"model {where}",
        problem=problem,
        fix="Train it again, or give a folder that `discourse train` wrote",
    )
