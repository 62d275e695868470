"""Which words stand right beside a gate: one look at them rules out most places at which it stands."""

import re
from collections.abc import Sequence
from functools import cached_property

from discourse.lexicon.slots import BLANK, EDGE, FIRST, MOST, Slot
from discourse.lexicon.views import coarse, is_word

_TOKEN = re.compile(r"[\w']+")


class Beside:
    """What stands on one side of a gate; worked out when the gate is first met.

    Parameters
    ----------
    slots, place
        The slots of the pattern, and the number of the one at the edge of the gate.
    step
        1 for the words after the gate, -1 for those before it.
    begun
        What of the slot itself stands in between: a blank or nothing.
    """

    def __init__(self, slots: Sequence[Slot], place: int, step: int, begun: str) -> None:
        self._slots = slots
        self._place = place
        self._step = step
        self._begun = begun

    @cached_property
    def words(self) -> frozenset[bytes] | None:
        """Words of which one stands a blank away in every match, as bytes of a text.

        None where they are not known, or a match may end there.
        """
        found: set[bytes] = set()
        slots, place, step = self._slots, self._place, self._step
        ways = {self._begun}  # not yet a whole word; written as they are read from the slot on
        while ways and 0 <= (place := place + step) < len(slots):
            read = {way + word[::step] for way in ways for word in slots[place].words}
            if not 0 < len(read) <= MOST:
                return None
            ways = set()
            for way in read:
                rest = way.lstrip(BLANK)
                if rest and not (way[0] == BLANK and is_word(rest[0])):
                    return None
                token = _TOKEN.match(rest)
                if token is None or token.end() == len(rest):
                    ways.add(way)
                elif rest[token.end()] in EDGE + FIRST or token[0].endswith("'"):
                    return None  # an apostrophe at the far end may belong to a word that goes on
                else:
                    found.add(_as_bytes(token[0], step))
        return None if ways else frozenset(found)


def _as_bytes(token: str, step: int) -> bytes:
    """Return what of a word stands next to the slot, where its bytes part it in two."""
    parts = coarse(token[::step]).split()[1:]
    return parts[0] if step > 0 else parts[-1]
