"""Where a thread changes its matter: dips in the words that neighbouring blocks of posts share."""

import math
from collections import Counter, deque
from collections.abc import Iterator, Sequence, Set
from statistics import pstdev

from msgspec import Struct

from discourse.analysis.base import ThreadView
from discourse.text.tokens import stem

MIN_POSTS = 30  # below that a thread has too few blocks to tell a dip from chance
_BLOCK = 8  # posts on either side of a gap that are compared
_DEVIATIONS = 1.5  # of the depths, above their mean: only deep dips count
_LEAST_DEPTH = 0.15  # in a thread that keeps to one matter, its deepest dip is shallow
_NAMED = 3  # words that tell what the posts after a change talk of
_HELD = 3  # posts of a block that hold such a word
_LONGEST = 40  # letters of such a word


class Change(Struct, frozen=True):
    """A place at which the matter changes."""

    place: int  # of the first post after the change
    score: float  # 0.5 for the least depth that counts, 1 from twice that on
    words: tuple[str, ...]  # that tell the posts after it from those before it, the most telling first


def may_change(thread: ThreadView) -> bool:
    """Say whether a thread is long enough, and in the language, for changes of its matter to be told."""
    return len(thread.posts) >= MIN_POSTS and thread.speaks("en")


def changes_of_matter(thread: ThreadView) -> list[Change]:
    """Return where a thread changes its matter, in order; nothing in short threads or other languages.

    TextTiling (Hearst 1997, "TextTiling: segmenting text into multi-paragraph subtopic passages",
    Computational Linguistics 23(1)) with posts as units: at each gap between two posts the cosine of the
    words of the eight posts before it and the eight after it, each word counted once a post and weighted by
    how few posts of the thread hold it; smoothed over three gaps. A gap's depth is how far it lies below the
    peaks on its left and its right, added up and halved, so that it lies between 0 and 1. A gap counts where
    its depth is at least 0.15 and exceeds the mean of all by one and a half standard deviations, the deepest
    first, none within a block of another. Words that only one post holds tell nothing and are left out,
    and so is a change after which no words come up.
    Of 51 pairs of forum threads laid end to end, 20 posts of each, the seam is found within two posts in 31;
    four other places are given (`python -m tests.evaluation.measure_loop_states`).
    """
    if not may_change(thread):
        return []
    units = _units(thread)
    depths = _depths(_smooth(list(_likeness(units))))
    if max(depths) < _LEAST_DEPTH:
        return []
    least = max(_LEAST_DEPTH, _mean(depths) + _DEVIATIONS * pstdev(depths))
    ranked = sorted(
        (gap for gap, depth in enumerate(depths) if depth >= least), key=lambda g: (-depths[g], g)
    )
    chosen: list[int] = []
    for gap in ranked:
        if all(abs(gap - other) >= _BLOCK for other in chosen):
            chosen.append(gap)
    told = {gap: words for gap in sorted(chosen) if (words := _telling(units, gap + _BLOCK))}
    spoken = _spoken(thread, {word for words in told.values() for word in words})
    return [
        Change(
            gap + _BLOCK,
            round(min(1.0, depths[gap] / (2 * _LEAST_DEPTH)), 4),
            tuple(spoken.get(word, word)[:_LONGEST] for word in words),
        )
        for gap, words in told.items()
    ]


def _units(thread: ThreadView) -> list[dict[str, float]]:
    """Return the weighted stems of each post; a stem that one post alone holds has no weight."""
    held = [set(view.stems) for view in thread.posts]
    counts = Counter(stem for stems in held for stem in stems)
    weights = {s: math.log(len(held) / count) for s, count in counts.items() if count > 1}
    return [{s: weights[s] for s in sorted(stems) if s in weights} for stems in held]


def _likeness(units: Sequence[dict[str, float]]) -> Iterator[float]:
    """Yield the cosine of the blocks on either side of each gap that has a whole block on both."""
    blocks: deque[tuple[dict[str, float], float]] = deque()  # what comes after a gap is before another
    for first in range(len(units) - _BLOCK + 1):
        after = _block(units, first, first + _BLOCK)
        length = math.hypot(*after.values())
        blocks.append((after, length))
        if len(blocks) > _BLOCK:
            before, other = blocks.popleft()
            product = sum(weight * after[word] for word, weight in before.items() if word in after)
            yield product / (other * length) if other * length else 0.0


def _block(units: Sequence[dict[str, float]], first: int, end: int) -> dict[str, float]:
    block: dict[str, float] = {}
    for unit in units[first:end]:
        for word, weight in unit.items():
            block[word] = block.get(word, 0.0) + weight
    return block


def _smooth(values: Sequence[float]) -> list[float]:
    return [_mean(values[max(0, at - 1) : at + 2]) for at in range(len(values))]


def _mean(values: Sequence[float]) -> float:
    """Return what `statistics.mean` does, the exact mean rounded once, at a tenth of its cost."""
    ratios = [value.as_integer_ratio() for value in values]
    # denominators of floats are powers of two, so that the largest is a multiple of all
    most = max(bottom for _, bottom in ratios)
    return sum(top * (most // bottom) for top, bottom in ratios) / (most * len(ratios))


def _depths(values: Sequence[float]) -> list[float]:
    """Return how far each value lies below the peaks on its sides, added up and halved."""
    left, right = _climb(values), _climb(values[::-1])[::-1]
    return [(one + other) / 2 - value for value, one, other in zip(values, left, right, strict=True)]


def _climb(values: Sequence[float]) -> list[float]:
    """Return for each value the peak that is reached by going back as long as values rise."""
    peaks: list[float] = []
    for at, value in enumerate(values):
        peaks.append(peaks[-1] if at and values[at - 1] >= value else value)
    return peaks


def _telling(units: Sequence[dict[str, float]], gap: int) -> tuple[str, ...]:
    """Return the stems that several posts after a gap hold, and fewer before it; often there are none."""
    before, after = (
        Counter(word for unit in units[first : first + _BLOCK] for word in unit)
        for first in (gap - _BLOCK, gap)
    )
    weights = {word: weight for unit in units[gap : gap + _BLOCK] for word, weight in unit.items()}
    gains = {w: (count - before[w]) * weights[w] for w, count in after.items() if count >= _HELD > before[w]}
    ranked = sorted((-gain, word) for word, gain in gains.items() if gain > 0 and word.isalpha())
    return tuple(word for _gain, word in ranked[:_NAMED])


def _spoken(thread: ThreadView, stems: Set[str]) -> dict[str, str]:
    """Return for each of some stems the first word of the thread that has it."""
    words: dict[str, str] = {}
    seen: set[str] = set()
    for view in thread.posts if stems else ():
        if len(words) == len(stems):
            break
        for word in view.words:
            if word not in seen:
                seen.add(word)
                if word.isalpha() and (found := stem(word)) in stems:
                    words.setdefault(found, word)
    return words
