"""Where plain pieces of text stand in a text: all of them in one pass."""

from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick, Implementation


class Literals:
    """Finds every place of some pieces of text, also those that overlap and those amid words.

    Parameters
    ----------
    pieces
        None of them empty, each once.
    lasting
        Whether many texts will be searched: it takes longer to make and less to search than one of a thread.
    """

    __slots__ = ("_automaton",)

    def __init__(self, pieces: Iterable[str], *, lasting: bool = False) -> None:
        implementation = Implementation.DFA if lasting else Implementation.NoncontiguousNFA
        self._automaton = AhoCorasick(pieces, implementation=implementation, store_patterns=False)

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Return the number of the piece, start and end of each place, by their ends."""
        return self._automaton.find_matches_as_indexes(text, overlapping=True)
