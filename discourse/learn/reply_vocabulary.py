"""The words of many texts by numbers: who is spoken of, what is denied, and what two texts share."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from discourse.learn.reply_labels import Reading
from discourse.learn.reply_sets import Ints, Numbered, Sets, Stretches, lengths_of, numbers_of
from discourse.text.tokens import STOPWORDS, stem

NEGATIONS = """
    no not never none nothing nobody neither nor cannot can't don't doesn't didn't isn't aren't wasn't weren't
    won't wouldn't shouldn't couldn't haven't hasn't hadn't ain't dont doesnt didnt isnt cant wont
    """.split()
YOU = "you your you're you've you'd you'll yours yourself u ur".split()
ME = "i i'm i've i'd i'll my me mine".split()
OTHERS = "we us our they them their".split()
_KNOWN = tuple(dict.fromkeys([*NEGATIONS, *YOU, *ME, *OTHERS, "but"]))


class Words:
    """The words of many texts by numbers, and what the features ask of them."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.readings = readings
        self.places = {id(reading): place for place, reading in enumerate(readings)}
        self.numbers = Numbered(_KNOWN)
        rows = [reading.words for reading in readings]
        self.laid = Stretches(lengths_of(rows))
        self.ids = numbers_of(rows, self.numbers)

    @property
    def sizes(self) -> Ints:
        """How many words each text has."""
        return self.laid.lengths

    def count(self, words: Iterable[str], most: int | None = None) -> Ints:
        """Count some of the words named above in each text, or in its first `most` words."""
        return self.laid.counts(self._are(words), most)

    def _are(self, words: Iterable[str]) -> NDArray[np.bool_]:
        wanted = np.zeros(len(self.numbers), dtype=np.bool_)
        wanted[[self.numbers[word] for word in words]] = True
        return wanted[self.ids]

    def which(self, holds: Callable[[str], object]) -> NDArray[np.bool_]:
        """Say of each text whether something holds of one of its words."""
        wanted = np.fromiter((bool(holds(word)) for word in self.numbers), np.bool_, len(self.numbers))
        found: NDArray[np.bool_] = self.laid.counts(wanted[self.ids]) > 0
        return found

    def sets(self, most: int | None = None) -> Sets:
        """Return the words of each text, or those among its first `most`."""
        owners, members = self.laid.owners(), self.ids
        if most is not None:
            first = self.laid.begins(most)
            owners, members = owners[first], members[first]
        return Sets(owners, members, texts=len(self.sizes), width=len(self.numbers))

    @cached_property
    def stems(self) -> Sets:
        """The stems of each text's content words."""
        stems = Numbered()
        of_word = np.array(
            [-1 if word in STOPWORDS else stems[stem(word)] for word in self.numbers], dtype=np.int64
        )
        members = of_word[self.ids]
        content = members >= 0
        return Sets(self.laid.owners()[content], members[content], texts=len(self.sizes), width=len(stems))
