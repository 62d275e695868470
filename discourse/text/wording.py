"""A text laid out for comparing: its words, its lines, and where sentences and clauses have their edges."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from discourse.text.normalise import fold
from discourse.text.phrases import Run
from discourse.text.tokens import STOPWORDS, Token, tokenise

_STRONG = re.compile(r"[.!?…\"\n>*|]|\.\.|--")  # what ends a sentence, a line or a marked quotation
_WEAK = re.compile(r"[,;:()\[\]\-]")
NO_EDGE, WEAK_EDGE, STRONG_EDGE = 0, 1, 2
# "one" and "march" are left out: they are other words more often than not
_NUMBER_WORDS = frozenset(
    """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion
    dozen monday tuesday wednesday thursday friday saturday sunday january february april june july august
    september october november december
    """.split()
)
_SPELLED = "two three four five six seven eight nine ten eleven twelve".split()
LEAST_WORDS = 5  # a run shorter than this is quoted only as a whole line


class Wording:
    """The words of one text, with the gaps between them graded as edges."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self.tokens: list[Token] = tokenise(text)
        self.words = [token.word for token in self.tokens]
        self._starts = [token.start for token in self.tokens]
        self._ends = [token.end for token in self.tokens]
        self.edges = self._edge_strengths()

    def lines(self) -> Iterator[tuple[int, int]]:
        """Yield start and end of each line that is not blank, without its break."""
        start = 0
        for line in self.text.split("\n"):
            if line.strip():
                yield start, start + len(line)
            start += len(line) + 1

    def pieces(self) -> Iterator[tuple[int, int]]:
        """Yield word ranges of sentences and lines."""
        first = 0
        for place in range(1, len(self.tokens) + 1):
            if self.edges[place] == STRONG_EDGE:
                yield first, place
                first = place

    def token_range(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open range of words that lie wholly within a stretch; (0, 0) where none does."""
        first = bisect_left(self._starts, start)
        last = bisect_right(self._ends, end)
        return (first, last) if first < last else (0, 0)

    def changes(self, run: Run, first: int, last: int, passage: Sequence[str]) -> bool:
        """Say whether a repeat changes what is said: another number, a "not" put in or left out.

        Such a line contradicts the passage in its own words; it does not quote it. Numbers may be
        missing, since people shorten what they quote.
        """
        mine = self.words[first:last]
        slack = last - first - (run.end - run.start) + 2
        theirs = passage[max(0, run.at - slack) : run.until + slack]
        numbers = {_figure(word) for word in mine if _counts(word)} - {_figure(word) for word in theirs}
        denials = [sum(map(_denies, words)) for words in (mine, passage[run.at : run.until])]
        return bool(numbers) or denials[0] > denials[1]

    def framed(self, run: Run) -> tuple[int, int, int] | None:
        """Fit a run to the edges of what is quoted.

        Returns
        -------
        tuple of int or None
            First word, last word (half-open) and how many of the two edges are strong;
            None where the run is a turn of phrase within own words.
        """
        slack = max(1, (run.end - run.start) // 5)
        first = self._edge(run.start, slack, run.end, forward=True)
        last = self._edge(run.end, slack, run.start, forward=False)
        if first is None or last is None or last[0] - first[0] < LEAST_WORDS:
            return None
        strong = first[1] + last[1]
        words = self.words[first[0] : last[0]]
        enough = (count_content(words) >= 2 or len(words) >= 8) and run.same >= 0.8 * len(words)
        if not enough or strong == 0 or (strong == 1 and len(words) < LEAST_WORDS + 1):
            return None
        return first[0], last[0], strong

    def _edge(self, place: int, slack: int, limit: int, *, forward: bool) -> tuple[int, int] | None:
        # at the spot, then a little outwards (an edited beginning or end), then inwards
        outwards = -1 if forward else 1
        near = [place + outwards * step for step in range(slack + 1)]
        spots = [spot for spot in near if 0 <= spot < len(self.edges)]
        spots += list(range(place - outwards, limit, -outwards))
        for wanted in (STRONG_EDGE, WEAK_EDGE):
            spot = next((spot for spot in spots if self.edges[spot] == wanted), None)
            if spot is not None:
                return spot, int(wanted == STRONG_EDGE)
        return None

    def _edge_strengths(self) -> list[int]:
        """Grade the gap before each word, and the one after the last, as an edge of sentences or clauses."""
        grades = [STRONG_EDGE]
        for one, next_one in pairwise(self.tokens):
            between = self.folded[one.end : next_one.start]
            if between == " ":
                grades.append(NO_EDGE)
            elif _STRONG.search(between):
                grades.append(STRONG_EDGE)
            else:
                grades.append(WEAK_EDGE if _WEAK.search(between) else NO_EDGE)
        return [*grades, STRONG_EDGE]


def _counts(word: str) -> bool:
    return word[:1].isdigit() or word in _NUMBER_WORDS


def _figure(word: str) -> str:
    # "3 weeks" quotes "three weeks"
    return str(_SPELLED.index(word) + 2) if word in _SPELLED else word


def _denies(word: str) -> bool:
    return word in ("not", "no", "never", "none", "nobody", "nothing") or word.endswith("n't")


def count_content(words: Sequence[str]) -> int:
    """Count the words that are no function words."""
    return sum(word not in STOPWORDS for word in words)


def marked_stretches(folded: str) -> Iterator[tuple[int, int]]:
    """Yield what stands between double quotation marks, line by line.

    A line that begins and ends with a mark is one quotation, whatever marks stand within it.
    """
    start = 0
    for line in folded.split("\n"):
        bare = line.strip().rstrip(".,!?;: ")
        if len(bare) > 2 and bare[0] == '"' and bare[-1] == '"' and bare.count('"') != 4:
            at = start + line.index('"') + 1
            yield at, start + line.rindex('"')
        else:
            for match in re.finditer(r'(?<!\w)"([^"\n]+)"', line):
                yield start + match.start(1), start + match.end(1)
        start += len(line) + 1
