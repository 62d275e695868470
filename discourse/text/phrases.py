"""Where a run of words stood before: an index over everything said so far, in linear time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_SEED = 3  # words that must agree before a run is looked at
_KEPT = 8  # occurrences of a seed kept from the front and from the back; floods stay linear
# words passed over in the text at hand and in the passage: changed, left out, added; people leave
# out more than they add
_SKIPS = ((1, 1), (0, 1), (1, 0), (2, 2), (1, 2), (2, 1), (0, 2), (2, 0), (0, 3), (0, 4))


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words that repeats an earlier passage, perhaps edited a little."""

    start: int  # half-open word positions in the text at hand
    end: int
    source: int  # number of the passage that holds the words
    at: int  # half-open word positions in that passage
    until: int
    same: int  # words that agree exactly


@dataclass(slots=True)
class PhraseIndex:
    """Passages said so far; look-ups see only what was added before them."""

    _passages: dict[int, Sequence[str]] = field(default_factory=dict)
    _seeds: dict[tuple[str, ...], list[tuple[int, int]]] = field(default_factory=dict)
    _whole: dict[tuple[str, ...], list[int]] = field(default_factory=dict)

    def add(self, number: int, words: Sequence[str], own: Sequence[bool]) -> None:
        """Add a passage; words not its own (quoted there) are no source of later runs."""
        self._passages[number] = words
        for at in range(len(words) - _SEED + 1):
            if all(own[at : at + _SEED]):
                places = self._seeds.setdefault(tuple(words[at : at + _SEED]), [])
                if len(places) < 2 * _KEPT:
                    places.append((number, at))
                else:  # the oldest stay, of the newest only the last few
                    del places[_KEPT]
                    places.append((number, at))

    def add_whole(self, number: int, sentences: Iterable[Sequence[str]]) -> None:
        """Add a passage's short sentences, to be found only as wholes."""
        for sentence in sentences:
            self._whole.setdefault(tuple(sentence), []).append(number)

    def whole(self, sentence: Sequence[str]) -> list[int]:
        """Return the passages, oldest first, in which these words were a whole sentence or line."""
        return self._whole.get(tuple(sentence), [])

    def passage(self, number: int) -> Sequence[str]:
        """Return the words of a passage that was added."""
        return self._passages[number]

    def longest(self, words: Sequence[str], start: int, stop: int) -> Run | None:
        """Return the longest run that begins at one word and ends before another.

        Of runs equally long the oldest passage's wins. None where the first three words
        never stood together before.
        """
        if start + _SEED > stop:
            return None
        best: Run | None = None
        for source, at in self._seeds.get(tuple(words[start : start + _SEED]), ()):
            run = self._extend(words, start, stop, source, at)
            if best is None or (run.same, -run.source) > (best.same, -best.source):
                best = run
        return best

    def _extend(self, words: Sequence[str], start: int, stop: int, source: int, at: int) -> Run:
        passage = self._passages[source]
        here, there, same, edits = start + _SEED, at + _SEED, _SEED, 0
        while here < stop and there < len(passage):
            if words[here] == passage[there]:
                here, there, same = here + 1, there + 1, same + 1
                continue
            skip = _skip(words, here, stop, passage, there)
            if skip is None or edits + min(2, max(skip)) > 2 + same // 6:
                break
            edits += min(2, max(skip))
            here, there = here + skip[0], there + skip[1]
        return Run(start=start, end=here, source=source, at=at, until=there, same=same)


def _skip(
    words: Sequence[str], here: int, stop: int, passage: Sequence[str], there: int
) -> tuple[int, int] | None:
    # an edit is believed only where two words (three behind a long one) agree again right behind it
    for more, further in _SKIPS:
        a, b, again = here + more, there + further, 2 if max(more, further) <= 2 else 3
        if a + again <= stop and tuple(words[a : a + again]) == tuple(passage[b : b + again]):
            return more, further
    return None
