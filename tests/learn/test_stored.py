import io
import json
import pickle
import zipfile

import numpy as np
import pytest

from discourse.errors import ModelError
from discourse.learn.stored import CARD, FIELDS, WEIGHTS, read_model, signed, write_model

ARRAYS = {
    "weights": np.arange(12, dtype=np.float16).reshape(3, 4),
    "columns": np.array([1, 5, 9], dtype=np.int32),
}
DATA = {"name": "made up", "licence": "CC0-1.0", "rows": 3}
MODEL_CARD = dict.fromkeys(FIELDS) | {
    "task": "mood",
    "labels": ["glad", "süß"],
    "data": [DATA],
    "seed": 7,
}


@pytest.fixture
def folder(tmp_path):
    write_model(tmp_path / "mood", MODEL_CARD, ARRAYS)
    return tmp_path / "mood"


def test_a_model_reads_back_as_it_was_written(folder):
    model = read_model(folder)
    assert {name: model.card[name] for name in FIELDS} == MODEL_CARD
    for name, array in ARRAYS.items():
        assert np.array_equal(model.arrays[name], array)
        assert model.arrays[name].dtype == array.dtype


def test_the_same_model_has_the_same_bytes(folder, tmp_path):
    write_model(tmp_path / "again", MODEL_CARD, dict(reversed(ARRAYS.items())))
    for name in (CARD, WEIGHTS):
        assert (folder / name).read_bytes() == (tmp_path / "again" / name).read_bytes()


def test_checksums_do_not_depend_on_how_an_array_lies_in_memory():
    turned = {
        name: np.asfortranarray(array).astype(array.dtype.newbyteorder(">")) for name, array in ARRAYS.items()
    }
    assert signed(MODEL_CARD, turned) == signed(MODEL_CARD, ARRAYS)


def test_a_changed_card_does_not_load(folder):
    card = json.loads((folder / CARD).read_text())
    card["labels"].reverse()
    (folder / CARD).write_text(json.dumps(card))
    with pytest.raises(ModelError, match="checksums differ"):
        read_model(folder)


@pytest.mark.parametrize("number", ["NaN", "1e999"])
def test_a_card_with_a_number_that_none_has_does_not_load(folder, number):
    (folder / CARD).write_text((folder / CARD).read_text().replace('"seed": 7', f'"seed": {number}'))
    with pytest.raises(ModelError, match="checksums differ"):
        read_model(folder)


def test_changed_weights_do_not_load(folder):
    np.savez_compressed(folder / WEIGHTS, **{**ARRAYS, "columns": np.array([1, 5, 8], dtype=np.int32)})
    with pytest.raises(ModelError, match="checksums differ"):
        read_model(folder)


def test_further_arrays_do_not_load(folder):
    np.savez_compressed(folder / WEIGHTS, **ARRAYS, more=np.zeros(2))
    with pytest.raises(ModelError, match="checksums differ"):
        read_model(folder)


class Trap:
    def __reduce__(self):
        return (pytest.fail, ("code of the model ran",))


def test_code_in_a_model_never_runs(folder):
    data = io.BytesIO()
    np.lib.format.write_array(data, np.array([Trap()], dtype=object), allow_pickle=True)
    with zipfile.ZipFile(folder / WEIGHTS, "w") as archive:
        archive.writestr("weights.npy", data.getvalue())
    with pytest.raises(ModelError, match="no arrays of numbers"):
        read_model(folder)
    (folder / WEIGHTS).write_bytes(pickle.dumps(Trap()))
    with pytest.raises(ModelError, match="no arrays of numbers"):
        read_model(folder)


def test_a_header_that_promises_more_than_there_is_takes_no_memory(folder):
    data = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        data, {"descr": "<f8", "fortran_order": False, "shape": (10**9, 10**6)}
    )
    with zipfile.ZipFile(folder / WEIGHTS, "w") as archive:
        archive.writestr("weights.npy", data.getvalue())
    with pytest.raises(ModelError, match="no arrays of numbers"):
        read_model(folder)


def test_weights_that_unpack_beyond_measure_do_not_load(folder, monkeypatch):
    monkeypatch.setattr("discourse.learn.stored._LARGEST", 100)
    with pytest.raises(ModelError, match="larger than"):
        read_model(folder)


@pytest.mark.parametrize("cut", [0, 10, 150, -30])
def test_weights_that_were_cut_off_do_not_load(folder, cut):
    (folder / WEIGHTS).write_bytes((folder / WEIGHTS).read_bytes()[:cut])
    with pytest.raises(ModelError, match=r"weights\.npz holds no arrays"):
        read_model(folder)


@pytest.mark.parametrize("text", ["", "[]", "{}", "[" * 100_000, '{"task": 1}', "\x00"])
def test_a_card_that_is_none_does_not_load(folder, text):
    (folder / CARD).write_text(text)
    with pytest.raises(ModelError, match=r"card\.json is no"):
        read_model(folder)


def test_a_folder_without_a_model_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"card\.json cannot be read.*Train it again"):
        read_model(tmp_path / "nothing")


def test_a_card_that_says_too_little_is_not_written(tmp_path):
    with pytest.raises(ValueError, match="lacks labels"):
        write_model(tmp_path, {"task": "mood", **dict.fromkeys(FIELDS[2:])}, ARRAYS)
