"""Where a post speaks about a target: its names and other names, found in the text."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from msgspec import Struct

from discourse.analysis.stance.spellings import Spellings
from discourse.model import Target
from discourse.text.normalise import fold

# words that are lower-case nouns or verbs far more often than names
_ORDINARY = frozenset(
    """
    us it may will mark bill bush brown white black green grey young long king rose grant rich poor penny
    frank jack pat sue rob dick art ray gene faith hope joy grace iris ivy violet ruby pearl amber dawn
    april june august summer autumn winter reason major price wise bond stone wood field hill cook baker
    fox wolf bird fish lamb swan crane hawk power swift turkey poles polish swedes danes finns labour reform
    echo gazette courier beacon times harris page carter cash chase day english french german holland
    """.split()
)
_BETWEEN = "\0"  # between two texts: part of no name, and of no word
_AT_ONCE = 256  # texts, so that a long thread needs no more memory
_WRAPPED = re.compile(r"(?<=[^\n])\n(?![\n>])")


class Mention(Struct, frozen=True):
    """One place where a target's name stands."""

    start: int  # half-open code-point offsets into the text
    end: int
    target: str
    kind: str
    possessive: bool  # an 's (or a bare apostrophe) follows, which may also be "is"


class MentionFinder:
    """Finds the names of some targets in texts.

    An alias that begins with "the " also matches with another determiner, in any case; any other
    matches in lower case only where that is no ordinary word. Short capitals (US, EU) match as they are.
    """

    def __init__(self, targets: Iterable[Target]) -> None:
        self._owners: dict[str, Target] = {}
        self._exact: dict[str, set[str]] = {}
        self.targets: dict[str, Target] = {}
        self._read: dict[str, list[Mention]] = {}
        for target in targets:
            self.targets[target.target] = target
            for alias in aliases_of(target):
                folded = fold(alias)
                self._owners.setdefault(folded, target)
                self._exact.setdefault(folded, set()).add(alias)
        self._spellings = Spellings({form: target.kind for form, target in self._owners.items()})

    def find(self, text: str) -> Sequence[Mention]:
        """Return the mentions in a text in order; none overlap."""
        if not self._owners:
            return ()
        if text not in self._read:  # posts are read again for each answer to them
            self._look_through([text])
        return self._read[text]

    def look_through(self, texts: Iterable[str]) -> None:
        """Read texts that `find` will be asked for, many at once: most of them name nobody."""
        unread = [text for text in dict.fromkeys(texts) if text not in self._read] if self._owners else []
        for is_plain in (True, False):  # plain texts are searched faster if all are
            alike = [text for text in unread if text.isascii() == is_plain]
            for first in range(0, len(alike), _AT_ONCE):
                self._look_through(alike[first : first + _AT_ONCE])

    def may_find(self, text: str) -> bool:
        """Say whether any part of a text could hold a mention, taken by itself."""
        return bool(self._owners) and self._spellings.may_find(_folded(text))

    def _look_through(self, texts: Sequence[str]) -> None:
        starts = list(accumulate((len(text) + len(_BETWEEN) for text in texts), initial=0))
        joined, folded = _BETWEEN.join(texts), _BETWEEN.join(map(_folded, texts))
        found: list[list[Mention]] = [[] for _ in texts]
        place = 0
        for start, end in self._spellings.find(folded):
            written = folded[start:end]
            key = self._key(written)
            if key in self._owners and self._is_name(key, joined[start:end]):
                target = self._owners[key]  # of "the woman's plan" the plan is the target
                after = folded[end : end + 2]
                possessive = after == "'s" or (after[:1] == "'" and written.endswith("s"))
                while starts[place + 1] <= start:
                    place += 1
                first = starts[place]
                mention = Mention(start - first, end - first, target.target, target.kind, possessive)
                found[place].append(mention)
        self._read.update(zip(texts, found, strict=True))

    def _key(self, written: str) -> str:
        """Return the alias that was written, perhaps with another determiner and an adjective."""
        if written in self._owners:
            return written
        words = written.split(" ")
        tails = [" ".join(words[place:]) for place in range(1, len(words))]
        # of "the harbour plan", "harbour plan" says more than "the plan"
        keys = (key for tail in tails for key in (tail, f"the {tail}"))
        return next((key for key in keys if key in self._owners), written)

    def _is_name(self, key: str, written: str) -> bool:
        if " " in key or written[:1].isupper():
            exact = [alias for alias in self._exact[key] if len(alias) <= 4 and alias.isupper()]
            return not exact or written in exact or " " in key
        if any(alias[:1].islower() for alias in self._exact[key]) or key.upper() == key:
            return True  # given in lower case, or in letters that have no case
        return len(key) > 3 and key not in _ORDINARY


def _folded(text: str) -> str:
    folded = fold(text)
    return _WRAPPED.sub(" ", folded) if "\n" in folded else folded  # a name may stand on two lines


def aliases_of(target: Target) -> list[str]:
    """Return a target's name and its aliases, each once."""
    return list(dict.fromkeys([target.target, *filter(None, (target.aliases or "").split("|"))]))


def count_mentions(finder: MentionFinder, texts: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """Count mentions per target and post.

    Parameters
    ----------
    texts
        By post id.
    """
    finder.look_through(texts.values())
    counts: dict[str, dict[str, int]] = {name: {} for name in finder.targets}
    for post_id, text in texts.items():
        for mention in finder.find(text):
            posts = counts[mention.target]
            posts[post_id] = posts.get(post_id, 0) + 1
    return counts
