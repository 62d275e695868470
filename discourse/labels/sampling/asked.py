"""What a user asks of a sample, and the posts that it is drawn from."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

from msgspec import Struct

from discourse.errors import DiscourseError
from discourse.labels.decisions import HUMAN
from discourse.model import Annotation, Post
from discourse.tables.contract import LAYERS

WAYS = ("uncertainty", "diversity", "random", "disagreement")
READER_LAYERS = (
    "link",
    "split",
)  # what the reader of a page decides: whom a post answers, and where it begins
LEAST_SHARE = 0.1  # of the random part, where one is wanted at all: of fewer posts nothing can be told


class Labelled(Protocol):
    """A post with what machine and people say of it."""

    @property
    def post(self) -> Post:
        """The post."""

    @property
    def run(self) -> str:
        """The name of its run's folder."""

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """Every maker's labels."""

    @property
    def coded(self) -> tuple[dict[str, Any], ...]:
        """What people have looked for in it."""

    @property
    def rejected(self) -> frozenset[tuple[Any, ...]]:
        """Labels, by their LABEL_KEY, that a person says do not stand here."""


Posts = Callable[[], Iterator[Labelled]]  # all posts in order, the same ones at each call


class Asked(Struct, frozen=True, kw_only=True):
    """What is asked of a sample.

    Parameters
    ----------
    number
        How many posts.
    way
        One of `WAYS`: by what posts are chosen beside the random part.
    layers
        Which layers are to be labelled, `READER_LAYERS` among them; where none is named, all of the labels.
    random_share
        The share of the random part: 0, or from `LEAST_SHARE` to 1.
    seed
        The same seed draws the same posts.
    keeps_coded
        Whether posts may be drawn that a person has coded already.

    Raises
    ------
    DiscourseError
        Where a value cannot be.
    """

    number: int = 200
    way: str = "uncertainty"
    layers: frozenset[str] = frozenset()
    random_share: float = 0.25
    seed: int = 0
    keeps_coded: bool = False

    def __post_init__(self) -> None:
        if self.number < 1:
            raise _wrong("--n", f"{self.number} posts are none", "Give a number from 1")
        if self.way not in WAYS:
            raise _wrong("--by", f"there is no way {self.way[:40]!r}", f"Take one of {', '.join(WAYS)}")
        if self.random_share != 0 and not LEAST_SHARE <= self.random_share <= 1:
            problem = f"of a random part of {self.random_share:g} nothing can be told"
            raise _wrong("--random-share", problem, f"Give 0 for none, or {LEAST_SHARE} to 1")
        known = (*LAYERS, *READER_LAYERS)
        if unknown := sorted(self.layers - set(known)):
            raise _wrong(
                "--layer", f"there is no layer {unknown[0][:40]!r}", f"Take one of {', '.join(known)}"
            )

    def wants(self, layer: str) -> bool:
        """Say whether a layer is to be labelled."""
        return not self.layers or layer in self.layers


def is_coded(one: Labelled, asked: Asked) -> bool:
    """Say whether a person has looked for a wanted layer in a post, or given or rejected a label of it."""
    layers = {entry["layer"] for entry in one.coded} | {layer for layer, *_ in one.rejected}
    layers |= {row.layer for row in one.annotations if row.annotator.startswith(HUMAN)}
    return any(map(asked.wants, layers))


def _wrong(where: str, problem: str, fix: str) -> DiscourseError:
    return DiscourseError(where=where, problem=problem, fix=fix)


def listed(names: Sequence[str]) -> str:
    """Return names as a person lists them: "ann, bo and cy"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
