"""What tells a turn of a loop from other posts: how it answers, what it repeats, what it brings."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from discourse.analysis.base import PostView, ThreadView
from discourse.analysis.loops.answers import Answers
from discourse.text.normalise import fold

_REMEMBERED = 30  # latest own posts that a post is compared with
_AGAIN = re.compile(
    r"\b(?:as i (?:said|say)|again|once more|repeat|told you|still"
    r"|i (?:already|just) (?:said|told|asked|answered)|read (?:my|the|what)"
    r"|you (?:still|keep|have(?:n't| not) (?:answered|shown|read)))\b"
)
_OPENINGS = re.compile(
    r"(?:^|[.!?\n]\s?)(?:no|nope|wrong|not|nonsense|false|incorrect|actually|bull|really|so|huh|sorry|yes|yeah)\b"
)
_NEGATION = re.compile(r"\b(?:not|no|never)\b|n't")
_YOU = re.compile(r"\byou(?:r|'re)?\b")

Vector = Mapping[str, float]


class Words:
    """The content words of a thread's posts, weighed by how few posts of the thread hold them."""

    def __init__(self, thread: ThreadView) -> None:
        self._thread = thread
        self._stems: dict[int, Counter[str]] = {}
        self._vectors: dict[int, Vector] = {}
        self._rarities: dict[str, float] = {}

    def stems(self, place: int) -> Counter[str]:
        """Return how often a post has each of its content words; looked up when it is first asked for."""
        if place not in self._stems:
            self._stems[place] = Counter(_stems(self._thread.posts[place]))
        return self._stems[place]

    @cached_property
    def _posts(self) -> Counter[str]:
        """How many posts of the thread hold each stem."""
        return Counter(word for view in self._thread.posts for word in set(view.stems))

    def rarity(self, word: str) -> float:
        """Return the logarithm of 1 and the number of posts to each that holds a word."""
        if word not in self._rarities:
            self._rarities[word] = math.log(1 + len(self._thread.posts) / self._posts[word])
        return self._rarities[word]

    def alike(self, one: int, other: int) -> float:
        """Return the cosine of two posts, by their places; 0 where one has no content words."""
        first, second = self._vector(one), self._vector(other)
        if len(second) < len(first):
            first, second = second, first
        return sum(weight * second[word] for word, weight in first.items() if word in second)

    def _vector(self, place: int) -> Vector:
        if place not in self._vectors:
            weights = {
                word: (1 + math.log(count)) * self.rarity(word) for word, count in self.stems(place).items()
            }
            norm = math.sqrt(sum(weight * weight for weight in weights.values()))
            self._vectors[place] = {word: weight / norm for word, weight in weights.items()}
        return self._vectors[place]


def _stems(view: PostView) -> list[str]:
    return [stem for stem in view.stems if len(stem) > 2 and stem[0].isalpha()]


class TurnFeatures:
    """The features of a thread's posts, each worked out when it is asked for."""

    def __init__(self, thread: ThreadView, answers: Answers, words: Words) -> None:
        self._thread = thread
        self._answers = answers
        self._words = words
        self._own: dict[str, list[int]] = defaultdict(list)
        for place, author in enumerate(answers.authors):
            self._own[author].append(place)
        self._rank = {place: rank for own in self._own.values() for rank, place in enumerate(own)}

    def of(self, place: int) -> dict[str, float]:
        """Return a post's features by name."""
        return {**self._answering(place), **self._repeating(place), **self._wording(place)}

    def _answering(self, place: int) -> dict[str, float]:
        answers = self._answers
        dissent = answers.dissent(place).values()
        denied = [answers.dissent(low).get(place, 0.0) for low in answers.below[place]]
        parent = answers.parents[place]
        pair = frozenset({answers.authors[place], answers.authors[parent]}) if parent is not None else None
        return {
            "disagrees": max([0.0, *dissent]),
            "is_disagreed_with": max([0.0, *denied]),
            "answers_so_far": float(self._steps_up[place]),
            "answers_to_come": float(self._steps_down[place]),
            "answers_of_the_two": float(self._between[pair]) if pair else 0.0,
            "quotations": float(len(self._thread.posts[place].quotes)),
        }

    def _repeating(self, place: int) -> dict[str, float]:
        words, parent = self._words, self._answers.parents[place]
        rank = self._rank[place]
        own = self._own[self._answers.authors[place]][max(0, rank - _REMEMBERED) : rank]
        known = {word for earlier in own for word in words.stems(earlier)}
        stems = words.stems(place)
        new = sum(word not in known for word in stems)
        last = self._answers.parents[parent] if parent is not None else None
        is_own = last is not None and self._answers.authors[last] == self._answers.authors[place]
        return {
            "like_own_earlier": max((words.alike(place, earlier) for earlier in own), default=0.0),
            "like_what_it_answers": words.alike(place, parent) if parent is not None else 0.0,
            "like_own_last": words.alike(place, last) if is_own and last is not None else 0.0,
            "share_of_new_words": new / max(1, len(stems)),
            "new_words": math.log1p(new),
            "own_earlier": math.log1p(rank),
        }

    def _wording(self, place: int) -> dict[str, float]:
        view = self._thread.posts[place]
        text, length = fold(view.own), 1 + len(view.words)
        return {
            "words": math.log(length),
            "says_again": float(len(_AGAIN.findall(text))),
            "opens_with_denial": float(len(_OPENINGS.findall(text))),
            "questions": float(text.count("?")),
            "you": len(_YOU.findall(text)) / length,
            "negations": len(_NEGATION.findall(text)) / length,
        }

    @cached_property
    def _between(self) -> Counter[frozenset[str]]:
        answers = self._answers
        return Counter(
            frozenset({answers.authors[place], answers.authors[parent]})
            for place, parent in enumerate(answers.parents)
            if parent is not None
        )

    @cached_property
    def _steps_up(self) -> list[int]:
        """How often in a row, up to each post, its author and one other have answered each other."""
        parents, authors = self._answers.parents, self._answers.authors
        steps: list[int] = []
        for place, parent in enumerate(parents):
            last = parents[parent] if parent is not None else None
            goes_on = parent is not None and last is not None and authors[last] == authors[place]
            steps.append(steps[parent] + 1 if goes_on and parent is not None else int(parent is not None))
        return steps

    @cached_property
    def _steps_down(self) -> list[int]:
        """The same from each post on."""
        answers = self._answers
        steps = [0] * len(answers.authors)
        for place in range(len(steps) - 1, -1, -1):
            for low in answers.below[place]:
                again = [steps[i] for i in answers.below[low] if answers.authors[i] == answers.authors[place]]
                steps[place] = max(steps[place], 1, *(count + 1 for count in again))
        return steps


def rows_of(features: Sequence[Mapping[str, float]], names: Sequence[str]) -> list[list[float]]:
    """Lay features out in the order of their names."""
    return [[found[name] for name in names] for found in features]
