"""Drawing a sample: which posts, of which part, and why. Ids and numbers are held, never all texts."""

import random
from array import array
from collections.abc import Iterator
from math import ceil
from typing import Protocol

from msgspec import Struct, field

from discourse.errors import DiscourseError
from discourse.labels.sampling.asked import Asked, Labelled, Posts, is_coded
from discourse.labels.sampling.disputed import Disputes
from discourse.labels.sampling.doubt import Doubts
from discourse.labels.sampling.spread import spread

RANDOM = "random"  # the name of the random part


class Signal(Protocol):
    """Collects from all posts which of them need labels most."""

    def add(self, place: int, one: Labelled, *, may_be_chosen: bool) -> None:
        """Add a post, by its place among all posts."""

    def needs(self) -> dict[int, float]:
        """Return how much posts need a label, by place; a post with no need at all is left out."""
        ...

    def reason(self, place: int, one: Labelled) -> tuple[str, str]:
        """Return why a post that was chosen needs one, and in which layer; after `needs`."""
        ...


class Drawn(Struct, frozen=True, kw_only=True):
    """One post of a sample."""

    post_id: str
    thread_id: str
    run: str
    part: str  # `random`, or the way by which it was chosen
    probability: float | None  # with which each post could come into the random part; None of a chosen one
    layer: str  # what is to be looked for, with blanks between; empty where it is everything
    coded: str  # layers that a person had looked for in it already, with blanks between
    reason: str
    text: str


class Sample(Struct):
    """What is drawn, and what is told of it."""

    asked: Asked
    signal: Signal | None  # None where all is drawn at random
    part_of: dict[int, str] = field(
        default_factory=dict
    )  # by place among all posts, in the order to be labelled
    probability: float = 0.0  # of each post to come into the random part
    eligible: int = 0  # posts with a text: the random part speaks for these
    done: int = 0  # posts of the random part that a person has coded
    threads: int = 0  # of the sample
    runs: frozenset[str] = frozenset()  # names of the runs' folders that any of its posts stands in
    coded: int = (
        0  # posts that are not chosen, because a person has coded them; of the random part they may be
    )
    empty: int = 0  # posts left out because there is nothing to read

    def count(self, part: str) -> int:
        """Return how many posts a part has."""
        return sum(one == part for one in self.part_of.values())


class _Pool(Struct):
    """Posts that may be drawn, by their place among all posts."""

    worded: "array[int]" = field(default_factory=lambda: array("l"))  # that have a text
    free: "array[int]" = field(default_factory=lambda: array("l"))  # of these, that nobody has coded
    threads: "array[int]" = field(default_factory=lambda: array("l"))  # of all posts
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)  # of threads, from 0

    def add(self, one: Labelled) -> int:
        place = len(self.threads)
        self.threads.append(self.numbers.setdefault((one.run, one.post.thread_id), len(self.numbers)))
        return place


def draw(posts: Posts, asked: Asked) -> Sample:
    """Draw a sample.

    The random part is drawn first, each post that has a text with the same probability, so that what is
    measured on it holds for all of these; those among it that people have coded count as done, and to leave
    them out would leave out what they were coded for. The others are chosen by need, spread over threads.
    Where fewer posts can be chosen than are wanted, the random part is larger, unless none is wanted; where
    there are no more posts than are wanted, all are taken at random.

    Raises
    ------
    DiscourseError
        Where no post is left to draw.
    """
    sample, pool = Sample(asked, _signal(asked)), _Pool()
    for one in posts():
        _look(one, sample, pool)
    sample.eligible = len(pool.worded)
    needs = {} if sample.signal is None else sample.signal.needs()
    chance = random.Random(asked.seed)  # noqa: S311 - a sample, no secret
    drawn = chance.sample(pool.worded, _at_random(asked, pool, needs))
    sample.probability = len(drawn) / max(sample.eligible, 1)
    sample.done = len(set(drawn).difference(pool.free))
    chosen = _choose(sample, posts, pool, needs, drawn)
    part_of = dict.fromkeys(drawn, RANDOM) | dict.fromkeys(chosen, asked.way)
    if not part_of:
        raise _nothing_left(sample)
    places = list(part_of)
    chance.shuffle(places)  # who stops early has labelled a fair part, and no order tells the parts apart
    sample.part_of = {place: part_of[place] for place in places}
    threads = {pool.threads[place] for place in places}
    sample.threads = len(threads)
    sample.runs = frozenset(run for (run, _thread), number in pool.numbers.items() if number in threads)
    return sample


def rows_of(sample: Sample, posts: Posts) -> Iterator[tuple[int, Drawn]]:
    """Yield the posts of a sample page by page, each with its number in the order to label them."""
    numbers = {place: number for number, place in enumerate(sample.part_of)}
    for place, one in enumerate(posts()):
        if place in numbers:
            yield numbers[place], _drawn(sample, place, one)


def _look(one: Labelled, sample: Sample, pool: _Pool) -> None:
    place, asked = pool.add(one), sample.asked
    is_empty = not one.post.text.strip()
    is_left_out = is_empty or (is_coded(one, asked) and not asked.keeps_coded)
    if not is_empty:
        pool.worded.append(place)
    if not is_left_out:
        pool.free.append(place)
    if sample.signal is not None:
        # two people who differ have both coded the post: it is to be settled
        may_be_chosen = not is_empty if asked.way == "disagreement" else not is_left_out
        sample.signal.add(place, one, may_be_chosen=may_be_chosen)
    sample.empty += is_empty
    sample.coded += is_left_out and not is_empty


def _signal(asked: Asked) -> Signal | None:
    if asked.way == "uncertainty":
        return Doubts(asked)
    if asked.way == "disagreement":
        return Disputes(asked)
    if asked.way == "diversity":
        from discourse.labels.sampling.diverse import Variety  # noqa: PLC0415 - numpy, for this way alone

        return Variety(asked)
    return None


def _at_random(asked: Asked, pool: _Pool, needs: dict[int, float]) -> int:
    """Return how many posts the random part has; none where people have coded all that there is."""
    everything = len(pool.worded) if pool.free else 0
    if asked.way == RANDOM:
        return min(asked.number, everything)
    if asked.random_share == 0:
        return 0
    if asked.number >= everything:
        return everything
    # rounded, since 0.07 * 100 is more than 7
    wanted = ceil(round(asked.number * asked.random_share, 6))
    return min(max(wanted, asked.number - len(needs)), everything)


def _choose(
    sample: Sample, posts: Posts, pool: _Pool, needs: dict[int, float], drawn: list[int]
) -> list[int]:
    number = sample.asked.number - len(drawn)
    if sample.asked.way == "diversity":
        from discourse.labels.sampling.diverse import Variety  # noqa: PLC0415 - see `_signal`

        assert isinstance(sample.signal, Variety)  # noqa: S101 - tells the type
        return sample.signal.choose(posts, pool.threads, drawn, number)
    taken = set(drawn)
    order = list(range(len(pool.threads)))
    random.Random(f"{sample.asked.seed} order").shuffle(order)  # noqa: S311 - a sample, no secret
    left = {place: need for place, need in needs.items() if place not in taken}
    return spread(left, pool.threads, number, order)


def _drawn(sample: Sample, place: int, one: Labelled) -> Drawn:
    part, asked = sample.part_of[place], sample.asked
    reason, layer = "random part", " ".join(sorted(asked.layers))
    if part != RANDOM and sample.signal is not None:
        reason, own = sample.signal.reason(place, one)
        layer = own or layer
    return Drawn(
        post_id=one.post.post_id,
        thread_id=one.post.thread_id,
        run=one.run,
        part=part,
        probability=round(sample.probability, 6) if part == RANDOM else None,
        layer=layer,
        coded=" ".join(sorted(_looked_for(one))),
        reason=reason,
        text=one.post.text,
    )


def _looked_for(one: Labelled) -> set[str]:
    """Return the layers of which a person has looked for every label in a post."""
    return {entry["layer"] for entry in one.coded if entry["label"] is None}


def _nothing_left(sample: Sample) -> DiscourseError:
    problem, fix = "they hold no post with a text", "Give other runs"
    if sample.eligible > sample.coded:
        problem, fix = "no post can be chosen so", "Choose another --by, or leave a random part"
    elif sample.coded:
        problem, fix = "people have coded every post that has a text", "Draw from these too: --keep-coded"
    return DiscourseError(where="the runs", problem=problem, fix=fix)
