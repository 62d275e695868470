"""A text laid out for comparing: its words, its lines, and where sentences and clauses have their edges."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from discourse.text.normalise import fold
from discourse.text.phrases import Run, Seed, seeds_of
from discourse.text.scripts import has_unspaced, is_plain, is_unspaced
from discourse.text.tokens import STOPWORDS, cut, spans

Cut = tuple[Sequence[str], Sequence[int], Sequence[int]]  # words, their starts and ends

# what ends a sentence, a line or a marked quotation
_STRONG = re.compile('[.!?…"\\n>*|。！？؟۔।«»]|--')
_WEAK = re.compile(r"[,;:()\[\]\-，、；：،؛]")
# one character for one, as in `fold`: quotation marks that not every reader of a text takes for such
_MARKS = str.maketrans(dict.fromkeys("‹›「」『』｢｣〝〟＂", '"'))
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
_LOOSE = 3  # words that may differ at the edge of a run that is sure otherwise
_SURE = 8  # words that agree from which on a run is sure


class Wording:
    """The words of one text, with the gaps between them graded as edges; made as far as it is asked for.

    Parameters
    ----------
    text
        Any text.
    cut
        Its words, their starts and ends as `tokens.cut` has them, if they are known and it `is_plain`.
    """

    def __init__(self, text: str, cut: Cut | None = None) -> None:
        self.text = text
        self.folded = fold_marks(text)
        self.words, self.starts, self.ends = cut or _cut(text, self.folded)

    @cached_property
    def unspaced(self) -> bool:
        """Whether the text holds a character of a script without blanks."""
        return has_unspaced(self.text)

    @cached_property
    def seeds(self) -> list[Seed]:
        """The seed that begins at each word, as far as one fits."""
        return seeds_of(self.words, unspaced=self.unspaced)

    @cached_property
    def lines(self) -> list[tuple[int, int]]:
        """Start and end of each line that is not blank, without its break."""
        return [*_lines(self.text)]

    @cached_property
    def edges(self) -> list[int]:
        """The gap before each word, and the one after the last, graded as an edge of sentences or clauses."""
        return self._edge_strengths()

    def edge(self, place: int) -> int:
        """Return the grade of the gap before a word, or of the one after the last."""
        if (grades := self.__dict__.get("edges")) is not None:
            grade: int = grades[place]
            return grade
        if not 0 < place < len(self.words):
            return STRONG_EDGE
        gap = self.folded[self.ends[place - 1] : self.starts[place]]
        return NO_EDGE if gap == " " else _grade(gap)

    def piece_at(self, first: int, stop: int) -> int | None:
        """Return where the sentence that begins at a word ends (half-open); None if it runs past a place."""
        last = min(stop, len(self.words))
        return next((n for n in range(first + 1, last + 1) if self.edge(n) == STRONG_EDGE), None)

    def pieces(self) -> list[tuple[int, int]]:
        """Return word ranges of sentences and lines."""
        graded = enumerate(self.edges[: len(self.words) + 1])
        stops = [place for place, grade in graded if grade == STRONG_EDGE and place]
        return list(zip([0, *stops], stops, strict=False))

    def size(self, first: int, last: int) -> float:
        """Return how many words a range holds; see `extent`."""
        return extent(self.words[first:last]) if self.unspaced else last - first

    def token_range(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open range of words that lie wholly within a stretch; (0, 0) where none does."""
        first = bisect_left(self.starts, start)
        last = bisect_right(self.ends, end)
        return (first, last) if first < last else (0, 0)

    def whole(self, start: int, end: int) -> Seed:
        """Return what a line is looked up by: its words, or its signs where it has no word."""
        first, last = self.token_range(start, end)
        return tuple(self.words[first:last]) or (self.text[start:end].strip(),)

    def changes(self, run: Run, first: int, last: int, passage: Sequence[str]) -> bool:
        """Say whether a repeat changes what is said: another number, a "not" put in or left out.

        Such a line contradicts the passage in its own words; it does not quote it. Numbers may be
        missing, since people shorten what they quote.
        """
        mine = self.words[first:last]
        slack = last - first - (run.end - run.start) + 2
        theirs = passage[max(0, run.at - slack) : run.until + slack]
        numbers = {_figure(word) for word in mine if _counts(word)} - {_figure(word) for word in theirs}
        return bool(numbers) or _denials(mine) > _denials(passage[run.at : run.until])

    def framed(self, run: Run) -> tuple[int, int, int] | None:
        """Fit a run to the edges of what is quoted.

        Returns
        -------
        tuple of int or None
            First word, last word (half-open) and how many of the two edges are strong;
            None where the run is a turn of phrase within own words.
        """
        slack = max(_LOOSE if run.same >= _SURE else 1, (run.end - run.start) // 5)
        first = self._edge(run.start, slack, run.end, forward=True)
        last = self._edge(run.end, slack, run.start, forward=False)
        if first is None or last is None:
            return None
        words = self.words[first[0] : last[0]]
        strong = first[1] + last[1]
        size = self.size(first[0], last[0])
        if size < LEAST_WORDS or strong == 0 or (strong == 1 and size < LEAST_WORDS + 1):
            return None
        # words that anybody may say are quoted only where they are a line of their own, to the letter
        telling = count_content(words) >= 2 or size >= _SURE or self._is_whole_line(run, first[0], last[0])
        # of single characters more must agree: one of them may be a whole word
        alike = 0.9 if size < len(words) else 0.75 if strong == 2 else 0.8
        if not telling or run.same < alike * len(words):
            return None
        return first[0], last[0], strong

    def _is_whole_line(self, run: Run, first: int, last: int) -> bool:
        before = self.ends[first - 1] if first else 0
        after = self.starts[last] if last < len(self.words) else len(self.text)
        return (
            run.same == last - first
            and (first == 0 or "\n" in self.text[before : self.starts[first]])
            and (last == len(self.words) or "\n" in self.text[self.ends[last - 1] : after])
        )

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
        folded = self.folded
        places = zip(self.ends, self.starts[1:], strict=False)
        grades = [NO_EDGE if (gap := folded[end:start]) == " " else _grade(gap) for end, start in places]
        return [STRONG_EDGE, *grades, STRONG_EDGE]


def _grade(gap: str) -> int:
    return _GRADES.get(gap) or _read_grade(gap)


def _read_grade(gap: str) -> int:
    if _STRONG.search(gap):
        return STRONG_EDGE
    return WEAK_EDGE if _WEAK.search(gap) else NO_EDGE


# nearly all gaps that are no single blank
_GRADES = {
    gap: _read_grade(gap) for gap in (", ", ". ", ".\n", "\n", "? ", "! ", " (", ") ", '" ', ' "', "; ", ": ")
}


def _counts(word: str) -> bool:
    return word[:1].isdigit() or word in _NUMBER_WORDS


def _figure(word: str) -> str:
    # "3 weeks" quotes "three weeks"
    return str(_SPELLED.index(word) + 2) if word in _SPELLED else word


_DENIALS = frozenset(("not", "no", "never", "none", "nobody", "nothing"))


def _denials(words: Sequence[str]) -> int:
    return sum([word in _DENIALS or word.endswith("n't") for word in words])


def count_content(words: Sequence[str]) -> int:
    """Count the words that are no function words."""
    return sum(word not in STOPWORDS for word in words)


def extent(words: Sequence[str]) -> float:
    """Return how many words these are; a character of a script without blanks is half a word."""
    return len(words) - 0.5 * sum(len(word) == 1 and is_unspaced(word) for word in words)


def fold_marks(text: str) -> str:
    """Fold a text for matching, with every kind of quotation mark made a plain one; offsets hold."""
    folded = fold(text)
    return folded if folded.isascii() else folded.translate(_MARKS)


def _cut(text: str, folded: str) -> Cut:
    """Cut a text into words as `split_words` does: letters, starts, ends."""
    if is_plain(text):
        return cut(folded)[:3]
    words = split_words(text, folded)
    return [word for _, _, word in words], [start for start, _, _ in words], [end for _, end, _ in words]


def split_words(text: str, folded: str) -> list[tuple[int, int, str]]:
    """Return start, end and letters of a text's words, made even for every script.

    They are those of `tokenise`; but where a script has no blanks, each character is one, and
    a word is not cut at its vowel signs.
    """
    words = spans(folded)
    if is_plain(text):
        return words
    joined: list[tuple[int, int, str]] = []
    for start, end, word in words:
        last = joined[-1] if joined else None
        if has_unspaced(word):
            joined += [(n, n + 1, folded[n]) for n in range(start, end)]
        elif last is not None and last[1] < start and _only_signs(text, last[1], start):
            joined[-1] = (last[0], end, last[2] + word)
        else:
            joined.append((start, end, word))
    return joined


def _only_signs(text: str, start: int, end: int) -> bool:
    # vowel signs and the like: combining marks, which belong to the letter before them
    return end - start <= 3 and all(unicodedata.category(char)[0] == "M" for char in text[start:end])


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1
