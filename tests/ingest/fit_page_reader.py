"""Learn the reading of pages: `python -m tests.ingest.fit_page_reader --shared ../shared`.

Draws pages of made-up layouts with known truth, turns their rows (and the tokens of their headers) into
traits, trains small dense networks by Adam (Kingma & Ba 2015) in looks that each see what the look before
said of the rows around (auto-context, Tu 2008), and writes `discourse/ingest/profiles/page-*.npz`.
About half an hour on two idle cores; the same numbers give the same weights on one machine. How the weights
that the package carries were made stands in `profiles/page-models.toml`.
"""

import argparse
import os
import zlib
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from discourse.ingest.pasted.alike import Classes
from discourse.ingest.pasted.opinions import opinions
from discourse.ingest.pasted.recurrence import Rows
from discourse.ingest.pasted.rows import read_rows
from discourse.ingest.pasted.tagging import TAGS
from discourse.ingest.pasted.token_opinions import token_opinions
from discourse.ingest.pasted.tokentraits import Placed, header_rows, token_traits
from discourse.ingest.pasted.traits import traits
from discourse.text.normalise import normalise
from tests.ingest.made_up.bank import MINDS
from tests.ingest.made_up.lessons import GENERAL, Lesson, lessons, row_tags, token_tags

OUT = Path("discourse/ingest/profiles")
MOST = 1500  # rows of a page that is learned from
PART = 250  # pages drawn in one go
TOKENS = 2  # of so many pages, one is learned from for names: tokens of a page are alike
HELD = 999  # seed of the pages that are measured on
# Seeds of the parts that each source of layouts gives: the generator, and the minds that wrote the bank
SEEDS = {
    GENERAL: (*(seed for seed in range(1, 33) if seed % 10 in {1, 2, 3, 6, 7, 8}), *range(41, 45)),
    **{mind: (4 + at, 14 + at, 24 + at) for mind, at in zip(MINDS[:4], (0, 1, 5, 6), strict=True)},
    **{mind: tuple(range(51 + 3 * at, 54 + 3 * at)) for at, mind in enumerate(MINDS[4:])},
}
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass
class Lot:
    """Rows (or tokens) of many pages: traits, truth, page and classes of each."""

    rows: Floats
    truth: Ints
    page: Ints
    classes: Ints  # three columns of rows; none of tokens

    @property
    def half(self) -> Ints:
        """Which half of the pages each row belongs to, 0 or 1, page by page in turn."""
        return np.unique(self.page, return_inverse=True)[1] % 2

    @property
    def bounds(self) -> list[tuple[int, int]]:
        """First and last of each page's rows."""
        edges = np.flatnonzero(np.diff(self.page)) + 1
        return list(zip([0, *edges], [*edges, len(self.page)], strict=True))


class Part(NamedTuple):
    """So many pages, drawn in one go."""

    pages: int
    seed: int
    source: str  # of their layouts: see lessons.SOURCES


def plan(pages: int, without: Collection[str] = ()) -> list[Part]:
    """The parts of a draw, of so many pages each, without those of sources that are left out."""
    return [
        Part(pages, seed, source)
        for source, seeds in SEEDS.items()
        if source not in without
        for seed in seeds
    ]


def pages_of(part: Part, shared: Path | None, step: int = 1) -> Iterator[tuple[int, Rows, list[int], Lesson]]:
    """A part's pages that are not too long, or some of them: a number for it, rows, tags, the lesson."""
    for at, lesson in enumerate(lessons(part.pages, part.seed, shared, source=part.source)):
        if at % step:
            continue
        page = Rows(read_rows(normalise(lesson.text).split("\n")))
        if page.rows and len(page.rows) <= MOST:
            yield part.seed * 1000 + at, page, row_tags(page.rows, lesson.truth), lesson


def rows_of(part: Part, shared: Path | None) -> Lot:
    """The rows of the pages of a part."""
    found: list[tuple[Any, ...]] = []
    for key, page, tags, _ in pages_of(part, shared):
        held, classes = traits(page)
        columns = np.column_stack([classes.shape, classes.edge, classes.text])
        found.append((held.astype(np.float32), np.array(tags), np.full(len(tags), key), columns))
    return joined(found)


def tokens_in(part: Part, shared: Path | None) -> Lot:
    """The tokens of headers on some of the pages of a part."""
    found: list[tuple[Any, ...]] = []
    for key, page, tags, lesson in pages_of(part, shared, TOKENS):
        places = header_rows(page, tags)
        if not places:
            continue
        held, _, placed = token_traits(page, tags, places)
        truth = np.array(token_tags(page.rows, tags, places, lesson.truth))
        keys = np.array(
            [
                [number, row.tag, hash_of(mask), segment, row.columns, *map(hash_of, slot), run]
                for number, row in enumerate(placed)
                for mask, segment, slot, run in zip(row.masks, row.segments, row.slots, row.runs, strict=True)
            ]
        )
        found.append((held.astype(np.float32), truth, np.full(len(truth), key), keys))
    return joined(found)


def hash_of(held: Hashable) -> int:
    """A number for a mask or a slot, the same in every run."""
    return zlib.crc32(repr(held).encode())


def joined(parts: Sequence[tuple[Any, ...]]) -> Lot:
    """Lots of several pages as one."""
    return Lot(*(np.concatenate([part[i] for part in parts]) for i in range(4)))


def many(draw: Callable[[Part, Path | None], Lot], parts: Sequence[Part], given: argparse.Namespace) -> Lot:
    """Rows or tokens of many parts, drawn side by side, or kept from an earlier run."""
    with ProcessPoolExecutor(given.workers) as pool:
        many = [[x] * len(parts) for x in (draw, given.shared, given.keep)]
        return joined([tuple(vars(lot).values()) for lot in pool.map(kept, parts, *many)])


def kept(part: Part, draw: Callable[[Part, Path | None], Lot], shared: Path | None, keep: Path | None) -> Lot:
    """A part drawn now, or that of an earlier run where a folder for them is given."""
    if keep is None:
        return draw(part, shared)
    path = keep / f"{draw.__name__}-{part.source}-{part.pages}-{part.seed}.npz"
    if not path.exists():
        np.savez(path, **vars(draw(part, shared)))
    with np.load(path) as held:
        return Lot(**{name: held[name] for name in Lot.__annotations__})


class Net:
    """Dense layers with ReLU between them, trained on cross-entropy with dropout."""

    def __init__(self, sizes: Sequence[int], seed: int) -> None:
        rng = np.random.default_rng(seed)
        self.seed = seed
        self.layers = [
            [(rng.normal(size=(a, b)) * np.sqrt(2 / a)).astype(np.float32), np.zeros(b, np.float32)]
            for a, b in pairwise(sizes)
        ]
        self.mean = self.spread = np.zeros(0, np.float32)

    def scaled(self, rows: Floats) -> Floats:
        return np.clip((rows - self.mean) / self.spread, -4, 4).astype(np.float32)

    def fit(self, rows: Floats, truth: Ints, epochs: int, batch: int = 512, rate: float = 2e-3) -> "Net":
        """Train for so many rounds over all rows, the rate falling as a cosine."""
        self.mean, self.spread = rows.mean(0), rows.std(0) + np.float32(1e-3)
        rows, rng = self.scaled(rows), np.random.default_rng(self.seed)
        state = [[[np.zeros_like(a), np.zeros_like(a)] for a in layer] for layer in self.layers]
        step, steps = 0, epochs * -(-len(rows) // batch)
        for _ in range(epochs):
            order = rng.permutation(len(rows))
            for start in range(0, len(rows), batch):
                chosen = order[start : start + batch]
                step += 1
                eta = rate * 0.5 * (1 + np.cos(np.pi * step / steps))
                self._step(rows[chosen], truth[chosen], state, step, eta, rng)
        return self

    def _step(  # noqa: PLR0917
        self, rows: Floats, truth: Ints, state: Any, step: int, eta: float, rng: np.random.Generator
    ) -> None:
        acts, keeps, held = [rows], [], rows
        for weights, bias in self.layers[:-1]:
            keep = ((rng.random((len(rows), weights.shape[1]), np.float32) > 0.1) / 0.9).astype(np.float32)
            held = np.maximum(held @ weights + bias, 0) * keep
            acts.append(held)
            keeps.append(keep)
        slope = softmax(held @ self.layers[-1][0] + self.layers[-1][1])
        slope[np.arange(len(rows)), truth] -= 1
        slope = (slope / len(rows)).astype(np.float32)
        for at in range(len(self.layers) - 1, -1, -1):
            grads = (acts[at].T @ slope + 1e-5 * self.layers[at][0], slope.sum(0))
            if at:
                slope = (slope @ self.layers[at][0].T * (acts[at] > 0) * keeps[at - 1]).astype(np.float32)
            for which, grad in enumerate(grads):
                first, second = state[at][which]
                first *= 0.9
                first += 0.1 * grad
                second *= 0.999
                second += 0.001 * grad * grad
                move = first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
                self.layers[at][which] -= (eta * move).astype(np.float32)

    def likely(self, rows: Floats) -> Floats:
        """Likelihood of each class for each row."""
        found = []
        for start in range(0, len(rows), 20_000):
            held = self.scaled(rows[start : start + 20_000])
            for weights, bias in self.layers[:-1]:
                held = np.maximum(held @ weights + bias, 0)
            found.append(softmax(held @ self.layers[-1][0] + self.layers[-1][1]))
        return np.concatenate(found)


def softmax(odds: Floats) -> Floats:
    held = np.exp(odds - odds.max(1, keepdims=True))
    return np.asarray(held / held.sum(1, keepdims=True), dtype=np.float32)


def placed_again(keys: Ints) -> list[Placed]:
    """The rows of one page's tokens, as `token_traits` gave them."""
    edges = np.flatnonzero(np.diff(keys[:, 0])) + 1
    found = []
    for part in np.split(keys, edges):
        masks, segments = tuple(map(str, part[:, 2])), tuple(map(int, part[:, 3]))
        slots, runs = (
            tuple((int(kind), int(text)) for kind, text in part[:, 5:7]),
            tuple(map(int, part[:, 7])),
        )
        found.append(Placed(int(part[0, 1]), masks, segments, int(part[0, 4]), slots, runs))
    return found


def around(lot: Lot, odds: Floats) -> Floats:
    """The traits with what the look before says of the rows (or tokens) around them."""
    more = [said_around(lot.classes[a:b], odds[a:b].astype(float)) for a, b in lot.bounds]
    return np.column_stack([lot.rows, np.concatenate(more).astype(np.float32)])


def said_around(keys: Ints, odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """What a look says around each row of a page, or around each token."""
    return (
        opinions(Classes(*keys.T), odds) if keys.shape[1] == 3 else token_opinions(placed_again(keys), odds)
    )


def fit_looks(  # noqa: PLR0917
    lot: Lot, held: Lot, looks: int, hidden: Sequence[int], epochs: int, kinds: int
) -> list[Net]:
    """All looks; each learns from what nets that have not seen a page say of it."""
    nets: list[Net] = []
    rows, seen = lot.rows, held.rows
    for look in range(looks):
        sizes = (rows.shape[1], *hidden, kinds)
        net = Net(sizes, look).fit(rows, lot.truth, epochs)
        nets.append(net)
        odds = net.likely(seen)
        report(f"look {look + 1}", odds, held)
        if look + 1 < looks:
            blind = np.zeros((len(rows), kinds), np.float32)
            for fold in (0, 1):
                inside = lot.half == fold
                other = Net(sizes, 100 + look).fit(rows[~inside], lot.truth[~inside], max(2, epochs * 2 // 3))
                blind[inside] = other.likely(rows[inside])
            rows, seen = around(lot, blind), around(held, odds)
    return nets


def report(name: str, odds: Floats, held: Lot) -> None:
    """Print how many rows, and whole pages, are told right."""
    right = odds.argmax(1) == held.truth
    pages = [right[a:b].all() for a, b in held.bounds]
    kinds = range(odds.shape[1])
    guess = odds.argmax(1)
    f1 = [
        2 * (right & (held.truth == k)).sum() / max(1, (guess == k).sum() + (held.truth == k).sum())
        for k in kinds
    ]
    print(name, f"right {right.mean():.4f} pages {np.mean(pages):.3f}", *(f"{x:.3f}" for x in f1), flush=True)


def weights(nets: Sequence[Net]) -> dict[str, Any]:
    """Nets as the arrays of a file, halved in width."""
    found: dict[str, Any] = {"looks": len(nets)}
    for n, net in enumerate(nets):
        found |= {f"mean {n}": net.mean, f"spread {n}": net.spread, f"layers {n}": len(net.layers)}
        for i, (matrix, bias) in enumerate(net.layers):
            found |= {f"weights {i} {n}": matrix.astype(np.float16), f"bias {i} {n}": bias}
    return found


def order(lot: Lot) -> dict[str, Any]:
    """How often a tag follows another, and opens a page."""
    follows = np.full((len(TAGS), len(TAGS)), 0.1)
    opens = np.full(len(TAGS), 0.1)
    for a, b in lot.bounds:
        opens[lot.truth[a]] += 1
        np.add.at(follows, (lot.truth[a : b - 1], lot.truth[a + 1 : b]), 1)
    return {
        "follows": (follows / follows.sum(1, keepdims=True)).astype(np.float32),
        "opens": (opens / opens.sum()).astype(np.float32),
    }


def chunks(text: str) -> Iterator[int]:
    yield from map(int, text.split("x"))


def main() -> None:
    """Learn and write both models."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, help="folder with outside discussions to lay out")
    parser.add_argument("--pages", type=int, default=PART, help="of each part")
    parser.add_argument("--looks", type=int, default=3)
    parser.add_argument("--hidden", default="160")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", type=Path, help="folder for what was drawn, to learn from it again")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--draw", action="store_true", help="draw and keep the pages, learn nothing")
    parser.add_argument(
        "--without", nargs="*", default=(), choices=MINDS, help="minds whose layouts to leave out"
    )
    given = parser.parse_args()
    hidden = list(chunks(given.hidden))
    parts, held = plan(given.pages, given.without), [Part(200, HELD, GENERAL)]
    tokens, held_tokens = (many(tokens_in, some, given) for some in (parts, held))
    rows, held_rows = (many(rows_of, some, given) for some in (parts, held))
    if given.draw:
        return
    nets = fit_looks(tokens, held_tokens, 2, hidden, given.epochs + 3, 4)
    np.savez_compressed(given.out / "page-tokens.npz", **weights(nets))
    nets = fit_looks(rows, held_rows, given.looks, hidden, given.epochs, len(TAGS))
    np.savez_compressed(given.out / "page-rows.npz", **weights(nets), **order(rows))


if __name__ == "__main__":
    main()
