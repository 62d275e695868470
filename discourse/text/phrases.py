"""Where a run of words stood before: an index over everything said so far, in linear time."""

from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from discourse.text.scripts import is_unspaced

Seed = tuple[str, ...]  # words in a row that must agree before a run is looked at

_SEED = 3
_SEED_UNSPACED = 6  # of Chinese or Japanese, where a "word" here is one character
_KEPT = 8  # occurrences of a seed kept from the front and from the back; floods stay linear
_WORD_BITS = 32  # of a place: the words of a passage are counted in these, its number stands above them
_WORD_MASK = (1 << _WORD_BITS) - 1
_LONGEST = 2000  # words of one run; a longer quotation is found as several in a row
# words passed over in the text at hand and in the passage (changed, left out, added; people leave
# out more than they add), and how many must agree again behind them
_SKIPS = (
    *((1, 1, 2), (0, 1, 2), (1, 0, 2), (2, 2, 2), (1, 2, 2), (2, 1, 2), (0, 2, 2), (2, 0, 2)),
    *((0, 3, 3), (0, 4, 3)),
)


class Run(Struct, frozen=True):
    """A run of words that repeats an earlier passage, perhaps edited a little."""

    start: int  # half-open word positions in the text at hand
    end: int
    source: int  # number of the passage that holds the words
    at: int  # half-open word positions in that passage
    until: int
    same: int  # words that agree exactly


def seeds_of(words: Sequence[str], *, unspaced: bool = False) -> list[Seed]:
    """Return the seed that begins at each word, as far as one fits.

    Parameters
    ----------
    words
        Folded words in order.
    unspaced
        Whether single characters of scripts without blanks stand among them.
    """
    if not unspaced:
        return list(zip(words, words[1:], words[2:], strict=False))
    return [
        tuple(words[at : at + (_SEED_UNSPACED if is_unspaced(word) else _SEED)])
        for at, word in enumerate(words[: -_SEED + 1])
    ]


class PhraseIndex(Struct):
    """Passages said so far; look-ups see only what was added before them."""

    _passages: dict[int, Sequence[str]] = field(default_factory=dict)
    # where each seed stood, as one number a place; most stood once, and millions of lists cost dearly
    _seeds: dict[Seed, int | list[int]] = field(default_factory=dict)

    def add(
        self,
        number: int,
        words: Sequence[str],
        seeds: Sequence[Seed],
        own: bytearray | None = None,
        at: Sequence[int] | None = None,
    ) -> None:
        """Add a passage with its seeds; words not its own (quoted there) are no source.

        Parameters
        ----------
        seeds
            All that `seeds_of` returns, or those that anybody may look up.
        own
            For each word 1 where it is the passage's own, 0 elsewhere; None: all are.
        at
            The places of these, in order; None: every place.
        """
        self._passages[number] = words
        keep = self._seeds.setdefault
        first = number << _WORD_BITS
        for place, seed in zip(range(first, first + len(seeds)) if at is None else at, seeds, strict=True):
            if at is not None:
                place += first  # noqa: PLW2901
            if own is not None and own.find(0, (start := place & _WORD_MASK), start + len(seed)) >= 0:
                continue
            places = keep(seed, place)
            if places is place:
                continue  # most stand for the first time
            if isinstance(places, list):
                if len(places) >= 2 * _KEPT:  # the oldest stay, of the newest only the last few
                    del places[_KEPT]
                places.append(place)
            elif places != place:
                self._seeds[seed] = [places, place]

    def known(self, seeds: Sequence[Seed]) -> list[int]:
        """Return the places whose seeds stood somewhere before: only there can a run begin."""
        return [at for at, seed in enumerate(seeds) if seed in self._seeds]

    def passage(self, number: int) -> Sequence[str]:
        """Return the words of a passage that was added."""
        return self._passages[number]

    def longest(self, words: Sequence[str], start: int, stop: int, *, least: int = 0) -> Run | None:
        """Return the longest run that begins at one word and ends before another.

        Of runs equally long the oldest passage's wins. None where the first words never
        stood together before, or no run has as many words that agree as asked for.
        """
        if start + max(_SEED, least) > stop:
            return None
        seed = tuple(words[start : start + (_SEED_UNSPACED if is_unspaced(words[start]) else _SEED)])
        size = len(seed)  # at the end of a text less than asked for
        stop = min(stop, start + _LONGEST)
        best: tuple[int, int, int, int, int] | None = None  # words that agree, source (less is better) …
        places = self._seeds.get(seed, [])
        for place in places if isinstance(places, list) else (places,):
            source, at = place >> _WORD_BITS, place & _WORD_MASK
            passage = self._passages[source]
            here, there = start + size, at + size
            if (
                least > size
                and (there >= len(passage) or words[here] != passage[there])
                and _skip(words, here, stop, passage, there) is None
            ):
                continue  # most do no more than share a turn of phrase
            same, end, until = _extend(words, here, stop, passage, there)
            run = (same + size, -source, end, at, until)
            if run[0] >= least and (best is None or run[:2] > best[:2]):
                best = run
                if end == stop and end - start == same + size:
                    break  # word for word to the end: nothing longer can follow, and the oldest come first
        return best and Run(
            start=start, end=best[2], source=-best[1], at=best[3], until=best[4], same=best[0]
        )


def _extend(
    words: Sequence[str], here: int, stop: int, passage: Sequence[str], there: int
) -> tuple[int, int, int]:
    """Follow a run behind its seed: how many more words agree, and where it ends in both."""
    same, edits, end = 0, 0, len(passage)
    while here < stop and there < end:
        if words[here] == passage[there]:
            here, there, same = here + 1, there + 1, same + 1
            continue
        skip = _skip(words, here, stop, passage, there)
        if skip is None or edits + min(2, max(skip)) > 2 + (same + _SEED) // 6:
            break
        edits += min(2, max(skip))
        here, there = here + skip[0], there + skip[1]
    return same, here, there


def _skip(
    words: Sequence[str], here: int, stop: int, passage: Sequence[str], there: int
) -> tuple[int, int] | None:
    # an edit is believed only where words agree again right behind it
    end = len(passage)
    for more, further, again in _SKIPS:
        a, b = here + more, there + further
        if (
            a + again <= stop
            and b + again <= end
            and words[a] == passage[b]  # most fail here
            and words[a + 1] == passage[b + 1]
            and (again == 2 or words[a + 2] == passage[b + 2])
        ):
            return more, further
    return None


class SentenceIndex(Struct):
    """Short sentences and lines said so far, to be found only as wholes."""

    _first: dict[tuple[str | None, Seed], int] = field(default_factory=dict)
    _held: set[tuple[int, Seed]] = field(default_factory=set)
    _lines: dict[Seed, int] = field(default_factory=dict)

    def add(self, number: int, sentences: Iterable[Seed], *, speaker: str | None) -> None:
        """Add a post's short sentences; without a speaker they are held there, but nobody's own."""
        for sentence in sentences:
            self._held.add((number, sentence))
            if speaker is None:
                self._lines.setdefault(sentence, number)
            else:
                self._first.setdefault((speaker, sentence), number)
                self._first.setdefault((None, sentence), number)

    def said_by(self, speaker: str | None, sentence: Seed) -> int | None:
        """Return the first post in which somebody (None: anybody) said exactly this."""
        return self._first.get((speaker, sentence))

    def line_of(self, line: Seed) -> int | None:
        """Return the first post that holds exactly this as a whole line, quoted there or own."""
        return self._lines.get(line)

    def holds(self, number: int, sentence: Seed) -> bool:
        """Say whether a post holds exactly this sentence or line, quoted there or own."""
        return (number, sentence) in self._held
