"""The trained encoder as a file for onnxruntime, with weights of eight bits.

The graph is written out here node by node: it then holds nothing that only training needs, takes one pair
at a time (so nothing is filled up, and nothing masked), and depends on no exporter.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from tests.evaluation.reader.network import EPSILON, HEADS, LAYERS, WIDTH

OPSET = 20
BLOCK = 64  # weights in a row that share a step
_ZERO = 128  # stands for 0 among eight bits without a sign
_IN_EIGHT_BITS = 4  # how onnxruntime is told to multiply: what comes in is cut into steps too, row by row
_DEPTH = WIDTH // HEADS

Weights = Mapping[str, NDArray[np.float32]]


class _Graph:
    """Nodes and weights as they are added."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def keep(self, name: str, values: NDArray[Any]) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(self, kind: str, given: list[str], made: str, **how: Any) -> str:
        self.nodes.append(helper.make_node(kind, given, [made], name=made, **how))
        return made

    def linear(self, made: str, given: str, weight: NDArray[Any], bias: NDArray[Any]) -> str:
        """Add a product with a matrix, outputs × inputs, kept in eight bits, and a bias."""
        rows, columns = weight.shape
        blocks = weight.reshape(rows, columns // BLOCK, BLOCK)
        step = np.maximum(np.abs(blocks).max(axis=2), 1e-12) / 127
        kept = (np.round(blocks / step[:, :, None]) + _ZERO).astype(np.uint8)
        packed = [self.keep(f"{made}.weight", kept), self.keep(f"{made}.step", step.astype(np.float32))]
        product = self.add(
            "MatMulNBits",
            [given, *packed],
            f"{made}.product",
            domain="com.microsoft",
            K=columns,
            N=rows,
            bits=8,
            block_size=BLOCK,
            accuracy_level=_IN_EIGHT_BITS,
        )
        return self.add("Add", [product, self.keep(f"{made}.bias", bias)], made)

    def normal(self, made: str, given: str, weights: Weights, name: str) -> str:
        kept = [self.keep(f"{made}.{kind}", weights[f"{name}.{kind}"]) for kind in ("weight", "bias")]
        return self.add("LayerNormalization", [given, *kept], made, epsilon=EPSILON)


def graph_of(weights: Weights) -> Any:
    """Return the encoder as an ONNX model: `ids` and `kinds` in, `last` out, all pairs × pieces (× width)."""
    made = _Graph()
    made.keep("split", np.array([0, 0, HEADS, _DEPTH], dtype=np.int64))
    made.keep("joined", np.array([0, 0, WIDTH], dtype=np.int64))
    rows = _embedded(made, weights)
    for number in range(LAYERS):
        rows = _layer(made, rows, weights, f"layers.{number}", is_last=number == LAYERS - 1)
    given = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["pairs", "pieces"])
        for name in ("ids", "kinds")
    ]
    last = helper.make_tensor_value_info("last", TensorProto.FLOAT, ["pairs", "pieces", WIDTH])
    graph = helper.make_graph(made.nodes, "reader", given, [last], made.weights)
    kinds = [helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(graph, opset_imports=kinds, producer_name="discourse")
    model.ir_version = 10
    onnx.checker.check_model(model)
    return model


def _embedded(made: _Graph, weights: Weights) -> str:
    made.keep("first", np.array([0], dtype=np.int64))
    made.keep("second", np.array([1], dtype=np.int64))
    made.add("Shape", ["ids"], "shape")
    made.add("Gather", ["shape", "second"], "length")
    _words(made, weights["word.weight"])
    made.add("Gather", [made.keep("kind", weights["kind.weight"]), "kinds"], "sides")
    made.add("Slice", [made.keep("pos", weights["pos.weight"]), "first", "length"], "places")
    made.add("Add", ["words", "sides"], "words.sides")
    made.add("Add", ["words.sides", "places"], "summed")
    return made.normal("embedded", "summed", weights, "norm")


def _words(made: _Graph, table: NDArray[np.float32]) -> None:
    """Look words up in a table of eight bits, with a step of its own for each word."""
    step = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-12) / 127
    made.keep("word", np.round(table / step).astype(np.int8))
    made.keep("word.step", step.astype(np.float32))
    made.add("Gather", ["word", "ids"], "words.steps")
    made.add("Cast", ["words.steps"], "words.whole", to=TensorProto.FLOAT)
    made.add("Gather", ["word.step", "ids"], "words.step")
    made.add("Mul", ["words.whole", "words.step"], "words")


def _layer(made: _Graph, rows: str, weights: Weights, name: str, *, is_last: bool) -> str:
    asked = []
    for number, part in enumerate(("query", "key", "value")):
        of = slice(number * WIDTH, (number + 1) * WIDTH)
        weight, bias = weights[f"{name}.qkv.weight"][of], weights[f"{name}.qkv.bias"][of]
        if part == "query":  # what the products are divided by
            weight, bias = weight / np.float32(_DEPTH**0.5), bias / np.float32(_DEPTH**0.5)
        whole = made.linear(f"{name}.{part}.whole", rows, weight, bias)
        split = made.add("Reshape", [whole, "split"], f"{name}.{part}.split")
        turned = [0, 2, 3, 1] if part == "key" else [0, 2, 1, 3]
        asked.append(made.add("Transpose", [split], f"{name}.{part}", perm=turned))
    query, key, value = asked
    points = made.add("MatMul", [query, key], f"{name}.points")
    shares = made.add("Softmax", [points], f"{name}.shares", axis=-1)
    seen = made.add("MatMul", [shares, value], f"{name}.seen")
    turned_back = made.add("Transpose", [seen], f"{name}.seen.turned", perm=[0, 2, 1, 3])
    joined = made.add("Reshape", [turned_back, "joined"], f"{name}.seen.joined")
    told = made.linear(f"{name}.out", joined, weights[f"{name}.out.weight"], weights[f"{name}.out.bias"])
    rows = made.normal(f"{name}.n1", made.add("Add", [told, rows], f"{name}.sum1"), weights, f"{name}.n1")
    up = made.linear(f"{name}.up", rows, weights[f"{name}.up.weight"], weights[f"{name}.up.bias"])
    bent = made.add("Gelu", [up], f"{name}.bent")
    down = made.linear(f"{name}.down", bent, weights[f"{name}.down.weight"], weights[f"{name}.down.bias"])
    summed = made.add("Add", [down, rows], f"{name}.sum2")
    return made.normal("last" if is_last else f"{name}.n2", summed, weights, f"{name}.n2")


def write_encoder(weights: Weights, path: Path) -> None:
    """Write the encoder."""
    onnx.save(graph_of(weights), path)
