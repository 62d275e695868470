"""Names exchanged in words that analysers took from texts: attributes, questions, side words."""

import re
from collections.abc import Callable, Iterable, Mapping

from discourse.privacy.names import is_common
from discourse.privacy.rewriting import Found, Rewritten
from discourse.text.normalise import fold
from discourse.text.tokens import spans, words_of

_PIECE = re.compile(r"([^\W_]+)")
_QUOTED = re.compile(r"(“[^”]*(?:”|$))")
# of the questions of disputes; "side" and "right" say nothing of anybody
_OF_QUESTIONS = frozenset(
    """
    about against and are each far hold how is it long many much not or other right side the there they true
    was what when which
    """.split()
)


class Terms:
    """Exchanges names, and words of names, and keeps those that are words of the texts as well.

    Analysers cut names as they cut all else: of "Underworld_77" they may know "underworld". A word that
    still stands in the texts when all names there are exchanged is an ordinary one: to exchange it would
    change what a label is about, and tell that somebody's name holds it.

    Parameters
    ----------
    find
        Finds the names in a text.
    names
        The pseudonym of each name.
    rewritten
        All texts, with pseudonyms.
    """

    def __init__(
        self, find: Callable[[str], list[Found]], names: Mapping[str, str], rewritten: Iterable[str]
    ) -> None:
        self._find = find
        self._ordinary = set(_OF_QUESTIONS)
        for text in rewritten:
            self._ordinary.update(words_of(text))
        self._ordinary |= {word.removesuffix("'s") for word in self._ordinary if word.endswith("'s")}
        self._parts = {part: token for part, token in _parts(names) if part not in self._ordinary}

    def exchanged(self, value: str) -> str:
        """Return words of an analyser's with pseudonyms; what they quote counts as a text."""
        pieces = _QUOTED.split(value)
        return "".join(self._quoted(piece) if n % 2 else self._told(piece) for n, piece in enumerate(pieces))

    def _quoted(self, piece: str) -> str:
        return Rewritten(piece, self._find(piece)).text

    def _told(self, piece: str) -> str:
        names = [name for name in self._find(piece) if not self._is_ordinary(piece, name)]
        told = Rewritten(piece, names).text
        parts, last = [], 0
        for start, end, word in spans(fold(told)):
            parts += [told[last:start], self._word(told[start:end], word)]
            last = end
        return "".join([*parts, told[last:]])

    def _is_ordinary(self, piece: str, name: Found) -> bool:
        """Say whether what may be a name is an ordinary word, written like one."""
        shown = piece[name.start : name.end]
        words = words_of(shown)
        if not words or piece[: name.start].endswith(("@", "u/")):
            return False
        return all(word in self._ordinary and (shown.islower() or word in _OF_QUESTIONS) for word in words)

    def _word(self, shown: str, folded: str) -> str:
        if folded in self._ordinary:
            return shown
        whole = self._parts.get(folded)
        return whole or "".join(self._parts.get(fold(piece), piece) for piece in _PIECE.split(shown))


def _parts(names: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Return the words into which our analysers cut names of several, each with one pseudonym."""
    found: dict[str, str] = {}
    for name, token in names.items():
        words = words_of(name)
        if len(words) > 1 or words != [fold(name)]:
            for word in words:
                if word[0].isalpha() and len(word) > 2 and not is_common(word):
                    found.setdefault(word, token)
    return found.items()
